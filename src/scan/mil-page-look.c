/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-page-private.h"

#include <math.h>

/* The paper's own brightness is looked for in squares of about so many letters, and what is darker than this
 * is no paper. */
#define SQUARE 1.5
#define SMOOTHING 2
#define DARKEST_PAPER 12
#define PAPER_LUMA 235
/* Sauvola, Pietikäinen: Adaptive document image binarization (2000): a window of about two letters, and how
 * much of the deviation counts. */
#define WINDOW 0.9
#define FACTOR 0.22f
#define TILE 700

/**
 * mil_page_flatten:
 * @self: a page
 *
 * Straightens the lines of text on curled paper. Blocking: some milliseconds.
 *
 * Returns: (transfer full) (nullable): the page with straight lines; %NULL where they are not bent much
 */
MilPage *
mil_page_flatten (MilPage *self)
{
  g_return_val_if_fail (self != NULL && self->bend == NULL, NULL);

  MilBend  bend;
  PIX     *ink = mil_page_ink (self->pix);
  gboolean bent = mil_bend_fit (&bend, ink, mil_page_letter_height (ink));
  pixDestroy (&ink);
  if (!bent)
    return NULL;

  int  width = pixGetWidth (self->pix), height = pixGetHeight (self->pix), words = pixGetWpl (self->pix);
  PIX *flat = pixCreate (width, height, 8);
  for (int y = 0; y < height; y++)
    {
      guint32 *out = pixGetData (flat) + (gsize) y * pixGetWpl (flat);
      for (int x = 0; x < width; x++)
        {
          double         from = y + mil_bend_at (&bend, x, y);
          int            row = (int) floor (from);
          const guint32 *above = pixGetData (self->pix) + (gsize) CLAMP (row, 0, height - 1) * words;
          const guint32 *below = pixGetData (self->pix) + (gsize) CLAMP (row + 1, 0, height - 1) * words;
          double         share = from - row;
          gboolean       inside = row >= 0 && row + 1 < height;
          double value = inside ? GET_DATA_BYTE (above, x) * (1 - share) + GET_DATA_BYTE (below, x) * share : 255;
          SET_DATA_BYTE (out, x, (guint8) lround (value));
        }
    }
  MilPage *page = mil_page_copy (self, flat);
  page->bend = g_memdup2 (&bend, sizeof bend);
  return page;
}

static int
luma_at (const guint8 *rgb, int stride, int x, int y)
{
  const guint8 *p = rgb + (gsize) y * stride + x * 3;
  return (77 * p[0] + 150 * p[1] + 29 * p[2] + 128) >> 8;
}

/* The page's pixels as they are in the picture, without what was done to its light. */
static PIX *
take_again (MilPage *self, MilPicture *picture)
{
  int           width = pixGetWidth (self->pix), height = pixGetHeight (self->pix);
  int           last_x = mil_picture_get_width (picture) - 1, last_y = mil_picture_get_height (picture) - 1;
  int           stride = mil_picture_get_stride (picture);
  const guint8 *rgb = g_bytes_get_data (mil_picture_get_pixels (picture), NULL);
  PIX          *pix = pixCreate (width, height, 8);
  for (int row = 0; row < height; row++)
    {
      guint32 *out = pixGetData (pix) + (gsize) row * pixGetWpl (pix);
      for (int column = 0; column < width; column++)
        {
          double x = column, y = row;
          mil_page_to_picture (self, &x, &y);
          x = CLAMP (x, 0, last_x);
          y = CLAMP (y, 0, last_y);
          int    left = MIN ((int) x, MAX (0, last_x - 1)), top = MIN ((int) y, MAX (0, last_y - 1));
          int    right = MIN (left + 1, last_x), bottom = MIN (top + 1, last_y);
          double u = x - left, v = y - top;
          double above = luma_at (rgb, stride, left, top) * (1 - u) + luma_at (rgb, stride, right, top) * u;
          double below = luma_at (rgb, stride, left, bottom) * (1 - u) + luma_at (rgb, stride, right, bottom) * u;
          SET_DATA_BYTE (out, column, (guint8) lround (above * (1 - v) + below * v));
        }
    }
  return pix;
}

/*
 * mil_page_remove_shadows:
 * @gray: (inout): 8 bits a pixel
 * @square: how large a square is that shows some paper, in pixels
 *
 * Divides by the brightness of the paper around, whatever shadow lies on it.
 */
void
mil_page_remove_shadows (PIX *gray, int square)
{
  PIX *paper = pixScaleGrayMinMax (gray, square, square, L_CHOOSE_MAX);
  PIX *smooth = paper ? pixBlockconv (paper, SMOOTHING, SMOOTHING) : NULL;
  PIX *light = smooth ? pixScaleToSize (smooth, pixGetWidth (gray), pixGetHeight (gray)) : NULL;
  for (int y = 0; light != NULL && y < (int) pixGetHeight (gray); y++)
    {
      guint32       *row = pixGetData (gray) + (gsize) y * pixGetWpl (gray);
      const guint32 *of = pixGetData (light) + (gsize) y * pixGetWpl (light);
      for (int x = 0; x < (int) pixGetWidth (gray); x++)
        {
          int paper_here = MAX (DARKEST_PAPER, GET_DATA_BYTE (of, x));
          SET_DATA_BYTE (row, x, MIN (255, GET_DATA_BYTE (row, x) * PAPER_LUMA / paper_here));
        }
    }
  pixDestroy (&light);
  pixDestroy (&smooth);
  pixDestroy (&paper);
}

/* What is no stroke by its own surroundings is made white; strokes keep their edges. */
static void
whiten_paper (PIX *gray, int window)
{
  int  across = MAX (1, (int) pixGetWidth (gray) / TILE), down = MAX (1, (int) pixGetHeight (gray) / TILE);
  PIX *strokes = NULL;
  if (pixSauvolaBinarizeTiled (gray, window, FACTOR, across, down, NULL, &strokes) != 0 || strokes == NULL)
    return;
  PIX *wide = pixDilateBrick (NULL, strokes, 3, 3);
  pixInvert (wide, wide);
  pixSetMasked (gray, wide, 255);
  pixDestroy (&wide);
  pixDestroy (&strokes);
}

/**
 * mil_page_clear:
 * @self: a page
 * @picture: the picture it was found in
 *
 * Takes the page out of the picture again for a second reading, in another way: shadows are divided away, and
 * what does not stand out from its own surroundings is paper. Blocking: for worker threads.
 *
 * Returns: (transfer full): the page
 */
MilPage *
mil_page_clear (MilPage *self, MilPicture *picture)
{
  g_return_val_if_fail (self != NULL && MIL_IS_PICTURE (picture), NULL);

  PIX *ink = mil_page_ink (self->pix);
  int  letter = CLAMP (mil_page_letter_height (ink), 12, 60);
  pixDestroy (&ink);
  PIX *gray = take_again (self, picture);
  mil_page_remove_shadows (gray, (int) (SQUARE * letter));
  whiten_paper (gray, (int) (WINDOW * letter));
  return mil_page_copy (self, gray);
}
