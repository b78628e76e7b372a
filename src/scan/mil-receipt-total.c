/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-receipt-private.h"
#include "scan/mil-receipt-reader.h"

#include <string.h>

/* How much each thing says that a number is the total. A label alone is enough, an agreement alone is not. */
#define WEIGHT_FINAL 60
#define WEIGHT_TOTAL 46
#define WEIGHT_WEAK 26
#define WEIGHT_CARD 26
#define WEIGHT_SUBTOTAL 12
#define WEIGHT_CASH 6
#define BONUS_CHANGE 40
#define BONUS_ROUNDING 36
#define BONUS_VAT 22
#define BONUS_GROUPS 40
#define BONUS_ITEMS 26
#define BONUS_PAID 18
#define BONUS_REPEATED 8
#define BONUS_LAST 6
#define MALUS_OTHER_ROW 8
#define MALUS_ROW_ABOVE 16
#define MALUS_NOT_LAST 20
#define MALUS_ROUNDED 34
#define MALUS_UNSURE 10
#define MALUS_NEGATIVE 24
#define MALUS_CONTRADICTED 24
#define MALUS_TAX 40
#define MALUS_UNROUNDED 10
#define MALUS_MISREAD 18
#define BONUS_MISREAD 24
#define WEIGHT_CASH_ALONE 36
#define WEIGHT_BARE 10
#define WEIGHT_DERIVED 14
#define MALUS_SPLIT 16
#define MALUS_SPLIT_ALONE 24
#define MALUS_EARLIER 12
#define MALUS_BELOW 24
#define MALUS_UNREADABLE 22
#define BONUS_READ_ALIKE 4
#define ENOUGH 40
/* A total below this stands out of the other amounts hardly. */
#define DOUBTFUL 55
/* Of one row no more readings count than this. */
#define MAX_VALUES 6
/* Cash is rounded to at most the next 10 of the smallest units. */
#define MAX_ROUNDING 9
#define NEAR_ROWS 3
#define LEAST_WHOLE 10
#define MAX_VAT_PERCENT 28

typedef struct
{
  gint64       value;
  guint        row;
  int          weight;
  int          bonus;
  MilAgreement agreements;
} Candidate;

static Candidate *
find_candidate (GArray *candidates, gint64 value)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (candidates, Candidate, i);
      if (candidate->value == value)
        return candidate;
    }
  return NULL;
}

static void
add_candidate (GArray *candidates, gint64 value, guint row, int weight)
{
  Candidate *known = find_candidate (candidates, value);
  if (known == NULL)
    {
      Candidate candidate = { .value = value, .row = row, .weight = weight };
      g_array_append_val (candidates, candidate);
    }
  else if (weight >= known->weight)
    {
      known->weight = weight;
      known->row = row;
    }
}

/* What the readings of a row say that its amount is, the most believed first. */
static guint
values_of (const MilReceiptRow *row, gint64 *values)
{
  MilAmount amount;
  guint     n = 0;
  if (mil_receipt_row_amount (row, &amount))
    values[n++] = amount.digits;
  for (guint i = 0; i < row->others->len && n < MAX_VALUES; i++)
    values[n++] = g_array_index (row->others, gint64, i);
  return n;
}

static int
label_weight (MilLabel label)
{
  switch (label)
    {
    case MIL_LABEL_FINAL:
      return WEIGHT_FINAL;
    case MIL_LABEL_TOTAL:
      return WEIGHT_TOTAL;
    case MIL_LABEL_WEAK:
      return WEIGHT_WEAK;
    case MIL_LABEL_CARD:
      return WEIGHT_CARD;
    case MIL_LABEL_SUBTOTAL:
      return WEIGHT_SUBTOTAL;
    case MIL_LABEL_CASH:
      return WEIGHT_CASH;
    case MIL_LABEL_NONE:
    case MIL_LABEL_TAX:
    case MIL_LABEL_ROUNDING:
    case MIL_LABEL_CHANGE:
    case MIL_LABEL_DISCOUNT:
    case MIL_LABEL_COUNT:
    default:
      return 0;
    }
}

/* A row that is nothing but an amount, maybe with a currency: the amount of a label above or below. */
static gboolean
is_bare_amount (const MilReceiptRow *row)
{
  return row->amounts->len == 1 && row->n_letters <= 3 && (row->label == MIL_LABEL_NONE || row->label == MIL_LABEL_WEAK);
}

/* Readings that differ say less than one that was not questioned. */
static int
doubt (const MilReceiptRow *row, const MilAmount *amount)
{
  if (row->n_read >= 3 && row->n_agree == row->n_read)
    return BONUS_READ_ALIKE;
  int points = 0;
  if (amount->is_loose || mil_row_confidence_of (row->row, amount->start, amount->end) < 45)
    points -= MALUS_UNSURE;
  if (row->n_read > 1 && row->n_agree * 2 <= row->n_read)
    points -= MALUS_SPLIT;
  return points;
}

