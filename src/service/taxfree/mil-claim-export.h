/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "refund/mil-scheme-book.h"
#include "service/taxfree/mil-claim.h"

G_BEGIN_DECLS

/**
 * MilClaimExport:
 * @validation: what happened at the exit
 * @principal: the officer, or the system's key
 * @act: (out): what it did to the claim
 * @on: (out): the day on which customs saw the goods
 *
 * Something that happened to a claim's form at the exit.
 */
typedef struct
{
  const MilWireValidation *validation;
  const char              *principal;
  MilClaimAct              act;
  MilDate                  on;
} MilClaimExport;

gboolean mil_claim_export_begin (MilClaim *claim, MilSchemeBook *book, GError **error);
gboolean mil_claim_export_act (MilClaim *claim, MilTx *tx, MilSchemeBook *book, MilClaimExport *what, GError **error);

G_END_DECLS
