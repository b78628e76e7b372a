/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-digit-reader.h"
#include "scan/mil-digit-vote.h"

#include <string.h>

#include <allheaders.h>

/* Lines of 14 pixels' letters, as build-aux/train-digits.py draws and spoils them, each 28 pixels high. */
static const struct
{
  const char *text;
  double      pitch;
} lines[] = {
  { "25/06/2018", 13.68 }, { "08.11.2016", 9.31 },  { "30-12-2015", 14.58 }, { "06/08/2025", 13.49 },
  { "13.05.2019", 12.9 },  { "18/03/2017", 13.24 }, { "27-09-2023", 9.49 },  { "05/10/2020", 11.61 },
};
#define LINE 28

static PIX *
load (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "tests", "samples", "digits.png", NULL);
  PIX             *pix = pixRead (path);
  g_assert_nonnull (pix);
  PIX *gray = pixConvertTo8 (pix, FALSE);
  pixDestroy (&pix);
  return gray;
}

static char *
pattern_of (const char *text)
{
  char *pattern = g_strdup (text);
  for (char *p = pattern; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      *p = 'd';
  return pattern;
}

static void
test_lines (void)
{
  g_autoptr (MilMrzGlyphs) glyphs = mil_mrz_glyphs_new_digits ();
  PIX  *pix = load ();
  guint right = 0;
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *pattern = pattern_of (lines[i].text);
      char             digits[32];
      MilDigitStrip    strip = { pix, lines[i].pitch / 2, lines[i].pitch * 10, (i + 0.5) * LINE, 15 };
      double           sure = mil_digits_read (glyphs, &strip, pattern, digits);
      g_test_message ("%s: %s, %.2f", lines[i].text, digits, sure);
      right += g_str_equal (digits, lines[i].text);
    }
  g_assert_cmpuint (right, >=, 7);
  pixDestroy (&pix);
}

/* Blank paper, strips beyond the picture and patterns that are too long have no digits for sure. */
static void
test_nothing (void)
{
  g_autoptr (MilMrzGlyphs) glyphs = mil_mrz_glyphs_new_digits ();
  PIX          *pix = pixCreate (200, 30, 8);
  char          digits[64];
  MilDigitStrip strip = { pix, 10, 120, 15, 14 };
  g_assert_cmpfloat (mil_digits_read (glyphs, &strip, "dd/dd/dddd", digits), <, 0.4);
  g_assert_cmpfloat (mil_digits_read (glyphs, &strip, "d", digits), ==, 0);
  g_assert_cmpfloat (mil_digits_read (glyphs, &strip, "dddddddddddddddddddd", digits), ==, 0);
  g_assert_cmpstr (digits, ==, "dddddddddddddddddddd");
  strip.left = 5000;
  g_assert_cmpfloat (mil_digits_read (glyphs, &strip, "dd/dd/dddd", digits), <, 0.4);
  pixDestroy (&pix);
}

static void
test_shapes (void)
{
  static const struct
  {
    const char *text;
    const char *shape;
  } texts[] = { { "07-94-2017 18:49", "07-94-2017" },
                { "Date: 3O/13/18", "3O/13/18" },
                { "192.168.1.10", NULL },
                { "12/34-56", NULL },
                { "No 1/2/3", NULL },
                { "", NULL } };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gsize start, end;
      g_test_message ("%s", texts[i].text);
      gboolean found = mil_digit_vote_find_shape (texts[i].text, &start, &end);
      g_assert_cmpint (found, ==, texts[i].shape != NULL);
      if (found)
        {
          g_autofree char *shape = g_strndup (texts[i].text + start, end - start);
          g_assert_cmpstr (shape, ==, texts[i].shape);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/digits/lines", test_lines);
  g_test_add_func ("/scan/digits/nothing", test_nothing);
  g_test_add_func ("/scan/digits/shapes", test_shapes);
  return g_test_run ();
}
