/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_RECEIPT_IMPORT (mil_receipt_import_get_type ())

/**
 * MilImportFailure:
 * @name: name of the file, for people
 * @problem: why it could not be read, for people
 * @is_kept: whether its picture was kept all the same, so that what it says can be typed in
 *
 * A file that could not be read.
 */
typedef struct
{
  char    *name;
  char    *problem;
  gboolean is_kept;
} MilImportFailure;

/**
 * MilReceiptImport:
 *
 * Files that were dropped or chosen together, on their way to receipts: each is kept first, then each is read.
 *
 * Properties: `running` (boolean), `fraction` (double, 0 to 1), `n-done` (uint: files that are read or could not be).
 */
G_DECLARE_FINAL_TYPE (MilReceiptImport, mil_receipt_import, MIL, RECEIPT_IMPORT, GObject)

MilReceiptImport *mil_receipt_import_new           (MilSession       *session,
                                                    GListModel       *files);
void              mil_receipt_import_start         (MilReceiptImport *self);
void              mil_receipt_import_cancel        (MilReceiptImport *self);
gboolean          mil_receipt_import_is_running    (MilReceiptImport *self);
double            mil_receipt_import_get_fraction  (MilReceiptImport *self);
guint             mil_receipt_import_get_n_files   (MilReceiptImport *self);
guint             mil_receipt_import_get_n_done    (MilReceiptImport *self);
guint             mil_receipt_import_get_n_left_out (MilReceiptImport *self);
GPtrArray        *mil_receipt_import_get_failures  (MilReceiptImport *self);
GPtrArray        *mil_receipt_import_list_receipts (MilReceiptImport *self);

G_END_DECLS
