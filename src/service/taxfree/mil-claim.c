/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/mil-claim.h"

#include <glib/gi18n.h>

#include "service/http/mil-reply.h"

#define NUMBER_DIGITS 12

/**
 * mil_claim_free:
 * @self: (transfer full) (nullable): a claim
 *
 * Frees a claim.
 */
void
mil_claim_free (MilClaim *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->owner);
  g_free (self->number);
  g_clear_pointer (&self->request, mil_wire_claim_request_free);
  g_clear_pointer (&self->refund, mil_wire_refund_free);
  g_strfreev (self->seen);
  g_free (self);
}

/* A number that nobody has; the first digit is no zero, so that no reader drops it. */
static char *
new_number (MilTx *tx, GError **error)
{
  for (guint attempt = 0; attempt < 10; attempt++)
    {
      g_autoptr (MilRows) rows = NULL;
      guint8 bytes[NUMBER_DIGITS];
      char   number[NUMBER_DIGITS + 1] = { 0 };

      mil_tx_random (tx, bytes, sizeof bytes);
      for (guint i = 0; i < NUMBER_DIGITS; i++)
        number[i] = (char) (i == 0 ? '1' + bytes[i] % 9 : '0' + bytes[i] % 10);
      rows = mil_tx_query (tx, error, "SELECT 1 FROM claims WHERE number = $1", "t", number);
      if (rows == NULL)
        return NULL;
      if (mil_rows_count (rows) == 0)
        return g_strdup (number);
    }
  mil_error_set (error, MIL_ERROR_FAILED, _ ("No number is free for the claim. Try again."));
  return NULL;
}

/* One purchase can be on one living claim only. */
static gboolean
check_unclaimed (MilTx *tx, const char *owner, MilWirePurchase *purchase, GError **error)
{
  g_autoptr (MilRows) rows = NULL;

  rows = mil_tx_query (tx,
                       error,
                       "SELECT 1 FROM claim_purchases p JOIN claims c ON c.id = p.claim_id"
                       " WHERE c.owner = $1 AND c.state NOT IN ('withdrawn', 'void', 'expired')"
                       " AND (p.id = $2 OR p.order_id = $3)",
                       "ttt",
                       owner,
                       purchase->id,
                       purchase->order_id);
  if (rows == NULL)
    return FALSE;
  if (mil_rows_count (rows) == 0)
    return TRUE;
  mil_error_set (error, MIL_ERROR_CONFLICT, _ ("One of the purchases is on another claim already."));
  return FALSE;
}

static gboolean
check_order (MilTx *tx, const char *owner, MilWirePurchase *purchase, GError **error)
{
  g_autoptr (MilRows) rows = NULL;

  if (purchase->order_id == NULL)
    return TRUE;
  rows = mil_tx_query_one (tx,
                           error,
                           _ ("There is no such order."),
                           "SELECT 1 FROM orders WHERE id = $1 AND owner = $2 AND state = 'captured'",
                           "tt",
                           purchase->order_id,
                           owner);
  return rows != NULL;
}

