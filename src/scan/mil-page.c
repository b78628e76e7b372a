/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-page.h"

#include <math.h>
#include <string.h>

#include "scan/mil-page-finder.h"
#include "scan/mil-page-private.h"

/* Where the text is, is looked for at this size; letters are still 5 pixels high there. */
#define FINDER_SIDE 1000
/* Degrees; what is less was no code's doing. */
#define LEAST_HIDDEN 0.5f
/* A stroke is darker than its surroundings by this much, and these are no darker than that. */
#define STROKE_DEPTH 22
#define PAPER_LUMA 85
/* Tesseract brings a line to 36 pixels anyway; letters above this only cost time. */
#define MAX_LETTER 44
#define MIN_LETTER 11
#define WANTED_LETTER 22
#define BLACK_LUMA 70
#define BLACK_SIZE 31
#define WHITE_LUMA 242.0f
#define MAX_SHADOW 60
/* Shadows are looked for in so many squares along the longer side. */
#define EVENED_SQUARES 40
#define MAX_PAGE_PIXELS (9 * 1000 * 1000)

/* Paper covers at least one part in so many of the picture, and so much of the ink, in per cent, is on it. */
#define MIN_PAGE_PART 14
#define MIN_INK_INSIDE 55
#define MIN_INK_FLAT 80
/* Ink of a blob that is more than a speck, in pixels of the small copy. */
#define MIN_BLOB 12
/* A column beside the text has one part in so many of its ink; codes have more ink than any text. */
#define MIN_COLUMN 100
#define MUCH_INK 4000
/* How much longer one side of paper is than the opposite one when it is seen at an angle. */
#define MIN_PERSPECTIVE 1.08
/* Parts of the picture. */
#define BEYOND 0.06

static PIX *
pix_from_luma (const guint8 *luma, int width, int height)
{
  PIX     *pix = pixCreateNoInit (width, height, 8);
  guint32 *data = pixGetData (pix);
  int      words = pixGetWpl (pix);
  for (int y = 0; y < height; y++)
    {
      guint32 *row = data + (gsize) y * words;
      row[words - 1] = 0;
      for (int x = 0; x < width; x++)
        SET_DATA_BYTE (row, x, luma[(gsize) y * width + x]);
    }
  return pix;
}

static void
replace_pix (PIX **pix, PIX *by)
{
  if (by == NULL)
    return;
  pixDestroy (pix);
  *pix = by;
}

/*
 * mil_page_ink:
 * @gray: 8 bits a pixel
 *
 * Finds pixels that are clearly darker than the bright paper around them: ink, whatever the lighting.
 *
 * Returns: (transfer full): 1 bit a pixel
 */
PIX *
mil_page_ink (PIX *gray)
{
  int  width = pixGetWidth (gray), height = pixGetHeight (gray);
  int  reach = MAX (4, MIN (MAX (width, height) / 70, MIN (width, height) / 3));
  PIX *mean = pixBlockconv (gray, reach, reach);
  PIX *ink = pixCreate (width, height, 1);
  if (mean == NULL)
    return ink;

  int words = pixGetWpl (gray), ink_words = pixGetWpl (ink);
  for (int y = 0; y < height; y++)
    {
      const guint32 *in = pixGetData (gray) + (gsize) y * words;
      const guint32 *around = pixGetData (mean) + (gsize) y * words;
      guint32       *out = pixGetData (ink) + (gsize) y * ink_words;
      for (int x = 0; x < width; x++)
        {
          int paper = GET_DATA_BYTE (around, x);
          if (paper >= PAPER_LUMA && GET_DATA_BYTE (in, x) < paper - STROKE_DEPTH)
            SET_DATA_BIT (out, x);
        }
    }
  pixDestroy (&mean);
  return ink;
}

