/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-page-finder.h"

#include <math.h>
#include <string.h>

#include <allheaders.h>

#include "scan/mil-hull.h"

/* The longest side that the paper is looked for at: letters are still strokes there, and it takes a
 * few milliseconds. */
#define FINDER_SIDE 480
#define STROKE_DEPTH 18
#define PAPER_LUMA 70
/* Paper may be darker than where the text is by this much, and in a shadow down to this many per cent. */
#define PAPER_SPREAD 38
#define LEAST_SPREAD 24
#define SHADED_PAPER 62
/* Levels that are counted together, as pictures are noisy. */
#define LEVELS 4
/* So much of the quad around a paper, in per cent, is paper; less than that is something else. */
#define MIN_SOLID 72
/* Of the angle at a corner: 64 to 116 degrees. */
#define MAX_COSINE 0.44
#define MIN_INK 60
#define DARK_LUMA 45
/* Parts of the frame, in per cent. */
#define SMALL_PAGE 6
#define WHOLE_FRAME 93
#define SMALL_OTHER 3
/* Another page has at least one part in so many of the ink of the first. */
#define MIN_OTHER_INK 5

static PIX *
small_pix (const guint8 *luma, int width, int height, int stride, int step)
{
  int  w = width / step, h = height / step;
  PIX *pix = pixCreate (w, h, 8);
  for (int y = 0; y < h; y++)
    {
      guint32 *row = pixGetData (pix) + (gsize) y * pixGetWpl (pix);
      for (int x = 0; x < w; x++)
        {
          guint sum = 0;
          for (int v = 0; v < step; v++)
            for (int u = 0; u < step; u++)
              sum += luma[(gsize) (y * step + v) * stride + x * step + u];
          SET_DATA_BYTE (row, x, sum / (step * step));
        }
    }
  return pix;
}

static PIX *
find_strokes (PIX *gray)
{
  int  width = pixGetWidth (gray), height = pixGetHeight (gray);
  PIX *mean = pixBlockconv (gray, 5, 5);
  PIX *ink = pixCreate (width, height, 1);
  for (int y = 0; mean != NULL && y < height; y++)
    {
      const guint32 *in = pixGetData (gray) + (gsize) y * pixGetWpl (gray);
      const guint32 *around = pixGetData (mean) + (gsize) y * pixGetWpl (mean);
      guint32       *out = pixGetData (ink) + (gsize) y * pixGetWpl (ink);
      for (int x = 0; x < width; x++)
        {
          int paper = GET_DATA_BYTE (around, x);
          if (paper >= PAPER_LUMA && GET_DATA_BYTE (in, x) < paper - STROKE_DEPTH)
            SET_DATA_BIT (out, x);
        }
    }
  pixDestroy (&mean);
  PIX *letters = pixSelectBySize (ink, width / 5, height / 8, 8, L_SELECT_IF_BOTH, L_SELECT_IF_LTE, NULL);
  pixDestroy (&ink);
  return letters;
}

/* The blob of letters with most ink; NULL when there is no text. */
static PIX *
main_text (PIX *letters)
{
  PIX   *blobs = pixCloseSafeBrick (NULL, letters, 31, 21);
  BOXA  *boxes = pixConnCompBB (blobs, 8);
  int    most = 0;
  MilBox best = { 0 };
  for (int i = 0; i < boxaGetCount (boxes); i++)
    {
      BOX *box = boxaGetBox (boxes, i, L_CLONE);
      PIX *part = pixClipRectangle (letters, box, NULL);
      int  ink = 0;
      pixCountPixels (part, &ink, NULL);
      if (ink > most)
        {
          most = ink;
          boxGetGeometry (box, &best.x, &best.y, &best.width, &best.height);
        }
      pixDestroy (&part);
      boxDestroy (&box);
    }
  boxaDestroy (&boxes);
  pixDestroy (&blobs);
  if (most < MIN_INK)
    return NULL;

  PIX *text = pixCreate (pixGetWidth (letters), pixGetHeight (letters), 1);
  pixRasterop (text, best.x, best.y, best.width, best.height, PIX_SRC, letters, best.x, best.y);
  return text;
}

