/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-answers.h"
#include "traveller/mil-claim-traveller.h"
#include "traveller/mil-receipt-record-private.h"
#include "traveller/mil-session-private.h"

#include <glib/gi18n.h>

/* --- keeping ------------------------------------------------------------------------------------ */

static JsonNode *
claim_json (MilClaim *claim)
{
  return mil_record_to_json (MIL_RECORD (claim));
}

static DexFuture *
save_claim (MilSession *self, MilClaim *claim)
{
  g_autoptr (JsonNode) json = claim_json (claim);

  return mil_local_store_put (self->store, MIL_KIND_CLAIM, mil_claim_get_info (claim)->id, json);
}

/* Receipts stand where their claim stands; those of one that came to nothing are free again. */
static void
update_receipts (MilSession *self, MilClaim *claim)
{
  const MilClaimInfo *info = mil_claim_get_info (claim);
  gboolean            is_over = g_str_equal (info->state, "withdrawn");

  for (guint i = 0; info->receipts != NULL && info->receipts[i] != NULL; i++)
    {
      MilReceiptRecord *receipt = mil_session_find_receipt (self, info->receipts[i]);
      if (receipt == NULL)
        continue;
      mil_receipt_record_set_claim (receipt, is_over ? NULL : info->id, is_over ? NULL : info->state);
      mil_session_receipt_changed (self, receipt);
    }
}

/**
 * mil_session_load_claims: (skip)
 * @self: a session
 * @store: what the store held
 *
 * Brings back claims, newest first.
 */
void
mil_session_load_claims (MilSession *self, MilDocuments *store)
{
  g_autoptr (GListStore) oldest_first = g_list_store_new (MIL_TYPE_CLAIM);

  mil_session_load_records (store, MIL_KIND_CLAIM, MIL_TYPE_CLAIM, oldest_first);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (oldest_first)); i++)
    {
      g_autoptr (MilClaim) claim = g_list_model_get_item (G_LIST_MODEL (oldest_first), i);
      MilClaimInfo info = *mil_claim_get_info (claim);
      info.state_text = (char *) mil_claim_state_text (info.state);
      mil_record_set_value (MIL_RECORD (claim), &info);
      g_list_store_insert (self->claims, 0, claim);
    }
}

/* What the service says of a claim does not hold what only this device knows of it. */
static MilClaim *
merge (MilSession *self, MilClaim *answer)
{
  MilClaim    *known = mil_session_find_claim (self, mil_claim_get_info (answer)->id);
  MilClaimInfo info = *mil_claim_get_info (answer);

  if (known == NULL)
    {
      g_list_store_insert (self->claims, 0, answer);
      known = answer;
    }
  else
    {
      const MilClaimInfo *old = mil_claim_get_info (known);
      info.estimate_low = old->estimate_low;
      info.estimate_high = old->estimate_high;
      info.wallet_id = old->wallet_id;
      info.conflict = old->conflict;
      if (info.dispute_text == NULL && info.erased_at == 0)
        info.dispute_text = old->dispute_text;
      if (info.dispute_answer == NULL && info.erased_at == 0)
        info.dispute_answer = old->dispute_answer;
      if (!mil_date_is_set (info.export_by))
        info.export_by = old->export_by;
      if (!mil_money_is_set (info.total))
        info.total = old->total;
      if (info.shop == NULL)
        info.shop = old->shop;
      if (info.country == NULL)
        info.country = old->country;
      mil_record_set_value (MIL_RECORD (known), &info);
    }
  return known;
}

/* An event does not say what the operator wrote. */
static gboolean
lacks_answer (const MilClaimInfo *info)
{
  return info->dispute_outcome != NULL && info->dispute_answer == NULL && info->erased_at == 0;
}

static guint
n_events (const MilClaimInfo *info)
{
  return info->events != NULL ? g_list_model_get_n_items (G_LIST_MODEL (info->events)) : 0;
}

/* What happened to a claim becomes more and never less, whatever the service's clock says of when it was. */
static gboolean
is_behind (const MilClaimInfo *answer, const MilClaimInfo *known)
{
  guint n_told = n_events (answer);
  guint n_known = n_events (known);

  return n_told != n_known ? n_told < n_known : answer->updated_at < known->updated_at;
}

