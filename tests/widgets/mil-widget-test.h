/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

void       mil_widget_test_init (int *argc, char ***argv);
GtkWindow *mil_widget_test_show (GtkWidget *widget, int width, int height);
void       mil_widget_test_finish (GtkWindow *window, GtkWidget *widget);
void       mil_widget_test_iterate (void);
void       mil_widget_test_wait (guint milliseconds);
GtkWidget *mil_widget_test_find (GtkWidget *widget, GType type);
