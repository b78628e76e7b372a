/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/mil-toast.h"

#include <glib/gi18n.h>

#include "app/mil-window.h"

static AdwToast *
make_toast (const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  /* Names of products and messages of servers are not markup. */
  adw_toast_set_use_markup (toast, FALSE);
  return toast;
}

static void
show (GtkWidget *widget, AdwToast *toast)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (MIL_IS_WINDOW (root))
    mil_window_add_toast (MIL_WINDOW (root), toast);
  else
    g_object_unref (toast);
}

/**
 * mil_toast:
 * @widget: any widget of the window
 * @text: what was done, or what went wrong
 *
 * Says something in passing.
 */
void
mil_toast (GtkWidget *widget, const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);

  show (widget, make_toast (text));
}

typedef struct
{
  MilUndoFunc undo;
  GObject    *object;
} Undo;

static void
undo_free (gpointer data, GClosure *closure)
{
  Undo *undo = data;

  g_object_unref (undo->object);
  g_free (undo);
}

static void
undo_clicked_cb (Undo *undo)
{
  undo->undo (undo->object);
}

/**
 * mil_toast_undo:
 * @widget: any widget of the window
 * @text: what was done
 * @undo: takes it back
 * @object: what @undo is given; kept as long as the toast
 *
 * Says that something was done, and offers to take it back.
 */
void
mil_toast_undo (GtkWidget *widget, const char *text, MilUndoFunc undo, GObject *object)
{
  AdwToast *toast = NULL;
  Undo     *data = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);
  g_return_if_fail (undo != NULL);
  g_return_if_fail (G_IS_OBJECT (object));

  toast = make_toast (text);
  data = g_new0 (Undo, 1);
  data->undo = undo;
  data->object = g_object_ref (object);
  adw_toast_set_button_label (toast, C_ ("toast", "_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), data, undo_free, G_CONNECT_SWAPPED);
  show (widget, toast);
}
