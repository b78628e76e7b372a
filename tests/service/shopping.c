/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "shopping.h"

#include <string.h>

#include "base/mil-json.h"

/* The first variant that the store has in stock. */
char *
shop_find (Client *client, const char *store)
{
  g_autofree char *path = g_strdup_printf ("/stores/%s/catalog/search", store);
  g_autoptr (Answer) answer = client_post (client, path, "{\"pagination\":{\"limit\":50}}");
  JsonArray *products;

  assert_status (answer, 200);
  products = json_node_get_array (answer_node (answer, "products"));
  for (guint i = 0; i < json_array_get_length (products); i++)
    {
      JsonObject *product = json_array_get_object_element (products, i);
      JsonObject *variant = json_array_get_object_element (json_object_get_array_member (product, "variants"), 0);

      if (json_object_get_boolean_member (json_object_get_object_member (variant, "availability"), "available"))
        return g_strdup (json_object_get_string_member (variant, "id"));
    }
  g_assert_not_reached ();
}

/* @more: what else the checkout says, a comma before it */
static Answer *
open_checkout (Client *client, const char *store, const char *more)
{
  g_autofree char *item = shop_find (client, store);
  g_autofree char *path = g_strdup_printf ("/stores/%s/checkout-sessions", store);
  Answer *answer = client_post (client, path, "{\"line_items\":[{\"item\":{\"id\":\"%s\"},\"quantity\":2}]%s}", item, more);

  assert_status (answer, 201);
  g_assert_cmpstr (answer_string (answer, "status"), ==, "ready_for_complete");
  return answer;
}

Answer *
shop_checkout (Client *client, const char *store)
{
  return open_checkout (client, store, "");
}

char *
shop_wallet (Client *client)
{
  g_autoptr (Answer) answer = client_post (client, "/v1/wallets", "{\"name\":\"Purse\",\"kind\":\"demo\",\"currency\":\"CNY\"}");

  assert_status (answer, 201);
  return g_strdup (answer_string (answer, "id"));
}

/* @which is "available" or "held". */
gint64
shop_balance (Client *client, const char *wallet, const char *currency, const char *which)
{
  g_autofree char *path = g_strdup_printf ("/v1/wallets/%s", wallet);
  g_autoptr (Answer) answer = client_get (client, path);
  JsonArray *balances;

  assert_status (answer, 200);
  balances = json_node_get_array (answer_node (answer, "balances"));
  for (guint i = 0; i < json_array_get_length (balances); i++)
    {
      JsonObject *balance = json_array_get_object_element (balances, i);

      if (g_str_equal (json_object_get_string_member (balance, "currency"), currency))
        return json_object_get_int_member (balance, which);
    }
  return 0;
}

static gint64
total_of (Answer *checkout)
{
  JsonArray *totals = json_node_get_array (answer_node (checkout, "totals"));

  for (guint i = 0; i < json_array_get_length (totals); i++)
    {
      JsonObject *total = json_array_get_object_element (totals, i);

      if (g_str_equal (json_object_get_string_member (total, "type"), "total"))
        return json_object_get_int_member (total, "amount");
    }
  g_assert_not_reached ();
}

/* What the traveller signs is worked out from what the service answered, as the contract says. */
static char *
sign_challenge (Client *client, Answer *group, const char *wallet, const char *quote)
{
  JsonObject *text = json_object_new ();
  JsonArray  *list = json_array_new ();
  JsonArray  *given = json_node_get_array (answer_node (group, "authorisations"));
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *canonical = NULL;
  g_autoptr (GBytes) digest = NULL;
  g_autoptr (GBytes) signature = NULL;
  g_autofree char *challenge = NULL;

  for (guint i = 0; i < json_array_get_length (given); i++)
    {
      JsonObject *from = json_array_get_object_element (given, i);
      JsonObject *amount = json_object_get_object_member (from, "amount");
      JsonObject *pay = json_object_get_object_member (from, "pay");
      JsonObject *to = json_object_new ();

      json_object_set_int_member (to, "amount", json_object_get_int_member (amount, "amount"));
      json_object_set_string_member (to, "checkout_id", json_object_get_string_member (from, "checkout_id"));
      json_object_set_string_member (to, "currency", json_object_get_string_member (amount, "currency"));
      json_object_set_int_member (to, "pay_amount", json_object_get_int_member (pay, "amount"));
      json_object_set_string_member (to, "payee", json_object_get_string_member (from, "payee"));
      json_object_set_string_member (to, "store_id", json_object_get_string_member (from, "store_id"));
      json_array_add_object_element (list, to);
    }
  json_object_set_array_member (text, "authorisations", list);
  json_object_set_string_member (text, "expires_at", answer_string (group, "expires_at"));
  json_object_set_string_member (text, "group_id", answer_string (group, "id"));
  json_object_set_string_member (text, "nonce", answer_string (group, "nonce"));
  json_object_set_string_member (text, "pay_currency", answer_string (group, "total.currency"));
  json_object_set_int_member (text, "pay_total", answer_int (group, "total.amount"));
  json_object_set_string_member (text, "quote_id", quote);
  json_object_set_int_member (text, "version", 1);
  json_object_set_string_member (text, "wallet_id", wallet);
  json_node_take_object (node, text);
  canonical = mil_json_canonical (node);
  digest = mil_sha256 (canonical, strlen (canonical));
  challenge = mil_base64url_encode (g_bytes_get_data (digest, NULL), 32);
  g_assert_cmpstr (answer_string (group, "challenge"), ==, challenge);
  signature = mil_key_sign (client->key, g_bytes_get_data (digest, NULL), 32, NULL);
  return mil_base64url_encode (g_bytes_get_data (signature, NULL), 64);
}