/* Leaves what can be letters: no specks, no edges of paper or table, no pictures. */
static PIX *
keep_letters (PIX *ink)
{
  int  side = MAX (pixGetWidth (ink), pixGetHeight (ink));
  PIX *letters = pixSelectBySize (ink, side / 8, side / 16, 8, L_SELECT_IF_BOTH, L_SELECT_IF_LTE, NULL);
  replace_pix (&letters, pixSelectBySize (letters, 2, 3, 8, L_SELECT_IF_EITHER, L_SELECT_IF_GTE, NULL));
  return letters;
}

static int
shared (int a, int a_length, int b, int b_length)
{
  return MIN (a + a_length, b + b_length) - MAX (a, b);
}

/* Whether a blob is a part of the text whose main part is @text: it stands above or below, or it is a
 * column of prices not far to the side. */
static gboolean
belongs (MilBox text, int text_ink, MilBox blob, int ink)
{
  int beside = shared (text.x, text.width, blob.x, blob.width);
  int level = shared (text.y, text.height, blob.y, blob.height);
  if (beside * 2 > blob.width)
    return ink > MIN_BLOB;
  /* Prices stand farther off where descriptions are short, as those in Chinese are. */
  int reach = blob.width * 2 < text.width ? text.width * 9 / 10 : text.width / 2;
  return level * 2 > blob.height && -beside < reach && ink * MIN_COLUMN > MIN (text_ink, MUCH_INK);
}

/* Letters near each other run together to blobs. The one with most ink is the main part of the text;
 * on paper whose edges are known all others belong to it. */
static gboolean
find_text (PIX *letters, gboolean on_paper, MilBox *text, double *share)
{
  int                side = MAX (pixGetWidth (letters), pixGetHeight (letters));
  PIX               *merged = pixCloseSafeBrick (NULL, letters, MAX (3, side / 22), MAX (3, side / 28));
  BOXA              *boxes = pixConnCompBB (merged, 8);
  int                n = boxaGetCount (boxes), best = -1, total = 0;
  g_autofree int    *inks = g_new0 (int, n + 1);
  g_autofree MilBox *blobs = g_new0 (MilBox, n + 1);

  for (int i = 0; i < n; i++)
    {
      BOX *box = boxaGetBox (boxes, i, L_CLONE);
      PIX *part = pixClipRectangle (letters, box, NULL);
      pixCountPixels (part, &inks[i], NULL);
      boxGetGeometry (box, &blobs[i].x, &blobs[i].y, &blobs[i].width, &blobs[i].height);
      pixDestroy (&part);
      boxDestroy (&box);
      if (best < 0 || inks[i] > inks[best])
        best = i;
    }
  boxaDestroy (&boxes);
  pixDestroy (&merged);

  *text = best >= 0 ? blobs[best] : (MilBox) { 0 };
  total = best >= 0 ? inks[best] : 0;
  /* What belongs to the text makes it larger, and then more may belong to it. */
  int text_ink = total, before = -1;
  for (int rounds = 0; rounds < 8 && total != before; rounds++)
    {
      before = total;
      for (int i = 0; i < n; i++)
        {
          if (i == best || inks[i] == 0
              || !(on_paper ? inks[i] > MIN_BLOB : belongs (*text, text_ink, blobs[i], inks[i])))
            continue;
          *text = mil_box_union (*text, blobs[i]);
          total += inks[i];
          inks[i] = 0;
        }
    }
  *share = text->width > 0 ? total / ((double) text->width * text->height) : 0;
  return text->width > 0;
}

static PIX *
small_copy (PIX *gray, double *scale)
{
  *scale = MIN (1.0, FINDER_SIDE / (double) MAX (pixGetWidth (gray), pixGetHeight (gray)));
  PIX *small = *scale < 1 ? pixScaleAreaMap (gray, *scale, *scale) : pixClone (gray);
  return small ? small : pixClone (gray);
}

