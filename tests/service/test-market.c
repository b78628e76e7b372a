/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "shopping.h"

#define SEARCH "/v1/catalog/search"

static guint
n_products (Answer *answer)
{
  assert_status (answer, 200);
  return json_array_get_length (json_node_get_array (answer_node (answer, "products")));
}

static gint64
n_all (Answer *answer)
{
  assert_status (answer, 200);
  return answer_int (answer, "pagination.total_count");
}

static void
test_stores (void)
{
  static const char *const headers[] = { "If-None-Match", NULL, NULL };
  const char              *again_headers[3];
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_new (service, NULL);
  g_autoptr (Answer) stores = client_ask (client, &(Ask) { .method = "GET", .path = "/v1/stores", .unsigned_ = TRUE });
  g_autoptr (Answer) again = NULL;
  g_autoptr (Answer) profile = NULL;
  g_autoptr (Answer) nowhere = NULL;

  assert_status (stores, 200);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (answer_node (stores, "stores"))), ==, 12);
  g_assert_cmpstr (answer_string (stores, "stores.0.programme"), ==, "marco-polo");
  g_assert_cmpstr (answer_string (stores, "stores.0.tax_free.operator"), ==, "milione-demo-refund");
  memcpy (again_headers, headers, sizeof headers);
  again_headers[1] = soup_message_headers_get_one (stores->headers, "ETag");
  g_assert_nonnull (again_headers[1]);
  again = client_ask (client, &(Ask) { .method = "GET", .path = "/v1/stores", .unsigned_ = TRUE, .headers = again_headers });
  g_assert_cmpuint (again->status, ==, 304);
  g_assert_cmpuint (g_bytes_get_size (again->bytes), ==, 0);
  profile = client_ask (client, &(Ask) { .method = "GET", .path = "/stores/asagiri/.well-known/ucp", .unsigned_ = TRUE });
  assert_status (profile, 200);
  g_assert_cmpstr (answer_string (profile, "ucp.version"), ==, "2026-04-08");
  nowhere = client_ask (client, &(Ask) { .method = "GET", .path = "/stores/none/.well-known/ucp", .unsigned_ = TRUE });
  assert_status (nowhere, 404);
}

static void
test_search (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_new (service, NULL);
  g_autoptr (Answer) all = client_post (client, SEARCH, "{\"pagination\":{\"limit\":100}}");
  g_autoptr (Answer) plain = client_post (client, SEARCH, "{\"query\":\"kyusu TEAPOT\"}");
  g_autoptr (Answer) accented = client_post (client, SEARCH, "{\"query\":\"Kyūsu\"}");
  g_autoptr (Answer) by_store = client_post (client, SEARCH, "{\"query\":\"sant'orso\"}");
  g_autoptr (Answer) wild = client_post (client, SEARCH, "{\"query\":\"%%_\"}");
  g_autoptr (Answer) nothing = client_post (client, SEARCH, "{\"query\":\"xyzzy\"}");
  g_autoptr (Answer) country = client_post (client, SEARCH, "{\"filters\":{\"countries\":[\"JP\",\"KR\"]}}");
  g_autoptr (Answer) store = client_post (client, SEARCH, "{\"filters\":{\"stores\":[\"asagiri\"]}}");
  g_autoptr (Answer) category = client_post (client, SEARCH, "{\"filters\":{\"categories\":[\"food\"]}}");
  g_autoptr (Answer) cheap = client_post (client, SEARCH, "{\"filters\":{\"price\":{\"max\":5000}},\"context\":{\"currency\":\"EUR\"}}");
  g_autoptr (Answer) own = client_post (client, "/stores/asagiri/catalog/search", "{}");
  g_autoptr (Answer) bad = client_post (client, SEARCH, "{\"sort\":\"best\"}");
  g_autoptr (Answer) cursor = client_post (client, SEARCH, "{\"pagination\":{\"cursor\":\"nonsense\"}}");

  g_assert_cmpint (n_all (all), >=, 24);
  g_assert_cmpuint (n_products (all), ==, n_all (all));
  g_assert_cmpstr (answer_string (all, "products.0.metadata.country"), ==, "IT");
  g_assert_cmpint (n_all (plain), ==, 1);
  g_assert_cmpint (n_all (accented), >=, 1);
  g_assert_cmpstr (answer_string (plain, "products.0.id"), ==, answer_string (accented, "products.0.id"));
  g_assert_cmpint (n_all (by_store), >, 0);
  g_assert_cmpint (n_all (wild), ==, 0);
  g_assert_cmpint (n_all (nothing), ==, 0);
  g_assert_cmpint (n_all (store), ==, n_all (own));
  g_assert_cmpint (n_all (country), >, n_all (store));
  g_assert_cmpint (n_all (category), >, 0);
  g_assert_cmpint (n_all (cheap), >, 0);
  g_assert_cmpint (n_all (cheap), <, n_all (all));
  assert_status (bad, 400);
  assert_status (cursor, 400);
}

