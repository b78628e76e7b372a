/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-scanner.h"

#include <cairo.h>
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

static MilPicture *
take_picture (cairo_surface_t *surface)
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
static MilPicture *
draw_receipt (gboolean upside_down)
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
  MilPicture *picture = take_picture (surface);
  cairo_surface_destroy (surface);
  return picture;
}

typedef struct
{
  GMainLoop     *loop;
  MilScanner    *scanner;
  MilPicture    *picture;
  MilScanOptions options;
  MilScanResult *result;
  GError        *error;
} Fixture;

static DexFuture *
scan_in_fiber (gpointer data)
{
  Fixture *fixture = data;
  fixture->result = mil_await_pointer (mil_scan_picture (fixture->scanner, fixture->picture, &fixture->options),
                                       &fixture->error);
  g_main_loop_quit (fixture->loop);
  return dex_future_new_true ();
}

static void
run (Fixture *fixture)
{
  fixture->loop = g_main_loop_new (NULL, FALSE);
  fixture->scanner = mil_scanner_new ();
  fixture->options.today = (MilDate) { 2026, 11, 22 };
  DexFuture *future = mil_spawn (scan_in_fiber, fixture, NULL);
  g_main_loop_run (fixture->loop);
  dex_unref (future);
}

static void
clear (Fixture *fixture)
{
  g_clear_pointer (&fixture->result, mil_scan_result_free);
  g_clear_error (&fixture->error);
  g_clear_object (&fixture->picture);
  g_clear_object (&fixture->scanner);
  g_main_loop_unref (fixture->loop);
}

static void
check_receipt (gboolean upside_down)
{
  g_autoptr (MilScanProgress) progress = mil_scan_progress_new ();
  Fixture fixture = { .picture = draw_receipt (upside_down),
                      .options = { .kind = MIL_SCAN_RECEIPT, .languages = "ita", .progress = progress } };
  run (&fixture);
  g_assert_no_error (fixture.error);
  const MilReceipt *receipt = fixture.result->receipt;
  g_test_message ("%s", receipt->text);

  MilMoney total;
  g_assert_true (mil_receipt_get_money (receipt, MIL_RECEIPT_TOTAL, &total));
  g_assert_cmpint (total.minor, ==, 7550);
  g_assert_cmpstr (total.currency, ==, "EUR");
  g_assert_true (mil_receipt_is_well_supported (receipt, MIL_RECEIPT_TOTAL));
  g_assert_cmpint (receipt->date.year, ==, 2026);
  g_assert_cmpint (receipt->date.month, ==, 3);
  g_assert_cmpint (receipt->date.day, ==, 14);
  g_assert_nonnull (strstr (receipt->merchant, "Canaletto"));
  g_assert_cmpstr (receipt->vat_number, ==, "00743110157");
  g_assert_cmpuint (receipt->lines->len, ==, 2);

  /* The amount stands on the right of the sixth row, or where that is upside down. */
  MilBox box = receipt->evidence[MIL_RECEIPT_TOTAL].box;
  int    x = box.x + box.width / 2, y = box.y + box.height / 2;
  g_assert_cmpint (ABS (x - (upside_down ? 120 : 420)), <, 40);
  g_assert_cmpint (ABS (y - (upside_down ? 358 : 290)), <, 30);

  g_assert_cmpuint (fixture.result->symbols->len, ==, 1);
  const MilSymbol *symbol = g_ptr_array_index (fixture.result->symbols, 0);
  g_assert_cmpstr (symbol->text, ==, "https://example.org/bon/4711");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpfloat (mil_scan_progress_get_fraction (progress), ==, 1);
  clear (&fixture);
}

static void
test_receipt (void)
{
  check_receipt (FALSE);
}

static void
test_upside_down (void)
{
  check_receipt (TRUE);
}

static void
test_no_receipt (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 200, 150);
  cairo_t         *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 0.7, 0.8, 0.9);
  cairo_paint (cr);
  cairo_destroy (cr);
  Fixture fixture = { .picture = take_picture (surface), .options = { .kind = MIL_SCAN_RECEIPT } };
  cairo_surface_destroy (surface);
  run (&fixture);
  g_assert_error (fixture.error, MIL_ERROR, MIL_ERROR_NOT_A_RECEIPT);
  clear (&fixture);
}

static void
test_dropped (void)
{
  g_autoptr (MilScanner) scanner = mil_scanner_new ();
  g_autoptr (MilPicture) picture = draw_receipt (FALSE);
  for (guint i = 0; i < 10; i++)
    {
      DexFuture *future = mil_scan_picture (scanner, picture, NULL);
      dex_unref (future);
    }
  /* Nobody waits: the scanner is let go by the last worker, soon. */
  g_object_add_weak_pointer (G_OBJECT (scanner), (gpointer *) &scanner);
  g_object_unref (scanner);
  gint64 until = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  while (g_atomic_pointer_get (&scanner) != NULL && g_get_monotonic_time () < until)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
  g_assert_null (scanner);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/scan/scanner/receipt", test_receipt);
  g_test_add_func ("/scan/scanner/upside-down", test_upside_down);
  g_test_add_func ("/scan/scanner/no-receipt", test_no_receipt);
  g_test_add_func ("/scan/scanner/dropped", test_dropped);
  return g_test_run ();
}