static void
take (MilSession *self, MilClaim *answer)
{
  MilClaim *known = mil_session_find_claim (self, mil_claim_get_info (answer)->id);

  if (known != NULL && is_behind (mil_claim_get_info (answer), mil_claim_get_info (known)))
    return;
  known = merge (self, answer);
  update_receipts (self, known);
  mil_session_queue_assess (self);
  mil_disown (save_claim (self, known), "keep a claim");
}

/**
 * mil_session_take_claim: (skip)
 * @self: a session
 * @json: a claim, as an event told it
 *
 * Takes a changed claim over.
 */
void
mil_session_take_claim (MilSession *self, JsonNode *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilClaim) claim = mil_answer_claim (json, &error);

  if (claim != NULL)
    {
      take (self, claim);
      if (lacks_answer (mil_claim_get_info (mil_session_find_claim (self, mil_claim_get_info (claim)->id))))
        mil_disown (mil_session_refresh_claims (self), "ask what the operator answered");
      return;
    }
  g_message ("A claim that changed was not understood: %s", error->message);
  mil_disown (mil_session_refresh_claims (self), "refresh the claims");
}

static DexFuture *
refresh_claims_fiber (gpointer data)
{
  MilSession *self = MIL_SESSION (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) json = mil_await_pointer (mil_client_get_json (self->client, "/v1/taxfree/claims", MIL_AUTH_SIGNED),
                                                 &error);
  g_autoptr (GPtrArray) claims = json != NULL ? mil_answer_claims (json, &error) : NULL;

  if (claims == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  for (guint i = 0; i < claims->len; i++)
    take (self, claims->pdata[i]);
  return dex_future_new_true ();
}

/**
 * mil_session_refresh_claims: (skip)
 * @self: a session
 *
 * Asks for the claims.
 *
 * Returns: (transfer full): a future that resolves when they are here
 */
DexFuture *
mil_session_refresh_claims (MilSession *self)
{
  return mil_spawn (refresh_claims_fiber, g_object_ref (self), g_object_unref);
}

/**
 * mil_session_claim_sent: (skip)
 * @self: a session
 * @id: id of the letter
 * @answer: what the service said
 *
 * Takes over what became of a claim that was sent.
 */
void
mil_session_claim_sent (MilSession *self, const char *id, JsonNode *answer)
{
  mil_session_take_claim (self, answer);
}

/* What was asked for is so already: by another device, or by this one before it forgot that it had sent it. */
static gboolean
is_done (const MilClaimInfo *info, const char *deed)
{
  static const struct
  {
    const char *deed;
    const char *states[4];
  } ends[] = {
    { "withdraw", { "withdrawn", "guarantee-charged", NULL } },
    { "dispute", { "disputed", "resolved", NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_equal (ends[i].deed, deed))
      return g_strv_contains (ends[i].states, info->state);
  return g_str_equal (deed, "erasure") && info->erased_at != 0;
}

/* Translators: %s is a state of a claim in words: "Confirmed by customs". */
static char *
conflict_text (const MilClaimInfo *info, const char *deed)
{
  if (g_str_equal (deed, "withdraw"))
    return g_strdup_printf (_ ("You withdrew this claim while there was no network, but it had moved on by "
                               "then: %s. It stands as it is."),
                            info->state_text);
  if (g_str_equal (deed, "dispute"))
    return g_strdup_printf (_ ("Your objection could not be taken; the claim had moved on by then: %s."), info->state_text);
  if (g_str_equal (deed, "erasure"))
    return g_strdup_printf (_ ("Your data could not be erased yet: %s."), info->state_text);
  return g_strdup_printf (_ ("The claim had moved on by then: %s."), info->state_text);
}

typedef struct
{
  MilSession *session; /* (owned) */
  char       *claim_id;
  char       *deed; /* (nullable): %NULL when it was sent */
  GError     *refusal;
} Conflict;

static void
conflict_free (gpointer data)
{
  Conflict *conflict = data;

  g_object_unref (conflict->session);
  g_free (conflict->claim_id);
  g_free (conflict->deed);
  g_clear_error (&conflict->refusal);
  g_free (conflict);
}

static void
claim_not_taken (MilSession *self, MilClaim *claim, const GError *error)
{
  MilClaimInfo info = *mil_claim_get_info (claim);

  info.state = (char *) "void";
  info.state_text = (char *) mil_claim_state_text (info.state);
  info.problem = error->message;
  mil_record_set_value (MIL_RECORD (claim), &info);
  for (guint i = 0; info.receipts != NULL && info.receipts[i] != NULL; i++)
    {
      MilReceiptRecord *receipt = mil_session_find_receipt (self, info.receipts[i]);
      if (receipt == NULL)
        continue;
      mil_receipt_record_set_claim (receipt, NULL, NULL);
      mil_session_receipt_changed (self, receipt);
    }
  mil_disown (save_claim (self, claim), "keep a claim");
}

/* What the service says of the claim stands; what was wanted here is said beside it. */
static DexFuture *
conflict_fiber (gpointer data)
{
  Conflict        *conflict = data;
  MilSession      *self = conflict->session;
  g_autofree char *path = g_strconcat ("/v1/taxfree/claims/", conflict->claim_id, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) json = mil_await_pointer (mil_client_get_json (self->client, path, MIL_AUTH_SIGNED), &error);
  MilClaim    *claim;
  MilClaimInfo info;

  /* While nobody says what became of the claim, nothing is: the letter waits. */
  if (json == NULL && !mil_outbox_is_refusal (error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (json != NULL)
    mil_session_take_claim (self, json);
  claim = mil_session_find_claim (self, conflict->claim_id);
  if (claim == NULL || conflict->deed == NULL)
    {
      if (claim != NULL && json == NULL)
        claim_not_taken (self, claim, conflict->refusal);
      return dex_future_new_true ();
    }
  info = *mil_claim_get_info (claim);
  if (is_done (&info, conflict->deed))
    return dex_future_new_true ();
  text = conflict_text (&info, conflict->deed);
  info.conflict = text;
  mil_record_set_value (MIL_RECORD (claim), &info);
  return save_claim (self, claim);
}

/* The claim and what was to be done to it: "/v1/taxfree/claims/ID/withdraw", or "/v1/taxfree/claims" and the
 * letter's id. */
static Conflict *
conflict_of (MilSession *self, const char *path, const char *id, const GError *error)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  Conflict *conflict = g_new0 (Conflict, 1);

  conflict->session = g_object_ref (self);
  conflict->claim_id = g_strdup (g_strv_length (parts) > 4 ? parts[4] : id);
  conflict->deed = g_strdup (g_strv_length (parts) > 5 ? parts[5] : NULL);
  conflict->refusal = g_error_copy (error);
  return conflict;
}

/**
 * mil_session_settle_refusal: (skip)
 * @id: id of the letter
 * @path: where the letter went
 * @refusal: why
 * @session: (type MilSession): a session
 *
 * Takes over that the service did not do what was asked. A claim that the service does not know says why it
 * was not taken, and its receipts can be claimed again. A claim that had moved on meanwhile stays as the
 * service says, and shows what came too late.
 *
 * Returns: (transfer full): a future that resolves when that is kept; it rejects when the service does not
 * say what became of the claim
 */
DexFuture *
mil_session_settle_refusal (const char *id, const char *path, const GError *refusal, gpointer session)
{
  dex_return_error_if_fail (id != NULL && path != NULL && refusal != NULL);
  dex_return_error_if_fail (MIL_IS_SESSION (session));

  return mil_spawn (conflict_fiber, conflict_of (session, path, id, refusal), conflict_free);
}

typedef struct
{
  MilSession *session; /* (owned) */
  JsonNode   *body;    /* (owned) */
  char       *person_id;
} Filling;

static void
filling_free (gpointer data)
{
  Filling *filling = data;

  g_object_unref (filling->session);
  json_node_unref (filling->body);
  g_free (filling->person_id);
  g_free (filling);
}

/* Where there is no keyring, or nothing in it, customs see the document itself; a locked one is waited for. */
static DexFuture *
fill_fiber (gpointer data)
{
  Filling *filling = data;
  MilPerson *person = mil_record_list_find (G_LIST_MODEL (filling->session->people), filling->person_id, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MilPersonal) personal = NULL;
  JsonObject *request = json_node_get_object (filling->body);
  JsonObject *purchase = json_array_get_object_element (json_object_get_array_member (request, "purchases"), 0);

  if (person != NULL)
    personal = mil_await_pointer (mil_session_lookup_personal (filling->session, person), &error);
  if (g_error_matches (error, MIL_ERROR, MIL_ERROR_KEYRING_LOCKED))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (personal != NULL)
    mil_claim_traveller_fill (json_object_get_object_member (request, "traveller"),
                              personal,
                              json_object_get_string_member_with_default (purchase, "country", NULL));
  return dex_future_new_take_boxed (JSON_TYPE_NODE, json_node_ref (filling->body));
}

/**
 * mil_session_fill_claim: (skip)
 * @body: a claim as it lies in the outbox
 * @person_id: who claims
 * @session: (type MilSession): a session
 *
 * Puts what the form asks for and the keyring alone has, the number of the person's document and the home
 * address, into a claim that is about to be sent.
 *
 * Returns: (transfer full): a future #JsonNode; %MIL_ERROR_KEYRING_LOCKED
 */
DexFuture *
mil_session_fill_claim (JsonNode *body, const char *person_id, gpointer session)
{
  Filling         *filling = g_new0 (Filling, 1);
  g_autofree char *text = json_to_string (body, FALSE);

  filling->session = g_object_ref (session);
  filling->body = json_from_string (text, NULL);
  filling->person_id = g_strdup (person_id);
  return mil_spawn (fill_fiber, filling, filling_free);
}

/* --- sending ------------------------------------------------------------------------------------ */

typedef struct
{
  MilSession *session;  /* (owned) */
  GPtrArray  *receipts; /* (owned) */
  MilWallet  *wallet;   /* (owned) */
  MilVerdict *verdict;  /* (owned) */
} Sending;

static void
sending_free (gpointer data)
{
  Sending *sending = data;

  g_object_unref (sending->session);
  g_ptr_array_unref (sending->receipts);
  g_clear_object (&sending->wallet);
  g_clear_pointer (&sending->verdict, mil_verdict_free);
  g_free (sending);
}

static void
add_string (JsonBuilder *builder, const char *member, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder, const char *member, gint64 value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, value);
}

static void
add_date (JsonBuilder *builder, const char *member, MilDate date)
{
  g_autofree char *text = mil_date_is_set (date) ? mil_date_to_string (date) : NULL;

  add_string (builder, member, text);
}

static void
add_purchase (JsonBuilder *builder, MilReceiptRecord *receipt)
{
  MilMoney    amount = mil_receipt_record_get_amount (receipt);
  const char *shop = mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_MERCHANT);
  const char *goods = mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_GOODS);

  json_builder_begin_object (builder);
  add_string (builder, "id", mil_receipt_record_get_id (receipt));
  add_string (builder, "country", mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_COUNTRY));
  add_string (builder, "shop", shop);
  add_string (builder, "vat_id", mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_VAT_ID));
  add_date (builder, "date", mil_receipt_record_get_date (receipt));
  if (mil_receipt_record_get_part_problem (receipt, MIL_RECEIPT_PART_TIME) == NULL)
    add_string (builder, "time", mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_TIME));
  add_string (builder, "currency", amount.currency);
  add_int (builder, "total", amount.minor);
  json_builder_set_member_name (builder, "lines");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  add_string (builder, "title", shop);
  add_string (builder, "category", goods != NULL && *goods != '\0' ? goods : "general");
  add_int (builder, "quantity", 1);
  add_int (builder, "total", amount.minor);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_trip (JsonBuilder *builder, MilSession *self, const char *country)
{
  const MilTripInfo *trip = self->current_trip != NULL ? mil_trip_get_info (self->current_trip) : NULL;
  MilDate            today = mil_session_get_today (self);

  json_builder_set_member_name (builder, "trip");
  json_builder_begin_object (builder);
  add_string (builder, "country", trip != NULL ? trip->country : country);
  add_date (builder, "leaves_on", trip != NULL && mil_date_is_set (trip->to) ? trip->to : today);
  json_builder_set_member_name (builder, "exit");
  json_builder_begin_object (builder);
  add_string (builder, "country", trip != NULL && trip->exit_country != NULL ? trip->exit_country : country);
  add_string (builder, "point", trip != NULL ? trip->exit_point : NULL);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_estimate (JsonBuilder *builder, const MilVerdict *verdict)
{
  json_builder_set_member_name (builder, "estimate");
  json_builder_begin_object (builder);
  add_int (builder, "low", verdict->refund_low.minor);
  add_int (builder, "high", verdict->refund_high.minor);
  add_string (builder, "currency", verdict->refund_low.currency);
  json_builder_end_object (builder);
}

/* The home currency where the wallet holds it, else what it holds first. */
static const char *
payout_currency (MilSession *self, MilWallet *wallet)
{
  GListModel *balances = G_LIST_MODEL (mil_wallet_get_info (wallet)->balances);
  g_autoptr (MilBalance) first = g_list_model_get_item (balances, 0);

  if (self->home_currency != NULL && mil_record_list_find (balances, self->home_currency, NULL) != NULL)
    return self->home_currency;
  return first != NULL ? mil_balance_get_info (first)->id : "EUR";
}

/* io.github.milione.taxfree, POST /v1/taxfree/claims. */
static JsonNode *
claim_body (Sending *sending, const char *id, MilPerson *person)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  MilSession *self = sending->session;
  const char *country = mil_receipt_record_get_text (sending->receipts->pdata[0], MIL_RECEIPT_PART_COUNTRY);

  json_builder_begin_object (builder);
  add_string (builder, "id", id);
  add_trip (builder, self, country);
  json_builder_set_member_name (builder, "traveller");
  mil_claim_traveller_write (builder, person != NULL ? mil_person_get_info (person) : NULL, self->home_country, country);
  json_builder_set_member_name (builder, "purchases");
  json_builder_begin_array (builder);
  for (guint i = 0; i < sending->receipts->len; i++)
    add_purchase (builder, sending->receipts->pdata[i]);
  json_builder_end_array (builder);
  add_string (builder, "scheme", sending->verdict->scheme);
  add_date (builder, "rule_valid_from", sending->verdict->rule_valid_from);
  add_estimate (builder, sending->verdict);
  json_builder_set_member_name (builder, "payout");
  json_builder_begin_object (builder);
  add_string (builder, "wallet_id", mil_wallet_get_info (sending->wallet)->id);
  add_string (builder, "currency", payout_currency (self, sending->wallet));
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static GStrv
receipt_ids (GPtrArray *receipts)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < receipts->len; i++)
    g_strv_builder_add (builder, mil_receipt_record_get_id (receipts->pdata[i]));
  return g_strv_builder_end (builder);
}

