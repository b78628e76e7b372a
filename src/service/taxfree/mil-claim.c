/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/mil-claim.h"

#include <glib/gi18n.h>
#include <string.h>

#include "service/checkout/mil-checkout-person.h"
#include "service/http/mil-reply.h"
#include "service/taxfree/mil-claim-person.h"

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
  g_clear_pointer (&self->validation, mil_wire_export_free);
  g_clear_pointer (&self->guarantee, mil_wire_guarantee_free);
  g_clear_pointer (&self->dispute, mil_wire_dispute_free);
  g_free (self->guarantee_hold);
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
                       " WHERE c.owner = $1 AND c.state NOT IN ('withdrawn', 'void')"
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
add_event (MilClaim *self, MilTx *tx, const MilClaimStep *step, GError **error)
{
  return mil_tx_exec (
      tx,
      error,
      "INSERT INTO claim_events (claim_id, seq, event, state, actor, principal_id, reason, reason_code,"
      " system, code, at) SELECT $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9,"
      " CAST ($10 AS BIGINT) FROM claim_events WHERE claim_id = $1",
      "ttttttttti",
      self->id,
      mil_claim_act_name (step->act),
      mil_claim_state_name (self->state),
      mil_claim_actor_name (step->actor),
      step->principal,
      step->reason,
      step->reason_code,
      step->system,
      step->code,
      mil_tx_now (tx));
}

static GBytes *
content_of (const MilWireClaimRequest *request)
{
  g_autoptr (JsonNode) node = mil_wire_claim_request_to_json (request);
  char *text = mil_json_canonical (node);

  return g_bytes_new_take (text, strlen (text));
}

static gboolean
insert_claim (MilClaim *self, MilTx *tx, const char *digest, GError **error)
{
  MilWireClaimRequest *request = self->request;
  g_autoptr (JsonNode) document = mil_wire_claim_request_to_json (request);

  return mil_tx_exec (
      tx,
      error,
      "INSERT INTO claims (id, owner, number, state, scheme, mode, request_hash, document, wallet_id,"
      " payout_currency, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)",
      "tttttttjtti",
      self->id,
      self->owner,
      self->number,
      mil_claim_state_name (self->state),
      request->scheme,
      request->mode != NULL ? request->mode : "refund",
      digest,
      document,
      request->payout->wallet_id,
      request->payout->currency,
      mil_tx_now (tx));
}

/**
 * mil_claim_new:
 * @tx: a transaction
 * @vault: keys of personal data
 * @owner: who claims
 * @request: what
 * @error: return location
 *
 * Stores a new claim, submitted by the traveller: who that is encrypted and apart, the rest as it is.
 *
 * Returns: (transfer full): the claim, or %NULL with @error set; to %MIL_ERROR_CONFLICT when one of
 *   the purchases is on another claim
 */
