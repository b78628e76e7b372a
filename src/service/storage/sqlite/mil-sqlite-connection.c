/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/storage/sqlite/mil-sqlite-connection.h"

#include <glib/gi18n.h>
#include <sqlite3.h>
#include <string.h>

#define MAX_DEPTH 8

struct _MilSqliteConnection
{
  sqlite3    *db;
  GHashTable *statements;
  GHashTable *by_address;
};

/* A prepared statement and which of its parameters is $1, $2 …: SQLite numbers them as they come. */
typedef struct
{
  sqlite3_stmt *stmt;
  char         *sql;
  int           indexes[MIL_TX_MAX_VALUES];
} Statement;

static void
statement_free (gpointer data)
{
  Statement *statement = data;

  sqlite3_finalize (statement->stmt);
  g_free (statement->sql);
  g_free (statement);
}

static GError *
new_error (sqlite3 *db)
{
  int code = sqlite3_extended_errcode (db);

  switch (code & 0xff)
    {
    case SQLITE_CONSTRAINT:
      g_debug ("SQLite: %s", sqlite3_errmsg (db));
      return mil_error_new (MIL_ERROR_CONFLICT, _ ("This contradicts what is stored already."));
    case SQLITE_FULL:
      return mil_error_new (MIL_ERROR_NO_SPACE, _ ("The disk is full. Make room, then try again."));
    default:
      /* The database's words are for the log; they may name rows. */
      g_info ("SQLite error %d: %s", code, sqlite3_errmsg (db));
      return mil_error_new (MIL_ERROR_STORAGE, _ ("The database failed. Please try again later."));
    }
}

static gboolean
loses_transaction (MilSqliteConnection *self, int code)
{
  switch (code & 0xff)
    {
    case SQLITE_CONSTRAINT:
    case SQLITE_ERROR:
    case SQLITE_MISMATCH:
    case SQLITE_RANGE:
    case SQLITE_TOOBIG:
      return sqlite3_get_autocommit (self->db) != 0;
    default:
      return TRUE;
    }
}

/*< private >
 * mil_sqlite_connection_exec:
 * @self: the connection
 * @sql: statements without parameters
 * @error: set to a #MilError
 *
 * Runs statements outside of #MilTx: pragmas, BEGIN, COMMIT.
 *
 * Returns: whether they worked
 */
gboolean
mil_sqlite_connection_exec (MilSqliteConnection *self, const char *sql, GError **error)
{
  if (sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  g_propagate_error (error, new_error (self->db));
  return FALSE;
}

/*< private >
 * mil_sqlite_connection_rollback:
 * @self: the connection
 *
 * Rolls back, if SQLite has not done so by itself.
 */
void
mil_sqlite_connection_rollback (MilSqliteConnection *self)
{
  if (!sqlite3_get_autocommit (self->db) && sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL) != SQLITE_OK)
    g_info ("SQLite could not roll back: %s", sqlite3_errmsg (self->db));
}

/*< private >
 * mil_sqlite_connection_changes:
 * @self: the connection
 *
 * Returns: how many rows were written since it was opened, undone or not
 */
gint64
mil_sqlite_connection_changes (MilSqliteConnection *self)
{
  return sqlite3_total_changes64 (self->db);
}

/*< private >
 * mil_sqlite_connection_script:
 * @tx: a transaction of this engine
 * @sql: several statements
 * @error: set to a #MilError
 *
 * Runs a migration's statements.
 *
 * Returns: whether they worked
 */
gboolean
mil_sqlite_connection_script (MilTx *tx, const char *sql, GError **error)
{
  return mil_sqlite_connection_exec (mil_tx_get_connection (tx), sql, error);
}

/*< private >
 * mil_sqlite_connection_close:
 * @self: (transfer full) (nullable): the connection
 *
 * Finalises its statements and closes it.
 */