/* Between paper and what it lies on there are levels that few pixels have: the emptiest one, the nearest to
 * the usual spread where several are alike. */
static int
level_between (PIX *smooth, int level)
{
  NUMA *counts = pixGetGrayHistogram (smooth, 1);
  int   best = level - PAPER_SPREAD, most = level - LEAST_SPREAD, least = level * SHADED_PAPER / 100;
  float fewest = G_MAXFLOAT;
  for (int at = most; counts != NULL && at >= MAX (LEVELS, least); at--)
    {
      float sum = 0, value = 0;
      for (int i = at - LEVELS; i <= MIN (255, at + LEVELS); i++)
        if (numaGetFValue (counts, i, &value) == 0)
          sum += value;
      /* The usual level wins where it is nearly as empty. */
      sum *= 1 + ABS (at - (level - PAPER_SPREAD)) / 40.0f;
      if (sum < fewest)
        {
          fewest = sum;
          best = at;
        }
    }
  numaDestroy (&counts);
  return best;
}

/* All that is about as bright as the paper between the letters, and hangs together with it. */
static PIX *
grow_paper (PIX *gray, PIX *text)
{
  PIX      *smooth = pixCloseGray (gray, 7, 7);
  PIX      *around = pixDilateBrick (NULL, text, 5, 5);
  l_float32 level = 0;
  pixGetRankValueMasked (smooth, around, 0, 0, 1, 0.5f, &level, NULL);
  PIX *mask = pixThresholdToBinary (smooth, MAX (1, level_between (smooth, (int) level)));
  pixInvert (mask, mask);
  pixAnd (around, around, mask);
  PIX *paper = pixSeedfillBinary (NULL, around, mask, 4);
  /* Bridges to other bright things are narrow. */
  PIX *open = paper ? pixOpenBrick (NULL, paper, 9, 9) : NULL;
  pixDestroy (&smooth);
  pixDestroy (&around);
  pixDestroy (&mask);
  pixDestroy (&paper);
  return open;
}

/* The ends of each row of the mask. */
static GArray *
outline (PIX *mask)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (MilPoint));
  int     width = pixGetWidth (mask), height = pixGetHeight (mask);
  for (int y = 0; y < height; y++)
    {
      const guint32 *row = pixGetData (mask) + (gsize) y * pixGetWpl (mask);
      int            left = 0, right = width - 1;
      while (left < width && !GET_DATA_BIT (row, left))
        left++;
      while (right > left && !GET_DATA_BIT (row, right))
        right--;
      if (left >= width)
        continue;
      MilPoint ends[] = { { left, y }, { right, y } };
      g_array_append_vals (points, ends, 2);
    }
  return points;
}

/* A camera held over paper sees no corner that is much narrower or wider than a right angle. */
static gboolean
has_square_corners (const MilQuad *quad)
{
  for (guint i = 0; i < 4; i++)
    {
      const MilPoint *at = &quad->corners[i], *a = &quad->corners[(i + 3) % 4], *b = &quad->corners[(i + 1) % 4];
      double ux = a->x - at->x, uy = a->y - at->y, vx = b->x - at->x, vy = b->y - at->y;
      double long_sides = hypot (ux, uy) * hypot (vx, vy);
      if (long_sides < 1 || fabs (ux * vx + uy * vy) > MAX_COSINE * long_sides)
        return FALSE;
    }
  return TRUE;
}

/* The quad that all of the mask lies in; an upright one where it is no paper's shape. */
static MilQuad
fit_quad (PIX *mask)
{
  g_autoptr (GArray) points = outline (mask);
  g_autoptr (GArray) hull = mil_hull_of_points (points);
  MilQuad quad = { 0 };
  MilBox  box = { 0 };
  if (mil_hull_enclose (hull, &quad) && has_square_corners (&quad))
    return quad;
  for (guint i = 0; i < hull->len; i++)
    {
      const MilPoint *point = &g_array_index (hull, MilPoint, i);
      box = mil_box_union (box, (MilBox) { point->x, point->y, 1, 1 });
    }
  return mil_quad_of_box (box);
}