MilClaim *
mil_claim_new (MilTx *tx, MilVault *vault, const char *owner, const MilWireClaimRequest *request, GError **error)
{
  MilClaimStep submitted = { MIL_CLAIM_ACT_SUBMIT, MIL_CLAIM_BY_TRAVELLER, .principal = owner };
  g_autoptr (MilClaim) self = NULL;
  g_autoptr (MilClaimPerson) person = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autofree char *digest = NULL;

  g_return_val_if_fail (tx != NULL && vault != NULL && owner != NULL && request != NULL, NULL);

  content = content_of (request);
  digest = mil_vault_digest (vault, content);
  person = mil_claim_person_new (request->traveller);
  self = g_new0 (MilClaim, 1);
  self->id = g_strdup (request->id);
  self->owner = g_strdup (owner);
  self->state = MIL_CLAIM_SUBMITTED;
  self->request = mil_wire_claim_request_copy (request);
  mil_claim_person_strip (self->request->traveller);
  self->created_at = mil_tx_now (tx);
  self->number = new_number (tx, error);
  if (self->number == NULL || !insert_claim (self, tx, digest, error)
      || !mil_claim_person_store (person, tx, vault, self->id, error) || !insert_purchases (self, tx, error)
      || !add_event (self, tx, &submitted, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * mil_claim_find_same:
 * @tx: a transaction
 * @vault: keys of personal data
 * @owner: who claims
 * @request: what
 * @found: (out): whether that very claim is there already
 * @error: return location
 *
 * A claim whose person was forgotten is known by its id alone.
 *
 * Returns: %FALSE with @error set; to %MIL_ERROR_CONFLICT when the id was used for something else
 */
gboolean
mil_claim_find_same (MilTx *tx, MilVault *vault, const char *owner, const MilWireClaimRequest *request, gboolean *found, GError **error)
{
  g_autoptr (MilRows) rows = NULL;
  g_autoptr (GBytes) content = NULL;

  g_return_val_if_fail (tx != NULL && vault != NULL && owner != NULL && request != NULL && found != NULL, FALSE);

  rows = mil_tx_query (
      tx, error, "SELECT owner, request_hash, erased_at FROM claims WHERE id = $1", "t", request->id);
  if (rows == NULL)
    return FALSE;
  *found = mil_rows_next (rows);
  if (!*found)
    return TRUE;
  content = content_of (request);
  if (g_str_equal (mil_rows_text (rows, 0), owner)
      && (mil_rows_int (rows, 2) != 0 || mil_vault_matches (vault, mil_rows_text (rows, 1), content)))
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

/* Reads a document that may be missing into @member. */
static gboolean
take_shape (MilRows *rows, guint column, const MilShape *shape, gpointer *member, GError **error)
{
  g_autoptr (JsonNode) node = NULL;

  if (mil_rows_is_null (rows, column))
    return TRUE;
  node = mil_wire_parse (mil_rows_text (rows, column), error);
  *member = node != NULL ? mil_shape_from_json (shape, node, error) : NULL;
  return *member != NULL;
}

enum
{
  COLUMN_ID,
  COLUMN_OWNER,
  COLUMN_NUMBER,
  COLUMN_STATE,
  COLUMN_DOCUMENT,
  COLUMN_REFUND,
  COLUMN_EXPORT_BY,
  COLUMN_CREATED_AT,
  COLUMN_VALIDATION,
  COLUMN_GUARANTEE,
  COLUMN_GUARANTEE_HOLD,
  COLUMN_DISPUTE,
  COLUMN_ERASED_AT,
};

#define COLUMNS                                                                                              \
  "id, owner, number, state, document, refund, export_by, created_at, validation, guarantee, "               \
  "guarantee_hold, dispute,"                                                                                 \
  " erased_at"

static gboolean
take_documents (MilClaim *self, MilRows *rows, GError **error)
{
  if (!mil_rows_is_null (rows, COLUMN_EXPORT_BY)
      && !mil_date_parse (mil_rows_text (rows, COLUMN_EXPORT_BY), &self->export_by, error))
    return FALSE;
  return take_shape (rows, COLUMN_DOCUMENT, &mil_wire_claim_request_shape, (gpointer *) &self->request, error)
         && take_shape (rows, COLUMN_REFUND, &mil_wire_refund_shape, (gpointer *) &self->refund, error)
         && take_shape (rows, COLUMN_VALIDATION, &mil_wire_export_shape, (gpointer *) &self->validation, error)
         && take_shape (rows, COLUMN_GUARANTEE, &mil_wire_guarantee_shape, (gpointer *) &self->guarantee, error)
         && take_shape (rows, COLUMN_DISPUTE, &mil_wire_dispute_shape, (gpointer *) &self->dispute, error);
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

  rows = mil_tx_query_one (tx,
                           error,
                           _ ("There is no such claim."),
                           "SELECT " COLUMNS " FROM claims"
                           " WHERE (id = $1 OR number = $1) AND ($2 = '' OR owner = $2)",
                           "tt",
                           id,
                           owner != NULL ? owner : "");
  if (rows == NULL)
    return NULL;
  self = g_new0 (MilClaim, 1);
  self->id = g_strdup (mil_rows_text (rows, COLUMN_ID));
  self->owner = g_strdup (mil_rows_text (rows, COLUMN_OWNER));
  self->number = g_strdup (mil_rows_text (rows, COLUMN_NUMBER));
  self->created_at = mil_rows_int (rows, COLUMN_CREATED_AT);
  self->erased_at = mil_rows_int (rows, COLUMN_ERASED_AT);
  if (!mil_rows_is_null (rows, COLUMN_GUARANTEE_HOLD))
    self->guarantee_hold = g_strdup (mil_rows_text (rows, COLUMN_GUARANTEE_HOLD));
  if (!mil_claim_state_parse (mil_rows_text (rows, COLUMN_STATE), &self->state))
    {
      mil_error_set (error, MIL_ERROR_STORAGE, _ ("A stored row is damaged. Restore the database from its backup."));
      return NULL;
    }
  if (!take_documents (self, rows, error) || !load_seen (self, tx, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
refuse_move (MilClaim *self, const MilClaimStep *step, GError **error)
{
  /* Translators: a state and an event of a claim, as the service names them: "issued", "refunded". */
  mil_error_set (error,
                 MIL_ERROR_CONFLICT,
                 _ ("The claim is “%s” and cannot be “%s”."),
                 mil_claim_state_name (self->state),
                 mil_claim_act_name (step->act));
  return FALSE;
}

static gboolean
store (MilClaim *self, MilTx *tx, MilClaimState to, GError **error)
{
  g_autoptr (JsonNode) refund = self->refund != NULL ? mil_wire_refund_to_json (self->refund) : NULL;
  g_autoptr (JsonNode) validation = self->validation != NULL ? mil_wire_export_to_json (self->validation) : NULL;
  g_autoptr (JsonNode) guarantee = self->guarantee != NULL ? mil_wire_guarantee_to_json (self->guarantee) : NULL;
  g_autoptr (JsonNode) dispute = self->dispute != NULL ? mil_wire_dispute_to_json (self->dispute) : NULL;
  g_autofree char *export_by = mil_date_is_set (self->export_by) ? mil_date_to_string (self->export_by) : NULL;

  if (!mil_tx_exec (
          tx,
          error,
          "UPDATE claims SET state = $3, refund = $4, export_by = $5, validation = $6, guarantee = $7,"
          " guarantee_hold = $8, dispute = $9, updated_at = $10 WHERE id = $1 AND state = $2",
          "tttjtjjtji",
          self->id,
          mil_claim_state_name (self->state),
          mil_claim_state_name (to),
          refund,
          export_by,
          validation,
          guarantee,
          self->guarantee_hold,
          dispute,
          mil_tx_now (tx)))
    return FALSE;
  if (mil_tx_changes (tx) == 1)
    return TRUE;
  mil_error_set (error, MIL_ERROR_CONFLICT, _ ("The claim has changed meanwhile. Look again."));
  return FALSE;
}

/**
 * mil_claim_move:
 * @self: a claim
 * @tx: a transaction
 * @step: what is done to it
 * @error: return location
 *
 * Moves the claim along the table of src/refund, with all else that is in @self, and remembers it in the
 * claim's history. What the step does to the ledger is the caller's.
 *
 * Returns: %FALSE with @error set; to %MIL_ERROR_CONFLICT when that cannot be done where the claim stands
 */
gboolean
mil_claim_move (MilClaim *self, MilTx *tx, const MilClaimStep *step, GError **error)
{
  const MilClaimTransition *way;

  g_return_val_if_fail (self != NULL && tx != NULL && step != NULL, FALSE);

  way = mil_claim_transition (self->state, step->act, step->actor);
  if (way == NULL || (way->needs_proof_in_time && !step->has_proof_in_time))
    return refuse_move (self, step, error);
  if (!store (self, tx, way->to, error))
    return FALSE;
  self->state = way->to;
  return add_event (self, tx, step, error);
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

static void
add_text (JsonObject *object, const char *member, MilRows *rows, guint column)
{
  if (!mil_rows_is_null (rows, column))
    json_object_set_string_member (object, member, mil_rows_text (rows, column));
}

static JsonArray *
history (MilClaim *self, MilTx *tx, gint64 *last, GError **error)
{
  g_autoptr (MilRows) rows = NULL;
  JsonArray *events;

  rows = mil_tx_query (tx, error, "SELECT seq, state, at, actor, reason, event, reason_code, system, code FROM claim_events WHERE claim_id = $1 ORDER BY seq", "t", self->id);
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
      json_object_set_string_member (event, "event", mil_rows_text (rows, 5));
      add_text (event, "reason_code", rows, 6);
      add_text (event, "system", rows, 7);
      add_text (event, "code", rows, 8);
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
  if (self->validation != NULL)
    json_object_set_member (claim, "validation", mil_wire_export_to_json (self->validation));
  if (self->guarantee != NULL)
    json_object_set_member (claim, "guarantee", mil_wire_guarantee_to_json (self->guarantee));
  if (self->dispute != NULL)
    json_object_set_member (claim, "dispute", mil_wire_dispute_to_json (self->dispute));
  if (self->erased_at != 0)
    mil_wire_add_instant (claim, "erased_at", self->erased_at);
  json_object_set_array_member (claim, "events", events);
  return mil_wire_node (claim);
}

/**
 * mil_claim_answer:
 * @self: a claim
 * @tx: a transaction
 * @vault: keys of personal data
 * @error: return location
 *
 * Returns: (transfer full): the claim as its owner, customs and the operator read it: with what was
 *   objected and answered, which no event and no answer that is kept holds; or %NULL with @error set
 */
JsonNode *
mil_claim_answer (MilClaim *self, MilTx *tx, MilVault *vault, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (MilClaimPerson) person = NULL;
  JsonObject *dispute;

  g_return_val_if_fail (self != NULL && tx != NULL && vault != NULL, NULL);

  node = mil_claim_to_json (self, tx, error);
  if (node == NULL || self->dispute == NULL || self->erased_at != 0)
    return g_steal_pointer (&node);
  /* A claim is still a claim where this service has not got the key of its letters. */
  person = mil_claim_person_load (tx, vault, self->id, NULL);
  if (person == NULL)
    return g_steal_pointer (&node);
  dispute = json_object_get_object_member (json_node_get_object (node), "dispute");
  if (person->objection != NULL)
    json_object_set_string_member (dispute, "text", person->objection);
  if (person->answer != NULL)
    json_object_set_string_member (dispute, "answer", person->answer);
  return g_steal_pointer (&node);
}

/* A claim names its orders: who bought those is who claimed. */
static gboolean
forget_buyers (MilClaim *self, MilTx *tx, MilVault *vault, GError **error)
{
  g_autoptr (MilRows) rows = mil_tx_query (tx,
                                           error,
                                           "SELECT o.checkout_id FROM claim_purchases p JOIN orders o"
                                           " ON o.id = p.order_id WHERE p.claim_id = $1",
                                           "t",
                                           self->id);

  if (rows == NULL)
    return FALSE;
  while (mil_rows_next (rows))
    if (!mil_checkout_person_forget (tx, vault, mil_rows_text (rows, 0), error))
      return FALSE;
  return TRUE;
}

/**
 * mil_claim_forget_person:
 * @self: a claim that is over
 * @tx: a transaction
 * @vault: keys of personal data
 * @error: return location
 *
 * Forgets who made the claim, with what they wrote, and who bought what it is about. The purchases, amounts, states and the ledger stay.
 *
 * Returns: %FALSE with @error set; to %MIL_ERROR_CONFLICT when the claim is not over
 */
gboolean
mil_claim_forget_person (MilClaim *self, MilTx *tx, MilVault *vault, GError **error)
{
  g_return_val_if_fail (self != NULL && tx != NULL && vault != NULL, FALSE);

  if (self->erased_at != 0)
    return TRUE;
  if (!mil_claim_state_is_over (self->state))
    {
      mil_error_set (error, MIL_ERROR_CONFLICT, _ ("The operator still needs to know who claims. Withdraw the claim first, or wait for its end."));
      return FALSE;
    }
  self->erased_at = mil_tx_now (tx);
  return mil_claim_person_erase (tx, self->id, error) && forget_buyers (self, tx, vault, error)
         && mil_tx_exec (tx, error, "UPDATE claims SET erased_at = $2, request_hash = '' WHERE id = $1", "ti", self->id, self->erased_at);
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
  if (node == NULL || !mil_tx_append_event (tx, self->owner, "claim.changed", self->id, node, error))
    return NULL;
  return g_steal_pointer (&node);
}
