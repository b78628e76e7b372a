/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-scanner.h"

#include <cairo.h>
#include <string.h>

#include "scan-fixture.h"

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
  Fixture fixture = { .picture = fixture_draw_receipt (upside_down),
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
  Fixture fixture = { .picture = fixture_take_picture (surface), .options = { .kind = MIL_SCAN_RECEIPT } };
  cairo_surface_destroy (surface);
  run (&fixture);
  g_assert_error (fixture.error, MIL_ERROR, MIL_ERROR_NOT_A_RECEIPT);
  clear (&fixture);
}

static void
test_dropped (void)
{
  g_autoptr (MilScanner) scanner = mil_scanner_new ();
  g_autoptr (MilPicture) picture = fixture_draw_receipt (FALSE);
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
