/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-picture.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "scan/mil-pdf-document.h"
#include "scan/mil-picture-file.h"
#include "scan/mil-picture-private.h"

struct _MilPicture
{
  GObject parent_instance;

  GBytes *rgb;
  int     width;
  int     height;
  int     stride;
  /* (nullable) (element-type MilWord): text that came with the picture */
  GPtrArray *words;
  guint      n_pages;
};

G_DEFINE_FINAL_TYPE (MilPicture, mil_picture, G_TYPE_OBJECT)

static void
mil_picture_finalize (GObject *object)
{
  MilPicture *self = MIL_PICTURE (object);

  g_clear_pointer (&self->rgb, g_bytes_unref);
  g_clear_pointer (&self->words, g_ptr_array_unref);

  G_OBJECT_CLASS (mil_picture_parent_class)->finalize (object);
}

static void
mil_picture_class_init (MilPictureClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mil_picture_finalize;
}

static void
mil_picture_init (MilPicture *self)
{
  self->n_pages = 1;
}

/**
 * mil_picture_new:
 * @rgb: rows of RGB, 8 bits a channel
 * @width: in pixels
 * @height: in pixels
 * @stride: bytes from one row to the next
 *
 * Returns: (transfer full): a picture of these pixels
 */
MilPicture *
mil_picture_new (GBytes *rgb, int width, int height, int stride)
{
  g_return_val_if_fail (rgb != NULL, NULL);
  g_return_val_if_fail (width > 0 && height > 0 && stride >= width * 3, NULL);
  g_return_val_if_fail (g_bytes_get_size (rgb) >= (gsize) stride * (height - 1) + (gsize) width * 3, NULL);

  MilPicture *self = g_object_new (MIL_TYPE_PICTURE, NULL);
  self->rgb = g_bytes_ref (rgb);
  self->width = width;
  self->height = height;
  self->stride = stride;
  return self;
}

void
mil_picture_set_document (MilPicture *self, GPtrArray *words, guint n_pages)
{
  g_clear_pointer (&self->words, g_ptr_array_unref);
  self->words = words;
  self->n_pages = n_pages;
}

/**
 * mil_picture_get_words:
 * @self: a picture
 *
 * Returns: (transfer none) (nullable) (element-type MilWord): the text that a page of a PDF document
 *   carries, where it stands in pixels of the picture; %NULL for a picture without
 */
GPtrArray *
mil_picture_get_words (MilPicture *self)
{
  g_return_val_if_fail (MIL_IS_PICTURE (self), NULL);

  return self->words;
}

/**
 * mil_picture_get_n_pages:
 * @self: a picture
 *
 * Returns: how many pages the document has that it is a page of; 1 for other pictures
 */
guint
mil_picture_get_n_pages (MilPicture *self)
{
  g_return_val_if_fail (MIL_IS_PICTURE (self), 0);

  return self->n_pages;
}

/* Brands of single pictures; films and bursts have others.
 * Source: ISO/IEC 23008-12, 10.2 (mif1, mif2) and annex B.4.1 (heic …); AV1 Image File Format 1.1, 6.3 (avif). */
static gboolean
is_photo_brand (const guint8 *brand)
{
  static const char *const brands[] = { "heic", "heix", "heim", "heis", "mif1", "mif2", "avif" };

  for (guint i = 0; i < G_N_ELEMENTS (brands); i++)
    if (memcmp (brand, brands[i], 4) == 0)
      return TRUE;
  return FALSE;
}

/**
 * mil_picture_sniff:
 * @data: (array length=size): the first bytes of a file, 12 are enough
 * @size: how many there are
 *
 * Returns: what the bytes say the file is
 */
