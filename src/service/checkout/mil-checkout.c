/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/checkout/mil-checkout.h"

#include <glib/gi18n.h>

#include "service/checkout/mil-checkout-person.h"
#include "service/http/mil-ucp.h"

/* UCP's default. */
#define LIFETIME (6 * G_TIME_SPAN_HOUR)

/* What has been found out while a checkout is put together. */
typedef struct
{
  MilTx            *tx;
  MilCheckoutDraft *draft;
  const char       *store_id;
  const char       *currency;
  JsonArray        *lines;
  JsonArray        *ids;
  JsonArray        *messages;
  MilMoney          subtotal;
  MilMoney          shipping;
  gboolean          is_ready;
} Work;

/**
 * mil_checkout_free:
 * @self: (transfer full) (nullable): a checkout
 *
 * Frees a checkout.
 */
void
mil_checkout_free (MilCheckout *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->store_id);
  g_free (self->state);
  g_clear_pointer (&self->document, json_node_unref);
  g_free (self);
}

static void
add_total (JsonArray *totals, const char *type, const char *text, gint64 amount)
{
  JsonObject *total = json_object_new ();

  json_object_set_string_member (total, "type", type);
  json_object_set_string_member (total, "display_text", text);
  json_object_set_int_member (total, "amount", amount);
  json_array_add_object_element (totals, total);
}

static void
complain (Work *work, const char *code, const char *path, const char *severity, const char *content)
{
  mil_ucp_add_message (work->messages, "error", code, path, severity, content);
  work->is_ready = FALSE;
}

/* The parcel costs what its most expensive item costs to send. */
static void
add_shipping (Work *work, guint index, JsonObject *variant)
{
  const char      *country = mil_checkout_draft_country (work->draft);
  JsonObject      *prices = json_object_get_object_member (variant, "shipping");
  g_autofree char *path = g_strdup_printf ("$.line_items[%u]", index);
  MilMoney         price;

  if (!work->draft->ships || country == NULL)
    return;
  if (!json_object_has_member (prices, country))
    {
      complain (work,
                "fulfillment_unavailable",
                path,
                "recoverable",
                _ ("The store does not send this to your country. Take it out, or carry it home yourself."));
      return;
    }
  price = mil_money (json_object_get_int_member (prices, country), work->currency);
  if (price.minor > work->shipping.minor)
    work->shipping = price;
}

static JsonObject *
line_object (const char *id, MilCheckoutLine *line, MilRows *rows, JsonObject *variant, MilMoney total)
{
  JsonObject *object = json_object_new ();
  JsonObject *item = json_object_new ();
  JsonArray  *totals = json_array_new ();

  json_object_set_string_member (item, "id", line->item_id);
  json_object_set_string_member (item, "title", json_object_get_string_member (variant, "title"));
  json_object_set_int_member (item, "price", mil_rows_int (rows, 0));
  if (json_object_has_member (variant, "image"))
    json_object_set_string_member (item, "image_url", json_object_get_string_member (variant, "image"));
  json_object_set_string_member (object, "id", id);
  json_object_set_object_member (object, "item", item);
  json_object_set_int_member (object, "quantity", line->quantity);
  add_total (totals, "subtotal", _ ("Subtotal"), total.minor);
  add_total (totals, "total", _ ("Total"), total.minor);
  json_object_set_array_member (object, "totals", totals);
  return object;
}

static gboolean
price_line (Work *work, guint index, GError **error)
{
  MilCheckoutLine *line = work->draft->lines->pdata[index];
  g_autofree char *id = g_strdup_printf ("line-%u", index + 1);
  g_autofree char *path = g_strdup_printf ("$.line_items[%u]", index);
  g_autoptr (MilRows) rows = NULL;
  g_autoptr (JsonNode) variant = NULL;
  MilMoney total;

  rows
      = mil_tx_query_one (work->tx,
                          error,
                          /* Translators: about a product in the basket. */
                          _ ("One of the products is not on sale any more. Take it out of the basket."),
                          "SELECT price_minor, stock, document FROM variants WHERE store_id = $1 AND id = $2",
                          "tt",
                          work->store_id,
                          line->item_id);
  if (rows == NULL)
    return FALSE;
  variant = mil_wire_parse (mil_rows_text (rows, 2), error);
  if (variant == NULL
      || !mil_money_times (mil_money (mil_rows_int (rows, 0), work->currency), line->quantity, &total, error)
      || !mil_money_add (work->subtotal, total, &work->subtotal, error))
    return FALSE;
  if (mil_rows_int (rows, 1) <= 0)
    complain (work, "item_unavailable", path, "recoverable", _ ("This product is sold out. Take it out of the basket."));
  add_shipping (work, index, json_node_get_object (variant));
  json_array_add_object_element (work->lines, line_object (id, line, rows, json_node_get_object (variant), total));
  json_array_add_string_element (work->ids, id);
  return TRUE;
}