static gboolean
touches_frame (const MilQuad *quad, int width, int height)
{
  guint n = 0;
  for (guint i = 0; i < 4; i++)
    n += quad->corners[i].x <= 2 || quad->corners[i].y <= 2 || quad->corners[i].x >= width - 3
         || quad->corners[i].y >= height - 3;
  return n >= 3;
}

static MilQuad
text_bounds (PIX *text)
{
  PIX    *all = pixCloseSafeBrick (NULL, text, 15, 15);
  MilQuad quad = fit_quad (all);
  pixDestroy (&all);
  return quad;
}

static MilDetectionHint
judge (const MilQuad *quad, gboolean on_paper, int width, int height)
{
  double part = 100 * mil_quad_area (quad) / ((double) width * height);
  if (!on_paper)
    return MIL_HINT_LOW_CONTRAST;
  if (part < SMALL_PAGE)
    return MIL_HINT_CLOSER;
  return touches_frame (quad, width, height) ? MIL_HINT_BACK : MIL_HINT_NONE;
}

/* The page around the text with most ink; FALSE when there is no text. */
static gboolean
find_one (PIX *gray, PIX *letters, MilQuad *quad, gboolean *on_paper)
{
  PIX *text = main_text (letters);
  if (text == NULL)
    return FALSE;
  int  width = pixGetWidth (gray), height = pixGetHeight (gray), n = 0;
  PIX *paper = grow_paper (gray, text);
  if (paper != NULL)
    pixCountPixels (paper, &n, NULL);
  *quad = n > 0 ? fit_quad (paper) : (MilQuad) { 0 };
  double area = mil_quad_area (quad);
  *on_paper = n > 0 && 100.0 * area < WHOLE_FRAME * (double) width * height && 100.0 * n >= MIN_SOLID * area;
  if (!*on_paper)
    *quad = text_bounds (text);
  pixDestroy (&paper);
  pixDestroy (&text);
  return TRUE;
}

static MilQuad
scale_quad (const MilQuad *quad, int step)
{
  MilQuad scaled;
  for (guint i = 0; i < 4; i++)
    scaled.corners[i] = (MilPoint) { quad->corners[i].x * step, quad->corners[i].y * step };
  return scaled;
}

/**
 * mil_page_finder_run:
 * @luma: brightness, one byte a pixel
 * @width: in pixels
 * @height: in pixels
 * @stride: bytes from one row to the next
 * @quad: (out): the corners of the page
 * @hint: (out): what would help to see it better
 *
 * Finds a page by the text on it: what is as bright as the paper between the letters, as far as it
 * goes. Where paper lies on something as bright, the text's own bounds are the page. 3 to 6 ms.
 *
 * Returns: whether there is a page
 */
gboolean
mil_page_finder_run (const guint8 *luma, int width, int height, int stride, MilQuad *quad, MilDetectionHint *hint)
{
  g_return_val_if_fail (luma != NULL && quad != NULL && hint != NULL, FALSE);

  *hint = MIL_HINT_NO_PAGE;
  if (width < 64 || height < 64)
    return FALSE;
  int      step = MAX (1, MAX (width, height) / FINDER_SIDE);
  PIX     *gray = small_pix (luma, width, height, stride, step);
  PIX     *letters = find_strokes (gray);
  MilQuad  found = { 0 };
  gboolean on_paper = FALSE, any = letters != NULL && find_one (gray, letters, &found, &on_paper);
  if (any)
    {
      *hint = judge (&found, on_paper, pixGetWidth (gray), pixGetHeight (gray));
      *quad = scale_quad (&found, step);
      any = mil_quad_is_set (quad);
    }
  pixDestroy (&letters);
  pixDestroy (&gray);
  if (!any && mil_luma_brightness (luma, width, height, stride) < DARK_LUMA)
    *hint = MIL_HINT_DARK;
  return any;
}