/* Pages of every order together are everything, once. */
static void
test_pages (void)
{
  static const char *const sorts[] = { "relevance", "price-asc", "price-desc", "newest" };
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_new (service, NULL);

  for (guint s = 0; s < G_N_ELEMENTS (sorts); s++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autofree char *cursor = g_strdup ("");
      gint64           total = 0;

      while (cursor != NULL)
        {
          g_autoptr (Answer) page
              = client_post (client, SEARCH, "{\"sort\":\"%s\",\"pagination\":{\"limit\":7%s}}", sorts[s], cursor);
          const char *next = answer_string (page, "pagination.cursor");

          total = n_all (page);
          for (guint i = 0; i < n_products (page); i++)
            {
              g_autofree char *path = g_strdup_printf ("products.%u.id", i);

              g_assert_true (g_hash_table_add (seen, g_strdup (answer_string (page, path))));
            }
          g_free (cursor);
          cursor = next != NULL ? g_strdup_printf (",\"cursor\":\"%s\"", next) : NULL;
        }
      g_assert_cmpint (g_hash_table_size (seen), ==, total);
    }
}

static void
test_lookup (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_new (service, NULL);
  g_autoptr (Answer) variants = client_post (client, "/v1/catalog/lookup", "{\"ids\":[\"klomp-kade:KK-701\"]}");
  g_autoptr (Answer) mixed = client_post (client, "/v1/catalog/lookup", "{\"ids\":[\"asagiri:ASA-301\",\"asagiri:NO\"]}");
  g_autoptr (Answer) elsewhere = client_post (client, "/stores/kesselhof/catalog/lookup", "{\"ids\":[\"asagiri:ASA-301\"]}");
  g_autoptr (Answer) empty = client_post (client, "/v1/catalog/lookup", "{\"ids\":[]}");
  g_autoptr (Answer) product = client_post (client, "/v1/catalog/product", "{\"id\":\"klomp-kade:KK-701\"}");
  g_autoptr (Answer) unknown = client_post (client, "/v1/catalog/product", "{\"id\":\"klomp-kade:NO\"}");

  g_assert_cmpuint (n_products (variants), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (answer_node (variants, "products.0.variants"))), ==, 3);
  g_assert_cmpstr (answer_string (variants, "products.0.variants.0.inputs.0.match"), ==, "featured");
  g_assert_cmpuint (n_products (mixed), ==, 1);
  g_assert_cmpstr (answer_string (mixed, "messages.0.code"), ==, "not_found");
  g_assert_cmpuint (n_products (elsewhere), ==, 0);
  assert_status (empty, 400);
  assert_status (product, 200);
  g_assert_true (json_node_get_boolean (answer_node (product, "product.options.0.values.0.exists")));
  assert_status (unknown, 200);
  g_assert_cmpstr (answer_string (unknown, "ucp.status"), ==, "error");
}

