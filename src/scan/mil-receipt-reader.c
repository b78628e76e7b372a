/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-receipt-reader.h"

#include <string.h>

#include "base/mil-currency.h"
#include "scan/mil-moment.h"
#include "scan/mil-receipt-private.h"
#include "scan/mil-vat-number.h"

/* So many thousands, and no decimals anywhere, are amounts of a currency without any. */
#define LEAST_WHOLE 3
/* More than a misread row has. */
#define LEAST_EASTERN_LETTERS 10

/**
 * mil_receipt_row_amount:
 * @row: a row
 * @amount: (out): its last amount, which is the one of the row's label
 *
 * Returns: whether there is one
 */
gboolean
mil_receipt_row_amount (const MilReceiptRow *row, MilAmount *amount)
{
  if (row->amounts->len == 0)
    return FALSE;
  *amount = g_array_index (row->amounts, MilAmount, row->amounts->len - 1);
  return TRUE;
}

/*
 * mil_receipt_count_letters:
 * @text: UTF-8
 *
 * Returns: how many letters it has; one of Chinese, Japanese or Korean says as much as two
 */
int
mil_receipt_count_letters (const char *text)
{
  int n = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (g_unichar_isalpha (c))
        n += c >= 0x2e80 && c < 0xff00 ? 2 : 1;
    }
  return n;
}

/* "Total  6 00": the point is often too pale to be seen. */
static void
find_spaced_amount (MilReceiptRow *row)
{
  const char *text = row->row->text;
  gsize       end = strlen (text), at = end;
  if (end < 4 || !g_ascii_isdigit (text[end - 1]) || !g_ascii_isdigit (text[end - 2]) || text[end - 3] != ' ')
    return;
  for (at = end - 3; at > 0 && g_ascii_isdigit (text[at - 1]); at--)
    ;
  if (at == end - 3 || end - 3 - at > 4 || (at > 0 && text[at - 1] != ' '))
    return;
  MilAmount amount = { .start = at, .end = end, .is_loose = TRUE };
  for (gsize i = at; i < end; i++)
    if (text[i] != ' ')
      amount.digits = amount.digits * 10 + (text[i] - '0');
  g_array_append_val (row->amounts, amount);
}

/* Below the heading of a tax table a "total" is one of taxes. */
static gboolean
opens_tax_table (const char *text)
{
  g_autofree char *folded = mil_label_fold (text);
  return mil_label_contains (folded, "GSTSUMMARY", 1) || mil_label_contains (folded, "TAXSUMMARY", 1)
         || mil_label_contains (folded, "SSTSUMMARY", 1) || mil_label_contains (folded, "VATSUMMARY", 1)
         || mil_label_contains (folded, "GSTANALYSIS", 1);
}

/* The amounts of a reading, rates left out. */
static GArray *
find_amounts (const char *text, guint exponent)
{
  GArray *amounts = mil_amounts_find (text, exponent);
  for (guint a = amounts->len; a-- > 0;)
    if (g_array_index (amounts, MilAmount, a).is_rate)
      g_array_remove_index (amounts, a);
  return amounts;
}

static const MilRow *
nth_reading (const MilRow *row, guint i)
{
  return i == 0 ? row : g_ptr_array_index (row->others, i - 1);
}

static guint
count_readings (const MilRow *row)
{
  return 1 + (row->others ? row->others->len : 0);
}

static guint
votes_of (const MilRow *reading)
{
  return MAX (1, reading->votes);
}

/* Takes the reading whose last amount most readings say; of several the first. */
static void
choose_reading (MilReceiptRow *row, const MilRow *first, guint exponent)
{
  guint              n = count_readings (first);
  g_autofree gint64 *values = g_new0 (gint64, n);
  g_autofree guint  *votes = g_new0 (guint, n);
  guint              best = 0;
  row->others = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GArray) amounts = find_amounts (nth_reading (first, i)->text, exponent);
      if (amounts->len == 0)
        continue;
      row->n_read += votes_of (nth_reading (first, i));
      values[i] = g_array_index (amounts, MilAmount, amounts->len - 1).digits;
      guint same = i;
      for (guint k = i; k-- > 0;)
        if (votes[k] > 0 && values[k] == values[i])
          same = k;
      votes[same] += votes_of (nth_reading (first, i));
    }
  for (guint i = 1; i < n; i++)
    if (votes[i] > votes[best])
      best = i;
  for (guint i = 0; i < n; i++)
    if (i != best && votes[i] > 0)
      g_array_append_val (row->others, values[i]);
  row->n_agree = votes[best];
  row->row = nth_reading (first, best);
  row->amounts = find_amounts (row->row->text, exponent);
}

