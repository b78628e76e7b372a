/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-future.h"
#include "scan/mil-geometry.h"
#include "scan/mil-picture-limits.h"

G_BEGIN_DECLS

#define MIL_TYPE_PICTURE (mil_picture_get_type ())

/**
 * MilPicture:
 *
 * A decoded picture: upright, RGB with 8 bits a channel, at most %MIL_PICTURE_KEPT_PIXELS pixels.
 * Never changes, so any thread may read it.
 */
G_DECLARE_FINAL_TYPE (MilPicture, mil_picture, MIL, PICTURE, GObject)

/**
 * MilPictureKind:
 * @MIL_PICTURE_UNKNOWN: none of the kinds below
 * @MIL_PICTURE_PNG: PNG
 * @MIL_PICTURE_JPEG: JPEG
 * @MIL_PICTURE_WEBP: WebP
 * @MIL_PICTURE_TIFF: TIFF
 * @MIL_PICTURE_HEIF: a photo in HEIC or AVIF
 * @MIL_PICTURE_PDF: a PDF document
 *
 * What the first bytes of a file say it is; its name is not asked.
 */
typedef enum
{
  MIL_PICTURE_UNKNOWN,
  MIL_PICTURE_PNG,
  MIL_PICTURE_JPEG,
  MIL_PICTURE_WEBP,
  MIL_PICTURE_TIFF,
  MIL_PICTURE_HEIF,
  MIL_PICTURE_PDF,
} MilPictureKind;

MilPictureKind mil_picture_sniff (const guint8 *data, gsize size);

MilPicture *mil_picture_new (GBytes *rgb, int width, int height, int stride);
MilPicture *mil_picture_decode (GBytes *bytes, guint page, GCancellable *cancellable, GError **error);
DexFuture  *mil_picture_load_bytes (GBytes *bytes, guint page);
DexFuture  *mil_picture_load_file (GFile *file, guint page);

int         mil_picture_get_width (MilPicture *self);
int         mil_picture_get_height (MilPicture *self);
int         mil_picture_get_stride (MilPicture *self);
GPtrArray  *mil_picture_get_words (MilPicture *self);
guint       mil_picture_get_n_pages (MilPicture *self);
GBytes     *mil_picture_get_pixels (MilPicture *self);
GBytes     *mil_picture_dup_luma (MilPicture *self);
MilPicture *mil_picture_rotate (MilPicture *self, int quarters);
MilPicture *mil_picture_crop (MilPicture *self, MilBox box);
MilPicture *mil_picture_scale_down (MilPicture *self, int max_side);
GBytes     *mil_picture_to_jpeg (MilPicture *self, int quality);

G_END_DECLS
