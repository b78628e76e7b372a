/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "protocol/mil-wire-claim.h"
#include "service/storage/mil-tx.h"
#include "service/vault/mil-sealed-table.h"

G_BEGIN_DECLS

/**
 * MilClaimPerson:
 * @traveller: who claims, with the document's number and the address
 * @objection: (nullable): what they wrote when they did not agree
 * @answer: (nullable): what the operator answered
 *
 * All that a claim knows of a person. It is stored encrypted and apart, and can be forgotten while the claim
 * stays in the books.
 */
typedef struct
{
  MilWireTraveller *traveller;
  char             *objection;
  char             *answer;
} MilClaimPerson;

extern const MilSealedTable mil_claim_person_table;

MilClaimPerson *mil_claim_person_new (const MilWireTraveller *traveller);
MilClaimPerson *mil_claim_person_load (MilTx *tx, MilVault *vault, const char *claim_id, GError **error);
gboolean mil_claim_person_store (const MilClaimPerson *self, MilTx *tx, MilVault *vault, const char *claim_id, GError **error);
gboolean mil_claim_person_erase (MilTx *tx, const char *claim_id, GError **error);
void     mil_claim_person_strip (MilWireTraveller *traveller);
void     mil_claim_person_free (MilClaimPerson *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilClaimPerson, mil_claim_person_free)

G_END_DECLS
