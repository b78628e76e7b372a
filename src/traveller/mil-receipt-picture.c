/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-receipt-picture.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "base/mil-error.h"
#include "scan/mil-straighten.h"

#define MAX_SHEETS 200
#define MAX_SIDE 100000

G_DEFINE_BOXED_TYPE (MilReceiptPicture, mil_receipt_picture, mil_receipt_picture_copy, mil_receipt_picture_free)

/**
 * mil_receipt_picture_new:
 * @file: name of a file within the folder of receipts
 * @page: which page of it, from 0
 *
 * Returns: (transfer full): that picture, as it lies in the file
 */
MilReceiptPicture *
mil_receipt_picture_new (const char *file, guint page)
{
  MilReceiptPicture *self = NULL;

  g_return_val_if_fail (file != NULL, NULL);

  self = g_new0 (MilReceiptPicture, 1);
  self->file = g_strdup (file);
  self->page = page;
  return self;
}

/**
 * mil_receipt_picture_copy:
 * @self: a sheet
 *
 * Returns: (transfer full): a copy
 */
MilReceiptPicture *
mil_receipt_picture_copy (const MilReceiptPicture *self)
{
  MilReceiptPicture *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->file = g_strdup (self->file);
  return copy;
}

/**
 * mil_receipt_picture_free:
 * @self: (transfer full): a sheet
 *
 * Frees it.
 */
void
mil_receipt_picture_free (MilReceiptPicture *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->file);
  g_free (self);
}

/**
 * mil_receipt_pictures_new:
 *
 * Returns: (transfer full) (element-type MilReceiptPicture): no sheets yet
 */
GPtrArray *
mil_receipt_pictures_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mil_receipt_picture_free);
}

/**
 * mil_receipt_pictures_copy:
 * @sheets: (element-type MilReceiptPicture): sheets
 *
 * Returns: (transfer full) (element-type MilReceiptPicture): copies of them
 */
GPtrArray *
mil_receipt_pictures_copy (GPtrArray *sheets)
{
  GPtrArray *copies = mil_receipt_pictures_new ();

  g_return_val_if_fail (sheets != NULL, copies);

  for (guint i = 0; i < sheets->len; i++)
    g_ptr_array_add (copies, mil_receipt_picture_copy (sheets->pdata[i]));
  return copies;
}

/**
 * mil_receipt_picture_is_document:
 * @self: a sheet
 *
 * Returns: whether it is a page of a document
 */
gboolean
mil_receipt_picture_is_document (const MilReceiptPicture *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_str_has_suffix (self->file, ".pdf");
}

/**
 * mil_receipt_picture_rotate:
 * @self: a sheet
 * @quarters: quarter turns to the right; negative ones to the left
 *
 * Turns it, and the corners with it.
 */
void
mil_receipt_picture_rotate (MilReceiptPicture *self, int quarters)
{
  g_return_if_fail (self != NULL);

  quarters = ((quarters % 4) + 4) % 4;
  if (mil_quad_is_set (&self->corners))
    self->corners = mil_quad_turn (&self->corners, quarters, self->whole_width, self->whole_height);
  if (mil_quad_is_set (&self->found))
    self->found = mil_quad_turn (&self->found, quarters, self->width, self->height);
  self->turn = (self->turn + quarters) % 4;
  if (quarters % 2 == 0)
    return;
  {
    int swapped = self->whole_width;
    self->whole_width = self->whole_height;
    self->whole_height = swapped;
    swapped = self->width;
    self->width = self->height;
    self->height = swapped;
  }
}

/**
 * mil_receipt_picture_cut:
 * @self: a sheet
 * @corners: (nullable): where the paper lies in the turned picture, or %NULL for all of it
 *
 * Says where the paper lies.
 */
