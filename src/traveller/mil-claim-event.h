/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-record.h"

G_BEGIN_DECLS

/**
 * MilClaimEventInfo:
 * @id: sequence number as text
 * @state: state that was reached
 * @state_text: the state in words
 * @actor: "traveller", "operator", "customs" or "service"
 * @reason: (nullable): why, as the actor said it
 * @event: (nullable): what was done, by the service's name: "issued", "presented", "dispute-upheld" …
 * @reason_code: (nullable): why customs refused: name of a #MilClaimRefusal
 * @system: (nullable): the validation system that said it: "PABLO", "OTELLO" …
 * @code: (nullable): what that system said, in its own words
 * @at: when, microseconds since 1970 UTC
 *
 * A step of a claim's timeline.
 */
typedef struct
{
  char  *id;
  char  *state;
  char  *state_text;
  char  *actor;
  char  *reason;
  char  *event;
  char  *reason_code;
  char  *system;
  char  *code;
  gint64 at;
} MilClaimEventInfo;

#define MIL_TYPE_CLAIM_EVENT (mil_claim_event_get_type ())

G_DECLARE_FINAL_TYPE (MilClaimEvent, mil_claim_event, MIL, CLAIM_EVENT, MilRecord)

MilClaimEvent           *mil_claim_event_new (const MilClaimEventInfo *info);
const MilClaimEventInfo *mil_claim_event_get_info (MilClaimEvent *self);

G_END_DECLS
