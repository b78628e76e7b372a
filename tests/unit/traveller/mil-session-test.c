/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mil-session-test.h"

#include "mil-traveller-test.h"

#include <glib/gstdio.h>
#include <unistd.h>

static void
link_demo (const char *folder, const char *name, const char *target)
{
  g_autofree char *path = g_build_filename (folder, "demo", name, NULL);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

/* The demo as it is installed: feeds from the sources, pictures as the build drew them. */
void
mil_test_make_demo (const char *folder)
{
  static const char *const sources[] = { "stores.json", "eurofxref.xml", "feeds" };
  static const char *const pictures[] = { "media", "logos" };
  g_autofree char         *demo = g_build_filename (folder, "demo", NULL);
  g_autofree char         *drawn = g_test_build_filename (G_TEST_BUILT, "data", "demo", NULL);

  g_mkdir (demo, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autofree char *target = g_test_build_filename (G_TEST_DIST, "data", "demo", sources[i], NULL);
      link_demo (folder, sources[i], target);
    }
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    link_demo (folder, pictures[i], drawn);
}

MilSession *
mil_test_session_new (const char *folder, MilSecrets *secrets, gboolean is_offline)
{
  g_autofree char  *data = g_build_filename (folder, "data", NULL);
  g_autofree char  *cache = g_build_filename (folder, "cache", NULL);
  g_autofree char  *run = g_build_filename (folder, "run", NULL);
  g_autofree char  *demo = g_build_filename (folder, "demo", NULL);
  MilSessionOptions options = {
    .data_dir = data,
    .cache_dir = cache,
    .runtime_dir = run,
    .secrets = secrets,
    .locale = "en",
    .service_program = is_offline ? "/nonexistent/milione-service" : g_getenv ("MILIONE_SERVICE"),
    .demo_data = demo,
  };

  return mil_session_new (&options);
}

gboolean
mil_test_has_stores (gpointer data)
{
  return g_list_model_get_n_items (mil_session_get_stores (data)) > 0;
}

gboolean
mil_test_has_items (gpointer data)
{
  return g_list_model_get_n_items (data) > 0;
}

static MilProductItem *
find_item (MilCatalogueQuery *query, const char *store_id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (query)); i++)
    {
      g_autoptr (MilProductItem) item = g_list_model_get_item (G_LIST_MODEL (query), i);
      if (g_str_equal (mil_product_item_get_info (item)->store_id, store_id))
        return g_steal_pointer (&item);
    }
  return NULL;
}

static void
put_into_basket (MilSession *session, MilProductItem *item, int quantity)
{
  const MilProductItemInfo *from = mil_product_item_get_info (item);
  MilBasketLineInfo         line = {
            .id = from->variant_id,
            .product_id = from->id,
            .title = from->title,
            .store_id = from->store_id,
            .store_name = from->store_name,
            .country = from->country,
            .price = from->price,
  };
  g_autoptr (GError) error = NULL;

  mil_test_await (mil_basket_add (mil_session_get_basket (session), &line, quantity), &error);
  g_assert_no_error (error);
}

/* A European and a Japanese store: two currencies. */
void
mil_test_fill_basket (MilSession *session)
{
  g_autoptr (MilCatalogueQuery) query = mil_session_create_query (session);
  static const char *const stores[] = { "bottega-lume", "asagiri", NULL };
  g_autoptr (MilProductItem) glass = NULL;
  g_autoptr (MilProductItem) bowl = NULL;

  mil_catalogue_query_set_stores (query, stores);
  g_assert_true (mil_test_wait_until (mil_test_has_items, query, 10000));
  mil_test_turn_for (400);
  g_assert_no_error (mil_paged_list_get_error (MIL_PAGED_LIST (query)));
  glass = find_item (query, "bottega-lume");
  bowl = find_item (query, "asagiri");
  g_assert_nonnull (glass);
  g_assert_nonnull (bowl);
  put_into_basket (session, glass, 2);
  put_into_basket (session, bowl, 1);
}

MilWallet *
mil_test_first_run (MilSession *session)
{
  g_autoptr (GError) error = NULL;
  MilWallet *wallet = mil_test_await_object (mil_session_complete_first_run (session, "CN", "CNY", TRUE), &error);

  g_assert_no_error (error);
  return wallet;
}
