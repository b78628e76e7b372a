/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_SCANNER_PAGE (mil_scanner_page_get_type ())

/**
 * MilScannerPage:
 *
 * The camera, for receipts: it takes the picture when a receipt is held still, or when asked, and
 * stays alive for the next one. What was taken lies in a tray below.
 *
 * Signals: `receipt-activated` (#MilReceiptRecord).
 */
G_DECLARE_FINAL_TYPE (MilScannerPage, mil_scanner_page, MIL, SCANNER_PAGE, AdwNavigationPage)

MilScannerPage *mil_scanner_page_new (MilSession *session);

G_END_DECLS
