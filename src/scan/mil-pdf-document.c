/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-pdf-document.h"

#include <glib/gi18n.h>

#include "scan/mil-pdf-look.h"
#include "scan/mil-pdf-reply.h"
#include "scan/mil-picture-private.h"

struct _MilPdfDocument
{
  GBytes      *bytes;
  MilPdfLimits limits;
  char        *program;
  /* (nullable): what draws; from the first need on, until something goes wrong */
  MilPdfProcess *process;
  guint          n_pages;
};

/* Memory: a page of A4 with 600 dots an inch and what it is drawn on (mil-pdf-look.c). Processor time: a
 * hundred times what a page commonly takes. */
static const MilPdfLimits usual_limits = { .mebibytes = 192, .seconds = 15, .milliseconds = 90 * 1000 };

/**
 * mil_pdf_document_new:
 * @bytes: a PDF document
 * @limits: (nullable): what it may take; %NULL for the usual
 *
 * Nothing is looked at before a page is asked for.
 *
 * Returns: (transfer full): the document
 */
MilPdfDocument *
mil_pdf_document_new (GBytes *bytes, const MilPdfLimits *limits)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  MilPdfDocument *self = g_new0 (MilPdfDocument, 1);
  self->bytes = g_bytes_ref (bytes);
  self->limits = limits ? *limits : usual_limits;
  self->program = g_strdup (self->limits.program);
  self->limits.program = self->program;
  return self;
}

/**
 * mil_pdf_document_free:
 * @self: (transfer full): a document
 */
void
mil_pdf_document_free (MilPdfDocument *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->process, mil_pdf_process_free);
  g_bytes_unref (self->bytes);
  g_free (self->program);
  g_free (self);
}

#if MIL_HAVE_PDF

static gboolean
set_damaged (GError **error)
{
  mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The PDF document is damaged and cannot be opened. Choose another file."));
  return FALSE;
}

static gboolean
receive_reply (MilPdfDocument *self, MilPdfReply *reply, GCancellable *cancellable, GError **error)
{
  guint8 head[sizeof *reply];
  if (!mil_pdf_process_receive (self->process, head, sizeof head, cancellable, error))
    return FALSE;
  if (!mil_pdf_reply_parse (head, sizeof head, reply) || reply->status == MIL_PDF_DAMAGED)
    return set_damaged (error);
  if (reply->status == MIL_PDF_LOCKED)
    {
      mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The PDF document is protected by a password. Save it without one first."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
open_document (MilPdfDocument *self, GCancellable *cancellable, GError **error)
{
  gsize         size = 0;
  const guint8 *data = g_bytes_get_data (self->bytes, &size);
  MilPdfReply   reply;
  if (self->process != NULL)
    return TRUE;
  if (!mil_pdf_look_fits (data, size))
    {
      mil_error_set (error, MIL_ERROR_TOO_LARGE, _ ("The PDF document has a picture in it that would take too much memory. Save it with fewer dots per inch, or take a screenshot of the page."));
      return FALSE;
    }
  self->process = mil_pdf_process_new (self->bytes, &self->limits, error);
  if (self->process == NULL || !receive_reply (self, &reply, cancellable, error))
    return FALSE;
  if (reply.status != MIL_PDF_FINE || reply.n_pages == 0 || reply.width != 0)
    return set_damaged (error);
  self->n_pages = reply.n_pages;
  return TRUE;
}

static MilPicture *
receive_picture (MilPdfDocument *self, const MilPdfReply *reply, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *bytes = g_malloc (reply->word_bytes);
  if (!mil_pdf_process_receive (self->process, bytes, reply->word_bytes, cancellable, error))
    return NULL;
  g_autoptr (GPtrArray) words = mil_pdf_reply_parse_words (reply, bytes, reply->word_bytes);
  if (words == NULL)
    {
      set_damaged (error);
      return NULL;
    }
  gsize   size = (gsize) reply->width * reply->height * 3;
  guint8 *pixels = g_malloc (size);
  g_autoptr (GBytes) rgb = g_bytes_new_take (pixels, size);
  if (!mil_pdf_process_receive (self->process, pixels, size, cancellable, error))
    return NULL;
  MilPicture *picture = mil_picture_new (rgb, reply->width, reply->height, reply->width * 3);
  mil_picture_set_document (picture, words->len > 0 ? g_steal_pointer (&words) : NULL, self->n_pages);
  return picture;
}

static MilPicture *
draw (MilPdfDocument *self, guint page, GCancellable *cancellable, GError **error)
{
  MilPdfReply reply;
  if (!open_document (self, cancellable, error))
    return NULL;
  mil_pdf_process_ask (self->process, page);
  if (!receive_reply (self, &reply, cancellable, error))
    return NULL;
  if (reply.status == MIL_PDF_NO_PAGE)
    {
      mil_error_set (error, MIL_ERROR_NOT_FOUND, _ ("The PDF document has no page %u."), page + 1);
      return NULL;
    }
  if (reply.width > 0)
    return receive_picture (self, &reply, cancellable, error);
  set_damaged (error);
  return NULL;
}

/**
 * mil_pdf_document_draw:
 * @self: a document
 * @page: which page, from 0
 * @cancellable: (nullable): to give up: what draws is stopped at once
 * @error: where to say what went wrong
 *
 * Draws a page with 300 dots an inch, or fewer where it would have more than %MIL_PICTURE_KEPT_PIXELS then; the
 * words that the page carries come with it. A page that could not be drawn says nothing of the others.
 * Blocking: for worker threads.
 *
 * Errors: %MIL_ERROR_UNREADABLE when the document is damaged or locked, %MIL_ERROR_TOO_LARGE when it takes more
 * memory or time than it may, %MIL_ERROR_NOT_FOUND when there is no such page, %MIL_ERROR_UNSUPPORTED in a build
 * without PDF.
 *
 * Returns: (transfer full) (nullable): the page, or %NULL with @error set
 */
MilPicture *
mil_pdf_document_draw (MilPdfDocument *self, guint page, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  MilPicture *picture = draw (self, page, cancellable, error);
  if (picture == NULL)
    g_clear_pointer (&self->process, mil_pdf_process_free);
  return picture;
}

/**
 * mil_pdf_document_count_pages:
 * @self: a document
 * @cancellable: (nullable): to give up
 * @error: where to say what went wrong
 *
 * Blocking: for worker threads. Errors: as of mil_pdf_document_draw().
 *
 * Returns: how many pages it has; 0 with @error set
 */
guint
mil_pdf_document_count_pages (MilPdfDocument *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL, 0);

  if (open_document (self, cancellable, error))
    return self->n_pages;
  g_clear_pointer (&self->process, mil_pdf_process_free);
  return 0;
}

#else

/* Built without poppler: whoever gives a document is told. */

static gboolean
set_unsupported (GError **error)
{
  mil_error_set (error, MIL_ERROR_UNSUPPORTED, _ ("This build of Milione does not open PDF documents. Save the receipt as a picture first."));
  return FALSE;
}

MilPicture *
mil_pdf_document_draw (MilPdfDocument *self, guint page, GCancellable *cancellable, GError **error)
{
  set_unsupported (error);
  return NULL;
}

guint
mil_pdf_document_count_pages (MilPdfDocument *self, GCancellable *cancellable, GError **error)
{
  return set_unsupported (error);
}

#endif

/**
 * mil_pdf_document_get_pid:
 * @self: a document
 *
 * Returns: the number of the process that draws it; 0 while there is none
 */
int
mil_pdf_document_get_pid (MilPdfDocument *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->process ? mil_pdf_process_get_pid (self->process) : 0;
}
