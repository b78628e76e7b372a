/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define MIL_TYPE_PIXELS (mil_pixels_get_type ())

/**
 * MilPixels:
 * @bytes: rows of pixels, 4 bytes each: red, green, blue, alpha, not premultiplied
 * @width: in pixels
 * @height: in pixels
 * @stride: bytes from one row to the next
 *
 * A decoded picture, ready for a texture (GDK_MEMORY_R8G8B8A8). Copying shares the bytes.
 */
typedef struct
{
  GBytes *bytes;
  int     width;
  int     height;
  gsize   stride;
} MilPixels;

GType      mil_pixels_get_type (void);
MilPixels *mil_pixels_new      (GBytes          *bytes,
                                int              width,
                                int              height,
                                gsize            stride);
MilPixels *mil_pixels_copy     (const MilPixels *self);
void       mil_pixels_free     (MilPixels       *self);
MilPixels *mil_pixels_decode   (GBytes          *bytes,
                                int              width,
                                int              height,
                                GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilPixels, mil_pixels_free)

G_END_DECLS
