/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-mrz-line.h"

#include <math.h>

/* A letter that is cut out is at most so many pixels high, because the window has about as many rows. */
#define MOST_HEIGHT 20
/* What one cell can count for in a line's score: a few spoilt cells say nothing about where the line is. */
#define LEAST_LOG -4.0f
#define NO_LETTER -20.0f
#define LEAST_DEPTH 0.4f
/* Steps go to where letters are hardly read any more, since the best place is in the middle of where they are. */
#define SHIFT_STEP 0.3f
#define HEIGHT_STEP 0.22f
#define LEAN_STEP 0.25f
#define SLACK 0.01f
#define CROOKEDNESS 0.05f
#define STIFFNESS 0.03
/* Cells that are moved together. */
#define CHUNK 4

/**
 * mil_mrz_view_new:
 * @luma: (transfer full): the picture
 * @most_cells: how many cells may be read; there is no letter in any other
 *
 * Returns: (transfer full): a view of it
 */
MilMrzView *
mil_mrz_view_new (MilLuma *luma, guint most_cells)
{
  g_return_val_if_fail (luma != NULL, NULL);

  MilMrzView *self = g_new0 (MilMrzView, 1);
  self->glyphs = mil_mrz_glyphs_new ();
  self->n_left = most_cells;
  self->levels[self->n_levels++] = luma;
  while (self->n_levels < MIL_MRZ_VIEW_LEVELS && MIN (luma->width, luma->height) >= 64)
    {
      luma = mil_luma_shrink (luma->pixels, luma->width, luma->height, luma->width / 2, luma->height / 2);
      self->levels[self->n_levels++] = luma;
    }
  return self;
}

/**
 * mil_mrz_view_free:
 * @self: (transfer full): a view
 *
 * Frees it.
 */
void
mil_mrz_view_free (MilMrzView *self)
{
  for (guint i = 0; i < self->n_levels; i++)
    mil_luma_free (self->levels[i]);
  mil_mrz_glyphs_free (self->glyphs);
  g_free (self);
}

/**
 * mil_mrz_view_level:
 * @self: a view
 * @height: height of a letter in pixels of the picture
 *
 * Returns: the level that such letters are best cut out of
 */
guint
mil_mrz_view_level (MilMrzView *self, float height)
{
  g_return_val_if_fail (self != NULL, 0);

  guint level = 0;
  for (; level + 1 < self->n_levels && height > MOST_HEIGHT; height /= 2)
    level++;
  return level;
}

static inline float
sample (const MilLuma *luma, float x, float y)
{
  x = CLAMP (x - 0.5f, 0, luma->width - 1.001f);
  y = CLAMP (y - 0.5f, 0, luma->height - 1.001f);
  int           i = (int) x, j = (int) y, right = i + 1 < luma->width;
  float         fx = x - i, fy = y - j;
  const guint8 *top = luma->pixels + (gsize) j * luma->width + i;
  const guint8 *bottom = j + 1 < luma->height ? top + luma->width : top;
  return (top[0] * (1 - fx) + top[right] * fx) * (1 - fy) + (bottom[0] * (1 - fx) + bottom[right] * fx) * fy;
}

/**
 * mil_mrz_view_sample:
 * @self: a view
 * @level: which level
 * @x: pixels of the picture from the left
 * @y: pixels of the picture from the top
 *
 * Returns: brightness there; outside that of the nearest edge
 */
float
mil_mrz_view_sample (MilMrzView *self, guint level, float x, float y)
{
  g_return_val_if_fail (self != NULL && level < self->n_levels, 0);

  const MilLuma *luma = self->levels[level], *whole = self->levels[0];
  return sample (luma, x * luma->width / whole->width, y * luma->height / whole->height);
}

/**
 * mil_mrz_line_pitch:
 * @line: a line
 *
 * Returns: distance of its cells in pixels, in the middle
 */