MilPictureKind
mil_picture_sniff (const guint8 *data, gsize size)
{
  g_return_val_if_fail (data != NULL || size == 0, MIL_PICTURE_UNKNOWN);

  if (size >= 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return MIL_PICTURE_PNG;
  if (size >= 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    return MIL_PICTURE_JPEG;
  if (size >= 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    return MIL_PICTURE_WEBP;
  if (size >= 4 && (memcmp (data, "II*\0", 4) == 0 || memcmp (data, "MM\0*", 4) == 0))
    return MIL_PICTURE_TIFF;
  if (size >= 5 && memcmp (data, "%PDF-", 5) == 0)
    return MIL_PICTURE_PDF;
  if (size >= 12 && memcmp (data + 4, "ftyp", 4) == 0 && is_photo_brand (data + 8))
    return MIL_PICTURE_HEIF;
  return MIL_PICTURE_UNKNOWN;
}

gboolean
mil_picture_check_size (guint64 width, guint64 height, GError **error)
{
  if (width == 0 || height == 0)
    {
      mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The picture is empty. Choose another file."));
      return FALSE;
    }
  if (width > G_MAXUINT32 || height > G_MAXUINT32
      || width * height > MIL_PICTURE_MAX_MEGAPIXELS * G_GUINT64_CONSTANT (1000000))
    {
      mil_error_set (error,
                     MIL_ERROR_TOO_LARGE,
                     _ ("The picture has more than %d megapixels. Save it in a smaller size first."),
                     MIL_PICTURE_MAX_MEGAPIXELS);
      return FALSE;
    }
  return TRUE;
}

/* For files whose kind has to be held whole. */
void
mil_picture_set_too_large (GError **error)
{
  mil_error_set (error, MIL_ERROR_TOO_LARGE, _ ("Opening this photo would take too much memory. Save it in a smaller size first."));
}

static void
set_unknown_kind (const guint8 *data, gsize size, GError **error)
{
  g_autofree char *start = g_strndup ((const char *) data, MIN (size, 1024));
  if (strstr (start, "<svg") != NULL)
    mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("Drawings in SVG are not opened, because they can hold programs. Save it as PNG or JPEG first."));
  else if (g_str_has_prefix (start, "GIF8"))
    mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("GIF files are not opened, because they are mostly animations. Save one of its pictures as PNG or JPEG first."));
  else if (size >= 12 && memcmp (data + 4, "ftyp", 4) == 0)
    mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("Films and bursts of photos cannot be opened. Save one of their pictures as JPEG first."));
  else
    mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("This is no picture that can be opened. Use a PNG, JPEG, HEIC, AVIF, WebP, TIFF or PDF file."));
}

/* Where the pixel at (x, y) of the upright picture is taken from. */
static void
source_of (int orientation, int width, int height, int x, int y, int *from_x, int *from_y)
{
  gboolean flip_x = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  gboolean flip_y = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  gboolean swap = orientation >= 5;

  *from_x = swap ? y : x;
  *from_y = swap ? x : y;
  if (flip_x)
    *from_x = width - 1 - *from_x;
  if (flip_y)
    *from_y = height - 1 - *from_y;
}

/* Source: EXIF 2.32, tag 0x0112: 6 is to be turned right, 8 left, 3 upside down, the others mirrored. */
static MilPicture *
make_upright (MilPicture *self, int orientation)
{
  if (orientation <= 1 || orientation > 8)
    return g_object_ref (self);

  gboolean      swap = orientation >= 5;
  int           width = swap ? self->height : self->width, height = swap ? self->width : self->height;
  const guint8 *from = g_bytes_get_data (self->rgb, NULL);
  guint8       *rgb = g_malloc ((gsize) width * height * 3), *out = rgb;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++, out += 3)
      {
        int from_x, from_y;
        source_of (orientation, self->width, self->height, x, y, &from_x, &from_y);
        memcpy (out, from + (gsize) from_y * self->stride + from_x * 3, 3);
      }
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, (gsize) width * height * 3);
  return mil_picture_new (bytes, width, height, width * 3);
}

static MilPicture *
decode_pdf (GBytes *bytes, guint page, GCancellable *cancellable, GError **error)
{
  g_autoptr (MilPdfDocument) document = mil_pdf_document_new (bytes, NULL);
  return mil_pdf_document_draw (document, page, cancellable, error);
}

static MilPicture *
decode_kind (GBytes *bytes, guint page, int *orientation, GCancellable *cancellable, GError **error)
{
  gsize         size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  switch (mil_picture_sniff (data, size))
    {
    case MIL_PICTURE_PNG:
      return mil_picture_decode_png (data, size, orientation, cancellable, error);
    case MIL_PICTURE_JPEG:
      return mil_picture_decode_jpeg (data, size, orientation, cancellable, error);
    case MIL_PICTURE_WEBP:
      return mil_picture_decode_webp (data, size, orientation, error);
    case MIL_PICTURE_TIFF:
      return mil_picture_decode_tiff (data, size, error);
    case MIL_PICTURE_HEIF:
      return mil_picture_decode_heif (data, size, error);
    case MIL_PICTURE_PDF:
      return decode_pdf (bytes, page, cancellable, error);
    case MIL_PICTURE_UNKNOWN:
    default:
      set_unknown_kind (data, size, error);
      return NULL;
    }
}

