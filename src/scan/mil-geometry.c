/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-geometry.h"

#include <math.h>

/**
 * mil_box_union:
 * @a: a box
 * @b: another
 *
 * Returns: the smallest box around both; a box without width counts for nothing
 */
MilBox
mil_box_union (MilBox a, MilBox b)
{
  if (a.width <= 0)
    return b;
  if (b.width <= 0)
    return a;

  int    right = MAX (a.x + a.width, b.x + b.width);
  int    bottom = MAX (a.y + a.height, b.y + b.height);
  MilBox all = { .x = MIN (a.x, b.x), .y = MIN (a.y, b.y) };
  all.width = right - all.x;
  all.height = bottom - all.y;
  return all;
}

/**
 * mil_quad_bounds:
 * @quad: four corners
 *
 * Returns: the smallest upright box around @quad
 */
MilBox
mil_quad_bounds (const MilQuad *quad)
{
  g_return_val_if_fail (quad != NULL, ((MilBox) { 0 }));

  int left = G_MAXINT, top = G_MAXINT, right = G_MININT, bottom = G_MININT;
  for (guint i = 0; i < 4; i++)
    {
      left = MIN (left, quad->corners[i].x);
      right = MAX (right, quad->corners[i].x);
      top = MIN (top, quad->corners[i].y);
      bottom = MAX (bottom, quad->corners[i].y);
    }
  return (MilBox) { left, top, right - left, bottom - top };
}

/**
 * mil_quad_of_box:
 * @box: a box
 *
 * Returns: its corners
 */
MilQuad
mil_quad_of_box (MilBox box)
{
  int right = box.x + box.width, bottom = box.y + box.height;
  return (MilQuad) { { { box.x, box.y }, { right, box.y }, { right, bottom }, { box.x, bottom } } };
}

/**
 * mil_quad_area:
 * @quad: four corners in order
 *
 * Returns: its area in square pixels (shoelace formula)
 */
double
mil_quad_area (const MilQuad *quad)
{
  g_return_val_if_fail (quad != NULL, 0);

  double twice = 0;
  for (guint i = 0; i < 4; i++)
    {
      const MilPoint *p = &quad->corners[i], *q = &quad->corners[(i + 1) % 4];
      twice += (double) p->x * q->y - (double) q->x * p->y;
    }
  return fabs (twice) / 2;
}

/**
 * mil_quad_is_set:
 * @quad: four corners
 *
 * Returns: whether it encloses anything
 */
gboolean
mil_quad_is_set (const MilQuad *quad)
{
  g_return_val_if_fail (quad != NULL, FALSE);

  return mil_quad_area (quad) >= 1;
}

/**
 * mil_quad_distance:
 * @a: four corners
 * @b: four others
 *
 * Returns: by how many pixels the corner that differs most differs
 */
double
mil_quad_distance (const MilQuad *a, const MilQuad *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, 0);

  double most = 0;
  for (guint i = 0; i < 4; i++)
    most = MAX (most, hypot (a->corners[i].x - b->corners[i].x, a->corners[i].y - b->corners[i].y));
  return most;
}

/**
 * mil_quad_contains:
 * @quad: four corners of something convex, clockwise
 * @x: pixels from the left edge
 * @y: pixels from the top edge
 *
 * Returns: whether the point lies inside
 */
gboolean
mil_quad_contains (const MilQuad *quad, double x, double y)
{
  g_return_val_if_fail (quad != NULL, FALSE);

  for (guint i = 0; i < 4; i++)
    {
      const MilPoint *a = &quad->corners[i], *b = &quad->corners[(i + 1) % 4];
      if ((double) (b->x - a->x) * (y - a->y) - (double) (b->y - a->y) * (x - a->x) < 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * mil_quad_grow:
 * @quad: four corners
 * @part: 1.1 makes it larger by a tenth
 *
 * Returns: @quad grown from its middle
 */
MilQuad
mil_quad_grow (const MilQuad *quad, double part)
{
  g_return_val_if_fail (quad != NULL, ((MilQuad) { 0 }));

  MilQuad grown;
  double  x = 0, y = 0;
  for (guint i = 0; i < 4; i++)
    x += quad->corners[i].x / 4.0, y += quad->corners[i].y / 4.0;
  for (guint i = 0; i < 4; i++)
    grown.corners[i] = (MilPoint) { (int) lround (x + (quad->corners[i].x - x) * part),
                                    (int) lround (y + (quad->corners[i].y - y) * part) };
  return grown;
}

/* Whether a line along one side of @a has all of @b on its other side. */
static gboolean
is_parted (const MilQuad *a, const MilQuad *b)
{
  for (guint i = 0; i < 4; i++)
    {
      const MilPoint *p = &a->corners[i], *q = &a->corners[(i + 1) % 4];
      guint           beyond = 0;
      for (guint k = 0; k < 4; k++)
        beyond += (double) (q->x - p->x) * (b->corners[k].y - p->y) < (double) (q->y - p->y) * (b->corners[k].x - p->x);
      if (beyond == 4)
        return TRUE;
    }
  return FALSE;
}

/**
 * mil_quad_overlap:
 * @a: four corners of something convex, clockwise
 * @b: four others
 *
 * Returns: whether no side of either parts them (separating axes)
 */
gboolean
mil_quad_overlap (const MilQuad *a, const MilQuad *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return !is_parted (a, b) && !is_parted (b, a);
}
