/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "service/ledger/mil-ledger.h"
#include "service/wallet/mil-order.h"
#include "service/wallet/mil-wallet.h"

#define SERVICE "milione"

/* Money on its way back to a wallet. `amount` is what `payer` gives, `paid` what arrives. */
typedef struct
{
  const char *reference;
  const char *kind;
  const char *payer;
  const char *owner;
  const char *wallet_id;
  const char *order_id;
  const char *claim_id;
  const char *store_id;
  const char *title;
  MilMoney    amount;
  MilMoney    paid;
  MilMoney    spread;
} Refund;

/* Writes the refund down, unless it was before: then it answers what was paid. */
static gboolean
remember (MilTx *tx, Refund *refund, gboolean *fresh, GError **error)
{
  g_autoptr (MilRows) row = NULL;

  if (!mil_tx_exec (
          tx,
          error,
          "INSERT INTO refunds (reference, kind, wallet_id, order_id, currency, amount, paid_currency,"
          " paid_amount, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
          "tttttitii",
          refund->reference,
          refund->kind,
          refund->wallet_id,
          refund->order_id,
          refund->amount.currency,
          refund->amount.minor,
          refund->paid.currency,
          refund->paid.minor,
          mil_tx_now (tx)))
    return FALSE;
  *fresh = mil_tx_changes (tx) == 1;
  if (*fresh)
    return TRUE;
  row = mil_tx_query (tx,
                      error,
                      "SELECT paid_amount, paid_currency FROM refunds WHERE reference = $1 AND kind = $2"
                      " AND wallet_id = $3 AND currency = $4 AND amount = $5",
                      "tttti",
                      refund->reference,
                      refund->kind,
                      refund->wallet_id,
                      refund->amount.currency,
                      refund->amount.minor);
  if (row == NULL)
    return FALSE;
  if (!mil_rows_next (row))
    {
      mil_error_set (error, MIL_ERROR_CONFLICT, _ ("Something else was refunded under this number already."));
      return FALSE;
    }
  refund->paid = mil_money (mil_rows_int (row, 0), mil_rows_text (row, 1));
  return TRUE;
}

static gboolean
move_same_currency (MilTx *tx, const Refund *refund, const char *account, GError **error)
{
  MilTransfer transfer = {
    .debit = refund->payer, .credit = account, .amount = refund->amount, .code = "refund", .subject = refund->reference
  };
  g_auto (GStrv) ids = mil_ledger_transfer (tx, &transfer, 1, error);

  return ids != NULL;
}

static gboolean
move_exchanged (MilTx *tx, const Refund *refund, const char *account, GError **error)
{
  g_autofree char *in = NULL;
  g_autofree char *out = NULL;
  g_autofree char *spread = NULL;
  g_auto (GStrv) ids = NULL;

  in = mil_ledger_account (tx, MIL_ACCOUNT_LIQUIDITY, SERVICE, refund->amount.currency, error);
  out = mil_ledger_account (tx, MIL_ACCOUNT_LIQUIDITY, SERVICE, refund->paid.currency, error);
  spread = mil_ledger_account (tx, MIL_ACCOUNT_SPREAD, SERVICE, refund->paid.currency, error);
  if (in == NULL || out == NULL || spread == NULL)
    return FALSE;
  ids = mil_ledger_transfer (
      tx,
      (MilTransfer[]) {
          { .debit = refund->payer,
            .credit = in,
            .amount = refund->amount,
            .code = "refund",
            .subject = refund->reference },
          { .debit = out, .credit = account, .amount = refund->paid, .code = "refund", .subject = refund->reference },
          { .debit = out, .credit = spread, .amount = refund->spread, .code = "spread", .subject = refund->reference },
      },
      refund->spread.minor > 0 ? 3 : 2,
      error);
  return ids != NULL;
}

