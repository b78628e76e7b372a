/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-product.h"

#include "traveller/mil-variant.h"

static const MilRecordField fields[] = {
  MIL_RECORD_FIELD (MilProductInfo, id, "id", STRING),
  MIL_RECORD_FIELD (MilProductInfo, title, "title", STRING),
  MIL_RECORD_FIELD (MilProductInfo, description, "description", STRING),
  MIL_RECORD_FIELD (MilProductInfo, store_id, "store-id", STRING),
  MIL_RECORD_FIELD (MilProductInfo, store_name, "store-name", STRING),
  MIL_RECORD_FIELD (MilProductInfo, country, "country", STRING),
  MIL_RECORD_FIELD (MilProductInfo, category, "category", STRING),
  MIL_RECORD_FIELD (MilProductInfo, tax_category, "tax-category", STRING),
  MIL_RECORD_FIELD (MilProductInfo, images, "images", STRV),
  MIL_RECORD_FIELD (MilProductInfo, image_alts, "image-alts", STRV),
  MIL_RECORD_FIELD (MilProductInfo, price, "price", MONEY),
  MIL_RECORD_FIELD (MilProductInfo, home_price, "home-price", MONEY),
  MIL_RECORD_FIELD_LIST (MilProductInfo, variants, "variants", mil_variant_get_type),
  MIL_RECORD_FIELD (MilProductInfo, refund, "refund", MONEY),
  MIL_RECORD_FIELD (MilProductInfo, refund_text, "refund-text", STRING),
  MIL_RECORD_FIELD (MilProductInfo, refund_reasons, "refund-reasons", STRV),
  MIL_RECORD_FIELD (MilProductInfo, favourite, "favourite", BOOLEAN),
};

MIL_DEFINE_RECORD (MilProduct, mil_product, MilProductInfo, fields)

/**
 * mil_product_new:
 * @info: what it says; copied
 *
 * Returns: (transfer full): a new record
 */
MilProduct *
mil_product_new (const MilProductInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return mil_record_new_for_value (MIL_TYPE_PRODUCT, info);
}

/**
 * mil_product_get_info:
 * @self: a record
 *
 * What it says now. The fields are those of #MilProductInfo.
 *
 * Returns: (transfer none): valid until the record changes
 */
const MilProductInfo *
mil_product_get_info (MilProduct *self)
{
  g_return_val_if_fail (MIL_IS_PRODUCT (self), NULL);

  return mil_record_get_value (MIL_RECORD (self));
}
