/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_SETTINGS_ENABLE_BACKEND

#include "config.h"

#include "app/mil-kiosk.h"

#include <gio/gsettingsbackend.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define ROOM_PREFIX "kiosk-"

struct _MilKiosk
{
  GObject parent_instance;

  GtkWindow *window;  /* (unowned): outlives this */
  AdwDialog *warning; /* (unowned, weak) (nullable) */
  guint      idle_ms;
  guint      warning_seconds;
  guint      left;
  guint      timer;
};

G_DEFINE_FINAL_TYPE (MilKiosk, mil_kiosk, G_TYPE_OBJECT)

enum
{
  OVER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- whether somebody is there ------------------------------------------------------------------ */

static void
update_warning (MilKiosk *self)
{
  g_autofree char *text
      = g_strdup_printf (ngettext ("Without an answer, all that was entered is forgotten in %u second.",
                                   "Without an answer, all that was entered is forgotten in %u seconds.",
                                   self->left),
                         self->left);

  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (self->warning), text);
}

static gboolean
over_cb (gpointer data)
{
  MilKiosk *self = data;

  self->timer = 0;
  g_signal_emit (self, signals[OVER], 0);
  return G_SOURCE_REMOVE;
}

static gboolean
tick_cb (gpointer data)
{
  MilKiosk  *self = data;
  AdwDialog *warning = self->warning;

  if (--self->left > 0)
    {
      update_warning (self);
      return G_SOURCE_CONTINUE;
    }
  g_clear_weak_pointer (&self->warning);
  adw_dialog_force_close (warning);
  self->timer = g_idle_add (over_cb, self);
  return G_SOURCE_REMOVE;
}

static gboolean idle_cb (gpointer data);

static void
start (MilKiosk *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (self->idle_ms, idle_cb, self);
}

static void
answered_cb (MilKiosk *self, const char *answer)
{
  g_assert (MIL_IS_KIOSK (self));

  if (self->warning == NULL)
    return;
  g_clear_weak_pointer (&self->warning);
  start (self);
  if (!g_str_equal (answer, "over"))
    return;
  /* Not while the dialog is still at it. */
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_idle_add (over_cb, self);
}

static gboolean
idle_cb (gpointer data)
{
  MilKiosk *self = data;

  g_set_weak_pointer (&self->warning, adw_alert_dialog_new (C_ ("kiosk", "Are you still there?"), NULL));
  adw_alert_dialog_add_responses (
      ADW_ALERT_DIALOG (self->warning), "over", C_ ("kiosk", "_Start Over"), "stay", C_ ("kiosk", "_Go On"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (self->warning), "stay", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (self->warning), "stay");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (self->warning), "stay");
  g_signal_connect_object (self->warning, "response", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  self->left = self->warning_seconds;
  update_warning (self);
  adw_dialog_present (self->warning, GTK_WIDGET (self->window));
  self->timer = g_timeout_add_seconds (1, tick_cb, self);
  return G_SOURCE_REMOVE;
}

/* A hand that rests on the screen is no answer, so the warning waits for one of its buttons. */
static gboolean
event_cb (MilKiosk *self)
{
  if (self->warning == NULL)
    start (self);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
stay_cb (GtkWindow *window)
{
  return GDK_EVENT_STOP;
}

static void
mil_kiosk_dispose (GObject *object)
{
  MilKiosk *self = MIL_KIOSK (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_weak_pointer (&self->warning);
  G_OBJECT_CLASS (mil_kiosk_parent_class)->dispose (object);
}

static void
mil_kiosk_class_init (MilKioskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mil_kiosk_dispose;

  /**
   * MilKiosk::over:
   * @self: the kiosk
   *
   * Whoever was there has gone, or wants all to be forgotten.
   */
  signals[OVER] = g_signal_new ("over", MIL_TYPE_KIOSK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mil_kiosk_init (MilKiosk *self)
{
}

/**
 * mil_kiosk_new:
 * @window: a window that fills the screen
 * @idle_ms: how long nobody may touch anything before they are asked whether they are there, in milliseconds
 * @warning_seconds: how long that is asked before `over` is emitted
 *
 * Watches over one person's time at a kiosk. @window cannot be closed any more by whoever stands before it.
 *
 * Returns: (transfer full): the watch; @window has to outlive it
 */
MilKiosk *
mil_kiosk_new (GtkWindow *window, guint idle_ms, guint warning_seconds)
{
  MilKiosk           *self = NULL;
  GtkEventController *events = NULL;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);
  g_return_val_if_fail (warning_seconds > 0, NULL);

  self = g_object_new (MIL_TYPE_KIOSK, NULL);
  self->window = window;
  self->idle_ms = idle_ms;
  self->warning_seconds = warning_seconds;
  events = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), events);
  g_signal_connect (window, "close-request", G_CALLBACK (stay_cb), NULL);
  gtk_window_set_deletable (window, FALSE);
  start (self);
  return self;
}

/* --- what is forgotten -------------------------------------------------------------------------- */

/**
 * mil_kiosk_clear_room:
 * @room: a folder that mil_kiosk_make_room() made
 *
 * Deletes it with all that is in it. Links are deleted and not followed.
 */
void
mil_kiosk_clear_room (const char *room)
{
  g_autoptr (GDir) dir = NULL;
  const char *name = NULL;

  g_return_if_fail (room != NULL);

  dir = g_file_test (room, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (room, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (room, name, NULL);

      mil_kiosk_clear_room (path);
    }
  if (g_remove (room) != 0)
    g_message ("%s was not deleted", room);
}

/**
 * mil_kiosk_clear_rooms:
 * @runtime_dir: the folder of the program in the memory of the machine, see g_get_user_runtime_dir()
 *
 * Deletes the rooms of all that were ever there: of whoever was there last, and what a power cut left.
 */
void
mil_kiosk_clear_rooms (const char *runtime_dir)
{
  g_autoptr (GDir) dir = NULL;
  const char *name = NULL;

  g_return_if_fail (runtime_dir != NULL);

  dir = g_dir_open (runtime_dir, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (runtime_dir, name, NULL);

      if (g_str_has_prefix (name, ROOM_PREFIX))
        mil_kiosk_clear_room (path);
    }
}

/**
 * mil_kiosk_make_room:
 * @runtime_dir: as for mil_kiosk_clear_rooms()
 *
 * Makes a place for what one person enters, that only its owner can read. Where that cannot be made, the
 * session that is to live there says that it cannot write.
 *
 * Returns: (transfer full): a folder of its own
 */
char *
mil_kiosk_make_room (const char *runtime_dir)
{
  g_autofree char *room = NULL;

  g_return_val_if_fail (runtime_dir != NULL, NULL);

  g_mkdir_with_parents (runtime_dir, 0700);
  room = g_build_filename (runtime_dir, ROOM_PREFIX "XXXXXX", NULL);
  if (g_mkdtemp (room) != NULL)
    return g_steal_pointer (&room);
  g_message ("There is no room for a kiosk in %s", runtime_dir);
  return g_build_filename (runtime_dir, ROOM_PREFIX "none", NULL);
}

/**
 * mil_kiosk_settings:
 * @schema_id: name of a schema
 *
 * Returns: (transfer full): settings as they come, which are forgotten with the object
 */
GSettings *
mil_kiosk_settings (const char *schema_id)
{
  g_autoptr (GSettingsBackend) memory = g_memory_settings_backend_new ();

  g_return_val_if_fail (schema_id != NULL, NULL);

  return g_settings_new_with_backend (schema_id, memory);
}
