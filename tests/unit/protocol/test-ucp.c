/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "base/mil-error.h"
#include "protocol/mil-ucp-checkout.h"
#include "protocol/mil-ucp-profile.h"

#define DESCRIPTION "\"description\":{\"plain\":\"Hand-made.\"}"
#define VARIANT                                                                                              \
  "{\"id\":\"v\",\"title\":\"Brown\"," DESCRIPTION ",\"price\":{\"amount\":12600,\"currency\":\"EUR\"},"     \
  "\"availability\":{\"available\":true},\"options\":[{\"name\":\"Colour\",\"label\":\"Brown\"}]}"
#define PRODUCT                                                                                              \
  "{\"id\":\"p\",\"title\":\"Bag\"," DESCRIPTION ",\"price_range\":{\"min\":{\"amount\":12600,\"currency\":" \
  "\"EUR\"},\"max\":{\"amount\":12600,\"currency\":\"EUR\"}},\"media\":[{\"type\":\"image\",\"url\":"        \
  "\"/media/a.png\",\"width\":800}],\"variants\":[" VARIANT "],\"tags\":[\"leather\"],\"metadata\":"         \
  "{\"store_id\":\"bottega\"}}"
#define TOTALS                                                                                               \
  "[{\"type\":\"subtotal\",\"amount\":12600},{\"type\":\"discount\",\"amount\":-600},{\"type\":\"total\","   \
  "\"amount\":12000}]"
#define CHECKOUT(totals)                                                                                     \
  "{\"ucp\":{\"version\":\"2026-04-08\",\"payment_handlers\":{}},\"id\":\"k\",\"line_items\":[{\"id\":"      \
  "\"l\",\"item\":{\"id\":\"v\",\"title\":\"Bag\",\"price\":12600},\"quantity\":1,\"totals\":" TOTALS "}]"   \
  ",\"status\":\"ready_for_complete\",\"currency\":\"EUR\",\"totals\":" totals ",\"links\":[]}"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  GError   *error = NULL;
  JsonNode *node = mil_json_parse (bytes, 1 << 20, &error);

  g_assert_no_error (error);
  return node;
}

static void
assert_same (const MilShape *shape, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = parse (text);
  g_autoptr (JsonNode) back = NULL;
  g_autofree char *expected = mil_json_canonical (node);
  g_autofree char *actual = NULL;
  gpointer         value = mil_shape_from_json (shape, node, &error);

  g_assert_no_error (error);
  back = mil_shape_to_json (shape, value);
  actual = mil_json_canonical (back);
  g_assert_cmpstr (actual, ==, expected);
  mil_shape_free (shape, value);
}

