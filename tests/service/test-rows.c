/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "service/storage/mil-rows.h"

static void
test_cells (void)
{
  g_autoptr (MilRows) rows = mil_rows_new (4);

  g_assert_cmpuint (mil_rows_count (rows), ==, 0);
  mil_rows_add_text (rows, "grüezi", 7);
  mil_rows_add_int (rows, G_MININT64);
  mil_rows_add_bytes (rows, "a\0b", 3);
  mil_rows_add_null (rows);
  mil_rows_add_null (rows);
  mil_rows_add_int (rows, 7);
  mil_rows_add_bytes (rows, NULL, 0);
  mil_rows_add_text (rows, "", 0);

  g_assert_cmpuint (mil_rows_count (rows), ==, 2);
  g_assert_true (mil_rows_next (rows));
  g_assert_cmpstr (mil_rows_text (rows, 0), ==, "grüezi");
  g_assert_cmpint (mil_rows_int (rows, 1), ==, G_MININT64);
  g_assert_cmpmem (g_bytes_get_data (mil_rows_bytes (rows, 2), NULL), g_bytes_get_size (mil_rows_bytes (rows, 2)), "a\0b", 3);
  g_assert_true (mil_rows_is_null (rows, 3));
  g_assert_true (mil_rows_next (rows));
  g_assert_null (mil_rows_text (rows, 0));
  g_assert_cmpuint (g_bytes_get_size (mil_rows_bytes (rows, 2)), ==, 0);
  g_assert_cmpstr (mil_rows_text (rows, 3), ==, "");
  g_assert_false (mil_rows_next (rows));
  g_assert_false (mil_rows_next (rows));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/rows/cells", test_cells);
  return g_test_run ();
}
