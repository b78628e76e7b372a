/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/mil-notifier.h"

#include <glib/gi18n.h>

#include "traveller/mil-reminders.h"

struct _MilNotifier
{
  GObject parent_instance;

  GApplication *application; /* (unowned): owns this */
  GSettings    *settings;    /* (owned) */
  MilReminders *reminders;   /* (owned) */
};

G_DEFINE_FINAL_TYPE (MilNotifier, mil_notifier, G_TYPE_OBJECT)

static const struct
{
  const char       *key;
  MilReminderChoice choice;
} choices[] = {
  { "remind-week", MIL_REMIND_WEEK },
  { "remind-two-days", MIL_REMIND_TWO_DAYS },
  { "remind-day", MIL_REMIND_DAY },
};

static void
choose (MilNotifier *self)
{
  MilReminderChoice choice = MIL_REMIND_NONE;

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (g_settings_get_boolean (self->settings, choices[i].key))
      choice |= choices[i].choice;
  mil_reminders_set_choice (self->reminders, choice);
}

static char *
body_of (const MilDueDay *due, int left)
{
  g_autofree char *day = mil_date_format (due->day);
  g_autofree char *when = NULL;

  if (left == 0)
    when = g_strdup (C_ ("reminder", "It is today."));
  else if (left == 1)
    /* Translators: %s is the date of tomorrow. */
    when = g_strdup_printf (C_ ("reminder", "It is tomorrow, %s."), day);
  else
    when = g_strdup_printf (ngettext ("%d day is left, until %s.", "%d days are left, until %s.", (gulong) left), left, day);
  /* Translators: when it is, and what to do. */
  return due->text != NULL ? g_strdup_printf (C_ ("reminder", "%s %s"), when, due->text) : g_steal_pointer (&when);
}

static void
lead_to (GNotification *notification, const char *action, const char *button, const char *id)
{
  g_notification_set_default_action_and_target (notification, action, "s", id);
  g_notification_add_button_with_target (notification, button, action, "s", id);
}

static void
due_cb (MilNotifier *self, const MilDueDay *due, int left)
{
  g_autoptr (GNotification) notification = g_notification_new (due->title);
  g_autofree char *body = body_of (due, left);

  g_assert (MIL_IS_NOTIFIER (self));

  g_notification_set_body (notification, body);
  g_notification_set_priority (notification, left == 0 ? G_NOTIFICATION_PRIORITY_HIGH : G_NOTIFICATION_PRIORITY_NORMAL);
  if (due->claim_id != NULL)
    lead_to (notification, "app.claim", C_ ("notification", "Show the Claim"), due->claim_id);
  else if (due->receipt_id != NULL)
    lead_to (notification, "app.receipt", C_ ("notification", "Show the Receipt"), due->receipt_id);
  else if (due->trip_id != NULL)
    lead_to (notification, "app.trip", C_ ("notification", "Airport Day"), due->trip_id);
  g_application_send_notification (self->application, due->id, notification);
}

static void
passed_by_cb (MilNotifier *self, const char *id)
{
  g_assert (MIL_IS_NOTIFIER (self));

  g_application_withdraw_notification (self->application, id);
}

static void
mil_notifier_dispose (GObject *object)
{
  MilNotifier *self = MIL_NOTIFIER (object);

  g_clear_object (&self->reminders);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (mil_notifier_parent_class)->dispose (object);
}

static void
mil_notifier_class_init (MilNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mil_notifier_dispose;
}

static void
mil_notifier_init (MilNotifier *self)
{
}

/**
 * mil_notifier_new:
 * @application: the program, which outlives the notifier
 * @session: whose days are watched
 * @settings: where the person has chosen when to be reminded
 *
 * Returns: (transfer full): a notifier that is at work
 */
MilNotifier *
mil_notifier_new (GApplication *application, MilSession *session, GSettings *settings)
{
  MilNotifier *self = NULL;

  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (MIL_TYPE_NOTIFIER, NULL);
  self->application = application;
  self->settings = g_object_ref (settings);
  self->reminders = mil_reminders_new (session);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autofree char *signal = g_strconcat ("changed::", choices[i].key, NULL);

      g_signal_connect_object (settings, signal, G_CALLBACK (choose), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (self->reminders, "due", G_CALLBACK (due_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reminders, "passed-by", G_CALLBACK (passed_by_cb), self, G_CONNECT_SWAPPED);
  choose (self);
  return self;
}
