/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-receipt-line-item.h"

static const MilRecordField fields[] = {
  MIL_RECORD_FIELD (MilReceiptLineItemInfo, id, "id", STRING),
  MIL_RECORD_FIELD (MilReceiptLineItemInfo, title, "title", STRING),
  MIL_RECORD_FIELD (MilReceiptLineItemInfo, quantity, "quantity", STRING),
  MIL_RECORD_FIELD (MilReceiptLineItemInfo, amount, "amount", MONEY),
  MIL_RECORD_FIELD (MilReceiptLineItemInfo, vat_class, "vat-class", STRING),
  MIL_RECORD_FIELD (MilReceiptLineItemInfo, x, "x", INT),
  MIL_RECORD_FIELD (MilReceiptLineItemInfo, y, "y", INT),
  MIL_RECORD_FIELD (MilReceiptLineItemInfo, width, "width", INT),
  MIL_RECORD_FIELD (MilReceiptLineItemInfo, height, "height", INT),
};

MIL_DEFINE_RECORD (MilReceiptLineItem, mil_receipt_line_item, MilReceiptLineItemInfo, fields)

/**
 * mil_receipt_line_item_new:
 * @info: what it says; copied
 *
 * Returns: (transfer full): a new record
 */
MilReceiptLineItem *
mil_receipt_line_item_new (const MilReceiptLineItemInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return mil_record_new_for_value (MIL_TYPE_RECEIPT_LINE_ITEM, info);
}

/**
 * mil_receipt_line_item_get_info:
 * @self: a record
 *
 * What it says now. The fields are those of #MilReceiptLineItemInfo.
 *
 * Returns: (transfer none): valid until the record changes
 */
const MilReceiptLineItemInfo *
mil_receipt_line_item_get_info (MilReceiptLineItem *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_LINE_ITEM (self), NULL);

  return mil_record_get_value (MIL_RECORD (self));
}
