/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/storage/mil-tx.h"

G_BEGIN_DECLS

/* Orders: what a completed checkout became, and what happened to its money. Every function is done
 * inside a transaction. */

/**
 * MilOrderState:
 * @MIL_ORDER_AWAITING_CAPTURE: made; its money is held
 * @MIL_ORDER_CAPTURED: paid
 * @MIL_ORDER_VOIDED: called off, its money was let go
 * @MIL_ORDER_REFUNDED: the store gave all of it back
 *
 * Where an order's money is.
 */
typedef enum
{
  MIL_ORDER_AWAITING_CAPTURE,
  MIL_ORDER_CAPTURED,
  MIL_ORDER_VOIDED,
  MIL_ORDER_REFUNDED,
} MilOrderState;

/**
 * MilNewOrder:
 * @id: new order's id
 * @owner: the traveller
 * @store_id: the store
 * @checkout_id: the checkout that it comes from; has at most one order
 * @group_id: the payment group that pays it
 * @total: in the store's currency
 * @paid: in the wallet's currency
 * @line_items: the lines as `GET /v1/orders` shows them
 * @document: (nullable): the whole order as the store's protocol shows it
 *
 * An order to be made; it starts as %MIL_ORDER_AWAITING_CAPTURE.
 */
typedef struct
{
  const char *id;
  const char *owner;
  const char *store_id;
  const char *checkout_id;
  const char *group_id;
  MilMoney    total;
  MilMoney    paid;
  JsonNode   *line_items;
  JsonNode   *document;
} MilNewOrder;

const char *mil_order_state_name (MilOrderState state);
gboolean    mil_order_insert (MilTx *tx, const MilNewOrder *order, GError **error);
gboolean    mil_order_set_state (MilTx *tx, const char *order_id, MilOrderState state, GError **error);
JsonNode   *mil_order_get (MilTx *tx, const char *owner, const char *order_id, GError **error);
JsonNode *mil_order_document (MilTx *tx, const char *owner, const char *store_id, const char *order_id, GError **error);
JsonNode *mil_order_list (MilTx *tx, const char *owner, GError **error);
gboolean mil_order_refund (MilTx *tx, const char *store_id, const char *order_id, MilMoney amount, const char *refund_id, GError **error);

G_END_DECLS