static MilClaim *
queued_claim (Sending *sending, const char *id)
{
  MilSession       *self = sending->session;
  MilReceiptRecord *first = sending->receipts->pdata[0];
  g_auto (GStrv) ids = receipt_ids (sending->receipts);
  MilClaimInfo info = {
    .id = (char *) id,
    .state = (char *) "queued",
    .state_text = (char *) mil_claim_state_text ("queued"),
    .scheme = sending->verdict->scheme,
    .shop = (char *) mil_receipt_record_get_text (first, MIL_RECEIPT_PART_MERCHANT),
    .country = (char *) mil_receipt_record_get_text (first, MIL_RECEIPT_PART_COUNTRY),
    .total = mil_receipt_record_get_amount (first),
    .estimate_low = sending->verdict->refund_low,
    .estimate_high = sending->verdict->refund_high,
    .export_by = sending->verdict->export_by,
    .receipts = ids,
    .wallet_id = mil_wallet_get_info (sending->wallet)->id,
    .created_at = mil_clock_now (self->clock),
  };
  g_autoptr (GListStore) events = g_list_store_new (MIL_TYPE_CLAIM_EVENT);

  for (guint i = 1; i < sending->receipts->len; i++)
    mil_money_add (info.total, mil_receipt_record_get_amount (sending->receipts->pdata[i]), &info.total, NULL);
  info.events = events;
  return mil_claim_new (&info);
}

