/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_WHAT_IF_PAGE (mil_what_if_page_get_type ())

/**
 * MilWhatIfPage:
 *
 * What another day, another way out, one more item or another payer would bring, asked of the rules as it is
 * changed. Nothing is saved until the person says so.
 */
G_DECLARE_FINAL_TYPE (MilWhatIfPage, mil_what_if_page, MIL, WHAT_IF_PAGE, AdwNavigationPage)

AdwNavigationPage *mil_what_if_page_new (MilSession *session, MilTrip *trip);

G_END_DECLS
