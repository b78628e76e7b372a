/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-receipt-sheets.h"

#define MAX_SHEETS 200
#define MAX_PAPERS 16

/**
 * mil_receipt_sheets_init:
 * @self: to be filled
 *
 * Makes it one of no pictures.
 */
void
mil_receipt_sheets_init (MilReceiptSheets *self)
{
  g_return_if_fail (self != NULL);

  *self = (MilReceiptSheets) {
    .pictures = mil_receipt_pictures_new (),
    .papers = g_array_new (FALSE, FALSE, sizeof (MilQuad)),
  };
}

/**
 * mil_receipt_sheets_clear:
 * @self: the pictures of a receipt
 *
 * Frees what it holds.
 */
void
mil_receipt_sheets_clear (MilReceiptSheets *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_clear_pointer (&self->papers, g_array_unref);
}

/* They are one below the other, as the scanner counts its boxes. */
static void
measure (MilReceiptSheets *self)
{
  g_autoptr (GStrvBuilder) addresses = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  gboolean is_measured = TRUE;

  self->width = 0;
  self->height = 0;
  for (guint i = 0; i < self->pictures->len; i++)
    {
      const MilReceiptPicture *picture = self->pictures->pdata[i];
      g_strv_builder_take (addresses, mil_receipt_picture_address (picture, self->folder, TRUE));
      self->width = MAX (self->width, picture->width);
      self->height += picture->height;
      is_measured = is_measured && picture->width > 0;
    }
  if (!is_measured)
    self->width = self->height = 0;
  all = g_strv_builder_end (addresses);
  g_free (self->address);
  self->address = self->pictures->len > 0 ? g_strjoinv (" ", all) : NULL;
}

/**
 * mil_receipt_sheets_set:
 * @self: the pictures of a receipt
 * @folder: where pictures of receipts lie
 * @pictures: (element-type MilReceiptPicture): from top to bottom; they are copied
 *
 * Says which pictures there are.
 */
void
mil_receipt_sheets_set (MilReceiptSheets *self, const char *folder, GPtrArray *pictures)
{
  GPtrArray *copies = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (folder != NULL && pictures != NULL);

  copies = mil_receipt_pictures_copy (pictures);
  g_ptr_array_unref (self->pictures);
  self->pictures = copies;
  g_set_str (&self->folder, folder);
  measure (self);
}

/**
 * mil_receipt_sheets_set_papers:
 * @self: the pictures of a receipt
 * @papers: (nullable) (element-type MilQuad): where each receipt lies, its own first; %NULL where there is but one
 *
 * Says where receipts lie in the picture.
 */
void
mil_receipt_sheets_set_papers (MilReceiptSheets *self, GArray *papers)
{
  g_return_if_fail (self != NULL);

  g_array_set_size (self->papers, 0);
  if (papers != NULL)
    g_array_append_vals (self->papers, papers->data, MIN (papers->len, MAX_PAPERS));
}

/**
 * mil_receipt_sheets_to_json:
 * @self: the pictures of a receipt
 * @builder: within an object
 *
 * Writes the members that mil_receipt_sheets_from_json() reads.
 */
void
mil_receipt_sheets_to_json (const MilReceiptSheets *self, JsonBuilder *builder)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (JSON_IS_BUILDER (builder));

  json_builder_set_member_name (builder, "sheets");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->pictures->len; i++)
    mil_receipt_picture_to_json (self->pictures->pdata[i], builder);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "papers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->papers->len; i++)
    {
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "corners");
      mil_quad_to_json (&g_array_index (self->papers, MilQuad, i), builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "is_document");
  json_builder_add_boolean_value (builder, self->is_document);
}

/* One picture and its size were all that a receipt had before it had sheets. */
static void
load_only_picture (MilReceiptSheets *self, MilJson *reader)
{
  const char        *file = mil_json_string_optional (reader, "file", 200);
  MilReceiptPicture *picture = NULL;

  if (file == NULL || self->pictures->len > 0)
    return;
  picture = mil_receipt_picture_new (file, 0);
  picture->width = picture->whole_width = mil_json_int_optional (reader, "width", 0, G_MAXINT, 0);
  picture->height = picture->whole_height = mil_json_int_optional (reader, "height", 0, G_MAXINT, 0);
  g_ptr_array_add (self->pictures, picture);
}

/**
 * mil_receipt_sheets_from_json:
 * @self: of no pictures yet
 * @folder: where pictures of receipts lie
 * @reader: within the object that mil_receipt_sheets_to_json() wrote into
 *
 * Reads which pictures there are.
 */
void
mil_receipt_sheets_from_json (MilReceiptSheets *self, const char *folder, MilJson *reader)
{
  guint n = 0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (folder != NULL && reader != NULL);

  n = mil_json_enter_array_optional (reader, "sheets", MAX_SHEETS);
  for (guint i = 0; i < n; i++)
    {
      mil_json_enter_item (reader, i);
      g_ptr_array_add (self->pictures, mil_receipt_picture_from_json (reader));
      mil_json_leave (reader);
    }
  mil_json_leave (reader);
  load_only_picture (self, reader);
  n = mil_json_enter_array_optional (reader, "papers", MAX_PAPERS);
  for (guint i = 0; i < n; i++)
    {
      MilQuad paper = { 0 };
      mil_json_enter_item (reader, i);
      paper = mil_quad_from_json (reader, "corners");
      g_array_append_val (self->papers, paper);
      mil_json_leave (reader);
    }
  mil_json_leave (reader);
  self->is_document = mil_json_boolean_optional (reader, "is_document", FALSE);
  g_set_str (&self->folder, folder);
  measure (self);
}
