/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <locale.h>

#include "base/mil-currency.h"
#include "base/mil-error.h"
#include "base/mil-money.h"

static void
assert_invalid (GError *error, MilErrorCode code)
{
  g_autoptr (GError) owned = error;

  g_assert_error (error, MIL_ERROR, (int) code);
}

static void
test_currency (void)
{
  g_assert_cmpint (mil_currency_exponent ("EUR"), ==, 2);
  g_assert_cmpint (mil_currency_exponent ("JPY"), ==, 0);
  g_assert_cmpint (mil_currency_exponent ("KWD"), ==, 3);
  g_assert_cmpint (mil_currency_exponent ("XAU"), ==, -1);
  g_assert_cmpint (mil_currency_exponent ("HRK"), ==, -1);
  g_assert_cmpint (mil_currency_exponent ("eur"), ==, -1);
  g_assert_cmpint (mil_currency_exponent (NULL), ==, -1);
  g_assert_cmpstr (mil_currency_numeric ("ALL"), ==, "008");
  g_assert_cmpstr (mil_currency_from_numeric ("978"), ==, "EUR");
  g_assert_null (mil_currency_from_numeric ("000"));
  g_assert_cmpstr (mil_currency_name ("EUR"), ==, "Euro");
  g_assert_cmpuint (g_strv_length ((char **) mil_currency_list ()), >, 150);
}

