/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "protocol/mil-wire-claim.h"
#include "refund/mil-scheme-book.h"

G_BEGIN_DECLS

/**
 * MilClaimAssessment:
 * @eligible: whether a form can be issued
 * @reason: (nullable): why not
 * @tax: the tax in the goods, in the scheme's currency
 * @refund: what arrives of it after the fee
 * @export_by: last day on which the goods may leave; not set when none is known
 *
 * What the refund rules say of a claim.
 */
typedef struct
{
  gboolean eligible;
  char    *reason;
  MilMoney tax;
  MilMoney refund;
  MilDate  export_by;
} MilClaimAssessment;

MilClaimAssessment *mil_claim_assess (MilSchemeBook             *book,
                                      const MilWireClaimRequest *request,
                                      const char *const         *seen,
                                      MilDate                    today,
                                      GError                   **error);
void                mil_claim_assessment_free (MilClaimAssessment *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilClaimAssessment, mil_claim_assessment_free)

G_END_DECLS
