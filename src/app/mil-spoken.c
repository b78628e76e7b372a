/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/mil-spoken.h"

/**
 * mil_spoken_set:
 * @widget: what shows it
 * @text: (nullable): what it says now
 *
 * Lets a screen reader say what has changed by itself, or by something that was done elsewhere on the page.
 * What @widget says first is found when it is read; what it says again is not repeated.
 */
void
mil_spoken_set (GtkWidget *widget, const char *text)
{
  const char *before = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  before = g_object_get_data (G_OBJECT (widget), "mil-spoken");
  if (g_strcmp0 (before, text != NULL ? text : "") == 0)
    return;
  if (before != NULL && text != NULL && *text != '\0' && gtk_widget_get_mapped (widget))
    gtk_accessible_announce (GTK_ACCESSIBLE (widget), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  g_object_set_data_full (G_OBJECT (widget), "mil-spoken", g_strdup (text != NULL ? text : ""), g_free);
}
