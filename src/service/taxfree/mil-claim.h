/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "protocol/mil-wire-claim.h"
#include "service/storage/mil-tx.h"
#include "service/taxfree/mil-claim-state.h"

G_BEGIN_DECLS

/**
 * MilClaim:
 * @id: the client's UUIDv7
 * @owner: whose it is
 * @number: 12 digits, what the form's barcode says
 * @state: where it stands
 * @request: what was claimed
 * @refund: what was paid; %NULL until then
 * @export_by: last day on which the goods may leave; not set when no form was issued
 * @seen: (nullable): ids of the purchases that customs saw; %NULL for all
 * @created_at: microseconds since 1970
 *
 * A claim for a tax refund.
 */
typedef struct
{
  char                *id;
  char                *owner;
  char                *number;
  MilClaimState        state;
  MilWireClaimRequest *request;
  MilWireRefund       *refund;
  MilDate              export_by;
  GStrv                seen;
  gint64               created_at;
} MilClaim;

MilClaim *mil_claim_new (MilTx *tx, const char *owner, MilWireClaimRequest *request, const char *digest, GError **error);
MilClaim *mil_claim_load (MilTx *tx, const char *owner, const char *id, GError **error);
gboolean mil_claim_find_same (MilTx *tx, const char *owner, const char *id, const char *digest, gboolean *found, GError **error);
gboolean  mil_claim_move (MilClaim     *self,
                          MilTx        *tx,
                          MilClaimState to,
                          MilClaimActor actor,
                          const char   *principal,
                          const char   *reason,
                          GError      **error);
gboolean  mil_claim_set_seen (MilClaim *self, MilTx *tx, const char *const *ids, GError **error);
JsonNode *mil_claim_to_json (MilClaim *self, MilTx *tx, GError **error);
JsonNode *mil_claim_tell (MilClaim *self, MilTx *tx, GError **error);
void      mil_claim_free (MilClaim *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilClaim, mil_claim_free)

G_END_DECLS
