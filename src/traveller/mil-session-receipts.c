/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-country.h"
#include "traveller/mil-receipt-record-private.h"
#include "traveller/mil-session-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define JPEG_QUALITY 90
/* As many as a receipt has sheets at the most. */
#define MAX_PAGES 200u

/**
 * mil_session_receipts_folder: (skip)
 * @self: a session
 *
 * Returns: (transfer full): where pictures of receipts lie
 */
char *
mil_session_receipts_folder (MilSession *self)
{
  return g_build_filename (self->data_dir, "receipts", NULL);
}

/* --- keeping ------------------------------------------------------------------------------------ */

static DexFuture *
save_receipt (MilSession *self, MilReceiptRecord *receipt)
{
  g_autoptr (JsonNode) json = mil_receipt_record_to_json (receipt);

  return mil_local_store_put (self->store, MIL_KIND_RECEIPT, mil_receipt_record_get_id (receipt), json);
}

/**
 * mil_session_receipt_changed: (skip)
 * @self: a session
 * @receipt: a receipt
 *
 * Puts it on the disk and asks the rules again.
 */
void
mil_session_receipt_changed (MilSession *self, MilReceiptRecord *receipt)
{
  mil_disown (save_receipt (self, receipt), "keep a receipt");
  mil_session_queue_assess (self);
}

static void
on_edited_cb (MilSession *self, MilReceiptRecord *receipt)
{
  g_assert (MIL_IS_SESSION (self));

  mil_session_receipt_changed (self, receipt);
}

static void
watch (MilSession *self, MilReceiptRecord *receipt)
{
  g_signal_connect_object (receipt, "edited", G_CALLBACK (on_edited_cb), self, G_CONNECT_SWAPPED);
}

/* --- adding ------------------------------------------------------------------------------------- */

typedef struct
{
  MilSession *session; /* (owned) */
  GBytes     *bytes;   /* (nullable) */
  GFile      *file;    /* (nullable) */
  MilPicture *picture; /* (nullable) */
  MilReceipt *reading; /* (nullable) */
} Adding;

static void
adding_free (gpointer data)
{
  Adding *adding = data;

  g_object_unref (adding->session);
  g_clear_pointer (&adding->bytes, g_bytes_unref);
  g_clear_object (&adding->file);
  g_clear_object (&adding->picture);
  g_clear_pointer (&adding->reading, mil_receipt_free);
  g_free (adding);
}

static Adding *
adding_new (MilSession *self)
{
  Adding *adding = g_new0 (Adding, 1);

  adding->session = g_object_ref (self);
  return adding;
}

typedef struct
{
  char   *path;
  GBytes *bytes;
} Write;

static void
write_free (gpointer data)
{
  Write *write = data;

  g_free (write->path);
  g_bytes_unref (write->bytes);
  g_free (write);
}

static gpointer
write_durably (gpointer data, GCancellable *cancellable, GError **error)
{
  Write           *write = data;
  g_autofree char *folder = g_path_get_dirname (write->path);
  gsize            size = 0;
  const char      *bytes = g_bytes_get_data (write->bytes, &size);
  g_autoptr (GError) wrong = NULL;

  g_mkdir_with_parents (folder, 0700);
  if (g_file_set_contents_full (write->path, bytes, size, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &wrong))
    return GINT_TO_POINTER (TRUE);
  g_propagate_error (error, mil_error_from (wrong));
  return NULL;
}

static gpointer
encode (gpointer data, GCancellable *cancellable, GError **error)
{
  GBytes *jpeg = mil_picture_to_jpeg (data, JPEG_QUALITY);

  if (jpeg == NULL)
    mil_error_set (error, MIL_ERROR_FAILED, _ ("The picture could not be kept."));
  return jpeg;
}

/**
 * mil_session_encode_picture: (skip)
 * @picture: what the camera took
 * @error: where to say what went wrong
 *
 * Within a fiber.
 *
 * Returns: (transfer full) (nullable): it as a file
 */
GBytes *
mil_session_encode_picture (MilPicture *picture, GError **error)
{
  return mil_await_pointer (mil_thread (encode, g_object_ref (picture), g_object_unref, G_TYPE_BYTES), error);
}

