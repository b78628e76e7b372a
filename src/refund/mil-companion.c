/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-form.h"

#include <glib/gi18n.h>

/* Forms are personal. A receipt that is lost to one person's minimum may lift a companion's form over it, or
 * the other way round: each receipt is tried once in the hands of each companion. */

/* Each receipt is tried with each companion, which takes its time. */
#define MAX_TRIED 24

/* @is_whole: there are forms, and each reaches the minimum. */
typedef struct
{
  gint64   low;
  gint64   high;
  gboolean is_whole;
} Payout;

static Payout
payout_of (GPtrArray *items)
{
  g_autoptr (GPtrArray) groups = NULL;
  Payout payout = { 0 };

  if (items->len == 0)
    return payout;
  groups = mil_form_group (items);
  payout.is_whole = TRUE;
  for (guint i = 0; i < groups->len; i++)
    {
      MilEstimate estimate;

      if (!mil_form_is_payable (groups->pdata[i]))
        {
          payout.is_whole = FALSE;
          continue;
        }
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
                    after_own.high + after_other.high - before_own.high - before_other.high,
                    after_own.is_whole && after_other.is_whole && !(before_own.is_whole && before_other.is_whole) };
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
  if (gain.is_whole)
    /* Translators: %s is an amount of money. */
    hint->text = g_strdup_printf (_ ("If your companion pays for this one, both forms reach the minimum: up "
                                     "to about %s more comes back."),
                                  more);
  else
    /* Translators: %s is an amount of money. */
    hint->text = g_strdup_printf (_ ("If your companion pays for this one, up to about %s more comes back."), more);
  g_ptr_array_add (verdict->hints, hint);
}

static gboolean
can_move (const MilItem *item)
{
  return item->rule != NULL && !item->rule->none && item->parts->len > 0;
}

static gboolean
is_lost (GPtrArray *form)
{
  const MilItem *first = form->pdata[0];

  return can_move (first) && (first->heaviest >= MIL_REASON_MISSING || !mil_form_is_payable (form));
}

/* Nothing is to be won where all forms of a rule reach the minimum. */
static gboolean
could_help (GPtrArray *forms, const MilItem *item)
{
  for (guint f = 0; f < forms->len; f++)
    {
      const MilItem *other = ((GPtrArray *) forms->pdata[f])->pdata[0];

      if (other->rule == item->rule && is_lost (forms->pdata[f]))
        return TRUE;
    }
  return FALSE;
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
 * Adds hints where somebody else had better pay. Receipts of forms that come to nothing are tried first, and
 * no more than two dozen of them.
 */
void
mil_companion_hints (GPtrArray *forms, GPtrArray *verdicts, GPtrArray *travellers, const MilContext *context)
{
  guint tried = 0;

  for (guint round = 0; round < 2; round++)
    {
      for (guint f = 0; f < forms->len; f++)
        {
          GPtrArray *form = forms->pdata[f];

          if (is_lost (form) != (round == 0) || !can_move (form->pdata[0]) || !could_help (forms, form->pdata[0]))
            continue;
          for (guint i = 0; i < form->len && tried < MAX_TRIED; i++, tried++)
            try_companions (forms, verdicts->pdata[f], form->pdata[i], travellers, context);
        }
    }
}
