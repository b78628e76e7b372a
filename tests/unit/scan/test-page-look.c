/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Curled paper and shadows: pictures of them are made here of a receipt that is drawn flat. */

#include "config.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

#include "scan-fixture.h"
#include "scan/mil-ocr.h"
#include "scan/mil-page-private.h"
#include "scan/mil-row.h"
#include "scan/mil-scanner.h"

#define WIDTH 900
#define HEIGHT 1000

static const char *const rows[][2] = { { "Bottega Canaletto SRL", "" },
                                       { "Via Garibaldi 12, Venezia", "" },
                                       { "P.IVA 00743110157", "" },
                                       { "14/03/2026 16:42", "" },
                                       { "Vetro soffiato di Murano", "48,00" },
                                       { "Merletto fatto a mano", "27,50" },
                                       { "Cartolina", "1,80" },
                                       { "TOTALE EURO", "77,30" },
                                       { "Contanti", "100,00" },
                                       { "Resto", "22,70" },
                                       { "Grazie della visita", "" } };

static cairo_t *
begin_paper (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t         *cr = cairo_create (surface);
  cairo_surface_destroy (surface);
  cairo_set_source_rgb (cr, 0.9, 0.9, 0.88);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.1, 0.1, 0.1);
  cairo_select_font_face (cr, "DejaVu Sans Mono", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  return cr;
}

static MilPicture *
take_paper (cairo_t *cr)
{
  cairo_surface_t *surface = cairo_surface_reference (cairo_get_target (cr));
  cairo_destroy (cr);
  MilPicture *picture = fixture_take_picture (surface);
  cairo_surface_destroy (surface);
  return picture;
}

static MilPicture *
draw_flat (void)
{
  cairo_t *cr = begin_paper ();
  cairo_set_font_size (cr, 30);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      cairo_move_to (cr, 70, 170 + 64 * i);
      cairo_show_text (cr, rows[i][0]);
      cairo_move_to (cr, WIDTH - 70 - 18.06 * strlen (rows[i][1]), 170 + 64 * i);
      cairo_show_text (cr, rows[i][1]);
    }
  return take_paper (cr);
}

/* How far down a point of the paper is moved by its curl: most at the edges, and more at the top. */
static double
curl (double x, double y)
{
  double u = (x - WIDTH / 2.0) / (WIDTH / 2.0);
  return (1 - 0.6 * y / HEIGHT) * (78 * u * u + 34 * u * u * u);
}

/* How much light a point gets. */
static double
light (double x, double y, gboolean shadow)
{
  double u = x / WIDTH, v = y / HEIGHT;
  return shadow ? 0.2 + 0.8 / (1 + exp (-(u - 0.25 - 0.45 * v) * 45)) : 1;
}

static MilPicture *
photograph (MilPicture *flat, gboolean curled, gboolean shadow)
{
  const guint8 *in = g_bytes_get_data (mil_picture_get_pixels (flat), NULL);
  guint8       *rgb = g_malloc (WIDTH * HEIGHT * 3), *out = rgb;
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        double from = CLAMP (y - (curled ? curl (x, y) : 0), 0, HEIGHT - 2), share = from - (int) from;
        for (int c = 0; c < 3; c++)
          {
            const guint8 *p = in + ((int) from * WIDTH + x) * 3 + c;
            *out++ = (guint8) ((p[0] * (1 - share) + p[WIDTH * 3] * share) * light (x, y, shadow));
          }
      }
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, WIDTH * HEIGHT * 3);
  return mil_picture_new (bytes, WIDTH, HEIGHT, WIDTH * 3);
}

