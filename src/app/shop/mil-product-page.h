/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_PRODUCT_PAGE (mil_product_page_get_type ())

/**
 * MilProductPage:
 *
 * All about one product: pictures, prices, what comes back, where it is cheapest, and the button
 * that puts it into the basket.
 */
G_DECLARE_FINAL_TYPE (MilProductPage, mil_product_page, MIL, PRODUCT_PAGE, AdwNavigationPage)

AdwNavigationPage *mil_product_page_new (MilSession *session, const char *store_id, const char *product_id);

G_END_DECLS