/**
 * mil_session_keep_file: (skip)
 * @self: a session
 * @bytes: a file
 * @ending: of its name
 * @error: where to say what went wrong
 *
 * Within a fiber. Until a receipt names it, the file is cleared away at the next start.
 *
 * Returns: (transfer full) (nullable): its name within the folder of receipts, once it is on the disk
 */
char *
mil_session_keep_file (MilSession *self, GBytes *bytes, const char *ending, GError **error)
{
  g_autofree char *folder = mil_session_receipts_folder (self);
  g_autofree char *id = mil_uuid_new (self->clock, self->random);
  g_autofree char *name = g_strdup_printf ("%s.%s", id, ending);
  Write           *write = g_new0 (Write, 1);

  write->path = g_build_filename (folder, name, NULL);
  write->bytes = g_bytes_ref (bytes);
  return mil_await (mil_thread (write_durably, write, write_free, G_TYPE_BOOLEAN), error) ? g_steal_pointer (&name) : NULL;
}

static const char *
file_ending (MilPictureKind kind)
{
  switch (kind)
    {
    case MIL_PICTURE_PNG:
      return "png";
    case MIL_PICTURE_JPEG:
      return "jpg";
    case MIL_PICTURE_WEBP:
      return "webp";
    case MIL_PICTURE_TIFF:
      return "tiff";
    case MIL_PICTURE_HEIF:
      return "heif";
    case MIL_PICTURE_PDF:
      return "pdf";
    case MIL_PICTURE_UNKNOWN:
    default:
      return NULL;
    }
}

typedef struct
{
  GBytes *bytes;
  guint   n_pages;
} Check;

static void
check_free (gpointer data)
{
  g_bytes_unref (((Check *) data)->bytes);
  g_free (data);
}

/* What cannot be decoded is refused before it is kept: the sentence of the decoder says why. */
static gpointer
check_file (gpointer data, GCancellable *cancellable, GError **error)
{
  Check        *check = data;
  gsize         size = 0;
  const guint8 *bytes = g_bytes_get_data (check->bytes, &size);
  g_autoptr (GError) wrong = NULL;
  g_autoptr (MilPicture) page = NULL;

  if (file_ending (mil_picture_sniff (bytes, size)) == NULL
      || mil_picture_sniff (bytes, size) == MIL_PICTURE_PDF || size > MIL_PICTURE_MAX_BYTES)
    {
      page = mil_picture_decode (check->bytes, 0, cancellable, &wrong);
      if (page == NULL)
        {
          g_propagate_error (error, mil_error_from (wrong));
          return NULL;
        }
      check->n_pages = mil_picture_get_n_pages (page);
    }
  if (check->n_pages > MAX_PAGES)
    {
      mil_error_set (error,
                     MIL_ERROR_TOO_LARGE,
                     /* Translators: %u is the most pages that a document may have. */
                     ngettext ("This document has more than %u page. Split it, and add the parts.",
                               "This document has more than %u pages. Split it, and add the parts.",
                               MAX_PAGES),
                     MAX_PAGES);
      return NULL;
    }
  return GUINT_TO_POINTER (MAX (check->n_pages, 1));
}

static guint
count_pages (GBytes *bytes, GError **error)
{
  Check *check = g_new0 (Check, 1);

  check->bytes = g_bytes_ref (bytes);
  return GPOINTER_TO_UINT (mil_await_pointer (mil_thread (check_file, check, check_free, G_TYPE_POINTER), error));
}

/**
 * mil_session_new_receipt_like: (skip)
 * @self: a session
 * @receipt: (nullable): one of its receipts, or %NULL
 *
 * Returns: (transfer full): a new receipt of the same trip and traveller, or of the current ones, that is
 * neither in the list nor on the disk yet
 */
MilReceiptRecord *
mil_session_new_receipt_like (MilSession *self, MilReceiptRecord *receipt)
{
  g_autofree char  *id = mil_uuid_new (self->clock, self->random);
  g_autofree char  *traveller = NULL;
  MilReceiptRecord *made = mil_receipt_record_new (id, mil_clock_now (self->clock));
  g_autoptr (MilPerson) first = NULL;

  if (receipt != NULL)
    {
      g_object_get (receipt, "traveller-id", &traveller, NULL);
      mil_receipt_record_set_trip (made, mil_receipt_record_get_trip_id (receipt), traveller);
    }
  else if (self->current_trip != NULL)
    {
      const MilTripInfo *trip = mil_trip_get_info (self->current_trip);
      first = g_list_model_get_item (G_LIST_MODEL (trip->travellers), 0);
      mil_receipt_record_set_trip (made, trip->id, first != NULL ? mil_person_get_info (first)->id : NULL);
    }
  return made;
}

