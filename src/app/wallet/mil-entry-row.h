/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_ENTRY_ROW (mil_entry_row_get_type ())

/**
 * MilEntryRow:
 *
 * A row of a wallet's history; the first of a day says which day it is. A press opens the order.
 */
G_DECLARE_FINAL_TYPE (MilEntryRow, mil_entry_row, MIL, ENTRY_ROW, AdwBin)

GtkWidget *mil_entry_row_new (void);
void       mil_entry_row_bind (MilEntryRow *self, MilWalletEntry *entry, gboolean first_of_day);
MilWalletEntry *mil_entry_row_get_entry (MilEntryRow *self);
void       mil_entry_row_set_settled (MilEntryRow *self, gboolean settled);

G_END_DECLS
