/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "base/mil-json.h"
#include "refund/mil-operator.h"

/* Terms that are accepted answer for every day. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (JsonNode) node = mil_json_parse (bytes, 1 << 20, NULL);
  g_autoptr (MilOperator) operator= NULL;
  g_autoptr (GError) error = NULL;
  MilDate day = { 2026, 7, 1 };

  if (node == NULL)
    return 0;
  operator= mil_operator_new (node, &error);
  if (operator== NULL)
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  else
    mil_operator_terms_on (operator, "FR", day);
  return 0;
}