/* How many of the rows are read as they are drawn. */
static guint
count_rows_read (MilPage *page)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilOcr) ocr = mil_ocr_new ("ita", &error);
  g_assert_no_error (error);
  GPtrArray *words = mil_ocr_read (ocr, mil_page_get_pix (page), MIL_OCR_BLOCK, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) read = mil_rows_build (words);
  guint n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *wanted = g_strstrip (g_strdup_printf ("%s %s", rows[i][0], rows[i][1]));
      for (guint r = 0; r < read->len; r++)
        if (strcmp (((MilRow *) g_ptr_array_index (read, r))->text, wanted) == 0)
          {
            n++;
            break;
          }
    }
  g_autofree char *text = mil_rows_to_text (read);
  g_test_message ("%u rows read of\n%s", n, text);
  return n;
}

static gboolean
is_bent (PIX *gray)
{
  MilBend  bend;
  PIX     *ink = mil_page_ink (gray);
  gboolean bent = mil_bend_fit (&bend, ink, mil_page_letter_height (ink));
  pixDestroy (&ink);
  return bent;
}

static void
test_flatten (void)
{
  g_autoptr (MilPicture) flat = draw_flat ();
  g_autoptr (MilPicture) curled = photograph (flat, TRUE, FALSE);
  g_autoptr (MilPage) page = mil_page_find (curled, NULL, NULL);
  g_assert_nonnull (page);
  g_autoptr (MilPage) straight = mil_page_flatten (page);
  g_assert_nonnull (straight);
  g_assert_false (is_bent (mil_page_get_pix (straight)));
  guint before = count_rows_read (page), after = count_rows_read (straight);
  g_assert_cmpuint (after, >, before);
  g_assert_cmpuint (after, >=, G_N_ELEMENTS (rows) - 1);

  /* What is straight is left alone. */
  g_autoptr (MilPage) plain = mil_page_find (flat, NULL, NULL);
  g_assert_null (mil_page_flatten (plain));
}

/* A point of the straightened page lies in the picture where it was photographed. */
static void
test_way_back (void)
{
  g_autoptr (MilPicture) flat = draw_flat ();
  g_autoptr (MilPicture) curled = photograph (flat, TRUE, FALSE);
  g_autoptr (MilPage) page = mil_page_find (curled, NULL, NULL);
  g_autoptr (MilPage) straight = mil_page_flatten (page);
  g_assert_nonnull (straight);
  PIX *pix = mil_page_get_pix (straight);
  g_autoptr (GBytes) luma = mil_picture_dup_luma (curled);
  const guint8 *in_picture = g_bytes_get_data (luma, NULL);
  guint         n = 0, alike = 0;
  for (int y = 0; y < (int) pixGetHeight (pix); y += 3)
    for (int x = 0; x < (int) pixGetWidth (pix); x += 3)
      {
        double u = x, v = y;
        mil_page_to_picture (straight, &u, &v);
        if (GET_DATA_BYTE (pixGetData (pix) + y * pixGetWpl (pix), x) > 60 || u < 0 || v < 0 || u > WIDTH - 1
            || v > HEIGHT - 1)
          continue;
        n++;
        alike += in_picture[(int) lround (v) * WIDTH + (int) lround (u)] < 170;
      }
  g_assert_cmpuint (n, >, 500);
  g_assert_cmpuint (alike * 100, >, n * 95);
}

static void
test_clear (void)
{
  g_autoptr (MilPicture) flat = draw_flat ();
  g_autoptr (MilPicture) dark = photograph (flat, FALSE, TRUE);
  g_autoptr (MilPage) page = mil_page_find (dark, NULL, NULL);
  g_assert_nonnull (page);
  g_autoptr (MilPage) whole = mil_page_find_in_shadow (dark, NULL);
  g_assert_nonnull (whole);
  g_autoptr (MilPage) clear = mil_page_clear (whole, dark);
  guint before = count_rows_read (page), after = count_rows_read (clear);
  g_assert_cmpuint (after, >, before);
  g_assert_cmpuint (after, >=, G_N_ELEMENTS (rows) - 1);
}

