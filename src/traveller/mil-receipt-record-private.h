/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "refund/mil-purchase.h"
#include "scan/mil-receipt.h"
#include "traveller/mil-receipt-record.h"

G_BEGIN_DECLS

/* What only the session does with a receipt. The signal `edited` tells it that the person typed. */

MilReceiptRecord *mil_receipt_record_new          (const char             *id,
                                                   gint64                  added_at);
MilReceiptRecord *mil_receipt_record_new_from_json (const char            *folder,
                                                   JsonNode               *json,
                                                   GError                **error);
JsonNode         *mil_receipt_record_to_json      (MilReceiptRecord       *self);
void              mil_receipt_record_set_sheets   (MilReceiptRecord       *self,
                                                   const char             *folder,
                                                   GPtrArray              *sheets);
GPtrArray        *mil_receipt_record_get_sheets   (MilReceiptRecord       *self);
void              mil_receipt_record_set_papers   (MilReceiptRecord       *self,
                                                   GArray                 *papers);
GArray           *mil_receipt_record_get_papers   (MilReceiptRecord       *self);
void              mil_receipt_record_set_is_document (MilReceiptRecord    *self,
                                                   gboolean                is_document);
gboolean          mil_receipt_record_get_is_document (MilReceiptRecord    *self);
void              mil_receipt_record_set_reading  (MilReceiptRecord       *self,
                                                   const MilReceipt       *reading);
void              mil_receipt_record_set_state    (MilReceiptRecord       *self,
                                                   MilReceiptState         state,
                                                   const GError           *problem);
void              mil_receipt_record_set_progress (MilReceiptRecord       *self,
                                                   double                  progress);
void              mil_receipt_record_set_trip     (MilReceiptRecord       *self,
                                                   const char             *trip_id,
                                                   const char             *traveller_id);
void              mil_receipt_record_set_claim    (MilReceiptRecord       *self,
                                                   const char             *claim_id,
                                                   const char             *claim_state);
void              mil_receipt_record_set_verdict  (MilReceiptRecord       *self,
                                                   const MilVerdict       *verdict,
                                                   MilDate                 today);
void              mil_receipt_record_set_home     (MilReceiptRecord       *self,
                                                   MilMoney                home_amount,
                                                   MilMoney                home_refund);
gboolean          mil_receipt_record_is_complete  (MilReceiptRecord       *self);
MilPurchase      *mil_receipt_record_to_purchase  (MilReceiptRecord       *self);

G_END_DECLS