static JsonObject *
option_object (const char *id, const char *title, gint64 amount)
{
  JsonObject *option = json_object_new ();
  JsonArray  *totals = json_array_new ();

  json_object_set_string_member (option, "id", id);
  json_object_set_string_member (option, "title", title);
  add_total (totals, "total", title, amount);
  json_object_set_array_member (option, "totals", totals);
  return option;
}

static JsonArray *
groups_of (Work *work, const char *option_id, const char *title)
{
  JsonArray  *groups = json_array_new ();
  JsonArray  *options = json_array_new ();
  JsonObject *group = json_object_new ();

  json_array_add_object_element (options, option_object (option_id, title, work->shipping.minor));
  json_object_set_string_member (group, "id", "group-1");
  json_object_set_array_member (group, "line_item_ids", json_array_ref (work->ids));
  json_object_set_array_member (group, "options", options);
  json_object_set_string_member (group, "selected_option_id", option_id);
  json_array_add_object_element (groups, group);
  return groups;
}

static JsonObject *
store_location (const char *id, JsonObject *store)
{
  JsonObject *location = json_object_new ();
  JsonObject *address = json_object_new ();

  json_object_set_string_member (location, "id", id);
  json_object_set_string_member (location, "name", json_object_get_string_member (store, "name"));
  json_object_set_string_member (address, "address_locality", json_object_get_string_member (store, "city"));
  json_object_set_string_member (address, "address_country", json_object_get_string_member (store, "country"));
  json_object_set_object_member (location, "address", address);
  return location;
}

static JsonObject *
fulfillment_object (Work *work, JsonObject *store)
{
  gboolean    ships = work->draft->ships;
  JsonObject *fulfillment = json_object_new ();
  JsonObject *method = json_object_new ();
  JsonObject *other = json_object_new ();
  JsonArray  *methods = json_array_new ();
  JsonArray  *others = json_array_new ();
  JsonArray  *destinations = json_array_new ();

  json_object_set_string_member (method, "id", ships ? "send" : "carry");
  json_object_set_string_member (method, "type", ships ? "shipping" : "pickup");
  json_object_set_array_member (method, "line_item_ids", json_array_ref (work->ids));
  /* UCP's schema of a destination takes a shop for an address as well, and so for neither: the shop
   * stands beside the list. */
  if (!ships)
    json_object_set_object_member (method, "location", store_location (work->store_id, store));
  else if (work->draft->destination != NULL)
    {
      json_object_set_string_member (work->draft->destination, "id", "home");
      json_array_add_object_element (destinations, json_object_ref (work->draft->destination));
      json_object_set_string_member (method, "selected_destination_id", "home");
    }
  json_object_set_array_member (method, "destinations", destinations);
  json_object_set_array_member (method,
                                "groups",
                                groups_of (work, ships ? "parcel" : "carry-home", ships ? _ ("Parcel") : _ ("You carry it home")));
  json_array_add_object_element (methods, method);
  json_object_set_string_member (other, "type", ships ? "pickup" : "shipping");
  json_object_set_array_member (other, "line_item_ids", json_array_ref (work->ids));
  json_array_add_object_element (others, other);
  json_object_set_array_member (fulfillment, "methods", methods);
  json_object_set_array_member (fulfillment, "available_methods", others);
  return fulfillment;
}

static JsonArray *
totals_of (Work *work, MilMoney total)
{
  JsonArray *totals = json_array_new ();

  add_total (totals, "subtotal", _ ("Subtotal"), work->subtotal.minor);
  add_total (totals,
             "fulfillment",
             work->draft->ships ? _ ("Parcel") : _ ("You carry it home"),
             work->shipping.minor);
  /* Prices of the feeds have the tax in them. */
  add_total (totals, "tax", _ ("Tax is in the prices"), 0);
  add_total (totals, "total", _ ("Total"), total.minor);
  return totals;
}

static JsonObject *
checkout_object (MilCheckout *self, Work *work, JsonObject *store)
{
  JsonObject *object = json_object_new ();
  JsonObject *ucp = mil_ucp_success ("dev.ucp.shopping.checkout");

  mil_ucp_add_handlers (ucp);
  json_object_set_object_member (object, "ucp", ucp);
  json_object_set_string_member (object, "id", self->id);
  json_object_set_array_member (object, "line_items", json_array_ref (work->lines));
  if (work->draft->buyer != NULL)
    json_object_set_object_member (object, "buyer", json_object_ref (work->draft->buyer));
  if (work->draft->context != NULL)
    json_object_set_object_member (object, "context", json_object_ref (work->draft->context));
  json_object_set_string_member (object, "status", self->state);
  json_object_set_string_member (object, "currency", work->currency);
  json_object_set_array_member (object, "totals", totals_of (work, self->total));
  json_object_set_array_member (object, "messages", json_array_ref (work->messages));
  json_object_set_array_member (object, "links", json_array_new ());
  json_object_set_object_member (object, "fulfillment", fulfillment_object (work, store));
  mil_wire_add_instant (object, "expires_at", self->expires_at);
  return object;
}

