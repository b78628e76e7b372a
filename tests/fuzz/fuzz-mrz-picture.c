/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any pixels as a picture of a travel document: the first bytes are its size, and the rest is repeated. */

#include <stdint.h>
#include <string.h>

#include "scan/mil-mrz-reader.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size < 4)
    return 0;
  int width = 1 + data[0] + 256 * (data[1] & 1), height = 1 + data[2] / 2;
  data += 4;
  size -= 4;
  MilLuma *luma = mil_luma_new (width, height);
  for (int i = 0; i < width * height; i++)
    luma->pixels[i] = size > 0 ? data[(size_t) i % size] : 255;

  g_autofree MilMrzTable *table = g_new (MilMrzTable, 1);
  if (!mil_mrz_read_luma (luma, FALSE, table, NULL))
    return 0;
  g_assert (table->n_lines >= 2 && table->n_lines <= MIL_MRZ_MOST_LINES && table->width <= MIL_MRZ_MOST_CELLS);
  g_autoptr (MilMrz) mrz = mil_mrz_judge (table, (MilDate) { 2026, 11, 22 });
  g_assert (mrz == NULL || strlen (mrz->lines[0]) == table->width);
  return 0;
}
