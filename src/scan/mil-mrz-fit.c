/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-mrz-fit.h"

#include <math.h>
#include <string.h>

/* A strip is cut out along the run, so that letters are about so many pixels high in it. */
#define STRIP_LETTER 14
#define STRIP_ROWS 54
/* The strip is so much longer than the run at each end. */
#define STRIP_MARGIN 0.15f
#define SECTIONS 6
#define MOST_PITCHES 3
/* Cells that are looked at to tell one guess from another. */
#define PROBES 8
/* OCR-B (ISO 1073-2, size I): cells of 2.54 mm, capitals of about 2.5 mm. */
#define HEIGHT_OF_PITCH 0.97f

typedef struct
{
  float *pixels;
  guint  width;
  /* From the strip to the picture: a strip's pixel, and where its middle left is. */
  float x;
  float y;
  float along_x;
  float along_y;
} Strip;

static void
strip_clear (Strip *strip)
{
  g_clear_pointer (&strip->pixels, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Strip, strip_clear)

static Strip
cut_strip (MilMrzView *view, const MilMrzSpan *span)
{
  float dx = span->x1 - span->x0, dy = span->y1 - span->y0, length = hypotf (dx, dy);
  float unit = span->height / STRIP_LETTER;
  Strip strip = { .width = (guint) (length * (1 + 2 * STRIP_MARGIN) / unit) };
  strip.along_x = dx / length * unit;
  strip.along_y = dy / length * unit;
  strip.x = span->x0 - dx * STRIP_MARGIN;
  strip.y = span->y0 - dy * STRIP_MARGIN;
  strip.pixels = g_new (float, (gsize) strip.width *STRIP_ROWS);
  guint level = mil_mrz_view_level (view, span->height);
  for (int v = 0; v < STRIP_ROWS; v++)
    for (guint u = 0; u < strip.width; u++)
      {
        float across = v + 0.5f - STRIP_ROWS / 2.0f, along = u + 0.5f;
        strip.pixels[v * strip.width + u]
            = mil_mrz_view_sample (view,
                                   level,
                                   strip.x + along * strip.along_x - across * strip.along_y,
                                   strip.y + along * strip.along_y + across * strip.along_x);
      }
  return strip;
}

/* Change along each row, in sections of the strip. */
static void
profile_rows (const Strip *strip, float profile[SECTIONS][STRIP_ROWS])
{
  memset (profile, 0, SECTIONS * sizeof profile[0]);
  for (guint v = 0; v < STRIP_ROWS; v++)
    for (guint u = 1; u + 1 < strip->width; u++)
      {
        const float *p = strip->pixels + v * strip->width + u;
        profile[u * SECTIONS / strip->width][v] += MIN (fabsf (p[1] - p[-1]), 64) * SECTIONS / strip->width;
      }
}

typedef struct
{
  float middle;
  float height;
  float slope;
} Band;

/* Mean change in rows @from to @to, over all sections, of a band that is @slope rows lower at each next one. */
static float
band_change (float profile[SECTIONS][STRIP_ROWS], float from, float to, float slope)
{
  float sum = 0, n = 0;
  for (int s = 0; s < SECTIONS; s++)
    {
      float shift = slope * (s - (SECTIONS - 1) / 2.0f);
      for (int v = (int) lroundf (from + shift); v < (int) lroundf (to + shift); v++)
        {
          sum += v >= 0 && v < STRIP_ROWS ? profile[s][v] : 0;
          n++;
        }
    }
  return n > 0 ? sum / n : 0;
}

/* Where the letters' band lies in the strip: much change in it, little right above and below. */
static Band
find_band (float profile[SECTIONS][STRIP_ROWS])
{
  Band  best = { STRIP_ROWS / 2.0f, STRIP_LETTER, 0 };
  float most = -G_MAXFLOAT;
  for (float slope = -2.5f; slope <= 2.5f; slope += 0.5f)
    for (float height = 9; height <= 22; height += 1.5f)
      for (float middle = STRIP_ROWS / 2.0f - 8; middle <= STRIP_ROWS / 2.0f + 8; middle += 1)
        {
          float half = height / 2, margin = height * 0.3f;
          float inside = band_change (profile, middle - half, middle + half, slope);
          float above = band_change (profile, middle - half - margin, middle - half, slope);
          float below = band_change (profile, middle + half, middle + half + margin, slope);
          float score = (inside - (above + below) / 2) / (inside + (above + below) / 2 + 4) * sqrtf (height);
          if (score > most)
            {
              most = score;
              best = (Band) { middle, height, slope };
            }
        }
  return best;
}

/* Darkness of each column within the band, without what changes slowly; less towards the ends, because the
 * pitch is not the same everywhere when the document is seen at an angle. */
static float *
column_ink (const Strip *strip, Band band)
{
  g_autofree float *light = g_new (float, strip->width);
  float            *ink = g_new (float, strip->width);
  for (guint u = 0; u < strip->width; u++)
    {
      float shift = band.slope * (u * (float) SECTIONS / strip->width - SECTIONS / 2.0f);
      int top = (int) lroundf (band.middle + shift - band.height / 2), bottom = top + (int) lroundf (band.height);
      float sum = 0;
      for (int v = top; v < bottom; v++)
        sum += strip->pixels[CLAMP (v, 0, STRIP_ROWS - 1) * strip->width + u];
      light[u] = sum / MAX (1, bottom - top);
    }
  int radius = (int) (band.height * 1.5f);
  for (int u = 0; u < (int) strip->width; u++)
    {
      float sum = 0;
      int   from = MAX (0, u - radius), to = MIN ((int) strip->width - 1, u + radius);
      for (int k = from; k <= to; k++)
        sum += light[k];
      ink[u] = CLAMP (sum / (to - from + 1) - light[u], -60, 60) * (1 - cosf (2 * G_PI * (u + 0.5f) / strip->width));
    }
  return ink;
}

static float
power_at (const float *ink, guint n, float pitch, float *phase)
{
  double re = 0, im = 0, step = 2 * G_PI / pitch, c = 1, s = 0, cs = cos (step), ss = sin (step);
  for (guint u = 0; u < n; u++)
    {
      re += ink[u] * c;
      im += ink[u] * s;
      double next = c * cs - s * ss;
      s = s * cs + c * ss;
      c = next;
    }
  *phase = (float) (atan2 (im, re) / (2 * G_PI) * pitch);
  return (float) hypot (re, im);
}

/**
 * mil_mrz_fit_pitches:
 * @ink: (array length=n): darkness of columns of pixels
 * @n: how many
 * @least: the smallest pitch that is looked for, in columns
 * @most: the largest
 * @pitches: (out) (array length=max): pitches at which the ink repeats, the clearest first
 * @phases: (out) (array length=max): where the ink is densest, from the middle of the first column
 * @max: how many are wanted at most
 *
 * Letters of fixed pitch have their ink in the middle of their cells, so it repeats.
 *
 * Returns: how many there are
 */
guint
mil_mrz_fit_pitches (const float *ink, guint n, float least, float most, float *pitches, float *phases, guint max)
{
  g_return_val_if_fail (ink != NULL && n > 0 && least > 1, 0);

  g_autofree float *powers = g_new0 (float, max + 1);
  guint             found = 0;
  float             before = 0, here = 0, pitch_here = 0, phase_here = 0;
  for (float pitch = least; pitch <= most; pitch *= 1.003f)
    {
      float phase, power = power_at (ink, n, pitch, &phase);
      if (here > before && here >= power)
        {
          guint at = found;
          for (; at > 0 && powers[at - 1] < here; at--)
            if (at < max)
              {
                powers[at] = powers[at - 1];
                pitches[at] = pitches[at - 1];
                phases[at] = phases[at - 1];
              }
          if (at < max)
            {
              powers[at] = here;
              pitches[at] = pitch_here;
              phases[at] = phase_here;
              found = MIN (found + 1, max);
            }
        }
      before = here;
      here = power;
      pitch_here = pitch;
      phase_here = phase;
    }
  return found;
}

/* The line in the picture whose cells have @pitch and @phase in the strip. */
static MilMrzLine
line_in_picture (const Strip *strip, Band band, float pitch, float phase, float height)
{
  float      first = fmodf (phase + 0.5f, pitch);
  MilMrzLine line = { .n = (guint) MAX (1, (strip->width - first) / pitch) };
  float      tilt = band.slope * SECTIONS / strip->width;
  float      along = first + (line.n - 1) / 2.0f * pitch;
  float      across = band.middle - STRIP_ROWS / 2.0f + tilt * (along - strip->width / 2.0f);
  line.x = strip->x + along * strip->along_x - across * strip->along_y;
  line.y = strip->y + along * strip->along_y + across * strip->along_x;
  line.right_x = (strip->along_x - tilt * strip->along_y) * pitch;
  line.right_y = (strip->along_y + tilt * strip->along_x) * pitch;
  line.height = height * hypotf (strip->along_x, strip->along_y);
  return line;
}

/* Tries phases, heights and both ways up; the middle cells alone, for the ends may lie outside. */
static void
try_pitch (MilMrzView *view, const Strip *strip, Band band, float pitch, float phase, MilMrzLine *best, float *score)
{
  static const float shares[] = { 0, 0.25f, -0.25f, 0.5f };
  const float        tall[] = { pitch * HEIGHT_OF_PITCH, band.height };
  guint              n_tall = fabsf (tall[1] / tall[0] - 1) > 0.15f ? 2 : 1;
  for (guint p = 0; p < G_N_ELEMENTS (shares); p++)
    for (guint h = 0; h < n_tall; h++)
      {
        MilMrzLine line = line_in_picture (strip, band, pitch, phase + shares[p] * pitch + pitch, tall[h]);
        for (guint turn = 0; turn < 2; turn++)
          {
            MilMrzLine other = turn ? mil_mrz_line_turned (&line) : line;
            MilMrzLine inner = other;
            inner.n = MAX (PROBES, line.n / 2);
            inner = mil_mrz_line_moved (&inner, (line.n - inner.n) % 2 ? 0.5f : 0, 0);
            float value = mil_mrz_view_score (view, &inner, MAX (1, inner.n / PROBES));
            if (value > *score)
              {
                *score = value;
                *best = inner;
              }
          }
      }
}

/**
 * mil_mrz_fit_line:
 * @view: a picture
 * @span: a row of letters in it
 * @line: (out): cells in the middle of it; how many there are is not known yet
 * @score: (out): how well they can be read, see mil_mrz_view_score()
 *
 * Finds the band that the letters are in, their pitch and phase, and which way is up.
 *
 * Returns: whether there is any pitch
 */
gboolean
mil_mrz_fit_line (MilMrzView *view, const MilMrzSpan *span, MilMrzLine *line, float *score)
{
  g_return_val_if_fail (view != NULL && span != NULL && line != NULL && score != NULL, FALSE);

  g_auto (Strip) strip = cut_strip (view, span);
  float profile[SECTIONS][STRIP_ROWS], pitches[MOST_PITCHES], phases[MOST_PITCHES];
  profile_rows (&strip, profile);
  Band              band = find_band (profile);
  g_autofree float *ink = column_ink (&strip, band);
  guint n = mil_mrz_fit_pitches (ink, strip.width, band.height * 0.6f, band.height * 1.8f, pitches, phases, MOST_PITCHES);
  *score = -G_MAXFLOAT;
  for (guint i = 0; i < n; i++)
    try_pitch (view, &strip, band, pitches[i], phases[i], line, score);
  return n > 0;
}
