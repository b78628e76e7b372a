/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MilLuma:
 * @pixels: (array): brightness, one byte a pixel, without padding
 * @width: in pixels
 * @height: in pixels
 *
 * One channel of a picture.
 */
typedef struct
{
  guint8 *pixels;
  int     width;
  int     height;
} MilLuma;

MilLuma *mil_luma_new (int width, int height);
MilLuma *mil_luma_shrink (const guint8 *pixels, int width, int height, int new_width, int new_height);
MilLuma *mil_luma_double (const guint8 *pixels, int width, int height);
MilLuma *mil_luma_sharpen (const guint8 *pixels, int width, int height);
MilLuma *mil_luma_transpose (const MilLuma *self);
MilLuma *mil_luma_threshold (const MilLuma *self, int radius, int percent);
MilLuma *mil_luma_rotate (const MilLuma *self, double degrees);
void     mil_luma_free (MilLuma *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilLuma, mil_luma_free)

G_END_DECLS