static void
collect (GArray *candidates, const MilReceiptSheet *sheet)
{
  for (guint i = 0; i < sheet->n_rows; i++)
    {
      const MilReceiptRow *row = &sheet->rows[i];
      int                  weight = label_weight (row->label);
      if (weight == 0)
        continue;
      for (guint a = 0; a < row->amounts->len; a++)
        {
          const MilAmount *amount = &g_array_index (row->amounts, MilAmount, a);
          int              here = weight - (a + 1 < row->amounts->len ? MALUS_NOT_LAST : 0);
          here += doubt (row, amount);
          if (amount->digits < 0)
            {
              /* A speck before the amount looks like a sign. */
              add_candidate (candidates, -amount->digits, i, MAX (here - MALUS_OTHER_ROW, 0));
              here -= MALUS_NEGATIVE;
            }
          if (amount->digits != 0)
            add_candidate (candidates, amount->digits, i, MAX (here, 0));
        }
      for (guint o = 0; o < row->others->len; o++)
        add_candidate (candidates, ABS (g_array_index (row->others, gint64, o)), i, MIN (weight, WEIGHT_BARE));
      if (row->amounts->len > 0 || weight < WEIGHT_TOTAL)
        continue;
      if (i + 1 < sheet->n_rows && is_bare_amount (row + 1))
        add_candidate (candidates, g_array_index (row[1].amounts, MilAmount, 0).digits, i + 1, weight - MALUS_OTHER_ROW);
      else if (i > 0 && is_bare_amount (row - 1))
        add_candidate (candidates, g_array_index (row[-1].amounts, MilAmount, 0).digits, i - 1, weight - MALUS_ROW_ABOVE);
    }
}

static void
agree (GArray *candidates, gint64 value, int bonus, MilAgreement agreement)
{
  Candidate *candidate = find_candidate (candidates, value);
  if (candidate == NULL || (candidate->agreements & agreement))
    return;
  candidate->bonus += bonus;
  candidate->agreements |= agreement;
}

static guint
count_rows_with (const MilReceiptSheet *sheet, gint64 value)
{
  guint n = 0;
  for (guint i = 0; i < sheet->n_rows; i++)
    for (guint a = 0; a < sheet->rows[i].amounts->len; a++)
      if (g_array_index (sheet->rows[i].amounts, MilAmount, a).digits == value)
        {
          n++;
          break;
        }
  return n;
}

/* A row of rounding below what was handed over rounds what is given back: the total above it stays as it is. */
static gboolean
rounds_change (const MilReceiptSheet *sheet, guint at)
{
  gboolean named = FALSE, paid = FALSE;
  for (guint i = 0; i < sheet->n_rows; i++)
    {
      const MilReceiptRow *row = &sheet->rows[i];
      MilAmount            amount;
      gboolean             is_total = row->label == MIL_LABEL_TOTAL || row->label == MIL_LABEL_FINAL;
      if (is_total && i > at)
        return FALSE;
      if (is_total)
        paid = FALSE;
      named |= is_total;
      paid |= i < at && named && row->label == MIL_LABEL_CASH && mil_receipt_row_amount (row, &amount);
    }
  return paid;
}

typedef struct
{
  gboolean given;
  gboolean none;
} Change;

/* "Change .00" and "Change 00". */
static gboolean
says_nothing (const char *text)
{
  gsize n = strlen (text);
  while (n > 0 && text[n - 1] == ' ')
    n--;
  return n >= 3 && text[n - 1] == '0' && text[n - 2] == '0' && strchr (" .,-", text[n - 3]) != NULL;
}

/* What was paid, with what was given back rounded: the labelled total is some of the smallest coins away. */
static void
check_rounded_change (GArray *candidates, const MilReceiptSheet *sheet, gint64 left)
{
  for (guint i = 0; i < sheet->n_rows; i++)
    {
      MilAmount by;
      if (sheet->rows[i].label != MIL_LABEL_ROUNDING || !mil_receipt_row_amount (&sheet->rows[i], &by)
          || by.digits == 0 || ABS (by.digits) > MAX_ROUNDING || !rounds_change (sheet, i))
        continue;
      for (int sign = -1; sign <= 1; sign += 2)
        {
          const Candidate *total = find_candidate (candidates, left + sign * by.digits);
          if (total != NULL && total->weight >= WEIGHT_TOTAL - MALUS_UNSURE && total->row < i)
            agree (candidates, total->value, BONUS_CHANGE, MIL_AGREE_CHANGE);
        }
    }
}

