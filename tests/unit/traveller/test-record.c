/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/mil-error.h"
#include "traveller/mil-balance.h"
#include "traveller/mil-trip.h"
#include "traveller/mil-person.h"
#include "traveller/mil-wallet.h"

static MilWallet *
make_wallet (const char *id, gint64 euros)
{
  MilBalanceInfo balance = { .id = (char *) "EUR", .available = mil_money (euros, "EUR"), .held = mil_money (0, "EUR") };
  g_autoptr (GListStore) balances = g_list_store_new (MIL_TYPE_BALANCE);
  g_autoptr (MilBalance) row = mil_balance_new (&balance);
  MilWalletInfo info = { .id = (char *) id, .name = (char *) "Holiday", .kind = (char *) "demo", .balances = balances };

  g_list_store_append (balances, row);
  return mil_wallet_new (&info);
}

static void
on_notify_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  g_ptr_array_add (data, g_strdup (pspec->name));
}

static void
test_properties (void)
{
  g_autoptr (MilWallet) wallet = make_wallet ("w1", 1250);
  g_autofree char *name = NULL;
  g_autoptr (GListModel) balances = NULL;
  MilMoney *total = NULL;

  g_object_get (wallet, "name", &name, "balances", &balances, "home-total", &total, NULL);
  g_assert_cmpstr (name, ==, "Holiday");
  g_assert_cmpuint (g_list_model_get_n_items (balances), ==, 1);
  g_assert_null (total);
}

static void
test_only_changes_notify (void)
{
  g_autoptr (MilWallet) wallet = make_wallet ("w1", 1250);
  g_autoptr (MilWallet) richer = make_wallet ("w1", 9900);
  g_autoptr (GPtrArray) notified = g_ptr_array_new_with_free_func (g_free);
  GListStore *before = mil_wallet_get_info (wallet)->balances;
  g_autoptr (MilBalance) row = g_list_model_get_item (G_LIST_MODEL (before), 0);

  g_signal_connect (wallet, "notify", G_CALLBACK (on_notify_cb), notified);
  mil_record_set_value (MIL_RECORD (wallet), mil_wallet_get_info (richer));
  g_assert_cmpuint (notified->len, ==, 1);
  g_assert_cmpstr (notified->pdata[0], ==, "balances");
  g_assert_true (mil_wallet_get_info (wallet)->balances == before);
  g_assert_cmpint (mil_balance_get_info (row)->available.minor, ==, 9900);
  mil_record_set_value (MIL_RECORD (wallet), mil_wallet_get_info (richer));
  g_assert_cmpuint (notified->len, ==, 1);
}

static void
test_json (void)
{
  MilPersonInfo person = { .id = (char *) "p", .name = (char *) "Li Wei", .residence = (char *) "CN", .born = { 1990, 2, 28 } };
  g_autoptr (GListStore) people = g_list_store_new (MIL_TYPE_PERSON);
  g_autoptr (MilPerson) li = mil_person_new (&person);
  MilTripInfo info = {
    .id = (char *) "t", .country = (char *) "IT", .from = { 2024, 5, 12 }, .to = { 2024, 5, 24 }, .travellers = people
  };
  g_autoptr (MilTrip) trip = NULL;
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (MilRecord) again = NULL;
  g_autoptr (GError) error = NULL;

  g_list_store_append (people, li);
  trip = mil_trip_new (&info);
  json = mil_record_to_json (MIL_RECORD (trip));
  again = mil_record_new_from_json (MIL_TYPE_TRIP, json, &error);
  g_assert_no_error (error);
  g_assert_true (mil_record_equal (MIL_RECORD (trip), again));
  g_assert_cmpint (mil_trip_get_info (MIL_TRIP (again))->to.day, ==, 24);
}

static void
test_damaged_json (void)
{
  static const char *const texts[] = {
    "[]", "{\"id\":7}", "{\"from\":\"2024-13-01\"}", "{\"travellers\":{}}", "{\"travellers\":[{\"born\":3}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) json = json_from_string (texts[i], NULL);
      g_autoptr (GError) error = NULL;
      g_assert_null (mil_record_new_from_json (MIL_TYPE_TRIP, json, &error));
      g_assert_error (error, MIL_ERROR, MIL_ERROR_STORAGE);
    }
}

static void
on_items_changed_cb (GListModel *list, guint position, guint removed, guint added, gpointer data)
{
  int *counts = data;

  counts[0]++;
  counts[1] += removed;
  counts[2] += added;
}

static void
test_list_sync (void)
{
  g_autoptr (GListStore) list = g_list_store_new (MIL_TYPE_WALLET);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MilWallet) kept = NULL;
  int counts[3] = { 0 };

  g_ptr_array_add (rows, make_wallet ("a", 1));
  g_ptr_array_add (rows, make_wallet ("b", 2));
  g_assert_true (mil_record_list_sync (list, rows));
  kept = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_signal_connect (list, "items-changed", G_CALLBACK (on_items_changed_cb), counts);
  g_ptr_array_set_size (rows, 0);
  g_ptr_array_add (rows, make_wallet ("a", 1));
  g_ptr_array_add (rows, make_wallet ("b", 7));
  g_assert_false (mil_record_list_sync (list, rows));
  g_assert_cmpint (counts[0], ==, 0);
  g_ptr_array_add (rows, make_wallet ("c", 3));
  g_assert_true (mil_record_list_sync (list, rows));
  g_assert_cmpint (counts[0], ==, 1);
  g_assert_cmpint (counts[1], ==, 0);
  g_assert_cmpint (counts[2], ==, 1);
  g_assert_true (mil_record_list_find (G_LIST_MODEL (list), "b", NULL) == kept);
  g_ptr_array_remove_index (rows, 0);
  g_assert_true (mil_record_list_sync (list, rows));
  g_assert_null (mil_record_list_find (G_LIST_MODEL (list), "a", NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traveller/record/properties", test_properties);
  g_test_add_func ("/traveller/record/only-changes-notify", test_only_changes_notify);
  g_test_add_func ("/traveller/record/json", test_json);
  g_test_add_func ("/traveller/record/damaged-json", test_damaged_json);
  g_test_add_func ("/traveller/record/list-sync", test_list_sync);
  return g_test_run ();
}
