/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-operator.h"

#include <glib/gi18n.h>

#include "base/mil-currency.h"
#include "base/mil-json.h"

#define MAX_TEXT 1000
#define MAX_ROWS 100

static const char *const models[] = { "refund", "vat-off", "resale" };
static const char *const confidences[] = { "official", "secondary", "disputed" };

static void
terms_free (gpointer data)
{
  MilOperatorTerms *terms = data;

  g_free (terms->source.url);
  g_free (terms->source.note);
  g_strfreev (terms->countries);
  g_strfreev (terms->methods);
  g_clear_pointer (&terms->fee.bands, g_array_unref);
  g_free (terms);
}

/**
 * mil_operator_free:
 * @self: (transfer full) (nullable): an operator
 *
 * Frees it.
 */
void
mil_operator_free (MilOperator *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->url);
  g_clear_pointer (&self->terms, g_ptr_array_unref);
  g_free (self);
}

/**
 * mil_operator_model_name:
 * @model: how an operator works
 *
 * Returns: its name in the data
 */
const char *
mil_operator_model_name (MilOperatorModel model)
{
  g_return_val_if_fail (model < G_N_ELEMENTS (models), "");

  return models[model];
}

static guint
read_choice (MilJson *json, const char *member, const char *const *names, guint n_names)
{
  const char *name = mil_json_string (json, member, MAX_TEXT);

  for (guint i = 0; i < n_names; i++)
    if (g_str_equal (names[i], name))
      return i;
  if (!mil_json_failed (json))
    mil_json_fail (json, member, "%s", _ ("is not one of the words that are allowed"));
  return 0;
}

static GStrv
read_words (MilJson *json, const char *member)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  guint n = mil_json_enter_array (json, member, MAX_ROWS);

  for (guint i = 0; i < n; i++)
    {
      mil_json_enter_item (json, i);
      g_strv_builder_add (words, mil_json_string (json, NULL, MAX_TEXT));
      mil_json_leave (json);
    }
  mil_json_leave (json);
  return g_strv_builder_end (words);
}

static MilMoney
read_amount (MilJson *json, const char *member, const char *currency)
{
  MilMoney none = { 0 };

  return mil_json_has (json, member) ? mil_json_decimal_money (json, member, currency) : none;
}

static void
read_bands (MilJson *json, MilOperatorTerms *terms)
{
  guint n = mil_json_enter_array_optional (json, "bands", MAX_ROWS);

  for (guint i = 0; i < n; i++)
    {
      MilFeeBand band = { 0 };

      mil_json_enter_item (json, i);
      band.from = read_amount (json, "from", terms->currency);
      band.to = read_amount (json, "to", terms->currency);
      band.refund = read_amount (json, "refund", terms->currency);
      band.fee = read_amount (json, "fee", terms->currency);
      if (mil_money_is_set (band.refund) == mil_money_is_set (band.fee))
        mil_json_fail (json, "fee", "%s", _ ("either this or what is refunded is needed"));
      mil_json_leave (json);
      g_array_append_val (terms->fee.bands, band);
    }
  mil_json_leave (json);
}

/* What is kept, turned into what arrives. */
static MilDecimal
rest_of (MilDecimal kept)
{
  MilDecimal rest = kept;
  gint64     whole = 100;

  for (guint i = 0; i < kept.scale; i++)
    whole *= 10;
  rest.digits = whole - kept.digits;
  return rest;
}

static void
read_shares (MilJson *json, MilOperatorTerms *terms)
{
  if (mil_json_has (json, "keeps"))
    terms->fee.low = terms->fee.high = rest_of (mil_json_decimal (json, "keeps"));
  else if (mil_json_has (json, "low"))
    {
      terms->fee.low = mil_json_decimal (json, "low");
      terms->fee.high = mil_json_decimal (json, "high");
    }
  terms->is_known = terms->fee.low.digits != 0 || terms->fee.bands->len > 0;
}

