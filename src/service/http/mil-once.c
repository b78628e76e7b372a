/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-once.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/mil-json.h"
#include "base/mil-key.h"

/* An outbox may lie closed in a suitcase for some days. */
#define KEPT_MICROSECONDS (G_GINT64_CONSTANT (30) * 24 * G_TIME_SPAN_HOUR)
#define AT_ONCE 200
#define DIGEST_BYTES 32

/* An answer may name whoever asked: who buys, and where it goes. */
const MilSealedTable mil_once_table = { "idempotency", "answer", { "owner", "request_key" } };

/* Who enrols is known by the key alone: when the answer was lost, the key that asks again has a principal. */
static const char *
owner_of (MilCall *call)
{
  if (call->route->kind == MIL_ROUTE_ENROL)
    return mil_key_id (call->key);
  return call->principal->id;
}

/* Everything that makes two requests the same. */
static GBytes *
content_of (MilCall *call)
{
  GByteArray   *content = g_byte_array_new ();
  const char   *parts[] = { call->method, call->path, call->query != NULL ? call->query : "" };
  gsize         size;
  gconstpointer body = g_bytes_get_data (call->body, &size);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_byte_array_append (content, (const guint8 *) parts[i], (guint) strlen (parts[i]) + 1);
  if (size > 0)
    g_byte_array_append (content, body, (guint) size);
  return g_byte_array_free_to_bytes (content);
}

/* What is sealed: the digest of the request, by which the same is known again whatever becomes of the vault's
 * keys, and the answer. */
static GBytes *
join (GBytes *digest, GBytes *body)
{
  GByteArray   *both = g_byte_array_new ();
  gsize         size;
  gconstpointer data = g_bytes_get_data (body, &size);

  g_byte_array_append (both, g_bytes_get_data (digest, NULL), DIGEST_BYTES);
  if (size > 0)
    g_byte_array_append (both, data, (guint) size);
  return g_byte_array_free_to_bytes (both);
}

/* Rows of versions that did not encrypt have a keyed digest in a column, and the answer alone. */
static void
split (GBytes *plain, const char *request_hash, GBytes **digest, GBytes **body)
{
  gsize size = g_bytes_get_size (plain);
  gsize before = *request_hash == '\0' ? MIN (size, DIGEST_BYTES) : 0;

  *digest = g_bytes_new_from_bytes (plain, 0, before);
  *body = g_bytes_new_from_bytes (plain, before, size - before);
}

static GBytes *
digest_of (GBytes *content)
{
  gsize         size;
  gconstpointer data = g_bytes_get_data (content, &size);

  return mil_sha256 (data, size);
}

/* Returns FALSE with @error set, or TRUE with @reply set when there is a stored answer. */
static gboolean
find_stored (MilTx *tx, MilCall *call, GBytes *content, MilReply **reply, GError **error)
{
  MilVault *vault = call->context->vault;
  g_autoptr (MilRows) rows = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) digest = NULL;
  g_autoptr (GBytes) wanted = NULL;
  g_autoptr (GBytes) body = NULL;
  const char *request_hash;

  rows = mil_tx_query (tx,
                       error,
                       "SELECT request_hash, status, headers, key_id, wrapped_key, body FROM idempotency"
                       " WHERE owner = $1 AND request_key = $2",
                       "tt",
                       owner_of (call),
                       call->idempotency_key);
  if (rows == NULL)
    return FALSE;
  if (!mil_rows_next (rows))
    return TRUE;
  plain = mil_sealed_table_unseal (&mil_once_table, vault, owner_of (call), call->idempotency_key, rows, 3, error);
  if (plain == NULL)
    return FALSE;
  request_hash = mil_rows_text (rows, 0);
  split (plain, request_hash, &digest, &body);
  wanted = digest_of (content);
  if (*request_hash == '\0' ? !g_bytes_equal (digest, wanted) : !mil_vault_matches (vault, request_hash, content))
    {
      mil_error_set (error, MIL_ERROR_CONFLICT, _ ("The idempotency key was used for another request already. Use a new one."));
      return FALSE;
    }
  *reply = mil_reply_new ((guint) mil_rows_int (rows, 1), mil_rows_text (rows, 2), body);
  (*reply)->replayed = TRUE;
  return TRUE;
}

