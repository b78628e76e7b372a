/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-receipt-pages.h"
#include "traveller/mil-receipt-record-private.h"
#include "traveller/mil-session-private.h"

#include <glib/gi18n.h>

/* --- one picture ---------------------------------------------------------------------------------- */

typedef struct
{
  char              *path;
  MilReceiptPicture *sheet; /* (nullable): to be rendered */
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_free (load->path);
  g_clear_pointer (&load->sheet, mil_receipt_picture_free);
  g_free (load);
}

static Load *
load_new (MilSession *self, const MilReceiptPicture *sheet)
{
  g_autofree char *folder = mil_session_receipts_folder (self);
  Load            *load = g_new0 (Load, 1);

  load->path = g_build_filename (folder, sheet->file, NULL);
  load->sheet = mil_receipt_picture_copy (sheet);
  return load;
}

static gpointer
load_bytes (gpointer data, GCancellable *cancellable, GError **error)
{
  Load *load = data;
  char *contents = NULL;
  gsize size = 0;

  if (g_file_get_contents (load->path, &contents, &size, NULL))
    return g_bytes_new_take (contents, size);
  mil_error_set (error, MIL_ERROR_NOT_FOUND, _ ("The picture is no longer there."));
  return NULL;
}

static gpointer
render (gpointer data, GCancellable *cancellable, GError **error)
{
  Load *load = data;
  g_autoptr (GBytes) bytes = load_bytes (load, cancellable, error);
  g_autoptr (GError) wrong = NULL;
  MilPicture *picture = NULL;

  if (bytes == NULL)
    return NULL;
  picture = mil_receipt_picture_render (load->sheet, bytes, cancellable, &wrong);
  if (picture == NULL)
    g_propagate_error (error, mil_error_from (wrong));
  return picture;
}

static MilPicture *
render_sheet (MilSession *self, MilReceiptPicture *sheet, GError **error)
{
  MilPicture *picture = mil_await_pointer (mil_thread (render, load_new (self, sheet), load_free, MIL_TYPE_PICTURE), error);

  if (picture == NULL)
    return NULL;
  sheet->width = mil_picture_get_width (picture);
  sheet->height = mil_picture_get_height (picture);
  if (!mil_quad_is_set (&sheet->corners))
    {
      sheet->whole_width = sheet->width;
      sheet->whole_height = sheet->height;
    }
  return picture;
}

/* --- one scan ------------------------------------------------------------------------------------- */

/* How far a scan is, of the scans that a receipt takes. */
typedef struct
{
  MilReceiptRecord *receipt; /* (owned) */
  guint             nth;
  guint             of;
} Share;

static void
share_free (gpointer data, GClosure *closure)
{
  Share *share = data;

  g_object_unref (share->receipt);
  g_free (share);
}

static void
on_fraction_cb (MilScanProgress *progress, GParamSpec *pspec, gpointer data)
{
  Share *share = data;

  if (mil_receipt_record_get_state (share->receipt) == MIL_RECEIPT_STATE_READING)
    mil_receipt_record_set_progress (share->receipt,
                                     (share->nth + mil_scan_progress_get_fraction (progress)) / share->of);
}

static MilScanProgress *
new_progress (MilReceiptRecord *receipt, guint nth, guint of)
{
  MilScanProgress *progress = mil_scan_progress_new ();
  Share           *share = g_new0 (Share, 1);

  *share = (Share) { g_object_ref (receipt), nth, of };
  g_signal_connect_data (progress, "notify::fraction", G_CALLBACK (on_fraction_cb), share, share_free, 0);
  return progress;
}

static MilScanOptions
options_for (MilSession *self, MilReceiptRecord *receipt, MilScanProgress *progress)
{
  MilTrip *trip = mil_session_trip_of (self, receipt);

  if (self->scanner == NULL)
    self->scanner = mil_scanner_new ();
  return (MilScanOptions) {
    .kind = MIL_SCAN_RECEIPT,
    .country = trip != NULL ? mil_trip_get_info (trip)->country : NULL,
    .today = mil_session_get_today (self),
    .progress = progress,
  };
}

static MilScanResult *
scan_one (MilSession *self, MilReceiptRecord *receipt, MilPicture *picture, guint nth, guint of, GError **error)
{
  g_autoptr (MilScanProgress) progress = new_progress (receipt, nth, of);
  MilScanOptions options = options_for (self, receipt, progress);

  return mil_await_pointer (mil_scan_picture (self->scanner, picture, &options), error);
}

