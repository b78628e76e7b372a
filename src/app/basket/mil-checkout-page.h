/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_CHECKOUT_PAGE (mil_checkout_page_get_type ())

/**
 * MilCheckoutPage:
 *
 * Paying the basket: the rates while they hold, the wallet, one confirmation, and what came of it.
 */
G_DECLARE_FINAL_TYPE (MilCheckoutPage, mil_checkout_page, MIL, CHECKOUT_PAGE, AdwNavigationPage)

AdwNavigationPage *mil_checkout_page_new (MilSession *session);
gboolean           mil_checkout_page_is_paid (MilCheckoutPage *self);

G_END_DECLS
