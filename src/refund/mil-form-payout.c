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

/* The first entry that names the goods counts. */
static const MilFee *
fee_for (GPtrArray *fees, MilGoods goods)
{
  for (guint i = 0; i < fees->len; i++)
    {
      const MilFee *fee = fees->pdata[i];

      if (fee->goods & MIL_GOODS_BIT (goods))
        return fee;
    }
  return NULL;
}

static void
add_shares (const MilItem *item, MilEstimate *estimate)
{
  for (guint i = 0; i < item->parts->len; i++)
    {
      const MilPart *part = &g_array_index (item->parts, MilPart, i);
      const MilFee  *fee = fee_for (item->rule->payout.fees, part->goods);
      gint64         base;

      if (fee == NULL || part->tax == 0)
        continue;
      base = fee->of_price ? part->amount : part->tax;
      estimate->low = mil_add_saturating (estimate->low, share_of (base, fee->low));
      estimate->high = mil_add_saturating (estimate->high, share_of (base, fee->high));
    }
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

static void
widen (MilEstimate *estimate, gint64 low, gint64 high, gboolean *any)
{
  estimate->low = *any ? MIN (estimate->low, low) : low;
  estimate->high = *any ? MAX (estimate->high, high) : high;
  *any = TRUE;
}

/* What counts here is what an operator says itself, for that day and in that currency. */
static gboolean
is_for (const MilOperatorTerms *terms, const MilItem *item)
{
  return terms->is_published && g_str_equal (terms->currency, item->rule->currency)
         && mil_operator_terms_hold (terms, item->purchase->date);
}

static gboolean
by_operator (const MilOperatorTerms *terms, const MilItem *item, const MilEstimate *whole, gint64 *low, gint64 *high)
{
  return is_for (terms, item) && whole->tax >= 0 && whole->price >= whole->tax
         && whole->price >= mil_operator_terms_least (terms)
         && mil_operator_terms_arrive (terms, whole->price, whole->tax, low, high);
}

/**
 * mil_form_estimate: (skip)
 * @items: (element-type MilItem): receipts of one form
 * @estimate: (out caller-allocates): what is likely to arrive
 *
 * The least and the most over what the scheme says of operators at large and what single operators publish.
 * Where neither says anything, anything between nothing and the whole tax.
 */
void
mil_form_estimate (GPtrArray *items, MilEstimate *estimate)
{
  const MilItem *first = items->pdata[0];
  gboolean       any = FALSE;
  gint64         low, high;

  *estimate = (MilEstimate) { 0 };
  add_whole (items, estimate);
  if (first->rule->payout.fees->len > 0)
    {
      for (guint i = 0; i < items->len; i++)
        add_shares (items->pdata[i], estimate);
      estimate->low = CLAMP (estimate->low, 0, MAX (estimate->tax, 0));
      estimate->high = CLAMP (estimate->high, 0, MAX (estimate->tax, 0));
      any = TRUE;
    }
  for (guint i = 0; first->operators != NULL && i < first->operators->len; i++)
    {
      const MilOperatorEntry *entry = first->operators->pdata[i];

      if (by_operator (entry->terms, first, estimate, &low, &high))
        widen (estimate, low, high, &any);
    }
  if (!any)
    widen (estimate, 0, MAX (estimate->tax, 0), &any);
}

/**
 * mil_form_fee: (skip)
 * @item: a receipt of a form
 *
 * Returns: the most that an operator who says so keeps of each form beside its share, in minor units
 */
gint64
mil_form_fee (const MilItem *item)
{
  gint64 fee = 0;

  for (guint i = 0; item->operators != NULL && i < item->operators->len; i++)
    {
      const MilOperatorTerms *terms = ((const MilOperatorEntry *) item->operators->pdata[i])->terms;

      if (is_for (terms, item) && mil_money_is_set (terms->fee.per_form))
        fee = MAX (fee, terms->fee.per_form.minor);
    }
  return fee;
}

/**
 * mil_form_has_table: (skip)
 * @item: a receipt of a form
 *
 * Returns: whether an operator there pays by a table, so that one big form may pay less than two small ones
 */
gboolean
mil_form_has_table (const MilItem *item)
{
  for (guint i = 0; item->operators != NULL && i < item->operators->len; i++)
    {
      const MilOperatorTerms *terms = ((const MilOperatorEntry *) item->operators->pdata[i])->terms;

      if (is_for (terms, item) && terms->fee.bands->len > 0)
        return TRUE;
    }
  return FALSE;
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
  const MilItem *first = items->pdata[0];
  MilEstimate    whole = { 0 };
  gint64         low, high;

  add_whole (items, &whole);
  for (guint i = 0; first->operators != NULL && i < first->operators->len; i++)
    {
      const MilOperatorEntry *entry = first->operators->pdata[i];

      if (!by_operator (entry->terms, first, &whole, &low, &high))
        continue;
      g_ptr_array_add (verdict->offers,
                       mil_offer_new (entry->by->name,
                                      mil_money (low, first->rule->currency),
                                      mil_money (high, first->rule->currency),
                                      entry->terms->source.url));
    }
  g_ptr_array_sort (verdict->offers, compare_offers);
}
