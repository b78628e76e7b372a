/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-form.h"

static gint64
share_of (gint64 amount, MilDecimal per_cent)
{
  gint64   hundred = 100;
  MilMoney share;

  for (guint i = 0; i < per_cent.scale; i++)
    {
      if (__builtin_mul_overflow (hundred, 10, &hundred))
        return 0;
    }
  if (!mil_money_ratio (mil_money (amount, "XTS"), per_cent.digits, hundred, MIL_ROUND_DOWN, &share, NULL))
    return 0;
  return share.minor;
}

/* One operator may have shares of its own for some goods: entries of the same name, the first that fits counts. */
static const MilFee *
fee_for (GPtrArray *fees, const char *operator_name, MilGoods goods)
{
  for (guint i = 0; i < fees->len; i++)
    {
      const MilFee *fee = fees->pdata[i];

      if (g_strcmp0 (fee->operator_name, operator_name) == 0 && (fee->goods & MIL_GOODS_BIT (goods)))
        return fee;
    }
  return NULL;
}

static void
add_shares (const MilItem *item, GPtrArray *fees, const char *operator_name, MilEstimate *estimate)
{
  for (guint i = 0; i < item->parts->len; i++)
    {
      const MilPart *part = &g_array_index (item->parts, MilPart, i);
      const MilFee  *fee = fee_for (fees, operator_name, part->goods);
      gint64         base;

      if (fee == NULL || part->tax == 0)
        continue;
      base = fee->of_price ? part->amount : part->tax;
      estimate->low = mil_add_saturating (estimate->low, share_of (base, fee->low));
      estimate->high = mil_add_saturating (estimate->high, share_of (base, fee->high));
    }
}

/* What is kept of each form besides the share, or at least, or at most. */
static gint64
after_form_fees (gint64 refund, const MilEstimate *estimate, const MilFee *fee)
{
  gint64 kept = estimate->tax - refund;

  if (mil_money_is_set (fee->per_form))
    kept = mil_add_saturating (kept, fee->per_form.minor);
  if (mil_money_is_set (fee->least))
    kept = MAX (kept, fee->least.minor);
  if (mil_money_is_set (fee->most))
    kept = MIN (kept, fee->most.minor);
  return CLAMP (estimate->tax - kept, 0, MAX (estimate->tax, 0));
}

static gboolean
look_up (const MilFee *fee, const MilEstimate *whole, MilEstimate *estimate)
{
  for (guint i = 0; i < fee->bands->len; i++)
    {
      const MilFeeBand *band = &g_array_index (fee->bands, MilFeeBand, i);
      gint64            refund;

      if (whole->price < band->from.minor || (mil_money_is_set (band->to) && whole->price >= band->to.minor))
        continue;
      refund = mil_money_is_set (band->refund) ? band->refund.minor : whole->tax - band->fee.minor;
      estimate->low = estimate->high = CLAMP (refund, 0, MAX (whole->tax, 0));
      return TRUE;
    }
  return FALSE;
}

static void
add_whole (GPtrArray *items, MilEstimate *whole)
{
  for (guint i = 0; i < items->len; i++)
    {
      const MilItem *item = items->pdata[i];

      for (guint p = 0; p < item->parts->len; p++)
        {
          const MilPart *part = &g_array_index (item->parts, MilPart, p);

          if (part->tax == 0)
            continue;
          whole->price = mil_add_saturating (whole->price, part->amount);
          whole->tax = mil_add_saturating (whole->tax, part->tax);
        }
    }
}

static gboolean
estimate_operator (GPtrArray *fees, const MilFee *fee, GPtrArray *items, const MilEstimate *whole, MilEstimate *estimate)
{
  if (fee->bands->len > 0)
    return look_up (fee, whole, estimate);
  for (guint i = 0; i < items->len; i++)
    add_shares (items->pdata[i], fees, fee->operator_name, estimate);
  estimate->low = after_form_fees (estimate->low, whole, fee);
  estimate->high = after_form_fees (estimate->high, whole, fee);
  return TRUE;
}

static gboolean
is_first_of_operator (GPtrArray *fees, guint index)
{
  for (guint i = 0; i < index; i++)
    {
      const MilFee *before = fees->pdata[i], *fee = fees->pdata[index];

      if (g_strcmp0 (before->operator_name, fee->operator_name) == 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * mil_form_estimate: (skip)
 * @items: (element-type MilItem): receipts of one form
 * @estimate: (out caller-allocates): what is likely to arrive
 *
 * The least and the most over all operators that the scheme's data know.
 */
void
mil_form_estimate (GPtrArray *items, MilEstimate *estimate)
{
  const MilItem *item = items->pdata[0];
  GPtrArray     *fees = item->rule->payout.fees;
  gboolean       any = FALSE;

  *estimate = (MilEstimate) { 0 };
  add_whole (items, estimate);
  for (guint f = 0; f < fees->len; f++)
    {
      MilEstimate own = { 0 };

      if (!is_first_of_operator (fees, f) || !estimate_operator (fees, fees->pdata[f], items, estimate, &own))
        continue;
      estimate->low = any ? MIN (estimate->low, own.low) : own.low;
      estimate->high = any ? MAX (estimate->high, own.high) : own.high;
      any = TRUE;
    }
}

static int
compare_offers (gconstpointer a, gconstpointer b)
{
  const MilOffer *x = *(const MilOffer *const *) a, *y = *(const MilOffer *const *) b;

  return x->high.minor > y->high.minor ? -1 : x->high.minor < y->high.minor;
}

/**
 * mil_form_add_offers: (skip)
 * @verdict: the answer to add to
 * @items: (element-type MilItem): receipts of one form
 *
 * What arrives with each operator that publishes its fees.
 */
void
mil_form_add_offers (MilVerdict *verdict, GPtrArray *items)
{
  const MilRule *rule = ((const MilItem *) items->pdata[0])->rule;
  GPtrArray     *fees = rule->payout.fees;
  MilEstimate    whole = { 0 };

  add_whole (items, &whole);
  for (guint f = 0; f < fees->len; f++)
    {
      const MilFee *fee = fees->pdata[f];
      MilEstimate   own = { 0 };

      if (fee->operator_name == NULL || !is_first_of_operator (fees, f)
          || !estimate_operator (fees, fee, items, &whole, &own))
        continue;
      g_ptr_array_add (verdict->offers,
                       mil_offer_new (fee->operator_name,
                                      mil_money (own.low, rule->currency),
                                      mil_money (own.high, rule->currency),
                                      fee->source.url));
    }
  g_ptr_array_sort (verdict->offers, compare_offers);
}
