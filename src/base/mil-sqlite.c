/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdarg.h>

#include "base/mil-database.h"

static gboolean
is_out_of_space (int number)
{
  return number == ENOSPC || number == EDQUOT;
}

/**
 * mil_sqlite_error:
 * @db: (nullable): a database whose last call failed
 *
 * Returns: (transfer full): what went wrong: %MIL_ERROR_NO_SPACE, %MIL_ERROR_CONFLICT for a second row
 *   where one may be, %MIL_ERROR_TOO_LARGE or %MIL_ERROR_STORAGE
 */
GError *
mil_sqlite_error (sqlite3 *db)
{
  int extended = db != NULL ? sqlite3_extended_errcode (db) : SQLITE_NOMEM;
  int code = extended & 0xff;

  if (code == SQLITE_FULL || (code == SQLITE_IOERR && is_out_of_space (sqlite3_system_errno (db))))
    return mil_error_new (MIL_ERROR_NO_SPACE, "%s", _ ("The disk is full. Free some space and try again."));
  if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY)
    return mil_error_new (MIL_ERROR_CONFLICT, "%s", _ ("This has been stored already."));
  if (code == SQLITE_TOOBIG)
    return mil_error_new (MIL_ERROR_TOO_LARGE, "%s", _ ("The data is bigger than is accepted."));
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
    return mil_error_new (MIL_ERROR_STORAGE, "%s", _ ("The data file is in use by another program. Try again in a moment."));
  if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
    return mil_error_new (MIL_ERROR_STORAGE, "%s", _ ("The data file is damaged. Put back a copy of it that is whole."));
  return mil_error_new (MIL_ERROR_STORAGE,
                        /* Translators: %s is what the database says, in English. */
                        _ ("The data could not be stored or read: %s."),
                        db != NULL ? sqlite3_errmsg (db) : "out of memory");
}

static gboolean
fail (sqlite3 *db, GError **error)
{
  g_propagate_error (error, mil_sqlite_error (db));
  return FALSE;
}

/**
 * mil_sqlite_exec:
 * @db: a database
 * @sql: one or more statements without arguments
 * @error: as mil_sqlite_error() says it
 *
 * Returns: whether all of them ran
 */
gboolean
mil_sqlite_exec (sqlite3 *db, const char *sql, GError **error)
{
  g_return_val_if_fail (db != NULL && sql != NULL, FALSE);

  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK || fail (db, error);
}

static int
bind_one (sqlite3_stmt *statement, int position, char type, va_list *args)
{
  switch (type)
    {
    case 't':
      return sqlite3_bind_text (statement, position, va_arg (*args, const char *), -1, SQLITE_TRANSIENT);
    case 'i':
      return sqlite3_bind_int64 (statement, position, va_arg (*args, gint64));
    case 'b':
      {
        GBytes *bytes = va_arg (*args, GBytes *);

        if (bytes == NULL)
          return sqlite3_bind_null (statement, position);
        /* SQLite takes a NULL pointer for NULL, not for no bytes. */
        if (g_bytes_get_size (bytes) == 0)
          return sqlite3_bind_zeroblob (statement, position, 0);
        return sqlite3_bind_blob64 (statement, position, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), SQLITE_TRANSIENT);
      }
    default:
      g_assert_not_reached ();
    }
}

static sqlite3_stmt *
prepare_valist (sqlite3 *db, GError **error, const char *sql, const char *types, va_list *args)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    {
      fail (db, error);
      return NULL;
    }
  for (int i = 0; types[i] != '\0'; i++)
    if (bind_one (statement, i + 1, types[i], args) != SQLITE_OK)
      {
        fail (db, error);
        return NULL;
      }
  return g_steal_pointer (&statement);
}

/**
 * mil_sqlite_prepare:
 * @db: a database
 * @error: as mil_sqlite_error() says it
 * @sql: one statement
 * @types: a letter an argument: `t` text, `i` gint64, `b` blob
 * @...: `const char *` (nullable), `gint64`, `GBytes *` (nullable); all are copied
 *
 * Returns: (transfer full) (nullable): the statement, to be stepped with mil_sqlite_step()
 */
