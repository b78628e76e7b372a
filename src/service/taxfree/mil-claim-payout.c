/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/mil-claim-payout.h"

#include "service/wallet/mil-wallet.h"

/**
 * mil_claim_check_payout:
 * @claim: a claim
 * @tx: a transaction
 * @error: return location
 *
 * Whether the wallet that the refund shall go to is one of the claim's owner.
 *
 * Returns: %FALSE with @error set to %MIL_ERROR_NOT_FOUND when it is not
 */
gboolean
mil_claim_check_payout (MilClaim *claim, MilTx *tx, GError **error)
{
  g_autoptr (JsonNode) wallet = NULL;

  g_return_val_if_fail (claim != NULL && tx != NULL, FALSE);

  wallet = mil_wallet_get (tx, claim->owner, claim->request->payout->wallet_id, error);
  return wallet != NULL;
}

/**
 * mil_claim_pay_out:
 * @claim: a claim
 * @tx: a transaction
 * @operator_id: who pays
 * @reference: (nullable): what this payment is known by; %NULL for the claim's first
 * @amount: how much, in the scheme's currency
 * @exchange: rates for a wallet in another currency
 * @paid: (out): what arrives, in the currency that was asked for
 * @error: return location
 *
 * Pays a refund into the wallet that the claim names, once.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_claim_pay_out (MilClaim    *claim,
                   MilTx       *tx,
                   const char  *operator_id,
                   const char  *reference,
                   MilMoney     amount,
                   MilExchange *exchange,
                   MilMoney    *paid,
                   GError     **error)
{
  const MilWirePurchase *first;
  MilPayout              payout;

  g_return_val_if_fail (claim != NULL && tx != NULL && operator_id != NULL && paid != NULL, FALSE);

  first = claim->request->purchases->pdata[0];
  payout = (MilPayout) {
    .operator_id = operator_id,
    .owner = claim->owner,
    .wallet_id = claim->request->payout->wallet_id,
    .currency = claim->request->payout->currency,
    .amount = amount,
    .claim_id = claim->id,
    .reference = reference,
    .title = first->shop,
  };
  return mil_wallet_refund (tx, exchange, &payout, paid, error);
}
