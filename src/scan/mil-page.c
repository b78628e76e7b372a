/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-page.h"

#include <math.h>
#include <string.h>

#include <allheaders.h>

#include "scan/mil-page-finder.h"

/* Where the text is, is looked for at this size; letters are still 5 pixels high there. */
#define FINDER_SIDE 1000
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
#define MAX_PAGE_PIXELS (9 * 1000 * 1000)

/* Paper covers at least one part in so many of the picture, and so much of the ink, in per cent, is on it. */
#define MIN_PAGE_PART 14
#define MIN_INK_INSIDE 55

struct _MilPage
{
  PIX *pix;
  /* x' = m[0] x + m[1] y + m[2], y' = m[3] x + m[4] y + m[5]: from the page to the picture. */
  double m[6];
  double text_share;
};

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

/* Pixels that are clearly darker than the bright paper around them: ink, whatever the lighting. */
static PIX *
find_ink (PIX *gray)
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
    return ink > 12;
  return level * 2 > blob.height && -beside < text.width / 2 && ink * 40 > text_ink;
}

/* Letters near each other run together to blobs. The one with most ink is the main part of the text. */
static gboolean
find_text (PIX *letters, MilBox *text, double *share)
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

  *text = (MilBox) { 0 };
  for (int i = 0; i < n; i++)
    if (i == best || belongs (blobs[best], inks[best], blobs[i], inks[i]))
      {
        *text = mil_box_union (*text, blobs[i]);
        total += inks[i];
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
  double m[6] = {
    self->m[0] * step[0] + self->m[1] * step[3],
    self->m[0] * step[1] + self->m[1] * step[4],
    self->m[0] * step[2] + self->m[1] * step[5] + self->m[2],
    self->m[3] * step[0] + self->m[4] * step[3],
    self->m[3] * step[1] + self->m[4] * step[4],
    self->m[3] * step[2] + self->m[4] * step[5] + self->m[5],
  };
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

/* The usual height of what looks like letters, in pixels of @letters. */
static int
letter_height (PIX *letters)
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
  PIX   *ink = find_ink (self->pix);
  int    height = letter_height (ink);
  pixDestroy (&ink);

  double scale = 1;
  if (height > MAX_LETTER || (height > 0 && height < MIN_LETTER))
    scale = MIN (2.0, WANTED_LETTER / (double) height);
  scale = MIN (scale, sqrt (MAX_PAGE_PIXELS / pixels));
  if (scale < 0.95 || scale > 1.05)
    resize (self, scale);
}

/* Whether a point lies inside of a convex quad whose corners go clockwise. */
static gboolean
is_inside (const MilQuad *quad, double x, double y)
{
  for (guint i = 0; i < 4; i++)
    {
      const MilPoint *a = &quad->corners[i], *b = &quad->corners[(i + 1) % 4];
      if ((double) (b->x - a->x) * (y - a->y) - (double) (b->y - a->y) * (x - a->x) < 0)
        return FALSE;
    }
  return TRUE;
}

static MilQuad
grow (MilQuad quad, double part)
{
  double x = 0, y = 0;
  for (guint i = 0; i < 4; i++)
    x += quad.corners[i].x / 4.0, y += quad.corners[i].y / 4.0;
  for (guint i = 0; i < 4; i++)
    {
      quad.corners[i].x = (int) lround (x + (quad.corners[i].x - x) * part);
      quad.corners[i].y = (int) lround (y + (quad.corners[i].y - y) * part);
    }
  return quad;
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
          gboolean inside = is_inside (quad, x / scale, y / scale);
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
        if (!is_inside (quad, x, y))
          SET_DATA_BYTE (row, x, 255);
    }
}

/* Where the paper stands out from what it lies on, that is painted white: its grain looks like text. */
static void
forget_table (MilPage *self, PIX *letters, const guint8 *luma, double scale)
{
  int              width = pixGetWidth (self->pix), height = pixGetHeight (self->pix), all = 0;
  MilQuad          quad = { 0 };
  MilDetectionHint hint;
  if (!mil_page_finder_run (luma, width, height, width, &quad, &hint) || hint == MIL_HINT_LOW_CONTRAST
      || mil_quad_area (&quad) * MIN_PAGE_PART < (double) width * height)
    return;
  quad = grow (quad, 1.015);
  pixCountPixels (letters, &all, NULL);
  if (count_inside (letters, &quad, scale, FALSE) * 100 < all * MIN_INK_INSIDE)
    return;
  count_inside (letters, &quad, scale, TRUE);
  whiten_outside (self->pix, &quad);
}

/**
 * mil_page_find:
 * @picture: a picture
 * @cancellable: (nullable): to give up
 *
 * Finds the text in @picture (not the paper's edge, which is not there to be seen where white paper
 * lies on white), cuts it out, turns it so that lines run from left to right (maybe upside down),
 * straightens it and evens out the light. Blocking: for worker threads.
 *
 * Returns: (transfer full) (nullable): the page; %NULL when nothing looks like text, or cancelled
 */
MilPage *
mil_page_find (MilPicture *picture, GCancellable *cancellable)
{
  g_return_val_if_fail (MIL_IS_PICTURE (picture), NULL);

  g_autoptr (GBytes) luma = mil_picture_dup_luma (picture);
  g_autoptr (MilPage) self = g_new0 (MilPage, 1);
  self->pix = pix_from_luma (g_bytes_get_data (luma, NULL), mil_picture_get_width (picture), mil_picture_get_height (picture));
  self->m[0] = self->m[4] = 1;

  double scale = 1;
  MilBox text;
  PIX   *small = small_copy (self->pix, &scale);
  PIX   *ink = find_ink (small);
  PIX   *letters = keep_letters (ink);
  forget_table (self, letters, g_bytes_get_data (luma, NULL), scale);
  gboolean found = find_text (letters, &text, &self->text_share);
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
  pixDestroy (&ink);
  pixDestroy (&small);
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
 * mil_page_free:
 * @self: (transfer full): a page
 *
 * Frees it.
 */
void
mil_page_free (MilPage *self)
{
  pixDestroy (&self->pix);
  g_free (self);
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
 * @self: a page
 * @quarters: quarter turns to the right
 *
 * Returns: (transfer full): the turned page
 */
MilPage *
mil_page_turn (MilPage *self, int quarters)
{
  g_return_val_if_fail (self != NULL, NULL);

  MilPage *turned = g_new0 (MilPage, 1);
  *turned = *self;
  turned->pix = pixCopy (NULL, self->pix);
  turn (turned, quarters);
  return turned;
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

  MilPage *closed = g_new0 (MilPage, 1);
  *closed = *self;
  closed->pix = pixErodeGray (self->pix, 1, 3);
  if (closed->pix == NULL)
    closed->pix = pixCopy (NULL, self->pix);
  return closed;
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
  *x = self->m[0] * u + self->m[1] * v + self->m[2];
  *y = self->m[3] * u + self->m[4] * v + self->m[5];
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
