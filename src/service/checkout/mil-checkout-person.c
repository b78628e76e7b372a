/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/checkout/mil-checkout-person.h"

#include <glib/gi18n.h>

#include "service/checkout/mil-checkout.h"
#include "service/http/mil-once.h"

#define AT_ONCE 100

const MilSealedTable mil_checkout_person_table = { "checkout_persons", "checkout-person", { "checkout_id" } };

/* The members of a checkout that are a person's as a whole. */
static const char *const members[] = { "buyer", "context" };

static JsonObject *
object_of (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonObject *
first_of (JsonObject *object, const char *member)
{
  JsonNode  *node = object != NULL ? json_object_get_member (object, member) : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonNode *first = array != NULL && json_array_get_length (array) > 0 ? json_array_get_element (array, 0) : NULL;

  return first != NULL && JSON_NODE_HOLDS_OBJECT (first) ? json_node_get_object (first) : NULL;
}

/* Where a shop is, from which the goods are carried home, names nobody. */
static JsonObject *
sending_method (JsonObject *checkout)
{
  JsonObject *method = first_of (object_of (checkout, "fulfillment"), "methods");

  if (method == NULL || g_strcmp0 (json_object_get_string_member_with_default (method, "type", NULL), "shipping") != 0)
    return NULL;
  return method;
}

static JsonObject *
sending_expectation (JsonObject *order)
{
  JsonObject *expectation = first_of (object_of (order, "fulfillment"), "expectations");

  if (expectation == NULL
      || g_strcmp0 (json_object_get_string_member_with_default (expectation, "method_type", NULL), "shipping") != 0)
    return NULL;
  return expectation;
}

/**
 * mil_checkout_person_take:
 * @checkout: a checkout as UCP shows it
 *
 * Takes out of it all that names a person.
 *
 * Returns: (transfer full) (nullable): what was taken out; %NULL when there was nothing
 */
JsonObject *
mil_checkout_person_take (JsonObject *checkout)
{
  g_autoptr (JsonObject) person = json_object_new ();
  JsonObject *method;
  JsonObject *destination;

  g_return_val_if_fail (checkout != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (object_of (checkout, members[i]) != NULL)
      {
        json_object_set_object_member (person, members[i], json_object_ref (object_of (checkout, members[i])));
        json_object_remove_member (checkout, members[i]);
      }
  method = sending_method (checkout);
  destination = first_of (method, "destinations");
  if (destination != NULL)
    {
      json_object_set_object_member (person, "destination", json_object_ref (destination));
      json_object_set_array_member (method, "destinations", json_array_new ());
      json_object_remove_member (method, "selected_destination_id");
    }
  return json_object_get_size (person) > 0 ? g_steal_pointer (&person) : NULL;
}

/**
 * mil_checkout_person_give:
 * @person: (nullable): what mil_checkout_person_take() took
 * @checkout: the checkout without it
 *
 * Puts it back.
 */
void
mil_checkout_person_give (JsonObject *person, JsonObject *checkout)
{
  JsonObject *method;
  JsonObject *destination;

  g_return_if_fail (checkout != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (object_of (person, members[i]) != NULL)
      json_object_set_object_member (checkout, members[i], json_object_ref (object_of (person, members[i])));
  method = sending_method (checkout);
  destination = object_of (person, "destination");
  if (method != NULL && destination != NULL)
    {
      JsonArray *destinations = json_array_new ();

      json_array_add_object_element (destinations, json_object_ref (destination));
      json_object_set_array_member (method, "destinations", destinations);
      json_object_set_string_member (method,
                                     "selected_destination_id",
                                     json_object_get_string_member_with_default (destination, "id", "home"));
    }
}

/**
 * mil_checkout_person_give_order:
 * @person: (nullable): what is known of the checkout's person
 * @order: the order that the checkout became, as UCP shows it
 *
 * Says in it where it goes.
 */
void
mil_checkout_person_give_order (JsonObject *person, JsonObject *order)
{
  JsonObject *expectation;
  JsonObject *destination;

  g_return_if_fail (order != NULL);

  expectation = sending_expectation (order);
  destination = object_of (person, "destination");
  if (expectation != NULL && destination != NULL)
    json_object_set_object_member (expectation, "destination", json_object_ref (destination));
}

/**
 * mil_checkout_person_strip:
 * @document: a checkout or an order, as UCP shows it
 *
 * Takes out of it all that names a person, for good.
 */
void
mil_checkout_person_strip (JsonObject *document)
{
  g_autoptr (JsonObject) person = NULL;
  JsonObject *expectation;

  g_return_if_fail (document != NULL);

  person = mil_checkout_person_take (document);
  expectation = sending_expectation (document);
  if (expectation != NULL)
    json_object_set_object_member (expectation, "destination", json_object_new ());
}

/**
 * mil_checkout_person_store:
 * @person: (nullable): what mil_checkout_person_take() took; nothing is stored of nobody
 * @tx: a transaction
 * @vault: the keys
 * @checkout_id: the checkout
 * @is_ordered: whether it has become an order
 * @at: since when that is so
 * @error: return location
 *
 * Encrypts and keeps what is known of the person, instead of what was.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_checkout_person_store (JsonObject *person, MilTx *tx, MilVault *vault, const char *checkout_id, gboolean is_ordered, gint64 at, GError **error)
{
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (MilSealed) sealed = NULL;

  g_return_val_if_fail (tx != NULL && vault != NULL && checkout_id != NULL, FALSE);

  if (person == NULL)
    return TRUE;
  plain = mil_sealed_pad (json_object_ref (person));
  sealed = mil_sealed_table_seal (&mil_checkout_person_table, tx, vault, checkout_id, NULL, plain);
  return mil_tx_exec (
      tx,
      error,
      "INSERT INTO checkout_persons (checkout_id, is_ordered, key_id, wrapped_key, sealed, updated_at)"
      " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (checkout_id) DO UPDATE SET is_ordered = "
      "excluded.is_ordered,"
      " key_id = excluded.key_id, wrapped_key = excluded.wrapped_key, sealed = excluded.sealed,"
      " updated_at = excluded.updated_at",
      "titbbi",
      checkout_id,
      (gint64) (is_ordered ? 1 : 0),
      sealed->key_id,
      sealed->wrapped_key,
      sealed->data,
      at);
}

/**
 * mil_checkout_person_open:
 * @vault: the keys
 * @checkout_id: the checkout
 * @row: a row
 * @column: where in it `key_id`, `wrapped_key` and `sealed` stand, or nulls
 * @person: (out) (transfer full) (nullable): the person; %NULL when nobody is known
 * @error: return location; as for mil_vault_unseal()
 *
 * Returns: %FALSE with @error set when it cannot be read
 */
gboolean
mil_checkout_person_open (MilVault *vault, const char *checkout_id, MilRows *row, guint column, JsonObject **person, GError **error)
{
  g_autoptr (GBytes) plain = NULL;

  g_return_val_if_fail (vault != NULL && checkout_id != NULL && row != NULL && person != NULL, FALSE);

  *person = NULL;
  if (mil_rows_is_null (row, column))
    return TRUE;
  plain = mil_sealed_table_unseal (&mil_checkout_person_table, vault, checkout_id, NULL, row, column, error);
  *person = plain != NULL ? mil_sealed_read (plain, error) : NULL;
  return *person != NULL;
}

/**
 * mil_checkout_person_load:
 * @tx: a transaction
 * @vault: the keys
 * @checkout_id: the checkout
 * @person: (out) (transfer full) (nullable): the person; %NULL when nobody is known
 * @error: return location
 *
 * Returns: %FALSE with @error set when it cannot be read
 */
gboolean
mil_checkout_person_load (MilTx *tx, MilVault *vault, const char *checkout_id, JsonObject **person, GError **error)
{
  g_autoptr (MilRows) rows = NULL;

  g_return_val_if_fail (tx != NULL && vault != NULL && checkout_id != NULL && person != NULL, FALSE);

  *person = NULL;
  rows = mil_tx_query (tx, error, "SELECT key_id, wrapped_key, sealed FROM checkout_persons WHERE checkout_id = $1", "t", checkout_id);
  if (rows == NULL)
    return FALSE;
  return !mil_rows_next (rows) || mil_checkout_person_open (vault, checkout_id, rows, 0, person, error);
}

/**
 * mil_checkout_person_forget:
 * @tx: a transaction
 * @vault: the keys
 * @checkout_id: the checkout
 * @error: return location
 *
 * Forgets the person for good, in the answers that are kept as well.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_checkout_person_forget (MilTx *tx, MilVault *vault, const char *checkout_id, GError **error)
{
  g_autoptr (MilRows) rows = NULL;

  g_return_val_if_fail (tx != NULL && vault != NULL && checkout_id != NULL, FALSE);

  rows = mil_tx_query (tx,
                       error,
                       "SELECT c.owner FROM checkouts c JOIN checkout_persons p ON p.checkout_id = c.id"
                       " WHERE c.id = $1",
                       "t",
                       checkout_id);
  if (rows == NULL)
    return FALSE;
  return !mil_rows_next (rows)
         || (mil_tx_exec (tx, error, "DELETE FROM checkout_persons WHERE checkout_id = $1", "t", checkout_id)
             && mil_once_strip (tx, vault, mil_rows_text (rows, 0), checkout_id, mil_checkout_person_strip, error));
}

/**
 * mil_checkout_person_forget_order:
 * @tx: a transaction
 * @vault: the keys
 * @owner: (nullable): who asks; %NULL for an administrator, who may name anybody's
 * @order_id: an order
 * @error: return location
 *
 * Forgets who bought it and where it went. The order, its amounts and the ledger stay.
 *
 * Returns: %FALSE with @error set; to %MIL_ERROR_NOT_FOUND when it is not theirs, to %MIL_ERROR_CONFLICT when
 *   it is still to be paid
 */
gboolean
mil_checkout_person_forget_order (MilTx *tx, MilVault *vault, const char *owner, const char *order_id, GError **error)
{
  g_autoptr (MilRows) rows = NULL;

  g_return_val_if_fail (tx != NULL && vault != NULL && order_id != NULL, FALSE);

  rows = mil_tx_query_one (tx,
                           error,
                           _ ("There is no such order."),
                           "SELECT checkout_id, state FROM orders WHERE id = $1 AND ($2 = '' OR owner = $2)",
                           "tt",
                           order_id,
                           owner != NULL ? owner : "");
  if (rows == NULL)
    return FALSE;
  if (!g_str_equal (mil_rows_text (rows, 1), "awaiting-capture"))
    return mil_checkout_person_forget (tx, vault, mil_rows_text (rows, 0), error);
  mil_error_set (error, MIL_ERROR_CONFLICT, _ ("The store still needs to know who buys. Wait until this is paid, or call it off."));
  return FALSE;
}

static gint64
forget_all (MilTx *tx, MilVault *vault, MilRows *rows, GError **error)
{
  gint64 n = 0;

  if (rows == NULL)
    return -1;
  for (; mil_rows_next (rows); n++)
    if (!mil_checkout_person_forget (tx, vault, mil_rows_text (rows, 0), error))
      return -1;
  return n;
}

/**
 * mil_checkout_person_forget_due:
 * @tx: a transaction; its time decides
 * @vault: the keys
 * @retention_days: how long after its last change an order knows who bought it
 * @error: return location
 *
 * Forgets who bought what was ordered long ago, and who left a checkout that can be ordered no more; some of
 * them when there are many.
 *
 * Returns: how many; -1 with @error set when it cannot
 */
gint64
mil_checkout_person_forget_due (MilTx *tx, MilVault *vault, guint retention_days, GError **error)
{
  gint64 last;
  gint64 n_left;
  gint64 n_ordered;
  g_autoptr (MilRows) left = NULL;
  g_autoptr (MilRows) ordered = NULL;

  g_return_val_if_fail (tx != NULL && vault != NULL, -1);

  last = mil_tx_now (tx) - (gint64) retention_days * G_TIME_SPAN_DAY;
  left = mil_tx_query (tx,
                       error,
                       "SELECT p.checkout_id FROM checkout_persons p JOIN checkouts c ON c.id = p.checkout_id"
                       " WHERE p.is_ordered = 0 AND c.expires_at < $1 ORDER BY p.updated_at LIMIT $2",
                       "ii",
                       mil_tx_now (tx),
                       (gint64) AT_ONCE);
  n_left = forget_all (tx, vault, left, error);
  if (n_left < 0)
    return -1;
  ordered = mil_tx_query (tx,
                          error,
                          "SELECT p.checkout_id FROM checkout_persons p JOIN orders o ON o.checkout_id ="
                          " p.checkout_id WHERE p.is_ordered = 1 AND p.updated_at < $1 AND o.updated_at < $1"
                          " AND o.state <> 'awaiting-capture' ORDER BY p.updated_at LIMIT $2",
                          "ii",
                          last,
                          (gint64) AT_ONCE);
  n_ordered = forget_all (tx, vault, ordered, error);
  return n_ordered < 0 ? -1 : n_left + n_ordered;
}

static gboolean
strip_order (MilTx *tx, const char *checkout_id, GError **error)
{
  g_autoptr (MilRows) rows = NULL;
  g_autoptr (JsonNode) order = NULL;

  rows = mil_tx_query (tx, error, "SELECT document FROM orders WHERE checkout_id = $1 AND document IS NOT NULL", "t", checkout_id);
  if (rows == NULL)
    return FALSE;
  if (!mil_rows_next (rows))
    return TRUE;
  order = mil_wire_parse (mil_rows_text (rows, 0), error);
  if (order == NULL)
    return FALSE;
  mil_checkout_person_strip (json_node_get_object (order));
  return mil_tx_exec (tx, error, "UPDATE orders SET document = $2 WHERE checkout_id = $1", "tj", checkout_id, order);
}

static gboolean
seal (MilTx *tx, MilVault *vault, MilRows *row, GError **error)
{
  const char *id = mil_rows_text (row, 0);
  gboolean    is_ordered = g_str_equal (mil_rows_text (row, 2), "completed");
  g_autoptr (JsonNode) document = mil_wire_parse (mil_rows_text (row, 1), error);
  g_autoptr (JsonObject) person = NULL;

  if (document == NULL)
    return FALSE;
  person = mil_checkout_person_take (json_node_get_object (document));
  return mil_checkout_person_store (person, tx, vault, id, is_ordered, mil_rows_int (row, 3), error)
         && (person == NULL
             || (mil_tx_exec (tx, error, "UPDATE checkouts SET document = $2 WHERE id = $1", "tj", id, document)
                 && strip_order (tx, id, error)))
         && mil_tx_exec (tx, error, "DELETE FROM unsealed_checkouts WHERE checkout_id = $1", "t", id);
}

/**
 * mil_checkout_person_seal_old:
 * @tx: a transaction
 * @vault: the keys
 * @error: return location
 *
 * Encrypts who is named in the checkouts and orders of versions that did not; some of them when there are many.
 *
 * Returns: how many were looked at; -1 with @error set when it cannot
 */
gint64
mil_checkout_person_seal_old (MilTx *tx, MilVault *vault, GError **error)
{
  g_autoptr (MilRows) rows = NULL;
  gint64 n = 0;

  g_return_val_if_fail (tx != NULL && vault != NULL, -1);

  rows = mil_tx_query (tx,
                       error,
                       "SELECT c.id, c.document, c.state, c.updated_at FROM unsealed_checkouts u"
                       " JOIN checkouts c ON c.id = u.checkout_id LIMIT $1",
                       "i",
                       (gint64) AT_ONCE);
  if (rows == NULL)
    return -1;
  for (; mil_rows_next (rows); n++)
    if (!seal (tx, vault, rows, error))
      return -1;
  return n;
}
