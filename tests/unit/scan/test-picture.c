/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-picture.h"

#include <string.h>

#define WIDTH 40
#define HEIGHT 20

/* White with a red top left quarter. */
static MilPicture *
make_picture (int width, int height)
{
  guint8 *rgb = g_malloc ((gsize) width * height * 3);
  memset (rgb, 255, (gsize) width * height * 3);
  for (int y = 0; y < height / 2; y++)
    for (int x = 0; x < width / 2; x++)
      memset (rgb + ((gsize) y * width + x) * 3 + 1, 0, 2);
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, (gsize) width * height * 3);
  return mil_picture_new (bytes, width, height, width * 3);
}

static gboolean
is_red (MilPicture *picture, int x, int y)
{
  const guint8 *rgb = g_bytes_get_data (mil_picture_get_pixels (picture), NULL);
  const guint8 *p = rgb + (gsize) y * mil_picture_get_stride (picture) + x * 3;
  return p[0] > 200 && p[1] < 80 && p[2] < 80;
}

static void
assert_refused (const void *data, gsize size, MilErrorCode code, const char *words)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_assert_null (mil_picture_decode (bytes, 0, NULL, &error));
  g_assert_error (error, MIL_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_refused (void)
{
  static const char svg[] = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
  static const char heic[] = "\0\0\0\x18"
                             "ftypheic\0\0\0\0";
  static const char text[] = "Dear Sir or Madam";
  static const char broken[] = "\xff\xd8\xff\xe0 and nothing more";
  static const char pdf[] = "%PDF-1.4 and nothing more";

  assert_refused ("", 0, MIL_ERROR_UNREADABLE, "empty");
  assert_refused (svg, sizeof svg - 1, MIL_ERROR_UNREADABLE, "SVG");
  assert_refused (heic, sizeof heic - 1, MIL_ERROR_UNREADABLE, "cut off");
  assert_refused (text, sizeof text - 1, MIL_ERROR_UNREADABLE, "PNG");
  assert_refused (broken, sizeof broken - 1, MIL_ERROR_UNREADABLE, "photo");
  assert_refused (pdf, sizeof pdf - 1, MIL_HAVE_PDF ? MIL_ERROR_UNREADABLE : MIL_ERROR_UNSUPPORTED, "PDF");
}

static guint32
crc (const guint8 *data, gsize n)
{
  guint32 value = 0xffffffff;
  for (gsize i = 0; i < n; i++)
    {
      value ^= data[i];
      for (int k = 0; k < 8; k++)
        value = value & 1 ? 0xedb88320 ^ (value >> 1) : value >> 1;
    }
  return value ^ 0xffffffff;
}

/* A PNG of a few bytes that says it is 20000 x 20000. */
static void
test_bomb (void)
{
  guint8  png[33] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R' };
  guint32 side = GUINT32_TO_BE (20000);
  memcpy (png + 16, &side, 4);
  memcpy (png + 20, &side, 4);
  png[24] = 8;
  png[25] = 2;
  guint32 sum = GUINT32_TO_BE (crc (png + 12, 17));
  memcpy (png + 29, &sum, 4);
  assert_refused (png, sizeof png, MIL_ERROR_TOO_LARGE, "120 megapixels");
}

static void
test_jpeg (void)
{
  g_autoptr (MilPicture) picture = make_picture (WIDTH, HEIGHT);
  g_autoptr (GBytes) jpeg = mil_picture_to_jpeg (picture, 95);
  g_autoptr (GError) error = NULL;
  g_autoptr (MilPicture) back = mil_picture_decode (jpeg, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mil_picture_get_width (back), ==, WIDTH);
  g_assert_cmpint (mil_picture_get_height (back), ==, HEIGHT);
  g_assert_true (is_red (back, 4, 4));
  g_assert_false (is_red (back, 30, 15));

  /* Half of it is missing. */
  gsize         size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);
  assert_refused (data, size - 40, MIL_ERROR_UNREADABLE, "cut off");
}

