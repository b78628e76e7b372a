/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-record.h"

G_BEGIN_DECLS

/**
 * MilReceiptLineItemInfo:
 * @id: place on the receipt, from "0"
 * @title: what was bought
 * @quantity: (nullable): as decimal text
 * @amount: for all of the line
 * @vat_class: (nullable): the mark that names its VAT rate
 * @x: left edge in the picture, pixels
 * @y: top edge
 * @width: 0 where it stands nowhere
 * @height: in pixels
 *
 * A line of a receipt.
 */
typedef struct
{
  char     *id;
  char     *title;
  char     *quantity;
  MilMoney  amount;
  char     *vat_class;
  int       x;
  int       y;
  int       width;
  int       height;
} MilReceiptLineItemInfo;

#define MIL_TYPE_RECEIPT_LINE_ITEM (mil_receipt_line_item_get_type ())

G_DECLARE_FINAL_TYPE (MilReceiptLineItem, mil_receipt_line_item, MIL, RECEIPT_LINE_ITEM, MilRecord)

MilReceiptLineItem *mil_receipt_line_item_new (const MilReceiptLineItemInfo *info);
const MilReceiptLineItemInfo *mil_receipt_line_item_get_info (MilReceiptLineItem *self);

G_END_DECLS
