/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/mil-application.h"

#include <glib/gi18n.h>

#include "mil-resources.h"
#include "app/mil-kiosk.h"
#include "app/mil-notifier.h"
#include "app/mil-shortcuts-dialog.h"
#include "app/mil-window.h"

/* Long enough to read a page, short enough that the next one need not wait for who has gone. */
#define KIOSK_IDLE_MS 90000
#define KIOSK_WARNING_SECONDS 20

struct _MilApplication
{
  AdwApplication parent_instance;

  MilSession  *session;
  GSettings   *settings;
  MilNotifier *notifier;
  DexFuture   *starting;
  const char  *led_to;     /* (nullable): action of the window, once the session is loaded */
  GVariant    *led_target; /* (owned) (nullable) */
  gboolean     kiosk;
  MilKiosk    *watch; /* (owned) (nullable): over the person at a kiosk */
  char        *room;  /* (owned) (nullable): folder of what that person enters */
};

G_DEFINE_FINAL_TYPE (MilApplication, mil_application, ADW_TYPE_APPLICATION)

static const GOptionEntry option_entries[] = {
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
  { "kiosk", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Fill the screen, for a kiosk"), NULL },
  { "place", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Open a place: shop, refunds or wallet"), N_ ("PLACE") },
  { "add-receipt", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Start with adding a receipt"), NULL },
  { NULL },
};

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (data));
  AdwDialog *dialog = adw_about_dialog_new ();

  g_object_set (dialog,
                "application-name",
                "Milione",
                "application-icon",
                MIL_APP_ID,
                "version",
                PACKAGE_VERSION,
                "developer-name",
                _ ("The Milione contributors"),
                "license-type",
                GTK_LICENSE_GPL_3_0,
                "comments",
                _ ("Shop in other countries, and bring the tax back home."),
                /* Translators: put your names here, one a line; they are shown in the about dialog. */
                "translator-credits",
                _ ("translator-credits"),
                NULL);
  adw_dialog_present (dialog, GTK_WIDGET (window));
}

static void
shortcuts_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (data));

  adw_dialog_present (mil_shortcuts_dialog_new (), GTK_WIDGET (window));
}

static void
close_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (data));

  if (window != NULL)
    gtk_window_close (window);
}

static void
place_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = NULL;

  g_application_activate (G_APPLICATION (data));
  window = gtk_application_get_active_window (GTK_APPLICATION (data));
  if (MIL_IS_WINDOW (window))
    mil_window_show_place (MIL_WINDOW (window), g_variant_get_string (parameter, NULL));
}

/* As the desktop file names it. */
static void
refunds_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GVariant) place = g_variant_ref_sink (g_variant_new_string ("refunds"));

  place_action (action, place, data);
}

static void
add_receipt_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = NULL;

  g_application_activate (G_APPLICATION (data));
  window = gtk_application_get_active_window (GTK_APPLICATION (data));
  if (MIL_IS_WINDOW (window))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.scan", NULL);
}

static void
follow (MilApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autoptr (GVariant) target = NULL;

  g_assert (MIL_IS_APPLICATION (self));

  if (self->led_to == NULL || !MIL_IS_WINDOW (window) || !mil_session_is_loaded (self->session))
    return;
  target = g_steal_pointer (&self->led_target);
  gtk_widget_activate_action_variant (GTK_WIDGET (window), g_steal_pointer (&self->led_to), target);
}

/* Where a notification leads, also one that starts the program: then it waits for what is on the disk. */
static void
activate_in_window (gpointer application, const char *action, GVariant *parameter)
{
  MilApplication *self = MIL_APPLICATION (application);

  self->led_to = action;
  g_clear_pointer (&self->led_target, g_variant_unref);
  self->led_target = g_variant_ref (parameter);
  g_application_activate (G_APPLICATION (application));
  follow (self);
}

static void
claim_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  activate_in_window (data, "win.claim", parameter);
}

static void
receipt_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  activate_in_window (data, "win.receipt", parameter);
}

static void
trip_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  activate_in_window (data, "win.trip", parameter);
}

