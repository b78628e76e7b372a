/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-scanner.h"

#include <cairo.h>
#include <string.h>

#include "scan-fixture.h"

static void
check_receipt (gboolean upside_down)
{
  g_autoptr (MilScanProgress) progress = mil_scan_progress_new ();
  FixtureScan fixture = { .picture = fixture_draw_receipt (upside_down),
                          .options = { .kind = MIL_SCAN_RECEIPT, .languages = "ita", .progress = progress } };
  fixture_scan_run (&fixture);
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
  fixture_scan_clear (&fixture);
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
  FixtureScan fixture = { .picture = fixture_take_picture (surface), .options = { .kind = MIL_SCAN_RECEIPT } };
  cairo_surface_destroy (surface);
  fixture_scan_run (&fixture);
  g_assert_error (fixture.error, MIL_ERROR, MIL_ERROR_NOT_A_RECEIPT);
  fixture_scan_clear (&fixture);
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

/* The grain of a sensor in the dark, which looks like letters everywhere: read well, and in the time of a
 * scan or two, which a reading of each speck would take ten times. */
static void
test_grainy (void)
{
  g_autoptr (MilPicture) clear = fixture_draw_receipt (FALSE);
  g_autoptr (GRand) chance = g_rand_new_with_seed (7);
  int           width = mil_picture_get_width (clear), height = mil_picture_get_height (clear);
  const guint8 *in = g_bytes_get_data (mil_picture_get_pixels (clear), NULL);
  guint8       *rgb = g_malloc ((gsize) width * height * 3);
  for (int i = 0; i < width * height; i++)
    {
      /* Four even chances are near to a normal distribution, here of a deviation of 29. */
      int grain = 0;
      for (guint k = 0; k < 4; k++)
        grain += g_rand_int_range (chance, -25, 26);
      for (int c = 0; c < 3; c++)
        rgb[i * 3 + c] = CLAMP (in[i * 3 + c] + grain, 0, 255);
    }
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, (gsize) width * height * 3);
  FixtureScan fixture = { .picture = mil_picture_new (bytes, width, height, width * 3),
                          .options = { .kind = MIL_SCAN_RECEIPT, .languages = "ita" } };
  fixture_scan_run (&fixture);
  g_assert_no_error (fixture.error);
  const MilReceipt *receipt = fixture.result->receipt;
  g_test_message ("%s", receipt->text);
  g_autofree char *total = mil_decimal_to_string (receipt->amounts[MIL_RECEIPT_TOTAL]);
  g_autofree char *date = mil_date_to_string (receipt->date);
  g_assert_cmpstr (total, ==, "75.50");
  g_assert_cmpstr (date, ==, "2026-03-14");
  g_assert_nonnull (strstr (receipt->merchant, "Canaletto"));
  /* Specks would be dozens of rows more. */
  g_auto (GStrv) rows = g_strsplit (receipt->text, "\n", -1);
  g_assert_cmpuint (g_strv_length (rows), <, 20);
  fixture_scan_clear (&fixture);
}

/* What is told of a scan, counted where the stage changes or it is a good part further. */
typedef struct
{
  double fraction;
  char  *stage;
  guint  n_points;
  guint  n_told;
  guint  drop_at;
} Told;

static void
on_progress (MilScanProgress *progress, GParamSpec *pspec, gpointer data)
{
  Told  *told = data;
  double fraction = mil_scan_progress_get_fraction (progress);
  told->n_told++;
  if (g_set_str (&told->stage, mil_scan_progress_get_stage (progress)) || fraction >= told->fraction + 0.45)
    {
      told->n_points++;
      told->fraction = fraction;
    }
}

