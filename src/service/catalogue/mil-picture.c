/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/catalogue/mil-picture.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/mil-error.h"
#include "base/mil-key.h"

#define HEAD_BYTES 24
#define MAX_SIDE 8192

static const guint8 png_head[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n',
                                   0,    0,   0,   13,  'I',  'H',  'D',  'R' };

/**
 * mil_picture_free:
 * @self: (transfer full) (nullable): a picture
 *
 * Frees a picture.
 */
void
mil_picture_free (MilPicture *self)
{
  if (self == NULL)
    return;
  g_free (self->hash);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static guint
read_uint32 (const guint8 *bytes)
{
  return (guint) bytes[0] << 24 | (guint) bytes[1] << 16 | (guint) bytes[2] << 8 | bytes[3];
}

/**
 * mil_picture_new:
 * @bytes: a file
 * @error: return location
 *
 * Looks at the head of a picture; it is decoded by whoever shows it. Only PNG is taken: no vector
 * graphics from outside.
 *
 * Format: PNG (W3C), sections 5.2 and 11.2.2.
 *
 * Returns: (transfer full): the picture, or %NULL with @error set
 */
MilPicture *
mil_picture_new (GBytes *bytes, GError **error)
{
  g_autoptr (MilPicture) self = g_new0 (MilPicture, 1);
  const guint8 *data;
  gsize         size;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  if (size < HEAD_BYTES || size > MIL_PICTURE_MAX_BYTES || memcmp (data, png_head, sizeof png_head) != 0)
    {
      mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The picture must be a PNG of at most 8 MiB."));
      return NULL;
    }
  self->width = read_uint32 (data + 16);
  self->height = read_uint32 (data + 20);
  if (self->width == 0 || self->height == 0 || self->width > MAX_SIDE || self->height > MAX_SIDE)
    {
      mil_error_set (error, MIL_ERROR_TOO_LARGE, _ ("The picture may have at most 8192 pixels a side."));
      return NULL;
    }
  self->hash = mil_sha256_hex (data, size);
  self->bytes = g_bytes_ref (bytes);
  return g_steal_pointer (&self);
}
