/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/wallet/mil-payment-group.h"

#include <glib/gi18n.h>

#include "service/wallet/mil-group-private.h"

/* How long a basket may take from the proposal to the capture. */
#define GROUP_TIME (10 * 60 * G_USEC_PER_SEC)
#define MAX_AUTHORISATIONS 50
#define NONCE_BYTES 16

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

static gboolean
check_wallet (MilTx *tx, const char *owner, const char *wallet_id, GError **error)
{
  g_autoptr (MilRows) row = mil_tx_query_one (
      tx, error, _ ("There is no such wallet."), "SELECT 1 FROM wallets WHERE id = $1 AND owner = $2", "tt", wallet_id, owner);

  return row != NULL;
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
  g_autoptr (GArray) legs = NULL;
  g_autofree char *id = NULL;
  MilMoney         total;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (owner != NULL && wallet_id != NULL && quote_id != NULL, NULL);
  g_return_val_if_fail (requests != NULL || n_requests == 0, NULL);

  if (!check_requests (requests, n_requests, error) || !check_wallet (tx, owner, wallet_id, error))
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