static void
wait_for_the_end_of (MilScanner *scanner)
{
  g_object_add_weak_pointer (G_OBJECT (scanner), (gpointer *) &scanner);
  g_object_unref (scanner);
  gint64 until = g_get_monotonic_time () + 100 * G_USEC_PER_SEC;
  while (g_atomic_pointer_get (&scanner) != NULL && g_get_monotonic_time () < until)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_null (scanner);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Returns whether the scan came to its end before the point at which it is dropped. */
static gboolean
drop_at (guint point, GBytes *document)
{
  MilScanner      *scanner = mil_scanner_new ();
  MilPicture      *picture = fixture_draw_receipt (TRUE);
  MilScanProgress *progress = mil_scan_progress_new ();
  Told             told = { .drop_at = point };
  MilScanOptions options = { .kind = document ? MIL_SCAN_RECEIPT : MIL_SCAN_AUTO, .today = { 2026, 11, 22 }, .progress = progress };
  g_signal_connect (progress, "notify", G_CALLBACK (on_progress), &told);
  DexFuture *future = document ? mil_scan_document (scanner, document, &options)
                               : mil_scan_picture (scanner, picture, &options);
  while (told.n_points < point && dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  gboolean ended = !dex_future_is_pending (future) || mil_scan_progress_get_fraction (progress) >= 1;
  guint    n_told = told.n_told;
  g_test_message ("%u: %.2f %s", point, mil_scan_progress_get_fraction (progress), mil_scan_progress_get_stage (progress));
  dex_unref (future);
  wait_for_the_end_of (scanner);

  /* Nothing is told any more, and nothing is held any more. */
  g_assert_true (ended || told.n_told == n_told);
  g_signal_handlers_disconnect_by_data (progress, &told);
  g_assert_finalize_object (progress);
  g_assert_finalize_object (picture);
  g_free (told.stage);
  return ended;
}

static void
test_dropped_at_every_stage (void)
{
  guint point = 0;
  while (!drop_at (point, NULL))
    point++;
  g_assert_cmpuint (point, >=, 5);
}

static void
assert_total (const MilReceipt *receipt, const char *expected)
{
  g_assert_nonnull (receipt);
  g_test_message ("%s", receipt->text);
  g_assert_true (mil_receipt_has (receipt, MIL_RECEIPT_TOTAL));
  g_autofree char *total = mil_decimal_to_string (receipt->amounts[MIL_RECEIPT_TOTAL]);
  g_assert_cmpstr (total, ==, expected);
}

/* Two papers that lie side by side are two receipts. */
static void
test_two_papers (void)
{
  cairo_surface_t *one = fixture_draw_surface (FALSE);
  int              width = cairo_image_surface_get_width (one), height = cairo_image_surface_get_height (one);
  cairo_surface_t *both = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 2 * width, height);
  cairo_t         *cr = cairo_create (both);
  for (int i = 0; i < 2; i++)
    {
      cairo_set_source_surface (cr, one, i * width, 0);
      cairo_paint (cr);
    }
  cairo_destroy (cr);
  FixtureScan fixture = { .picture = fixture_take_picture (both),
                          .options = { .kind = MIL_SCAN_RECEIPT, .languages = "ita" } };
  cairo_surface_destroy (one);
  cairo_surface_destroy (both);
  fixture_scan_run (&fixture);
  g_assert_no_error (fixture.error);
  g_assert_cmpuint (fixture.result->more->len, ==, 1);
  assert_total (fixture.result->receipt, "75.50");
  assert_total (g_ptr_array_index (fixture.result->more, 0), "75.50");
  fixture_scan_clear (&fixture);
}

/* As a camera sees it that is held low: what is far is small. */
static MilPicture *
tilt (MilPicture *flat)
{
  int width = mil_picture_get_width (flat), height = mil_picture_get_height (flat);
  int stride = mil_picture_get_stride (flat);
  g_autoptr (GBytes) pixels = g_bytes_ref (mil_picture_get_pixels (flat));
  const guint8 *in = g_bytes_get_data (pixels, NULL);
  guint8       *rgb = g_malloc ((gsize) width * height * 3), *out = rgb;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++, out += 3)
      {
        double w = 1 / (1 - 0.3 * (1 - y / (double) height));
        int from_x = (int) (width / 2.0 + (x - width / 2.0) * w), from_y = (int) (height - (height - y) * w * 0.75);
        gboolean inside = from_x >= 0 && from_x < width && from_y >= 0 && from_y < height;
        memcpy (out, inside ? in + (gsize) from_y * stride + from_x * 3 : (const guint8 *) "\x30\x30\x30", 3);
      }
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, (gsize) width * height * 3);
  return mil_picture_new (bytes, width, height, width * 3);
}

static void
test_tilted (void)
{
  g_autoptr (MilPicture) flat = fixture_draw_receipt (FALSE);
  FixtureScan fixture = { .picture = tilt (flat), .options = { .kind = MIL_SCAN_RECEIPT, .languages = "ita" } };
  fixture_scan_run (&fixture);
  g_assert_no_error (fixture.error);
  assert_total (fixture.result->receipt, "75.50");
  fixture_scan_clear (&fixture);
}

static DexFuture *
scan_sections_in_fiber (gpointer data)
{
  FixtureScan *fixture = data;
  g_autoptr (GPtrArray) sections = g_ptr_array_new_with_free_func (g_object_unref);
  int width = mil_picture_get_width (fixture->picture), height = mil_picture_get_height (fixture->picture);
  g_ptr_array_add (sections, mil_picture_crop (fixture->picture, (MilBox) { 0, 0, width, height * 48 / 100 }));
  g_ptr_array_add (sections,
                   mil_picture_crop (fixture->picture, (MilBox) { 0, height * 30 / 100, width, height * 70 / 100 }));
  fixture->result = mil_await_pointer (mil_scan_sections (fixture->scanner, sections, &fixture->options),
                                       &fixture->error);
  g_main_loop_quit (fixture->loop);
  return dex_future_new_true ();
}

