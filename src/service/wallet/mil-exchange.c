/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/wallet/mil-exchange.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/mil-currency.h"
#include "base/mil-date.h"
#include "service/wallet/mil-build.h"

/* What the desk keeps of each exchange: half of one percent. */
static const MilDecimal dearer = { .digits = 1005, .scale = 3 };
static const MilDecimal cheaper = { .digits = 995, .scale = 3 };

#define BASE_CURRENCY "EUR"

struct _MilExchange
{
  GObject parent_instance;

  char       *date;
  GHashTable *rates;
};

G_DEFINE_FINAL_TYPE (MilExchange, mil_exchange, G_TYPE_OBJECT)

static void
mil_exchange_finalize (GObject *object)
{
  MilExchange *self = MIL_EXCHANGE (object);

  g_free (self->date);
  g_hash_table_unref (self->rates);

  G_OBJECT_CLASS (mil_exchange_parent_class)->finalize (object);
}

static void
mil_exchange_class_init (MilExchangeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mil_exchange_finalize;
}

static void
mil_exchange_init (MilExchange *self)
{
  self->rates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
add_rate (MilExchange *self, const char *currency, MilDecimal rate)
{
  g_hash_table_insert (self->rates, g_strdup (currency), g_memdup2 (&rate, sizeof rate));
}

static void
read_cube (GMarkupParseContext *context, const char *element, const char **names, const char **values, gpointer data, GError **error)
{
  MilExchange *self = data;
  const char  *time = NULL, *currency = NULL, *rate = NULL;
  MilDecimal   decimal;
  MilDate      day;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], "time"))
      time = values[i];
    else if (g_str_equal (names[i], "currency"))
      currency = values[i];
    else if (g_str_equal (names[i], "rate"))
      rate = values[i];
  if (!g_str_equal (element, "Cube"))
    return;
  if (time != NULL && mil_date_parse (time, &day, error))
    g_set_str (&self->date, time);
  if (currency == NULL || rate == NULL || !mil_currency_is_known (currency) || !mil_decimal_parse (rate, &decimal, error))
    return;
  if (decimal.digits <= 0)
    mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The file of exchange rates is damaged."));
  else
    add_rate (self, currency, decimal);
}

/**
 * mil_exchange_new_ecb:
 * @xml: the European Central Bank's daily file of euro reference rates (eurofxref-daily.xml)
 * @error: (optional): %MIL_ERROR_UNREADABLE
 *
 * Opens the exchange desk on one day's rates: one euro is so much of each currency. Currencies that
 * ISO 4217 has retired are left out.
 *
 * Returns: (transfer full) (nullable): the desk
 */
MilExchange *
mil_exchange_new_ecb (GBytes *xml, GError **error)
{
  static const GMarkupParser parser = { .start_element = read_cube };
  g_autoptr (MilExchange) self = g_object_new (MIL_TYPE_EXCHANGE, NULL);
  g_autoptr (GMarkupParseContext) context = NULL;
  gsize       size;
  const char *text;

  g_return_val_if_fail (xml != NULL, NULL);

  text = g_bytes_get_data (xml, &size);
  context = g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, self, NULL);
  if (size == 0 || !g_markup_parse_context_parse (context, text, size, NULL)
      || !g_markup_parse_context_end_parse (context, NULL) || self->date == NULL || g_hash_table_size (self->rates) == 0)
    {
      mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The file of exchange rates is damaged."));
      return NULL;
    }
  add_rate (self, BASE_CURRENCY, (MilDecimal) { .digits = 1 });
  return g_steal_pointer (&self);
}

/**
 * mil_exchange_knows:
 * @self: the desk
 * @currency: (nullable): ISO 4217 code
 *
 * Returns: whether it changes that currency
 */
gboolean
mil_exchange_knows (MilExchange *self, const char *currency)
{
  g_return_val_if_fail (MIL_IS_EXCHANGE (self), FALSE);

  return currency != NULL && g_hash_table_contains (self->rates, currency);
}

/**
 * mil_exchange_to_json:
 * @self: the desk
 *
 * Returns: (transfer full): `{"source","date","base","rates":{"USD":"1.0705"…}}`, the bank's reference
 *   rates, without what the desk keeps
 */
