/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pay/mil-rate-table.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/mil-currency.h"
#include "base/mil-error.h"

#define BASE "EUR"
/* Digits behind the point of a cross rate: enough for one rupiah in dinars. */
#define CROSS_SCALE 12

struct _MilRateTable
{
  gatomicrefcount references;
  char           *source;
  MilDate         date;
  GHashTable     *rates; /* currency -> MilDecimal */
};

G_DEFINE_BOXED_TYPE (MilRateTable, mil_rate_table, mil_rate_table_ref, mil_rate_table_unref)

/**
 * mil_rate_table_new:
 * @source: who says so, for example `ECB`
 * @date: the day that the rates are of
 *
 * Returns: (transfer full): a table that knows the euro only
 */
MilRateTable *
mil_rate_table_new (const char *source, MilDate date)
{
  static const MilDecimal one = { 1, 0 };
  MilRateTable           *self;

  g_return_val_if_fail (source != NULL, NULL);

  self = g_new0 (MilRateTable, 1);
  g_atomic_ref_count_init (&self->references);
  self->source = g_strdup (source);
  self->date = date;
  self->rates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (self->rates, g_strdup (BASE), g_memdup2 (&one, sizeof one));
  return self;
}

/**
 * mil_rate_table_ref:
 * @self: a table
 *
 * Returns: (transfer full): the same table
 */
MilRateTable *
mil_rate_table_ref (MilRateTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * mil_rate_table_unref:
 * @self: (nullable) (transfer full): a table
 */
void
mil_rate_table_unref (MilRateTable *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->source);
  g_hash_table_unref (self->rates);
  g_free (self);
}

/**
 * mil_rate_table_set:
 * @self: a table that nobody else has yet
 * @currency: ISO 4217 code
 * @rate: units of @currency for one euro
 * @error: %MIL_ERROR_INVALID for a currency that is not known or a rate that is not above zero
 *
 * Returns: whether it was set
 */
gboolean
mil_rate_table_set (MilRateTable *self, const char *currency, MilDecimal rate, GError **error)
{
  g_return_val_if_fail (self != NULL && currency != NULL, FALSE);

  if (!mil_currency_is_known (currency) || rate.digits <= 0 || rate.scale > 18)
    {
      mil_error_set (error, MIL_ERROR_INVALID, _ ("“%.8s” has no exchange rate that can be used."), currency);
      return FALSE;
    }
  g_hash_table_insert (self->rates, g_strdup (currency), g_memdup2 (&rate, sizeof rate));
  return TRUE;
}

/**
 * mil_rate_table_source:
 * @self: a table
 *
 * Returns: (transfer none): who says so
 */
const char *
mil_rate_table_source (MilRateTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->source;
}

/**
 * mil_rate_table_date:
 * @self: a table
 *
 * Returns: the day that the rates are of
 */
MilDate
mil_rate_table_date (MilRateTable *self)
{
  g_return_val_if_fail (self != NULL, (MilDate) { 0 });

  return self->date;
}

/**
 * mil_rate_table_knows:
 * @self: a table
 * @currency: (nullable): ISO 4217 code
 *
 * Returns: whether it has a rate
 */
gboolean
mil_rate_table_knows (MilRateTable *self, const char *currency)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return currency != NULL && g_hash_table_contains (self->rates, currency);
}

/**
 * mil_rate_table_from_json:
 * @node: `{"source","date","base":"EUR","rates":{"USD":"1.0705",…}}`
 * @error: %MIL_ERROR_PROTOCOL with the path
 *
 * Currencies that are not known here are passed over.
 *
 * Returns: (transfer full) (nullable): the table
 */