/* Follows a change of the page by a step that takes a point of the new page to one of the old. */
static void
follow (MilPage *self, const double step[6])
{
  double m[9];
  for (guint row = 0; row < 9; row += 3)
    {
      const double *from = self->m + row;
      m[row] = from[0] * step[0] + from[1] * step[3];
      m[row + 1] = from[0] * step[1] + from[1] * step[4];
      m[row + 2] = from[0] * step[2] + from[1] * step[5] + from[2];
    }
  memcpy (self->m, m, sizeof m);
}

static void
crop (MilPage *self, MilBox box)
{
  BOX *clip = boxCreate (box.x, box.y, box.width, box.height);
  BOX *got = NULL;
  PIX *part = pixClipRectangle (self->pix, clip, &got);
  if (part != NULL)
    {
      int x, y;
      boxGetGeometry (got, &x, &y, NULL, NULL);
      replace_pix (&self->pix, part);
      follow (self, (double[]) { 1, 0, x, 0, 1, y });
      if (self->bend != NULL)
        {
          self->bend->mid_x -= x;
          self->bend->mid_y -= y;
        }
    }
  boxDestroy (&clip);
  boxDestroy (&got);
}

static void
turn (MilPage *self, int quarters)
{
  double           last_x = pixGetWidth (self->pix) - 1, last_y = pixGetHeight (self->pix) - 1;
  static const int cosines[] = { 1, 0, -1, 0 }, sines[] = { 0, 1, 0, -1 };
  int              c = cosines[quarters & 3], s = sines[quarters & 3];

  replace_pix (&self->pix, pixRotateOrth (self->pix, quarters & 3));
  follow (self, (double[]) { c, s, c < 0 || s < 0 ? last_x : 0, -s, c, c < 0 || s > 0 ? last_y : 0 });
}

static void
straighten (MilPage *self, double degrees)
{
  double angle = degrees * G_PI / 180, c = cos (angle), s = sin (angle);
  double x = pixGetWidth (self->pix) / 2, y = pixGetHeight (self->pix) / 2;

  replace_pix (&self->pix, pixRotateAMGray (self->pix, (float) angle, 255));
  follow (self, (double[]) { c, s, x - c * x - s * y, -s, c, y + s * x - c * y });
}

static void
resize (MilPage *self, double scale)
{
  PIX *scaled = scale < 1 ? pixScaleAreaMap (self->pix, (float) scale, (float) scale)
                          : pixScaleGrayLI (self->pix, (float) scale, (float) scale);
  if (scaled == NULL)
    return;
  double x = pixGetWidth (self->pix) / (double) pixGetWidth (scaled);
  double y = pixGetHeight (self->pix) / (double) pixGetHeight (scaled);
  replace_pix (&self->pix, scaled);
  follow (self, (double[]) { x, 0, 0, 0, y, 0 });
}

/* Lines of text make the sums along them uneven; whether those along or across the page do so more
 * tells which way the lines run, and the angle at which they do most is the skew. */
static void
find_skew (PIX *letters, int *quarters, float *degrees)
{
  float angle = 0, confidence = 0, across_angle = 0, across_confidence = 0;
  *quarters = 0;
  *degrees = 0;
  if (pixFindSkewSweepAndSearch (letters, &angle, &confidence, 2, 2, 12, 1, 0.05f) != 0)
    return;

  PIX *turned = pixRotateOrth (letters, 1);
  if (pixFindSkewSweepAndSearch (turned, &across_angle, &across_confidence, 2, 2, 12, 1, 0.05f) != 0)
    across_confidence = 0;
  pixDestroy (&turned);
  if (across_confidence > 3.0f && across_confidence > 2.5f * confidence)
    {
      *quarters = 1;
      *degrees = across_angle;
    }
  else if (confidence > 2.0f)
    *degrees = angle;
}