/* What cash and each change leave. */
static Change
check_change (GArray *candidates, const MilReceiptSheet *sheet, gint64 handed)
{
  Change change = { 0 };
  for (guint k = 0; k < sheet->n_rows; k++)
    {
      gint64 back[MAX_VALUES];
      guint  n = sheet->rows[k].label == MIL_LABEL_CHANGE ? values_of (&sheet->rows[k], back) : 0;
      change.none |= sheet->rows[k].label == MIL_LABEL_CHANGE && n == 0 && says_nothing (sheet->rows[k].row->text);
      for (guint i = 0; i < n; i++)
        {
          change.none |= i == 0 && back[i] == 0;
          change.given |= back[i] != 0;
          if (back[i] == 0)
            continue;
          agree (candidates, handed - ABS (back[i]), BONUS_CHANGE, MIL_AGREE_CHANGE);
          check_rounded_change (candidates, sheet, handed - ABS (back[i]));
        }
    }
  return change;
}

/* Malaysia has had no coins below five sen since 2008: what is paid ends in 0 or 5. */
static guint
smallest_coin (const MilReceipt *receipt)
{
  return g_str_equal (receipt->currency, "MYR") ? 5 : 1;
}

/* Whether a row above that names something to be paid has the same amount. */
static gboolean
is_named_above (const MilReceiptSheet *sheet, gint64 value, guint at)
{
  for (guint i = 0; i < at; i++)
    {
      MilAmount amount;
      if (label_weight (sheet->rows[i].label) >= WEIGHT_SUBTOTAL
          && mil_receipt_row_amount (&sheet->rows[i], &amount) && amount.digits == value)
        return TRUE;
    }
  return FALSE;
}

/* Cash less change; or exactly what was paid: with a card nothing is given back. */
static void
check_payment (GArray *candidates, const MilReceiptSheet *sheet, guint coin)
{
  for (guint i = 0; i < sheet->n_rows; i++)
    {
      const MilReceiptRow *paid = &sheet->rows[i];
      gint64               handed[MAX_VALUES];
      guint                n = values_of (paid, handed);
      if (paid->label != MIL_LABEL_CASH && paid->label != MIL_LABEL_CARD)
        continue;
      for (guint v = 0; v < n; v++)
        {
          /* There are no coins for it, so it was misread. */
          if (paid->label == MIL_LABEL_CASH && handed[v] % coin != 0)
            continue;
          Change     change = check_change (candidates, sheet, handed[v]);
          Candidate *same = find_candidate (candidates, handed[v]);
          gboolean   by_card = paid->label == MIL_LABEL_CARD
                             && (count_rows_with (sheet, handed[v]) >= 3 || is_named_above (sheet, handed[v], i));
          if (change.none && !change.given && count_rows_with (sheet, handed[v]) >= 2)
            agree (candidates, handed[v], BONUS_CHANGE, MIL_AGREE_CHANGE);
          else if (!change.given && (by_card || (same != NULL && same->weight >= WEIGHT_WEAK && same->row != i)))
            agree (candidates, handed[v], BONUS_PAID, MIL_AGREE_CHANGE);
        }
    }
}

/* "Rounding .02" and "Rounding 02" have no amount that could be one elsewhere. */
static gint64
small_number (const char *text)
{
  const char *end = text + strlen (text);
  while (end > text && !g_ascii_isdigit (end[-1]))
    end--;
  const char *start = end;
  while (start > text && g_ascii_isdigit (start[-1]))
    start--;
  gboolean stands_alone = start > text && strchr (" .,-+(", start[-1]) != NULL;
  return stands_alone && end - start == 2 && start[0] == '0' ? start[1] - '0' : 0;
}

/* The sum and the rounding are read, and what they make is not printed or cannot be read. */
static void
derive_rounded (GArray *candidates, gint64 by)
{
  Candidate *best = NULL;
  for (guint c = 0; c < candidates->len; c++)
    {
      Candidate *sum = &g_array_index (candidates, Candidate, c);
      gboolean   fits = (sum->value + by) % 5 == 0 || (sum->value - by) % 5 == 0;
      if (sum->value % 5 != 0 && fits && sum->weight >= WEIGHT_WEAK && (best == NULL || sum->weight > best->weight))
        best = sum;
    }
  if (best == NULL)
    return;
  gint64 rounded = best->value + ((best->value + by) % 5 == 0 ? by : -by);
  best->bonus -= MALUS_ROUNDED;
  add_candidate (candidates, rounded, best->row, best->weight - MALUS_OTHER_ROW);
}

static void
check_rounded_by (GArray *candidates, gint64 by)
{
  gboolean found = FALSE;
  if (by == 0 || by > MAX_ROUNDING)
    return;
  for (guint c = 0; c < candidates->len; c++)
    {
      Candidate *sum = &g_array_index (candidates, Candidate, c);
      for (int sign = -1; sign <= 1; sign += 2)
        {
          Candidate *rounded = find_candidate (candidates, sum->value + sign * by);
          /* Two readings of one row are no sum and what is made of it. */
          if (rounded == NULL || rounded->row == sum->row || rounded->value % 5 != 0 || sum->value % 5 == 0)
            continue;
          agree (candidates, rounded->value, BONUS_ROUNDING, MIL_AGREE_ROUNDING);
          sum->bonus -= MALUS_ROUNDED;
          found = TRUE;
        }
    }
  if (!found)
    derive_rounded (candidates, by);
}

