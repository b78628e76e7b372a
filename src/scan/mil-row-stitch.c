/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-row-stitch.h"

#include <string.h>

#include "scan/mil-label.h"

/* No section shows more of the one before. */
#define MAX_OVERLAP 40
/* Rows at the edge of a picture are cut through and misread. */
#define MAX_CUT 2
/* Of a hundred letters so many are alike in rows that are the same. */
#define ALIKE 70
#define VERY_ALIKE 88
#define LONG_ROW 8
#define MAX_LETTERS 96

typedef struct
{
  guint n;
  guint cut_above;
  guint cut_below;
} Overlap;

/* How many of a hundred bytes of two texts are alike (Levenshtein). */
static int
likeness (const char *a, const char *b)
{
  gsize n = MIN (strlen (a), MAX_LETTERS), m = MIN (strlen (b), MAX_LETTERS);
  int   row[MAX_LETTERS + 1];
  if (n == 0 || m == 0)
    return 0;
  for (gsize k = 0; k <= m; k++)
    row[k] = k;
  for (gsize i = 1; i <= n; i++)
    {
      int diagonal = row[0];
      row[0] = i;
      for (gsize k = 1; k <= m; k++)
        {
          int cost = diagonal + (a[i - 1] != b[k - 1]);
          diagonal = row[k];
          row[k] = MIN (cost, MIN (row[k], row[k - 1]) + 1);
        }
    }
  return 100 - 100 * row[m] / (int) MAX (n, m);
}

static GStrv
fold_all (GPtrArray *rows)
{
  GStrv folded = g_new0 (char *, rows->len + 1);
  for (guint i = 0; i < rows->len; i++)
    folded[i] = mil_label_fold (((MilRow *) g_ptr_array_index (rows, i))->text);
  return folded;
}

/* Whether the last @n of the first texts say what the first @n of the second say. */
static gboolean
fits (char **above, char **below, guint n)
{
  int   sum = 0;
  guint alike = 0;
  for (guint i = 0; i < n; i++)
    {
      int here = likeness (above[i], below[i]);
      sum += here;
      alike += here >= ALIKE;
    }
  if (n == 1)
    return strlen (above[0]) >= LONG_ROW && sum >= VERY_ALIKE;
  return alike * 3 >= n * 2 && sum >= ALIKE * (int) n;
}

static Overlap
find_overlap (GPtrArray *rows, GPtrArray *next)
{
  Overlap best = { 0 };
  g_auto (GStrv) above = fold_all (rows);
  g_auto (GStrv) below = fold_all (next);
  for (guint cut_above = 0; cut_above <= MAX_CUT && cut_above < rows->len; cut_above++)
    for (guint cut_below = 0; cut_below <= MAX_CUT && cut_below < next->len; cut_below++)
      {
        guint end = rows->len - cut_above;
        for (guint n = MIN (MAX_OVERLAP, MIN (end, next->len - cut_below)); n > best.n; n--)
          if (fits (above + end - n, below + cut_below, n))
            {
              best = (Overlap) { n, cut_above, cut_below };
              break;
            }
      }
  return best;
}

/**
 * mil_rows_stitch:
 * @rows: (element-type MilRow): what was read on paper so far; gets what is new
 * @next: (element-type MilRow): what was read on the next section of it; what is new is taken out
 *
 * Puts sections of a long receipt together: what the end of one and the start of the next both show
 * is kept once, and rows that the edge of a picture cut through are taken from where they are whole.
 * Sections that share nothing are put one below the other.
 *
 * Returns: how many rows both showed
 */
guint
mil_rows_stitch (GPtrArray *rows, GPtrArray *next)
{
  g_return_val_if_fail (rows != NULL && next != NULL, 0);

  Overlap overlap = find_overlap (rows, next);
  if (overlap.n > 0)
    g_ptr_array_remove_range (rows, rows->len - overlap.cut_above, overlap.cut_above);
  guint from = overlap.n > 0 ? overlap.cut_below + overlap.n : 0;
  while (next->len > from)
    g_ptr_array_add (rows, g_ptr_array_steal_index (next, from));
  return overlap.n;
}
