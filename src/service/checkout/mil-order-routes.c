/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-routes.h"

#include "service/checkout/mil-checkout-person.h"
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
  g_autoptr (JsonObject) person = NULL;
  JsonObject *document;

  if (order == NULL)
    return NULL;
  document = json_node_get_object (order);
  if (!mil_checkout_person_load (tx, call->context->vault, json_object_get_string_member (document, "checkout_id"), &person, error))
    return NULL;
  mil_checkout_person_give_order (person, document);
  return mil_reply_json (SOUP_STATUS_OK, order);
}

static MilReply *
erase (MilTx *tx, MilCall *call, GError **error)
{
  gboolean    is_clerk = (call->principal->role & MIL_ROLE_ADMINISTRATOR) != 0;
  const char *owner = is_clerk ? NULL : mil_call_owner (call);
  const char *id = mil_call_param (call, "id");
  g_autoptr (JsonNode) order = NULL;

  if (!mil_checkout_person_forget_order (tx, call->context->vault, owner, id, error))
    return NULL;
  order = mil_order_get (tx, owner, id, error);
  return order != NULL ? mil_reply_json (SOUP_STATUS_OK, order) : NULL;
}

#define WHO (MIL_ROLE_TRAVELLER | MIL_ROLE_KIOSK)

const MilRoute mil_order_routes[] = {
  { "GET", "/v1/orders", WHO, MIL_ROUTE_READ, list },
  { "GET", "/v1/orders/{id}", WHO, MIL_ROUTE_READ, get },
  { "POST", "/v1/orders/{id}/erasure", WHO | MIL_ROLE_ADMINISTRATOR, MIL_ROUTE_ONCE, erase },
  { "GET", "/stores/{store}/orders/{id}", WHO, MIL_ROUTE_READ, get_document },
  { 0 },
};