/**
 * mil_session_insert_receipt: (skip)
 * @self: a session
 * @receipt: a receipt that is on the disk
 *
 * Shows it, and asks the rules.
 */
void
mil_session_insert_receipt (MilSession *self, MilReceiptRecord *receipt)
{
  watch (self, receipt);
  g_list_store_insert (self->receipts, 0, receipt);
  mil_session_queue_assess (self);
}

/* What is typed in is most likely from where the trip goes. */
static void
begin_by_hand (MilSession *self, MilReceiptRecord *receipt)
{
  const MilTripInfo *trip = self->current_trip != NULL ? mil_trip_get_info (self->current_trip) : NULL;

  if (trip != NULL)
    {
      mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_COUNTRY, trip->country);
      mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_CURRENCY, mil_country_currency (trip->country));
    }
  mil_receipt_record_set_state (receipt, MIL_RECEIPT_STATE_UNREAD, NULL);
}

/* The pages of a file, each a sheet. */
static void
set_file (MilSession *self, MilReceiptRecord *receipt, const char *name, guint n_pages, MilPicture *picture)
{
  g_autofree char *folder = mil_session_receipts_folder (self);
  g_autoptr (GPtrArray) sheets = mil_receipt_pictures_new ();

  for (guint i = 0; i < n_pages; i++)
    g_ptr_array_add (sheets, mil_receipt_picture_new (name, i));
  if (picture != NULL)
    {
      MilReceiptPicture *sheet = sheets->pdata[0];
      sheet->width = sheet->whole_width = mil_picture_get_width (picture);
      sheet->height = sheet->whole_height = mil_picture_get_height (picture);
    }
  mil_receipt_record_set_sheets (receipt, folder, sheets);
  mil_receipt_record_set_is_document (receipt, n_pages > 1);
}

/* The picture is on the disk before the receipt that names it, and both before anything is read. */
static MilReceiptRecord *
keep_receipt (Adding *adding, GBytes *bytes, const char *ending, guint n_pages, GError **error)
{
  MilSession      *self = adding->session;
  g_autofree char *name = NULL;
  g_autoptr (MilReceiptRecord) receipt = mil_session_new_receipt_like (self, NULL);

  if (bytes != NULL)
    {
      name = mil_session_keep_file (self, bytes, ending, error);
      if (name == NULL)
        return NULL;
      set_file (self, receipt, name, n_pages, adding->picture);
    }
  if (adding->reading != NULL)
    {
      mil_receipt_record_set_reading (receipt, adding->reading);
      mil_receipt_record_set_state (receipt, MIL_RECEIPT_STATE_READ, NULL);
    }
  else if (bytes == NULL)
    begin_by_hand (self, receipt);
  if (!mil_await (save_receipt (self, receipt), error))
    return NULL;
  mil_session_insert_receipt (self, receipt);
  return g_steal_pointer (&receipt);
}

static gboolean
load_file (Adding *adding, GError **error)
{
  g_autoptr (GError) wrong = NULL;

  if (adding->file == NULL)
    return TRUE;
  adding->bytes = mil_await_pointer (dex_file_load_contents_bytes (adding->file), &wrong);
  if (adding->bytes == NULL)
    g_propagate_error (error, mil_error_from (wrong));
  return adding->bytes != NULL;
}

