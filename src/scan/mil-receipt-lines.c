/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-receipt-private.h"

#include <string.h>

/* "2 x 1,50", "2 X 1.50", "2 @ 1.50", "1,50 x 2": how many at which price. */
static gboolean
find_quantity (const MilReceiptRow *row, gint64 amount, MilDecimal *quantity, gint64 *price)
{
  for (guint i = 0; i < row->amounts->len; i++)
    {
      const MilAmount *each = &g_array_index (row->amounts, MilAmount, i);
      if (each->digits <= 0 || amount % each->digits != 0)
        continue;
      gint64 count = amount / each->digits;
      if (count < 2 || count > 999)
        continue;
      g_autofree char *said = g_strdup_printf ("%" G_GINT64_FORMAT, count);
      if (!mil_label_has_word (row->row->text, said))
        continue;
      *quantity = (MilDecimal) { count, 0 };
      *price = each->digits;
      return TRUE;
    }
  return FALSE;
}

/* The one letter or digit after the amount that names the VAT rate. */
static char *
find_class (const MilReceiptRow *row, const MilAmount *amount)
{
  const char *tail = row->row->text + amount->end;
  while (*tail == ' ' || *tail == '*')
    tail++;
  return g_ascii_isalnum (*tail) && tail[1] == '\0' ? g_strndup (tail, 1) : NULL;
}

/* What stands before the amounts; or between how many there are and what they make. */
static char *
describe (const MilReceiptRow *row)
{
  MilReceiptQuantity quantity;
  gsize from = mil_receipt_row_quantity (row, &quantity) ? quantity.end : 0, to = strlen (row->row->text);
  for (guint i = row->amounts->len; i-- > 0;)
    if (g_array_index (row->amounts, MilAmount, i).start >= from)
      to = g_array_index (row->amounts, MilAmount, i).start;
  return g_strstrip (g_strndup (row->row->text + from, to - from));
}

static gboolean
can_be_line (const MilReceiptRow *row)
{
  return row->label == MIL_LABEL_NONE || row->label == MIL_LABEL_COUNT || row->label == MIL_LABEL_DISCOUNT;
}

/* A row without a text of its own belongs to the text above it. */
static void
take_text_above (MilReceiptLine *line, const MilReceiptSheet *sheet, guint i)
{
  const MilReceiptRow *above = i > 0 ? &sheet->rows[i - 1] : NULL;
  if (above == NULL || above->amounts->len > 0 || above->n_letters < MIL_RECEIPT_LEAST_LETTERS)
    return;
  g_set_str (&line->description, above->row->text);
  line->box = mil_box_union (line->box, above->row->box);
}

static void
take_quantity (MilReceiptLine *line, const MilReceiptSheet *sheet, guint i)
{
  MilReceiptQuantity quantity;
  gint64             price = 0;
  guint              where = i;
  line->has_price = find_quantity (&sheet->rows[i], line->amount.digits, &line->quantity, &price);
  if (!line->has_price && mil_receipt_item_quantity (sheet, i, line->amount.digits, &quantity, &where))
    {
      line->has_price = TRUE;
      line->quantity = quantity.count;
      line->box = mil_box_union (line->box, sheet->rows[where].row->box);
      price = quantity.price;
    }
  line->price = (MilDecimal) { price, sheet->exponent };
}

/*
 * mil_receipt_find_lines:
 * @receipt: where to put them
 * @sheet: the rows
 *
 * Takes the rows above the first total that have an amount. A row without a text of its own
 * ("2 x 1,50  3,00") belongs to the text above it; one that says how many ("2 x 1,50") to the line beside it.
 */
void
mil_receipt_find_lines (MilReceipt *receipt, const MilReceiptSheet *sheet)
{
  for (guint i = 0; i < sheet->first_total && i < sheet->n_rows; i++)
    {
      const MilReceiptRow *row = &sheet->rows[i];
      MilAmount            amount;
      if (!can_be_line (row) || !mil_receipt_row_item (sheet, i, &amount))
        continue;

      g_autoptr (MilReceiptLine) line = g_new0 (MilReceiptLine, 1);
      line->description = describe (row);
      line->box = row->row->box;
      if (mil_receipt_count_letters (line->description) < MIL_RECEIPT_LEAST_LETTERS)
        take_text_above (line, sheet, i);
      if (mil_receipt_count_letters (line->description) < MIL_RECEIPT_LEAST_LETTERS)
        continue;
      line->amount = (MilDecimal) { amount.digits, sheet->exponent };
      take_quantity (line, sheet, i);
      line->vat_class = find_class (row, &amount);
      g_ptr_array_add (receipt->lines, g_steal_pointer (&line));
    }
}

