/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-session.h"

#define TRAY_KEY "tray"
/* What was taken longer ago is another sitting. */
#define SITTING_US (G_TIME_SPAN_HOUR)

/**
 * mil_session_keep_tray:
 * @self: a session
 * @receipts: (element-type MilReceiptRecord): what was taken in one sitting, in the order the person gave it
 *
 * Remembers it, also when the program is closed or ends in the middle.
 */
void
mil_session_keep_tray (MilSession *self, GPtrArray *receipts)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) tray = json_object_new ();
  JsonArray *ids = NULL;

  g_return_if_fail (MIL_IS_SESSION (self));
  g_return_if_fail (receipts != NULL);

  ids = json_array_new ();
  for (guint i = 0; i < receipts->len; i++)
    json_array_add_string_element (ids, mil_receipt_record_get_id (receipts->pdata[i]));
  json_object_set_int_member (tray, "at", mil_clock_now (mil_session_get_clock (self)));
  json_object_set_array_member (tray, "receipts", ids);
  json_node_set_object (node, tray);
  mil_session_save_draft (self, TRAY_KEY, node);
}

/* One that is not there any more, or is claimed, needs no place in the tray. */
static void
add_kept (MilSession *self, JsonNode *id, GPtrArray *receipts)
{
  MilReceiptRecord *receipt = NULL;

  if (json_node_get_value_type (id) == G_TYPE_STRING)
    receipt = mil_session_find_receipt (self, json_node_get_string (id));
  if (receipt != NULL && mil_receipt_record_get_claim_id (receipt) == NULL && !g_ptr_array_find (receipts, receipt, NULL))
    g_ptr_array_add (receipts, g_object_ref (receipt));
}

/**
 * mil_session_list_tray:
 * @self: a session
 *
 * Returns: (transfer full) (element-type MilReceiptRecord): what mil_session_keep_tray() was told less than
 * an hour ago, without what was deleted or claimed since
 */
GPtrArray *
mil_session_list_tray (MilSession *self)
{
  GPtrArray *receipts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *tray = NULL;
  JsonNode   *ids = NULL;
  JsonNode   *at = NULL;
  gint64      age = 0;

  g_return_val_if_fail (MIL_IS_SESSION (self), receipts);

  node = mil_session_load_draft (self, TRAY_KEY);
  tray = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  at = tray != NULL ? json_object_get_member (tray, "at") : NULL;
  ids = tray != NULL ? json_object_get_member (tray, "receipts") : NULL;
  if (at == NULL || json_node_get_value_type (at) != G_TYPE_INT64 || ids == NULL || !JSON_NODE_HOLDS_ARRAY (ids))
    return receipts;
  age = mil_clock_now (mil_session_get_clock (self)) - json_node_get_int (at);
  for (guint i = 0; age >= 0 && age < SITTING_US && i < json_array_get_length (json_node_get_array (ids)); i++)
    add_kept (self, json_array_get_element (json_node_get_array (ids), i), receipts);
  return receipts;
}