/* The document's number and the address are in the keyring alone: they go into the letter when that is sent. */
static const char *
secret_of (Sending *sending, MilPerson *person)
{
  const MilPersonInfo *info = person != NULL ? mil_person_get_info (person) : NULL;
  const char *country = mil_receipt_record_get_text (sending->receipts->pdata[0], MIL_RECEIPT_PART_COUNTRY);

  return info != NULL && mil_claim_traveller_has_secret (info, country) ? info->id : NULL;
}

/* Claim, letter and receipts are on the disk together or not at all. */
static gboolean
write_claim (Sending *sending, MilClaim *claim, MilPerson *person, JsonNode *body, GError **error)
{
  MilSession *self = sending->session;
  const char *id = mil_claim_get_info (claim)->id;
  MilBatch   *batch = mil_batch_new ();
  g_autoptr (JsonNode) json = claim_json (claim);

  mil_batch_put (batch, MIL_KIND_CLAIM, id, json);
  mil_outbox_add_to_batch (self->outbox, batch, id, "/v1/taxfree/claims", body, secret_of (sending, person));
  for (guint i = 0; i < sending->receipts->len; i++)
    {
      MilReceiptRecord *receipt = sending->receipts->pdata[i];
      g_autoptr (JsonNode) saved = NULL;
      mil_receipt_record_set_claim (receipt, id, "queued");
      saved = mil_receipt_record_to_json (receipt);
      mil_batch_put (batch, MIL_KIND_RECEIPT, mil_receipt_record_get_id (receipt), saved);
    }
  return mil_await (mil_local_store_write (self->store, batch), error);
}

