/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "protocol/mil-wire-claim.h"

#include <glib/gi18n.h>

#include "base/mil-country.h"

#define MAX_ID 64
#define MAX_TEXT 500
#define MAX_LETTER 4000
#define MAX_PURCHASES 200

/* The states and events of src/refund's table, which this room cannot see; a test holds them together. */
static const char *const states[] = { "draft",
                                      "queued",
                                      "submitted",
                                      "issued",
                                      "awaiting-validation",
                                      "validated",
                                      "partially-validated",
                                      "refused",
                                      "refund-pending",
                                      "refunded",
                                      "withdrawn",
                                      "expired",
                                      "void",
                                      "guarantee-charged",
                                      "disputed",
                                      "resolved",
                                      NULL };
static const char *const events[] = { "queued",
                                      "submitted",
                                      "issued",
                                      "voided",
                                      "withdrawn",
                                      "presented",
                                      "validated",
                                      "partially-validated",
                                      "refused",
                                      "expired",
                                      "approved",
                                      "refunded",
                                      "refund-failed",
                                      "guarantee-charged",
                                      "guarantee-released",
                                      "disputed",
                                      "dispute-upheld",
                                      "dispute-rejected",
                                      NULL };
static const char *const actors[] = { "traveller", "operator",      "customs", "service",
                                      "merchant",  "administrator", "kiosk",   NULL };
static const char *const results[] = { "validated", "partial", "refused", "desk", "outage", "stamp", NULL };
static const char *const modes[] = { "refund", "vat-off", NULL };
static const char *const guarantees[] = { "held", "released", "charged", NULL };
static const char *const outcomes[] = { "upheld", "rejected", NULL };

static void
check_country (MilJson *json, const char *member, const char *code)
{
  if (!mil_country_is_known (code))
    mil_json_fail (json, member, "%s", _ ("is not the code of a country"));
}

static void
check_exit (gpointer value, MilJson *json)
{
  check_country (json, "country", ((MilWireExit *) value)->country);
}

static void
check_trip (gpointer value, MilJson *json)
{
  check_country (json, "country", ((MilWireTrip *) value)->country);
}

static void
check_traveller (gpointer value, MilJson *json)
{
  MilWireTraveller *traveller = value;

  check_country (json, "residence", traveller->residence);
  if (traveller->nationality != NULL)
    check_country (json, "nationality", traveller->nationality);
}

static void
check_purchase (gpointer value, MilJson *json)
{
  MilWirePurchase *purchase = value;
  const char      *t = purchase->time;

  check_country (json, "country", purchase->country);
  if (t != NULL
      && !(g_ascii_isdigit (t[0]) && g_ascii_isdigit (t[1]) && t[2] == ':' && g_ascii_isdigit (t[3])
           && g_ascii_isdigit (t[4]) && t[5] == '\0' && g_ascii_strtoull (t, NULL, 10) < 24 && t[3] < '6'))
    mil_json_fail (json, "time", "%s", _ ("is not a time such as 16:05"));
}

static void
check_estimate (gpointer value, MilJson *json)
{
  MilWireEstimate *estimate = value;

  if (estimate->low > estimate->high)
    mil_json_fail (json, "low", "%s", _ ("is more than the high one"));
}

MIL_SHAPE_DEFINE (MilWireExit,
                  mil_wire_exit,
                  check_exit,
                  MIL_STRING (MilWireExit, country, 2, REQUIRED),
                  MIL_STRING (MilWireExit, point, MAX_TEXT, OPTIONAL))

MIL_SHAPE_DEFINE (MilWireTrip,
                  mil_wire_trip,
                  check_trip,
                  MIL_STRING (MilWireTrip, country, 2, REQUIRED),
                  MIL_DATE (MilWireTrip, leaves_on, REQUIRED),
                  MIL_OBJECT (MilWireTrip, exit, MilWireExit, mil_wire_exit, OPTIONAL))

