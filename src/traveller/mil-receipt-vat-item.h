/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-record.h"

G_BEGIN_DECLS

/**
 * MilReceiptVatItemInfo:
 * @id: place on the receipt, from "0"
 * @vat_class: (nullable): the mark that lines refer to
 * @rate: in per cent, as decimal text
 * @net: without VAT
 * @vat: the VAT
 * @gross: with VAT
 * @x: left edge in the picture, pixels
 * @y: top edge
 * @width: 0 where it stands nowhere
 * @height: in pixels
 *
 * A row of a receipt's VAT table.
 */
typedef struct
{
  char     *id;
  char     *vat_class;
  char     *rate;
  MilMoney  net;
  MilMoney  vat;
  MilMoney  gross;
  int       x;
  int       y;
  int       width;
  int       height;
} MilReceiptVatItemInfo;

#define MIL_TYPE_RECEIPT_VAT_ITEM (mil_receipt_vat_item_get_type ())

G_DECLARE_FINAL_TYPE (MilReceiptVatItem, mil_receipt_vat_item, MIL, RECEIPT_VAT_ITEM, MilRecord)

MilReceiptVatItem *mil_receipt_vat_item_new (const MilReceiptVatItemInfo *info);
const MilReceiptVatItemInfo *mil_receipt_vat_item_get_info (MilReceiptVatItem *self);

G_END_DECLS
