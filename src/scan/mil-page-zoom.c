/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-page-zoom.h"

#include <math.h>

#include <allheaders.h>

/* Parts of a letter's height that are left around the letters. */
#define MARGIN_ACROSS 0.25
#define MARGIN_ALONG 0.7
/* A word that is higher than others by more is not of the same row. */
#define MAX_UNEVEN 2.3
#define MAX_SIDE 6000
#define MAX_SLOPE 0.12

static int
compare_ints (gconstpointer a, gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

static MilBox
nth_box (const MilRow *row, guint i)
{
  return ((MilWord *) g_ptr_array_index (row->words, i))->box;
}

static int
middle_height (const MilRow *row, guint from, guint to)
{
  g_autofree int *heights = g_new (int, to - from);
  for (guint i = from; i < to; i++)
    heights[i - from] = nth_box (row, i).height;
  qsort (heights, to - from, sizeof (int), compare_ints);
  return heights[(to - from) / 2];
}

/* The slope of the line through the middles of all words, the wide ones counting most. */
static double
fit_slope (const MilRow *row)
{
  int    usual = middle_height (row, 0, row->words->len);
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (guint i = 0; i < row->words->len; i++)
    {
      MilBox box = nth_box (row, i);
      if (box.height > MAX_UNEVEN * usual || box.height * MAX_UNEVEN < usual)
        continue;
      double x = box.x + box.width / 2.0, y = box.y + box.height / 2.0, weight = box.width;
      n += weight, sx += weight * x, sy += weight * y, sxx += weight * x * x, sxy += weight * x * y;
    }
  double spread = n > 0 ? sxx - sx * sx / n : 0;
  double slope = spread > 1 ? (sxy - sx * sy / n) / spread : 0;
  return fabs (slope) <= MAX_SLOPE ? slope : 0;
}

/**
 * mil_strip_of_words:
 * @row: a row that was read
 * @from: the first word
 * @to: after the last word
 * @strip: (out): where they lie
 *
 * Fits a strip to words of @row, which may run up or down a little.
 *
 * Returns: whether there is something to fit it to
 */
gboolean
mil_strip_of_words (const MilRow *row, guint from, guint to, MilStrip *strip)
{
  g_return_val_if_fail (row != NULL && strip != NULL && to <= row->words->len, FALSE);

  if (from >= to)
    return FALSE;
  int    usual = middle_height (row, from, to);
  MilBox all = { 0 };
  double weight = 0, middle = 0, half = usual / 2.0;
  strip->slope = fit_slope (row);
  for (guint i = from; i < to; i++)
    {
      MilBox box = nth_box (row, i);
      all = mil_box_union (all, box);
      weight += box.width;
      middle += box.width * (box.y + box.height / 2.0 - strip->slope * (box.x + box.width / 2.0));
    }
  middle /= MAX (1, weight);
  for (guint i = from; i < to; i++)
    {
      MilBox box = nth_box (row, i);
      double off = fabs (box.y + box.height / 2.0 - middle - strip->slope * (box.x + box.width / 2.0));
      if (box.height <= MAX_UNEVEN * usual)
        half = MAX (half, MIN (off, usual / 3.0) + box.height / 2.0);
    }
  strip->letter = usual;
  strip->stretch = CLAMP (usual / (double) MAX (1, middle_height (row, 0, row->words->len)), 1, 2);
  if (strip->stretch < 1.4)
    strip->stretch = 1;
  strip->x = all.x - MARGIN_ALONG * usual;
  strip->width = all.width + 2 * MARGIN_ALONG * usual;
  strip->height = 2 * (half + MARGIN_ACROSS * usual);
  strip->y = middle + strip->slope * strip->x;
  return strip->width > 4 && strip->height > 4;
}

static inline double
value_of (const guint8 *rgb, MilLook look)
{
  return look == MIL_LOOK_BRIGHTEST ? MAX (rgb[0], MAX (rgb[1], rgb[2]))
                                    : (rgb[0] * 77 + rgb[1] * 150 + rgb[2] * 29) / 256.0;
}

/* The brightness of a part of the picture; white outside of it. */
typedef struct
{
  float *values;
  int    left;
  int    top;
  int    width;
  int    height;
} Patch;

static void
patch_clear (Patch *patch)
{
  g_free (patch->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Patch, patch_clear)

static void
corner_of (MilPage *page, const MilStrip *strip, double along, double across, double *x, double *y)
{
  *x = strip->x + along;
  *y = strip->y + strip->slope * along + across;
  mil_page_to_picture (page, x, y);
}

/* What a strip covers of the picture, with room for what lies around a point. */
static gboolean
take_patch (MilPage *page, MilPicture *picture, const MilStrip *strip, MilLook look, Patch *patch)
{
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE, right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;
  for (guint i = 0; i < 4; i++)
    {
      double x, y;
      corner_of (page, strip, i & 1 ? strip->width : 0, (i & 2 ? 0.5 : -0.5) * strip->height, &x, &y);
      left = MIN (left, x), right = MAX (right, x), top = MIN (top, y), bottom = MAX (bottom, y);
    }
  if (right - left > MAX_SIDE || bottom - top > MAX_SIDE || fabs (left) > G_MAXINT16 || fabs (top) > G_MAXINT16)
    return FALSE;
  *patch = (Patch) { NULL, (int) left - 4, (int) top - 4, (int) (right - left) + 9, (int) (bottom - top) + 9 };
  patch->values = g_new (float, (gsize) patch->width * patch->height);
  g_autoptr (GBytes) pixels = g_bytes_ref (mil_picture_get_pixels (picture));
  const guint8 *rgb = g_bytes_get_data (pixels, NULL);
  for (int row = 0; row < patch->height; row++)
    for (int column = 0; column < patch->width; column++)
      {
        int x = patch->left + column, y = patch->top + row;
        gboolean inside = x >= 0 && y >= 0 && x < mil_picture_get_width (picture) && y < mil_picture_get_height (picture);
        patch->values[row * patch->width + column]
            = inside ? (float) value_of (rgb + (gsize) y * mil_picture_get_stride (picture) + (gsize) x * 3, look) : 255;
      }
  return TRUE;
}

/* How much each of four points in a row counts: the middle two by how near they are, or all by a cubic
 * through them (Keys 1981, a = -1/2), which keeps small letters sharp. */
static void
weigh (double t, gboolean sharp, double weights[4])
{
  if (!sharp)
    {
      weights[0] = weights[3] = 0;
      weights[1] = 1 - t;
      weights[2] = t;
      return;
    }
  weights[0] = ((-0.5 * t + 1) * t - 0.5) * t;
  weights[1] = (1.5 * t - 2.5) * t * t + 1;
  weights[2] = ((-1.5 * t + 2) * t + 0.5) * t;
  weights[3] = (0.5 * t - 0.5) * t * t;
}

static guint8
sample (const Patch *patch, double x, double y, gboolean sharp)
{
  int    left = (int) floor (x), top = (int) floor (y);
  double across[4], down[4], sum = 0;
  int    column = left - 1 - patch->left, row = top - 1 - patch->top;
  if (column < 0 || row < 0 || column + 4 > patch->width || row + 4 > patch->height)
    return 255;
  weigh (x - left, sharp, across);
  weigh (y - top, sharp, down);
  for (int i = 0; i < 4; i++)
    {
      const float *p = patch->values + (gsize) (row + i) * patch->width + column;
      sum += down[i] * (p[0] * across[0] + p[1] * across[1] + p[2] * across[2] + p[3] * across[3]);
    }
  return (guint8) CLAMP (lround (sum), 0, 255);
}

static PIX *
take (MilPage *page, MilPicture *picture, const MilStrip *strip, double scale, MilLook look)
{
  double across_scale = scale * strip->stretch;
  int    width = (int) (strip->width * across_scale), height = (int) (strip->height * scale);
  g_auto (Patch) patch = { 0 };
  if (width < 8 || height < 8 || width > MAX_SIDE || height > MAX_SIDE || !take_patch (page, picture, strip, look, &patch))
    return NULL;
  PIX *pix = pixCreate (width, height, 8);
  for (int row = 0; row < height; row++)
    {
      guint32 *out = pixGetData (pix) + (gsize) row * pixGetWpl (pix);
      double   across = (row + 0.5) / scale - strip->height / 2;
      for (int column = 0; column < width; column++)
        {
          double x, y;
          corner_of (page, strip, (column + 0.5) / across_scale, across, &x, &y);
          SET_DATA_BYTE (out, column, sample (&patch, x - 0.5, y - 0.5, look == MIL_LOOK_SHARP));
        }
    }
  return pix;
}

static PIX *
whiten (PIX *pix)
{
  l_float32 ink = 0, paper = 0;
  pixGetRankValueMasked (pix, NULL, 0, 0, 1, 0.03f, &ink, NULL);
  pixGetRankValueMasked (pix, NULL, 0, 0, 1, 0.7f, &paper, NULL);
  if (paper - ink < 20)
    paper = ink + 20;
  return pixGammaTRC (NULL, pix, 1.0f, (int) ink - 10, (int) paper);
}

/**
 * mil_page_zoom:
 * @self: a page
 * @picture: the picture it was found in
 * @strip: the part to take
 * @scale: pixels of the result to a pixel of the page
 * @look: what to make of them
 *
 * Takes a strip out of the picture itself, without what was done to the page on the way.
 *
 * Returns: (transfer full) (nullable): its pixels, 8 bits each; %NULL for one that is too small or too large
 */
PIX *
mil_page_zoom (MilPage *self, MilPicture *picture, const MilStrip *strip, double scale, MilLook look)
{
  g_return_val_if_fail (self != NULL && MIL_IS_PICTURE (picture) && strip != NULL, NULL);

  PIX *plain = take (self, picture, strip, scale, look);
  if (plain == NULL || look == MIL_LOOK_PLAIN)
    return plain;
  PIX *white = whiten (plain);
  PIX *closed = look == MIL_LOOK_CLOSED && white        ? pixErodeGray (white, 1, 3)
                : look == MIL_LOOK_CLOSED_WIDE && white ? pixErodeGray (white, 3, 1)
                                                        : NULL;
  if (closed != NULL)
    pixDestroy (&white);
  if (closed != NULL || white != NULL)
    pixDestroy (&plain);
  return closed ? closed : white ? white : plain;
}

/**
 * mil_strip_to_page:
 * @self: a strip
 * @scale: what it was taken with
 * @box: (inout): a part of what mil_page_zoom() gave, to be the same part of the page
 *
 * Takes a box back to the page.
 */
void
mil_strip_to_page (const MilStrip *self, double scale, MilBox *box)
{
  g_return_if_fail (self != NULL && box != NULL);

  double left = box->x / (scale * self->stretch), width = box->width / (scale * self->stretch);
  double middle = self->y + self->slope * (left + width / 2) - self->height / 2 + (box->y + box->height / 2.0) / scale;
  double height = box->height / scale;
  *box = (MilBox) { (int) lround (self->x + left),
                    (int) lround (middle - height / 2),
                    MAX (1, (int) lround (width)),
                    MAX (1, (int) lround (height)) };
}
