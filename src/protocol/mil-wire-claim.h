/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "protocol/mil-shape.h"

G_BEGIN_DECLS

/* Capability io.github.milione.taxfree, and the events that every change is told by. */

typedef struct
{
  char *country;
  char *point; /* (nullable): which airport, port or road */
} MilWireExit;
MIL_SHAPE_DECLARE (MilWireExit, mil_wire_exit)

typedef struct
{
  char        *country;
  MilDate      leaves_on;
  MilWireExit *exit; /* (nullable) */
} MilWireTrip;
MIL_SHAPE_DECLARE (MilWireTrip, mil_wire_trip)

typedef struct
{
  char *type;   /* "passport", "id-card" … */
  char *number; /* (nullable) */
} MilWireDocument;
MIL_SHAPE_DECLARE (MilWireDocument, mil_wire_document)

typedef struct
{
  char            *name;
  char            *residence; /* country */
  MilWireDocument *document;  /* (nullable) */
} MilWireTraveller;
MIL_SHAPE_DECLARE (MilWireTraveller, mil_wire_traveller)

typedef struct
{
  char      *title;
  char      *category; /* (nullable): tax category: general, food, books … */
  gint64     quantity;
  gint64     total;    /* minor units of the purchase's currency */
  MilDecimal vat_rate; /* percent; 0 when not known */
} MilWirePurchaseLine;
MIL_SHAPE_DECLARE (MilWirePurchaseLine, mil_wire_purchase_line)

typedef struct
{
  char      *id;
  char      *country;
  char      *shop;
  char      *vat_id; /* (nullable) */
  MilDate    date;
  char      *time; /* (nullable): HH:MM */
  char      *currency;
  gint64     total;    /* minor units */
  GPtrArray *lines;    /* of MilWirePurchaseLine */
  char      *order_id; /* (nullable) */
} MilWirePurchase;
MIL_SHAPE_DECLARE (MilWirePurchase, mil_wire_purchase)

typedef struct
{
  gint64 low; /* minor units */
  gint64 high;
  char  *currency;
} MilWireEstimate;
MIL_SHAPE_DECLARE (MilWireEstimate, mil_wire_estimate)

typedef struct
{
  char *wallet_id;
  char *currency;
} MilWirePayout;
MIL_SHAPE_DECLARE (MilWirePayout, mil_wire_payout)

/* POST /v1/taxfree/claims */
typedef struct
{
  char             *id;
  MilWireTrip      *trip;
  MilWireTraveller *traveller;
  GPtrArray        *purchases; /* of MilWirePurchase */
  char             *scheme;
  MilDate           rule_valid_from;
  MilWireEstimate  *estimate; /* (nullable) */
  MilWirePayout    *payout;   /* (nullable) */
} MilWireClaimRequest;
MIL_SHAPE_DECLARE (MilWireClaimRequest, mil_wire_claim_request)

typedef struct
{
  MilMoney amount;
  MilMoney fee;
  MilMoney payout;
} MilWireRefund;
MIL_SHAPE_DECLARE (MilWireRefund, mil_wire_refund)

typedef struct
{
  gint64 seq;
  char  *state;
  gint64 at;
  char  *actor;  /* traveller, operator, customs, service */
  char  *reason; /* (nullable) */
} MilWireClaimEvent;
MIL_SHAPE_DECLARE (MilWireClaimEvent, mil_wire_claim_event)

typedef struct
{
  char          *id;
  char          *number; /* 12 digits, for the barcode */
  char          *state;  /* submitted, issued, validated … */
  char          *scheme;
  gint64         created_at;
  gint64         updated_at;
  GPtrArray     *purchases; /* of MilWirePurchase */
  MilWireRefund *refund;    /* (nullable) */
  MilDate        export_by;
  GPtrArray     *events; /* of MilWireClaimEvent */
} MilWireClaim;
MIL_SHAPE_DECLARE (MilWireClaim, mil_wire_claim)

typedef struct
{
  GPtrArray *claims; /* of MilWireClaim */
} MilWireClaims;
MIL_SHAPE_DECLARE (MilWireClaims, mil_wire_claims)

/* POST /v1/taxfree/claims/{id}/validation */
typedef struct
{
  char *result; /* validated, partial, refused */
  char *reason; /* these two (nullable) */
  char *desk;
  GStrv purchases; /* ids of those that were seen, when partial */
} MilWireValidation;
MIL_SHAPE_DECLARE (MilWireValidation, mil_wire_validation)

/* GET /v1/events */
typedef struct
{
  gint64    seq;
  char     *type; /* claim.changed, order.changed, wallet.changed, group.changed */
  char     *subject;
  gint64    at;
  JsonNode *data; /* the whole thing as it is now */
} MilWireEvent;
MIL_SHAPE_DECLARE (MilWireEvent, mil_wire_event)

typedef struct
{
  GPtrArray *events; /* of MilWireEvent */
  gint64     next;
} MilWireEvents;
MIL_SHAPE_DECLARE (MilWireEvents, mil_wire_events)

G_END_DECLS