static gboolean
do_price (MilCheckout *self, Work *work, GError **error)
{
  g_autoptr (MilRows) rows = NULL;
  g_autoptr (JsonNode) store = NULL;

  rows = mil_tx_query_one (work->tx,
                           error,
                           _ ("There is no such store."),
                           "SELECT currency, document FROM stores WHERE id = $1",
                           "t",
                           self->store_id);
  store = rows != NULL ? mil_wire_parse (mil_rows_text (rows, 1), error) : NULL;
  if (store == NULL)
    return FALSE;
  work->currency = mil_rows_text (rows, 0);
  work->subtotal = work->shipping = mil_money (0, work->currency);
  for (guint i = 0; i < work->draft->lines->len; i++)
    if (!price_line (work, i, error))
      return FALSE;
  if (work->draft->ships && mil_checkout_draft_country (work->draft) == NULL)
    complain (work, "missing", "$.fulfillment.methods[0].destinations", "recoverable", _ ("Say where it is to be sent."));
  if (!mil_money_add (work->subtotal, work->shipping, &self->total, error))
    return FALSE;
  g_set_str (&self->state, work->is_ready ? "ready_for_complete" : "incomplete");
  g_clear_pointer (&self->document, json_node_unref);
  self->document = mil_wire_node (checkout_object (self, work, json_node_get_object (store)));
  return TRUE;
}

/**
 * mil_checkout_price:
 * @self: a checkout that is still open
 * @tx: a transaction
 * @draft: what the client says
 * @error: return location
 *
 * Puts the checkout together anew from the store's own prices. A product that is sold out or cannot
 * be sent makes it "incomplete", with a message.
 *
 * Returns: %FALSE with @error set; to %MIL_ERROR_NOT_FOUND when a product is not there at all
 */
gboolean
mil_checkout_price (MilCheckout *self, MilTx *tx, MilCheckoutDraft *draft, GError **error)
{
  Work     work = { .tx = tx, .draft = draft, .store_id = self->store_id, .is_ready = TRUE };
  gboolean done;

  g_return_val_if_fail (self != NULL && tx != NULL && draft != NULL, FALSE);

  work.lines = json_array_new ();
  work.ids = json_array_new ();
  work.messages = json_array_new ();
  done = do_price (self, &work, error);
  json_array_unref (work.lines);
  json_array_unref (work.ids);
  json_array_unref (work.messages);
  return done;
}

static gboolean
insert (MilCheckout *self, MilTx *tx, const char *owner, GError **error)
{
  return mil_tx_exec (tx,
                      error,
                      "INSERT INTO checkouts (id, owner, store_id, state, currency, total_minor, document,"
                      " created_at, updated_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)",
                      "tttttijii",
                      self->id,
                      owner,
                      self->store_id,
                      self->state,
                      self->total.currency,
                      self->total.minor,
                      self->document,
                      mil_tx_now (tx),
                      self->expires_at);
}

static gboolean
update (MilCheckout *self, MilTx *tx, GError **error)
{
  return mil_tx_exec (
      tx,
      error,
      "UPDATE checkouts SET state = $2, total_minor = $3, document = $4, updated_at = $5 WHERE id = $1",
      "ttiji",
      self->id,
      self->state,
      self->total.minor,
      self->document,
      mil_tx_now (tx));
}

/* Writes the row, with @owner a new one; who buys is not in it while it is written. */
static gboolean
store (MilCheckout *self, MilTx *tx, MilVault *vault, const char *owner, GError **error)
{
  JsonObject *document = json_node_get_object (self->document);
  g_autoptr (JsonObject) person = mil_checkout_person_take (document);
  gboolean is_ordered = g_str_equal (self->state, "completed");
  gboolean done = owner != NULL ? insert (self, tx, owner, error) : update (self, tx, error);

  mil_checkout_person_give (person, document);
  return done && mil_checkout_person_store (person, tx, vault, self->id, is_ordered, mil_tx_now (tx), error);
}

/**
 * mil_checkout_create:
 * @tx: a transaction
 * @vault: keys of personal data
 * @owner: who asks
 * @store_id: a store
 * @draft: what they want
 * @error: return location
 *
 * Returns: (transfer full): a stored checkout, or %NULL with @error set
 */
