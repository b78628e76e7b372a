/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "protocol/mil-shape.h"

G_BEGIN_DECLS

/* The market of stores, and the orders of a traveller over all of them. */

typedef struct
{
  char *operator; /* who refunds: milione-demo-refund … */
} MilWireTaxFree;
MIL_SHAPE_DECLARE (MilWireTaxFree, mil_wire_tax_free)

/* GET /v1/stores */
typedef struct
{
  char           *id; /* a slug */
  char           *name;
  char           *country;
  char           *city; /* these four (nullable) */
  char           *address;
  char           *vat_id;
  char           *story;
  char           *currency;
  GStrv           languages;
  GStrv           categories;
  char           *logo;      /* (nullable): path, /media/HASH.png */
  char           *programme; /* (nullable): "marco-polo" */
  MilWireTaxFree *tax_free;  /* (nullable) */
  char           *endpoint;  /* path, /stores/ID */
} MilWireStore;
MIL_SHAPE_DECLARE (MilWireStore, mil_wire_store)

typedef struct
{
  GPtrArray *stores; /* of MilWireStore */
} MilWireStores;
MIL_SHAPE_DECLARE (MilWireStores, mil_wire_stores)

/* GET /v1/orders */
typedef struct
{
  char    *title;
  gint64   quantity;
  MilMoney total;
  char    *image; /* (nullable): path */
} MilWireOrderLine;
MIL_SHAPE_DECLARE (MilWireOrderLine, mil_wire_order_line)

typedef struct
{
  char      *id;
  char      *store_id;
  char      *store_name;
  char      *checkout_id;
  char      *group_id; /* (nullable) */
  char      *state;    /* awaiting-capture, captured, voided, refunded */
  MilMoney   total;
  MilMoney   paid; /* in the wallet's currency */
  gint64     placed_at;
  GPtrArray *line_items; /* of MilWireOrderLine */
} MilWireOrder;
MIL_SHAPE_DECLARE (MilWireOrder, mil_wire_order)

typedef struct
{
  GPtrArray *orders; /* of MilWireOrder */
} MilWireOrders;
MIL_SHAPE_DECLARE (MilWireOrders, mil_wire_orders)

G_END_DECLS
