/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "service/wallet/mil-exchange.h"

/* A table of rates that is accepted can be shown. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (MilExchange) exchange = mil_exchange_new_ecb (bytes, &error);
  g_autoptr (JsonNode) shown = NULL;

  g_assert ((exchange == NULL) == (error != NULL));
  if (exchange == NULL)
    return 0;
  shown = mil_exchange_to_json (exchange);
  g_assert (JSON_NODE_HOLDS_OBJECT (shown));
  return 0;
}