static const GActionEntry action_entries[] = {
  { .name = "about", .activate = about_action },
  { .name = "shortcuts", .activate = shortcuts_action },
  { .name = "close", .activate = close_action },
  { .name = "add-receipt", .activate = add_receipt_action },
  { .name = "refunds", .activate = refunds_action },
  { .name = "place", .activate = place_action, .parameter_type = "s" },
  { .name = "claim", .activate = claim_action, .parameter_type = "s" },
  { .name = "receipt", .activate = receipt_action, .parameter_type = "s" },
  { .name = "trip", .activate = trip_action, .parameter_type = "s" },
};

static char *
runtime_folder (void)
{
  return g_build_filename (g_get_user_runtime_dir (), "milione", NULL);
}

static MilSession *
make_session (MilApplication *self)
{
  g_autofree char *address = g_settings_get_string (self->settings, "service-address");
  g_autofree char *data_dir = g_build_filename (g_get_user_data_dir (), "milione", NULL);
  g_autofree char *cache_dir = g_build_filename (g_get_user_cache_dir (), "milione", NULL);
  g_autofree char *runtime_dir = runtime_folder ();
  g_autofree char *demo_data = g_build_filename (MIL_PKGDATADIR, "demo", NULL);

  if (self->kiosk)
    {
      g_clear_pointer (&self->room, g_free);
      self->room = mil_kiosk_make_room (runtime_dir);
      g_set_str (&data_dir, self->room);
      g_set_str (&cache_dir, self->room);
      g_set_str (&runtime_dir, self->room);
    }
  return mil_session_new (&(MilSessionOptions) {
      .data_dir = data_dir,
      .cache_dir = cache_dir,
      .runtime_dir = runtime_dir,
      .demo_data = demo_data,
      .service_address = address[0] != '\0' ? address : g_getenv ("MILIONE_SERVICE_ADDRESS"),
      .ephemeral = self->kiosk,
  });
}

static void
window_ready_cb (MilApplication *self)
{
  g_assert (MIL_IS_APPLICATION (self));

  if (self->starting == NULL)
    self->starting = mil_session_start (self->session);
}

static GtkWindow *
make_window (MilApplication *self, GSettings *settings)
{
  GtkWindow *window = GTK_WINDOW (mil_window_new (GTK_APPLICATION (self), self->session, settings));

  g_signal_connect_object (window, "ready", G_CALLBACK (window_ready_cb), self, G_CONNECT_SWAPPED);
  return window;
}

static DexFuture *
stopped_cb (DexFuture *future, gpointer room)
{
  if (g_file_test (room, G_FILE_TEST_EXISTS))
    mil_kiosk_clear_room (room);
  return dex_ref (future);
}

static void make_kiosk (MilApplication *self);

/* The next person finds the first page, and nothing of the one before. */
static void
start_over (MilApplication *self)
{
  GtkWindow *before = gtk_application_get_active_window (GTK_APPLICATION (self));

  g_assert (MIL_IS_APPLICATION (self));

  g_clear_object (&self->watch);
  dex_clear (&self->starting);
  mil_disown (dex_future_finally (mil_session_stop (self->session), stopped_cb, g_steal_pointer (&self->room), g_free),
              "stopping the session");
  g_clear_object (&self->session);
  self->session = make_session (self);
  make_kiosk (self);
  if (before != NULL)
    gtk_window_destroy (before);
}

static void
make_kiosk (MilApplication *self)
{
  g_autoptr (GSettings) settings = mil_kiosk_settings (MIL_APP_ID);
  GtkWindow *window = make_window (self, settings);

  self->watch = mil_kiosk_new (window, KIOSK_IDLE_MS, KIOSK_WARNING_SECONDS);
  g_signal_connect_object (self->watch, "over", G_CALLBACK (start_over), self, G_CONNECT_SWAPPED);
  gtk_window_fullscreen (window);
  gtk_window_present (window);
}

static gboolean
start_over_cb (gpointer data)
{
  start_over (MIL_APPLICATION (data));
  return G_SOURCE_REMOVE;
}

/* Once the menu that it was chosen from is closed. */
static void
start_over_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, start_over_cb, g_object_ref (data), g_object_unref);
}

static const GActionEntry kiosk_entries[] = {
  { .name = "shortcuts", .activate = shortcuts_action },
  { .name = "place", .activate = place_action, .parameter_type = "s" },
  { .name = "start-over", .activate = start_over_action },
};

