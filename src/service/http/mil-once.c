/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-once.h"

#include <glib/gi18n.h>
#include <string.h>

/* An outbox may lie closed in a suitcase for some days. */
#define KEPT_MICROSECONDS (G_GINT64_CONSTANT (30) * 24 * G_TIME_SPAN_HOUR)

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

/* Returns FALSE with @error set, or TRUE with @reply set when there is a stored answer. */
static gboolean
find_stored (MilTx *tx, MilCall *call, GBytes *content, MilReply **reply, GError **error)
{
  g_autoptr (MilRows) rows = NULL;
  g_autoptr (GBytes) body = NULL;

  rows = mil_tx_query (tx,
                       error,
                       "SELECT request_hash, status, headers, body FROM idempotency"
                       " WHERE owner = $1 AND request_key = $2",
                       "tt",
                       owner_of (call),
                       call->idempotency_key);
  if (rows == NULL)
    return FALSE;
  if (!mil_rows_next (rows))
    return TRUE;
  if (!mil_vault_matches (call->context->vault, mil_rows_text (rows, 0), content))
    {
      mil_error_set (error, MIL_ERROR_CONFLICT, _ ("The idempotency key was used for another request already. Use a new one."));
      return FALSE;
    }
  body = g_bytes_ref (mil_rows_bytes (rows, 3));
  *reply = mil_reply_new ((guint) mil_rows_int (rows, 1), mil_rows_text (rows, 2), body);
  (*reply)->replayed = TRUE;
  return TRUE;
}

static gboolean
store (MilTx *tx, MilCall *call, GBytes *content, MilReply *reply, GError **error)
{
  g_autofree char *digest = mil_vault_digest (call->context->vault, content);

  return mil_tx_exec (
      tx,
      error,
      "INSERT INTO idempotency (owner, request_key, request_hash, status, headers, body, created_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
      "tttitbi",
      owner_of (call),
      call->idempotency_key,
      digest,
      (gint64) reply->status,
      reply->content_type,
      reply->body,
      mil_tx_now (tx));
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
  return mil_tx_exec (tx, error, "DELETE FROM idempotency WHERE created_at < $1", "i", mil_tx_now (tx) - KEPT_MICROSECONDS);
}
