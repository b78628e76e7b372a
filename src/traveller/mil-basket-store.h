/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-record.h"

G_BEGIN_DECLS

/**
 * MilBasketStoreInfo:
 * @id: store id
 * @name: its name
 * @country: ISO 3166 code
 * @lines: (element-type MilBasketLine): what is bought there
 * @subtotal: sum of the lines, in the store's currency
 * @delivery: what bringing it costs; 0 when carried home
 * @total: subtotal and delivery
 * @home_total: about that much in the home currency; unset where no rate is known
 *
 * What the basket holds of one store.
 */
typedef struct
{
  char       *id;
  char       *name;
  char       *country;
  GListStore *lines;
  MilMoney    subtotal;
  MilMoney    delivery;
  MilMoney    total;
  MilMoney    home_total;
} MilBasketStoreInfo;

#define MIL_TYPE_BASKET_STORE (mil_basket_store_get_type ())

G_DECLARE_FINAL_TYPE (MilBasketStore, mil_basket_store, MIL, BASKET_STORE, MilRecord)

MilBasketStore *mil_basket_store_new (const MilBasketStoreInfo *info);
const MilBasketStoreInfo *mil_basket_store_get_info (MilBasketStore *self);

G_END_DECLS
