/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-mrz-glyph.h"

#include <math.h>
#include <string.h>

#include "scan/mil-digit-weights.h"
#include "scan/mil-mrz-weights.h"

/* The network: 5x5 convolution, halved by maxima, 3x3 convolution, two dense layers. */
#define ROWS MIL_MRZ_GLYPH_ROWS
#define COLUMNS MIL_MRZ_GLYPH_COLUMNS
#define KERNEL_1 5
#define CHANNELS_1 8
#define ROWS_1 ((ROWS - KERNEL_1 + 1) / 2)
#define COLUMNS_1 ((COLUMNS - KERNEL_1 + 1) / 2)
#define KERNEL_2 3
#define CHANNELS_2 16
#define ROWS_2 (ROWS_1 - KERNEL_2 + 1)
#define COLUMNS_2 (COLUMNS_1 - KERNEL_2 + 1)
#define FLAT (ROWS_2 * COLUMNS_2 * CHANNELS_2)
#define HIDDEN 64

/* Deviations of brightness below a few levels are noise. */
#define NOISE 4.0f
#define CLIP (127.0f / 32)

struct _MilMrzGlyphs
{
  const float *biases_1;
  const float *biases_2;
  const float *biases_3;
  const float *biases_4;
  guint        n_classes;
  float        weights_1[KERNEL_1 * KERNEL_1][CHANNELS_1];
  float        weights_2[KERNEL_2 * KERNEL_2 * CHANNELS_1][CHANNELS_2];
  float        weights_3[FLAT][HIDDEN];
  float        weights_4[HIDDEN][MIL_MRZ_N_CLASSES];
};

static void
unpack (float *out, const gint8 *weights, const float *scales, gsize n_inputs, gsize n_outputs)
{
  for (gsize i = 0; i < n_inputs; i++)
    for (gsize k = 0; k < n_outputs; k++)
      out[i * n_outputs + k] = weights[i * n_outputs + k] * scales[k];
}

/**
 * mil_mrz_glyphs_new:
 *
 * A classifier for the letters of machine readable zones. Its weights are made by
 * build-aux/train-mrz.py.
 *
 * Returns: (transfer full): the classifier; many threads may use it
 */
MilMrzGlyphs *
mil_mrz_glyphs_new (void)
{
  MilMrzGlyphs *self = g_new (MilMrzGlyphs, 1);
  unpack (&self->weights_1[0][0], mil_mrz_weights_1, mil_mrz_scales_1, G_N_ELEMENTS (self->weights_1), CHANNELS_1);
  unpack (&self->weights_2[0][0], mil_mrz_weights_2, mil_mrz_scales_2, G_N_ELEMENTS (self->weights_2), CHANNELS_2);
  unpack (&self->weights_3[0][0], mil_mrz_weights_3, mil_mrz_scales_3, G_N_ELEMENTS (self->weights_3), HIDDEN);
  unpack (&self->weights_4[0][0], mil_mrz_weights_4, mil_mrz_scales_4, G_N_ELEMENTS (self->weights_4), MIL_MRZ_N_CLASSES);
  self->biases_1 = mil_mrz_biases_1;
  self->biases_2 = mil_mrz_biases_2;
  self->biases_3 = mil_mrz_biases_3;
  self->biases_4 = mil_mrz_biases_4;
  self->n_classes = MIL_MRZ_N_CLASSES;
  return self;
}

/**
 * mil_mrz_glyphs_new_digits:
 *
 * The same network for the digits of receipts, which knows %MIL_MRZ_N_DIGIT_CLASSES classes. Its weights are
 * made by build-aux/train-digits.py.
 *
 * Returns: (transfer full): the classifier; many threads may use it
 */
MilMrzGlyphs *
mil_mrz_glyphs_new_digits (void)
{
  MilMrzGlyphs *self = g_new0 (MilMrzGlyphs, 1);
  unpack (&self->weights_1[0][0], mil_digit_weights_1, mil_digit_scales_1, G_N_ELEMENTS (self->weights_1), CHANNELS_1);
  unpack (&self->weights_2[0][0], mil_digit_weights_2, mil_digit_scales_2, G_N_ELEMENTS (self->weights_2), CHANNELS_2);
  unpack (&self->weights_3[0][0], mil_digit_weights_3, mil_digit_scales_3, G_N_ELEMENTS (self->weights_3), HIDDEN);
  for (guint i = 0; i < HIDDEN; i++)
    unpack (self->weights_4[i], mil_digit_weights_4 + i * MIL_MRZ_N_DIGIT_CLASSES, mil_digit_scales_4, 1, MIL_MRZ_N_DIGIT_CLASSES);
  self->biases_1 = mil_digit_biases_1;
  self->biases_2 = mil_digit_biases_2;
  self->biases_3 = mil_digit_biases_3;
  self->biases_4 = mil_digit_biases_4;
  self->n_classes = MIL_MRZ_N_DIGIT_CLASSES;
  return self;
}

/**
 * mil_mrz_glyphs_free:
 * @self: (transfer full): a classifier
 *
 * Frees it.
 */
void
mil_mrz_glyphs_free (MilMrzGlyphs *self)
{
  g_free (self);
}

static void
normalise (const float *window, float *out)
{
  float mean = 0, variance = 0;
  for (guint i = 0; i < ROWS * COLUMNS; i++)
    mean += window[i];
  mean /= ROWS * COLUMNS;
  for (guint i = 0; i < ROWS * COLUMNS; i++)
    variance += (window[i] - mean) * (window[i] - mean);
  float factor = 1 / (sqrtf (variance / (ROWS * COLUMNS)) + NOISE);
  for (guint i = 0; i < ROWS * COLUMNS; i++)
    out[i] = CLAMP ((window[i] - mean) * factor, -CLIP, CLIP);
}

