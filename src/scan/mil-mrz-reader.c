/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-mrz-reader.h"

#include <math.h>
#include <string.h>

#include "scan/mil-mrz-fit.h"

/* Rows of letters that are looked at closely, and how many when something else is more likely. */
#define MOST_SPANS 24
#define MOST_DOUBTFUL 8
#define FEW_SPANS 6
/* Cells that are read before it is given up, 10 µs each: a document takes 5000 to 30000. */
#define MOST_CELLS 250000
#define FEW_CELLS 30000
/* Mean logarithm of the likeliest letter: below the first a row is not one of an MRZ, below the second
 * it is not worth being straightened. */
#define GOOD_LINE -0.75f
#define POOR_LINE -1.9f
#define CLEAR_LINE -0.4f
/* One that is read worse than this may have gone astray. */
#define WHOLE_LINE -0.15f
/* What is taken for a line at first may be a part of it, and grows so many cells at a time. */
#define LEAST_LETTERS 10
/* Windows that are so much less likely are not looked at. */
#define MOST_DOUBT 25
#define SMALL_DOUBT 5
#define GROWTH 10
#define MOST_GROWTHS 5
/* Rows of an MRZ are so far apart, in heights of a letter. */
#define LEAST_DISTANCE 1.3f
#define MOST_DISTANCE 3.2f
/* A zone whose check digits are wrong is only believed when it can be read as surely as this. */
#define SURE 0.93
/* And one whose check digits are right, as they are or after letters were changed, must be as sure as this. */
#define LEAST_SURE 0.82
#define LEAST_SURE_CORRECTED 0.88

/* A cell whose likeliest letter is less likely than the first is looked at for a mark over the letter, which
 * takes so much of its height, and believed to have one when the letter is as clear as the second. */
#define DOUBTFUL_CELL -0.5f
#define CLEAR_UNDER_MARK -0.25f
#define MARK 0.22f

/* Angles that the picture is turned to where no document is found as it lies: with the finder's own they cover all. */
static const float more_degrees[] = { 30, -30 };

static const guint8 widths[] = { 30, 36, 44 };

/* How much each of the cells around a line looks like a letter: logarithms for and against. */
typedef struct
{
  int   first;
  guint n;
  float yes[3 * MIL_MRZ_MOST_CELLS];
  float no[3 * MIL_MRZ_MOST_CELLS];
} Presence;

static void
look_around (MilMrzView *view, const MilMrzLine *line, int margin, Presence *presence)
{
  float logs[MIL_MRZ_N_CLASSES];
  presence->n = MIN (line->n + 2 * margin, G_N_ELEMENTS (presence->yes));
  presence->first = ((int) line->n - (int) presence->n) / 2;
  for (guint i = 0; i < presence->n; i++)
    {
      mil_mrz_view_read_cell (view, line, presence->first + (int) i, logs);
      float none = CLAMP (expf (logs[MIL_MRZ_NONE]), 0.03f, 0.97f);
      presence->yes[i] = logf (1 - none);
      presence->no[i] = logf (none);
    }
}

/* How much the @width cells from @at on look like letters, and those before and after them do not. */
static float
window_score (const Presence *presence, int width, int at)
{
  float sum = 0;
  for (int i = MAX (0, at - 4); i < MIN ((int) presence->n, at + width + 4); i++)
    sum += i >= at && i < at + width ? presence->yes[i] : presence->no[i];
  return sum;
}

static int
best_window (const Presence *presence, int width)
{
  int   best = 0;
  float most = -G_MAXFLOAT;
  for (int at = 0; at + width <= (int) presence->n; at++)
    {
      float score = window_score (presence, width, at);
      if (score <= most)
        continue;
      most = score;
      best = at;
    }
  return best;
}

/* The line cut to @n cells from @first. */
static MilMrzLine
cut_line (const MilMrzLine *line, int first, guint n)
{
  float      shift = first + (n - 1) / 2.0f - (line->n - 1) / 2.0f;
  float      nearer = 1 / MAX (0.4f, 1 - line->stretch * shift);
  MilMrzLine cut = mil_mrz_line_moved (line, shift * nearer, line->bow * shift * shift);
  float      down = 2 * line->bow * shift * line->height / mil_mrz_line_pitch (line);
  cut.n = n;
  cut.right_x = nearer * nearer * line->right_x - down * line->right_y;
  cut.right_y = nearer * nearer * line->right_y + down * line->right_x;
  cut.height *= nearer;
  cut.stretch *= nearer;
  return cut;
}