/* A label that one reading lost may be there in another. */
static MilLabel
choose_label (const MilRow *first)
{
  MilLabel label = MIL_LABEL_NONE;
  for (guint i = 0; i < count_readings (first) && label == MIL_LABEL_NONE; i++)
    label = mil_label_classify (nth_reading (first, i)->text);
  return label;
}

/* "Total paid" and "Accepted total" are what was handed over, where something was given back. */
static void
tell_handed_over (MilReceiptSheet *sheet)
{
  static const char *const words[] = { "PAID", "ACCEPTED", "TENDER", "RECEIVED" };
  gboolean                 given_back = FALSE;
  for (guint i = 0; i < sheet->n_rows; i++)
    {
      MilAmount amount;
      given_back |= sheet->rows[i].label == MIL_LABEL_CHANGE
                    && mil_receipt_row_amount (&sheet->rows[i], &amount) && amount.digits != 0;
    }
  for (guint i = 0; given_back && i < sheet->n_rows; i++)
    {
      MilReceiptRow   *row = &sheet->rows[i];
      g_autofree char *folded = mil_label_fold (row->row->text);
      for (guint w = 0; (row->label == MIL_LABEL_TOTAL || row->label == MIL_LABEL_FINAL) && w < G_N_ELEMENTS (words); w++)
        if (mil_label_contains (folded, words[w], 0))
          row->label = MIL_LABEL_CASH;
    }
}

MilReceiptSheet *
mil_receipt_sheet_new (GPtrArray *rows, guint exponent)
{
  MilReceiptSheet *self = g_new0 (MilReceiptSheet, 1);
  self->rows = g_new0 (MilReceiptRow, rows->len + 1);
  self->n_rows = self->first_total = rows->len;
  self->exponent = exponent;
  gboolean in_tax_table = FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      MilReceiptRow *row = &self->rows[i];
      const MilRow  *first = g_ptr_array_index (rows, i);
      row->label = choose_label (first);
      choose_reading (row, first, exponent);
      row->n_letters = mil_receipt_count_letters (row->row->text);
      in_tax_table |= i > rows->len / 3 && opens_tax_table (first->text);
      gboolean total = row->label == MIL_LABEL_FINAL || row->label == MIL_LABEL_TOTAL || row->label == MIL_LABEL_SUBTOTAL;
      if (total && exponent > 0 && row->amounts->len == 0)
        find_spaced_amount (row);
      if (total && in_tax_table)
        row->label = MIL_LABEL_TAX;
      if (total && i > 0 && i < self->first_total)
        self->first_total = i;
    }
  tell_handed_over (self);
  return self;
}

void
mil_receipt_sheet_free (MilReceiptSheet *self)
{
  for (guint i = 0; i < self->n_rows; i++)
    {
      g_array_unref (self->rows[i].amounts);
      g_array_unref (self->rows[i].others);
    }
  g_free (self->rows);
  g_free (self);
}

void
mil_receipt_set_amount (MilReceipt            *receipt,
                        MilReceiptField        field,
                        const MilReceiptSheet *sheet,
                        gint64                 digits,
                        guint                  row,
                        MilAgreement           agreements,
                        int                    confidence)
{
  const MilReceiptRow *where = &sheet->rows[row];
  MilBox               box = where->row->box;
  for (guint a = 0; a < where->amounts->len; a++)
    {
      const MilAmount *amount = &g_array_index (where->amounts, MilAmount, a);
      if (amount->digits == digits)
        box = mil_row_box_of (where->row, amount->start, amount->end);
    }
  receipt->amounts[field] = (MilDecimal) { digits, sheet->exponent };
  receipt->evidence[field] = (MilEvidence) { MAX (1, confidence), agreements, box };
}