MIL_SHAPE_DEFINE (MilWireDocument,
                  mil_wire_document,
                  NULL,
                  MIL_STRING (MilWireDocument, type, 40, REQUIRED),
                  MIL_STRING (MilWireDocument, number, 40, OPTIONAL),
                  MIL_STRING (MilWireDocument, country, 3, OPTIONAL),
                  MIL_DATE (MilWireDocument, expires, OPTIONAL))

MIL_SHAPE_DEFINE (MilWireTraveller,
                  mil_wire_traveller,
                  check_traveller,
                  MIL_STRING (MilWireTraveller, name, MAX_TEXT, REQUIRED),
                  MIL_STRING (MilWireTraveller, residence, 2, REQUIRED),
                  MIL_STRING (MilWireTraveller, nationality, 2, OPTIONAL),
                  MIL_DATE (MilWireTraveller, birth_date, OPTIONAL),
                  MIL_STRING (MilWireTraveller, address, MAX_TEXT, OPTIONAL),
                  MIL_STRING (MilWireTraveller, email, MAX_TEXT, OPTIONAL),
                  MIL_STRING (MilWireTraveller, phone, 40, OPTIONAL),
                  MIL_OBJECT (MilWireTraveller, document, MilWireDocument, mil_wire_document, OPTIONAL))

MIL_SHAPE_DEFINE (MilWirePurchaseLine,
                  mil_wire_purchase_line,
                  NULL,
                  MIL_STRING (MilWirePurchaseLine, title, MAX_TEXT, REQUIRED),
                  MIL_STRING (MilWirePurchaseLine, category, 40, OPTIONAL),
                  MIL_INT (MilWirePurchaseLine, quantity, 0, 1000000, OPTIONAL),
                  MIL_INT (MilWirePurchaseLine, total, -G_MAXINT64, G_MAXINT64, REQUIRED),
                  MIL_DECIMAL (MilWirePurchaseLine, vat_rate, OPTIONAL))

MIL_SHAPE_DEFINE (MilWirePurchase,
                  mil_wire_purchase,
                  check_purchase,
                  MIL_STRING (MilWirePurchase, id, MAX_ID, REQUIRED),
                  MIL_STRING (MilWirePurchase, country, 2, REQUIRED),
                  MIL_STRING (MilWirePurchase, shop, MAX_TEXT, REQUIRED),
                  MIL_STRING (MilWirePurchase, vat_id, 40, OPTIONAL),
                  MIL_DATE (MilWirePurchase, date, REQUIRED),
                  MIL_STRING (MilWirePurchase, time, 5, OPTIONAL),
                  MIL_STRING (MilWirePurchase, currency, 3, REQUIRED),
                  MIL_INT (MilWirePurchase, total, 0, G_MAXINT64, REQUIRED),
                  MIL_LIST (MilWirePurchase, lines, mil_wire_purchase_line, 500, OPTIONAL),
                  MIL_STRING (MilWirePurchase, order_id, MAX_ID, OPTIONAL))

MIL_SHAPE_DEFINE (MilWireEstimate,
                  mil_wire_estimate,
                  check_estimate,
                  MIL_INT (MilWireEstimate, low, 0, G_MAXINT64, REQUIRED),
                  MIL_INT (MilWireEstimate, high, 0, G_MAXINT64, REQUIRED),
                  MIL_STRING (MilWireEstimate, currency, 3, REQUIRED))

MIL_SHAPE_DEFINE (MilWirePayout,
                  mil_wire_payout,
                  NULL,
                  MIL_STRING (MilWirePayout, wallet_id, MAX_ID, REQUIRED),
                  MIL_STRING (MilWirePayout, currency, 3, REQUIRED))

