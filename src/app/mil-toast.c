/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/mil-toast.h"

#include <glib/gi18n.h>

#include "app/mil-window.h"

/* Enough to read what was done, and to go to the button by the keyboard. */
#define UNDO_SECONDS 8
/* How long a sentence stays, and how much of it somebody reads in a second who reads slowly. */
#define LEAST_SECONDS 5
#define LETTERS_A_SECOND 12
/* A toast asks for its height as if it had the width it wants, so a line must fit beside the buttons. */
#define LINE_LETTERS 56
#define NARROW_LINE_LETTERS 22
#define NARROW_WIDTH 560

static void
fit_line (GtkLabel *label, int width)
{
  g_assert (GTK_IS_LABEL (label));

  gtk_label_set_max_width_chars (label, width < NARROW_WIDTH ? NARROW_LINE_LETTERS : LINE_LETTERS);
}

static void
layout_cb (GtkLabel *label, int width, int height, GdkSurface *surface)
{
  fit_line (label, width);
}

static void
realize_cb (GtkWidget *label)
{
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (label));

  fit_line (GTK_LABEL (label), gdk_surface_get_width (surface));
  g_signal_connect_object (surface, "layout", G_CALLBACK (layout_cb), label, G_CONNECT_SWAPPED);
}

/* The title that libadwaita would say is empty. The window says it: the label is not known to screen readers yet. */
static void
map_cb (GtkWidget *label)
{
  GtkRoot *root = gtk_widget_get_root (label);

  if (MIL_IS_WINDOW (root))
    gtk_accessible_announce (GTK_ACCESSIBLE (root), gtk_label_get_label (GTK_LABEL (label)), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/**
 * mil_toast_new:
 * @text: what to say, no markup: names of products and messages of servers are in there
 *
 * Makes what libadwaita would cut off at the end of one line wrap, and stay until it can be read.
 *
 * Returns: (transfer full): a toast
 */
AdwToast *
mil_toast_new (const char *text)
{
  AdwToast  *toast = NULL;
  GtkWidget *label = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  toast = adw_toast_new ("");
  label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  fit_line (GTK_LABEL (label), 0);
  g_signal_connect (label, "realize", G_CALLBACK (realize_cb), NULL);
  g_signal_connect_after (label, "map", G_CALLBACK (map_cb), NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);
  adw_toast_set_timeout (toast, MAX (LEAST_SECONDS, (guint) g_utf8_strlen (text, -1) / LETTERS_A_SECOND));
  return toast;
}

/* A dialog that lies over the window has a place of its own for them. */
static void
show (GtkWidget *widget, AdwToast *toast)
{
  GtkRoot   *root = gtk_widget_get_root (widget);
  GtkWidget *dialog = gtk_widget_get_ancestor (widget, ADW_TYPE_DIALOG);
  GtkWidget *overlay = dialog != NULL ? gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY) : NULL;

  if (overlay != NULL && gtk_widget_is_ancestor (overlay, dialog))
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  else if (MIL_IS_WINDOW (root))
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

  show (widget, mil_toast_new (text));
}

typedef struct
{
  MilUndoFunc undo;
  MilUndoFunc gone; /* (nullable) */
  GObject    *object;
} Undo;

static void
undo_gone_cb (Undo *undo)
{
  MilUndoFunc gone = g_steal_pointer (&undo->gone);

  if (gone != NULL)
    gone (undo->object);
}

/* A toast that never found a place is gone as well. */
static void
undo_free (gpointer data)
{
  Undo *undo = data;

  undo_gone_cb (undo);
  g_object_unref (undo->object);
  g_free (undo);
}

static void
undo_clicked_cb (Undo *undo)
{
  undo->gone = NULL;
  undo->undo (undo->object);
}

/**
 * mil_toast_undo_or:
 * @widget: any widget of the window
 * @text: what was done
 * @undo: takes it back
 * @gone: (nullable): called when it was not taken back, and cannot be any more
 * @object: what @undo and @gone are given; kept as long as the toast
 *
 * Says that something was done, and offers to take it back.
 */
void
mil_toast_undo_or (GtkWidget *widget, const char *text, MilUndoFunc undo, MilUndoFunc gone, GObject *object)
{
  AdwToast *toast = NULL;
  Undo     *data = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);
  g_return_if_fail (undo != NULL);
  g_return_if_fail (G_IS_OBJECT (object));

  toast = mil_toast_new (text);
  data = g_new0 (Undo, 1);
  data->undo = undo;
  data->gone = gone;
  data->object = g_object_ref (object);
  g_object_set_data_full (G_OBJECT (toast), "mil-undo", data, undo_free);
  adw_toast_set_button_label (toast, C_ ("toast", "_Undo"));
  adw_toast_set_timeout (toast, MAX (UNDO_SECONDS, adw_toast_get_timeout (toast)));
  g_signal_connect_swapped (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), data);
  g_signal_connect_swapped (toast, "dismissed", G_CALLBACK (undo_gone_cb), data);
  show (widget, toast);
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
  mil_toast_undo_or (widget, text, undo, NULL, object);
}
