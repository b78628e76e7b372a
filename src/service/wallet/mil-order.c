/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/wallet/mil-order.h"

#include <glib/gi18n.h>

#include "service/wallet/mil-build.h"

static const char *const state_names[] = {
  [MIL_ORDER_AWAITING_CAPTURE] = "awaiting-capture",
  [MIL_ORDER_CAPTURED] = "captured",
  [MIL_ORDER_VOIDED] = "voided",
  [MIL_ORDER_REFUNDED] = "refunded",
};

/**
 * mil_order_state_name:
 * @state: a state
 *
 * Returns: (transfer none): its name on the wire and in the database
 */
const char *
mil_order_state_name (MilOrderState state)
{
  g_return_val_if_fail (state <= MIL_ORDER_REFUNDED, NULL);

  return state_names[state];
}

#define ORDER_QUERY                                                                                          \
  "SELECT o.id, o.store_id, s.name, o.checkout_id, o.group_id, o.state, o.currency, o.total_minor, "         \
  "o.paid_currency,"                                                                                         \
  " o.paid_minor, o.placed_at, o.line_items, o.owner FROM orders o JOIN stores s ON s.id = o.store_id"

static void
build_order (JsonBuilder *builder, MilRows *row)
{
  json_builder_begin_object (builder);
  mil_build_text (builder, "id", mil_rows_text (row, 0));
  mil_build_text (builder, "store_id", mil_rows_text (row, 1));
  mil_build_text (builder, "store_name", mil_rows_text (row, 2));
  mil_build_text (builder, "checkout_id", mil_rows_text (row, 3));
  mil_build_text (builder, "group_id", mil_rows_text (row, 4));
  mil_build_text (builder, "state", mil_rows_text (row, 5));
  mil_build_money (builder, "total", mil_money (mil_rows_int (row, 7), mil_rows_text (row, 6)));
  mil_build_money (builder, "paid", mil_money (mil_rows_int (row, 9), mil_rows_text (row, 8)));
  mil_build_instant (builder, "placed_at", mil_rows_int (row, 10));
  mil_build_json (builder, "line_items", mil_rows_text (row, 11));
  json_builder_end_object (builder);
}

/**
 * mil_order_get:
 * @tx: the transaction
 * @owner: (nullable): the traveller; %NULL for an administrator, who may name anybody's
 * @order_id: an order
 * @error: (optional): %MIL_ERROR_NOT_FOUND when it is not theirs, or as for mil_tx_exec()
 *
 * Returns: (transfer full) (nullable): one order as `GET /v1/orders` shows it
 */
JsonNode *
mil_order_get (MilTx *tx, const char *owner, const char *order_id, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (MilRows) row = NULL;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (order_id != NULL, NULL);

  row = mil_tx_query_one (tx,
                          error,
                          _ ("There is no such order."),
                          ORDER_QUERY " WHERE o.id = $1 AND ($2 = '' OR o.owner = $2)",
                          "tt",
                          order_id,
                          owner != NULL ? owner : "");
  if (row == NULL)
    return NULL;
  build_order (builder, row);
  return json_builder_get_root (builder);
}

/**
 * mil_order_list:
 * @tx: the transaction
 * @owner: the traveller
 * @error: (optional): as for mil_tx_exec()
 *
 * Returns: (transfer full) (nullable): `{"orders":[…]}`, newest first
 */
JsonNode *
mil_order_list (MilTx *tx, const char *owner, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (MilRows) rows = NULL;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (owner != NULL, NULL);

  rows = mil_tx_query (tx, error, ORDER_QUERY " WHERE o.owner = $1 ORDER BY o.placed_at DESC, o.id DESC", "t", owner);
  if (rows == NULL)
    return NULL;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "orders");
  json_builder_begin_array (builder);
  while (mil_rows_next (rows))
    build_order (builder, rows);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/**
 * mil_order_document:
 * @tx: the transaction
 * @owner: the traveller
 * @store_id: the store that is asked
 * @order_id: an order there
 * @error: (optional): %MIL_ERROR_NOT_FOUND when it is not theirs, or as for mil_tx_exec()
 *
 * Returns: (transfer full) (nullable): the order as the store's protocol shows it
 */
