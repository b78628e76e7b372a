/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/wallet/mil-payment-group.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/mil-json.h"
#include "pay/mil-challenge.h"
#include "service/ledger/mil-ledger.h"
#include "service/wallet/mil-build.h"
#include "service/wallet/mil-order.h"
#include "service/wallet/mil-wallet.h"

#define SERVICE "milione"

/* How long a basket may take from the proposal to the capture. */
#define GROUP_TIME (10 * 60 * G_USEC_PER_SEC)
#define MAX_AUTHORISATIONS 50
#define EXPIRE_AT_ONCE 50
#define NONCE_BYTES 16
#define TOKEN_BYTES 32

/* One row of authorisations, and what it still needs on its way. */
typedef struct
{
  char    *store_id;
  char    *payee;
  char    *store_name;
  char    *checkout_id;
  char    *state;
  char    *hold_id;
  char    *order_id;
  MilMoney amount;
  MilMoney pay;
  gint64   spread;
} Authorisation;

/* One row of payment_groups with its authorisations. */
typedef struct
{
  char      *id;
  char      *owner;
  char      *wallet_id;
  char      *quote_id;
  char      *state;
  char      *nonce;
  MilMoney   total;
  gint64     expires_at;
  GPtrArray *authorisations;
} Group;

static void
authorisation_free (Authorisation *self)
{
  g_free (self->store_id);
  g_free (self->payee);
  g_free (self->store_name);
  g_free (self->checkout_id);
  g_free (self->state);
  g_free (self->hold_id);
  g_free (self->order_id);
  g_free (self);
}

static void
group_free (Group *self)
{
  g_free (self->id);
  g_free (self->owner);
  g_free (self->wallet_id);
  g_free (self->quote_id);
  g_free (self->state);
  g_free (self->nonce);
  g_ptr_array_unref (self->authorisations);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Group, group_free)

static gboolean
load_authorisations (MilTx *tx, Group *group, GError **error)
{
  g_autoptr (MilRows) rows = NULL;

  rows = mil_tx_query (
      tx,
      error,
      "SELECT a.store_id, a.payee, s.name, a.checkout_id, a.state, a.hold_id, a.order_id, a.currency,"
      " a.amount, a.pay_currency, a.pay_amount, a.spread_amount FROM authorisations a"
      " JOIN stores s ON s.id = a.store_id WHERE a.group_id = $1 ORDER BY a.position",
      "t",
      group->id);
  if (rows == NULL)
    return FALSE;
  while (mil_rows_next (rows))
    {
      Authorisation *authorisation = g_new0 (Authorisation, 1);

      authorisation->store_id = g_strdup (mil_rows_text (rows, 0));
      authorisation->payee = g_strdup (mil_rows_text (rows, 1));
      authorisation->store_name = g_strdup (mil_rows_text (rows, 2));
      authorisation->checkout_id = g_strdup (mil_rows_text (rows, 3));
      authorisation->state = g_strdup (mil_rows_text (rows, 4));
      authorisation->hold_id = g_strdup (mil_rows_text (rows, 5));
      authorisation->order_id = g_strdup (mil_rows_text (rows, 6));
      authorisation->amount = mil_money (mil_rows_int (rows, 8), mil_rows_text (rows, 7));
      authorisation->pay = mil_money (mil_rows_int (rows, 10), mil_rows_text (rows, 9));
      authorisation->spread = mil_rows_int (rows, 11);
      g_ptr_array_add (group->authorisations, authorisation);
    }
  return TRUE;
}

static Group *
load_group (MilTx *tx, const char *owner, const char *group_id, GError **error)
{
  g_autoptr (Group) group = NULL;
  g_autoptr (MilRows) row = NULL;

  row = mil_tx_query_one (
      tx,
      error,
      _ ("There is no such payment."),
      "SELECT id, owner, wallet_id, quote_id, state, nonce, pay_currency, pay_total, expires_at"
      " FROM payment_groups WHERE id = $1 AND owner = $2",
      "tt",
      group_id,
      owner);
  if (row == NULL)
    return NULL;
  group = g_new0 (Group, 1);
  group->authorisations = g_ptr_array_new_with_free_func ((GDestroyNotify) authorisation_free);
  group->id = g_strdup (mil_rows_text (row, 0));
  group->owner = g_strdup (mil_rows_text (row, 1));
  group->wallet_id = g_strdup (mil_rows_text (row, 2));
  group->quote_id = g_strdup (mil_rows_text (row, 3));
  group->state = g_strdup (mil_rows_text (row, 4));
  group->nonce = g_strdup (mil_rows_text (row, 5));
  group->total = mil_money (mil_rows_int (row, 7), mil_rows_text (row, 6));
  group->expires_at = mil_rows_int (row, 8);
  return load_authorisations (tx, group, error) ? g_steal_pointer (&group) : NULL;
}

