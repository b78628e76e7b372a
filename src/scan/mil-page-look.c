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
/* What is darker than this on an evenly lit page is a bar of a code; rows whose columns are so much alike, in
 * percent, show the same bars. */
#define BAR_LUMA 140
#define MIN_LIKENESS 84
#define LEAST_EDGES 20

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

/* The way back from the picture to the page, by the adjugate of its matrix. Bends are slight, so that they
 * are about the same on both sides. */
static gboolean
point_on_page (const MilPage *self, MilPoint at, double *x, double *y)
{
  const double *m = self->m;
  double u = (m[4] * m[8] - m[5] * m[7]) * at.x + (m[2] * m[7] - m[1] * m[8]) * at.y + (m[1] * m[5] - m[2] * m[4]);
  double v = (m[5] * m[6] - m[3] * m[8]) * at.x + (m[0] * m[8] - m[2] * m[6]) * at.y + (m[2] * m[3] - m[0] * m[5]);
  double w = (m[3] * m[7] - m[4] * m[6]) * at.x + (m[1] * m[6] - m[0] * m[7]) * at.y + (m[0] * m[4] - m[1] * m[3]);
  if (fabs (w) < 1e-12)
    return FALSE;
  *x = u / w;
  *y = v / w;
  if (self->bend != NULL)
    *y -= mil_bend_at (self->bend, *x, *y);
  return TRUE;
}

/* How many of a hundred columns are as dark in both rows; 0 where there are no upright bars. */
static int
likeness (PIX *pix, MilBox box, int y, int bars)
{
  const guint32 *row = pixGetData (pix) + (gsize) y * pixGetWpl (pix);
  const guint32 *of = pixGetData (pix) + (gsize) bars * pixGetWpl (pix);
  int            same = 0, edges = 0;
  for (int x = box.x; x < box.x + box.width; x++)
    {
      gboolean dark = GET_DATA_BYTE (of, x) < BAR_LUMA;
      same += dark == (GET_DATA_BYTE (row, x) < BAR_LUMA);
      edges += x > box.x && dark != (GET_DATA_BYTE (of, x - 1) < BAR_LUMA);
    }
  return edges >= LEAST_EDGES ? same * 100 / box.width : 0;
}

/* Bars are read where they are read best; they go on above and below. */
static MilBox
follow_bars (PIX *pix, MilBox box)
{
  int middle = box.y + box.height / 2, top = box.y, bottom = box.y + box.height;
  while (top > 0 && likeness (pix, box, top - 1, middle) >= MIN_LIKENESS)
    top--;
  while (bottom < (int) pixGetHeight (pix) && likeness (pix, box, bottom, middle) >= MIN_LIKENESS)
    bottom++;
  return (MilBox) { box.x, top, box.width, bottom - top };
}

/* The part of the page that a part of the picture is, if it is one. */
static gboolean
quad_on_page (MilPage *self, const MilQuad *quad, MilQuad *here)
{
  for (guint i = 0; i < G_N_ELEMENTS (here->corners); i++)
    {
      double x, y;
      if (!point_on_page (self, quad->corners[i], &x, &y) || fabs (x) > G_MAXINT16 || fabs (y) > G_MAXINT16)
        return FALSE;
      here->corners[i] = (MilPoint) { (int) lround (x), (int) lround (y) };
    }
  return TRUE;
}

static MilBox
cut_to (PIX *pix, MilBox box)
{
  int left = MAX (0, box.x), top = MAX (0, box.y);
  int right = MIN (box.x + box.width, (int) pixGetWidth (pix)),
      bottom = MIN (box.y + box.height, (int) pixGetHeight (pix));
  return (MilBox) { left, top, MAX (0, right - left), MAX (0, bottom - top) };
}

/**
 * mil_page_erase:
 * @self: a page
 * @quad: where a code lies in the picture that the page was found in
 *
 * Paints a code white that was read: it is no text, and its bars take the letters that touch them along.
 * Upright bars are followed above and below @quad.
 */
void
mil_page_erase (MilPage *self, const MilQuad *quad)
{
  g_return_if_fail (self != NULL && quad != NULL);

  MilQuad here;
  if (!quad_on_page (self, quad, &here))
    return;
  MilBox box = mil_quad_bounds (&here);
  /* A code of bars may have been read in one line. */
  box.height = MAX (1, box.height);
  box = cut_to (self->pix, box);
  if (box.width == 0 || box.height == 0)
    return;
  MilBox all = follow_bars (self->pix, box);
  for (int y = all.y; y < all.y + all.height; y++)
    for (int x = all.x; x < all.x + all.width; x++)
      if (y < box.y || y >= box.y + box.height || mil_quad_contains (&here, x, y))
        SET_DATA_BYTE (pixGetData (self->pix) + (gsize) y * pixGetWpl (self->pix), x, 255);
}
