/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/mil-serve.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#include "refund/mil-scheme-book.h"
#include "service/catalogue/mil-import.h"
#include "service/http/mil-listener.h"
#include "service/http/mil-log.h"
#include "service/http/mil-server.h"
#include "service/mil-command.h"
#include "service/mil-housekeeping.h"
#include "service/mil-personal.h"
#include "service/principals/mil-demo-keys.h"
#include "service/storage/mil-storage.h"
#include "service/wallet/mil-audit.h"

/* What requests under way get when the service is told to end. */
#define GRACE_MILLISECONDS 3000
#define LOOK_MILLISECONDS 10
#define AUDIT_UNREADABLE 2

typedef struct
{
  const MilOptions *options;
  GMainLoop        *loop;
  MilContext        context;
  MilRandom        *random;
  MilListener      *listener;
  MilStorage       *storage;
  MilServer        *server;
  MilHousekeeping  *housekeeping;
  gboolean          is_starting;
  gboolean          is_ending;
  int               status;
} Service;

static void
service_clear (Service *self)
{
  g_clear_object (&self->server);
  g_clear_object (&self->storage);
  g_clear_pointer (&self->listener, mil_listener_free);
  g_clear_object (&self->context.clock);
  g_clear_object (&self->context.exchange);
  g_clear_pointer (&self->context.book, mil_scheme_book_unref);
  g_clear_pointer (&self->context.vault, mil_vault_unref);
  g_clear_object (&self->random);
  g_clear_pointer (&self->loop, g_main_loop_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Service, service_clear)

static gboolean
open_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  mil_error_set (error, MIL_ERROR_STORAGE, _ ("The folder %s could not be made: %s"), folder, g_strerror (errno));
  return FALSE;
}

static gboolean
load_data (Service *self, GError **error)
{
  g_autofree char *rates = g_build_filename (self->options->data, "demo", "eurofxref.xml", NULL);
  g_autoptr (GBytes) bytes = NULL;
  char *text;
  gsize size;

  if (!g_file_get_contents (rates, &text, &size, error))
    return FALSE;
  bytes = g_bytes_new_take (text, size);
  self->context.exchange = mil_exchange_new_ecb (bytes, error);
  if (self->context.exchange == NULL)
    return FALSE;
  self->context.book = mil_scheme_book_load (self->options->data, error);
  return self->context.book != NULL;
}

/* Keys that were just made lie beside the database: somebody who runs more than one instance must hear of it. */
static gboolean
open_vault (Service *self, GError **error)
{
  gboolean is_new;

  self->context.vault = mil_vault_open (self->options->personal_keys, self->options->state, self->random, &is_new, error);
  if (self->context.vault != NULL && is_new)
    mil_log_event ("personal-keys-made", "key", mil_vault_current (self->context.vault), NULL);
  return self->context.vault != NULL;
}

static gboolean
open_storage (Service *self, GError **error)
{
  self->storage = mil_storage_new_for_address (self->options->storage, self->context.clock, self->random, error);
  if (self->storage == NULL || !mil_await (mil_storage_open (self->storage), error))
    return FALSE;
  self->context.engine = mil_storage_get_engine (self->storage);
  return TRUE;
}

typedef struct
{
  MilVault *vault;
  gint64    n;
} Sealing;

static gpointer
seal_some (MilTx *tx, gpointer data, GError **error)
{
  Sealing *sealing = data;

  sealing->n = mil_personal_seal_old (tx, sealing->vault, error);
  return sealing->n >= 0 ? GINT_TO_POINTER (TRUE) : NULL;
}

/* What a version left that did not encrypt it is encrypted before anybody is served, and then written over. */
static gboolean
seal_old (Service *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  Sealing          sealing = { self->context.vault, 0 };
  gint64           sum = 0;
  g_autofree char *rows = NULL;

  do
    {
      if (!mil_await (mil_storage_run (self->storage, seal_some, &sealing, NULL, G_TYPE_BOOLEAN), error))
        return FALSE;
      sum += sealing.n;
    }
  while (sealing.n > 0 && !self->is_ending);
  if (sum == 0)
    return TRUE;
  rows = g_strdup_printf ("%" G_GINT64_FORMAT, sum);
  mil_log_event ("personal-data-sealed", "rows", rows, NULL);
  if (!mil_await (mil_storage_fold (self->storage, TRUE), &problem))
    mil_log_event ("personal-data-not-overwritten", "message", problem->message, NULL);
  return TRUE;
}

