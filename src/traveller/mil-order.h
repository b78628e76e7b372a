/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-record.h"

G_BEGIN_DECLS

/**
 * MilOrderInfo:
 * @id: order id
 * @store_id: which store
 * @store_name: its name
 * @checkout_id: the checkout it came from
 * @group_id: (nullable): the payment group it was paid in
 * @state: "awaiting-capture", "captured", "voided" or "refunded"
 * @state_text: the state in words
 * @total: what the store gets
 * @paid: what the wallet paid; unset while nothing is paid
 * @placed_at: when, microseconds since 1970 UTC
 * @lines: (element-type MilOrderLine): what was bought
 *
 * An order at a store.
 */
typedef struct
{
  char       *id;
  char       *store_id;
  char       *store_name;
  char       *checkout_id;
  char       *group_id;
  char       *state;
  char       *state_text;
  MilMoney    total;
  MilMoney    paid;
  gint64      placed_at;
  GListStore *lines;
} MilOrderInfo;

#define MIL_TYPE_ORDER (mil_order_get_type ())

G_DECLARE_FINAL_TYPE (MilOrder, mil_order, MIL, ORDER, MilRecord)

MilOrder *mil_order_new (const MilOrderInfo *info);
const MilOrderInfo *mil_order_get_info (MilOrder *self);

G_END_DECLS
