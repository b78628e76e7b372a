/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "refund/mil-refund.h"

G_BEGIN_DECLS

#define MIL_TYPE_REFUND_REQUEST (mil_refund_request_get_type ())

/**
 * MilRefundRequest:
 * @travellers: (element-type MilTraveller): the people of the trip
 * @itinerary: (nullable): how the trip goes
 * @purchases: (element-type MilPurchase): the receipts
 * @today: the day it is, unset if not told
 *
 * A question as data/openapi/eligible-request.schema.json describes it.
 */
typedef struct
{
  GPtrArray    *travellers;
  MilItinerary *itinerary;
  GPtrArray    *purchases;
  MilDate       today;
} MilRefundRequest;

GType             mil_refund_request_get_type (void);
MilRefundRequest *mil_refund_request_new (JsonNode *node, GError **error);
MilRefundRequest *mil_refund_request_copy (const MilRefundRequest *self);
void              mil_refund_request_free (MilRefundRequest *self);

JsonNode *mil_refund_answer_to_json (GPtrArray *verdicts, MilDate today);
JsonNode *mil_verdict_to_json (const MilVerdict *verdict);
JsonNode *mil_rule_to_json (const MilScheme *scheme, const MilRule *rule);
JsonNode *mil_operator_to_json (const MilOperator *self, const char *country, MilDate day);
JsonNode *mil_operator_offer_to_json (const MilOperatorOffer *offer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilRefundRequest, mil_refund_request_free)

G_END_DECLS
