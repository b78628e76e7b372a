/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-item.h"

#include "base/mil-country.h"

#include <glib/gi18n.h>

static const char *
place_name (const MilItem *self)
{
  const char *name = mil_country_name (self->purchase->country);

  return name != NULL ? name : self->purchase->country;
}

static void
check_country (MilItem *self)
{
  const char *country = self->purchase->country;

  if (self->place != NULL && self->place->untaxed)
    {
      MilSource source = { .url = self->place->source };

      mil_item_take_reason (
          self,
          "untaxed-place",
          MIL_REASON_AGAINST,
          /* Translators: %s is a place such as Livigno. */
          g_strdup_printf (_ ("Shops in this part of %s charge none of the tax that is given "
                              "back, so there is nothing to claim."),
                           place_name (self)),
          &source);
      return;
    }
  if (self->scheme != NULL)
    return;
  if (country == NULL || (!mil_country_is_known (country) && self->place == NULL))
    mil_item_take_reason (
        self,
        "country-unknown",
        MIL_REASON_MISSING,
        country == NULL ? g_strdup (_ ("The country of the shop is missing. Choose it."))
                        : g_strdup_printf (_ ("“%s” is no country that Milione knows. Correct the country "
                                              "of the shop."),
                                           country),
        NULL);
  else
    mil_item_take_reason (
        self,
        "no-scheme-data",
        MIL_REASON_DOUBT,
        g_strdup_printf (_ ("Milione has no tax-free rules for %s. Ask the shop whether there "
                            "is a refund."),
                         place_name (self)),
        NULL);
}

static void
check_rule (MilItem *self)
{
  const MilRule   *rule = self->rule;
  g_autofree char *date = NULL;

  if (self->scheme == NULL || !mil_date_is_valid (self->purchase->date) || (rule != NULL && !rule->none))
    return;
  date = mil_date_format (self->purchase->date);
  if (rule == NULL)
    mil_item_take_reason (self,
                          "no-rule-for-date",
                          MIL_REASON_DOUBT,
                          /* Translators: the first %s is a country, the second a date. */
                          g_strdup_printf (_ ("Milione does not know the rules of %s for purchases of %s."), place_name (self), date),
                          NULL);
  else
    mil_item_take_reason (self,
                          "no-scheme",
                          MIL_REASON_AGAINST,
                          /* Translators: the first %s is a country, the second a date. */
                          g_strdup_printf (_ ("%s gives no tax back to visitors for purchases of %s."), place_name (self), date),
                          &rule->source);
}

static void
check_date (MilItem *self, const MilContext *context)
{
  const MilPurchase *purchase = self->purchase;
  g_autofree char   *date = NULL;

  if (!mil_date_is_valid (purchase->date))
    {
      mil_item_take_reason (self,
                            "date-unknown",
                            MIL_REASON_MISSING,
                            g_strdup (_ ("The date of the receipt is missing. Enter it as it is printed.")),
                            NULL);
      return;
    }
  if (purchase->planned || !mil_date_is_set (context->today) || mil_date_compare (purchase->date, context->today) <= 0)
    return;
  date = mil_date_format (purchase->date);
  mil_item_take_reason (
      self,
      "purchase-in-future",
      MIL_REASON_MISSING,
      g_strdup_printf (_ ("The receipt is dated %s, which has not come yet. Correct the date."), date),
      NULL);
}

static void
check_amount (MilItem *self)
{
  const MilPurchase *purchase = self->purchase;

  if (!mil_money_is_set (purchase->total))
    mil_item_take_reason (self,
                          "total-unknown",
                          MIL_REASON_MISSING,
                          g_strdup (_ ("The total of the receipt is missing. Enter it as it is printed.")),
                          NULL);
  else if (purchase->total.minor <= 0)
    mil_item_take_reason (self,
                          "total-not-positive",
                          MIL_REASON_AGAINST,
                          g_strdup (
                              _ ("A receipt of nothing, or of goods given back, has no tax to refund.")),
                          NULL);
  else if (mil_money_is_set (purchase->tax)
           && (g_strcmp0 (purchase->tax.currency, purchase->total.currency) != 0 || purchase->tax.minor < 0
               || purchase->tax.minor >= purchase->total.minor))
    mil_item_take_reason (self,
                          "tax-wrong",
                          MIL_REASON_MISSING,
                          g_strdup (_ ("The tax on the receipt cannot be right. Enter it as it is printed.")),
                          NULL);
  else if (mil_money_is_set (purchase->tax) && purchase->tax.minor == 0)
    mil_item_take_reason (self,
                          "no-tax-charged",
                          MIL_REASON_AGAINST,
                          g_strdup (_ ("The receipt shows no tax, so there is none to refund.")),
                          NULL);
}

/* Before the euro a country's receipts were in another currency; each scheme file holds one. */
static void
check_currency (MilItem *self)
{
  const MilMoney *total = &self->purchase->total;
  const char     *country;
  MilReason      *reason;

  if (self->scheme == NULL || !mil_money_is_set (*total) || g_str_equal (total->currency, self->scheme->currency))
    return;
  /* Büsingen lies in Germany, but its shops charge Switzerland's tax. */
  country = mil_country_name (self->scheme->country);
  reason = mil_item_take_reason (
      self,
      "currency-mismatch",
      MIL_REASON_MISSING,
      /* Translators: the first two %s are currency codes, the third a country. */
      g_strdup_printf (_ ("The receipt is in %s, but the rules of %s count in %s. Enter "
                          "the amount in %s as the shop charged it."),
                       total->currency,
                       country != NULL ? country : self->scheme->country,
                       self->scheme->currency,
                       self->scheme->currency),
      NULL);
  mil_reason_add_value (reason, "currency", total->currency);
  mil_reason_add_value (reason, "expected", self->scheme->currency);
}

/**
 * mil_item_check_purchase: (skip)
 * @self: an item
 * @context: what the engine was given
 *
 * Where, when and how much: what the receipt says without its lines.
 */
void
mil_item_check_purchase (MilItem *self, const MilContext *context)
{
  check_country (self);
  check_date (self, context);
  check_rule (self);
  check_amount (self);
  check_currency (self);
  if (self->rates != NULL && self->heaviest < MIL_REASON_MISSING)
    mil_item_check_goods (self);
}
