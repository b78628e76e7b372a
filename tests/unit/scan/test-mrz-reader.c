/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-mrz-reader.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "scan/mil-mrz-fit.h"

static const MilDate today = { 2026, 11, 22 };

static char *
sample_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "tests", "samples", "mrz", name, NULL);
}

static MilPicture *
load (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = sample_path (name), *data = NULL;
  gsize            size = 0;
  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&data), size);
  MilPicture *picture = mil_picture_decode (bytes, 0, NULL, &error);
  g_assert_no_error (error);
  return picture;
}

/* A letter a column, and so many of each, none of which the network was trained with. */
static void
test_letters (void)
{
  g_autoptr (MilPicture) sheet = load ("letters.png");
  g_autoptr (GBytes) bytes = mil_picture_dup_luma (sheet);
  const guint8 *luma = g_bytes_get_data (bytes, NULL);
  int width = mil_picture_get_width (sheet), rows = mil_picture_get_height (sheet) / MIL_MRZ_GLYPH_ROWS;
  g_assert_cmpint (width, ==, MIL_MRZ_N_GLYPHS * MIL_MRZ_GLYPH_COLUMNS);

  g_autoptr (MilMrzGlyphs) glyphs = mil_mrz_glyphs_new ();
  guint right = 0;
  for (int row = 0; row < rows; row++)
    for (int glyph = 0; glyph < MIL_MRZ_N_GLYPHS; glyph++)
      {
        float window[MIL_MRZ_GLYPH_ROWS * MIL_MRZ_GLYPH_COLUMNS], logs[MIL_MRZ_N_CLASSES], sum = 0;
        for (int i = 0; i < MIL_MRZ_GLYPH_ROWS * MIL_MRZ_GLYPH_COLUMNS; i++)
          window[i] = luma[(row * MIL_MRZ_GLYPH_ROWS + i / MIL_MRZ_GLYPH_COLUMNS) * width + glyph * MIL_MRZ_GLYPH_COLUMNS + i % MIL_MRZ_GLYPH_COLUMNS];
        mil_mrz_glyphs_read (glyphs, window, logs);
        int best = 0;
        for (int g = 0; g < MIL_MRZ_N_GLYPHS; g++)
          best = logs[g] > logs[best] ? g : best;
        for (int g = 0; g < MIL_MRZ_N_CLASSES; g++)
          sum += expf (logs[g]);
        g_assert_cmpfloat_with_epsilon (sum, 1, 0.001);
        right += best == glyph;
      }
  g_test_message ("%u of %d letters", right, rows * MIL_MRZ_N_GLYPHS);
  g_assert_cmpuint (100 * right, >=, 99 * (guint) (rows * MIL_MRZ_N_GLYPHS));
}

/* Letters of any width, their middles 13.7 columns apart. */
static void
test_pitch (void)
{
  float ink[600], pitches[3], phases[3];
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  for (guint i = 0; i < G_N_ELEMENTS (ink); i++)
    {
      float cell = (i - 5.2f) / 13.7f, off = fabsf (cell - roundf (cell));
      ink[i] = (off < 0.3f ? 20 : -12) + (float) g_rand_double_range (random, -15, 15);
    }
  g_assert_cmpuint (mil_mrz_fit_pitches (ink, G_N_ELEMENTS (ink), 8, 24, pitches, phases, 3), >=, 1);
  g_assert_cmpfloat_with_epsilon (pitches[0], 13.7, 0.1);
  float cells = (phases[0] - 5.2f) / 13.7f;
  g_assert_cmpfloat_with_epsilon (cells, roundf (cells), 0.1);
}

static void
assert_lines (const MilMrz *mrz, JsonObject *truth)
{
  const char *file = json_object_get_string_member (truth, "file");
  JsonArray  *lines = json_object_get_array_member (truth, "lines");
  g_test_message ("%s", file);
  g_assert_nonnull (mrz);
  g_assert_cmpstr (mil_mrz_type_name (mrz->type), ==, json_object_get_string_member (truth, "format"));
  for (guint i = 0; i < json_array_get_length (lines); i++)
    g_assert_cmpstr (mrz->lines[i], ==, json_array_get_string_element (lines, i));
  g_assert_true (mrz->valid);
}

/* Cards and passports; turned, leaning, seen at an angle. */
static void
test_documents (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = sample_path ("truth.jsonl"), *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) rows = g_strsplit (g_strstrip (text), "\n", -1);
  g_assert_cmpuint (g_strv_length (rows), >=, 3);
  for (guint i = 0; rows[i] != NULL; i++)
    {
      g_autoptr (JsonNode) node = json_from_string (rows[i], &error);
      g_assert_no_error (error);
      JsonObject *truth = json_node_get_object (node);
      g_autoptr (MilPicture) picture = load (json_object_get_string_member (truth, "file"));
      g_autoptr (MilMrz) mrz = mil_mrz_read_picture (picture, TRUE, today, NULL);
      assert_lines (mrz, truth);
      if (i > 0)
        continue;
      g_autoptr (MilPicture) turned = mil_picture_rotate (picture, 2);
      g_autoptr (MilMrz) same = mil_mrz_read_picture (turned, TRUE, today, NULL);
      assert_lines (same, truth);
    }
}

