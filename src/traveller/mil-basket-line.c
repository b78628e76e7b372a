/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-basket-line.h"

static const MilRecordField fields[] = {
  MIL_RECORD_FIELD (MilBasketLineInfo, id, "id", STRING),
  MIL_RECORD_FIELD (MilBasketLineInfo, product_id, "product-id", STRING),
  MIL_RECORD_FIELD (MilBasketLineInfo, title, "title", STRING),
  MIL_RECORD_FIELD (MilBasketLineInfo, store_id, "store-id", STRING),
  MIL_RECORD_FIELD (MilBasketLineInfo, store_name, "store-name", STRING),
  MIL_RECORD_FIELD (MilBasketLineInfo, country, "country", STRING),
  MIL_RECORD_FIELD (MilBasketLineInfo, tax_category, "tax-category", STRING),
  MIL_RECORD_FIELD (MilBasketLineInfo, image, "image", STRING),
  MIL_RECORD_FIELD (MilBasketLineInfo, price, "price", MONEY),
  MIL_RECORD_FIELD (MilBasketLineInfo, quantity, "quantity", INT),
  MIL_RECORD_FIELD (MilBasketLineInfo, total, "total", MONEY),
  MIL_RECORD_FIELD (MilBasketLineInfo, home_total, "home-total", MONEY),
};

MIL_DEFINE_RECORD (MilBasketLine, mil_basket_line, MilBasketLineInfo, fields)

/**
 * mil_basket_line_new:
 * @info: what it says; copied
 *
 * Returns: (transfer full): a new record
 */
MilBasketLine *
mil_basket_line_new (const MilBasketLineInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return mil_record_new_for_value (MIL_TYPE_BASKET_LINE, info);
}

/**
 * mil_basket_line_get_info:
 * @self: a record
 *
 * What it says now. The fields are those of #MilBasketLineInfo.
 *
 * Returns: (transfer none): valid until the record changes
 */
const MilBasketLineInfo *
mil_basket_line_get_info (MilBasketLine *self)
{
  g_return_val_if_fail (MIL_IS_BASKET_LINE (self), NULL);

  return mil_record_get_value (MIL_RECORD (self));
}