Basket *
basket_new (Client *client)
{
  return basket_new_with (client, "");
}

/* @more: what else the first checkout says, a comma before it */
Basket *
basket_new_with (Client *client, const char *more)
{
  Basket *self = g_new0 (Basket, 1);
  g_autoptr (Answer) first = open_checkout (client, SHOPS[0], more);
  g_autoptr (Answer) second = shop_checkout (client, SHOPS[1]);
  g_autoptr (Answer) quote = NULL;
  g_autoptr (Answer) group = NULL;
  g_autoptr (Answer) authorised = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *path = NULL;

  self->wallet = shop_wallet (client);
  self->checkouts[0] = g_strdup (answer_string (first, "id"));
  self->checkouts[1] = g_strdup (answer_string (second, "id"));
  quote = client_post (client,
                       "/v1/fx/quotes",
                       "{\"pay_currency\":\"CNY\",\"amounts\":[{\"amount\":%" G_GINT64_FORMAT
                       ",\"currency\":\"EUR\"},{\"amount\":%" G_GINT64_FORMAT ",\"currency\":\"JPY\"}]}",
                       total_of (first),
                       total_of (second));
  assert_status (quote, 201);
  group = client_post (client,
                       "/v1/payment-groups",
                       "{\"wallet_id\":\"%s\",\"quote_id\":\"%s\",\"authorisations\":["
                       "{\"store_id\":\"%s\",\"checkout_id\":\"%s\",\"amount\":{\"amount\":%" G_GINT64_FORMAT ",\"currency\":\"EUR\"}},"
                       "{\"store_id\":\"%s\",\"checkout_id\":\"%s\",\"amount\":{\"amount\":%" G_GINT64_FORMAT
                       ",\"currency\":\"JPY\"}}]}",
                       self->wallet,
                       answer_string (quote, "id"),
                       SHOPS[0],
                       self->checkouts[0],
                       total_of (first),
                       SHOPS[1],
                       self->checkouts[1],
                       total_of (second));
  assert_status (group, 201);
  self->group = g_strdup (answer_string (group, "id"));
  signature = sign_challenge (client, group, self->wallet, answer_string (quote, "id"));
  path = g_strdup_printf ("/v1/payment-groups/%s/authorise", self->group);
  authorised = client_post (client, path, "{\"signature\":\"%s\"}", signature);
  assert_status (authorised, 200);
  g_assert_cmpstr (answer_string (authorised, "state"), ==, "authorised");
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *member = g_strdup_printf ("credentials.%u.token", i);

      self->tokens[i] = g_strdup (answer_string (authorised, member));
      g_assert_nonnull (self->tokens[i]);
    }
  return self;
}

Answer *
basket_complete (Basket *self, Client *client, guint index, const char *token)
{
  g_autofree char *path = g_strdup_printf ("/stores/%s/checkout-sessions/%s/complete", SHOPS[index], self->checkouts[index]);

  return client_post (
      client,
      path,
      "{\"payment\":{\"instruments\":[{\"id\":\"i\",\"handler_id\":\"milione-wallet\","
      "\"type\":\"io.github.milione.wallet\",\"credential\":{\"type\":\"token\",\"token\":\"%s\"}}]}}",
      token);
}

void
basket_free (Basket *self)
{
  g_free (self->wallet);
  g_free (self->checkouts[0]);
  g_free (self->checkouts[1]);
  g_free (self->group);
  g_free (self->tokens[0]);
  g_free (self->tokens[1]);
  g_free (self);
}
