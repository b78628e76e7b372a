/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-second-look.h"

#include <string.h>

#include <allheaders.h>

#include "scan/mil-amount.h"
#include "scan/mil-digit-vote.h"
#include "scan/mil-label.h"
#include "scan/mil-moment.h"
#include "scan/mil-page-zoom.h"

/* So many readings that say the same as the first end the matter. */
#define ENOUGH_ALIKE 2
#define MAX_DATE_ROWS 4
#define MAX_AMOUNT_ROWS 9
#define MAX_NAME_ROWS 3
#define MAX_SHAPES 3
/* In heights of letters. */
#define MAX_GAP 1.6
/* White around what is read, in pixels: letters at the very edge get lost. */
#define FRAME 16

/* With the words beside it a number is read by its context, and alone by itself. */
static const struct
{
  MilLook  look;
  int      letter;
  gboolean alone;
} ways[] = {
  { MIL_LOOK_EVEN, 38, FALSE },  { MIL_LOOK_PLAIN, 30, TRUE },       { MIL_LOOK_CLOSED, 38, FALSE },
  { MIL_LOOK_EVEN, 38, TRUE },   { MIL_LOOK_CLOSED_WIDE, 36, TRUE }, { MIL_LOOK_EVEN, 24, FALSE },
  { MIL_LOOK_SHARP, 38, FALSE },
};
#define N_WAYS (G_N_ELEMENTS (ways) - 1)
#define SHARP_WAY N_WAYS

typedef struct
{
  MilOcr                *ocr;
  MilMrzGlyphs          *digits;
  MilPage               *page;
  MilPicture            *picture;
  const MilReceiptHints *hints;
  guint                  exponent;
  GCancellable          *cancellable;
} Look;

static gboolean
same_date (const Look *look, const MilRow *a, const MilRow *b)
{
  g_autoptr (GArray) first = mil_dates_find (a->text, look->hints->today, MIL_DATE_DAY_FIRST);
  g_autoptr (GArray) second = mil_dates_find (b->text, look->hints->today, MIL_DATE_DAY_FIRST);
  return first->len > 0 && second->len > 0
         && mil_date_compare (g_array_index (first, MilMoment, 0).date, g_array_index (second, MilMoment, 0).date) == 0;
}

static gboolean
same_amount (const Look *look, const MilRow *a, const MilRow *b)
{
  g_autoptr (GArray) first = mil_amounts_find (a->text, look->exponent);
  g_autoptr (GArray) second = mil_amounts_find (b->text, look->exponent);
  return first->len > 0 && second->len > 0
         && g_array_index (first, MilAmount, first->len - 1).digits
                == g_array_index (second, MilAmount, second->len - 1).digits;
}

static gboolean
same (const Look *look, MilLookAt what, const MilRow *a, const MilRow *b)
{
  switch (what)
    {
    case MIL_LOOK_AT_DATES:
      return same_date (look, a, b);
    case MIL_LOOK_AT_AMOUNTS:
      return same_amount (look, a, b);
    case MIL_LOOK_AT_NAMES:
    default:
      return strcmp (a->text, b->text) == 0;
    }
}

/* Words of a row that stand near each other, and where they are put in what is read. */
typedef struct
{
  guint    from;
  guint    to;
  MilStrip strip;
  double   scale;
  int      left;
  int      width;
} Part;

static MilBox
nth_box (const MilRow *row, guint i)
{
  return ((MilWord *) g_ptr_array_index (row->words, i))->box;
}

/* An amount that nothing was read of is still looked for between its label and the right edge. */
static void
reach_right (const Look *look, GArray *parts)
{
  const Part *last = &g_array_index (parts, Part, parts->len - 1);
  double from = last->strip.x + last->strip.width, all = pixGetWidth (mil_page_get_pix (look->page)) - from;
  Part   rest = *last;
  if (all < 3 * last->strip.letter)
    return;
  rest.from = rest.to;
  rest.strip.x = from;
  rest.strip.y += rest.strip.slope * last->strip.width;
  rest.strip.width = all;
  g_array_append_val (parts, rest);
}

/* Wide gaps are where things are seen that are not there, so they are left out. */
static GArray *
split_row (const Look *look, const MilRow *row, MilLookAt what)
{
  GArray *parts = g_array_new (FALSE, TRUE, sizeof (Part));
  for (guint from = 0, to; from < row->words->len; from = to)
    {
      Part part = { .from = from };
      for (to = from + 1; to < row->words->len; to++)
        {
          MilBox here = nth_box (row, to - 1), next = nth_box (row, to);
          if (next.x - here.x - here.width > MAX_GAP * MAX (here.height, next.height))
            break;
        }
      part.to = to;
      if (mil_strip_of_words (row, from, to, &part.strip))
        g_array_append_val (parts, part);
    }
  if (what == MIL_LOOK_AT_AMOUNTS && parts->len == 1 && strpbrk (row->text, "0123456789") == NULL)
    reach_right (look, parts);
  return parts;
}

