/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-receipt-reader.h"

#include "base/mil-currency.h"

/* A code is read letter by letter or not at all. */
#define CODE_CONFIDENCE 90

static void
apply_total (MilReceipt *receipt, const MilFiscal *fiscal, MilBox box)
{
  MilDecimal total = { fiscal->total.minor, (guint8) MAX (0, mil_currency_exponent (fiscal->total.currency)) };
  MilEvidence *evidence = &receipt->evidence[MIL_RECEIPT_TOTAL];
  gboolean     known = mil_receipt_has (receipt, MIL_RECEIPT_TOTAL);

  if (known && mil_decimal_compare (receipt->amounts[MIL_RECEIPT_TOTAL], total) == 0)
    {
      evidence->agreements |= MIL_AGREE_FISCAL;
      evidence->confidence = MAX (evidence->confidence, CODE_CONFIDENCE);
    }
  else if (!known || !mil_receipt_is_well_supported (receipt, MIL_RECEIPT_TOTAL))
    {
      receipt->amounts[MIL_RECEIPT_TOTAL] = total;
      *evidence = (MilEvidence) { CODE_CONFIDENCE, MIL_AGREE_FISCAL, box };
    }
  if (!mil_receipt_has (receipt, MIL_RECEIPT_CURRENCY) || receipt->evidence[MIL_RECEIPT_CURRENCY].box.width == 0)
    {
      g_strlcpy (receipt->currency, fiscal->total.currency, sizeof receipt->currency);
      receipt->evidence[MIL_RECEIPT_CURRENCY] = (MilEvidence) { CODE_CONFIDENCE, MIL_AGREE_FISCAL, box };
    }
}

static void
apply_date (MilReceipt *receipt, const MilFiscal *fiscal, MilBox box)
{
  MilEvidence *evidence = &receipt->evidence[MIL_RECEIPT_DATE];
  gboolean     known = mil_receipt_has (receipt, MIL_RECEIPT_DATE);
  if (known && mil_date_compare (receipt->date, fiscal->date) == 0)
    evidence->agreements |= MIL_AGREE_FISCAL;
  else if (!known || !mil_receipt_is_well_supported (receipt, MIL_RECEIPT_DATE))
    {
      receipt->date = fiscal->date;
      *evidence = (MilEvidence) { CODE_CONFIDENCE, MIL_AGREE_FISCAL, box };
    }
  if (!mil_receipt_has (receipt, MIL_RECEIPT_TIME) && fiscal->time != NULL)
    {
      receipt->time = g_strdup (fiscal->time);
      receipt->evidence[MIL_RECEIPT_TIME] = (MilEvidence) { CODE_CONFIDENCE, MIL_AGREE_FISCAL, box };
    }
}

/**
 * mil_receipt_apply_fiscal:
 * @receipt: what the print says
 * @fiscal: (transfer full): what a code on the same paper says
 * @box: where the code stands
 *
 * Holds the two against each other: where they say the same, that is one more reason to believe it;
 * what the print leaves open or says weakly is taken from the code.
 */
void
mil_receipt_apply_fiscal (MilReceipt *receipt, MilFiscal *fiscal, MilBox box)
{
  g_return_if_fail (receipt != NULL && fiscal != NULL);

  g_clear_pointer (&receipt->fiscal, mil_fiscal_free);
  receipt->fiscal = fiscal;
  if (mil_money_is_set (fiscal->total))
    apply_total (receipt, fiscal, box);
  if (mil_date_is_set (fiscal->date))
    apply_date (receipt, fiscal, box);
  if (receipt->merchant == NULL && fiscal->seller != NULL)
    {
      receipt->merchant = g_strdup (fiscal->seller);
      receipt->evidence[MIL_RECEIPT_MERCHANT] = (MilEvidence) { CODE_CONFIDENCE, MIL_AGREE_FISCAL, box };
    }
  if (receipt->vat_number == NULL && fiscal->seller_id != NULL)
    {
      receipt->vat_number = g_strdup (fiscal->seller_id);
      receipt->evidence[MIL_RECEIPT_VAT_NUMBER] = (MilEvidence) {
        CODE_CONFIDENCE, MIL_AGREE_FISCAL | (fiscal->checked ? MIL_AGREE_CHECK_DIGIT : 0), box
      };
    }
  if (receipt->country == NULL)
    receipt->country = g_strdup (fiscal->country);
}
