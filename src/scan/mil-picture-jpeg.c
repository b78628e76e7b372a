/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-picture-private.h"

#include <glib/gi18n.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

/* A progressive file keeps all its coefficients in memory whatever size is decoded, three bytes a pixel. */
#define MAX_MEMORY (130L * 1024 * 1024)
/* Some thousand empty scans make a small file that takes minutes: so many pixels are gone through, all scans
 * together. Cameras and image editors make ten scans. */
#define MAX_SCANNED (1200LL * 1000 * 1000)

typedef struct
{
  struct jpeg_error_mgr    base;
  jmp_buf                  escape;
  gboolean                 cut_off;
  gboolean                 out_of_memory;
  struct jpeg_progress_mgr progress;
  gint64                   most_scans;
  GCancellable            *cancellable;
} ErrorManager;

typedef struct
{
  struct jpeg_decompress_struct jpeg;
  ErrorManager                  errors;
  guint8                       *rgb;
  guint8                       *row;
  int                           orientation;
} Decoder;

static void
on_error (j_common_ptr jpeg)
{
  ErrorManager *errors = (ErrorManager *) jpeg->err;
  errors->out_of_memory = errors->base.msg_code == JERR_OUT_OF_MEMORY || errors->base.msg_code == JERR_NO_BACKING_STORE;
  longjmp (errors->escape, 1);
}

static void
on_message (j_common_ptr jpeg, int level)
{
  ErrorManager *errors = (ErrorManager *) jpeg->err;
  if (level >= 0)
    return;
  errors->base.num_warnings++;
  if (errors->base.msg_code == JWRN_JPEG_EOF)
    errors->cut_off = TRUE;
}

static void
on_progress (j_common_ptr jpeg)
{
  ErrorManager *errors = (ErrorManager *) jpeg->err;
  if (g_cancellable_is_cancelled (errors->cancellable)
      || (jpeg->is_decompressor && ((j_decompress_ptr) jpeg)->input_scan_number > errors->most_scans))
    longjmp (errors->escape, 1);
}

static int
find_orientation (jpeg_saved_marker_ptr marker)
{
  for (; marker != NULL; marker = marker->next)
    if (marker->marker == JPEG_APP0 + 1 && marker->data_length > 6 && memcmp (marker->data, "Exif\0\0", 6) == 0)
      return mil_exif_orientation (marker->data + 6, marker->data_length - 6);
  return 1;
}

/* The largest of libjpeg's scales (eighths) that keeps the picture small enough. */
static void
choose_scale (struct jpeg_decompress_struct *jpeg)
{
  jpeg->scale_denom = 8;
  for (jpeg->scale_num = 8; jpeg->scale_num > 1; jpeg->scale_num--)
    {
      jpeg_calc_output_dimensions (jpeg);
      if ((guint64) jpeg->output_width * jpeg->output_height <= MIL_PICTURE_KEPT_PIXELS)
        return;
    }
}

static void
cmyk_to_rgb (const guint8 *cmyk, guint8 *rgb, int width, gboolean inverted)
{
  for (int x = 0; x < width; x++, cmyk += 4, rgb += 3)
    for (int c = 0; c < 3; c++)
      {
        int ink = inverted ? cmyk[c] : 255 - cmyk[c];
        int black = inverted ? cmyk[3] : 255 - cmyk[3];
        rgb[c] = ink * black / 255;
      }
}

static void
read_rows (Decoder *self)
{
  struct jpeg_decompress_struct *jpeg = &self->jpeg;
  gsize                          stride = (gsize) jpeg->output_width * 3;

  while (jpeg->output_scanline < jpeg->output_height)
    {
      guint8  *out = self->rgb + stride * jpeg->output_scanline;
      JSAMPROW row = self->row ? self->row : out;
      jpeg_read_scanlines (jpeg, &row, 1);
      if (self->row)
        cmyk_to_rgb (self->row, out, jpeg->output_width, jpeg->saw_Adobe_marker);
    }
}