static void
mil_application_activate (GApplication *application)
{
  MilApplication *self = MIL_APPLICATION (application);
  GtkWindow      *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL && self->kiosk)
    {
      make_kiosk (self);
      return;
    }
  if (window == NULL)
    window = make_window (self, self->settings);
  gtk_window_present (window);
}

/* Those of the program work wherever the focus is, also where it is lost. */
static void
set_accelerators (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *keys[3];
  } accelerators[] = {
    { "app.shortcuts", { "<Control>question" } }, { "app.close", { "<Control>w", "<Control>q" } },
    { "win.search", { "<Control>f" } },           { "win.basket", { "<Control>b" } },
    { "win.place::shop", { "<Alt>1" } },          { "win.place::refunds", { "<Alt>2" } },
    { "win.place::wallet", { "<Alt>3" } },        { "win.back", { "<Alt>Left" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (application, accelerators[i].action, accelerators[i].keys);
}

static void
mil_application_startup (GApplication *application)
{
  MilApplication  *self = MIL_APPLICATION (application);
  g_autofree char *runtime_dir = runtime_folder ();

  g_resources_register (mil_get_resource ());
  G_APPLICATION_CLASS (mil_application_parent_class)->startup (application);

  /* No page about the program, whose links lead out of it, and no way to end it. */
  if (self->kiosk)
    {
      g_action_map_add_action_entries (G_ACTION_MAP (application), kiosk_entries, G_N_ELEMENTS (kiosk_entries), application);
      mil_kiosk_clear_rooms (runtime_dir);
    }
  else
    {
      g_action_map_add_action_entries (G_ACTION_MAP (application), action_entries, G_N_ELEMENTS (action_entries), application);
    }
  set_accelerators (GTK_APPLICATION (application));
  gtk_window_set_default_icon_name (MIL_APP_ID);

  self->settings = g_settings_new (MIL_APP_ID);
  self->session = make_session (self);
  g_signal_connect_object (self->session, "notify::loaded", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  /* A kiosk reminds nobody: it forgets them. */
  if (!self->kiosk)
    self->notifier = mil_notifier_new (application, self->session, self->settings);
}

static void
mil_application_shutdown (GApplication *application)
{
  MilApplication  *self = MIL_APPLICATION (application);
  g_autofree char *runtime_dir = runtime_folder ();

  dex_clear (&self->starting);
  g_clear_object (&self->notifier);
  if (self->session != NULL)
    mil_disown (mil_session_stop (self->session), "stopping the session");
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->watch);
  if (self->room != NULL)
    mil_kiosk_clear_rooms (runtime_dir);
  g_clear_pointer (&self->room, g_free);
  g_clear_pointer (&self->led_target, g_variant_unref);
  G_APPLICATION_CLASS (mil_application_parent_class)->shutdown (application);
}

static int
mil_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  MilApplication *self = MIL_APPLICATION (application);
  g_autoptr (GError) error = NULL;
  const char *place = NULL;
  gboolean    add_receipt = FALSE;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("milione %s\n", PACKAGE_VERSION);
      return 0;
    }
  self->kiosk = g_variant_dict_contains (options, "kiosk");
  add_receipt = g_variant_dict_contains (options, "add-receipt");

  g_variant_dict_lookup (options, "place", "&s", &place);
  if (place == NULL && !add_receipt)
    return -1;
  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("milione: %s\n", error->message);
      return 1;
    }
  if (add_receipt)
    g_action_group_activate_action (G_ACTION_GROUP (application), "add-receipt", NULL);
  else
    g_action_group_activate_action (G_ACTION_GROUP (application), "place", g_variant_new_string (place));
  return -1;
}

static void
mil_application_class_init (MilApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = mil_application_activate;
  application_class->startup = mil_application_startup;
  application_class->shutdown = mil_application_shutdown;
  application_class->handle_local_options = mil_application_handle_local_options;
}

static void
mil_application_init (MilApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), option_entries);
}

/**
 * mil_application_new:
 *
 * Returns: (transfer full): the program, not running yet
 */
MilApplication *
mil_application_new (void)
{
  return g_object_new (MIL_TYPE_APPLICATION, "application-id", MIL_APP_ID, "resource-base-path", "/io/github/milione/Milione", NULL);
}
