/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-hull.h"

#include <math.h>

/* Corners that fall outside of the picture do so by no more than this many times its size. */
#define MAX_COORDINATE 30000

typedef struct
{
  double x;
  double y;
} Vertex;

static int
compare_points (gconstpointer a, gconstpointer b)
{
  const MilPoint *p = a, *q = b;
  return p->x != q->x ? (p->x > q->x) - (p->x < q->x) : (p->y > q->y) - (p->y < q->y);
}

/* Positive where the way from @a over @b to @c turns right, as seen with y growing downwards. */
static gint64
turn_of (const MilPoint *a, const MilPoint *b, const MilPoint *c)
{
  return (gint64) (b->x - a->x) * (c->y - a->y) - (gint64) (b->y - a->y) * (c->x - a->x);
}

static void
add_to_chain (GArray *hull, guint least, const MilPoint *point)
{
  while (hull->len >= least + 2
         && turn_of (&g_array_index (hull, MilPoint, hull->len - 2), &g_array_index (hull, MilPoint, hull->len - 1), point) <= 0)
    g_array_set_size (hull, hull->len - 1);
  g_array_append_vals (hull, point, 1);
}

/**
 * mil_hull_of_points:
 * @points: (element-type MilPoint): points; they are sorted
 *
 * The convex hull (Andrew's monotone chain, 1979).
 *
 * Returns: (transfer full) (element-type MilPoint): its corners, clockwise as seen
 */
GArray *
mil_hull_of_points (GArray *points)
{
  g_return_val_if_fail (points != NULL, NULL);

  GArray *hull = g_array_new (FALSE, FALSE, sizeof (MilPoint));
  g_array_sort (points, compare_points);
  for (guint i = 0; i < points->len; i++)
    add_to_chain (hull, 0, &g_array_index (points, MilPoint, i));
  guint least = hull->len > 0 ? hull->len - 1 : 0;
  for (guint i = points->len; i-- > 0;)
    add_to_chain (hull, least, &g_array_index (points, MilPoint, i));
  if (hull->len > 1)
    g_array_set_size (hull, hull->len - 1);
  return hull;
}

/* Where the edges before and after the edge from @b to @c meet when that one is left out; the triangle
 * that is added, or a negative number where they do not meet beyond it. */
static double
leave_out (const Vertex *a, const Vertex *b, const Vertex *c, const Vertex *d, Vertex *meet)
{
  double ux = b->x - a->x, uy = b->y - a->y, vx = c->x - d->x, vy = c->y - d->y;
  double cross = ux * vy - uy * vx;
  if (fabs (cross) < 1e-9)
    return -1;
  double s = ((c->x - b->x) * vy - (c->y - b->y) * vx) / cross;
  double t = ((c->x - b->x) * uy - (c->y - b->y) * ux) / cross;
  if (s < 0 || t < 0)
    return -1;
  *meet = (Vertex) { b->x + s * ux, b->y + s * uy };
  if (fabs (meet->x) > MAX_COORDINATE || fabs (meet->y) > MAX_COORDINATE)
    return -1;
  return fabs ((b->x - meet->x) * (c->y - meet->y) - (b->y - meet->y) * (c->x - meet->x)) / 2;
}

static gboolean
leave_out_cheapest (GArray *polygon)
{
  guint  n = polygon->len, best = n;
  double least = -1;
  Vertex where = { 0 };
  for (guint i = 0; i < n; i++)
    {
      Vertex        meet;
      const Vertex *v = (const Vertex *) polygon->data;
      double        added = leave_out (&v[(i + n - 1) % n], &v[i], &v[(i + 1) % n], &v[(i + 2) % n], &meet);
      if (added >= 0 && (best == n || added < least))
        {
          least = added;
          best = i;
          where = meet;
        }
    }
  if (best == n)
    return FALSE;
  g_array_index (polygon, Vertex, best) = where;
  g_array_remove_index (polygon, (best + 1) % n);
  return TRUE;
}

/**
 * mil_hull_enclose:
 * @hull: (element-type MilPoint): a convex hull, clockwise as seen
 * @quad: (out): four corners around it
 *
 * Finds a small quad that all of @hull lies in: the edges whose loss adds least are left out one by one,
 * so an ear that is folded over or cut off by the picture's edge comes back. The first corner is the
 * upper left one.
 *
 * Returns: whether there is one
 */
gboolean
mil_hull_enclose (GArray *hull, MilQuad *quad)
{
  g_return_val_if_fail (hull != NULL && quad != NULL, FALSE);

  if (hull->len < 4)
    return FALSE;
  g_autoptr (GArray) polygon = g_array_sized_new (FALSE, FALSE, sizeof (Vertex), hull->len);
  for (guint i = 0; i < hull->len; i++)
    {
      const MilPoint *point = &g_array_index (hull, MilPoint, i);
      Vertex          vertex = { point->x, point->y };
      g_array_append_val (polygon, vertex);
    }
  while (polygon->len > 4)
    if (!leave_out_cheapest (polygon))
      return FALSE;

  guint         first = 0;
  const Vertex *v = (const Vertex *) polygon->data;
  for (guint i = 1; i < 4; i++)
    if (v[i].x + v[i].y < v[first].x + v[first].y)
      first = i;
  for (guint i = 0; i < 4; i++)
    quad->corners[i] = (MilPoint) { (int) lround (v[(first + i) % 4].x), (int) lround (v[(first + i) % 4].y) };
  return TRUE;
}
