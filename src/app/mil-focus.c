/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/mil-focus.h"

/**
 * mil_focus_if_lost:
 * @widget: what comes next: a control, or a page
 *
 * What was pressed may have become insensitive, or have gone, while its work was done; then nothing in the
 * window has the keyboard. This gives it to @widget, or to the first control in it. Where something has it,
 * nothing happens: a person may have gone on meanwhile.
 */
void
mil_focus_if_lost (GtkWidget *widget)
{
  GtkRoot *root = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  root = gtk_widget_get_root (widget);
  if (root != NULL && gtk_root_get_focus (root) == NULL && gtk_widget_get_mapped (widget))
    gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}