JsonNode *
mil_exchange_to_json (MilExchange *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (GList) currencies = NULL;

  g_return_val_if_fail (MIL_IS_EXCHANGE (self), NULL);

  json_builder_begin_object (builder);
  mil_build_text (builder, "source", "ECB");
  mil_build_text (builder, "date", self->date);
  mil_build_text (builder, "base", BASE_CURRENCY);
  json_builder_set_member_name (builder, "rates");
  json_builder_begin_object (builder);
  currencies = g_list_sort (g_hash_table_get_keys (self->rates), (GCompareFunc) strcmp);
  for (GList *l = currencies; l != NULL; l = l->next)
    if (!g_str_equal (l->data, BASE_CURRENCY))
      {
        MilDecimal      *rate = g_hash_table_lookup (self->rates, l->data);
        g_autofree char *text = mil_decimal_to_string (*rate);

        mil_build_text (builder, l->data, text);
      }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* How many digits a rate is told with: at least five that matter. */
static guint8
scale_for (MilDecimal rate)
{
  if (mil_decimal_compare (rate, (MilDecimal) { .digits = 1 }) >= 0)
    return 4;
  return mil_decimal_compare (rate, (MilDecimal) { .digits = 1, .scale = 2 }) >= 0 ? 6 : 8;
}

/* Units of @to for one unit of @from: the bank's cross rate, and the desk's. */
static gboolean
cross_rates (MilExchange *self,
             const char  *from,
             const char  *to,
             MilDecimal   margin,
             MilRounding  rounding,
             MilDecimal  *middle,
             MilDecimal  *desk,
             GError     **error)
{
  MilDecimal *from_rate = g_hash_table_lookup (self->rates, from);
  MilDecimal *to_rate = g_hash_table_lookup (self->rates, to);
  MilDecimal  with_margin;

  if (from_rate == NULL || to_rate == NULL)
    {
      mil_error_set (error, MIL_ERROR_UNSUPPORTED, _ ("There is no exchange rate between %s and %s."), from, to);
      return FALSE;
    }
  return mil_decimal_divide (*to_rate, *from_rate, 10, MIL_ROUND_HALF_EVEN, middle, error)
         && mil_decimal_multiply (*to_rate, margin, 10, rounding, &with_margin, error)
         && mil_decimal_divide (with_margin, *from_rate, scale_for (*middle), rounding, desk, error);
}

static gboolean
exchange (MilExchange *self, MilMoney from, const char *to, MilDecimal margin, MilRounding rounding, MilExchanged *exchanged, GError **error)
{
  MilDecimal middle;
  MilMoney   fair;

  *exchanged = (MilExchanged) { .from = from, .to = from, .rate = { .digits = 1 } };
  exchanged->spread = mil_money (0, to);
  if (g_str_equal (from.currency, to))
    return TRUE;
  if (!cross_rates (self, from.currency, to, margin, rounding, &middle, &exchanged->rate, error)
      || !mil_money_convert (from, exchanged->rate, to, rounding, &exchanged->to, error)
      || !mil_money_convert (from, middle, to, MIL_ROUND_HALF_UP, &fair, error))
    return FALSE;
  exchanged->spread.minor = ABS (exchanged->to.minor - fair.minor);
  return TRUE;
}

/**
 * mil_exchange_charge:
 * @self: the desk
 * @price: what a store asks, above zero
 * @pay_currency: what the wallet pays in
 * @exchanged: (out): what it comes to
 * @error: (optional): %MIL_ERROR_UNSUPPORTED for a currency without a rate, %MIL_ERROR_OVERFLOW
 *
 * Says what a price costs in the wallet's currency: at the cross rate of the bank's reference rates
 * and half a percent, rounded up.
 *
 * Returns: whether the desk does this exchange
 */
gboolean
mil_exchange_charge (MilExchange *self, MilMoney price, const char *pay_currency, MilExchanged *exchanged, GError **error)
{
  g_return_val_if_fail (MIL_IS_EXCHANGE (self), FALSE);
  g_return_val_if_fail (pay_currency != NULL && exchanged != NULL, FALSE);

  return exchange (self, price, pay_currency, dearer, MIL_ROUND_UP, exchanged, error);
}

/**
 * mil_exchange_pay_out:
 * @self: the desk
 * @amount: what somebody pays to the wallet's owner, above zero
 * @wallet_currency: what the wallet takes it as
 * @exchanged: (out): what it comes to
 * @error: (optional): %MIL_ERROR_UNSUPPORTED for a currency without a rate, %MIL_ERROR_OVERFLOW
 *
 * Says what arrives in the wallet: at the cross rate less half a percent, rounded down.
 *
 * Returns: whether the desk does this exchange
 */
gboolean
mil_exchange_pay_out (MilExchange *self, MilMoney amount, const char *wallet_currency, MilExchanged *exchanged, GError **error)
{
  g_return_val_if_fail (MIL_IS_EXCHANGE (self), FALSE);
  g_return_val_if_fail (wallet_currency != NULL && exchanged != NULL, FALSE);

  return exchange (self, amount, wallet_currency, cheaper, MIL_ROUND_DOWN, exchanged, error);
}
