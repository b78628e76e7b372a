/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "refund/mil-form-symbol.h"

G_BEGIN_DECLS

#define MIL_TYPE_CODE (mil_code_get_type ())

/**
 * MilCode:
 *
 * A bar code or QR code, black on white whatever the theme: each module is a whole number of the screen's own
 * pixels, so that nothing blurs, and the quiet zone is part of it.
 */
G_DECLARE_FINAL_TYPE (MilCode, mil_code, MIL, CODE, GtkWidget)

GtkWidget *mil_code_new (void);
gboolean   mil_code_set (MilCode *self, MilSymbolKind kind, const char *value);

G_END_DECLS