static MilScanResult *
scan_sections (MilSession *self, MilReceiptRecord *receipt, GPtrArray *sheets, GError **error)
{
  g_autoptr (MilScanProgress) progress = new_progress (receipt, 0, 1);
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (g_object_unref);
  MilScanOptions options = options_for (self, receipt, progress);

  for (guint i = 0; i < sheets->len && i < MIL_RECEIPT_MAX_SECTIONS; i++)
    {
      MilPicture *picture = render_sheet (self, sheets->pdata[i], error);
      if (picture == NULL)
        return NULL;
      g_ptr_array_add (pictures, picture);
    }
  return mil_await_pointer (mil_scan_sections (self->scanner, pictures, &options), error);
}

/* A page at a time is held, where the pages are those of one document from the first on. */
static MilScanResult *
scan_document (MilSession *self, MilReceiptRecord *receipt, const MilReceiptPicture *first, GError **error)
{
  g_autoptr (MilScanProgress) progress = new_progress (receipt, 0, 1);
  MilScanOptions options = options_for (self, receipt, progress);
  g_autoptr (GBytes) bytes = mil_await_pointer (mil_thread (load_bytes, load_new (self, first), load_free, G_TYPE_BYTES), error);

  return bytes != NULL ? mil_await_pointer (mil_scan_document (self->scanner, bytes, &options), error) : NULL;
}

static MilScanResult *
scan_sheets (MilSession *self, MilReceiptRecord *receipt, GPtrArray *sheets, GError **error)
{
  g_autoptr (MilPicture) picture = NULL;

  if (sheets->len > 1)
    return scan_sections (self, receipt, sheets, error);
  picture = render_sheet (self, sheets->pdata[0], error);
  return picture != NULL ? scan_one (self, receipt, picture, 0, 1, error) : NULL;
}

/* --- what came of it ------------------------------------------------------------------------------ */

static gboolean
is_kept (MilSession *self, MilReceiptRecord *receipt)
{
  return g_list_store_find (self->receipts, receipt, NULL);
}

/* Neither deleted nor turned, cut or joined while it was read. */
static gboolean
is_still (MilSession *self, MilReceiptRecord *receipt, const char *picture)
{
  return self->reading != NULL && is_kept (self, receipt)
         && g_strcmp0 (mil_receipt_record_get_picture (receipt), picture) == 0;
}

static void
take_receipt (MilSession *self, MilReceiptRecord *receipt, MilReceipt *reading)
{
  MilTrip *trip = mil_session_trip_of (self, receipt);

  if (reading->country == NULL && trip != NULL)
    reading->country = g_strdup (mil_trip_get_info (trip)->country);
  mil_receipt_record_set_reading (receipt, reading);
  mil_receipt_record_set_state (receipt, MIL_RECEIPT_STATE_READ, NULL);
}

static void
take_papers (MilReceiptRecord *receipt, const MilScanResult *result, MilReceiptPicture *sheet)
{
  g_autoptr (GArray) papers = g_array_new (FALSE, FALSE, sizeof (MilQuad));

  if (result->receipt != NULL)
    sheet->found = result->receipt->page;
  if (result->more->len == 0 || mil_quad_is_set (&sheet->corners))
    {
      mil_receipt_record_set_papers (receipt, NULL);
      return;
    }
  g_array_append_val (papers, result->receipt->page);
  for (guint i = 0; i < result->more->len; i++)
    g_array_append_val (papers, ((MilReceipt *) result->more->pdata[i])->page);
  mil_receipt_record_set_papers (receipt, papers);
}

static void
take_result (MilSession *self, MilReceiptRecord *receipt, const MilScanResult *result, GPtrArray *sheets)
{
  g_autofree char *folder = mil_session_receipts_folder (self);
  g_autoptr (GError) problem = NULL;

  if (result != NULL && sheets->len == 1)
    take_papers (receipt, result, sheets->pdata[0]);
  mil_receipt_record_set_sheets (receipt, folder, sheets);
  if (result != NULL && result->receipt != NULL)
    {
      take_receipt (self, receipt, result->receipt);
      return;
    }
  problem = mil_error_new (MIL_ERROR_NOT_A_RECEIPT,
                           _ ("No receipt was recognised in the picture. Take another one, or type in "
                              "what it says."));
  mil_receipt_record_set_state (receipt, MIL_RECEIPT_STATE_UNREAD, problem);
}

/* --- the pages of a document ---------------------------------------------------------------------- */

static void
receipt_or_null_free (gpointer receipt)
{
  if (receipt != NULL)
    mil_receipt_free (receipt);
}