sqlite3_stmt *
mil_sqlite_prepare (sqlite3 *db, GError **error, const char *sql, const char *types, ...)
{
  sqlite3_stmt *statement;
  va_list       args;

  g_return_val_if_fail (db != NULL && sql != NULL && types != NULL, NULL);

  va_start (args, types);
  statement = prepare_valist (db, error, sql, types, &args);
  va_end (args);
  return statement;
}

/**
 * mil_sqlite_run:
 * @db: a database
 * @error: as mil_sqlite_error() says it
 * @sql: one statement whose rows do not matter
 * @types: as for mil_sqlite_prepare()
 * @...: as for mil_sqlite_prepare()
 *
 * Returns: whether it ran to its end
 */
gboolean
mil_sqlite_run (sqlite3 *db, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  va_list  args;
  gboolean row = TRUE;

  g_return_val_if_fail (db != NULL && sql != NULL && types != NULL, FALSE);

  va_start (args, types);
  statement = prepare_valist (db, error, sql, types, &args);
  va_end (args);
  if (statement == NULL)
    return FALSE;
  while (row)
    if (!mil_sqlite_step (statement, &row, error))
      return FALSE;
  return TRUE;
}

/**
 * mil_sqlite_step:
 * @statement: a statement
 * @row: (out): whether there is a row to read; %FALSE at the end
 * @error: as mil_sqlite_error() says it
 *
 * Returns: %FALSE when it failed
 */
gboolean
mil_sqlite_step (sqlite3_stmt *statement, gboolean *row, GError **error)
{
  int result;

  g_return_val_if_fail (statement != NULL && row != NULL, FALSE);

  result = sqlite3_step (statement);
  *row = result == SQLITE_ROW;
  return result == SQLITE_ROW || result == SQLITE_DONE || fail (sqlite3_db_handle (statement), error);
}

static gboolean
read_version (sqlite3 *db, gint64 *version, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = mil_sqlite_prepare (db, error, "PRAGMA user_version", "");
  gboolean row;

  if (statement == NULL || !mil_sqlite_step (statement, &row, error))
    return FALSE;
  *version = row ? sqlite3_column_int64 (statement, 0) : 0;
  return TRUE;
}

static gboolean
migrate_once (sqlite3 *db, const char *migration, guint version, GError **error)
{
  g_autofree char *stamp = g_strdup_printf ("PRAGMA user_version = %u", version);

  if (!mil_sqlite_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (mil_sqlite_exec (db, migration, error) && mil_sqlite_exec (db, stamp, error) && mil_sqlite_exec (db, "COMMIT", error))
    return TRUE;
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/**
 * mil_sqlite_migrate:
 * @db: a database, outside a transaction
 * @migrations: (array zero-terminated=1): SQL that leads from each version to the next; never changed once released
 * @error: as mil_sqlite_error() says it; %MIL_ERROR_STORAGE too when a newer program made the file
 *
 * Brings the file up to date. `PRAGMA user_version` counts the migrations that ran; each is one transaction.
 *
 * Returns: whether the file is up to date
 */
gboolean
mil_sqlite_migrate (sqlite3 *db, const char *const *migrations, GError **error)
{
  gint64 version;
  guint  newest = g_strv_length ((char **) migrations);

  g_return_val_if_fail (db != NULL && migrations != NULL, FALSE);

  if (!read_version (db, &version, error))
    return FALSE;
  if (version > newest)
    {
      mil_error_set (error, MIL_ERROR_STORAGE, "%s", _ ("The data file was made by a newer version of the program. Update the program to open it."));
      return FALSE;
    }
  for (guint i = version; i < newest; i++)
    if (!migrate_once (db, migrations[i], i + 1, error))
      return FALSE;
  return TRUE;
}