static void
convolve_1 (const MilMrzGlyphs *self, const float *in, guint row, guint column, float *sums)
{
  memcpy (sums, self->biases_1, CHANNELS_1 * sizeof (float));
  for (guint v = 0; v < KERNEL_1; v++)
    for (guint u = 0; u < KERNEL_1; u++)
      {
        float        value = in[(row + v) * COLUMNS + column + u];
        const float *weights = self->weights_1[v * KERNEL_1 + u];
        for (guint c = 0; c < CHANNELS_1; c++)
          sums[c] += value * weights[c];
      }
}

static void
layer_1 (const MilMrzGlyphs *self, const float *in, float out[ROWS_1][COLUMNS_1][CHANNELS_1])
{
  for (guint y = 0; y < ROWS_1; y++)
    for (guint x = 0; x < COLUMNS_1; x++)
      {
        memset (out[y][x], 0, sizeof out[y][x]);
        for (guint part = 0; part < 4; part++)
          {
            float sums[CHANNELS_1];
            convolve_1 (self, in, 2 * y + part / 2, 2 * x + part % 2, sums);
            for (guint c = 0; c < CHANNELS_1; c++)
              out[y][x][c] = MAX (out[y][x][c], sums[c]);
          }
      }
}

static void
layer_2 (const MilMrzGlyphs *self, float in[ROWS_1][COLUMNS_1][CHANNELS_1], float *out)
{
  for (guint y = 0; y < ROWS_2; y++)
    for (guint x = 0; x < COLUMNS_2; x++, out += CHANNELS_2)
      {
        memcpy (out, self->biases_2, CHANNELS_2 * sizeof (float));
        for (guint k = 0; k < KERNEL_2 * KERNEL_2 * CHANNELS_1; k++)
          {
            guint        patch = k / CHANNELS_1;
            float        value = in[y + patch / KERNEL_2][x + patch % KERNEL_2][k % CHANNELS_1];
            const float *weights = self->weights_2[k];
            for (guint c = 0; c < CHANNELS_2; c++)
              out[c] += value * weights[c];
          }
        for (guint c = 0; c < CHANNELS_2; c++)
          out[c] = MAX (out[c], 0);
      }
}

static void
layer_3 (const MilMrzGlyphs *self, const float *in, float *out)
{
  memcpy (out, self->biases_3, HIDDEN * sizeof (float));
  for (guint i = 0; i < FLAT; i++)
    if (in[i] > 0)
      for (guint c = 0; c < HIDDEN; c++)
        out[c] += in[i] * self->weights_3[i][c];
  for (guint c = 0; c < HIDDEN; c++)
    out[c] = MAX (out[c], 0);
}

/**
 * mil_mrz_glyphs_read:
 * @self: a classifier
 * @window: (array fixed-size=352): brightness, rows from the top, of a cell and what is around it
 * @log_probabilities: (out): natural logarithms, one a class: 38, or 11 of digits
 *
 * Tells which letter is in @window. About 10 µs.
 */
void
mil_mrz_glyphs_read (const MilMrzGlyphs *self, const float *window, float *log_probabilities)
{
  float pixels[ROWS * COLUMNS], maps[ROWS_1][COLUMNS_1][CHANNELS_1], flat[FLAT], hidden[HIDDEN];
  normalise (window, pixels);
  layer_1 (self, pixels, maps);
  layer_2 (self, maps, flat);
  layer_3 (self, flat, hidden);

  float *out = log_probabilities, most = -G_MAXFLOAT, sum = 0;
  memcpy (out, self->biases_4, self->n_classes * sizeof (float));
  for (guint i = 0; i < HIDDEN; i++)
    for (guint c = 0; c < self->n_classes; c++)
      out[c] += hidden[i] * self->weights_4[i][c];
  for (guint c = 0; c < self->n_classes; c++)
    most = MAX (most, out[c]);
  for (guint c = 0; c < self->n_classes; c++)
    sum += expf (out[c] - most);
  float whole = most + logf (sum);
  for (guint c = 0; c < self->n_classes; c++)
    out[c] -= whole;
}

/**
 * mil_mrz_glyph_letter:
 * @glyph: a class below %MIL_MRZ_N_GLYPHS
 *
 * Returns: its letter: A to Z, 0 to 9 or `<`
 */
char
mil_mrz_glyph_letter (guint glyph)
{
  g_return_val_if_fail (glyph < MIL_MRZ_N_GLYPHS, '<');

  return "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"[glyph];
}

/**
 * mil_mrz_glyph_of:
 * @letter: A to Z, 0 to 9 or `<`
 *
 * Returns: its class; that of the filler for all else
 */
guint
mil_mrz_glyph_of (char letter)
{
  return g_ascii_isupper (letter)   ? (guint) (letter - 'A')
         : g_ascii_isdigit (letter) ? 26 + (guint) (letter - '0')
                                    : MIL_MRZ_FILLER;
}

/**
 * mil_mrz_glyph_likeliest:
 * @logs: (array fixed-size=37): logarithms of how likely each letter is
 *
 * Returns: the class of the likeliest letter
 */
guint
mil_mrz_glyph_likeliest (const float *logs)
{
  guint best = 0;

  g_return_val_if_fail (logs != NULL, MIL_MRZ_FILLER);

  for (guint g = 1; g < MIL_MRZ_N_GLYPHS; g++)
    if (logs[g] > logs[best])
      best = g;
  return best;
}