/* A page that is damaged or no receipt says nothing; the others still do. */
static GPtrArray *
read_pages (MilSession *self, MilReceiptRecord *receipt, GPtrArray *sheets, const char *picture)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func (receipt_or_null_free);

  for (guint i = 0; i < sheets->len && is_still (self, receipt, picture); i++)
    {
      g_autoptr (MilPicture) page = render_sheet (self, sheets->pdata[i], NULL);
      g_autoptr (MilScanResult) result = page != NULL ? scan_one (self, receipt, page, i, sheets->len, NULL) : NULL;
      if (result != NULL && result->receipt != NULL)
        ((MilReceiptPicture *) sheets->pdata[i])->found = result->receipt->page;
      g_ptr_array_add (pages, result != NULL ? g_steal_pointer (&result->receipt) : NULL);
    }
  return pages;
}

static GPtrArray *
cut_sheets (GPtrArray *sheets, guint from, guint to)
{
  GPtrArray *cut = mil_receipt_pictures_new ();

  for (guint i = from; i < to; i++)
    g_ptr_array_add (cut, mil_receipt_picture_copy (sheets->pdata[i]));
  return cut;
}

/* The person is asked, where the pages of what was taken for one receipt may be several. */
static void
doubt_pages (MilReceiptRecord *receipt, GPtrArray *sheets, GPtrArray *pages, guint from, guint to)
{
  g_autoptr (GArray) papers = g_array_new (FALSE, FALSE, sizeof (MilQuad));

  if (!mil_receipt_pages_may_be_several (pages, from, to))
    return;
  for (guint i = from; i < to; i++)
    {
      const MilReceiptPicture *sheet = sheets->pdata[i];
      MilQuad                  all = mil_quad_of_box ((MilBox) { 0, 0, sheet->width, sheet->height });

      g_array_append_val (papers, all);
    }
  mil_receipt_record_set_papers (receipt, papers);
}

/* Pages that are one receipt are read again together; a page alone was read well enough. */
static void
fill_from_pages (MilSession *self, MilReceiptRecord *receipt, GPtrArray *sheets, GPtrArray *pages, guint from, guint to)
{
  g_autofree char *folder = mil_session_receipts_folder (self);
  g_autoptr (GPtrArray) own = cut_sheets (sheets, from, to);
  g_autoptr (GError) problem = NULL;

  mil_receipt_record_set_is_document (receipt, FALSE);
  mil_receipt_record_set_sheets (receipt, folder, own);
  doubt_pages (receipt, sheets, pages, from, to);
  if (to - from > 1)
    mil_receipt_record_set_state (receipt, MIL_RECEIPT_STATE_WAITING, NULL);
  else if (pages->pdata[from] != NULL)
    take_receipt (self, receipt, pages->pdata[from]);
  else
    {
      problem = mil_error_new (MIL_ERROR_NOT_A_RECEIPT, _ ("No receipt was recognised in the picture. Take another one, or type in what it says."));
      mil_receipt_record_set_state (receipt, MIL_RECEIPT_STATE_UNREAD, problem);
    }
}

static gboolean
write_receipts (MilSession *self, GPtrArray *receipts, GError **error)
{
  MilBatch *batch = mil_batch_new ();

  for (guint i = 0; i < receipts->len; i++)
    {
      g_autoptr (JsonNode) json = mil_receipt_record_to_json (receipts->pdata[i]);
      mil_batch_put (batch, MIL_KIND_RECEIPT, mil_receipt_record_get_id (receipts->pdata[i]), json);
    }
  return mil_await (mil_local_store_write (self->store, batch), error);
}

/* The first stays what it was, the others are new; all are on the disk, or none. */
static gboolean
part_document (MilSession *self, MilReceiptRecord *receipt, GPtrArray *sheets, GPtrArray *pages, GArray *starts, GError **error)
{
  g_autoptr (GPtrArray) receipts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < starts->len; i++)
    {
      guint             from = g_array_index (starts, guint, i);
      guint             to = i + 1 < starts->len ? g_array_index (starts, guint, i + 1) : sheets->len;
      MilReceiptRecord *part = i == 0 ? g_object_ref (receipt) : mil_session_new_receipt_like (self, receipt);
      fill_from_pages (self, part, sheets, pages, from, to);
      g_ptr_array_add (receipts, part);
    }
  if (!write_receipts (self, receipts, error))
    {
      g_autofree char *folder = mil_session_receipts_folder (self);
      mil_receipt_record_set_is_document (receipt, TRUE);
      mil_receipt_record_set_sheets (receipt, folder, sheets);
      return FALSE;
    }
  for (guint i = 1; i < receipts->len; i++)
    mil_session_insert_receipt (self, receipts->pdata[i]);
  for (guint i = 0; i < receipts->len; i++)
    if (mil_receipt_record_get_state (receipts->pdata[i]) == MIL_RECEIPT_STATE_WAITING)
      mil_session_queue_reading (self, receipts->pdata[i]);
  return TRUE;
}