static GBytes *
with_orientation (GBytes *jpeg, guint8 orientation)
{
  guint8 app1[] = { 0xff, 0xe1, 0,    34, 'E', 'x', 'i', 'f', 0, 0, 'I',         'I', 42, 0, 8, 0, 0, 0,
                    1,    0,    0x12, 1,  3,   0,   1,   0,   0, 0, orientation, 0,   0,  0, 0, 0, 0, 0 };
  gsize  size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_byte_array_append (all, data, 2);
  g_byte_array_append (all, app1, sizeof app1);
  g_byte_array_append (all, data + 2, size - 2);
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

static void
test_orientation (void)
{
  /* Where the red corner comes to lie: left or right, top or bottom. */
  static const struct
  {
    gboolean swapped, right, bottom;
  } expected[] = { { 0 },
                   { FALSE, FALSE, FALSE },
                   { FALSE, TRUE, FALSE },
                   { FALSE, TRUE, TRUE },
                   { FALSE, FALSE, TRUE },
                   { TRUE, FALSE, FALSE },
                   { TRUE, TRUE, FALSE },
                   { TRUE, TRUE, TRUE },
                   { TRUE, FALSE, TRUE } };
  g_autoptr (MilPicture) picture = make_picture (WIDTH, HEIGHT);
  g_autoptr (GBytes) jpeg = mil_picture_to_jpeg (picture, 95);
  for (guint8 i = 1; i <= 8; i++)
    {
      g_autoptr (GBytes) turned = with_orientation (jpeg, i);
      g_autoptr (MilPicture) back = mil_picture_decode (turned, 0, NULL, NULL);
      g_assert_nonnull (back);
      int width = mil_picture_get_width (back), height = mil_picture_get_height (back);
      g_assert_cmpint (width, ==, expected[i].swapped ? HEIGHT : WIDTH);
      g_assert_true (is_red (back, expected[i].right ? width - 3 : 2, expected[i].bottom ? height - 3 : 2));
      g_assert_false (is_red (back, expected[i].right ? 2 : width - 3, expected[i].bottom ? 2 : height - 3));
    }
}

/* As many pixels as a phone's photo: decoded at a smaller scale. */
static void
test_forty_megapixels (void)
{
  g_autoptr (MilPicture) picture = make_picture (7296, 5472);
  g_autoptr (GBytes) jpeg = mil_picture_to_jpeg (picture, 60);
  g_autoptr (GError) error = NULL;
  g_autoptr (MilPicture) back = mil_picture_decode (jpeg, 0, NULL, &error);
  g_assert_no_error (error);
  int width = mil_picture_get_width (back), height = mil_picture_get_height (back);
  g_assert_cmpint (width * height, <=, MIL_PICTURE_KEPT_PIXELS);
  g_assert_cmpint (width, >, 3000);
  g_assert_true (is_red (back, 10, 10));
}

static void
test_transforms (void)
{
  g_autoptr (MilPicture) picture = make_picture (WIDTH, HEIGHT);
  g_autoptr (MilPicture) right = mil_picture_rotate (picture, 1);
  g_assert_cmpint (mil_picture_get_width (right), ==, HEIGHT);
  g_assert_true (is_red (right, HEIGHT - 1, 0));
  g_autoptr (MilPicture) left = mil_picture_rotate (picture, -1);
  g_assert_true (is_red (left, 0, WIDTH - 1));
  g_autoptr (MilPicture) crop = mil_picture_crop (picture, (MilBox) { 15, 5, 100, 10 });
  g_assert_cmpint (mil_picture_get_width (crop), ==, WIDTH - 15);
  g_assert_true (is_red (crop, 0, 0));
  g_assert_false (is_red (crop, 6, 0));
  g_assert_null (mil_picture_crop (picture, (MilBox) { 100, 100, 5, 5 }));
  g_autoptr (MilPicture) small = mil_picture_scale_down (picture, 10);
  g_assert_cmpint (mil_picture_get_width (small), ==, 10);
  g_assert_cmpint (mil_picture_get_height (small), ==, 5);
  g_assert_true (is_red (small, 0, 0));
}

static DexFuture *
load_missing (gpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/at/all.png");
  g_autoptr (GError) error = NULL;
  g_autoptr (MilPicture) none = mil_await_pointer (mil_picture_load_file (file, 0), &error);
  g_assert_null (none);
  g_assert_true (error != NULL && error->domain == MIL_ERROR);

  g_autoptr (MilPicture) picture = make_picture (WIDTH, HEIGHT);
  g_autoptr (GBytes) jpeg = mil_picture_to_jpeg (picture, 90);
  g_autoptr (GError) second = NULL;
  g_autoptr (MilPicture) back = mil_await_pointer (mil_picture_load_bytes (jpeg, 0), &second);
  g_assert_no_error (second);
  g_assert_cmpint (mil_picture_get_width (back), ==, WIDTH);
  g_main_loop_quit (data);
  return dex_future_new_true ();
}

static void
test_load (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  DexFuture *future = mil_spawn (load_missing, loop, NULL);
  g_main_loop_run (loop);
  dex_unref (future);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/scan/picture/refused", test_refused);
  g_test_add_func ("/scan/picture/bomb", test_bomb);
  g_test_add_func ("/scan/picture/jpeg", test_jpeg);
  g_test_add_func ("/scan/picture/orientation", test_orientation);
  g_test_add_func ("/scan/picture/forty-megapixels", test_forty_megapixels);
  g_test_add_func ("/scan/picture/transforms", test_transforms);
  g_test_add_func ("/scan/picture/load", test_load);
  return g_test_run ();
}