/**
 * mil_session_claimant:
 * @self: a session
 * @receipt: a receipt
 *
 * Returns: (transfer full) (nullable): who would claim for it; %NULL where nobody is on the trip
 */
MilPerson *
mil_session_claimant (MilSession *self, MilReceiptRecord *receipt)
{
  const MilVerdict *verdict = NULL;
  GListModel       *travellers = NULL;
  MilPerson        *person = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (self) && MIL_IS_RECEIPT_RECORD (receipt), NULL);

  if (self->current_trip == NULL)
    return NULL;
  verdict = mil_receipt_record_get_verdict (receipt);
  travellers = G_LIST_MODEL (mil_trip_get_info (self->current_trip)->travellers);
  if (verdict != NULL)
    person = mil_record_list_find (travellers, verdict->traveller, NULL);
  return person != NULL ? g_object_ref (person) : g_list_model_get_item (travellers, 0);
}

static DexFuture *
send_fiber (gpointer data)
{
  Sending    *sending = data;
  MilSession *self = sending->session;
  g_autoptr (GError) error = NULL;
  g_autoptr (MilPerson) person = mil_session_claimant (self, sending->receipts->pdata[0]);
  g_autofree char *id = mil_uuid_new (self->clock, self->random);
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (MilClaim) claim = NULL;

  body = claim_body (sending, id, person);
  claim = queued_claim (sending, id);
  if (!write_claim (sending, claim, person, body, &error))
    {
      for (guint i = 0; i < sending->receipts->len; i++)
        mil_receipt_record_set_claim (sending->receipts->pdata[i], NULL, NULL);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  if (mil_session_find_claim (self, id) == NULL)
    g_list_store_insert (self->claims, 0, claim);
  mil_session_queue_assess (self);
  mil_disown (mil_outbox_flush (self->outbox), "send what waits");
  return dex_future_new_take_object (g_steal_pointer (&claim));
}

/**
 * mil_session_send_claim:
 * @self: a session
 * @receipts: (element-type MilReceiptRecord): what to claim for: receipts that are ready and stand on one
 *   form (see the `purchases` of their verdict)
 * @wallet: (nullable): where the refund is to go; %NULL for the first one
 *
 * Claims the tax back. The claim is on the disk when the future resolves, and is sent as soon as the
 * service can be reached; its `state` tells.
 *
 * Returns: (transfer full): a future #MilClaim; %MIL_ERROR_INVALID for a receipt that is not ready, or
 *   where there is no wallet
 */
DexFuture *
mil_session_send_claim (MilSession *self, GPtrArray *receipts, MilWallet *wallet)
{
  Sending *sending = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (receipts != NULL && receipts->len > 0);
  dex_return_error_if_fail (wallet == NULL || MIL_IS_WALLET (wallet));

  for (guint i = 0; i < receipts->len; i++)
    if (mil_receipt_record_get_section (receipts->pdata[i]) != MIL_SECTION_READY)
      return mil_future_reject (MIL_ERROR_INVALID, _ ("One of these receipts cannot be claimed yet. Check what it says."));
  if (wallet == NULL && g_list_model_get_n_items (G_LIST_MODEL (self->wallets)) == 0)
    return mil_future_reject (MIL_ERROR_INVALID,
                              _ ("There is no wallet yet that the refund could go to. Create one first."));
  sending = g_new0 (Sending, 1);
  sending->session = g_object_ref (self);
  sending->receipts = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < receipts->len; i++)
    g_ptr_array_add (sending->receipts, g_object_ref (receipts->pdata[i]));
  sending->wallet = wallet != NULL ? g_object_ref (wallet) : g_list_model_get_item (G_LIST_MODEL (self->wallets), 0);
  sending->verdict = mil_verdict_copy (mil_receipt_record_get_verdict (receipts->pdata[0]));
  return mil_spawn (send_fiber, sending, sending_free);
}

