/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-routes.h"

#include <glib/gi18n.h>

#include "service/checkout/mil-checkout-person.h"
#include "service/checkout/mil-checkout.h"
#include "service/checkout/mil-order-document.h"
#include "service/http/mil-ucp.h"
#include "service/wallet/mil-order.h"
#include "service/wallet/mil-payment-group.h"

static MilCheckout *
load (MilTx *tx, MilCall *call, GError **error)
{
  return mil_checkout_load (
      tx, call->context->vault, mil_call_owner (call), mil_call_param (call, "store"), mil_call_param (call, "id"), error);
}

static MilReply *
create (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilCheckoutDraft) draft = mil_checkout_draft_new ();
  g_autoptr (MilCheckout) checkout = NULL;

  if (!mil_checkout_draft_read (draft, call, error))
    return NULL;
  checkout = mil_checkout_create (tx, call->context->vault, mil_call_owner (call), mil_call_param (call, "store"), draft, error);
  return checkout != NULL ? mil_reply_json (SOUP_STATUS_CREATED, checkout->document) : NULL;
}

static MilReply *
get (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilCheckout) checkout = load (tx, call, error);

  return checkout != NULL ? mil_reply_json (SOUP_STATUS_OK, checkout->document) : NULL;
}

static MilReply *
update (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilCheckoutDraft) draft = mil_checkout_draft_new ();
  g_autoptr (MilCheckout) checkout = load (tx, call, error);

  if (checkout == NULL || !mil_checkout_is_open (checkout, error))
    return NULL;
  mil_checkout_draft_restore (draft, json_node_get_object (checkout->document));
  if (!mil_checkout_draft_read (draft, call, error) || !mil_checkout_price (checkout, tx, draft, error)
      || !mil_checkout_save (checkout, tx, call->context->vault, error))
    return NULL;
  return mil_reply_json (SOUP_STATUS_OK, checkout->document);
}

static MilReply *
cancel (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilCheckout) checkout = load (tx, call, error);

  if (checkout == NULL || !mil_checkout_is_open (checkout, error))
    return NULL;
  mil_checkout_set_state (checkout, "canceled");
  return mil_checkout_save (checkout, tx, call->context->vault, error)
             ? mil_reply_json (SOUP_STATUS_OK, checkout->document)
             : NULL;
}

/* NULL when the instrument is of another handler than the wallet. */
static char *
read_instrument (MilJson *json)
{
  char *token = NULL;

  if (!g_str_equal (mil_json_string (json, "handler_id", 100), MIL_UCP_WALLET_HANDLER))
    return NULL;
  if (mil_json_enter (json, "credential"))
    token = g_strdup (mil_json_string (json, "token", 500));
  mil_json_leave (json);
  return token;
}

static char *
read_token (MilCall *call, GError **error)
{
  g_autoptr (MilJson) json = mil_call_read (call, error);
  g_autofree char *token = NULL;
  guint            n;

  if (json == NULL)
    return NULL;
  mil_json_enter (json, "payment");
  n = mil_json_enter_array (json, "instruments", 10);
  for (guint i = 0; i < n && token == NULL; i++)
    {
      if (mil_json_enter_item (json, i))
        token = read_instrument (json);
      mil_json_leave (json);
    }
  if (token == NULL && !mil_json_failed (json))
    mil_json_fail (json, NULL, "%s", _ ("none is of a handler that this store offers"));
  mil_json_leave (json);
  mil_json_leave (json);
  return mil_json_finish (json, error) ? g_steal_pointer (&token) : NULL;
}

static gboolean
place_order (MilTx *tx, MilCall *call, MilCheckout *checkout, const char *token, GError **error)
{
  g_autofree char *order_id = mil_tx_new_id (tx);
  g_autofree char *address = mil_call_address (call, "/stores/%s/orders/%s", checkout->store_id, order_id);
  g_autofree char *group_id = NULL;
  g_autoptr (JsonNode) document = mil_order_document_new (checkout, order_id, address);
  g_autoptr (JsonNode) lines = mil_order_lines_new (checkout);
  const char   *owner = mil_call_owner (call);
  MilMoney      paid;
  MilRedemption redemption = { token, owner, checkout->store_id, checkout->id, order_id, checkout->total };
  MilNewOrder   order = { order_id, owner, checkout->store_id, checkout->id, NULL, checkout->total };
  JsonObject   *confirmation;

  if (!mil_payment_group_redeem (tx, &redemption, &group_id, &paid, error))
    return FALSE;
  order.group_id = group_id;
  order.paid = paid;
  order.line_items = lines;
  /* Where it goes is read from what the checkout knows of the person. */
  mil_checkout_person_strip (json_node_get_object (document));
  order.document = document;
  if (!mil_order_insert (tx, &order, error))
    return FALSE;
  confirmation = json_object_new ();
  json_object_set_string_member (confirmation, "id", order_id);
  json_object_set_string_member (confirmation, "permalink_url", address);
  json_object_set_object_member (json_node_get_object (checkout->document), "order", confirmation);
  return TRUE;
}

static MilReply *
complete (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilCheckout) checkout = load (tx, call, error);
  g_autofree char *token = NULL;

  if (checkout == NULL || !mil_checkout_is_open (checkout, error))
    return NULL;
  token = read_token (call, error);
  if (token == NULL)
    return NULL;
  /* Its messages say what is missing. */
  if (g_str_equal (checkout->state, "incomplete"))
    return mil_reply_json (SOUP_STATUS_OK, checkout->document);
  if (!place_order (tx, call, checkout, token, error))
    return NULL;
  mil_checkout_set_state (checkout, "completed");
  return mil_checkout_save (checkout, tx, call->context->vault, error)
             ? mil_reply_json (SOUP_STATUS_OK, checkout->document)
             : NULL;
}

#define WHO (MIL_ROLE_TRAVELLER | MIL_ROLE_KIOSK)

const MilRoute mil_checkout_routes[] = {
  { "POST", "/stores/{store}/checkout-sessions", WHO, MIL_ROUTE_ONCE, create },
  { "GET", "/stores/{store}/checkout-sessions/{id}", WHO, MIL_ROUTE_READ, get },
  { "PUT", "/stores/{store}/checkout-sessions/{id}", WHO, MIL_ROUTE_ONCE, update },
  { "POST", "/stores/{store}/checkout-sessions/{id}/complete", WHO, MIL_ROUTE_ONCE, complete },
  { "POST", "/stores/{store}/checkout-sessions/{id}/cancel", WHO, MIL_ROUTE_ONCE, cancel },
  { 0 },
};
