/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "protocol/mil-wire-market.h"

#define MAX_ID 64
#define MAX_TEXT 500

static const char *const order_states[] = { "awaiting-capture", "captured", "voided", "refunded", NULL };

MIL_SHAPE_DEFINE (MilWireTaxFree, mil_wire_tax_free, NULL, MIL_STRING (MilWireTaxFree, operator, MAX_ID, REQUIRED))

MIL_SHAPE_DEFINE (MilWireStore,
                  mil_wire_store,
                  NULL,
                  MIL_STRING (MilWireStore, id, MAX_ID, REQUIRED),
                  MIL_STRING (MilWireStore, name, MAX_TEXT, REQUIRED),
                  MIL_STRING (MilWireStore, country, 2, REQUIRED),
                  MIL_STRING (MilWireStore, city, MAX_TEXT, OPTIONAL),
                  MIL_STRING (MilWireStore, address, MAX_TEXT, OPTIONAL),
                  MIL_STRING (MilWireStore, vat_id, 40, OPTIONAL),
                  MIL_STRING (MilWireStore, currency, 3, REQUIRED),
                  MIL_STRINGS (MilWireStore, languages, 50, OPTIONAL),
                  MIL_STRINGS (MilWireStore, categories, 100, OPTIONAL),
                  MIL_STRING (MilWireStore, story, 5000, OPTIONAL),
                  MIL_STRING (MilWireStore, logo, MAX_TEXT, OPTIONAL),
                  MIL_STRING (MilWireStore, programme, MAX_ID, NULLABLE),
                  MIL_OBJECT (MilWireStore, tax_free, MilWireTaxFree, mil_wire_tax_free, NULLABLE),
                  MIL_STRING (MilWireStore, endpoint, MAX_TEXT, REQUIRED))

MIL_SHAPE_DEFINE (MilWireStores, mil_wire_stores, NULL, MIL_LIST (MilWireStores, stores, mil_wire_store, 1000, REQUIRED))

MIL_SHAPE_DEFINE (MilWireOrderLine,
                  mil_wire_order_line,
                  NULL,
                  MIL_STRING (MilWireOrderLine, title, MAX_TEXT, REQUIRED),
                  MIL_INT (MilWireOrderLine, quantity, 1, 1000000, REQUIRED),
                  MIL_AMOUNT (MilWireOrderLine, total, 0, REQUIRED),
                  MIL_STRING (MilWireOrderLine, image, 2000, OPTIONAL))

MIL_SHAPE_DEFINE (MilWireOrder,
                  mil_wire_order,
                  NULL,
                  MIL_STRING (MilWireOrder, id, MAX_ID, REQUIRED),
                  MIL_STRING (MilWireOrder, store_id, MAX_ID, REQUIRED),
                  MIL_STRING (MilWireOrder, store_name, MAX_TEXT, REQUIRED),
                  MIL_STRING (MilWireOrder, checkout_id, MAX_ID, REQUIRED),
                  MIL_STRING (MilWireOrder, group_id, MAX_ID, NULLABLE),
                  MIL_CHOICE (MilWireOrder, state, order_states, REQUIRED),
                  MIL_AMOUNT (MilWireOrder, total, 0, REQUIRED),
                  MIL_AMOUNT (MilWireOrder, paid, 0, OPTIONAL),
                  MIL_INSTANT (MilWireOrder, placed_at, REQUIRED),
                  MIL_LIST (MilWireOrder, line_items, mil_wire_order_line, 1000, REQUIRED))

MIL_SHAPE_DEFINE (MilWireOrders, mil_wire_orders, NULL, MIL_LIST (MilWireOrders, orders, mil_wire_order, 1000, REQUIRED))