MilCheckout *
mil_checkout_create (MilTx *tx, MilVault *vault, const char *owner, const char *store_id, MilCheckoutDraft *draft, GError **error)
{
  g_autoptr (MilCheckout) self = g_new0 (MilCheckout, 1);

  g_return_val_if_fail (tx != NULL && vault != NULL && owner != NULL && store_id != NULL && draft != NULL, NULL);

  self->id = mil_tx_new_id (tx);
  self->store_id = g_strdup (store_id);
  self->expires_at = mil_tx_now (tx) + LIFETIME;
  if (!mil_checkout_price (self, tx, draft, error) || !store (self, tx, vault, owner, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Prices that nobody has paid in time do not hold any more. */
static void
expire (MilCheckout *self, gint64 now)
{
  JsonArray *messages;

  if (self->expires_at > now || g_str_equal (self->state, "completed") || g_str_equal (self->state, "canceled"))
    return;
  mil_checkout_set_state (self, "canceled");
  messages = json_object_get_array_member (json_node_get_object (self->document), "messages");
  mil_ucp_add_message (messages, "error", "expired", NULL, "unrecoverable", _ ("This checkout is past its time. Start a new one."));
}

/**
 * mil_checkout_load:
 * @tx: a transaction
 * @vault: keys of personal data
 * @owner: who asks
 * @store_id: a store
 * @id: a checkout
 * @error: return location
 *
 * Returns: (transfer full): the checkout, or %NULL with @error set; to %MIL_ERROR_NOT_FOUND when
 *   there is none or it is somebody else's
 */
MilCheckout *
mil_checkout_load (MilTx *tx, MilVault *vault, const char *owner, const char *store_id, const char *id, GError **error)
{
  g_autoptr (MilCheckout) self = NULL;
  g_autoptr (MilRows) rows = NULL;
  g_autoptr (JsonObject) person = NULL;

  g_return_val_if_fail (tx != NULL && vault != NULL && owner != NULL && store_id != NULL && id != NULL, NULL);

  rows = mil_tx_query_one (tx,
                           error,
                           _ ("There is no such checkout."),
                           "SELECT c.state, c.currency, c.total_minor, c.document, c.expires_at, p.key_id,"
                           " p.wrapped_key, p.sealed FROM checkouts c LEFT JOIN checkout_persons p"
                           " ON p.checkout_id = c.id WHERE c.id = $1 AND c.owner = $2 AND c.store_id = $3",
                           "ttt",
                           id,
                           owner,
                           store_id);
  if (rows == NULL)
    return NULL;
  self = g_new0 (MilCheckout, 1);
  self->id = g_strdup (id);
  self->store_id = g_strdup (store_id);
  self->state = g_strdup (mil_rows_text (rows, 0));
  self->total = mil_money (mil_rows_int (rows, 2), mil_rows_text (rows, 1));
  self->expires_at = mil_rows_int (rows, 4);
  self->document = mil_wire_parse (mil_rows_text (rows, 3), error);
  if (self->document == NULL || !mil_checkout_person_open (vault, id, rows, 5, &person, error))
    return NULL;
  mil_checkout_person_give (person, json_node_get_object (self->document));
  expire (self, mil_tx_now (tx));
  return g_steal_pointer (&self);
}

/**
 * mil_checkout_save:
 * @self: a checkout
 * @tx: a transaction
 * @vault: keys of personal data
 * @error: return location
 *
 * Returns: %FALSE with @error set when it cannot be written
 */
gboolean
mil_checkout_save (MilCheckout *self, MilTx *tx, MilVault *vault, GError **error)
{
  g_return_val_if_fail (self != NULL && tx != NULL && vault != NULL, FALSE);

  return store (self, tx, vault, NULL, error);
}

/**
 * mil_checkout_set_state:
 * @self: a checkout
 * @state: UCP's status
 *
 * Changes the status, in the document too.
 */
void
mil_checkout_set_state (MilCheckout *self, const char *state)
{
  g_return_if_fail (self != NULL && state != NULL);

  g_set_str (&self->state, state);
  json_object_set_string_member (json_node_get_object (self->document), "status", state);
}

/**
 * mil_checkout_is_open:
 * @self: a checkout
 * @error: return location
 *
 * Whether it can still be changed, completed or canceled.
 *
 * Returns: %FALSE with @error set to %MIL_ERROR_CONFLICT when it cannot
 */
gboolean
mil_checkout_is_open (MilCheckout *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (g_str_equal (self->state, "incomplete") || g_str_equal (self->state, "ready_for_complete"))
    return TRUE;
  if (g_str_equal (self->state, "completed"))
    mil_error_set (error, MIL_ERROR_CONFLICT, _ ("This checkout is completed already."));
  else
    mil_error_set (error, MIL_ERROR_EXPIRED, _ ("This checkout was called off or is past its time. Start a new one."));
  return FALSE;
}
