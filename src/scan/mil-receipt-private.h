/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-amount.h"
#include "scan/mil-label.h"
#include "scan/mil-receipt-reader.h"

G_BEGIN_DECLS

/**
 * MilReceiptRow:
 * @row: (unowned): the reading of the row that most others agree with
 * @label: what its words say
 * @amounts: (element-type MilAmount): its amounts, rates left out
 * @n_letters: how many letters it has
 * @n_read: how many readings of it have an amount
 * @n_agree: how many of them say the same as @row
 * @others: (element-type gint64): what the others say the last amount is
 *
 * A row while a receipt is made sense of.
 */
typedef struct
{
  const MilRow *row;
  MilLabel      label;
  GArray       *amounts;
  int           n_letters;
  guint         n_read;
  guint         n_agree;
  GArray       *others;
} MilReceiptRow;

/**
 * MilReceiptSheet:
 * @rows: all rows
 * @n_rows: how many
 * @exponent: decimals of the currency
 * @first_total: the first row that names a subtotal or total, or @n_rows
 *
 * The rows of a receipt with what is known of each.
 */
typedef struct
{
  MilReceiptRow *rows;
  guint          n_rows;
  guint          exponent;
  guint          first_total;
} MilReceiptSheet;

/**
 * MilReceiptQuantity:
 * @count: how many, or how much of what is weighed
 * @price: for one, in the smallest unit
 * @product: for all
 * @end: offset in the row's text after it
 * @is_alone: whether the row says nothing else
 *
 * What "2 x 63,00" says.
 */
typedef struct
{
  MilDecimal count;
  gint64     price;
  gint64     product;
  gsize      end;
  gboolean   is_alone;
} MilReceiptQuantity;

/* The text of a line has at least so many letters; less is a stray number. */
#define MIL_RECEIPT_LEAST_LETTERS 3

MilReceiptSheet *mil_receipt_sheet_new (GPtrArray *rows, guint exponent);
void             mil_receipt_sheet_free (MilReceiptSheet *self);
int              mil_receipt_count_letters (const char *text);
gboolean         mil_receipt_row_amount (const MilReceiptRow *row, MilAmount *amount);
void             mil_receipt_set_amount (MilReceipt            *receipt,
                                         MilReceiptField        field,
                                         const MilReceiptSheet *sheet,
                                         gint64                 digits,
                                         guint                  row,
                                         MilAgreement           agreements,
                                         int                    confidence);
gboolean         mil_receipt_row_quantity (const MilReceiptRow *row, MilReceiptQuantity *quantity);
gboolean         mil_receipt_row_item (const MilReceiptSheet *sheet, guint i, MilAmount *amount);
gboolean mil_receipt_item_quantity (const MilReceiptSheet *sheet, guint i, gint64 digits, MilReceiptQuantity *quantity, guint *where);
void mil_receipt_find_total (MilReceipt *receipt, const MilReceiptSheet *sheet);
void mil_receipt_find_lines (MilReceipt *receipt, const MilReceiptSheet *sheet);
void mil_receipt_find_vat (MilReceipt *receipt, const MilReceiptSheet *sheet);
void mil_receipt_find_merchant (MilReceipt *receipt, GPtrArray *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilReceiptSheet, mil_receipt_sheet_free)
void             mil_receipt_find_currency (MilReceipt *receipt, GPtrArray *rows, const MilReceiptHints *hints);

G_END_DECLS
