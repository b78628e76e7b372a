/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as a picture; libtiff and libwebp are fuzzed by their own projects, so the time goes to PNG, JPEG
 * and EXIF and to what is done with their sizes. PDF documents are drawn by another process: see pdf-reply. */

#include <stdint.h>

#include "scan/mil-picture.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size > 200000 || mil_picture_sniff (data, size) == MIL_PICTURE_PDF)
    return 0;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (MilPicture) picture = mil_picture_decode (bytes, 0, NULL, NULL);
  if (picture == NULL)
    return 0;

  int width = mil_picture_get_width (picture), height = mil_picture_get_height (picture);
  g_assert (width > 0 && height > 0 && (gint64) width * height <= MIL_PICTURE_KEPT_PIXELS);
  g_autoptr (MilPicture) small = mil_picture_scale_down (picture, 16);
  g_assert (mil_picture_get_width (small) <= 16 && mil_picture_get_height (small) <= 16);
  return 0;
}