/* A row of rounding that shows the rounded sum and not the difference. */
static void
check_rounded_sum (GArray *candidates, gint64 rounded, guint row)
{
  for (guint c = 0; rounded % 5 == 0 && c < candidates->len; c++)
    {
      Candidate *sum = &g_array_index (candidates, Candidate, c);
      if (sum->value == rounded || sum->value % 5 == 0 || ABS (sum->value - rounded) > MAX_ROUNDING || sum->weight < WEIGHT_WEAK)
        continue;
      sum->bonus -= MALUS_ROUNDED;
      add_candidate (candidates, rounded, row, WEIGHT_TOTAL);
      agree (candidates, rounded, BONUS_ROUNDING, MIL_AGREE_ROUNDING);
      return;
    }
}

/* The sum above an unreadable row of rounding, and nearly the same below it in whole coins, as the total or
 * as what was paid. */
static void
check_rounded_beside (GArray *candidates, const MilReceiptSheet *sheet, guint at)
{
  for (guint c = 0; c < candidates->len; c++)
    for (guint k = 0; k < candidates->len; k++)
      {
        Candidate *sum = &g_array_index (candidates, Candidate, c),
                  *rounded = &g_array_index (candidates, Candidate, k);
        MilLabel below = sheet->rows[rounded->row].label;
        gboolean named = label_weight (sheet->rows[sum->row].label) >= WEIGHT_TOTAL
                         && (label_weight (below) >= WEIGHT_TOTAL || below == MIL_LABEL_CARD || below == MIL_LABEL_CASH);
        if (!named || sum->row >= at || rounded->row <= at || rounded->row > at + NEAR_ROWS || sum->value % 5 == 0
            || rounded->value % 5 != 0 || ABS (sum->value - rounded->value) > MAX_ROUNDING)
          continue;
        agree (candidates, rounded->value, BONUS_ROUNDING, MIL_AGREE_ROUNDING);
        sum->bonus -= MALUS_ROUNDED;
        return;
      }
}

/* A sum, a small row of rounding, and the two together. */
static void
check_rounding (GArray *candidates, const MilReceiptSheet *sheet)
{
  for (guint i = 0; i < sheet->n_rows; i++)
    {
      gint64 values[MAX_VALUES];
      if (sheet->rows[i].label != MIL_LABEL_ROUNDING || rounds_change (sheet, i))
        continue;
      guint n = values_of (&sheet->rows[i], values);
      for (guint v = 0; v < n; v++)
        if (ABS (values[v]) > MAX_ROUNDING)
          check_rounded_sum (candidates, values[v], i);
        else
          check_rounded_by (candidates, ABS (values[v]));
      gint64 small = n == 0 ? small_number (sheet->rows[i].row->text) : 0;
      if (small != 0)
        check_rounded_by (candidates, small);
      else if (n == 0)
        check_rounded_beside (candidates, sheet, i);
    }
}

static gboolean
can_be_vat (gint64 net, gint64 vat)
{
  return vat > 0 && net > 0 && vat * 100 <= net * MAX_VAT_PERCENT;
}

/* Net and VAT that stand on rows of tax or subtotals and add up to it. */
static void
check_vat (GArray *candidates, const MilReceiptSheet *sheet)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < sheet->n_rows; i++)
    if (sheet->rows[i].label == MIL_LABEL_TAX || sheet->rows[i].label == MIL_LABEL_SUBTOTAL)
      for (guint a = 0; a < sheet->rows[i].amounts->len && parts->len < 64; a++)
        g_array_append_val (parts, g_array_index (sheet->rows[i].amounts, MilAmount, a).digits);

  for (guint n = 0; n < parts->len; n++)
    for (guint v = 0; v < parts->len; v++)
      {
        gint64 net = g_array_index (parts, gint64, n), vat = g_array_index (parts, gint64, v);
        if (n != v && can_be_vat (net, vat))
          agree (candidates, net + vat, BONUS_VAT, MIL_AGREE_VAT);
      }
}

/* "合计 442.48 57.52" above "价税合计 500.00": a row with net and VAT is no total where one is named that is both. */
static void
check_split_row (GArray *candidates, const MilReceiptSheet *sheet)
{
  for (guint i = 0; i < sheet->n_rows; i++)
    {
      const MilReceiptRow *row = &sheet->rows[i];
      if (row->amounts->len != 2 || (row->label != MIL_LABEL_TOTAL && row->label != MIL_LABEL_SUBTOTAL))
        continue;
      gint64 net = g_array_index (row->amounts, MilAmount, 0).digits,
             vat = g_array_index (row->amounts, MilAmount, 1).digits;
      const Candidate *gross = can_be_vat (net, vat) ? find_candidate (candidates, net + vat) : NULL;
      if (gross == NULL || gross->row == i || label_weight (sheet->rows[gross->row].label) < WEIGHT_TOTAL)
        continue;
      agree (candidates, gross->value, BONUS_VAT, MIL_AGREE_VAT);
      for (guint c = 0; c < candidates->len; c++)
        if (g_array_index (candidates, Candidate, c).value == net || g_array_index (candidates, Candidate, c).value == vat)
          g_array_index (candidates, Candidate, c).bonus -= MALUS_TAX;
    }
}

