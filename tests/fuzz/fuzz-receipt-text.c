/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any text as what the OCR read: amounts, dates, labels, VAT numbers, totals. */

#include <stdint.h>

#include "scan/mil-receipt-reader.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size > 300)
    return 0;
  g_autofree char *text = g_utf8_make_valid ((const char *) data, size);
  g_autoptr (GPtrArray) rows = mil_rows_from_text (text);
  MilReceiptHints hints = { .today = { 2026, 11, 22 } };
  g_autoptr (MilReceipt) receipt = mil_receipt_read_rows (rows, &hints);
  g_autoptr (MilReceipt) copy = mil_receipt_copy (receipt);
  mil_receipt_merge (copy, receipt);

  MilMoney money;
  if (mil_receipt_get_money (receipt, MIL_RECEIPT_TOTAL, &money))
    g_assert (mil_money_is_set (money));
  if (mil_receipt_has (receipt, MIL_RECEIPT_DATE))
    g_assert (mil_date_compare (receipt->date, hints.today) <= 0);
  return 0;
}
