/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_CLAIM_PAPERS (mil_claim_papers_get_type ())

/**
 * MilClaimPapers:
 *
 * What can be put on paper of a claim: its form, printed or saved, and the letter that asks the shop for one.
 */
G_DECLARE_FINAL_TYPE (MilClaimPapers, mil_claim_papers, MIL, CLAIM_PAPERS, AdwPreferencesGroup)

void mil_claim_papers_set_claim (MilClaimPapers *self,
                                 MilSession     *session,
                                 MilClaim       *claim);

G_END_DECLS
