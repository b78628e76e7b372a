/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MilPdfLimits:
 * @mebibytes: memory that may be taken for drawing
 * @seconds: processor time for a page
 * @milliseconds: time until an answer, however busy the machine is
 * @program: (nullable): the program that draws; %NULL for the installed one
 *
 * What a document may take.
 */
typedef struct
{
  guint       mebibytes;
  guint       seconds;
  guint       milliseconds;
  const char *program;
} MilPdfLimits;

/**
 * MilPdfProcess:
 *
 * A running program that draws the pages of one document. Used by one thread at a time.
 */
typedef struct _MilPdfProcess MilPdfProcess;

MilPdfProcess *mil_pdf_process_new     (GBytes *document, const MilPdfLimits *limits, GError **error);
void           mil_pdf_process_free    (MilPdfProcess *self);
int            mil_pdf_process_get_pid (MilPdfProcess *self);
void           mil_pdf_process_ask     (MilPdfProcess *self, guint32 page);
gboolean       mil_pdf_process_receive (MilPdfProcess *self, void *buffer, gsize size, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilPdfProcess, mil_pdf_process_free)

G_END_DECLS
