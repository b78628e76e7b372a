/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-picture.h"

#include <libheif/heif.h>
#include <string.h>

#define WIDTH 320
#define HEIGHT 192

static struct heif_error
append (struct heif_context *context, const void *data, size_t size, void *to)
{
  g_byte_array_append (to, data, size);
  return (struct heif_error) { heif_error_Ok, heif_suberror_Unspecified, "" };
}

/* White with a red top left quarter; with an alpha channel, its right half is black that nobody sees. */
static struct heif_image *
make_image (gboolean has_alpha)
{
  struct heif_image *image = NULL;
  size_t             stride = 0;
  guint8            *plane = NULL;
  int                n = has_alpha ? 4 : 3;

  heif_image_create (WIDTH, HEIGHT, heif_colorspace_RGB, has_alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, &image);
  heif_image_add_plane (image, heif_channel_interleaved, WIDTH, HEIGHT, 8);
  plane = heif_image_get_plane2 (image, heif_channel_interleaved, &stride);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        guint8  *to = plane + y * stride + x * n;
        gboolean red = x < WIDTH / 2 && y < HEIGHT / 2;
        to[0] = has_alpha && x >= WIDTH / 2 ? 0 : 255;
        to[1] = to[2] = red ? 0 : to[0];
        if (has_alpha)
          to[3] = x >= WIDTH / 2 ? 0 : 255;
      }
  return image;
}

/* Returns: (nullable): nothing where there is no encoder for it. */
static GByteArray *
encode (enum heif_compression_format format, gboolean has_alpha, enum heif_orientation orientation)
{
  struct heif_context          *context = heif_context_alloc ();
  struct heif_encoder          *encoder = NULL;
  struct heif_image            *image = make_image (has_alpha);
  struct heif_encoding_options *options = heif_encoding_options_alloc ();
  struct heif_image_handle     *handle = NULL;
  struct heif_writer            writer = { .writer_api_version = 1, .write = append };
  GByteArray                   *file = NULL;

  options->image_orientation = orientation;
  if (heif_context_get_encoder_for_format (context, format, &encoder).code == heif_error_Ok)
    {
      file = g_byte_array_new ();
      heif_encoder_set_lossy_quality (encoder, 90);
      g_assert_cmpint (heif_context_encode_image (context, image, encoder, options, &handle).code, ==, heif_error_Ok);
      g_assert_cmpint (heif_context_write (context, &writer, file).code, ==, heif_error_Ok);
      heif_image_handle_release (handle);
      heif_encoder_release (encoder);
    }
  heif_encoding_options_free (options);
  heif_image_release (image);
  heif_context_free (context);
  return file;
}

static MilPicture *
decode (GByteArray *file, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (file->data, file->len);

  return mil_picture_decode (bytes, 0, NULL, error);
}

static const guint8 *
pixel (MilPicture *picture, int x, int y)
{
  const guint8 *rgb = g_bytes_get_data (mil_picture_get_pixels (picture), NULL);

  return rgb + (gsize) y * mil_picture_get_stride (picture) + x * 3;
}

static gboolean
is_red (MilPicture *picture, int x, int y)
{
  const guint8 *p = pixel (picture, x, y);

  return p[0] > 200 && p[1] < 80 && p[2] < 80;
}

static gboolean
is_white (MilPicture *picture, int x, int y)
{
  const guint8 *p = pixel (picture, x, y);

  return p[0] > 230 && p[1] > 230 && p[2] > 230;
}

static void
test_photo (gconstpointer format)
{
  g_autoptr (GByteArray) file = encode (GPOINTER_TO_INT (format), FALSE, heif_orientation_normal);
  g_autoptr (GError) error = NULL;
  g_autoptr (MilPicture) picture = NULL;

  g_assert_nonnull (file);
  g_assert_cmpint (mil_picture_sniff (file->data, 12), ==, MIL_PICTURE_HEIF);
  picture = decode (file, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mil_picture_get_width (picture), ==, WIDTH);
  g_assert_cmpint (mil_picture_get_height (picture), ==, HEIGHT);
  g_assert_true (is_red (picture, 20, 20));
  g_assert_true (is_white (picture, WIDTH - 20, 20));
  g_assert_true (is_white (picture, 20, HEIGHT - 20));
}

