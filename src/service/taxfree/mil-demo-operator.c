/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/mil-demo-operator.h"

#include <glib/gi18n.h>

#include "service/taxfree/mil-claim-assessment.h"
#include "service/taxfree/mil-claim-export.h"
#include "service/taxfree/mil-claim-guarantee.h"
#include "service/taxfree/mil-claim-payout.h"

/* Where a day begins first, at UTC+14, it begins that long before it does at Greenwich. */
#define FIRST_ZONE (G_GINT64_CONSTANT (14) * G_TIME_SPAN_HOUR)

/* The latest day that it is anywhere then: a receipt of this morning in Tokyo is not of a day to come. */
static MilDate
latest_day (gint64 instant)
{
  return mil_date_from_unix (instant + FIRST_ZONE, "UTC");
}

static gboolean
take_step (MilClaim *claim, MilTx *tx, MilClaimAct act, const char *reason, GError **error)
{
  MilClaimStep step = { act, MIL_CLAIM_BY_OPERATOR, .reason = reason };

  return mil_claim_move (claim, tx, &step, error);
}

typedef struct
{
  MilClaim         *claim;
  const MilContext *context;
  MilMoney          tax;
} Hold;

static gpointer
hold (MilTx *tx, gpointer data, GError **error)
{
  Hold *self = data;

  return GINT_TO_POINTER (
      mil_claim_guarantee_hold (self->claim, tx, MIL_DEMO_OPERATOR, self->tax, self->context->exchange, error));
}