static DexFuture *
add_fiber (gpointer data)
{
  Adding     *adding = data;
  MilSession *self = adding->session;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MilReceiptRecord) receipt = NULL;
  const char   *ending = "jpg";
  guint         n_pages = 1;
  gsize         size = 0;
  const guint8 *start = NULL;

  if (!load_file (adding, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (adding->bytes != NULL)
    {
      n_pages = count_pages (adding->bytes, &error);
      bytes = g_bytes_ref (adding->bytes);
      start = g_bytes_get_data (bytes, &size);
      ending = file_ending (mil_picture_sniff (start, size));
    }
  else if (adding->picture != NULL)
    bytes = mil_session_encode_picture (adding->picture, &error);
  if (error == NULL)
    receipt = keep_receipt (adding, bytes, ending, n_pages, &error);
  if (receipt == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (bytes != NULL && adding->reading == NULL)
    mil_session_queue_reading (self, receipt);
  return dex_future_new_take_object (g_steal_pointer (&receipt));
}

/**
 * mil_session_add_receipt_bytes:
 * @self: a session
 * @bytes: a picture or a PDF, as pasted or dropped
 *
 * Keeps a receipt: its picture is on the disk first, then it is read, which `state` and `progress` tell.
 *
 * Returns: (transfer full): a future #MilReceiptRecord, which is kept but not read yet;
 *   %MIL_ERROR_UNREADABLE, %MIL_ERROR_TOO_LARGE, %MIL_ERROR_NO_SPACE
 */
DexFuture *
mil_session_add_receipt_bytes (MilSession *self, GBytes *bytes)
{
  Adding *adding = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (bytes != NULL);

  adding = adding_new (self);
  adding->bytes = g_bytes_ref (bytes);
  return mil_spawn (add_fiber, adding, adding_free);
}

/**
 * mil_session_add_receipt_file:
 * @self: a session
 * @file: a picture or a PDF
 *
 * Returns: (transfer full): as mil_session_add_receipt_bytes(); %MIL_ERROR_NOT_FOUND too
 */
DexFuture *
mil_session_add_receipt_file (MilSession *self, GFile *file)
{
  Adding *adding = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (G_IS_FILE (file));

  adding = adding_new (self);
  adding->file = g_object_ref (file);
  return mil_spawn (add_fiber, adding, adding_free);
}

/**
 * mil_session_add_receipt_picture:
 * @self: a session
 * @picture: what the camera took
 * @reading: (nullable): what was read from it, where it was already
 *
 * Returns: (transfer full): as mil_session_add_receipt_bytes()
 */
DexFuture *
mil_session_add_receipt_picture (MilSession *self, MilPicture *picture, const MilReceipt *reading)
{
  Adding *adding = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_PICTURE (picture));

  adding = adding_new (self);
  adding->picture = g_object_ref (picture);
  adding->reading = reading != NULL ? mil_receipt_copy (reading) : NULL;
  return mil_spawn (add_fiber, adding, adding_free);
}

/**
 * mil_session_add_receipt_by_hand:
 * @self: a session
 *
 * Returns: (transfer full): a future #MilReceiptRecord without a picture, to be typed in
 */
DexFuture *
mil_session_add_receipt_by_hand (MilSession *self)
{
  dex_return_error_if_fail (MIL_IS_SESSION (self));

  return mil_spawn (add_fiber, adding_new (self), adding_free);
}

/**
 * mil_session_read_again:
 * @self: a session
 * @receipt: one of its receipts
 *
 * Reads the picture once more; what the person has corrected stays.
 *
 * Returns: (transfer full): a future that resolves when it waits to be read; %MIL_ERROR_NOT_FOUND where it
 *   has no picture
 */
DexFuture *
mil_session_read_again (MilSession *self, MilReceiptRecord *receipt)
{
  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_RECEIPT_RECORD (receipt));

  if (mil_receipt_record_get_n_sheets (receipt) == 0)
    return mil_future_reject (MIL_ERROR_NOT_FOUND, _ ("This receipt has no picture to read."));
  mil_session_queue_reading (self, receipt);
  return dex_future_new_true ();
}

/**
 * mil_session_delete_receipt:
 * @self: a session
 * @receipt: one of its receipts
 *
 * Forgets a receipt. Its picture stays until the next start, so that mil_session_restore_receipt() can
 * take it back.
 *
 * Returns: (transfer full): a future that resolves when that is on the disk; %MIL_ERROR_CONFLICT for one
 *   that is part of a claim
 */
DexFuture *
mil_session_delete_receipt (MilSession *self, MilReceiptRecord *receipt)
{
  guint position = 0;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_RECEIPT_RECORD (receipt));

  if (mil_receipt_record_get_claim_id (receipt) != NULL)
    return mil_future_reject (MIL_ERROR_CONFLICT, _ ("This receipt is part of a claim. Withdraw the claim first."));
  if (g_list_store_find (self->receipts, receipt, &position))
    g_list_store_remove (self->receipts, position);
  mil_session_unqueue_reading (self, receipt);
  mil_session_queue_assess (self);
  return mil_local_store_delete (self->store, MIL_KIND_RECEIPT, mil_receipt_record_get_id (receipt));
}