void
mil_sqlite_connection_close (MilSqliteConnection *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->by_address, g_hash_table_unref);
  g_clear_pointer (&self->statements, g_hash_table_unref);
  sqlite3_close (self->db);
  g_free (self);
}

/*< private >
 * mil_sqlite_connection_open:
 * @path: the database file, in file name encoding
 * @read_only: whether it will only read
 * @error: set to %MIL_ERROR_STORAGE or %MIL_ERROR_NO_SPACE
 *
 * Opens a database in WAL mode with `synchronous=FULL`: what is committed survives a power cut.
 *
 * Returns: (transfer full) (nullable): the connection
 */
MilSqliteConnection *
mil_sqlite_connection_open (const char *path, gboolean read_only, GError **error)
{
  g_autoptr (MilSqliteConnection) self = g_new0 (MilSqliteConnection, 1);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;

  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, statement_free);
  self->by_address = g_hash_table_new (NULL, NULL);
  if (sqlite3_open_v2 (path, &self->db, flags, NULL) != SQLITE_OK)
    {
      g_propagate_error (error, new_error (self->db));
      return NULL;
    }
  sqlite3_busy_timeout (self->db, 10000);
  /* temp_store: what a savepoint may have to undo would else be written to a temporary file.
   * secure_delete: a person who is forgotten does not stay behind in what the file has free. */
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  if (!mil_sqlite_connection_exec (
          self,
          "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
          "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;"
          "PRAGMA journal_size_limit = 16777216;",
          error))
    return NULL;
  if (read_only && !mil_sqlite_connection_exec (self, "PRAGMA query_only = ON", error))
    return NULL;
  return g_steal_pointer (&self);
}

static Statement *
prepare_new (MilSqliteConnection *self, const char *sql, GError **error)
{
  Statement    *statement;
  const char   *rest = NULL;
  sqlite3_stmt *stmt;

  if (sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, &rest) != SQLITE_OK)
    {
      g_critical ("Bad SQL: %s: %s", sqlite3_errmsg (self->db), sql);
      g_propagate_error (error, new_error (self->db));
      return NULL;
    }
  g_assert (stmt != NULL && *rest == '\0');
  statement = g_new0 (Statement, 1);
  statement->stmt = stmt;
  statement->sql = g_strdup (sql);
  for (int i = 1; i <= sqlite3_bind_parameter_count (stmt); i++)
    {
      const char *name = sqlite3_bind_parameter_name (stmt, i);
      guint64     number = name != NULL && name[0] == '$' ? g_ascii_strtoull (name + 1, NULL, 10) : 0;

      g_assert (number >= 1 && number <= MIL_TX_MAX_VALUES);
      statement->indexes[number - 1] = i;
    }
  g_hash_table_insert (self->statements, statement->sql, statement);
  return statement;
}

/* Most SQL is a literal, found by where it is; a text that was made may be where another one was before. */
static Statement *
prepare (MilSqliteConnection *self, const char *sql, GError **error)
{
  Statement *statement = g_hash_table_lookup (self->by_address, sql);

  if (statement != NULL && g_str_equal (statement->sql, sql))
    return statement;
  statement = g_hash_table_lookup (self->statements, sql);
  if (statement == NULL)
    statement = prepare_new (self, sql, error);
  if (statement != NULL)
    g_hash_table_insert (self->by_address, (gpointer) sql, statement);
  return statement;
}

static void
bind (Statement *statement, const MilTxValue *values, guint n_values)
{
  for (guint i = 0; i < n_values; i++)
    {
      const MilTxValue *value = &values[i];
      int               index = statement->indexes[i];

      if (value->type == 'i')
        sqlite3_bind_int64 (statement->stmt, index, value->number);
      else if (value->type == 't' && value->text != NULL)
        sqlite3_bind_text (statement->stmt, index, value->text, -1, SQLITE_STATIC);
      else if (value->type == 'b' && value->bytes != NULL)
        {
          gsize       size;
          const void *data = g_bytes_get_data (value->bytes, &size);

          sqlite3_bind_blob64 (statement->stmt, index, size > 0 ? data : "", size, SQLITE_STATIC);
        }
      else
        sqlite3_bind_null (statement->stmt, index);
    }
}