static gpointer
read_import (gpointer folder, GCancellable *cancellable, GError **error)
{
  return mil_import_read (folder, error);
}

typedef struct
{
  MilImport  *import;
  const char *state;
  guint       n_changed;
} Filling;

static gpointer
fill (MilTx *tx, gpointer data, GError **error)
{
  Filling *filling = data;

  if (!mil_demo_keys_enrol (tx, filling->state, error)
      || !mil_import_write (filling->import, tx, &filling->n_changed, error))
    return NULL;
  return GINT_TO_POINTER (TRUE);
}

static gboolean
fill_demo (Service *self, GError **error)
{
  g_autoptr (MilImport) import = NULL;
  g_autofree char *changed = NULL;
  Filling          filling = { .state = self->options->state };
  GPtrArray       *problems;

  if (self->options->demo == NULL)
    return TRUE;
  if (!mil_demo_keys_make (self->options->state, error))
    return FALSE;
  import = mil_await_pointer (mil_thread (read_import, g_strdup (self->options->demo), g_free, MIL_TYPE_IMPORT), error);
  if (import == NULL)
    return FALSE;
  filling.import = import;
  if (!mil_await (mil_storage_run (self->storage, fill, &filling, NULL, G_TYPE_BOOLEAN), error))
    return FALSE;
  problems = mil_import_problems (import);
  for (guint i = 0; i < problems->len; i++)
    mil_log_event ("import-problem", "problem", problems->pdata[i], NULL);
  changed = g_strdup_printf ("%u", filling.n_changed);
  mil_log_event ("import", "stores_changed", changed, NULL);
  return TRUE;
}

static gboolean
listen_tcp (Service *self, GError **error)
{
  g_autoptr (GSocketConnectable) where = g_network_address_parse (self->options->listen, 8443, error);
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GSocketAddress) address = NULL;

  if (where == NULL)
    return FALSE;
  address = g_inet_socket_address_new_from_string (g_network_address_get_hostname (G_NETWORK_ADDRESS (where)),
                                                   g_network_address_get_port (G_NETWORK_ADDRESS (where)));
  if (address == NULL)
    {
      mil_error_set (error, MIL_ERROR_INVALID, _ ("--listen needs a numeric address and a port, like 127.0.0.1:8443."));
      return FALSE;
    }
  if (self->options->tls_cert != NULL)
    {
      certificate = g_tls_certificate_new_from_files (self->options->tls_cert, self->options->tls_key, error);
      if (certificate == NULL)
        return FALSE;
    }
  return mil_server_listen_tcp (self->server, address, certificate, error);
}

static gboolean
start_server (Service *self, GError **error)
{
  self->server = mil_server_new (self->storage, &self->context);
  if (self->listener != NULL)
    return mil_server_listen_socket (self->server, mil_listener_socket (self->listener), error);
  return listen_tcp (self, error);
}

static void
say_ready (Service *self)
{
  g_autofree char *address = self->listener != NULL ? g_strdup_printf ("unix:%s", self->options->socket)
                                                    : mil_server_get_address (self->server);

  printf ("ready %s\n", address);
  fflush (stdout);
  mil_log_event ("ready", "storage", self->context.engine, NULL);
}

static DexFuture *
end (gpointer data)
{
  Service *self = data;
  guint    waited = 0;
  g_autoptr (DexFuture) tidied = mil_housekeeping_stop (g_steal_pointer (&self->housekeeping));

  mil_log_event ("ending", "storage", self->context.engine, NULL);
  if (self->server != NULL)
    {
      mil_server_stop (self->server);
      while (!mil_server_is_idle (self->server) && waited < GRACE_MILLISECONDS)
        {
          mil_await (dex_timeout_new_msec (LOOK_MILLISECONDS), NULL);
          waited += LOOK_MILLISECONDS;
        }
      mil_server_disconnect (self->server);
    }
  mil_await (mil_with_timeout (g_steal_pointer (&tidied), GRACE_MILLISECONDS, "clearing away"), NULL);
  /* What did not open has no engine, and nothing to close. */
  if (self->context.engine != NULL)
    mil_await (mil_storage_close (self->storage), NULL);
  g_main_loop_quit (self->loop);
  return dex_future_new_for_boolean (TRUE);
}

