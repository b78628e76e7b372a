/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "base/mil-error.h"
#include "pay/mil-rate-table.h"

static MilRateTable *
table (const char *rates)
{
  g_autofree char *text
      = g_strdup_printf ("{\"source\":\"ECB\",\"date\":\"2024-06-28\",\"base\":\"EUR\",\"rates\":%s}", rates);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (JsonNode) node = mil_json_parse (bytes, 10000, NULL);

  return mil_rate_table_from_json (node, NULL);
}

#define RATES                                                                                                \
  "{\"CNY\":\"7.7748\",\"IDR\":\"17487.21\",\"JPY\":\"171.94\",\"KRW\":\"1474.86\",\"USD\":\"1.0705\"}"

static void
test_json (void)
{
  g_autoptr (MilRateTable) rates = table (RATES);
  g_autoptr (MilRateTable) more = table ("{\"USD\":\"1.0705\",\"ZZZ\":\"5\"}");
  g_autoptr (JsonNode) node = mil_rate_table_to_json (rates);
  g_autofree char *text = mil_json_canonical (node);

  g_assert_cmpstr (text, ==, "{\"base\":\"EUR\",\"date\":\"2024-06-28\",\"rates\":" RATES ",\"source\":\"ECB\"}");
  g_assert_true (mil_rate_table_knows (rates, "EUR"));
  g_assert_false (mil_rate_table_knows (rates, "GBP"));
  g_assert_false (mil_rate_table_knows (more, "ZZZ"));
  g_assert_null (table ("{\"USD\":\"0\"}"));
  g_assert_null (table ("{\"USD\":\"-1\"}"));
  g_assert_null (table ("{\"USD\":1.07}"));
  g_assert_null (table ("[]"));
}

static void
assert_cross (MilRateTable *rates, const char *from, const char *to, const char *expected)
{
  MilDecimal       rate;
  g_autofree char *text = NULL;

  g_assert_true (mil_rate_table_cross (rates, from, to, &rate, NULL));
  text = mil_decimal_to_string (rate);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_cross (void)
{
  g_autoptr (MilRateTable) rates = table (RATES);
  g_autoptr (GError) error = NULL;
  MilDecimal rate;

  assert_cross (rates, "EUR", "USD", "1.0705");
  assert_cross (rates, "USD", "CNY", "7.262774404484");
  assert_cross (rates, "IDR", "USD", "0.000061216169");
  assert_cross (rates, "USD", "IDR", "16335.553479682391");
  assert_cross (rates, "JPY", "JPY", "1");
  g_assert_false (mil_rate_table_cross (rates, "EUR", "GBP", &rate, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_UNSUPPORTED);
}

static void
test_charge (void)
{
  static const MilDecimal none = { 1, 0 }, half_percent = { 1005, 3 }, less = { 995, 3 };
  g_autoptr (MilRateTable) rates = table (RATES);
  MilDecimal       rate;
  MilMoney         pay, about;
  g_autofree char *told = NULL;

  g_assert_true (mil_rate_table_charge (rates, mil_money (12600, "EUR"), "CNY", none, &rate, &pay, NULL));
  told = mil_decimal_to_string (rate);
  g_assert_cmpstr (told, ==, "7.7748");
  g_assert_cmpint (pay.minor, ==, 97963); /* 979.6248 */
  g_assert_true (mil_rate_table_pay_out (rates, mil_money (12600, "EUR"), "CNY", less, &rate, &pay, NULL));
  g_assert_cmpint (pay.minor, ==, 97472); /* at 7.7359 */
  g_assert_true (mil_rate_table_charge (rates, mil_money (1, "JPY"), "KRW", none, &rate, &pay, NULL));
  g_assert_cmpint (pay.minor, ==, 9); /* 8.578 */
  g_assert_true (mil_rate_table_charge (rates, mil_money (12600, "EUR"), "EUR", half_percent, &rate, &pay, NULL));
  g_assert_cmpint (pay.minor, ==, 12600);
  g_assert_true (mil_rate_table_convert (rates, mil_money (12600, "EUR"), "CNY", MIL_ROUND_HALF_UP, &about, NULL));
  g_assert_cmpint (about.minor, ==, 97962);
  g_assert_false (mil_rate_table_charge (rates, mil_money (-1, "EUR"), "CNY", none, &rate, &pay, NULL));
  g_assert_false (mil_rate_table_charge (rates, mil_money (G_MAXINT64, "USD"), "IDR", none, &rate, &pay, NULL));
}

/* The desk never gives more than it gets: who pays and is paid back the same day has no more than before. */
static void
test_liquidity (void)
{
  static const char *const currencies[] = { "EUR", "CNY", "IDR", "JPY", "KRW", "USD" };
  static const MilDecimal  none = { 1, 0 }, dearer = { 1005, 3 };
  g_autoptr (MilRateTable) rates = table (RATES);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 20000; i++)
    {
      const char *from = currencies[g_rand_int_range (rand, 0, 6)], *to = currencies[g_rand_int_range (rand, 0, 6)];
      MilMoney   amount = mil_money (g_rand_int_range (rand, 1, 100000000), from), pay, checked, back, fair;
      MilDecimal rate;

      g_assert_true (mil_rate_table_charge (rates, amount, to, i % 2 != 0 ? dearer : none, &rate, &pay, NULL));
      g_assert_true (mil_money_convert (amount, rate, to, MIL_ROUND_UP, &checked, NULL));
      g_assert_true (mil_money_equal (pay, checked));
      g_assert_true (mil_rate_table_convert (rates, amount, to, MIL_ROUND_DOWN, &fair, NULL));
      g_assert_cmpint (pay.minor, >=, fair.minor);
      /* And not by more than the margin, the last digit of the rate, and a unit. */
      g_assert_cmpint (pay.minor, <=, fair.minor + fair.minor / 150 + 2);
      g_assert_true (mil_rate_table_pay_out (rates, amount, to, none, &rate, &back, NULL));
      g_assert_cmpint (back.minor, <=, pay.minor);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pay/rates/json", test_json);
  g_test_add_func ("/pay/rates/cross", test_cross);
  g_test_add_func ("/pay/rates/charge", test_charge);
  g_test_add_func ("/pay/rates/liquidity", test_liquidity);
  return g_test_run ();
}