static void
read_fee (MilJson *json, MilOperatorTerms *terms)
{
  terms->fee.bands = g_array_new (FALSE, TRUE, sizeof (MilFeeBand));
  if (!mil_json_enter (json, "fee"))
    return;
  terms->fee.of_price = g_str_equal (mil_json_string (json, "of", MAX_TEXT), "price");
  terms->is_published = mil_json_boolean_optional (json, "published", FALSE);
  terms->fee.per_form = read_amount (json, "per_form", terms->currency);
  terms->fee.least = read_amount (json, "least", terms->currency);
  terms->fee.most = read_amount (json, "most", terms->currency);
  read_bands (json, terms);
  read_shares (json, terms);
  mil_json_leave (json);
}

static void
read_minimum (MilJson *json, MilOperatorTerms *terms)
{
  if (!mil_json_enter_optional (json, "minimum"))
    return;
  terms->minimum = read_amount (json, "amount", terms->currency);
  terms->is_minimum_strict = mil_json_boolean_optional (json, "strict", FALSE);
  terms->is_minimum_of_trip = g_str_equal (mil_json_string (json, "scope", MAX_TEXT), "trip");
  mil_json_leave (json);
}

static MilOperatorTerms *
read_terms (MilJson *json)
{
  MilOperatorTerms *terms = g_new0 (MilOperatorTerms, 1);
  const char       *currency = mil_json_string (json, "currency", 3);

  if (mil_currency_is_known (currency))
    g_strlcpy (terms->currency, currency, sizeof terms->currency);
  else
    {
      mil_json_fail (json, "currency", "%s", _ ("is not the code of a currency"));
      g_strlcpy (terms->currency, "EUR", sizeof terms->currency);
    }
  terms->countries = read_words (json, "countries");
  terms->methods = read_words (json, "methods");
  terms->source.url = g_strdup (mil_json_string (json, "source", MAX_TEXT));
  terms->source.note = g_strdup (mil_json_string_optional (json, "note", MAX_TEXT));
  terms->source.checked_on = mil_json_date (json, "checked_on");
  terms->source.confidence = read_choice (json, "confidence", confidences, G_N_ELEMENTS (confidences));
  terms->model = read_choice (json, "model", models, G_N_ELEMENTS (models));
  terms->valid_from = mil_json_date_optional (json, "valid_from");
  terms->valid_to = mil_json_date_optional (json, "valid_to");
  terms->days = (int) mil_json_int_optional (json, "days", 0, 1000, -1);
  read_minimum (json, terms);
  read_fee (json, terms);
  return terms;
}

/**
 * mil_operator_new:
 * @node: what a file of data/operators says
 * @error: %MIL_ERROR_PROTOCOL with the path of what is wrong
 *
 * Returns: (transfer full) (nullable): the operator
 */
