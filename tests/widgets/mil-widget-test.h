/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

/* After this, something will never come. No test claims that anything is faster than that. */
#define MIL_WIDGET_TEST_PATIENCE_MS 240000

typedef gboolean (*MilWidgetTestCondition) (gpointer data);

void       mil_widget_test_init (int *argc, char ***argv);
GtkWindow *mil_widget_test_show (GtkWidget *widget, int width, int height);
void       mil_widget_test_finish (GtkWindow *window, GtkWidget *widget);
void       mil_widget_test_iterate (void);
void       mil_widget_test_wait (guint milliseconds);
void       mil_widget_test_wait_until (MilWidgetTestCondition condition, gpointer data);
gboolean   mil_widget_test_is_gone (gpointer weak);
GtkWidget *mil_widget_test_find (GtkWidget *widget, GType type);
