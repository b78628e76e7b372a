/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-decimal.h"

#include <glib/gi18n.h>

#include "base/mil-error.h"
#include "base/mil-round.h"

#define MAX_SCALE 18

static const gint64 powers_of_ten[MAX_SCALE + 1] = {
  1,
  10,
  100,
  1000,
  10000,
  100000,
  1000000,
  10000000,
  100000000,
  1000000000,
  10000000000,
  100000000000,
  1000000000000,
  10000000000000,
  100000000000000,
  1000000000000000,
  10000000000000000,
  100000000000000000,
  1000000000000000000,
};

/*
 * mil_power_of_ten:
 * @exponent: 0 to 18
 *
 * Returns: ten to that power
 */
gint64
mil_power_of_ten (guint exponent)
{
  g_return_val_if_fail (exponent <= MAX_SCALE, 0);

  return powers_of_ten[exponent];
}

/*
 * mil_round_quotient:
 * @numerator: any
 * @denominator: not zero
 * @rounding: what happens to the remainder
 * @quotient: (out): the rounded quotient
 *
 * Returns: whether the quotient fits 64 bits
 */
gboolean
mil_round_quotient (__int128 numerator, __int128 denominator, MilRounding rounding, gint64 *quotient)
{
  gboolean          negative = (numerator < 0) != (denominator < 0);
  unsigned __int128 top = numerator < 0 ? -(unsigned __int128) numerator : (unsigned __int128) numerator;
  unsigned __int128 bottom = denominator < 0 ? -(unsigned __int128) denominator : (unsigned __int128) denominator;
  unsigned __int128 whole, rest;
  gboolean          away = FALSE;

  g_return_val_if_fail (denominator != 0, FALSE);

  whole = top / bottom;
  rest = top % bottom;
  if (rest != 0)
    switch (rounding)
      {
      case MIL_ROUND_HALF_UP:
        away = rest >= bottom - rest;
        break;
      case MIL_ROUND_HALF_EVEN:
        away = rest > bottom - rest || (rest == bottom - rest && (whole & 1) != 0);
        break;
      case MIL_ROUND_UP:
        away = TRUE;
        break;
      case MIL_ROUND_DOWN:
        break;
      default:
        g_assert_not_reached ();
      }
  whole += away;
  if (whole > (unsigned __int128) G_MAXINT64)
    return FALSE;
  *quotient = negative ? -(gint64) whole : (gint64) whole;
  return TRUE;
}

static gboolean
not_a_number (const char *text, GError **error)
{
  mil_error_set (error, MIL_ERROR_INVALID, _ ("“%.40s” is not a decimal number."), text);
  return FALSE;
}

static gboolean
too_big (GError **error)
{
  mil_error_set (error, MIL_ERROR_OVERFLOW, "%s", _ ("The number is too big to be reckoned with exactly."));
  return FALSE;
}

/**
 * mil_decimal_parse:
 * @text: (nullable): as JSON and the ECB write decimals: `-?[0-9]+(\.[0-9]+)?`, no exponent, no
 *   separators, at most 18 digits behind the point
 * @decimal: (out): where to put the number; trailing zeros are kept in its scale
 * @error: %MIL_ERROR_INVALID when it is no decimal, %MIL_ERROR_OVERFLOW when it does not fit
 *
 * Returns: whether @decimal was set
 */
gboolean
mil_decimal_parse (const char *text, MilDecimal *decimal, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", text != NULL ? (gssize) strnlen (text, 64) : 0);
  const char *p = valid;
  gboolean    negative = *p == '-';
  gint64      digits = 0;
  guint       scale = 0, n_digits = 0;
  gboolean    point = FALSE;

  g_return_val_if_fail (decimal != NULL, FALSE);

  for (p += negative; *p != '\0'; p++)
    {
      if (*p == '.' && !point && n_digits > 0)
        {
          point = TRUE;
          continue;
        }
      if (!g_ascii_isdigit (*p))
        return not_a_number (valid, error);
      n_digits++;
      scale += point;
      if (scale > MAX_SCALE || __builtin_mul_overflow (digits, 10, &digits)
          || __builtin_add_overflow (digits, *p - '0', &digits))
        return too_big (error);
    }
  if (n_digits == 0 || (point && scale == 0))
    return not_a_number (valid, error);
  *decimal = (MilDecimal) { negative ? -digits : digits, scale };
  return TRUE;
}

/**
 * mil_decimal_to_string:
 * @decimal: a number
 *
 * Returns: (transfer full): as mil_decimal_parse() reads it, with all @scale digits behind the point
 */
