/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-mrz-finder.h"

#include <math.h>
#include <string.h>

/* Lengths of the longer side that the picture is looked at in; letters are then 5 to 11 pixels high. */
static const int sides[] = { 320, 512, 800, 1280 };
/* As many of them are looked at when it has to be quick: a document that fills a third of the picture is found. */
#define QUICK_SIDES 3
static const float heights[] = { 6, 9 };

/* Columns are taken together in blocks of about a letter. */
#define BLOCK 8
/* Changes of brightness are counted up to here, so that an edge is worth no more than a letter. */
#define MOST_CHANGE 64
/* Change that is noise. */
#define NOISE 5.0f
/* A block belongs to a row of letters when there is so much more change in it than above and below. */
#define LEAST_CONTRAST 0.22f
#define LEAST_BLOCKS 15
#define MOST_DEGREES 18
#define DEGREES 1.5f
/* Rows of pixels from one run to the next that is tried. */
#define ROW_STEP 2
#define LEAST_SCORE 2.5f

/* Change of brightness from left to right, a row of pixels and a block of columns at a time. */
typedef struct
{
  int    width;
  int    height;
  float *values;
} Blocks;

static void
blocks_clear (Blocks *self)
{
  g_clear_pointer (&self->values, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Blocks, blocks_clear)

static Blocks
sum_changes (const MilLuma *luma)
{
  Blocks            self = { luma->width / BLOCK, luma->height, NULL };
  g_autofree float *row = g_new0 (float, self.width + 2);
  self.values = g_new0 (float, (gsize) self.width *self.height);
  for (int y = 0; y < self.height; y++)
    {
      const guint8 *pixels = luma->pixels + (gsize) y * luma->width;
      for (int b = 0; b < self.width; b++)
        {
          int sum = 0;
          for (int x = MAX (1, b * BLOCK); x < MIN (luma->width - 1, (b + 1) * BLOCK); x++)
            {
              int change = ABS (pixels[x + 1] - pixels[x - 1]);
              sum += MIN (change, MOST_CHANGE);
            }
          row[b + 1] = sum / (float) BLOCK;
        }
      /* Neighbours count too, because a letter may have little change of its own. */
      for (int b = 0; b < self.width; b++)
        self.values[y * self.width + b] = (row[b] + 2 * row[b + 1] + row[b + 2]) / 4;
    }
  return self;
}

/* The least change in the gap between rows, wherever in its range the gap is. */
static float
gap (const Blocks *blocks, int from, int to, int b)
{
  float least = G_MAXFLOAT;
  for (int y = from; y <= to; y++)
    least = MIN (least, y < 0 || y >= blocks->height ? 0 : blocks->values[y * blocks->width + b]);
  return least;
}

/* For each place: how much more change there is in a band of @height than above and below it. */
static Blocks
contrast_of (const Blocks *blocks, float height)
{
  Blocks self = { blocks->width, blocks->height, g_new (float, (gsize) blocks->width * blocks->height) };
  int half = (int) (height * 0.35f), near = (int) lroundf (height * 0.75f), far = (int) lroundf (height * 1.15f);
  for (int y = 0; y < self.height; y++)
    for (int b = 0; b < self.width; b++)
      {
        float band = 0, n = 0;
        for (int v = MAX (0, y - half); v <= MIN (self.height - 1, y + half); v++, n++)
          band += blocks->values[v * self.width + b];
        band /= n;
        float outside = (gap (blocks, y - far, y - near, b) + gap (blocks, y + near, y + far, b)) / 2;
        self.values[y * self.width + b] = (band - outside) / (band + outside + NOISE) - LEAST_CONTRAST;
      }
  return self;
}

/* The best run along the line that leaves row @y at the left; @offsets are how far down it is in each block. */
static MilMrzSpan
best_run (const Blocks *contrast, int y, const int *offsets)
{
  MilMrzSpan best = { 0 };
  float      sum = 0;
  int        from = 0;
  for (int b = 0; b < contrast->width; b++)
    {
      int row = y + offsets[b];
      if (sum <= 0)
        {
          sum = 0;
          from = b;
        }
      sum += (guint) row < (guint) contrast->height ? contrast->values[row * contrast->width + b] : -1;
      if (sum > best.score && b - from >= LEAST_BLOCKS)
        best = (MilMrzSpan) { .x0 = from, .x1 = b + 1, .score = sum };
    }
  return best;
}

static int
compare_scores (gconstpointer a, gconstpointer b)
{
  float first = ((const MilMrzSpan *) a)->score, second = ((const MilMrzSpan *) b)->score;
  return first > second ? -1 : first < second;
}

/* Whether the middle of one lies on the other. */
static gboolean
overlaps (const MilMrzSpan *a, const MilMrzSpan *b)
{
  float x = (b->x0 + b->x1) / 2, y = (b->y0 + b->y1) / 2;
  float dx = a->x1 - a->x0, dy = a->y1 - a->y0, length = hypotf (dx, dy);
  float along = ((x - a->x0) * dx + (y - a->y0) * dy) / length;
  float across = ((y - a->y0) * dx - (x - a->x0) * dy) / length;
  return along > 0 && along < length && fabsf (across) < 0.6f * MAX (a->height, b->height);
}

static void
keep_best (GArray *spans, guint most)
{
  g_array_sort (spans, compare_scores);
  guint kept = 0;
  for (guint i = 0; i < spans->len && kept < most; i++)
    {
      MilMrzSpan span = g_array_index (spans, MilMrzSpan, i);
      gboolean   known = FALSE;
      for (guint k = 0; k < kept && !known; k++)
        known = overlaps (&g_array_index (spans, MilMrzSpan, k), &span);
      if (!known)
        g_array_index (spans, MilMrzSpan, kept++) = span;
    }
  g_array_set_size (spans, kept);
}

static void
find_in_blocks (const Blocks *blocks, float height, guint most, GArray *spans)
{
  g_auto (Blocks) contrast = contrast_of (blocks, height);
  g_autofree int *offsets = g_new (int, contrast.width + 1);
  int             across = contrast.width * BLOCK;
  for (float degrees = -MOST_DEGREES; degrees <= MOST_DEGREES; degrees += DEGREES)
    {
      float slope = tanf (degrees * (float) G_PI / 180);
      int   rise = (int) (slope * across);
      for (int b = 0; b < contrast.width; b++)
        offsets[b] = (int) lroundf (slope * BLOCK * (b + 0.5f));
      for (int y = MIN (0, -rise); y < contrast.height - MIN (0, rise); y += ROW_STEP)
        {
          MilMrzSpan span = best_run (&contrast, y, offsets);
          if (span.score < LEAST_SCORE)
            continue;
          span.x0 *= BLOCK;
          span.x1 *= BLOCK;
          span.y0 = y + 0.5f + slope * span.x0;
          span.y1 = y + 0.5f + slope * span.x1;
          span.height = height;
          g_array_append_val (spans, span);
        }
    }
  keep_best (spans, most);
}

/* How a picture that is looked at lies in the whole one. */
typedef struct
{
  gboolean transposed;
  float    degrees;
  float    scale;
  int      width;
  int      height;
} Look;

/* From the picture that was looked at to the whole one. */
static void
to_whole (const Look *look, const MilLuma *luma, float *x, float *y)
{
  float angle = look->degrees * (float) G_PI / 180, c = cosf (angle), s = sinf (angle);
  float u = look->transposed ? *y : *x, v = look->transposed ? *x : *y;
  float dx = u - (look->transposed ? luma->height : luma->width) / 2.0f;
  float dy = v - (look->transposed ? luma->width : luma->height) / 2.0f;

  *x = look->width / 2.0f + (c * dx + s * dy) * look->scale;
  *y = look->height / 2.0f + (c * dy - s * dx) * look->scale;
}

static void
find_in_size (const MilLuma *luma, const Look *look, guint most, GArray *all)
{
  g_auto (Blocks) blocks = sum_changes (luma);
  for (guint h = 0; h < G_N_ELEMENTS (heights); h++)
    {
      g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (MilMrzSpan));
      find_in_blocks (&blocks, heights[h], most, spans);
      for (guint i = 0; i < spans->len; i++)
        {
          MilMrzSpan span = g_array_index (spans, MilMrzSpan, i);
          to_whole (look, luma, &span.x0, &span.y0);
          to_whole (look, luma, &span.x1, &span.y1);
          span.height *= look->scale;
          g_array_append_val (all, span);
        }
    }
}

