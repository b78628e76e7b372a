/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "protocol/mil-ucp-checkout.h"

#include <glib/gi18n.h>

#include "base/mil-currency.h"

#define MAX_ID 500
#define MAX_TEXT 1000
#define MAX_URL 4000
#define MAX_QUANTITY 1000000

static const char *const checkout_statuses[] = {
  "incomplete", "requires_escalation", "ready_for_complete", "complete_in_progress", "completed", "canceled",
  NULL
};
static const char *const line_statuses[] = { "processing", "partial", "fulfilled", "removed", NULL };
static const char *const method_types[] = { "shipping", "pickup", NULL };

/**
 * mil_ucp_totals_find:
 * @totals: (element-type MilUcpTotal): totals
 * @type: which, for example `total`
 * @amount: (out): where to put the sum of those of that type, in minor units
 *
 * Returns: whether there is one, and their sum fits; @amount is 0 when not
 */
gboolean
mil_ucp_totals_find (GPtrArray *totals, const char *type, gint64 *amount)
{
  gboolean found = FALSE;

  g_return_val_if_fail (totals != NULL && type != NULL && amount != NULL, FALSE);

  *amount = 0;
  for (guint i = 0; i < totals->len; i++)
    {
      MilUcpTotal *total = g_ptr_array_index (totals, i);

      if (!g_str_equal (total->type, type))
        continue;
      found = TRUE;
      if (__builtin_add_overflow (*amount, total->amount, amount))
        {
          *amount = 0;
          return FALSE;
        }
    }
  return found;
}

static guint
count_totals (GPtrArray *totals, const char *type)
{
  guint n = 0;

  for (guint i = 0; i < totals->len; i++)
    n += g_str_equal (((MilUcpTotal *) g_ptr_array_index (totals, i))->type, type);
  return n;
}

static void
check_total (gpointer value, MilJson *json)
{
  MilUcpTotal *total = value;
  gboolean discount = g_str_equal (total->type, "discount") || g_str_equal (total->type, "items_discount");
  gboolean charge = g_str_equal (total->type, "subtotal") || g_str_equal (total->type, "fulfillment")
                    || g_str_equal (total->type, "tax") || g_str_equal (total->type, "fee");

  if (discount && total->amount >= 0)
    mil_json_fail (json, "amount", "%s", _ ("must be below zero for a discount"));
  if (charge && total->amount < 0)
    mil_json_fail (json, "amount", "%s", _ ("must not be below zero"));
}

static void
check_money (MilJson *json, const char *currency, GPtrArray *totals)
{
  if (!mil_currency_is_known (currency))
    mil_json_fail (json, "currency", "%s", _ ("is not the code of a currency in use"));
  if (count_totals (totals, "subtotal") != 1 || count_totals (totals, "total") != 1)
    mil_json_fail (json, "totals", "%s", _ ("must have one subtotal and one total"));
}

static void
check_checkout (gpointer value, MilJson *json)
{
  MilUcpCheckout *checkout = value;

  check_money (json, checkout->currency, checkout->totals);
  for (guint i = 0; i < checkout->line_items->len; i++)
    {
      MilUcpLineItem *line = g_ptr_array_index (checkout->line_items, i);

      if (line->id == NULL || line->item->title == NULL)
        mil_json_fail (json, "line_items", "%s", _ ("must have an id and a title in each entry"));
    }
}

static void
check_order (gpointer value, MilJson *json)
{
  MilUcpOrder *order = value;

  check_money (json, order->currency, order->totals);
}

MIL_SHAPE_DEFINE (MilUcpTotalLine,
                  mil_ucp_total_line,
                  NULL,
                  MIL_STRING (MilUcpTotalLine, display_text, MAX_TEXT, REQUIRED),
                  MIL_INT (MilUcpTotalLine, amount, -G_MAXINT64, G_MAXINT64, REQUIRED))