static void
add_row (MilRows *rows, sqlite3_stmt *stmt)
{
  for (int i = 0; i < sqlite3_column_count (stmt); i++)
    switch (sqlite3_column_type (stmt, i))
      {
      case SQLITE_NULL:
        mil_rows_add_null (rows);
        break;
      case SQLITE_INTEGER:
        mil_rows_add_int (rows, sqlite3_column_int64 (stmt, i));
        break;
      case SQLITE_TEXT:
        mil_rows_add_text (rows, (const char *) sqlite3_column_text (stmt, i), sqlite3_column_bytes (stmt, i));
        break;
      case SQLITE_BLOB:
        mil_rows_add_bytes (rows, sqlite3_column_blob (stmt, i), sqlite3_column_bytes (stmt, i));
        break;
      default:
        g_assert_not_reached ();
      }
}

static gboolean
engine_execute (MilTx *tx, const char *sql, const MilTxValue *values, guint n_values, MilRows **rows, GError **error)
{
  MilSqliteConnection *self = mil_tx_get_connection (tx);
  Statement           *statement = prepare (self, sql, error);
  sqlite3_int64        before;
  int                  code;

  if (statement == NULL)
    return FALSE;
  bind (statement, values, n_values);
  if (rows != NULL)
    *rows = mil_rows_new (MAX (1, sqlite3_column_count (statement->stmt)));
  before = sqlite3_total_changes64 (self->db);
  while ((code = sqlite3_step (statement->stmt)) == SQLITE_ROW)
    if (rows != NULL)
      add_row (*rows, statement->stmt);
  /* Not sqlite3_changes(): that keeps the figure of an earlier statement when this one only read. */
  if (code == SQLITE_DONE)
    mil_tx_set_changes (tx, sqlite3_total_changes64 (self->db) - before);
  else
    {
      g_propagate_error (error, new_error (self->db));
      if (loses_transaction (self, code))
        mil_tx_lose (tx);
    }
  sqlite3_reset (statement->stmt);
  sqlite3_clear_bindings (statement->stmt);
  return code == SQLITE_DONE;
}

static gboolean
engine_step (MilTx *tx, MilTxStep step, guint depth, GError **error)
{
  /* Literal, so that they are prepared once. */
  static const char *const save[MAX_DEPTH] = { "SAVEPOINT s0", "SAVEPOINT s1", "SAVEPOINT s2", "SAVEPOINT s3",
                                               "SAVEPOINT s4", "SAVEPOINT s5", "SAVEPOINT s6", "SAVEPOINT s7" };
  static const char *const release[MAX_DEPTH] = { "RELEASE s0", "RELEASE s1", "RELEASE s2", "RELEASE s3",
                                                  "RELEASE s4", "RELEASE s5", "RELEASE s6", "RELEASE s7" };
  static const char *const undo[MAX_DEPTH] = { "ROLLBACK TO s0", "ROLLBACK TO s1", "ROLLBACK TO s2",
                                               "ROLLBACK TO s3", "ROLLBACK TO s4", "ROLLBACK TO s5",
                                               "ROLLBACK TO s6", "ROLLBACK TO s7" };

  g_assert (depth < MAX_DEPTH);

  if (step == MIL_TX_SAVE)
    return engine_execute (tx, save[depth], NULL, 0, NULL, error);
  if (step == MIL_TX_UNDO && !engine_execute (tx, undo[depth], NULL, 0, NULL, error))
    return FALSE;
  return engine_execute (tx, release[depth], NULL, 0, NULL, error);
}

const MilTxEngine mil_sqlite_engine = {
  .execute = engine_execute,
  .step = engine_step,
};
