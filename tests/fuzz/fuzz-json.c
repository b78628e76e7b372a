/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>
#include <string.h>

#include "base/mil-json.h"
#include "base/mil-key.h"

static void
read_some (MilJson *json)
{
  guint n;

  mil_json_string_optional (json, "name", 100);
  mil_json_int_optional (json, "amount", 0, 1000, 0);
  mil_json_boolean_optional (json, "yes", FALSE);
  mil_json_date_optional (json, "day");
  n = mil_json_enter_array_optional (json, "items", 10);
  for (guint i = 0; i < n; i++)
    {
      if (mil_json_enter_item (json, i))
        mil_json_decimal_money (json, "price", "EUR");
      mil_json_leave (json);
    }
  mil_json_leave (json);
}

/* What is accepted can be written and read again, and the canonical form of that is the same. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (JsonNode) node = mil_json_parse (bytes, 1 << 20, NULL);
  g_autoptr (MilJson) json = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MilKey) key = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *canonical_again = NULL;

  if (node == NULL)
    return 0;
  json = mil_json_new (node);
  read_some (json);
  if (!mil_json_finish (json, &error))
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  canonical = mil_json_canonical (node);
  text = g_bytes_new (canonical, strlen (canonical));
  again = mil_json_parse (text, G_MAXSIZE, NULL);
  g_assert_nonnull (again);
  canonical_again = mil_json_canonical (again);
  g_assert_cmpstr (canonical, ==, canonical_again);
  key = mil_key_from_jwk (node, NULL);
  return 0;
}