static int
take_out (PIX *letters, const MilQuad *quad)
{
  int n = 0;
  for (int y = 0; y < (int) pixGetHeight (letters); y++)
    {
      guint32 *row = pixGetData (letters) + (gsize) y * pixGetWpl (letters);
      for (int x = 0; x < (int) pixGetWidth (letters); x++)
        if (GET_DATA_BIT (row, x) && mil_quad_contains (quad, x, y))
          {
            CLEAR_DATA_BIT (row, x);
            n++;
          }
    }
  return n;
}

/**
 * mil_page_finder_all:
 * @luma: brightness, one byte a pixel
 * @width: in pixels
 * @height: in pixels
 * @stride: bytes from one row to the next
 * @quads: (out caller-allocates) (array length=most): the corners of each page, that with most text first
 * @most: how many pages to find at most
 *
 * Finds each piece of paper that lies apart from the others on something darker. Paper whose edge
 * cannot be seen is not told from what lies beside it, and does not count.
 *
 * Returns: how many pages there are
 */
guint
mil_page_finder_all (const guint8 *luma, int width, int height, int stride, MilQuad *quads, guint most)
{
  g_return_val_if_fail (luma != NULL && quads != NULL, 0);

  if (width < 64 || height < 64)
    return 0;
  int      step = MAX (1, MAX (width, height) / FINDER_SIDE), first_ink = 0;
  PIX     *gray = small_pix (luma, width, height, stride, step);
  PIX     *letters = find_strokes (gray);
  guint    n = 0;
  MilQuad  found;
  gboolean on_paper;
  for (guint tries = 0; letters != NULL && n < most && tries < 2 * most; tries++)
    {
      if (!find_one (gray, letters, &found, &on_paper) || !on_paper)
        break;
      MilQuad  wide = mil_quad_grow (&found, 1.03), scaled = scale_quad (&found, step);
      gboolean apart = TRUE;
      int      ink = take_out (letters, &wide);
      if (ink == 0)
        break;
      for (guint i = 0; i < n; i++)
        apart &= !mil_quad_overlap (&quads[i], &scaled);
      first_ink = MAX (first_ink, ink);
      double part = 100 * mil_quad_area (&found) / ((double) pixGetWidth (gray) * pixGetHeight (gray));
      if (apart && ink * MIN_OTHER_INK >= first_ink && part >= SMALL_OTHER)
        quads[n++] = scaled;
    }
  pixDestroy (&letters);
  pixDestroy (&gray);
  return n;
}

/**
 * mil_luma_sharpness:
 * @luma: brightness, one byte a pixel
 * @width: in pixels
 * @height: in pixels
 * @stride: bytes from one row to the next
 * @box: where to look
 *
 * Returns: the mean square of the Laplacian, which falls as a picture gets blurred; to be compared
 *   between pictures of the same thing only
 */
double
mil_luma_sharpness (const guint8 *luma, int width, int height, int stride, MilBox box)
{
  g_return_val_if_fail (luma != NULL, 0);

  int     left = CLAMP (box.x, 1, width - 1), right = CLAMP (box.x + box.width, 1, width - 1);
  int     top = CLAMP (box.y, 1, height - 1), bottom = CLAMP (box.y + box.height, 1, height - 1);
  guint64 sum = 0, n = 0;
  for (int y = top; y < bottom; y += 2)
    for (int x = left; x < right; x += 2)
      {
        const guint8 *p = luma + (gsize) y * stride + x;
        int           laplacian = 4 * p[0] - p[-1] - p[1] - p[-stride] - p[stride];
        sum += laplacian * laplacian;
        n++;
      }
  return n > 0 ? (double) sum / n : 0;
}

/**
 * mil_luma_brightness:
 * @luma: brightness, one byte a pixel
 * @width: in pixels
 * @height: in pixels
 * @stride: bytes from one row to the next
 *
 * Returns: its mean, 0 to 255
 */
int
mil_luma_brightness (const guint8 *luma, int width, int height, int stride)
{
  g_return_val_if_fail (luma != NULL, 0);

  guint64 sum = 0, n = 0;
  for (int y = 0; y < height; y += 8)
    for (int x = 0; x < width; x += 8, n++)
      sum += luma[(gsize) y * stride + x];
  return n > 0 ? sum / n : 0;
}
