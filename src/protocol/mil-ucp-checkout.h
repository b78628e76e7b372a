/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "protocol/mil-ucp-catalog.h"

G_BEGIN_DECLS

/* UCP 2026-04-08, capabilities dev.ucp.shopping.checkout, .fulfillment and .order. Amounts without a
 * currency of their own are minor units of the checkout's or order's. */

typedef struct
{
  char  *display_text;
  gint64 amount;
} MilUcpTotalLine;
MIL_SHAPE_DECLARE (MilUcpTotalLine, mil_ucp_total_line)

typedef struct
{
  char      *type;         /* subtotal, items_discount, discount, fulfillment, tax, fee, total … */
  char      *display_text; /* (nullable) */
  gint64     amount;       /* negative for discounts */
  GPtrArray *lines;        /* of MilUcpTotalLine */
} MilUcpTotal;
MIL_SHAPE_DECLARE (MilUcpTotal, mil_ucp_total)

gboolean mil_ucp_totals_find (GPtrArray  *totals,
                              const char *type,
                              gint64     *amount);

typedef struct
{
  char  *id;
  char  *title; /* (nullable) in requests */
  gint64 price; /* not in requests */
  char  *image_url; /* (nullable) */
} MilUcpItem;
MIL_SHAPE_DECLARE (MilUcpItem, mil_ucp_item)

typedef struct
{
  char       *id; /* (nullable) in requests */
  MilUcpItem *item;
  gint64      quantity;
  GPtrArray  *totals;    /* of MilUcpTotal */
  char       *parent_id; /* (nullable) */
} MilUcpLineItem;
MIL_SHAPE_DECLARE (MilUcpLineItem, mil_ucp_line_item)

typedef struct
{
  char *first_name; /* all (nullable) */
  char *last_name;
  char *email;
  char *phone_number;
} MilUcpBuyer;
MIL_SHAPE_DECLARE (MilUcpBuyer, mil_ucp_buyer)

typedef struct
{
  char *type;  /* "token" … */
  char *token; /* (nullable); stores never give it back */
} MilUcpCredential;
MIL_SHAPE_DECLARE (MilUcpCredential, mil_ucp_credential)

typedef struct
{
  char             *id;
  char             *handler_id;
  char             *type;
  MilUcpCredential *credential; /* (nullable) */
  gboolean          selected;
} MilUcpInstrument;
MIL_SHAPE_DECLARE (MilUcpInstrument, mil_ucp_instrument)

typedef struct
{
  GPtrArray *instruments; /* of MilUcpInstrument */
} MilUcpPayment;
MIL_SHAPE_DECLARE (MilUcpPayment, mil_ucp_payment)

/* A postal address to ship to, or a shop to fetch from: then it has a name and an address of its own. */
typedef struct
{
  char     *id; /* all (nullable) */
  char     *name;
  char     *first_name;
  char     *last_name;
  char     *phone_number;
  char     *street_address;
  char     *extended_address;
  char     *address_locality;
  char     *address_region;
  char     *postal_code;
  char     *address_country;
  JsonNode *address;
} MilUcpDestination;
MIL_SHAPE_DECLARE (MilUcpDestination, mil_ucp_destination)

typedef struct
{
  char      *id;
  char      *title;
  char      *description; /* these two (nullable) */
  char      *carrier;
  GPtrArray *totals; /* of MilUcpTotal */
} MilUcpFulfillmentOption;
MIL_SHAPE_DECLARE (MilUcpFulfillmentOption, mil_ucp_fulfillment_option)

typedef struct
{
  char      *id; /* (nullable) in requests */
  GStrv      line_item_ids;
  GPtrArray *options; /* of MilUcpFulfillmentOption */
  char      *selected_option_id; /* (nullable) */
} MilUcpFulfillmentGroup;
MIL_SHAPE_DECLARE (MilUcpFulfillmentGroup, mil_ucp_fulfillment_group)

