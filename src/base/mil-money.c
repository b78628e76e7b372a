/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-money.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <string.h>

#include "base/mil-currency.h"
#include "base/mil-error.h"
#include "base/mil-round.h"

#define NO_BREAK_SPACE "\u00a0"
#define MINUS_SIGN "\u2212"
/* Of 64 bits, and zeros before them where the minor unit is smaller than the number. */
#define MAX_DIGITS 24

G_DEFINE_BOXED_TYPE (MilMoney, mil_money, mil_money_copy, mil_money_free)

/**
 * mil_money:
 * @minor: the amount in minor units
 * @currency: (nullable): ISO 4217 alphabetic code; anything but three letters makes "no amount"
 *
 * Returns: the amount
 */
MilMoney
mil_money (gint64 minor, const char *currency)
{
  MilMoney money = { minor, "" };

  if (currency != NULL && strlen (currency) == 3)
    memcpy (money.currency, currency, 4);
  return money;
}

/**
 * mil_money_is_set:
 * @money: an amount
 *
 * Returns: whether there is an amount at all; zero euros are one
 */
gboolean
mil_money_is_set (MilMoney money)
{
  return money.currency[0] != '\0';
}

/**
 * mil_money_copy:
 * @money: an amount
 *
 * Returns: (transfer full): a copy on the heap, for boxed values
 */
MilMoney *
mil_money_copy (const MilMoney *money)
{
  g_return_val_if_fail (money != NULL, NULL);

  return g_memdup2 (money, sizeof *money);
}

/**
 * mil_money_free:
 * @money: (nullable) (transfer full): what mil_money_copy() made
 */
void
mil_money_free (MilMoney *money)
{
  g_free (money);
}

/**
 * mil_money_equal:
 * @a: an amount
 * @b: an amount
 *
 * Returns: whether both are the same amount of the same currency
 */
gboolean
mil_money_equal (MilMoney a, MilMoney b)
{
  return a.minor == b.minor && strcmp (a.currency, b.currency) == 0;
}

/**
 * mil_money_compare:
 * @a: an amount
 * @b: an amount
 *
 * Amounts of one currency compare by size. Across currencies there is no "more" without a rate: the
 * order is by code then, which is good for sorting only.
 *
 * Returns: less than, equal to or more than 0
 */
int
mil_money_compare (MilMoney a, MilMoney b)
{
  int by_currency = strcmp (a.currency, b.currency);

  return by_currency != 0 ? by_currency : (a.minor > b.minor) - (a.minor < b.minor);
}

static gboolean
too_big (GError **error)
{
  mil_error_set (error, MIL_ERROR_OVERFLOW, "%s", _ ("The amount is too big to be reckoned with exactly."));
  return FALSE;
}

static gboolean
same_currency (MilMoney a, MilMoney b, GError **error)
{
  if (strcmp (a.currency, b.currency) == 0)
    return TRUE;
  mil_error_set (error,
                 MIL_ERROR_INVALID,
                 /* Translators: both %s are currency codes, for example EUR and JPY. */
                 _ ("Amounts in %s and %s cannot be put together without a rate."),
                 a.currency,
                 b.currency);
  return FALSE;
}

/**
 * mil_money_add:
 * @a: an amount
 * @b: an amount of the same currency
 * @sum: (out): where to put the sum
 * @error: %MIL_ERROR_INVALID when the currencies differ, %MIL_ERROR_OVERFLOW when it does not fit
 *
 * Returns: whether @sum was set
 */
gboolean
mil_money_add (MilMoney a, MilMoney b, MilMoney *sum, GError **error)
{
  gint64 minor;

  g_return_val_if_fail (sum != NULL, FALSE);

  if (!same_currency (a, b, error))
    return FALSE;
  if (__builtin_add_overflow (a.minor, b.minor, &minor))
    return too_big (error);
  *sum = mil_money (minor, a.currency);
  return TRUE;
}

/**
 * mil_money_subtract:
 * @a: an amount
 * @b: an amount of the same currency
 * @difference: (out): where to put @a less @b
 * @error: as for mil_money_add()
 *
 * Returns: whether @difference was set
 */
gboolean
mil_money_subtract (MilMoney a, MilMoney b, MilMoney *difference, GError **error)
{
  gint64 minor;

  g_return_val_if_fail (difference != NULL, FALSE);

  if (!same_currency (a, b, error))
    return FALSE;
  if (__builtin_sub_overflow (a.minor, b.minor, &minor))
    return too_big (error);
  *difference = mil_money (minor, a.currency);
  return TRUE;
}

/**
 * mil_money_times:
 * @money: an amount
 * @factor: how many of it
 * @product: (out): where to put the product
 * @error: %MIL_ERROR_OVERFLOW when it does not fit
 *
 * Returns: whether @product was set
 */
gboolean
mil_money_times (MilMoney money, gint64 factor, MilMoney *product, GError **error)
{
  gint64 minor;

  g_return_val_if_fail (product != NULL, FALSE);

  if (__builtin_mul_overflow (money.minor, factor, &minor))
    return too_big (error);
  *product = mil_money (minor, money.currency);
  return TRUE;
}