float
mil_mrz_line_pitch (const MilMrzLine *line)
{
  g_return_val_if_fail (line != NULL, 0);

  return hypotf (line->right_x, line->right_y);
}

static void
read_nothing (float *log_probabilities)
{
  for (guint i = 0; i < MIL_MRZ_N_CLASSES; i++)
    log_probabilities[i] = i == MIL_MRZ_NONE ? 0 : NO_LETTER;
}

/**
 * mil_mrz_view_read_cell:
 * @self: a view
 * @line: a line
 * @cell: which cell, from 0; fractions and cells before and after the line may be asked for
 * @log_probabilities: (out) (array fixed-size=38): what is in it
 *
 * Reads one cell.
 */
void
mil_mrz_view_read_cell (MilMrzView *self, const MilMrzLine *line, float cell, float *log_probabilities)
{
  g_return_if_fail (self != NULL && line != NULL && log_probabilities != NULL);

  if (self->n_left == 0)
    {
      read_nothing (log_probabilities);
      return;
    }
  self->n_left--;
  const MilLuma *luma = self->levels[mil_mrz_view_level (self, line->height)];
  float          scale_x = luma->width / (float) self->levels[0]->width;
  float          scale_y = luma->height / (float) self->levels[0]->height;
  float          pitch = mil_mrz_line_pitch (line), t = cell - (line->n - 1) / 2.0f;
  /* Downwards at right angles, as long as a capital. */
  float down_x = -line->right_y / pitch * line->height, down_y = line->right_x / pitch * line->height;
  /* A straight line seen at an angle: what is nearer is wider, and taller too. */
  float nearer = 1 / MAX (LEAST_DEPTH, 1 - line->stretch * t), along = t * nearer, across = line->bow * t * t;
  float x = line->x + line->right_x * along + down_x * across, y = line->y + line->right_y * along + down_y * across;
  float grown = nearer * nearer, sunk = 2 * line->bow * t;
  float u_x = (line->right_x * grown + down_x * sunk) * MIL_MRZ_GLYPH_WIDTH * scale_x;
  float u_y = (line->right_y * grown + down_y * sunk) * MIL_MRZ_GLYPH_WIDTH * scale_y;
  float v_x = (down_x - line->lean * line->right_x) * nearer * MIL_MRZ_GLYPH_HEIGHT * scale_x;
  float v_y = (down_y - line->lean * line->right_y) * nearer * MIL_MRZ_GLYPH_HEIGHT * scale_y;
  float window[MIL_MRZ_GLYPH_ROWS * MIL_MRZ_GLYPH_COLUMNS], *out = window;
  for (guint row = 0; row < MIL_MRZ_GLYPH_ROWS; row++)
    {
      float v = (row + 0.5f) / MIL_MRZ_GLYPH_ROWS - 0.5f;
      for (guint column = 0; column < MIL_MRZ_GLYPH_COLUMNS; column++)
        {
          float u = (column + 0.5f) / MIL_MRZ_GLYPH_COLUMNS - 0.5f;
          *out++ = sample (luma, x * scale_x + u * u_x + v * v_x, y * scale_y + u * u_y + v * v_y);
        }
    }
  mil_mrz_glyphs_read (self->glyphs, window, log_probabilities);
}

/**
 * mil_mrz_line_turned:
 * @line: a line
 *
 * Returns: the same line for letters that stand on their heads
 */
MilMrzLine
mil_mrz_line_turned (const MilMrzLine *line)
{
  MilMrzLine turned = *line;
  turned.right_x = -line->right_x;
  turned.right_y = -line->right_y;
  turned.stretch = -line->stretch;
  turned.bow = -line->bow;
  return turned;
}

/**
 * mil_mrz_line_moved:
 * @line: a line
 * @cells: how far to the right, in cells
 * @heights: how far down, in heights of a capital
 *
 * Returns: the line at another place
 */