static void
test_decimal_text (void)
{
  static const char *const good[] = { "0", "-0.5", "163.2500", "9223372036854775807", "0.000000000000000001" };
  static const char *const bad[] = {
    "", "-", ".5", "5.", "1e3", "1,5", "1.2.3", "+1", " 1", "1 ", "٣", "1.0000000000000000000", "0x10", "--1", "\xff", "NaN", "9223372036854775808"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      MilDecimal decimal;
      g_autoptr (GError) error = NULL;
      g_autofree char *back = NULL;

      g_assert_true (mil_decimal_parse (good[i], &decimal, &error));
      back = mil_decimal_to_string (decimal);
      g_assert_cmpstr (back, ==, good[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      MilDecimal decimal = { 7, 0 };
      GError    *error = NULL;

      g_assert_false (mil_decimal_parse (bad[i], &decimal, &error));
      g_assert_true (error->domain == MIL_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpint (decimal.digits, ==, 7);
      g_clear_error (&error);
    }
}

static void
test_decimal_sums (void)
{
  MilDecimal out;

  g_assert_cmpint (mil_decimal_compare ((MilDecimal) { 150, 2 }, (MilDecimal) { 15, 1 }), ==, 0);
  g_assert_cmpint (mil_decimal_compare ((MilDecimal) { G_MAXINT64, 18 }, (MilDecimal) { G_MAXINT64, 0 }), <, 0);
  g_assert_true (mil_decimal_multiply ((MilDecimal) { 15, 1 }, (MilDecimal) { 15, 1 }, 1, MIL_ROUND_HALF_UP, &out, NULL));
  g_assert_cmpint (out.digits, ==, 23);
  g_assert_true (mil_decimal_multiply ((MilDecimal) { 15, 1 }, (MilDecimal) { 15, 1 }, 4, MIL_ROUND_DOWN, &out, NULL));
  g_assert_cmpint (out.digits, ==, 22500);
  g_assert_true (
      mil_decimal_multiply ((MilDecimal) { G_MAXINT64, 18 }, (MilDecimal) { G_MAXINT64, 18 }, 0, MIL_ROUND_DOWN, &out, NULL));
  g_assert_cmpint (out.digits, ==, 85);
  g_assert_true (mil_decimal_divide ((MilDecimal) { 1, 0 }, (MilDecimal) { 3, 0 }, 18, MIL_ROUND_DOWN, &out, NULL));
  g_assert_cmpint (out.digits, ==, 333333333333333333);
  g_assert_true (mil_decimal_divide ((MilDecimal) { 1, 18 }, (MilDecimal) { 2, 0 }, 18, MIL_ROUND_HALF_EVEN, &out, NULL));
  g_assert_cmpint (out.digits, ==, 0);
  g_assert_false (mil_decimal_divide ((MilDecimal) { 1, 0 }, (MilDecimal) { 0, 3 }, 2, MIL_ROUND_DOWN, &out, NULL));
  g_assert_false (
      mil_decimal_multiply ((MilDecimal) { G_MAXINT64, 0 }, (MilDecimal) { 2, 0 }, 0, MIL_ROUND_DOWN, &out, NULL));
  g_assert_false (
      mil_decimal_divide ((MilDecimal) { G_MAXINT64, 0 }, (MilDecimal) { 1, 18 }, 18, MIL_ROUND_DOWN, &out, NULL));
}

static void
test_rounding (void)
{
  static const struct
  {
    gint64      minor;
    MilRounding rounding;
    gint64      expected;
  } cases[] = {
    { 5, MIL_ROUND_HALF_UP, 3 },   { -5, MIL_ROUND_HALF_UP, -3 },   { 5, MIL_ROUND_HALF_EVEN, 2 },
    { 7, MIL_ROUND_HALF_EVEN, 4 }, { -5, MIL_ROUND_HALF_EVEN, -2 }, { 5, MIL_ROUND_DOWN, 2 },
    { -5, MIL_ROUND_DOWN, -2 },    { 5, MIL_ROUND_UP, 3 },          { -5, MIL_ROUND_UP, -3 },
    { 4, MIL_ROUND_UP, 2 },        { 0, MIL_ROUND_UP, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      MilMoney half;

      g_assert_true (mil_money_ratio (mil_money (cases[i].minor, "EUR"), 1, 2, cases[i].rounding, &half, NULL));
      g_assert_cmpint (half.minor, ==, cases[i].expected);
      g_assert_true (mil_money_ratio (mil_money (cases[i].minor, "EUR"), -1, -2, cases[i].rounding, &half, NULL));
      g_assert_cmpint (half.minor, ==, cases[i].expected);
    }
}

static void
test_sums (void)
{
  MilMoney out;
  GError  *error = NULL;

  g_assert_true (mil_money_add (mil_money (1230, "EUR"), mil_money (-30, "EUR"), &out, NULL));
  g_assert_true (mil_money_equal (out, mil_money (1200, "EUR")));
  g_assert_false (mil_money_add (mil_money (G_MAXINT64, "EUR"), mil_money (1, "EUR"), &out, &error));
  assert_invalid (g_steal_pointer (&error), MIL_ERROR_OVERFLOW);
  g_assert_false (mil_money_subtract (mil_money (G_MININT64, "EUR"), mil_money (1, "EUR"), &out, &error));
  assert_invalid (g_steal_pointer (&error), MIL_ERROR_OVERFLOW);
  g_assert_false (mil_money_add (mil_money (1, "EUR"), mil_money (1, "JPY"), &out, &error));
  assert_invalid (g_steal_pointer (&error), MIL_ERROR_INVALID);
  g_assert_false (mil_money_times (mil_money (G_MAXINT64 / 2, "EUR"), 3, &out, NULL));
  g_assert_true (mil_money_scale (mil_money (9999, "EUR"), (MilDecimal) { 19, 2 }, MIL_ROUND_HALF_UP, &out, NULL));
  g_assert_cmpint (out.minor, ==, 1900);
  g_assert_true (mil_money_ratio (mil_money (G_MAXINT64, "EUR"), 19, 119, MIL_ROUND_DOWN, &out, NULL));
  g_assert_cmpint (out.minor, ==, 1472639232775132271);
  g_assert_false (mil_money_ratio (mil_money (1, "EUR"), 1, 0, MIL_ROUND_DOWN, &out, NULL));
}

static void
test_convert (void)
{
  MilMoney out;

  g_assert_true (mil_money_convert (mil_money (100, "EUR"), (MilDecimal) { 16325, 2 }, "JPY", MIL_ROUND_DOWN, &out, NULL));
  g_assert_true (mil_money_equal (out, mil_money (163, "JPY")));
  g_assert_true (mil_money_convert (mil_money (163, "JPY"), (MilDecimal) { 6, 3 }, "KWD", MIL_ROUND_HALF_UP, &out, NULL));
  g_assert_true (mil_money_equal (out, mil_money (978, "KWD")));
  g_assert_true (
      mil_money_convert (mil_money (-1999, "KWD"), (MilDecimal) { G_MAXINT64, 18 }, "JPY", MIL_ROUND_DOWN, &out, NULL));
  g_assert_true (mil_money_equal (out, mil_money (-18, "JPY")));
  g_assert_false (
      mil_money_convert (mil_money (G_MAXINT64, "JPY"), (MilDecimal) { 2, 0 }, "KWD", MIL_ROUND_DOWN, &out, NULL));
  g_assert_false (mil_money_convert (mil_money (1, "EUR"), (MilDecimal) { 2, 0 }, "XXX", MIL_ROUND_DOWN, &out, NULL));
}

static void
test_text (void)
{
  static const struct
  {
    const char *text;
    const char *currency;
    gint64      minor;
    const char *back;
  } good[] = {
    { "12.30", "EUR", 1230, "12.30" }, { "12", "EUR", 1200, "12.00" },     { "-0.05", "EUR", -5, "-0.05" },
    { "1500", "JPY", 1500, "1500" },   { "1500.00", "JPY", 1500, "1500" }, { "1.234", "KWD", 1234, "1.234" },
    { "1.2300", "EUR", 123, "1.23" },
  };
  MilMoney money;

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *back = NULL;

      g_assert_true (mil_money_parse (good[i].text, good[i].currency, &money, NULL));
      g_assert_cmpint (money.minor, ==, good[i].minor);
      back = mil_money_to_decimal (money);
      g_assert_cmpstr (back, ==, good[i].back);
    }
  g_assert_false (mil_money_parse ("12.345", "EUR", &money, NULL));
  g_assert_false (mil_money_parse ("1.5", "JPY", &money, NULL));
  g_assert_false (mil_money_parse ("1", "ZZZ", &money, NULL));
  g_assert_false (mil_money_parse ("1", NULL, &money, NULL));
  g_assert_false (mil_money_parse (NULL, "EUR", &money, NULL));
  g_assert_false (mil_money_parse ("92233720368547758.08", "EUR", &money, NULL));
  g_assert_false (mil_money_is_set (mil_money (5, "EURO")));
}

static void
assert_format (MilMoney money, MilMoneyStyle style, const char *expected)
{
  g_autofree char *text = mil_money_format (money, style);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format_plain (void)
{
  assert_format (mil_money (123456, "EUR"), MIL_MONEY_PLAIN, "€1,234.56");
  assert_format (mil_money (-5, "USD"), MIL_MONEY_PLAIN, "−US$0.05");
  assert_format (mil_money (1234567, "JPY"), MIL_MONEY_PLAIN, "JP¥1,234,567");
  assert_format (mil_money (1250, "CHF"), MIL_MONEY_PLAIN, "CHF\u00a012.50");
  assert_format (mil_money (1250, "EUR"), MIL_MONEY_ROUNDED, "€13");
  assert_format (mil_money (1249, "EUR"), MIL_MONEY_ROUNDED, "€12");
  assert_format (mil_money (7, "JPY"), MIL_MONEY_ROUNDED, "JP¥7");
  assert_format (mil_money (1230, "EUR"), MIL_MONEY_CODE, "12.30\u00a0EUR");
  assert_format (mil_money (G_MININT64, "EUR"), MIL_MONEY_PLAIN, "−€92,233,720,368,547,758.08");
  assert_format ((MilMoney) { 0 }, MIL_MONEY_PLAIN, "–");
}

static void
test_format_locales (void)
{
  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("the German locale is not installed");
      return;
    }
  assert_format (mil_money (123456, "EUR"), MIL_MONEY_PLAIN, "1.234,56\u00a0€");
  assert_format (mil_money (-123456, "CNY"), MIL_MONEY_PLAIN, "−1.234,56\u00a0CN¥");
  g_assert_nonnull (setlocale (LC_ALL, "zh_CN.UTF-8"));
  assert_format (mil_money (123456, "CNY"), MIL_MONEY_PLAIN, "¥1,234.56");
  assert_format (mil_money (123456, "USD"), MIL_MONEY_PLAIN, "US$1,234.56");
  g_assert_nonnull (setlocale (LC_ALL, "en_US.UTF-8"));
  assert_format (mil_money (123456, "USD"), MIL_MONEY_PLAIN, "$1,234.56");
  setlocale (LC_ALL, "C.UTF-8");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/currency", test_currency);
  g_test_add_func ("/base/decimal/text", test_decimal_text);
  g_test_add_func ("/base/decimal/sums", test_decimal_sums);
  g_test_add_func ("/base/money/rounding", test_rounding);
  g_test_add_func ("/base/money/sums", test_sums);
  g_test_add_func ("/base/money/convert", test_convert);
  g_test_add_func ("/base/money/text", test_text);
  g_test_add_func ("/base/money/format/plain", test_format_plain);
  g_test_add_func ("/base/money/format/locales", test_format_locales);
  return g_test_run ();
}