/* Cuts the line to the cells that look like letters, be they more or fewer. Returns whether it did. */
static gboolean
take_letters (MilMrzView *view, MilMrzLine *line, int margin)
{
  Presence presence;
  look_around (view, line, margin, &presence);
  float sum = 0, most = 0;
  int   from = 0, best_from = 0, best_to = 0;
  for (int i = 0; i < (int) presence.n; i++)
    {
      if (sum <= 0)
        {
          sum = 0;
          from = i;
        }
      sum += presence.yes[i] - presence.no[i];
      if (sum <= most)
        continue;
      most = sum;
      best_from = from;
      best_to = i + 1;
    }
  guint n = best_to - best_from;
  if (n < LEAST_LETTERS || (n == line->n && best_from + presence.first == 0))
    return FALSE;
  *line = cut_line (line, best_from + presence.first, n);
  return TRUE;
}

/* A line of one of the layouts within the one that was found. */
typedef struct
{
  int   first;
  guint width;
  float score;
} Window;

/* Of each layout the best window, and those a cell before and after it. */
#define MOST_WINDOWS (3 * G_N_ELEMENTS (widths))

/* Lists windows, the likeliest first. */
static guint
list_windows (MilMrzView *view, const MilMrzLine *line, Window *windows)
{
  Presence presence;
  guint    n = 0;
  look_around (view, line, MIL_MRZ_MOST_CELLS, &presence);
  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    {
      int best = best_window (&presence, widths[w]);
      for (int first = MAX (0, best - 1); first <= best + 1; first++)
        {
          Window window = { first + presence.first, widths[w], window_score (&presence, widths[w], first) };
          guint  at = n++;
          for (; at > 0 && windows[at - 1].score < window.score; at--)
            windows[at] = windows[at - 1];
          windows[at] = window;
        }
    }
  return n;
}

/* The line from its middle on, to @n cells. */
static void
grow_to (MilMrzView *view, MilMrzLine *line, guint n)
{
  for (; line->n < n; line->n = MIN (n, line->n + GROWTH - (n - line->n) % 2))
    mil_mrz_view_refine (view, line, 1);
  mil_mrz_view_refine (view, line, 2);
}

/* A line that has gone astray at one of its ends is put beside the one that was found first, which it is parallel to. */
static float
try_parallel (MilMrzView *view, const MilMrzLine *line, MilMrzLine *other, float score)
{
  float pitch = mil_mrz_line_pitch (line);
  float down = ((other->y - line->y) * line->right_x - (other->x - line->x) * line->right_y) / (pitch * line->height);

  for (int step = -2; step <= 2; step++)
    {
      MilMrzLine beside = mil_mrz_line_moved (line, 0, down + 0.08f * step);
      float      value = mil_mrz_view_score (view, &beside, 1);
      if (value <= score)
        continue;
      score = value;
      *other = beside;
    }
  mil_mrz_view_refine (view, other, 1);
  return mil_mrz_view_score (view, other, 1);
}

/* The next line of letters above (@sign -1) or below, at the same cells. */
static gboolean
find_neighbour (MilMrzView *view, const MilMrzLine *line, int sign, MilMrzLine *other)
{
  MilMrzLine middle = *line;
  float      best = POOR_LINE;
  middle.n = line->n % 2 ? 13 : 12;
  for (float distance = LEAST_DISTANCE; distance <= MOST_DISTANCE; distance += 0.12f)
    {
      MilMrzLine moved = mil_mrz_line_moved (&middle, 0, sign * distance);
      float      score = mil_mrz_view_score (view, &moved, 1);
      if (score <= best)
        continue;
      best = score;
      *other = moved;
    }
  if (best <= POOR_LINE)
    return FALSE;
  grow_to (view, other, line->n);
  best = mil_mrz_view_score (view, other, 1);
  if (best < WHOLE_LINE)
    best = try_parallel (view, line, other, best);
  return best > GOOD_LINE;
}

