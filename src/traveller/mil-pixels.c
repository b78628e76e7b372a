/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-pixels.h"

#include "base/mil-error.h"
#include "scan/mil-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n.h>

G_DEFINE_BOXED_TYPE (MilPixels, mil_pixels, mil_pixels_copy, mil_pixels_free)

#define MAX_PIXELS ((gint64) MIL_PICTURE_MAX_MEGAPIXELS * 1000 * 1000)

/**
 * mil_pixels_new:
 * @bytes: rows of red, green, blue, alpha; a reference is taken
 * @width: in pixels
 * @height: in pixels
 * @stride: bytes from one row to the next
 *
 * Returns: (transfer full): pixels
 */
MilPixels *
mil_pixels_new (GBytes *bytes, int width, int height, gsize stride)
{
  MilPixels *self = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (width > 0 && height > 0 && stride >= (gsize) width * 4, NULL);
  g_return_val_if_fail (g_bytes_get_size (bytes) >= stride * (height - 1) + (gsize) width * 4, NULL);

  self = g_new0 (MilPixels, 1);
  self->bytes = g_bytes_ref (bytes);
  self->width = width;
  self->height = height;
  self->stride = stride;
  return self;
}

/**
 * mil_pixels_copy:
 * @self: pixels
 *
 * Returns: (transfer full): the same; the bytes are shared
 */
MilPixels *
mil_pixels_copy (const MilPixels *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return mil_pixels_new (self->bytes, self->width, self->height, self->stride);
}

/**
 * mil_pixels_free:
 * @self: (transfer full): pixels
 *
 * Frees them.
 */
void
mil_pixels_free (MilPixels *self)
{
  g_return_if_fail (self != NULL);

  g_bytes_unref (self->bytes);
  g_free (self);
}

typedef struct
{
  int      width;
  int      height;
  gboolean too_large;
} Wanted;

/* Just large enough to cover what is wanted, and never larger than the picture is. */
static void
on_size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  Wanted *wanted = data;
  gint64  w = width;
  gint64  h = height;

  if (w * h > MAX_PIXELS)
    {
      wanted->too_large = TRUE;
      gdk_pixbuf_loader_set_size (loader, 1, 1);
      return;
    }
  if (wanted->width <= 0 || wanted->height <= 0 || w == 0 || h == 0)
    return;
  if (w * wanted->height > h * wanted->width)
    {
      w = MAX (1, w * wanted->height / h);
      h = wanted->height;
    }
  else
    {
      h = MAX (1, h * wanted->width / w);
      w = wanted->width;
    }
  if (w < width && h < height)
    gdk_pixbuf_loader_set_size (loader, w, h);
}

static MilPixels *
from_pixbuf (GdkPixbuf *pixbuf)
{
  g_autoptr (GdkPixbuf) upright = gdk_pixbuf_apply_embedded_orientation (pixbuf);
  g_autoptr (GdkPixbuf) rgba = gdk_pixbuf_get_has_alpha (upright) ? g_object_ref (upright)
                                                                  : gdk_pixbuf_add_alpha (upright, FALSE, 0, 0, 0);
  g_autoptr (GBytes) bytes = gdk_pixbuf_read_pixel_bytes (rgba);

  return mil_pixels_new (bytes, gdk_pixbuf_get_width (rgba), gdk_pixbuf_get_height (rgba), gdk_pixbuf_get_rowstride (rgba));
}

static const char *
loader_name (GBytes *bytes)
{
  gsize         size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  switch (mil_picture_sniff (data, size))
    {
    case MIL_PICTURE_PNG:
      return "png";
    case MIL_PICTURE_JPEG:
      return "jpeg";
    case MIL_PICTURE_WEBP:
      return "webp";
    case MIL_PICTURE_TIFF:
      return "tiff";
    case MIL_PICTURE_UNKNOWN:
    case MIL_PICTURE_HEIF:
    case MIL_PICTURE_PDF:
    default:
      return NULL;
    }
}

/**
 * mil_pixels_decode:
 * @bytes: a file: PNG, JPEG, WebP or TIFF; drawings (SVG) and documents are refused
 * @width: of the place it is shown in, device pixels; 0 for the picture's own size
 * @height: of the place
 * @error: %MIL_ERROR_UNREADABLE, %MIL_ERROR_TOO_LARGE
 *
 * Decodes a picture just large enough to cover a place. It blocks, so it is for threads.
 *
 * Returns: (transfer full) (nullable): the pixels, upright
 */
MilPixels *
mil_pixels_decode (GBytes *bytes, int width, int height, GError **error)
{
  Wanted wanted = { width, height, FALSE };
  g_autoptr (GdkPixbufLoader) loader = NULL;
  const char *name = NULL;
  gboolean    whole = FALSE;

  g_return_val_if_fail (bytes != NULL, NULL);

  name = loader_name (bytes);
  if (name != NULL && g_bytes_get_size (bytes) <= MIL_PICTURE_MAX_BYTES)
    loader = gdk_pixbuf_loader_new_with_type (name, NULL);
  if (loader != NULL)
    {
      g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared_cb), &wanted);
      whole = gdk_pixbuf_loader_write_bytes (loader, bytes, NULL);
      whole = gdk_pixbuf_loader_close (loader, NULL) && whole;
    }
  if (wanted.too_large)
    {
      mil_error_set (error, MIL_ERROR_TOO_LARGE, _ ("The picture has too many pixels to be shown."));
      return NULL;
    }
  if (!whole || gdk_pixbuf_loader_get_pixbuf (loader) == NULL)
    {
      mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The picture is damaged or of an unknown kind."));
      return NULL;
    }
  return from_pixbuf (gdk_pixbuf_loader_get_pixbuf (loader));
}
