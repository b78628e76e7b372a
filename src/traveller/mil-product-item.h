/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-record.h"

G_BEGIN_DECLS

/**
 * MilProductItemInfo:
 * @id: product id
 * @variant_id: the variant that is shown and put into the basket
 * @title: name of the product
 * @store_id: which store sells it
 * @store_name: its name
 * @country: ISO 3166 code of the store's country
 * @category: (nullable): slug
 * @tax_category: (nullable): "general", "food", "books" …
 * @price: at the store
 * @home_price: about that much in the home currency; unset where no rate is known
 * @image: (nullable): picture address for #MilPictureCache
 * @image_alt: (nullable): what the picture shows
 * @available: whether it can be bought now
 * @refund: what comes back to this traveller on this trip, in the store's currency; unset where nothing does
 * @refund_text: (nullable): "€ 8.50 back", or why not, in few words
 * @favourite: whether the person marked it
 *
 * A product as a card of the catalogue shows it.
 */
typedef struct
{
  char     *id;
  char     *variant_id;
  char     *title;
  char     *store_id;
  char     *store_name;
  char     *country;
  char     *category;
  char     *tax_category;
  MilMoney  price;
  MilMoney  home_price;
  char     *image;
  char     *image_alt;
  gboolean  available;
  MilMoney  refund;
  char     *refund_text;
  gboolean  favourite;
} MilProductItemInfo;

#define MIL_TYPE_PRODUCT_ITEM (mil_product_item_get_type ())

G_DECLARE_FINAL_TYPE (MilProductItem, mil_product_item, MIL, PRODUCT_ITEM, MilRecord)

MilProductItem *mil_product_item_new (const MilProductItemInfo *info);
const MilProductItemInfo *mil_product_item_get_info (MilProductItem *self);

G_END_DECLS
