/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/wallet/mil-exchange.h"

#include <glib/gi18n.h>

#include "base/mil-currency.h"
#include "base/mil-date.h"
#include "pay/mil-rate-table.h"

/* What the desk keeps of each exchange: half of one percent. */
static const MilDecimal dearer = { .digits = 1005, .scale = 3 };
static const MilDecimal cheaper = { .digits = 995, .scale = 3 };

struct _MilExchange
{
  GObject parent_instance;

  MilRateTable *rates; /* NULL until the file has said its day */
  gboolean      has_rates;
};

G_DEFINE_FINAL_TYPE (MilExchange, mil_exchange, G_TYPE_OBJECT)

static void
mil_exchange_finalize (GObject *object)
{
  MilExchange *self = MIL_EXCHANGE (object);

  g_clear_pointer (&self->rates, mil_rate_table_unref);

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
}

/* A file of one day: the one of ninety days is another file. */
static gboolean
take_day (MilExchange *self, const char *time, GError **error)
{
  MilDate day;

  if (!mil_date_parse (time, &day, error))
    return FALSE;
  if (self->rates == NULL)
    {
      self->rates = mil_rate_table_new ("ECB", day);
      return TRUE;
    }
  mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The file of exchange rates is damaged."));
  return FALSE;
}

static void
read_cube (GMarkupParseContext *context, const char *element, const char **names, const char **values, gpointer data, GError **error)
{
  MilExchange *self = data;
  const char  *time = NULL, *currency = NULL, *rate = NULL;
  MilDecimal   decimal;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], "time"))
      time = values[i];
    else if (g_str_equal (names[i], "currency"))
      currency = values[i];
    else if (g_str_equal (names[i], "rate"))
      rate = values[i];
  if (!g_str_equal (element, "Cube") || (time != NULL && !take_day (self, time, error)) || currency == NULL
      || rate == NULL || !mil_currency_is_known (currency))
    return;
  if (self->rates == NULL)
    mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The file of exchange rates is damaged."));
  else if (mil_decimal_parse (rate, &decimal, error) && mil_rate_table_set (self->rates, currency, decimal, error))
    self->has_rates = TRUE;
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
      || !g_markup_parse_context_end_parse (context, NULL) || !self->has_rates)
    {
      mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The file of exchange rates is damaged."));
      return NULL;
    }
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

  return mil_rate_table_knows (self->rates, currency);
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
  g_return_val_if_fail (MIL_IS_EXCHANGE (self), NULL);

  return mil_rate_table_to_json (self->rates);
}

/* What the desk keeps: the distance to the reference rate. */
static gboolean
add_spread (MilExchange *self, const char *wallet_currency, MilExchanged *exchanged, GError **error)
{
  MilMoney fair;

  if (!mil_rate_table_convert (self->rates, exchanged->from, wallet_currency, MIL_ROUND_HALF_UP, &fair, error))
    return FALSE;
  exchanged->spread = mil_money (ABS (exchanged->to.minor - fair.minor), wallet_currency);
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

  exchanged->from = price;
  return mil_rate_table_charge (self->rates, price, pay_currency, dearer, &exchanged->rate, &exchanged->to, error)
         && add_spread (self, pay_currency, exchanged, error);
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

  exchanged->from = amount;
  return mil_rate_table_pay_out (self->rates, amount, wallet_currency, cheaper, &exchanged->rate, &exchanged->to, error)
         && add_spread (self, wallet_currency, exchanged, error);
}