/**
 * mil_mrz_find_spans:
 * @luma: a picture
 * @quick: whether rows that are short in the picture may be missed
 * @degrees: how far, clockwise, the picture is turned first: rows that lean up to 18 degrees from there are
 * found, and those at right angles to them
 * @most: how many to give
 * @cancellable: (nullable): to give up; what was found so far is returned
 *
 * Looks for long, even rows of letters in any direction: change of brightness along the row, and
 * less of it right above and below, over a long run. Nothing is asked of the letters, so that it is quick.
 *
 * Returns: (transfer full) (element-type MilMrzSpan): the best first; those that stand upright in the
 *   picture go from the top to the bottom
 */
GArray *
mil_mrz_find_spans (const MilLuma *luma, gboolean quick, float degrees, guint most, GCancellable *cancellable)
{
  g_return_val_if_fail (luma != NULL, NULL);

  GArray *all = g_array_new (FALSE, FALSE, sizeof (MilMrzSpan));
  int     longer = MAX (luma->width, luma->height), last = 0;
  for (guint i = 0; i < (quick ? QUICK_SIDES : G_N_ELEMENTS (sides)) && !g_cancellable_is_cancelled (cancellable); i++)
    {
      int side = MIN (sides[i], longer);
      if (side <= last * 1.2)
        break;
      last = side;
      int   width = MAX (1, (int) ((gint64) luma->width * side / longer));
      int   height = MAX (1, (int) ((gint64) luma->height * side / longer));
      float scale = longer / (float) side;
      g_autoptr (MilLuma) small = mil_luma_shrink (luma->pixels, luma->width, luma->height, width, height);
      g_autoptr (MilLuma) turned = degrees != 0 ? mil_luma_rotate (small, degrees) : NULL;
      const MilLuma *upright = turned != NULL ? turned : small;
      g_autoptr (MilLuma) aside = mil_luma_transpose (upright);
      Look look = { FALSE, degrees, scale, luma->width, luma->height };
      find_in_size (upright, &look, most, all);
      look.transposed = TRUE;
      find_in_size (aside, &look, most, all);
    }
  keep_best (all, most);
  return all;
}
