/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-record.h"

G_BEGIN_DECLS

/**
 * MilClaimInfo:
 * @id: claim id, made on this device
 * @number: (nullable): the number of the bar code, %NULL until the operator has issued the form
 * @state: "queued" (not sent yet) or a state of the service: "submitted", "issued", "validated",
 *   "partially-validated", "refused", "approved", "refunded", "withdrawn", "expired", "void"
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
  gint64      created_at;
  gint64      updated_at;
  GListStore *events;
} MilClaimInfo;

#define MIL_TYPE_CLAIM (mil_claim_get_type ())

G_DECLARE_FINAL_TYPE (MilClaim, mil_claim, MIL, CLAIM, MilRecord)

MilClaim *mil_claim_new (const MilClaimInfo *info);
const MilClaimInfo *mil_claim_get_info (MilClaim *self);

G_END_DECLS
