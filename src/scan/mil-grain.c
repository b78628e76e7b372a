/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-grain.h"

#include <math.h>

#include "scan/mil-luma.h"

/* Grain is measured in squares of so many pixels, so many of them along each side at most. */
#define SQUARE 16
#define MOST_SQUARES 48
/* One square in so many is plain paper or plain table, whatever else is in the picture. */
#define PLAIN_PART 6
/* Deviation, in levels of brightness: from here on grain is read as strokes; and what each further pixel
 * around makes faint enough. */
#define STRONG_GRAIN 16
#define STEP 22
#define MOST_REACH 3
/* What is left of grain in a picture of a quarter of the size: of several pixels each, it cannot be blurred
 * away without the letters, and looks like their strokes. Scans and photos have 2 at most. */
#define SMALLER 4
#define COARSE_GRAIN 6

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;
  return (left > right) - (left < right);
}

/* How much pixels deviate that edges and slopes do not account for: Immerkær, Fast noise variance estimation
 * (1996). */
static double
deviation (const guint8 *luma, int width, int left, int top)
{
  guint sum = 0;
  for (int y = top + 1; y < top + SQUARE - 1; y++)
    {
      const guint8 *row = luma + (gsize) y * width + left, *above = row - width, *below = row + width;
      for (int x = 1; x < SQUARE - 1; x++)
        {
          int even = above[x - 1] + above[x + 1] + below[x - 1] + below[x + 1] + 4 * row[x];
          int odd = 2 * (above[x] + below[x] + row[x - 1] + row[x + 1]);
          sum += ABS (even - odd);
        }
    }
  return sqrt (G_PI / 2) / 6 * sum / ((SQUARE - 2) * (SQUARE - 2));
}

/**
 * mil_grain_measure:
 * @luma: brightness, one byte a pixel, without padding
 * @width: in pixels
 * @height: in pixels
 *
 * Measures the noise of a camera's sensor where the picture is plainest, so that print and edges do not
 * count. A millisecond at most.
 *
 * Returns: its standard deviation in levels of brightness; 0 for a picture too small to tell
 */
double
mil_grain_measure (const guint8 *luma, int width, int height)
{
  g_return_val_if_fail (luma != NULL && width > 0 && height > 0, 0);

  int across = MIN (width / SQUARE, MOST_SQUARES), down = MIN (height / SQUARE, MOST_SQUARES);
  if (across < 1 || down < 1)
    return 0;
  g_autofree double *found = g_new (double, across *down);
  for (int y = 0; y < down; y++)
    for (int x = 0; x < across; x++)
      found[y * across + x] = deviation (luma, width, x * (width / across), y * (height / down));
  qsort (found, across * down, sizeof *found, compare_doubles);
  return found[across * down / PLAIN_PART];
}

/* Each pixel the mean of those up to @reach from it. */
static MilPicture *
blur (MilPicture *picture, int reach)
{
  int               width = mil_picture_get_width (picture), height = mil_picture_get_height (picture);
  int               stride = mil_picture_get_stride (picture), n = 2 * reach + 1;
  const guint8     *rgb = g_bytes_get_data (mil_picture_get_pixels (picture), NULL);
  guint8           *blurred = g_malloc ((gsize) width * height * 3), *out = blurred;
  g_autofree guint *columns = g_new0 (guint, width * 3);
  for (int v = -reach; v < reach; v++)
    for (int i = 0; i < width * 3; i++)
      columns[i] += rgb[(gsize) CLAMP (v, 0, height - 1) * stride + i];
  for (int y = 0; y < height; y++)
    {
      const guint8 *enters = rgb + (gsize) MIN (y + reach, height - 1) * stride;
      const guint8 *leaves = rgb + (gsize) MAX (y - reach, 0) * stride;
      for (int i = 0; i < width * 3; i++)
        columns[i] += enters[i];
      for (int x = 0; x < width; x++)
        for (int c = 0; c < 3; c++)
          {
            guint sum = 0;
            for (int u = -reach; u <= reach; u++)
              sum += columns[CLAMP (x + u, 0, width - 1) * 3 + c];
            *out++ = sum / (n * n);
          }
      for (int i = 0; i < width * 3; i++)
        columns[i] -= leaves[i];
    }
  g_autoptr (GBytes) bytes = g_bytes_new_take (blurred, (gsize) width * height * 3);
  return mil_picture_new (bytes, width, height, width * 3);
}

static gboolean
is_coarse (const guint8 *luma, int width, int height)
{
  if (width < SMALLER || height < SMALLER)
    return FALSE;
  g_autoptr (MilLuma) small = mil_luma_shrink (luma, width, height, width / SMALLER, height / SMALLER);
  return mil_grain_measure (small->pixels, small->width, small->height) >= COARSE_GRAIN;
}

/**
 * mil_grain_calm:
 * @picture: a picture
 * @stays: (out): whether there is grain that cannot be made fainter, so that digits may be misread in any look
 *
 * Makes strong grain fainter before text is looked for: each speck of it would be taken for a letter, and
 * reading thousands of them takes long. Blocking: for worker threads.
 *
 * Returns: (transfer full): a picture of the same size without strong grain; @picture itself where there is none
 */
MilPicture *
mil_grain_calm (MilPicture *picture, gboolean *stays)
{
  g_return_val_if_fail (MIL_IS_PICTURE (picture) && stays != NULL, NULL);

  *stays = FALSE;
  if (mil_picture_get_words (picture) != NULL)
    return g_object_ref (picture);
  g_autoptr (GBytes) luma = mil_picture_dup_luma (picture);
  const guint8 *pixels = g_bytes_get_data (luma, NULL);
  int           width = mil_picture_get_width (picture), height = mil_picture_get_height (picture);
  double        grain = mil_grain_measure (pixels, width, height);
  *stays = is_coarse (pixels, width, height);
  if (grain < STRONG_GRAIN)
    return g_object_ref (picture);
  return blur (picture, CLAMP ((int) ceil (grain / STEP), 1, MOST_REACH));
}
