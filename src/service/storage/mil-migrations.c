/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/storage/mil-storage-private.h"

#include <glib/gi18n.h>
#include <string.h>

GResource *mil_migrations_get_resource (void);

#define FOLDER "/io/github/milione/service/migrations/"

/* NNN-name.sql is for every engine, NNN-name.ENGINE.sql for one. */
static gboolean
is_for_engine (const char *name, const char *engine)
{
  g_auto (GStrv) parts = g_strsplit (name, ".", -1);

  if (g_strv_length (parts) == 2)
    return TRUE;
  return g_strv_length (parts) == 3 && g_str_equal (parts[1], engine);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_migrations (const char *engine)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) children = NULL;

  children = g_resource_enumerate_children (mil_migrations_get_resource (), FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  for (guint i = 0; children != NULL && children[i] != NULL; i++)
    if (is_for_engine (children[i], engine))
      g_ptr_array_add (names, g_strdup (children[i]));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static char *
load_migration (const char *name, const char *engine)
{
  g_autofree char *path = g_strconcat (FOLDER, name, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GRegex) blob = NULL;
  g_autofree char *sql = NULL;

  bytes = g_resource_lookup_data (mil_migrations_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_assert (bytes != NULL);
  sql = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (!g_str_equal (engine, "postgres"))
    return g_steal_pointer (&sql);
  blob = g_regex_new ("\\bBLOB\\b", G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  return g_regex_replace_literal (blob, sql, -1, 0, "BYTEA", G_REGEX_MATCH_DEFAULT, NULL);
}

static gboolean
check_applied (MilTx *tx, GPtrArray *names, GHashTable *applied, GError **error)
{
  g_autoptr (MilRows) rows = NULL;

  rows = mil_tx_query (tx, error, "SELECT name, hash FROM migrations", NULL);
  if (rows == NULL)
    return FALSE;
  while (mil_rows_next (rows))
    {
      const char *name = mil_rows_text (rows, 0);

      if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        {
          mil_error_set (error, MIL_ERROR_UNSUPPORTED, _ ("A newer version of Milione has used this storage. Please update Milione."));
          return FALSE;
        }
      g_hash_table_insert (applied, g_strdup (name), g_strdup (mil_rows_text (rows, 1)));
    }
  return TRUE;
}

static gboolean
apply (MilTx      *tx,
       const char *name,
       const char *sql,
       const char *hash,
       gboolean (*script) (MilTx *tx, const char *sql, GError **error),
       GError **error)
{
  g_debug ("Applying migration %s", name);
  return script (tx, sql, error)
         && mil_tx_exec (tx, error, "INSERT INTO migrations (name, hash, applied_at) VALUES ($1, $2, $3)", "tti", name, hash, mil_tx_now (tx));
}

/*< private >
 * mil_storage_migrate:
 * @tx: a transaction that no other instance's migration runs beside
 * @engine: "sqlite" or "postgres"
 * @script: (scope call): runs several statements
 * @error: set to %MIL_ERROR_UNSUPPORTED when a newer program made the schema, or %MIL_ERROR_STORAGE
 *   when one that was applied is not the one that this program has
 *
 * Applies the migrations that the database has not seen, in the order of their numbers.
 *
 * Returns: whether the schema is up to date
 */
gboolean
mil_storage_migrate (MilTx *tx, const char *engine, gboolean (*script) (MilTx *tx, const char *sql, GError **error), GError **error)
{
  g_autoptr (GPtrArray) names = list_migrations (engine);
  g_autoptr (GHashTable) applied = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (!mil_tx_exec (tx,
                    error,
                    "CREATE TABLE IF NOT EXISTS migrations"
                    " (name TEXT PRIMARY KEY, hash TEXT NOT NULL, applied_at BIGINT NOT NULL)",
                    NULL)
      || !check_applied (tx, names, applied, error))
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      const char      *name = g_ptr_array_index (names, i);
      g_autofree char *sql = load_migration (name, engine);
      g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, sql, -1);
      const char      *before = g_hash_table_lookup (applied, name);

      if (before == NULL && !apply (tx, name, sql, hash, script, error))
        return FALSE;
      if (before != NULL && !g_str_equal (before, hash))
        {
          mil_error_set (error, MIL_ERROR_STORAGE, _ ("The storage was made by another build of Milione and cannot be used by this one."));
          return FALSE;
        }
    }
  return TRUE;
}
