/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-pdf-document.h"

#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include <glib/gstdio.h>
#include <poppler.h>

#include "scan/mil-ocr.h"
#include "scan/mil-pdf-look.h"
#include "scan/mil-pdf-wire.h"

/* Enough for a page of a few points, and hardly more than that. */
static const MilPdfLimits tight = { .mebibytes = 96, .seconds = 60, .milliseconds = 600 * 1000 };
/* For what would take for ever. */
static const MilPdfLimits hasty = { .mebibytes = 96, .seconds = 1, .milliseconds = 600 * 1000 };

/* --- documents ------------------------------------------------------------------------------------ */

static GBytes *
deflate (const void *data, gsize size)
{
  g_autoptr (GConverter) compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  GBytes *all = g_converter_convert_bytes (compressor, bytes, &error);
  g_assert_no_error (error);
  return all;
}

static void
append_stream (GString *pdf, const char *dictionary, const void *data, gsize size)
{
  gsize length = 0;
  g_autoptr (GBytes) packed = deflate (data, size);
  const char *bytes = g_bytes_get_data (packed, &length);
  g_string_append_printf (pdf, "<<%s/Filter/FlateDecode/Length %zu>>stream\n", dictionary, length);
  g_string_append_len (pdf, bytes, length);
  g_string_append (pdf, "\nendstream\n");
}

/* A document of two pages of 220 points: the first draws @content, compressed; the second carries text.
 * Object 5 is a stream of @data that the content may name /X. */
static GBytes *
make_document (GString *content, const char *dictionary, const void *data, gsize size)
{
  static const char text[]
      = "BT /F 11 Tf 12 180 Td 16 TL (Bottega Canaletto SRL) Tj T* (Data 14/03/2026) Tj T* "
        "(Vetro soffiato 48,00) Tj T* (TOTALE EURO 75,50) Tj T* (Grazie!) Tj ET 1 0 0 rg 50 20 90 33 re f";
  gsize    places[8];
  guint    n = 0;
  GString *pdf = g_string_new ("%PDF-1.4\n");
  for (guint i = 1; i <= 8; i++)
    {
      places[n++] = pdf->len;
      g_string_append_printf (pdf, "%u 0 obj\n", i);
      if (i == 1)
        g_string_append (pdf, "<</Type/Catalog/Pages 2 0 R>>");
      else if (i == 2)
        g_string_append (pdf, "<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>");
      else if (i == 3 || i == 6)
        g_string_append_printf (pdf, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 220 220]/Contents %u 0 R/Resources<</Font<</F 8 0 R>>/XObject<</X 5 0 R>>>>>>", i + 1);
      else if (i == 4)
        append_stream (pdf, "", content->str, content->len);
      else if (i == 5)
        append_stream (pdf, dictionary, data, size);
      else if (i == 7)
        append_stream (pdf, "", text, strlen (text));
      else
        g_string_append (pdf, "<</Type/Font/Subtype/Type1/BaseFont/Courier>>");
      g_string_append (pdf, "\nendobj\n");
    }
  gsize table = pdf->len;
  g_string_append (pdf, "xref\n0 9\n0000000000 65535 f \n");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (pdf, "%010zu 00000 n \n", places[i]);
  g_string_append_printf (pdf, "trailer<</Size 9/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", table);
  return g_string_free_to_bytes (pdf);
}

#define PICTURE "/Type/XObject/Subtype/Image/Width %u/Height %u/ColorSpace/DeviceRGB/BitsPerComponent 8"

/* Stripes of all colours, drawn once. */
static GBytes *
make_good (void)
{
  static guint8 pixels[40 * 30 * 3];
  for (guint i = 0; i < G_N_ELEMENTS (pixels); i++)
    pixels[i] = i * 37;
  g_autofree char *dictionary = g_strdup_printf (PICTURE, 40, 30);
  g_autoptr (GString) content = g_string_new (
      "q 170.5 30 -20 150 20 10 cm /X Do Q 0 0 1 RG 3 w 5 5 m 200 190 l S");
  return make_document (content, dictionary, pixels, sizeof pixels);
}

/* Its size stands in the midst of what is compressed, where nobody sees it before it is drawn. */
static GBytes *
make_vast (void)
{
  g_autoptr (GString) content = g_string_new (
      "q 200 0 0 200 10 10 cm BI /W 30000 /H 30000 /BPC 8 /CS /RGB ID ");
  gsize at = content->len;
  g_string_set_size (content, at + 50000);
  memset (content->str + at, 0, 50000);
  g_string_append (content, " EI Q");
  return make_document (content, "", "", 0);
}