MilMrzLine
mil_mrz_line_moved (const MilMrzLine *line, float cells, float heights)
{
  MilMrzLine moved = *line;
  float      down = heights * line->height / mil_mrz_line_pitch (line);
  moved.x += line->right_x * cells - line->right_y * down;
  moved.y += line->right_y * cells + line->right_x * down;
  return moved;
}

/**
 * mil_mrz_view_score:
 * @self: a view
 * @line: a line
 * @step: 1 to look at all cells, 2 for every other one …
 *
 * Returns: mean logarithm of the likeliest letter's probability over the cells, at most 0
 */
float
mil_mrz_view_score (MilMrzView *self, const MilMrzLine *line, guint step)
{
  g_return_val_if_fail (self != NULL && line != NULL && step > 0, LEAST_LOG);

  float sum = 0, log_probabilities[MIL_MRZ_N_CLASSES];
  guint n = 0;
  for (guint i = step / 2; i < line->n; i += step, n++)
    {
      float most = LEAST_LOG;
      mil_mrz_view_read_cell (self, line, i, log_probabilities);
      for (guint c = 0; c < MIL_MRZ_N_GLYPHS; c++)
        most = MAX (most, log_probabilities[c]);
      sum += most;
    }
  return n > 0 ? sum / n : LEAST_LOG;
}

/* A line is straight and its letters upright, unless it can be read better otherwise. */
static float
score_with_prior (MilMrzView *self, const MilMrzLine *line)
{
  float half = line->n / 2.0f, bow = line->bow * half * half, stretch = line->stretch * half * half;
  return mil_mrz_view_score (self, line, 1) - CROOKEDNESS * (bow * bow + stretch * stretch + line->lean * line->lean);
}

/* Where a few cells next to each other had better be: to the right in cells, and down in heights. */
typedef struct
{
  float t;
  float weight;
  float right;
  float down;
} Shift;

static float
score_cells (MilMrzView *self, const MilMrzLine *line, guint from, guint to)
{
  float sum = 0, logs[MIL_MRZ_N_CLASSES];
  for (guint i = from; i < to; i++)
    {
      float most = LEAST_LOG;
      mil_mrz_view_read_cell (self, line, i, logs);
      for (guint c = 0; c < MIL_MRZ_N_GLYPHS; c++)
        most = MAX (most, logs[c]);
      sum += most;
    }
  return sum;
}

