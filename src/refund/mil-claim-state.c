/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-claim-state.h"

static const char *const state_names[] = {
  "draft",
  "queued",
  "submitted",
  "issued",
  "awaiting-validation",
  "validated",
  "partially-validated",
  "refused",
  "refund-pending",
  "refunded",
  "withdrawn",
  "expired",
  "void",
  "guarantee-charged",
  "disputed",
  "resolved",
};

static const char *const act_names[] = {
  "queued",
  "submitted",
  "issued",
  "voided",
  "withdrawn",
  "presented",
  "validated",
  "partially-validated",
  "refused",
  "expired",
  "approved",
  "refunded",
  "refund-failed",
  "guarantee-charged",
  "guarantee-released",
  "disputed",
  "dispute-upheld",
  "dispute-rejected",
};

static const char *const actor_names[] = { "traveller", "operator", "customs", "service" };

static const char *const effect_names[] = { "none", "hold", "release", "charge", "pay", "correct" };

G_STATIC_ASSERT (G_N_ELEMENTS (state_names) == MIL_CLAIM_N_STATES);
G_STATIC_ASSERT (G_N_ELEMENTS (act_names) == MIL_CLAIM_N_ACTS);
G_STATIC_ASSERT (G_N_ELEMENTS (actor_names) == MIL_CLAIM_N_ACTORS);

