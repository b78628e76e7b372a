/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/scanner/mil-sheet-change.h"

#include <glib/gi18n.h>

#include "app/mil-toast.h"
#include "app/mil-wait.h"

static void
changed_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  if (error != NULL)
    mil_toast (object, error->message);
}

static void
change (GtkWidget *widget, MilSession *session, MilReceiptRecord *receipt, GPtrArray *sheets)
{
  dex_future_disown (mil_wait (widget, mil_session_set_sheets (session, receipt, sheets), changed_cb, NULL));
}

static GPtrArray *
sheets_of (MilReceiptRecord *receipt)
{
  GPtrArray *sheets = mil_receipt_pictures_new ();

  for (guint i = 0; i < mil_receipt_record_get_n_sheets (receipt); i++)
    g_ptr_array_add (sheets, mil_receipt_picture_copy (mil_receipt_record_get_sheet (receipt, i)));
  return sheets;
}

/**
 * mil_sheet_rotate:
 * @widget: where it is said what goes wrong
 * @session: the session that keeps the receipt
 * @receipt: a receipt
 * @index: which of its pictures
 * @quarters: quarter turns to the right; negative ones to the left
 *
 * Turns a picture.
 */
void
mil_sheet_rotate (GtkWidget *widget, MilSession *session, MilReceiptRecord *receipt, guint index, int quarters)
{
  g_autoptr (GPtrArray) sheets = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (index < mil_receipt_record_get_n_sheets (receipt));

  sheets = sheets_of (receipt);
  mil_receipt_picture_rotate (sheets->pdata[index], quarters);
  change (widget, session, receipt, sheets);
}

/**
 * mil_sheet_cut:
 * @widget: where it is said what goes wrong
 * @session: the session that keeps the receipt
 * @receipt: a receipt
 * @index: which of its pictures
 * @corners: (nullable): where the paper lies in the turned picture, or %NULL for all of it
 *
 * Cuts the paper out.
 */
void
mil_sheet_cut (GtkWidget *widget, MilSession *session, MilReceiptRecord *receipt, guint index, const MilQuad *corners)
{
  g_autoptr (GPtrArray) sheets = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (index < mil_receipt_record_get_n_sheets (receipt));

  sheets = sheets_of (receipt);
  mil_receipt_picture_cut (sheets->pdata[index], corners);
  change (widget, session, receipt, sheets);
}

/**
 * mil_sheet_move:
 * @widget: where it is said what goes wrong
 * @session: the session that keeps the receipt
 * @receipt: a long receipt
 * @from: which of its pictures
 * @to: where it belongs
 *
 * Changes the order of the sections of a long receipt.
 */
void
mil_sheet_move (GtkWidget *widget, MilSession *session, MilReceiptRecord *receipt, guint from, guint to)
{
  g_autoptr (GPtrArray) sheets = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (from < mil_receipt_record_get_n_sheets (receipt) && to < mil_receipt_record_get_n_sheets (receipt));

  if (from == to)
    return;
  sheets = sheets_of (receipt);
  g_ptr_array_insert (sheets, (int) to, g_ptr_array_steal_index (sheets, from));
  change (widget, session, receipt, sheets);
}

static void
undo_delete_cb (gpointer object)
{
  MilReceiptRecord *receipt = object;
  MilSession       *session = g_object_get_data (object, "mil-session");

  mil_disown (mil_session_restore_receipt (session, receipt), "restoring a receipt");
}

static void
undo_take_out_cb (gpointer object)
{
  MilReceiptRecord *receipt = object;
  MilSession       *session = g_object_get_data (object, "mil-session");
  GPtrArray        *sheets = g_object_get_data (object, "mil-sheets-before");

  if (sheets != NULL)
    mil_disown (mil_session_set_sheets (session, receipt, sheets), "putting a picture back");
}

static void
take_out (GtkWidget *widget, MilSession *session, MilReceiptRecord *receipt, guint index)
{
  g_autoptr (GPtrArray) sheets = sheets_of (receipt);

  g_object_set_data_full (G_OBJECT (receipt), "mil-sheets-before", sheets_of (receipt), (GDestroyNotify) g_ptr_array_unref);
  g_ptr_array_remove_index (sheets, index);
  change (widget, session, receipt, sheets);
  mil_toast_undo (widget, _ ("Section deleted"), undo_take_out_cb, G_OBJECT (receipt));
}

