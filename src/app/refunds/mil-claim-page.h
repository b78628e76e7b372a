/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_CLAIM_PAGE (mil_claim_page_get_type ())

/**
 * MilClaimPage:
 *
 * One claim: what arrives, the timeline with its current step large, the code to show at customs, and
 * how the amount adds up. It follows the claim as it changes.
 *
 * Signals: `receipt-activated` (#MilReceiptRecord).
 */
G_DECLARE_FINAL_TYPE (MilClaimPage, mil_claim_page, MIL, CLAIM_PAGE, AdwNavigationPage)

MilClaimPage *mil_claim_page_new (MilSession *session,
                                  MilClaim   *claim);

G_END_DECLS
