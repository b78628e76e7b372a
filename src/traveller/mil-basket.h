/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-future.h"
#include "traveller/mil-basket-line.h"
#include "traveller/mil-basket-store.h"

G_BEGIN_DECLS

#define MIL_TYPE_BASKET (mil_basket_get_type ())

/**
 * MilBasket:
 *
 * What the person wants to buy: a #GListModel of #MilBasketLine, over stores and currencies. Every
 * change is on the screen at once and on the disk right after it.
 *
 * Properties: `n-pieces` (int, sum of quantities, for the badge), `empty` (boolean), `stores`
 * (#GListModel of #MilBasketStore), `home-total` (#MilMoney, %NULL where a rate is missing),
 * `home-total-partial` (boolean: some currency has no rate).
 */
G_DECLARE_FINAL_TYPE (MilBasket, mil_basket, MIL, BASKET, GObject)

GListModel    *mil_basket_get_stores     (MilBasket               *self);
int            mil_basket_get_n_pieces   (MilBasket               *self);
MilMoney       mil_basket_get_home_total (MilBasket               *self);
MilBasketLine *mil_basket_find           (MilBasket               *self,
                                          const char              *variant_id);
DexFuture     *mil_basket_add            (MilBasket               *self,
                                          const MilBasketLineInfo *info,
                                          int                      quantity);
DexFuture     *mil_basket_set_quantity   (MilBasket               *self,
                                          MilBasketLine           *line,
                                          int                      quantity);
DexFuture     *mil_basket_remove         (MilBasket               *self,
                                          MilBasketLine           *line);
gboolean       mil_basket_can_undo       (MilBasket               *self);
DexFuture     *mil_basket_undo           (MilBasket               *self);

G_END_DECLS
