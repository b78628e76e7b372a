/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "base/mil-json.h"
#include "scan/mil-picture.h"
#include "traveller/mil-pixels.h"

G_BEGIN_DECLS

#define MIL_TYPE_RECEIPT_PICTURE (mil_receipt_picture_get_type ())

/**
 * MilReceiptPicture:
 * @file: name of the file within the folder of receipts; several sheets may share one
 * @page: which page of a document, from 0
 * @turn: quarter turns to the right, 0 to 3
 * @corners: where the paper lies in the turned picture, as the person said; unset for all of it
 * @found: where it was found in what is read, unset while it was not looked for
 * @whole_width: of the turned picture in pixels, 0 while it is not known
 * @whole_height: likewise
 * @width: of what is read (the turned picture, or the paper cut out of it), 0 while it is not known
 * @height: likewise
 *
 * One picture of a receipt. The file is never changed: how it is turned and cut is said here.
 */
typedef struct
{
  char   *file;
  guint   page;
  int     turn;
  MilQuad corners;
  MilQuad found;
  int     whole_width;
  int     whole_height;
  int     width;
  int     height;
} MilReceiptPicture;

GType            mil_receipt_picture_get_type    (void);
MilReceiptPicture *mil_receipt_picture_new         (const char            *file,
                                                guint                  page);
MilReceiptPicture *mil_receipt_picture_copy        (const MilReceiptPicture *self);
void             mil_receipt_picture_free        (MilReceiptPicture       *self);
GPtrArray       *mil_receipt_pictures_new        (void);
GPtrArray       *mil_receipt_pictures_copy       (GPtrArray             *sheets);
gboolean         mil_receipt_picture_is_document (const MilReceiptPicture *self);
void             mil_receipt_picture_rotate      (MilReceiptPicture       *self,
                                                int                    quarters);
void             mil_receipt_picture_cut         (MilReceiptPicture       *self,
                                                const MilQuad         *corners);
char            *mil_receipt_picture_address     (const MilReceiptPicture *self,
                                                const char            *folder,
                                                gboolean               cut);
MilPicture      *mil_receipt_picture_render      (const MilReceiptPicture *self,
                                                GBytes                *bytes,
                                                GCancellable          *cancellable,
                                                GError               **error);
MilPicture      *mil_receipt_picture_load        (const char            *address,
                                                GCancellable          *cancellable,
                                                GError               **error);
MilPixels       *mil_receipt_pictures_paint      (const char            *addresses,
                                                int                    width,
                                                int                    height,
                                                GCancellable          *cancellable,
                                                GError               **error);
void             mil_receipt_picture_to_json     (const MilReceiptPicture *self,
                                                JsonBuilder           *builder);
MilReceiptPicture *mil_receipt_picture_from_json   (MilJson               *reader);
void             mil_quad_to_json              (const MilQuad         *quad,
                                                JsonBuilder           *builder);
MilQuad          mil_quad_from_json            (MilJson               *reader,
                                                const char            *member);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilReceiptPicture, mil_receipt_picture_free)

G_END_DECLS
