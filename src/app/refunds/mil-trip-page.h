/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_TRIP_PAGE (mil_trip_page_get_type ())

/**
 * MilTripPage:
 *
 * One trip: what comes back of it, by when what has to be done, how it goes, and its receipts.
 */
G_DECLARE_FINAL_TYPE (MilTripPage, mil_trip_page, MIL, TRIP_PAGE, AdwNavigationPage)

AdwNavigationPage *mil_trip_page_new (MilSession *session, MilTrip *trip);

G_END_DECLS
