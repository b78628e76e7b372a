/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-picture-private.h"

#include <glib/gi18n.h>

#if MIL_HAVE_HEIF

#include <math.h>

#include <libheif/heif.h>

/* It is held whole: one and a half bytes a pixel as it is decoded, three after that. */
#define MAX_WHOLE_HEIF (30 * 1000 * 1000)
#define MAX_BOXES 1000
#define MAX_ITEMS 2000
#define MAX_TILES 4096

G_DEFINE_AUTOPTR_CLEANUP_FUNC (heif_context, heif_context_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (heif_image_handle, heif_image_handle_release)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (heif_image, heif_image_release)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (heif_decoding_options, heif_decoding_options_free)

/* Whether all went well; @error says so where it did not. */
static gboolean
check (struct heif_error result, GError **error)
{
  if (result.code == heif_error_Ok)
    return TRUE;
  g_debug ("heif: %s", result.message);
  if (result.code == heif_error_Memory_allocation_error)
    mil_picture_set_too_large (error);
  else if (result.code == heif_error_Unsupported_filetype || result.code == heif_error_Unsupported_feature
           || result.code == heif_error_Plugin_loading_error)
    mil_error_set (error,
                   MIL_ERROR_UNREADABLE,
                   _ ("This kind of HEIC or AVIF file cannot be opened here. Save the photo as JPEG first."));
  else
    mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The picture is damaged or cut off and cannot be opened. Choose another file."));
  return FALSE;
}

static heif_context *
read_boxes (const guint8 *data, gsize size, GError **error)
{
  g_autoptr (heif_context) context = heif_context_alloc ();
  struct heif_security_limits *limits = heif_context_get_security_limits (context);

  limits->max_image_size_pixels = MAX_WHOLE_HEIF;
  limits->max_number_of_tiles = MAX_TILES;
  limits->max_items = MAX_ITEMS;
  limits->max_children_per_box = MAX_BOXES;
  heif_context_set_max_decoding_threads (context, 0);
  if (!check (heif_context_read_from_memory_without_copy (context, data, size, NULL), error))
    return NULL;
  return g_steal_pointer (&context);
}

static gboolean
check_size (heif_image_handle *handle, GError **error)
{
  /* What is stored counts and what is shown as well: a small part may be cut out of a large picture. */
  guint64 stored = (guint64) MAX (0, heif_image_handle_get_ispe_width (handle))
                   * MAX (0, heif_image_handle_get_ispe_height (handle));

  if (!mil_picture_check_size (heif_image_handle_get_width (handle), heif_image_handle_get_height (handle), error))
    return FALSE;
  if (stored <= MAX_WHOLE_HEIF)
    return TRUE;
  mil_picture_set_too_large (error);
  return FALSE;
}

static void
release_image (gpointer image)
{
  heif_image_release (image);
}

/* Takes the picture over, or its colours laid on white. */
static MilPicture *
picture_from_image (heif_image *image, gboolean has_alpha, GError **error)
{
  int           width = heif_image_get_width (image, heif_channel_interleaved);
  int           height = heif_image_get_height (image, heif_channel_interleaved);
  size_t        stride = 0;
  const guint8 *plane = heif_image_get_plane_readonly2 (image, heif_channel_interleaved, &stride);
  guint8       *rgb = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (plane == NULL || width <= 0 || height <= 0 || stride > G_MAXINT)
    {
      heif_image_release (image);
      mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The picture is damaged or cut off and cannot be opened. Choose another file."));
      return NULL;
    }
  if (!has_alpha)
    {
      bytes = g_bytes_new_with_free_func (plane, (gsize) stride * (height - 1) + (gsize) width * 3, release_image, image);
      return mil_picture_new (bytes, width, height, stride);
    }
  rgb = g_malloc ((gsize) width * height * 3);
  for (int y = 0; y < height; y++)
    mil_picture_lay_on_white (plane + (gsize) y * stride, rgb + (gsize) y * width * 3, width);
  heif_image_release (image);
  bytes = g_bytes_new_take (rgb, (gsize) width * height * 3);
  return mil_picture_new (bytes, width, height, width * 3);
}

/* HEIF turns and mirrors by properties of its own, which the library has applied: EXIF's orientation is
 * not to be applied again. Source: ISO/IEC 23008-12, 6.5.10 (irot) and 6.5.12 (imir). */
MilPicture *
mil_picture_decode_heif (const guint8 *data, gsize size, GError **error)
{
  g_autoptr (heif_context) context = read_boxes (data, size, error);
  g_autoptr (heif_image_handle) handle = NULL;
  g_autoptr (heif_image) image = NULL;
  g_autoptr (heif_decoding_options) options = heif_decoding_options_alloc ();
  g_autoptr (MilPicture) whole = NULL;
  gboolean has_alpha = FALSE;
  double   scale = 1;

  if (context == NULL || !check (heif_context_get_primary_image_handle (context, &handle), error)
      || !check_size (handle, error))
    return NULL;
  has_alpha = heif_image_handle_has_alpha_channel (handle);
  options->convert_hdr_to_8bit = 1;
  if (!check (heif_decode_image (handle, &image, heif_colorspace_RGB, has_alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, options),
              error))
    return NULL;
  whole = picture_from_image (g_steal_pointer (&image), has_alpha, error);
  if (whole == NULL)
    return NULL;
  scale = sqrt (MIL_PICTURE_KEPT_PIXELS / ((double) mil_picture_get_width (whole) * mil_picture_get_height (whole)));
  return mil_picture_scale_down (whole,
                                 (int) (MIN (1, scale)
                                        * MAX (mil_picture_get_width (whole), mil_picture_get_height (whole))));
}

#else

/* Built without libheif: whoever gave the photo is told. */
MilPicture *
mil_picture_decode_heif (const guint8 *data, gsize size, GError **error)
{
  mil_error_set (error, MIL_ERROR_UNSUPPORTED, _ ("This build of Milione does not open photos in HEIC or AVIF. Save the photo as JPEG first."));
  return NULL;
}

#endif