static void
assert_refused (const MilShape *shape, const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = parse (text);

  g_assert_null (mil_shape_from_json (shape, node, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_PROTOCOL);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_catalog (void)
{
  g_autoptr (JsonNode) plain = parse (PRODUCT);
  g_autoptr (GError) error = NULL;
  g_autoptr (MilUcpProduct) product = mil_ucp_product_from_json (plain, &error);
  MilUcpVariant *variant;

  g_assert_no_error (error);
  variant = g_ptr_array_index (product->variants, 0);
  g_assert_true (mil_money_equal (variant->price, mil_money (12600, "EUR")));
  g_assert_false (mil_money_is_set (variant->list_price));
  assert_same (&mil_ucp_product_shape, PRODUCT);
  assert_same (&mil_ucp_products_shape,
               "{\"ucp\":{\"version\":\"2026-04-08\"},\"products\":[" PRODUCT "],\"pagination\":"
               "{\"cursor\":\"c\",\"has_next_page\":true,\"total_count\":40}}");
  assert_same (&mil_ucp_lookup_shape, "{\"ids\":[\"a\",\"b\"],\"context\":{\"currency\":\"CNY\"}}");
  assert_refused (&mil_ucp_lookup_shape, "{\"ids\":[]}", "ids: is empty");
  assert_refused (&mil_ucp_pagination_shape, "{\"has_next_page\":true}", "cursor: is missing");
  assert_refused (&mil_ucp_products_shape,
                  "{\"ucp\":{},\"products\":[{\"id\":\"p\",\"title\":\"Bag\",\"description\":{}}]}",
                  "products[0].description: is empty");
}

static void
test_checkout (void)
{
  g_autoptr (JsonNode) node = parse (CHECKOUT (TOTALS));
  g_autoptr (GError) error = NULL;
  g_autoptr (MilUcpCheckout) checkout = mil_ucp_checkout_from_json (node, &error);
  gint64 amount;

  g_assert_no_error (error);
  g_assert_true (mil_ucp_totals_find (checkout->totals, "total", &amount));
  g_assert_cmpint (amount, ==, 12000);
  g_assert_false (mil_ucp_totals_find (checkout->totals, "tax", &amount));
  assert_same (&mil_ucp_checkout_shape, CHECKOUT (TOTALS));
  assert_refused (&mil_ucp_checkout_shape, CHECKOUT ("[{\"type\":\"total\",\"amount\":1}]"), "totals: must have one subtotal and one total");
  assert_refused (&mil_ucp_checkout_shape,
                  CHECKOUT ("[{\"type\":\"discount\",\"amount\":1}]"),
                  "totals[0].amount: must be below zero for a discount");
  assert_same (&mil_ucp_checkout_request_shape,
               "{\"line_items\":[{\"item\":{\"id\":\"v\"},\"quantity\":2}],\"context\":{\"address_country\":"
               "\"CN\"},\"payment\":"
               "{\"instruments\":[{\"id\":\"i\",\"handler_id\":\"milione-wallet\",\"type\":\"io.github."
               "milione.wallet\","
               "\"credential\":{\"type\":\"token\",\"token\":\"t\"},\"selected\":true}]}}");
  assert_refused (&mil_ucp_checkout_request_shape,
                  "{\"line_items\":[{\"item\":{\"id\":\"v\"},\"quantity\":0}]}",
                  "line_items[0].quantity: must be between 1 and 1000000");
}

static void
test_order (void)
{
  assert_same (&mil_ucp_order_shape,
               "{\"ucp\":{\"version\":\"2026-04-08\"},\"id\":\"o\",\"checkout_id\":\"k\",\"permalink_url\":"
               "\"https://x/o\","
               "\"line_items\":[{\"id\":\"l\",\"item\":{\"id\":\"v\",\"title\":\"Bag\",\"price\":12600},"
               "\"quantity\":{\"total\":1,"
               "\"fulfilled\":0},\"totals\":[],\"status\":\"processing\"}],\"fulfillment\":{},\"currency\":"
               "\"EUR\",\"totals\":" TOTALS "}");
}

static void
test_profile (void)
{
  g_autoptr (JsonNode) node = parse (
      "{\"ucp\":{\"version\":\"2026-04-08\",\"services\":{\"dev.ucp.shopping\":[{\"version\":\"2026-04-08\","
      "\"transport\":\"mcp\",\"endpoint\":\"https://x/"
      "mcp\"},{\"version\":\"2026-04-08\",\"transport\":\"rest\","
      "\"endpoint\":\"https://x/"
      "ucp\"}]},\"capabilities\":{\"dev.ucp.shopping.checkout\":[{\"version\":\"2026-04-08\"}]},"
      "\"payment_handlers\":{\"io.github.milione.wallet\":[{\"id\":\"milione-wallet\",\"version\":\"2026-04-"
      "08\"}]}},"
      "\"signing_keys\":[{\"kid\":\"k1\",\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":"
      "\"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs\",\"y\":\"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA\"}"
      "]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (MilUcpProfile) profile = mil_ucp_profile_from_json (node, &error);
  g_autoptr (JsonNode) back = NULL;
  g_autoptr (MilKey) key = NULL;
  g_autofree char *expected = mil_json_canonical (node);
  g_autofree char *actual = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (mil_ucp_profile_endpoint (profile, "dev.ucp.shopping"), ==, "https://x/ucp");
  g_assert_null (mil_ucp_profile_endpoint (profile, "dev.ucp.other"));
  g_assert_true (mil_ucp_profile_has_capability (profile, "dev.ucp.shopping.checkout"));
  g_assert_cmpstr (mil_ucp_profile_handler (profile, "io.github.milione.wallet")->id, ==, "milione-wallet");
  key = mil_ucp_profile_signing_key (profile, "k1", &error);
  g_assert_no_error (error);
  g_assert_nonnull (key);
  g_assert_null (mil_ucp_profile_signing_key (profile, "k2", &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_UNAUTHENTICATED);
  back = mil_ucp_profile_to_json (profile);
  actual = mil_json_canonical (back);
  g_assert_cmpstr (actual, ==, expected);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/ucp/catalog", test_catalog);
  g_test_add_func ("/protocol/ucp/checkout", test_checkout);
  g_test_add_func ("/protocol/ucp/order", test_order);
  g_test_add_func ("/protocol/ucp/profile", test_profile);
  return g_test_run ();
}
