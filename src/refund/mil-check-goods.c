/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-item.h"

#include <glib/gi18n.h>

typedef struct
{
  gint64     tax;
  gint64     net;
  MilDecimal rate;
} Split;

/* The tax in a price, or what is left without it. */
static gint64
share (gint64 amount, MilDecimal rate, gboolean tax, MilRounding rounding)
{
  gint64   hundred = 100, gross;
  MilMoney result;

  for (guint i = 0; i < rate.scale; i++)
    {
      if (__builtin_mul_overflow (hundred, 10, &hundred))
        return 0;
    }
  if (__builtin_add_overflow (hundred, rate.digits, &gross)
      || !mil_money_ratio ((MilMoney) { amount, "XTS" }, tax ? rate.digits : hundred, gross, rounding, &result, NULL))
    return 0;
  return result.minor;
}

/**
 * mil_net_of: (skip)
 * @amount: a price with tax, minor units
 * @rate: tax rate in per cent
 * @rounding: what becomes of a fraction of a minor unit
 *
 * Returns: the price without tax, price * 100 / (100 + rate)
 */
gint64
mil_net_of (gint64 amount, MilDecimal rate, MilRounding rounding)
{
  return share (amount, rate, FALSE, rounding);
}

/* Discounts are lines below zero and take tax away. */
static Split
split (gint64 amount, MilDecimal rate)
{
  if (rate.digits <= 0)
    return (Split) { 0, amount, { 0, 0 } };
  return (Split) { share (amount, rate, TRUE, MIL_ROUND_DOWN), share (amount, rate, FALSE, MIL_ROUND_DOWN), rate };
}

static void
add_part (MilItem *self, MilGoods goods, gint64 amount, Split parts, guint quantity, const char *label)
{
  MilPart part = { goods, amount, parts.tax, parts.net, parts.rate, quantity, TRUE, label };

  part.counts = part.tax != 0 || self->rule->minimum.untaxed_counts;
  g_array_append_val (self->parts, part);
}

static void
note_excluded (MilItem *self, MilGoods goods)
{
  MilReason *reason;

  if (mil_goods_is_service (goods))
    reason
        = mil_item_take_reason (self,
                                "service-excluded",
                                MIL_REASON_NOTE,
                                /* Translators: %s is a kind of service. */
                                g_strdup_printf (_ ("“%s” is not something to carry home, so its tax is not "
                                                    "given back."),
                                                 mil_goods_label (goods)),
                                &self->rule->goods.source);
  else
    reason = mil_item_take_reason (self,
                                   "goods-excluded",
                                   MIL_REASON_NOTE,
                                   /* Translators: %s is a kind of goods, such as "Tobacco". */
                                   g_strdup_printf (_ ("“%s” is left out of the scheme."), mil_goods_label (goods)),
                                   &self->rule->goods.source);
  mil_reason_add_value (reason, "goods", mil_goods_name (goods));
}

static void
check_pieces (MilItem *self, guint quantity)
{
  guint most = self->rule->goods.max_pieces;

  if (most == 0 || quantity <= most)
    return;
  mil_item_take_reason (self,
                        "commercial-quantity",
                        MIL_REASON_AGAINST,
                        g_strdup_printf (ngettext ("More than %u identical piece counts as trade.",
                                                   "More than %u identical pieces count as trade.",
                                                   most),
                                         most),
                        &self->rule->goods.source);
}

static gboolean
is_excluded (const MilGoodsRules *rules, MilGoods goods)
{
  if (mil_goods_is_service (goods))
    return !(rules->services & MIL_GOODS_BIT (goods));
  if (rules->excluded & MIL_GOODS_BIT (goods))
    return TRUE;
  return rules->only != 0 && !(rules->only & MIL_GOODS_BIT (goods));
}

static MilDecimal
highest_rate (const MilRateRule *rates)
{
  MilDecimal highest = rates->standard;

  for (guint i = 0; i < rates->reduced->len; i++)
    {
      MilDecimal rate = g_array_index (rates->reduced, MilGoodsRate, i).rate;

      if (mil_decimal_compare (rate, highest) > 0)
        highest = rate;
    }
  return highest;
}

static void
note_too_much_tax (MilItem *self, MilDecimal highest)
{
  g_autofree char *rate = mil_decimal_to_string (highest);
  MilReason       *reason = mil_item_take_reason (
      self,
      "rate-too-high",
      MIL_REASON_NOTE,
      /* Translators: %s is a tax rate such as "20". */
      g_strdup_printf (_ ("The receipt names more tax than there was: the highest rate on that day "
                                "was %s %%, and the refund is reckoned with that. Check what you entered."),
                       rate),
      &self->rates->source);

  mil_reason_add_value (reason, "rate", rate);
}

/* A misread rate must not promise a refund of tax that was never paid. */
static MilDecimal
rate_of_line (MilItem *self, const MilPurchaseLine *line)
{
  MilDecimal highest = highest_rate (self->rates);

  if (!line->has_vat_rate)
    return mil_rates_for (self->rates, line->category);
  if (mil_decimal_compare (line->vat_rate, highest) <= 0)
    return line->vat_rate;
  note_too_much_tax (self, highest);
  return highest;
}

static void
read_line (MilItem *self, const MilPurchaseLine *line)
{
  MilDecimal rate;

  if (is_excluded (&self->rule->goods, line->category))
    {
      note_excluded (self, line->category);
      return;
    }
  rate = rate_of_line (self, line);
  if (line->category == MIL_GOODS_OTHER)
    mil_item_take_reason (self,
                          "goods-unknown",
                          MIL_REASON_NOTE,
                          g_strdup (_ ("Goods of a kind that is not known were taken for ordinary goods.")),
                          NULL);
  check_pieces (self, line->quantity);
  add_part (self,
            line->category,
            line->amount.minor,
            split (line->amount.minor, rate),
            line->quantity,
            line->description != NULL ? line->description : mil_goods_label (line->category));
}

