/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-record.h"

G_BEGIN_DECLS

/**
 * MilClaimInfo:
 * @id: claim id, made on this device
 * @number: (nullable): the number of the bar code, %NULL until the operator has issued the form
 * @state: name of a #MilClaimState; "draft" and "queued" are known to this device alone
 * @state_text: the state in words
 * @scheme: id of the refund scheme
 * @shop: shop of the first purchase
 * @country: ISO 3166 code
 * @total: what the purchases cost
 * @estimate_low: least that is expected back
 * @estimate_high: most that is expected back
 * @refund: what comes back, unset until it is known
 * @fee: what the operator keeps
 * @payout: what the wallet gets
 * @export_by: day by which the goods must leave
 * @receipts: ids of the receipts in it
 * @wallet_id: (nullable): where the refund goes
 * @problem: (nullable): why it could not be sent, in words
 * @conflict: (nullable): something done here that came too late, because the claim had changed meanwhile,
 *   in words; what the service says stands, and mil_session_forget_conflict() takes it away
 * @mode: (nullable): "refund", or "vat-off" where the shop did not charge the tax
 * @validation_system: (nullable): which system validates the export: "PABLO", "OTELLO" … "paper"
 * @validation_reference: (nullable): what that system knows the form by
 * @validation_label: (nullable): what it calls that: "ILR", "codice richiesta" …
 * @validation_code: (nullable): what it said last, in its own words
 * @validation_hint: (nullable): what to do now: "Go to the customs desk."
 * @guarantee: tax that the wallet guarantees; unset where none is
 * @guarantee_held: the same in the wallet's currency
 * @guarantee_state: (nullable): "held", "released", "charged"
 * @dispute_text: (nullable): what the person objected
 * @dispute_outcome: (nullable): "upheld", "rejected"
 * @dispute_answer: (nullable): what the operator answered
 * @erased_at: since when the service does not know any more who travelled; 0 if it does
 * @created_at: when, microseconds since 1970 UTC
 * @updated_at: when, microseconds since 1970 UTC
 * @events: (element-type MilClaimEvent): the timeline, oldest first
 *
 * A tax-free claim.
 */
typedef struct
{
  char       *id;
  char       *number;
  char       *state;
  char       *state_text;
  char       *scheme;
  char       *shop;
  char       *country;
  MilMoney    total;
  MilMoney    estimate_low;
  MilMoney    estimate_high;
  MilMoney    refund;
  MilMoney    fee;
  MilMoney    payout;
  MilDate     export_by;
  GStrv       receipts;
  char       *wallet_id;
  char       *problem;
  char       *conflict;
  char       *mode;
  char       *validation_system;
  char       *validation_reference;
  char       *validation_label;
  char       *validation_code;
  char       *validation_hint;
  MilMoney    guarantee;
  MilMoney    guarantee_held;
  char       *guarantee_state;
  char       *dispute_text;
  char       *dispute_outcome;
  char       *dispute_answer;
  gint64      erased_at;
  gint64      created_at;
  gint64      updated_at;
  GListStore *events;
} MilClaimInfo;

#define MIL_TYPE_CLAIM (mil_claim_get_type ())

G_DECLARE_FINAL_TYPE (MilClaim, mil_claim, MIL, CLAIM, MilRecord)

MilClaim           *mil_claim_new (const MilClaimInfo *info);
const MilClaimInfo *mil_claim_get_info (MilClaim *self);

G_END_DECLS