/**
 * mil_money_scale:
 * @money: an amount
 * @factor: a decimal factor, for example 0.19
 * @rounding: what happens to the parts of a minor unit
 * @product: (out): where to put the product
 * @error: %MIL_ERROR_OVERFLOW when it does not fit
 *
 * Returns: whether @product was set
 */
gboolean
mil_money_scale (MilMoney money, MilDecimal factor, MilRounding rounding, MilMoney *product, GError **error)
{
  gint64 minor;

  g_return_val_if_fail (product != NULL, FALSE);
  g_return_val_if_fail (factor.scale <= 18, FALSE);

  if (!mil_round_quotient ((__int128) money.minor * factor.digits, mil_power_of_ten (factor.scale), rounding, &minor))
    return too_big (error);
  *product = mil_money (minor, money.currency);
  return TRUE;
}

/**
 * mil_money_ratio:
 * @money: an amount
 * @numerator: any
 * @denominator: not zero
 * @rounding: what happens to the parts of a minor unit
 * @product: (out): where to put @money × @numerator ÷ @denominator
 * @error: %MIL_ERROR_INVALID when @denominator is zero, %MIL_ERROR_OVERFLOW when it does not fit
 *
 * One exact division, so that VAT contained in a price (× 19 ÷ 119) is rounded once.
 *
 * Returns: whether @product was set
 */
gboolean
mil_money_ratio (MilMoney money, gint64 numerator, gint64 denominator, MilRounding rounding, MilMoney *product, GError **error)
{
  gint64 minor;

  g_return_val_if_fail (product != NULL, FALSE);

  if (denominator == 0)
    {
      mil_error_set (error, MIL_ERROR_INVALID, "%s", _ ("A number cannot be divided by zero."));
      return FALSE;
    }
  if (!mil_round_quotient ((__int128) money.minor * numerator, denominator, rounding, &minor))
    return too_big (error);
  *product = mil_money (minor, money.currency);
  return TRUE;
}

static gboolean
need_known (const char *currency, GError **error)
{
  if (mil_currency_is_known (currency))
    return TRUE;
  mil_error_set (error, MIL_ERROR_INVALID, _ ("“%.8s” is not the code of a currency in use."), currency);
  return FALSE;
}

/**
 * mil_money_convert:
 * @money: an amount
 * @rate: how many whole units of @currency one whole unit of the amount's currency buys
 * @currency: ISO 4217 code of the result
 * @rounding: what happens to the parts of a minor unit
 * @converted: (out): where to put the result
 * @error: %MIL_ERROR_INVALID for a currency that is not known, %MIL_ERROR_OVERFLOW when it does not fit
 *
 * Minor units of both currencies are taken into account: EUR 1.00 at 163.25 is JPY 163.
 *
 * Returns: whether @converted was set
 */
gboolean
mil_money_convert (MilMoney money, MilDecimal rate, const char *currency, MilRounding rounding, MilMoney *converted, GError **error)
{
  __int128 top = (__int128) money.minor * rate.digits, bottom = 1;
  int      shift;
  gint64   minor;

  g_return_val_if_fail (currency != NULL && converted != NULL, FALSE);
  g_return_val_if_fail (rate.scale <= 18, FALSE);

  if (!need_known (money.currency, error) || !need_known (currency, error))
    return FALSE;
  shift = mil_currency_exponent (currency) - mil_currency_exponent (money.currency) - rate.scale;
  if (shift > 0 && __builtin_mul_overflow (top, (__int128) mil_power_of_ten (shift), &top))
    return too_big (error);
  for (; shift < 0; shift += MIN (-shift, 18))
    bottom *= mil_power_of_ten (MIN (-shift, 18));
  if (!mil_round_quotient (top, bottom, rounding, &minor))
    return too_big (error);
  *converted = mil_money (minor, currency);
  return TRUE;
}

/**
 * mil_money_parse:
 * @decimal: (nullable): whole units as mil_decimal_parse() reads them ("12.30")
 * @currency: (nullable): ISO 4217 code
 * @money: (out): where to put the amount
 * @error: %MIL_ERROR_INVALID for text that is no number, for a currency that is not known and for
 *   more decimals than the currency has (other than zeros); %MIL_ERROR_OVERFLOW
 *
 * Returns: whether @money was set
 */
gboolean
mil_money_parse (const char *decimal, const char *currency, MilMoney *money, GError **error)
{
  MilDecimal number;
  gint64     minor;
  int        drop;

  g_return_val_if_fail (money != NULL, FALSE);

  if (!need_known (currency != NULL ? currency : "", error) || !mil_decimal_parse (decimal, &number, error))
    return FALSE;
  drop = number.scale - mil_currency_exponent (currency);
  if (drop > 0 && number.digits % mil_power_of_ten (drop) != 0)
    {
      mil_error_set (error,
                     MIL_ERROR_INVALID,
                     /* Translators: the first %s is an amount such as 12.345, the second a currency code. */
                     _ ("“%.40s” has more decimals than %s has."),
                     decimal,
                     currency);
      return FALSE;
    }
  if (drop > 0)
    minor = number.digits / mil_power_of_ten (drop);
  else if (__builtin_mul_overflow (number.digits, mil_power_of_ten (-drop), &minor))
    return too_big (error);
  *money = mil_money (minor, currency);
  return TRUE;
}

