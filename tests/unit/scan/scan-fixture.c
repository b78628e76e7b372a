/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan-fixture.h"

#include <qrencode.h>
#include <string.h>

#define WIDTH 420
#define HEIGHT 520

static void
draw_code (cairo_t *cr, const char *text, double x, double y, double module)
{
  QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (int i = 0; i < code->width * code->width; i++)
    if (code->data[i] & 1)
      cairo_rectangle (cr, x + module * (i % code->width), y + module * (i / code->width), module, module);
  cairo_fill (cr);
  QRcode_free (code);
}

MilPicture *
fixture_take_picture (cairo_surface_t *surface)
{
  cairo_surface_flush (surface);
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  const guint8 *data = cairo_image_surface_get_data (surface);
  int           stride = cairo_image_surface_get_stride (surface);
  guint8       *rgb = g_malloc ((gsize) width * height * 3), *out = rgb;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++, out += 3)
      memcpy (out, data + (gsize) y * stride + x * 4, 3);
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, (gsize) width * height * 3);
  return mil_picture_new (bytes, width, height, width * 3);
}

/* Gray paper on a dark table, slightly turned. */
cairo_surface_t *
fixture_draw_surface (gboolean upside_down)
{
  static const struct
  {
    const char *left, *right;
  } rows[] = { { "Bottega Canaletto SRL", "" }, { "Via Garibaldi 12, Venezia", "" },
               { "P.IVA 00743110157", "" },     { "Vetro soffiato", "48,00" },
               { "Merletto", "27,50" },         { "TOTALE EURO", "75,50" },
               { "Contanti", "100,00" },        { "Resto", "24,50" },
               { "14/03/2026 16:42", "" } };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH + 120, HEIGHT + 120);
  cairo_t         *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 0.25, 0.22, 0.2);
  cairo_paint (cr);
  cairo_translate (cr, 60 + WIDTH / 2, 60 + HEIGHT / 2);
  cairo_rotate (cr, 0.03 + (upside_down ? G_PI : 0));
  cairo_translate (cr, -WIDTH / 2, -HEIGHT / 2);
  cairo_set_source_rgb (cr, 0.9, 0.9, 0.88);
  cairo_rectangle (cr, 0, 0, WIDTH, HEIGHT);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.1, 0.1, 0.1);
  cairo_select_font_face (cr, "DejaVu Sans Mono", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, 22);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      cairo_move_to (cr, 24, 50 + 36 * i);
      cairo_show_text (cr, rows[i].left);
      cairo_move_to (cr, WIDTH - 24 - 13.3 * strlen (rows[i].right), 50 + 36 * i);
      cairo_show_text (cr, rows[i].right);
    }
  draw_code (cr, "https://example.org/bon/4711", 150, 375, 4);
  cairo_destroy (cr);
  return surface;
}

MilPicture *
fixture_draw_receipt (gboolean upside_down)
{
  cairo_surface_t *surface = fixture_draw_surface (upside_down);
  MilPicture      *picture = fixture_take_picture (surface);
  cairo_surface_destroy (surface);
  return picture;
}

static DexFuture *
scan_in_fiber (gpointer data)
{
  FixtureScan *scan = data;
  scan->result = mil_await_pointer (mil_scan_picture (scan->scanner, scan->picture, &scan->options), &scan->error);
  g_main_loop_quit (scan->loop);
  return dex_future_new_true ();
}

/* Runs @flow, which ends the loop. */
void
fixture_scan_run_with (FixtureScan *scan, DexFiberFunc flow)
{
  scan->loop = g_main_loop_new (NULL, FALSE);
  scan->scanner = mil_scanner_new ();
  scan->options.today = (MilDate) { 2026, 11, 22 };
  DexFuture *future = mil_spawn (flow, scan, NULL);
  g_main_loop_run (scan->loop);
  dex_unref (future);
}

void
fixture_scan_run (FixtureScan *scan)
{
  fixture_scan_run_with (scan, scan_in_fiber);
}

void
fixture_scan_clear (FixtureScan *scan)
{
  g_clear_pointer (&scan->result, mil_scan_result_free);
  g_clear_error (&scan->error);
  g_clear_object (&scan->picture);
  g_clear_object (&scan->scanner);
  g_main_loop_unref (scan->loop);
}