void
mil_receipt_picture_cut (MilReceiptPicture *self, const MilQuad *corners)
{
  g_return_if_fail (self != NULL);

  self->corners = corners != NULL ? *corners : (MilQuad) { 0 };
  self->found = (MilQuad) { 0 };
  self->width = corners != NULL ? 0 : self->whole_width;
  self->height = corners != NULL ? 0 : self->whole_height;
}

/**
 * mil_receipt_picture_address:
 * @self: a sheet
 * @folder: where pictures of receipts lie
 * @cut: whether only the paper is meant, where its corners are known
 *
 * Returns: (transfer full): its address, for #MilPictureCache; what is not as it lies in the file stands behind "#"
 */
char *
mil_receipt_picture_address (const MilReceiptPicture *self, const char *folder, gboolean cut)
{
  g_autofree char *path = NULL;
  g_autofree char *uri = NULL;
  GString         *address = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (folder != NULL, NULL);

  path = g_build_filename (folder, self->file, NULL);
  uri = g_filename_to_uri (path, NULL, NULL);
  cut = cut && mil_quad_is_set (&self->corners);
  if (uri == NULL || (!mil_receipt_picture_is_document (self) && self->turn == 0 && !cut))
    return g_steal_pointer (&uri);
  address = g_string_new (uri);
  g_string_append_printf (address, "#%u,%d", self->page, self->turn);
  for (guint i = 0; cut && i < 4; i++)
    g_string_append_printf (address, ",%d,%d", self->corners.corners[i].x, self->corners.corners[i].y);
  return g_string_free_and_steal (address);
}

/**
 * mil_receipt_picture_render:
 * @self: a sheet
 * @bytes: its file
 * @cancellable: (nullable): stops it
 * @error: where to say what went wrong
 *
 * Decodes, turns and cuts it. Blocking, for worker threads.
 *
 * Returns: (transfer full) (nullable): what is to be read and shown; errors as of mil_picture_decode()
 */
MilPicture *
mil_receipt_picture_render (const MilReceiptPicture *self, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (MilPicture) picture = NULL;
  MilPicture *next = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  picture = mil_picture_decode (bytes, self->page, cancellable, error);
  if (picture != NULL && self->turn != 0)
    {
      next = mil_picture_rotate (picture, self->turn);
      g_object_unref (picture);
      picture = next;
    }
  if (picture == NULL || !mil_quad_is_set (&self->corners))
    return g_steal_pointer (&picture);
  next = mil_picture_straighten (picture, &self->corners);
  return next != NULL ? next : g_steal_pointer (&picture);
}

/* --- painting what an address says ---------------------------------------------------------------- */

static gboolean
parse_view (const char *text, MilReceiptPicture *sheet)
{
  MilPoint *c = sheet->corners.corners;
  int       n = sscanf (text,
                  "%u,%d,%d,%d,%d,%d,%d,%d,%d,%d",
                  &sheet->page,
                  &sheet->turn,
                  &c[0].x,
                  &c[0].y,
                  &c[1].x,
                  &c[1].y,
                  &c[2].x,
                  &c[2].y,
                  &c[3].x,
                  &c[3].y);

  return (n == 2 || n == 10) && sheet->turn >= 0 && sheet->turn < 4;
}

/**
 * mil_receipt_picture_load:
 * @address: what mil_receipt_picture_address() made, of one sheet
 * @cancellable: (nullable): stops it
 * @error: where to say what went wrong
 *
 * Blocking, for worker threads.
 *
 * Returns: (transfer full) (nullable): the picture, turned and cut; %MIL_ERROR_NOT_FOUND, or as of mil_picture_decode()
 */
