/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "client-shapes.h"

#include "protocol/mil-ucp-catalog.h"
#include "protocol/mil-ucp-checkout.h"
#include "protocol/mil-ucp-profile.h"
#include "protocol/mil-wire-claim.h"
#include "protocol/mil-wire-market.h"
#include "protocol/mil-wire-wallet.h"

/* Which shape a client reads an answer with; the first that fits. */
static const struct
{
  const char     *method;
  const char     *path;
  const MilShape *shape;
} readers[] = {
  { "GET", "/v1/stores", &mil_wire_stores_shape },
  { "GET", "/stores/*/.well-known/ucp", &mil_ucp_profile_shape },
  { "POST", "/*/catalog/search", &mil_ucp_products_shape },
  { "POST", "/*/catalog/lookup", &mil_ucp_products_shape },
  { "POST", "/*/catalog/product", &mil_ucp_product_answer_shape },
  { "*", "/stores/*/checkout-sessions*", &mil_ucp_checkout_shape },
  { "GET", "/stores/*/orders/*", &mil_ucp_order_shape },
  { "GET", "/v1/orders", &mil_wire_orders_shape },
  { "GET", "/v1/orders/*", &mil_wire_order_shape },
  { "POST", "/v1/principals", &mil_wire_principal_shape },
  { "POST", "/v1/fx/quotes", &mil_wire_quote_shape },
  { "GET", "/v1/wallets", &mil_wire_wallets_shape },
  { "GET", "/v1/wallets/*/entries*", &mil_wire_entries_shape },
  { "*", "/v1/wallets*", &mil_wire_wallet_shape },
  { "POST", "/v1/payment-groups/*/authorise", &mil_wire_credentials_shape },
  { "POST", "/v1/payment-groups/*/commit", &mil_wire_commit_shape },
  { "POST", "/v1/payment-groups", &mil_wire_group_shape },
  { "GET", "/v1/payment-groups/*", &mil_wire_group_shape },
  { "GET", "/v1/taxfree/claims", &mil_wire_claims_shape },
  { "GET", "/v1/taxfree/claims/*/traveller", &mil_wire_traveller_shape },
  { "*", "/v1/taxfree/claims*", &mil_wire_claim_shape },
  { "GET", "/v1/events*", &mil_wire_events_shape },
};

/* Reads a good answer as the traveller's side does. */
void
client_read_shape (const char *method, const char *path, JsonNode *json)
{
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      g_autoptr (GError) error = NULL;
      gpointer value;

      if (!g_pattern_match_simple (readers[i].method, method) || !g_pattern_match_simple (readers[i].path, path))
        continue;
      value = mil_shape_from_json (readers[i].shape, json, &error);
      if (error != NULL)
        g_test_message ("%s %s: %s", method, path, error->message);
      g_assert_no_error (error);
      mil_shape_free (readers[i].shape, value);
      return;
    }
}
