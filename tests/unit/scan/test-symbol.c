/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-symbol.h"

#include <math.h>
#include <qrencode.h>
#include <string.h>

#include "scan/mil-luma.h"

#define SIDE 300

static void
draw_bytes (guint8 *luma, const char *bytes, gsize n, int left, int top, int module)
{
  QRcode *code = QRcode_encodeData (n, (const guchar *) bytes, 0, QR_ECLEVEL_M);
  for (int y = 0; y < code->width * module; y++)
    for (int x = 0; x < code->width * module; x++)
      if (code->data[(y / module) * code->width + x / module] & 1)
        luma[(top + y) * SIDE + left + x] = 20;
  QRcode_free (code);
}

static void
draw_code (guint8 *luma, const char *text, int left, int top, int module)
{
  draw_bytes (luma, text, strlen (text), left, top, module);
}

/* Where nothing says in which charset it is, and where a zero would hide what follows. */
static void
test_bytes (void)
{
  static const struct
  {
    const char *bytes;
    gsize       n;
    const char *text;
  } cases[] = {
    { "\xbc\xf2\xcc\xe5\xd6\xd0\xce\xc4\xb2\xe2\xca\xd4 12", 15, "简体中文测试 12" },
    { "Caf\xe9 \xdc"
      "bergr\xf6\xdf"
      "e",
      14,
      "Café Übergröße" },
    { "payto:a\0b", 9, "payto:a␀b" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree guint8 *luma = g_malloc (SIDE * SIDE);
      memset (luma, 240, SIDE * SIDE);
      draw_bytes (luma, cases[i].bytes, cases[i].n, 40, 50, 4);
      g_autoptr (GPtrArray) symbols = mil_symbols_read (luma, SIDE, SIDE, SIDE, MIL_SYMBOL_PASS_FULL);
      g_assert_cmpuint (symbols->len, ==, 1);
      g_assert_cmpstr (((MilSymbol *) g_ptr_array_index (symbols, 0))->text, ==, cases[i].text);
    }
}

static void
test_texts (void)
{
  static const char *const texts[] = { "BCD\n002\n1\nSCT\n\nMilione\nDE02120300000000202051\nEUR12.30\n",
                                       "Grüße aus Köln",
                                       "漢字かな交じり文" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree guint8 *luma = g_malloc (SIDE * SIDE);
      memset (luma, 240, SIDE * SIDE);
      draw_code (luma, texts[i], 40, 50, 4);
      for (MilSymbolPass pass = MIL_SYMBOL_PASS_FAST; pass <= MIL_SYMBOL_PASS_FULL; pass++)
        {
          g_autoptr (GPtrArray) symbols = mil_symbols_read (luma, SIDE, SIDE, SIDE, pass);
          g_assert_cmpuint (symbols->len, ==, 1);
          const MilSymbol *symbol = g_ptr_array_index (symbols, 0);
          g_assert_cmpstr (symbol->text, ==, texts[i]);
          g_assert_cmpstr (symbol->format, ==, "QRCode");
          g_assert_cmpint (ABS (symbol->quad.corners[0].x - 40), <=, 3);
          g_assert_cmpint (ABS (symbol->quad.corners[0].y - 50), <=, 3);
        }
    }
}

static void
test_several (void)
{
  g_autofree guint8 *luma = g_malloc (SIDE * SIDE);
  memset (luma, 240, SIDE * SIDE);
  draw_code (luma, "one", 20, 20, 4);
  draw_code (luma, "two", 160, 160, 4);
  g_autoptr (GPtrArray) symbols = mil_symbols_read (luma, SIDE, SIDE, SIDE, MIL_SYMBOL_PASS_FULL);
  g_assert_cmpuint (symbols->len, ==, 2);
}

/* A lamp's spot makes black there as bright as white is elsewhere. */
static void
test_spot (void)
{
  MilLuma *luma = mil_luma_new (SIDE, SIDE);
  guint8  *rgb = g_malloc (SIDE * SIDE * 3);

  memset (luma->pixels, 90, SIDE * SIDE);
  draw_code (luma->pixels, "in the light of a lamp", 60, 60, 6);
  for (int i = 0; i < SIDE * SIDE; i++)
    {
      double dx = i % SIDE - 140, dy = i / SIDE - 130;

      luma->pixels[i] = (guint8) MIN (255, luma->pixels[i] * (1 + 9 * exp (-(dx * dx + dy * dy) / 3000)));
      memset (rgb + 3 * i, luma->pixels[i], 3);
    }
  g_autoptr (MilLuma) flat = mil_luma_threshold (luma, SIDE / 12, 85);
  g_assert_cmpint (flat->pixels[5 * SIDE + 5], ==, 255);
  g_assert_cmpint (flat->pixels[62 * SIDE + 62], ==, 0);
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, SIDE * SIDE * 3);
  g_autoptr (MilPicture) picture = mil_picture_new (bytes, SIDE, SIDE, SIDE * 3);
  g_autoptr (GPtrArray) symbols = mil_symbols_read_picture (picture, NULL);
  g_assert_cmpuint (symbols->len, ==, 1);
  g_assert_cmpstr (((MilSymbol *) symbols->pdata[0])->text, ==, "in the light of a lamp");
  mil_luma_free (luma);
}

static void
test_nothing (void)
{
  g_autofree guint8 *luma = g_malloc (SIDE * SIDE);
  for (int i = 0; i < SIDE * SIDE; i++)
    luma[i] = (guint8) (i * 7 + (i / SIDE) * 13);
  g_autoptr (GPtrArray) symbols = mil_symbols_read (luma, SIDE, SIDE, SIDE, MIL_SYMBOL_PASS_FULL);
  g_assert_cmpuint (symbols->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/symbol/texts", test_texts);
  g_test_add_func ("/scan/symbol/bytes", test_bytes);
  g_test_add_func ("/scan/symbol/several", test_several);
  g_test_add_func ("/scan/symbol/spot", test_spot);
  g_test_add_func ("/scan/symbol/nothing", test_nothing);
  return g_test_run ();
}
