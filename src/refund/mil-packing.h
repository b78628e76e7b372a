/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So many receipts that have to do with each other are looked at together. */
#define MIL_PACKING_SEARCHED 64

/**
 * MilPackingItem:
 * @weight: what it adds towards the minimum
 * @value: what it adds to the payout of a form that reaches the minimum
 * @day: day of purchase, as a number
 * @shop: number of the shop; below 0 for one that is like no other
 * @mall: number of the shopping centre, or below 0
 */
typedef struct
{
  gint64 weight;
  gint64 value;
  int    day;
  int    shop;
  int    mall;
} MilPackingItem;

/**
 * MilPackingRules:
 * @least: what the weights on a form have to add up to
 * @days: over how many days in a row a form may reach; 0 for any
 * @most_items: how many receipts fit on a form; 0 for any number
 * @fee: what each form costs
 */
typedef struct
{
  gint64 least;
  guint  days;
  guint  most_items;
  gint64 fee;
} MilPackingRules;

gboolean mil_packing_solve (const MilPackingItem *items, guint n_items, const MilPackingRules *rules, int *group_of);

G_END_DECLS
