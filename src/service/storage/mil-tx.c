/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/storage/mil-storage-private.h"

#include <stdarg.h>
#include <string.h>

#include "base/mil-json.h"

struct _MilTx
{
  const MilTxEngine *engine;
  gpointer           connection;
  MilStorage        *storage;
  gint64             now;
  gint64             changes;
  guint              depth;
  gboolean           lost;
  GError            *broken;
  GHashTable        *touched;
};

/*< private >
 * mil_tx_new:
 * @engine: how its work is done
 * @connection: (transfer none): the engine's connection; outlives the transaction
 * @storage: (transfer none): whose it is; outlives the transaction
 * @now: microseconds since 1970
 *
 * Wraps a transaction that the engine has begun.
 *
 * Returns: (transfer full): the transaction
 */
MilTx *
mil_tx_new (const MilTxEngine *engine, gpointer connection, MilStorage *storage, gint64 now)
{
  MilTx *self = g_new0 (MilTx, 1);

  self->engine = engine;
  self->connection = connection;
  self->storage = storage;
  self->now = now;
  return self;
}

/*< private >
 * mil_tx_free:
 * @self: (transfer full): the transaction
 *
 * Frees the wrapper; the engine has committed or rolled back by then.
 */
void
mil_tx_free (MilTx *self)
{
  g_clear_error (&self->broken);
  g_clear_pointer (&self->touched, g_hash_table_unref);
  g_free (self);
}

/*< private >
 * mil_tx_get_connection:
 * @self: the transaction
 *
 * Returns: (transfer none): what the engine gave mil_tx_new()
 */
gpointer
mil_tx_get_connection (MilTx *self)
{
  return self->connection;
}

/*< private >
 * mil_tx_set_changes:
 * @self: the transaction
 * @changes: rows that the statement wrote
 *
 * For the engine to say what mil_tx_changes() answers.
 */
void
mil_tx_set_changes (MilTx *self, gint64 changes)
{
  self->changes = changes;
}

/*< private >
 * mil_tx_lose:
 * @self: the transaction
 *
 * For the engine to say that no savepoint can save this transaction: the disk failed, the
 * connection broke, another transaction was first.
 */
void
mil_tx_lose (MilTx *self)
{
  self->lost = TRUE;
}

/*< private >
 * mil_tx_is_lost:
 * @self: the transaction
 *
 * Returns: whether mil_tx_lose() was called
 */
gboolean
mil_tx_is_lost (MilTx *self)
{
  return self->lost;
}

/*< private >
 * mil_tx_is_broken:
 * @self: the transaction
 * @error: (optional): set to a copy of the SQL error
 *
 * Returns: whether an SQL error happened that no mil_tx_nested() caught
 */
gboolean
mil_tx_is_broken (MilTx *self, GError **error)
{
  if (self->broken == NULL)
    return FALSE;
  /* A caller that asks for two things and looks once has it already. */
  if (error != NULL && *error == NULL)
    *error = g_error_copy (self->broken);
  return TRUE;
}

/*< private >
 * mil_tx_steal_touched:
 * @self: the transaction
 *
 * Returns: (transfer full) (nullable): the owners whose events grew
 */
GHashTable *
mil_tx_steal_touched (MilTx *self)
{
  return g_steal_pointer (&self->touched);
}

static gboolean
keep_error (MilTx *self, GError *failure, GError **error)
{
  if (self->broken == NULL)
    self->broken = g_error_copy (failure);
  g_propagate_error (error, failure);
  return FALSE;
}

