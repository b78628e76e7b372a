/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-scheme.h"
#include "refund/mil-scheme-reader.h"

static const char *const scope_names[] = { "receipt", "shop-day", "shop-days", "operator", "trip" };
static const char *const basis_names[] = { "incl", "excl", "tax" };
static const char *const confidence_names[] = { "official", "secondary", "disputed" };
static const char *const kind_names[] = { "stamp", "kiosk", "desk", "app", "terminal", "operator" };

/**
 * mil_scope_name:
 * @scope: which receipts count together
 *
 * Returns: its stable name
 */
const char *
mil_scope_name (MilScope scope)
{
  g_return_val_if_fail ((guint) scope < G_N_ELEMENTS (scope_names), NULL);

  return scope_names[scope];
}

/**
 * mil_basis_name:
 * @basis: what is summed
 *
 * Returns: its stable name
 */
const char *
mil_basis_name (MilBasis basis)
{
  g_return_val_if_fail ((guint) basis < G_N_ELEMENTS (basis_names), NULL);

  return basis_names[basis];
}

/**
 * mil_confidence_name:
 * @confidence: how far a source can be relied on
 *
 * Returns: its stable name
 */
const char *
mil_confidence_name (MilConfidence confidence)
{
  g_return_val_if_fail ((guint) confidence < G_N_ELEMENTS (confidence_names), NULL);

  return confidence_names[confidence];
}

/**
 * mil_validation_kind_name:
 * @kind: how export is confirmed
 *
 * Returns: its stable name
 */
const char *
mil_validation_kind_name (MilValidationKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

/**
 * mil_scheme_new:
 * @node: a scheme file, as data/schemes/scheme.schema.json describes it
 * @error: return location for an error that names the path of what is wrong
 *
 * Returns: (transfer full): the scheme, or %NULL
 */
MilScheme *
mil_scheme_new (JsonNode *node, GError **error)
{
  g_return_val_if_fail (node != NULL, NULL);

  return mil_scheme_reader_read (node, error);
}

static void
source_clear (MilSource *self)
{
  g_free (self->url);
  g_free (self->note);
}

static void
rates_free (MilRateRule *self)
{
  source_clear (&self->source);
  g_free (self->region);
  g_clear_pointer (&self->reduced, g_array_unref);
  g_free (self);
}

static void
fee_free (MilFee *self)
{
  source_clear (&self->source);
  g_free (self);
}

static void
home_threshold_clear (MilHomeThreshold *self)
{
  g_free (self->place);
}

static void
person_clear (MilPersonRule *self)
{
  source_clear (&self->source);
  g_strfreev (self->home_not_in);
  g_strfreev (self->home_allowed);
  g_strfreev (self->home_disputed);
  g_strfreev (self->home_only);
}

static void
rule_free (MilRule *self)
{
  g_free (self->country);
  g_free (self->region);
  source_clear (&self->source);
  source_clear (&self->minimum.source);
  g_free (self->minimum.other_source);
  g_clear_pointer (&self->minimum.other_by_goods, g_array_unref);
  g_clear_pointer (&self->minimum.by_goods, g_array_unref);
  g_clear_pointer (&self->minimum.by_home, g_array_unref);
  person_clear (&self->person);
  g_clear_pointer (&self->rates, g_ptr_array_unref);
  source_clear (&self->goods.source);
  g_clear_pointer (&self->goods.specials, g_array_unref);
  g_clear_pointer (&self->goods.most, g_array_unref);
  source_clear (&self->deadlines.source);
  g_clear_pointer (&self->deadlines.export_by_goods, g_array_unref);
  source_clear (&self->validation.source);
  g_free (self->validation.system);
  g_free (self->validation.form);
  source_clear (&self->payout.source);
  g_strfreev (self->payout.methods);
  g_clear_pointer (&self->payout.fees, g_ptr_array_unref);
  g_free (self);
}

/**
 * mil_scheme_alloc: (skip)
 *
 * Returns: (transfer full): an empty scheme, for the reader
 */
MilScheme *
mil_scheme_alloc (void)
{
  MilScheme *self = g_new0 (MilScheme, 1);

  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rule_free);
  return self;
}

/**
 * mil_rule_alloc: (skip)
 *
 * Returns: (transfer full): an empty rule, for the reader
 */
