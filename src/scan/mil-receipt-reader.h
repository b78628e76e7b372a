/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-receipt.h"
#include "scan/mil-row.h"

G_BEGIN_DECLS

/**
 * MilReceiptHints:
 * @country: (nullable): ISO 3166 code of the country of the purchase
 * @currency: (nullable): ISO 4217 code, where the paper names none
 * @today: no later date is accepted
 *
 * What is known before the paper is read.
 */
typedef struct
{
  const char *country;
  const char *currency;
  MilDate     today;
} MilReceiptHints;

MilReceipt *mil_receipt_read_rows (GPtrArray *rows, const MilReceiptHints *hints);
void        mil_receipt_apply_fiscal (MilReceipt *receipt, MilFiscal *fiscal, MilBox box);
void        mil_receipt_apply_number (MilReceipt *receipt, const char *number, MilDate today);
gboolean    mil_receipt_is_plausible (const MilReceipt *receipt);
void        mil_receipt_merge (MilReceipt *receipt, const MilReceipt *second);
int         mil_receipt_quality (const MilReceipt *receipt);
void mil_receipt_doubt_total (MilReceipt *receipt, gboolean grainy);

G_END_DECLS
