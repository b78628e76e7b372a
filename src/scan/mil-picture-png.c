/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-picture-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include <png.h>

#define MAX_SIDE 100000
#define MAX_CHUNK (8 * 1024 * 1024)
/* An interlaced file has to be held whole, four bytes a pixel, before it can be made smaller. */
#define MAX_INTERLACED (30 * 1000 * 1000)

typedef struct
{
  const guint8 *data;
  gsize         size;
  gsize         position;
  png_structp   png;
  png_infop     info;
  guint8       *row;
  guint8       *whole;
  png_bytepp    rows;
  guint32      *sums;
  guint8       *rgb;
  int           width;
  int           height;
  int           factor;
  GCancellable *cancellable;
} Decoder;

static void
on_read (png_structp png, png_bytep out, size_t n_bytes)
{
  Decoder *self = png_get_io_ptr (png);
  if (n_bytes > self->size - self->position)
    png_error (png, "cut off");
  memcpy (out, self->data + self->position, n_bytes);
  self->position += n_bytes;
}

static void
on_error (png_structp png, png_const_charp message)
{
  png_longjmp (png, 1);
}

static void
on_warning (png_structp png, png_const_charp message)
{
}

/* Adds a row of RGBA, laid on white, to the sums of the smaller row it belongs to. */
static void
add_row (Decoder *self, const guint8 *rgba, int y)
{
  for (int x = 0; x < self->width * self->factor; x++, rgba += 4)
    {
      guint32 *sum = self->sums + (x / self->factor) * 3;
      guint    white = (255 - rgba[3]) * 255;
      for (int c = 0; c < 3; c++)
        sum[c] += (rgba[c] * rgba[3] + white + 127) / 255;
    }
  if ((y + 1) % self->factor != 0)
    return;

  guint8 *out = self->rgb + (gsize) (y / self->factor) * self->width * 3;
  guint32 area = self->factor * self->factor;
  for (int i = 0; i < self->width * 3; i++)
    out[i] = self->sums[i] / area;
  memset (self->sums, 0, sizeof (guint32) * self->width * 3);
}

static void
set_transforms (Decoder *self)
{
  png_set_expand (self->png);
  png_set_scale_16 (self->png);
  png_set_gray_to_rgb (self->png);
  png_set_add_alpha (self->png, 0xff, PNG_FILLER_AFTER);
}

static void
read_rows (Decoder *self)
{
  int height = self->height * self->factor;

  if (png_get_interlace_type (self->png, self->info) == PNG_INTERLACE_NONE)
    {
      for (int y = 0; y < height && !g_cancellable_is_cancelled (self->cancellable); y++)
        {
          png_read_row (self->png, self->row, NULL);
          add_row (self, self->row, y);
        }
      return;
    }

  gsize       stride = png_get_rowbytes (self->png, self->info);
  png_uint_32 full = png_get_image_height (self->png, self->info);
  self->whole = g_malloc (stride * full);
  self->rows = g_new (png_bytep, full);
  for (png_uint_32 y = 0; y < full; y++)
    self->rows[y] = self->whole + stride * y;
  png_read_image (self->png, self->rows);
  for (int y = 0; y < height; y++)
    add_row (self, self->rows[y], y);
}

static gboolean
check (Decoder *self, GError **error)
{
  guint64 width = png_get_image_width (self->png, self->info);
  guint64 height = png_get_image_height (self->png, self->info);

  if (!mil_picture_check_size (width, height, error))
    return FALSE;
  if (png_get_interlace_type (self->png, self->info) != PNG_INTERLACE_NONE && width * height > MAX_INTERLACED)
    {
      mil_picture_set_too_large (error);
      return FALSE;
    }
  self->factor = MAX (1, (int) ceil (sqrt ((double) width * height / MIL_PICTURE_KEPT_PIXELS)));
  self->factor = MIN (self->factor, (int) MIN (width, height));
  self->width = width / self->factor;
  self->height = height / self->factor;
  return TRUE;
}

/* Everything between setjmp and longjmp lives in @self, so nothing is lost or clobbered. */
static gboolean
decode (Decoder *self, int *orientation, GError **error)
{
  if (setjmp (png_jmpbuf (self->png)))
    return FALSE;

  png_set_read_fn (self->png, self, on_read);
  png_set_user_limits (self->png, MAX_SIDE, MAX_SIDE);
  png_set_chunk_malloc_max (self->png, MAX_CHUNK);
  png_set_crc_action (self->png, PNG_CRC_ERROR_QUIT, PNG_CRC_WARN_DISCARD);
  png_read_info (self->png, self->info);
  if (!check (self, error))
    return FALSE;

  set_transforms (self);
  png_set_interlace_handling (self->png);
  png_read_update_info (self->png, self->info);
  png_bytep   exif = NULL;
  png_uint_32 n_exif = 0;
  if (png_get_eXIf_1 (self->png, self->info, &n_exif, &exif))
    *orientation = mil_exif_orientation (exif, n_exif);

  self->row = g_malloc (png_get_rowbytes (self->png, self->info));
  self->sums = g_new0 (guint32, (gsize) self->width * 3);
  self->rgb = g_malloc ((gsize) self->width * self->height * 3);
  read_rows (self);
  return TRUE;
}

static guint32
number_at (const guint8 *data)
{
  return (guint32) data[0] << 24 | data[1] << 16 | data[2] << 8 | data[3];
}

MilPicture *
mil_picture_decode_png (const guint8 *data, gsize size, int *orientation, GCancellable *cancellable, GError **error)
{
  /* The size is in the first chunk: a file that states too much is refused whatever follows. */
  if (size >= 24 && !mil_picture_check_size (number_at (data + 16), number_at (data + 20), error))
    return NULL;

  g_autofree Decoder *self = g_new0 (Decoder, 1);
  self->data = data;
  self->size = size;
  self->cancellable = cancellable;
  self->png = png_create_read_struct (PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning);
  self->info = png_create_info_struct (self->png);

  g_autoptr (GError) local = NULL;
  gboolean ok = decode (self, orientation, &local);
  png_destroy_read_struct (&self->png, &self->info, NULL);
  g_free (self->row);
  g_free (self->whole);
  g_free (self->rows);
  g_free (self->sums);
  g_autoptr (GBytes) rgb = g_bytes_new_take (self->rgb, ok ? (gsize) self->width * self->height * 3 : 0);

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (!ok)
    mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The picture is damaged or cut off and cannot be opened. Choose another file."));
  else if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    return mil_picture_new (rgb, self->width, self->height, self->width * 3);
  return NULL;
}
