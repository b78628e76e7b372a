/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/mil-demo-operator.h"

#include <glib/gi18n.h>

#include "service/taxfree/mil-claim-payout.h"
#include "service/taxfree/mil-claim-assessment.h"

static MilDate
today (MilTx *tx)
{
  return mil_date_from_unix (mil_tx_now (tx), "UTC");
}

static gboolean
take_step (MilClaim *claim, MilTx *tx, MilClaimAct act, const char *reason, GError **error)
{
  MilClaimStep step = { act, MIL_CLAIM_BY_OPERATOR, .reason = reason };

  return mil_claim_move (claim, tx, &step, error);
}

/**
 * mil_demo_operator_issue:
 * @claim: a submitted claim
 * @tx: a transaction
 * @book: refund schemes
 * @error: return location
 *
 * What an operator does first: issues the tax-free form at once, or does not, when the rules rule
 * the claim out.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_demo_operator_issue (MilClaim *claim, MilTx *tx, MilSchemeBook *book, GError **error)
{
  g_autoptr (MilClaimAssessment) assessment = NULL;

  g_return_val_if_fail (claim != NULL && tx != NULL && book != NULL, FALSE);

  assessment = mil_claim_assess (book, claim->request, NULL, today (tx), error);
  if (assessment == NULL)
    return FALSE;
  if (!assessment->eligible)
    return take_step (claim, tx, MIL_CLAIM_ACT_VOID, assessment->reason, error);
  claim->export_by = assessment->export_by;
  return take_step (claim, tx, MIL_CLAIM_ACT_ISSUE, NULL, error);
}

/**
 * mil_demo_operator_settle:
 * @claim: a claim that customs validated, in whole or in part
 * @tx: a transaction
 * @book: refund schemes
 * @exchange: rates for a wallet in another currency
 * @error: return location
 *
 * What an operator does last: works out the refund of what customs saw, approves it, and pays it
 * into the traveller's wallet through the ledger.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_demo_operator_settle (MilClaim *claim, MilTx *tx, MilSchemeBook *book, MilExchange *exchange, GError **error)
{
  g_autoptr (MilClaimAssessment) assessment = NULL;
  g_autoptr (MilWireRefund) refund = NULL;

  g_return_val_if_fail (claim != NULL && tx != NULL && book != NULL && exchange != NULL, FALSE);

  assessment = mil_claim_assess (book, claim->request, (const char *const *) claim->seen, today (tx), error);
  if (assessment == NULL)
    return FALSE;
  if (!assessment->eligible || assessment->refund.minor <= 0)
    return take_step (claim,
                      tx,
                      MIL_CLAIM_ACT_VOID,
                      assessment->reason != NULL ? assessment->reason : _ ("Nothing is left after the fee."),
                      error);
  refund = mil_wire_refund_new ();
  refund->amount = assessment->tax;
  if (!mil_money_subtract (assessment->tax, assessment->refund, &refund->fee, error)
      || !mil_claim_pay_out (claim, tx, MIL_DEMO_OPERATOR, assessment->refund, exchange, &refund->payout, error))
    return FALSE;
  claim->refund = g_steal_pointer (&refund);
  return take_step (claim, tx, MIL_CLAIM_ACT_APPROVE, NULL, error)
         && take_step (claim, tx, MIL_CLAIM_ACT_REFUND, NULL, error);
}
