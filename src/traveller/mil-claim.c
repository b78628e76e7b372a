/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-claim.h"

#include "traveller/mil-claim-event.h"

static const MilRecordField fields[] = {
  MIL_RECORD_FIELD (MilClaimInfo, id, "id", STRING),
  MIL_RECORD_FIELD (MilClaimInfo, number, "number", STRING),
  MIL_RECORD_FIELD (MilClaimInfo, state, "state", STRING),
  MIL_RECORD_FIELD (MilClaimInfo, state_text, "state-text", STRING),
  MIL_RECORD_FIELD (MilClaimInfo, scheme, "scheme", STRING),
  MIL_RECORD_FIELD (MilClaimInfo, shop, "shop", STRING),
  MIL_RECORD_FIELD (MilClaimInfo, country, "country", STRING),
  MIL_RECORD_FIELD (MilClaimInfo, total, "total", MONEY),
  MIL_RECORD_FIELD (MilClaimInfo, estimate_low, "estimate-low", MONEY),
  MIL_RECORD_FIELD (MilClaimInfo, estimate_high, "estimate-high", MONEY),
  MIL_RECORD_FIELD (MilClaimInfo, refund, "refund", MONEY),
  MIL_RECORD_FIELD (MilClaimInfo, fee, "fee", MONEY),
  MIL_RECORD_FIELD (MilClaimInfo, payout, "payout", MONEY),
  MIL_RECORD_FIELD (MilClaimInfo, export_by, "export-by", DATE),
  MIL_RECORD_FIELD (MilClaimInfo, receipts, "receipts", STRV),
  MIL_RECORD_FIELD (MilClaimInfo, wallet_id, "wallet-id", STRING),
  MIL_RECORD_FIELD (MilClaimInfo, problem, "problem", STRING),
  MIL_RECORD_FIELD (MilClaimInfo, conflict, "conflict", STRING),
  MIL_RECORD_FIELD (MilClaimInfo, mode, "mode", STRING),
  MIL_RECORD_FIELD (MilClaimInfo, validation_system, "validation-system", STRING),
  MIL_RECORD_FIELD (MilClaimInfo, validation_reference, "validation-reference", STRING),
  MIL_RECORD_FIELD (MilClaimInfo, validation_label, "validation-label", STRING),
  MIL_RECORD_FIELD (MilClaimInfo, validation_code, "validation-code", STRING),
  MIL_RECORD_FIELD (MilClaimInfo, validation_hint, "validation-hint", STRING),
  MIL_RECORD_FIELD (MilClaimInfo, guarantee, "guarantee", MONEY),
  MIL_RECORD_FIELD (MilClaimInfo, guarantee_held, "guarantee-held", MONEY),
  MIL_RECORD_FIELD (MilClaimInfo, guarantee_state, "guarantee-state", STRING),
  MIL_RECORD_FIELD (MilClaimInfo, dispute_text, "dispute-text", STRING),
  MIL_RECORD_FIELD (MilClaimInfo, dispute_outcome, "dispute-outcome", STRING),
  MIL_RECORD_FIELD (MilClaimInfo, dispute_answer, "dispute-answer", STRING),
  MIL_RECORD_FIELD (MilClaimInfo, erased_at, "erased-at", INT64),
  MIL_RECORD_FIELD (MilClaimInfo, created_at, "created-at", INT64),
  MIL_RECORD_FIELD (MilClaimInfo, updated_at, "updated-at", INT64),
  MIL_RECORD_FIELD_LIST (MilClaimInfo, events, "events", mil_claim_event_get_type),
};

MIL_DEFINE_RECORD (MilClaim, mil_claim, MilClaimInfo, fields)

/**
 * mil_claim_new:
 * @info: what it says; copied
 *
 * Returns: (transfer full): a new record
 */
MilClaim *
mil_claim_new (const MilClaimInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return mil_record_new_for_value (MIL_TYPE_CLAIM, info);
}

/**
 * mil_claim_get_info:
 * @self: a record
 *
 * What it says now. The fields are those of #MilClaimInfo.
 *
 * Returns: (transfer none): valid until the record changes
 */
const MilClaimInfo *
mil_claim_get_info (MilClaim *self)
{
  g_return_val_if_fail (MIL_IS_CLAIM (self), NULL);

  return mil_record_get_value (MIL_RECORD (self));
}
