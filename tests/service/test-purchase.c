/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "shopping.h"

static void
assert_balanced (Service *service)
{
  g_assert_cmpint (service_command (service, NULL, "audit", NULL), ==, 0);
}

static Answer *
finish (Client *client, Basket *basket, const char *how)
{
  g_autofree char *path = g_strdup_printf ("/v1/payment-groups/%s/%s", basket->group, how);

  return client_post (client, path, "{}");
}

static void
assert_orders (Client *client, guint n, const char *state)
{
  g_autoptr (Answer) answer = client_get (client, "/v1/orders");
  JsonArray *orders = json_node_get_array (answer_node (answer, "orders"));

  g_assert_cmpuint (json_array_get_length (orders), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (orders, i), "state"), ==, state);
}

static void
test_two_stores (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Basket) basket = basket_new (client);
  g_autoptr (Answer) first = NULL;
  g_autoptr (Answer) second = NULL;
  g_autoptr (Answer) committed = NULL;
  g_autoptr (Answer) order = NULL;
  g_autoptr (Answer) entries = NULL;
  g_autofree char *order_path = NULL;
  g_autofree char *entries_path = g_strdup_printf ("/v1/wallets/%s/entries?limit=50", basket->wallet);
  gint64           held;
  gint64           before;
  g_autofree char *group_path = g_strdup_printf ("/v1/payment-groups/%s", basket->group);
  g_autoptr (Answer) group = NULL;

  held = shop_balance (client, basket->wallet, "CNY", "held");
  before = shop_balance (client, basket->wallet, "CNY", "available");
  g_assert_cmpint (held, >, 0);
  first = basket_complete (basket, client, 0, basket->tokens[0]);
  assert_status (first, 200);
  g_assert_cmpstr (answer_string (first, "status"), ==, "completed");
  second = basket_complete (basket, client, 1, basket->tokens[1]);
  assert_status (second, 200);
  assert_orders (client, 2, "awaiting-capture");
  group = client_get (client, group_path);
  assert_status (group, 200);
  g_assert_cmpstr (answer_string (group, "state"), ==, "authorised");
  committed = finish (client, basket, "commit");
  assert_status (committed, 200);
  g_assert_cmpstr (answer_string (committed, "state"), ==, "committed");
  assert_orders (client, 2, "captured");
  g_assert_cmpint (shop_balance (client, basket->wallet, "CNY", "held"), ==, 0);
  g_assert_cmpint (shop_balance (client, basket->wallet, "CNY", "available"), ==, before);
  order_path = g_strdup_printf ("/stores/%s/orders/%s", SHOPS[0], answer_string (first, "order.id"));
  order = client_get (client, order_path);
  assert_status (order, 200);
  g_assert_cmpstr (answer_string (order, "checkout_id"), ==, basket->checkouts[0]);
  entries = client_get (client, entries_path);
  assert_status (entries, 200);
  g_assert_nonnull (strstr (g_bytes_get_data (entries->bytes, NULL), "\"payment\""));
  assert_balanced (service);
}

/* One store fails: nothing is captured anywhere. */
static void
test_all_or_none (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Basket) basket = basket_new (client);
  g_autoptr (Answer) first = NULL;
  g_autoptr (Answer) wrong = NULL;
  g_autoptr (Answer) early = NULL;
  g_autoptr (Answer) off = NULL;
  g_autoptr (Answer) late = NULL;
  gint64 held = shop_balance (client, basket->wallet, "CNY", "held");
  gint64 before = shop_balance (client, basket->wallet, "CNY", "available") + held;

  first = basket_complete (basket, client, 0, basket->tokens[0]);
  assert_status (first, 200);
  /* A token is bound to its checkout. */
  wrong = basket_complete (basket, client, 1, basket->tokens[0]);
  g_assert_cmpuint (wrong->status, >=, 400);
  early = finish (client, basket, "commit");
  g_assert_cmpuint (early->status, ==, 409);
  off = finish (client, basket, "void");
  assert_status (off, 200);
  g_assert_cmpstr (answer_string (off, "state"), ==, "voided");
  assert_orders (client, 1, "voided");
  g_assert_cmpint (shop_balance (client, basket->wallet, "CNY", "held"), ==, 0);
  g_assert_cmpint (shop_balance (client, basket->wallet, "CNY", "available"), ==, before);
  late = basket_complete (basket, client, 1, basket->tokens[1]);
  g_assert_cmpuint (late->status, >=, 400);
  assert_balanced (service);
}

