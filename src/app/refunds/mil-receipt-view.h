/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "scan/mil-geometry.h"

G_BEGIN_DECLS

#define MIL_TYPE_RECEIPT_VIEW (mil_receipt_view_get_type ())

/**
 * MilHighlight:
 * @MIL_HIGHLIGHT_SURE: read with good evidence
 * @MIL_HIGHLIGHT_UNSURE: read, but worth a look
 *
 * How a place in the picture is marked.
 */
typedef enum
{
  MIL_HIGHLIGHT_SURE,
  MIL_HIGHLIGHT_UNSURE,
} MilHighlight;

/**
 * MilReceiptView:
 *
 * The picture of a receipt with what was recognised on it as soft marks, and a closer look at one of
 * them.
 */
G_DECLARE_FINAL_TYPE (MilReceiptView, mil_receipt_view, MIL, RECEIPT_VIEW, GtkWidget)

GtkWidget *mil_receipt_view_new             (void);
void       mil_receipt_view_set_texture     (MilReceiptView *self,
                                             GdkTexture     *texture,
                                             int             picture_width,
                                             int             picture_height);
void       mil_receipt_view_clear_marks     (MilReceiptView *self);
void       mil_receipt_view_add_mark        (MilReceiptView *self,
                                             MilBox          box,
                                             MilHighlight    highlight);
void       mil_receipt_view_look_at         (MilReceiptView *self,
                                             MilBox          box);
void       mil_receipt_view_look_at_all     (MilReceiptView *self);

G_END_DECLS
