/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-order.h"

#include "traveller/mil-order-line.h"

static const MilRecordField fields[] = {
  MIL_RECORD_FIELD (MilOrderInfo, id, "id", STRING),
  MIL_RECORD_FIELD (MilOrderInfo, store_id, "store-id", STRING),
  MIL_RECORD_FIELD (MilOrderInfo, store_name, "store-name", STRING),
  MIL_RECORD_FIELD (MilOrderInfo, checkout_id, "checkout-id", STRING),
  MIL_RECORD_FIELD (MilOrderInfo, group_id, "group-id", STRING),
  MIL_RECORD_FIELD (MilOrderInfo, state, "state", STRING),
  MIL_RECORD_FIELD (MilOrderInfo, state_text, "state-text", STRING),
  MIL_RECORD_FIELD (MilOrderInfo, total, "total", MONEY),
  MIL_RECORD_FIELD (MilOrderInfo, paid, "paid", MONEY),
  MIL_RECORD_FIELD (MilOrderInfo, placed_at, "placed-at", INT64),
  MIL_RECORD_FIELD_LIST (MilOrderInfo, lines, "lines", mil_order_line_get_type),
};

MIL_DEFINE_RECORD (MilOrder, mil_order, MilOrderInfo, fields)

/**
 * mil_order_new:
 * @info: what it says; copied
 *
 * Returns: (transfer full): a new record
 */
MilOrder *
mil_order_new (const MilOrderInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return mil_record_new_for_value (MIL_TYPE_ORDER, info);
}

/**
 * mil_order_get_info:
 * @self: a record
 *
 * What it says now. The fields are those of #MilOrderInfo.
 *
 * Returns: (transfer none): valid until the record changes
 */
const MilOrderInfo *
mil_order_get_info (MilOrder *self)
{
  g_return_val_if_fail (MIL_IS_ORDER (self), NULL);

  return mil_record_get_value (MIL_RECORD (self));
}