MilOperator *
mil_operator_new (JsonNode *node, GError **error)
{
  g_autoptr (MilOperator) self = NULL;
  g_autoptr (MilJson) json = NULL;
  guint n;

  g_return_val_if_fail (node != NULL, NULL);

  json = mil_json_new (node);
  self = g_new0 (MilOperator, 1);
  self->terms = g_ptr_array_new_with_free_func (terms_free);
  self->id = g_strdup (mil_json_string (json, "id", MAX_TEXT));
  self->name = g_strdup (mil_json_string (json, "name", MAX_TEXT));
  self->url = g_strdup (mil_json_string (json, "url", MAX_TEXT));
  n = mil_json_enter_array (json, "offers", MAX_ROWS);
  for (guint i = 0; i < n; i++)
    {
      mil_json_enter_item (json, i);
      g_ptr_array_add (self->terms, read_terms (json));
      mil_json_leave (json);
    }
  mil_json_leave (json);
  return mil_json_finish (json, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * mil_operator_terms_hold:
 * @self: terms of an operator
 * @day: a day of purchase
 *
 * Returns: whether they are for purchases of that day
 */
gboolean
mil_operator_terms_hold (const MilOperatorTerms *self, MilDate day)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return (!mil_date_is_set (self->valid_from) || mil_date_compare (day, self->valid_from) >= 0)
         && (!mil_date_is_set (self->valid_to) || mil_date_compare (day, self->valid_to) <= 0);
}

/**
 * mil_operator_terms_least:
 * @self: terms of an operator
 *
 * Returns: the least price with tax that it takes, in minor units; 0 where it has no minimum of its own
 */
gint64
mil_operator_terms_least (const MilOperatorTerms *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return mil_money_is_set (self->minimum) ? self->minimum.minor + (self->is_minimum_strict ? 1 : 0) : 0;
}

static gboolean
share (gint64 of, MilDecimal percent, gint64 *part)
{
  gint64   whole = 100;
  MilMoney money;

  for (guint i = 0; i < percent.scale; i++)
    whole *= 10;
  if (!mil_money_ratio (mil_money (of, "XTS"), percent.digits, whole, MIL_ROUND_DOWN, &money, NULL))
    return FALSE;
  *part = money.minor;
  return TRUE;
}

/* What is kept beside the share, within its bounds; never more than the tax, never less than nothing. */
static gint64
after_fees (const MilFee *fee, gint64 tax, gint64 kept)
{
  if (mil_money_is_set (fee->per_form) && !__builtin_add_overflow (kept, fee->per_form.minor, &kept))
    kept = MIN (kept, tax);
  if (mil_money_is_set (fee->least))
    kept = MAX (kept, fee->least.minor);
  if (mil_money_is_set (fee->most))
    kept = MIN (kept, fee->most.minor);
  return CLAMP (tax - kept, 0, tax);
}

static gboolean
from_band (const GArray *bands, gint64 price, gint64 tax, gint64 *arrives)
{
  for (guint i = 0; i < bands->len; i++)
    {
      const MilFeeBand *band = &g_array_index (bands, MilFeeBand, i);

      if (price < band->from.minor || price >= band->to.minor)
        continue;
      *arrives = mil_money_is_set (band->refund) ? band->refund.minor : tax - band->fee.minor;
      *arrives = CLAMP (*arrives, 0, tax);
      return TRUE;
    }
  return FALSE;
}

/**
 * mil_operator_terms_arrive:
 * @self: terms of an operator
 * @price: a price with tax, in minor units of their currency
 * @tax: the tax in it, from 0 to @price
 * @low: (out): least that is likely to arrive
 * @high: (out): most that is
 *
 * What it would let arrive of the tax. A share that is kept of the price is taken off the tax; one of the tax
 * is what arrives.
 *
 * Returns: whether its terms say; else the amounts are not touched
 */
gboolean
mil_operator_terms_arrive (const MilOperatorTerms *self, gint64 price, gint64 tax, gint64 *low, gint64 *high)
{
  const MilFee *fee;
  gint64        base, low_share, high_share;

  g_return_val_if_fail (self != NULL && low != NULL && high != NULL, FALSE);
  g_return_val_if_fail (tax >= 0 && price >= tax, FALSE);

  fee = &self->fee;
  base = fee->of_price ? price : tax;
  if (fee->bands->len > 0)
    {
      if (!from_band (fee->bands, price, tax, low))
        return FALSE;
      *high = *low;
      return TRUE;
    }
  if (!self->is_known || !share (base, fee->low, &low_share) || !share (base, fee->high, &high_share))
    return FALSE;
  *low = after_fees (fee, tax, base - low_share);
  *high = after_fees (fee, tax, base - high_share);
  return TRUE;
}

/**
 * mil_operator_terms_on:
 * @self: an operator
 * @country: where something is bought
 * @day: when
 *
 * Returns: (transfer none) (nullable): what it offers there then
 */
const MilOperatorTerms *
mil_operator_terms_on (const MilOperator *self, const char *country, MilDate day)
{
  g_return_val_if_fail (self != NULL && country != NULL, NULL);

  for (guint i = 0; i < self->terms->len; i++)
    {
      const MilOperatorTerms *terms = self->terms->pdata[i];

      if (g_strv_contains ((const char *const *) terms->countries, country) && mil_operator_terms_hold (terms, day))
        return terms;
    }
  return NULL;
}
