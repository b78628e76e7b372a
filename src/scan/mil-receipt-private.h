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

MilReceiptSheet *mil_receipt_sheet_new (GPtrArray *rows, guint exponent);
void             mil_receipt_sheet_free (MilReceiptSheet *self);
gboolean         mil_receipt_row_amount (const MilReceiptRow *row, MilAmount *amount);
void             mil_receipt_set_amount (MilReceipt            *receipt,
                                         MilReceiptField        field,
                                         const MilReceiptSheet *sheet,
                                         gint64                 digits,
                                         guint                  row,
                                         MilAgreement           agreements,
                                         int                    confidence);
void             mil_receipt_find_total (MilReceipt *receipt, const MilReceiptSheet *sheet);
void             mil_receipt_find_lines (MilReceipt *receipt, const MilReceiptSheet *sheet);
void             mil_receipt_find_vat (MilReceipt *receipt, const MilReceiptSheet *sheet);
void             mil_receipt_find_merchant (MilReceipt *receipt, GPtrArray *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilReceiptSheet, mil_receipt_sheet_free)

G_END_DECLS