/* Rates as printed: "19%", "19,00 %", "5,5%", "7.7 %". */
static gboolean
find_rate (const char *text, MilDecimal *rate)
{
  for (const char *percent = strchr (text, '%'); percent != NULL; percent = strchr (percent + 1, '%'))
    {
      const char *end = percent;
      while (end > text && end[-1] == ' ')
        end--;
      const char *start = end;
      while (start > text && (g_ascii_isdigit (start[-1]) || start[-1] == '.' || start[-1] == ','))
        start--;
      if (start == end || end - start > 5)
        continue;
      g_autofree char *number = g_strndup (start, end - start);
      g_strdelimit (number, ",", '.');
      if (mil_decimal_parse (number, rate, NULL))
        return TRUE;
    }
  return FALSE;
}

/* Whether the VAT is what the rate makes of the net, give or take one unit for each's own rounding. */
static gboolean
rate_fits (MilDecimal rate, gint64 net, gint64 vat)
{
  gint64 unit = 100;
  for (guint i = 0; i < rate.scale; i++)
    unit *= 10;
  gint64 wanted = 0;
  if (unit > 1000000 || rate.digits > 100000 || __builtin_mul_overflow (net, rate.digits, &wanted))
    return FALSE;
  gint64 computed = (wanted + unit / 2) / unit;
  return ABS (computed - vat) <= 2;
}

static gboolean
read_vat_row (const MilReceiptRow *row, guint exponent, MilReceiptVat *vat)
{
  if (!find_rate (row->row->text, &vat->rate))
    return FALSE;
  for (guint n = 0; n < row->amounts->len; n++)
    for (guint v = 0; v < row->amounts->len; v++)
      {
        gint64 net = g_array_index (row->amounts, MilAmount, n).digits;
        gint64 tax = g_array_index (row->amounts, MilAmount, v).digits;
        if (n == v || tax <= 0 || net <= 0)
          continue;
        /* Either column may be the gross one. */
        if (rate_fits (vat->rate, net - tax, tax) && !rate_fits (vat->rate, net, tax))
          net -= tax;
        else if (!rate_fits (vat->rate, net, tax))
          continue;
        vat->net = (MilDecimal) { net, exponent };
        vat->vat = (MilDecimal) { tax, exponent };
        vat->gross = (MilDecimal) { net + tax, exponent };
        return TRUE;
      }
  return FALSE;
}

/*
 * mil_receipt_find_vat:
 * @receipt: where to put them
 * @sheet: the rows
 *
 * Takes the rows that have a rate and two amounts that it connects. Where the rows together make
 * the total, this is one more reason to believe it.
 */
void
mil_receipt_find_vat (MilReceipt *receipt, const MilReceiptSheet *sheet)
{
  gint64 gross = 0;
  for (guint i = 0; i < sheet->n_rows; i++)
    {
      MilReceiptVat found = { 0 };
      if (!read_vat_row (&sheet->rows[i], sheet->exponent, &found))
        continue;
      found.box = sheet->rows[i].row->box;
      const char *text = sheet->rows[i].row->text;
      if (g_ascii_isalpha (text[0]) && !g_ascii_isalnum (text[1]))
        found.vat_class = g_strndup (text, 1);
      gross += found.gross.digits;
      g_ptr_array_add (receipt->vat, g_memdup2 (&found, sizeof found));
    }
  if (receipt->vat->len > 0 && mil_receipt_has (receipt, MIL_RECEIPT_TOTAL)
      && receipt->amounts[MIL_RECEIPT_TOTAL].digits == gross)
    receipt->evidence[MIL_RECEIPT_TOTAL].agreements |= MIL_AGREE_VAT;
}