/* With a code of bars in the text; @from and @to are its edges. */
static MilPicture *
draw_bars (int from, int to)
{
  MilPicture        *flat = draw_flat ();
  const guint8      *in = g_bytes_get_data (mil_picture_get_pixels (flat), NULL);
  g_autofree guint8 *rgb = g_memdup2 (in, WIDTH * HEIGHT * 3);
  g_object_unref (flat);
  for (int x = 200; x < 700; x++)
    if ((x * 7 / 5) % 11 < 5)
      for (int y = from; y < to; y++)
        memset (rgb + ((gsize) y * WIDTH + x) * 3, 30, 3);
  g_autoptr (GBytes) bytes = g_bytes_new (rgb, WIDTH * HEIGHT * 3);
  return mil_picture_new (bytes, WIDTH, HEIGHT, WIDTH * 3);
}

/* How many pixels of the page are dark that lie in a part of the picture. */
static guint
count_dark (MilPage *page, MilBox part)
{
  PIX  *pix = mil_page_get_pix (page);
  guint n = 0;
  for (int y = 0; y < (int) pixGetHeight (pix); y++)
    for (int x = 0; x < (int) pixGetWidth (pix); x++)
      {
        double u = x, v = y;
        mil_page_to_picture (page, &u, &v);
        if (u >= part.x && u < part.x + part.width && v >= part.y && v < part.y + part.height)
          n += GET_DATA_BYTE (pixGetData (pix) + (gsize) y * pixGetWpl (pix), x) < 128;
      }
  return n;
}

static void
test_erase (void)
{
  const int from = 170 + 64 * 8 + 14, to = from + 80;
  g_autoptr (MilPicture) picture = draw_bars (from, to);
  g_autoptr (MilPage) page = mil_page_find (picture, NULL, NULL);
  g_assert_nonnull (page);
  MilBox  text = { 0, 0, WIDTH, from - 8 }, bars = { 210, from + 4, 480, to - from - 8 };
  MilQuad read = mil_quad_of_box ((MilBox) { 200, from + 30, 500, 10 });
  guint   before = count_dark (page, text);
  g_assert_cmpuint (before, >, 0);
  g_assert_cmpuint (count_dark (page, bars), >, 1000);
  mil_page_erase (page, &read);
  g_assert_cmpuint (count_dark (page, bars), ==, 0);
  g_assert_cmpuint (count_dark (page, text), ==, before);

  MilQuad beyond = mil_quad_of_box ((MilBox) { 5 * WIDTH, 0, 10, 10 });
  mil_page_erase (page, &beyond);
  g_assert_cmpuint (count_dark (page, text), ==, before);
}

#define SLANT 3.2
#define MODULES 40
#define MODULE 12

/* A few rows that slant, and below them a code that does not and is larger than all of them. */
static MilPicture *
draw_beside_code (void)
{
  cairo_t *cr = begin_paper ();
  for (int y = 0; y < MODULES; y++)
    for (int x = 0; x < MODULES; x++)
      if (((x * 73 + y * 151 + x * y * 31) / 7) % 2 == 0)
        cairo_rectangle (cr, 200 + x * MODULE, 450 + y * MODULE, MODULE, MODULE);
  cairo_fill (cr);
  cairo_rotate (cr, SLANT * G_PI / 180);
  cairo_set_font_size (cr, 22);
  for (guint i = 3; i < 7; i++)
    {
      cairo_move_to (cr, 120, 40 * i);
      cairo_show_text (cr, rows[i][0]);
      cairo_move_to (cr, 640, 40 * i);
      cairo_show_text (cr, rows[i][1]);
    }
  return take_paper (cr);
}

/* By how many degrees rows of the page go down in the picture. */
static double
slant_of (MilPage *page)
{
  double x[] = { 0, 100 }, y[] = { 0, 0 };
  mil_page_to_picture (page, &x[0], &y[0]);
  mil_page_to_picture (page, &x[1], &y[1]);
  return atan2 (y[1] - y[0], x[1] - x[0]) * 180 / G_PI;
}

