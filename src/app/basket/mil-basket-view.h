/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_BASKET_VIEW (mil_basket_view_get_type ())

/**
 * MilBasketView:
 *
 * The basket, and the checkout that is pushed over it: a sidebar when the window is wide, a sheet
 * when it is narrow.
 */
G_DECLARE_FINAL_TYPE (MilBasketView, mil_basket_view, MIL, BASKET_VIEW, AdwBin)

GtkWidget *mil_basket_view_new (void);
void       mil_basket_view_set_session (MilBasketView *self, MilSession *session);

G_END_DECLS
