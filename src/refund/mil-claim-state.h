/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MilClaimState:
 * @MIL_CLAIM_DRAFT: on the traveller's device, still being written
 * @MIL_CLAIM_QUEUED: on the traveller's device, waits for a network
 * @MIL_CLAIM_SUBMITTED: sent by the traveller
 * @MIL_CLAIM_ISSUED: the operator issued the tax-free form
 * @MIL_CLAIM_AWAITING_VALIDATION: shown at the exit, not decided yet: a red light that sends the traveller
 *   to the desk, a system that does not answer, a paper form that waits for its stamp
 * @MIL_CLAIM_VALIDATED: customs saw all goods leave
 * @MIL_CLAIM_PARTIALLY_VALIDATED: customs saw some of them leave
 * @MIL_CLAIM_REFUSED: customs saw none, or not in order
 * @MIL_CLAIM_REFUND_PENDING: the operator will pay
 * @MIL_CLAIM_REFUNDED: the money is in the wallet, or stayed there where the tax was not charged
 * @MIL_CLAIM_WITHDRAWN: the traveller took it back
 * @MIL_CLAIM_EXPIRED: the goods were not seen leaving in time
 * @MIL_CLAIM_VOID: the operator did not issue a form, or took it back
 * @MIL_CLAIM_GUARANTEE_CHARGED: the tax that the shop did not charge was taken from the guarantee
 * @MIL_CLAIM_DISPUTED: the traveller does not agree with how it ended
 * @MIL_CLAIM_RESOLVED: the operator has answered that
 *
 * Where a claim stands. The first two are known to the traveller's device alone.
 */
typedef enum
{
  MIL_CLAIM_DRAFT,
  MIL_CLAIM_QUEUED,
  MIL_CLAIM_SUBMITTED,
  MIL_CLAIM_ISSUED,
  MIL_CLAIM_AWAITING_VALIDATION,
  MIL_CLAIM_VALIDATED,
  MIL_CLAIM_PARTIALLY_VALIDATED,
  MIL_CLAIM_REFUSED,
  MIL_CLAIM_REFUND_PENDING,
  MIL_CLAIM_REFUNDED,
  MIL_CLAIM_WITHDRAWN,
  MIL_CLAIM_EXPIRED,
  MIL_CLAIM_VOID,
  MIL_CLAIM_GUARANTEE_CHARGED,
  MIL_CLAIM_DISPUTED,
  MIL_CLAIM_RESOLVED,
} MilClaimState;

#define MIL_CLAIM_N_STATES (MIL_CLAIM_RESOLVED + 1)

/**
 * MilClaimAct:
 * @MIL_CLAIM_ACT_QUEUE: the traveller sends it, there is no network yet
 * @MIL_CLAIM_ACT_SUBMIT: the service has it
 * @MIL_CLAIM_ACT_ISSUE: the operator issues the form
 * @MIL_CLAIM_ACT_VOID: the form is not issued, or taken back
 * @MIL_CLAIM_ACT_WITHDRAW: the traveller takes it back
 * @MIL_CLAIM_ACT_PRESENT: it was shown at the exit and not decided
 * @MIL_CLAIM_ACT_VALIDATE: customs saw all goods
 * @MIL_CLAIM_ACT_VALIDATE_PART: customs saw some of them
 * @MIL_CLAIM_ACT_REFUSE: customs refused
 * @MIL_CLAIM_ACT_EXPIRE: the last day of export is over
 * @MIL_CLAIM_ACT_APPROVE: the operator will pay
 * @MIL_CLAIM_ACT_REFUND: the operator paid
 * @MIL_CLAIM_ACT_FAIL_REFUND: the operator tried to pay, and could not
 * @MIL_CLAIM_ACT_CHARGE_GUARANTEE: the tax was not charged in the shop, and is owed now
 * @MIL_CLAIM_ACT_RELEASE_GUARANTEE: the tax was not charged in the shop, and is not owed
 * @MIL_CLAIM_ACT_DISPUTE: the traveller does not agree
 * @MIL_CLAIM_ACT_UPHOLD: the operator agrees with the traveller, and pays what was owed
 * @MIL_CLAIM_ACT_REJECT: the operator does not
 *
 * What is done to a claim.
 */
