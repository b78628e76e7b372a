/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_RECEIPT_ROW (mil_receipt_row_get_type ())

/**
 * MilReceiptRow:
 *
 * A receipt in a list: its picture, shop, date, amount, and in a word where it stands.
 */
G_DECLARE_FINAL_TYPE (MilReceiptRow, mil_receipt_row, MIL, RECEIPT_ROW, AdwActionRow)

GtkWidget        *mil_receipt_row_new         (MilSession       *session,
                                               MilReceiptRecord *receipt);
MilReceiptRecord *mil_receipt_row_get_receipt (MilReceiptRow    *self);

G_END_DECLS
