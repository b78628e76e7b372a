/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-rates.h"

#include "base/mil-json.h"

#include <glib/gi18n.h>
#include <string.h>

/* Digits behind the point of a cross rate: enough for 1 IDR in KWD. */
#define CROSS_SCALE 12

struct _MilRates
{
  GObject parent_instance;

  char       *source; /* (owned) (nullable) */
  char       *base;   /* (owned) (nullable) */
  MilDate     date;
  GHashTable *rates; /* (owned): currency -> MilDecimal, that much of it for one of `base` */
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
      g_value_take_string (value, mil_date_is_set (self->date) ? mil_date_to_string (self->date) : NULL);
      break;
    case PROP_SOURCE:
      g_value_set_string (value, self->source);
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

  g_free (self->source);
  g_free (self->base);
  g_hash_table_unref (self->rates);
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
  self->rates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
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

static void
insert_rate (GHashTable *rates, const char *currency, MilDecimal rate)
{
  MilDecimal *copy = g_new (MilDecimal, 1);

  *copy = rate;
  g_hash_table_insert (rates, g_strdup (currency), copy);
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
  g_autoptr (MilJson) reader = NULL;
  g_autoptr (GHashTable) rates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *base = NULL;
  g_autofree char *source = NULL;
  MilDate          date = { 0 };
  MilDecimal       one = { 1, 0 };

  g_return_val_if_fail (MIL_IS_RATES (self), FALSE);
  g_return_val_if_fail (json != NULL, FALSE);

  reader = mil_json_new (json);
  source = g_strdup (mil_json_string (reader, "source", 64));
  base = g_strdup (mil_json_string (reader, "base", 3));
  date = mil_json_date (reader, "date");
  if (mil_json_enter (reader, "rates"))
    {
      g_auto (GStrv) members = mil_json_members (reader);
      for (guint i = 0; members != NULL && members[i] != NULL; i++)
        {
          MilDecimal rate = mil_json_decimal (reader, members[i]);
          if (rate.digits <= 0)
            mil_json_fail (reader, members[i], "expected a rate above zero");
          else
            insert_rate (rates, members[i], rate);
        }
      mil_json_leave (reader);
    }
  if (!mil_json_finish (reader, error))
    return FALSE;
  insert_rate (rates, base, one);
  g_set_str (&self->source, source);
  g_set_str (&self->base, base);
  self->date = date;
  g_hash_table_unref (self->rates);
  self->rates = g_steal_pointer (&rates);
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

  return self->date;
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

  return self->source;
}

static gboolean
cross_rate (MilRates *self, const char *from, const char *to, MilDecimal *rate)
{
  const MilDecimal *a = g_hash_table_lookup (self->rates, from);
  const MilDecimal *b = g_hash_table_lookup (self->rates, to);

  if (a == NULL || b == NULL)
    return FALSE;
  if (a->digits == 1 && a->scale == 0)
    {
      *rate = *b;
      return TRUE;
    }
  return mil_decimal_divide (*b, *a, CROSS_SCALE, MIL_ROUND_HALF_EVEN, rate, NULL)
         || mil_decimal_divide (*b, *a, 6, MIL_ROUND_HALF_EVEN, rate, NULL);
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
  MilDecimal rate = { 0 };

  g_return_val_if_fail (MIL_IS_RATES (self), FALSE);
  g_return_val_if_fail (currency != NULL && converted != NULL, FALSE);

  if (!mil_money_is_set (money) || *currency == '\0')
    return FALSE;
  if (g_str_equal (money.currency, currency))
    {
      *converted = money;
      return TRUE;
    }
  return cross_rate (self, money.currency, currency, &rate)
         && mil_money_convert (money, rate, currency, MIL_ROUND_HALF_UP, converted, NULL);
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

  if (!mil_date_is_set (self->date) || !cross_rate (self, from, to, &rate)
      || !mil_decimal_multiply (rate, one, MIN (rate.scale, 6), MIL_ROUND_HALF_UP, &rounded, NULL))
    return NULL;
  number = mil_decimal_to_string (rounded);
  day = mil_date_format (self->date);
  /* Translators: an exchange rate: "1 EUR = 7.7746 CNY (ECB, 28 June 2024)". */
  return g_strdup_printf (_ ("1 %s = %s %s (%s, %s)"), from, number, to, self->source, day);
}