static gboolean
store (MilTx *tx, MilCall *call, GBytes *content, MilReply *reply, GError **error)
{
  g_autoptr (GBytes) digest = digest_of (content);
  g_autoptr (GBytes) plain = join (digest, reply->body);
  g_autoptr (MilSealed) sealed = mil_sealed_table_seal (
      &mil_once_table, tx, call->context->vault, owner_of (call), call->idempotency_key, plain);

  return mil_tx_exec (
      tx,
      error,
      "INSERT INTO idempotency (owner, request_key, request_hash, status, headers, body, created_at, key_id,"
      " wrapped_key) VALUES ($1, $2, '', $3, $4, $5, $6, $7, $8)",
      "ttitbitb",
      owner_of (call),
      call->idempotency_key,
      (gint64) reply->status,
      reply->content_type,
      sealed->data,
      mil_tx_now (tx),
      sealed->key_id,
      sealed->wrapped_key);
}

/**
 * mil_once_run:
 * @tx: a transaction
 * @data: (type MilCall): a request that needs an `Idempotency-Key`
 * @error: return location
 *
 * Runs the request's function and keeps its answer in the same transaction, or answers what was
 * kept for the same key and body. An error is not kept: it left nothing behind, so that the request
 * may be tried again with the same key. A #MilTxFunc.
 *
 * Source: draft-ietf-httpapi-idempotency-key-header-07; 409 for another body is UCP's rule.
 *
 * Returns: (transfer full): a #MilReply, or %NULL with @error set
 */
gpointer
mil_once_run (MilTx *tx, gpointer data, GError **error)
{
  MilCall *call = data;
  g_autoptr (GBytes) content = content_of (call);
  g_autoptr (MilReply) reply = NULL;

  if (!find_stored (tx, call, content, &reply, error))
    return NULL;
  if (reply != NULL)
    return g_steal_pointer (&reply);
  reply = call->route->function (tx, call, error);
  if (reply == NULL || !store (tx, call, content, reply, error))
    return NULL;
  return g_steal_pointer (&reply);
}

/* What the rows after one key's are wrapped with: the index begins with it. NULL with no @error at the end. */
static char *
next_key (MilTx *tx, const char *key_id, GError **error)
{
  g_autoptr (MilRows) rows = mil_tx_query (tx, error, "SELECT MIN (key_id) FROM idempotency WHERE key_id > $1", "t", key_id);

  return rows != NULL && mil_rows_next (rows) && !mil_rows_is_null (rows, 0) ? g_strdup (mil_rows_text (rows, 0)) : NULL;
}

/**
 * mil_once_purge:
 * @tx: a transaction
 * @error: return location
 *
 * Forgets answers that are older than any client would ask for again.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_once_purge (MilTx *tx, GError **error)
{
  g_autofree char *key_id = g_strdup ("");
  g_autoptr (GError) problem = NULL;

  g_return_val_if_fail (tx != NULL, FALSE);

  while (key_id != NULL && problem == NULL)
    {
      g_autofree char *done = g_steal_pointer (&key_id);

      if (mil_tx_exec (tx, &problem, "DELETE FROM idempotency WHERE key_id = $1 AND created_at < $2", "ti", done, mil_tx_now (tx) - KEPT_MICROSECONDS))
        key_id = next_key (tx, done, &problem);
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
reseal (MilTx *tx, MilVault *vault, const char *owner, const char *request_key, GBytes *body, GError **error)
{
  g_autoptr (MilSealed) sealed = mil_sealed_table_seal (&mil_once_table, tx, vault, owner, request_key, body);

  return mil_tx_exec (
      tx,
      error,
      "UPDATE idempotency SET body = $3, key_id = $4, wrapped_key = $5 WHERE owner = $1 AND request_key = $2",
      "ttbtb",
      owner,
      request_key,
      sealed->data,
      sealed->key_id,
      sealed->wrapped_key);
}

/**
 * mil_once_seal_old:
 * @tx: a transaction
 * @vault: keys of personal data
 * @error: return location
 *
 * Encrypts the answers that versions kept which did not; some of them when there are many.
 *
 * Returns: how many; -1 with @error set when it cannot
 */
