/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mil-traveller-test.h"

#include "traveller/mil-rates.h"

#define RATES                                                                                                \
  "{\"source\":\"ECB\",\"date\":\"2024-06-28\",\"base\":\"EUR\",\"rates\":{\"USD\":\"1.0705\",\"CNY\":\"7."  \
  "7748\",\"JPY\":\"171.94\"}}"

static void
test_convert (void)
{
  g_autoptr (MilRates) rates = mil_rates_new ();
  g_autoptr (JsonNode) json = mil_test_json (RATES);
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  MilMoney         money = { 0 };

  g_assert_false (mil_rates_convert (rates, mil_money (100, "EUR"), "USD", &money));
  g_assert_true (mil_rates_read (rates, json, &error));
  g_assert_no_error (error);
  g_assert_true (mil_rates_convert (rates, mil_money (10000, "EUR"), "CNY", &money));
  g_assert_cmpint (money.minor, ==, 77748);
  g_assert_cmpstr (money.currency, ==, "CNY");
  g_assert_true (mil_rates_convert (rates, mil_money (17194, "JPY"), "EUR", &money));
  g_assert_cmpint (money.minor, ==, 10000);
  g_assert_true (mil_rates_convert (rates, mil_money (10705, "USD"), "JPY", &money));
  g_assert_cmpint (money.minor, ==, 17194);
  g_assert_false (mil_rates_convert (rates, mil_money (1, "KRW"), "EUR", &money));
  line = mil_rates_describe (rates, "EUR", "CNY");
  g_assert_true (g_str_has_prefix (line, "1 EUR = 7.7748 CNY (ECB"));
}

static void
on_changed_cb (MilRates *rates, gpointer data)
{
  (*(int *) data)++;
}

static void
test_damaged (void)
{
  static const char *const texts[] = {
    "{}",
    "{\"source\":\"ECB\",\"date\":\"2024-06-31\",\"base\":\"EUR\",\"rates\":{}}",
    "{\"source\":\"ECB\",\"date\":\"2024-06-28\",\"base\":\"EUR\",\"rates\":{\"USD\":1.07}}",
    "{\"source\":\"ECB\",\"date\":\"2024-06-28\",\"base\":\"EUR\",\"rates\":{\"USD\":\"0\"}}",
    "{\"source\":\"ECB\",\"date\":\"2024-06-28\",\"base\":\"EUR\",\"rates\":[]}",
  };
  g_autoptr (MilRates) rates = mil_rates_new ();
  g_autoptr (JsonNode) good = mil_test_json (RATES);
  MilMoney money = { 0 };
  int      changed = 0;

  g_assert_true (mil_rates_read (rates, good, NULL));
  g_signal_connect (rates, "changed", G_CALLBACK (on_changed_cb), &changed);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) json = mil_test_json (texts[i]);
      g_autoptr (GError) error = NULL;
      g_assert_false (mil_rates_read (rates, json, &error));
      g_assert_error (error, MIL_ERROR, MIL_ERROR_PROTOCOL);
    }
  g_assert_cmpint (changed, ==, 0);
  g_assert_true (mil_rates_convert (rates, mil_money (100, "EUR"), "USD", &money));
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traveller/rates/convert", test_convert);
  g_test_add_func ("/traveller/rates/damaged", test_damaged);
  return g_test_run ();
}