static gboolean
is_state (const Group *group, const char *state)
{
  return g_str_equal (group->state, state);
}

/* --- The challenge and the wire ------------------------------------------------------------- */

/* What the traveller signs: from the service's own rows, never from what a client sent. `legs` has room
 * for all authorisations. */
static MilChallenge
challenge (const Group *group, MilChallengeLeg *legs)
{
  for (guint i = 0; i < group->authorisations->len; i++)
    {
      Authorisation *authorisation = g_ptr_array_index (group->authorisations, i);

      legs[i] = (MilChallengeLeg) { .store_id = authorisation->store_id,
                                    .payee = authorisation->payee,
                                    .checkout_id = authorisation->checkout_id,
                                    .amount = authorisation->amount,
                                    .pay = authorisation->pay };
    }
  return (MilChallenge) { .group_id = group->id,
                          .wallet_id = group->wallet_id,
                          .quote_id = group->quote_id,
                          .nonce = group->nonce,
                          .expires_at = group->expires_at,
                          .total = group->total,
                          .legs = legs,
                          .n_legs = group->authorisations->len };
}

static void
build_authorisation (JsonBuilder *builder, const Authorisation *authorisation)
{
  json_builder_begin_object (builder);
  mil_build_text (builder, "store_id", authorisation->store_id);
  mil_build_text (builder, "payee", authorisation->payee);
  mil_build_text (builder, "checkout_id", authorisation->checkout_id);
  mil_build_text (builder, "state", authorisation->state);
  mil_build_money (builder, "amount", authorisation->amount);
  mil_build_money (builder, "pay", authorisation->pay);
  mil_build_text (builder, "order_id", authorisation->order_id);
  json_builder_end_object (builder);
}

