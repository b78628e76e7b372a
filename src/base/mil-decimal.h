/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MilDecimal:
 * @digits: the number without its decimal point
 * @scale: how many of the digits stand behind the decimal point (0 to 18)
 *
 * An exact decimal number: rates, percentages. Never a double.
 */
typedef struct
{
  gint64 digits;
  guint8 scale;
} MilDecimal;

/**
 * MilRounding:
 * @MIL_ROUND_HALF_UP: to nearest, halves away from zero (invoices, ISO 4217 amounts shown to people)
 * @MIL_ROUND_HALF_EVEN: to nearest, halves to the even neighbour
 * @MIL_ROUND_DOWN: towards zero (a refund is never promised too high)
 * @MIL_ROUND_UP: away from zero (a charge in favour of liquidity)
 */
typedef enum
{
  MIL_ROUND_HALF_UP,
  MIL_ROUND_HALF_EVEN,
  MIL_ROUND_DOWN,
  MIL_ROUND_UP,
} MilRounding;

gboolean mil_decimal_parse   (const char  *text,
                              MilDecimal  *decimal,
                              GError     **error);
char    *mil_decimal_to_string (MilDecimal decimal);
int      mil_decimal_compare (MilDecimal   a,
                              MilDecimal   b);
gboolean mil_decimal_multiply (MilDecimal  a,
                              MilDecimal   b,
                              guint8       scale,
                              MilRounding  rounding,
                              MilDecimal  *product,
                              GError     **error);
gboolean mil_decimal_divide  (MilDecimal   a,
                              MilDecimal   b,
                              guint8       scale,
                              MilRounding  rounding,
                              MilDecimal  *quotient,
                              GError     **error);

G_END_DECLS
