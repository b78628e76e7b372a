/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

/* What a person does with a picture that was taken. What goes wrong is said in passing. */

void mil_sheet_rotate (GtkWidget *widget, MilSession *session, MilReceiptRecord *receipt, guint index, int quarters);
void mil_sheet_cut (GtkWidget *widget, MilSession *session, MilReceiptRecord *receipt, guint index, const MilQuad *corners);
void mil_sheet_move (GtkWidget *widget, MilSession *session, MilReceiptRecord *receipt, guint from, guint to);
void mil_sheet_delete (GtkWidget *widget, MilSession *session, MilReceiptRecord *receipt, guint index);

void        mil_sheet_tell_parted (GtkWidget        *widget,
                                   MilSession       *session,
                                   GPtrArray        *receipts);
char       *mil_sheet_doubt_text  (MilReceiptRecord *receipt);
const char *mil_sheet_one_text    (MilReceiptRecord *receipt);

G_END_DECLS
