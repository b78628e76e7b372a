/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_TRAY (mil_tray_get_type ())

/**
 * MilTray:
 *
 * What the scanner took since it was opened, as small pictures in an order that can be changed, with what the last one
 * says above them. Everything in it is kept already; the tray only arranges it.
 *
 * Signals: `sheet-activated` (#MilReceiptRecord, uint: which of its pictures), `receipt-activated`
 * (#MilReceiptRecord).
 */
G_DECLARE_FINAL_TYPE (MilTray, mil_tray, MIL, TRAY, AdwBin)

void              mil_tray_set_session (MilTray          *self,
                                        MilSession       *session);
void              mil_tray_add         (MilTray          *self,
                                        MilReceiptRecord *receipt);
MilReceiptRecord *mil_tray_get_growing (MilTray          *self);
guint             mil_tray_get_n_items (MilTray          *self);

G_END_DECLS
