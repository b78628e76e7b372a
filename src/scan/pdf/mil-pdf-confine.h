/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void mil_pdf_confine (guint mebibytes);
void mil_pdf_confine_time (guint seconds);

G_END_DECLS
