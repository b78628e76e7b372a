/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

gboolean mil_focus_is_lost (GtkRoot *root);
void     mil_focus_if_lost (GtkWidget *widget);
void     mil_focus_present (AdwDialog *dialog, GtkWidget *parent);

G_END_DECLS
