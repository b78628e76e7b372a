/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any lines as a machine readable zone. */

#include <stdint.h>

#include "scan/mil-mrz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size > 400)
    return 0;
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (MilMrz) mrz = mil_mrz_parse ((const char *const *) lines, (MilDate) { 2026, 11, 22 });
  if (mrz == NULL)
    return 0;

  g_autoptr (MilMrz) copy = mil_mrz_copy (mrz);
  g_assert (copy->valid == mrz->valid && copy->surname != NULL && copy->number != NULL);
  g_assert (mil_mrz_type_name (mrz->type) != NULL);
  return 0;
}