MIL_SHAPE_DEFINE (MilUcpTotal,
                  mil_ucp_total,
                  check_total,
                  MIL_STRING (MilUcpTotal, type, 64, REQUIRED),
                  MIL_STRING (MilUcpTotal, display_text, MAX_TEXT, OPTIONAL),
                  MIL_INT (MilUcpTotal, amount, -G_MAXINT64, G_MAXINT64, REQUIRED),
                  MIL_LIST (MilUcpTotal, lines, mil_ucp_total_line, 100, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpItem,
                  mil_ucp_item,
                  NULL,
                  MIL_STRING (MilUcpItem, id, MAX_ID, REQUIRED),
                  MIL_STRING (MilUcpItem, title, MAX_TEXT, OPTIONAL),
                  MIL_INT (MilUcpItem, price, 0, G_MAXINT64, OPTIONAL),
                  MIL_STRING (MilUcpItem, image_url, MAX_URL, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpLineItem,
                  mil_ucp_line_item,
                  NULL,
                  MIL_STRING (MilUcpLineItem, id, MAX_ID, OPTIONAL),
                  MIL_OBJECT (MilUcpLineItem, item, MilUcpItem, mil_ucp_item, REQUIRED),
                  MIL_INT (MilUcpLineItem, quantity, 1, MAX_QUANTITY, REQUIRED),
                  MIL_LIST (MilUcpLineItem, totals, mil_ucp_total, 100, OPTIONAL),
                  MIL_STRING (MilUcpLineItem, parent_id, MAX_ID, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpBuyer,
                  mil_ucp_buyer,
                  NULL,
                  MIL_STRING (MilUcpBuyer, first_name, 200, OPTIONAL),
                  MIL_STRING (MilUcpBuyer, last_name, 200, OPTIONAL),
                  MIL_STRING (MilUcpBuyer, email, 320, OPTIONAL),
                  MIL_STRING (MilUcpBuyer, phone_number, 64, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpCredential,
                  mil_ucp_credential,
                  NULL,
                  MIL_STRING (MilUcpCredential, type, 200, REQUIRED),
                  MIL_STRING (MilUcpCredential, token, 5000, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpInstrument,
                  mil_ucp_instrument,
                  NULL,
                  MIL_STRING (MilUcpInstrument, id, MAX_ID, REQUIRED),
                  MIL_STRING (MilUcpInstrument, handler_id, MAX_ID, REQUIRED),
                  MIL_STRING (MilUcpInstrument, type, 200, REQUIRED),
                  MIL_OBJECT (MilUcpInstrument, credential, MilUcpCredential, mil_ucp_credential, OPTIONAL),
                  MIL_BOOLEAN (MilUcpInstrument, selected, FALSE))

MIL_SHAPE_DEFINE (MilUcpPayment, mil_ucp_payment, NULL, MIL_LIST (MilUcpPayment, instruments, mil_ucp_instrument, 50, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpDestination,
                  mil_ucp_destination,
                  NULL,
                  MIL_STRING (MilUcpDestination, id, MAX_ID, OPTIONAL),
                  MIL_STRING (MilUcpDestination, name, MAX_TEXT, OPTIONAL),
                  MIL_STRING (MilUcpDestination, first_name, 200, OPTIONAL),
                  MIL_STRING (MilUcpDestination, last_name, 200, OPTIONAL),
                  MIL_STRING (MilUcpDestination, phone_number, 64, OPTIONAL),
                  MIL_STRING (MilUcpDestination, street_address, MAX_TEXT, OPTIONAL),
                  MIL_STRING (MilUcpDestination, extended_address, MAX_TEXT, OPTIONAL),
                  MIL_STRING (MilUcpDestination, address_locality, 200, OPTIONAL),
                  MIL_STRING (MilUcpDestination, address_region, 200, OPTIONAL),
                  MIL_STRING (MilUcpDestination, postal_code, 40, OPTIONAL),
                  MIL_STRING (MilUcpDestination, address_country, 64, OPTIONAL),
                  MIL_NODE (MilUcpDestination, address, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpFulfillmentOption,
                  mil_ucp_fulfillment_option,
                  NULL,
                  MIL_STRING (MilUcpFulfillmentOption, id, MAX_ID, REQUIRED),
                  MIL_STRING (MilUcpFulfillmentOption, title, MAX_TEXT, REQUIRED),
                  MIL_STRING (MilUcpFulfillmentOption, description, 5000, OPTIONAL),
                  MIL_STRING (MilUcpFulfillmentOption, carrier, 200, OPTIONAL),
                  MIL_LIST (MilUcpFulfillmentOption, totals, mil_ucp_total, 100, REQUIRED))

MIL_SHAPE_DEFINE (MilUcpFulfillmentGroup,
                  mil_ucp_fulfillment_group,
                  NULL,
                  MIL_STRING (MilUcpFulfillmentGroup, id, MAX_ID, OPTIONAL),
                  MIL_STRINGS (MilUcpFulfillmentGroup, line_item_ids, 1000, OPTIONAL),
                  MIL_LIST (MilUcpFulfillmentGroup, options, mil_ucp_fulfillment_option, 100, OPTIONAL),
                  MIL_STRING (MilUcpFulfillmentGroup, selected_option_id, MAX_ID, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpFulfillmentMethod,
                  mil_ucp_fulfillment_method,
                  NULL,
                  MIL_STRING (MilUcpFulfillmentMethod, id, MAX_ID, OPTIONAL),
                  MIL_CHOICE (MilUcpFulfillmentMethod, type, method_types, OPTIONAL),
                  MIL_STRINGS (MilUcpFulfillmentMethod, line_item_ids, 1000, OPTIONAL),
                  MIL_LIST (MilUcpFulfillmentMethod, destinations, mil_ucp_destination, 100, OPTIONAL),
                  MIL_STRING (MilUcpFulfillmentMethod, selected_destination_id, MAX_ID, OPTIONAL),
                  MIL_LIST (MilUcpFulfillmentMethod, groups, mil_ucp_fulfillment_group, 100, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpFulfillment,
                  mil_ucp_fulfillment,
                  NULL,
                  MIL_LIST (MilUcpFulfillment, methods, mil_ucp_fulfillment_method, 50, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpCheckoutRequest,
                  mil_ucp_checkout_request,
                  NULL,
                  MIL_LIST (MilUcpCheckoutRequest, line_items, mil_ucp_line_item, 500, OPTIONAL),
                  MIL_OBJECT (MilUcpCheckoutRequest, buyer, MilUcpBuyer, mil_ucp_buyer, OPTIONAL),
                  MIL_OBJECT (MilUcpCheckoutRequest, context, MilUcpContext, mil_ucp_context, OPTIONAL),
                  MIL_OBJECT (MilUcpCheckoutRequest, fulfillment, MilUcpFulfillment, mil_ucp_fulfillment, OPTIONAL),
                  MIL_OBJECT (MilUcpCheckoutRequest, payment, MilUcpPayment, mil_ucp_payment, OPTIONAL),
                  MIL_NODE (MilUcpCheckoutRequest, signals, OPTIONAL),
                  MIL_NODE (MilUcpCheckoutRequest, attribution, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpOrderConfirmation,
                  mil_ucp_order_confirmation,
                  NULL,
                  MIL_STRING (MilUcpOrderConfirmation, id, MAX_ID, REQUIRED),
                  MIL_STRING (MilUcpOrderConfirmation, label, MAX_TEXT, OPTIONAL),
                  MIL_STRING (MilUcpOrderConfirmation, permalink_url, MAX_URL, REQUIRED))

MIL_SHAPE_DEFINE (MilUcpCheckout,
                  mil_ucp_checkout,
                  check_checkout,
                  MIL_NODE (MilUcpCheckout, ucp, REQUIRED),
                  MIL_STRING (MilUcpCheckout, id, MAX_ID, REQUIRED),
                  MIL_LIST (MilUcpCheckout, line_items, mil_ucp_line_item, 500, REQUIRED),
                  MIL_OBJECT (MilUcpCheckout, buyer, MilUcpBuyer, mil_ucp_buyer, OPTIONAL),
                  MIL_OBJECT (MilUcpCheckout, context, MilUcpContext, mil_ucp_context, OPTIONAL),
                  MIL_CHOICE (MilUcpCheckout, status, checkout_statuses, REQUIRED),
                  MIL_STRING (MilUcpCheckout, currency, 3, REQUIRED),
                  MIL_LIST (MilUcpCheckout, totals, mil_ucp_total, 100, REQUIRED),
                  MIL_LIST (MilUcpCheckout, messages, mil_ucp_message, 200, OPTIONAL),
                  MIL_LIST (MilUcpCheckout, links, mil_ucp_link, 100, REQUIRED),
                  MIL_INSTANT (MilUcpCheckout, expires_at, OPTIONAL),
                  MIL_STRING (MilUcpCheckout, continue_url, MAX_URL, OPTIONAL),
                  MIL_OBJECT (MilUcpCheckout, payment, MilUcpPayment, mil_ucp_payment, OPTIONAL),
                  MIL_OBJECT (MilUcpCheckout, fulfillment, MilUcpFulfillment, mil_ucp_fulfillment, OPTIONAL),
                  MIL_OBJECT (MilUcpCheckout, order, MilUcpOrderConfirmation, mil_ucp_order_confirmation, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpQuantity,
                  mil_ucp_quantity,
                  NULL,
                  MIL_INT (MilUcpQuantity, original, 0, MAX_QUANTITY, OPTIONAL),
                  MIL_INT (MilUcpQuantity, total, 0, MAX_QUANTITY, REQUIRED),
                  MIL_INT (MilUcpQuantity, fulfilled, 0, MAX_QUANTITY, REQUIRED))

MIL_SHAPE_DEFINE (MilUcpOrderLine,
                  mil_ucp_order_line,
                  NULL,
                  MIL_STRING (MilUcpOrderLine, id, MAX_ID, REQUIRED),
                  MIL_OBJECT (MilUcpOrderLine, item, MilUcpItem, mil_ucp_item, REQUIRED),
                  MIL_OBJECT (MilUcpOrderLine, quantity, MilUcpQuantity, mil_ucp_quantity, REQUIRED),
                  MIL_LIST (MilUcpOrderLine, totals, mil_ucp_total, 100, REQUIRED),
                  MIL_CHOICE (MilUcpOrderLine, status, line_statuses, REQUIRED))

MIL_SHAPE_DEFINE (MilUcpOrder,
                  mil_ucp_order,
                  check_order,
                  MIL_NODE (MilUcpOrder, ucp, REQUIRED),
                  MIL_STRING (MilUcpOrder, id, MAX_ID, REQUIRED),
                  MIL_STRING (MilUcpOrder, label, MAX_TEXT, OPTIONAL),
                  MIL_STRING (MilUcpOrder, checkout_id, MAX_ID, REQUIRED),
                  MIL_STRING (MilUcpOrder, permalink_url, MAX_URL, REQUIRED),
                  MIL_LIST (MilUcpOrder, line_items, mil_ucp_order_line, 500, REQUIRED),
                  MIL_NODE (MilUcpOrder, fulfillment, REQUIRED),
                  MIL_NODE (MilUcpOrder, adjustments, OPTIONAL),
                  MIL_STRING (MilUcpOrder, currency, 3, REQUIRED),
                  MIL_LIST (MilUcpOrder, totals, mil_ucp_total, 100, REQUIRED),
                  MIL_LIST (MilUcpOrder, messages, mil_ucp_message, 200, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpFailure,
                  mil_ucp_failure,
                  NULL,
                  MIL_NODE (MilUcpFailure, ucp, OPTIONAL),
                  MIL_LIST (MilUcpFailure, messages, mil_ucp_message, 200, REQUIRED),
                  MIL_STRING (MilUcpFailure, continue_url, MAX_URL, OPTIONAL))