static int
compare_ints (gconstpointer a, gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

/*
 * mil_page_letter_height:
 * @letters: 1 bit a pixel
 *
 * Returns: the usual height of what looks like letters, in pixels; 0 where there are few
 */
int
mil_page_letter_height (PIX *letters)
{
  /* Dot matrix printers leave gaps inside of letters. */
  PIX  *joined = pixCloseSafeBrick (NULL, letters, 1, 7);
  BOXA *boxes = pixConnCompBB (joined, 8);
  pixDestroy (&joined);
  g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (int));
  for (int i = 0; i < boxaGetCount (boxes); i++)
    {
      int width, height;
      boxaGetBoxGeometry (boxes, i, NULL, NULL, &width, &height);
      if (height >= 5 && width <= height * 3 && height <= width * 6)
        g_array_append_val (heights, height);
    }
  boxaDestroy (&boxes);
  if (heights->len < 8)
    return 0;
  g_array_sort (heights, compare_ints);
  return g_array_index (heights, int, heights->len / 2);
}

/* Taking the background away costs letters on evenly lit paper, so it is done for shadows alone. */
static gboolean
has_shadows (PIX *gray)
{
  PIX *paper = pixScaleGrayMinMax (gray, 24, 24, L_CHOOSE_MAX);
  if (paper == NULL)
    return FALSE;
  PIX      *inner = pixRemoveBorder (paper, 1);
  l_float32 dark = 0, bright = 0;
  pixGetRankValueMasked (inner ? inner : paper, NULL, 0, 0, 1, 0.08f, &dark, NULL);
  pixGetRankValueMasked (inner ? inner : paper, NULL, 0, 0, 1, 0.92f, &bright, NULL);
  pixDestroy (&inner);
  pixDestroy (&paper);
  return bright - dark > MAX_SHADOW;
}

/* Torn edges, shadows of lids and black bars are larger than letters; they spoil the threshold. */
static void
whiten_black_areas (PIX *gray)
{
  PIX *dark = pixThresholdToBinary (gray, BLACK_LUMA);
  PIX *large = pixOpenBrick (NULL, dark, BLACK_SIZE, BLACK_SIZE);
  int  n = 0;
  pixCountPixels (large, &n, NULL);
  if (n > 0)
    {
      PIX *grown = pixDilateBrick (NULL, large, 9, 9);
      pixSetMasked (gray, grown, 255);
      pixDestroy (&grown);
    }
  pixDestroy (&large);
  pixDestroy (&dark);
}

/* Makes the paper nearly white, whatever the exposure. */
static void
stretch (MilPage *self)
{
  l_float32 paper = 0;
  pixGetRankValueMasked (self->pix, NULL, 0, 0, 4, 0.6f, &paper, NULL);
  if (paper > 60 && paper < WHITE_LUMA)
    pixMultConstantGray (self->pix, WHITE_LUMA / paper);
}

static void
even_out_light (MilPage *self)
{
  if (MIN (pixGetWidth (self->pix), pixGetHeight (self->pix)) < 96)
    return;
  whiten_black_areas (self->pix);
  stretch (self);
  if (has_shadows (self->pix))
    replace_pix (&self->pix, pixBackgroundNorm (self->pix, NULL, NULL, 16, 24, 60, 60, 230, 2, 2));
  /* Thermal print is pale. */
  replace_pix (&self->pix, pixGammaTRC (NULL, self->pix, 0.6f, 0, 255));
}

static void
bring_to_size (MilPage *self)
{
  double pixels = (double) pixGetWidth (self->pix) * pixGetHeight (self->pix);
  PIX   *ink = mil_page_ink (self->pix);
  int    height = mil_page_letter_height (ink);
  pixDestroy (&ink);

  double scale = 1;
  if (height > MAX_LETTER || (height > 0 && height < MIN_LETTER))
    scale = MIN (2.0, WANTED_LETTER / (double) height);
  scale = MIN (scale, sqrt (MAX_PAGE_PIXELS / pixels));
  if (scale < 0.95 || scale > 1.05)
    resize (self, scale);
}