#define WAY(from, act, actor, to, effect)                                                                    \
  { MIL_CLAIM_##from, MIL_CLAIM_ACT_##act,       MIL_CLAIM_BY_##actor,                                       \
    MIL_CLAIM_##to,   MIL_CLAIM_EFFECT_##effect, FALSE }
#define LATE(from, act, actor, to, effect)                                                                   \
  { MIL_CLAIM_##from, MIL_CLAIM_ACT_##act,       MIL_CLAIM_BY_##actor,                                       \
    MIL_CLAIM_##to,   MIL_CLAIM_EFFECT_##effect, TRUE }

/* Every way that a claim can go; there is no other. */
/* clang-format off */
static const MilClaimTransition transitions[] = {
  WAY  (DRAFT,               QUEUE,             TRAVELLER, QUEUED,              NONE),
  WAY  (DRAFT,               SUBMIT,            TRAVELLER, SUBMITTED,           NONE),
  WAY  (DRAFT,               WITHDRAW,          TRAVELLER, WITHDRAWN,           NONE),
  WAY  (QUEUED,              SUBMIT,            TRAVELLER, SUBMITTED,           NONE),
  WAY  (QUEUED,              WITHDRAW,          TRAVELLER, WITHDRAWN,           NONE),
  WAY  (QUEUED,              VOID,              SERVICE,   VOID,                NONE),
  WAY  (SUBMITTED,           ISSUE,             OPERATOR,  ISSUED,              HOLD),
  WAY  (SUBMITTED,           VOID,              OPERATOR,  VOID,                NONE),
  WAY  (SUBMITTED,           WITHDRAW,          TRAVELLER, WITHDRAWN,           NONE),
  WAY  (ISSUED,              PRESENT,           TRAVELLER, AWAITING_VALIDATION, NONE),
  WAY  (ISSUED,              PRESENT,           CUSTOMS,   AWAITING_VALIDATION, NONE),
  WAY  (ISSUED,              VALIDATE,          CUSTOMS,   VALIDATED,           NONE),
  WAY  (ISSUED,              VALIDATE_PART,     CUSTOMS,   PARTIALLY_VALIDATED, NONE),
  WAY  (ISSUED,              REFUSE,            CUSTOMS,   REFUSED,             NONE),
  WAY  (ISSUED,              WITHDRAW,          TRAVELLER, WITHDRAWN,           NONE),
  WAY  (ISSUED,              VOID,              OPERATOR,  VOID,                NONE),
  WAY  (ISSUED,              EXPIRE,            SERVICE,   EXPIRED,             NONE),
  WAY  (AWAITING_VALIDATION, PRESENT,           CUSTOMS,   AWAITING_VALIDATION, NONE),
  WAY  (AWAITING_VALIDATION, VALIDATE,          CUSTOMS,   VALIDATED,           NONE),
  WAY  (AWAITING_VALIDATION, VALIDATE_PART,     CUSTOMS,   PARTIALLY_VALIDATED, NONE),
  WAY  (AWAITING_VALIDATION, REFUSE,            CUSTOMS,   REFUSED,             NONE),
  WAY  (AWAITING_VALIDATION, EXPIRE,            SERVICE,   EXPIRED,             NONE),
  WAY  (VALIDATED,           APPROVE,           OPERATOR,  REFUND_PENDING,      NONE),
  WAY  (VALIDATED,           RELEASE_GUARANTEE, OPERATOR,  REFUNDED,            RELEASE),
  WAY  (VALIDATED,           VOID,              OPERATOR,  VOID,                NONE),
  WAY  (PARTIALLY_VALIDATED, APPROVE,           OPERATOR,  REFUND_PENDING,      NONE),
  WAY  (PARTIALLY_VALIDATED, RELEASE_GUARANTEE, OPERATOR,  REFUNDED,            RELEASE),
  WAY  (PARTIALLY_VALIDATED, VOID,              OPERATOR,  VOID,                NONE),
  WAY  (REFUSED,             CHARGE_GUARANTEE,  OPERATOR,  GUARANTEE_CHARGED,   CHARGE),
  WAY  (REFUSED,             DISPUTE,           TRAVELLER, DISPUTED,            NONE),
  WAY  (REFUND_PENDING,      REFUND,            OPERATOR,  REFUNDED,            PAY),
  WAY  (REFUND_PENDING,      FAIL_REFUND,       OPERATOR,  REFUND_PENDING,      NONE),
  WAY  (REFUNDED,            DISPUTE,           TRAVELLER, DISPUTED,            NONE),
  WAY  (WITHDRAWN,           CHARGE_GUARANTEE,  OPERATOR,  GUARANTEE_CHARGED,   CHARGE),
  /* Paper travels slowly: a stamp of a day that was in time counts when it arrives after it. */
  LATE (EXPIRED,             VALIDATE,          CUSTOMS,   VALIDATED,           NONE),
  LATE (EXPIRED,             VALIDATE_PART,     CUSTOMS,   PARTIALLY_VALIDATED, NONE),
  WAY  (EXPIRED,             CHARGE_GUARANTEE,  OPERATOR,  GUARANTEE_CHARGED,   CHARGE),
  WAY  (EXPIRED,             DISPUTE,           TRAVELLER, DISPUTED,            NONE),
  WAY  (VOID,                CHARGE_GUARANTEE,  OPERATOR,  GUARANTEE_CHARGED,   CHARGE),
  WAY  (VOID,                DISPUTE,           TRAVELLER, DISPUTED,            NONE),
  WAY  (GUARANTEE_CHARGED,   DISPUTE,           TRAVELLER, DISPUTED,            NONE),
  WAY  (DISPUTED,            UPHOLD,            OPERATOR,  RESOLVED,            CORRECT),
  WAY  (DISPUTED,            REJECT,            OPERATOR,  RESOLVED,            NONE),
};
/* clang-format on */

/**
 * mil_claim_transitions:
 * @n_transitions: (out): how many
 *
 * Returns: (transfer none) (array length=n_transitions): every way that a claim can go
 */
const MilClaimTransition *
mil_claim_transitions (guint *n_transitions)
{
  g_return_val_if_fail (n_transitions != NULL, NULL);

  *n_transitions = G_N_ELEMENTS (transitions);
  return transitions;
}

/**
 * mil_claim_transition:
 * @from: where a claim stands
 * @act: what shall be done to it
 * @actor: who does it
 *
 * Returns: (transfer none) (nullable): where that leads; %NULL when it cannot be done there
 */
const MilClaimTransition *
mil_claim_transition (MilClaimState from, MilClaimAct act, MilClaimActor actor)
{
  for (guint i = 0; i < G_N_ELEMENTS (transitions); i++)
    if (transitions[i].from == from && transitions[i].act == act && transitions[i].actor == actor)
      return &transitions[i];
  return NULL;
}

/**
 * mil_claim_state_allows:
 * @from: where a claim stands
 * @act: what shall be done to it
 * @actor: who does it
 *
 * What a button asks before it is shown.
 *
 * Returns: whether that can be done there
 */
gboolean
mil_claim_state_allows (MilClaimState from, MilClaimAct act, MilClaimActor actor)
{
  return mil_claim_transition (from, act, actor) != NULL;
}

static gboolean
find (const char *const *names, guint n_names, const char *name, guint *place)
{
  for (guint i = 0; i < n_names; i++)
    if (g_str_equal (names[i], name))
      {
        *place = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * mil_claim_state_name:
 * @state: a state
 *
 * Returns: its name on the wire
 */
const char *
mil_claim_state_name (MilClaimState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (state_names), "");

  return state_names[state];
}

/**
 * mil_claim_state_parse:
 * @name: a name on the wire
 * @state: (out): the state
 *
 * Returns: %FALSE when there is no such state
 */
gboolean
mil_claim_state_parse (const char *name, MilClaimState *state)
{
  guint place;

  g_return_val_if_fail (name != NULL && state != NULL, FALSE);

  if (!find (state_names, G_N_ELEMENTS (state_names), name, &place))
    return FALSE;
  *state = (MilClaimState) place;
  return TRUE;
}

/**
 * mil_claim_state_is_local:
 * @state: a state
 *
 * Returns: whether only the traveller's device knows of such a claim
 */
gboolean
mil_claim_state_is_local (MilClaimState state)
{
  return state == MIL_CLAIM_DRAFT || state == MIL_CLAIM_QUEUED;
}

/**
 * mil_claim_state_is_over:
 * @state: a state
 *
 * Returns: whether nothing happens to such a claim by itself any more; the traveller may still dispute it
 */
gboolean
mil_claim_state_is_over (MilClaimState state)
{
  switch (state)
    {
    case MIL_CLAIM_REFUSED:
    case MIL_CLAIM_REFUNDED:
    case MIL_CLAIM_WITHDRAWN:
    case MIL_CLAIM_EXPIRED:
    case MIL_CLAIM_VOID:
    case MIL_CLAIM_GUARANTEE_CHARGED:
    case MIL_CLAIM_RESOLVED:
      return TRUE;
    case MIL_CLAIM_DRAFT:
    case MIL_CLAIM_QUEUED:
    case MIL_CLAIM_SUBMITTED:
    case MIL_CLAIM_ISSUED:
    case MIL_CLAIM_AWAITING_VALIDATION:
    case MIL_CLAIM_VALIDATED:
    case MIL_CLAIM_PARTIALLY_VALIDATED:
    case MIL_CLAIM_REFUND_PENDING:
    case MIL_CLAIM_DISPUTED:
    default:
      return FALSE;
    }
}

/**
 * mil_claim_state_frees_purchases:
 * @state: a state
 *
 * Returns: whether the purchases of such a claim may be claimed anew: no form for them is about
 */
gboolean
mil_claim_state_frees_purchases (MilClaimState state)
{
  return state == MIL_CLAIM_WITHDRAWN || state == MIL_CLAIM_VOID;
}

/**
 * mil_claim_act_name:
 * @act: something done to a claim
 *
 * Returns: its name on the wire, in the past: "issued", "dispute-upheld"
 */
const char *
mil_claim_act_name (MilClaimAct act)
{
  g_return_val_if_fail (act < G_N_ELEMENTS (act_names), "");

  return act_names[act];
}

/**
 * mil_claim_act_parse:
 * @name: a name on the wire
 * @act: (out): what was done
 *
 * Returns: %FALSE when there is no such thing
 */
gboolean
mil_claim_act_parse (const char *name, MilClaimAct *act)
{
  guint place;

  g_return_val_if_fail (name != NULL && act != NULL, FALSE);

  if (!find (act_names, G_N_ELEMENTS (act_names), name, &place))
    return FALSE;
  *act = (MilClaimAct) place;
  return TRUE;
}

/**
 * mil_claim_actor_name:
 * @actor: who moves a claim
 *
 * Returns: its name on the wire
 */
const char *
mil_claim_actor_name (MilClaimActor actor)
{
  g_return_val_if_fail (actor < G_N_ELEMENTS (actor_names), "");

  return actor_names[actor];
}

/**
 * mil_claim_effect_name:
 * @effect: what a step does to the ledger
 *
 * Returns: a word for it
 */
const char *
mil_claim_effect_name (MilClaimEffect effect)
{
  g_return_val_if_fail (effect < G_N_ELEMENTS (effect_names), "");

  return effect_names[effect];
}
