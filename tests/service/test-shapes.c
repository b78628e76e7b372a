/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "pay/mil-rate-table.h"
#include "protocol/mil-ucp-checkout.h"
#include "protocol/mil-ucp-profile.h"
#include "protocol/mil-wire-claim.h"
#include "protocol/mil-wire-market.h"
#include "protocol/mil-wire-wallet.h"
#include "refund/mil-claim-state.h"
#include "shopping.h"

/* Takes the answer: it reads as the shape that protocol publishes for it. */
static void
assert_shape (Answer *taken, const MilShape *shape)
{
  g_autoptr (Answer) answer = taken;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  gpointer value;

  assert_status (answer, 200);
  node = mil_json_parse (answer->bytes, 1 << 22, &error);
  g_assert_no_error (error);
  value = mil_shape_from_json (shape, node, &error);
  if (error != NULL)
    g_test_message ("%.*s",
                    (int) MIN (g_bytes_get_size (answer->bytes), 2000),
                    (const char *) g_bytes_get_data (answer->bytes, NULL));
  g_assert_no_error (error);
  mil_shape_free (shape, value);
}

static void
assert_get (Client *client, const MilShape *shape, const char *format, const char *argument)
{
  g_autofree char *path = g_strdup_printf (format, argument);

  assert_shape (client_get (client, path), shape);
}

static void
test_market (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autofree char *variant = shop_find (client, SHOPS[0]);

  assert_get (client, &mil_wire_stores_shape, "/v1/stores", NULL);
  assert_get (client, &mil_ucp_profile_shape, "/stores/%s/.well-known/ucp", SHOPS[0]);
  assert_shape (client_post (client, "/v1/catalog/search", "{\"pagination\":{\"limit\":100}}"), &mil_ucp_products_shape);
  assert_shape (client_post (client, "/v1/catalog/lookup", "{\"ids\":[\"%s\"]}", variant), &mil_ucp_products_shape);
  assert_shape (client_post (client, "/v1/catalog/product", "{\"id\":\"%s\"}", variant), &mil_ucp_product_answer_shape);
}

static void
test_rates (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Answer) answer = client_get (client, "/v1/fx/rates");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = mil_json_parse (answer->bytes, 1 << 20, &error);
  g_autoptr (MilRateTable) rates = NULL;

  g_assert_no_error (error);
  rates = mil_rate_table_from_json (node, &error);
  g_assert_no_error (error);
  g_assert_true (mil_rate_table_knows (rates, "CNY"));
}

static void
test_purchase (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Basket) basket = basket_new (client);
  g_autofree char *commit = g_strdup_printf ("/v1/payment-groups/%s/commit", basket->group);
  g_autofree char *checkout = g_strdup_printf ("/stores/%s/checkout-sessions/%s", SHOPS[1], basket->checkouts[1]);
  g_autofree char *order = NULL;
  g_autoptr (Answer) first = NULL;

  assert_get (client, &mil_wire_wallets_shape, "/v1/wallets", NULL);
  assert_get (client, &mil_wire_group_shape, "/v1/payment-groups/%s", basket->group);
  assert_get (client, &mil_ucp_checkout_shape, "%s", checkout);
  first = basket_complete (basket, client, 0, basket->tokens[0]);
  order = g_strdup_printf ("/stores/%s/orders/%s", SHOPS[0], answer_string (first, "order.id"));
  assert_shape (basket_complete (basket, client, 1, basket->tokens[1]), &mil_ucp_checkout_shape);
  assert_shape (client_post (client, commit, "{}"), &mil_wire_commit_shape);
  assert_get (client, &mil_ucp_order_shape, "%s", order);
  assert_get (client, &mil_wire_orders_shape, "/v1/orders", NULL);
  assert_get (client, &mil_wire_entries_shape, "/v1/wallets/%s/entries?limit=50", basket->wallet);
  assert_get (client, &mil_wire_events_shape, "/v1/events?since=0", NULL);
}

/* What src/refund calls states and events, src/protocol lets over the wire: it cannot see that table. */
static void
test_claim_words (void)
{
  guint                     n;
  const MilClaimTransition *ways = mil_claim_transitions (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"seq\":1,\"event\":\"%s\",\"state\":\"%s\",\"at\":\"2026-"
                                               "05-24T08:30:00Z\",\"actor\":\"%s\",\"reason\":null}",
                                               mil_claim_act_name (ways[i].act),
                                               mil_claim_state_name (ways[i].to),
                                               mil_claim_actor_name (ways[i].actor));
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (MilWireClaimEvent) event = mil_wire_claim_event_from_json (node, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (event->event, ==, mil_claim_act_name (ways[i].act));
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/shapes/market", test_market);
  g_test_add_func ("/service/shapes/rates", test_rates);
  g_test_add_func ("/service/shapes/purchase", test_purchase);
  g_test_add_func ("/service/shapes/claim-words", test_claim_words);
  return g_test_run ();
}
