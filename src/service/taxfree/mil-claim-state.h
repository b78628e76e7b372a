/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MilClaimState:
 * @MIL_CLAIM_SUBMITTED: sent by the traveller
 * @MIL_CLAIM_ISSUED: the operator issued the tax-free form
 * @MIL_CLAIM_VALIDATED: customs saw all goods leave
 * @MIL_CLAIM_PARTIALLY_VALIDATED: customs saw some of them leave
 * @MIL_CLAIM_REFUSED: customs saw none, or not in order
 * @MIL_CLAIM_APPROVED: the operator will pay
 * @MIL_CLAIM_REFUNDED: the money is in the wallet
 * @MIL_CLAIM_WITHDRAWN: the traveller took it back
 * @MIL_CLAIM_EXPIRED: the goods did not leave in time
 * @MIL_CLAIM_VOID: the operator did not issue a form
 *
 * Where a claim stands.
 */
typedef enum
{
  MIL_CLAIM_SUBMITTED,
  MIL_CLAIM_ISSUED,
  MIL_CLAIM_VALIDATED,
  MIL_CLAIM_PARTIALLY_VALIDATED,
  MIL_CLAIM_REFUSED,
  MIL_CLAIM_APPROVED,
  MIL_CLAIM_REFUNDED,
  MIL_CLAIM_WITHDRAWN,
  MIL_CLAIM_EXPIRED,
  MIL_CLAIM_VOID,
} MilClaimState;

/**
 * MilClaimActor:
 * @MIL_CLAIM_BY_TRAVELLER: whose claim it is
 * @MIL_CLAIM_BY_OPERATOR: who issues the form and pays
 * @MIL_CLAIM_BY_CUSTOMS: who validates the export
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

const char *mil_claim_state_name (MilClaimState state);
gboolean    mil_claim_state_parse (const char *name, MilClaimState *state);
gboolean    mil_claim_state_can (MilClaimState from, MilClaimState to, MilClaimActor actor);
const char *mil_claim_actor_name (MilClaimActor actor);

G_END_DECLS
