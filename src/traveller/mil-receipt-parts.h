/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-date.h"
#include "base/mil-json.h"
#include "base/mil-money.h"
#include "scan/mil-receipt.h"

G_BEGIN_DECLS

/**
 * MilReceiptPart:
 *
 * The parts of a receipt that a person can correct.
 */
typedef enum
{
  MIL_RECEIPT_PART_MERCHANT,
  MIL_RECEIPT_PART_VAT_ID,
  MIL_RECEIPT_PART_COUNTRY,
  MIL_RECEIPT_PART_DATE,
  MIL_RECEIPT_PART_TIME,
  MIL_RECEIPT_PART_TOTAL,
  MIL_RECEIPT_PART_CURRENCY,
  MIL_RECEIPT_PART_TAX,
  MIL_RECEIPT_PART_GOODS,
  MIL_RECEIPT_N_PARTS,
} MilReceiptPart;

/**
 * MilReceiptPartText:
 * @text: (nullable): as typed or read
 * @problem: (nullable): what is missing or wrong, for the person
 * @confidence: how sure the reading is, 0 (not read) to 100
 * @box: where it stands in the picture, in pixels
 * @edited: whether the person typed it
 *
 * One part of a receipt.
 */
typedef struct
{
  char    *text;
  char    *problem;
  int      confidence;
  MilBox   box;
  gboolean edited;
} MilReceiptPartText;

/**
 * MilReceiptParts:
 * @part: by #MilReceiptPart
 *
 * What a receipt says, part by part, as text: a part that cannot be understood yet is kept as it was typed.
 */
typedef struct
{
  MilReceiptPartText part[MIL_RECEIPT_N_PARTS];
} MilReceiptParts;

void        mil_receipt_parts_understand (MilReceiptParts       *self,
                                          MilMoney              *total,
                                          MilMoney              *tax,
                                          MilDate               *date);
gboolean    mil_receipt_parts_have       (const MilReceiptParts *self,
                                          MilReceiptPart         part);
gboolean    mil_receipt_parts_type       (MilReceiptParts       *self,
                                          MilReceiptPart         part,
                                          const char            *text);
gboolean    mil_receipt_parts_read       (MilReceiptParts       *self,
                                          MilReceiptPart         part,
                                          const char            *text,
                                          const MilEvidence     *evidence);
void        mil_receipt_parts_clear      (MilReceiptParts       *self);
void        mil_receipt_parts_to_json    (const MilReceiptParts *self,
                                          JsonBuilder           *builder);
void        mil_receipt_parts_from_json  (MilReceiptParts       *self,
                                          MilJson               *reader);
const char *mil_receipt_part_name        (MilReceiptPart         part);
gboolean    mil_receipt_parse_amount     (const char            *text,
                                          const char            *currency,
                                          MilMoney              *money);

G_END_DECLS
