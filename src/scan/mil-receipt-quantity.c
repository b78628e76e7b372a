/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-receipt-private.h"

#include <string.h>

#include "base/mil-currency.h"
#include "scan/mil-moment.h"

/* "Stk.", "pz", "点": what is counted. */
#define MAX_UNIT 5
/* What may stand behind all of it: a currency, "/kg", the class of the VAT. */
#define MAX_TAIL 6
#define MAX_DIGITS 3
#define LEAST_WHOLE 100

static void
skip_blanks (const char **p)
{
  while (**p == ' ' || **p == '(' || **p == '*')
    (*p)++;
}

/* "2", "2,000", "0,345". */
static gboolean
take_count (const char **p, MilDecimal *count)
{
  guint whole = 0, part = 0;
  *count = (MilDecimal) { 0 };
  for (; g_ascii_isdigit (**p) && whole <= MAX_DIGITS; (*p)++, whole++)
    count->digits = count->digits * 10 + (**p - '0');
  if (whole == 0 || whole > MAX_DIGITS)
    return FALSE;
  if ((**p == '.' || **p == ',') && g_ascii_isdigit ((*p)[1]))
    for ((*p)++; g_ascii_isdigit (**p) && part <= MAX_DIGITS; (*p)++, part++)
      count->digits = count->digits * 10 + (**p - '0');
  if (part > MAX_DIGITS || count->digits == 0)
    return FALSE;
  count->scale = part;
  for (; count->scale > 0 && count->digits % 10 == 0; count->scale--)
    count->digits /= 10;
  return TRUE;
}

/* "x", "×", "@", "à": times. */
static gboolean
take_sign (const char **p)
{
  static const char *const signs[] = { "×", "ｘ", "Ｘ", "＊", "✕", "*", "@", "x", "X", "à", NULL };
  for (guint i = 0; signs[i] != NULL; i++)
    {
      if (!g_str_has_prefix (*p, signs[i]))
        continue;
      const char *after = *p + strlen (signs[i]);
      if (g_ascii_isalpha (signs[i][0]) && g_ascii_isalpha (*after))
        return FALSE;
      *p = after;
      return TRUE;
    }
  return FALSE;
}

/* A short word; not a sign. */
static void
take_word (const char **p)
{
  const char *start = *p;
  guint       n = 0;
  for (; g_unichar_isalpha (g_utf8_get_char (*p)); *p = g_utf8_next_char (*p))
    n++;
  const char *sign = start;
  if (n > MAX_UNIT || (n > 0 && take_sign (&sign) && sign == *p))
    *p = start;
  else if (n > 0 && **p == '.')
    (*p)++;
}

/* "EUR", "€", and what names the price of one: "@", "単". */
static void
take_currency (const char **p)
{
  static const char *const marks[] = { "€",  "£",  "$",    "¥",   "￥", "₩", "@",
                                       "単", "RM", "SFr.", "Fr.", "kr", NULL };
  g_autofree char         *code = g_strndup (*p, strnlen (*p, 3));
  if (mil_currency_is_known (code) && !g_ascii_isalpha ((*p)[3]))
    *p += 3;
  for (guint i = 0; marks[i] != NULL; i++)
    if (g_str_has_prefix (*p, marks[i]))
      *p += strlen (marks[i]);
  skip_blanks (p);
}

static const MilAmount *
amount_at (const MilReceiptRow *row, gsize start)
{
  for (guint i = 0; i < row->amounts->len; i++)
    if (g_array_index (row->amounts, MilAmount, i).start == start)
      return &g_array_index (row->amounts, MilAmount, i);
  return NULL;
}

/* "2 Stk x EUR 63,00" at the start of the row. */
static const MilAmount *
count_first (const MilReceiptRow *row, MilDecimal *count, gsize *end)
{
  const char *text = row->row->text, *p = text;
  skip_blanks (&p);
  if (!take_count (&p, count))
    return NULL;
  skip_blanks (&p);
  take_word (&p);
  skip_blanks (&p);
  if (!take_sign (&p))
    return NULL;
  skip_blanks (&p);
  take_currency (&p);
  const MilAmount *price = amount_at (row, p - text);
  *end = price ? price->end : 0;
  return price;
}

/* "63,00 EUR x 2" at the start of the row. */
static const MilAmount *
price_first (const MilReceiptRow *row, MilDecimal *count, gsize *end)
{
  const char *text = row->row->text, *p = text;
  skip_blanks (&p);
  take_currency (&p);
  const MilAmount *price = amount_at (row, p - text);
  if (price == NULL)
    return NULL;
  p = text + price->end;
  skip_blanks (&p);
  take_currency (&p);
  if (!take_sign (&p))
    return NULL;
  skip_blanks (&p);
  if (!take_count (&p, count))
    return NULL;
  take_word (&p);
  *end = p - text;
  return price;
}

static gboolean
multiply (MilDecimal count, gint64 price, gint64 *product)
{
  gint64 unit = 1;
  for (guint i = 0; i < count.scale; i++)
    unit *= 10;
  if (__builtin_mul_overflow (count.digits, price, product))
    return FALSE;
  *product = (*product + unit / 2) / unit;
  return TRUE;
}

