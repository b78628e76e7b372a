/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-order-line.h"

static const MilRecordField fields[] = {
  MIL_RECORD_FIELD (MilOrderLineInfo, id, "id", STRING),
  MIL_RECORD_FIELD (MilOrderLineInfo, title, "title", STRING),
  MIL_RECORD_FIELD (MilOrderLineInfo, quantity, "quantity", INT),
  MIL_RECORD_FIELD (MilOrderLineInfo, total, "total", MONEY),
  MIL_RECORD_FIELD (MilOrderLineInfo, image, "image", STRING),
};

MIL_DEFINE_RECORD (MilOrderLine, mil_order_line, MilOrderLineInfo, fields)

/**
 * mil_order_line_new:
 * @info: what it says; copied
 *
 * Returns: (transfer full): a new record
 */
MilOrderLine *
mil_order_line_new (const MilOrderLineInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return mil_record_new_for_value (MIL_TYPE_ORDER_LINE, info);
}

/**
 * mil_order_line_get_info:
 * @self: a record
 *
 * What it says now. The fields are those of #MilOrderLineInfo.
 *
 * Returns: (transfer none): valid until the record changes
 */
const MilOrderLineInfo *
mil_order_line_get_info (MilOrderLine *self)
{
  g_return_val_if_fail (MIL_IS_ORDER_LINE (self), NULL);

  return mil_record_get_value (MIL_RECORD (self));
}