/* Sums of goods by their rate of tax, each with its tax, that add up to the total. One of them may be called
 * a total itself. */
static void
check_groups (GArray *candidates, const MilReceiptSheet *sheet)
{
  for (guint a = 0; a < sheet->n_rows; a++)
    for (guint b = 0; b < sheet->n_rows; b++)
      {
        MilAmount        first, second;
        const Candidate *total;
        if (a == b || sheet->rows[a].label != MIL_LABEL_SUBTOTAL || label_weight (sheet->rows[b].label) < WEIGHT_SUBTOTAL
            || !mil_receipt_row_amount (&sheet->rows[a], &first)
            || !mil_receipt_row_amount (&sheet->rows[b], &second) || first.digits <= 0 || second.digits <= 0)
          continue;
        total = find_candidate (candidates, first.digits + second.digits);
        if (total != NULL && total->row > MAX (a, b) && label_weight (sheet->rows[total->row].label) >= WEIGHT_TOTAL)
          agree (candidates, total->value, BONUS_GROUPS, MIL_AGREE_VAT);
      }
}

/* The amounts above the first total, added up from below. */
static void
check_items (GArray *candidates, const MilReceiptSheet *sheet)
{
  gint64 sum = 0;
  guint  n_items = 0;
  for (guint i = sheet->first_total; i-- > 0;)
    {
      const MilReceiptRow *row = &sheet->rows[i];
      MilAmount            amount;
      if ((row->label != MIL_LABEL_NONE && row->label != MIL_LABEL_DISCOUNT && row->label != MIL_LABEL_COUNT)
          || !mil_receipt_row_item (sheet, i, &amount))
        continue;
      sum += row->label == MIL_LABEL_DISCOUNT ? -ABS (amount.digits) : amount.digits;
      const Candidate *total = find_candidate (candidates, sum);
      /* An item does not confirm itself. */
      if (++n_items == 1 && total != NULL && total->row == i)
        continue;
      if (n_items >= 2)
        agree (candidates, sum, BONUS_ITEMS, MIL_AGREE_ITEMS);
      else
        agree (candidates, sum, BONUS_ITEMS / 2, MIL_AGREE_ITEMS);
    }
}

static void
check_repeated (GArray *candidates, const MilReceiptSheet *sheet)
{
  for (guint c = 0; c < candidates->len; c++)
    {
      Candidate *candidate = &g_array_index (candidates, Candidate, c);
      guint      n = count_rows_with (sheet, candidate->value);
      if (n >= 2)
        {
          candidate->bonus += BONUS_REPEATED * MIN (n - 1, 2);
          candidate->agreements |= MIL_AGREE_REPEATED;
        }
    }
}

/* A total below one of its own parts, where nothing is taken off, was misread; and one beside a better
 * labelled row that cannot be read is an earlier sum. */
static void
check_parts (GArray *candidates, const MilReceiptSheet *sheet)
{
  const MilAgreement sums = MIL_AGREE_CHANGE | MIL_AGREE_VAT | MIL_AGREE_ROUNDING | MIL_AGREE_ITEMS;
  gint64             largest = 0;
  gboolean           reduced = FALSE, unreadable = FALSE;
  for (guint i = 0; i < sheet->n_rows; i++)
    {
      const MilReceiptRow *row = &sheet->rows[i];
      MilAmount            amount;
      gboolean             has_amount = mil_receipt_row_amount (row, &amount);
      reduced |= row->label == MIL_LABEL_DISCOUNT
                 && (has_amount ? amount.digits != 0 : strpbrk (row->row->text, "0123456789") != NULL);
      reduced |= row->label != MIL_LABEL_ROUNDING && has_amount && amount.digits < 0;
      unreadable |= row->label == MIL_LABEL_FINAL && row->amounts->len == 0 && i >= sheet->first_total
                    && !(i + 1 < sheet->n_rows && is_bare_amount (row + 1)) && !(i > 0 && is_bare_amount (row - 1));
      if (has_amount && (row->label == MIL_LABEL_SUBTOTAL || (row->label == MIL_LABEL_NONE && i < sheet->first_total)))
        largest = MAX (largest, amount.digits);
    }
  for (guint c = 0; c < candidates->len; c++)
    {
      Candidate *candidate = &g_array_index (candidates, Candidate, c);
      if (candidate->agreements & sums)
        continue;
      if (!reduced && candidate->value > 0 && candidate->value + MAX_ROUNDING < largest)
        candidate->bonus -= MALUS_BELOW;
      if (unreadable && sheet->rows[candidate->row].label != MIL_LABEL_FINAL)
        candidate->bonus -= MALUS_UNREADABLE;
    }
}

