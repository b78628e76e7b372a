/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-pdf.h"

#include "base/mil-date.h"
#include "base/mil-error.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
set_metadata (cairo_surface_t *surface, const MilPdfInfo *info)
{
  g_autofree char *created = mil_instant_to_string (info->created);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, info->title);
  if (info->author != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, info->author);
  if (info->subject != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, info->subject);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Milione " PACKAGE_VERSION);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, created);
}

static double
page_height (MilSheet *sheet, guint page)
{
  double width, height = 0;

  if (page < mil_sheet_get_n_pages (sheet))
    mil_sheet_get_size (sheet, page, &width, &height);
  return height;
}

/* ISO 32000-1, 14.8.4.2: structure stands below an element for the whole. Cairo can neither change the size
 * of the paper inside of one nor end it behind the last page, so a roll that is cut has one a piece. */
static void
draw_page (MilSheet *sheet, guint page, cairo_t *cr, double before)
{
  double width, height, after = page_height (sheet, page + 1);

  mil_sheet_get_size (sheet, page, &width, &height);
  if (height < before || height > before)
    {
      cairo_pdf_surface_set_size (cairo_get_target (cr), width, height);
      cairo_tag_begin (cr, "Document", NULL);
    }
  mil_sheet_draw (sheet, page, cr);
  if (height < after || height > after)
    cairo_tag_end (cr, "Document");
  cairo_show_page (cr);
}

static cairo_status_t
draw_pages (MilSheet *sheet, cairo_surface_t *surface)
{
  cairo_t       *cr = cairo_create (surface);
  cairo_status_t status;

  for (guint i = 0; i < mil_sheet_get_n_pages (sheet); i++)
    draw_page (sheet, i, cr, i > 0 ? page_height (sheet, i - 1) : 0);
  cairo_surface_finish (surface);
  status = cairo_status (cr);
  cairo_destroy (cr);
  return status == CAIRO_STATUS_SUCCESS ? cairo_surface_status (surface) : status;
}

/**
 * mil_pdf_new:
 * @sheet: a finished sheet
 * @info: what the PDF says about itself, and what is embedded in it
 * @error: %MIL_ERROR_FAILED when it cannot be drawn, and as mil_pdf_update()
 *
 * Draws a sheet as a tagged PDF whose text can be selected and whose fonts are embedded. The same sheet and the same
 * @info always make the same bytes.
 *
 * Returns: (transfer full): the file, or %NULL
 */
GBytes *
mil_pdf_new (MilSheet *sheet, const MilPdfInfo *info, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GBytes) drawn = NULL;
  cairo_surface_t *surface;
  cairo_status_t   status;
  double           width, height;

  g_return_val_if_fail (sheet != NULL && info != NULL && info->title != NULL && info->language != NULL, NULL);

  mil_sheet_get_size (sheet, 0, &width, &height);
  surface = cairo_pdf_surface_create_for_stream (append, out, width, height);
  /* From 1.5 on cairo packs its objects, and an update would have to do the same. */
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  set_metadata (surface, info);
  status = draw_pages (sheet, surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      mil_error_set (error, MIL_ERROR_FAILED, _ ("The PDF could not be drawn: %s."), cairo_status_to_string (status));
      return NULL;
    }
  drawn = g_byte_array_free_to_bytes (g_steal_pointer (&out));
  return mil_pdf_update (drawn, info, error);
}