/* A cannot read or touch anything of B's. */
static void
test_others (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) a = client_enrolled (service);
  g_autoptr (Client) b = client_enrolled (service);
  g_autoptr (Basket) basket = basket_new (a);
  g_autoptr (Answer) completed = basket_complete (basket, a, 0, basket->tokens[0]);
  g_autofree char *order = g_strdup_printf ("/v1/orders/%s", answer_string (completed, "order.id"));
  g_autofree char *document = g_strdup_printf ("/stores/%s/orders/%s", SHOPS[0], answer_string (completed, "order.id"));
  g_autofree char *wallet = g_strdup_printf ("/v1/wallets/%s", basket->wallet);
  g_autofree char *entries = g_strdup_printf ("/v1/wallets/%s/entries", basket->wallet);
  g_autofree char *group = g_strdup_printf ("/v1/payment-groups/%s", basket->group);
  g_autofree char *commit = g_strdup_printf ("/v1/payment-groups/%s/commit", basket->group);
  g_autofree char *off = g_strdup_printf ("/v1/payment-groups/%s/void", basket->group);
  g_autofree char *authorise = g_strdup_printf ("/v1/payment-groups/%s/authorise", basket->group);
  g_autofree char *checkout = g_strdup_printf ("/stores/%s/checkout-sessions/%s", SHOPS[1], basket->checkouts[1]);
  g_autofree char *cancel = g_strdup_printf ("%s/cancel", checkout);
  g_autofree char *signature = g_strnfill (86, 'A');
  g_autofree char *signature_body = g_strdup_printf ("{\"signature\":\"%s\"}", signature);
  const Ask        asks[] = {
    { .method = "GET", .path = order },
    { .method = "GET", .path = document },
    { .method = "GET", .path = wallet },
    { .method = "GET", .path = entries },
    { .method = "GET", .path = group },
    { .method = "GET", .path = checkout },
    { .method = "POST", .path = commit, .body = "{}" },
    { .method = "POST", .path = off, .body = "{}" },
    { .method = "POST", .path = cancel, .body = "{}" },
    { .method = "POST", .path = authorise, .body = signature_body },
    { .method = "PUT", .path = checkout, .body = "{\"line_items\":[{\"item\":{\"id\":\"x\"},\"quantity\":1}]}" },
  };
  g_autoptr (Answer) stolen = NULL;
  g_autoptr (Answer) own = NULL;

  assert_status (completed, 200);
  for (guint i = 0; i < G_N_ELEMENTS (asks); i++)
    {
      g_autoptr (Answer) answer = client_ask (b, &asks[i]);

      g_test_message ("%s %s", asks[i].method, asks[i].path);
      assert_status (answer, 404);
      g_assert_cmpstr (answer_string (answer, "code"), ==, "not-found");
    }
  stolen = basket_complete (basket, b, 1, basket->tokens[1]);
  assert_status (stolen, 404);
  assert_orders (b, 0, NULL);
  own = basket_complete (basket, a, 1, basket->tokens[1]);
  assert_status (own, 200);
}

