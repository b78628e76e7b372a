/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/pdf/mil-pdf-page.h"

#include <math.h>
#include <string.h>

#include "scan/mil-picture-limits.h"

/* Not every poppler declares this itself. */
typedef PopplerPage Page;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, g_object_unref)

#define PDF_DPI 300.0
#define POINTS_PER_INCH 72.0
/* A page with fewer words is a picture with a stamp on it. */
#define MIN_WORDS 6

/**
 * mil_pdf_open:
 * @bytes: a PDF document
 * @document: (out) (transfer full) (nullable): it
 *
 * Returns: %MIL_PDF_FINE, or why it cannot be opened
 */
MilPdfStatus
mil_pdf_open (GBytes *bytes, PopplerDocument **document)
{
  g_return_val_if_fail (bytes != NULL, MIL_PDF_DAMAGED);
  g_return_val_if_fail (document != NULL, MIL_PDF_DAMAGED);

  g_autoptr (GError) error = NULL;
  *document = poppler_document_new_from_bytes (bytes, NULL, &error);
  if (g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    return MIL_PDF_LOCKED;
  if (*document != NULL && poppler_document_get_n_pages (*document) < 1)
    g_clear_object (document);
  return *document ? MIL_PDF_FINE : MIL_PDF_DAMAGED;
}

static gint32
to_pixels (double points, double scale, double least)
{
  return (gint32) CLAMP (points * scale, least, MIL_PDF_FARTHEST);
}

static void
end_word (GByteArray *words, guint32 *n, GString *text, const PopplerRectangle *around, double scale)
{
  if (text->len == 0)
    return;
  MilPdfWord word = {
    .x = to_pixels (around->x1, scale, -MIL_PDF_FARTHEST),
    .y = to_pixels (around->y1, scale, -MIL_PDF_FARTHEST),
    .width = to_pixels (around->x2 - around->x1, scale, 1),
    .height = to_pixels (around->y2 - around->y1, scale, 1),
    .length = text->len,
  };
  g_byte_array_append (words, (const guint8 *) &word, sizeof word);
  g_byte_array_append (words, (const guint8 *) text->str, text->len);
  g_string_truncate (text, 0);
  ++*n;
}

/* The words that the page itself carries; none for a page that is only a picture. */
static guint32
find_words (PopplerPage *page, double scale, GByteArray *words)
{
  g_autofree char             *all = poppler_page_get_text (page);
  g_autofree PopplerRectangle *boxes = NULL;
  guint                        n = 0;
  if (all == NULL || strlen (all) > MIL_PDF_MOST_TEXT || !g_utf8_validate (all, -1, NULL)
      || !poppler_page_get_text_layout (page, &boxes, &n))
    return 0;

  g_autoptr (GString) text = g_string_new (NULL);
  PopplerRectangle around = { 0 };
  guint32          n_words = 0;
  guint            i = 0;
  for (const char *p = all; *p != '\0' && i < n; p = g_utf8_next_char (p), i++)
    {
      if (g_unichar_isspace (g_utf8_get_char (p)))
        {
          end_word (words, &n_words, text, &around, scale);
          continue;
        }
      const PopplerRectangle *box = &boxes[i];
      if (text->len == 0)
        around = *box;
      around.x1 = MIN (around.x1, box->x1);
      around.y1 = MIN (around.y1, box->y1);
      around.x2 = MAX (around.x2, box->x2);
      around.y2 = MAX (around.y2, box->y2);
      g_string_append_unichar (text, g_utf8_get_char (p));
    }
  end_word (words, &n_words, text, &around, scale);
  if (n_words >= MIN_WORDS)
    return n_words;
  g_byte_array_set_size (words, 0);
  return 0;
}

/* How many pixels a page has for each point, and in all; 0 for one that is too thin or vast. */
static double
choose_scale (PopplerPage *page, MilPdfReply *reply)
{
  double points_wide = 0, points_high = 0;
  poppler_page_get_size (page, &points_wide, &points_high);
  if (!(points_wide >= 1 && points_high >= 1 && points_wide < 1e6 && points_high < 1e6))
    return 0;

  double scale = PDF_DPI / POINTS_PER_INCH;
  scale = MIN (scale, sqrt (MIL_PICTURE_KEPT_PIXELS / (points_wide * points_high)));
  int width = MAX (1, (int) (points_wide * scale)), height = MAX (1, (int) (points_high * scale));
  if (width > G_MAXINT16 || height > G_MAXINT16)
    return 0;
  reply->width = width;
  reply->height = height;
  return scale;
}

static cairo_surface_t *
draw (PopplerPage *page, const MilPdfReply *reply, double scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, reply->width, reply->height);
  cairo_t         *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static gboolean
write_pixels (cairo_surface_t *surface, const MilPdfReply *reply, MilPdfWriteFunc write)
{
  const guint8      *data = cairo_image_surface_get_data (surface);
  int                stride = cairo_image_surface_get_stride (surface);
  g_autofree guint8 *row = g_malloc ((gsize) reply->width * 3);
  for (guint32 y = 0; y < reply->height; y++)
    {
      guint8 *out = row;
      for (guint32 x = 0; x < reply->width; x++, out += 3)
        {
          guint32 pixel;
          memcpy (&pixel, data + (gsize) y * stride + x * 4, 4);
          out[0] = pixel >> 16;
          out[1] = pixel >> 8;
          out[2] = pixel;
        }
      if (!write (row, (gsize) reply->width * 3))
        return FALSE;
    }
  return TRUE;
}

/**
 * mil_pdf_write_page:
 * @document: a document
 * @number: which page, from 0
 * @write: who takes the answer; returns whether more is wanted
 *
 * Draws a page with 300 dots an inch, or fewer where it would have more than %MIL_PICTURE_KEPT_PIXELS then,
 * on white, and writes the answer as `mil-pdf-wire.h` says.
 *
 * Returns: whether all of it was taken
 */
gboolean
mil_pdf_write_page (PopplerDocument *document, guint number, MilPdfWriteFunc write)
{
  g_return_val_if_fail (POPPLER_IS_DOCUMENT (document), FALSE);
  g_return_val_if_fail (write != NULL, FALSE);

  MilPdfReply reply = { .magic = MIL_PDF_MAGIC, .n_pages = poppler_document_get_n_pages (document) };
  g_autoptr (Page) page = number < reply.n_pages ? poppler_document_get_page (document, number) : NULL;
  double scale = page ? choose_scale (page, &reply) : 0;
  if (!(scale > 0))
    {
      reply.status = page ? MIL_PDF_DAMAGED : MIL_PDF_NO_PAGE;
      return write (&reply, sizeof reply);
    }
  cairo_surface_t *surface = draw (page, &reply, scale);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    {
      cairo_surface_destroy (surface);
      reply = (MilPdfReply) { .magic = MIL_PDF_MAGIC, .n_pages = reply.n_pages, .status = MIL_PDF_DAMAGED };
      return write (&reply, sizeof reply);
    }
  g_autoptr (GByteArray) words = g_byte_array_new ();
  reply.n_words = find_words (page, scale, words);
  reply.word_bytes = words->len;
  gboolean all = write (&reply, sizeof reply) && write (words->data, words->len) && write_pixels (surface, &reply, write);
  cairo_surface_destroy (surface);
  return all;
}
