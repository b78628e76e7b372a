/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-rates.h"

#include "pay/mil-rate-table.h"

#include <glib/gi18n.h>

struct _MilRates
{
  GObject parent_instance;

  MilRateTable *table; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (MilRates, mil_rates, G_TYPE_OBJECT)

typedef enum
{
  PROP_DATE = 1,
  PROP_SOURCE,
  N_PROPS,
} MilRatesProperty;

static GParamSpec *props[N_PROPS];
static guint       changed_signal;

static void
mil_rates_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilRates *self = MIL_RATES (object);

  switch ((MilRatesProperty) prop_id)
    {
    case PROP_DATE:
      g_value_take_string (value, self->table != NULL ? mil_date_to_string (mil_rates_get_date (self)) : NULL);
      break;
    case PROP_SOURCE:
      g_value_set_string (value, mil_rates_get_source (self));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_rates_finalize (GObject *object)
{
  MilRates *self = MIL_RATES (object);

  g_clear_pointer (&self->table, mil_rate_table_unref);
  G_OBJECT_CLASS (mil_rates_parent_class)->finalize (object);
}

static void
mil_rates_class_init (MilRatesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mil_rates_get_property;
  object_class->finalize = mil_rates_finalize;
  props[PROP_DATE] = g_param_spec_string ("date", NULL, NULL, NULL, flags);
  props[PROP_SOURCE] = g_param_spec_string ("source", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mil_rates_init (MilRates *self)
{
}

/**
 * mil_rates_new:
 *
 * Returns: (transfer full): rates that know nothing yet
 */
MilRates *
mil_rates_new (void)
{
  return g_object_new (MIL_TYPE_RATES, NULL);
}

/**
 * mil_rates_read:
 * @self: rates
 * @json: `{"source","date","base","rates":{"USD":"1.0705"}}`, rates as decimal text
 * @error: where to say what is wrong with it
 *
 * Takes new rates over, all or none, and emits `changed`.
 *
 * Returns: whether @json could be read; %MIL_ERROR_PROTOCOL else
 */
gboolean
mil_rates_read (MilRates *self, JsonNode *json, GError **error)
{
  MilRateTable *table = NULL;

  g_return_val_if_fail (MIL_IS_RATES (self), FALSE);
  g_return_val_if_fail (json != NULL, FALSE);

  table = mil_rate_table_from_json (json, error);
  if (table == NULL)
    return FALSE;
  g_clear_pointer (&self->table, mil_rate_table_unref);
  self->table = table;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DATE]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SOURCE]);
  g_signal_emit (self, changed_signal, 0);
  return TRUE;
}

/**
 * mil_rates_get_date:
 * @self: rates
 *
 * Returns: the day that they are of; unset while none are known
 */
MilDate
mil_rates_get_date (MilRates *self)
{
  g_return_val_if_fail (MIL_IS_RATES (self), (MilDate) { 0 });

  return self->table != NULL ? mil_rate_table_date (self->table) : (MilDate) { 0 };
}

/**
 * mil_rates_get_source:
 * @self: rates
 *
 * Returns: (transfer none) (nullable): who says so ("ECB")
 */
const char *
mil_rates_get_source (MilRates *self)
{
  g_return_val_if_fail (MIL_IS_RATES (self), NULL);

  return self->table != NULL ? mil_rate_table_source (self->table) : NULL;
}

/**
 * mil_rates_convert:
 * @self: rates
 * @money: an amount
 * @currency: ISO 4217 code of what to tell it in
 * @converted: (out): where to put it; untouched when it cannot be told
 *
 * About how much an amount is in another currency, rounded half up to that currency's minor unit.
 *
 * Returns: whether both currencies have a rate
 */
gboolean
mil_rates_convert (MilRates *self, MilMoney money, const char *currency, MilMoney *converted)
{
  g_return_val_if_fail (MIL_IS_RATES (self), FALSE);
  g_return_val_if_fail (currency != NULL && converted != NULL, FALSE);

  if (!mil_money_is_set (money) || *currency == '\0')
    return FALSE;
  if (g_str_equal (money.currency, currency))
    {
      *converted = money;
      return TRUE;
    }
  return self->table != NULL
         && mil_rate_table_convert (self->table, money, currency, MIL_ROUND_HALF_UP, converted, NULL);
}

/**
 * mil_rates_describe:
 * @self: rates
 * @from: ISO 4217 code
 * @to: ISO 4217 code
 *
 * Returns: (transfer full) (nullable): a line like "1 EUR = 7.7746 CNY (ECB, 28 June 2024)", or %NULL
 *   where a rate is missing
 */
char *
mil_rates_describe (MilRates *self, const char *from, const char *to)
{
  MilDecimal       rate = { 0 };
  MilDecimal       one = { 1, 0 };
  MilDecimal       rounded = { 0 };
  g_autofree char *number = NULL;
  g_autofree char *day = NULL;

  g_return_val_if_fail (MIL_IS_RATES (self), NULL);
  g_return_val_if_fail (from != NULL && to != NULL, NULL);

  if (self->table == NULL || !mil_rate_table_cross (self->table, from, to, &rate, NULL)
      || !mil_decimal_multiply (rate, one, MIN (rate.scale, 6), MIL_ROUND_HALF_UP, &rounded, NULL))
    return NULL;
  number = mil_decimal_to_string (rounded);
  day = mil_date_format (mil_rates_get_date (self));
  /* Translators: an exchange rate: "1 EUR = 7.7746 CNY (ECB, 28 June 2024)". */
  return g_strdup_printf (_ ("1 %s = %s %s (%s, %s)"), from, number, to, mil_rates_get_source (self), day);
}
