/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <locale.h>

#include "base/mil-country.h"
#include "base/mil-currency.h"
#include "base/mil-date.h"

static void
test_table (void)
{
  const char *const *codes = mil_country_list ();
  guint              n = 0, members = 0;

  for (; codes[n] != NULL; n++)
    {
      const char *currency = mil_country_currency (codes[n]);

      members += mil_country_in_eu (codes[n]);
      g_assert_true (currency == NULL || mil_currency_is_known (currency));
      g_assert_nonnull (mil_country_name (codes[n]));
    }
  g_assert_cmpuint (n, ==, 249);
  g_assert_cmpuint (members, ==, 27);
}

static void
test_facts (void)
{
  static const char *const currencies[][2] = { { "IT", "EUR" }, { "CN", "CNY" }, { "KR", "KRW" },
                                               { "CH", "CHF" }, { "GB", "GBP" }, { "US", "USD" },
                                               { "TW", "TWD" }, { "VE", "VES" }, { "CI", "XOF" },
                                               { "HR", "EUR" }, { "BG", "EUR" }, { "CD", "CDF" },
                                               { "VI", "USD" } };
  g_autofree char         *flag = mil_country_flag ("IT");
  g_autofree char         *none = mil_country_flag ("XX");

  for (gsize i = 0; i < G_N_ELEMENTS (currencies); i++)
    g_assert_cmpstr (mil_country_currency (currencies[i][0]), ==, currencies[i][1]);
  g_assert_cmpstr (mil_country_name ("KR"), ==, "South Korea");
  g_assert_cmpstr (mil_country_from_alpha_3 ("KOR"), ==, "KR");
  g_assert_cmpstr (mil_country_from_alpha_3 ("ZWE"), ==, "ZW");
  g_assert_null (mil_country_from_alpha_3 ("UTO"));
  g_assert_null (mil_country_from_alpha_3 (NULL));
  g_assert_cmpstr (flag, ==, "🇮🇹");
  g_assert_cmpstr (none, ==, "");
  g_assert_false (mil_country_is_known ("it"));
  g_assert_false (mil_country_is_known (NULL));
  g_assert_false (mil_country_in_eu ("GB"));
  g_assert_null (mil_country_currency ("AQ"));
}

static void
test_locales (void)
{
  g_autofree char *day = NULL;

  g_assert_null (mil_country_from_locale ());
  if (setlocale (LC_ALL, "zh_CN.UTF-8") == NULL)
    {
      g_test_skip ("the Chinese locale is not installed");
      return;
    }
  g_assert_cmpstr (mil_country_from_locale (), ==, "CN");
  g_assert_cmpstr (mil_country_name ("IT"), ==, "意大利");
  g_assert_nonnull (setlocale (LC_ALL, "de_DE.UTF-8"));
  g_assert_cmpstr (mil_country_from_locale (), ==, "DE");
  g_assert_cmpstr (mil_country_name ("KR"), ==, "Südkorea");
  g_assert_cmpstr (mil_currency_name ("USD"), ==, "US-Dollar");
  day = mil_date_format ((MilDate) { 2026, 5, 4 });
  g_assert_cmpstr (day, ==, "4 Mai 2026");
  setlocale (LC_ALL, "C.UTF-8");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/country/table", test_table);
  g_test_add_func ("/base/country/facts", test_facts);
  g_test_add_func ("/base/country/locales", test_locales);
  return g_test_run ();
}
