/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-product-item.h"

static const MilRecordField fields[] = {
  MIL_RECORD_FIELD (MilProductItemInfo, id, "id", STRING),
  MIL_RECORD_FIELD (MilProductItemInfo, variant_id, "variant-id", STRING),
  MIL_RECORD_FIELD (MilProductItemInfo, title, "title", STRING),
  MIL_RECORD_FIELD (MilProductItemInfo, store_id, "store-id", STRING),
  MIL_RECORD_FIELD (MilProductItemInfo, store_name, "store-name", STRING),
  MIL_RECORD_FIELD (MilProductItemInfo, country, "country", STRING),
  MIL_RECORD_FIELD (MilProductItemInfo, category, "category", STRING),
  MIL_RECORD_FIELD (MilProductItemInfo, tax_category, "tax-category", STRING),
  MIL_RECORD_FIELD (MilProductItemInfo, price, "price", MONEY),
  MIL_RECORD_FIELD (MilProductItemInfo, home_price, "home-price", MONEY),
  MIL_RECORD_FIELD (MilProductItemInfo, image, "image", STRING),
  MIL_RECORD_FIELD (MilProductItemInfo, image_alt, "image-alt", STRING),
  MIL_RECORD_FIELD (MilProductItemInfo, available, "available", BOOLEAN),
  MIL_RECORD_FIELD (MilProductItemInfo, refund, "refund", MONEY),
  MIL_RECORD_FIELD (MilProductItemInfo, refund_text, "refund-text", STRING),
  MIL_RECORD_FIELD (MilProductItemInfo, favourite, "favourite", BOOLEAN),
};

MIL_DEFINE_RECORD (MilProductItem, mil_product_item, MilProductItemInfo, fields)

/**
 * mil_product_item_new:
 * @info: what it says; copied
 *
 * Returns: (transfer full): a new record
 */
MilProductItem *
mil_product_item_new (const MilProductItemInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return mil_record_new_for_value (MIL_TYPE_PRODUCT_ITEM, info);
}

/**
 * mil_product_item_get_info:
 * @self: a record
 *
 * What it says now. The fields are those of #MilProductItemInfo.
 *
 * Returns: (transfer none): valid until the record changes
 */
const MilProductItemInfo *
mil_product_item_get_info (MilProductItem *self)
{
  g_return_val_if_fail (MIL_IS_PRODUCT_ITEM (self), NULL);

  return mil_record_get_value (MIL_RECORD (self));
}