static gboolean
pay_back (MilTx *tx, Refund *refund, GError **error)
{
  gboolean         exchanged = !g_str_equal (refund->amount.currency, refund->paid.currency);
  g_autofree char *account = NULL;

  account = mil_wallet_account (tx, refund->wallet_id, refund->paid.currency, error);
  return account != NULL
         && (exchanged ? move_exchanged (tx, refund, account, error) : move_same_currency (tx, refund, account, error))
         && mil_wallet_add_entry (tx,
                                  &(MilNewEntry) {
                                      .wallet_id = refund->wallet_id,
                                      .kind = "refund",
                                      .amount = refund->paid,
                                      .counter = exchanged ? refund->amount : (MilMoney) { 0 },
                                      .title = refund->title,
                                      .store_id = refund->store_id,
                                      .order_id = refund->order_id,
                                      .claim_id = refund->claim_id,
                                  },
                                  error)
         && mil_wallet_changed (tx, refund->owner, refund->wallet_id, error);
}

/**
 * mil_wallet_refund:
 * @tx: the transaction
 * @exchange: the desk
 * @payout: who pays what to whom
 * @paid: (out): what arrives in the wallet
 * @error: (optional): %MIL_ERROR_NOT_FOUND when the wallet is not the traveller's,
 *   %MIL_ERROR_CONFLICT when the claim was paid otherwise, %MIL_ERROR_INVALID for an amount that is
 *   not above zero, %MIL_ERROR_UNSUPPORTED for a currency without a rate, or as for mil_tx_exec()
 *
 * Pays a claim's refund from the operator's float into a wallet. A reference is paid once: asked again,
 * it answers what was paid and moves nothing.
 *
 * Returns: whether the claim is paid
 */
gboolean
mil_wallet_refund (MilTx *tx, MilExchange *exchange, const MilPayout *payout, MilMoney *paid, GError **error)
{
  g_autoptr (JsonNode) wallet = NULL;
  g_autofree char *operator_account = NULL;
  MilExchanged     exchanged;
  Refund           refund;
  gboolean         fresh;

  g_return_val_if_fail (tx != NULL, FALSE);
  g_return_val_if_fail (MIL_IS_EXCHANGE (exchange), FALSE);
  g_return_val_if_fail (payout != NULL && paid != NULL, FALSE);

  wallet = mil_wallet_get (tx, payout->owner, payout->wallet_id, error);
  if (wallet == NULL || !mil_exchange_pay_out (exchange, payout->amount, payout->currency, &exchanged, error))
    return FALSE;
  if (payout->amount.minor <= 0 || exchanged.to.minor <= 0)
    {
      mil_error_set (error, MIL_ERROR_INVALID, _ ("There is nothing to pay out."));
      return FALSE;
    }
  operator_account = mil_ledger_account (tx, MIL_ACCOUNT_OPERATOR, payout->operator_id, payout->amount.currency, error);
  if (operator_account == NULL)
    return FALSE;
  refund = (Refund) { .reference = payout->reference != NULL ? payout->reference : payout->claim_id,
                      .kind = "claim",
                      .payer = operator_account,
                      .owner = payout->owner,
                      .wallet_id = payout->wallet_id,
                      .claim_id = payout->claim_id,
                      .title = payout->title,
                      .amount = payout->amount,
                      .paid = exchanged.to,
                      .spread = exchanged.spread };
  if (!remember (tx, &refund, &fresh, error) || (fresh && !pay_back (tx, &refund, error)))
    return FALSE;
  *paid = refund.paid;
  return TRUE;
}

/* What of the payment goes back now, so that all refunds together never exceed it. */
static gboolean
share_of_payment (MilTx *tx, Refund *refund, MilMoney total, MilMoney paid, gint64 refunded, GError **error)
{
  g_autoptr (MilRows) row = NULL;
  MilMoney share;

  row = mil_tx_query_one (tx,
                          error,
                          _ ("There is no such order."),
                          "SELECT COALESCE (SUM (paid_amount), 0) FROM refunds WHERE order_id = $1",
                          "t",
                          refund->order_id);
  if (row == NULL || !mil_money_ratio (paid, refunded, total.minor, MIL_ROUND_DOWN, &share, error))
    return FALSE;
  refund->paid = mil_money (share.minor - mil_rows_int (row, 0), paid.currency);
  if (refund->paid.minor > 0)
    return TRUE;
  mil_error_set (error, MIL_ERROR_INVALID, _ ("There is nothing to pay out."));
  return FALSE;
}

