/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_PACKING_PAGE (mil_packing_page_get_type ())

/**
 * MilPackingPage:
 *
 * What has to be at hand for the customs desk, and in which bag it travels, by the rule of each country; what
 * is packed is ticked off and remembered.
 */
G_DECLARE_FINAL_TYPE (MilPackingPage, mil_packing_page, MIL, PACKING_PAGE, AdwNavigationPage)

AdwNavigationPage *mil_packing_page_new (MilSession *session, MilTrip *trip);

G_END_DECLS
