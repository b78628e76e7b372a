/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/storage/postgres/mil-postgres-connection.h"

#include <glib/gi18n.h>
#include <libpq-fe.h>
#include <string.h>

/* Object ids of built-in types: src/include/catalog/pg_type.dat of PostgreSQL; they never change. */
#define OID_BOOL 16
#define OID_BYTEA 17
#define OID_INT8 20
#define OID_INT2 21
#define OID_INT4 23
#define OID_TEXT 25
#define OID_NUMERIC 1700

struct _MilPostgresConnection
{
  PGconn     *pg;
  GHashTable *statements;
  gboolean    committing;
  gboolean    again;
};

typedef PGresult MilPostgresResult;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilPostgresResult, PQclear)

/*< private >
 * mil_postgres_connection_alive:
 * @self: the connection
 *
 * Returns: whether the connection has not broken
 */
gboolean
mil_postgres_connection_alive (MilPostgresConnection *self)
{
  return PQstatus (self->pg) == CONNECTION_OK;
}

/*< private >
 * mil_postgres_connection_again:
 * @self: the connection, after a failure
 *
 * Returns: whether the transaction failed only because of another one's, or because the connection
 *   broke before it could have been committed, so that it may be run again
 */
gboolean
mil_postgres_connection_again (MilPostgresConnection *self)
{
  return self->again;
}

/* SQLSTATE classes: appendix A of the PostgreSQL manual. */
static GError *
new_error (MilPostgresConnection *self, const PGresult *result)
{
  const char *state = result != NULL ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;

  if (state == NULL)
    state = "";
  if (g_str_equal (state, "40001") || g_str_equal (state, "40P01"))
    {
      self->again = TRUE;
      return mil_error_new (MIL_ERROR_STORAGE, _ ("The service is busy. Please try again."));
    }
  if (g_str_has_prefix (state, "23"))
    return mil_error_new (MIL_ERROR_CONFLICT, _ ("This contradicts what is stored already."));
  if (g_str_equal (state, "53100"))
    return mil_error_new (MIL_ERROR_NO_SPACE, _ ("The disk is full. Make room, then try again."));
  if (!mil_postgres_connection_alive (self) && !self->committing)
    self->again = TRUE;
  /* The database's words are for the log; they may name rows. */
  g_info ("PostgreSQL error %s: %s", state, PQerrorMessage (self->pg));
  return mil_error_new (MIL_ERROR_STORAGE, _ ("The database failed. Please try again later."));
}

