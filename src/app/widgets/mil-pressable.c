/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/mil-pressable.h"

static void
activate_cb (GtkWidget *widget)
{
  g_assert (GTK_IS_WIDGET (widget));

  gtk_widget_activate (widget);
}

/**
 * mil_pressable_make:
 * @widget: a row of a list, or another control that the Enter key activates
 *
 * Lets assistive technology press @widget. GTK offers buttons on the accessibility bus with an action, but neither
 * rows of lists (not those that are drawn as buttons either) nor check buttons: there they can be read and not used.
 * For such widgets it offers the actions that they carry themselves, so this gives them one.
 */
void
mil_pressable_make (GtkWidget *widget)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("activate", NULL);

  g_return_if_fail (GTK_IS_WIDGET (widget));

  g_signal_connect_object (action, "activate", G_CALLBACK (activate_cb), widget, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (widget, "row", G_ACTION_GROUP (group));
}
