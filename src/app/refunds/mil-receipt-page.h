/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_RECEIPT_PAGE (mil_receipt_page_get_type ())

/**
 * MilReceiptPage:
 *
 * One receipt: its picture with what was recognised on it, the fields to correct, and what the refund
 * rules say about it.
 *
 * Signals: `claimed` (#MilClaim), when a claim for it was written.
 */
G_DECLARE_FINAL_TYPE (MilReceiptPage, mil_receipt_page, MIL, RECEIPT_PAGE, AdwNavigationPage)

MilReceiptPage   *mil_receipt_page_new         (MilSession       *session,
                                                MilReceiptRecord *receipt);
MilReceiptRecord *mil_receipt_page_get_receipt (MilReceiptPage   *self);

G_END_DECLS
