/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "refund/mil-item.h"

G_BEGIN_DECLS

/* Inside the room only: receipts that go on one form. All items of a form have the same buyer, scheme and rule. */

/**
 * MilMinimumResult:
 * @exists: whether a minimum is asked for
 * @threshold: the minimum that was held against
 * @counted: what counts, in the minimum's basis, minor units
 * @reached: whether it is enough
 * @disputed: whether another source has another minimum
 * @reached_other: whether it is enough for that one
 * @each_failed: a receipt is below the minimum that each has to reach
 * @above_most: it holds more of some goods than one form may
 * @most: how much it may, where it is more
 * @missing: how much more is to be spent (with tax) until it is enough for every source, minor units; 0 where
 * nothing is missing
 */
typedef struct
{
  gboolean     exists;
  MilThreshold threshold;
  gint64       counted;
  gboolean     reached;
  gboolean     disputed;
  gboolean     reached_other;
  gboolean     each_failed;
  gboolean     above_most;
  MilMoney     most;
  gint64       missing;
} MilMinimumResult;

/**
 * MilEstimate:
 * @price: price with tax of what qualifies
 * @tax: tax in it
 * @low: least that is likely to arrive
 * @high: most that can arrive
 *
 * All in minor units.
 */
typedef struct
{
  gint64 price;
  gint64 tax;
  gint64 low;
  gint64 high;
} MilEstimate;

void     mil_form_judge_minimum (GPtrArray *items, MilMinimumResult *result);
void     mil_form_estimate (GPtrArray *items, MilEstimate *estimate);
gint64   mil_form_fee (const MilItem *item);
gboolean mil_form_has_table (const MilItem *item);
void     mil_form_add_offers (MilVerdict *verdict, GPtrArray *items);
gboolean mil_form_is_payable (GPtrArray *items);

GPtrArray *mil_form_group (GPtrArray *items);

void mil_form_add_steps (MilVerdict *verdict, GPtrArray *items, const MilContext *context);
void mil_form_add_exit_hint (MilVerdict *verdict, GPtrArray *items, const MilContext *context);
void mil_form_add_show (MilVerdict *verdict, GPtrArray *items);

MilVerdict *mil_form_verdict (GPtrArray *items, const MilContext *context);

void mil_companion_hints (GPtrArray *forms, GPtrArray *verdicts, GPtrArray *travellers, const MilContext *context);

G_END_DECLS