static int
count_inside (PIX *letters, const MilQuad *quad, double scale, gboolean erase_others)
{
  int n = 0;
  for (int y = 0; y < (int) pixGetHeight (letters); y++)
    {
      guint32 *row = pixGetData (letters) + (gsize) y * pixGetWpl (letters);
      for (int x = 0; x < (int) pixGetWidth (letters); x++)
        {
          if (!GET_DATA_BIT (row, x))
            continue;
          gboolean inside = mil_quad_contains (quad, x / scale, y / scale);
          n += inside;
          if (!inside && erase_others)
            CLEAR_DATA_BIT (row, x);
        }
    }
  return n;
}

static void
whiten_outside (PIX *gray, const MilQuad *quad)
{
  for (int y = 0; y < (int) pixGetHeight (gray); y++)
    {
      guint32 *row = pixGetData (gray) + (gsize) y * pixGetWpl (gray);
      for (int x = 0; x < (int) pixGetWidth (gray); x++)
        if (!mil_quad_contains (quad, x, y))
          SET_DATA_BYTE (row, x, 255);
    }
}

/**
 * mil_page_to_picture:
 * @self: a page
 * @x: (inout): pixels from the page's left edge, to be pixels of the picture
 * @y: (inout): pixels from the page's top edge, likewise
 *
 * Takes a point of the page to where it lies in the picture, maybe outside of it.
 */
void
mil_page_to_picture (MilPage *self, double *x, double *y)
{
  g_return_if_fail (self != NULL && x != NULL && y != NULL);

  double u = *x, v = *y;
  if (self->bend != NULL)
    v += mil_bend_at (self->bend, u, v);
  double w = self->m[6] * u + self->m[7] * v + self->m[8];
  if (fabs (w) < 1e-9)
    w = 1e-9;
  *x = (self->m[0] * u + self->m[1] * v + self->m[2]) / w;
  *y = (self->m[3] * u + self->m[4] * v + self->m[5]) / w;
}

static double
side (const MilQuad *quad, guint from, guint to)
{
  const MilPoint *a = &quad->corners[from], *b = &quad->corners[to];
  return MAX (1, hypot (a->x - b->x, a->y - b->y));
}

/* Paper that is seen at an angle has opposite sides that differ. Where it goes on beyond the picture its
 * corners are not known. */
static gboolean
is_seen_at_angle (const MilQuad *quad, int width, int height)
{
  for (guint i = 0; i < 4; i++)
    if (quad->corners[i].x < -BEYOND * width || quad->corners[i].x > (1 + BEYOND) * width
        || quad->corners[i].y < -BEYOND * height || quad->corners[i].y > (1 + BEYOND) * height)
      return FALSE;
  double across = side (quad, 0, 1) / side (quad, 3, 2), down = side (quad, 0, 3) / side (quad, 1, 2);
  return MAX (MAX (across, 1 / across), MAX (down, 1 / down)) > MIN_PERSPECTIVE;
}

static guint8
gray_between (PIX *gray, double x, double y)
{
  int left = (int) floor (x), top = (int) floor (y);
  if (left < 0 || top < 0 || left + 1 >= (int) pixGetWidth (gray) || top + 1 >= (int) pixGetHeight (gray))
    return 255;
  const guint32 *above = pixGetData (gray) + (gsize) top * pixGetWpl (gray), *below = above + pixGetWpl (gray);
  double u = x - left, v = y - top;
  return (guint8) ((GET_DATA_BYTE (above, left) * (1 - u) + GET_DATA_BYTE (above, left + 1) * u) * (1 - v)
                   + (GET_DATA_BYTE (below, left) * (1 - u) + GET_DATA_BYTE (below, left + 1) * u) * v);
}