/* A picture of a size that may be, a hundred thousand times. */
static GBytes *
make_often (void)
{
  g_autofree guint8 *pixels = g_malloc0 (1500 * 1500 * 3);
  g_autofree char   *dictionary = g_strdup_printf (PICTURE, 1500, 1500);
  g_autoptr (GString) content = g_string_new ("q 200 0 0 200 10 10 cm\n");
  for (guint i = 0; i < 100 * 1000; i++)
    g_string_append (content, "/X Do\n");
  g_string_append (content, "Q");
  return make_document (content, dictionary, pixels, 1500 * 1500 * 3);
}

/* A drawing that takes hours, in a few bytes: many curves of many short dashes. */
static GBytes *
make_endless (void)
{
  g_autoptr (GString) content = g_string_new ("/X Do\n");
  g_autoptr (GString) curves = g_string_new ("40 w [.1 .1] 0 d 0 0 m\n");
  for (guint i = 0; i < 50 * 1000; i++)
    g_string_append (curves, "9 210 210 9 0 0 c S 0 0 m\n");
  return make_document (content, "/Type/XObject/Subtype/Form/BBox[0 0 220 220]", curves->str, curves->len);
}

/* --- what is seen --------------------------------------------------------------------------------- */

/* As this process draws it. */
static void
assert_drawn (MilPicture *picture, GBytes *bytes, guint number)
{
  double wide = 0, high = 0, scale = 300 / 72.0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) document = G_OBJECT (poppler_document_new_from_bytes (bytes, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (GObject) page = G_OBJECT (poppler_document_get_page (POPPLER_DOCUMENT (document), number));
  poppler_page_get_size (POPPLER_PAGE (page), &wide, &high);
  int width = (int) (wide * scale), height = (int) (high * scale);
  g_assert_cmpint (mil_picture_get_width (picture), ==, width);
  g_assert_cmpint (mil_picture_get_height (picture), ==, height);

  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t         *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (POPPLER_PAGE (page), cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  const guint8 *wanted = cairo_image_surface_get_data (surface);
  const guint8 *rgb = g_bytes_get_data (mil_picture_get_pixels (picture), NULL);
  gboolean      has_colour = FALSE;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint32 pixel = *(const guint32 *) (wanted + (gsize) y * cairo_image_surface_get_stride (surface) + x * 4);
        const guint8 *p = rgb + ((gsize) y * width + x) * 3;
        if (((guint32) p[0] << 16 | p[1] << 8 | p[2]) != (pixel & 0xffffff))
          g_error ("page %u is another one at %d, %d", number, x, y);
        has_colour |= p[0] != p[1];
      }
  g_assert_true (has_colour);
  cairo_surface_destroy (surface);
}

static void
assert_words (MilPicture *picture)
{
  GPtrArray  *words = mil_picture_get_words (picture);
  const char *wanted[] = { "Bottega",  "Canaletto", "SRL",    "Data", "14/03/2026", "Vetro",
                           "soffiato", "48,00",     "TOTALE", "EURO", "75,50",      "Grazie!" };
  g_assert_nonnull (words);
  g_assert_cmpuint (words->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < words->len; i++)
    {
      const MilWord *word = words->pdata[i];
      g_assert_cmpstr (word->text, ==, wanted[i]);
      g_assert_cmpint (word->box.x, >=, 40);
      g_assert_cmpint (word->box.x + word->box.width, <, mil_picture_get_width (picture));
      g_assert_cmpint (word->box.height, >, 20);
    }
}

static void
assert_good (const MilPdfLimits *limits)
{
  g_autoptr (GBytes) bytes = make_good ();
  g_autoptr (MilPdfDocument) document = mil_pdf_document_new (bytes, limits);
  g_autoptr (GError) error = NULL;
  g_assert_cmpuint (mil_pdf_document_count_pages (document, NULL, &error), ==, 2);
  g_assert_no_error (error);
  int pid = mil_pdf_document_get_pid (document);
  g_assert_cmpint (pid, >, 0);

  g_autoptr (MilPicture) second = mil_pdf_document_draw (document, 1, NULL, &error);
  g_assert_no_error (error);
  assert_drawn (second, bytes, 1);
  assert_words (second);
  g_autoptr (MilPicture) first = mil_pdf_document_draw (document, 0, NULL, &error);
  g_assert_no_error (error);
  assert_drawn (first, bytes, 0);
  g_assert_null (mil_picture_get_words (first));
  g_assert_cmpuint (mil_picture_get_n_pages (first), ==, 2);
  /* One for all pages. */
  g_assert_cmpint (mil_pdf_document_get_pid (document), ==, pid);

  g_assert_null (mil_pdf_document_draw (document, 2, NULL, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_NOT_FOUND);
}

static void
assert_no_child (void)
{
  g_assert_cmpint (waitpid (-1, NULL, WNOHANG), ==, -1);
}

static void
test_good (void)
{
  assert_good (NULL);
  assert_good (&tight);
  assert_no_child ();
}

/* The program's own code under the sanitizers, where those are built in. */
static void
test_sanitized (void)
{
  MilPdfLimits limits = tight;
  limits.program = g_getenv ("MILIONE_PDF_SANITIZED");
  g_assert_nonnull (limits.program);
  assert_good (&limits);
}

static void
assert_refused (GBytes *bytes, const MilPdfLimits *limits, MilErrorCode code, const char *words)
{
  g_autoptr (MilPdfDocument) document = mil_pdf_document_new (bytes, limits);
  g_autoptr (GError) error = NULL;
  g_assert_null (mil_pdf_document_draw (document, 0, NULL, &error));
  g_assert_error (error, MIL_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_error ("%s: %s", words, error->message);
  g_assert_cmpint (mil_pdf_document_get_pid (document), ==, 0);
  assert_no_child ();
}

/* Nothing of it is seen before it is drawn. */
static void
assert_passes_look (GBytes *bytes)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_assert_true (mil_pdf_look_fits (data, size));
}

/* What one page does is nothing to the next. */
static void
test_vast (void)
{
  g_autoptr (GBytes) bytes = make_vast ();
  g_autoptr (MilPdfDocument) document = mil_pdf_document_new (bytes, &tight);
  g_autoptr (GError) error = NULL;
  assert_passes_look (bytes);
  assert_refused (bytes, &tight, MIL_ERROR_TOO_LARGE, "memory");
  g_assert_null (mil_pdf_document_draw (document, 0, NULL, NULL));
  g_autoptr (MilPicture) second = mil_pdf_document_draw (document, 1, NULL, &error);
  g_assert_no_error (error);
  assert_words (second);
}

static void
test_often (void)
{
  g_autoptr (GBytes) bytes = make_often ();
  assert_passes_look (bytes);
  assert_refused (bytes, &hasty, MIL_ERROR_TOO_LARGE, "too long");
}

static void
test_endless (void)
{
  g_autoptr (GBytes) bytes = make_endless ();
  assert_passes_look (bytes);
  assert_refused (bytes, &hasty, MIL_ERROR_TOO_LARGE, "too long");
}

static void
test_damaged (void)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("%PDF-1.4 and no more", 20);
  assert_refused (nothing, NULL, MIL_ERROR_UNREADABLE, "damaged");
}

/* --- what becomes of the program ------------------------------------------------------------------- */

static gpointer
kill_it (gpointer data)
{
  g_assert_cmpint (kill (GPOINTER_TO_INT (data), SIGKILL), ==, 0);
  return NULL;
}

static void
test_killed (void)
{
  g_autoptr (GBytes) bytes = make_endless ();
  g_autoptr (MilPdfDocument) document = mil_pdf_document_new (bytes, NULL);
  g_autoptr (GError) error = NULL;
  g_assert_cmpuint (mil_pdf_document_count_pages (document, NULL, &error), ==, 2);
  GThread *thread = g_thread_new ("kill", kill_it, GINT_TO_POINTER (mil_pdf_document_get_pid (document)));
  g_assert_null (mil_pdf_document_draw (document, 0, NULL, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_UNREADABLE);
  g_assert_nonnull (strstr (error->message, "stopped"));
  g_thread_join (thread);
  assert_no_child ();
  /* Another one is started for the next page. */
  g_clear_error (&error);
  g_autoptr (MilPicture) second = mil_pdf_document_draw (document, 1, NULL, &error);
  g_assert_no_error (error);
  assert_words (second);
}

static gpointer
cancel_it (gpointer data)
{
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_cancelled (void)
{
  g_autoptr (GBytes) bytes = make_endless ();
  g_autoptr (MilPdfDocument) document = mil_pdf_document_new (bytes, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_assert_cmpuint (mil_pdf_document_count_pages (document, cancellable, &error), ==, 2);
  GThread *thread = g_thread_new ("cancel", cancel_it, cancellable);
  gint64   start = g_get_monotonic_time ();
  g_assert_null (mil_pdf_document_draw (document, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* Long before it would have been stopped anyway. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
  g_thread_join (thread);
  assert_no_child ();
  g_assert_cmpint (mil_pdf_document_get_pid (document), ==, 0);
}

/* One that says nothing, whatever it is asked. */
static void
test_silent (void)
{
  g_autoptr (GBytes) bytes = make_good ();
  g_autofree char *sleep = g_find_program_in_path ("sleep");
  g_assert_nonnull (sleep);
  MilPdfLimits limits = { .mebibytes = 1000, .seconds = 1000, .milliseconds = 50, .program = sleep };
  assert_refused (bytes, &limits, MIL_ERROR_TOO_LARGE, "too long");
}

static void
test_missing (void)
{
  g_autoptr (GBytes) bytes = make_good ();
  MilPdfLimits limits = tight;
  limits.program = "/nonexistent/milione-pdf";
  assert_refused (bytes, &limits, MIL_ERROR_FAILED, "Install Milione again");
}

/* A program that says @size bytes of @said, then ends with @status. */
static void
assert_said (const void *said, gsize size, int status, MilErrorCode code, const char *words)
{
  g_autoptr (GBytes) bytes = make_good ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("pdf-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *answer = g_build_filename (folder, "answer", NULL),
                  *program = g_build_filename (folder, "program", NULL);
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\ncat '%s' >&0\nexit %d\n", answer, status);
  g_assert_true (g_file_set_contents (answer, said, size, &error));
  g_assert_true (g_file_set_contents_full (program, script, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0700, &error));
  MilPdfLimits limits = tight;
  limits.program = program;
  assert_refused (bytes, &limits, code, words);
  g_remove (answer);
  g_remove (program);
  g_rmdir (folder);
}

static void
test_liars (void)
{
  const struct
  {
    MilPdfReply opened, page;
    guint8      rest[120];
  } said = { { MIL_PDF_MAGIC, MIL_PDF_FINE, 1 }, { MIL_PDF_MAGIC, MIL_PDF_FINE, 1, 10, 10, 1, 30 } };

  assert_said ("", 0, 0, MIL_ERROR_UNREADABLE, "stopped");
  assert_said ("", 0, MIL_PDF_EXIT_MEMORY, MIL_ERROR_TOO_LARGE, "memory");
  assert_said ("I will not, and I say it at length", 34, 0, MIL_ERROR_UNREADABLE, "damaged");
  /* A document without pages, one with a picture before it is asked for, words that are none, half a picture. */
  assert_said (&(MilPdfReply) { MIL_PDF_MAGIC, MIL_PDF_FINE, 0 }, sizeof (MilPdfReply), 0, MIL_ERROR_UNREADABLE, "damaged");
  assert_said (&said.page, sizeof said.page, 0, MIL_ERROR_UNREADABLE, "damaged");
  assert_said (&said, sizeof said, 0, MIL_ERROR_UNREADABLE, "damaged");
  MilPdfReply half[] = { said.opened, { MIL_PDF_MAGIC, MIL_PDF_FINE, 1, 10, 10, 0, 0 }, said.page };
  assert_said (half, sizeof half, 0, MIL_ERROR_UNREADABLE, "stopped");
  assert_said (half, sizeof half, MIL_PDF_EXIT_MEMORY, MIL_ERROR_TOO_LARGE, "memory");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/pdf-document/good", test_good);
  g_test_add_func ("/scan/pdf-document/sanitized", test_sanitized);
  g_test_add_func ("/scan/pdf-document/vast", test_vast);
  g_test_add_func ("/scan/pdf-document/often", test_often);
  g_test_add_func ("/scan/pdf-document/endless", test_endless);
  g_test_add_func ("/scan/pdf-document/damaged", test_damaged);
  g_test_add_func ("/scan/pdf-document/killed", test_killed);
  g_test_add_func ("/scan/pdf-document/cancelled", test_cancelled);
  g_test_add_func ("/scan/pdf-document/silent", test_silent);
  g_test_add_func ("/scan/pdf-document/missing", test_missing);
  g_test_add_func ("/scan/pdf-document/liars", test_liars);
  return g_test_run ();
}