/* Amounts below the first total whose label could not be read count where sums speak for them. */
static void
collect_bare (GArray *candidates, const MilReceiptSheet *sheet)
{
  for (guint i = sheet->first_total; i < sheet->n_rows; i++)
    {
      MilAmount amount;
      if (sheet->rows[i].label == MIL_LABEL_NONE && mil_receipt_row_amount (&sheet->rows[i], &amount) && amount.digits > 0)
        add_candidate (candidates, amount.digits, i, WEIGHT_BARE);
    }
}

/* What cash and change leave, where both can be read and the total itself cannot. And cash that was
 * counted out to the cent, beside a total that cannot be read. */
static void
collect_derived (GArray *candidates, const MilReceiptSheet *sheet)
{
  gint64 cash = 0, change = 0;
  guint  row = 0, unreadable = 0, changes = 0;
  for (guint i = 0; i < sheet->n_rows; i++)
    {
      MilAmount amount;
      gboolean  has_amount = mil_receipt_row_amount (&sheet->rows[i], &amount);
      MilLabel  label = sheet->rows[i].label;
      if (label == MIL_LABEL_CASH && has_amount && cash == 0)
        cash = ABS (amount.digits), row = i;
      changes += label == MIL_LABEL_CHANGE;
      if (label == MIL_LABEL_CHANGE && has_amount)
        change = ABS (amount.digits);
      unreadable += (label == MIL_LABEL_TOTAL || label == MIL_LABEL_FINAL) && !has_amount;
    }
  if (cash > 0 && change > 0 && cash > change)
    add_candidate (candidates, cash - change, row, WEIGHT_DERIVED);
  else if (cash > 0 && unreadable > 0 && changes == 0)
    add_candidate (candidates, cash, row, WEIGHT_CASH_ALONE);
}

/* One digit is another one, or the first one is missing. */
static gboolean
differ_in_one_digit (gint64 a, gint64 b)
{
  g_autofree char *x = g_strdup_printf ("%" G_GINT64_FORMAT, a), *y = g_strdup_printf ("%" G_GINT64_FORMAT, b);
  if (strlen (x) + 1 == strlen (y) && strlen (x) >= 3)
    return g_str_equal (x, y + 1);
  if (strlen (x) != strlen (y) || strlen (x) < 3)
    return FALSE;
  guint n = 0;
  for (gsize i = 0; x[i] != '\0'; i++)
    n += x[i] != y[i];
  return n == 1;
}

/* A labelled amount that differs in one digit from one that is backed otherwise is that one, misread. */
static void
check_misread (GArray *candidates)
{
  for (guint i = 0; i < candidates->len; i++)
    for (guint k = 0; k < candidates->len; k++)
      {
        Candidate         *labelled = &g_array_index (candidates, Candidate, i);
        Candidate         *backed = &g_array_index (candidates, Candidate, k);
        const MilAgreement sums = MIL_AGREE_CHANGE | MIL_AGREE_VAT | MIL_AGREE_ROUNDING;
        if (i == k || labelled->weight < WEIGHT_WEAK || backed->weight >= WEIGHT_TOTAL || (labelled->agreements & sums)
            || !((backed->agreements & sums) || (backed->weight >= WEIGHT_CARD && (backed->agreements & MIL_AGREE_REPEATED)))
            || !differ_in_one_digit (labelled->value, backed->value))
          continue;
        backed->bonus += BONUS_MISREAD;
        labelled->bonus -= MALUS_MISREAD;
      }
}

/* "Total included GST 0.42" beside 7.50: what is the tax of another candidate is no total. */
static void
check_taxes (GArray *candidates, const MilReceiptSheet *sheet)
{
  static const int rates[] = { 300,  400,  500,  550,  600,  700,  770,  800,  810,  900,
                               1000, 1300, 1500, 1600, 1900, 2000, 2100, 2200, 2300, 2500 };
  for (guint i = 0; i < candidates->len; i++)
    for (guint k = 0; k < candidates->len; k++)
      {
        Candidate       *tax = &g_array_index (candidates, Candidate, i);
        const Candidate *gross = &g_array_index (candidates, Candidate, k);
        g_autofree char *folded = mil_label_fold (sheet->rows[tax->row].row->text);
        if (i == k || tax->value <= 0 || gross->value <= 4 * tax->value || gross->value > G_MAXINT32
            || (strstr (folded, "GST") == NULL && strstr (folded, "TAX") == NULL && strstr (folded, "VAT") == NULL))
          continue;
        for (guint r = 0; r < G_N_ELEMENTS (rates); r++)
          if (ABS (gross->value * rates[r] / (10000 + rates[r]) - tax->value) <= 1)
            {
              tax->bonus -= MALUS_TAX;
              break;
            }
      }
}

/* A labelled amount that is not what cash and change leave, and that no other sum backs, is doubtful;
 * so is what they leave when it is printed nowhere. */
