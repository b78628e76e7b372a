/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-item.h"

#include "base/mil-country.h"

#include <glib/gi18n.h>

/**
 * mil_add_saturating: (skip)
 * @a: a number
 * @b: a number
 *
 * Returns: the sum, or the biggest (smallest) number there is
 */
gint64
mil_add_saturating (gint64 a, gint64 b)
{
  gint64 sum;

  if (!__builtin_add_overflow (a, b, &sum))
    return sum;
  return b > 0 ? G_MAXINT64 : G_MININT64;
}

/**
 * mil_item_take_reason: (skip)
 * @self: an item
 * @code: stable, for programs
 * @weight: what it does to the verdict
 * @text: (transfer full): a translated sentence
 * @source: (nullable): where the rule is written
 *
 * Returns: (transfer none): the reason, for values
 */
MilReason *
mil_item_take_reason (MilItem *self, const char *code, MilReasonWeight weight, char *text, const MilSource *source)
{
  MilReason *reason = mil_reason_new (code,
                                      weight,
                                      text,
                                      source != NULL ? source->url : NULL,
                                      source != NULL && self->rule != NULL ? self->rule->valid_from : (MilDate) { 0 });

  g_ptr_array_add (self->reasons, reason);
  self->heaviest = MAX (self->heaviest, weight);
  return reason;
}

/**
 * mil_item_sum: (skip)
 * @self: an item
 * @basis: what to sum
 * @goods: of which goods
 *
 * Returns: what of it counts towards a minimum, in minor units
 */
gint64
mil_item_sum (const MilItem *self, MilBasis basis, MilGoodsSet goods)
{
  gint64 sum = 0;

  for (guint i = 0; i < self->parts->len; i++)
    {
      const MilPart *part = &g_array_index (self->parts, MilPart, i);
      gint64         amount = part->amount;

      if (!part->counts || !(goods & MIL_GOODS_BIT (part->goods)))
        continue;
      if (basis == MIL_BASIS_TAX)
        amount = part->tax;
      else if (basis == MIL_BASIS_EXCL)
        amount = part->net;
      sum = mil_add_saturating (sum, amount);
    }
  return sum;
}

/**
 * mil_item_largest_piece: (skip)
 * @self: an item
 * @basis: price with tax, without it, or the tax
 *
 * Returns: its dearest piece, in minor units
 */
gint64
mil_item_largest_piece (const MilItem *self, MilBasis basis)
{
  gint64 largest = 0;

  for (guint i = 0; i < self->parts->len; i++)
    {
      const MilPart *part = &g_array_index (self->parts, MilPart, i);
      gint64         amount = part->amount;

      if (basis == MIL_BASIS_TAX)
        amount = part->tax;
      else if (basis == MIL_BASIS_EXCL)
        amount = part->net;
      largest = MAX (largest, amount / MAX (part->quantity, 1));
    }
  return largest;
}

/**
 * mil_item_home_threshold: (skip)
 * @self: an item with a rule
 *
 * Returns: (transfer none) (nullable): the minimum for people who live where its buyer does, if they have their own
 */
const MilHomeThreshold *
mil_item_home_threshold (const MilItem *self)
{
  const GArray *by_home = self->rule->minimum.by_home;

  for (guint i = 0; i < by_home->len && self->home != NULL; i++)
    {
      const MilHomeThreshold *home = &g_array_index (by_home, MilHomeThreshold, i);

      if (g_str_equal (home->place, self->home))
        return home;
    }
  return NULL;
}

static void
find_rule (MilItem *self, const MilContext *context)
{
  const MilPurchase *purchase = self->purchase;
  const char        *country = purchase->country;
  const char        *region = NULL;

  self->place = mil_territories_find (mil_scheme_book_territories (context->book),
                                      purchase->country,
                                      purchase->region,
                                      purchase->city);
  if (self->place != NULL)
    {
      country = self->place->scheme;
      region = self->place->scheme_region;
    }
  if (country == NULL)
    return;
  self->scheme = mil_scheme_book_find (context->book, country);
  if (self->scheme == NULL || !mil_date_is_valid (purchase->date))
    return;
  self->rule = mil_scheme_rule_on (self->scheme, region, purchase->date);
  if (self->rule == NULL || self->rule->none)
    return;
  self->rates = mil_rule_rates (self->rule, region, purchase->date);
  if (mil_scheme_book_operators (context->book) != NULL)
    self->operators = mil_operator_book_in (mil_scheme_book_operators (context->book), country);
}

static void
find_home (MilItem *self, const MilContext *context)
{
  const MilPlace *place;

  if (self->traveller == NULL || self->traveller->residence == NULL)
    return;
  place = mil_territories_find (mil_scheme_book_territories (context->book),
                                self->traveller->residence,
                                self->traveller->region,
                                NULL);
  self->home_place = place;
  self->home = place != NULL ? place->code : self->traveller->residence;
  self->home_country = place != NULL ? place->country : self->traveller->residence;
}

static MilDate
earlier (MilDate a, MilDate b)
{
  if (!mil_date_is_set (a) || (mil_date_is_set (b) && mil_date_compare (b, a) < 0))
    return b;
  return a;
}

/* The receipt has to leave with that of its goods that has the least time. */
static MilDate
last_day (const MilItem *self)
{
  const MilDeadlines *deadlines = &self->rule->deadlines;
  MilDate             bought = self->purchase->date;
  MilDate             last = mil_deadline_on (&deadlines->export_by, bought, (MilDate) { 0 });

  for (guint i = 0; i < deadlines->export_by_goods->len; i++)
    {
      const MilGoodsDeadline *own = &g_array_index (deadlines->export_by_goods, MilGoodsDeadline, i);

      for (guint p = 0; p < self->parts->len; p++)
        {
          if (own->goods & MIL_GOODS_BIT (g_array_index (self->parts, MilPart, p).goods))
            last = earlier (last, mil_deadline_on (&own->deadline, bought, (MilDate) { 0 }));
        }
    }
  return last;
}

/**
 * mil_item_new: (skip)
 * @context: what the engine was given
 * @purchase: a receipt
 * @traveller: (nullable): who bought
 * @index: place of the receipt in the request
 *
 * Checks all that can be said of one receipt alone.
 *
 * Returns: (transfer full): the item; it points into what it was made from
 */
MilItem *
mil_item_new (const MilContext *context, const MilPurchase *purchase, const MilTraveller *traveller, guint index)
{
  MilItem *self = g_new0 (MilItem, 1);

  self->purchase = purchase;
  self->traveller = traveller;
  self->index = index;
  self->parts = g_array_new (FALSE, TRUE, sizeof (MilPart));
  self->reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_reason_free);
  find_rule (self, context);
  find_home (self, context);
  mil_item_check_purchase (self, context);
  if (self->rates != NULL)
    {
      self->export_by = last_day (self);
      mil_item_check_person (self, context);
      mil_item_check_exit (self, context);
    }
  return self;
}

/**
 * mil_item_free: (skip)
 * @self: (nullable) (transfer full): an item
 */
void
mil_item_free (MilItem *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->parts);
  g_ptr_array_unref (self->reasons);
  g_free (self);
}
