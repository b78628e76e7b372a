/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/mil-options.h"

#include <glib/gi18n.h>

#include "base/mil-error.h"

#define SUMMARY                                                                                              \
  "milione-service [serve]     answer requests\n"                                                            \
  "milione-service customs list | help | validate CLAIM | partial CLAIM --purchase ID… |\n"                  \
  "                        refuse CLAIM --reason TEXT | desk CLAIM | outage CLAIM | stamp CLAIM\n"           \
  "                            act as the demo's customs; CLAIM is an id, a number or “latest”\n"            \
  "milione-service keys [rotate]\n"                                                                          \
  "                            which keys encrypt personal data; make a new one\n"                           \
  "milione-service audit       check that the ledger balances; status 1 when it does not"

/* Operators take objections for half a year. */
#define RETENTION_DAYS 180

/**
 * mil_options_clear:
 * @self: options
 *
 * Frees what they hold.
 */
void
mil_options_clear (MilOptions *self)
{
  g_free (self->socket);
  g_free (self->listen);
  g_free (self->tls_cert);
  g_free (self->tls_key);
  g_free (self->storage);
  g_free (self->state);
  g_free (self->demo);
  g_free (self->data);
  g_free (self->personal_keys);
  g_strfreev (self->rest);
  g_free (self->reason);
  g_free (self->reason_code);
  g_free (self->desk);
  g_free (self->on);
  g_free (self->position);
  g_strfreev (self->purchases);
}

static gboolean
check (MilOptions *self, const char *log, GError **error)
{
  if (self->listen != NULL && self->socket != NULL)
    mil_error_set (error, MIL_ERROR_INVALID, _ ("Give either --socket or --listen."));
  else if ((self->tls_cert == NULL) != (self->tls_key == NULL))
    mil_error_set (error, MIL_ERROR_INVALID, _ ("--tls-cert and --tls-key belong together."));
  else if (self->tls_cert != NULL && self->listen == NULL)
    mil_error_set (error, MIL_ERROR_INVALID, _ ("TLS needs --listen."));
  else if (self->retention_days < 0)
    mil_error_set (error, MIL_ERROR_INVALID, _ ("--retention-days cannot be below zero."));
  else if (log != NULL && !g_str_equal (log, "json"))
    mil_error_set (error, MIL_ERROR_INVALID, _ ("--log takes “json” only."));
  else
    return TRUE;
  return FALSE;
}

static void
fill (MilOptions *self)
{
  if (self->state == NULL)
    self->state = g_build_filename (g_get_user_data_dir (), "milione", "service", NULL);
  if (self->storage == NULL)
    self->storage = g_strdup_printf ("sqlite:%s/service.db", self->state);
  if (self->socket == NULL && self->listen == NULL)
    self->socket = g_build_filename (g_get_user_runtime_dir (), "milione", "service.sock", NULL);
  if (self->data == NULL)
    {
      const char *folder = g_getenv ("MILIONE_DATA_DIR");

      self->data = g_strdup (folder != NULL && *folder != '\0' ? folder : MIL_PKGDATADIR);
    }
}

/**
 * mil_options_parse:
 * @self: (out): to be cleared with mil_options_clear()
 * @arguments: the program's arguments, its name first
 * @error: return location
 *
 * Reads the command line and fills in what it does not say.
 *
 * Returns: %FALSE with @error set when it makes no sense
 */
gboolean
mil_options_parse (MilOptions *self, GStrv arguments, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("[COMMAND]");
  g_autofree char *log = NULL;
  g_auto (GStrv) copy = g_strdupv (arguments);
  const GOptionEntry entries[] = {
    { "socket", 0, 0, G_OPTION_ARG_FILENAME, &self->socket, N_ ("Unix socket to serve, or to reach the service at"), N_ ("PATH") },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &self->listen, N_ ("Serve on TCP instead"), N_ ("ADDRESS:PORT") },
    { "tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &self->tls_cert, N_ ("Certificate chain (PEM)"), N_ ("FILE") },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &self->tls_key, N_ ("Key of the certificate (PEM)"), N_ ("FILE") },
    { "storage", 0, 0, G_OPTION_ARG_STRING, &self->storage, N_ ("“sqlite:PATH” or “postgres:CONNINFO”"), N_ ("ADDRESS") },
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &self->state, N_ ("Folder of the database and the demo's keys"), N_ ("FOLDER") },
    { "demo", 0, 0, G_OPTION_ARG_FILENAME, &self->demo, N_ ("Fill it with the stores of this folder"), N_ ("FOLDER") },
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &self->data, N_ ("Folder of refund schemes and exchange rates"), N_ ("FOLDER") },
    { "personal-keys", 0, 0, G_OPTION_ARG_FILENAME, &self->personal_keys, N_ ("Keys that personal data is encrypted with"), N_ ("FILE") },
    { "retention-days",
      0,
      0,
      G_OPTION_ARG_INT,
      &self->retention_days,
      N_ ("How long after their end the service knows who made a claim or an order"),
      N_ ("NUMBER") },
    { "parent-fd", 0, 0, G_OPTION_ARG_INT, &self->parent_fd, N_ ("End when this pipe closes"), N_ ("NUMBER") },
    { "log", 0, 0, G_OPTION_ARG_STRING, &log, N_ ("Format of the log (json)"), N_ ("FORMAT") },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &self->reason, N_ ("Why customs decides so"), N_ ("TEXT") },
    { "code", 0, 0, G_OPTION_ARG_STRING, &self->reason_code, N_ ("Why customs refuses: late, goods-not-shown … see “customs help”"), N_ ("WORD") },
    { "on", 0, 0, G_OPTION_ARG_STRING, &self->on, N_ ("Day of the stamp, when it is not today"), N_ ("YYYY-MM-DD") },
    { "position", 0, 0, G_OPTION_ARG_STRING, &self->position, N_ ("Where the traveller's phone is"), N_ ("LAT,LON") },
    { "desk", 0, 0, G_OPTION_ARG_STRING, &self->desk, N_ ("Where customs decides"), N_ ("TEXT") },
    { "purchase", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->purchases, N_ ("A purchase that left (may be repeated)"), N_ ("ID") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->rest, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_return_val_if_fail (self != NULL && arguments != NULL, FALSE);

  *self = (MilOptions) { .parent_fd = -1, .retention_days = RETENTION_DAYS };
  g_option_context_set_summary (context, SUMMARY);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, &copy, error) || !check (self, log, error))
    return FALSE;
  fill (self);
  return TRUE;
}