/* A cell read several times, a little displaced, because no grid fits exactly. */
static void
read_cell (MilMrzView *view, const MilMrzLine *line, guint cell, float *logs)
{
  static const float moves[][2] = { { 0, 0 }, { -0.05f, 0 }, { 0.05f, 0 }, { 0, -0.05f }, { 0, 0.05f } };
  float              one[MIL_MRZ_N_CLASSES];
  memset (logs, 0, MIL_MRZ_N_GLYPHS * sizeof *logs);
  for (guint m = 0; m < G_N_ELEMENTS (moves); m++)
    {
      MilMrzLine moved = mil_mrz_line_moved (line, moves[m][0], moves[m][1]);
      mil_mrz_view_read_cell (view, &moved, cell, one);
      float letter = logf (MAX (1e-6f, 1 - expf (one[MIL_MRZ_NONE])));
      for (guint g = 0; g < MIL_MRZ_N_GLYPHS; g++)
        logs[g] += (one[g] - letter) / G_N_ELEMENTS (moves);
    }
}

/* Some issuers print letters with their marks ("Ñ"), made lower so that the mark stands within the line. */
static void
read_under_mark (MilMrzView *view, const MilMrzLine *line, guint cell, float *logs)
{
  MilMrzLine low = mil_mrz_line_moved (line, 0, MARK / 2);
  float      under[MIL_MRZ_N_GLYPHS];
  low.height *= 1 - MARK;
  read_cell (view, &low, cell, under);
  guint letter = mil_mrz_glyph_likeliest (under);
  if (under[letter] > CLEAR_UNDER_MARK && strchr ("ACEINOSUYZ", mil_mrz_glyph_letter (letter)) != NULL)
    memcpy (logs, under, sizeof under);
}

static void
read_cells (MilMrzView *view, const MilMrzLine *line, guint first_of_names, float logs[MIL_MRZ_MOST_CELLS][MIL_MRZ_N_GLYPHS])
{
  for (guint i = 0; i < line->n; i++)
    {
      read_cell (view, line, i, logs[i]);
      if (i >= first_of_names && logs[i][mil_mrz_glyph_likeliest (logs[i])] < DOUBTFUL_CELL)
        read_under_mark (view, line, i, logs[i]);
    }
}

/* The lines of the document that @line is one of, from the first; returns how many there are. */
static guint
gather (MilMrzView *view, const MilMrzLine *line, MilMrzLine *lines)
{
  MilMrzLine above[MIL_MRZ_MOST_LINES - 1], below[MIL_MRZ_MOST_LINES - 1];
  guint      wanted = line->n == 30 ? 3 : 2, n_above = 0, n_below = 0, n = 0;
  while (n_above + 1 < wanted && find_neighbour (view, n_above ? &above[n_above - 1] : line, -1, &above[n_above]))
    n_above++;
  while (n_above + n_below + 1 < wanted && find_neighbour (view, n_below ? &below[n_below - 1] : line, 1, &below[n_below]))
    n_below++;
  for (guint i = n_above; i-- > 0;)
    lines[n++] = above[i];
  lines[n++] = *line;
  for (guint i = 0; i < n_below; i++)
    lines[n++] = below[i];
  return n == wanted ? n : 0;
}

/* The first cell of names in line @line of @n: cards have them in their last line, the others behind the state. */
static guint
first_of_names (guint n, guint line)
{
  return line != (n == 3 ? 2 : 0) ? MIL_MRZ_MOST_CELLS : n == 3 ? 0 : 5;
}

/* Reads the document whose line @line is, if it is one of a layout. */
static gboolean
read_lines (MilMrzView *view, MilMrzLine line, MilMrzTable *table)
{
  MilMrzLine lines[MIL_MRZ_MOST_LINES];
  mil_mrz_view_refine (view, &line, 2);
  guint n = mil_mrz_view_score (view, &line, 1) > GOOD_LINE ? gather (view, &line, lines) : 0;
  *table = (MilMrzTable) { .n_lines = n, .width = line.n };
  for (guint i = 0; i < n; i++)
    read_cells (view, &lines[i], first_of_names (n, i), table->logs[i]);
  return n > 0;
}

