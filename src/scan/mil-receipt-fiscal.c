/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-receipt-reader.h"

#include <string.h>

#include "base/mil-currency.h"

/* A code is read letter by letter or not at all. */
#define CODE_CONFIDENCE 90
/* The number of a sale is at least so long; what stands on a product is shorter. */
#define LEAST_NUMBER 16
#define DATE_DIGITS 6

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

/* In how many digits of "020320" two days differ. */
static guint
count_other_digits (MilDate a, MilDate b)
{
  const guint x[] = { a.day, a.month, a.year % 100 }, y[] = { b.day, b.month, b.year % 100 };
  guint       n = a.year / 100 == b.year / 100 ? 0 : DATE_DIGITS;
  for (guint i = 0; i < G_N_ELEMENTS (x); i++)
    n += (x[i] % 10 != y[i] % 10) + (x[i] / 10 != y[i] / 10);
  return n;
}

static guint
two_digits (const char *at)
{
  return (at[0] - '0') * 10 + (at[1] - '0');
}

/* Whether @number has @date in it; or one day, and no other, that differs from it in a digit. */
static gboolean
find_day (const char *number, MilDate date, MilDate *day)
{
  MilDate near = { 0 };
  guint   n_near = 0;
  for (const char *at = number; strlen (at) >= DATE_DIGITS; at++)
    for (guint backwards = 0; backwards < 2; backwards++)
      {
        guint   first = two_digits (at), last = two_digits (at + 4);
        MilDate here = { (guint16) (2000 + (backwards ? first : last)),
                         (guint8) two_digits (at + 2),
                         (guint8) (backwards ? last : first) };
        guint   n = mil_date_is_valid (here) ? count_other_digits (here, date) : DATE_DIGITS;
        if (n == 0)
          {
            *day = here;
            return TRUE;
          }
        if (n == 1 && mil_date_compare (near, here) != 0)
          {
            near = here;
            n_near++;
          }
      }
  *day = near;
  return n_near == 1;
}

/**
 * mil_receipt_apply_number:
 * @receipt: what the print says
 * @number: what a code on the same paper says
 * @today: no later date is accepted
 *
 * Shops print the number of a sale as a code of bars, to find it again when something is brought back; the
 * day is mostly a part of it ("…020320"). That is one more reason to believe the date of the print, or tells
 * the digit that was misread in one that nothing else speaks for.
 */
void
mil_receipt_apply_number (MilReceipt *receipt, const char *number, MilDate today)
{
  g_return_if_fail (receipt != NULL && number != NULL);

  MilEvidence *evidence = &receipt->evidence[MIL_RECEIPT_DATE];
  MilDate      day;
  gsize        length = strlen (number);
  if (!mil_receipt_has (receipt, MIL_RECEIPT_DATE) || length < LEAST_NUMBER || strspn (number, "0123456789") != length
      || !find_day (number, receipt->date, &day) || mil_date_compare (day, today) > 0)
    return;
  gboolean same = mil_date_compare (day, receipt->date) == 0;
  if (!same && (evidence->agreements & (MIL_AGREE_REPEATED | MIL_AGREE_SECOND_READING | MIL_AGREE_FISCAL)) != 0)
    return;
  receipt->date = day;
  evidence->agreements |= MIL_AGREE_FISCAL;
  evidence->confidence = MAX (evidence->confidence, CODE_CONFIDENCE);
}
