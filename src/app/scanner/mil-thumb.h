/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_THUMB (mil_thumb_get_type ())

/**
 * MilThumb:
 *
 * One picture of a receipt in the scanner's tray: a button, which is dragged onto another one, or moved by Alt and the
 * arrow keys, to change the order.
 *
 * Signals: `moved` (int: by how many places, in reading order), `dropped` (#MilThumb: what was dropped on it),
 * `removed` (Delete was pressed).
 */
G_DECLARE_FINAL_TYPE (MilThumb, mil_thumb, MIL, THUMB, GtkButton)

GtkWidget        *mil_thumb_new         (MilSession       *session,
                                         MilReceiptRecord *receipt,
                                         guint             index);
void              mil_thumb_set_place   (MilThumb         *self,
                                         guint             place,
                                         guint             of);
MilReceiptRecord *mil_thumb_get_receipt (MilThumb         *self);
guint             mil_thumb_get_index   (MilThumb         *self);

G_END_DECLS