/* Passports have lines of 44 letters alone, visas never of 30. */
static gboolean
is_layout (const MilMrzTable *table)
{
  char kind = mil_mrz_glyph_letter (mil_mrz_glyph_likeliest (table->logs[0][0]));
  return (kind != 'P' || table->width == 44) && (kind != 'V' || table->width != 30);
}

/* Whether the check digits are right, without being made so where hardly anything can be read. */
static gboolean
is_trusted (const MilMrzTable *table, const MilMrz *mrz)
{
  return mrz->valid && is_layout (table) && mil_date_is_set (mrz->expiry)
         && mil_mrz_table_sureness (table) >= (mrz->corrected ? LEAST_SURE_CORRECTED : LEAST_SURE);
}

static gboolean
is_valid (const MilMrzTable *table)
{
  static const MilDate any_day = { 2000, 1, 1 };
  double               cost;
  g_autoptr (MilMrz) mrz = mil_mrz_decode (table, any_day, &cost);
  return mrz != NULL && is_trusted (table, mrz);
}

/* Reads the document that one row belongs to. Which cells are its line is told by what looks like letters,
 * and where that is not clear by the check digits. Returns whether they are right, or all is so clear that
 * the document must be wrong; @table, where it says nothing yet, gets what was read even if neither is so. */
static gboolean
read_document (MilMrzView *view, MilMrzLine line, MilMrzTable *table)
{
  take_letters (view, &line, 4);
  mil_mrz_view_refine (view, &line, 2);
  for (guint i = 0; i < MOST_GROWTHS && take_letters (view, &line, GROWTH); i++)
    mil_mrz_view_refine (view, &line, 2);
  if (mil_mrz_view_score (view, &line, 1) < GOOD_LINE)
    return FALSE;

  Window                  windows[MOST_WINDOWS];
  guint                   n = list_windows (view, &line, windows), tried = 0;
  g_autofree MilMrzTable *other = g_new (MilMrzTable, 1);
  gboolean                sure = FALSE;
  for (guint i = 0; i < n && tried < 3 && windows[i].score > windows[0].score - (sure ? SMALL_DOUBT : MOST_DOUBT); i++)
    {
      if (!read_lines (view, cut_line (&line, windows[i].first, windows[i].width), other))
        continue;
      tried++;
      gboolean valid = is_valid (other);
      sure = sure || (i == 0 && mil_mrz_table_sureness (other) >= SURE);
      if (valid || (i == 0 && (sure || table->n_lines == 0)))
        *table = *other;
      if (valid)
        return TRUE;
    }
  return sure;
}

typedef struct
{
  MilMrzLine line;
  float      score;
} Candidate;

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  float first = ((const Candidate *) a)->score, second = ((const Candidate *) b)->score;
  return first > second ? -1 : first < second;
}

/* Looks at rows, the likeliest first. Returns whether the document has been read from one that is clearly
 * of an MRZ; what is not so clear waits in @doubtful. */
static gboolean
try_spans (MilMrzView *view, GArray *spans, GArray *doubtful, MilMrzTable *table, GCancellable *cancellable)
{
  for (guint i = 0; i < spans->len && view->n_left > 0 && !g_cancellable_is_cancelled (cancellable); i++)
    {
      Candidate candidate;
      if (!mil_mrz_fit_line (view, &g_array_index (spans, MilMrzSpan, i), &candidate.line, &candidate.score)
          || candidate.score < POOR_LINE)
        continue;
      if (candidate.score < CLEAR_LINE)
        g_array_append_val (doubtful, candidate);
      else if (read_document (view, candidate.line, table))
        return TRUE;
    }
  return FALSE;
}

