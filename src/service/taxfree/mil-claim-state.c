/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/mil-claim-state.h"

static const char *const state_names[] = {
  "submitted", "issued",  "validated", "partially-validated", "refused", "approved", "refunded",
  "withdrawn", "expired", "void",
};

static const char *const actor_names[] = { "traveller", "operator", "customs", "service" };

/* Every way that a claim can go; there is no other. */
static const struct
{
  MilClaimState from;
  MilClaimState to;
  MilClaimActor actor;
} transitions[] = {
  { MIL_CLAIM_SUBMITTED, MIL_CLAIM_ISSUED, MIL_CLAIM_BY_OPERATOR },
  { MIL_CLAIM_SUBMITTED, MIL_CLAIM_VOID, MIL_CLAIM_BY_OPERATOR },
  { MIL_CLAIM_SUBMITTED, MIL_CLAIM_WITHDRAWN, MIL_CLAIM_BY_TRAVELLER },
  { MIL_CLAIM_ISSUED, MIL_CLAIM_VALIDATED, MIL_CLAIM_BY_CUSTOMS },
  { MIL_CLAIM_ISSUED, MIL_CLAIM_PARTIALLY_VALIDATED, MIL_CLAIM_BY_CUSTOMS },
  { MIL_CLAIM_ISSUED, MIL_CLAIM_REFUSED, MIL_CLAIM_BY_CUSTOMS },
  { MIL_CLAIM_ISSUED, MIL_CLAIM_WITHDRAWN, MIL_CLAIM_BY_TRAVELLER },
  { MIL_CLAIM_ISSUED, MIL_CLAIM_EXPIRED, MIL_CLAIM_BY_SERVICE },
  { MIL_CLAIM_VALIDATED, MIL_CLAIM_APPROVED, MIL_CLAIM_BY_OPERATOR },
  { MIL_CLAIM_PARTIALLY_VALIDATED, MIL_CLAIM_APPROVED, MIL_CLAIM_BY_OPERATOR },
  { MIL_CLAIM_VALIDATED, MIL_CLAIM_VOID, MIL_CLAIM_BY_OPERATOR },
  { MIL_CLAIM_PARTIALLY_VALIDATED, MIL_CLAIM_VOID, MIL_CLAIM_BY_OPERATOR },
  { MIL_CLAIM_APPROVED, MIL_CLAIM_REFUNDED, MIL_CLAIM_BY_OPERATOR },
};

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
  g_return_val_if_fail (name != NULL && state != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (state_names); i++)
    if (g_str_equal (state_names[i], name))
      {
        *state = (MilClaimState) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * mil_claim_state_can:
 * @from: where a claim stands
 * @to: where it shall go
 * @actor: who moves it
 *
 * Returns: whether that is one of the ways that there are
 */
gboolean
mil_claim_state_can (MilClaimState from, MilClaimState to, MilClaimActor actor)
{
  for (guint i = 0; i < G_N_ELEMENTS (transitions); i++)
    if (transitions[i].from == from && transitions[i].to == to && transitions[i].actor == actor)
      return TRUE;
  return FALSE;
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