static void
find_vat_number (MilReceipt *receipt, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const MilRow *row = g_ptr_array_index (rows, i);
      const char   *country = NULL;
      gsize         start, end;
      if (!mil_vat_number_find (row->text, &receipt->vat_number, &country, &start, &end))
        continue;
      receipt->vat_country = g_strdup (country);
      receipt->evidence[MIL_RECEIPT_VAT_NUMBER] = (MilEvidence) { 95,
                                                                  MIL_AGREE_CHECK_DIGIT | MIL_AGREE_LABEL,
                                                                  mil_row_box_of (row, start, end) };
      return;
    }
}

static int
score_date (const MilRow *first, const MilRow *row, const MilMoment *moment)
{
  static const char *const names[] = { "DATE", "DATUM", "DATA", "FECHA", "날짜",
                                       "일시", "日期",  "日付", "DATED", NULL };
  static const char *const others[] = { "EXP",    "EXPIRY", "VALID", "GULTIG", "BIS", "DUE",
                                        "BEFORE", "UNTIL",  "MHD",   "BORN",   NULL };
  int              score = moment->score * 2 + mil_row_confidence_of (row, moment->start, moment->end) / 25;
  g_autofree char *time = mil_time_find (first->text, NULL, NULL);
  if (time != NULL)
    score += 6;
  /* A month that can be none may be the day's digits misread. */
  if (moment->is_swapped)
    score -= 6;
  g_autofree char *folded = mil_label_fold (first->text);
  for (guint i = 0; names[i] != NULL; i++)
    if (mil_label_contains (folded, names[i], 0))
      {
        score += 6;
        break;
      }
  for (guint i = 0; others[i] != NULL; i++)
    if (mil_label_has_word (first->text, others[i]))
      {
        score -= 12;
        break;
      }
  return score;
}

static void
set_date (MilReceipt *receipt, GPtrArray *rows, guint at, const MilRow *row, const MilMoment *moment, int score)
{
  guint n = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      const MilRow *other = g_ptr_array_index (rows, i);
      g_autoptr (GArray) dates = i == at ? NULL : mil_dates_find (other->text, (MilDate) { 9999, 1, 1 }, MIL_DATE_DAY_FIRST);
      for (guint d = 0; dates != NULL && d < dates->len; d++)
        n += mil_date_compare (g_array_index (dates, MilMoment, d).date, moment->date) == 0;
    }
  receipt->date = moment->date;
  receipt->evidence[MIL_RECEIPT_DATE] = (MilEvidence) { CLAMP (30 + score * 3, 1, 99),
                                                        MIL_AGREE_LABEL | (n > 0 ? MIL_AGREE_REPEATED : 0),
                                                        mil_row_box_of (row, moment->start, moment->end) };
}

static gboolean
take_time (MilReceipt *receipt, const MilRow *row, gboolean beside_date)
{
  gsize start = 0, end = 0;
  receipt->time = mil_time_find (row->text, &start, &end);
  if (receipt->time == NULL)
    return FALSE;
  receipt->evidence[MIL_RECEIPT_TIME] = (MilEvidence) { beside_date ? 85 : 60,
                                                        beside_date ? MIL_AGREE_LABEL : 0,
                                                        mil_row_box_of (row, start, end) };
  return TRUE;
}

/* Beside the date, or else the first one anywhere. */
static void
find_time (MilReceipt *receipt, GPtrArray *rows, const MilRow *date_row)
{
  if (date_row != NULL && take_time (receipt, date_row, TRUE))
    return;
  for (guint i = 0; i < rows->len; i++)
    if (take_time (receipt, g_ptr_array_index (rows, i), FALSE))
      return;
}