/* Looks at the rows of a picture turned by @degrees, the likeliest first, then at the doubtful ones. */
static gboolean
read_turned (MilMrzView *view, const MilLuma *luma, float degrees, gboolean thorough, MilMrzTable *table, GCancellable *cancellable)
{
  g_autoptr (GArray) spans = mil_mrz_find_spans (luma, !thorough, degrees, thorough ? MOST_SPANS : FEW_SPANS, cancellable);
  g_autoptr (GArray) doubtful = g_array_new (FALSE, FALSE, sizeof (Candidate));
  if (try_spans (view, spans, doubtful, table, cancellable))
    return TRUE;
  g_array_sort (doubtful, compare_candidates);
  for (guint i = 0; i < MIN (doubtful->len, MOST_DOUBTFUL) && thorough && !g_cancellable_is_cancelled (cancellable); i++)
    if (read_document (view, g_array_index (doubtful, Candidate, i).line, table))
      return TRUE;
  return FALSE;
}

/**
 * mil_mrz_read_luma:
 * @luma: (transfer full): a picture
 * @thorough: whether a document is expected; else it is given up soon
 * @table: (out): what the cells may say
 * @cancellable: (nullable): to give up
 *
 * Finds a machine readable zone, whichever way up, and reads its cells. Blocking: for worker threads.
 *
 * Returns: whether there is one
 */
gboolean
mil_mrz_read_luma (MilLuma *luma, gboolean thorough, MilMrzTable *table, GCancellable *cancellable)
{
  g_return_val_if_fail (luma != NULL && table != NULL, FALSE);

  g_autoptr (MilMrzView) view = mil_mrz_view_new (luma, thorough ? MOST_CELLS : FEW_CELLS);
  *table = (MilMrzTable) { 0 };
  if (read_turned (view, luma, 0, thorough, table, cancellable))
    return TRUE;
  /* Documents lie about as they are wanted; only when none does are all the other angles looked at. */
  for (guint i = 0; i < G_N_ELEMENTS (more_degrees) && thorough && table->n_lines == 0; i++)
    if (read_turned (view, luma, more_degrees[i], thorough, table, cancellable))
      return TRUE;
  return table->n_lines > 0;
}

/**
 * mil_mrz_judge:
 * @table: what the cells may say
 * @today: to tell the century of two-digit years
 *
 * Returns: (transfer full) (nullable): the zone, when its check digits are right or when it could be
 *   read so clearly that the document itself must be wrong; else %NULL
 */
MilMrz *
mil_mrz_judge (const MilMrzTable *table, MilDate today)
{
  g_return_val_if_fail (table != NULL, NULL);

  double cost = 0;
  g_autoptr (MilMrz) mrz = mil_mrz_decode (table, today, &cost);
  return mrz != NULL && (is_trusted (table, mrz) || mil_mrz_table_sureness (table) >= SURE) ? g_steal_pointer (&mrz) : NULL;
}

/* The brightest channel: what is printed in colour under and over the letters nearly vanishes in it,
 * and the letters are black. */
static MilLuma *
without_colour (MilPicture *picture)
{
  int           width = mil_picture_get_width (picture), height = mil_picture_get_height (picture);
  const guint8 *rgb = g_bytes_get_data (mil_picture_get_pixels (picture), NULL);
  MilLuma      *luma = mil_luma_new (width, height);
  guint8       *out = luma->pixels;
  for (int y = 0; y < height; y++)
    {
      const guint8 *in = rgb + (gsize) y * mil_picture_get_stride (picture);
      for (int x = 0; x < width; x++, in += 3)
        *out++ = MAX (MAX (in[0], in[1]), in[2]);
    }
  return luma;
}

/**
 * mil_mrz_read_picture:
 * @picture: a picture
 * @thorough: whether a document is expected; else it is given up soon
 * @today: to tell the century of two-digit years
 * @cancellable: (nullable): to give up
 *
 * Reads the machine readable zone of a passport, card or visa. It never tells where the holder lives.
 * Blocking: for worker threads.
 *
 * Returns: (transfer full) (nullable): the zone; %NULL when there is none, or none that can be read for sure
 */
MilMrz *
mil_mrz_read_picture (MilPicture *picture, gboolean thorough, MilDate today, GCancellable *cancellable)
{
  g_return_val_if_fail (MIL_IS_PICTURE (picture), NULL);

  g_autofree MilMrzTable *table = g_new (MilMrzTable, 1);
  return mil_mrz_read_luma (without_colour (picture), thorough, table, cancellable) ? mil_mrz_judge (table, today) : NULL;
}