MilPicture *
mil_receipt_picture_load (const char *address, GCancellable *cancellable, GError **error)
{
  const char      *mark = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *path = NULL;
  g_autoptr (MilReceiptPicture) sheet = mil_receipt_picture_new ("", 0);
  g_autoptr (GBytes) bytes = NULL;
  char *contents = NULL;
  gsize size = 0;

  g_return_val_if_fail (address != NULL, NULL);

  mark = strchr (address, '#');
  uri = mark != NULL ? g_strndup (address, mark - address) : g_strdup (address);
  path = g_filename_from_uri (uri, NULL, error);
  if (path == NULL)
    return NULL;
  if ((mark != NULL && !parse_view (mark + 1, sheet)) || !g_file_get_contents (path, &contents, &size, NULL))
    {
      mil_error_set (error, MIL_ERROR_NOT_FOUND, _ ("The picture is no longer there."));
      return NULL;
    }
  bytes = g_bytes_new_take (contents, size);
  return mil_receipt_picture_render (sheet, bytes, cancellable, error);
}

/* As large as is wanted, and never larger than it is. */
static MilPicture *
shrink (MilPicture *picture, double scale)
{
  int longer = MAX (mil_picture_get_width (picture), mil_picture_get_height (picture));

  return scale < 1 ? mil_picture_scale_down (picture, MAX (1, (int) (longer * scale))) : g_object_ref (picture);
}

static void
copy_rows (MilPicture *from, guint8 *to, gsize stride)
{
  const guint8 *rgb = g_bytes_get_data (mil_picture_get_pixels (from), NULL);

  for (int y = 0; y < mil_picture_get_height (from); y++)
    {
      const guint8 *in = rgb + (gsize) y * mil_picture_get_stride (from);
      guint8       *out = to + y * stride;
      for (int x = 0; x < mil_picture_get_width (from); x++, in += 3, out += 4)
        {
          memcpy (out, in, 3);
          out[3] = 255;
        }
    }
}

/* One below the other; what is narrower leaves the rest of its rows empty. */
static MilPixels *
stack (GPtrArray *pictures)
{
  int     width = 0;
  int     height = 0;
  gsize   stride = 0;
  guint8 *pixels = NULL;
  guint8 *row = NULL;
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < pictures->len; i++)
    {
      width = MAX (width, mil_picture_get_width (pictures->pdata[i]));
      height += mil_picture_get_height (pictures->pdata[i]);
    }
  stride = (gsize) width * 4;
  pixels = g_malloc0 (stride * height);
  row = pixels;
  for (guint i = 0; i < pictures->len; i++)
    {
      copy_rows (pictures->pdata[i], row, stride);
      row += stride * mil_picture_get_height (pictures->pdata[i]);
    }
  bytes = g_bytes_new_take (pixels, stride * height);
  return mil_pixels_new (bytes, width, height, stride);
}

/* What is wanted of all of them together covers a place; each is made small before the next is decoded. */
static double
scale_for (MilPicture *first, guint n, int width, int height)
{
  double w = mil_picture_get_width (first);
  double h = mil_picture_get_height (first);

  if (width <= 0 || height <= 0)
    return 1;
  return MAX (width / w, height / (h * n));
}

/**
 * mil_receipt_pictures_paint:
 * @addresses: addresses of sheets with spaces between them
 * @width: of the place that is to be covered, 0 for the pictures' own size
 * @height: of that place
 * @cancellable: (nullable): stops it
 * @error: where to say what went wrong
 *
 * Decodes sheets and puts them one below the other. Blocking, for worker threads.
 *
 * Returns: (transfer full) (nullable): the pixels; %MIL_ERROR_NOT_FOUND, %MIL_ERROR_UNREADABLE
 */
MilPixels *
mil_receipt_pictures_paint (const char *addresses, int width, int height, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (g_object_unref);
  double scale = 1;

  g_return_val_if_fail (addresses != NULL, NULL);

  parts = g_strsplit (addresses, " ", MAX_SHEETS);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autoptr (MilPicture) picture = mil_receipt_picture_load (parts[i], cancellable, error);
      if (picture == NULL)
        return NULL;
      if (i == 0)
        scale = scale_for (picture, g_strv_length (parts), width, height);
      g_ptr_array_add (pictures, shrink (picture, scale));
    }
  return stack (pictures);
}

