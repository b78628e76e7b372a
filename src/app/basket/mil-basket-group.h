/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_BASKET_GROUP (mil_basket_group_get_type ())

/**
 * MilBasketGroup:
 *
 * What the basket holds of one store: its lines, delivery and subtotal.
 */
G_DECLARE_FINAL_TYPE (MilBasketGroup, mil_basket_group, MIL, BASKET_GROUP, AdwBin)

GtkWidget *mil_basket_group_new (MilSession *session, MilBasketStore *store);

G_END_DECLS