gint64
mil_once_seal_old (MilTx *tx, MilVault *vault, GError **error)
{
  g_autoptr (MilRows) rows = NULL;
  gint64 n = 0;

  g_return_val_if_fail (tx != NULL && vault != NULL, -1);

  rows = mil_tx_query (tx, error, "SELECT owner, request_key, body FROM idempotency WHERE key_id = '' LIMIT $1", "i", (gint64) AT_ONCE);
  if (rows == NULL)
    return -1;
  for (; mil_rows_next (rows); n++)
    {
      g_autoptr (GBytes) body = mil_rows_is_null (rows, 2) ? g_bytes_new_static ("", 0)
                                                           : g_bytes_ref (mil_rows_bytes (rows, 2));

      if (!reseal (tx, vault, mil_rows_text (rows, 0), mil_rows_text (rows, 1), body, error))
        return -1;
    }
  return n;
}

/* The answer without what @strip takes out of it, when it is about @id; else NULL. */
static GBytes *
without (GBytes *body, const char *id, void (*strip) (JsonObject *document))
{
  gsize       size;
  const char *text = g_bytes_get_data (body, &size);
  g_autoptr (JsonNode) node = NULL;

  if (size == 0 || g_strstr_len (text, (gssize) size, id) == NULL)
    return NULL;
  node = mil_json_parse (body, size, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)
      || g_strcmp0 (json_object_get_string_member_with_default (json_node_get_object (node), "id", NULL), id) != 0)
    return NULL;
  strip (json_node_get_object (node));
  return mil_json_to_bytes (node);
}

static gboolean
strip_row (MilTx *tx, MilVault *vault, const char *owner, MilRows *row, const char *id, void (*strip) (JsonObject *document), GError **error)
{
  const char *request_key = mil_rows_text (row, 0);
  /* What cannot be opened any more tells nobody anything. */
  g_autoptr (GBytes) plain = mil_sealed_table_unseal (&mil_once_table, vault, owner, request_key, row, 2, NULL);
  g_autoptr (GBytes) digest = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) less = NULL;
  g_autoptr (GBytes) both = NULL;

  if (plain == NULL)
    return TRUE;
  split (plain, mil_rows_text (row, 1), &digest, &body);
  less = without (body, id, strip);
  if (less == NULL)
    return TRUE;
  both = g_bytes_get_size (digest) > 0 ? join (digest, less) : g_bytes_ref (less);
  return reseal (tx, vault, owner, request_key, both, error);
}

/**
 * mil_once_strip:
 * @tx: a transaction
 * @vault: keys of personal data
 * @owner: whose requests
 * @id: what the answers are about, their member `id`
 * @strip: (scope call): takes out of such an answer what is to be forgotten
 * @error: return location
 *
 * Forgets something in the answers that are kept as well. Who repeats such a request gets the answer without.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_once_strip (MilTx *tx, MilVault *vault, const char *owner, const char *id, void (*strip) (JsonObject *document), GError **error)
{
  g_autoptr (MilRows) rows = NULL;

  g_return_val_if_fail (tx != NULL && vault != NULL && owner != NULL && id != NULL && strip != NULL, FALSE);

  rows = mil_tx_query (tx,
                       error,
                       "SELECT request_key, request_hash, key_id, wrapped_key, body FROM idempotency"
                       " WHERE owner = $1 AND key_id <> ''",
                       "t",
                       owner);
  if (rows == NULL)
    return FALSE;
  while (mil_rows_next (rows))
    if (!strip_row (tx, vault, owner, rows, id, strip, error))
      return FALSE;
  return TRUE;
}