static gboolean
is_good (const PGresult *result)
{
  ExecStatusType status = PQresultStatus (result);

  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/*< private >
 * mil_postgres_connection_exec:
 * @self: the connection
 * @sql: statements without parameters
 * @error: set to a #MilError
 *
 * Runs statements outside of #MilTx: settings, BEGIN, ROLLBACK.
 *
 * Returns: whether they worked
 */
gboolean
mil_postgres_connection_exec (MilPostgresConnection *self, const char *sql, GError **error)
{
  g_autoptr (MilPostgresResult) result = NULL;

  self->again = FALSE;
  result = PQexec (self->pg, sql);
  if (is_good (result))
    return TRUE;
  g_propagate_error (error, new_error (self, result));
  return FALSE;
}

/*< private >
 * mil_postgres_connection_commit:
 * @self: the connection
 * @error: set to a #MilError
 *
 * Commits. When the connection breaks meanwhile, nobody knows whether it was committed, and
 * mil_postgres_connection_again() answers %FALSE.
 *
 * Returns: whether it is committed
 */
gboolean
mil_postgres_connection_commit (MilPostgresConnection *self, GError **error)
{
  g_autoptr (MilPostgresResult) result = NULL;

  self->again = FALSE;
  self->committing = TRUE;
  result = PQexec (self->pg, "COMMIT");
  if (!is_good (result))
    g_propagate_error (error, new_error (self, result));
  else if (!g_str_equal (PQcmdStatus (result), "COMMIT"))
    mil_error_set (error, MIL_ERROR_STORAGE, _ ("The database failed. Please try again later."));
  else
    {
      self->committing = FALSE;
      return TRUE;
    }
  self->committing = FALSE;
  return FALSE;
}

/*< private >
 * mil_postgres_connection_script:
 * @tx: a transaction of this engine
 * @sql: several statements
 * @error: set to a #MilError
 *
 * Runs a migration's statements.
 *
 * Returns: whether they worked
 */
gboolean
mil_postgres_connection_script (MilTx *tx, const char *sql, GError **error)
{
  return mil_postgres_connection_exec (mil_tx_get_connection (tx), sql, error);
}

/*< private >
 * mil_postgres_connection_close:
 * @self: (transfer full) (nullable): the connection
 *
 * Closes it.
 */
void
mil_postgres_connection_close (MilPostgresConnection *self)
{
  if (self == NULL)
    return;
  PQfinish (self->pg);
  g_hash_table_unref (self->statements);
  g_free (self);
}

static void
log_notice (void *data, const char *message)
{
  g_debug ("PostgreSQL: %s", message);
}

/*< private >
 * mil_postgres_connection_open:
 * @conninfo: what PQconnectdb() understands
 * @error: set to %MIL_ERROR_STORAGE
 *
 * Connects; blocks. What is committed is on the server's disk, whatever its default says.
 *
 * Returns: (transfer full) (nullable): the connection
 */
MilPostgresConnection *
mil_postgres_connection_open (const char *conninfo, GError **error)
{
  g_autoptr (MilPostgresConnection) self = g_new0 (MilPostgresConnection, 1);

  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->pg = PQconnectdb (conninfo);
  PQsetNoticeProcessor (self->pg, log_notice, NULL);
  if (!mil_postgres_connection_alive (self))
    {
      g_info ("PostgreSQL: %s", PQerrorMessage (self->pg));
      mil_error_set (error, MIL_ERROR_STORAGE, _ ("The database server cannot be reached."));
      return NULL;
    }
  if (!mil_postgres_connection_exec (self,
                                     "SET client_encoding TO 'UTF8';"
                                     "SET synchronous_commit TO on;"
                                     "SET idle_in_transaction_session_timeout TO '60s'",
                                     error))
    return NULL;
  return g_steal_pointer (&self);
}

static Oid
type_of (char letter)
{
  switch (letter)
    {
    case 'i':
      return OID_INT8;
    case 'b':
      return OID_BYTEA;
    default:
      return OID_TEXT;
    }
}

static const char *
prepare (MilPostgresConnection *self, const char *sql, const MilTxValue *values, guint n_values, GError **error)
{
  g_autoptr (MilPostgresResult) result = NULL;
  Oid         types[MIL_TX_MAX_VALUES];
  const char *known = g_hash_table_lookup (self->statements, sql);
  char       *name;

  if (known != NULL)
    return known;
  for (guint i = 0; i < n_values; i++)
    types[i] = type_of (values[i].type);
  name = g_strdup_printf ("s%u", g_hash_table_size (self->statements));
  result = PQprepare (self->pg, name, sql, n_values, types);
  if (!is_good (result))
    {
      g_propagate_error (error, new_error (self, result));
      g_free (name);
      return NULL;
    }
  g_hash_table_insert (self->statements, g_strdup (sql), name);
  return name;
}

static void
add_cell (MilRows *rows, const PGresult *result, int row, int column)
{
  const char *text = PQgetvalue (result, row, column);
  gsize       length = PQgetlength (result, row, column);

  if (PQgetisnull (result, row, column))
    {
      mil_rows_add_null (rows);
      return;
    }
  switch (PQftype (result, column))
    {
    case OID_INT8:
    case OID_INT4:
    case OID_INT2:
    case OID_NUMERIC:
      mil_rows_add_int (rows, g_ascii_strtoll (text, NULL, 10));
      break;
    case OID_BOOL:
      mil_rows_add_int (rows, text[0] == 't');
      break;
    case OID_BYTEA:
      {
        size_t         size;
        unsigned char *bytes = PQunescapeBytea ((const unsigned char *) text, &size);

        mil_rows_add_bytes (rows, bytes, size);
        PQfreemem (bytes);
        break;
      }
    default:
      mil_rows_add_text (rows, text, length);
    }
}

static MilRows *
to_rows (const PGresult *result)
{
  int      n_columns = PQnfields (result);
  MilRows *rows = mil_rows_new (MAX (1, n_columns));

  for (int row = 0; row < PQntuples (result); row++)
    for (int column = 0; column < n_columns; column++)
      add_cell (rows, result, row, column);
  return rows;
}

typedef struct
{
  const char *texts[MIL_TX_MAX_VALUES];
  int         lengths[MIL_TX_MAX_VALUES];
  int         formats[MIL_TX_MAX_VALUES];
  char        numbers[MIL_TX_MAX_VALUES][24];
} Arguments;

static void
fill_arguments (Arguments *arguments, const MilTxValue *values, guint n_values)
{
  for (guint i = 0; i < n_values; i++)
    {
      const MilTxValue *value = &values[i];

      arguments->formats[i] = value->type == 'b';
      arguments->lengths[i] = 0;
      if (value->type == 'i')
        {
          g_snprintf (arguments->numbers[i], sizeof arguments->numbers[i], "%" G_GINT64_FORMAT, value->number);
          arguments->texts[i] = arguments->numbers[i];
        }
      else if (value->type == 'b' && value->bytes != NULL)
        {
          gsize       size;
          const void *data = g_bytes_get_data (value->bytes, &size);

          arguments->texts[i] = size > 0 ? data : "";
          arguments->lengths[i] = (int) size;
        }
      else
        arguments->texts[i] = value->type == 't' ? value->text : NULL;
    }
}

static gboolean
engine_execute (MilTx *tx, const char *sql, const MilTxValue *values, guint n_values, MilRows **rows, GError **error)
{
  MilPostgresConnection *self = mil_tx_get_connection (tx);
  g_autoptr (MilPostgresResult) result = NULL;
  Arguments   arguments;
  const char *name;

  self->again = FALSE;
  name = prepare (self, sql, values, n_values, error);
  if (name != NULL)
    {
      fill_arguments (&arguments, values, n_values);
      result = PQexecPrepared (self->pg, name, n_values, arguments.texts, arguments.lengths, arguments.formats, 0);
      if (is_good (result))
        {
          mil_tx_set_changes (tx, g_ascii_strtoll (PQcmdTuples (result), NULL, 10));
          if (rows != NULL)
            *rows = to_rows (result);
          return TRUE;
        }
      g_propagate_error (error, new_error (self, result));
    }
  if (self->again || !mil_postgres_connection_alive (self))
    mil_tx_lose (tx);
  return FALSE;
}

static gboolean
engine_step (MilTx *tx, MilTxStep step, guint depth, GError **error)
{
  MilPostgresConnection *self = mil_tx_get_connection (tx);
  const char      *verb = step == MIL_TX_SAVE ? "SAVEPOINT" : step == MIL_TX_UNDO ? "ROLLBACK TO" : "RELEASE";
  g_autofree char *sql = g_strdup_printf ("%s s%u", verb, depth);

  return mil_postgres_connection_exec (self, sql, error)
         && (step != MIL_TX_UNDO || engine_step (tx, MIL_TX_RELEASE, depth, error));
}

static gboolean
engine_notify (MilTx *tx, const char *owner, GError **error)
{
  MilTxValue value = { .type = 't', .text = owner };

  return engine_execute (tx, "SELECT pg_notify ('" MIL_POSTGRES_CHANNEL "', $1)", &value, 1, NULL, error);
}

const MilTxEngine mil_postgres_engine = {
  .execute = engine_execute,
  .step = engine_step,
  .notify = engine_notify,
};

/*< private >
 * mil_postgres_connection_listen:
 * @self: a connection that said LISTEN
 * @wake: readable when the listener shall end
 * @owners: where the owners are added that other instances named
 *
 * Waits until somebody notifies.
 *
 * Returns: %FALSE when it shall end or the connection broke
 */
gboolean
mil_postgres_connection_listen (MilPostgresConnection *self, GPollFD *wake, GHashTable *owners)
{
  GPollFD fds[2] = { { .fd = PQsocket (self->pg), .events = G_IO_IN }, *wake };

  fds[1].revents = 0;
  if (g_poll (fds, 2, -1) < 0 || fds[1].revents != 0 || !PQconsumeInput (self->pg))
    return FALSE;
  for (PGnotify *note = PQnotifies (self->pg); note != NULL; note = PQnotifies (self->pg))
    {
      g_hash_table_add (owners, g_strdup (note->extra));
      PQfreemem (note);
    }
  return mil_postgres_connection_alive (self);
}
