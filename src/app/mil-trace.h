/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mil_trace (const char *what);
void mil_trace_after_paint (GtkWidget *widget, const char *what);

G_END_DECLS
