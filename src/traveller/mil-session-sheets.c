/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-receipt-pages.h"
#include "traveller/mil-receipt-record-private.h"
#include "traveller/mil-session-private.h"

#include <glib/gi18n.h>

/* What is done with the pictures of receipts. Files are only ever added; those that no receipt names any more
 * are cleared away at the next start, so that all of this can be taken back until then. */

/* A paper that was found by the text on it is a little larger. */
#define PAPER_MARGIN 1.04

typedef struct
{
  MilSession       *session;  /* (owned) */
  MilReceiptRecord *receipt;  /* (owned) (nullable) */
  GPtrArray        *receipts; /* (owned) (nullable) (element-type MilReceiptRecord) */
  MilPicture       *picture;  /* (owned) (nullable) */
  guint             index;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_object_unref (change->session);
  g_clear_object (&change->receipt);
  g_clear_pointer (&change->receipts, g_ptr_array_unref);
  g_clear_object (&change->picture);
  g_free (change);
}

static Change *
change_new (MilSession *self, MilReceiptRecord *receipt)
{
  Change *change = g_new0 (Change, 1);

  change->session = g_object_ref (self);
  g_set_object (&change->receipt, receipt);
  return change;
}

/* What a claim rests on stays as it was told. */
static DexFuture *
refuse_claimed (MilReceiptRecord *receipt)
{
  if (mil_receipt_record_get_claim_id (receipt) == NULL)
    return NULL;
  return mil_future_reject (MIL_ERROR_CONFLICT, _ ("This receipt is part of a claim. Withdraw the claim first."));
}

static void
add_to_batch (MilBatch *batch, MilReceiptRecord *receipt)
{
  g_autoptr (JsonNode) json = mil_receipt_record_to_json (receipt);

  mil_batch_put (batch, MIL_KIND_RECEIPT, mil_receipt_record_get_id (receipt), json);
}

static void
take_sheets (MilSession *self, MilReceiptRecord *receipt, GPtrArray *sheets)
{
  g_autofree char *folder = mil_session_receipts_folder (self);

  mil_receipt_record_set_papers (receipt, NULL);
  mil_receipt_record_set_is_document (receipt, FALSE);
  mil_receipt_record_set_sheets (receipt, folder, sheets);
  mil_receipt_record_set_state (receipt, MIL_RECEIPT_STATE_WAITING, NULL);
}

static DexFuture *
write_one (MilSession *self, MilReceiptRecord *receipt)
{
  MilBatch *batch = mil_batch_new ();

  add_to_batch (batch, receipt);
  return mil_local_store_write (self->store, batch);
}

/**
 * mil_session_set_sheets:
 * @self: a session
 * @receipt: one of its receipts
 * @sheets: (element-type MilReceiptPicture): its pictures from now on, at least one: turned, cut, in another order
 *
 * Changes the pictures of a receipt and reads them again; what the person has corrected stays.
 *
 * Returns: (transfer full): a future that resolves when that is on the disk; %MIL_ERROR_CONFLICT for one that is part
 *   of a claim
 */
DexFuture *
mil_session_set_sheets (MilSession *self, MilReceiptRecord *receipt, GPtrArray *sheets)
{
  DexFuture *refused = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_RECEIPT_RECORD (receipt));
  dex_return_error_if_fail (sheets != NULL && sheets->len > 0);

  refused = refuse_claimed (receipt);
  if (refused != NULL)
    return refused;
  take_sheets (self, receipt, sheets);
  mil_session_queue_reading (self, receipt);
  return write_one (self, receipt);
}

