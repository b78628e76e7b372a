/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mil-traveller-test.h"

#include "traveller/mil-identity.h"
#include "traveller/mil-secrets.h"

#include <signal.h>

/* libsecret 0.21 itself leaks, and is critical, where unlocking ends without a prompt. */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#define ignore_leaks __lsan_disable
#define heed_leaks __lsan_enable
#else
#define ignore_leaks() ((void) 0)
#define heed_leaks() ((void) 0)
#endif

#define PASSWORD "milione"

/* The daemon stays in the foreground, so that it is ours to end. */
static GSubprocess *
start_keyring (const char *option)
{
  g_autoptr (GError) error = NULL;
  GSubprocess   *daemon = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                              | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                          &error,
                                          "gnome-keyring-daemon",
                                          "--foreground",
                                          "--components=secrets",
                                          option,
                                          NULL);
  GOutputStream *in = NULL;

  g_assert_no_error (error);
  in = g_subprocess_get_stdin_pipe (daemon);
  g_output_stream_write_all (in, PASSWORD, strlen (PASSWORD), NULL, NULL, NULL);
  g_output_stream_close (in, NULL, NULL);
  for (guint i = 0; i < MIL_TEST_PATIENCE / 20; i++)
    {
      g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
      g_autoptr (GVariant) owner = NULL;

      g_assert_no_error (error);
      owner = g_dbus_connection_call_sync (bus,
                                           "org.freedesktop.DBus",
                                           "/org/freedesktop/DBus",
                                           "org.freedesktop.DBus",
                                           "GetNameOwner",
                                           g_variant_new ("(s)", "org.freedesktop.secrets"),
                                           NULL,
                                           G_DBUS_CALL_FLAGS_NONE,
                                           -1,
                                           NULL,
                                           NULL);
      if (owner != NULL)
        return daemon;
      mil_test_turn_for (20);
    }
  g_assert_not_reached ();
}

static void
end_keyring (GSubprocess *daemon)
{
  g_subprocess_send_signal (daemon, SIGTERM);
  g_subprocess_wait (daemon, NULL, NULL);
  g_object_unref (daemon);
  mil_test_turn_for (50);
}

static char *
lookup (MilSecrets *secrets, const char *id, GError **error)
{
  g_autoptr (DexFuture) future = mil_secrets_lookup (secrets, "document", id);
  const GValue *value = NULL;

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  value = dex_future_get_value (future, error);
  return value != NULL ? g_value_dup_string (value) : NULL;
}

/* There is a bus, and nobody on it keeps secrets. */
static void
test_missing (void)
{
  g_autoptr (MilSecrets) secrets = mil_secrets_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (lookup (secrets, "p1", &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_KEYRING_MISSING);
  g_assert_cmpint (mil_secrets_get_state (secrets), ==, MIL_KEYRING_MISSING);
}

static void
test_keep (void)
{
  GSubprocess *daemon = start_keyring ("--unlock");
  g_autoptr (MilSecrets) secrets = mil_secrets_new ();
  g_autoptr (MilIdentity) identity = mil_identity_new (secrets, "embedded");
  g_autoptr (MilIdentity) other = mil_identity_new (secrets, "embedded");
  g_autoptr (GError) error = NULL;
  g_autofree char *none = lookup (secrets, "p1", &error);
  g_autofree char *kept = NULL;
  g_autofree char *gone = NULL;
  g_autoptr (MilKey) key = NULL;
  g_autoptr (MilKey) again = NULL;

  g_assert_no_error (error);
  g_assert_null (none);
  mil_test_await (mil_secrets_store (secrets, "document", "p1", "A passport", "E12345678"), &error);
  g_assert_no_error (error);
  kept = lookup (secrets, "p1", &error);
  g_assert_cmpstr (kept, ==, "E12345678");
  mil_test_await (mil_secrets_delete (secrets, "document", "p1"), &error);
  g_assert_no_error (error);
  gone = lookup (secrets, "p1", &error);
  g_assert_null (gone);
  key = mil_test_await_object (mil_identity_ensure (identity), &error);
  g_assert_no_error (error);
  again = mil_test_await_object (mil_identity_ensure (other), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mil_key_id (key), ==, mil_key_id (again));
  g_assert_cmpint (mil_secrets_get_state (secrets), ==, MIL_KEYRING_READY);
  end_keyring (daemon);
}

static void
on_state_cb (MilSecrets *secrets, GParamSpec *pspec, gpointer data)
{
  if (mil_secrets_get_state (secrets) == MIL_KEYRING_WAITING)
    *(gboolean *) data = TRUE;
}

/* Nobody answers the prompt. The key of before must not be taken for one that is not there. */
static void
test_locked (void)
{
  GSubprocess *daemon = start_keyring ("--start");
  g_autoptr (MilSecrets) secrets = mil_secrets_new ();
  g_autoptr (MilIdentity) identity = mil_identity_new (secrets, "embedded");
  g_autoptr (MilKey) key = NULL;
  g_autoptr (GError) error = NULL;
  gboolean       waited = FALSE;
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK);

  ignore_leaks ();
  mil_secrets_set_timeout (secrets, 1500);
  g_signal_connect (secrets, "notify::state", G_CALLBACK (on_state_cb), &waited);
  key = mil_test_await_object (mil_identity_ensure (identity), &error);
  g_assert_null (key);
  g_assert_error (error, MIL_ERROR, MIL_ERROR_KEYRING_LOCKED);
  g_assert_cmpint (mil_secrets_get_state (secrets), ==, MIL_KEYRING_LOCKED);
  end_keyring (daemon);
  g_log_set_always_fatal (fatal);
  heed_leaks ();
}

static void
stop_when_waiting_cb (MilSecrets *secrets)
{
  if (mil_secrets_get_state (secrets) == MIL_KEYRING_WAITING)
    mil_secrets_stop_waiting (secrets);
}

/* The person presses Cancel instead of unlocking it. */
static void
test_stopped (void)
{
  GSubprocess *daemon = start_keyring ("--start");
  g_autoptr (MilSecrets) secrets = mil_secrets_new ();
  g_autoptr (MilIdentity) identity = mil_identity_new (secrets, "embedded");
  g_autoptr (MilKey) key = NULL;
  g_autoptr (GError) error = NULL;
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK);

  ignore_leaks ();
  g_signal_connect (secrets, "notify::state", G_CALLBACK (stop_when_waiting_cb), NULL);
  key = mil_test_await_object (mil_identity_ensure (identity), &error);
  g_assert_null (key);
  g_assert_error (error, MIL_ERROR, MIL_ERROR_CANCELLED);
  g_assert_cmpint (mil_secrets_get_state (secrets), ==, MIL_KEYRING_LOCKED);
  end_keyring (daemon);
  g_log_set_always_fatal (fatal);
  heed_leaks ();
}

static void
test_memory (void)
{
  g_autoptr (MilSecrets) secrets = mil_secrets_new_memory ();
  g_autofree char *kept = NULL;
  g_autofree char *other = NULL;

  mil_test_await (mil_secrets_store (secrets, "document", "p1", "A passport", "E1"), NULL);
  kept = lookup (secrets, "p1", NULL);
  other = lookup (secrets, "p2", NULL);
  g_assert_cmpstr (kept, ==, "E1");
  g_assert_null (other);
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traveller/secrets/memory", test_memory);
  g_test_add_func ("/traveller/secrets/missing", test_missing);
  g_test_add_func ("/traveller/secrets/keep", test_keep);
  g_test_add_func ("/traveller/secrets/locked", test_locked);
  g_test_add_func ("/traveller/secrets/stopped", test_stopped);
  return g_test_run ();
}
