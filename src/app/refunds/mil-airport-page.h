/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_AIRPORT_PAGE (mil_airport_page_get_type ())

/**
 * MilAirportPage:
 *
 * The day of leaving on one page that needs no network: the time that is left, what to do in walking order,
 * the codes of the forms, and the goods to show.
 */
G_DECLARE_FINAL_TYPE (MilAirportPage, mil_airport_page, MIL, AIRPORT_PAGE, AdwNavigationPage)

AdwNavigationPage *mil_airport_page_new (MilSession *session, MilTrip *trip);

G_END_DECLS