/* Each part as large as the others, side by side; or one alone. */
static PIX *
put_together (const Look *look, GArray *parts, guint alone, guint way)
{
  PIXA *pieces = pixaCreate (parts->len);
  int   width = FRAME, height = 0;
  for (guint i = 0; i < parts->len; i++)
    {
      Part *part = &g_array_index (parts, Part, i);
      part->width = 0;
      if (ways[way].alone && i != alone)
        continue;
      part->scale = ways[way].letter / MAX (4.0, part->strip.letter);
      PIX *piece = mil_page_zoom (look->page, look->picture, &part->strip, part->scale, ways[way].look);
      part->left = width;
      part->width = piece ? (int) pixGetWidth (piece) : 0;
      if (piece == NULL)
        continue;
      width += part->width + ways[way].letter / 3;
      height = MAX (height, (int) pixGetHeight (piece));
      pixaAddPix (pieces, piece, L_INSERT);
    }
  PIX *all = height > 0 ? pixCreate (width + FRAME, height + 2 * FRAME, 8) : NULL;
  if (all != NULL)
    pixSetAllArbitrary (all, 255);
  for (guint i = 0, k = 0; all != NULL && i < parts->len; i++)
    {
      const Part *part = &g_array_index (parts, Part, i);
      PIX        *piece = part->width > 0 ? pixaGetPix (pieces, (int) k++, L_CLONE) : NULL;
      if (piece == NULL)
        continue;
      int down = FRAME + (height - (int) pixGetHeight (piece)) / 2;
      pixRasterop (all, part->left, down, part->width, pixGetHeight (piece), PIX_SRC, piece, 0, 0);
      pixDestroy (&piece);
    }
  pixaDestroy (&pieces);
  return all;
}

static void
box_to_page (GArray *parts, int height, MilBox *box)
{
  int middle = box->x + box->width / 2;
  for (guint i = parts->len; i-- > 0;)
    {
      const Part *part = &g_array_index (parts, Part, i);
      if (part->width == 0 || (middle < part->left && i > 0 && part[-1].width > 0))
        continue;
      box->x -= part->left;
      box->y -= (height - (int) (part->strip.height * part->scale)) / 2;
      mil_strip_to_page (&part->strip, part->scale, box);
      return;
    }
}

/* The row read in another way; NULL when nothing can be seen that way. */
static MilRow *
read_parts (const Look *look, const MilRow *row, GArray *parts, guint alone, guint way, MilOcrLayout layout, GError **error)
{
  PIX *pix = put_together (look, parts, alone, way);
  if (pix == NULL)
    return NULL;
  int height = pixGetHeight (pix);
  g_autoptr (GPtrArray) words = mil_ocr_read (look->ocr, pix, layout, NULL, NULL, look->cancellable, error);
  pixDestroy (&pix);
  if (words == NULL || words->len == 0)
    return NULL;
  for (guint i = 0; i < words->len; i++)
    box_to_page (parts, height, &((MilWord *) g_ptr_array_index (words, i))->box);
  const Part *part = &g_array_index (parts, Part, alone);
  for (guint i = 0; ways[way].alone && i < row->words->len; i++)
    if (i < part->from || i >= part->to)
      g_ptr_array_add (words, mil_word_copy (g_ptr_array_index (row->words, i)));
  return mil_row_of_words (g_steal_pointer (&words));
}

static guint
part_at (const MilRow *row, GArray *parts, gsize offset)
{
  guint word = 0, part = 0;
  while (word + 1 < row->words->len && g_array_index (row->starts, guint, word + 1) <= offset)
    word++;
  while (part + 1 < parts->len && g_array_index (parts, Part, part + 1).from <= word)
    part++;
  return part;
}

/* The part that matters: where the date is, or the last with a digit, or the last. */
static guint
main_part (const Look *look, const MilRow *row, GArray *parts, MilLookAt what)
{
  g_autoptr (GArray) dates = what == MIL_LOOK_AT_DATES
                                 ? mil_dates_find (row->text, look->hints->today, MIL_DATE_DAY_FIRST)
                                 : NULL;
  if (dates != NULL && dates->len > 0)
    return part_at (row, parts, g_array_index (dates, MilMoment, 0).start);
  const Part *last = &g_array_index (parts, Part, parts->len - 1);
  gsize       at = strlen (row->text);
  while (at > 0 && !g_ascii_isdigit (row->text[at - 1]))
    at--;
  return at > 0 && last->from < last->to ? part_at (row, parts, at - 1) : parts->len - 1;
}