/* The reading of a row whose date most readings say, and how many say it. */
static const MilRow *
choose_date (const MilRow *first, MilDate today, MilDateOrder order, guint *n_read, guint *n_agree)
{
  guint               n = count_readings (first), best = 0;
  g_autofree MilDate *days = g_new0 (MilDate, n);
  g_autofree guint   *votes = g_new0 (guint, n);
  g_autofree int     *sure = g_new0 (int, n);
  gboolean            usual = FALSE;
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n; i++)
      {
        g_autoptr (GArray) dates = mil_dates_find (nth_reading (first, i)->text, today, order);
        if (dates->len == 0)
          continue;
        /* A month that can be none is a misread one where another reading is as usual. */
        usual |= !g_array_index (dates, MilMoment, 0).is_swapped;
        if (pass == 1 && !(usual && g_array_index (dates, MilMoment, 0).is_swapped))
          {
            const MilMoment *moment = &g_array_index (dates, MilMoment, 0);
            days[i] = moment->date;
            sure[i] = mil_row_confidence_of (nth_reading (first, i), moment->start, moment->end);
          }
      }
  *n_read = 0;
  for (guint i = 0; i < n; i++)
    {
      if (!mil_date_is_set (days[i]))
        continue;
      guint same = i;
      for (guint k = i; k-- > 0;)
        if (votes[k] > 0 && mil_date_compare (days[k], days[i]) == 0)
          same = k;
      guint weight = votes_of (nth_reading (first, i));
      votes[same] += weight;
      sure[same] = (same != i ? sure[same] : 0) + (int) weight * sure[i];
      *n_read += weight;
    }
  for (guint i = 1; i < n; i++)
    if (votes[i] > votes[best] || (votes[i] == votes[best] && sure[i] > sure[best]))
      best = i;
  *n_agree = votes[best];
  return nth_reading (first, best);
}

/* Whether a part of the paper is Chinese, Japanese or Korean: "CNY" is also a new year in Malaysia. */
static gboolean
is_eastern (GPtrArray *rows)
{
  guint n = 0;
  for (guint i = 0; i < rows->len; i++)
    for (const char *p = ((MilRow *) g_ptr_array_index (rows, i))->text; *p != '\0'; p = g_utf8_next_char (p))
      {
        gunichar c = g_utf8_get_char (p);
        n += c >= 0x2e80 && c < 0xff00 && g_unichar_isalpha (c);
      }
  return n >= LEAST_EASTERN_LETTERS;
}

static MilDateOrder
order_of_dates (const MilReceipt *receipt, GPtrArray *rows, const MilReceiptHints *hints)
{
  static const char *const year_first[] = { "KRW", "JPY", "CNY", "TWD", NULL };
  if (g_strcmp0 (hints->country, "US") == 0 || g_str_equal (receipt->currency, "USD"))
    return MIL_DATE_MONTH_FIRST;
  return g_strv_contains (year_first, receipt->currency) && is_eastern (rows) ? MIL_DATE_YEAR_FIRST : MIL_DATE_DAY_FIRST;
}

static void
find_date (MilReceipt *receipt, GPtrArray *rows, const MilReceiptHints *hints)
{
  MilDateOrder  order = order_of_dates (receipt, rows, hints);
  const MilRow *best_row = NULL;
  MilMoment     best = { 0 };
  int           best_score = 0;
  guint         best_votes = 0, best_at = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      guint         n_read, n_agree;
      const MilRow *row = choose_date (g_ptr_array_index (rows, i), hints->today, order, &n_read, &n_agree);
      if (n_read > 1 && n_agree * 5 < n_read * 2 + 1)
        continue;
      g_autoptr (GArray) dates = mil_dates_find (row->text, hints->today, order);
      for (guint d = 0; d < dates->len; d++)
        {
          const MilMoment *moment = &g_array_index (dates, MilMoment, d);
          int              score = score_date (g_ptr_array_index (rows, i), row, moment)
                      + (n_read > 2 ? (int) MIN (n_agree, 3) - (int) MIN (2 * (n_read - n_agree), 8) : 0);
          if (best_row == NULL || score > best_score)
            {
              best_score = score;
              best_row = row;
              best = *moment;
              best_votes = n_agree;
              best_at = i;
            }
        }
    }
  if (best_row != NULL && best_score > 0)
    {
      set_date (receipt, rows, best_at, best_row, &best, best_score);
      if (best_votes >= 3)
        receipt->evidence[MIL_RECEIPT_DATE].agreements |= MIL_AGREE_SECOND_READING;
    }
  find_time (receipt, rows, best_row);
}