static void
deleted_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  if (error != NULL)
    mil_toast (object, error->message);
}

/**
 * mil_sheet_delete:
 * @widget: where it is said what goes wrong
 * @session: the session that keeps the receipt
 * @receipt: a receipt
 * @index: which of its pictures
 *
 * Deletes a picture, and with its last one the receipt, and offers to take it back.
 */
void
mil_sheet_delete (GtkWidget *widget, MilSession *session, MilReceiptRecord *receipt, guint index)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (MIL_IS_SESSION (session));
  g_return_if_fail (index < mil_receipt_record_get_n_sheets (receipt));

  g_object_set_data_full (G_OBJECT (receipt), "mil-session", g_object_ref (session), g_object_unref);
  if (mil_receipt_record_get_n_sheets (receipt) > 1)
    {
      take_out (widget, session, receipt, index);
      return;
    }
  dex_future_disown (mil_wait (widget, mil_session_delete_receipt (session, receipt), deleted_cb, NULL));
  if (mil_receipt_record_get_claim_id (receipt) == NULL)
    mil_toast_undo (widget, _ ("Receipt deleted"), undo_delete_cb, G_OBJECT (receipt));
}

static void
undo_parting_cb (gpointer object)
{
  MilSession *session = g_object_get_data (object, "mil-session");
  GPtrArray  *others = g_object_get_data (object, "mil-others");
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  g_ptr_array_add (parts, object);
  for (guint i = 0; others != NULL && i < others->len; i++)
    if (mil_session_find_receipt (session, mil_receipt_record_get_id (others->pdata[i])) != NULL)
      g_ptr_array_add (parts, others->pdata[i]);
  mil_disown (mil_session_join_receipts (session, parts), "joining pages again");
}

/**
 * mil_sheet_tell_parted:
 * @widget: where it is said
 * @session: the session that keeps the receipts
 * @receipts: (element-type MilReceiptRecord): what a receipt was parted into
 *
 * Says that each is a receipt of its own now. Where they are whole pages it offers to make them one again.
 */
void
mil_sheet_tell_parted (GtkWidget *widget, MilSession *session, GPtrArray *receipts)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_object_unref);
  GObject                 *first = NULL;
  const MilReceiptPicture *sheet = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (MIL_IS_SESSION (session));
  g_return_if_fail (receipts != NULL && receipts->len > 0);

  first = receipts->pdata[0];
  sheet = mil_receipt_record_get_sheet (MIL_RECEIPT_RECORD (first), 0);
  if (sheet == NULL || mil_quad_is_set (&sheet->corners))
    {
      mil_toast (widget, _ ("Each is a receipt of its own now."));
      return;
    }
  g_object_set_data_full (first, "mil-session", g_object_ref (session), g_object_unref);
  for (guint i = 1; i < receipts->len; i++)
    g_ptr_array_add (others, g_object_ref (receipts->pdata[i]));
  g_object_set_data_full (first, "mil-others", g_steal_pointer (&others), (GDestroyNotify) g_ptr_array_unref);
  mil_toast_undo (widget, _ ("Each is a receipt of its own now."), undo_parting_cb, first);
}

/**
 * mil_sheet_doubt_text:
 * @receipt: a receipt
 *
 * Returns: (transfer full) (nullable): what to ask the person, where its picture shows several receipts, or
 * its pages may be several
 */
char *
mil_sheet_doubt_text (MilReceiptRecord *receipt)
{
  guint n = 0;

  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (receipt), NULL);

  n = mil_receipt_record_get_n_papers (receipt);
  if (n < 2)
    return NULL;
  if (mil_receipt_record_get_n_sheets (receipt) > 1)
    return g_strdup_printf (ngettext ("%u page names the same shop, day and amount. Is it one receipt?",
                                      "%u pages name the same shop, day and amount. Are they one receipt?",
                                      n),
                            n);
  return g_strdup_printf (ngettext ("%u receipt is in this picture.", "%u receipts are in this picture.", n), n);
}

/**
 * mil_sheet_one_text:
 * @receipt: a receipt
 *
 * Returns: what the button says with which the person keeps it one receipt, with a mnemonic
 */
const char *
mil_sheet_one_text (MilReceiptRecord *receipt)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (receipt), NULL);

  return mil_receipt_record_get_n_sheets (receipt) > 1 ? C_ ("scanner", "_One Receipt")
                                                       : C_ ("scanner", "_Only the First");
}
