/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "base/mil-money.h"

static void
round_trip (const char *text, const char *currency)
{
  MilMoney         money, again;
  g_autofree char *back = NULL;
  g_autofree char *shown = NULL;

  if (!mil_money_parse (text, currency, &money, NULL))
    return;
  back = mil_money_to_decimal (money);
  g_assert_true (mil_money_parse (back, currency, &again, NULL));
  g_assert_true (mil_money_equal (money, again));
  shown = mil_money_format (money, MIL_MONEY_PLAIN);
  g_assert_true (g_utf8_validate (shown, -1, NULL));
}

static void
sums (const char *text)
{
  MilDecimal decimal, out;
  MilMoney   money;

  if (!mil_decimal_parse (text, &decimal, NULL))
    return;
  mil_decimal_multiply (decimal, decimal, 4, MIL_ROUND_HALF_EVEN, &out, NULL);
  mil_decimal_divide (decimal, (MilDecimal) { 7, 3 }, 6, MIL_ROUND_HALF_UP, &out, NULL);
  mil_decimal_divide ((MilDecimal) { G_MAXINT64, 0 }, decimal, 18, MIL_ROUND_UP, &out, NULL);
  mil_money_scale (mil_money (G_MAXINT64, "EUR"), decimal, MIL_ROUND_UP, &money, NULL);
  mil_money_convert (mil_money (decimal.digits, "JPY"), decimal, "KWD", MIL_ROUND_DOWN, &money, NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const currencies[] = { "EUR", "JPY", "KWD", "CLF", "XXX" };
  g_autofree char         *text = g_strndup ((const char *) data, size);

  for (gsize i = 0; i < G_N_ELEMENTS (currencies); i++)
    round_trip (text, currencies[i]);
  sums (text);
  return 0;
}
