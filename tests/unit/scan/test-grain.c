/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-grain.h"

#include <string.h>

#define WIDTH 240
#define HEIGHT 160

/* Gray paper with black bars, and grain of about @reach levels on it. */
static MilPicture *
make_picture (int reach)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (3);
  guint8 *rgb = g_malloc (WIDTH * HEIGHT * 3);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        int value = x > 60 && x < 180 && y % 20 < 3 ? 30 : 160;
        for (guint k = 0; reach > 0 && k < 3; k++)
          value += g_rand_int_range (chance, -reach, reach + 1);
        memset (rgb + (y * WIDTH + x) * 3, CLAMP (value, 0, 255), 3);
      }
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, WIDTH * HEIGHT * 3);
  return mil_picture_new (bytes, WIDTH, HEIGHT, WIDTH * 3);
}

static double
measure (MilPicture *picture)
{
  g_autoptr (GBytes) luma = mil_picture_dup_luma (picture);
  return mil_grain_measure (g_bytes_get_data (luma, NULL), mil_picture_get_width (picture), mil_picture_get_height (picture));
}

/* Three even chances within ±r deviate by r. */
static void
test_measure (void)
{
  for (int reach = 0; reach <= 40; reach += 10)
    {
      g_autoptr (MilPicture) picture = make_picture (reach);
      g_assert_cmpfloat_with_epsilon (measure (picture), reach, 1 + reach * 0.2);
    }
  g_assert_cmpfloat (mil_grain_measure ((const guint8 *) "\0\xff\0\xff", 2, 2), ==, 0);
}

static void
test_calm (void)
{
  g_autoptr (MilPicture) grainy = make_picture (40);
  gboolean stays = FALSE;
  g_autoptr (MilPicture) calm = mil_grain_calm (grainy, &stays);
  g_assert_true (calm != grainy);
  g_assert_cmpint (mil_picture_get_width (calm), ==, WIDTH);
  g_assert_cmpint (mil_picture_get_height (calm), ==, HEIGHT);
  g_assert_cmpfloat (measure (calm), <, measure (grainy) / 5);
  /* Bars stay where they are, and darker than the paper. */
  const guint8 *rgb = g_bytes_get_data (mil_picture_get_pixels (calm), NULL);
  int           bar = 0, paper = 0, stride = mil_picture_get_stride (calm);
  for (int x = 70; x < 170; x++)
    {
      bar += rgb[81 * stride + x * 3];
      paper += rgb[90 * stride + x * 3];
    }
  g_assert_cmpint (bar, <, paper - 100 * 40);
}

/* What needs nothing is taken as it is, pixel by pixel. */
static void
test_left_alone (void)
{
  for (int reach = 0; reach <= 10; reach += 5)
    {
      g_autoptr (MilPicture) picture = make_picture (reach);
      gboolean stays = TRUE;
      g_autoptr (MilPicture) same = mil_grain_calm (picture, &stays);
      g_assert_true (same == picture);
      g_assert_false (stays);
    }
}

/* Grain of several pixels is not made fainter, but told. */
static void
test_coarse (void)
{
  const int size = 4;
  g_autoptr (GRand) chance = g_rand_new_with_seed (5);
  int grains[WIDTH / 4 * (HEIGHT / 4)];
  for (guint i = 0; i < G_N_ELEMENTS (grains); i++)
    grains[i] = g_rand_int_range (chance, -40, 41);
  guint8 *rgb = g_malloc (WIDTH * HEIGHT * 3);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      memset (rgb + (y * WIDTH + x) * 3, 160 + grains[y / size * (WIDTH / size) + x / size], 3);
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, WIDTH * HEIGHT * 3);
  g_autoptr (MilPicture) picture = mil_picture_new (bytes, WIDTH, HEIGHT, WIDTH * 3);
  gboolean stays = FALSE;
  g_autoptr (MilPicture) calm = mil_grain_calm (picture, &stays);
  g_assert_true (stays);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/grain/measure", test_measure);
  g_test_add_func ("/scan/grain/calm", test_calm);
  g_test_add_func ("/scan/grain/left-alone", test_left_alone);
  g_test_add_func ("/scan/grain/coarse", test_coarse);
  return g_test_run ();
}
