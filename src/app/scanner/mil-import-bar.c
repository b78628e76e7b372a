/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/scanner/mil-import-bar.h"

#include <glib/gi18n.h>

#include "app/mil-toast.h"

struct _MilImportBar
{
  AdwBin parent_instance;

  GtkRevealer    *revealer;
  GtkLabel       *words;
  GtkProgressBar *progress;
  GtkWidget      *cancel;

  MilSession       *session; /* (owned) (nullable) */
  MilReceiptImport *import;  /* (owned) (nullable): the one that is under way */
  GQueue            waiting; /* (element-type MilReceiptImport) */
};

G_DEFINE_FINAL_TYPE (MilImportBar, mil_import_bar, ADW_TYPE_BIN)

enum
{
  FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- the summary ----------------------------------------------------------------------------------- */

static GtkWidget *
new_failure_row (const MilImportFailure *failure)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *problem = failure->is_kept
                                 /* Translators: %s is why a file could not be read. */
                                 ? g_strdup_printf (_ ("%s Its picture was kept."), failure->problem)
                                 : g_strdup (failure->problem);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), failure->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), problem);
  return row;
}

static GtkWidget *
new_failure_list (GPtrArray *failures)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  for (guint i = 0; i < failures->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), new_failure_row (failures->pdata[i]));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  return scrolled;
}

static char *
added_text (MilReceiptImport *import)
{
  g_autoptr (GPtrArray) receipts = mil_receipt_import_list_receipts (import);

  return g_strdup_printf (ngettext ("%u receipt was added.", "%u receipts were added.", receipts->len),
                          receipts->len);
}

static char *
left_out_text (guint n)
{
  return n == 0 ? NULL : g_strdup_printf (ngettext ("%u file was left out.", "%u files were left out.", n), n);
}

/**
 * mil_import_summary_new:
 * @import: an import that is over
 *
 * Returns: (transfer floating): a dialog that says what came of it, and names what could not be read
 */
AdwDialog *
mil_import_summary_new (MilReceiptImport *import)
{
  GPtrArray       *failures = mil_receipt_import_get_failures (import);
  g_autofree char *added = NULL;
  g_autofree char *left_out = NULL;
  g_autofree char *body = NULL;
  g_autofree char *heading = NULL;
  AdwDialog       *dialog = NULL;

  g_return_val_if_fail (MIL_IS_RECEIPT_IMPORT (import), NULL);

  added = added_text (import);
  left_out = left_out_text (mil_receipt_import_get_n_left_out (import));
  body = left_out != NULL ? g_strdup_printf ("%s %s", added, left_out) : g_strdup (added);
  if (failures->len > 0)
    heading = g_strdup_printf (ngettext ("%u file could not be read", "%u files could not be read", failures->len),
                               failures->len);
  else
    heading = g_strdup (C_ ("import", "Stopped"));
  dialog = adw_alert_dialog_new (heading, body);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", C_ ("button", "_Close"));
  if (failures->len > 0)
    adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), new_failure_list (failures));
  return dialog;
}

/* --- the bar --------------------------------------------------------------------------------------- */

static void begin (MilImportBar *self);

static void
finish (MilImportBar *self)
{
  g_autoptr (MilReceiptImport) import = g_steal_pointer (&self->import);
  g_autofree char *added = added_text (import);

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), FALSE);
  if (mil_receipt_import_get_failures (import)->len > 0 || mil_receipt_import_get_n_left_out (import) > 0)
    adw_dialog_present (mil_import_summary_new (import), GTK_WIDGET (self));
  else
    mil_toast (GTK_WIDGET (self), added);
  g_signal_emit (self, signals[FINISHED], 0, import);
  begin (self);
}