static MilLuma *
luma_of (MilPicture *picture)
{
  g_autoptr (GBytes) bytes = mil_picture_dup_luma (picture);
  MilLuma *luma = mil_luma_new (mil_picture_get_width (picture), mil_picture_get_height (picture));

  memcpy (luma->pixels, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return luma;
}

/* A document may lie at any angle; where none is expected, it is not looked for at all of them. */
static void
test_angles (void)
{
  g_autoptr (MilPicture) picture = load ("td3-50.jpg");
  g_autoptr (MilLuma) luma = luma_of (picture);
  g_autofree MilMrzTable *table = g_new (MilMrzTable, 1);

  g_assert_true (mil_mrz_read_luma (mil_luma_rotate (luma, 38), TRUE, table, NULL));
  g_autoptr (MilMrz) mrz = mil_mrz_judge (table, today);
  g_assert_nonnull (mrz);
  g_assert_cmpstr (mrz->lines[0], ==, "P<INDKIM<<JUAN<CARLOS<<<<<<<<<<<<<<<<<<<<<<<");
  g_assert_true (mrz->valid);
  g_assert_false (mil_mrz_read_luma (mil_luma_rotate (luma, 38), FALSE, table, NULL));
}

static void
test_rotate (void)
{
  MilLuma *luma = mil_luma_new (40, 20);

  memset (luma->pixels, 200, 800);
  luma->pixels[5 * 40 + 30] = 0;
  g_autoptr (MilLuma) turned = mil_luma_rotate (luma, 90);
  g_assert_cmpint (turned->width, ==, 20);
  g_assert_cmpint (turned->height, ==, 40);
  /* Clockwise: what is near the top right comes to the lower right. */
  g_assert_cmpint (turned->pixels[30 * 20 + 14], ==, 0);
  g_autoptr (MilLuma) leaning = mil_luma_rotate (luma, 30);
  g_assert_cmpint (leaning->width, ==, 45);
  g_assert_cmpint (leaning->height, ==, 38);
  g_assert_cmpint (leaning->pixels[0], ==, 200);
  mil_luma_free (luma);
}

static MilPicture *
make_picture (int width, int height, guint (*shade) (int x, int y))
{
  guint8 *rgb = g_malloc ((gsize) width * height * 3);
  for (int i = 0; i < width * height; i++)
    memset (rgb + 3 * i, shade (i % width, i / width), 3);
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, (gsize) width * height * 3);
  return mil_picture_new (bytes, width, height, width * 3);
}

static guint
white (int x, int y)
{
  return 255;
}

static guint
stripes (int x, int y)
{
  return y / 12 % 2 && x / 5 % 2 ? 0 : 255;
}

static guint
noise (int x, int y)
{
  return (guint) (x * 7919 + y * 104729 + (x * y) % 251 * 31) % 256;
}

/* Nothing is read into what is no document. */
static void
test_nothing (void)
{
  const struct
  {
    int width;
    int height;
    guint (*shade) (int x, int y);
  } pictures[] = { { 1, 1, white },     { 1, 300, stripes },   { 300, 1, noise },  { 7, 9, noise },
                   { 200, 120, white }, { 200, 120, stripes }, { 160, 100, noise } };
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autoptr (MilPicture) picture = make_picture (pictures[i].width, pictures[i].height, pictures[i].shade);
      g_assert_null (mil_mrz_read_picture (picture, TRUE, today, NULL));
    }
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_cancellable_cancel (cancelled);
  g_autoptr (MilPicture) picture = load ("td1-5.jpg");
  g_assert_null (mil_mrz_read_picture (picture, TRUE, today, cancelled));
}

/* Where everything looks a little like letters, it is given up after so many cells: there is none in the others. */
static void
test_bounded (void)
{
  g_autoptr (MilPicture) picture = load ("td1-5.jpg");
  MilLuma *luma = luma_of (picture);
  g_autoptr (MilMrzView) view = mil_mrz_view_new (luma, 3);
  MilMrzLine line = { .n = 30, .x = luma->width / 2.0f, .y = luma->height / 2.0f, .right_x = 12, .height = 12 };
  float logs[MIL_MRZ_N_CLASSES];
  for (guint i = 0; i < 6; i++)
    {
      g_assert_cmpuint (view->n_left, ==, i < 3 ? 3 - i : 0);
      mil_mrz_view_read_cell (view, &line, i, logs);
      g_assert_true (i < 3 || (logs[MIL_MRZ_NONE] == 0 && logs[MIL_MRZ_FILLER] < -10));
    }
  g_assert_cmpfloat (mil_mrz_view_score (view, &line, 1), <, -3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/mrz-reader/letters", test_letters);
  g_test_add_func ("/scan/mrz-reader/pitch", test_pitch);
  g_test_add_func ("/scan/mrz-reader/documents", test_documents);
  g_test_add_func ("/scan/mrz-reader/angles", test_angles);
  g_test_add_func ("/scan/mrz-reader/rotate", test_rotate);
  g_test_add_func ("/scan/mrz-reader/nothing", test_nothing);
  g_test_add_func ("/scan/mrz-reader/bounded", test_bounded);
  return g_test_run ();
}
