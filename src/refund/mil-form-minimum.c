/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-form.h"

#define ALL_GOODS (~G_GUINT64_CONSTANT (0))

static gboolean
is_reached (const MilThreshold *threshold, gint64 sum)
{
  return threshold->strict ? sum > threshold->amount.minor : sum >= threshold->amount.minor;
}

static gboolean
counts (const MilPart *part, MilGoodsSet goods)
{
  return part->counts && (goods & MIL_GOODS_BIT (part->goods));
}

/* Prices of one rate are added up before their tax is taken off, so that nothing is lost by rounding each. */
static gint64
net_of_rate (GPtrArray *items, MilGoodsSet goods, MilDecimal rate, MilRounding rounding)
{
  gint64 amount = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const MilItem *item = items->pdata[i];

      for (guint p = 0; p < item->parts->len; p++)
        {
          const MilPart *part = &g_array_index (item->parts, MilPart, p);

          if (counts (part, goods) && mil_decimal_compare (part->rate, rate) == 0)
            amount = mil_add_saturating (amount, part->amount);
        }
    }
  return mil_net_of (amount, rate, rounding);
}

static gboolean
is_first_of_rate (GPtrArray *items, MilGoodsSet goods, const MilPart *wanted)
{
  for (guint i = 0; i < items->len; i++)
    {
      const MilItem *item = items->pdata[i];

      for (guint p = 0; p < item->parts->len; p++)
        {
          const MilPart *part = &g_array_index (item->parts, MilPart, p);

          if (part == wanted)
            return TRUE;
          if (counts (part, goods) && mil_decimal_compare (part->rate, wanted->rate) == 0)
            return FALSE;
        }
    }
  return TRUE;
}

/* @broken says whether something below one minor unit was cut off. */
static gint64
net_sum (GPtrArray *items, MilGoodsSet goods, gboolean *broken)
{
  gint64 sum = 0;

  *broken = FALSE;

  for (guint i = 0; i < items->len; i++)
    {
      const MilItem *item = items->pdata[i];

      for (guint p = 0; p < item->parts->len; p++)
        {
          const MilPart *part = &g_array_index (item->parts, MilPart, p);

          if (!counts (part, goods))
            continue;
          if (part->rate.digits == 0)
            sum = mil_add_saturating (sum, part->net);
          else if (is_first_of_rate (items, goods, part))
            {
              gint64 net = net_of_rate (items, goods, part->rate, MIL_ROUND_DOWN);

              *broken = *broken || net_of_rate (items, goods, part->rate, MIL_ROUND_UP) != net;
              sum = mil_add_saturating (sum, net);
            }
        }
    }
  return sum;
}

static gint64
sum_of (GPtrArray *items, MilBasis basis, MilGoodsSet goods)
{
  gboolean broken;
  gint64   sum = 0;

  if (basis == MIL_BASIS_EXCL)
    return net_sum (items, goods, &broken);
  for (guint i = 0; i < items->len; i++)
    sum = mil_add_saturating (sum, mil_item_sum (items->pdata[i], basis, goods));
  return sum;
}

/* A price without tax that is a fraction above a minimum is more than it. */
static gint64
sum_against (GPtrArray *items, const MilThreshold *threshold, MilGoodsSet goods)
{
  gboolean broken;
  gint64   sum;

  if (threshold->basis != MIL_BASIS_EXCL || !threshold->strict)
    return sum_of (items, threshold->basis, goods);
  sum = net_sum (items, goods, &broken);
  return broken ? mil_add_saturating (sum, 1) : sum;
}

/* Each receipt needs a piece that is dear enough. */
static gint64
least_dear (GPtrArray *items, MilBasis basis)
{
  gint64 least = G_MAXINT64;

  for (guint i = 0; i < items->len; i++)
    least = MIN (least, mil_item_largest_piece (items->pdata[i], basis));
  return least;
}

