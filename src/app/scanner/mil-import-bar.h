/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-receipt-import.h"

G_BEGIN_DECLS

#define MIL_TYPE_IMPORT_BAR (mil_import_bar_get_type ())

/**
 * MilImportBar:
 *
 * How far files are that were dropped or chosen together, with a button that stops them; says in the end which could
 * not be read. Not seen while there are none.
 *
 * Signals: `finished` (#MilReceiptImport).
 */
G_DECLARE_FINAL_TYPE (MilImportBar, mil_import_bar, MIL, IMPORT_BAR, AdwBin)

void              mil_import_bar_set_session (MilImportBar *self,
                                              MilSession   *session);
void              mil_import_bar_add         (MilImportBar *self,
                                              GListModel   *files);
MilReceiptImport *mil_import_bar_get_import  (MilImportBar *self);
AdwDialog        *mil_import_summary_new     (MilReceiptImport *import);

G_END_DECLS
