/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-basket-store.h"

#include "traveller/mil-basket-line.h"

static const MilRecordField fields[] = {
  MIL_RECORD_FIELD (MilBasketStoreInfo, id, "id", STRING),
  MIL_RECORD_FIELD (MilBasketStoreInfo, name, "name", STRING),
  MIL_RECORD_FIELD (MilBasketStoreInfo, country, "country", STRING),
  MIL_RECORD_FIELD_LIST (MilBasketStoreInfo, lines, "lines", mil_basket_line_get_type),
  MIL_RECORD_FIELD (MilBasketStoreInfo, subtotal, "subtotal", MONEY),
  MIL_RECORD_FIELD (MilBasketStoreInfo, delivery, "delivery", MONEY),
  MIL_RECORD_FIELD (MilBasketStoreInfo, total, "total", MONEY),
  MIL_RECORD_FIELD (MilBasketStoreInfo, home_total, "home-total", MONEY),
};

MIL_DEFINE_RECORD (MilBasketStore, mil_basket_store, MilBasketStoreInfo, fields)

/**
 * mil_basket_store_new:
 * @info: what it says; copied
 *
 * Returns: (transfer full): a new record
 */
MilBasketStore *
mil_basket_store_new (const MilBasketStoreInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return mil_record_new_for_value (MIL_TYPE_BASKET_STORE, info);
}

/**
 * mil_basket_store_get_info:
 * @self: a record
 *
 * What it says now. The fields are those of #MilBasketStoreInfo.
 *
 * Returns: (transfer none): valid until the record changes
 */
const MilBasketStoreInfo *
mil_basket_store_get_info (MilBasketStore *self)
{
  g_return_val_if_fail (MIL_IS_BASKET_STORE (self), NULL);

  return mil_record_get_value (MIL_RECORD (self));
}
