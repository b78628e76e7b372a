/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/checkout/mil-order-document.h"

#include <glib/gi18n.h>

#include "service/http/mil-ucp.h"

static JsonObject *
order_line (JsonObject *line)
{
  JsonObject *object = json_object_new ();
  JsonObject *quantity = json_object_new ();
  gint64      wanted = json_object_get_int_member (line, "quantity");

  json_object_set_string_member (object, "id", json_object_get_string_member (line, "id"));
  json_object_set_object_member (object, "item", json_object_ref (json_object_get_object_member (line, "item")));
  json_object_set_int_member (quantity, "original", wanted);
  json_object_set_int_member (quantity, "total", wanted);
  json_object_set_int_member (quantity, "fulfilled", 0);
  json_object_set_object_member (object, "quantity", quantity);
  json_object_set_array_member (object, "totals", json_array_ref (json_object_get_array_member (line, "totals")));
  json_object_set_string_member (object, "status", "processing");
  return object;
}

/* What the buyer may expect: one group, in which all goes the way that the checkout says. */
static JsonObject *
fulfillment_of (JsonObject *checkout)
{
  JsonObject *source = json_object_get_object_member (checkout, "fulfillment");
  JsonObject *method = json_array_get_object_element (json_object_get_array_member (source, "methods"), 0);
  JsonArray  *destinations = json_object_get_array_member (method, "destinations");
  JsonArray  *lines = json_object_get_array_member (checkout, "line_items");
  JsonObject *fulfillment = json_object_new ();
  JsonObject *expectation = json_object_new ();
  JsonArray  *expectations = json_array_new ();
  JsonArray  *parts = json_array_new ();
  JsonObject *destination = NULL;

  for (guint i = 0; i < json_array_get_length (lines); i++)
    {
      JsonObject *line = json_array_get_object_element (lines, i);
      JsonObject *part = json_object_new ();

      json_object_set_string_member (part, "id", json_object_get_string_member (line, "id"));
      json_object_set_int_member (part, "quantity", json_object_get_int_member (line, "quantity"));
      json_array_add_object_element (parts, part);
    }
  if (json_array_get_length (destinations) > 0)
    destination = json_array_get_object_element (destinations, 0);
  else if (json_object_has_member (method, "location"))
    destination = json_object_get_object_member (json_object_get_object_member (method, "location"), "address");
  json_object_set_string_member (expectation, "id", "expectation-1");
  json_object_set_array_member (expectation, "line_items", parts);
  json_object_set_string_member (expectation, "method_type", json_object_get_string_member (method, "type"));
  json_object_set_object_member (expectation,
                                 "destination",
                                 destination != NULL ? json_object_ref (destination) : json_object_new ());
  json_array_add_object_element (expectations, expectation);
  json_object_set_array_member (fulfillment, "expectations", expectations);
  json_object_set_array_member (fulfillment, "events", json_array_new ());
  return fulfillment;
}

/**
 * mil_order_document_new:
 * @checkout: a checkout that is being completed
 * @order_id: the order that it becomes
 * @address: where the order can be read
 *
 * Returns: (transfer full): the order as UCP shows it (`order.json`)
 */
JsonNode *
mil_order_document_new (MilCheckout *checkout, const char *order_id, const char *address)
{
  JsonObject *source;
  JsonObject *order;
  JsonArray  *lines;
  JsonArray  *order_lines;

  g_return_val_if_fail (checkout != NULL && order_id != NULL && address != NULL, NULL);

  source = json_node_get_object (checkout->document);
  lines = json_object_get_array_member (source, "line_items");
  order_lines = json_array_new ();
  for (guint i = 0; i < json_array_get_length (lines); i++)
    json_array_add_object_element (order_lines, order_line (json_array_get_object_element (lines, i)));
  order = json_object_new ();
  json_object_set_object_member (order, "ucp", mil_ucp_success ("dev.ucp.shopping.order"));
  json_object_set_string_member (order, "id", order_id);
  json_object_set_string_member (order, "checkout_id", checkout->id);
  json_object_set_string_member (order, "permalink_url", address);
  json_object_set_array_member (order, "line_items", order_lines);
  json_object_set_object_member (order, "fulfillment", fulfillment_of (source));
  json_object_set_array_member (order, "adjustments", json_array_new ());
  json_object_set_string_member (order, "currency", checkout->total.currency);
  json_object_set_array_member (order, "totals", json_array_ref (json_object_get_array_member (source, "totals")));
  return mil_wire_node (order);
}

/**
 * mil_order_lines_new:
 * @checkout: a checkout that is being completed
 *
 * Returns: (transfer full): its lines as `GET /v1/orders` shows them
 */
JsonNode *
mil_order_lines_new (MilCheckout *checkout)
{
  JsonArray *lines;
  JsonArray *shown;
  JsonNode  *node;

  g_return_val_if_fail (checkout != NULL, NULL);

  lines = json_object_get_array_member (json_node_get_object (checkout->document), "line_items");
  shown = json_array_new ();
  for (guint i = 0; i < json_array_get_length (lines); i++)
    {
      JsonObject *line = json_array_get_object_element (lines, i);
      JsonObject *item = json_object_get_object_member (line, "item");
      gint64      quantity = json_object_get_int_member (line, "quantity");
      gint64      price = json_object_get_int_member (item, "price");
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "item_id", json_object_get_string_member (item, "id"));
      json_object_set_string_member (object, "title", json_object_get_string_member (item, "title"));
      json_object_set_int_member (object, "quantity", quantity);
      mil_wire_add_money (object, "total", mil_money (price * quantity, checkout->total.currency));
      mil_wire_add_optional (object, "image", json_object_get_string_member_with_default (item, "image_url", NULL));
      json_array_add_object_element (shown, object);
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, shown);
  return node;
}
