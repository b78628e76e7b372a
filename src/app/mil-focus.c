/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/mil-focus.h"

/**
 * mil_focus_is_lost:
 * @root: a window
 *
 * Returns: whether nothing that is shown has the keyboard
 */
gboolean
mil_focus_is_lost (GtkRoot *root)
{
  GtkWidget *focus = NULL;

  g_return_val_if_fail (GTK_IS_ROOT (root), FALSE);

  focus = gtk_root_get_focus (root);
  /* A page that is come back to gives it to what had it there, also where that is hidden by now; a dialog takes it itself. */
  return focus == NULL || !gtk_widget_get_mapped (focus) || ADW_IS_DIALOG (focus);
}

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
  if (root == NULL || !mil_focus_is_lost (root) || !gtk_widget_get_mapped (widget))
    return;
  /* What is hidden must not be where the way to the next one starts. */
  if (!ADW_IS_DIALOG (gtk_root_get_focus (root)))
    gtk_root_set_focus (root, NULL);
  gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

/* The first time that it is anywhere in the dialog; after that it is where the person goes. */
static void
focus_moved_cb (AdwDialog *dialog, GParamSpec *pspec, GtkRoot *root)
{
  GtkWidget *focus = gtk_root_get_focus (root);
  GtkWidget *first = g_object_get_data (G_OBJECT (dialog), "mil-first");

  g_assert (ADW_IS_DIALOG (dialog));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (dialog)))
    return;
  g_signal_handlers_disconnect_by_func (root, focus_moved_cb, dialog);
  if (focus != first)
    gtk_widget_grab_focus (first);
}

/**
 * mil_focus_present:
 * @dialog: a dialog
 * @parent: what it is about
 *
 * Shows @dialog with the keyboard on its focus widget. As a sheet, in a narrow window, libadwaita gives it to
 * the first button, which cancels.
 */
void
mil_focus_present (AdwDialog *dialog, GtkWidget *parent)
{
  GtkWidget *first = NULL;
  GtkRoot   *root = NULL;

  g_return_if_fail (ADW_IS_DIALOG (dialog));
  g_return_if_fail (GTK_IS_WIDGET (parent));

  first = adw_dialog_get_focus (dialog);
  root = gtk_widget_get_root (parent);
  if (first != NULL && root != NULL)
    {
      g_object_set_data_full (G_OBJECT (dialog), "mil-first", g_object_ref (first), g_object_unref);
      g_signal_connect_object (root, "notify::focus-widget", G_CALLBACK (focus_moved_cb), dialog, G_CONNECT_SWAPPED);
    }
  adw_dialog_present (dialog, parent);
}