/* Whether hardly a letter and no digit stands behind it. */
static gboolean
is_last (const char *rest)
{
  guint letters = 0;
  for (const char *p = rest; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (g_unichar_isdigit (c))
        return FALSE;
      letters += g_unichar_isalpha (c) ? 1 : 0;
    }
  return letters <= MAX_TAIL;
}

/*
 * mil_receipt_row_quantity:
 * @row: a row
 * @quantity: (out): what it says
 *
 * Reads a row that starts with how many at which price: "2 x 63,00", "2 Stk x 63,00  126,00", "63,00 x 2".
 *
 * Returns: whether it does
 */
gboolean
mil_receipt_row_quantity (const MilReceiptRow *row, MilReceiptQuantity *quantity)
{
  gsize            end = 0;
  const MilAmount *price = count_first (row, &quantity->count, &end);
  if (price == NULL)
    price = price_first (row, &quantity->count, &end);
  if (price == NULL || price->digits <= 0 || !multiply (quantity->count, price->digits, &quantity->product))
    return FALSE;
  quantity->price = price->digits;
  quantity->end = end;
  quantity->is_alone = is_last (row->row->text + end);
  return TRUE;
}

/* Whether row @i says in words what the row @other counts. */
static gboolean
names_what_is_counted (const MilReceiptSheet *sheet, guint i, const MilReceiptQuantity *counted)
{
  MilReceiptQuantity own;
  MilAmount          amount;
  return i < sheet->n_rows && i < sheet->first_total && sheet->rows[i].n_letters >= MIL_RECEIPT_LEAST_LETTERS
         && mil_receipt_row_amount (&sheet->rows[i], &amount) && amount.digits == counted->product
         && !mil_receipt_row_quantity (&sheet->rows[i], &own);
}

/* Where amounts have no decimals, days, house numbers and the like look like amounts: one stands on the right
 * of the paper, or is at least so large, and nothing but a currency or class stands behind it. */
static gboolean
is_whole_amount (const MilReceiptSheet *sheet, const MilReceiptRow *row, const MilAmount *amount)
{
  const char *text = row->row->text;
  MilBox      box = mil_row_box_of (row->row, amount->start, amount->end);
  int         left = G_MAXINT, right = 0;
  for (guint i = 0; i < sheet->n_rows; i++)
    {
      MilBox other = sheet->rows[i].row->box;
      left = MIN (left, other.x);
      right = MAX (right, other.x + other.width);
    }
  gboolean on_the_right = (box.x + box.width - left) * 10 >= (right - left) * 9;
  g_autoptr (GArray) dates = mil_dates_find (text, (MilDate) { 9999, 1, 1 }, MIL_DATE_DAY_FIRST);
  guint letters = 0;
  for (const char *p = text + amount->end; *p != '\0'; p = g_utf8_next_char (p))
    letters += g_unichar_isalpha (g_utf8_get_char (p)) ? 1 : 0;
  return dates->len == 0 && letters <= 1 && (on_the_right || ABS (amount->digits) >= LEAST_WHOLE);
}

/*
 * mil_receipt_row_item:
 * @sheet: the rows
 * @i: which of them
 * @amount: (out): what it adds to the sum
 *
 * A row that is nothing but how many at which price adds what they make together; and nothing where the row
 * above or below has that amount already.
 *
 * Returns: whether it adds something
 */
gboolean
mil_receipt_row_item (const MilReceiptSheet *sheet, guint i, MilAmount *amount)
{
  MilReceiptQuantity quantity;
  if (!mil_receipt_row_amount (&sheet->rows[i], amount)
      || (sheet->exponent == 0 && !is_whole_amount (sheet, &sheet->rows[i], amount)))
    return FALSE;
  if (!mil_receipt_row_quantity (&sheet->rows[i], &quantity) || !quantity.is_alone)
    return TRUE;
  amount->digits = quantity.product;
  return !(i > 0 && names_what_is_counted (sheet, i - 1, &quantity)) && !names_what_is_counted (sheet, i + 1, &quantity);
}

/*
 * mil_receipt_item_quantity:
 * @sheet: the rows
 * @i: which of them
 * @digits: the amount of that row
 * @quantity: (out): how many at which price
 * @where: (out): the row that says it
 *
 * Returns: whether the row, or the one above or below it, says how many of it there are
 */
gboolean
mil_receipt_item_quantity (const MilReceiptSheet *sheet, guint i, gint64 digits, MilReceiptQuantity *quantity, guint *where)
{
  const guint rows[] = { i, i + 1, i > 0 ? i - 1 : i };
  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      *where = rows[k];
      if (rows[k] < sheet->n_rows && rows[k] < sheet->first_total
          && mil_receipt_row_quantity (&sheet->rows[rows[k]], quantity) && quantity->product == digits
          && (rows[k] == i || quantity->is_alone))
        return TRUE;
    }
  return FALSE;
}
