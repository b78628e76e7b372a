/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mil-session-test.h"

#include "mil-traveller-test.h"

#include "base/mil-key.h"

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

/* The same key at each start, as a keyring would hold it. */
static MilSecrets *
open_secrets (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "key.pem", NULL);
  g_autofree char *pem = NULL;
  MilSecrets      *secrets = mil_secrets_new_memory ();

  if (!g_file_get_contents (path, &pem, NULL, NULL))
    {
      g_autoptr (MilKey) key = mil_key_generate (NULL);

      pem = mil_key_to_pem (key, NULL);
      g_assert_true (g_file_set_contents (path, pem, -1, NULL));
    }
  mil_test_await (mil_secrets_store (secrets, "device-key", "embedded", "key", pem), NULL);
  return secrets;
}

/* A started session. */
MilSession *
mil_test_session_open (const char *folder, MilSecrets *secrets, gboolean is_offline)
{
  MilSession *session = mil_test_session_new (folder, secrets, is_offline);
  g_autoptr (GError) error = NULL;

  mil_test_await (mil_session_start (session), &error);
  g_assert_no_error (error);
  return session;
}

/* Stops it; nothing else may hold it. */
void
mil_test_session_close (MilSession *session)
{
  g_autoptr (GError) error = NULL;
  gpointer weak = session;

  mil_test_await (mil_session_stop (session), &error);
  g_assert_no_error (error);
  g_object_add_weak_pointer (G_OBJECT (session), &weak);
  g_object_unref (session);
  for (guint i = 0; i < MIL_TEST_PATIENCE / 5 && weak != NULL; i++)
    mil_test_turn_for (5);
  g_assert_null (weak);
}

/* A started session whose key outlives the process. */
MilSession *
mil_test_session_start (const char *folder, gboolean is_offline)
{
  g_autoptr (MilSecrets) secrets = open_secrets (folder);

  return mil_test_session_open (folder, secrets, is_offline);
}

/* Stops it and lets go of it. */
void
mil_test_session_stop (MilSession *session)
{
  mil_test_await (mil_session_stop (session), NULL);
  g_object_unref (session);
}

/* Li Wei, who lives in China, flies home in five days. */
void
mil_test_make_trip (MilSession *session, const char *country, const char *exit_point)
{
  MilPersonInfo info = {
    .name = (char *) "Li Wei", .residence = (char *) "CN", .nationality = (char *) "CN", .born = { 1990, 2, 28 }
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (MilPerson) person = mil_test_await_object (mil_session_save_person (session, &info), &error);
  g_autoptr (GListStore) travellers = g_list_store_new (MIL_TYPE_PERSON);
  MilDate     today = mil_session_get_today (session);
  MilTripInfo trip = {
    .country = (char *) country,
    .from = mil_date_add_days (today, -5),
    .to = mil_date_add_days (today, 5),
    .exit_country = (char *) country,
    .exit_point = (char *) exit_point,
    .travellers = travellers,
  };

  g_assert_no_error (error);
  g_list_store_append (travellers, person);
  mil_test_await (mil_session_save_trip (session, &trip), &error);
  g_assert_no_error (error);
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
static const char *const two_stores[] = { "bottega-lume", "asagiri", NULL };

static gboolean
has_both_stores (gpointer data)
{
  for (guint i = 0; two_stores[i] != NULL; i++)
    {
      g_autoptr (MilProductItem) item = find_item (data, two_stores[i]);

      if (item == NULL)
        return FALSE;
    }
  return TRUE;
}

void
mil_test_fill_basket (MilSession *session)
{
  g_autoptr (MilCatalogueQuery) query = mil_session_create_query (session);
  g_autoptr (MilProductItem) glass = NULL;
  g_autoptr (MilProductItem) bowl = NULL;

  mil_catalogue_query_set_stores (query, two_stores);
  g_assert_true (mil_test_wait_until (has_both_stores, query, MIL_TEST_PATIENCE));
  g_assert_no_error (mil_paged_list_get_error (MIL_PAGED_LIST (query)));
  glass = find_item (query, two_stores[0]);
  bowl = find_item (query, two_stores[1]);
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
