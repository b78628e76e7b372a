/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "base/mil-decimal.h"

G_BEGIN_DECLS

#define MIL_TYPE_MONEY (mil_money_get_type ())

/**
 * MilMoney:
 * @minor: the amount in the currency's minor unit (cents of EUR, yen of JPY); may be negative
 * @currency: ISO 4217 alphabetic code, NUL-terminated; empty for "no amount"
 *
 * An exact amount of money. A plain value: copy it by assignment.
 */
typedef struct
{
  gint64 minor;
  char   currency[4];
} MilMoney;

/**
 * MilMoneyStyle:
 * @MIL_MONEY_PLAIN: number and symbol as the locale writes them ("€ 12.30", "12,30 €")
 * @MIL_MONEY_ROUNDED: the same without minor units, for "about € 14"
 * @MIL_MONEY_CODE: number and ISO code ("12.30 EUR")
 */
typedef enum
{
  MIL_MONEY_PLAIN,
  MIL_MONEY_ROUNDED,
  MIL_MONEY_CODE,
} MilMoneyStyle;

GType    mil_money_get_type   (void);
MilMoney mil_money            (gint64         minor,
                               const char    *currency);
gboolean mil_money_is_set     (MilMoney       money);
MilMoney *mil_money_copy      (const MilMoney *money);
void     mil_money_free       (MilMoney      *money);
gboolean mil_money_equal      (MilMoney       a,
                               MilMoney       b);
int      mil_money_compare    (MilMoney       a,
                               MilMoney       b);
gboolean mil_money_add        (MilMoney       a,
                               MilMoney       b,
                               MilMoney      *sum,
                               GError       **error);
gboolean mil_money_subtract   (MilMoney       a,
                               MilMoney       b,
                               MilMoney      *difference,
                               GError       **error);
gboolean mil_money_times      (MilMoney       money,
                               gint64         factor,
                               MilMoney      *product,
                               GError       **error);
gboolean mil_money_scale      (MilMoney       money,
                               MilDecimal     factor,
                               MilRounding    rounding,
                               MilMoney      *product,
                               GError       **error);
gboolean mil_money_ratio      (MilMoney       money,
                               gint64         numerator,
                               gint64         denominator,
                               MilRounding    rounding,
                               MilMoney      *product,
                               GError       **error);
gboolean mil_money_convert    (MilMoney       money,
                               MilDecimal     rate,
                               const char    *currency,
                               MilRounding    rounding,
                               MilMoney      *converted,
                               GError       **error);
gboolean mil_money_parse      (const char    *decimal,
                               const char    *currency,
                               MilMoney      *money,
                               GError       **error);
char    *mil_money_to_decimal (MilMoney       money);
char    *mil_money_format     (MilMoney       money,
                               MilMoneyStyle  style);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilMoney, mil_money_free)

G_END_DECLS
