/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean mil_vat_number_is_valid (const char *country, const char *number);
gboolean mil_vat_number_find (const char *text, char **number, const char **country, gsize *start, gsize *end);

G_END_DECLS