/* A folder of one shop, whose feed a test writes. */
static char *
make_shop (const char *folder)
{
  static const char stores[]
      = "{\"version\":1,\"stores\":[{\"id\":\"shop\",\"name\":\"Shop\",\"legal_name\":\"Shop S.r.l.\","
        "\"country\":\"IT\",\"city\":\"Roma\",\"address\":[\"Via "
        "1\"],\"vat_number\":\"1\",\"currency\":\"EUR\","
        "\"languages\":[\"it\"],\"categories\":[\"home\"],\"story\":\"A shop.\",\"logo\":\"logo.png\","
        "\"feed\":\"feed.xml\",\"tax_free\":false,\"refund_operator\":null,\"programme\":null}]}";
  g_autofree char   *list = g_build_filename (folder, "stores.json", NULL);
  g_autofree char   *logo = g_build_filename (folder, "logo.png", NULL);
  gsize              size;
  g_autofree guchar *png = g_base64_decode (
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=", &size);

  g_assert_true (g_file_set_contents (list, stores, -1, NULL));
  g_assert_true (g_file_set_contents (logo, (char *) png, (gssize) size, NULL));
  return g_build_filename (folder, "feed.xml", NULL);
}

static void
write_feed (const char *path, const char *items)
{
  g_autofree char *text = g_strdup_printf (
      "<rss version=\"2.0\" "
      "xmlns:g=\"http://base.google.com/ns/1.0\"><channel><title>Shop</title>%s</channel></rss>",
      items);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

#define ITEM(id, price)                                                                                      \
  "<item><g:id>" id "</g:id><g:title>Thing " id "</g:title><g:price>" price "</g:price>"                     \
  "<g:availability>in_stock</g:availability><g:image_link>logo.png</g:image_link></item>"

static gint64
n_things (Service *service)
{
  g_autoptr (Client) client = client_new (service, NULL);
  g_autoptr (Answer) answer = client_post (client, SEARCH, "{}");

  return n_all (answer);
}

/* A feed is all that there is: what is not in it any more is gone, what is wrong in it stays as it was. */
static void
test_snapshot (void)
{
  g_autofree char *folder = g_dir_make_tmp ("shop-XXXXXX", NULL);
  g_autofree char *feed = make_shop (folder);
  g_autoptr (Service) service = NULL;
  g_autoptr (Client) client = NULL;
  g_autoptr (Answer) changed = NULL;
  g_autofree char *log_path = NULL;
  g_autofree char *log = NULL;

  write_feed (feed, ITEM ("A", "10.00 EUR") ITEM ("B", "20.00 EUR") ITEM ("C", "30.00 EUR"));
  service = service_new (folder);
  g_assert_cmpint (n_things (service), ==, 3);
  service_stop (service);
  write_feed (feed, ITEM ("A", "11.00 EUR") ITEM ("B", "cheap"));
  service_start (service);
  g_assert_cmpint (n_things (service), ==, 2);
  client = client_new (service, NULL);
  changed = client_post (client, "/v1/catalog/lookup", "{\"ids\":[\"shop:A\",\"shop:B\",\"shop:C\"]}");
  g_assert_cmpint (answer_int (changed, "products.0.price_range.min.amount"), ==, 1100);
  g_assert_cmpint (answer_int (changed, "products.1.price_range.min.amount"), ==, 2000);
  g_assert_cmpstr (answer_string (changed, "messages.0.path"), ==, "$.ids[2]");
  service_stop (service);
  log_path = g_build_filename (service->folder, "log", NULL);
  g_assert_true (g_file_get_contents (log_path, &log, NULL, NULL));
  g_assert_nonnull (strstr (log, "import-problem"));
  service_start (service);
}

static void
test_media (void)
{
  g_autofree char *folder = g_dir_make_tmp ("shop-XXXXXX", NULL);
  g_autofree char *feed = make_shop (folder);
  g_autoptr (Service) service = NULL;
  g_autoptr (Client) client = NULL;
  g_autoptr (Answer) stores = NULL;
  g_autoptr (Answer) picture = NULL;
  g_autoptr (Answer) again = NULL;
  g_autoptr (Answer) none = NULL;
  const char *headers[3] = { "If-None-Match", NULL, NULL };
  const char *logo;

  write_feed (feed, ITEM ("A", "10.00 EUR"));
  service = service_new (folder);
  client = client_new (service, NULL);
  stores = client_get (client, "/v1/stores");
  logo = answer_string (stores, "stores.0.logo");
  g_assert_nonnull (logo);
  picture = client_ask (client, &(Ask) { .method = "GET", .path = logo, .unsigned_ = TRUE });
  assert_status (picture, 200);
  g_assert_cmpstr (soup_message_headers_get_one (picture->headers, "Content-Type"), ==, "image/png");
  g_assert_nonnull (strstr (soup_message_headers_get_one (picture->headers, "Cache-Control"), "immutable"));
  headers[1] = soup_message_headers_get_one (picture->headers, "ETag");
  again = client_ask (client, &(Ask) { .method = "GET", .path = logo, .unsigned_ = TRUE, .headers = headers });
  g_assert_cmpuint (again->status, ==, 304);
  none = client_ask (client, &(Ask) { .method = "GET", .path = "/media/0000.png", .unsigned_ = TRUE });
  assert_status (none, 404);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/market/stores", test_stores);
  g_test_add_func ("/service/market/search", test_search);
  g_test_add_func ("/service/market/pages", test_pages);
  g_test_add_func ("/service/market/lookup", test_lookup);
  g_test_add_func ("/service/market/snapshot", test_snapshot);
  g_test_add_func ("/service/market/media", test_media);
  return run_and_check ("/service/market/schemas");
}