static gboolean
already_refunded (MilTx *tx, const Refund *refund, GError **error)
{
  g_autoptr (MilRows) row = NULL;

  row = mil_tx_query (
      tx,
      error,
      "SELECT 1 FROM refunds WHERE reference = $1 AND order_id = $2 AND currency = $3 AND amount = $4",
      "ttti",
      refund->reference,
      refund->order_id,
      refund->amount.currency,
      refund->amount.minor);
  return row != NULL && mil_rows_next (row);
}

#define REFUNDED_ORDER                                                                                       \
  "UPDATE orders SET refunded_minor = refunded_minor + $3, updated_at = $5 WHERE id = $1 AND store_id = $2"  \
  " AND state = 'captured' AND currency = $4 AND $3 <= total_minor - refunded_minor"                         \
  " RETURNING owner, total_minor, paid_currency, paid_minor, refunded_minor,"                                \
  " (SELECT wallet_id FROM payment_groups g WHERE g.id = orders.group_id),"                                  \
  " (SELECT name FROM stores s WHERE s.id = orders.store_id)"

/**
 * mil_order_refund:
 * @tx: the transaction
 * @store_id: the store that pays
 * @order_id: its order
 * @amount: how much, in the order's currency, above zero
 * @refund_id: the store's own number for this refund; asked again, it moves nothing
 * @error: (optional): %MIL_ERROR_CONFLICT when the order was not captured or less is left of it,
 *   %MIL_ERROR_INVALID, %MIL_ERROR_INSUFFICIENT_FUNDS when the store has not got it, or as for
 *   mil_tx_exec()
 *
 * Gives an order's money back to the wallet that paid, at the rate that was paid with. When all of it
 * has gone back the order is refunded.
 *
 * Returns: whether the money is back
 */
gboolean
mil_order_refund (MilTx *tx, const char *store_id, const char *order_id, MilMoney amount, const char *refund_id, GError **error)
{
  g_autoptr (MilRows) row = NULL;
  g_autofree char *store_account = NULL;
  MilMoney         total;
  gboolean         fresh;
  Refund           refund;

  g_return_val_if_fail (tx != NULL, FALSE);
  g_return_val_if_fail (store_id != NULL && order_id != NULL && refund_id != NULL, FALSE);

  refund = (Refund) { .reference = refund_id, .kind = "order", .order_id = order_id, .amount = amount };
  if (already_refunded (tx, &refund, error))
    return TRUE;
  if (amount.minor <= 0)
    {
      mil_error_set (error, MIL_ERROR_INVALID, _ ("There is nothing to pay out."));
      return FALSE;
    }
  row = mil_tx_query (tx, error, REFUNDED_ORDER, "ttiti", order_id, store_id, amount.minor, amount.currency, mil_tx_now (tx));
  if (row == NULL)
    return FALSE;
  if (!mil_rows_next (row))
    {
      mil_error_set (error, MIL_ERROR_CONFLICT, _ ("This order cannot be refunded by that much."));
      return FALSE;
    }
  total = mil_money (mil_rows_int (row, 1), amount.currency);
  refund.owner = mil_rows_text (row, 0);
  refund.wallet_id = mil_rows_text (row, 5);
  refund.title = mil_rows_text (row, 6);
  refund.store_id = store_id;
  store_account = mil_ledger_account (tx, MIL_ACCOUNT_STORE, store_id, amount.currency, error);
  refund.payer = store_account;
  return store_account != NULL
         && share_of_payment (tx, &refund, total, mil_money (mil_rows_int (row, 3), mil_rows_text (row, 2)), mil_rows_int (row, 4), error)
         && remember (tx, &refund, &fresh, error) && pay_back (tx, &refund, error)
         && (mil_rows_int (row, 4) < total.minor || mil_order_set_state (tx, order_id, MIL_ORDER_REFUNDED, error));
}