static void
test_in_sections (void)
{
  FixtureScan fixture = { .picture = fixture_draw_receipt (FALSE),
                          .options = { .kind = MIL_SCAN_RECEIPT, .languages = "ita" } };
  fixture_scan_run_with (&fixture, scan_sections_in_fiber);
  g_assert_no_error (fixture.error);
  const MilReceipt *receipt = fixture.result->receipt;
  assert_total (receipt, "75.50");
  g_assert_true (receipt->evidence[MIL_RECEIPT_TOTAL].agreements & MIL_AGREE_ITEMS);
  g_assert_true (receipt->evidence[MIL_RECEIPT_TOTAL].agreements & MIL_AGREE_CHANGE);
  g_assert_nonnull (strstr (receipt->merchant, "Canaletto"));
  g_assert_cmpuint (receipt->lines->len, ==, 2);
  fixture_scan_clear (&fixture);
}

#if MIL_HAVE_PDF
/* An invoice of two pages that carries its text. */
static GBytes *
draw_document (void)
{
  static const char *const objects[] = {
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 5 0 R/Resources<</Font<</F 7 0 R>>>>>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 6 0 R/Resources<</Font<</F 7 0 R>>>>>>",
    "BT /F 12 Tf 20 260 Td 20 TL (Bottega Canaletto SRL) Tj T* (P.IVA 00743110157) Tj T* (Data 14/03/2026) "
    "Tj "
    "T* (Vetro soffiato 48,00) Tj T* (Merletto 27,50) Tj ET",
    "BT /F 12 Tf 20 260 Td 20 TL (TOTALE EURO 75,50) Tj T* (Contanti 100,00) Tj T* (Resto 24,50) Tj "
    "T* (Grazie della visita) Tj ET",
    "<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
  };
  g_autoptr (GString) pdf = g_string_new ("%PDF-1.4\n");
  g_autoptr (GString) table = g_string_new ("xref\n0 8\n0000000000 65535 f \n");
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      gboolean stream = g_str_has_prefix (objects[i], "BT");
      g_string_append_printf (table, "%010u 00000 n \n", (guint) pdf->len);
      g_string_append_printf (pdf, "%u 0 obj\n", i + 1);
      if (stream)
        g_string_append_printf (pdf, "<</Length %u>>\nstream\n%s\nendstream", (guint) strlen (objects[i]), objects[i]);
      else
        g_string_append (pdf, objects[i]);
      g_string_append (pdf, "\nendobj\n");
    }
  gsize start = pdf->len;
  g_string_append_printf (pdf, "%strailer<</Size 8/Root 1 0 R>>\nstartxref\n%u\n%%%%EOF\n", table->str, (guint) start);
  return g_string_free_to_bytes (g_steal_pointer (&pdf));
}

static DexFuture *
scan_document_in_fiber (gpointer data)
{
  FixtureScan *fixture = data;
  g_autoptr (GBytes) bytes = draw_document ();
  fixture->result = mil_await_pointer (mil_scan_document (fixture->scanner, bytes, &fixture->options),
                                       &fixture->error);
  g_main_loop_quit (fixture->loop);
  return dex_future_new_true ();
}

static void
test_document (void)
{
  FixtureScan fixture = { .options = { .kind = MIL_SCAN_RECEIPT } };
  fixture_scan_run_with (&fixture, scan_document_in_fiber);
  g_assert_no_error (fixture.error);
  const MilReceipt *receipt = fixture.result->receipt;
  assert_total (receipt, "75.50");
  g_autofree char *date = mil_date_to_string (receipt->date);
  g_assert_cmpstr (date, ==, "2026-03-14");
  g_assert_cmpstr (receipt->merchant, ==, "Bottega Canaletto SRL");
  g_assert_cmpuint (receipt->lines->len, ==, 2);
  /* No letter was recognised: the text came with the document. */
  g_assert_cmpint (fixture.result->ms_ocr, ==, 0);
  fixture_scan_clear (&fixture);
}
#endif

#if MIL_HAVE_PDF
static void
test_document_dropped (void)
{
  g_autoptr (GBytes) document = draw_document ();
  guint point = 0;
  while (!drop_at (point, document))
    point++;
  g_assert_cmpuint (point, >=, 1);
}
#endif

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/scan/scanner/receipt", test_receipt);
  g_test_add_func ("/scan/scanner/upside-down", test_upside_down);
  g_test_add_func ("/scan/scanner/no-receipt", test_no_receipt);
  g_test_add_func ("/scan/scanner/grainy", test_grainy);
  g_test_add_func ("/scan/scanner/dropped", test_dropped);
  g_test_add_func ("/scan/scanner/dropped-at-every-stage", test_dropped_at_every_stage);
  g_test_add_func ("/scan/scanner/two-papers", test_two_papers);
  g_test_add_func ("/scan/scanner/tilted", test_tilted);
  g_test_add_func ("/scan/scanner/in-sections", test_in_sections);
#if MIL_HAVE_PDF
  g_test_add_func ("/scan/scanner/document", test_document);
  g_test_add_func ("/scan/scanner/document-dropped", test_document_dropped);
#endif
  return g_test_run ();
}
