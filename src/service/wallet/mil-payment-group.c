/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/wallet/mil-payment-group.h"

#include <glib/gi18n.h>
#include <string.h>

#include "service/ledger/mil-ledger.h"
#include "service/wallet/mil-group-private.h"
#include "service/wallet/mil-order.h"
#include "service/wallet/mil-wallet.h"

#define EXPIRE_AT_ONCE 50

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
  g_autoptr (MilGroup) group = NULL;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (owner != NULL && group_id != NULL, NULL);

  group = mil_group_load (tx, owner, group_id, error);
  return group != NULL ? mil_group_to_json (group, NULL) : NULL;
}

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

/* The store's side of an exchanged payment, and what the desk keeps. */
static gboolean
pay_store (MilTx *tx, const MilAuthorisation *authorisation, GError **error)
{
  g_autofree char *desk = NULL;
  g_autofree char *store = NULL;
  g_autofree char *earning_desk = NULL;
  g_autofree char *earnings = NULL;
  g_auto (GStrv) ids = NULL;

  if (g_str_equal (authorisation->pay.currency, authorisation->amount.currency))
    return TRUE;
  desk = mil_ledger_account (tx, MIL_ACCOUNT_LIQUIDITY, MIL_WALLET_SERVICE, authorisation->amount.currency, error);
  store = mil_ledger_account (tx, MIL_ACCOUNT_STORE, authorisation->store_id, authorisation->amount.currency, error);
  earning_desk = mil_ledger_account (tx, MIL_ACCOUNT_LIQUIDITY, MIL_WALLET_SERVICE, authorisation->pay.currency, error);
  earnings = mil_ledger_account (tx, MIL_ACCOUNT_SPREAD, MIL_WALLET_SERVICE, authorisation->pay.currency, error);
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
capture_one (MilTx *tx, const MilGroup *group, guint position, GError **error)
{
  MilAuthorisation *authorisation = g_ptr_array_index (group->authorisations, position);
  gboolean          exchanged = !g_str_equal (authorisation->pay.currency, authorisation->amount.currency);

  g_set_str (&authorisation->state, "captured");
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
all_redeemed (const MilGroup *group, GError **error)
{
  for (guint i = 0; i < group->authorisations->len; i++)
    {
      MilAuthorisation *authorisation = g_ptr_array_index (group->authorisations, i);

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
  g_autoptr (MilGroup) group = NULL;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (owner != NULL && group_id != NULL, NULL);

  group = mil_group_load (tx, owner, group_id, error);
  if (group == NULL)
    return NULL;
  if (mil_group_is (group, "committed"))
    return mil_group_to_json (group, NULL);
  if (!mil_group_check_open (group, tx, "authorised", error) || !all_redeemed (group, error)
      || !mil_group_set_state (group, tx, "committed", error))
    return NULL;
  for (guint i = 0; i < group->authorisations->len; i++)
    if (!capture_one (tx, group, i, error))
      return NULL;
  return mil_group_tell (group, tx, error);
}

static gboolean
release_one (MilTx *tx, const MilGroup *group, guint position, GError **error)
{
  MilAuthorisation *authorisation = g_ptr_array_index (group->authorisations, position);

  g_set_str (&authorisation->state, "voided");
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
void_group (MilTx *tx, MilGroup *group, GError **error)
{
  if (!mil_group_set_state (group, tx, "voided", error))
    return NULL;
  for (guint i = 0; i < group->authorisations->len; i++)
    if (!release_one (tx, group, i, error))
      return NULL;
  return mil_group_tell (group, tx, error);
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
  g_autoptr (MilGroup) group = NULL;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (owner != NULL && group_id != NULL, NULL);

  group = mil_group_load (tx, owner, group_id, error);
  if (group == NULL)
    return NULL;
  if (mil_group_is (group, "voided"))
    return mil_group_to_json (group, NULL);
  if (mil_group_is (group, "committed"))
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
      g_autoptr (MilGroup) group = mil_group_load (tx, mil_rows_text (rows, 1), mil_rows_text (rows, 0), error);
      g_autoptr (JsonNode) voided = group != NULL ? void_group (tx, group, error) : NULL;

      if (voided == NULL)
        return -1;
    }
  return n_voided;
}
