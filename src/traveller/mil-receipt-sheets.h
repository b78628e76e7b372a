/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-receipt-picture.h"

G_BEGIN_DECLS

/**
 * MilReceiptSheets:
 * @folder: (nullable): where its pictures lie
 * @pictures: (element-type MilReceiptPicture): from top to bottom
 * @papers: (element-type MilQuad): where each receipt in the picture lies, its own first; empty where there is but one
 * @is_document: they may be several receipts, and nobody has looked yet
 * @address: (nullable): of all of them, for #MilPictureCache
 * @width: of all of them, one below the other, in pixels; 0 while it is not known
 * @height: likewise
 *
 * The pictures of a receipt.
 */
typedef struct
{
  char      *folder;
  GPtrArray *pictures;
  GArray    *papers;
  gboolean   is_document;
  char      *address;
  int        width;
  int        height;
} MilReceiptSheets;

void mil_receipt_sheets_init       (MilReceiptSheets       *self);
void mil_receipt_sheets_clear      (MilReceiptSheets       *self);
void mil_receipt_sheets_set        (MilReceiptSheets       *self,
                                    const char             *folder,
                                    GPtrArray              *pictures);
void mil_receipt_sheets_set_papers (MilReceiptSheets       *self,
                                    GArray                 *papers);
void mil_receipt_sheets_to_json    (const MilReceiptSheets *self,
                                    JsonBuilder            *builder);
void mil_receipt_sheets_from_json  (MilReceiptSheets       *self,
                                    const char             *folder,
                                    MilJson                *reader);

G_END_DECLS
