/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-picture-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include <allheaders.h>
#include <webp/decode.h>

/* What has no lines that can be decoded one after the other is held whole: WebP without loss or with
 * transparency, four bytes a pixel, and TIFF, four in colour when it is decoded and four after it. */
#define MAX_WHOLE_WEBP (30 * 1000 * 1000)
#define MAX_WHOLE_TIFF (160 * 1000 * 1000)
#define WEBP_LOSSLESS 2

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

void
mil_picture_lay_on_white (const guint8 *rgba, guint8 *rgb, gsize n_pixels)
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
  if (pixels > MAX_WHOLE_WEBP && (config.input.format == WEBP_LOSSLESS || config.input.has_alpha))
    {
      mil_picture_set_too_large (error);
      return NULL;
    }
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
    mil_picture_lay_on_white (config.output.u.RGBA.rgba + (gsize) y * config.output.u.RGBA.stride,
                              rgb + (gsize) y * width * 3,
                              width);
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

/* Made small before it is made colour. */
static PIX *
make_small (PIX *pix)
{
  double scale = sqrt (MIL_PICTURE_KEPT_PIXELS / ((double) pixGetWidth (pix) * pixGetHeight (pix))) * 0.999;
  PIX   *plain = NULL, *small = NULL;
  if (pixGetDepth (pix) == 1)
    return pixScaleToGray (pix, (float) scale);
  if (pixGetColormap (pix) != NULL || pixGetDepth (pix) > 16)
    plain = pixConvertTo32 (pix);
  else
    plain = pixGetDepth (pix) == 8 ? pixClone (pix) : pixConvertTo8 (pix, FALSE);
  small = plain ? pixScaleAreaMap (plain, (float) scale, (float) scale) : NULL;
  pixDestroy (&plain);
  return small;
}

MilPicture *
mil_picture_decode_tiff (const guint8 *data, gsize size, GError **error)
{
  l_int32 width = 0, height = 0, bits = 0, samples = 0, resolution = 0, mapped = 0, format = 0;
  if (readHeaderMemTiff (data, size, 0, &width, &height, &bits, &samples, &resolution, &mapped, &format) != 0)
    return damaged (error);
  if (!mil_picture_check_size (width, height, error))
    return NULL;

  gboolean in_colour = (gint64) bits * samples > 8 || mapped;
  if ((double) width * height * (in_colour ? 8 : 1) > MAX_WHOLE_TIFF)
    {
      mil_picture_set_too_large (error);
      return NULL;
    }

  PIX *pix = pixReadMemTiff (data, size, 0);
  if (pix != NULL && (double) pixGetWidth (pix) * pixGetHeight (pix) > MIL_PICTURE_KEPT_PIXELS)
    {
      PIX *small = make_small (pix);
      pixDestroy (&pix);
      pix = small;
    }
  PIX *colour = pix ? pixConvertTo32 (pix) : NULL;
  pixDestroy (&pix);
  if (colour == NULL)
    return damaged (error);
  MilPicture *picture = picture_from_pix (colour);
  pixDestroy (&colour);
  return picture;
}