/* Makes a rectangle of the paper. */
static gboolean
take_out_of_perspective (MilPage *self, const MilQuad *quad)
{
  double width = (side (quad, 0, 1) + side (quad, 3, 2)) / 2, height = (side (quad, 0, 3) + side (quad, 1, 2)) / 2;
  PTA       *flat = ptaCreate (4), *seen = ptaCreate (4);
  l_float32 *factors = NULL;
  for (guint i = 0; i < 4; i++)
    {
      ptaAddPt (flat, i == 1 || i == 2 ? width : 0, i >= 2 ? height : 0);
      ptaAddPt (seen, quad->corners[i].x, quad->corners[i].y);
    }
  gboolean known = getProjectiveXformCoeffs (flat, seen, &factors) == 0 && factors != NULL;
  PIX     *pix = known ? pixCreate ((int) width, (int) height, 8) : NULL;
  if (pix != NULL)
    {
      for (guint i = 0; i < 8; i++)
        self->m[i] = factors[i];
      self->m[8] = 1;
      for (int row = 0; row < (int) pixGetHeight (pix); row++)
        for (int column = 0; column < (int) pixGetWidth (pix); column++)
          {
            double x = column, y = row;
            mil_page_to_picture (self, &x, &y);
            SET_DATA_BYTE (pixGetData (pix) + (gsize) row * pixGetWpl (pix), column, gray_between (self->pix, x, y));
          }
      replace_pix (&self->pix, pix);
    }
  LEPT_FREE (factors);
  ptaDestroy (&flat);
  ptaDestroy (&seen);
  return pix != NULL;
}

/* What can be letters, looked for in a smaller copy. */
static PIX *
letters_of (PIX *gray, double *scale)
{
  PIX *small = small_copy (gray, scale);
  PIX *ink = mil_page_ink (small);
  PIX *letters = keep_letters (ink);
  pixDestroy (&ink);
  pixDestroy (&small);
  return letters;
}

/* Where the paper stands out from what it lies on, that is painted white: its grain looks like text.
 * Paper that is seen at an angle is made a rectangle; @letters are then looked for again. Whether all
 * that is left is on one paper for sure. */
static gboolean
forget_table (MilPage *self, PIX **letters, const MilQuad *paper, const guint8 *luma, double *scale)
{
  int              width = pixGetWidth (self->pix), height = pixGetHeight (self->pix), all = 0;
  MilQuad          quad = { 0 };
  MilDetectionHint hint;
  if (paper != NULL)
    quad = *paper;
  else if (!mil_page_finder_run (luma, width, height, width, &quad, &hint) || hint == MIL_HINT_LOW_CONTRAST
           || mil_quad_area (&quad) * MIN_PAGE_PART < (double) width * height)
    return FALSE;
  pixCountPixels (*letters, &all, NULL);
  MilQuad wide = mil_quad_grow (&quad, 1.015);
  int     inside = count_inside (*letters, &wide, *scale, FALSE);
  if (paper == NULL && inside * 100 < all * MIN_INK_INSIDE)
    return FALSE;
  if (is_seen_at_angle (&quad, width, height) && (paper != NULL || inside * 100 >= all * MIN_INK_FLAT)
      && take_out_of_perspective (self, &quad))
    {
      pixDestroy (letters);
      *letters = letters_of (self->pix, scale);
      return TRUE;
    }
  count_inside (*letters, &wide, *scale, TRUE);
  whiten_outside (self->pix, &wide);
  return TRUE;
}

