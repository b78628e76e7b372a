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
  char   *type;    /* "passport", "id-card" … */
  char   *number;  /* (nullable) */
  char   *country; /* (nullable): who issued it */
  MilDate expires;
} MilWireDocument;
MIL_SHAPE_DECLARE (MilWireDocument, mil_wire_document)

/* The service keeps all but the residence encrypted, and never says it again. */
typedef struct
{
  char            *name;
  char            *residence;   /* country */
  char            *nationality; /* (nullable): country; these five are what some forms ask for */
  MilDate          birth_date;
  char            *address;  /* (nullable): street, town, postcode, on lines */
  char            *email;    /* (nullable) */
  char            *phone;    /* (nullable) */
  MilWireDocument *document; /* (nullable) */
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
  char             *mode; /* (nullable): "refund" (also when missing), or "vat-off": the shop did not charge
                           * the tax, and the payout's wallet guarantees it */
} MilWireClaimRequest;
MIL_SHAPE_DECLARE (MilWireClaimRequest, mil_wire_claim_request)

typedef struct
{
  MilMoney amount;
  MilMoney fee;
  MilMoney payout;
} MilWireRefund;
MIL_SHAPE_DECLARE (MilWireRefund, mil_wire_refund)

/* What was done, and where the claim stood then. States, events and who may do what: src/refund's table. */
typedef struct
{
  gint64 seq;
  char  *event; /* (nullable): issued, presented, dispute-upheld …; missing in claims of older services */
  char  *state;
  gint64 at;
  char  *actor;       /* traveller, operator, customs, service */
  char  *reason;      /* (nullable): for a person */
  char  *reason_code; /* (nullable): why customs refused: late, goods-not-shown … */
  char  *system;      /* (nullable): the validation system that said it: "PABLO", "OTELLO" … */
  char  *code;        /* (nullable): what that system said, in its own words */
} MilWireClaimEvent;
MIL_SHAPE_DECLARE (MilWireClaimEvent, mil_wire_claim_event)

/* Where the form stands in the system that validates its export. */
typedef struct
{
  char  *system;    /* "PABLO", "DIVA", "OTELLO", "TAX FREE" … "paper" */
  char  *reference; /* (nullable): what the system knows the form by: ILR, codice richiesta, UNS … */
  char  *label;     /* (nullable): what the system calls that */
  char  *code;      /* (nullable): what it said last, in its own words */
  char  *hint;      /* (nullable): what to do now, for a person: "Go to the customs desk." */
  gint64 at;
} MilWireExport;
MIL_SHAPE_DECLARE (MilWireExport, mil_wire_export)

/* Tax that the shop did not charge, and that the wallet guarantees until the export is validated. */
typedef struct
{
  MilMoney amount;
  MilMoney held;    /* the same in the wallet's currency */
  MilMoney charged; /* what was taken of it at the end; none until then */
  char    *state;   /* held, released, charged */
} MilWireGuarantee;
MIL_SHAPE_DECLARE (MilWireGuarantee, mil_wire_guarantee)

typedef struct
{
  char  *text; /* (nullable): what the traveller wrote; only in answers to GET */
  gint64 opened_at;
  char  *outcome; /* (nullable): upheld, rejected */
  char  *answer;  /* (nullable): what the operator wrote */
  gint64 answered_at;
} MilWireDispute;
MIL_SHAPE_DECLARE (MilWireDispute, mil_wire_dispute)

typedef struct
{
  char             *id;
  char             *number; /* 12 digits, for the barcode */
  char             *state;  /* submitted, issued, validated … */
  char             *scheme;
  char             *mode;        /* (nullable): refund, vat-off */
  char             *operator_id; /* (nullable): who issues the form and pays */
  gint64            created_at;
  gint64            updated_at;
  GPtrArray        *purchases; /* of MilWirePurchase */
  MilWireRefund    *refund;    /* (nullable) */
  MilDate           export_by;
  MilWireExport    *validation; /* these three (nullable) */
  MilWireGuarantee *guarantee;
  MilWireDispute   *dispute;
  gint64            erased_at; /* since when the service does not know any more who travelled; 0 if it does */
  GPtrArray        *events;    /* of MilWireClaimEvent */
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
  char *result;        /* validated, partial, refused; desk: a red light; outage: the system does not answer;
                        * stamp: an ink stamp on paper */
  char   *reason;      /* these three (nullable) */
  char   *reason_code; /* late, goods-not-shown … see src/refund */
  char   *desk;
  char   *position;  /* (nullable): where the traveller's phone is: "52.3105,4.7683" */
  MilDate on;        /* day of the stamp, when it is not today */
  GStrv   purchases; /* ids of those that were seen, when partial */
} MilWireValidation;
MIL_SHAPE_DECLARE (MilWireValidation, mil_wire_validation)

/* POST /v1/taxfree/claims/{id}/dispute */
typedef struct
{
  char *text;
} MilWireObjection;
MIL_SHAPE_DECLARE (MilWireObjection, mil_wire_objection)

/* POST /v1/taxfree/claims/{id}/resolution */
typedef struct
{
  char *outcome; /* upheld, rejected */
  char *answer;
} MilWireResolution;
MIL_SHAPE_DECLARE (MilWireResolution, mil_wire_resolution)

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