static void
test_turned (void)
{
  g_autoptr (GByteArray) file = encode (heif_compression_HEVC, FALSE, heif_orientation_rotate_90_cw);
  g_autoptr (MilPicture) picture = decode (file, NULL);

  g_assert_nonnull (picture);
  g_assert_cmpint (mil_picture_get_width (picture), ==, HEIGHT);
  g_assert_cmpint (mil_picture_get_height (picture), ==, WIDTH);
  g_assert_true (is_red (picture, HEIGHT - 20, 20));
  g_assert_true (is_white (picture, 20, 20));
}

static void
test_alpha (void)
{
  g_autoptr (GByteArray) file = encode (heif_compression_AV1, TRUE, heif_orientation_normal);
  g_autoptr (MilPicture) picture = decode (file, NULL);

  g_assert_nonnull (picture);
  g_assert_true (is_red (picture, 20, 20));
  g_assert_true (is_white (picture, WIDTH - 20, HEIGHT - 20));
}

/* Wherever a file ends, and whichever byte of its boxes is wrong, there is a sentence or a picture. */
static void
test_damaged (void)
{
  g_autoptr (GByteArray) file = encode (heif_compression_HEVC, FALSE, heif_orientation_normal);

  for (guint n = 12; n < file->len; n += MAX (1, file->len / 40))
    {
      g_autoptr (GByteArray) part = g_byte_array_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (MilPicture) picture = NULL;
      g_byte_array_append (part, file->data, n);
      picture = decode (part, &error);
      g_assert_true ((picture == NULL) == (error != NULL));
    }
  for (guint i = 12; i < MIN (file->len, 600); i += 3)
    {
      g_autoptr (GByteArray) other = g_byte_array_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (MilPicture) picture = NULL;
      g_byte_array_append (other, file->data, file->len);
      other->data[i] ^= 0xff;
      picture = decode (other, &error);
      g_assert_true ((picture == NULL) == (error != NULL));
    }
}

/* A file of a few bytes that says it is 16000 x 12000. */
static void
test_bomb (void)
{
  g_autoptr (GByteArray) file = encode (heif_compression_HEVC, FALSE, heif_orientation_normal);
  guint32 width = GUINT32_TO_BE (16000);
  guint32 height = GUINT32_TO_BE (12000);
  g_autoptr (GError) error = NULL;
  g_autoptr (MilPicture) picture = NULL;

  for (guint i = 0; i + 16 < file->len; i++)
    if (memcmp (file->data + i, "ispe", 4) == 0)
      {
        memcpy (file->data + i + 8, &width, 4);
        memcpy (file->data + i + 12, &height, 4);
      }
  picture = decode (file, &error);
  g_assert_null (picture);
  g_assert_error (error, MIL_ERROR, MIL_ERROR_TOO_LARGE);
}

static void
test_film (void)
{
  static const char film[] = "\0\0\0\x18"
                             "ftypmsf1\0\0\0\0hevc";
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MilPicture) picture = NULL;

  g_byte_array_append (file, (const guint8 *) film, sizeof film - 1);
  picture = decode (file, &error);
  g_assert_null (picture);
  g_assert_error (error, MIL_ERROR, MIL_ERROR_UNREADABLE);
  g_assert_nonnull (strstr (error->message, "Films"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/scan/heif/heic", GINT_TO_POINTER (heif_compression_HEVC), test_photo);
  g_test_add_data_func ("/scan/heif/avif", GINT_TO_POINTER (heif_compression_AV1), test_photo);
  g_test_add_func ("/scan/heif/turned", test_turned);
  g_test_add_func ("/scan/heif/alpha", test_alpha);
  g_test_add_func ("/scan/heif/damaged", test_damaged);
  g_test_add_func ("/scan/heif/bomb", test_bomb);
  g_test_add_func ("/scan/heif/film", test_film);
  return g_test_run ();
}
