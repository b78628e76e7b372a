/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-page-bend.h"

#include <math.h>
#include <string.h>

#include <allheaders.h>

#define MOST_LETTERS 8000
/* In heights of a letter: how far apart letters of a word may be, how much lower the next one may stand, and
 * how long a piece of a line has to be. */
#define MOST_GAP 2.0
#define MOST_STEP 0.4
#define LEAST_LENGTH 2.2
#define LEAST_IN_CHAIN 3
#define LEAST_CHAINS 6
/* Letters that hang below the line are so far off it, in heights, and count for nothing. */
#define FIRST_SPREAD 0.4
#define SPREAD 0.12
#define ROUNDS 4
/* Pieces that would lie at the same height, to so many heights of a letter, are of one line. */
#define SAME_LEVEL 0.6
#define JOININGS 3
/* Below so many heights from the highest to the lowest point of a line, it can be read as it is. */
#define LEAST_BEND 0.5
/* What lies off the lines, squared, must be so many times less than off straight ones. */
#define LEAST_GAIN 2.5
#define STIFFNESS 1e-3

/* A letter: where its middle is, where it stands, and which piece of a line it belongs to. */
typedef struct
{
  int    left;
  int    right;
  int    foot;
  int    next;
  int    before;
  int    chain;
  double weight;
} Letter;

typedef struct
{
  Letter *letters;
  int     n;
  int     n_chains;
  /* Where each piece of a line lies in the middle of the page. */
  double *levels;
} Lines;

