/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-reminders-dialog.h"

#include <glib/gi18n.h>

#include "app/mil-toast.h"
#include "refund/mil-calendar-file.h"

struct _MilRemindersDialog
{
  AdwDialog parent_instance;

  AdwToastOverlay     *toasts;
  AdwSwitchRow        *week;
  AdwSwitchRow        *two_days;
  AdwSwitchRow        *day;
  AdwPreferencesGroup *days;
  GtkWidget           *nothing;
  GtkWidget           *save;

  MilSession *session;  /* (owned) */
  GSettings  *settings; /* (owned) */
};

G_DEFINE_FINAL_TYPE (MilRemindersDialog, mil_reminders_dialog, ADW_TYPE_DIALOG)

static void
fill_days (MilRemindersDialog *self)
{
  g_autoptr (GPtrArray) days = mil_session_list_due_days (self->session, NULL);

  for (guint i = 0; i < days->len; i++)
    {
      const MilDueDay *due = days->pdata[i];
      GtkWidget       *row = adw_action_row_new ();
      g_autofree char *day = mil_date_format (due->day);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), due->title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), day);
      adw_preferences_group_add (self->days, row);
    }
  gtk_widget_set_visible (self->nothing, days->len == 0);
  gtk_widget_set_sensitive (self->save, days->len > 0);
}

/* The calendar reminds as the program does. */
static void
add_alarms (MilRemindersDialog *self, MilCalendarEvent *event)
{
  if (adw_switch_row_get_active (self->week))
    mil_calendar_event_add_alarm (event, 7);
  if (adw_switch_row_get_active (self->two_days))
    mil_calendar_event_add_alarm (event, 2);
  if (adw_switch_row_get_active (self->day))
    mil_calendar_event_add_alarm (event, 0);
}

static GBytes *
calendar_file (MilRemindersDialog *self)
{
  g_autoptr (GPtrArray) days = mil_session_list_due_days (self->session, NULL);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_calendar_event_free);
  char *file = NULL;

  for (guint i = 0; i < days->len; i++)
    {
      const MilDueDay  *due = days->pdata[i];
      g_autofree char  *uid = g_strdup_printf ("%s@milione", due->id);
      MilCalendarEvent *event = mil_calendar_event_new (uid, due->day, due->title);

      event->description = g_strdup (due->text);
      event->location = g_strdup (due->place);
      add_alarms (self, event);
      g_ptr_array_add (events, event);
    }
  file = mil_calendar_file_write (events, mil_clock_now (mil_session_get_clock (self->session)));
  return g_bytes_new_take (file, strlen (file));
}

static void
say (MilRemindersDialog *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toasts, mil_toast_new (text));
}

static void
written_cb (GObject *file, GAsyncResult *result, gpointer data)
{
  g_autoptr (MilRemindersDialog) self = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (file), result, NULL, &error))
    say (self, _ ("Saved. Open the file with your calendar."));
  else
    say (self, error->message);
}

static void
chosen_cb (GObject *dialog, GAsyncResult *result, gpointer data)
{
  g_autoptr (MilRemindersDialog) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (dialog), result, NULL);
  g_autoptr (GBytes) bytes = NULL;

  if (file == NULL)
    return;
  bytes = calendar_file (self);
  g_file_replace_contents_bytes_async (
      file, bytes, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, written_cb, g_object_ref (self));
}

static void
save_cb (MilRemindersDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  /* Translators: the name that a file is saved under; keep the ".ics". */
  const char *name = C_ ("file name", "tax-back.ics");
  GtkRoot    *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_assert (MIL_IS_REMINDERS_DIALOG (self));

  gtk_file_dialog_set_title (dialog, C_ ("dialog", "Save for a Calendar"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, chosen_cb, g_object_ref (self));
}

static void
mil_reminders_dialog_dispose (GObject *object)
{
  MilRemindersDialog *self = MIL_REMINDERS_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MIL_TYPE_REMINDERS_DIALOG);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mil_reminders_dialog_parent_class)->dispose (object);
}

static void
mil_reminders_dialog_class_init (MilRemindersDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_reminders_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/refunds/reminders-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MilRemindersDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, MilRemindersDialog, week);
  gtk_widget_class_bind_template_child (widget_class, MilRemindersDialog, two_days);
  gtk_widget_class_bind_template_child (widget_class, MilRemindersDialog, day);
  gtk_widget_class_bind_template_child (widget_class, MilRemindersDialog, days);
  gtk_widget_class_bind_template_child (widget_class, MilRemindersDialog, nothing);
  gtk_widget_class_bind_template_child (widget_class, MilRemindersDialog, save);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
mil_reminders_dialog_init (MilRemindersDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new (MIL_APP_ID);
  g_settings_bind (self->settings, "remind-week", self->week, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "remind-two-days", self->two_days, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "remind-day", self->day, "active", G_SETTINGS_BIND_DEFAULT);
}

/**
 * mil_reminders_dialog_new:
 * @session: whose days it shows
 *
 * Returns: (transfer floating): a dialog, not presented yet
 */
AdwDialog *
mil_reminders_dialog_new (MilSession *session)
{
  MilRemindersDialog *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);

  self = g_object_new (MIL_TYPE_REMINDERS_DIALOG, NULL);
  self->session = g_object_ref (session);
  fill_days (self);
  return ADW_DIALOG (self);
}
