/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-future.h"
#include "refund/mil-verdict.h"
#include "scan/mil-geometry.h"
#include "traveller/mil-receipt-line-item.h"
#include "traveller/mil-receipt-parts.h"
#include "traveller/mil-receipt-picture.h"
#include "traveller/mil-receipt-vat-item.h"

G_BEGIN_DECLS

#define MIL_TYPE_RECEIPT_RECORD  (mil_receipt_record_get_type ())
#define MIL_TYPE_RECEIPT_STATE   (mil_receipt_state_get_type ())
#define MIL_TYPE_RECEIPT_SECTION (mil_receipt_section_get_type ())

/**
 * MilReceiptState:
 * @MIL_RECEIPT_STATE_WAITING: kept, not read yet
 * @MIL_RECEIPT_STATE_READING: being read; `progress` tells how far
 * @MIL_RECEIPT_STATE_READ: read; the person may correct it
 * @MIL_RECEIPT_STATE_UNREAD: it could not be read (`problem` says why); the person may type it in
 */
typedef enum
{
  MIL_RECEIPT_STATE_WAITING,
  MIL_RECEIPT_STATE_READING,
  MIL_RECEIPT_STATE_READ,
  MIL_RECEIPT_STATE_UNREAD,
} MilReceiptState;

/**
 * MilReceiptSection:
 * @MIL_SECTION_TO_CHECK: something is missing or uncertain
 * @MIL_SECTION_READY: ready to claim
 * @MIL_SECTION_SHOW: claimed; to be shown to customs
 * @MIL_SECTION_ON_ITS_WAY: validated; the money is coming
 * @MIL_SECTION_ARRIVED: the money is there
 * @MIL_SECTION_NOT_THIS_TIME: nothing comes back, and the reasons say why
 *
 * The step of the Refunds page that a receipt belongs to.
 */
typedef enum
{
  MIL_SECTION_TO_CHECK,
  MIL_SECTION_READY,
  MIL_SECTION_SHOW,
  MIL_SECTION_ON_ITS_WAY,
  MIL_SECTION_ARRIVED,
  MIL_SECTION_NOT_THIS_TIME,
} MilReceiptSection;

GType mil_receipt_state_get_type   (void);
GType mil_receipt_section_get_type (void);

/**
 * MilReceiptRecord:
 *
 * A receipt that the person keeps: its picture on disk, what was read from it, what the person
 * corrected, and what the refund rules say. Every edit is on the disk right after it is typed, also
 * when it is not valid yet.
 *
 * Properties: `id`, `trip-id`, `traveller-id`, `claim-id` (strings), `picture` (string, address for
 * #MilPictureCache), `picture-width`, `picture-height` (int), `n-sheets` (uint: how many pictures it has),
 * `n-papers` (uint: how many receipts its picture shows, 0 for one), `state` (#MilReceiptState), `progress`
 * (double, 0 to 1), `problem` (string); `merchant`, `vat-id`, `country`, `date`, `time`, `total`,
 * `currency`, `tax`, `goods` (strings as typed, writable); `amount` (#MilMoney, the total, %NULL while
 * it cannot be understood), `home-amount` (#MilMoney), `lines` (#GListModel of #MilReceiptLineItem),
 * `vat` (#GListModel of #MilReceiptVatItem), `verdict-kind` (string: "eligible", "not-eligible",
 * "needs-more", "uncertain", or %NULL while nothing is known), `verdict-text` (string), `reasons`
 * (#GStrv), `hints` (#GStrv), `refund-low`, `refund-high`, `home-refund` (#MilMoney), `export-by`
 * (string as the locale writes dates), `days-left` (int, -1 where there is no deadline), `section`
 * (#MilReceiptSection), `added-at` (int64).
 */
G_DECLARE_FINAL_TYPE (MilReceiptRecord, mil_receipt_record, MIL, RECEIPT_RECORD, GObject)

const char        *mil_receipt_record_get_id         (MilReceiptRecord *self);
const char        *mil_receipt_record_get_claim_id   (MilReceiptRecord *self);
const char        *mil_receipt_record_get_trip_id    (MilReceiptRecord *self);
const char        *mil_receipt_record_get_picture    (MilReceiptRecord *self);
guint              mil_receipt_record_get_n_sheets   (MilReceiptRecord *self);
const MilReceiptPicture *mil_receipt_record_get_sheet  (MilReceiptRecord *self,
                                                      guint             index);
char              *mil_receipt_record_dup_sheet_address (MilReceiptRecord *self,
                                                      guint             index,
                                                      gboolean          cut);
guint              mil_receipt_record_get_n_papers   (MilReceiptRecord *self);
MilReceiptState    mil_receipt_record_get_state      (MilReceiptRecord *self);
MilReceiptSection  mil_receipt_record_get_section    (MilReceiptRecord *self);
double             mil_receipt_record_get_progress   (MilReceiptRecord *self);
const char        *mil_receipt_record_get_text       (MilReceiptRecord *self,
                                                      MilReceiptPart    part);
void               mil_receipt_record_set_text       (MilReceiptRecord *self,
                                                      MilReceiptPart    part,
                                                      const char       *text);
const char        *mil_receipt_record_get_part_problem (MilReceiptRecord *self,
                                                      MilReceiptPart    part);
int                mil_receipt_record_get_confidence (MilReceiptRecord *self,
                                                      MilReceiptPart    part);
MilBox             mil_receipt_record_get_box        (MilReceiptRecord *self,
                                                      MilReceiptPart    part);
gboolean           mil_receipt_record_is_edited      (MilReceiptRecord *self,
                                                      MilReceiptPart    part);
MilMoney           mil_receipt_record_get_amount     (MilReceiptRecord *self);
MilDate            mil_receipt_record_get_date       (MilReceiptRecord *self);
GListModel        *mil_receipt_record_get_lines      (MilReceiptRecord *self);
GListModel        *mil_receipt_record_get_vat        (MilReceiptRecord *self);
const MilVerdict  *mil_receipt_record_get_verdict    (MilReceiptRecord *self);
MilDate            mil_receipt_record_get_export_by  (MilReceiptRecord *self);

G_END_DECLS