typedef enum
{
  MIL_CLAIM_ACT_QUEUE,
  MIL_CLAIM_ACT_SUBMIT,
  MIL_CLAIM_ACT_ISSUE,
  MIL_CLAIM_ACT_VOID,
  MIL_CLAIM_ACT_WITHDRAW,
  MIL_CLAIM_ACT_PRESENT,
  MIL_CLAIM_ACT_VALIDATE,
  MIL_CLAIM_ACT_VALIDATE_PART,
  MIL_CLAIM_ACT_REFUSE,
  MIL_CLAIM_ACT_EXPIRE,
  MIL_CLAIM_ACT_APPROVE,
  MIL_CLAIM_ACT_REFUND,
  MIL_CLAIM_ACT_FAIL_REFUND,
  MIL_CLAIM_ACT_CHARGE_GUARANTEE,
  MIL_CLAIM_ACT_RELEASE_GUARANTEE,
  MIL_CLAIM_ACT_DISPUTE,
  MIL_CLAIM_ACT_UPHOLD,
  MIL_CLAIM_ACT_REJECT,
} MilClaimAct;

#define MIL_CLAIM_N_ACTS (MIL_CLAIM_ACT_REJECT + 1)

/**
 * MilClaimActor:
 * @MIL_CLAIM_BY_TRAVELLER: whose claim it is
 * @MIL_CLAIM_BY_OPERATOR: who issues the form and pays
 * @MIL_CLAIM_BY_CUSTOMS: who validates the export, or a system of theirs
 * @MIL_CLAIM_BY_SERVICE: time
 *
 * Who moves a claim.
 */
typedef enum
{
  MIL_CLAIM_BY_TRAVELLER,
  MIL_CLAIM_BY_OPERATOR,
  MIL_CLAIM_BY_CUSTOMS,
  MIL_CLAIM_BY_SERVICE,
} MilClaimActor;

#define MIL_CLAIM_N_ACTORS (MIL_CLAIM_BY_SERVICE + 1)

/**
 * MilClaimEffect:
 * @MIL_CLAIM_EFFECT_NONE: no money moves
 * @MIL_CLAIM_EFFECT_HOLD: the tax that the shop did not charge is held in the wallet, where there is any
 * @MIL_CLAIM_EFFECT_RELEASE: what is held is given free
 * @MIL_CLAIM_EFFECT_CHARGE: what is held goes to the operator, who owes the tax
 * @MIL_CLAIM_EFFECT_PAY: the operator pays the refund into the wallet
 * @MIL_CLAIM_EFFECT_CORRECT: the operator pays what the claim should have brought and did not
 *
 * What a step does to the ledger.
 */
typedef enum
{
  MIL_CLAIM_EFFECT_NONE,
  MIL_CLAIM_EFFECT_HOLD,
  MIL_CLAIM_EFFECT_RELEASE,
  MIL_CLAIM_EFFECT_CHARGE,
  MIL_CLAIM_EFFECT_PAY,
  MIL_CLAIM_EFFECT_CORRECT,
} MilClaimEffect;

/**
 * MilClaimTransition:
 * @from: where a claim stands
 * @act: what is done to it
 * @actor: who does it
 * @to: where it stands then
 * @effect: what that does to the ledger
 * @needs_proof_in_time: only with proof that the goods left before the last day of export was over
 *
 * One way that a claim can go.
 */
typedef struct
{
  MilClaimState  from;
  MilClaimAct    act;
  MilClaimActor  actor;
  MilClaimState  to;
  MilClaimEffect effect;
  gboolean       needs_proof_in_time;
} MilClaimTransition;

const MilClaimTransition *mil_claim_transition (MilClaimState from, MilClaimAct act, MilClaimActor actor);
const MilClaimTransition *mil_claim_transitions (guint *n_transitions);
gboolean                  mil_claim_state_allows (MilClaimState from, MilClaimAct act, MilClaimActor actor);
const char               *mil_claim_state_name (MilClaimState state);
gboolean                  mil_claim_state_parse (const char *name, MilClaimState *state);
gboolean                  mil_claim_state_is_local (MilClaimState state);
gboolean                  mil_claim_state_is_over (MilClaimState state);
gboolean                  mil_claim_state_frees_purchases (MilClaimState state);
const char               *mil_claim_act_name (MilClaimAct act);
gboolean                  mil_claim_act_parse (const char *name, MilClaimAct *act);
const char               *mil_claim_actor_name (MilClaimActor actor);
const char               *mil_claim_effect_name (MilClaimEffect effect);

G_END_DECLS
