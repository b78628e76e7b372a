/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-attempt.h"

#include "base/mil-error.h"
#include "base/mil-json.h"
#include "base/mil-key.h"
#include "pay/mil-challenge.h"
#include "traveller/mil-answers.h"

#include <glib/gi18n.h>

#define ID 200
#define NAME 400
#define MAX_LEGS 100
#define HANDLER_ID "milione-wallet"
#define HANDLER_TYPE "io.github.milione.wallet"

static void
leg_free (gpointer data)
{
  MilAttemptLeg *leg = data;

  g_free (leg->store_id);
  g_free (leg->endpoint);
  g_free (leg->checkout_id);
  g_free (leg->payee);
  g_free (leg->create_key);
  g_free (leg->complete_key);
  g_free (leg->token);
  g_free (leg->rate);
  g_free (leg);
}

/**
 * mil_attempt_new:
 * @clock: for ids
 * @random: for ids
 * @wallet_id: what is paid from
 *
 * Returns: (transfer full): an attempt with all its idempotency keys
 */
MilAttempt *
mil_attempt_new (MilClock *clock, MilRandom *random, const char *wallet_id)
{
  MilAttempt *self = NULL;

  g_return_val_if_fail (wallet_id != NULL, NULL);

  self = g_new0 (MilAttempt, 1);
  self->id = mil_uuid_new (clock, random);
  self->wallet_id = g_strdup (wallet_id);
  self->quote_key = mil_uuid_new (clock, random);
  self->group_key = mil_uuid_new (clock, random);
  self->authorise_key = mil_uuid_new (clock, random);
  self->commit_key = mil_uuid_new (clock, random);
  self->void_key = mil_uuid_new (clock, random);
  self->legs = g_ptr_array_new_with_free_func (leg_free);
  return self;
}

/**
 * mil_attempt_free:
 * @self: (transfer full): an attempt
 *
 * Frees it.
 */
void
mil_attempt_free (MilAttempt *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->legs);
  g_free (self->id);
  g_free (self->wallet_id);
  g_free (self->quote_id);
  g_free (self->group_id);
  g_free (self->nonce);
  g_free (self->challenge);
  g_free (self->quote_key);
  g_free (self->group_key);
  g_free (self->authorise_key);
  g_free (self->commit_key);
  g_free (self->void_key);
  g_free (self);
}

/**
 * mil_attempt_add_leg:
 * @self: an attempt
 * @clock: for ids
 * @random: for ids
 * @store_id: which store
 * @endpoint: where its commerce endpoints start
 *
 * Returns: (transfer none): a new store of it
 */
MilAttemptLeg *
mil_attempt_add_leg (MilAttempt *self, MilClock *clock, MilRandom *random, const char *store_id, const char *endpoint)
{
  MilAttemptLeg *leg = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  leg = g_new0 (MilAttemptLeg, 1);
  leg->store_id = g_strdup (store_id);
  leg->endpoint = g_strdup (endpoint);
  leg->create_key = mil_uuid_new (clock, random);
  leg->complete_key = mil_uuid_new (clock, random);
  g_ptr_array_add (self->legs, leg);
  return leg;
}

/**
 * mil_attempt_find_leg:
 * @self: an attempt
 * @checkout_id: a checkout
 *
 * Returns: (transfer none) (nullable): the store that it is of
 */
MilAttemptLeg *
mil_attempt_find_leg (MilAttempt *self, const char *checkout_id)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->legs->len; i++)
    {
      MilAttemptLeg *leg = self->legs->pdata[i];
      if (g_strcmp0 (leg->checkout_id, checkout_id) == 0)
        return leg;
    }
  return NULL;
}

/* --- JSON --------------------------------------------------------------------------------------- */

