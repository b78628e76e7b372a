/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-record.h"

G_BEGIN_DECLS

/**
 * MilProductInfo:
 * @id: product id
 * @title: its name
 * @description: (nullable): plain text, paragraphs parted by blank lines
 * @store_id: which store sells it
 * @store_name: its name
 * @country: ISO 3166 code of the store's country
 * @category: (nullable): slug
 * @tax_category: (nullable): "general", "food", "books" …
 * @images: picture addresses for #MilPictureCache
 * @image_alts: what each picture shows, as many as @images
 * @price: of the first variant
 * @home_price: about that much in the home currency
 * @variants: (element-type MilVariant): at least one
 * @refund: what comes back when carried home, in the store's currency; unset where nothing does
 * @refund_text: (nullable): the sentence from the refund rules, with the law it rests on
 * @refund_reasons: (nullable): why, a sentence each
 * @favourite: whether the person marked it
 *
 * A product with everything its page shows.
 */
typedef struct
{
  char       *id;
  char       *title;
  char       *description;
  char       *store_id;
  char       *store_name;
  char       *country;
  char       *category;
  char       *tax_category;
  GStrv       images;
  GStrv       image_alts;
  MilMoney    price;
  MilMoney    home_price;
  GListStore *variants;
  MilMoney    refund;
  char       *refund_text;
  GStrv       refund_reasons;
  gboolean    favourite;
} MilProductInfo;

#define MIL_TYPE_PRODUCT (mil_product_get_type ())

G_DECLARE_FINAL_TYPE (MilProduct, mil_product, MIL, PRODUCT, MilRecord)

MilProduct *mil_product_new (const MilProductInfo *info);
const MilProductInfo *mil_product_get_info (MilProduct *self);

G_END_DECLS
