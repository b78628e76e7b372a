/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/mil-keys.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mil-future.h"
#include "service/mil-command.h"
#include "service/mil-personal.h"
#include "service/storage/mil-storage.h"
#include "service/vault/mil-vault.h"

#define USAGE 2

static gpointer
count (MilTx *tx, gpointer data, GError **error)
{
  MilVault *vault = data;
  g_autoptr (MilRows) rows = mil_personal_count (tx, error);

  if (rows == NULL)
    return NULL;
  /* Translators: of a key: nothing more is encrypted with the others. */
  printf ("%s  %s\n", mil_vault_current (vault), _ ("current"));
  while (mil_rows_next (rows))
    printf ("%s  %" G_GINT64_FORMAT "\n", mil_rows_text (rows, 0), mil_rows_int (rows, 1));
  return GINT_TO_POINTER (TRUE);
}

static gboolean
list_keys (const MilOptions *options, GError **error)
{
  g_autoptr (MilClock) clock = mil_clock_new_system ();
  g_autoptr (MilRandom) random = mil_random_new_system ();
  g_autoptr (MilStorage) storage = mil_storage_new_for_address (options->storage, clock, random, error);
  g_autoptr (MilVault) vault = NULL;
  gboolean is_new;
  gboolean done;

  if (storage == NULL)
    return FALSE;
  vault = mil_vault_open (options->personal_keys, options->state, random, &is_new, error);
  if (vault == NULL || !mil_await (mil_storage_open (storage), error))
    return FALSE;
  done = mil_await (mil_storage_read (storage, count, vault, NULL, G_TYPE_BOOLEAN), error);
  mil_await (mil_storage_close (storage), NULL);
  return done;
}

static gboolean
rotate (const MilOptions *options, GError **error)
{
  g_autoptr (MilRandom) random = mil_random_new_system ();
  g_autofree char *own = mil_vault_path (options->state);
  const char      *path = options->personal_keys != NULL ? options->personal_keys : own;

  if (!mil_vault_rotate (path, random, error))
    return FALSE;
  printf (_ ("%s has a new key. Start the service again: it encrypts with the new key, and re-wraps what the "
             "older ones hold.\n"),
          path);
  return TRUE;
}

static int
dispatch (gpointer data, GError **error)
{
  const MilOptions *options = data;
  guint             n = g_strv_length (options->rest);

  if (n == 1)
    return list_keys (options, error) ? EXIT_SUCCESS : EXIT_FAILURE;
  if (n == 2 && g_str_equal (options->rest[1], "rotate"))
    return rotate (options, error) ? EXIT_SUCCESS : EXIT_FAILURE;
  mil_error_set (error, MIL_ERROR_INVALID, _ ("Say “keys” or “keys rotate”."));
  return USAGE;
}

/**
 * mil_keys_run:
 * @options: how the program was called
 *
 * Says which keys encrypt personal data, and how much each of them holds; or puts a new one before them.
 *
 * Returns: exit status: 0, 1 when it could not, 2 for a wrong command
 */
int
mil_keys_run (const MilOptions *options)
{
  g_return_val_if_fail (options != NULL && options->rest != NULL, EXIT_FAILURE);

  return mil_command_run (dispatch, (gpointer) options);
}
