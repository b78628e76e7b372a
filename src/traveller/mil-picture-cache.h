/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-future.h"
#include "traveller/mil-pixels.h"

G_BEGIN_DECLS

#define MIL_TYPE_PICTURE_CACHE (mil_picture_cache_get_type ())

/**
 * MilPictureCache:
 *
 * Pictures of stores and receipts at the size they are shown in. They are kept as files with the
 * server's ETag, decoded off the main thread, and held in memory up to a number of bytes.
 */
G_DECLARE_FINAL_TYPE (MilPictureCache, mil_picture_cache, MIL, PICTURE_CACHE, GObject)

DexFuture *mil_picture_cache_fetch     (MilPictureCache *self,
                                        const char      *url,
                                        int              width,
                                        int              height);
MilPixels *mil_picture_cache_peek      (MilPictureCache *self,
                                        const char      *url,
                                        int              width,
                                        int              height);
void       mil_picture_cache_set_limit (MilPictureCache *self,
                                        gsize            max_bytes);
gsize      mil_picture_cache_get_size  (MilPictureCache *self);

G_END_DECLS
