/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-picture.h"

G_BEGIN_DECLS

/* Each decoder checks the size that the header states before it allocates anything, and returns a
 * picture of at most MIL_PICTURE_KEPT_PIXELS. `orientation` is EXIF's, 1 to 8. */
MilPicture *mil_picture_decode_jpeg (const guint8 *data, gsize size, int *orientation, GCancellable *cancellable, GError **error);
MilPicture *mil_picture_decode_png (const guint8 *data, gsize size, int *orientation, GCancellable *cancellable, GError **error);
MilPicture *mil_picture_decode_webp (const guint8 *data, gsize size, int *orientation, GError **error);
MilPicture *mil_picture_decode_heif (const guint8 *data, gsize size, GError **error);
MilPicture *mil_picture_decode_tiff (const guint8 *data, gsize size, GError **error);

void     mil_picture_set_document (MilPicture *self, GPtrArray *words, guint n_pages);
gboolean mil_picture_check_size (guint64 width, guint64 height, GError **error);
void     mil_picture_lay_on_white (const guint8 *rgba, guint8 *rgb, gsize n_pixels);
void     mil_picture_set_too_large (GError **error);
int      mil_exif_orientation (const guint8 *tiff, gsize size);

G_END_DECLS
