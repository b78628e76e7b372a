/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_ORDER_PAGE (mil_order_page_get_type ())

/**
 * MilOrderPage:
 *
 * What was bought at one store, what it cost, and where the order stands.
 */
G_DECLARE_FINAL_TYPE (MilOrderPage, mil_order_page, MIL, ORDER_PAGE, AdwNavigationPage)

AdwNavigationPage *mil_order_page_new (MilSession *session, MilOrder *order);

G_END_DECLS
