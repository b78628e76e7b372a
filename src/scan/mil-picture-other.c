/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-picture-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include <allheaders.h>
#include <poppler.h>
#include <webp/decode.h>

/* Not every poppler declares these itself. */
typedef PopplerDocument Document;
typedef PopplerPage     Page;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Document, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, g_object_unref)

#define PDF_DPI 300.0
#define POINTS_PER_INCH 72.0

static MilPicture *
damaged (GError **error)
{
  mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The picture is damaged or cut off and cannot be opened. Choose another file."));
  return NULL;
}

/* WebP: RIFF chunks of a four-letter name, a little-endian size, and data padded to even length. */
static int
webp_orientation (const guint8 *data, gsize size)
{
  for (gsize at = 12; at + 8 <= size;)
    {
      gsize length = data[at + 4] | data[at + 5] << 8 | data[at + 6] << 16 | (gsize) data[at + 7] << 24;
      if (length > size - at - 8)
        break;
      if (memcmp (data + at, "EXIF", 4) == 0)
        {
          const guint8 *exif = data + at + 8;
          gsize         skip = length > 6 && memcmp (exif, "Exif\0\0", 6) == 0 ? 6 : 0;
          return mil_exif_orientation (exif + skip, length - skip);
        }
      at += 8 + length + (length & 1);
    }
  return 1;
}

static void
lay_on_white (const guint8 *rgba, guint8 *rgb, gsize n_pixels)
{
  for (gsize i = 0; i < n_pixels; i++, rgba += 4, rgb += 3)
    for (int c = 0; c < 3; c++)
      rgb[c] = (rgba[c] * rgba[3] + 255 * (255 - rgba[3]) + 127) / 255;
}

MilPicture *
mil_picture_decode_webp (const guint8 *data, gsize size, int *orientation, GError **error)
{
  WebPDecoderConfig config;
  if (!WebPInitDecoderConfig (&config) || WebPGetFeatures (data, size, &config.input) != VP8_STATUS_OK)
    return damaged (error);
  if (!mil_picture_check_size (config.input.width, config.input.height, error))
    return NULL;
  if (config.input.has_animation)
    {
      mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("This is an animation. Save one of its pictures as PNG or JPEG first."));
      return NULL;
    }

  double pixels = (double) config.input.width * config.input.height;
  double scale = MIN (1.0, sqrt (MIL_PICTURE_KEPT_PIXELS / pixels));
  int width = MAX (1, (int) (config.input.width * scale)), height = MAX (1, (int) (config.input.height * scale));
  config.options.use_scaling = scale < 1;
  config.options.scaled_width = width;
  config.options.scaled_height = height;
  config.output.colorspace = MODE_RGBA;
  if (WebPDecode (data, size, &config) != VP8_STATUS_OK)
    {
      WebPFreeDecBuffer (&config.output);
      return damaged (error);
    }

  guint8 *rgb = g_malloc ((gsize) width * height * 3);
  for (int y = 0; y < height; y++)
    lay_on_white (config.output.u.RGBA.rgba + (gsize) y * config.output.u.RGBA.stride, rgb + (gsize) y * width * 3, width);
  WebPFreeDecBuffer (&config.output);
  *orientation = webp_orientation (data, size);
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, (gsize) width * height * 3);
  return mil_picture_new (bytes, width, height, width * 3);
}

static MilPicture *
picture_from_pix (PIX *pix)
{
  int            width = pixGetWidth (pix), height = pixGetHeight (pix), words = pixGetWpl (pix);
  const guint32 *data = pixGetData (pix);
  guint8        *rgb = g_malloc ((gsize) width * height * 3), *out = rgb;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++, out += 3)
      {
        guint32 pixel = data[(gsize) y * words + x];
        out[0] = pixel >> L_RED_SHIFT;
        out[1] = pixel >> L_GREEN_SHIFT;
        out[2] = pixel >> L_BLUE_SHIFT;
      }
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, (gsize) width * height * 3);
  return mil_picture_new (bytes, width, height, width * 3);
}

MilPicture *
mil_picture_decode_tiff (const guint8 *data, gsize size, GError **error)
{
  l_int32 width = 0, height = 0, bits = 0, samples = 0, resolution = 0, mapped = 0, format = 0;
  if (readHeaderMemTiff (data, size, 0, &width, &height, &bits, &samples, &resolution, &mapped, &format) != 0)
    return damaged (error);
  if (!mil_picture_check_size (width, height, error))
    return NULL;

  PIX *pix = pixReadMemTiff (data, size, 0);
  PIX *colour = pix ? pixConvertTo32 (pix) : NULL;
  pixDestroy (&pix);
  if (colour == NULL)
    return damaged (error);
  double pixels = (double) pixGetWidth (colour) * pixGetHeight (colour);
  if (pixels > MIL_PICTURE_KEPT_PIXELS)
    {
      double scale = sqrt (MIL_PICTURE_KEPT_PIXELS / pixels) * 0.999;
      PIX   *small = pixScaleAreaMap (colour, scale, scale);
      pixDestroy (&colour);
      if (small == NULL)
        return damaged (error);
      colour = small;
    }
  MilPicture *picture = picture_from_pix (colour);
  pixDestroy (&colour);
  return picture;
}

guint
mil_picture_pdf_pages (GBytes *bytes)
{
  g_autoptr (Document) document = poppler_document_new_from_bytes (bytes, NULL, NULL);
  return document ? MAX (0, poppler_document_get_n_pages (document)) : 0;
}

static MilPicture *
render_page (PopplerPage *page, GError **error)
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
  return mil_picture_new (bytes, width, height, width * 3);
}

MilPicture *
mil_picture_decode_pdf (GBytes *bytes, guint page, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (Document) document = poppler_document_new_from_bytes (bytes, NULL, &local);
  if (g_error_matches (local, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    {
      mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The PDF document is protected by a password. Save it without one first."));
      return NULL;
    }
  if (document == NULL || poppler_document_get_n_pages (document) < 1)
    {
      mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The PDF document is damaged and cannot be opened. Choose another file."));
      return NULL;
    }

  g_autoptr (Page) sheet = NULL;
  if (page < (guint) poppler_document_get_n_pages (document))
    sheet = poppler_document_get_page (document, page);
  if (sheet == NULL)
    {
      mil_error_set (error, MIL_ERROR_NOT_FOUND, _ ("The PDF document has no page %u."), page + 1);
      return NULL;
    }
  return render_page (sheet, error);
}
