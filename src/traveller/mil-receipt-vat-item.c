/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-receipt-vat-item.h"

static const MilRecordField fields[] = {
  MIL_RECORD_FIELD (MilReceiptVatItemInfo, id, "id", STRING),
  MIL_RECORD_FIELD (MilReceiptVatItemInfo, vat_class, "vat-class", STRING),
  MIL_RECORD_FIELD (MilReceiptVatItemInfo, rate, "rate", STRING),
  MIL_RECORD_FIELD (MilReceiptVatItemInfo, net, "net", MONEY),
  MIL_RECORD_FIELD (MilReceiptVatItemInfo, vat, "vat", MONEY),
  MIL_RECORD_FIELD (MilReceiptVatItemInfo, gross, "gross", MONEY),
  MIL_RECORD_FIELD (MilReceiptVatItemInfo, x, "x", INT),
  MIL_RECORD_FIELD (MilReceiptVatItemInfo, y, "y", INT),
  MIL_RECORD_FIELD (MilReceiptVatItemInfo, width, "width", INT),
  MIL_RECORD_FIELD (MilReceiptVatItemInfo, height, "height", INT),
};

MIL_DEFINE_RECORD (MilReceiptVatItem, mil_receipt_vat_item, MilReceiptVatItemInfo, fields)

/**
 * mil_receipt_vat_item_new:
 * @info: what it says; copied
 *
 * Returns: (transfer full): a new record
 */
MilReceiptVatItem *
mil_receipt_vat_item_new (const MilReceiptVatItemInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return mil_record_new_for_value (MIL_TYPE_RECEIPT_VAT_ITEM, info);
}

/**
 * mil_receipt_vat_item_get_info:
 * @self: a record
 *
 * What it says now. The fields are those of #MilReceiptVatItemInfo.
 *
 * Returns: (transfer none): valid until the record changes
 */
const MilReceiptVatItemInfo *
mil_receipt_vat_item_get_info (MilReceiptVatItem *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_VAT_ITEM (self), NULL);

  return mil_record_get_value (MIL_RECORD (self));
}