JsonNode *
mil_order_document (MilTx *tx, const char *owner, const char *store_id, const char *order_id, GError **error)
{
  g_autoptr (MilRows) row = NULL;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (owner != NULL && store_id != NULL && order_id != NULL, NULL);

  row = mil_tx_query_one (tx,
                          error,
                          _ ("There is no such order."),
                          "SELECT document FROM orders WHERE id = $1 AND owner = $2 AND store_id = $3"
                          " AND document IS NOT NULL",
                          "ttt",
                          order_id,
                          owner,
                          store_id);
  return row != NULL ? json_from_string (mil_rows_text (row, 0), error) : NULL;
}

static gboolean
tell_owner (MilTx *tx, const char *order_id, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (MilRows) row = NULL;
  g_autoptr (JsonNode) order = NULL;

  row = mil_tx_query_one (tx, error, _ ("There is no such order."), ORDER_QUERY " WHERE o.id = $1", "t", order_id);
  if (row == NULL)
    return FALSE;
  build_order (builder, row);
  order = json_builder_get_root (builder);
  return mil_tx_append_event (tx, mil_rows_text (row, 12), "order.changed", order_id, order, error);
}

/**
 * mil_order_insert:
 * @tx: the transaction
 * @order: the order
 * @error: (optional): %MIL_ERROR_CONFLICT when the checkout has one already, or as for mil_tx_exec()
 *
 * Makes an order that awaits capture, and tells its owner.
 *
 * Returns: whether it is made
 */
gboolean
mil_order_insert (MilTx *tx, const MilNewOrder *order, GError **error)
{
  g_return_val_if_fail (tx != NULL, FALSE);
  g_return_val_if_fail (order != NULL && order->line_items != NULL, FALSE);

  return mil_tx_exec (
             tx,
             error,
             "INSERT INTO orders (id, owner, store_id, checkout_id, group_id, state, currency, total_minor,"
             " paid_currency, paid_minor, line_items, document, placed_at, updated_at)"
             " VALUES ($1, $2, $3, $4, $5, 'awaiting-capture', $6, $7, $8, $9, $10, $11, $12, $12)",
             "ttttttitijji",
             order->id,
             order->owner,
             order->store_id,
             order->checkout_id,
             order->group_id,
             order->total.currency,
             order->total.minor,
             order->paid.currency,
             order->paid.minor,
             order->line_items,
             order->document,
             mil_tx_now (tx))
         && tell_owner (tx, order->id, error);
}

/* The states that each state may follow. */
static const char *
states_before (MilOrderState state)
{
  switch (state)
    {
    case MIL_ORDER_CAPTURED:
    case MIL_ORDER_VOIDED:
      return "awaiting-capture";
    case MIL_ORDER_REFUNDED:
      return "captured";
    default:
      return "";
    }
}

/**
 * mil_order_set_state:
 * @tx: the transaction
 * @order_id: an order
 * @state: what it becomes
 * @error: (optional): %MIL_ERROR_CONFLICT when it cannot become that any more, or as for mil_tx_exec()
 *
 * Changes an order's state, and tells its owner. The money is the caller's business.
 *
 * Returns: whether it has that state now
 */
gboolean
mil_order_set_state (MilTx *tx, const char *order_id, MilOrderState state, GError **error)
{
  g_return_val_if_fail (tx != NULL, FALSE);
  g_return_val_if_fail (order_id != NULL, FALSE);

  if (!mil_tx_exec (tx,
                    error,
                    "UPDATE orders SET state = $2, updated_at = $4 WHERE id = $1 AND state = $3",
                    "ttti",
                    order_id,
                    mil_order_state_name (state),
                    states_before (state),
                    mil_tx_now (tx)))
    return FALSE;
  if (mil_tx_changes (tx) == 0)
    {
      mil_error_set (error, MIL_ERROR_CONFLICT, _ ("This order has changed meanwhile. Look at it again."));
      return FALSE;
    }
  return tell_owner (tx, order_id, error);
}