static MilPage *
find (MilPicture *picture, const MilQuad *paper, gboolean evened, GCancellable *cancellable)
{
  g_autoptr (GBytes) luma = mil_picture_dup_luma (picture);
  g_autoptr (MilPage) self = g_new0 (MilPage, 1);
  int width = mil_picture_get_width (picture), height = mil_picture_get_height (picture);
  self->pix = pix_from_luma (g_bytes_get_data (luma, NULL), width, height);
  self->m[0] = self->m[4] = self->m[8] = 1;
  if (evened)
    mil_page_remove_shadows (self->pix, MAX (8, MAX (width, height) / EVENED_SQUARES));

  double   scale = 1;
  MilBox   text;
  PIX     *letters = letters_of (self->pix, &scale);
  gboolean on_paper = !evened && forget_table (self, &letters, paper, g_bytes_get_data (luma, NULL), &scale);
  self->is_cut_out = on_paper && paper == NULL;
  g_clear_pointer (&luma, g_bytes_unref);
  gboolean found = find_text (letters, on_paper, &text, &self->text_share);
  int      quarters = 0;
  float    degrees = 0;
  if (found)
    {
      BOX *box = boxCreate (text.x, text.y, text.width, text.height);
      PIX *part = pixClipRectangle (letters, box, NULL);
      find_skew (part, &quarters, &degrees);
      pixDestroy (&part);
      boxDestroy (&box);
    }
  pixDestroy (&letters);
  if (!found || g_cancellable_is_cancelled (cancellable))
    return NULL;

  int margin = 14;
  crop (self,
        (MilBox) { (int) ((text.x - margin) / scale),
                   (int) ((text.y - margin) / scale),
                   (int) ((text.width + 2 * margin) / scale),
                   (int) ((text.height + 2 * margin) / scale) });
  if (quarters != 0)
    turn (self, quarters);
  if (fabsf (degrees) > 0.2f)
    straighten (self, degrees);
  bring_to_size (self);
  even_out_light (self);
  return g_steal_pointer (&self);
}

/**
 * mil_page_find:
 * @picture: a picture
 * @paper: (nullable): the corners of the paper in it, where there are several; %NULL to look for it
 * @cancellable: (nullable): to give up
 *
 * Finds the text in @picture (not the paper's edge, which is not there to be seen where white paper
 * lies on white), cuts it out, turns it so that lines run from left to right (maybe upside down),
 * straightens it and evens out the light. Blocking: for worker threads.
 *
 * Returns: (transfer full) (nullable): the page; %NULL when nothing looks like text, or cancelled
 */
MilPage *
mil_page_find (MilPicture *picture, const MilQuad *paper, GCancellable *cancellable)
{
  g_return_val_if_fail (MIL_IS_PICTURE (picture), NULL);

  return find (picture, paper, FALSE, cancellable);
}

/**
 * mil_page_find_in_shadow:
 * @picture: a picture
 * @cancellable: (nullable): to give up
 *
 * As mil_page_find(), for paper that lies partly in a deep shadow: all is made equally bright first, so the
 * paper cannot be told from what it lies on.
 *
 * Returns: (transfer full) (nullable): the page; %NULL when nothing looks like text, or cancelled
 */
MilPage *
mil_page_find_in_shadow (MilPicture *picture, GCancellable *cancellable)
{
  g_return_val_if_fail (MIL_IS_PICTURE (picture), NULL);

  return find (picture, NULL, TRUE, cancellable);
}

/**
 * mil_page_level:
 * @self: a page whose lines were not bent, without the codes on it
 *
 * Straightens it once more: the squares of a large code run in lines of their own and may have hidden how the
 * few lines of text beside it do. Blocking: for worker threads.
 */
void
mil_page_level (MilPage *self)
{
  g_return_if_fail (self != NULL && self->bend == NULL);

  double scale = 1;
  int    quarters = 0;
  float  degrees = 0;
  PIX   *letters = letters_of (self->pix, &scale);
  find_skew (letters, &quarters, &degrees);
  pixDestroy (&letters);
  if (quarters == 0 && fabsf (degrees) > LEAST_HIDDEN)
    straighten (self, degrees);
}

/**
 * mil_page_free:
 * @self: (transfer full): a page
 *
 * Frees it.
 */
void
mil_page_free (MilPage *self)
{
  pixDestroy (&self->pix);
  g_free (self->bend);
  g_free (self);
}

/*
 * mil_page_copy:
 * @self: a page
 * @pix: (transfer full) (nullable): other pixels of it, or %NULL for the same ones
 *
 * Returns: (transfer full): a page that lies where @self lies
 */
MilPage *
mil_page_copy (MilPage *self, PIX *pix)
{
  MilPage *copy = g_memdup2 (self, sizeof *self);
  copy->pix = pix ? pix : pixCopy (NULL, self->pix);
  copy->bend = self->bend ? g_memdup2 (self->bend, sizeof *self->bend) : NULL;
  return copy;
}

