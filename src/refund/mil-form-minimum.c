/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-form.h"

#define ALL_GOODS (~G_GUINT64_CONSTANT (0))

static gboolean
is_reached (const MilThreshold *threshold, gint64 sum)
{
  return threshold->strict ? sum > threshold->amount.minor : sum >= threshold->amount.minor;
}

static gint64
sum_of (GPtrArray *items, MilBasis basis, MilGoodsSet goods)
{
  gint64 sum = 0;

  for (guint i = 0; i < items->len; i++)
    sum = mil_add_saturating (sum, mil_item_sum (items->pdata[i], basis, goods));
  return sum;
}

static const MilHomeThreshold *
find_home_threshold (const MilItem *item)
{
  const GArray *by_home = item->rule->minimum.by_home;

  for (guint i = 0; i < by_home->len && item->home != NULL; i++)
    {
      const MilHomeThreshold *home = &g_array_index (by_home, MilHomeThreshold, i);

      if (g_str_equal (home->place, item->home))
        return home;
    }
  return NULL;
}

static gint64
largest_piece (GPtrArray *items)
{
  gint64 largest = 0;

  for (guint i = 0; i < items->len; i++)
    largest = MAX (largest, mil_item_largest_piece (items->pdata[i]));
  return largest;
}

/* Some goods have a lower minimum than the others; what is of those alone may reach it. */
static gboolean
is_reached_by_goods (const MilMinimum *minimum, GPtrArray *items)
{
  for (guint i = 0; i < minimum->by_goods->len; i++)
    {
      const MilGoodsThreshold *own = &g_array_index (minimum->by_goods, MilGoodsThreshold, i);
      gint64                   sum = sum_of (items, own->threshold.basis, own->goods);

      if (sum > 0 && is_reached (&own->threshold, sum))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_each_reached (const MilMinimum *minimum, GPtrArray *items)
{
  for (guint i = 0; i < items->len && minimum->has_each; i++)
    {
      if (!is_reached (&minimum->each, mil_item_sum (items->pdata[i], minimum->each.basis, ALL_GOODS)))
        return FALSE;
    }
  return TRUE;
}

/* What has to be spent more, at the standard rate, until the sum is enough. */
static gint64
missing_price (const MilThreshold *threshold, gint64 sum, const MilRates *rates)
{
  gint64   lacking = threshold->amount.minor - sum + (threshold->strict ? 1 : 0);
  gint64   hundred = 100;
  MilMoney price;

  if (threshold->basis == MIL_BASIS_INCL)
    return lacking;
  for (guint i = 0; i < rates->standard.scale; i++)
    hundred *= 10;
  if (!mil_money_ratio (mil_money (lacking, threshold->amount.currency),
                        hundred + rates->standard.digits,
                        threshold->basis == MIL_BASIS_EXCL ? hundred : MAX (rates->standard.digits, 1),
                        MIL_ROUND_UP,
                        &price,
                        NULL))
    return lacking;
  return price.minor;
}

/**
 * mil_form_judge_minimum: (skip)
 * @items: (element-type MilItem): receipts of one form
 * @result: (out caller-allocates): what comes of it
 *
 * Holds what they add up to against the minimum of their rule.
 */
void
mil_form_judge_minimum (GPtrArray *items, MilMinimumResult *result)
{
  const MilItem          *first = items->pdata[0];
  const MilMinimum       *minimum = &first->rule->minimum;
  const MilHomeThreshold *home = find_home_threshold (first);

  *result = (MilMinimumResult) { .exists = minimum->exists, .threshold = minimum->threshold, .reached = TRUE };
  if (home != NULL)
    {
      result->exists = TRUE;
      result->threshold = home->threshold;
    }
  result->reached_other = TRUE;
  if (home != NULL && home->per_item)
    result->counted = largest_piece (items);
  else
    result->counted = sum_of (items, result->threshold.basis, ALL_GOODS);
  if (!result->exists)
    return;
  result->reached = is_reached (&result->threshold, result->counted);
  if (!result->reached && home == NULL)
    result->reached = is_reached_by_goods (minimum, items);
  result->disputed = minimum->has_other && home == NULL;
  if (result->disputed)
    result->reached_other = is_reached (&minimum->other, sum_of (items, minimum->other.basis, ALL_GOODS));
  else
    result->reached_other = result->reached;
  result->each_failed = !is_each_reached (minimum, items);
  if (!result->reached)
    result->missing = missing_price (&result->threshold, result->counted, first->rates);
}