/* Tries five places, and takes their mean by how well the cells can be read at each. */
static Shift
find_shift (MilMrzView *self, const MilMrzLine *line, guint from, guint to, float step)
{
  static const gint8 places[][2] = { { 0, 0 }, { -1, 0 }, { 1, 0 }, { 0, -1 }, { 0, 1 } };
  Shift              shift = { .t = (from + to - 1) / 2.0f - (line->n - 1) / 2.0f };
  float              scores[G_N_ELEMENTS (places)], most = -G_MAXFLOAT, sum = 0;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      MilMrzLine moved = mil_mrz_line_moved (line, places[i][0] * step, places[i][1] * step);
      scores[i] = score_cells (self, &moved, from, to);
      most = MAX (most, scores[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      float share = expf (scores[i] - most);
      sum += share;
      shift.right += share * places[i][0] * step;
      shift.down += share * places[i][1] * step;
    }
  shift.right /= sum;
  shift.down /= sum;
  shift.weight = expf (most / (to - from)) + 0.01f;
  return shift;
}

/* Weighted least squares of a + b t + c t²; @stiff holds c, and b a little, near 0. */
static void
fit_parabola (const Shift *shifts, guint n, gboolean down, double stiff, double out[3])
{
  double m[3][4] = { { 0 } };
  for (guint i = 0; i < n; i++)
    {
      double t = shifts[i].t, powers[] = { 1, t, t * t };
      for (guint r = 0; r < 3; r++)
        {
          for (guint c = 0; c < 3; c++)
            m[r][c] += shifts[i].weight * powers[r] * powers[c];
          m[r][3] += shifts[i].weight * powers[r] * (down ? shifts[i].down : shifts[i].right);
        }
    }
  m[0][0] += 1e-3;
  m[1][1] += 1e-3;
  m[2][2] += stiff;
  for (guint p = 0; p < 3; p++)
    for (guint r = 0; r < 3; r++)
      if (r != p)
        {
          double factor = m[r][p] / m[p][p];
          for (guint c = p; c < 4; c++)
            m[r][c] -= factor * m[p][c];
        }
  for (guint r = 0; r < 3; r++)
    out[r] = m[r][3] / m[r][r];
}

static MilMrzLine
bent (const MilMrzLine *line, const double along[3], const double across[3], float share)
{
  MilMrzLine other = mil_mrz_line_moved (line, share * along[0], share * across[0]);
  float      pitch = mil_mrz_line_pitch (line);
  float      down_x = -line->right_y / pitch * line->height, down_y = line->right_x / pitch * line->height;
  other.right_x += share * (along[1] * line->right_x + across[1] * down_x);
  other.right_y += share * (along[1] * line->right_y + across[1] * down_y);
  other.stretch += share * along[2];
  other.bow += share * across[2];
  return other;
}

/* Moves, turns, stretches and bends the line to where each few of its cells would rather be. */
static void
settle (MilMrzView *self, MilMrzLine *line, float step, float *best)
{
  Shift  shifts[3 * MIL_MRZ_MOST_CELLS / CHUNK + 1];
  guint  n = 0;
  double along[3], across[3], half = line->n / 2.0;
  for (guint i = 0; i < line->n && n < G_N_ELEMENTS (shifts); i += CHUNK)
    shifts[n++] = find_shift (self, line, i, MIN (i + CHUNK, line->n), step);
  fit_parabola (shifts, n, FALSE, STIFFNESS * half * half * half * half, along);
  fit_parabola (shifts, n, TRUE, STIFFNESS * half * half * half * half, across);
  for (float share = 1; share > 0.3f; share /= 2)
    {
      MilMrzLine other = bent (line, along, across, share);
      float      score = score_with_prior (self, &other);
      if (score < *best - SLACK)
        continue;
      *best = score;
      *line = other;
      return;
    }
}

static MilMrzLine
reshaped (const MilMrzLine *line, gboolean lean, float amount)
{
  MilMrzLine other = *line;
  if (lean)
    other.lean += amount;
  else
    other.height *= 1 + amount;
  return other;
}

/* Makes letters taller or shorter, or leaning more or less: to the middle of what can be read. */
static void
reshape (MilMrzView *self, MilMrzLine *line, gboolean lean, float step, float *best)
{
  float sum = 0, mean = 0;
  for (int sign = -1; sign <= 1; sign++)
    {
      MilMrzLine other = reshaped (line, lean, sign * step);
      float      share = expf (8 * (sign == 0 ? *best : score_with_prior (self, &other)));
      sum += share;
      mean += share * sign * step;
    }
  MilMrzLine other = reshaped (line, lean, mean / sum);
  float      score = score_with_prior (self, &other);
  if (score < *best - SLACK)
    return;
  *best = score;
  *line = other;
}

/**
 * mil_mrz_view_refine:
 * @self: a view
 * @line: (inout): a line that lies about right
 * @rounds: how often; steps are smaller each time
 *
 * Moves, stretches and bends the line to where its cells can be read best.
 */
void
mil_mrz_view_refine (MilMrzView *self, MilMrzLine *line, guint rounds)
{
  g_return_if_fail (self != NULL && line != NULL);

  float best = score_with_prior (self, line), size = 1;
  for (guint round = 0; round < rounds; round++, size *= 0.75f)
    {
      settle (self, line, SHIFT_STEP * size, &best);
      if (round % 2 == 1)
        continue;
      reshape (self, line, FALSE, HEIGHT_STEP * size, &best);
      reshape (self, line, TRUE, LEAN_STEP * size, &best);
    }
}
