/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-pdf-look.h"

#include <string.h>

static void
assert_fits (gboolean fits, const char *text)
{
  if (mil_pdf_look_fits ((const guint8 *) text, strlen (text)) != fits)
    g_error ("%s: %s", fits ? "refused" : "let in", text);
}

static void
test_dictionaries (void)
{
  assert_fits (TRUE, "");
  assert_fits (TRUE, "1 0 obj <</Subtype/Image/Width 4960/Height 7016>>stream");
  assert_fits (FALSE, "1 0 obj <</Subtype/Image/Width 12000/Height 12000>>stream");
  assert_fits (FALSE, "1 0 obj <</Subtype/Image/Height 12000 /Width\n12000>>stream");
  assert_fits (FALSE, "1 0 obj <</W#69dth 12000/H#65ight +12000>>stream");
  assert_fits (FALSE, "1 0 obj <</W 12000/H 12000>>stream");
  assert_fits (FALSE, "1 0 obj <</Width 99999999999999999999/Height 1>>stream");
  /* Each for itself. */
  assert_fits (TRUE, "1 0 obj <</Width 9000/Height 10>>stream\nendstream endobj 2 0 obj <</Width 10/Height 9000>>stream");
  /* A size that is kept elsewhere cannot be known. */
  assert_fits (FALSE, "1 0 obj <</Width 12 0 R/Height 100>>stream");
  /* Comments and texts hide nothing. */
  assert_fits (FALSE, "1 0 obj <</Width 12000 % 2 0 obj\n/Height 12000>>stream");
  assert_fits (FALSE, "1 0 obj <</Width 12000 /A(50% obj stream)/Height 12000>>stream");
  assert_fits (FALSE, "1 0 obj <</Width 12000 /A(\\)stream)/Height 12000>>stream");
  assert_fits (TRUE, "1 0 obj <</A(/Width 12000/Height 12000)>>stream");
}

static void
append_number (GByteArray *bytes, guint32 number)
{
  number = GUINT32_TO_BE (number);
  g_byte_array_append (bytes, (const guint8 *) &number, 4);
}

static void
assert_codestream (gboolean fits, guint32 left, guint32 width, guint32 height, guint8 channels)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *) "2 0 obj <<>>stream\n\xff\x4f\xff\x51\0\x2f\0\0", 27);
  append_number (bytes, left + width);
  append_number (bytes, height);
  append_number (bytes, left);
  append_number (bytes, 0);
  for (guint i = 0; i < 4; i++)
    append_number (bytes, 0);
  g_byte_array_append (bytes, (const guint8[]) { 0, channels, 7, 1 }, 4);
  g_assert_cmpint (mil_pdf_look_fits (bytes->data, bytes->len), ==, fits);
  /* One that is cut off is nothing that could be decoded. */
  for (guint cut = 0; cut < 40; cut++)
    g_assert_true (mil_pdf_look_fits (bytes->data, cut));
}

/* What the data says counts, whatever the dictionary says. */
static void
test_codestreams (void)
{
  assert_codestream (TRUE, 0, 2480, 3508, 3);
  assert_codestream (TRUE, G_MAXUINT32 - 2480, 2480, 3508, 3);
  assert_codestream (FALSE, 0, 2480, 3508, 4);
  assert_codestream (FALSE, 0, 12000, 12000, 1);
  assert_codestream (FALSE, 0, G_MAXUINT32, G_MAXUINT32, 255);
}

static void
assert_bitmap (gboolean fits, gboolean many_pages, guint32 width, guint32 height)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *) "2 0 obj <</Filter/JBIG2Decode>>stream\n\0\0\0\0", 42);
  g_byte_array_append (bytes, (const guint8[]) { many_pages ? 0x70 : 0x30, 0 }, 2);
  g_byte_array_append (bytes, (const guint8[]) { 0, 0, 0, 1 } + (many_pages ? 0 : 3), many_pages ? 4 : 1);
  append_number (bytes, 19);
  append_number (bytes, width);
  append_number (bytes, height);
  append_number (bytes, 0);
  append_number (bytes, 0);
  g_assert_cmpint (mil_pdf_look_fits (bytes->data, bytes->len), ==, fits);
}

static void
test_bitmaps (void)
{
  for (guint i = 0; i < 2; i++)
    {
      assert_bitmap (TRUE, i == 1, 4960, 7016);
      assert_bitmap (FALSE, i == 1, 12000, 12000);
      assert_bitmap (TRUE, i == 1, 4960, G_MAXUINT32);
      assert_bitmap (FALSE, i == 1, 60000, G_MAXUINT32);
      assert_bitmap (FALSE, i == 1, G_MAXUINT32 - 1, G_MAXUINT32 - 1);
    }
}

/* What was made to be looked at for ever is given up. */
static void
test_endless (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 200 * 1000; i++)
    g_string_append (text, "obj(");
  assert_fits (FALSE, text->str);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/pdf-look/dictionaries", test_dictionaries);
  g_test_add_func ("/scan/pdf-look/codestreams", test_codestreams);
  g_test_add_func ("/scan/pdf-look/bitmaps", test_bitmaps);
  g_test_add_func ("/scan/pdf-look/endless", test_endless);
  return g_test_run ();
}