/* All pages are one receipt: they were only sorted, and are read together now. */
static gboolean
read_whole_document (MilSession *self, MilReceiptRecord *receipt, GPtrArray *sheets, GPtrArray *pages, const char *picture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilScanResult) result = NULL;

  result = scan_document (self, receipt, sheets->pdata[0], &error);
  if (!is_still (self, receipt, picture))
    return FALSE;
  mil_receipt_record_set_is_document (receipt, FALSE);
  take_result (self, receipt, result, sheets);
  doubt_pages (receipt, sheets, pages, 0, sheets->len);
  return TRUE;
}

static gboolean
read_document (MilSession *self, MilReceiptRecord *receipt)
{
  g_autofree char *picture = g_strdup (mil_receipt_record_get_picture (receipt));
  g_autoptr (GPtrArray) sheets = mil_receipt_pictures_copy (mil_receipt_record_get_sheets (receipt));
  g_autoptr (GPtrArray) pages = read_pages (self, receipt, sheets, picture);
  g_autoptr (GArray) starts = NULL;
  g_autoptr (GError) error = NULL;

  if (!is_still (self, receipt, picture))
    return FALSE;
  starts = mil_receipt_pages_group (pages);
  if (starts->len == 1 && sheets->len <= MIL_RECEIPT_MAX_SECTIONS)
    return read_whole_document (self, receipt, sheets, pages, picture);
  if (!part_document (self, receipt, sheets, pages, starts, &error))
    mil_receipt_record_set_state (receipt, MIL_RECEIPT_STATE_UNREAD, error);
  return TRUE;
}

/* --- one after the other -------------------------------------------------------------------------- */

/* Returns whether there is something to keep. */
static gboolean
read_receipt (MilSession *self, MilReceiptRecord *receipt)
{
  g_autofree char *picture = g_strdup (mil_receipt_record_get_picture (receipt));
  g_autoptr (GPtrArray) sheets = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MilScanResult) result = NULL;

  if (!is_kept (self, receipt) || mil_receipt_record_get_n_sheets (receipt) == 0)
    return FALSE;
  mil_receipt_record_set_state (receipt, MIL_RECEIPT_STATE_READING, NULL);
  if (mil_receipt_record_get_is_document (receipt))
    return read_document (self, receipt);
  sheets = mil_receipt_pictures_copy (mil_receipt_record_get_sheets (receipt));
  result = scan_sheets (self, receipt, sheets, &error);
  if (!is_still (self, receipt, picture))
    return FALSE;
  if (result != NULL)
    take_result (self, receipt, result, sheets);
  else
    {
      g_autofree char *folder = mil_session_receipts_folder (self);
      mil_receipt_record_set_sheets (receipt, folder, sheets);
      mil_receipt_record_set_state (receipt, MIL_RECEIPT_STATE_UNREAD, error);
    }
  return TRUE;
}

static DexFuture *
reading_fiber (gpointer data)
{
  MilSession *self = MIL_SESSION (data);

  while (self->reading != NULL && self->unread.length > 0)
    {
      g_autoptr (MilReceiptRecord) receipt = g_queue_pop_head (&self->unread);
      gboolean read = read_receipt (self, receipt);
      if (self->reading == NULL)
        break;
      if (read)
        mil_session_receipt_changed (self, receipt);
    }
  return dex_future_new_true ();
}

/**
 * mil_session_queue_reading: (skip)
 * @self: a session
 * @receipt: one of its receipts
 *
 * Reads its pictures when it is its turn; what is read at the moment is read again.
 */
void
mil_session_queue_reading (MilSession *self, MilReceiptRecord *receipt)
{
  mil_receipt_record_set_state (receipt, MIL_RECEIPT_STATE_WAITING, NULL);
  if (g_queue_find (&self->unread, receipt) == NULL)
    g_queue_push_tail (&self->unread, g_object_ref (receipt));
  if (self->reading != NULL && dex_future_is_pending (self->reading))
    return;
  dex_clear (&self->reading);
  self->reading = mil_spawn (reading_fiber, g_object_ref (self), g_object_unref);
}

/**
 * mil_session_unqueue_reading: (skip)
 * @self: a session
 * @receipt: one of its receipts
 *
 * Leaves it unread; what is read of it at the moment is not taken.
 */
void
mil_session_unqueue_reading (MilSession *self, MilReceiptRecord *receipt)
{
  if (g_queue_remove (&self->unread, receipt))
    g_object_unref (receipt);
}
