/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-picture-private.h"

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT 3

static guint32
number_at (const guint8 *data, gsize n_bytes, gboolean big_endian)
{
  guint32 number = 0;
  for (gsize i = 0; i < n_bytes; i++)
    number |= (guint32) data[i] << (8 * (big_endian ? n_bytes - 1 - i : i));
  return number;
}

/*
 * mil_exif_orientation:
 * @tiff: EXIF data from its TIFF header on ("II*" or "MM*")
 * @size: its length
 *
 * Source: CIPA DC-008 (Exif 2.32), 4.6.2 and tag 0x0112.
 *
 * Returns: 1 to 8; 1 where it is not said or the data is damaged
 */
int
mil_exif_orientation (const guint8 *tiff, gsize size)
{
  if (size < 8)
    return 1;

  gboolean big_endian = tiff[0] == 'M' && tiff[1] == 'M';
  if (!big_endian && !(tiff[0] == 'I' && tiff[1] == 'I'))
    return 1;

  gsize ifd = number_at (tiff + 4, 4, big_endian);
  if (ifd > size - 2 || number_at (tiff + 2, 2, big_endian) != 42)
    return 1;

  gsize n_entries = number_at (tiff + ifd, 2, big_endian);
  for (gsize i = 0; i < n_entries; i++)
    {
      gsize entry = ifd + 2 + i * 12;
      if (entry + 12 > size)
        break;
      if (number_at (tiff + entry, 2, big_endian) != TAG_ORIENTATION || number_at (tiff + entry + 2, 2, big_endian) != TYPE_SHORT)
        continue;
      guint32 orientation = number_at (tiff + entry + 8, 2, big_endian);
      return orientation >= 1 && orientation <= 8 ? (int) orientation : 1;
    }
  return 1;
}
