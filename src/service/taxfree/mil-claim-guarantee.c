/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/mil-claim-guarantee.h"

#include "service/ledger/mil-ledger.h"
#include "service/wallet/mil-wallet.h"

/* Longer than any country gives for the export and the operator for its decision. */
#define HOLD_MICROSECONDS (G_GINT64_CONSTANT (400) * G_TIME_SPAN_DAY)

/**
 * mil_claim_guarantee_is_held:
 * @claim: a claim
 *
 * Returns: whether the wallet still guarantees the tax
 */
gboolean
mil_claim_guarantee_is_held (MilClaim *claim)
{
  g_return_val_if_fail (claim != NULL, FALSE);

  return claim->guarantee != NULL && g_str_equal (claim->guarantee->state, "held");
}

static gboolean
write_entry (MilClaim *claim, MilTx *tx, const char *kind, MilMoney amount, GError **error)
{
  const MilWirePurchase *first = claim->request->purchases->pdata[0];
  const char            *wallet_id = claim->request->payout->wallet_id;

  return mil_wallet_add_entry (tx,
                               &(MilNewEntry) { .wallet_id = wallet_id,
                                                .kind = kind,
                                                .amount = amount,
                                                .title = first->shop,
                                                .claim_id = claim->id },
                               error)
         && mil_wallet_changed (tx, claim->owner, wallet_id, error);
}

/* From the wallet to the operator; held when @timeout_at is not 0. */
static char *
transfer (MilClaim *claim, MilTx *tx, const char *operator_id, MilMoney amount, gint64 timeout_at, GError **error)
{
  g_autofree char *from = mil_wallet_account (tx, claim->request->payout->wallet_id, amount.currency, error);
  g_autofree char *to = from != NULL
                            ? mil_ledger_account (tx, MIL_ACCOUNT_OPERATOR, operator_id, amount.currency, error)
                            : NULL;
  MilTransfer      move = { from, to, amount, timeout_at, "guarantee", claim->id };
  g_auto (GStrv) ids = to != NULL ? mil_ledger_transfer (tx, &move, 1, error) : NULL;

  return ids != NULL ? g_strdup (ids[0]) : NULL;
}

/**
 * mil_claim_guarantee_hold:
 * @claim: a claim of mode "vat-off"
 * @tx: a transaction
 * @operator_id: whom the tax is guaranteed to
 * @tax: the tax that the shop did not charge, in the scheme's currency
 * @exchange: rates for a wallet in another currency
 * @error: return location; %MIL_ERROR_INSUFFICIENT_FUNDS
 *
 * Holds the tax in the wallet that the claim names.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_claim_guarantee_hold (MilClaim *claim, MilTx *tx, const char *operator_id, MilMoney tax, MilExchange *exchange, GError **error)
{
  MilExchanged exchanged;

  g_return_val_if_fail (claim != NULL && tx != NULL && operator_id != NULL, FALSE);

  if (!mil_exchange_charge (exchange, tax, claim->request->payout->currency, &exchanged, error))
    return FALSE;
  claim->guarantee_hold = transfer (claim, tx, operator_id, exchanged.to, mil_tx_now (tx) + HOLD_MICROSECONDS, error);
  if (claim->guarantee_hold == NULL)
    return FALSE;
  claim->guarantee = mil_wire_guarantee_new ();
  claim->guarantee->amount = tax;
  claim->guarantee->held = exchanged.to;
  claim->guarantee->state = g_strdup ("held");
  return write_entry (claim, tx, "hold", mil_money (-exchanged.to.minor, exchanged.to.currency), error);
}

/**
 * mil_claim_guarantee_release:
 * @claim: a claim whose goods left, in whole or in part
 * @tx: a transaction
 * @operator_id: whom the tax was guaranteed to
 * @owed: the tax of what did not leave, in the scheme's currency; may be 0
 * @error: return location
 *
 * Gives free what was held, and takes the share of what did not leave.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_claim_guarantee_release (MilClaim *claim, MilTx *tx, const char *operator_id, MilMoney owed, GError **error)
{
  MilWireGuarantee *guarantee;
  g_autofree char  *charge = NULL;

  g_return_val_if_fail (claim != NULL && claim->guarantee != NULL && tx != NULL && operator_id != NULL, FALSE);

  guarantee = claim->guarantee;
  if (!mil_ledger_void (tx, claim->guarantee_hold, error) || !write_entry (claim, tx, "release", guarantee->held, error))
    return FALSE;
  g_set_str (&guarantee->state, "released");
  if (owed.minor <= 0)
    return TRUE;
  if (!mil_money_ratio (guarantee->held, owed.minor, guarantee->amount.minor, MIL_ROUND_UP, &guarantee->charged, error))
    return FALSE;
  charge = transfer (claim, tx, operator_id, guarantee->charged, 0, error);
  return charge != NULL
         && write_entry (claim, tx, "payment", mil_money (-guarantee->charged.minor, guarantee->charged.currency), error);
}

/**
 * mil_claim_guarantee_charge:
 * @claim: a claim whose goods were not seen leaving
 * @tx: a transaction
 * @error: return location
 *
 * Takes what was held: the tax is owed now.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_claim_guarantee_charge (MilClaim *claim, MilTx *tx, GError **error)
{
  MilWireGuarantee *guarantee;

  g_return_val_if_fail (claim != NULL && claim->guarantee != NULL && tx != NULL, FALSE);

  guarantee = claim->guarantee;
  if (!mil_ledger_post (tx, claim->guarantee_hold, error)
      || !write_entry (claim, tx, "payment", mil_money (-guarantee->held.minor, guarantee->held.currency), error))
    return FALSE;
  guarantee->charged = guarantee->held;
  g_set_str (&guarantee->state, "charged");
  return TRUE;
}