/**
 * mil_session_restore_receipt:
 * @self: a session
 * @receipt: one that was deleted
 *
 * Returns: (transfer full): a future that resolves when it is on the disk again
 */
DexFuture *
mil_session_restore_receipt (MilSession *self, MilReceiptRecord *receipt)
{
  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_RECEIPT_RECORD (receipt));

  if (!g_list_store_find (self->receipts, receipt, NULL))
    g_list_store_insert (self->receipts, 0, receipt);
  if (mil_receipt_record_get_state (receipt) == MIL_RECEIPT_STATE_WAITING
      || mil_receipt_record_get_state (receipt) == MIL_RECEIPT_STATE_READING)
    mil_session_queue_reading (self, receipt);
  mil_session_queue_assess (self);
  return save_receipt (self, receipt);
}

/* --- loading ------------------------------------------------------------------------------------ */

typedef struct
{
  char       *folder;
  GHashTable *kept; /* (owned): names of files that belong to a receipt */
} Sweep;

static void
sweep_free (gpointer data)
{
  Sweep *sweep = data;

  g_free (sweep->folder);
  g_hash_table_unref (sweep->kept);
  g_free (sweep);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sweep, sweep_free)

/* Pictures whose receipt was deleted, and those of an adding that was cut off before it was told. */
static gpointer
remove_orphans (gpointer data, GCancellable *cancellable, GError **error)
{
  Sweep *sweep = data;
  g_autoptr (GDir) folder = g_dir_open (sweep->folder, 0, NULL);
  const char *name = NULL;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (sweep->folder, name, NULL);
      if (!g_hash_table_contains (sweep->kept, name))
        g_unlink (path);
    }
  return GINT_TO_POINTER (TRUE);
}

/**
 * mil_session_load_receipts: (skip)
 * @self: a session
 * @store: what the store held
 *
 * Brings back receipts, newest first, and reads on where reading was interrupted.
 */
void
mil_session_load_receipts (MilSession *self, MilDocuments *store)
{
  GPtrArray       *found = mil_documents_get (store, MIL_KIND_RECEIPT);
  g_autofree char *folder = mil_session_receipts_folder (self);
  g_autoptr (Sweep) sweep = g_new0 (Sweep, 1);

  sweep->folder = g_strdup (folder);
  sweep->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      MilDocument *document = found->pdata[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (MilReceiptRecord) receipt = mil_receipt_record_new_from_json (folder, document->json, &error);
      if (receipt == NULL)
        {
          mil_documents_leave_out (store, MIL_KIND_RECEIPT, document->id, error);
          continue;
        }
      watch (self, receipt);
      g_list_store_insert (self->receipts, 0, receipt);
      for (guint j = 0; j < mil_receipt_record_get_n_sheets (receipt); j++)
        g_hash_table_add (sweep->kept, g_strdup (mil_receipt_record_get_sheet (receipt, j)->file));
      if (mil_receipt_record_get_n_sheets (receipt) > 0 && mil_receipt_record_get_state (receipt) == MIL_RECEIPT_STATE_WAITING)
        mil_session_queue_reading (self, receipt);
    }
  /* What could not be understood may name some of them. */
  if (mil_documents_get_n_left_out (store) == 0)
    mil_disown (mil_thread (remove_orphans, g_steal_pointer (&sweep), sweep_free, G_TYPE_BOOLEAN), "clear old pictures away");
}

/**
 * mil_session_get_receipts:
 * @self: a session
 *
 * Returns: (transfer none): a list of #MilReceiptRecord, newest first
 */
GListModel *
mil_session_get_receipts (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return G_LIST_MODEL (self->receipts);
}

/**
 * mil_session_find_receipt:
 * @self: a session
 * @receipt_id: (nullable): a receipt
 *
 * Returns: (transfer none) (nullable): that receipt
 */
MilReceiptRecord *
mil_session_find_receipt (MilSession *self, const char *receipt_id)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  for (guint i = 0; receipt_id != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->receipts)); i++)
    {
      g_autoptr (MilReceiptRecord) receipt = g_list_model_get_item (G_LIST_MODEL (self->receipts), i);
      if (g_str_equal (mil_receipt_record_get_id (receipt), receipt_id))
        return receipt;
    }
  return NULL;
}
