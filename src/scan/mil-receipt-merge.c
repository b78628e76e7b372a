/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-receipt-reader.h"

/* Two readings that differ and are believed nearly alike leave the field empty. */
#define CLEARLY_BETTER 8
#define SURE_ALONE 70

static int
strength (const MilEvidence *evidence)
{
  return evidence->confidence + 12 * __builtin_popcount (evidence->agreements);
}

/* Whether the second reading's field is to be taken; may empty the first one's. */
static gboolean
judge (MilEvidence *first, const MilEvidence *second, gboolean same)
{
  if (second->confidence == 0)
    return FALSE;
  if (first->confidence == 0)
    return TRUE;
  if (same)
    {
      first->agreements |= MIL_AGREE_SECOND_READING | second->agreements;
      first->confidence = MIN (99, MAX (first->confidence, second->confidence) + 10);
      return FALSE;
    }
  int lead = strength (first) - strength (second);
  if (ABS (lead) < CLEARLY_BETTER && MAX (first->confidence, second->confidence) < SURE_ALONE)
    {
      *first = (MilEvidence) { 0 };
      return FALSE;
    }
  return lead < 0;
}

static void
merge_amounts (MilReceipt *receipt, const MilReceipt *second)
{
  for (MilReceiptField field = MIL_RECEIPT_TOTAL; field <= MIL_RECEIPT_ROUNDING; field++)
    {
      gboolean same = mil_decimal_compare (receipt->amounts[field], second->amounts[field]) == 0;
      if (!judge (&receipt->evidence[field], &second->evidence[field], same))
        continue;
      receipt->amounts[field] = second->amounts[field];
      receipt->evidence[field] = second->evidence[field];
    }
}

static void
merge_text (MilReceipt *receipt, const MilReceipt *second, MilReceiptField field, char **text, const char *other)
{
  MilEvidence *evidence = &receipt->evidence[field];
  /* A name that is read twice in two ways is better kept as first read than emptied. */
  gboolean take = evidence->confidence == 0 ? second->evidence[field].confidence > 0
                                            : strength (&second->evidence[field]) > strength (evidence) + CLEARLY_BETTER;
  if (g_strcmp0 (*text, other) == 0 && other != NULL)
    evidence->agreements |= MIL_AGREE_SECOND_READING;
  else if (take)
    {
      g_set_str (text, other);
      *evidence = second->evidence[field];
    }
}

/**
 * mil_receipt_merge:
 * @receipt: a reading of a picture
 * @second: another one, made in another way
 *
 * What both say is believed more; what one leaves open is taken from the other; where they differ
 * the better supported one counts, and none where they are nearly alike.
 */
void
mil_receipt_merge (MilReceipt *receipt, const MilReceipt *second)
{
  g_return_if_fail (receipt != NULL && second != NULL);

  merge_amounts (receipt, second);
  gboolean same_day = mil_date_compare (receipt->date, second->date) == 0;
  if (judge (&receipt->evidence[MIL_RECEIPT_DATE], &second->evidence[MIL_RECEIPT_DATE], same_day))
    {
      receipt->date = second->date;
      receipt->evidence[MIL_RECEIPT_DATE] = second->evidence[MIL_RECEIPT_DATE];
    }
  else if (!mil_receipt_has (receipt, MIL_RECEIPT_DATE))
    receipt->date = (MilDate) { 0 };
  merge_text (receipt, second, MIL_RECEIPT_MERCHANT, &receipt->merchant, second->merchant);
  merge_text (receipt, second, MIL_RECEIPT_TIME, &receipt->time, second->time);
  merge_text (receipt, second, MIL_RECEIPT_VAT_NUMBER, &receipt->vat_number, second->vat_number);
  if (receipt->vat_country == NULL)
    receipt->vat_country = g_strdup (second->vat_country);
  if (receipt->lines->len == 0)
    for (guint i = 0; i < second->lines->len; i++)
      g_ptr_array_add (receipt->lines, mil_receipt_line_copy (g_ptr_array_index (second->lines, i)));
  if (receipt->vat->len == 0)
    for (guint i = 0; i < second->vat->len; i++)
      g_ptr_array_add (receipt->vat, mil_receipt_vat_copy (g_ptr_array_index (second->vat, i)));
}