static gboolean
start (Service *self, GError **error)
{
  return open_folder (self->options->state, error) && load_data (self, error) && open_vault (self, error)
         && open_storage (self, error) && seal_old (self, error)
         && (self->is_ending || fill_demo (self, error)) && (self->is_ending || start_server (self, error));
}

static DexFuture *
run (gpointer data)
{
  Service *self = data;
  g_autoptr (GError) error = NULL;
  gboolean started = start (self, &error);

  self->is_starting = FALSE;
  if (!started)
    {
      mil_log_event ("failed", "message", error->message, NULL);
      self->status = EXIT_FAILURE;
    }
  if (!started || self->is_ending)
    {
      self->is_ending = TRUE;
      return end (self);
    }
  self->housekeeping = mil_housekeeping_start (self->storage, &self->context, self->options->retention_days);
  say_ready (self);
  return dex_future_new_for_boolean (TRUE);
}

/* A service that is told to end while it starts ends when it has started: its threads are at work on the storage. */
static void
begin_end (Service *self)
{
  if (self->is_ending)
    return;
  self->is_ending = TRUE;
  if (self->is_starting)
    return;
  mil_disown (mil_spawn (end, self, NULL), "ending the service");
}

static gboolean
on_signal (gpointer data)
{
  begin_end (data);
  return G_SOURCE_CONTINUE;
}

/* Nothing is ever written to the pipe: it only closes. */
static gboolean
on_parent (int fd, GIOCondition condition, gpointer data)
{
  begin_end (data);
  return G_SOURCE_REMOVE;
}

/**
 * mil_serve:
 * @options: how the program was called
 *
 * Serves until a signal or the parent ends it.
 *
 * Returns: exit status: 0, 1 when it could not start, %MIL_SERVE_TAKEN when another live service
 *   holds the socket
 */
int
mil_serve (const MilOptions *options)
{
  g_auto (Service) self = { .options = options, .loop = g_main_loop_new (NULL, FALSE) };
  g_autoptr (GError) error = NULL;
  gboolean taken;

  g_return_val_if_fail (options != NULL, EXIT_FAILURE);

  mil_log_start ();
  dex_init ();
  self.context.clock = mil_clock_new_system ();
  self.random = mil_random_new_system ();
  if (options->socket != NULL)
    {
      self.listener = mil_listener_new (options->socket, &taken, &error);
      if (self.listener == NULL)
        {
          mil_log_event (taken ? "taken" : "failed", "message", error->message, NULL);
          return taken ? MIL_SERVE_TAKEN : EXIT_FAILURE;
        }
    }
  g_unix_signal_add (SIGTERM, on_signal, &self);
  g_unix_signal_add (SIGINT, on_signal, &self);
  if (options->parent_fd >= 0)
    g_unix_fd_add (options->parent_fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_parent, &self);
  self.is_starting = TRUE;
  mil_disown (mil_spawn (run, &self, NULL), "starting the service");
  g_main_loop_run (self.loop);
  return self.status;
}

static gpointer
do_audit (MilTx *tx, gpointer balanced, GError **error)
{
  return mil_audit (tx, balanced, error);
}

static int
audit (gpointer data, GError **error)
{
  const MilOptions *options = data;
  g_autoptr (MilClock) clock = mil_clock_new_system ();
  g_autoptr (MilRandom) random = mil_random_new_system ();
  g_autoptr (MilStorage) storage = NULL;
  g_autoptr (JsonNode) report = NULL;
  g_autofree char *text = NULL;
  gboolean         balanced = FALSE;

  storage = mil_storage_new_for_address (options->storage, clock, random, error);
  if (storage == NULL || !mil_await (mil_storage_open (storage), error))
    return AUDIT_UNREADABLE;
  report = mil_await_pointer (mil_storage_read (storage, do_audit, &balanced, NULL, JSON_TYPE_NODE), error);
  mil_await (mil_storage_close (storage), NULL);
  if (report == NULL)
    return AUDIT_UNREADABLE;
  text = json_to_string (report, TRUE);
  printf ("%s\n", text);
  return balanced ? EXIT_SUCCESS : EXIT_FAILURE;
}

/**
 * mil_audit_run:
 * @options: how the program was called
 *
 * Checks the ledger and prints what it found, as JSON.
 *
 * Returns: exit status: 0 when it balances, 1 when it does not, 2 when it could not be read
 */
int
mil_audit_run (const MilOptions *options)
{
  g_return_val_if_fail (options != NULL, EXIT_FAILURE);

  return mil_command_run (audit, (gpointer) options);
}
