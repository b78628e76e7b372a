/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-claim-event.h"

static const MilRecordField fields[] = {
  MIL_RECORD_FIELD (MilClaimEventInfo, id, "id", STRING),
  MIL_RECORD_FIELD (MilClaimEventInfo, state, "state", STRING),
  MIL_RECORD_FIELD (MilClaimEventInfo, state_text, "state-text", STRING),
  MIL_RECORD_FIELD (MilClaimEventInfo, actor, "actor", STRING),
  MIL_RECORD_FIELD (MilClaimEventInfo, reason, "reason", STRING),
  MIL_RECORD_FIELD (MilClaimEventInfo, event, "event", STRING),
  MIL_RECORD_FIELD (MilClaimEventInfo, reason_code, "reason-code", STRING),
  MIL_RECORD_FIELD (MilClaimEventInfo, system, "system", STRING),
  MIL_RECORD_FIELD (MilClaimEventInfo, code, "code", STRING),
  MIL_RECORD_FIELD (MilClaimEventInfo, at, "at", INT64),
};

MIL_DEFINE_RECORD (MilClaimEvent, mil_claim_event, MilClaimEventInfo, fields)

/**
 * mil_claim_event_new:
 * @info: what it says; copied
 *
 * Returns: (transfer full): a new record
 */
MilClaimEvent *
mil_claim_event_new (const MilClaimEventInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return mil_record_new_for_value (MIL_TYPE_CLAIM_EVENT, info);
}

/**
 * mil_claim_event_get_info:
 * @self: a record
 *
 * What it says now. The fields are those of #MilClaimEventInfo.
 *
 * Returns: (transfer none): valid until the record changes
 */
const MilClaimEventInfo *
mil_claim_event_get_info (MilClaimEvent *self)
{
  g_return_val_if_fail (MIL_IS_CLAIM_EVENT (self), NULL);

  return mil_record_get_value (MIL_RECORD (self));
}
