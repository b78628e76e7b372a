/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-straighten.h"

#include <math.h>

/* Sides of what is cut out. */
#define MIN_SIDE 8
#define MAX_SIDE 8000

/**
 * mil_quad_turn:
 * @quad: four corners in a picture
 * @quarters: quarter turns to the right; negative ones to the left
 * @width: of the picture before it is turned
 * @height: of the picture before it is turned
 *
 * Returns: the same four places in the turned picture, the upper left one first as it is seen then
 */
MilQuad
mil_quad_turn (const MilQuad *quad, int quarters, int width, int height)
{
  g_return_val_if_fail (quad != NULL, (MilQuad) { 0 });

  MilQuad turned = *quad;
  for (int i = ((quarters % 4) + 4) % 4; i > 0; i--)
    {
      MilQuad before = turned;
      for (guint c = 0; c < 4; c++)
        turned.corners[(c + 1) % 4] = (MilPoint) { height - before.corners[c].y, before.corners[c].x };
      int swapped = width;
      width = height;
      height = swapped;
    }
  return turned;
}

/**
 * mil_quad_is_convex:
 * @quad: four corners, clockwise
 *
 * Returns: whether no side crosses another and no corner points inwards
 */
gboolean
mil_quad_is_convex (const MilQuad *quad)
{
  g_return_val_if_fail (quad != NULL, FALSE);

  for (guint i = 0; i < 4; i++)
    {
      const MilPoint *a = &quad->corners[i], *b = &quad->corners[(i + 1) % 4], *c = &quad->corners[(i + 2) % 4];
      if ((double) (b->x - a->x) * (c->y - b->y) - (double) (b->y - a->y) * (c->x - b->x) <= 0)
        return FALSE;
    }
  return TRUE;
}

static double
side (const MilQuad *quad, guint from, guint to)
{
  const MilPoint *a = &quad->corners[from], *b = &quad->corners[to];
  return hypot (a->x - b->x, a->y - b->y);
}

/* The projective map from the unit square to @quad, in the closed form of P. Heckbert, "Fundamentals of
 * Texture Mapping and Image Warping", 1989, section 2.2.3. */
typedef struct
{
  double a, b, c, d, e, f, g, h;
} Map;

static Map
map_of_quad (const MilQuad *quad)
{
  const MilPoint *p = quad->corners;
  double          dx1 = p[1].x - p[2].x, dx2 = p[3].x - p[2].x, sx = p[0].x - p[1].x + p[2].x - p[3].x;
  double          dy1 = p[1].y - p[2].y, dy2 = p[3].y - p[2].y, sy = p[0].y - p[1].y + p[2].y - p[3].y;
  double          below = dx1 * dy2 - dx2 * dy1;
  Map             map = { 0 };

  map.g = (sx * dy2 - dx2 * sy) / below;
  map.h = (dx1 * sy - sx * dy1) / below;
  map.a = p[1].x - p[0].x + map.g * p[1].x;
  map.b = p[3].x - p[0].x + map.h * p[3].x;
  map.c = p[0].x;
  map.d = p[1].y - p[0].y + map.g * p[1].y;
  map.e = p[3].y - p[0].y + map.h * p[3].y;
  map.f = p[0].y;
  return map;
}

/* Outside of the picture lies its edge. */
static void
sample (const guint8 *rgb, int width, int height, int stride, double x, double y, guint8 *out)
{
  x = CLAMP (x - 0.5, 0, width - 1);
  y = CLAMP (y - 0.5, 0, height - 1);
  int           left = (int) x, top = (int) y;
  int           right = MIN (left + 1, width - 1), bottom = MIN (top + 1, height - 1);
  int           fx = (int) ((x - left) * 256), fy = (int) ((y - top) * 256);
  const guint8 *upper = rgb + (gsize) top * stride, *lower = rgb + (gsize) bottom * stride;
  for (int c = 0; c < 3; c++)
    {
      int above = upper[left * 3 + c] * (256 - fx) + upper[right * 3 + c] * fx;
      int below = lower[left * 3 + c] * (256 - fx) + lower[right * 3 + c] * fx;
      out[c] = (above * (256 - fy) + below * fy + (1 << 15)) >> 16;
    }
}

/**
 * mil_picture_straighten:
 * @self: a picture
 * @quad: four corners in it, clockwise; they may lie outside of it
 *
 * Cuts out what lies between the corners and makes a rectangle of it, whose sides are as long as the longer
 * ones of @quad. Blocking, for worker threads.
 *
 * Returns: (transfer full) (nullable): what was cut out, or %NULL where @quad is not convex or too small
 */
MilPicture *
mil_picture_straighten (MilPicture *self, const MilQuad *quad)
{
  g_return_val_if_fail (MIL_IS_PICTURE (self), NULL);
  g_return_val_if_fail (quad != NULL, NULL);

  int width = (int) round (MAX (side (quad, 0, 1), side (quad, 3, 2)));
  int height = (int) round (MAX (side (quad, 0, 3), side (quad, 1, 2)));
  if (!mil_quad_is_convex (quad) || MIN (width, height) < MIN_SIDE || MAX (width, height) > MAX_SIDE)
    return NULL;

  Map           map = map_of_quad (quad);
  const guint8 *from = g_bytes_get_data (mil_picture_get_pixels (self), NULL);
  int           in_width = mil_picture_get_width (self), in_height = mil_picture_get_height (self);
  gsize         stride = (gsize) width * 3;
  guint8       *rgb = g_malloc (stride * height);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        double u = (x + 0.5) / width, v = (y + 0.5) / height, w = map.g * u + map.h * v + 1;
        sample (from,
                in_width,
                in_height,
                mil_picture_get_stride (self),
                (map.a * u + map.b * v + map.c) / w,
                (map.d * u + map.e * v + map.f) / w,
                rgb + y * stride + (gsize) x * 3);
      }
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, stride * height);
  return mil_picture_new (bytes, width, height, (int) stride);
}