static gboolean
insert_purchases (MilClaim *self, MilTx *tx, GError **error)
{
  for (guint i = 0; i < self->request->purchases->len; i++)
    {
      MilWirePurchase *purchase = self->request->purchases->pdata[i];
      g_autoptr (JsonNode) document = mil_wire_purchase_to_json (purchase);

      if (!check_order (tx, self->owner, purchase, error) || !check_unclaimed (tx, self->owner, purchase, error)
          || !mil_tx_exec (
              tx,
              error,
              "INSERT INTO claim_purchases (claim_id, id, position, order_id, currency, total_minor, state,"
              " document) VALUES ($1, $2, $3, $4, $5, $6, 'claimed', $7)",
              "ttittij",
              self->id,
              purchase->id,
              (gint64) i,
              purchase->order_id,
              purchase->currency,
              purchase->total,
              document))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_event (MilClaim *self, MilTx *tx, MilClaimActor actor, const char *principal, const char *reason, GError **error)
{
  return mil_tx_exec (tx,
                      error,
                      "INSERT INTO claim_events (claim_id, seq, state, actor, principal_id, reason, at)"
                      " SELECT $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5, CAST ($6 AS BIGINT) FROM "
                      "claim_events WHERE claim_id = $1",
                      "ttttti",
                      self->id,
                      mil_claim_state_name (self->state),
                      mil_claim_actor_name (actor),
                      principal,
                      reason,
                      mil_tx_now (tx));
}

/**
 * mil_claim_new:
 * @tx: a transaction
 * @owner: who claims
 * @request: (transfer none): what
 * @digest: digest of the request's body
 * @error: return location
 *
 * Stores a new claim, submitted by the traveller.
 *
 * Returns: (transfer full): the claim, or %NULL with @error set; to %MIL_ERROR_CONFLICT when one of
 *   the purchases is on another claim
 */
MilClaim *
mil_claim_new (MilTx *tx, const char *owner, MilWireClaimRequest *request, const char *digest, GError **error)
{
  g_autoptr (MilClaim) self = NULL;
  g_autoptr (JsonNode) document = NULL;

  g_return_val_if_fail (tx != NULL && owner != NULL && request != NULL && digest != NULL, NULL);

  self = g_new0 (MilClaim, 1);
  self->id = g_strdup (request->id);
  self->owner = g_strdup (owner);
  self->state = MIL_CLAIM_SUBMITTED;
  self->request = mil_wire_claim_request_copy (request);
  self->created_at = mil_tx_now (tx);
  self->number = new_number (tx, error);
  document = mil_wire_claim_request_to_json (request);
  if (self->number == NULL
      || !mil_tx_exec (
          tx,
          error,
          "INSERT INTO claims (id, owner, number, state, scheme, request_hash, document, wallet_id,"
          " payout_currency, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
          "ttttttjtti",
          self->id,
          owner,
          self->number,
          mil_claim_state_name (self->state),
          request->scheme,
          digest,
          document,
          request->payout->wallet_id,
          request->payout->currency,
          mil_tx_now (tx))
      || !insert_purchases (self, tx, error) || !add_event (self, tx, MIL_CLAIM_BY_TRAVELLER, owner, NULL, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * mil_claim_find_same:
 * @tx: a transaction
 * @owner: who claims
 * @id: the client's id
 * @digest: digest of the request's body
 * @found: (out): whether that very claim is there already
 * @error: return location
 *
 * Returns: %FALSE with @error set; to %MIL_ERROR_CONFLICT when the id was used for something else
 */
gboolean
mil_claim_find_same (MilTx *tx, const char *owner, const char *id, const char *digest, gboolean *found, GError **error)
{
  g_autoptr (MilRows) rows = NULL;

  g_return_val_if_fail (tx != NULL && owner != NULL && id != NULL && digest != NULL && found != NULL, FALSE);

  rows = mil_tx_query (tx, error, "SELECT owner, request_hash FROM claims WHERE id = $1", "t", id);
  if (rows == NULL)
    return FALSE;
  *found = mil_rows_next (rows);
  if (!*found || (g_str_equal (mil_rows_text (rows, 0), owner) && g_str_equal (mil_rows_text (rows, 1), digest)))
    return TRUE;
  mil_error_set (error, MIL_ERROR_CONFLICT, _ ("This claim id was used for another claim already."));
  return FALSE;
}

static gboolean
load_seen (MilClaim *self, MilTx *tx, GError **error)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (MilRows) rows = NULL;

  rows = mil_tx_query (tx, error, "SELECT id FROM claim_purchases WHERE claim_id = $1 AND state = 'seen' ORDER BY position", "t", self->id);
  if (rows == NULL)
    return FALSE;
  while (mil_rows_next (rows))
    g_strv_builder_add (ids, mil_rows_text (rows, 0));
  if (mil_rows_count (rows) > 0)
    self->seen = g_strv_builder_end (ids);
  return TRUE;
}

static gboolean
take_documents (MilClaim *self, MilRows *rows, GError **error)
{
  g_autoptr (JsonNode) document = mil_wire_parse (mil_rows_text (rows, 4), error);
  g_autoptr (JsonNode) refund = NULL;

  self->request = document != NULL ? mil_wire_claim_request_from_json (document, error) : NULL;
  if (self->request == NULL)
    return FALSE;
  if (!mil_rows_is_null (rows, 6) && !mil_date_parse (mil_rows_text (rows, 6), &self->export_by, error))
    return FALSE;
  if (mil_rows_is_null (rows, 5))
    return TRUE;
  refund = mil_wire_parse (mil_rows_text (rows, 5), error);
  self->refund = refund != NULL ? mil_wire_refund_from_json (refund, error) : NULL;
  return self->refund != NULL;
}

/**
 * mil_claim_load:
 * @tx: a transaction
 * @owner: (nullable): who asks; %NULL for customs and operators, who may see anybody's
 * @id: its id or its number
 * @error: return location
 *
 * Returns: (transfer full): the claim, or %NULL with @error set; to %MIL_ERROR_NOT_FOUND when there
 *   is none or it is somebody else's
 */
MilClaim *
mil_claim_load (MilTx *tx, const char *owner, const char *id, GError **error)
{
  g_autoptr (MilClaim) self = NULL;
  g_autoptr (MilRows) rows = NULL;

  g_return_val_if_fail (tx != NULL && id != NULL, NULL);

  rows = mil_tx_query_one (
      tx,
      error,
      _ ("There is no such claim."),
      "SELECT id, owner, number, state, document, refund, export_by, created_at FROM claims"
      " WHERE (id = $1 OR number = $1) AND ($2 = '' OR owner = $2)",
      "tt",
      id,
      owner != NULL ? owner : "");
  if (rows == NULL)
    return NULL;
  self = g_new0 (MilClaim, 1);
  self->id = g_strdup (mil_rows_text (rows, 0));
  self->owner = g_strdup (mil_rows_text (rows, 1));
  self->number = g_strdup (mil_rows_text (rows, 2));
  self->created_at = mil_rows_int (rows, 7);
  if (!mil_claim_state_parse (mil_rows_text (rows, 3), &self->state))
    {
      mil_error_set (error, MIL_ERROR_STORAGE, _ ("A stored row is damaged. Restore the database from its backup."));
      return NULL;
    }
  if (!take_documents (self, rows, error) || !load_seen (self, tx, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * mil_claim_move:
 * @self: a claim
 * @tx: a transaction
 * @to: where it shall go
 * @actor: who moves it
 * @principal: (nullable): the principal that did
 * @reason: (nullable): why, as the traveller reads it
 * @error: return location
 *
 * Moves the claim, with its refund and last day of export as they are in @self, and remembers it in
 * the claim's history.
 *
 * Returns: %FALSE with @error set; to %MIL_ERROR_CONFLICT when it cannot go there from where it is
 */
gboolean
mil_claim_move (MilClaim *self, MilTx *tx, MilClaimState to, MilClaimActor actor, const char *principal, const char *reason, GError **error)
{
  g_autoptr (JsonNode) refund = NULL;
  g_autofree char *export_by = NULL;

  g_return_val_if_fail (self != NULL && tx != NULL, FALSE);

  if (!mil_claim_state_can (self->state, to, actor))
    {
      /* Translators: states of a claim, as the service names them: "issued", "refunded". */
      mil_error_set (error,
                     MIL_ERROR_CONFLICT,
                     _ ("The claim is “%s” and cannot become “%s”."),
                     mil_claim_state_name (self->state),
                     mil_claim_state_name (to));
      return FALSE;
    }
  refund = self->refund != NULL ? mil_wire_refund_to_json (self->refund) : NULL;
  export_by = mil_date_is_set (self->export_by) ? mil_date_to_string (self->export_by) : NULL;
  if (!mil_tx_exec (tx,
                    error,
                    "UPDATE claims SET state = $3, refund = $4, export_by = $5, updated_at = $6"
                    " WHERE id = $1 AND state = $2",
                    "tttjti",
                    self->id,
                    mil_claim_state_name (self->state),
                    mil_claim_state_name (to),
                    refund,
                    export_by,
                    mil_tx_now (tx)))
    return FALSE;
  if (mil_tx_changes (tx) != 1)
    {
      mil_error_set (error, MIL_ERROR_CONFLICT, _ ("The claim has changed meanwhile. Look again."));
      return FALSE;
    }
  self->state = to;
  return add_event (self, tx, actor, principal, reason, error);
}

/**
 * mil_claim_set_seen:
 * @self: a claim
 * @tx: a transaction
 * @ids: purchases that customs saw leave
 * @error: return location
 *
 * Returns: %FALSE with @error set; to %MIL_ERROR_INVALID when one of them is not on the claim
 */
gboolean
mil_claim_set_seen (MilClaim *self, MilTx *tx, const char *const *ids, GError **error)
{
  g_return_val_if_fail (self != NULL && tx != NULL && ids != NULL, FALSE);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      if (!mil_tx_exec (tx, error, "UPDATE claim_purchases SET state = 'seen' WHERE claim_id = $1 AND id = $2", "tt", self->id, ids[i]))
        return FALSE;
      if (mil_tx_changes (tx) != 1)
        {
          mil_error_set (error, MIL_ERROR_INVALID, _ ("One of the purchases is not on this claim."));
          return FALSE;
        }
    }
  g_strfreev (self->seen);
  self->seen = g_strdupv ((GStrv) ids);
  return TRUE;
}

static JsonArray *
history (MilClaim *self, MilTx *tx, gint64 *last, GError **error)
{
  g_autoptr (MilRows) rows = NULL;
  JsonArray *events;

  rows = mil_tx_query (tx, error, "SELECT seq, state, at, actor, reason FROM claim_events WHERE claim_id = $1 ORDER BY seq", "t", self->id);
  if (rows == NULL)
    return NULL;
  events = json_array_new ();
  while (mil_rows_next (rows))
    {
      JsonObject *event = json_object_new ();

      *last = mil_rows_int (rows, 2);
      json_object_set_int_member (event, "seq", mil_rows_int (rows, 0));
      json_object_set_string_member (event, "state", mil_rows_text (rows, 1));
      mil_wire_add_instant (event, "at", *last);
      json_object_set_string_member (event, "actor", mil_rows_text (rows, 3));
      mil_wire_add_optional (event, "reason", mil_rows_is_null (rows, 4) ? NULL : mil_rows_text (rows, 4));
      json_array_add_object_element (events, event);
    }
  return events;
}

/**
 * mil_claim_to_json:
 * @self: a claim
 * @tx: a transaction
 * @error: return location
 *
 * Returns: (transfer full): the claim as it goes over the wire; without who travels and with what
 *   document, or %NULL with @error set
 */
JsonNode *
mil_claim_to_json (MilClaim *self, MilTx *tx, GError **error)
{
  gint64      last = self->created_at;
  JsonArray  *events = history (self, tx, &last, error);
  JsonArray  *purchases;
  JsonObject *claim;

  if (events == NULL)
    return NULL;
  claim = json_object_new ();
  json_object_set_string_member (claim, "id", self->id);
  json_object_set_string_member (claim, "number", self->number);
  json_object_set_string_member (claim, "state", mil_claim_state_name (self->state));
  json_object_set_string_member (claim, "scheme", self->request->scheme);
  mil_wire_add_instant (claim, "created_at", self->created_at);
  mil_wire_add_instant (claim, "updated_at", last);
  purchases = json_array_new ();
  for (guint i = 0; i < self->request->purchases->len; i++)
    json_array_add_element (purchases, mil_wire_purchase_to_json (self->request->purchases->pdata[i]));
  json_object_set_array_member (claim, "purchases", purchases);
  if (self->refund != NULL)
    json_object_set_member (claim, "refund", mil_wire_refund_to_json (self->refund));
  else
    json_object_set_null_member (claim, "refund");
  if (mil_date_is_set (self->export_by))
    {
      g_autofree char *export_by = mil_date_to_string (self->export_by);

      json_object_set_string_member (claim, "export_by", export_by);
    }
  json_object_set_array_member (claim, "events", events);
  return mil_wire_node (claim);
}

/**
 * mil_claim_tell:
 * @self: a claim that has changed
 * @tx: a transaction
 * @error: return location
 *
 * Tells the claim's owner, if the transaction is committed.
 *
 * Returns: (transfer full): the claim as it goes over the wire, or %NULL with @error set
 */
JsonNode *
mil_claim_tell (MilClaim *self, MilTx *tx, GError **error)
{
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (self != NULL && tx != NULL, NULL);

  node = mil_claim_to_json (self, tx, error);
  if (node == NULL || mil_tx_append_event (tx, self->owner, "claim.changed", self->id, node, error) == 0)
    return NULL;
  return g_steal_pointer (&node);
}