/* A wallet that cannot guarantee the tax gets no form; the claim says so, instead of coming back for ever. */
static gboolean
issue_vat_off (MilClaim *claim, MilTx *tx, const MilContext *context, MilMoney tax, GError **error)
{
  Hold what = { claim, context, tax };
  g_autoptr (GError) problem = NULL;

  if (mil_tx_nested (tx, hold, &what, &problem) != NULL)
    return take_step (claim, tx, MIL_CLAIM_ACT_ISSUE, NULL, error);
  g_clear_pointer (&claim->guarantee, mil_wire_guarantee_free);
  g_clear_pointer (&claim->guarantee_hold, g_free);
  if (g_error_matches (problem, MIL_ERROR, MIL_ERROR_INSUFFICIENT_FUNDS))
    return take_step (claim, tx, MIL_CLAIM_ACT_VOID, _ ("The wallet has not got enough to guarantee the tax."), error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * mil_demo_operator_issue:
 * @claim: a submitted claim
 * @tx: a transaction
 * @context: schemes and rates
 * @error: return location
 *
 * What an operator does first: issues the tax-free form at once, or does not, when the rules rule
 * the claim out. Where the shop did not charge the tax, it is held in the wallet.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_demo_operator_issue (MilClaim *claim, MilTx *tx, const MilContext *context, GError **error)
{
  g_autoptr (MilClaimAssessment) assessment = NULL;

  g_return_val_if_fail (claim != NULL && tx != NULL && context != NULL, FALSE);

  assessment = mil_claim_assess (context->book, claim->request, NULL, latest_day (mil_tx_now (tx)), error);
  if (assessment == NULL)
    return FALSE;
  if (!assessment->eligible)
    return take_step (claim, tx, MIL_CLAIM_ACT_VOID, assessment->reason, error);
  claim->export_by = assessment->export_by;
  if (!mil_claim_export_begin (claim, context->book, error))
    return FALSE;
  if (g_strcmp0 (claim->request->mode, "vat-off") == 0)
    return issue_vat_off (claim, tx, context, assessment->tax, error);
  return take_step (claim, tx, MIL_CLAIM_ACT_ISSUE, NULL, error);
}

/**
 * mil_demo_operator_charge:
 * @claim: a claim that came to nothing
 * @tx: a transaction
 * @error: return location
 *
 * Takes the tax from the guarantee, where one is held; does nothing else.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_demo_operator_charge (MilClaim *claim, MilTx *tx, GError **error)
{
  g_return_val_if_fail (claim != NULL && tx != NULL, FALSE);

  if (!mil_claim_guarantee_is_held (claim))
    return TRUE;
  return mil_claim_guarantee_charge (claim, tx, error)
         && take_step (claim, tx, MIL_CLAIM_ACT_CHARGE_GUARANTEE, _ ("The shop did not charge the tax, and it is owed now."), error);
}

/* What stays with the traveller is the tax of what left. */
static gboolean
release (MilClaim *claim, MilTx *tx, MilMoney tax, GError **error)
{
  MilMoney owed;
  g_autoptr (MilWireRefund) refund = mil_wire_refund_new ();

  if (!mil_money_subtract (claim->guarantee->amount, tax, &owed, error)
      || !mil_claim_guarantee_release (claim, tx, MIL_DEMO_OPERATOR, owed, error))
    return FALSE;
  refund->amount = tax;
  refund->fee = mil_money (0, tax.currency);
  refund->payout = claim->guarantee->held;
  if (mil_money_is_set (claim->guarantee->charged)
      && !mil_money_subtract (claim->guarantee->held, claim->guarantee->charged, &refund->payout, error))
    return FALSE;
  g_clear_pointer (&claim->refund, mil_wire_refund_free);
  claim->refund = g_steal_pointer (&refund);
  return take_step (claim, tx, MIL_CLAIM_ACT_RELEASE_GUARANTEE, NULL, error);
}

/* Pays @amount of @tax, under @reference, and writes down what has been paid in all. */
static gboolean
pay (MilClaim *claim, MilTx *tx, const MilContext *context, MilMoney tax, MilMoney amount, const char *reference, GError **error)
{
  g_autoptr (MilWireRefund) refund = mil_wire_refund_new ();
  MilWireRefund *before = claim->refund;
  MilMoney       sum = amount;

  if (!mil_claim_pay_out (claim, tx, MIL_DEMO_OPERATOR, reference, amount, context->exchange, &refund->payout, error))
    return FALSE;
  refund->amount = tax;
  if (before != NULL)
    {
      MilMoney arrived;

      if (!mil_money_subtract (before->amount, before->fee, &arrived, error)
          || !mil_money_add (arrived, amount, &sum, error)
          || !mil_money_add (before->payout, refund->payout, &refund->payout, error))
        return FALSE;
    }
  if (!mil_money_subtract (tax, sum, &refund->fee, error))
    return FALSE;
  mil_wire_refund_free (before);
  claim->refund = g_steal_pointer (&refund);
  return TRUE;
}

/**
 * mil_demo_operator_settle:
 * @claim: a claim that customs validated, in whole or in part
 * @tx: a transaction
 * @context: schemes and rates
 * @day: the day on which customs saw the goods
 * @error: return location
 *
 * What an operator does last: works out the refund of what customs saw, approves it, and pays it
 * into the traveller's wallet through the ledger; or gives the guarantee free.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_demo_operator_settle (MilClaim *claim, MilTx *tx, const MilContext *context, MilDate day, GError **error)
{
  g_autoptr (MilClaimAssessment) assessment = NULL;

  g_return_val_if_fail (claim != NULL && tx != NULL && context != NULL, FALSE);

  /* Customs said the day, or it is Greenwich's: where the goods leave it may be the next one. */
  assessment = mil_claim_assess (context->book, claim->request, (const char *const *) claim->seen, mil_date_add_days (day, 1), error);
  if (assessment == NULL)
    return FALSE;
  if (!assessment->eligible || assessment->refund.minor <= 0)
    return take_step (claim, tx, MIL_CLAIM_ACT_VOID, assessment->reason != NULL ? assessment->reason : _ ("Nothing is left after the fee."), error)
           && mil_demo_operator_charge (claim, tx, error);
  if (mil_claim_guarantee_is_held (claim))
    return release (claim, tx, assessment->tax, error);
  return take_step (claim, tx, MIL_CLAIM_ACT_APPROVE, NULL, error)
         && pay (claim, tx, context, assessment->tax, assessment->refund, NULL, error)
         && take_step (claim, tx, MIL_CLAIM_ACT_REFUND, NULL, error);
}

/* What was charged goes back as it was charged. */
static gboolean
give_back (MilClaim *claim, MilTx *tx, const MilContext *context, const char *reference, GError **error)
{
  MilMoney paid;

  return mil_claim_pay_out (claim, tx, MIL_DEMO_OPERATOR, reference, claim->guarantee->charged, context->exchange, &paid, error);
}

/* What all goods would have brought, less what they brought. */
static gboolean
correct (MilClaim *claim, MilTx *tx, const MilContext *context, GError **error)
{
  g_autofree char *reference = g_strconcat (claim->id, ":dispute", NULL);
  g_autoptr (MilClaimAssessment) assessment = NULL;
  MilMoney due;
  MilMoney arrived;

  if (claim->guarantee != NULL)
    return !mil_money_is_set (claim->guarantee->charged) || give_back (claim, tx, context, reference, error);
  assessment = mil_claim_assess (context->book, claim->request, NULL, latest_day (claim->created_at), error);
  if (assessment == NULL)
    return FALSE;
  if (!assessment->eligible)
    {
      mil_error_set (error, MIL_ERROR_CONFLICT, _ ("The rules give nothing for this claim: %s"), assessment->reason);
      return FALSE;
    }
  due = assessment->refund;
  if (claim->refund != NULL
      && (!mil_money_subtract (claim->refund->amount, claim->refund->fee, &arrived, error)
          || !mil_money_subtract (due, arrived, &due, error)))
    return FALSE;
  return due.minor <= 0 || pay (claim, tx, context, assessment->tax, due, reference, error);
}

/**
 * mil_demo_operator_resolve:
 * @claim: a disputed claim
 * @tx: a transaction
 * @context: schemes and rates
 * @principal: who decided
 * @is_upheld: whether the traveller is right: then what the claim should have brought is paid
 * @error: return location; %MIL_ERROR_CONFLICT when it is upheld and the rules give nothing
 *
 * Answers what a traveller objected.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_demo_operator_resolve (MilClaim *claim, MilTx *tx, const MilContext *context, const char *principal, gboolean is_upheld, GError **error)
{
  MilClaimStep step = { is_upheld ? MIL_CLAIM_ACT_UPHOLD : MIL_CLAIM_ACT_REJECT, MIL_CLAIM_BY_OPERATOR, .principal = principal };

  g_return_val_if_fail (claim != NULL && tx != NULL && context != NULL, FALSE);

  if (is_upheld && claim->state == MIL_CLAIM_DISPUTED && !correct (claim, tx, context, error))
    return FALSE;
  return mil_claim_move (claim, tx, &step, error);
}