/* Something done to a claim; it waits in the outbox where the network is away. */
static DexFuture *
post_deed (MilSession *self, MilClaim *claim, const char *deed, const char *text)
{
  g_autofree char *id = mil_uuid_new (self->clock, self->random);
  g_autofree char *path = g_strdup_printf ("/v1/taxfree/claims/%s/%s", mil_claim_get_info (claim)->id, deed);
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();

  if (text != NULL)
    json_object_set_string_member (object, "text", text);
  json_node_set_object (body, object);
  return mil_outbox_post (self->outbox, id, path, body);
}

/**
 * mil_session_withdraw_claim:
 * @self: a session
 * @claim: one of its claims
 *
 * Takes a claim back; that too waits in the outbox where the network is away.
 *
 * Returns: (transfer full): a future that resolves when that is on the disk
 */
DexFuture *
mil_session_withdraw_claim (MilSession *self, MilClaim *claim)
{
  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_CLAIM (claim));

  return post_deed (self, claim, "withdraw", NULL);
}

/**
 * mil_session_dispute_claim:
 * @self: a session
 * @claim: a claim that ended otherwise than it should have
 * @text: what is not right, in the person's words
 *
 * Objects to how a claim ended; the operator answers. It waits in the outbox where the network is away.
 *
 * Returns: (transfer full): a future that resolves when that is on the disk
 */
