/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-routes.h"

#include <glib/gi18n.h>

#include "refund/mil-scheme-book.h"
#include "service/taxfree/mil-claim-payout.h"
#include "service/taxfree/mil-claim.h"
#include "service/taxfree/mil-demo-operator.h"

#define MAX_LISTED 500

static MilReply *
reply (guint status, JsonNode *node)
{
  g_autoptr (JsonNode) owned = node;

  return owned != NULL ? mil_reply_json (status, owned) : NULL;
}

static gboolean
check_request (MilWireClaimRequest *request, GError **error)
{
  if (!mil_uuid_is_valid (request->id))
    mil_error_set (error, MIL_ERROR_INVALID, _ ("id: expected a UUID"));
  else if (request->purchases->len == 0)
    mil_error_set (error, MIL_ERROR_INVALID, _ ("purchases: expected at least one entry"));
  else if (request->payout == NULL)
    mil_error_set (error, MIL_ERROR_INVALID, _ ("payout: it is missing"));
  else
    return TRUE;
  return FALSE;
}

static MilWireClaimRequest *
read_request (MilCall *call, GError **error)
{
  g_autoptr (MilWireClaimRequest) request = NULL;
  g_autoptr (MilJson) json = mil_call_read (call, error);

  if (json == NULL)
    return NULL;
  request = mil_wire_claim_request_from_json (call->json, error);
  return request != NULL && check_request (request, error) ? g_steal_pointer (&request) : NULL;
}

/* The client's id makes a claim one, also when it comes again with another idempotency key. */
static MilReply *
submit (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilWireClaimRequest) request = read_request (call, error);
  g_autoptr (MilClaim) claim = NULL;
  g_autoptr (JsonNode) content = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *digest = NULL;
  gboolean         found;

  if (request == NULL)
    return NULL;
  content = mil_wire_claim_request_to_json (request);
  canonical = mil_json_canonical (content);
  digest = mil_sha256_hex (canonical, strlen (canonical));
  if (!mil_claim_find_same (tx, mil_call_owner (call), request->id, digest, &found, error))
    return NULL;
  if (found)
    {
      claim = mil_claim_load (tx, mil_call_owner (call), request->id, error);
      return claim != NULL ? reply (SOUP_STATUS_OK, mil_claim_to_json (claim, tx, error)) : NULL;
    }
  claim = mil_claim_new (tx, mil_call_owner (call), request, digest, error);
  if (claim == NULL || !mil_claim_check_payout (claim, tx, error)
      || !mil_demo_operator_issue (claim, tx, call->context->book, error))
    return NULL;
  return reply (SOUP_STATUS_CREATED, mil_claim_tell (claim, tx, error));
}

/* Travellers see their own; customs and operators what waits for them. */
static const char *
owner_of (MilCall *call)
{
  return call->principal->role & (MIL_ROLE_CUSTOMS | MIL_ROLE_OPERATOR) ? NULL : mil_call_owner (call);
}

static MilReply *
list (MilTx *tx, MilCall *call, GError **error)
{
  const char      *owner = owner_of (call);
  g_autofree char *state = mil_call_query (call, "state");
  g_autoptr (MilRows) rows = NULL;
  g_autoptr (JsonObject) answer = json_object_new ();
  JsonArray *claims = json_array_new ();

  json_object_set_array_member (answer, "claims", claims);
  rows = mil_tx_query (tx,
                       error,
                       "SELECT id FROM claims WHERE ($1 = '' OR owner = $1) AND ($2 = '' OR state = $2)"
                       " ORDER BY created_at DESC, id DESC LIMIT $3",
                       "tti",
                       owner != NULL ? owner : "",
                       state != NULL ? state : "",
                       (gint64) MAX_LISTED);
  if (rows == NULL)
    return NULL;
  while (mil_rows_next (rows))
    {
      g_autoptr (MilClaim) claim = mil_claim_load (tx, owner, mil_rows_text (rows, 0), error);
      JsonNode *node = claim != NULL ? mil_claim_to_json (claim, tx, error) : NULL;

      if (node == NULL)
        return NULL;
      json_array_add_element (claims, node);
    }
  return mil_reply_object (SOUP_STATUS_OK, g_steal_pointer (&answer));
}

static MilReply *
get (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilClaim) claim = mil_claim_load (tx, owner_of (call), mil_call_param (call, "id"), error);

  return claim != NULL ? reply (SOUP_STATUS_OK, mil_claim_to_json (claim, tx, error)) : NULL;
}

