/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "base/mil-json.h"
#include "refund/mil-scheme.h"

/* A scheme that is accepted answers for every day, whatever it says. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (JsonNode) node = mil_json_parse (bytes, 1 << 20, NULL);
  g_autoptr (MilScheme) scheme = NULL;
  g_autoptr (GError) error = NULL;

  if (node == NULL)
    return 0;
  scheme = mil_scheme_new (node, &error);
  if (scheme == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  for (guint year = 2010; year < 2030; year++)
    {
      MilDate        day = { year, 7, 1 };
      const MilRule *rule = mil_scheme_rule_on (scheme, "NIR", day);

      if (rule == NULL || rule->none)
        continue;
      mil_deadline_on (&rule->deadlines.export_by, day, day);
      if (mil_rule_rates (rule, "NIR", day) != NULL)
        mil_rates_for (mil_rule_rates (rule, "NIR", day), MIL_GOODS_FOOD);
    }
  return 0;
}
