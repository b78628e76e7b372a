/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-pdf-process.h"
#include "scan/mil-picture.h"

G_BEGIN_DECLS

/**
 * MilPdfDocument:
 *
 * A PDF document whose pages are drawn by a process of its own. Used by one thread at a time.
 */
typedef struct _MilPdfDocument MilPdfDocument;

MilPdfDocument *mil_pdf_document_new         (GBytes *bytes, const MilPdfLimits *limits);
void            mil_pdf_document_free        (MilPdfDocument *self);
guint           mil_pdf_document_count_pages (MilPdfDocument *self, GCancellable *cancellable, GError **error);
MilPicture     *mil_pdf_document_draw        (MilPdfDocument *self, guint page, GCancellable *cancellable, GError **error);
int             mil_pdf_document_get_pid     (MilPdfDocument *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilPdfDocument, mil_pdf_document_free)

G_END_DECLS
