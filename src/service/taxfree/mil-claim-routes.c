/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-routes.h"

#include <glib/gi18n.h>

#include "base/mil-country.h"
#include "base/mil-error.h"
#include "refund/mil-refund-json.h"
#include "service/taxfree/mil-claim-export.h"
#include "service/taxfree/mil-claim-payout.h"
#include "service/taxfree/mil-claim-person.h"
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

/* The claim as it is now, after its owner was told. What was written in a dispute is not in it: an answer to
 * a POST is kept for whoever repeats it. */
static MilReply *
tell (guint status, MilClaim *claim, MilTx *tx, GError **error)
{
  return reply (status, mil_claim_tell (claim, tx, error));
}

/* The client's id makes a claim one, also when it comes again with another idempotency key. */
static MilReply *
submit (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilWireClaimRequest) request = read_request (call, error);
  g_autoptr (MilClaim) claim = NULL;
  gboolean found;

  if (request == NULL || !mil_claim_find_same (tx, call->context->vault, mil_call_owner (call), request, &found, error))
    return NULL;
  if (found)
    {
      claim = mil_claim_load (tx, mil_call_owner (call), request->id, error);
      return claim != NULL ? reply (SOUP_STATUS_OK, mil_claim_to_json (claim, tx, error)) : NULL;
    }
  claim = mil_claim_new (tx, call->context->vault, mil_call_owner (call), request, error);
  if (claim == NULL || !mil_claim_check_payout (claim, tx, error)
      || !mil_demo_operator_issue (claim, tx, call->context, error))
    return NULL;
  return tell (SOUP_STATUS_CREATED, claim, tx, error);
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
      JsonNode *node = claim != NULL ? mil_claim_answer (claim, tx, call->context->vault, error) : NULL;

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

  return claim != NULL ? reply (SOUP_STATUS_OK, mil_claim_answer (claim, tx, call->context->vault, error)) : NULL;
}

static MilReply *
withdraw (MilTx *tx, MilCall *call, GError **error)
{
  MilClaimStep step = { MIL_CLAIM_ACT_WITHDRAW, MIL_CLAIM_BY_TRAVELLER, .principal = mil_call_owner (call) };
  g_autoptr (MilClaim) claim = mil_claim_load (tx, mil_call_owner (call), mil_call_param (call, "id"), error);

  if (claim == NULL || !mil_claim_move (claim, tx, &step, error) || !mil_demo_operator_charge (claim, tx, error))
    return NULL;
  return tell (SOUP_STATUS_OK, claim, tx, error);
}

/* What a traveller's own app saw at the exit: the form was shown, and nothing is decided yet. */
static MilReply *
present (MilTx *tx, MilCall *call, GError **error)
{
  MilClaimStep step = { MIL_CLAIM_ACT_PRESENT, MIL_CLAIM_BY_TRAVELLER, .principal = mil_call_owner (call) };
  g_autoptr (MilClaim) claim = mil_claim_load (tx, mil_call_owner (call), mil_call_param (call, "id"), error);

  if (claim == NULL || !mil_claim_move (claim, tx, &step, error))
    return NULL;
  return tell (SOUP_STATUS_OK, claim, tx, error);
}

static gboolean
write_letter (MilClaim *claim, MilTx *tx, MilCall *call, const char *objection, const char *letter, GError **error)
{
  MilVault *vault = call->context->vault;
  g_autoptr (MilClaimPerson) person = mil_claim_person_load (tx, vault, claim->id, error);

  if (person == NULL)
    return FALSE;
  if (objection != NULL)
    g_set_str (&person->objection, objection);
  if (letter != NULL)
    g_set_str (&person->answer, letter);
  return mil_claim_person_store (person, tx, vault, claim->id, error);
}