static void
read_value (MilTxValue *value, char type, va_list *arguments, GPtrArray **owned)
{
  JsonNode *node;

  value->type = type == 'j' ? 't' : type;
  switch (type)
    {
    case 't':
      value->text = va_arg (*arguments, const char *);
      break;
    case 'i':
      value->number = va_arg (*arguments, gint64);
      break;
    case 'b':
      value->bytes = va_arg (*arguments, GBytes *);
      break;
    case 'j':
      node = va_arg (*arguments, JsonNode *);
      if (node == NULL)
        break;
      if (*owned == NULL)
        *owned = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (*owned, json_to_string (node, FALSE));
      value->text = g_ptr_array_index (*owned, (*owned)->len - 1);
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
execute (MilTx *self, MilRows **rows, const char *sql, const char *types, va_list *arguments, GError **error)
{
  MilTxValue values[MIL_TX_MAX_VALUES] = { 0 };
  g_autoptr (GPtrArray) owned = NULL;
  GError *failure = NULL;
  guint   n_values = types != NULL ? strlen (types) : 0;

  g_assert (n_values <= MIL_TX_MAX_VALUES);

  if (mil_tx_is_broken (self, error))
    return FALSE;
  for (guint i = 0; i < n_values; i++)
    read_value (&values[i], types[i], arguments, &owned);
  self->changes = 0;
  if (!self->engine->execute (self, sql, values, n_values, rows, &failure))
    return keep_error (self, failure, error);
  return TRUE;
}

/**
 * mil_tx_exec:
 * @self: the transaction
 * @error: (optional): %MIL_ERROR_CONFLICT when a constraint of the schema forbids it,
 *   %MIL_ERROR_NO_SPACE, %MIL_ERROR_STORAGE
 * @sql: one statement
 * @types: (nullable): a letter for each argument, see #MilTx
 * @...: the arguments of `$1`, `$2` …
 *
 * Runs a statement that answers no rows.
 *
 * Returns: whether it worked; mil_tx_changes() says how many rows it wrote
 */
gboolean
mil_tx_exec (MilTx *self, GError **error, const char *sql, const char *types, ...)
{
  va_list  arguments;
  gboolean done;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (sql != NULL, FALSE);

  va_start (arguments, types);
  done = execute (self, NULL, sql, types, &arguments, error);
  va_end (arguments);
  return done;
}

/**
 * mil_tx_query:
 * @self: the transaction
 * @error: (optional): as for mil_tx_exec()
 * @sql: one statement: SELECT, or one with RETURNING
 * @types: (nullable): a letter for each argument, see #MilTx
 * @...: the arguments of `$1`, `$2` …
 *
 * Runs a statement and reads all rows that it answers.
 *
 * Returns: (transfer full) (nullable): the rows, before the first one; %NULL on error
 */
MilRows *
mil_tx_query (MilTx *self, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (MilRows) rows = NULL;
  va_list  arguments;
  gboolean done;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (sql != NULL, NULL);

  va_start (arguments, types);
  done = execute (self, &rows, sql, types, &arguments, error);
  va_end (arguments);
  return done ? g_steal_pointer (&rows) : NULL;
}

/**
 * mil_tx_query_one:
 * @self: the transaction
 * @error: (optional): as for mil_tx_exec(), and %MIL_ERROR_NOT_FOUND
 * @not_found: translated sentence for when there is no row
 * @sql: one statement
 * @types: (nullable): a letter for each argument, see #MilTx
 * @...: the arguments of `$1`, `$2` …
 *
 * Runs a statement that must answer at least one row. Finding none does not harm the transaction.
 *
 * Returns: (transfer full) (nullable): the rows, at the first one; %NULL on error
 */
MilRows *
mil_tx_query_one (MilTx *self, GError **error, const char *not_found, const char *sql, const char *types, ...)
{
  g_autoptr (MilRows) rows = NULL;
  va_list  arguments;
  gboolean done;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (sql != NULL, NULL);
  g_return_val_if_fail (not_found != NULL, NULL);

  va_start (arguments, types);
  done = execute (self, &rows, sql, types, &arguments, error);
  va_end (arguments);
  if (!done)
    return NULL;
  if (!mil_rows_next (rows))
    {
      mil_error_set (error, MIL_ERROR_NOT_FOUND, "%s", not_found);
      return NULL;
    }
  return g_steal_pointer (&rows);
}

/**
 * mil_tx_changes:
 * @self: the transaction
 *
 * Returns: how many rows the last statement inserted, updated or deleted
 */
gint64
mil_tx_changes (MilTx *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->changes;
}

/**
 * mil_tx_break:
 * @self: the transaction
 * @why: (transfer none): the error that the caller is about to return
 *
 * For a function that fails when it has written half of something: nobody who swallows its error may
 * keep that half. As after an SQL error, only mil_tx_nested() around it saves the rest.
 */
void
mil_tx_break (MilTx *self, const GError *why)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (why != NULL);

  if (self->broken == NULL)
    self->broken = g_error_copy (why);
}

static void
undo_nested (MilTx *self)
{
  g_autoptr (GError) local = NULL;

  if (self->lost)
    return;
  if (self->engine->step (self, MIL_TX_UNDO, self->depth, &local))
    g_clear_error (&self->broken);
  else if (self->broken == NULL)
    self->broken = g_steal_pointer (&local);
}

/**
 * mil_tx_nested:
 * @self: the transaction
 * @func: what to try
 * @data: passed to @func
 * @error: (optional): what @func said
 *
 * Runs @func so that its failure undoes only what it did itself, and the transaction can go on: to
 * answer an error and yet remember that it was answered, say. Owners whose events were undone may be
 * told to look again; they find nothing new.
 *
 * Returns: (transfer full) (nullable): what @func returned; %NULL when it failed
 */
gpointer
mil_tx_nested (MilTx *self, MilTxFunc func, gpointer data, GError **error)
{
  GError  *failure = NULL;
  gpointer result;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (func != NULL, NULL);

  if (mil_tx_is_broken (self, error))
    return NULL;
  self->depth++;
  if (!self->engine->step (self, MIL_TX_SAVE, self->depth, &failure))
    {
      self->depth--;
      keep_error (self, failure, error);
      return NULL;
    }
  result = func (self, data, error);
  if (result == NULL)
    undo_nested (self);
  else if (self->broken == NULL && !self->engine->step (self, MIL_TX_RELEASE, self->depth, &failure))
    {
      self->broken = failure;
      g_debug ("A savepoint could not be released: %s", failure->message);
    }
  self->depth--;
  return result;
}

/**
 * mil_tx_now:
 * @self: the transaction
 *
 * Returns: the instant at which the work was submitted, the same however often it is run again;
 *   microseconds since 1970
 */
gint64
mil_tx_now (MilTx *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->now;
}

/**
 * mil_tx_new_id:
 * @self: the transaction
 *
 * Returns: (transfer full): a new UUIDv7
 */
char *
mil_tx_new_id (MilTx *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return mil_storage_new_id (self->storage);
}

/**
 * mil_tx_random:
 * @self: the transaction
 * @bytes: (array length=n_bytes): to be filled
 * @n_bytes: how many
 *
 * Bytes that nobody can guess, for tokens and nonces.
 */
void
mil_tx_random (MilTx *self, guint8 *bytes, gsize n_bytes)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (bytes != NULL);

  mil_storage_random (self->storage, bytes, n_bytes);
}