/* Some goods have a lower minimum than the others; what is of those alone may reach it. */
static gboolean
is_reached_by_goods (const GArray *by_goods, GPtrArray *items)
{
  for (guint i = 0; i < by_goods->len; i++)
    {
      const MilGoodsThreshold *own = &g_array_index (by_goods, MilGoodsThreshold, i);
      gint64                   sum = sum_against (items, &own->threshold, own->goods);

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

static gboolean
is_above_most (const MilGoodsRules *goods, GPtrArray *items, MilMoney *most)
{
  for (guint i = 0; i < goods->most->len; i++)
    {
      const MilGoodsThreshold *own = &g_array_index (goods->most, MilGoodsThreshold, i);

      if (sum_of (items, own->threshold.basis, own->goods) <= own->threshold.amount.minor)
        continue;
      *most = own->threshold.amount;
      return TRUE;
    }
  return FALSE;
}

/* From tax, or price without tax, to the price that holds it at the rate; or the other way. */
static gint64
convert (gint64 amount, MilBasis basis, MilDecimal rate, gboolean to_price)
{
  gint64   hundred = 100, part, whole;
  MilMoney result;

  for (guint i = 0; i < rate.scale; i++)
    hundred *= 10;
  whole = hundred + rate.digits;
  part = basis == MIL_BASIS_EXCL ? hundred : MAX (rate.digits, 1);
  if (!mil_money_ratio (mil_money (amount, "XTS"),
                        to_price ? whole : part,
                        to_price ? part : whole,
                        to_price ? MIL_ROUND_UP : MIL_ROUND_DOWN,
                        &result,
                        NULL))
    return amount;
  return result.minor;
}

/* The least price that is enough: one that holds exactly what may not be more is one minor unit too low. */
static gint64
least_price (const MilThreshold *threshold, MilDecimal rate)
{
  gint64 price = convert (threshold->amount.minor, threshold->basis, rate, TRUE);

  if (!threshold->strict)
    return price;
  if (threshold->basis != MIL_BASIS_EXCL)
    return convert (threshold->amount.minor + 1, threshold->basis, rate, TRUE);
  return mil_net_of (price, rate, MIL_ROUND_UP) > threshold->amount.minor ? price : price + 1;
}

/* What has to be spent more, at the standard rate, until the sum is enough. */
static gint64
missing_price (GPtrArray *items, const MilThreshold *threshold, gint64 sum, const MilRateRule *rates)
{
  gint64 needed = threshold->amount.minor + (threshold->strict ? 1 : 0);
  gint64 spent = sum_of (items, MIL_BASIS_INCL, ALL_GOODS);

  if (threshold->basis == MIL_BASIS_INCL)
    return needed - sum;
  if (convert (spent, threshold->basis, rates->standard, FALSE) == sum_of (items, threshold->basis, ALL_GOODS))
    return least_price (threshold, rates->standard) - spent;
  return convert (needed - sum, threshold->basis, rates->standard, TRUE);
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
  const MilHomeThreshold *home = mil_item_home_threshold (first);

  *result = (MilMinimumResult) { .exists = minimum->exists, .threshold = minimum->threshold, .reached = TRUE };
  if (home != NULL)
    {
      result->exists = TRUE;
      result->threshold = home->threshold;
    }
  result->reached_other = TRUE;
  if (home != NULL && home->per_item)
    result->counted = least_dear (items, result->threshold.basis);
  else
    result->counted = sum_against (items, &result->threshold, ALL_GOODS);
  result->above_most = is_above_most (&first->rule->goods, items, &result->most);
  if (!result->exists)
    return;
  result->reached = is_reached (&result->threshold, result->counted);
  if (!result->reached && home == NULL)
    result->reached = is_reached_by_goods (minimum->by_goods, items);
  result->disputed = minimum->has_other && home == NULL;
  if (result->disputed)
    result->reached_other = is_reached (&minimum->other, sum_against (items, &minimum->other, ALL_GOODS))
                            || is_reached_by_goods (minimum->other_by_goods, items);
  else
    result->reached_other = result->reached;
  result->each_failed = !is_each_reached (minimum, items);
  if (!result->reached)
    result->missing = missing_price (items, &result->threshold, result->counted, first->rates);
  if (result->disputed && !result->reached_other)
    result->missing = MAX (
        result->missing,
        missing_price (items, &minimum->other, sum_against (items, &minimum->other, ALL_GOODS), first->rates));
}