/* The words that a date stands in; where there is none, the one with the most digits. */
static void
find_date_words (const Look *look, const MilRow *row, guint *from, guint *to)
{
  g_autoptr (GArray) dates = mil_dates_find (row->text, look->hints->today, MIL_DATE_DAY_FIRST);
  guint most = 3;
  *from = *to = 0;
  for (guint i = 0; i < row->words->len; i++)
    {
      const MilWord *word = g_ptr_array_index (row->words, i);
      gsize          start = g_array_index (row->starts, guint, i), end = start + strlen (word->text);
      guint          digits = 0;
      if (dates->len > 0)
        {
          const MilMoment *date = &g_array_index (dates, MilMoment, 0);
          if (end <= date->start || start >= date->end)
            continue;
          *from = *to == 0 ? i : *from;
          *to = i + 1;
          continue;
        }
      for (const char *p = word->text; *p != '\0'; p++)
        digits += g_ascii_isdigit (*p) || *p == '/';
      if (digits > most)
        {
          most = digits;
          *from = i;
          *to = i + 1;
        }
    }
}

/* The date alone, where nothing but digits is expected: no letter can take the place of one. */
static gboolean
read_date_digits (const Look *look, MilRow *row, GError **error)
{
  static const guint digit_ways[] = { SHARP_WAY, 2 };
  guint              from, to;
  Part               part = { 0 };
  find_date_words (look, row, &from, &to);
  if (from >= to || !mil_strip_of_words (row, from, to, &part.strip))
    return TRUE;
  part.from = from;
  part.to = to;
  g_autoptr (GArray) parts = g_array_new (FALSE, TRUE, sizeof (Part));
  g_array_append_val (parts, part);
  for (guint i = 0; i < G_N_ELEMENTS (digit_ways); i++)
    {
      g_autoptr (GError) local = NULL;
      MilRow *other = read_parts (look, row, parts, 0, digit_ways[i], MIL_OCR_NUMBERS, &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (other != NULL)
        g_ptr_array_add (row->others, other);
    }
  return TRUE;
}

/* The classifier for digits votes, too: on the first date that any reading has, or on the amount of a row
 * whose readings differ. */
static void
vote (const Look *look, MilRow *row, MilLookAt what)
{
  for (guint i = 0; i <= row->others->len; i++)
    {
      const MilRow *reading = i == 0 ? row : g_ptr_array_index (row->others, i - 1);
      g_autoptr (GArray) found = what == MIL_LOOK_AT_DATES
                                     ? mil_dates_find (reading->text, look->hints->today, MIL_DATE_DAY_FIRST)
                                     : mil_amounts_find (reading->text, look->exponent);
      if (found->len == 0)
        continue;
      const MilMoment *date = &g_array_index (found, MilMoment, 0);
      const MilAmount *amount = &g_array_index (found, MilAmount, found->len - 1);
      gsize            start = what == MIL_LOOK_AT_DATES ? date->start : amount->start;
      gsize            end = what == MIL_LOOK_AT_DATES ? date->end : amount->end;
      while (start < end && !g_ascii_isdigit (reading->text[start]))
        start++;
      mil_digit_vote (look->digits, look->page, look->picture, row, reading, start, end);
      return;
    }
}

static gboolean
read_again (const Look *look, MilRow *row, MilLookAt what, GError **error)
{
  if (row->others != NULL)
    return TRUE;
  g_autoptr (GArray) parts = split_row (look, row, what);
  if (parts->len == 0)
    return TRUE;
  row->others = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_row_free);
  guint alike = 0, alone = main_part (look, row, parts, what);
  for (guint way = 0; way < N_WAYS; way++)
    {
      g_autoptr (GError) local = NULL;
      MilRow *other = read_parts (look, row, parts, alone, way, MIL_OCR_LINE, &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      alike += other != NULL && same (look, what, row, other);
      if (other != NULL)
        g_ptr_array_add (row->others, other);
      if (way + 1 == ENOUGH_ALIKE && alike == ENOUGH_ALIKE)
        break;
    }
  if (what == MIL_LOOK_AT_DATES && alike < ENOUGH_ALIKE && !read_date_digits (look, row, error))
    return FALSE;
  if (what == MIL_LOOK_AT_DATES || (what == MIL_LOOK_AT_AMOUNTS && alike < ENOUGH_ALIKE))
    vote (look, row, what);
  return TRUE;
}

static gboolean
wants_date (const Look *look, const MilRow *row, guint *score)
{
  static const char *const names[] = { "DATE", "DATUM", "DATA", "FECHA", "날짜", "일시", "日期", "日付", NULL };
  g_autoptr (GArray) dates = mil_dates_find (row->text, look->hints->today, MIL_DATE_DAY_FIRST);
  guint digits = 0, separators = 0;
  for (const char *p = row->text; *p != '\0'; p++)
    {
      digits += g_ascii_isdigit (*p);
      separators += *p == '/' || *p == '-' || *p == '.';
    }
  *score = dates->len > 0 ? 2 : 1;
  if (dates->len > 0)
    return TRUE;
  g_autofree char *folded = mil_label_fold (row->text);
  for (guint i = 0; names[i] != NULL; i++)
    if (mil_label_contains (folded, names[i], 0))
      return TRUE;
  return digits >= 5 && separators >= 2;
}

/* A row that was not read again, with a day that no calendar has. */
static void
mend_shapes (const Look *look, GPtrArray *rows)
{
  for (guint i = 0, taken = 0; i < rows->len && taken < MAX_SHAPES; i++)
    {
      MilRow *row = g_ptr_array_index (rows, i);
      gsize   start, end;
      if (row->others != NULL || !mil_digit_vote_find_shape (row->text, &start, &end))
        continue;
      g_autoptr (GArray) dates = mil_dates_find (row->text, look->hints->today, MIL_DATE_DAY_FIRST);
      if (dates->len == 0)
        mil_digit_vote (look->digits, look->page, look->picture, row, row, start, end);
      taken++;
    }
}

/* Rows that have a date come first; where there is none, those that should have one. */
static gboolean
look_at_dates (const Look *look, GPtrArray *rows, GError **error)
{
  guint taken = 0, found = 0;
  for (guint score = 2; score >= 1 && found == 0; score--)
    for (guint i = 0; i < rows->len && taken < MAX_DATE_ROWS; i++)
      {
        MilRow *row = g_ptr_array_index (rows, i);
        guint   here = 0;
        if (!wants_date (look, row, &here) || here != score)
          continue;
        if (!read_again (look, row, MIL_LOOK_AT_DATES, error))
          return FALSE;
        taken++;
        found += score == 2;
      }
  mend_shapes (look, rows);
  return TRUE;
}

static gboolean
look_at_amounts (const Look *look, GPtrArray *rows, GError **error)
{
  const guint wanted = 1 << MIL_LABEL_FINAL | 1 << MIL_LABEL_TOTAL | 1 << MIL_LABEL_CASH | 1 << MIL_LABEL_CARD
                       | 1 << MIL_LABEL_CHANGE | 1 << MIL_LABEL_ROUNDING | 1 << MIL_LABEL_SUBTOTAL;
  guint taken = 0;
  for (guint i = 0; i < rows->len && taken < MAX_AMOUNT_ROWS; i++)
    {
      MilRow  *row = g_ptr_array_index (rows, i);
      MilLabel label = mil_label_classify (row->text);
      if (!(wanted & (1u << label)))
        continue;
      if (!read_again (look, row, MIL_LOOK_AT_AMOUNTS, error))
        return FALSE;
      taken++;
    }
  return TRUE;
}

static gboolean
look_at_names (const Look *look, GPtrArray *rows, GError **error)
{
  for (guint i = 0; i < rows->len && i < MAX_NAME_ROWS; i++)
    if (!read_again (look, g_ptr_array_index (rows, i), MIL_LOOK_AT_NAMES, error))
      return FALSE;
  return TRUE;
}

/**
 * mil_second_look:
 * @ocr: an engine
 * @page: what was read
 * @picture: what @page was found in
 * @rows: (element-type MilRow): what was read on @page; gets other readings of some rows
 * @what: what to look at again
 * @hints: what is known before
 * @exponent: decimals of the currency
 * @cancellable: (nullable): to give up
 * @error: where to say what went wrong
 *
 * Reads rows that matter again, each alone, larger and from the picture itself in several ways: a
 * digit that is misread in one is seldom misread in the same way in another. 10 to 20 ms a reading,
 * and two that say the same as the first are enough. Blocking: for worker threads.
 *
 * Returns: whether it was done; %FALSE with @error set when it was cancelled or failed
 */
gboolean
mil_second_look (MilOcr                *ocr,
                 MilPage               *page,
                 MilPicture            *picture,
                 GPtrArray             *rows,
                 MilLookAt              what,
                 const MilReceiptHints *hints,
                 guint                  exponent,
                 GCancellable          *cancellable,
                 GError               **error)
{
  g_return_val_if_fail (ocr != NULL && page != NULL && MIL_IS_PICTURE (picture) && rows != NULL && hints != NULL, FALSE);

  g_autoptr (MilMrzGlyphs) digits = mil_mrz_glyphs_new_digits ();
  const Look look = { ocr, digits, page, picture, hints, exponent, cancellable };
  return (!(what & MIL_LOOK_AT_DATES) || look_at_dates (&look, rows, error))
         && (!(what & MIL_LOOK_AT_AMOUNTS) || look_at_amounts (&look, rows, error))
         && (!(what & MIL_LOOK_AT_NAMES) || look_at_names (&look, rows, error));
}