/* Everything between setjmp and longjmp lives in @self, so nothing is lost or clobbered. */
static gboolean
decode (Decoder *self, const guint8 *data, gsize size, GError **error)
{
  struct jpeg_decompress_struct *jpeg = &self->jpeg;

  jpeg->err = jpeg_std_error (&self->errors.base);
  self->errors.base.error_exit = on_error;
  self->errors.base.emit_message = on_message;
  self->errors.progress.progress_monitor = on_progress;
  if (setjmp (self->errors.escape))
    return FALSE;

  jpeg_create_decompress (jpeg);
  jpeg->progress = &self->errors.progress;
  jpeg->mem->max_memory_to_use = MAX_MEMORY;
  jpeg_mem_src (jpeg, data, size);
  jpeg_save_markers (jpeg, JPEG_APP0 + 1, 0xffff);
  jpeg_read_header (jpeg, TRUE);
  self->orientation = find_orientation (jpeg->marker_list);
  if (!mil_picture_check_size (jpeg->image_width, jpeg->image_height, error))
    return FALSE;

  self->errors.most_scans = MAX_SCANNED / ((gint64) jpeg->image_width * jpeg->image_height);
  gboolean cmyk = jpeg->num_components == 4;
  jpeg->out_color_space = cmyk ? JCS_CMYK : JCS_RGB;
  choose_scale (jpeg);
  jpeg_start_decompress (jpeg);
  self->rgb = g_try_malloc ((gsize) jpeg->output_width * jpeg->output_height * 3);
  if (cmyk)
    self->row = g_malloc ((gsize) jpeg->output_width * 4);
  if (self->rgb == NULL)
    return FALSE;
  read_rows (self);
  jpeg_finish_decompress (jpeg);
  return TRUE;
}

MilPicture *
mil_picture_decode_jpeg (const guint8 *data, gsize size, int *orientation, GCancellable *cancellable, GError **error)
{
  g_autofree Decoder *self = g_new0 (Decoder, 1);
  self->errors.cancellable = cancellable;

  g_autoptr (GError) local = NULL;
  gboolean ok = decode (self, data, size, &local);
  int      width = self->jpeg.output_width, height = self->jpeg.output_height;
  jpeg_destroy_decompress (&self->jpeg);
  g_free (self->row);
  g_autoptr (GBytes) rgb = g_bytes_new_take (self->rgb, ok ? (gsize) width * height * 3 : 0);
  *orientation = self->orientation;

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (self->errors.out_of_memory)
    mil_picture_set_too_large (error);
  else if (self->errors.cut_off)
    mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The photo is cut off: the file is not complete. Copy it again."));
  else if (!ok)
    mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The photo is damaged and cannot be opened. Choose another file."));
  else
    return mil_picture_new (rgb, width, height, width * 3);
  return NULL;
}

typedef struct
{
  struct jpeg_compress_struct jpeg;
  ErrorManager                errors;
  unsigned char              *out;
  unsigned long               size;
} Encoder;

static gboolean
encode (Encoder *self, MilPicture *picture, int quality)
{
  struct jpeg_compress_struct *jpeg = &self->jpeg;
  const guint8                *rgb = g_bytes_get_data (mil_picture_get_pixels (picture), NULL);

  jpeg->err = jpeg_std_error (&self->errors.base);
  self->errors.base.error_exit = on_error;
  if (setjmp (self->errors.escape))
    return FALSE;

  jpeg_create_compress (jpeg);
  jpeg_mem_dest (jpeg, &self->out, &self->size);
  jpeg->image_width = mil_picture_get_width (picture);
  jpeg->image_height = mil_picture_get_height (picture);
  jpeg->input_components = 3;
  jpeg->in_color_space = JCS_RGB;
  jpeg_set_defaults (jpeg);
  jpeg_set_quality (jpeg, quality, TRUE);
  jpeg_start_compress (jpeg, TRUE);
  while (jpeg->next_scanline < jpeg->image_height)
    {
      JSAMPROW row = (JSAMPROW) rgb + (gsize) jpeg->next_scanline * mil_picture_get_stride (picture);
      jpeg_write_scanlines (jpeg, &row, 1);
    }
  jpeg_finish_compress (jpeg);
  return TRUE;
}

/**
 * mil_picture_to_jpeg:
 * @self: a picture
 * @quality: 1 to 100
 *
 * Compresses @self, for keeping it with the receipt. Blocking: for worker threads.
 *
 * Returns: (transfer full) (nullable): a JPEG file, or %NULL when memory ran out
 */
GBytes *
mil_picture_to_jpeg (MilPicture *self, int quality)
{
  g_return_val_if_fail (MIL_IS_PICTURE (self), NULL);
  g_return_val_if_fail (quality >= 1 && quality <= 100, NULL);

  g_autofree Encoder *encoder = g_new0 (Encoder, 1);
  gboolean            ok = encode (encoder, self, quality);
  jpeg_destroy_compress (&encoder->jpeg);
  GBytes *bytes = ok ? g_bytes_new (encoder->out, encoder->size) : NULL;
  free (encoder->out);
  return bytes;
}
