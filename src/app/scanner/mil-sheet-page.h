/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_SHEET_PAGE (mil_sheet_page_get_type ())

/**
 * MilSheetPage:
 *
 * One picture of a receipt, to be turned, cut, taken again or deleted. What is done is kept at once.
 *
 * Signals: `retake` (the person wants to take it again), `receipt-activated` (what was read is wanted).
 */
G_DECLARE_FINAL_TYPE (MilSheetPage, mil_sheet_page, MIL, SHEET_PAGE, AdwNavigationPage)

MilSheetPage     *mil_sheet_page_new         (MilSession       *session,
                                              MilReceiptRecord *receipt,
                                              guint             index);
MilReceiptRecord *mil_sheet_page_get_receipt (MilSheetPage     *self);
guint             mil_sheet_page_get_index   (MilSheetPage     *self);

G_END_DECLS