/* --- JSON ------------------------------------------------------------------------------------------ */

/**
 * mil_quad_to_json:
 * @quad: four corners
 * @builder: where to add them
 *
 * Adds an array of eight numbers, none for corners that are not set.
 */
void
mil_quad_to_json (const MilQuad *quad, JsonBuilder *builder)
{
  g_return_if_fail (quad != NULL);

  json_builder_begin_array (builder);
  for (guint i = 0; mil_quad_is_set (quad) && i < 4; i++)
    {
      json_builder_add_int_value (builder, quad->corners[i].x);
      json_builder_add_int_value (builder, quad->corners[i].y);
    }
  json_builder_end_array (builder);
}

static int
number_at (MilJson *reader, guint i)
{
  JsonNode *node = NULL;
  int       number = 0;

  mil_json_enter_item (reader, i);
  node = mil_json_node (reader);
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    number = (int) CLAMP (json_node_get_int (node), -MAX_SIDE, MAX_SIDE);
  mil_json_leave (reader);
  return number;
}

/**
 * mil_quad_from_json:
 * @reader: at an object
 * @member: where mil_quad_to_json() added them
 *
 * Returns: four corners, not set where there are none
 */
MilQuad
mil_quad_from_json (MilJson *reader, const char *member)
{
  MilQuad quad = { 0 };
  guint   n = 0;

  g_return_val_if_fail (reader != NULL, quad);

  n = mil_json_enter_array_optional (reader, member, 8);
  for (guint i = 0; n == 8 && i < 4; i++)
    quad.corners[i] = (MilPoint) { number_at (reader, 2 * i), number_at (reader, 2 * i + 1) };
  mil_json_leave (reader);
  return quad;
}

static void
add_int (JsonBuilder *builder, const char *member, gint64 value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, value);
}

/**
 * mil_receipt_picture_to_json:
 * @self: a sheet
 * @builder: where to add it
 *
 * Adds an object.
 */
void
mil_receipt_picture_to_json (const MilReceiptPicture *self, JsonBuilder *builder)
{
  g_return_if_fail (self != NULL);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "file");
  json_builder_add_string_value (builder, self->file);
  add_int (builder, "page", self->page);
  add_int (builder, "turn", self->turn);
  add_int (builder, "whole_width", self->whole_width);
  add_int (builder, "whole_height", self->whole_height);
  add_int (builder, "width", self->width);
  add_int (builder, "height", self->height);
  json_builder_set_member_name (builder, "corners");
  mil_quad_to_json (&self->corners, builder);
  json_builder_set_member_name (builder, "found");
  mil_quad_to_json (&self->found, builder);
  json_builder_end_object (builder);
}

/**
 * mil_receipt_picture_from_json:
 * @reader: at what mil_receipt_picture_to_json() added
 *
 * Returns: (transfer full): the sheet; @reader fails where it is none
 */
MilReceiptPicture *
mil_receipt_picture_from_json (MilJson *reader)
{
  const char        *file = NULL;
  MilReceiptPicture *self = NULL;

  g_return_val_if_fail (reader != NULL, NULL);

  file = mil_json_string (reader, "file", 200);
  self = mil_receipt_picture_new (file != NULL ? file : "", mil_json_int_optional (reader, "page", 0, G_MAXINT, 0));
  self->turn = mil_json_int_optional (reader, "turn", 0, 3, 0);
  self->whole_width = mil_json_int_optional (reader, "whole_width", 0, MAX_SIDE, 0);
  self->whole_height = mil_json_int_optional (reader, "whole_height", 0, MAX_SIDE, 0);
  self->width = mil_json_int_optional (reader, "width", 0, MAX_SIDE, 0);
  self->height = mil_json_int_optional (reader, "height", 0, MAX_SIDE, 0);
  self->corners = mil_quad_from_json (reader, "corners");
  self->found = mil_quad_from_json (reader, "found");
  return self;
}