static int
exponent_of (MilMoney money)
{
  int exponent = mil_currency_exponent (money.currency);

  return exponent >= 0 ? exponent : 2;
}

/**
 * mil_money_to_decimal:
 * @money: an amount
 *
 * Returns: (transfer full): whole units without the currency, as mil_money_parse() reads them
 */
char *
mil_money_to_decimal (MilMoney money)
{
  return mil_decimal_to_string ((MilDecimal) { money.minor, exponent_of (money) });
}

/* How the process locale writes numbers of money. */
typedef struct
{
  const char *point;
  const char *separator;
  const char *grouping; /* POSIX's: a byte a group from the right, the last one repeats, CHAR_MAX ends */
} Style;

static Style
style_of_locale (void)
{
  if (*nl_langinfo (__MON_DECIMAL_POINT) == '\0')
    return (Style) { ".", ",", "\3\3" };
  return (Style) { nl_langinfo (__MON_DECIMAL_POINT), nl_langinfo (__MON_THOUSANDS_SEP), nl_langinfo (__MON_GROUPING) };
}

/* The most that a number takes: a separator behind each digit. */
static gsize
number_room (const Style *style)
{
  return MAX_DIGITS * (1 + strlen (style->separator)) + strlen (style->point);
}

/* Writes before END. Lists of verdicts format amounts by the thousand, so all are written once, from the right. */
static char *
put (char *end, const char *text)
{
  gsize size = strlen (text);

  return memcpy (end - size, text, size);
}

static char *
put_number (char *end, guint64 magnitude, int exponent, const Style *style)
{
  const char *grouping = style->grouping;
  char       *p = end;
  int         in_group = 0;

  for (int i = 0; i < exponent; i++, magnitude /= 10)
    *--p = (char) ('0' + magnitude % 10);
  if (exponent > 0)
    p = put (p, style->point);
  do
    {
      if (*grouping > 0 && *grouping < CHAR_MAX && in_group == *grouping)
        {
          p = put (p, style->separator);
          in_group = 0;
          if (grouping[1] > 0)
            grouping++;
        }
      *--p = (char) ('0' + magnitude % 10);
      magnitude /= 10;
      in_group++;
    }
  while (magnitude > 0);
  return p;
}

/* The "C" locale answers with all bits set where it does not know. */
static gboolean
locale_flag (nl_item item, gboolean fallback)
{
  guchar value = *nl_langinfo (item);

  return value < G_MAXINT8 ? value != 0 : fallback;
}

/**
 * mil_money_format:
 * @money: an amount
 * @style: how much to say
 *
 * For people: separators, place of the sign and space come from the process locale (LC_MONETARY),
 * the symbol from mil_currency_symbol(). The parts never break across lines. Where the locale says
 * nothing ("C") it is written as English does.
 *
 * Returns: (transfer full): UTF-8; an en dash when there is no amount
 */
char *
mil_money_format (MilMoney money, MilMoneyStyle style)
{
  const char *sign = money.minor < 0 ? MINUS_SIGN : "";
  const char *symbol = style == MIL_MONEY_CODE ? money.currency : mil_currency_symbol (money.currency);
  guint64     magnitude = money.minor < 0 ? -(guint64) money.minor : (guint64) money.minor;
  int         exponent = exponent_of (money);
  gboolean    precedes = locale_flag (__P_CS_PRECEDES, TRUE), space = locale_flag (__P_SEP_BY_SPACE, FALSE);
  Style       written = style_of_locale ();
  gsize       size;
  char       *text, *p;

  if (!mil_money_is_set (money))
    return g_strdup ("–");
  if (style == MIL_MONEY_ROUNDED)
    {
      guint64 unit = mil_power_of_ten (exponent);

      magnitude = magnitude / unit + (magnitude % unit >= unit - magnitude % unit && unit > 1);
      exponent = 0;
    }
  if (style == MIL_MONEY_CODE)
    precedes = FALSE;
  /* CLDR: a symbol that ends in a letter is kept apart from the digits. */
  space = space || style == MIL_MONEY_CODE
          || (precedes && g_unichar_isalpha (g_utf8_get_char (g_utf8_prev_char (symbol + strlen (symbol)))));
  size = strlen (MINUS_SIGN NO_BREAK_SPACE) + strlen (symbol) + number_room (&written) + 1;
  text = g_malloc (size);
  p = text + size - 1;
  *p = '\0';
  if (!precedes)
    p = put (put (p, symbol), space ? NO_BREAK_SPACE : "");
  p = put_number (p, magnitude, exponent, &written);
  if (precedes)
    p = put (put (p, space ? NO_BREAK_SPACE : ""), symbol);
  p = put (p, sign);
  return memmove (text, p, (gsize) (text + size - p));
}
