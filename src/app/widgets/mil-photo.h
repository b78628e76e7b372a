/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "traveller/mil-picture-cache.h"

G_BEGIN_DECLS

#define MIL_TYPE_PHOTO (mil_photo_get_type ())

/**
 * MilPhoto:
 *
 * A picture from the cache, as wide as it is allotted and as high as its #MilPhoto:ratio says. It
 * covers its place, fades in when it arrives, and drops its request when another one is set.
 */
G_DECLARE_FINAL_TYPE (MilPhoto, mil_photo, MIL, PHOTO, GtkWidget)

GtkWidget    *mil_photo_new (void);
void          mil_photo_set (MilPhoto *self, MilPictureCache *cache, const char *address);
void          mil_photo_set_alt (MilPhoto *self, const char *alt);
gboolean      mil_photo_is_loaded (MilPhoto *self);
GdkPaintable *mil_photo_get_paintable (MilPhoto *self);

G_END_DECLS