static guint
count_rows_with_amounts (GPtrArray *rows, guint exponent)
{
  guint n = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GArray) amounts = find_amounts (((MilRow *) g_ptr_array_index (rows, i))->text, exponent);
      for (guint a = 0; a < amounts->len; a++)
        if (exponent > 0 || g_array_index (amounts, MilAmount, a).digits >= 1000)
          {
            n++;
            break;
          }
    }
  return n;
}

/* Decimals that amounts have on paper: currencies without coins for their cents are printed without. */
static guint
find_exponent (const MilReceipt *receipt, GPtrArray *rows)
{
  static const char *const whole[] = { "TWD", "HUF", "IDR", "COP", "RSD", "CZK", NULL };
  int exponent = mil_currency_is_known (receipt->currency) ? mil_currency_exponent (receipt->currency) : 2;
  gboolean unknown = *receipt->currency == '\0';
  if (exponent == 0 || (!unknown && !g_strv_contains (whole, receipt->currency)))
    return exponent == 0 ? 0 : 2;
  if (count_rows_with_amounts (rows, 2) > 0)
    return 2;
  return !unknown || count_rows_with_amounts (rows, 0) >= LEAST_WHOLE ? 0 : 2;
}

/**
 * mil_receipt_read_rows:
 * @rows: (element-type MilRow): what was read, from top to bottom
 * @hints: what is known before
 *
 * Makes sense of the rows of a receipt. Boxes are those of the rows.
 *
 * Returns: (transfer full): the receipt
 */
MilReceipt *
mil_receipt_read_rows (GPtrArray *rows, const MilReceiptHints *hints)
{
  g_return_val_if_fail (rows != NULL && hints != NULL, NULL);

  MilReceipt *receipt = mil_receipt_new ();
  receipt->text = mil_rows_to_text (rows);
  find_vat_number (receipt, rows);
  mil_receipt_find_currency (receipt, rows, hints);
  receipt->country = g_strdup (receipt->vat_country ? receipt->vat_country : hints->country);

  g_autoptr (MilReceiptSheet) sheet = mil_receipt_sheet_new (rows, find_exponent (receipt, rows));
  mil_receipt_find_total (receipt, sheet);
  mil_receipt_find_lines (receipt, sheet);
  mil_receipt_find_vat (receipt, sheet);
  find_date (receipt, rows, hints);
  mil_receipt_find_merchant (receipt, rows);
  return receipt;
}

/**
 * mil_receipt_is_plausible:
 * @receipt: what was read
 *
 * Returns: whether it is a receipt at all: something with an amount to pay, or several things that
 *   only receipts have
 */
gboolean
mil_receipt_is_plausible (const MilReceipt *receipt)
{
  g_return_val_if_fail (receipt != NULL, FALSE);

  int points = 0;
  points += mil_receipt_has (receipt, MIL_RECEIPT_TOTAL) ? 2 : 0;
  points += mil_receipt_has (receipt, MIL_RECEIPT_DATE) ? 1 : 0;
  points += mil_receipt_has (receipt, MIL_RECEIPT_VAT_NUMBER) ? 1 : 0;
  points += mil_receipt_has (receipt, MIL_RECEIPT_PAID) || mil_receipt_has (receipt, MIL_RECEIPT_CHANGE) ? 1 : 0;
  points += mil_receipt_has (receipt, MIL_RECEIPT_SUBTOTAL) ? 1 : 0;
  points += receipt->lines->len >= 2 ? 1 : 0;
  points += receipt->vat->len > 0 ? 1 : 0;
  return points >= 2;
}

/**
 * mil_receipt_quality:
 * @receipt: what was read
 *
 * Returns: how much is known how well, to compare two readings of the same picture
 */
int
mil_receipt_quality (const MilReceipt *receipt)
{
  g_return_val_if_fail (receipt != NULL, 0);

  int sum = 0;
  for (guint i = 0; i < MIL_RECEIPT_N_FIELDS; i++)
    sum += receipt->evidence[i].confidence + 10 * __builtin_popcount (receipt->evidence[i].agreements);
  sum += 2 * receipt->evidence[MIL_RECEIPT_TOTAL].confidence + 5 * MIN (receipt->lines->len, 10);
  return sum;
}