/**
 * mil_picture_decode:
 * @bytes: a PNG, JPEG, WebP, TIFF, HEIC, AVIF or PDF file
 * @page: which page of a PDF, from 0; others have only page 0
 * @cancellable: (nullable): to give up
 * @error: where to say what went wrong
 *
 * Decodes a picture and turns it upright by its EXIF orientation. Larger ones than
 * %MIL_PICTURE_KEPT_PIXELS are made smaller while they are decoded. Blocking: for worker threads.
 *
 * Errors: %MIL_ERROR_UNREADABLE when it is empty, damaged or of another kind, %MIL_ERROR_TOO_LARGE
 * when it has more than %MIL_PICTURE_MAX_MEGAPIXELS or takes too much memory or time, %MIL_ERROR_NOT_FOUND
 * when there is no such page.
 *
 * Returns: (transfer full) (nullable): the picture, or %NULL with @error set
 */
MilPicture *
mil_picture_decode (GBytes *bytes, guint page, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  if (g_bytes_get_size (bytes) == 0)
    {
      mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The file is empty. Choose another one."));
      return NULL;
    }
  if (g_bytes_get_size (bytes) > MIL_PICTURE_MAX_BYTES)
    {
      mil_error_set (error,
                     MIL_ERROR_TOO_LARGE,
                     _ ("The file is larger than %d MB. Save it in a smaller size first."),
                     MIL_PICTURE_MAX_BYTES / (1024 * 1024));
      return NULL;
    }

  int orientation = 1;
  g_autoptr (MilPicture) picture = decode_kind (bytes, page, &orientation, cancellable, error);
  return picture ? make_upright (picture, orientation) : NULL;
}

typedef struct
{
  GBytes *bytes;
  GFile  *file;
  guint   page;
} Load;

static void
load_free (Load *load)
{
  g_clear_pointer (&load->bytes, g_bytes_unref);
  g_clear_object (&load->file);
  g_free (load);
}

static gpointer
load_in_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  Load *load = data;
  g_autoptr (GError) local = NULL;

  if (load->bytes == NULL)
    load->bytes = mil_picture_file_read (load->file, cancellable, &local);
  MilPicture *picture = load->bytes ? mil_picture_decode (load->bytes, load->page, cancellable, &local) : NULL;
  if (picture == NULL)
    g_propagate_error (error, mil_error_from (local));
  return picture;
}

/**
 * mil_picture_load_bytes:
 * @bytes: a PNG, JPEG, WebP, TIFF, HEIC, AVIF or PDF file
 * @page: which page of a PDF, from 0
 *
 * As mil_picture_decode(), in another thread.
 *
 * Returns: (transfer full): a future that resolves to a #MilPicture
 */
DexFuture *
mil_picture_load_bytes (GBytes *bytes, guint page)
{
  dex_return_error_if_fail (bytes != NULL);

  Load *load = g_new0 (Load, 1);
  load->bytes = g_bytes_ref (bytes);
  load->page = page;
  return mil_thread (load_in_thread, load, (GDestroyNotify) load_free, MIL_TYPE_PICTURE);
}

/**
 * mil_picture_load_file:
 * @file: a PNG, JPEG, WebP, TIFF, HEIC, AVIF or PDF file
 * @page: which page of a PDF, from 0
 *
 * As mil_picture_decode(), in another thread.
 *
 * Returns: (transfer full): a future that resolves to a #MilPicture
 */
DexFuture *
mil_picture_load_file (GFile *file, guint page)
{
  dex_return_error_if_fail (G_IS_FILE (file));

  Load *load = g_new0 (Load, 1);
  load->file = g_object_ref (file);
  load->page = page;
  return mil_thread (load_in_thread, load, (GDestroyNotify) load_free, MIL_TYPE_PICTURE);
}

/**
 * mil_picture_get_width:
 * @self: a picture
 *
 * Returns: its width in pixels
 */
int
mil_picture_get_width (MilPicture *self)
{
  g_return_val_if_fail (MIL_IS_PICTURE (self), 0);

  return self->width;
}

/**
 * mil_picture_get_height:
 * @self: a picture
 *
 * Returns: its height in pixels
 */
int
mil_picture_get_height (MilPicture *self)
{
  g_return_val_if_fail (MIL_IS_PICTURE (self), 0);

  return self->height;
}

/**
 * mil_picture_get_stride:
 * @self: a picture
 *
 * Returns: bytes from one row to the next
 */
int
mil_picture_get_stride (MilPicture *self)
{
  g_return_val_if_fail (MIL_IS_PICTURE (self), 0);

  return self->stride;
}