MilRateTable *
mil_rate_table_from_json (JsonNode *node, GError **error)
{
  g_autoptr (MilJson) json = NULL;
  g_autoptr (MilRateTable) self = NULL;
  g_auto (GStrv) currencies = NULL;

  g_return_val_if_fail (node != NULL, NULL);

  json = mil_json_new (node);
  self = mil_rate_table_new (mil_json_string (json, "source", 100), mil_json_date (json, "date"));
  if (!g_str_equal (mil_json_string (json, "base", 3), BASE))
    mil_json_fail (json, "base", "%s", _ ("expected “EUR”"));
  mil_json_enter (json, "rates");
  currencies = mil_json_members (json);
  if (g_strv_length (currencies) > 500)
    mil_json_fail (json, NULL, "%s", _ ("has too many entries"));
  for (guint i = 0; currencies[i] != NULL && !mil_json_failed (json); i++)
    {
      MilDecimal rate = mil_json_decimal (json, currencies[i]);

      if (rate.digits <= 0)
        mil_json_fail (json, currencies[i], "%s", _ ("must be above zero"));
      else if (mil_currency_is_known (currencies[i]))
        mil_rate_table_set (self, currencies[i], rate, NULL);
    }
  mil_json_leave (json);
  return mil_json_finish (json, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * mil_rate_table_to_json:
 * @self: a table
 *
 * Returns: (transfer full): as mil_rate_table_from_json() reads it
 */
JsonNode *
mil_rate_table_to_json (MilRateTable *self)
{
  JsonNode        *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject      *object = json_object_new (), *rates = json_object_new ();
  g_autofree char *date = NULL;
  g_autoptr (GList) currencies = NULL;

  g_return_val_if_fail (self != NULL, node);

  date = mil_date_to_string (self->date);
  currencies = g_list_sort (g_hash_table_get_keys (self->rates), (GCompareFunc) strcmp);
  for (GList *l = currencies; l != NULL; l = l->next)
    if (!g_str_equal (l->data, BASE))
      {
        g_autofree char *rate = mil_decimal_to_string (*(MilDecimal *) g_hash_table_lookup (self->rates, l->data));

        json_object_set_string_member (rates, l->data, rate);
      }
  json_object_set_string_member (object, "source", self->source);
  json_object_set_string_member (object, "date", date);
  json_object_set_string_member (object, "base", BASE);
  json_object_set_object_member (object, "rates", rates);
  json_node_take_object (node, object);
  return node;
}

static gboolean
find_both (MilRateTable *self, const char *from, const char *to, MilDecimal *from_rate, MilDecimal *to_rate, GError **error)
{
  MilDecimal *left = g_hash_table_lookup (self->rates, from);
  MilDecimal *right = g_hash_table_lookup (self->rates, to);

  if (left == NULL || right == NULL)
    {
      mil_error_set (error,
                     MIL_ERROR_UNSUPPORTED,
                     /* Translators: both %s are currency codes, for example EUR and JPY. */
                     _ ("There is no exchange rate between %s and %s."),
                     from,
                     to);
      return FALSE;
    }
  *from_rate = *left;
  *to_rate = *right;
  return TRUE;
}

/**
 * mil_rate_table_cross:
 * @self: a table
 * @from: ISO 4217 code
 * @to: ISO 4217 code
 * @rate: (out): units of @to for one unit of @from: what was published for the euro, else the cross rate
 *   to twelve digits behind the point, halves to the even neighbour
 * @error: %MIL_ERROR_UNSUPPORTED when one of them has no rate, %MIL_ERROR_OVERFLOW
 *
 * Returns: whether @rate was set
 */
gboolean
mil_rate_table_cross (MilRateTable *self, const char *from, const char *to, MilDecimal *rate, GError **error)
{
  MilDecimal from_rate, to_rate;

  g_return_val_if_fail (self != NULL && from != NULL && to != NULL && rate != NULL, FALSE);

  if (!find_both (self, from, to, &from_rate, &to_rate, error))
    return FALSE;
  if (g_str_equal (from, to))
    *rate = (MilDecimal) { 1, 0 };
  else if (g_str_equal (from, BASE))
    *rate = to_rate;
  else
    return mil_decimal_divide (to_rate, from_rate, CROSS_SCALE, MIL_ROUND_HALF_EVEN, rate, NULL)
           || mil_decimal_divide (to_rate, from_rate, CROSS_SCALE / 2, MIL_ROUND_HALF_EVEN, rate, error);
  return TRUE;
}

/**
 * mil_rate_table_convert:
 * @self: a table
 * @amount: an amount
 * @to: ISO 4217 code
 * @rounding: what happens to the parts of a minor unit
 * @converted: (out): about what it is worth
 * @error: as for mil_rate_table_cross()
 *
 * At the reference rate, for showing. What is charged is mil_rate_table_charge()'s.
 *
 * Returns: whether @converted was set
 */
gboolean
mil_rate_table_convert (MilRateTable *self, MilMoney amount, const char *to, MilRounding rounding, MilMoney *converted, GError **error)
{
  MilDecimal rate;

  g_return_val_if_fail (self != NULL && to != NULL && converted != NULL, FALSE);

  return mil_rate_table_cross (self, amount.currency, to, &rate, error)
         && mil_money_convert (amount, rate, to, rounding, converted, error);
}

/* How many digits a desk's rate is told with: four behind the point, and two more for every two zeros that it
 * begins with. */
static gboolean
tell (MilDecimal dividend, MilDecimal divisor, MilRounding rounding, MilDecimal *rate, GError **error)
{
  MilDecimal least = { 1, 0 };
  guint8     scale = 4;

  /* A quotient too big for this is not small. */
  if (mil_decimal_divide (dividend, divisor, 18, MIL_ROUND_DOWN, rate, NULL))
    for (; scale < 18 && mil_decimal_compare (*rate, least) < 0; scale += 2)
      least.scale += 2;
  return mil_decimal_divide (dividend, divisor, scale, rounding, rate, error);
}

static gboolean
desk (MilRateTable *self, MilMoney amount, const char *to, MilDecimal margin, MilRounding rounding, MilDecimal *rate, MilMoney *result, GError **error)
{
  MilDecimal from_rate, to_rate, with_margin;

  if (amount.minor < 0)
    {
      mil_error_set (error, MIL_ERROR_INVALID, "%s", _ ("An amount to pay cannot be below zero."));
      return FALSE;
    }
  if (g_str_equal (amount.currency, to))
    {
      *rate = (MilDecimal) { 1, 0 };
      *result = amount;
      return TRUE;
    }
  return find_both (self, amount.currency, to, &from_rate, &to_rate, error)
         && mil_decimal_multiply (to_rate, margin, MIN (to_rate.scale + margin.scale, 12), rounding, &with_margin, error)
         && tell (with_margin, from_rate, rounding, rate, error)
         && mil_money_convert (amount, *rate, to, rounding, result, error);
}

/**
 * mil_rate_table_charge:
 * @self: a table
 * @amount: what somebody is to get, not below zero
 * @pay_currency: what the wallet pays in
 * @margin: what the desk takes on top, as a factor: 1.005 for half of one percent
 * @rate: (out): units of @pay_currency for one unit of the amount's currency, margin and all
 * @pay: (out): what the wallet pays
 * @error: as for mil_rate_table_cross(); %MIL_ERROR_INVALID for an amount below zero
 *
 * Both the rate and the amount are rounded up (%MIL_ROUND_UP), in favour of liquidity: the desk never
 * gives more than it gets. @pay is @amount at @rate exactly as it is told, so anybody can check it.
 *
 * Returns: whether both were set
 */
gboolean
mil_rate_table_charge (MilRateTable *self,
                       MilMoney      amount,
                       const char   *pay_currency,
                       MilDecimal    margin,
                       MilDecimal   *rate,
                       MilMoney     *pay,
                       GError      **error)
{
  g_return_val_if_fail (self != NULL && pay_currency != NULL && rate != NULL && pay != NULL, FALSE);

  return desk (self, amount, pay_currency, margin, MIL_ROUND_UP, rate, pay, error);
}

/**
 * mil_rate_table_pay_out:
 * @self: a table
 * @amount: what somebody pays to the wallet's owner, not below zero
 * @wallet_currency: what the wallet takes it as
 * @margin: what the desk leaves of it, as a factor: 0.995 where it keeps half of one percent
 * @rate: (out): units of @wallet_currency for one unit of the amount's currency, margin and all
 * @arrives: (out): what arrives
 * @error: as for mil_rate_table_charge()
 *
 * The other way round: rate and amount are rounded down (%MIL_ROUND_DOWN).
 *
 * Returns: whether both were set
 */
gboolean
mil_rate_table_pay_out (MilRateTable *self,
                        MilMoney      amount,
                        const char   *wallet_currency,
                        MilDecimal    margin,
                        MilDecimal   *rate,
                        MilMoney     *arrives,
                        GError      **error)
{
  g_return_val_if_fail (self != NULL && wallet_currency != NULL && rate != NULL && arrives != NULL, FALSE);

  return desk (self, amount, wallet_currency, margin, MIL_ROUND_DOWN, rate, arrives, error);
}
