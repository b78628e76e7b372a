/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-geometry.h"

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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/geometry/union", test_union);
  g_test_add_func ("/scan/geometry/quad", test_quad);
  return g_test_run ();
}