/**
 * mil_page_get_pix:
 * @self: a page
 *
 * Returns: (transfer none): its pixels, 8 bits each
 */
struct Pix *
mil_page_get_pix (MilPage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->pix;
}

/**
 * mil_page_turn:
 * @self: a page; one whose lines were bent cannot be turned any more
 * @quarters: quarter turns to the right
 *
 * Returns: (transfer full): the turned page
 */
MilPage *
mil_page_turn (MilPage *self, int quarters)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_return_val_if_fail (self->bend == NULL || quarters == 0, NULL);

  MilPage *turned = mil_page_copy (self, NULL);
  if (quarters != 0)
    turn (turned, quarters);
  return turned;
}

/**
 * mil_page_part:
 * @self: a page
 * @part: of its height, up to 1
 *
 * Returns: (transfer full): a band across its middle
 */
MilPage *
mil_page_part (MilPage *self, double part)
{
  g_return_val_if_fail (self != NULL && part > 0 && part <= 1, NULL);

  MilPage *band = mil_page_turn (self, 0);
  int      height = pixGetHeight (self->pix), taken = MAX (1, (int) (height * part));
  crop (band, (MilBox) { 0, (height - taken) / 2, pixGetWidth (self->pix), taken });
  return band;
}

/**
 * mil_page_close_gaps:
 * @self: a page
 *
 * Returns: (transfer full): the same page, its strokes a little higher, for a second reading: printers
 *   with worn needles or heads leave lines of paper inside of letters
 */
MilPage *
mil_page_close_gaps (MilPage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return mil_page_copy (self, pixErodeGray (self->pix, 1, 3));
}

static MilPoint
point_in_picture (MilPage *self, double x, double y)
{
  mil_page_to_picture (self, &x, &y);
  return (MilPoint) { (int) lround (x), (int) lround (y) };
}

/**
 * mil_page_quad:
 * @self: a page
 *
 * Returns: its corners in the picture
 */
MilQuad
mil_page_quad (MilPage *self)
{
  g_return_val_if_fail (self != NULL, ((MilQuad) { 0 }));

  double width = pixGetWidth (self->pix), height = pixGetHeight (self->pix);
  return (MilQuad) { { point_in_picture (self, 0, 0),
                       point_in_picture (self, width, 0),
                       point_in_picture (self, width, height),
                       point_in_picture (self, 0, height) } };
}

/**
 * mil_page_box_in_picture:
 * @self: a page
 * @box: a part of it
 *
 * Returns: the box around that part in the picture
 */
MilBox
mil_page_box_in_picture (MilPage *self, MilBox box)
{
  g_return_val_if_fail (self != NULL, box);

  if (box.width <= 0)
    return (MilBox) { 0 };
  double  right = box.x + box.width, bottom = box.y + box.height;
  MilQuad quad = { { point_in_picture (self, box.x, box.y),
                     point_in_picture (self, right, box.y),
                     point_in_picture (self, right, bottom),
                     point_in_picture (self, box.x, bottom) } };
  return mil_quad_bounds (&quad);
}

/**
 * mil_page_is_cut_out:
 * @self: a page
 *
 * Returns: whether it was found by the edge of a paper, which may have been something else
 */
gboolean
mil_page_is_cut_out (MilPage *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_cut_out;
}

/**
 * mil_page_is_same:
 * @self: a page
 * @other: another one
 *
 * Returns: whether both show the same pixels, so that the same would be read on them
 */
gboolean
mil_page_is_same (MilPage *self, MilPage *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  l_int32 same = 0;
  return pixEqual (self->pix, other->pix, &same) == 0 && same;
}

/**
 * mil_page_text_share:
 * @self: a page
 *
 * Returns: the share of its pixels that are ink of letters: 0.02 to 0.25 for text
 */
double
mil_page_text_share (MilPage *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->text_share;
}
