/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-hull.h"
#include "scan/mil-straighten.h"

static void
test_union (void)
{
  MilBox all = mil_box_union ((MilBox) { 10, 10, 5, 5 }, (MilBox) { 0, 12, 4, 20 });
  g_assert_cmpint (all.x, ==, 0);
  g_assert_cmpint (all.y, ==, 10);
  g_assert_cmpint (all.width, ==, 15);
  g_assert_cmpint (all.height, ==, 22);

  all = mil_box_union ((MilBox) { 0 }, (MilBox) { 7, 8, 9, 10 });
  g_assert_cmpint (all.x, ==, 7);
  g_assert_cmpint (all.width, ==, 9);
}

static void
test_quad (void)
{
  MilQuad quad = mil_quad_of_box ((MilBox) { 2, 3, 10, 20 });
  g_assert_cmpfloat (mil_quad_area (&quad), ==, 200);
  g_assert_true (mil_quad_is_set (&quad));
  g_assert_false (mil_quad_is_set (&(MilQuad) { 0 }));
  MilBox box = mil_quad_bounds (&quad);
  g_assert_cmpint (box.x, ==, 2);
  g_assert_cmpint (box.height, ==, 20);

  MilQuad moved = quad;
  moved.corners[2].x += 3;
  moved.corners[2].y += 4;
  g_assert_cmpfloat (mil_quad_distance (&quad, &moved), ==, 5);
}

/* A quarter turn to the right brings what was lower left to the upper left; four of them change nothing. */
static void
test_turn (void)
{
  MilQuad quad = { { { 10, 20 }, { 60, 20 }, { 60, 90 }, { 10, 90 } } };
  MilQuad turned = mil_quad_turn (&quad, 1, 100, 200);
  g_assert_cmpint (turned.corners[0].x, ==, 110);
  g_assert_cmpint (turned.corners[0].y, ==, 10);
  g_assert_cmpint (turned.corners[2].x, ==, 180);
  g_assert_cmpint (turned.corners[2].y, ==, 60);
  g_assert_true (mil_quad_is_convex (&turned));
  turned = mil_quad_turn (&turned, 3, 200, 100);
  g_assert_cmpfloat (mil_quad_distance (&quad, &turned), ==, 0);

  MilQuad crossed = { { { 10, 20 }, { 60, 20 }, { 10, 90 }, { 60, 90 } } };
  g_assert_false (mil_quad_is_convex (&crossed));
}

/* A red square seen at an angle fills what is cut out, upright. */
static void
test_straighten (void)
{
  MilQuad quad = { { { 40, 30 }, { 120, 50 }, { 110, 140 }, { 30, 110 } } };
  guint8 *rgb = g_malloc0 (160 * 160 * 3);
  for (int y = 0; y < 160; y++)
    for (int x = 0; x < 160; x++)
      rgb[(y * 160 + x) * 3] = mil_quad_contains (&quad, x, y) ? 255 : 0;
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, 160 * 160 * 3);
  g_autoptr (MilPicture) picture = mil_picture_new (bytes, 160, 160, 480);
  g_autoptr (MilPicture) cut = mil_picture_straighten (picture, &quad);
  g_assert_nonnull (cut);
  int width = mil_picture_get_width (cut), height = mil_picture_get_height (cut);
  g_assert_cmpint (width, >=, 80);
  g_assert_cmpint (height, >=, 85);
  const guint8 *out = g_bytes_get_data (mil_picture_get_pixels (cut), NULL);
  for (int y = 2; y < height - 2; y++)
    for (int x = 2; x < width - 2; x++)
      g_assert_cmpint (out[y * mil_picture_get_stride (cut) + x * 3], >, 200);

  MilQuad crossed = { { { 40, 30 }, { 120, 50 }, { 30, 110 }, { 110, 140 } } };
  g_assert_null (mil_picture_straighten (picture, &crossed));
}

/* A sheet whose upper right ear is folded over: the corner comes back, and points inside change nothing. */
static void
test_enclose (void)
{
  static const MilPoint sheet[] = { { 10, 20 },  { 80, 20 }, { 100, 40 }, { 100, 190 },
                                    { 10, 200 }, { 50, 90 }, { 10, 110 } };
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (MilPoint));
  g_array_append_vals (points, sheet, G_N_ELEMENTS (sheet));
  g_autoptr (GArray) hull = mil_hull_of_points (points);
  g_assert_cmpuint (hull->len, ==, 5);
  MilQuad quad;
  g_assert_true (mil_hull_enclose (hull, &quad));
  MilQuad wanted = { { { 10, 20 }, { 100, 20 }, { 100, 190 }, { 10, 200 } } };
  g_assert_cmpfloat (mil_quad_distance (&quad, &wanted), <=, 1);

  g_array_set_size (points, 3);
  g_autoptr (GArray) triangle = mil_hull_of_points (points);
  g_assert_false (mil_hull_enclose (triangle, &quad));
  g_array_set_size (points, 0);
  g_autoptr (GArray) nothing = mil_hull_of_points (points);
  g_assert_cmpuint (nothing->len, ==, 0);
}

static void
test_overlap (void)
{
  MilQuad quad = mil_quad_of_box ((MilBox) { 10, 10, 100, 200 }),
          beside = mil_quad_of_box ((MilBox) { 120, 10, 80, 200 });
  MilQuad diamond = { { { 110, 60 }, { 160, 110 }, { 110, 160 }, { 60, 110 } } };
  g_assert_false (mil_quad_overlap (&quad, &beside));
  g_assert_true (mil_quad_overlap (&quad, &diamond));
  g_assert_true (mil_quad_overlap (&beside, &diamond));
  MilQuad within = mil_quad_grow (&quad, 0.5);
  g_assert_true (mil_quad_overlap (&quad, &within));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/geometry/union", test_union);
  g_test_add_func ("/scan/geometry/quad", test_quad);
  g_test_add_func ("/scan/geometry/enclose", test_enclose);
  g_test_add_func ("/scan/geometry/overlap", test_overlap);
  g_test_add_func ("/scan/geometry/turn", test_turn);
  g_test_add_func ("/scan/geometry/straighten", test_straighten);
  return g_test_run ();
}