/* What the lines do not account for is taken for general goods; more than the total is a misreading. */
static gboolean
read_lines (MilItem *self)
{
  const MilPurchase *purchase = self->purchase;
  gint64             sum = 0;

  for (guint i = 0; i < purchase->lines->len; i++)
    {
      const MilPurchaseLine *line = purchase->lines->pdata[i];

      sum = mil_add_saturating (sum, line->amount.minor);
      read_line (self, line);
    }
  if (sum > purchase->total.minor)
    {
      mil_item_take_reason (self,
                            "lines-exceed-total",
                            MIL_REASON_MISSING,
                            g_strdup (
                                _ ("The lines of the receipt add up to more than its total. Correct the "
                                   "one that is wrong.")),
                            NULL);
      g_array_set_size (self->parts, 0);
      return FALSE;
    }
  if (sum < purchase->total.minor)
    {
      gint64 rest = purchase->total.minor - MAX (sum, 0);

      add_part (self, MIL_GOODS_GENERAL, rest, split (rest, self->rates->standard), 1, purchase->shop);
    }
  return TRUE;
}

/* Tax as printed, which was rounded line by line; a hundredth of the price is more than that can come to. */
static Split
split_as_printed (MilItem *self)
{
  const MilPurchase *purchase = self->purchase;
  MilDecimal         highest = highest_rate (self->rates);
  Split              most = split (purchase->total.minor, highest);

  if (purchase->tax.minor - most.tax <= purchase->total.minor / 100 + 1)
    return (Split) { purchase->tax.minor, purchase->total.minor - purchase->tax.minor, { 0, 0 } };
  note_too_much_tax (self, highest);
  return most;
}

static void
read_whole (MilItem *self)
{
  const MilPurchase *purchase = self->purchase;
  Split              parts = split (purchase->total.minor, self->rates->standard);
  MilGoods           goods = MIL_GOODS_GENERAL;

  /* Where only some goods qualify, a receipt without lines is taken to be of those. */
  if (self->rule->goods.only != 0)
    goods = g_bit_nth_lsf (self->rule->goods.only, -1);
  if (mil_money_is_set (purchase->tax))
    parts = split_as_printed (self);
  add_part (self, goods, purchase->total.minor, parts, 1, purchase->shop);
  if (self->rule->goods.excluded != 0 || self->rule->goods.only != 0)
    mil_item_take_reason (self,
                          "goods-assumed",
                          MIL_REASON_NOTE,
                          g_strdup (
                              _ ("Taken for ordinary goods at the standard rate; some goods are left out of "
                                 "the scheme.")),
                          &self->rule->goods.source);
}

static gint64
piece_of (const MilPart *part, MilBasis basis)
{
  gint64 amount = part->amount;

  if (basis == MIL_BASIS_EXCL)
    amount = part->net;
  else if (basis == MIL_BASIS_TAX)
    amount = part->tax;
  return amount / MAX (part->quantity, 1);
}

/* Where each piece has to be dear enough, those that are not stay taxed. Where none is, the minimum says so. */
static void
leave_out_small_pieces (MilItem *self)
{
  const MilHomeThreshold *home = mil_item_home_threshold (self);
  gint64                  least;
  guint                   left_out = 0;

  if (home == NULL || !home->per_item)
    return;
  least = home->threshold.amount.minor + (home->threshold.strict ? 1 : 0);
  if (mil_item_largest_piece (self, home->threshold.basis) < least)
    return;
  for (guint i = self->parts->len; i-- > 0;)
    {
      if (piece_of (&g_array_index (self->parts, MilPart, i), home->threshold.basis) >= least)
        continue;
      g_array_remove_index (self->parts, i);
      left_out++;
    }
  if (left_out > 0)
    mil_item_take_reason (
        self,
        "pieces-too-cheap",
        MIL_REASON_NOTE,
        g_strdup (_ ("Each piece has to reach the minimum by itself; those that do not are left out.")),
        &self->rule->minimum.source);
}

static void
check_made_here (MilItem *self)
{
  if (self->rule->goods.national_only)
    mil_item_take_reason (self,
                          "national-goods-only",
                          MIL_REASON_NOTE,
                          g_strdup (_ ("Only goods made in the country qualify; the form has to say so.")),
                          &self->rule->goods.source);
}

static void
check_anything_left (MilItem *self)
{
  gint64 tax = 0;

  for (guint i = 0; i < self->parts->len; i++)
    tax = mil_add_saturating (tax, g_array_index (self->parts, MilPart, i).tax);
  if (tax > 0)
    return;
  mil_item_take_reason (self,
                        "nothing-qualifies",
                        MIL_REASON_AGAINST,
                        g_strdup (_ ("Nothing on this receipt carries tax that is given back.")),
                        &self->rule->goods.source);
}

/**
 * mil_item_check_goods: (skip)
 * @self: an item whose total is sound and in the scheme's currency
 *
 * What was bought: fills the parts that qualify.
 */
void
mil_item_check_goods (MilItem *self)
{
  if (self->purchase->lines->len == 0)
    read_whole (self);
  else if (!read_lines (self))
    return;
  leave_out_small_pieces (self);
  check_made_here (self);
  check_anything_left (self);
}