/**
 * mil_picture_get_pixels:
 * @self: a picture
 *
 * Returns: (transfer none): rows of RGB, 8 bits a channel, as GDK's `GDK_MEMORY_R8G8B8`
 */
GBytes *
mil_picture_get_pixels (MilPicture *self)
{
  g_return_val_if_fail (MIL_IS_PICTURE (self), NULL);

  return self->rgb;
}

/**
 * mil_picture_dup_luma:
 * @self: a picture
 *
 * Returns: (transfer full): its brightness (ITU-R BT.601), one byte a pixel, without padding
 */
GBytes *
mil_picture_dup_luma (MilPicture *self)
{
  g_return_val_if_fail (MIL_IS_PICTURE (self), NULL);

  const guint8 *rgb = g_bytes_get_data (self->rgb, NULL);
  guint8       *luma = g_malloc ((gsize) self->width * self->height), *out = luma;
  for (int y = 0; y < self->height; y++)
    {
      const guint8 *in = rgb + (gsize) y * self->stride;
      for (int x = 0; x < self->width; x++, in += 3)
        *out++ = (77 * in[0] + 150 * in[1] + 29 * in[2] + 128) >> 8;
    }
  return g_bytes_new_take (luma, (gsize) self->width * self->height);
}

/**
 * mil_picture_rotate:
 * @self: a picture
 * @quarters: quarter turns to the right; negative ones to the left
 *
 * Returns: (transfer full): the turned picture
 */
MilPicture *
mil_picture_rotate (MilPicture *self, int quarters)
{
  g_return_val_if_fail (MIL_IS_PICTURE (self), NULL);

  static const int orientations[] = { 1, 6, 3, 8 };
  return make_upright (self, orientations[((quarters % 4) + 4) % 4]);
}

/**
 * mil_picture_crop:
 * @self: a picture
 * @box: a part of it; what lies outside of the picture is left out
 *
 * The result shares the pixels of @self.
 *
 * Returns: (transfer full) (nullable): that part, or %NULL where nothing is left
 */
MilPicture *
mil_picture_crop (MilPicture *self, MilBox box)
{
  g_return_val_if_fail (MIL_IS_PICTURE (self), NULL);

  int left = CLAMP (box.x, 0, self->width), top = CLAMP (box.y, 0, self->height);
  int right = CLAMP (box.x + box.width, left, self->width), bottom = CLAMP (box.y + box.height, top, self->height);
  if (right == left || bottom == top)
    return NULL;

  gsize start = (gsize) top * self->stride + left * 3;
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (self->rgb, start, g_bytes_get_size (self->rgb) - start);
  return mil_picture_new (part, right - left, bottom - top, self->stride);
}

static void
average (MilPicture *self, MilBox box, guint8 *out)
{
  const guint8 *rgb = g_bytes_get_data (self->rgb, NULL);
  guint         sums[3] = { 0 };
  for (int y = box.y; y < box.y + box.height; y++)
    for (int x = box.x; x < box.x + box.width; x++)
      for (int c = 0; c < 3; c++)
        sums[c] += rgb[(gsize) y * self->stride + x * 3 + c];
  for (int c = 0; c < 3; c++)
    out[c] = sums[c] / (box.width * box.height);
}

/**
 * mil_picture_scale_down:
 * @self: a picture
 * @max_side: the longest side that is wanted, in pixels
 *
 * Blocking: for worker threads.
 *
 * Returns: (transfer full): @self or a smaller one
 */
MilPicture *
mil_picture_scale_down (MilPicture *self, int max_side)
{
  g_return_val_if_fail (MIL_IS_PICTURE (self), NULL);
  g_return_val_if_fail (max_side > 0, NULL);

  int side = MAX (self->width, self->height);
  if (side <= max_side)
    return g_object_ref (self);

  int width = MAX (1, (gint64) self->width * max_side / side), height = MAX (1, (gint64) self->height * max_side / side);
  guint8 *rgb = g_malloc ((gsize) width * height * 3), *out = rgb;
  for (int y = 0; y < height; y++)
    {
      int top = (gint64) y * self->height / height, bottom = (gint64) (y + 1) * self->height / height;
      for (int x = 0; x < width; x++, out += 3)
        {
          int left = (gint64) x * self->width / width, right = (gint64) (x + 1) * self->width / width;
          average (self, (MilBox) { left, top, MAX (1, right - left), MAX (1, bottom - top) }, out);
        }
    }
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, (gsize) width * height * 3);
  return mil_picture_new (bytes, width, height, width * 3);
}
