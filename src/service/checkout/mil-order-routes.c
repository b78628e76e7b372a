/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-routes.h"

#include "service/wallet/mil-order.h"

static MilReply *
list (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (JsonNode) orders = mil_order_list (tx, mil_call_owner (call), error);

  return orders != NULL ? mil_reply_json (SOUP_STATUS_OK, orders) : NULL;
}

static MilReply *
get (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (JsonNode) order = mil_order_get (tx, mil_call_owner (call), mil_call_param (call, "id"), error);

  return order != NULL ? mil_reply_json (SOUP_STATUS_OK, order) : NULL;
}

static MilReply *
get_document (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (JsonNode) order = mil_order_document (
      tx, mil_call_owner (call), mil_call_param (call, "store"), mil_call_param (call, "id"), error);

  return order != NULL ? mil_reply_json (SOUP_STATUS_OK, order) : NULL;
}

#define WHO (MIL_ROLE_TRAVELLER | MIL_ROLE_KIOSK)

const MilRoute mil_order_routes[] = {
  { "GET", "/v1/orders", WHO, MIL_ROUTE_READ, list },
  { "GET", "/v1/orders/{id}", WHO, MIL_ROUTE_READ, get },
  { "GET", "/stores/{store}/orders/{id}", WHO, MIL_ROUTE_READ, get_document },
  { 0 },
};