static DexFuture *
put_fiber (gpointer data)
{
  Change     *change = data;
  MilSession *self = change->session;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = mil_session_encode_picture (change->picture, &error);
  g_autofree char *name = bytes != NULL ? mil_session_keep_file (self, bytes, "jpg", &error) : NULL;
  g_autoptr (GPtrArray) sheets = NULL;
  MilReceiptPicture *sheet = NULL;

  if (name == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  sheets = mil_receipt_pictures_copy (mil_receipt_record_get_sheets (change->receipt));
  sheet = mil_receipt_picture_new (name, 0);
  sheet->width = sheet->whole_width = mil_picture_get_width (change->picture);
  sheet->height = sheet->whole_height = mil_picture_get_height (change->picture);
  if (change->index < sheets->len)
    g_ptr_array_remove_index (sheets, change->index);
  g_ptr_array_insert (sheets, (int) MIN (change->index, sheets->len), sheet);
  return mil_session_set_sheets (self, change->receipt, sheets);
}

/**
 * mil_session_put_sheet:
 * @self: a session
 * @receipt: one of its receipts
 * @index: which of its pictures is taken again; as many as it has to add one at the end
 * @picture: what the camera took
 *
 * Takes a picture of a receipt again, or adds a section of a long one. The receipt changes once the picture
 * is on the disk.
 *
 * Returns: (transfer full): a future that resolves when all of that is on the disk; %MIL_ERROR_CONFLICT,
 *   %MIL_ERROR_NO_SPACE, %MIL_ERROR_TOO_LARGE for more sections than can be read together
 */
DexFuture *
mil_session_put_sheet (MilSession *self, MilReceiptRecord *receipt, guint index, MilPicture *picture)
{
  Change    *change = NULL;
  DexFuture *refused = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_RECEIPT_RECORD (receipt));
  dex_return_error_if_fail (MIL_IS_PICTURE (picture));

  refused = refuse_claimed (receipt);
  if (refused != NULL)
    return refused;
  if (index >= MIL_RECEIPT_MAX_SECTIONS)
    return mil_future_reject (MIL_ERROR_TOO_LARGE,
                              /* Translators: %u is the most pictures that one receipt may have. */
                              ngettext ("A receipt can have %u picture.", "A receipt can have %u pictures.", MIL_RECEIPT_MAX_SECTIONS),
                              MIL_RECEIPT_MAX_SECTIONS);
  change = change_new (self, receipt);
  change->index = index;
  change->picture = g_object_ref (picture);
  return mil_spawn (put_fiber, change, change_free);
}

/* --- one of several, several of one --------------------------------------------------------------- */

static void
take_away (MilSession *self, MilReceiptRecord *receipt)
{
  guint position = 0;

  if (g_list_store_find (self->receipts, receipt, &position))
    g_list_store_remove (self->receipts, position);
  mil_session_unqueue_reading (self, receipt);
}

static DexFuture *
join_fiber (gpointer data)
{
  Change           *change = data;
  MilSession       *self = change->session;
  MilReceiptRecord *first = change->receipts->pdata[0];
  MilBatch         *batch = mil_batch_new ();
  g_autoptr (GPtrArray) before = mil_receipt_pictures_copy (mil_receipt_record_get_sheets (first));
  g_autoptr (GPtrArray) sheets = mil_receipt_pictures_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < change->receipts->len; i++)
    {
      g_autoptr (GPtrArray) more = mil_receipt_pictures_copy (mil_receipt_record_get_sheets (change->receipts->pdata[i]));
      g_ptr_array_extend_and_steal (sheets, g_steal_pointer (&more));
      if (i > 0)
        mil_batch_delete (batch, MIL_KIND_RECEIPT, mil_receipt_record_get_id (change->receipts->pdata[i]));
    }
  take_sheets (self, first, sheets);
  add_to_batch (batch, first);
  if (!mil_await (mil_local_store_write (self->store, batch), &error))
    {
      take_sheets (self, first, before);
      mil_session_queue_reading (self, first);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  for (guint i = 1; i < change->receipts->len; i++)
    take_away (self, change->receipts->pdata[i]);
  mil_session_queue_reading (self, first);
  return dex_future_new_take_object (g_object_ref (first));
}

/**
 * mil_session_join_receipts:
 * @self: a session
 * @receipts: (element-type MilReceiptRecord): some of its receipts with pictures, in the order from top to bottom
 *
 * Says that they are sections of one long receipt. The first takes the pictures of all, the others are gone; all
 * that is written at once. mil_session_part_receipt() takes it back.
 *
 * Returns: (transfer full): a future #MilReceiptRecord; %MIL_ERROR_CONFLICT where one is part of a claim,
 *   %MIL_ERROR_TOO_LARGE for more sections than can be read together
 */
DexFuture *
mil_session_join_receipts (MilSession *self, GPtrArray *receipts)
{
  Change *change = NULL;
  guint   n = 0;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (receipts != NULL && receipts->len > 0);

  for (guint i = 0; i < receipts->len; i++)
    {
      DexFuture *refused = refuse_claimed (receipts->pdata[i]);
      if (refused != NULL)
        return refused;
      n += mil_receipt_record_get_n_sheets (receipts->pdata[i]);
    }
  if (n > MIL_RECEIPT_MAX_SECTIONS)
    return mil_future_reject (MIL_ERROR_TOO_LARGE,
                              ngettext ("A receipt can have %u picture.", "A receipt can have %u pictures.", MIL_RECEIPT_MAX_SECTIONS),
                              MIL_RECEIPT_MAX_SECTIONS);
  change = change_new (self, NULL);
  change->receipts = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < receipts->len; i++)
    g_ptr_array_add (change->receipts, g_object_ref (receipts->pdata[i]));
  return mil_spawn (join_fiber, change, change_free);
}

