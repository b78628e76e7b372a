/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "protocol/mil-wire-claim.h"
#include "refund/mil-claim-state.h"
#include "service/storage/mil-tx.h"
#include "service/vault/mil-vault.h"

G_BEGIN_DECLS

/**
 * MilClaim:
 * @id: the client's UUIDv7
 * @owner: whose it is
 * @number: 12 digits, what the form's barcode says
 * @state: where it stands
 * @request: what was claimed; who claims is not in it, see #MilClaimPerson
 * @refund: what was paid; %NULL until then
 * @export_by: last day on which the goods may leave; not set when no form was issued
 * @seen: (nullable): ids of the purchases that customs saw; %NULL for all
 * @validation: (nullable): where the form stands in the system that validates its export
 * @guarantee: (nullable): what the wallet guarantees; %NULL where the shop charged the tax
 * @guarantee_hold: (nullable): the ledger's transfer that holds it
 * @dispute: (nullable): what the traveller does not agree with; without the text
 * @erased_at: since when nobody knows who travelled; 0 where that is known
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
  MilWireExport       *validation;
  MilWireGuarantee    *guarantee;
  char                *guarantee_hold;
  MilWireDispute      *dispute;
  gint64               erased_at;
  gint64               created_at;
} MilClaim;

/**
 * MilClaimStep:
 * @act: what is done
 * @actor: who does it
 * @principal: (nullable): the principal that did
 * @reason: (nullable): why, as the traveller reads it
 * @reason_code: (nullable): name of a #MilClaimRefusal
 * @system: (nullable): the validation system that said it
 * @code: (nullable): what that system said, in its own words
 * @has_proof_in_time: whether the goods are known to have left before the last day was over
 *
 * What is done to a claim.
 */
typedef struct
{
  MilClaimAct   act;
  MilClaimActor actor;
  const char   *principal;
  const char   *reason;
  const char   *reason_code;
  const char   *system;
  const char   *code;
  gboolean      has_proof_in_time;
} MilClaimStep;

MilClaim *mil_claim_new (MilTx *tx, MilVault *vault, const char *owner, const MilWireClaimRequest *request, GError **error);
MilClaim *mil_claim_load (MilTx *tx, const char *owner, const char *id, GError **error);
gboolean  mil_claim_find_same (MilTx                     *tx,
                               MilVault                  *vault,
                               const char                *owner,
                               const MilWireClaimRequest *request,
                               gboolean                  *found,
                               GError                   **error);
gboolean  mil_claim_forget_person (MilClaim *self, MilTx *tx, MilVault *vault, GError **error);
JsonNode *mil_claim_answer (MilClaim *self, MilTx *tx, MilVault *vault, GError **error);
gboolean  mil_claim_move (MilClaim *self, MilTx *tx, const MilClaimStep *step, GError **error);
gboolean  mil_claim_set_seen (MilClaim *self, MilTx *tx, const char *const *ids, GError **error);
JsonNode *mil_claim_to_json (MilClaim *self, MilTx *tx, GError **error);
JsonNode *mil_claim_tell (MilClaim *self, MilTx *tx, GError **error);
void      mil_claim_free (MilClaim *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilClaim, mil_claim_free)

G_END_DECLS
