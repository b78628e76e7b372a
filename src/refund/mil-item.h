/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "refund/mil-refund.h"

G_BEGIN_DECLS

/* Inside the room only: one receipt with all that the engine has found out about it. */

/**
 * MilPart:
 * @goods: what it is
 * @amount: price with tax, minor units
 * @tax: the tax in it, minor units, rounded down: a refund is never promised too high
 * @net: price without tax, minor units, rounded down: a minimum is never reached by rounding
 * @rate: tax rate in per cent; 0 where the tax is printed and no rate was used
 * @quantity: number of pieces
 * @counts: whether it counts towards the minimum
 * @label: what to call it to a person, or %NULL
 *
 * A part of a receipt that qualifies.
 */
typedef struct
{
  MilGoods    goods;
  gint64      amount;
  gint64      tax;
  gint64      net;
  MilDecimal  rate;
  guint       quantity;
  gboolean    counts;
  const char *label;
} MilPart;

/**
 * MilItem:
 * @purchase: the receipt
 * @index: its place in the request
 * @traveller: who bought, or %NULL
 * @place: where tax and country borders differ, or %NULL
 * @scheme: the scheme, or %NULL
 * @rule: the rule version, or %NULL
 * @rates: the tax rates of the day, or %NULL
 * @operators: (element-type MilOperatorEntry): terms of operators there, of any day, or %NULL
 * @home: where the buyer lives, as a code that rules name ("GB-NIR", "CN"), or %NULL
 * @home_place: the place of that code, or %NULL
 * @home_country: the country of @home, or %NULL
 * @leg: the border at which the goods leave, or %NULL
 * @leg_elsewhere: @leg is not the border that the scheme means, but lies after it
 * @leg_abroad: @leg is the right border, but of another member state
 * @parts: (element-type MilPart): what of it qualifies
 * @reasons: (element-type MilReason): what has been found so far
 * @heaviest: heaviest of the reasons
 * @export_by: last day for the goods to leave, or unset
 */
typedef struct
{
  const MilPurchase  *purchase;
  guint               index;
  const MilTraveller *traveller;
  const MilPlace     *place;
  const MilScheme    *scheme;
  const MilRule      *rule;
  const MilRateRule  *rates;
  const GPtrArray    *operators;
  const char         *home;
  const MilPlace     *home_place;
  const char         *home_country;
  const MilExit      *leg;
  gboolean            leg_elsewhere;
  gboolean            leg_abroad;
  GArray             *parts;
  GPtrArray          *reasons;
  MilReasonWeight     heaviest;
  MilDate             export_by;
} MilItem;

typedef struct
{
  MilSchemeBook      *book;
  const MilItinerary *itinerary;
  MilDate             today;
} MilContext;

MilItem *mil_item_new (const MilContext *context, const MilPurchase *purchase, const MilTraveller *traveller, guint index);
void mil_item_free (MilItem *self);
MilReason *mil_item_take_reason (MilItem *self, const char *code, MilReasonWeight weight, char *text, const MilSource *source);
gint64                  mil_item_sum (const MilItem *self, MilBasis basis, MilGoodsSet goods);
gint64                  mil_item_largest_piece (const MilItem *self, MilBasis basis);
const MilHomeThreshold *mil_item_home_threshold (const MilItem *self);

void mil_item_check_purchase (MilItem *self, const MilContext *context);
void mil_item_check_goods (MilItem *self);
void mil_item_check_person (MilItem *self, const MilContext *context);
void mil_item_check_exit (MilItem *self, const MilContext *context);

gint64 mil_net_of (gint64 amount, MilDecimal rate, MilRounding rounding);
gint64 mil_add_saturating (gint64 a, gint64 b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilItem, mil_item_free)

G_END_DECLS