typedef struct
{
  char      *id;   /* (nullable) in requests */
  char      *type; /* shipping, pickup; (nullable) in updates */
  GStrv      line_item_ids;
  GPtrArray *destinations;            /* of MilUcpDestination */
  char      *selected_destination_id; /* (nullable) */
  GPtrArray *groups;                  /* of MilUcpFulfillmentGroup */
} MilUcpFulfillmentMethod;
MIL_SHAPE_DECLARE (MilUcpFulfillmentMethod, mil_ucp_fulfillment_method)

typedef struct
{
  GPtrArray *methods; /* of MilUcpFulfillmentMethod */
} MilUcpFulfillment;
MIL_SHAPE_DECLARE (MilUcpFulfillment, mil_ucp_fulfillment)

/* POST …/checkout-sessions, PUT …/checkout-sessions/{id}, POST …/checkout-sessions/{id}/complete */
typedef struct
{
  GPtrArray         *line_items; /* of MilUcpLineItem; none when completing */
  MilUcpBuyer       *buyer;      /* all (nullable) */
  MilUcpContext     *context;
  MilUcpFulfillment *fulfillment;
  MilUcpPayment     *payment;
  JsonNode          *signals;
  JsonNode          *attribution;
} MilUcpCheckoutRequest;
MIL_SHAPE_DECLARE (MilUcpCheckoutRequest, mil_ucp_checkout_request)

typedef struct
{
  char *id;
  char *label; /* (nullable) */
  char *permalink_url;
} MilUcpOrderConfirmation;
MIL_SHAPE_DECLARE (MilUcpOrderConfirmation, mil_ucp_order_confirmation)

typedef struct
{
  JsonNode                *ucp;
  char                    *id;
  GPtrArray               *line_items; /* of MilUcpLineItem */
  MilUcpBuyer             *buyer;      /* these two (nullable) */
  MilUcpContext           *context;
  char                    *status; /* incomplete, requires_escalation, ready_for_complete, complete_in_progress, completed, canceled */
  char                    *currency;
  GPtrArray               *totals;       /* of MilUcpTotal; has one subtotal and one total */
  GPtrArray               *messages;     /* of MilUcpMessage */
  GPtrArray               *links;        /* of MilUcpLink */
  gint64                   expires_at;   /* 0 when nothing is said */
  char                    *continue_url; /* these four (nullable) */
  MilUcpPayment           *payment;
  MilUcpFulfillment       *fulfillment;
  MilUcpOrderConfirmation *order;
} MilUcpCheckout;
MIL_SHAPE_DECLARE (MilUcpCheckout, mil_ucp_checkout)

typedef struct
{
  gint64 original; /* 0 when nothing is said */
  gint64 total;
  gint64 fulfilled;
} MilUcpQuantity;
MIL_SHAPE_DECLARE (MilUcpQuantity, mil_ucp_quantity)

typedef struct
{
  char           *id;
  MilUcpItem     *item;
  MilUcpQuantity *quantity;
  GPtrArray      *totals; /* of MilUcpTotal */
  char           *status; /* processing, partial, fulfilled, removed */
} MilUcpOrderLine;
MIL_SHAPE_DECLARE (MilUcpOrderLine, mil_ucp_order_line)

/* GET …/orders/{id} */
typedef struct
{
  JsonNode  *ucp;
  char      *id;
  char      *label; /* (nullable) */
  char      *checkout_id;
  char      *permalink_url;
  GPtrArray *line_items; /* of MilUcpOrderLine */
  JsonNode  *fulfillment;
  JsonNode  *adjustments; /* (nullable) */
  char      *currency;
  GPtrArray *totals;   /* of MilUcpTotal */
  GPtrArray *messages; /* of MilUcpMessage */
} MilUcpOrder;
MIL_SHAPE_DECLARE (MilUcpOrder, mil_ucp_order)

/* What a store answers instead when it cannot. */
typedef struct
{
  JsonNode  *ucp;
  GPtrArray *messages;     /* of MilUcpMessage */
  char      *continue_url; /* (nullable) */
} MilUcpFailure;
MIL_SHAPE_DECLARE (MilUcpFailure, mil_ucp_failure)

G_END_DECLS
