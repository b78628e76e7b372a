/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "protocol/mil-ucp-checkout.h"
#include "protocol/mil-ucp-profile.h"
#include "protocol/mil-wire-claim.h"
#include "protocol/mil-wire-market.h"
#include "protocol/mil-wire-wallet.h"

/* What a shape reads, it writes in a way that it reads again. */
static void
round_trip (const MilShape *shape, JsonNode *node)
{
  gpointer value = mil_shape_from_json (shape, node, NULL);
  gpointer again;
  g_autoptr (JsonNode) back = NULL;
  g_autoptr (GError) error = NULL;

  if (value == NULL)
    return;
  back = mil_shape_to_json (shape, value);
  again = mil_shape_from_json (shape, back, &error);
  g_assert_no_error (error);
  mil_shape_free (shape, again);
  mil_shape_free (shape, value);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const MilShape *const shapes[] = {
    &mil_ucp_products_shape,       &mil_ucp_checkout_shape, &mil_ucp_checkout_request_shape,
    &mil_ucp_order_shape,          &mil_ucp_profile_shape,  &mil_wire_stores_shape,
    &mil_wire_orders_shape,        &mil_wire_wallets_shape, &mil_wire_entries_shape,
    &mil_wire_quote_shape,         &mil_wire_group_shape,   &mil_wire_claim_shape,
    &mil_wire_claim_request_shape, &mil_wire_events_shape,
  };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (JsonNode) node = mil_json_parse (bytes, 1 << 20, NULL);

  for (gsize i = 0; node != NULL && i < G_N_ELEMENTS (shapes); i++)
    round_trip (shapes[i], node);
  return 0;
}