static MilReply *
withdraw (MilTx *tx, MilCall *call, GError **error)
{
  MilClaimStep step = { MIL_CLAIM_ACT_WITHDRAW, MIL_CLAIM_BY_TRAVELLER, .principal = mil_call_owner (call) };
  g_autoptr (MilClaim) claim = mil_claim_load (tx, mil_call_owner (call), mil_call_param (call, "id"), error);

  if (claim == NULL || !mil_claim_move (claim, tx, &step, error))
    return NULL;
  return reply (SOUP_STATUS_OK, mil_claim_tell (claim, tx, error));
}

static MilWireValidation *
read_validation (MilCall *call, GError **error)
{
  g_autoptr (MilWireValidation) validation = NULL;
  g_autoptr (MilJson) json = mil_call_read (call, error);
  gboolean partial;
  gboolean some;

  if (json == NULL)
    return NULL;
  validation = mil_wire_validation_from_json (call->json, error);
  if (validation == NULL)
    return NULL;
  partial = g_str_equal (validation->result, "partial");
  some = validation->purchases != NULL && validation->purchases[0] != NULL;
  if (partial && !some)
    mil_error_set (error, MIL_ERROR_INVALID, _ ("purchases: name those that left"));
  else if (g_str_equal (validation->result, "refused") && (validation->reason == NULL || *validation->reason == '\0'))
    mil_error_set (error, MIL_ERROR_INVALID, _ ("reason: a refusal needs one"));
  else
    return g_steal_pointer (&validation);
  return NULL;
}

static MilClaimAct
act_of (MilWireValidation *validation)
{
  if (g_str_equal (validation->result, "refused"))
    return MIL_CLAIM_ACT_REFUSE;
  return g_str_equal (validation->result, "partial") ? MIL_CLAIM_ACT_VALIDATE_PART : MIL_CLAIM_ACT_VALIDATE;
}

static MilReply *
validate (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilWireValidation) validation = read_validation (call, error);
  g_autoptr (MilClaim) claim = NULL;
  MilClaimStep step = { .actor = MIL_CLAIM_BY_CUSTOMS, .principal = mil_call_owner (call) };

  if (validation == NULL)
    return NULL;
  claim = mil_claim_load (tx, NULL, mil_call_param (call, "id"), error);
  if (claim == NULL)
    return NULL;
  step.act = act_of (validation);
  step.reason = validation->reason;
  if (!mil_claim_move (claim, tx, &step, error))
    return NULL;
  if (step.act == MIL_CLAIM_ACT_VALIDATE_PART
      && !mil_claim_set_seen (claim, tx, (const char *const *) validation->purchases, error))
    return NULL;
  if (step.act != MIL_CLAIM_ACT_REFUSE
      && !mil_demo_operator_settle (claim, tx, call->context->book, call->context->exchange, error))
    return NULL;
  return reply (SOUP_STATUS_OK, mil_claim_tell (claim, tx, error));
}

static MilReply *
operators (MilTx *tx, MilCall *call, GError **error)
{
  JsonObject        *answer = json_object_new ();
  JsonObject        *demo = json_object_new ();
  JsonArray         *known = json_array_new ();
  JsonArray         *countries = json_array_new ();
  const char *const *codes = mil_scheme_book_countries (call->context->book);

  for (guint i = 0; codes[i] != NULL; i++)
    json_array_add_string_element (countries, codes[i]);
  json_object_set_string_member (demo, "id", MIL_DEMO_OPERATOR);
  json_object_set_string_member (demo, "name", "Milione Demo Refund");
  json_object_set_array_member (demo, "countries", countries);
  json_array_add_object_element (known, demo);
  json_object_set_array_member (answer, "operators", known);
  return mil_reply_object (SOUP_STATUS_OK, answer);
}

#define WHO (MIL_ROLE_TRAVELLER | MIL_ROLE_KIOSK)
#define OFFICES (MIL_ROLE_CUSTOMS | MIL_ROLE_OPERATOR)

const MilRoute mil_claim_routes[] = {
  { "POST", "/v1/taxfree/claims", WHO, MIL_ROUTE_ONCE, submit },
  { "GET", "/v1/taxfree/claims", WHO | OFFICES, MIL_ROUTE_READ, list },
  { "GET", "/v1/taxfree/claims/{id}", WHO | OFFICES, MIL_ROUTE_READ, get },
  { "POST", "/v1/taxfree/claims/{id}/withdraw", WHO, MIL_ROUTE_ONCE, withdraw },
  { "POST", "/v1/taxfree/claims/{id}/validation", MIL_ROLE_CUSTOMS, MIL_ROUTE_ONCE, validate },
  { "GET", "/v1/taxfree/operators", MIL_ROLE_ANY, MIL_ROUTE_READ, operators },
  { 0 },
};
