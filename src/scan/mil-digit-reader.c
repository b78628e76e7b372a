/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-digit-reader.h"

#include <math.h>
#include <string.h>

#include <allheaders.h>

#define ROWS MIL_MRZ_GLYPH_ROWS
#define COLUMNS MIL_MRZ_GLYPH_COLUMNS
#define MAX_LENGTH 16
/* The line is looked at at so many places a cell. */
#define STEPS 6
#define MAX_PLACES (STEPS * (MAX_LENGTH + 4))
/* Places from one character to the next; narrow signs stand closer. */
#define LEAST_STEP 5
#define LEAST_SIGN_STEP 4
#define MOST_STEP 7
/* What a place off the even pitch costs. */
#define UNEVEN 0.3f
#define IMPOSSIBLE (-1e9f)
/* Digits that are so likely are not laid out in another way. */
#define CLEAR 0.94

/* A line of cells of one pitch, laid over the strip. */
typedef struct
{
  double start;
  double pitch;
  double middle;
  double height;
} Grid;

typedef struct
{
  float logs[MAX_PLACES][MIL_MRZ_N_DIGIT_CLASSES];
  guint n_places;
} Places;

static float
pixel_at (PIX *pix, double x, double y)
{
  int width = pixGetWidth (pix), height = pixGetHeight (pix);
  x = CLAMP (x, 0, width - 1.001), y = CLAMP (y, 0, height - 1.001);
  int            left = (int) x, top = (int) y;
  float          u = (float) (x - left), v = (float) (y - top);
  const guint32 *above = pixGetData (pix) + (gsize) top * pixGetWpl (pix), *below = above + pixGetWpl (pix);
  return (GET_DATA_BYTE (above, left) * (1 - u) + GET_DATA_BYTE (above, left + 1) * u) * (1 - v)
         + (GET_DATA_BYTE (below, left) * (1 - u) + GET_DATA_BYTE (below, left + 1) * u) * v;
}

static void
cut_window (PIX *pix, double x, const Grid *grid, float *window)
{
  for (guint row = 0; row < ROWS; row++)
    for (guint column = 0; column < COLUMNS; column++)
      {
        double u = ((column + 0.5) / COLUMNS - 0.5) * MIL_MRZ_GLYPH_WIDTH * grid->pitch;
        double v = ((row + 0.5) / ROWS - 0.5) * MIL_MRZ_GLYPH_HEIGHT * grid->height;
        window[row * COLUMNS + column] = pixel_at (pix, x + u - 0.5, grid->middle + v - 0.5);
      }
}

static void
look_at_places (const MilMrzGlyphs *glyphs, PIX *pix, const Grid *grid, guint length, Places *places)
{
  places->n_places = MIN (MAX_PLACES, STEPS * length + STEPS / 2);
  for (guint i = 0; i < places->n_places; i++)
    {
      float window[ROWS * COLUMNS];
      cut_window (pix, grid->start + i * grid->pitch / STEPS, grid, window);
      mil_mrz_glyphs_read (glyphs, window, places->logs[i]);
    }
}

static guint
likeliest_digit (const float *logs)
{
  guint best = 0;
  for (guint d = 1; d < 10; d++)
    if (logs[d] > logs[best])
      best = d;
  return best;
}

static float
fit_of (const float *logs, char wanted)
{
  return wanted == 'd' ? logs[likeliest_digit (logs)] : logs[MIL_MRZ_NO_DIGIT];
}

/* The likeliest place of each character, one after the other. */
static float
find_path (const Places *places, const char *pattern, guint length, guint *path)
{
  static const float nothing = IMPOSSIBLE;
  float              sums[MAX_LENGTH][MAX_PLACES];
  guint8             from[MAX_LENGTH][MAX_PLACES] = { 0 };
  for (guint j = 0; j < places->n_places; j++)
    sums[0][j] = j < STEPS + STEPS / 2 ? fit_of (places->logs[j], pattern[0]) : nothing;
  for (guint i = 1; i < length; i++)
    for (guint j = 0; j < places->n_places; j++)
      {
        guint least = pattern[i] == 'd' && pattern[i - 1] == 'd' ? LEAST_STEP : LEAST_SIGN_STEP;
        sums[i][j] = nothing;
        for (guint k = least; k <= MOST_STEP && k <= j; k++)
          {
            float sum = sums[i - 1][j - k] - UNEVEN * ABS ((int) k - STEPS);
            if (sum > sums[i][j])
              sums[i][j] = sum, from[i][j] = (guint8) k;
          }
        sums[i][j] += fit_of (places->logs[j], pattern[i]);
      }
  guint end = 0;
  for (guint j = 1; j < places->n_places; j++)
    if (sums[length - 1][j] > sums[length - 1][end])
      end = j;
  path[length - 1] = end;
  for (guint i = length - 1; i > 0; i--)
    path[i - 1] = path[i] - from[i][path[i]];
  return sums[length - 1][end];
}

/**
 * mil_digits_read:
 * @glyphs: the classifier of mil_mrz_glyphs_new_digits()
 * @strip: where the characters stand
 * @pattern: what they are: `d` a digit, all else a sign between digits
 * @digits: (out): as many characters as @pattern has, and a 0: digits, and the pattern's own signs
 *
 * Reads digits anew whose places are about known: the line is laid out in several pitches and heights, and
 * the likeliest way along it is taken. 1 ms where the first one is clear, 10 ms at most.
 *
 * Returns: how likely the least likely digit is, up to 1; 0 where nothing fits
 */
double
mil_digits_read (const MilMrzGlyphs *glyphs, const MilDigitStrip *strip, const char *pattern, char *digits)
{
  g_return_val_if_fail (glyphs != NULL && strip != NULL && pattern != NULL && digits != NULL, 0);

  static const double pitches[] = { 1, 0.94, 1.06, 0.88, 1.12 }, heights[] = { 0.95, 0.8 };
  guint               length = strlen (pattern), path[MAX_LENGTH];
  float               best = 2 * IMPOSSIBLE;
  double              least = 0;
  strcpy (digits, pattern);
  if (length < 2 || length > MAX_LENGTH || strip->width < 2 * length || strip->height < 4)
    return 0;
  g_autofree Places *places = g_new (Places, 1);
  for (guint i = 0; i < G_N_ELEMENTS (pitches) * G_N_ELEMENTS (heights) && least < CLEAR; i++)
    {
      double pitch = strip->width / (length - 0.2) * pitches[i % G_N_ELEMENTS (pitches)];
      Grid grid = { strip->left - 0.3 * pitch, pitch, strip->middle, strip->height * heights[i / G_N_ELEMENTS (pitches)] };
      if (grid.pitch < 0.3 * grid.height || grid.pitch > 1.4 * grid.height)
        continue;
      look_at_places (glyphs, strip->pix, &grid, length, places);
      float sum = find_path (places, pattern, length, path);
      if (sum <= best || sum < IMPOSSIBLE / 2)
        continue;
      best = sum;
      least = 1;
      for (guint k = 0; k < length; k++)
        if (pattern[k] == 'd')
          {
            guint digit = likeliest_digit (places->logs[path[k]]);
            digits[k] = (char) ('0' + digit);
            least = MIN (least, exp (places->logs[path[k]][digit]));
          }
    }
  return least;
}
