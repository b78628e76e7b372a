/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any text as a fiscal code. */

#include <stdint.h>

#include "scan/mil-fiscal.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size > 8000)
    return 0;
  g_autofree char *text = g_utf8_make_valid ((const char *) data, size);
  g_autoptr (MilFiscal) fiscal = mil_fiscal_parse (text);
  if (fiscal == NULL)
    return 0;

  g_assert (fiscal->scheme != NULL && fiscal->country != NULL && g_str_equal (fiscal->raw, text));
  g_assert (!mil_date_is_set (fiscal->date) || mil_date_is_valid (fiscal->date));
  g_assert (fiscal->seller == NULL || g_utf8_validate (fiscal->seller, -1, NULL));
  g_assert (fiscal->document == NULL || g_utf8_validate (fiscal->document, -1, NULL));
  return 0;
}
