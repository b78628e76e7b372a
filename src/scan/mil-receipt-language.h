/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *mil_receipt_language_of_country (const char *country);
const char *mil_receipt_language_of_rows    (GPtrArray *rows);

G_END_DECLS