MIL_SHAPE_DEFINE (MilWireClaimRequest,
                  mil_wire_claim_request,
                  NULL,
                  MIL_STRING (MilWireClaimRequest, id, MAX_ID, REQUIRED),
                  MIL_OBJECT (MilWireClaimRequest, trip, MilWireTrip, mil_wire_trip, REQUIRED),
                  MIL_OBJECT (MilWireClaimRequest, traveller, MilWireTraveller, mil_wire_traveller, REQUIRED),
                  MIL_LIST (MilWireClaimRequest, purchases, mil_wire_purchase, MAX_PURCHASES, REQUIRED),
                  MIL_STRING (MilWireClaimRequest, scheme, MAX_ID, REQUIRED),
                  MIL_DATE (MilWireClaimRequest, rule_valid_from, REQUIRED),
                  MIL_OBJECT (MilWireClaimRequest, estimate, MilWireEstimate, mil_wire_estimate, OPTIONAL),
                  MIL_OBJECT (MilWireClaimRequest, payout, MilWirePayout, mil_wire_payout, OPTIONAL),
                  MIL_CHOICE (MilWireClaimRequest, mode, modes, OPTIONAL))

MIL_SHAPE_DEFINE (MilWireRefund,
                  mil_wire_refund,
                  NULL,
                  MIL_AMOUNT (MilWireRefund, amount, 0, REQUIRED),
                  MIL_AMOUNT (MilWireRefund, fee, 0, REQUIRED),
                  MIL_AMOUNT (MilWireRefund, payout, 0, REQUIRED))

MIL_SHAPE_DEFINE (MilWireClaimEvent,
                  mil_wire_claim_event,
                  NULL,
                  MIL_INT (MilWireClaimEvent, seq, 0, G_MAXINT64, REQUIRED),
                  MIL_CHOICE (MilWireClaimEvent, event, events, OPTIONAL),
                  MIL_CHOICE (MilWireClaimEvent, state, states, REQUIRED),
                  MIL_INSTANT (MilWireClaimEvent, at, REQUIRED),
                  MIL_CHOICE (MilWireClaimEvent, actor, actors, REQUIRED),
                  MIL_STRING (MilWireClaimEvent, reason, 2000, NULLABLE),
                  MIL_STRING (MilWireClaimEvent, reason_code, 40, OPTIONAL),
                  MIL_STRING (MilWireClaimEvent, system, 40, OPTIONAL),
                  MIL_STRING (MilWireClaimEvent, code, 200, OPTIONAL))

MIL_SHAPE_DEFINE (MilWireExport,
                  mil_wire_export,
                  NULL,
                  MIL_STRING (MilWireExport, system, 40, REQUIRED),
                  MIL_STRING (MilWireExport, reference, 100, OPTIONAL),
                  MIL_STRING (MilWireExport, label, 100, OPTIONAL),
                  MIL_STRING (MilWireExport, code, 200, OPTIONAL),
                  MIL_STRING (MilWireExport, hint, MAX_TEXT, OPTIONAL),
                  MIL_INSTANT (MilWireExport, at, OPTIONAL))

MIL_SHAPE_DEFINE (MilWireGuarantee,
                  mil_wire_guarantee,
                  NULL,
                  MIL_AMOUNT (MilWireGuarantee, amount, 0, REQUIRED),
                  MIL_AMOUNT (MilWireGuarantee, held, 0, REQUIRED),
                  MIL_AMOUNT (MilWireGuarantee, charged, 0, OPTIONAL),
                  MIL_CHOICE (MilWireGuarantee, state, guarantees, REQUIRED))

MIL_SHAPE_DEFINE (MilWireDispute,
                  mil_wire_dispute,
                  NULL,
                  MIL_STRING (MilWireDispute, text, MAX_LETTER, OPTIONAL),
                  MIL_INSTANT (MilWireDispute, opened_at, REQUIRED),
                  MIL_CHOICE (MilWireDispute, outcome, outcomes, OPTIONAL),
                  MIL_STRING (MilWireDispute, answer, MAX_LETTER, OPTIONAL),
                  MIL_INSTANT (MilWireDispute, answered_at, OPTIONAL))

