/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-future.h"
#include "refund/mil-itinerary.h"
#include "refund/mil-purchase.h"
#include "refund/mil-traveller.h"
#include "refund/mil-verdict.h"

G_BEGIN_DECLS

#define MIL_TYPE_ASSESSOR (mil_assessor_get_type ())

/**
 * MilAssessor:
 *
 * The refund rules at work: they are read once, off the main loop, and asked off it where many
 * receipts are looked at together.
 */
G_DECLARE_FINAL_TYPE (MilAssessor, mil_assessor, MIL, ASSESSOR, GObject)

MilAssessor *mil_assessor_new     (void);
DexFuture   *mil_assessor_load    (MilAssessor        *self);
DexFuture   *mil_assessor_assess  (MilAssessor        *self,
                                   GPtrArray          *travellers,
                                   const MilItinerary *itinerary,
                                   GPtrArray          *purchases,
                                   MilDate             today);
DexFuture   *mil_assessor_other_exits (MilAssessor        *self,
                                       GPtrArray          *travellers,
                                       const MilItinerary *itinerary,
                                       GPtrArray          *purchases,
                                       MilDate             today);
MilVerdict  *mil_assessor_preview (MilAssessor        *self,
                                   const MilTraveller *traveller,
                                   const MilItinerary *itinerary,
                                   const MilPurchase  *purchase,
                                   MilDate             today);

G_END_DECLS