static void
add_string (JsonBuilder *builder, const char *member, const char *value)
{
  if (value == NULL)
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
add_money (JsonBuilder *builder, const char *member, MilMoney money)
{
  if (!mil_money_is_set (money))
    return;
  if (member != NULL)
    json_builder_set_member_name (builder, member);
  json_builder_begin_object (builder);
  add_int (builder, "amount", money.minor);
  add_string (builder, "currency", money.currency);
  json_builder_end_object (builder);
}

static void
add_leg (JsonBuilder *builder, MilAttemptLeg *leg)
{
  json_builder_begin_object (builder);
  add_string (builder, "store_id", leg->store_id);
  add_string (builder, "endpoint", leg->endpoint);
  add_string (builder, "checkout_id", leg->checkout_id);
  add_string (builder, "create_key", leg->create_key);
  add_string (builder, "complete_key", leg->complete_key);
  add_money (builder, "amount", leg->amount);
  add_money (builder, "pay", leg->pay);
  json_builder_end_object (builder);
}

/**
 * mil_attempt_to_json:
 * @self: an attempt
 *
 * Returns: (transfer full): what has to be known after a crash; credentials are not among it
 */
JsonNode *
mil_attempt_to_json (MilAttempt *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  json_builder_begin_object (builder);
  add_string (builder, "id", self->id);
  add_int (builder, "phase", self->phase);
  add_string (builder, "wallet_id", self->wallet_id);
  add_string (builder, "quote_id", self->quote_id);
  add_string (builder, "group_id", self->group_id);
  add_string (builder, "quote_key", self->quote_key);
  add_string (builder, "group_key", self->group_key);
  add_string (builder, "authorise_key", self->authorise_key);
  add_string (builder, "commit_key", self->commit_key);
  add_string (builder, "void_key", self->void_key);
  json_builder_set_member_name (builder, "legs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->legs->len; i++)
    add_leg (builder, self->legs->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/**
 * mil_attempt_new_from_json:
 * @json: what mil_attempt_to_json() made
 * @error: what is wrong with it
 *
 * Returns: (transfer full) (nullable): an attempt to be finished or voided
 */
MilAttempt *
mil_attempt_new_from_json (JsonNode *json, GError **error)
{
  g_autoptr (MilJson) reader = NULL;
  g_autoptr (MilAttempt) self = NULL;
  guint n = 0;

  g_return_val_if_fail (json != NULL, NULL);

  reader = mil_json_new (json);
  self = g_new0 (MilAttempt, 1);
  self->legs = g_ptr_array_new_with_free_func (leg_free);
  self->id = g_strdup (mil_json_string (reader, "id", ID));
  self->phase = mil_json_int (reader, "phase", MIL_ATTEMPT_PREPARING, MIL_ATTEMPT_VOIDING);
  self->wallet_id = g_strdup (mil_json_string (reader, "wallet_id", ID));
  self->quote_id = g_strdup (mil_json_string_optional (reader, "quote_id", ID));
  self->group_id = g_strdup (mil_json_string_optional (reader, "group_id", ID));
  self->quote_key = g_strdup (mil_json_string (reader, "quote_key", ID));
  self->group_key = g_strdup (mil_json_string (reader, "group_key", ID));
  self->authorise_key = g_strdup (mil_json_string (reader, "authorise_key", ID));
  self->commit_key = g_strdup (mil_json_string (reader, "commit_key", ID));
  self->void_key = g_strdup (mil_json_string (reader, "void_key", ID));
  n = mil_json_enter_array (reader, "legs", MAX_LEGS);
  for (guint i = 0; i < n; i++)
    {
      MilAttemptLeg *leg = g_new0 (MilAttemptLeg, 1);
      mil_json_enter_item (reader, i);
      leg->store_id = g_strdup (mil_json_string (reader, "store_id", ID));
      leg->endpoint = g_strdup (mil_json_string (reader, "endpoint", NAME));
      leg->checkout_id = g_strdup (mil_json_string_optional (reader, "checkout_id", ID));
      leg->create_key = g_strdup (mil_json_string (reader, "create_key", ID));
      leg->complete_key = g_strdup (mil_json_string (reader, "complete_key", ID));
      leg->amount = mil_answer_money_optional (reader, "amount");
      leg->pay = mil_answer_money_optional (reader, "pay");
      g_ptr_array_add (self->legs, leg);
      mil_json_leave (reader);
    }
  mil_json_leave (reader);
  return mil_json_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}

/* --- the store's checkout: UCP 2026-04-08, checkout.json ------------------------------------------ */

/**
 * mil_attempt_read_checkout:
 * @leg: a store of an attempt
 * @json: its checkout
 * @error: what is wrong with it
 *
 * Takes the store's own sums over.
 *
 * Returns: whether it could be read and can be completed
 */
gboolean
mil_attempt_read_checkout (MilAttemptLeg *leg, JsonNode *json, GError **error)
{
  g_autoptr (MilJson) reader = NULL;
  g_autofree char *currency = NULL;
  guint            n = 0;

  g_return_val_if_fail (leg != NULL && json != NULL, FALSE);

  reader = mil_json_new (json);
  g_set_str (&leg->checkout_id, mil_json_string (reader, "id", ID));
  currency = g_strdup (mil_json_string (reader, "currency", 3));
  if (strlen (currency) != 3)
    mil_json_fail (reader, "currency", "expected an ISO 4217 code");
  n = mil_json_enter_array (reader, "totals", 50);
  leg->amount = leg->subtotal = leg->delivery = leg->tax = mil_money (0, strlen (currency) == 3 ? currency : "XXX");
  for (guint i = 0; i < n; i++)
    {
      const char *type = NULL;
      gint64      amount = 0;
      mil_json_enter_item (reader, i);
      type = mil_json_string (reader, "type", ID);
      amount = mil_json_int (reader, "amount", -G_MAXINT64, G_MAXINT64);
      if (g_str_equal (type, "subtotal"))
        leg->subtotal.minor = amount;
      else if (g_str_equal (type, "fulfillment"))
        leg->delivery.minor = amount;
      else if (g_str_equal (type, "tax"))
        leg->tax.minor = amount;
      else if (g_str_equal (type, "total"))
        leg->amount.minor = amount;
      mil_json_leave (reader);
    }
  mil_json_leave (reader);
  return mil_json_finish (reader, error);
}

/**
 * mil_attempt_complete_body:
 * @leg: a store of an attempt, with its credential
 *
 * Returns: (transfer full): what completes its checkout
 */
JsonNode *
mil_attempt_complete_body (MilAttemptLeg *leg)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (leg != NULL && leg->token != NULL, NULL);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "payment");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "instruments");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  add_string (builder, "id", "wallet");
  add_string (builder, "handler_id", HANDLER_ID);
  add_string (builder, "type", HANDLER_TYPE);
  json_builder_set_member_name (builder, "credential");
  json_builder_begin_object (builder);
  add_string (builder, "type", "token");
  add_string (builder, "token", leg->token);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* --- frozen rates: io.github.milione.fx ---------------------------------------------------------- */

/**
 * mil_attempt_quote_body:
 * @self: an attempt whose checkouts are read
 * @pay_currency: ISO 4217 code of what the wallet pays in
 *
 * Returns: (transfer full): what asks for a quote
 */
JsonNode *
mil_attempt_quote_body (MilAttempt *self, const char *pay_currency)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (self != NULL && pay_currency != NULL, NULL);

  json_builder_begin_object (builder);
  add_string (builder, "pay_currency", pay_currency);
  json_builder_set_member_name (builder, "amounts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->legs->len; i++)
    add_money (builder, NULL, ((MilAttemptLeg *) self->legs->pdata[i])->amount);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static gboolean
disagree (GError **error)
{
  mil_error_set (error,
                 MIL_ERROR_PROTOCOL,
                 _ ("The wallet service names other amounts than the stores do, so nothing was signed and "
                    "nothing was paid."));
  return FALSE;
}

/**
 * mil_attempt_read_quote:
 * @self: an attempt
 * @json: the quote
 * @error: what is wrong with it; %MIL_ERROR_PROTOCOL too where it is for other amounts
 *
 * Takes the frozen rates over.
 *
 * Returns: whether it is for what was asked
 */
gboolean
mil_attempt_read_quote (MilAttempt *self, JsonNode *json, GError **error)
{
  g_autoptr (MilJson) reader = NULL;
  gboolean same = TRUE;
  MilMoney sum = { 0 };
  guint    n = 0;

  g_return_val_if_fail (self != NULL && json != NULL, FALSE);

  reader = mil_json_new (json);
  g_set_str (&self->quote_id, mil_json_string (reader, "id", ID));
  self->quote_expires_at = mil_json_instant (reader, "expires_at");
  self->total = mil_answer_money (reader, "total");
  sum = mil_money (0, self->total.currency);
  n = mil_json_enter_array (reader, "legs", MAX_LEGS);
  same = n == self->legs->len;
  for (guint i = 0; i < MIN (n, self->legs->len); i++)
    {
      MilAttemptLeg *leg = self->legs->pdata[i];
      mil_json_enter_item (reader, i);
      same = mil_money_equal (mil_answer_money (reader, "amount"), leg->amount) && same;
      g_set_str (&leg->rate, mil_json_string (reader, "rate", 40));
      leg->pay = mil_answer_money (reader, "pay");
      same = !mil_json_failed (reader) && mil_money_add (sum, leg->pay, &sum, NULL) && same;
      mil_json_leave (reader);
    }
  mil_json_leave (reader);
  if (!mil_json_finish (reader, error))
    return FALSE;
  return (same && mil_money_equal (sum, self->total)) || disagree (error);
}

/* --- the payment group: io.github.milione.wallet --------------------------------------------------- */

/**
 * mil_attempt_group_body:
 * @self: an attempt with a quote
 *
 * Returns: (transfer full): what proposes the payment group
 */
JsonNode *
mil_attempt_group_body (MilAttempt *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  json_builder_begin_object (builder);
  add_string (builder, "wallet_id", self->wallet_id);
  add_string (builder, "quote_id", self->quote_id);
  json_builder_set_member_name (builder, "authorisations");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->legs->len; i++)
    {
      MilAttemptLeg *leg = self->legs->pdata[i];
      json_builder_begin_object (builder);
      add_string (builder, "store_id", leg->store_id);
      add_string (builder, "checkout_id", leg->checkout_id);
      add_money (builder, "amount", leg->amount);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/**
 * mil_attempt_read_group:
 * @self: an attempt
 * @json: the group, as the service proposes it
 * @error: what is wrong with it; %MIL_ERROR_PROTOCOL too where it is for other amounts
 *
 * Takes payees, nonce and challenge over, after comparing every amount.
 *
 * Returns: whether it is for what was asked
 */
gboolean
mil_attempt_read_group (MilAttempt *self, JsonNode *json, GError **error)
{
  g_autoptr (MilJson) reader = NULL;
  gboolean same = TRUE;
  guint    n = 0;

  g_return_val_if_fail (self != NULL && json != NULL, FALSE);

  reader = mil_json_new (json);
  g_set_str (&self->group_id, mil_json_string (reader, "id", ID));
  g_set_str (&self->nonce, mil_json_string (reader, "nonce", NAME));
  g_set_str (&self->challenge, mil_json_string (reader, "challenge", ID));
  self->group_expires_at = mil_json_instant (reader, "expires_at");
  same = mil_money_equal (mil_answer_money (reader, "total"), self->total);
  n = mil_json_enter_array (reader, "authorisations", MAX_LEGS);
  same = same && n == self->legs->len;
  for (guint i = 0; i < n; i++)
    {
      MilAttemptLeg *leg = NULL;
      mil_json_enter_item (reader, i);
      leg = mil_attempt_find_leg (self, mil_json_string (reader, "checkout_id", ID));
      same = same && leg != NULL && leg == self->legs->pdata[i]
             && g_str_equal (leg->store_id, mil_json_string (reader, "store_id", ID))
             && mil_money_equal (mil_answer_money (reader, "amount"), leg->amount)
             && mil_money_equal (mil_answer_money (reader, "pay"), leg->pay);
      if (leg != NULL)
        g_set_str (&leg->payee, mil_json_string (reader, "payee", NAME));
      mil_json_leave (reader);
    }
  mil_json_leave (reader);
  if (!mil_json_finish (reader, error))
    return FALSE;
  return same || disagree (error);
}

/**
 * mil_attempt_challenge:
 * @self: an attempt with a group
 * @error: %MIL_ERROR_PROTOCOL where the service would have something else signed
 *
 * Works out what is to be signed from the numbers that the traveller was shown, and compares it with
 * what the service says.
 *
 * Returns: (transfer full) (nullable): 32 bytes, the SHA-256 of the canonical JSON
 */
GBytes *
mil_attempt_challenge (MilAttempt *self, GError **error)
{
  g_autofree MilChallengeLeg *legs = NULL;
  g_autoptr (GBytes) digest = NULL;
  g_autofree char *text = NULL;
  MilChallenge     whole = { 0 };

  g_return_val_if_fail (self != NULL && self->group_id != NULL, NULL);

  legs = g_new0 (MilChallengeLeg, self->legs->len);
  for (guint i = 0; i < self->legs->len; i++)
    {
      MilAttemptLeg *leg = self->legs->pdata[i];
      legs[i] = (MilChallengeLeg) { leg->store_id, leg->payee, leg->checkout_id, leg->amount, leg->pay };
    }
  whole = (MilChallenge) { .group_id = self->group_id,
                           .wallet_id = self->wallet_id,
                           .quote_id = self->quote_id,
                           .nonce = self->nonce,
                           .expires_at = self->group_expires_at,
                           .total = self->total,
                           .legs = legs,
                           .n_legs = self->legs->len };
  if (!mil_challenge_check (&whole, error))
    return NULL;
  digest = mil_challenge_digest (&whole);
  text = mil_base64url_encode (g_bytes_get_data (digest, NULL), g_bytes_get_size (digest));
  if (g_strcmp0 (text, self->challenge) == 0)
    return g_steal_pointer (&digest);
  disagree (error);
  return NULL;
}

/**
 * mil_attempt_read_credentials:
 * @self: an attempt
 * @json: answer to the signature
 * @error: what is wrong with it
 *
 * Takes the one-use credentials over.
 *
 * Returns: whether there is one for each store
 */
gboolean
mil_attempt_read_credentials (MilAttempt *self, JsonNode *json, GError **error)
{
  g_autoptr (MilJson) reader = NULL;
  guint n = 0;

  g_return_val_if_fail (self != NULL && json != NULL, FALSE);

  reader = mil_json_new (json);
  n = mil_json_enter_array (reader, "credentials", MAX_LEGS);
  for (guint i = 0; i < n; i++)
    {
      MilAttemptLeg *leg = NULL;
      mil_json_enter_item (reader, i);
      leg = mil_attempt_find_leg (self, mil_json_string (reader, "checkout_id", ID));
      if (leg != NULL)
        g_set_str (&leg->token, mil_json_string (reader, "token", 500));
      mil_json_leave (reader);
    }
  mil_json_leave (reader);
  if (!mil_json_finish (reader, error))
    return FALSE;
  for (guint i = 0; i < self->legs->len; i++)
    if (((MilAttemptLeg *) self->legs->pdata[i])->token == NULL)
      return disagree (error);
  return TRUE;
}
