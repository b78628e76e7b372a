/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-picture-private.h"

#include <glib/gi18n.h>

#if MIL_HAVE_PDF

#include <math.h>
#include <string.h>

#include <poppler.h>

#include "scan/mil-ocr.h"
#include "scan/mil-pdf-look.h"

/* Not every poppler declares these itself. */
typedef PopplerDocument Document;
typedef PopplerPage     Page;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Document, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, g_object_unref)

#define PDF_DPI 300.0
#define POINTS_PER_INCH 72.0
/* A page with fewer words is a picture with a stamp on it. */
#define MIN_WORDS 6
#define MAX_TEXT 200000

static MilPicture *
damaged (GError **error)
{
  mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The PDF document is damaged and cannot be opened. Choose another file."));
  return NULL;
}

guint
mil_picture_pdf_pages (GBytes *bytes)
{
  g_autoptr (Document) document = poppler_document_new_from_bytes (bytes, NULL, NULL);
  return document ? MAX (0, poppler_document_get_n_pages (document)) : 0;
}

static void
end_word (GPtrArray *words, GString *text, const PopplerRectangle *around, double scale)
{
  if (text->len == 0)
    return;
  MilWord *word = g_new0 (MilWord, 1);
  word->text = g_strdup (text->str);
  word->confidence = 100;
  word->box.x = (int) (around->x1 * scale);
  word->box.y = (int) (around->y1 * scale);
  word->box.width = MAX (1, (int) ((around->x2 - around->x1) * scale));
  word->box.height = MAX (1, (int) ((around->y2 - around->y1) * scale));
  g_ptr_array_add (words, word);
  g_string_truncate (text, 0);
}

/* The words that the page itself carries; NULL for a page that is only a picture. */
static GPtrArray *
find_words (PopplerPage *page, double scale)
{
  g_autofree char             *all = poppler_page_get_text (page);
  g_autofree PopplerRectangle *boxes = NULL;
  guint                        n = 0;
  if (all == NULL || strlen (all) > MAX_TEXT || !g_utf8_validate (all, -1, NULL)
      || !poppler_page_get_text_layout (page, &boxes, &n))
    return NULL;

  GPtrArray *words = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_word_free);
  g_autoptr (GString) text = g_string_new (NULL);
  PopplerRectangle around = { 0 };
  guint            i = 0;
  for (const char *p = all; *p != '\0' && i < n; p = g_utf8_next_char (p), i++)
    {
      if (g_unichar_isspace (g_utf8_get_char (p)))
        {
          end_word (words, text, &around, scale);
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
  end_word (words, text, &around, scale);
  if (words->len < MIN_WORDS)
    g_clear_pointer (&words, g_ptr_array_unref);
  return words;
}

static MilPicture *
render_page (PopplerPage *page, guint n_pages, GError **error)
{
  double points_wide = 0, points_high = 0;
  poppler_page_get_size (page, &points_wide, &points_high);
  if (!(points_wide >= 1 && points_high >= 1 && points_wide < 1e6 && points_high < 1e6))
    return damaged (error);

  double scale = PDF_DPI / POINTS_PER_INCH;
  scale = MIN (scale, sqrt (MIL_PICTURE_KEPT_PIXELS / (points_wide * points_high)));
  int width = MAX (1, (int) (points_wide * scale)), height = MAX (1, (int) (points_high * scale));
  if (width > G_MAXINT16 || height > G_MAXINT16)
    return damaged (error);

  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t         *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  const guint8 *data = cairo_image_surface_get_data (surface);
  int           stride = cairo_image_surface_get_stride (surface);
  guint8       *rgb = g_malloc ((gsize) width * height * 3), *out = rgb;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++, out += 3)
      {
        guint32 pixel;
        memcpy (&pixel, data + (gsize) y * stride + x * 4, 4);
        out[0] = pixel >> 16;
        out[1] = pixel >> 8;
        out[2] = pixel;
      }
  cairo_surface_destroy (surface);
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, (gsize) width * height * 3);
  MilPicture *picture = mil_picture_new (bytes, width, height, width * 3);
  mil_picture_set_document (picture, find_words (page, scale), n_pages);
  return picture;
}

MilPicture *
mil_picture_decode_pdf (GBytes *bytes, guint page, GError **error)
{
  g_autoptr (GError) local = NULL;
  gsize         size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  if (!mil_pdf_look_fits (data, size))
    {
      mil_error_set (error, MIL_ERROR_TOO_LARGE, _ ("The PDF document has a picture in it that would take too much memory. Save it with fewer dots per inch, or take a screenshot of the page."));
      return NULL;
    }
  g_autoptr (Document) document = poppler_document_new_from_bytes (bytes, NULL, &local);
  if (g_error_matches (local, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    {
      mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The PDF document is protected by a password. Save it without one first."));
      return NULL;
    }
  if (document == NULL || poppler_document_get_n_pages (document) < 1)
    return damaged (error);

  g_autoptr (Page) sheet = NULL;
  if (page < (guint) poppler_document_get_n_pages (document))
    sheet = poppler_document_get_page (document, page);
  if (sheet == NULL)
    {
      mil_error_set (error, MIL_ERROR_NOT_FOUND, _ ("The PDF document has no page %u."), page + 1);
      return NULL;
    }
  return render_page (sheet, poppler_document_get_n_pages (document), error);
}

#else

/* Built without poppler: a document is one page that cannot be opened, so that whoever gave it is told. */

guint
mil_picture_pdf_pages (GBytes *bytes)
{
  return 1;
}

MilPicture *
mil_picture_decode_pdf (GBytes *bytes, guint page, GError **error)
{
  mil_error_set (error, MIL_ERROR_UNSUPPORTED, _ ("This build of Milione does not open PDF documents. Save the receipt as a picture first."));
  return NULL;
}

#endif