static void
progress_cb (MilImportBar *self)
{
  guint            n = self->import != NULL ? mil_receipt_import_get_n_files (self->import) : 0;
  g_autofree char *words = NULL;

  g_assert (MIL_IS_IMPORT_BAR (self));

  if (self->import == NULL)
    return;
  /* Translators: how many of the files that were dropped are read. */
  words = g_strdup_printf (ngettext ("%1$u of %2$u file read", "%1$u of %2$u files read", n),
                           mil_receipt_import_get_n_done (self->import),
                           n);
  gtk_label_set_label (self->words, words);
  gtk_progress_bar_set_fraction (self->progress, mil_receipt_import_get_fraction (self->import));
}

static void
running_cb (MilImportBar *self, GParamSpec *pspec, MilReceiptImport *import)
{
  g_assert (MIL_IS_IMPORT_BAR (self));

  if (import == self->import && !mil_receipt_import_is_running (import))
    finish (self);
}

static void
begin (MilImportBar *self)
{
  if (self->import != NULL || self->waiting.length == 0)
    return;
  self->import = g_queue_pop_head (&self->waiting);
  g_signal_connect_object (self->import, "notify::fraction", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->import, "notify::running", G_CALLBACK (running_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_sensitive (self->cancel, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  mil_receipt_import_start (self->import);
  progress_cb (self);
}

static void
cancel_cb (MilImportBar *self)
{
  g_assert (MIL_IS_IMPORT_BAR (self));

  gtk_widget_set_sensitive (self->cancel, FALSE);
  g_queue_clear_full (&self->waiting, g_object_unref);
  if (self->import != NULL)
    mil_receipt_import_cancel (self->import);
}

static void
mil_import_bar_dispose (GObject *object)
{
  MilImportBar *self = MIL_IMPORT_BAR (object);

  g_queue_clear_full (&self->waiting, g_object_unref);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MIL_TYPE_IMPORT_BAR);
  g_clear_object (&self->import);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mil_import_bar_parent_class)->dispose (object);
}

static void
mil_import_bar_class_init (MilImportBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_import_bar_dispose;

  /**
   * MilImportBar::finished:
   * @self: the bar
   * @import: what is over
   *
   * All files of an import are read, or it was stopped.
   */
  signals[FINISHED] = g_signal_new ("finished", MIL_TYPE_IMPORT_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, MIL_TYPE_RECEIPT_IMPORT);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/scanner/import-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, MilImportBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, MilImportBar, words);
  gtk_widget_class_bind_template_child (widget_class, MilImportBar, progress);
  gtk_widget_class_bind_template_child (widget_class, MilImportBar, cancel);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
mil_import_bar_init (MilImportBar *self)
{
  g_queue_init (&self->waiting);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mil_import_bar_set_session:
 * @self: a bar
 * @session: the session that keeps the receipts
 *
 * Gives the bar its session.
 */
void
mil_import_bar_set_session (MilImportBar *self, MilSession *session)
{
  g_return_if_fail (MIL_IS_IMPORT_BAR (self));
  g_return_if_fail (MIL_IS_SESSION (session));

  g_set_object (&self->session, session);
}

/**
 * mil_import_bar_add:
 * @self: a bar
 * @files: (element-type GFile): pictures and documents
 *
 * Makes receipts of them, after those that are under way.
 */
void
mil_import_bar_add (MilImportBar *self, GListModel *files)
{
  g_return_if_fail (MIL_IS_IMPORT_BAR (self));
  g_return_if_fail (self->session != NULL);
  g_return_if_fail (G_IS_LIST_MODEL (files));

  if (g_list_model_get_n_items (files) == 0)
    return;
  g_queue_push_tail (&self->waiting, mil_receipt_import_new (self->session, files));
  begin (self);
}

/**
 * mil_import_bar_get_import:
 * @self: a bar
 *
 * Returns: (transfer none) (nullable): what is under way
 */
MilReceiptImport *
mil_import_bar_get_import (MilImportBar *self)
{
  g_return_val_if_fail (MIL_IS_IMPORT_BAR (self), NULL);

  return self->import;
}