/* What a person writes is about a person: it lies with who claims, encrypted. */
static MilReply *
dispute (MilTx *tx, MilCall *call, GError **error)
{
  MilClaimStep step = { MIL_CLAIM_ACT_DISPUTE, MIL_CLAIM_BY_TRAVELLER, .principal = mil_call_owner (call) };
  g_autoptr (MilJson) json = mil_call_read (call, error);
  g_autoptr (MilWireObjection) objection = json != NULL ? mil_wire_objection_from_json (call->json, error) : NULL;
  g_autoptr (MilClaim) claim = NULL;

  if (objection == NULL)
    return NULL;
  if (*objection->text == '\0')
    {
      mil_error_set (error, MIL_ERROR_INVALID, _ ("text: say what is not right"));
      return NULL;
    }
  claim = mil_claim_load (tx, mil_call_owner (call), mil_call_param (call, "id"), error);
  if (claim == NULL)
    return NULL;
  claim->dispute = mil_wire_dispute_new ();
  claim->dispute->opened_at = mil_tx_now (tx);
  if (!mil_claim_move (claim, tx, &step, error) || !write_letter (claim, tx, call, objection->text, NULL, error))
    return NULL;
  return tell (SOUP_STATUS_OK, claim, tx, error);
}

static MilReply *
resolve (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilJson) json = mil_call_read (call, error);
  g_autoptr (MilWireResolution) resolution = json != NULL ? mil_wire_resolution_from_json (call->json, error) : NULL;
  g_autoptr (MilClaim) claim = NULL;

  if (resolution == NULL)
    return NULL;
  claim = mil_claim_load (tx, NULL, mil_call_param (call, "id"), error);
  if (claim == NULL)
    return NULL;
  if (claim->dispute != NULL && claim->dispute->outcome == NULL)
    {
      g_set_str (&claim->dispute->outcome, resolution->outcome);
      claim->dispute->answered_at = mil_tx_now (tx);
    }
  if (!mil_demo_operator_resolve (claim, tx, call->context, mil_call_owner (call), g_str_equal (resolution->outcome, "upheld"), error)
      || !write_letter (claim, tx, call, NULL, resolution->answer, error))
    return NULL;
  return tell (SOUP_STATUS_OK, claim, tx, error);
}

static MilReply *
erase (MilTx *tx, MilCall *call, GError **error)
{
  gboolean    is_clerk = (call->principal->role & MIL_ROLE_ADMINISTRATOR) != 0;
  const char *owner = is_clerk ? NULL : mil_call_owner (call);
  g_autoptr (MilClaim) claim = mil_claim_load (tx, owner, mil_call_param (call, "id"), error);

  if (claim == NULL || !mil_claim_forget_person (claim, tx, call->context->vault, error))
    return NULL;
  return tell (SOUP_STATUS_OK, claim, tx, error);
}

/* Those who have to hold a passport against the form, and to file it. */
static MilReply *
traveller (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilClaim) claim = mil_claim_load (tx, NULL, mil_call_param (call, "id"), error);
  g_autoptr (MilClaimPerson) person = NULL;

  if (claim == NULL)
    return NULL;
  person = mil_claim_person_load (tx, call->context->vault, claim->id, error);
  return person != NULL ? reply (SOUP_STATUS_OK, mil_wire_traveller_to_json (person->traveller)) : NULL;
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
  else if (g_str_equal (validation->result, "refused")
           && (validation->reason == NULL || *validation->reason == '\0') && validation->reason_code == NULL)
    mil_error_set (error, MIL_ERROR_INVALID, _ ("reason: a refusal needs one"));
  else
    return g_steal_pointer (&validation);
  return NULL;
}

/* What follows from what happened at the exit. */
static gboolean
follow (MilClaim *claim, MilTx *tx, MilCall *call, const MilClaimExport *what, GError **error)
{
  if (what->act == MIL_CLAIM_ACT_VALIDATE || what->act == MIL_CLAIM_ACT_VALIDATE_PART)
    return mil_demo_operator_settle (claim, tx, call->context, what->on, error);
  return what->act == MIL_CLAIM_ACT_PRESENT || mil_demo_operator_charge (claim, tx, error);
}

static MilReply *
validate (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilWireValidation) validation = read_validation (call, error);
  g_autoptr (MilClaim) claim = NULL;
  MilClaimExport what = { .validation = validation, .principal = mil_call_owner (call) };

  if (validation == NULL)
    return NULL;
  claim = mil_claim_load (tx, NULL, mil_call_param (call, "id"), error);
  if (claim == NULL || !mil_claim_export_act (claim, tx, call->context->book, &what, error)
      || !follow (claim, tx, call, &what, error))
    return NULL;
  return tell (SOUP_STATUS_OK, claim, tx, error);
}