static void
test_level (void)
{
  g_autoptr (MilPicture) picture = draw_beside_code ();
  g_autoptr (MilPage) page = mil_page_find (picture, NULL, NULL);
  g_assert_nonnull (page);
  g_test_message ("%.2f with the code", slant_of (page));
  g_assert_cmpfloat (fabs (slant_of (page) - SLANT), >, 1);
  MilQuad code = mil_quad_of_box ((MilBox) { 195, 445, MODULES * MODULE + 10, MODULES * MODULE + 10 });
  mil_page_erase (page, &code);
  mil_page_level (page);
  g_test_message ("%.2f without it", slant_of (page));
  g_assert_cmpfloat (fabs (slant_of (page) - SLANT), <, 0.4);
}

typedef struct
{
  GMainLoop     *loop;
  MilScanner    *scanner;
  MilPicture    *picture;
  MilScanResult *result;
  GError        *error;
} Fixture;

static DexFuture *
scan_in_fiber (gpointer data)
{
  Fixture       *fixture = data;
  MilScanOptions options = { .kind = MIL_SCAN_RECEIPT, .languages = "ita", .today = { 2026, 11, 22 } };
  fixture->result = mil_await_pointer (mil_scan_picture (fixture->scanner, fixture->picture, &options),
                                       &fixture->error);
  g_main_loop_quit (fixture->loop);
  return dex_future_new_true ();
}

/* All of it together: what lacks agreement is looked at in these ways. */
static void
check_scan (gboolean curled, gboolean shadow)
{
  g_autoptr (MilPicture) flat = draw_flat ();
  Fixture    fixture = { .loop = g_main_loop_new (NULL, FALSE),
                         .scanner = mil_scanner_new (),
                         .picture = photograph (flat, curled, shadow) };
  DexFuture *future = mil_spawn (scan_in_fiber, &fixture, NULL);
  g_main_loop_run (fixture.loop);
  dex_unref (future);
  g_assert_no_error (fixture.error);
  const MilReceipt *receipt = fixture.result->receipt;
  g_test_message ("%s", receipt->text);
  g_assert_true (mil_receipt_is_well_supported (receipt, MIL_RECEIPT_TOTAL));
  g_autofree char *total = mil_decimal_to_string (receipt->amounts[MIL_RECEIPT_TOTAL]);
  g_assert_cmpstr (total, ==, "77.30");
  g_autofree char *date = mil_date_to_string (receipt->date);
  g_assert_cmpstr (date, ==, "2026-03-14");
  MilBox box = receipt->evidence[MIL_RECEIPT_TOTAL].box;
  double x = box.x + box.width / 2.0, y = box.y + box.height / 2.0, wanted = 170 + 64 * 7 - 11;
  wanted += curled ? curl (785, wanted + 50) : 0;
  g_assert_cmpfloat_with_epsilon (x, 785, 25);
  g_assert_cmpfloat_with_epsilon (y, wanted, 25);
  mil_scan_result_free (fixture.result);
  g_object_unref (fixture.picture);
  g_object_unref (fixture.scanner);
  g_main_loop_unref (fixture.loop);
}

static void
test_scan_curled (void)
{
  check_scan (TRUE, FALSE);
}

static void
test_scan_shadow (void)
{
  check_scan (FALSE, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  setMsgSeverity (L_SEVERITY_NONE);
  g_test_add_func ("/scan/page-look/flatten", test_flatten);
  g_test_add_func ("/scan/page-look/way-back", test_way_back);
  g_test_add_func ("/scan/page-look/clear", test_clear);
  g_test_add_func ("/scan/page-look/erase", test_erase);
  g_test_add_func ("/scan/page-look/level", test_level);
  g_test_add_func ("/scan/page-look/scan-curled", test_scan_curled);
  g_test_add_func ("/scan/page-look/scan-shadow", test_scan_shadow);
  return g_test_run ();
}