static void
build_orders (JsonBuilder *builder, const Group *group)
{
  json_builder_set_member_name (builder, "orders");
  json_builder_begin_array (builder);
  for (guint i = 0; i < group->authorisations->len; i++)
    {
      Authorisation *authorisation = g_ptr_array_index (group->authorisations, i);

      if (authorisation->order_id == NULL)
        continue;
      json_builder_begin_object (builder);
      mil_build_text (builder, "checkout_id", authorisation->checkout_id);
      mil_build_text (builder, "order_id", authorisation->order_id);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* `tokens`: the credentials in the order of the authorisations, told once. */
static JsonNode *
group_to_json (const Group *group, GStrv tokens)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autofree MilChallengeLeg *legs = g_new0 (MilChallengeLeg, group->authorisations->len);
  MilChallenge                whole = challenge (group, legs);
  g_autoptr (GBytes) digest = mil_challenge_digest (&whole);
  g_autofree char *encoded = mil_base64url_encode (g_bytes_get_data (digest, NULL), g_bytes_get_size (digest));

  json_builder_begin_object (builder);
  mil_build_text (builder, "id", group->id);
  mil_build_text (builder, "wallet_id", group->wallet_id);
  mil_build_text (builder, "quote_id", group->quote_id);
  mil_build_text (builder, "state", group->state);
  mil_build_instant (builder, "expires_at", group->expires_at);
  mil_build_text (builder, "nonce", group->nonce);
  mil_build_money (builder, "total", group->total);
  mil_build_text (builder, "challenge", encoded);
  json_builder_set_member_name (builder, "authorisations");
  json_builder_begin_array (builder);
  for (guint i = 0; i < group->authorisations->len; i++)
    build_authorisation (builder, g_ptr_array_index (group->authorisations, i));
  json_builder_end_array (builder);
  build_orders (builder, group);
  if (tokens != NULL)
    {
      json_builder_set_member_name (builder, "credentials");
      json_builder_begin_array (builder);
      for (guint i = 0; i < group->authorisations->len; i++)
        {
          Authorisation *authorisation = g_ptr_array_index (group->authorisations, i);

          json_builder_begin_object (builder);
          mil_build_text (builder, "checkout_id", authorisation->checkout_id);
          mil_build_text (builder, "token", tokens[i]);
          json_builder_end_object (builder);
        }
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/**
 * mil_payment_group_get:
 * @tx: the transaction
 * @owner: the traveller
 * @group_id: a group
 * @error: (optional): %MIL_ERROR_NOT_FOUND when it is not theirs, or as for mil_tx_exec()
 *
 * Returns: (transfer full) (nullable): `{"id","wallet_id","quote_id","state","expires_at","nonce","total",
 *   "challenge","authorisations":[{"store_id","payee","checkout_id","state","amount","pay","order_id"}…],
 *   "orders":[{"checkout_id","order_id"}…]}`
 */
JsonNode *
mil_payment_group_get (MilTx *tx, const char *owner, const char *group_id, GError **error)
{
  g_autoptr (Group) group = NULL;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (owner != NULL && group_id != NULL, NULL);

  group = load_group (tx, owner, group_id, error);
  return group != NULL ? group_to_json (group, NULL) : NULL;
}

/* Tells the owner what became of the group and of the wallet. */
static JsonNode *
tell_and_answer (MilTx *tx, const Group *group, GStrv tokens, GError **error)
{
  g_autoptr (JsonNode) node = mil_payment_group_get (tx, group->owner, group->id, error);
  g_autoptr (Group) now = NULL;

  if (node == NULL || mil_tx_append_event (tx, group->owner, "group.changed", group->id, node, error) == 0
      || !mil_wallet_changed (tx, group->owner, group->wallet_id, error))
    return NULL;
  if (tokens == NULL)
    return g_steal_pointer (&node);
  now = load_group (tx, group->owner, group->id, error);
  return now != NULL ? group_to_json (now, tokens) : NULL;
}

static gboolean
set_group_state (MilTx *tx, const Group *group, const char *state, GError **error)
{
  if (!mil_tx_exec (tx,
                    error,
                    "UPDATE payment_groups SET state = $2, updated_at = $3 WHERE id = $1 AND state = $4",
                    "ttit",
                    group->id,
                    state,
                    mil_tx_now (tx),
                    group->state))
    return FALSE;
  if (mil_tx_changes (tx) == 1)
    return TRUE;
  mil_error_set (error, MIL_ERROR_CONFLICT, _ ("This payment has changed meanwhile. Look at it again."));
  return FALSE;
}

static gboolean
check_open (MilTx *tx, const Group *group, const char *state, GError **error)
{
  if (!is_state (group, state))
    mil_error_set (error, MIL_ERROR_CONFLICT, _ ("This payment is already settled or called off."));
  else if (group->expires_at <= mil_tx_now (tx))
    mil_error_set (error, MIL_ERROR_EXPIRED, _ ("This payment was not finished in time. Nothing was charged."));
  else
    return TRUE;
  return FALSE;
}

/* --- Proposing ------------------------------------------------------------------------------ */

typedef struct
{
  MilMoney amount;
  MilMoney pay;
  gint64   spread;
  gboolean taken;
} Leg;

static GArray *
read_legs (const char *json, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (json, error);
  g_autoptr (GArray) legs = g_array_new (FALSE, TRUE, sizeof (Leg));
  JsonArray *array = node != NULL ? json_node_get_array (node) : NULL;

  if (array == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *item = json_array_get_object_element (array, i);
      JsonObject *amount = json_object_get_object_member (item, "amount");
      JsonObject *pay = json_object_get_object_member (item, "pay");
      Leg         leg = { 0 };

      leg.amount = mil_money (json_object_get_int_member (amount, "amount"),
                              json_object_get_string_member (amount, "currency"));
      leg.pay = mil_money (json_object_get_int_member (pay, "amount"), json_object_get_string_member (pay, "currency"));
      leg.spread = json_object_get_int_member (item, "spread");
      g_array_append_val (legs, leg);
    }
  return g_steal_pointer (&legs);
}

/* Takes the quote for this group, or says why it cannot. */
static GArray *
take_quote (MilTx *tx, const char *owner, const char *quote_id, const char *group_id, MilMoney *total, GError **error)
{
  g_autoptr (MilRows) row = NULL;

  row = mil_tx_query_one (
      tx,
      error,
      _ ("There is no such quote."),
      "SELECT pay_currency, pay_total, legs, expires_at, group_id FROM quotes WHERE id = $1"
      " AND owner = $2",
      "tt",
      quote_id,
      owner);
  if (row == NULL)
    return NULL;
  if (!mil_rows_is_null (row, 4))
    {
      mil_error_set (error, MIL_ERROR_CONFLICT, _ ("This exchange rate was used already. Ask for a new one."));
      return NULL;
    }
  if (mil_rows_int (row, 3) <= mil_tx_now (tx))
    {
      mil_error_set (error, MIL_ERROR_EXPIRED, _ ("This exchange rate is too old. Ask for a new one."));
      return NULL;
    }
  *total = mil_money (mil_rows_int (row, 1), mil_rows_text (row, 0));
  if (!mil_tx_exec (tx, error, "UPDATE quotes SET group_id = $2 WHERE id = $1 AND group_id IS NULL", "tt", quote_id, group_id))
    return NULL;
  return read_legs (mil_rows_text (row, 2), error);
}

static Leg *
take_leg (GArray *legs, MilMoney amount)
{
  for (guint i = 0; i < legs->len; i++)
    {
      Leg *leg = &g_array_index (legs, Leg, i);

      if (!leg->taken && mil_money_equal (leg->amount, amount))
        {
          leg->taken = TRUE;
          return leg;
        }
    }
  return NULL;
}

/* The amount and the payee come from the service's own rows; what the client believes must match. */
static gboolean
check_checkout (MilTx *tx, const char *owner, const MilPaymentRequest *request, char **payee, GError **error)
{
  g_autoptr (MilRows) row = NULL;

  row = mil_tx_query_one (
      tx,
      error,
      _ ("There is no such checkout."),
      "SELECT c.total_minor, c.currency, c.state, c.expires_at, s.legal_name FROM checkouts c"
      " JOIN stores s ON s.id = c.store_id WHERE c.id = $1 AND c.owner = $2 AND c.store_id = $3",
      "ttt",
      request->checkout_id,
      owner,
      request->store_id);
  if (row == NULL)
    return FALSE;
  if (!mil_money_equal (request->amount, mil_money (mil_rows_int (row, 0), mil_rows_text (row, 1))))
    mil_error_set (error, MIL_ERROR_CONFLICT, _ ("A price has changed. Look at the basket again."));
  else if (!g_str_equal (mil_rows_text (row, 2), "ready_for_complete"))
    mil_error_set (error, MIL_ERROR_CONFLICT, _ ("A checkout is not ready to be paid. Look at the basket again."));
  else if (mil_rows_int (row, 3) <= mil_tx_now (tx))
    mil_error_set (error, MIL_ERROR_EXPIRED, _ ("A checkout is too old. Look at the basket again."));
  else
    {
      *payee = g_strdup (mil_rows_text (row, 4));
      return TRUE;
    }
  return FALSE;
}

static gboolean
propose_one (MilTx *tx, const char *owner, const char *group_id, guint position, const MilPaymentRequest *request, GArray *legs, GError **error)
{
  g_autofree char *payee = NULL;
  Leg             *leg;

  if (!check_checkout (tx, owner, request, &payee, error))
    return FALSE;
  leg = take_leg (legs, request->amount);
  if (leg == NULL || request->amount.minor <= 0)
    {
      mil_error_set (error, MIL_ERROR_CONFLICT, _ ("The exchange rate is for other amounts. Ask for a new one."));
      return FALSE;
    }
  return mil_tx_exec (
      tx,
      error,
      "INSERT INTO authorisations (group_id, position, store_id, payee, checkout_id, currency, amount,"
      " pay_currency, pay_amount, spread_amount, state)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'proposed')",
      "tittttitii",
      group_id,
      (gint64) position,
      request->store_id,
      payee,
      request->checkout_id,
      request->amount.currency,
      request->amount.minor,
      leg->pay.currency,
      leg->pay.minor,
      leg->spread);
}

static gboolean
check_requests (const MilPaymentRequest *requests, guint n_requests, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n_requests; i++)
    g_hash_table_add (seen, (gpointer) requests[i].checkout_id);
  if (n_requests > 0 && n_requests <= MAX_AUTHORISATIONS && g_hash_table_size (seen) == n_requests)
    return TRUE;
  mil_error_set (error, MIL_ERROR_INVALID, _ ("authorisations: 1 to %d checkouts, each once."), MAX_AUTHORISATIONS);
  return FALSE;
}

static gboolean
insert_group (MilTx *tx, const char *owner, const char *wallet_id, const char *quote_id, const char *group_id, MilMoney total, GError **error)
{
  g_autofree char *nonce = NULL;
  guint8           bytes[NONCE_BYTES];

  mil_tx_random (tx, bytes, sizeof bytes);
  nonce = mil_base64url_encode (bytes, sizeof bytes);
  return mil_tx_exec (
      tx,
      error,
      "INSERT INTO payment_groups (id, owner, wallet_id, quote_id, state, nonce, pay_currency,"
      " pay_total, created_at, updated_at, expires_at)"
      " VALUES ($1, $2, $3, $4, 'proposed', $5, $6, $7, $8, $8, $9)",
      "ttttttiii",
      group_id,
      owner,
      wallet_id,
      quote_id,
      nonce,
      total.currency,
      total.minor,
      mil_tx_now (tx),
      mil_tx_now (tx) + GROUP_TIME);
}

/**
 * mil_payment_group_propose:
 * @tx: the transaction
 * @owner: the traveller
 * @wallet_id: their wallet
 * @quote_id: their quote, not used yet, with one leg for each request
 * @requests: (array length=n_requests): what shall be paid
 * @n_requests: how many, 1 to 50
 * @error: (optional): %MIL_ERROR_INVALID, %MIL_ERROR_NOT_FOUND for what is not theirs,
 *   %MIL_ERROR_CONFLICT when a checkout is not ready or costs something else, or the quote is used or
 *   for other amounts, %MIL_ERROR_EXPIRED, or as for mil_tx_exec()
 *
 * Prepares one payment for several checkouts. Nothing is held yet.
 *
 * Returns: (transfer full) (nullable): as mil_payment_group_get(), with the challenge to sign
 */
JsonNode *
mil_payment_group_propose (MilTx                   *tx,
                           const char              *owner,
                           const char              *wallet_id,
                           const char              *quote_id,
                           const MilPaymentRequest *requests,
                           guint                    n_requests,
                           GError                 **error)
{
  g_autoptr (JsonNode) wallet = NULL;
  g_autoptr (GArray) legs = NULL;
  g_autofree char *id = NULL;
  MilMoney         total;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (owner != NULL && wallet_id != NULL && quote_id != NULL, NULL);
  g_return_val_if_fail (requests != NULL || n_requests == 0, NULL);

  if (!check_requests (requests, n_requests, error))
    return NULL;
  wallet = mil_wallet_get (tx, owner, wallet_id, error);
  if (wallet == NULL)
    return NULL;
  id = mil_tx_new_id (tx);
  legs = take_quote (tx, owner, quote_id, id, &total, error);
  if (legs == NULL)
    return NULL;
  if (legs->len != n_requests)
    {
      mil_error_set (error, MIL_ERROR_CONFLICT, _ ("The exchange rate is for other amounts. Ask for a new one."));
      return NULL;
    }
  if (!insert_group (tx, owner, wallet_id, quote_id, id, total, error))
    return NULL;
  for (guint i = 0; i < n_requests; i++)
    if (!propose_one (tx, owner, id, i, &requests[i], legs, error))
      return NULL;
  return mil_payment_group_get (tx, owner, id, error);
}

/* --- Authorising ---------------------------------------------------------------------------- */

/* Where the wallet's money goes: straight to the store, or to the desk when it must be exchanged. */
static char *
receiving_account (MilTx *tx, const Authorisation *authorisation, GError **error)
{
  if (g_str_equal (authorisation->pay.currency, authorisation->amount.currency))
    return mil_ledger_account (tx, MIL_ACCOUNT_STORE, authorisation->store_id, authorisation->pay.currency, error);
  return mil_ledger_account (tx, MIL_ACCOUNT_LIQUIDITY, SERVICE, authorisation->pay.currency, error);
}

static GStrv
hold_all (MilTx *tx, const Group *group, GError **error)
{
  guint                   n = group->authorisations->len;
  g_autofree MilTransfer *transfers = g_new0 (MilTransfer, n);
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *wallet = mil_wallet_account (tx, group->wallet_id, group->total.currency, error);

  if (wallet == NULL)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      Authorisation *authorisation = g_ptr_array_index (group->authorisations, i);
      char          *account = receiving_account (tx, authorisation, error);

      if (account == NULL)
        return NULL;
      g_ptr_array_add (accounts, account);
      transfers[i] = (MilTransfer) { .debit = wallet,
                                     .credit = account,
                                     .amount = authorisation->pay,
                                     .timeout_at = group->expires_at,
                                     .code = "payment",
                                     .subject = group->id };
    }
  return mil_ledger_transfer (tx, transfers, n, error);
}

static char *
new_token (MilTx *tx)
{
  guint8 bytes[TOKEN_BYTES];

  mil_tx_random (tx, bytes, sizeof bytes);
  return mil_base64url_encode (bytes, sizeof bytes);
}

static gboolean
authorise_one (MilTx *tx, const Group *group, guint position, const char *hold_id, const char *token, GError **error)
{
  Authorisation   *authorisation = g_ptr_array_index (group->authorisations, position);
  g_autofree char *hash = mil_sha256_hex (token, strlen (token));

  return mil_tx_exec (tx,
                      error,
                      "UPDATE authorisations SET state = 'held', hold_id = $3, token_hash = $4"
                      " WHERE group_id = $1 AND position = $2",
                      "titt",
                      group->id,
                      (gint64) position,
                      hold_id,
                      hash)
         && mil_wallet_add_entry (tx,
                                  &(MilNewEntry) { .wallet_id = group->wallet_id,
                                                   .kind = "hold",
                                                   .amount = mil_money (-authorisation->pay.minor,
                                                                        authorisation->pay.currency),
                                                   .title = authorisation->store_name,
                                                   .store_id = authorisation->store_id },
                                  error);
}

static gboolean
check_signature (MilKey *key, const Group *group, GBytes *signature, GError **error)
{
  g_autofree MilChallengeLeg *legs = g_new0 (MilChallengeLeg, group->authorisations->len);
  MilChallenge                whole = challenge (group, legs);

  if (mil_challenge_verify (&whole, key, signature))
    return TRUE;
  mil_error_set (error,
                 MIL_ERROR_UNAUTHENTICATED,
                 _ ("The payment was not signed with your key, or not as it stands. Nothing was charged."));
  return FALSE;
}

/**
 * mil_payment_group_authorise:
 * @tx: the transaction
 * @owner: the traveller
 * @key: their enrolled public key
 * @group_id: their group
 * @signature: 64 bytes over the 32 bytes of the challenge
 * @error: (optional): %MIL_ERROR_NOT_FOUND, %MIL_ERROR_UNAUTHENTICATED when the signature is not
 *   theirs over this very payment, %MIL_ERROR_INSUFFICIENT_FUNDS, %MIL_ERROR_CONFLICT when it was
 *   authorised or voided before, %MIL_ERROR_EXPIRED, or as for mil_tx_exec()
 *
 * Holds the money of all authorisations and makes one credential for each. Credentials are told this
 * once: the service keeps only their hashes.
 *
 * Returns: (transfer full) (nullable): as mil_payment_group_get(), and
 *   `"credentials":[{"checkout_id","token"}…]`
 */
JsonNode *
mil_payment_group_authorise (MilTx *tx, const char *owner, MilKey *key, const char *group_id, GBytes *signature, GError **error)
{
  g_autoptr (Group) group = NULL;
  g_auto (GStrv) holds = NULL;
  g_auto (GStrv) tokens = NULL;
  g_autofree char *encoded = NULL;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (owner != NULL && key != NULL && group_id != NULL && signature != NULL, NULL);

  group = load_group (tx, owner, group_id, error);
  if (group == NULL || !check_open (tx, group, "proposed", error) || !check_signature (key, group, signature, error))
    return NULL;
  holds = hold_all (tx, group, error);
  if (holds == NULL)
    return NULL;
  tokens = g_new0 (char *, group->authorisations->len + 1);
  for (guint i = 0; i < group->authorisations->len; i++)
    {
      tokens[i] = new_token (tx);
      if (!authorise_one (tx, group, i, holds[i], tokens[i], error))
        return NULL;
    }
  encoded = mil_base64url_encode (g_bytes_get_data (signature, NULL), g_bytes_get_size (signature));
  if (!mil_tx_exec (
          tx, error, "UPDATE payment_groups SET key_id = $2, signature = $3 WHERE id = $1", "ttt", group->id, mil_key_id (key), encoded)
      || !set_group_state (tx, group, "authorised", error))
    return NULL;
  return tell_and_answer (tx, group, tokens, error);
}

/* --- Redeeming ------------------------------------------------------------------------------ */

static gboolean
check_redemption (MilTx *tx, MilRows *row, const MilRedemption *redemption, GError **error)
{
  MilMoney amount = mil_money (mil_rows_int (row, 5), mil_rows_text (row, 4));

  if (!g_str_equal (mil_rows_text (row, 2), redemption->store_id)
      || !g_str_equal (mil_rows_text (row, 3), redemption->checkout_id)
      || !mil_money_equal (amount, redemption->amount))
    mil_error_set (error, MIL_ERROR_CONFLICT, _ ("This credential is for another payment."));
  else if (!g_str_equal (mil_rows_text (row, 8), "held") || !g_str_equal (mil_rows_text (row, 9), "authorised"))
    mil_error_set (error, MIL_ERROR_CONFLICT, _ ("This credential was used already, or its payment called off."));
  else if (mil_rows_int (row, 10) <= mil_tx_now (tx))
    mil_error_set (error, MIL_ERROR_EXPIRED, _ ("This payment was not finished in time. Nothing was charged."));
  else
    return TRUE;
  return FALSE;
}

/**
 * mil_payment_group_redeem:
 * @tx: the transaction
 * @redemption: the credential, and what it shall pay
 * @group_id: (out) (transfer full): the group that it belongs to
 * @paid: (out): what it costs in the wallet's currency
 * @error: (optional): %MIL_ERROR_NOT_FOUND for an unknown credential or somebody else's,
 *   %MIL_ERROR_CONFLICT when it is for another checkout, amount or store or was used,
 *   %MIL_ERROR_EXPIRED, or as for mil_tx_exec()
 *
 * Uses a credential for the order that a checkout becomes. The money stays held until the group is
 * committed. To be called in the transaction that makes the order.
 *
 * Returns: whether the order may be made
 */
gboolean
mil_payment_group_redeem (MilTx *tx, const MilRedemption *redemption, char **group_id, MilMoney *paid, GError **error)
{
  g_autoptr (MilRows) row = NULL;
  g_autofree char *hash = NULL;

  g_return_val_if_fail (tx != NULL, FALSE);
  g_return_val_if_fail (redemption != NULL && redemption->token != NULL && redemption->owner != NULL, FALSE);
  g_return_val_if_fail (group_id != NULL && paid != NULL, FALSE);

  hash = mil_sha256_hex (redemption->token, strlen (redemption->token));
  row = mil_tx_query_one (
      tx,
      error,
      _ ("There is no such credential."),
      "SELECT a.group_id, a.position, a.store_id, a.checkout_id, a.currency, a.amount,"
      " a.pay_currency, a.pay_amount, a.state, g.state, g.expires_at FROM authorisations a"
      " JOIN payment_groups g ON g.id = a.group_id WHERE a.token_hash = $1 AND g.owner = $2",
      "tt",
      hash,
      redemption->owner);
  if (row == NULL || !check_redemption (tx, row, redemption, error)
      || !mil_tx_exec (tx,
                       error,
                       "UPDATE authorisations SET state = 'redeemed', order_id = $3 WHERE group_id = $1"
                       " AND position = $2",
                       "tit",
                       mil_rows_text (row, 0),
                       mil_rows_int (row, 1),
                       redemption->order_id))
    return FALSE;
  *group_id = g_strdup (mil_rows_text (row, 0));
  *paid = mil_money (mil_rows_int (row, 7), mil_rows_text (row, 6));
  return TRUE;
}

/* --- Settling ------------------------------------------------------------------------------- */

/* The store's side of an exchanged payment, and what the desk keeps. */
static gboolean
pay_store (MilTx *tx, const Authorisation *authorisation, GError **error)
{
  g_autofree char *desk = NULL;
  g_autofree char *store = NULL;
  g_autofree char *earning_desk = NULL;
  g_autofree char *earnings = NULL;
  g_auto (GStrv) ids = NULL;

  if (g_str_equal (authorisation->pay.currency, authorisation->amount.currency))
    return TRUE;
  desk = mil_ledger_account (tx, MIL_ACCOUNT_LIQUIDITY, SERVICE, authorisation->amount.currency, error);
  store = mil_ledger_account (tx, MIL_ACCOUNT_STORE, authorisation->store_id, authorisation->amount.currency, error);
  earning_desk = mil_ledger_account (tx, MIL_ACCOUNT_LIQUIDITY, SERVICE, authorisation->pay.currency, error);
  earnings = mil_ledger_account (tx, MIL_ACCOUNT_SPREAD, SERVICE, authorisation->pay.currency, error);
  if (desk == NULL || store == NULL || earning_desk == NULL || earnings == NULL)
    return FALSE;
  ids = mil_ledger_transfer (tx,
                             (MilTransfer[]) {
                                 { .debit = desk,
                                   .credit = store,
                                   .amount = authorisation->amount,
                                   .code = "capture",
                                   .subject = authorisation->order_id },
                                 { .debit = earning_desk,
                                   .credit = earnings,
                                   .amount = mil_money (authorisation->spread, authorisation->pay.currency),
                                   .code = "spread",
                                   .subject = authorisation->order_id } },
                             authorisation->spread > 0 ? 2 : 1,
                             error);
  return ids != NULL;
}

static gboolean
capture_one (MilTx *tx, const Group *group, guint position, GError **error)
{
  Authorisation *authorisation = g_ptr_array_index (group->authorisations, position);
  gboolean       exchanged = !g_str_equal (authorisation->pay.currency, authorisation->amount.currency);

  return mil_ledger_post (tx, authorisation->hold_id, error) && pay_store (tx, authorisation, error)
         && mil_tx_exec (tx,
                         error,
                         "UPDATE authorisations SET state = 'captured' WHERE group_id = $1 AND position = $2",
                         "ti",
                         group->id,
                         (gint64) position)
         && mil_wallet_add_entry (tx,
                                  &(MilNewEntry) {
                                      .wallet_id = group->wallet_id,
                                      .kind = "payment",
                                      .amount = mil_money (-authorisation->pay.minor, authorisation->pay.currency),
                                      .counter = exchanged ? authorisation->amount : (MilMoney) { 0 },
                                      .title = authorisation->store_name,
                                      .store_id = authorisation->store_id,
                                      .order_id = authorisation->order_id },
                                  error)
         && mil_order_set_state (tx, authorisation->order_id, MIL_ORDER_CAPTURED, error);
}

static gboolean
all_redeemed (const Group *group, GError **error)
{
  for (guint i = 0; i < group->authorisations->len; i++)
    {
      Authorisation *authorisation = g_ptr_array_index (group->authorisations, i);

      if (!g_str_equal (authorisation->state, "redeemed"))
        {
          /* Translators: %s is a store's name. */
          mil_error_set (error, MIL_ERROR_CONFLICT, _ ("The order at %s is not made yet."), authorisation->store_name);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * mil_payment_group_commit:
 * @tx: the transaction
 * @owner: the traveller
 * @group_id: their group
 * @error: (optional): %MIL_ERROR_NOT_FOUND, %MIL_ERROR_CONFLICT when a checkout is not completed or
 *   the group voided, %MIL_ERROR_EXPIRED, or as for mil_tx_exec()
 *
 * Captures all orders of a group. Committing a committed group changes nothing.
 *
 * Returns: (transfer full) (nullable): as mil_payment_group_get()
 */
JsonNode *
mil_payment_group_commit (MilTx *tx, const char *owner, const char *group_id, GError **error)
{
  g_autoptr (Group) group = NULL;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (owner != NULL && group_id != NULL, NULL);

  group = load_group (tx, owner, group_id, error);
  if (group == NULL)
    return NULL;
  if (is_state (group, "committed"))
    return group_to_json (group, NULL);
  if (!check_open (tx, group, "authorised", error) || !all_redeemed (group, error)
      || !set_group_state (tx, group, "committed", error))
    return NULL;
  for (guint i = 0; i < group->authorisations->len; i++)
    if (!capture_one (tx, group, i, error))
      return NULL;
  return tell_and_answer (tx, group, NULL, error);
}

static gboolean
release_one (MilTx *tx, const Group *group, guint position, GError **error)
{
  Authorisation *authorisation = g_ptr_array_index (group->authorisations, position);

  if (!mil_tx_exec (tx,
                    error,
                    "UPDATE authorisations SET state = 'voided' WHERE group_id = $1 AND position = $2",
                    "ti",
                    group->id,
                    (gint64) position))
    return FALSE;
  if (authorisation->hold_id == NULL)
    return TRUE;
  return mil_ledger_void (tx, authorisation->hold_id, error)
         && mil_wallet_add_entry (tx,
                                  &(MilNewEntry) { .wallet_id = group->wallet_id,
                                                   .kind = "release",
                                                   .amount = authorisation->pay,
                                                   .title = authorisation->store_name,
                                                   .store_id = authorisation->store_id,
                                                   .order_id = authorisation->order_id },
                                  error)
         && (authorisation->order_id == NULL || mil_order_set_state (tx, authorisation->order_id, MIL_ORDER_VOIDED, error));
}

static JsonNode *
void_group (MilTx *tx, const Group *group, GError **error)
{
  if (!set_group_state (tx, group, "voided", error))
    return NULL;
  for (guint i = 0; i < group->authorisations->len; i++)
    if (!release_one (tx, group, i, error))
      return NULL;
  return tell_and_answer (tx, group, NULL, error);
}

/**
 * mil_payment_group_void:
 * @tx: the transaction
 * @owner: the traveller
 * @group_id: their group
 * @error: (optional): %MIL_ERROR_NOT_FOUND, %MIL_ERROR_CONFLICT when it was committed, or as for
 *   mil_tx_exec()
 *
 * Calls a group off: holds are let go, its orders are void. Voiding a void group changes nothing.
 *
 * Returns: (transfer full) (nullable): as mil_payment_group_get()
 */
JsonNode *
mil_payment_group_void (MilTx *tx, const char *owner, const char *group_id, GError **error)
{
  g_autoptr (Group) group = NULL;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (owner != NULL && group_id != NULL, NULL);

  group = load_group (tx, owner, group_id, error);
  if (group == NULL)
    return NULL;
  if (is_state (group, "voided"))
    return group_to_json (group, NULL);
  if (is_state (group, "committed"))
    {
      mil_error_set (error, MIL_ERROR_CONFLICT, _ ("This payment is already settled or called off."));
      return NULL;
    }
  return void_group (tx, group, error);
}

/**
 * mil_payment_group_expire:
 * @tx: the transaction
 * @error: (optional): as for mil_tx_exec()
 *
 * Voids groups whose time is over; some of them when they are many. To be called now and then.
 *
 * Returns: how many it voided; -1 on error
 */
gint64
mil_payment_group_expire (MilTx *tx, GError **error)
{
  g_autoptr (MilRows) rows = NULL;
  gint64 n_voided = 0;

  g_return_val_if_fail (tx != NULL, -1);

  rows = mil_tx_query (tx,
                       error,
                       "SELECT id, owner FROM payment_groups WHERE state IN ('proposed', 'authorised')"
                       " AND expires_at <= $1 ORDER BY expires_at LIMIT $2",
                       "ii",
                       mil_tx_now (tx),
                       (gint64) EXPIRE_AT_ONCE);
  if (rows == NULL)
    return -1;
  for (; mil_rows_next (rows); n_voided++)
    {
      g_autoptr (Group) group = load_group (tx, mil_rows_text (rows, 1), mil_rows_text (rows, 0), error);
      g_autoptr (JsonNode) voided = group != NULL ? void_group (tx, group, error) : NULL;

      if (voided == NULL)
        return -1;
    }
  return n_voided;
}