char *
mil_decimal_to_string (MilDecimal decimal)
{
  guint64 magnitude = decimal.digits < 0 ? -(guint64) decimal.digits : (guint64) decimal.digits;
  char    text[MAX_SCALE + 24] = "";
  char   *p = text + sizeof text - 1;

  g_return_val_if_fail (decimal.scale <= MAX_SCALE, NULL);

  for (guint i = 0; i < decimal.scale; i++, magnitude /= 10)
    *--p = (char) ('0' + magnitude % 10);
  if (decimal.scale > 0)
    *--p = '.';
  do
    {
      *--p = (char) ('0' + magnitude % 10);
      magnitude /= 10;
    }
  while (magnitude > 0);
  if (decimal.digits < 0)
    *--p = '-';
  return g_strdup (p);
}

/**
 * mil_decimal_compare:
 * @a: a number
 * @b: a number
 *
 * Compares values, so that 1.50 equals 1.5.
 *
 * Returns: less than, equal to or more than 0, as strcmp() does
 */
int
mil_decimal_compare (MilDecimal a, MilDecimal b)
{
  __int128 left, right;

  g_return_val_if_fail (a.scale <= MAX_SCALE && b.scale <= MAX_SCALE, 0);

  left = (__int128) a.digits * powers_of_ten[b.scale];
  right = (__int128) b.digits * powers_of_ten[a.scale];
  return (left > right) - (left < right);
}

/**
 * mil_decimal_multiply:
 * @a: a factor
 * @b: a factor
 * @scale: digits behind the point of the product, 0 to 18
 * @rounding: what happens to the digits behind those
 * @product: (out): where to put the product
 * @error: %MIL_ERROR_OVERFLOW when it does not fit
 *
 * Returns: whether @product was set
 */
gboolean
mil_decimal_multiply (MilDecimal a, MilDecimal b, guint8 scale, MilRounding rounding, MilDecimal *product, GError **error)
{
  __int128 exact = (__int128) a.digits * b.digits;
  int      drop = a.scale + b.scale - scale;
  gint64   digits;

  g_return_val_if_fail (a.scale <= MAX_SCALE && b.scale <= MAX_SCALE && scale <= MAX_SCALE, FALSE);
  g_return_val_if_fail (product != NULL, FALSE);

  if (drop < 0 && __builtin_mul_overflow (exact, (__int128) powers_of_ten[-drop], &exact))
    return too_big (error);
  /* Two steps of ten to the 18th hold what one int64 table cannot: rounding is done in one division all the same. */
  if (!mil_round_quotient (exact,
                           drop <= 0           ? 1
                           : drop <= MAX_SCALE ? (__int128) powers_of_ten[drop]
                                               : (__int128) powers_of_ten[MAX_SCALE] * powers_of_ten[drop - MAX_SCALE],
                           rounding,
                           &digits))
    return too_big (error);
  *product = (MilDecimal) { digits, scale };
  return TRUE;
}

/**
 * mil_decimal_divide:
 * @a: the dividend
 * @b: the divisor
 * @scale: digits behind the point of the quotient, 0 to 18
 * @rounding: what happens to the digits behind those
 * @quotient: (out): where to put the quotient
 * @error: %MIL_ERROR_INVALID when @b is zero, %MIL_ERROR_OVERFLOW when the quotient does not fit
 *
 * Returns: whether @quotient was set
 */
gboolean
mil_decimal_divide (MilDecimal a, MilDecimal b, guint8 scale, MilRounding rounding, MilDecimal *quotient, GError **error)
{
  __int128 top = a.digits, bottom = b.digits;
  int      lift = scale + b.scale - a.scale;
  gint64   digits;

  g_return_val_if_fail (a.scale <= MAX_SCALE && b.scale <= MAX_SCALE && scale <= MAX_SCALE, FALSE);
  g_return_val_if_fail (quotient != NULL, FALSE);

  if (bottom == 0)
    {
      mil_error_set (error, MIL_ERROR_INVALID, "%s", _ ("A number cannot be divided by zero."));
      return FALSE;
    }
  if (lift < 0)
    bottom *= powers_of_ten[-lift];
  for (; lift > 0; lift -= MIN (lift, MAX_SCALE))
    if (__builtin_mul_overflow (top, (__int128) powers_of_ten[MIN (lift, MAX_SCALE)], &top))
      return too_big (error);
  if (!mil_round_quotient (top, bottom, rounding, &digits))
    return too_big (error);
  *quotient = (MilDecimal) { digits, scale };
  return TRUE;
}