/* The one that takes claims here; its terms are nobody's, so it publishes none. */
static JsonNode *
demo_operator (MilCall *call)
{
  JsonNode          *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject        *demo = json_object_new ();
  JsonArray         *countries = json_array_new ();
  const char *const *codes = mil_scheme_book_countries (call->context->book);

  for (guint i = 0; codes[i] != NULL; i++)
    json_array_add_string_element (countries, codes[i]);
  json_object_set_string_member (demo, "id", MIL_DEMO_OPERATOR);
  json_object_set_string_member (demo, "name", "Milione Demo Refund");
  json_object_set_null_member (demo, "url");
  json_object_set_array_member (demo, "countries", countries);
  json_object_set_array_member (demo, "terms", json_array_new ());
  json_object_set_boolean_member (demo, "takes_claims", TRUE);
  json_node_take_object (node, demo);
  return node;
}

static gboolean
read_where_and_when (MilCall *call, char **country, MilDate *day, GError **error)
{
  g_autofree char *date = mil_call_query (call, "date");

  *country = mil_call_query (call, "country");
  if (*country != NULL && !mil_country_is_known (*country))
    {
      mil_error_set (error, MIL_ERROR_INVALID, _ ("“%s” is not the code of a country. Write it as in ISO 3166-1: IT."), *country);
      return FALSE;
    }
  return date == NULL || mil_date_parse (date, day, error);
}

static MilReply *
operators (MilTx *tx, MilCall *call, GError **error)
{
  MilOperatorBook *book = mil_scheme_book_operators (call->context->book);
  GPtrArray       *all = book != NULL ? mil_operator_book_operators (book) : NULL;
  g_autofree char *country = NULL;
  MilDate          day = { 0 };
  JsonObject      *answer;
  JsonArray       *known;

  if (!read_where_and_when (call, &country, &day, error))
    return NULL;
  answer = json_object_new ();
  known = json_array_new ();
  json_object_set_array_member (answer, "operators", known);
  json_array_add_element (known, demo_operator (call));
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      JsonNode *node = mil_operator_to_json (all->pdata[i], country, day);

      if (node == NULL)
        continue;
      json_object_set_boolean_member (json_node_get_object (node), "takes_claims", FALSE);
      json_array_add_element (known, node);
    }
  return mil_reply_object (SOUP_STATUS_OK, answer);
}

#define WHO (MIL_ROLE_TRAVELLER | MIL_ROLE_KIOSK)
#define OFFICES (MIL_ROLE_CUSTOMS | MIL_ROLE_OPERATOR)

const MilRoute mil_claim_routes[] = {
  { "POST", "/v1/taxfree/claims", WHO, MIL_ROUTE_ONCE, submit },
  { "GET", "/v1/taxfree/claims", WHO | OFFICES, MIL_ROUTE_READ, list },
  { "GET", "/v1/taxfree/claims/{id}", WHO | OFFICES, MIL_ROUTE_READ, get },
  { "POST", "/v1/taxfree/claims/{id}/withdraw", WHO, MIL_ROUTE_ONCE, withdraw },
  { "GET", "/v1/taxfree/claims/{id}/traveller", OFFICES, MIL_ROUTE_READ, traveller },
  { "POST", "/v1/taxfree/claims/{id}/presentation", WHO, MIL_ROUTE_ONCE, present },
  { "POST", "/v1/taxfree/claims/{id}/dispute", WHO, MIL_ROUTE_ONCE, dispute },
  { "POST", "/v1/taxfree/claims/{id}/resolution", MIL_ROLE_OPERATOR, MIL_ROUTE_ONCE, resolve },
  { "POST", "/v1/taxfree/claims/{id}/erasure", WHO | MIL_ROLE_ADMINISTRATOR, MIL_ROUTE_ONCE, erase },
  { "POST", "/v1/taxfree/claims/{id}/validation", MIL_ROLE_CUSTOMS, MIL_ROUTE_ONCE, validate },
  { "GET", "/v1/taxfree/operators", MIL_ROLE_ANY, MIL_ROUTE_READ, operators },
  { 0 },
};