MilRule *
mil_rule_alloc (void)
{
  MilRule *self = g_new0 (MilRule, 1);

  self->minimum.other_by_goods = g_array_new (FALSE, TRUE, sizeof (MilGoodsThreshold));
  self->minimum.by_goods = g_array_new (FALSE, TRUE, sizeof (MilGoodsThreshold));
  self->minimum.by_home = g_array_new (FALSE, TRUE, sizeof (MilHomeThreshold));
  g_array_set_clear_func (self->minimum.by_home, (GDestroyNotify) home_threshold_clear);
  self->rates = g_ptr_array_new_with_free_func ((GDestroyNotify) rates_free);
  self->goods.specials = g_array_new (FALSE, TRUE, sizeof (MilSpecial));
  self->goods.most = g_array_new (FALSE, TRUE, sizeof (MilGoodsThreshold));
  self->deadlines.export_by_goods = g_array_new (FALSE, TRUE, sizeof (MilGoodsDeadline));
  self->payout.fees = g_ptr_array_new_with_free_func ((GDestroyNotify) fee_free);
  return self;
}

/**
 * mil_scheme_free:
 * @self: (nullable) (transfer full): a scheme
 */
void
mil_scheme_free (MilScheme *self)
{
  if (self == NULL)
    return;
  g_free (self->country);
  g_free (self->name);
  g_free (self->tax_name);
  g_strfreev (self->regions);
  g_ptr_array_unref (self->rules);
  g_free (self);
}

static gboolean
is_within (MilDate day, MilDate from, MilDate to)
{
  return (!mil_date_is_set (from) || mil_date_compare (day, from) >= 0)
         && (!mil_date_is_set (to) || mil_date_compare (day, to) <= 0);
}

/**
 * mil_scheme_rule_on:
 * @self: a scheme
 * @region: (nullable): part of the country with rules of its own
 * @day: the day of purchase
 *
 * Returns: (transfer none) (nullable): the version for that day; %NULL before the first one
 */
const MilRule *
mil_scheme_rule_on (const MilScheme *self, const char *region, MilDate day)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = self->rules->len; i-- > 0;)
    {
      const MilRule *rule = self->rules->pdata[i];

      if (g_strcmp0 (rule->region, region) == 0 && is_within (day, rule->valid_from, rule->valid_to))
        return rule;
    }
  return region != NULL ? mil_scheme_rule_on (self, NULL, day) : NULL;
}

/**
 * mil_rule_rates:
 * @self: a rule
 * @region: (nullable): part of the country with rates of its own
 * @day: the day of purchase
 *
 * Returns: (transfer none) (nullable): the tax rates of that day; %NULL only where the rule is "none"
 */
const MilRateRule *
mil_rule_rates (const MilRule *self, const char *region, MilDate day)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = self->rates->len; i-- > 0;)
    {
      const MilRateRule *rates = self->rates->pdata[i];

      if (g_strcmp0 (rates->region, region) == 0 && is_within (day, rates->from, rates->to))
        return rates;
    }
  return region != NULL ? mil_rule_rates (self, NULL, day) : NULL;
}

/**
 * mil_rates_for:
 * @self: tax rates
 * @goods: a kind of goods
 *
 * Returns: the rate in per cent
 */
MilDecimal
mil_rates_for (const MilRateRule *self, MilGoods goods)
{
  g_return_val_if_fail (self != NULL, (MilDecimal) { 0 });

  for (guint i = 0; i < self->reduced->len; i++)
    {
      const MilGoodsRate *reduced = &g_array_index (self->reduced, MilGoodsRate, i);

      if (reduced->goods & MIL_GOODS_BIT (goods))
        return reduced->rate;
    }
  return self->standard;
}

/**
 * mil_rates_alloc: (skip)
 *
 * Returns: (transfer full): empty rates, for the reader
 */
MilRateRule *
mil_rates_alloc (void)
{
  MilRateRule *self = g_new0 (MilRateRule, 1);

  self->reduced = g_array_new (FALSE, TRUE, sizeof (MilGoodsRate));
  return self;
}

/**
 * mil_fee_alloc: (skip)
 *
 * Returns: (transfer full): an empty fee, for the reader
 */
MilFee *
mil_fee_alloc (void)
{
  return g_new0 (MilFee, 1);
}