/* The receipt keeps the first of @all, and each other one becomes a receipt; all are on the disk, or none. */
static DexFuture *
part_into (MilSession *self, MilReceiptRecord *receipt, GPtrArray *all)
{
  g_autoptr (GPtrArray) before = mil_receipt_pictures_copy (mil_receipt_record_get_sheets (receipt));
  g_autoptr (GPtrArray) receipts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  MilBatch *batch = mil_batch_new ();

  for (guint i = 0; i < all->len; i++)
    {
      g_autoptr (GPtrArray) own = mil_receipt_pictures_new ();
      MilReceiptRecord *part = i == 0 ? g_object_ref (receipt) : mil_session_new_receipt_like (self, receipt);
      g_ptr_array_add (own, mil_receipt_picture_copy (all->pdata[i]));
      take_sheets (self, part, own);
      add_to_batch (batch, part);
      g_ptr_array_add (receipts, part);
    }
  if (!mil_await (mil_local_store_write (self->store, batch), &error))
    {
      take_sheets (self, receipt, before);
      mil_session_queue_reading (self, receipt);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  for (guint i = 0; i < receipts->len; i++)
    {
      if (i > 0)
        mil_session_insert_receipt (self, receipts->pdata[i]);
      mil_session_queue_reading (self, receipts->pdata[i]);
    }
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&receipts));
}

static DexFuture *
part_fiber (gpointer data)
{
  Change *change = data;
  g_autoptr (GPtrArray) sheets = mil_receipt_pictures_copy (mil_receipt_record_get_sheets (change->receipt));

  return part_into (change->session, change->receipt, sheets);
}

/**
 * mil_session_part_receipt:
 * @self: a session
 * @receipt: one of its receipts, with several pictures
 *
 * Says that each of its pictures is a receipt of its own.
 *
 * Returns: (transfer full): a future #GPtrArray of #MilReceiptRecord, in the order of the pictures, @receipt
 * first, once all are on the disk; %MIL_ERROR_CONFLICT
 */
DexFuture *
mil_session_part_receipt (MilSession *self, MilReceiptRecord *receipt)
{
  DexFuture *refused = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_RECEIPT_RECORD (receipt));
  dex_return_error_if_fail (mil_receipt_record_get_n_sheets (receipt) > 0);

  refused = refuse_claimed (receipt);
  return refused != NULL ? refused : mil_spawn (part_fiber, change_new (self, receipt), change_free);
}

static DexFuture *
split_fiber (gpointer data)
{
  Change *change = data;
  GArray *papers = mil_receipt_record_get_papers (change->receipt);
  g_autoptr (GPtrArray) sheets = mil_receipt_pictures_new ();

  for (guint i = 0; i < papers->len; i++)
    {
      MilReceiptPicture *sheet = mil_receipt_picture_copy (mil_receipt_record_get_sheet (change->receipt, 0));
      MilQuad            paper = mil_quad_grow (&g_array_index (papers, MilQuad, i), PAPER_MARGIN);
      mil_receipt_picture_cut (sheet, &paper);
      g_ptr_array_add (sheets, sheet);
    }
  return part_into (change->session, change->receipt, sheets);
}

/**
 * mil_session_split_papers:
 * @self: a session
 * @receipt: one of its receipts, whose picture shows several, or whose pages may be several
 *   (mil_receipt_record_get_n_papers())
 *
 * Makes each paper in the picture, or each page, a receipt of its own.
 *
 * Returns: (transfer full): as mil_session_part_receipt()
 */
DexFuture *
mil_session_split_papers (MilSession *self, MilReceiptRecord *receipt)
{
  DexFuture *refused = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_RECEIPT_RECORD (receipt));
  dex_return_error_if_fail (mil_receipt_record_get_n_papers (receipt) > 1);

  if (mil_receipt_record_get_n_sheets (receipt) > 1)
    return mil_session_part_receipt (self, receipt);
  refused = refuse_claimed (receipt);
  return refused != NULL ? refused : mil_spawn (split_fiber, change_new (self, receipt), change_free);
}

/**
 * mil_session_keep_one_paper:
 * @self: a session
 * @receipt: one of its receipts, whose picture shows several, or whose pages may be several
 *
 * Says that only one of them is meant, the one that was read; or that all pages are that one.
 */
void
mil_session_keep_one_paper (MilSession *self, MilReceiptRecord *receipt)
{
  g_return_if_fail (MIL_IS_SESSION (self));
  g_return_if_fail (MIL_IS_RECEIPT_RECORD (receipt));

  mil_receipt_record_set_papers (receipt, NULL);
  mil_session_receipt_changed (self, receipt);
}
