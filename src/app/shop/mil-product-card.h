/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_PRODUCT_CARD (mil_product_card_get_type ())

/**
 * MilProductCard:
 *
 * A product in the grid: one button with one spoken label, and a heart beside it. Pressing it
 * activates `shop.product`.
 */
G_DECLARE_FINAL_TYPE (MilProductCard, mil_product_card, MIL, PRODUCT_CARD, AdwBin)

GtkWidget *mil_product_card_new (void);
void       mil_product_card_bind (MilProductCard *self, MilSession *session, MilProductItem *item);
void       mil_product_card_unbind (MilProductCard *self);

G_END_DECLS