static void
check_contradiction (GArray *candidates, const MilReceiptSheet *sheet)
{
  gboolean contradicted = FALSE;
  for (guint i = 0; i < candidates->len; i++)
    contradicted |= (g_array_index (candidates, Candidate, i).agreements & MIL_AGREE_CHANGE) != 0
                    && g_array_index (candidates, Candidate, i).weight < WEIGHT_TOTAL;
  for (guint i = 0; contradicted && i < candidates->len; i++)
    {
      Candidate         *candidate = &g_array_index (candidates, Candidate, i);
      const MilAgreement others = MIL_AGREE_ITEMS | MIL_AGREE_VAT | MIL_AGREE_ROUNDING;
      if (candidate->weight >= WEIGHT_TOTAL - MALUS_OTHER_ROW && !(candidate->agreements & (others | MIL_AGREE_CHANGE)))
        candidate->bonus -= MALUS_CONTRADICTED;
      else if (candidate->weight <= WEIGHT_DERIVED && (candidate->agreements & MIL_AGREE_CHANGE)
               && !(candidate->agreements & (MIL_AGREE_VAT | MIL_AGREE_REPEATED))
               && candidate->bonus < BONUS_CHANGE + BONUS_MISREAD && count_rows_with (sheet, candidate->value) == 0)
        candidate->bonus -= MALUS_CONTRADICTED;
    }
}

static void
check_coins (GArray *candidates, const MilReceipt *receipt)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (candidates, Candidate, i);
      if (candidate->value % smallest_coin (receipt) != 0)
        candidate->bonus -= MALUS_UNROUNDED;
    }
}

/* A label alone is not enough where the readings of its row differ; then the other labels are none of the total. */
static void
check_split (GArray *candidates, const MilReceiptSheet *sheet)
{
  gboolean split = FALSE;
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate     *candidate = &g_array_index (candidates, Candidate, i);
      const MilReceiptRow *row = &sheet->rows[candidate->row];
      split |= candidate->agreements == 0 && label_weight (row->label) >= WEIGHT_TOTAL && row->n_read > 2
               && row->n_agree * 4 < row->n_read * 3;
    }
  for (guint i = 0; split && i < candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (candidates, Candidate, i);
      if (candidate->agreements == 0)
        candidate->bonus -= MALUS_SPLIT_ALONE;
    }
}

static gboolean
names_total (const MilReceiptSheet *sheet, guint row)
{
  return sheet->rows[row].label == MIL_LABEL_TOTAL || sheet->rows[row].label == MIL_LABEL_FINAL;
}

/* Whether a row between two has about so much tax. */
static gboolean
is_taxed_between (const MilReceiptSheet *sheet, guint from, guint to, gint64 tax)
{
  for (guint i = from + 1; i < to; i++)
    {
      MilAmount amount;
      if (sheet->rows[i].label == MIL_LABEL_TAX && mil_receipt_row_amount (&sheet->rows[i], &amount)
          && ABS (amount.digits - tax) <= MAX_ROUNDING)
        return TRUE;
    }
  return FALSE;
}

/* "Total", then tax or rounding, then "Total" again: the first was the sum before them. */
static void
check_earlier (GArray *candidates, const MilReceiptSheet *sheet)
{
  const MilAgreement sums = MIL_AGREE_CHANGE | MIL_AGREE_VAT | MIL_AGREE_ROUNDING;
  for (guint i = 0; i < candidates->len; i++)
    for (guint k = 0; k < candidates->len; k++)
      {
        Candidate       *before = &g_array_index (candidates, Candidate, i);
        const Candidate *after = &g_array_index (candidates, Candidate, k);
        gboolean         added = FALSE;
        if ((before->agreements & sums) || !names_total (sheet, before->row) || !names_total (sheet, after->row)
            || after->value <= before->value || after->weight < WEIGHT_TOTAL - MALUS_UNSURE)
          continue;
        for (guint row = before->row + 1; row < after->row; row++)
          added |= sheet->rows[row].label == MIL_LABEL_TAX || sheet->rows[row].label == MIL_LABEL_ROUNDING;
        if (!added)
          continue;
        before->bonus -= MALUS_EARLIER;
        if (is_taxed_between (sheet, before->row, after->row, after->value - before->value))
          agree (candidates, after->value, BONUS_VAT, MIL_AGREE_VAT);
        break;
      }
}

/* Whether some reading of a row has it, with whatever sign. */
static gboolean
is_printed (const MilReceiptSheet *sheet, gint64 value)
{
  for (guint i = 0; i < sheet->n_rows; i++)
    {
      const MilReceiptRow *row = &sheet->rows[i];
      for (guint a = 0; a < row->amounts->len; a++)
        if (ABS (g_array_index (row->amounts, MilAmount, a).digits) == ABS (value))
          return TRUE;
      for (guint o = 0; o < row->others->len; o++)
        if (ABS (g_array_index (row->others, gint64, o)) == ABS (value))
          return TRUE;
    }
  return FALSE;
}