MIL_SHAPE_DEFINE (MilWireClaim,
                  mil_wire_claim,
                  NULL,
                  MIL_STRING (MilWireClaim, id, MAX_ID, REQUIRED),
                  MIL_STRING (MilWireClaim, number, 40, REQUIRED),
                  MIL_CHOICE (MilWireClaim, state, states, REQUIRED),
                  MIL_STRING (MilWireClaim, scheme, MAX_ID, REQUIRED),
                  MIL_CHOICE (MilWireClaim, mode, modes, OPTIONAL),
                  MIL_STRING (MilWireClaim, operator_id, MAX_ID, OPTIONAL),
                  MIL_INSTANT (MilWireClaim, created_at, REQUIRED),
                  MIL_INSTANT (MilWireClaim, updated_at, REQUIRED),
                  MIL_LIST (MilWireClaim, purchases, mil_wire_purchase, MAX_PURCHASES, REQUIRED),
                  MIL_OBJECT (MilWireClaim, refund, MilWireRefund, mil_wire_refund, NULLABLE),
                  MIL_DATE (MilWireClaim, export_by, OPTIONAL),
                  MIL_OBJECT (MilWireClaim, validation, MilWireExport, mil_wire_export, OPTIONAL),
                  MIL_OBJECT (MilWireClaim, guarantee, MilWireGuarantee, mil_wire_guarantee, OPTIONAL),
                  MIL_OBJECT (MilWireClaim, dispute, MilWireDispute, mil_wire_dispute, OPTIONAL),
                  MIL_INSTANT (MilWireClaim, erased_at, OPTIONAL),
                  MIL_LIST (MilWireClaim, events, mil_wire_claim_event, 1000, REQUIRED))

MIL_SHAPE_DEFINE (MilWireClaims, mil_wire_claims, NULL, MIL_LIST (MilWireClaims, claims, mil_wire_claim, 1000, REQUIRED))

MIL_SHAPE_DEFINE (MilWireValidation,
                  mil_wire_validation,
                  NULL,
                  MIL_CHOICE (MilWireValidation, result, results, REQUIRED),
                  MIL_STRING (MilWireValidation, reason, 2000, OPTIONAL),
                  MIL_STRING (MilWireValidation, reason_code, 40, OPTIONAL),
                  MIL_STRING (MilWireValidation, desk, 200, OPTIONAL),
                  MIL_STRING (MilWireValidation, position, 60, OPTIONAL),
                  MIL_DATE (MilWireValidation, on, OPTIONAL),
                  MIL_STRINGS (MilWireValidation, purchases, MAX_PURCHASES, OPTIONAL))

MIL_SHAPE_DEFINE (MilWireObjection, mil_wire_objection, NULL, MIL_STRING (MilWireObjection, text, MAX_LETTER, REQUIRED))

MIL_SHAPE_DEFINE (MilWireResolution,
                  mil_wire_resolution,
                  NULL,
                  MIL_CHOICE (MilWireResolution, outcome, outcomes, REQUIRED),
                  MIL_STRING (MilWireResolution, answer, MAX_LETTER, REQUIRED))

MIL_SHAPE_DEFINE (MilWireEvent,
                  mil_wire_event,
                  NULL,
                  MIL_INT (MilWireEvent, seq, 0, G_MAXINT64, REQUIRED),
                  MIL_STRING (MilWireEvent, type, 64, REQUIRED),
                  MIL_STRING (MilWireEvent, subject, MAX_ID, REQUIRED),
                  MIL_INSTANT (MilWireEvent, at, REQUIRED),
                  MIL_NODE (MilWireEvent, data, OPTIONAL))

MIL_SHAPE_DEFINE (MilWireEvents,
                  mil_wire_events,
                  NULL,
                  MIL_LIST (MilWireEvents, events, mil_wire_event, 1000, REQUIRED),
                  MIL_INT (MilWireEvents, next, 0, G_MAXINT64, REQUIRED))
