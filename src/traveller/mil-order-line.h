/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-record.h"

G_BEGIN_DECLS

/**
 * MilOrderLineInfo:
 * @id: (nullable): line id
 * @title: what was bought
 * @quantity: how many
 * @total: for all of it
 * @image: (nullable): picture address for #MilPictureCache
 *
 * A line of an order.
 */
typedef struct
{
  char     *id;
  char     *title;
  int       quantity;
  MilMoney  total;
  char     *image;
} MilOrderLineInfo;

#define MIL_TYPE_ORDER_LINE (mil_order_line_get_type ())

G_DECLARE_FINAL_TYPE (MilOrderLine, mil_order_line, MIL, ORDER_LINE, MilRecord)

MilOrderLine *mil_order_line_new (const MilOrderLineInfo *info);
const MilOrderLineInfo *mil_order_line_get_info (MilOrderLine *self);

G_END_DECLS