static int
score_of (const Candidate *candidate, const MilReceiptSheet *sheet)
{
  return candidate->weight + candidate->bonus + (int) (candidate->row * BONUS_LAST / MAX (1, sheet->n_rows));
}

static void
set_paid (MilReceipt *receipt, const MilReceiptSheet *sheet)
{
  static const struct
  {
    MilLabel        label;
    MilReceiptField field;
  } others[] = { { MIL_LABEL_CASH, MIL_RECEIPT_PAID },
                 { MIL_LABEL_CHANGE, MIL_RECEIPT_CHANGE },
                 { MIL_LABEL_SUBTOTAL, MIL_RECEIPT_SUBTOTAL },
                 { MIL_LABEL_ROUNDING, MIL_RECEIPT_ROUNDING } };
  for (guint i = 0; i < sheet->n_rows; i++)
    for (guint k = 0; k < G_N_ELEMENTS (others); k++)
      {
        MilAmount amount;
        if (sheet->rows[i].label == others[k].label && !mil_receipt_has (receipt, others[k].field)
            && mil_receipt_row_amount (&sheet->rows[i], &amount))
          mil_receipt_set_amount (receipt,
                                  others[k].field,
                                  sheet,
                                  amount.digits,
                                  i,
                                  MIL_AGREE_LABEL,
                                  mil_row_confidence_of (sheet->rows[i].row, amount.start, amount.end));
      }
}

/*
 * mil_receipt_find_total:
 * @receipt: where to put it
 * @sheet: the rows
 *
 * Ranks the amounts that can be the total by what their labels say and by which sums come out:
 * lines, net and VAT, cash less change, rounding. When nothing says enough, there is no total.
 */
void
mil_receipt_find_total (MilReceipt *receipt, const MilReceiptSheet *sheet)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  collect (candidates, sheet);
  collect_bare (candidates, sheet);
  collect_derived (candidates, sheet);
  check_payment (candidates, sheet, smallest_coin (receipt));
  check_rounding (candidates, sheet);
  check_vat (candidates, sheet);
  check_split_row (candidates, sheet);
  check_groups (candidates, sheet);
  check_items (candidates, sheet);
  check_repeated (candidates, sheet);
  check_parts (candidates, sheet);
  check_misread (candidates);
  check_taxes (candidates, sheet);
  check_coins (candidates, receipt);
  check_contradiction (candidates, sheet);
  check_split (candidates, sheet);
  check_earlier (candidates, sheet);

  const Candidate *best = NULL;
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);
      /* A yen or a won alone is a stray digit. */
      if (sheet->exponent == 0 && ABS (candidate->value) < LEAST_WHOLE)
        continue;
      if (best == NULL || score_of (candidate, sheet) > score_of (best, sheet))
        best = candidate;
    }
  set_paid (receipt, sheet);
  if (best == NULL || score_of (best, sheet) < ENOUGH)
    return;

  MilAgreement agreements = best->agreements;
  gboolean     printed = is_printed (sheet, best->value);
  if (printed && best->weight >= WEIGHT_TOTAL - MALUS_OTHER_ROW)
    agreements |= MIL_AGREE_LABEL;
  if (printed && sheet->rows[best->row].n_read >= 3
      && sheet->rows[best->row].n_agree == sheet->rows[best->row].n_read)
    agreements |= MIL_AGREE_SECOND_READING;
  mil_receipt_set_amount (
      receipt, MIL_RECEIPT_TOTAL, sheet, best->value, best->row, agreements, CLAMP (score_of (best, sheet), 1, 99));
}

/*
 * mil_receipt_doubt_total:
 * @receipt: what was read from a picture, looked at as often as it was worth
 * @grainy: whether the picture has grain that looks like strokes
 *
 * Forgets a total that hardly stands out: no sum with money that changed hands or with tax confirms it, and
 * it is not both named by a label and read the same again. It is mostly a part of the sum, or a number with a
 * letter astray. In grain a digit is misread alike in several looks, so only sums count there.
 */
void
mil_receipt_doubt_total (MilReceipt *receipt, gboolean grainy)
{
  const MilEvidence *evidence = &receipt->evidence[MIL_RECEIPT_TOTAL];
  const guint        sums = MIL_AGREE_VAT | MIL_AGREE_CHANGE | MIL_AGREE_ROUNDING | MIL_AGREE_FISCAL;
  const guint        named = MIL_AGREE_LABEL | MIL_AGREE_SECOND_READING;

  gboolean faint = evidence->confidence < DOUBTFUL && (evidence->agreements & named) != named;
  if (mil_receipt_has (receipt, MIL_RECEIPT_TOTAL) && (evidence->agreements & sums) == 0 && (faint || grainy))
    receipt->evidence[MIL_RECEIPT_TOTAL] = (MilEvidence) { 0 };
}