/**
 * mil_tx_append_event:
 * @self: the transaction
 * @owner: principal that must hear of it
 * @type: "claim.changed", "order.changed", "wallet.changed" or "group.changed"
 * @subject: id of what changed
 * @data: (transfer none): the whole of it as it is now
 * @error: (optional): as for mil_tx_exec()
 *
 * Tells a client what changed, if the transaction is committed. Its number among its owner's events is
 * the next one, from 1 without gaps.
 *
 * Returns: whether it is written
 */
gboolean
mil_tx_append_event (MilTx *self, const char *owner, const char *type, const char *subject, JsonNode *data, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (owner != NULL && type != NULL && subject != NULL && data != NULL, FALSE);

  /* RETURNING would have SQLite make a temporary table for one number. */
  if (!mil_tx_exec (self,
                    error,
                    "INSERT INTO event_counters (owner, seq) VALUES ($1, 1)"
                    " ON CONFLICT (owner) DO UPDATE SET seq = event_counters.seq + 1",
                    "t",
                    owner)
      || !mil_tx_exec (self,
                       error,
                       "INSERT INTO events (owner, seq, type, subject, data, at)"
                       " SELECT owner, seq, $2, $3, $4, $5 FROM event_counters WHERE owner = $1",
                       "tttji",
                       owner,
                       type,
                       subject,
                       data,
                       self->now))
    return FALSE;
  if (self->engine->notify != NULL)
    {
      GError *failure = NULL;

      if (!self->engine->notify (self, owner, &failure))
        {
          keep_error (self, failure, error);
          return FALSE;
        }
    }
  if (self->touched == NULL)
    self->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (self->touched, g_strdup (owner));
  return TRUE;
}

static void
add_event (JsonBuilder *builder, MilRows *rows)
{
  g_autofree char *at = mil_instant_to_string (mil_rows_int (rows, 4));
  JsonNode        *data = json_from_string (mil_rows_text (rows, 3), NULL);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "seq");
  json_builder_add_int_value (builder, mil_rows_int (rows, 0));
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, mil_rows_text (rows, 1));
  json_builder_set_member_name (builder, "subject");
  json_builder_add_string_value (builder, mil_rows_text (rows, 2));
  json_builder_set_member_name (builder, "at");
  json_builder_add_string_value (builder, at);
  json_builder_set_member_name (builder, "data");
  json_builder_add_value (builder, data);
  json_builder_end_object (builder);
}

/**
 * mil_tx_events_since:
 * @self: the transaction
 * @owner: whose events
 * @since: number of the last event that the client has; 0 for none
 * @limit: most events to answer
 * @error: (optional): as for mil_tx_exec()
 *
 * Reads the events that a client has not seen.
 *
 * Returns: (transfer full) (nullable): `{"events":[{"seq","type","subject","at","data"}…],"next"}`,
 *   where `next` is the `since` to go on with
 */
JsonNode *
mil_tx_events_since (MilTx *self, const char *owner, gint64 since, guint limit, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (MilRows) rows = NULL;
  gint64 next = since;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (owner != NULL, NULL);

  rows = mil_tx_query (self,
                       error,
                       "SELECT seq, type, subject, data, at FROM events WHERE owner = $1 AND seq > $2"
                       " ORDER BY seq LIMIT $3",
                       "tii",
                       owner,
                       since,
                       (gint64) limit);
  if (rows == NULL)
    return NULL;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "events");
  json_builder_begin_array (builder);
  while (mil_rows_next (rows))
    {
      add_event (builder, rows);
      next = mil_rows_int (rows, 0);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "next");
  json_builder_add_int_value (builder, next);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
