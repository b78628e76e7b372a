/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "base/mil-date.h"
#include "refund/mil-itinerary.h"
#include "refund/mil-purchase.h"
#include "refund/mil-scheme-book.h"
#include "refund/mil-traveller.h"
#include "refund/mil-verdict.h"

G_BEGIN_DECLS

/* The engine: pure functions of what they are given. None reads a clock, a file or a locale's money
 * format beyond the sentences that it writes. */

GPtrArray *mil_refund_assess (MilSchemeBook *book, GPtrArray *travellers, const MilItinerary *itinerary, GPtrArray *purchases, MilDate today);
MilVerdict *mil_refund_preview (MilSchemeBook      *book,
                                const MilTraveller *traveller,
                                const MilItinerary *itinerary,
                                const MilPurchase  *purchase,
                                MilDate             today);

G_END_DECLS
