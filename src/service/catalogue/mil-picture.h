/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define MIL_PICTURE_MAX_BYTES (8 * 1024 * 1024)

/**
 * MilPicture:
 * @hash: SHA-256 of its bytes, in hex
 * @bytes: a PNG
 * @width: in pixels
 * @height: in pixels
 *
 * A picture of a product or a logo.
 */
typedef struct
{
  char   *hash;
  GBytes *bytes;
  guint   width;
  guint   height;
} MilPicture;

MilPicture *mil_picture_new (GBytes *bytes, GError **error);
void        mil_picture_free (MilPicture *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilPicture, mil_picture_free)

G_END_DECLS