DexFuture *
mil_session_dispute_claim (MilSession *self, MilClaim *claim, const char *text)
{
  MilClaimInfo info;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_CLAIM (claim));
  dex_return_error_if_fail (text != NULL);

  info = *mil_claim_get_info (claim);
  info.dispute_text = (char *) text;
  mil_record_set_value (MIL_RECORD (claim), &info);
  mil_disown (save_claim (self, claim), "keep a claim");
  return post_deed (self, claim, "dispute", text);
}

/**
 * mil_session_erase_claim:
 * @self: a session
 * @claim: a claim that is over
 *
 * Asks the service to forget who made a claim. It waits in the outbox where the network is away.
 *
 * Returns: (transfer full): a future that resolves when that is on the disk
 */
DexFuture *
mil_session_erase_claim (MilSession *self, MilClaim *claim)
{
  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_CLAIM (claim));

  return post_deed (self, claim, "erasure", NULL);
}

/**
 * mil_session_forget_conflict:
 * @self: a session
 * @claim: one of its claims
 *
 * The person has read what came too late.
 */
void
mil_session_forget_conflict (MilSession *self, MilClaim *claim)
{
  MilClaimInfo info;

  g_return_if_fail (MIL_IS_SESSION (self));
  g_return_if_fail (MIL_IS_CLAIM (claim));

  info = *mil_claim_get_info (claim);
  info.conflict = NULL;
  mil_record_set_value (MIL_RECORD (claim), &info);
  mil_disown (save_claim (self, claim), "keep a claim");
}

/**
 * mil_session_get_claims:
 * @self: a session
 *
 * Returns: (transfer none): a list of #MilClaim, newest first
 */
GListModel *
mil_session_get_claims (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return G_LIST_MODEL (self->claims);
}

/**
 * mil_session_find_claim:
 * @self: a session
 * @claim_id: (nullable): a claim
 *
 * Returns: (transfer none) (nullable): that claim
 */
MilClaim *
mil_session_find_claim (MilSession *self, const char *claim_id)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return mil_record_list_find (G_LIST_MODEL (self->claims), claim_id, NULL);
}