static void
test_checkout (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Answer) checkout = shop_checkout (client, SHOPS[0]);
  g_autofree char *path = g_strdup_printf ("/stores/%s/checkout-sessions/%s", SHOPS[0], answer_string (checkout, "id"));
  g_autofree char *cancel = g_strconcat (path, "/cancel", NULL);
  g_autofree char *item = shop_find (client, SHOPS[0]);
  g_autofree char *nowhere = g_strdup_printf ("{\"line_items\":[{\"item\":{\"id\":\"%s\"},\"quantity\":1}],"
                                              "\"fulfillment\":{\"methods\":[{\"type\":\"shipping\","
                                              "\"line_item_ids\":[]}]}}",
                                              item);
  g_autofree char *home = g_strdup_printf (
      "{\"line_items\":[{\"item\":{\"id\":\"%s\"},\"quantity\":1}],\"context\":{\"address_country\":\"CN\"}}", item);
  g_autoptr (Answer) incomplete = client_ask (client, &(Ask) { .method = "PUT", .path = path, .body = nowhere });
  g_autoptr (Answer) sent = client_ask (client, &(Ask) { .method = "PUT", .path = path, .body = home });
  g_autoptr (Answer) read = client_get (client, path);
  g_autoptr (Answer) canceled = NULL;
  g_autoptr (Answer) again = NULL;
  g_autoptr (Answer) unknown = NULL;

  assert_status (incomplete, 200);
  g_assert_cmpstr (answer_string (incomplete, "status"), ==, "incomplete");
  g_assert_cmpstr (answer_string (incomplete, "messages.0.code"), ==, "missing");
  assert_status (sent, 200);
  g_assert_cmpstr (answer_string (sent, "status"), ==, "ready_for_complete");
  g_assert_cmpstr (answer_string (sent, "fulfillment.methods.0.type"), ==, "shipping");
  g_assert_cmpint (answer_int (sent, "totals.1.amount"), >, 0);
  g_assert_cmpint (answer_int (sent, "totals.3.amount"),
                   ==,
                   answer_int (sent, "totals.0.amount") + answer_int (sent, "totals.1.amount"));
  assert_status (read, 200);
  g_assert_true (json_node_equal (read->json, sent->json));
  canceled = client_post (client, cancel, "{}");
  assert_status (canceled, 200);
  g_assert_cmpstr (answer_string (canceled, "status"), ==, "canceled");
  again = client_post (client, cancel, "{}");
  assert_status (again, 410);
  unknown = client_post (client, "/stores/asagiri/checkout-sessions", "{\"line_items\":[{\"item\":{\"id\":\"%s\"},\"quantity\":1}]}", item);
  assert_status (unknown, 404);
}

#define CROWD 8

/* One of many: buys at two stores, and takes every third basket back. */
static gpointer
buy (gpointer data)
{
  Service *service = data;
  g_autoptr (GRand) rand = g_rand_new ();
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Basket) basket = basket_new (client);
  gboolean takes_back = g_rand_int_range (rand, 0, 3) == 0;
  g_autoptr (Answer) first = basket_complete (basket, client, 0, basket->tokens[0]);
  g_autoptr (Answer) second = basket_complete (basket, client, 1, basket->tokens[1]);
  g_autoptr (Answer) end = finish (client, basket, takes_back ? "void" : "commit");

  assert_status (first, 200);
  assert_status (second, 200);
  assert_status (end, 200);
  assert_orders (client, 2, takes_back ? "voided" : "captured");
  g_assert_cmpint (shop_balance (client, basket->wallet, "CNY", "held"), ==, 0);
  return NULL;
}

/* Many at once, each with a connection of its own: nobody's money gets lost in the crowd. */
static void
test_crowd (void)
{
  g_autoptr (Service) service = service_new (NULL);
  Service  views[CROWD];
  GThread *threads[CROWD];

  for (guint i = 0; i < CROWD; i++)
    {
      views[i] = *service;
      views[i].clock = mil_clock_new_system ();
      views[i].random = mil_random_new_system ();
      threads[i] = g_thread_new ("traveller", buy, &views[i]);
    }
  for (guint i = 0; i < CROWD; i++)
    {
      g_thread_join (threads[i]);
      g_object_unref (views[i].clock);
      g_object_unref (views[i].random);
    }
  assert_balanced (service);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/purchase/two-stores", test_two_stores);
  g_test_add_func ("/service/purchase/all-or-none", test_all_or_none);
  g_test_add_func ("/service/purchase/others", test_others);
  g_test_add_func ("/service/purchase/checkout", test_checkout);
  g_test_add_func ("/service/purchase/crowd", test_crowd);
  return run_and_check ("/service/purchase/schemas");
}
