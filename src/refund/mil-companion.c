/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-form.h"

#include <glib/gi18n.h>

/* Forms are personal. A receipt that is lost to one person's minimum may lift a companion's form over it, or
 * the other way round: each receipt is tried once in the hands of each companion. */

typedef struct
{
  gint64 low;
  gint64 high;
} Payout;

static Payout
payout_of (GPtrArray *items)
{
  g_autoptr (GPtrArray) groups = NULL;
  Payout payout = { 0 };

  if (items->len == 0)
    return payout;
  groups = mil_form_group (items);
  for (guint i = 0; i < groups->len; i++)
    {
      MilEstimate estimate;

      if (!mil_form_is_payable (groups->pdata[i]))
        continue;
      mil_form_estimate (groups->pdata[i], &estimate);
      payout.low = mil_add_saturating (payout.low, estimate.low);
      payout.high = mil_add_saturating (payout.high, estimate.high);
    }
  return payout;
}

/* What a person has bought under the rule of @like, without @without. */
static GPtrArray *
items_of (GPtrArray *forms, const MilTraveller *traveller, const MilItem *like, const MilItem *without)
{
  GPtrArray *items = g_ptr_array_new ();

  for (guint f = 0; f < forms->len; f++)
    {
      GPtrArray *form = forms->pdata[f];

      for (guint i = 0; i < form->len; i++)
        {
          MilItem *item = form->pdata[i];

          if (item != without && item->traveller == traveller && item->rule == like->rule
              && item->rates == like->rates && item->parts->len > 0 && item->heaviest < MIL_REASON_MISSING)
            g_ptr_array_add (items, item);
        }
    }
  return items;
}

static Payout
gain_of (GPtrArray *forms, MilItem *item, const MilTraveller *to, const MilContext *context)
{
  g_autoptr (MilItem) moved = mil_item_new (context, item->purchase, to, item->index);
  g_autoptr (GPtrArray) own = items_of (forms, item->traveller, item, NULL);
  g_autoptr (GPtrArray) own_after = items_of (forms, item->traveller, item, item);
  g_autoptr (GPtrArray) other = items_of (forms, to, item, NULL);
  Payout before_own, before_other, after_own, after_other;

  if (moved->heaviest >= MIL_REASON_MISSING)
    return (Payout) { 0 };
  before_own = payout_of (own);
  before_other = payout_of (other);
  after_own = payout_of (own_after);
  g_ptr_array_add (other, moved);
  after_other = payout_of (other);
  return (Payout) { after_own.low + after_other.low - before_own.low - before_other.low,
                    after_own.high + after_other.high - before_own.high - before_other.high };
}

static void
add_hint (MilVerdict *verdict, const MilItem *item, const MilTraveller *to, Payout gain)
{
  MilHint         *hint = mil_hint_new ("companion-pays");
  g_autofree char *more = NULL;

  hint->purchase = g_strdup (item->purchase->id);
  hint->shop = g_strdup (item->purchase->shop);
  hint->to = g_strdup (to->id);
  hint->gain_low = mil_money (MAX (gain.low, 0), item->rule->currency);
  hint->gain_high = mil_money (gain.high, item->rule->currency);
  more = mil_money_format (hint->gain_high, MIL_MONEY_ROUNDED);
  /* Translators: %s is an amount of money. */
  hint->text = g_strdup_printf (_ ("If your companion pays for this one, up to about %s more comes back."), more);
  g_ptr_array_add (verdict->hints, hint);
}

static gboolean
can_move (const MilItem *item)
{
  return item->rule != NULL && !item->rule->none && item->parts->len > 0;
}

static void
try_companions (GPtrArray *forms, MilVerdict *verdict, MilItem *item, GPtrArray *travellers, const MilContext *context)
{
  const MilTraveller *best = NULL;
  Payout              best_gain = { 0 };

  for (guint t = 0; t < travellers->len; t++)
    {
      Payout gain;

      if (travellers->pdata[t] == item->traveller)
        continue;
      gain = gain_of (forms, item, travellers->pdata[t], context);
      if (gain.high <= best_gain.high)
        continue;
      best_gain = gain;
      best = travellers->pdata[t];
    }
  if (best != NULL)
    add_hint (verdict, item, best, best_gain);
}

/**
 * mil_companion_hints: (skip)
 * @forms: (element-type GPtrArray): the forms
 * @verdicts: (element-type MilVerdict): the answers for them, in the same order
 * @travellers: (element-type MilTraveller): the people of the trip
 * @context: what the engine was given
 *
 * Adds hints where somebody else had better pay.
 */
void
mil_companion_hints (GPtrArray *forms, GPtrArray *verdicts, GPtrArray *travellers, const MilContext *context)
{
  for (guint f = 0; f < forms->len; f++)
    {
      GPtrArray *form = forms->pdata[f];

      for (guint i = 0; i < form->len; i++)
        {
          if (can_move (form->pdata[i]))
            try_companions (forms, verdicts->pdata[f], form->pdata[i], travellers, context);
        }
    }
}