static void
lines_clear (Lines *lines)
{
  g_clear_pointer (&lines->letters, g_free);
  g_clear_pointer (&lines->levels, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lines, lines_clear)

static int
compare_left (gconstpointer a, gconstpointer b)
{
  return ((const Letter *) a)->left - ((const Letter *) b)->left;
}

static void
find_letters (Lines *lines, PIX *ink, int height)
{
  PIX  *joined = pixCloseSafeBrick (NULL, ink, 1, MAX (3, height / 4));
  BOXA *boxes = joined ? pixConnCompBB (joined, 8) : NULL;
  int   n = boxes ? boxaGetCount (boxes) : 0;
  lines->letters = g_new (Letter, n + 1);
  for (int i = 0; i < n && lines->n < MOST_LETTERS; i++)
    {
      int x, y, w, h;
      boxaGetBoxGeometry (boxes, i, &x, &y, &w, &h);
      if (h * 10 >= height * 6 && h * 10 <= height * 17 && w <= 3 * height)
        lines->letters[lines->n++] = (Letter) { x, x + w, y + h, -1, -1, -1, 1 };
    }
  boxaDestroy (&boxes);
  pixDestroy (&joined);
  qsort (lines->letters, lines->n, sizeof (Letter), compare_left);
}

static int
gap (const Letter *a, const Letter *b)
{
  return b->left - a->right;
}

/* Each letter is followed by the nearest one on its right that stands about as high. */
static void
link_letters (Lines *lines, int height)
{
  for (int i = 0; i < lines->n; i++)
    {
      Letter *here = &lines->letters[i];
      int     best = -1;
      for (int k = i + 1; k < lines->n && lines->letters[k].left <= here->right + MOST_GAP * height; k++)
        {
          const Letter *other = &lines->letters[k];
          if (ABS (other->foot - here->foot) <= MOST_STEP * height && gap (here, other) > -height / 2
              && (best < 0 || gap (here, other) < gap (here, &lines->letters[best])))
            best = k;
        }
      if (best < 0)
        continue;
      Letter *other = &lines->letters[best];
      if (other->before >= 0 && gap (&lines->letters[other->before], other) <= gap (here, other))
        continue;
      if (other->before >= 0)
        lines->letters[other->before].next = -1;
      other->before = i;
      here->next = best;
    }
}

/* Numbers the pieces of lines that are long enough. */
static void
number_chains (Lines *lines, int height)
{
  for (int i = 0; i < lines->n; i++)
    {
      if (lines->letters[i].before >= 0)
        continue;
      int last = i, length = 1;
      for (int k = lines->letters[i].next; k >= 0; k = lines->letters[k].next, length++)
        last = k;
      if (length < LEAST_IN_CHAIN || lines->letters[last].right - lines->letters[i].left < LEAST_LENGTH * height)
        continue;
      for (int k = i; k >= 0; k = lines->letters[k].next)
        lines->letters[k].chain = lines->n_chains;
      lines->n_chains++;
    }
}

static double
middle_of (const Letter *letter)
{
  return (letter->left + letter->right) / 2.0;
}

static void
powers_at (const MilBend *self, double x, double y, double *powers)
{
  double u = CLAMP ((x - self->mid_x) / self->half_x, self->left, self->right);
  double v = CLAMP ((y - self->mid_y) / self->half_y, self->top, self->bottom);
  for (int a = 0, i = 0; a < 3; a++)
    {
      double along = a == 0 ? u : a == 1 ? u * u : u * u * u;
      powers[i++] = along;
      powers[i++] = along * v;
      powers[i++] = along * v * v;
    }
}

/**
 * mil_bend_at:
 * @self: how lines run
 * @x: from the page's left edge, in pixels
 * @y: where a line lies in the middle of the page, from its top edge
 *
 * Returns: by how much that line lies lower at @x, in pixels
 */
double
mil_bend_at (const MilBend *self, double x, double y)
{
  double powers[MIL_BEND_TERMS], sum = 0;
  powers_at (self, x, y, powers);
  for (int i = 0; i < MIL_BEND_TERMS; i++)
    sum += self->terms[i] * powers[i];
  return sum;
}

/**
 * mil_bend_most:
 * @self: how lines run
 *
 * Returns: the most that a line rises and falls from end to end of the text, in pixels
 */
double
mil_bend_most (const MilBend *self)
{
  double most = 0;
  for (int row = 0; row <= 8; row++)
    {
      double lowest = G_MAXDOUBLE, highest = -G_MAXDOUBLE;
      for (int column = 0; column <= 16; column++)
        {
          double at = mil_bend_at (self,
                                   self->mid_x + self->half_x * (column / 8.0 - 1),
                                   self->mid_y + self->half_y * (row / 4.0 - 1));
          lowest = MIN (lowest, at);
          highest = MAX (highest, at);
        }
      most = MAX (most, highest - lowest);
    }
  return most;
}

/* Sums of each piece of a line, that its letters are measured from. */
typedef struct
{
  double weight;
  double foot;
  double powers[MIL_BEND_TERMS];
} Mean;

static Mean *
find_means (const MilBend *self, const Lines *lines)
{
  Mean  *means = g_new0 (Mean, lines->n_chains + 1);
  double powers[MIL_BEND_TERMS];
  for (int i = 0; i < lines->n; i++)
    {
      const Letter *letter = &lines->letters[i];
      if (letter->chain < 0)
        continue;
      Mean *mean = &means[letter->chain];
      powers_at (self, middle_of (letter), lines->levels[letter->chain], powers);
      mean->weight += letter->weight;
      mean->foot += letter->weight * letter->foot;
      for (int k = 0; k < MIL_BEND_TERMS; k++)
        mean->powers[k] += letter->weight * powers[k];
    }
  for (int c = 0; c < lines->n_chains; c++)
    {
      double weight = MAX (means[c].weight, 1e-9);
      means[c].foot /= weight;
      for (int k = 0; k < MIL_BEND_TERMS; k++)
        means[c].powers[k] /= weight;
    }
  return means;
}

/* Gauss and Jordan; the matrix has its own weight on the diagonal, so there is always a pivot. */
static void
solve (double m[MIL_BEND_TERMS][MIL_BEND_TERMS + 1], double *out)
{
  for (int p = 0; p < MIL_BEND_TERMS; p++)
    for (int r = 0; r < MIL_BEND_TERMS; r++)
      {
        double factor = r == p ? 0 : m[r][p] / m[p][p];
        for (int c = p; r != p && c <= MIL_BEND_TERMS; c++)
          m[r][c] -= factor * m[p][c];
      }
  for (int r = 0; r < MIL_BEND_TERMS; r++)
    out[r] = m[r][MIL_BEND_TERMS] / m[r][r];
}

/* One round of weighted least squares. */
static void
fit_once (MilBend *self, const Lines *lines)
{
  double           m[MIL_BEND_TERMS][MIL_BEND_TERMS + 1] = { { 0 } }, powers[MIL_BEND_TERMS], all = 0;
  g_autofree Mean *means = find_means (self, lines);
  for (int i = 0; i < lines->n; i++)
    {
      const Letter *letter = &lines->letters[i];
      if (letter->chain < 0)
        continue;
      const Mean *mean = &means[letter->chain];
      powers_at (self, middle_of (letter), lines->levels[letter->chain], powers);
      all += letter->weight;
      for (int r = 0; r < MIL_BEND_TERMS; r++)
        {
          double own = letter->weight * (powers[r] - mean->powers[r]);
          for (int c = 0; c < MIL_BEND_TERMS; c++)
            m[r][c] += own * (powers[c] - mean->powers[c]);
          m[r][MIL_BEND_TERMS] += own * (letter->foot - mean->foot);
        }
    }
  for (int r = 0; r < MIL_BEND_TERMS; r++)
    m[r][r] += STIFFNESS * MAX (all, 1);
  solve (m, self->terms);
}

/* What the letters are off their lines, squared, each at most @spread; they are weighed anew by it. */
static double
weigh (const MilBend *self, Lines *lines, double spread)
{
  double           sum = 0, powers[MIL_BEND_TERMS];
  g_autofree Mean *means = find_means (self, lines);
  for (int i = 0; i < lines->n; i++)
    {
      Letter *letter = &lines->letters[i];
      if (letter->chain < 0)
        continue;
      const Mean *mean = &means[letter->chain];
      double      off = letter->foot - mean->foot;
      powers_at (self, middle_of (letter), lines->levels[letter->chain], powers);
      for (int k = 0; k < MIL_BEND_TERMS; k++)
        off -= self->terms[k] * (powers[k] - mean->powers[k]);
      double share = MIN (1, fabs (off) / (3 * spread));
      letter->weight = MAX (1e-3, (1 - share * share) * (1 - share * share));
      sum += MIN (off * off, 9 * spread * spread);
    }
  for (int c = 0; c < lines->n_chains; c++)
    {
      lines->levels[c] = means[c].foot;
      for (int k = 0; k < MIL_BEND_TERMS; k++)
        lines->levels[c] -= self->terms[k] * means[c].powers[k];
    }
  return sum;
}

typedef struct
{
  double left;
  double right;
} Extent;

static Extent *
find_extents (const Lines *lines)
{
  Extent *extents = g_new (Extent, lines->n_chains + 1);
  for (int c = 0; c < lines->n_chains; c++)
    extents[c] = (Extent) { G_MAXDOUBLE, -G_MAXDOUBLE };
  for (int i = 0; i < lines->n; i++)
    {
      const Letter *letter = &lines->letters[i];
      if (letter->chain < 0)
        continue;
      Extent *extent = &extents[letter->chain];
      extent->left = MIN (extent->left, letter->left);
      extent->right = MAX (extent->right, letter->right);
    }
  return extents;
}

/* Text on the left and a price on the right are far from each other but of one line: they tell together how
 * that runs. */
static void
join_chains (Lines *lines, double tolerance)
{
  g_autofree Extent *extents = find_extents (lines);
  g_autofree int    *into = g_new (int, lines->n_chains + 1);
  for (int c = 0; c < lines->n_chains; c++)
    {
      int    best = -1;
      double nearest = tolerance;
      into[c] = c;
      for (int k = 0; k < c && extents[c].left < extents[c].right; k++)
        {
          double apart = fabs (lines->levels[k] - lines->levels[c]);
          if (into[k] == k && extents[k].left < extents[k].right && apart < nearest
              && (extents[k].right <= extents[c].left || extents[c].right <= extents[k].left))
            {
              nearest = apart;
              best = k;
            }
        }
      if (best < 0)
        continue;
      into[c] = best;
      extents[best].left = MIN (extents[best].left, extents[c].left);
      extents[best].right = MAX (extents[best].right, extents[c].right);
    }
  for (int i = 0; i < lines->n; i++)
    if (lines->letters[i].chain >= 0)
      lines->letters[i].chain = into[lines->letters[i].chain];
}

static void
set_reach (MilBend *self, const Lines *lines)
{
  self->left = self->top = 1;
  self->right = self->bottom = -1;
  for (int i = 0; i < lines->n; i++)
    {
      const Letter *letter = &lines->letters[i];
      if (letter->chain < 0)
        continue;
      self->left = MIN (self->left, (letter->left - self->mid_x) / self->half_x);
      self->right = MAX (self->right, (letter->right - self->mid_x) / self->half_x);
      self->top = MIN (self->top, (letter->foot - self->mid_y) / self->half_y);
      self->bottom = MAX (self->bottom, (letter->foot - self->mid_y) / self->half_y);
    }
}

/**
 * mil_bend_fit:
 * @self: (out): how lines run
 * @ink: a page, 1 bit a pixel
 * @letter: height of its letters in pixels
 *
 * Finds out how the lines of text run: letters that stand side by side make pieces of lines, and all of those
 * together tell by how much lines rise and fall where on the page. Blocking: some milliseconds.
 *
 * Returns: whether they are bent so much that they are better read when they are straightened
 */
gboolean
mil_bend_fit (MilBend *self, struct Pix *ink, int letter)
{
  g_return_val_if_fail (self != NULL && ink != NULL, FALSE);

  g_auto (Lines) lines = { 0 };
  *self = (MilBend) { .mid_x = pixGetWidth (ink) / 2.0, .mid_y = pixGetHeight (ink) / 2.0 };
  self->half_x = MAX (1, self->mid_x);
  self->half_y = MAX (1, self->mid_y);
  if (letter < 5)
    return FALSE;
  find_letters (&lines, ink, letter);
  link_letters (&lines, letter);
  number_chains (&lines, letter);
  if (lines.n_chains < LEAST_CHAINS)
    return FALSE;
  set_reach (self, &lines);

  lines.levels = g_new0 (double, lines.n_chains);
  for (int i = 0; i < lines.n; i++)
    if (lines.letters[i].chain >= 0)
      lines.levels[lines.letters[i].chain] = lines.letters[i].foot;
  double spread = SPREAD * letter, straight = weigh (self, &lines, FIRST_SPREAD * letter), bent = 0;
  straight = weigh (self, &lines, spread);
  for (int i = 0; i < lines.n; i++)
    lines.letters[i].weight = 1;
  for (int joined = 0; joined < JOININGS; joined++)
    {
      for (int round = 0; round < ROUNDS; round++)
        {
          fit_once (self, &lines);
          bent = weigh (self, &lines, round == 0 ? FIRST_SPREAD * letter : spread);
        }
      if (joined + 1 < JOININGS)
        join_chains (&lines, SAME_LEVEL * letter);
    }
  return bent * LEAST_GAIN < straight && mil_bend_most (self) >= LEAST_BEND * letter;
}
