/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-record.h"

G_BEGIN_DECLS

/**
 * MilBasketLineInfo:
 * @id: variant id; a basket holds each at most once
 * @product_id: the product it is a form of
 * @title: its name
 * @store_id: which store sells it
 * @store_name: its name
 * @country: ISO 3166 code of the store's country
 * @tax_category: (nullable): "general", "food", "books" …
 * @image: (nullable): picture address for #MilPictureCache
 * @price: for one
 * @quantity: how many
 * @total: for all
 * @home_total: about that much in the home currency; unset where no rate is known
 *
 * A line of the basket.
 */
typedef struct
{
  char     *id;
  char     *product_id;
  char     *title;
  char     *store_id;
  char     *store_name;
  char     *country;
  char     *tax_category;
  char     *image;
  MilMoney  price;
  int       quantity;
  MilMoney  total;
  MilMoney  home_total;
} MilBasketLineInfo;

#define MIL_TYPE_BASKET_LINE (mil_basket_line_get_type ())

G_DECLARE_FINAL_TYPE (MilBasketLine, mil_basket_line, MIL, BASKET_LINE, MilRecord)

MilBasketLine *mil_basket_line_new (const MilBasketLineInfo *info);
const MilBasketLineInfo *mil_basket_line_get_info (MilBasketLine *self);

G_END_DECLS
