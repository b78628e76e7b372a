/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/catalogue/mil-import.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/mil-country.h"
#include "base/mil-currency.h"
#include "base/mil-json.h"
#include "base/mil-key.h"
#include "service/catalogue/mil-feed.h"
#include "service/catalogue/mil-fold.h"
#include "service/catalogue/mil-picture.h"
#include "service/catalogue/mil-product-document.h"
#include "service/http/mil-reply.h"

#define MAX_STORES 1000
#define MAX_LIST_BYTES (4 * 1024 * 1024)
/* Rows of a store's products lie so far apart that all stores fit between two of them. */
#define POSITION_STRIDE 1000
#define LATER (G_GINT64_CONSTANT (1) << 40)

G_DEFINE_BOXED_TYPE (MilImport, mil_import, mil_import_ref, mil_import_unref)

typedef struct
{
  char       *id;
  char       *name;
  char       *legal_name;
  char       *country;
  char       *currency;
  JsonNode   *document;
  MilFeed    *feed;
  GHashTable *pictures;
  char       *logo;
  char       *digest;
  gint64      position;
  gboolean    is_first;
} Store;

struct _MilImport
{
  char           *folder;
  GPtrArray      *stores;
  GPtrArray      *problems;
  gatomicrefcount ref_count;
};

static void
store_free (gpointer data)
{
  Store *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->legal_name);
  g_free (self->country);
  g_free (self->currency);
  g_clear_pointer (&self->document, json_node_unref);
  g_clear_pointer (&self->feed, mil_feed_free);
  g_clear_pointer (&self->pictures, g_hash_table_unref);
  g_free (self->logo);
  g_free (self->digest);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Store, store_free)

/**
 * mil_import_ref:
 * @self: an import
 *
 * Returns: (transfer full): @self
 */
MilImport *
mil_import_ref (MilImport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * mil_import_unref:
 * @self: (transfer full): an import
 *
 * Lets go of @self.
 */
void
mil_import_unref (MilImport *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->folder);
  g_ptr_array_unref (self->stores);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

static GBytes *
load (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = NULL;
  char            *data;
  gsize            size;

  if (g_path_is_absolute (name) || strstr (name, "..") != NULL)
    {
      mil_error_set (error, MIL_ERROR_INVALID, _ ("“%s” must name a file inside the folder of the stores."), name);
      return NULL;
    }
  path = g_build_filename (folder, name, NULL);
  return g_file_get_contents (path, &data, &size, error) ? g_bytes_new_take (data, size) : NULL;
}

static void
add_problem (MilImport *self, const char *store_id, const char *what, const char *message)
{
  g_ptr_array_add (self->problems, g_strdup_printf ("%s: %s%s%s", store_id, what, *what != '\0' ? ": " : "", message));
}

static void
copy_strings (MilJson *json, const char *member, JsonObject *to)
{
  JsonArray *copy = json_array_new ();
  guint      n = mil_json_enter_array (json, member, 50);

  for (guint i = 0; i < n; i++)
    if (mil_json_enter_item (json, i))
      {
        JsonNode *node = mil_json_node (json);

        if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
          json_array_add_string_element (copy, json_node_get_string (node));
        mil_json_leave (json);
      }
  mil_json_leave (json);
  json_object_set_array_member (to, member, copy);
}

static char *
read_address (MilJson *json)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) strv = NULL;
  guint n = mil_json_enter_array (json, "address", 8);

  for (guint i = 0; i < n; i++)
    if (mil_json_enter_item (json, i))
      {
        JsonNode *node = mil_json_node (json);

        if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
          g_strv_builder_add (lines, json_node_get_string (node));
        mil_json_leave (json);
      }
  mil_json_leave (json);
  strv = g_strv_builder_end (lines);
  return g_strjoinv (", ", strv);
}

static void
add_tax_free (MilJson *json, JsonObject *document)
{
  const char *operator_id = mil_json_string_optional (json, "refund_operator", 60);
  JsonObject *tax_free;

  if (!mil_json_boolean_optional (json, "tax_free", FALSE) || operator_id == NULL)
    {
      json_object_set_null_member (document, "tax_free");
      return;
    }
  tax_free = json_object_new ();
  json_object_set_string_member (tax_free, "operator", operator_id);
  json_object_set_object_member (document, "tax_free", tax_free);
}

/* The store as GET /v1/stores shows it; the logo is added when its picture was read. */
static JsonObject *
read_description (MilJson *json, Store *store)
{
  JsonObject      *document = json_object_new ();
  g_autofree char *address = read_address (json);
  g_autofree char *endpoint = g_strconcat ("/stores/", store->id, NULL);

  json_object_set_string_member (document, "id", store->id);
  json_object_set_string_member (document, "name", store->name);
  json_object_set_string_member (document, "legal_name", store->legal_name);
  json_object_set_string_member (document, "country", store->country);
  json_object_set_string_member (document, "city", mil_json_string (json, "city", 100));
  json_object_set_string_member (document, "address", address);
  json_object_set_string_member (document, "vat_id", mil_json_string (json, "vat_number", 40));
  json_object_set_string_member (document, "currency", store->currency);
  copy_strings (json, "languages", document);
  copy_strings (json, "categories", document);
  json_object_set_string_member (document, "story", mil_json_string (json, "story", 2000));
  json_object_set_null_member (document, "logo");
  mil_wire_add_optional (document, "programme", mil_json_string_optional (json, "programme", 40));
  add_tax_free (json, document);
  json_object_set_string_member (document, "endpoint", endpoint);
  return document;
}

static gboolean
is_slug (const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_islower (*p) && !g_ascii_isdigit (*p) && *p != '-')
      return FALSE;
  return TRUE;
}

static Store *
read_store (MilJson *json)
{
  Store *store = g_new0 (Store, 1);

  store->id = g_strdup (mil_json_string (json, "id", 60));
  store->name = g_strdup (mil_json_string (json, "name", 100));
  store->legal_name = g_strdup (mil_json_string (json, "legal_name", 200));
  store->country = g_strdup (mil_json_string (json, "country", 2));
  store->currency = g_strdup (mil_json_string (json, "currency", 3));
  store->is_first = mil_json_string_optional (json, "programme", 40) != NULL;
  if (!mil_json_failed (json) && !is_slug (store->id))
    mil_json_fail (json, "id", "%s", _ ("expected small letters, digits and hyphens"));
  if (!mil_json_failed (json) && !mil_country_is_known (store->country))
    mil_json_fail (json, "country", "%s", _ ("expected a country code"));
  if (!mil_json_failed (json) && !mil_currency_is_known (store->currency))
    mil_json_fail (json, "currency", "%s", _ ("expected a currency code"));
  return store;
}

/* Prices in another currency than the store's cannot be paid there. */
static void
drop_foreign_prices (MilImport *self, Store *store)
{
  for (guint i = store->feed->items->len; i-- > 0;)
    {
      MilFeedItem *item = store->feed->items->pdata[i];

      if (g_str_equal (item->price.currency, store->currency))
        continue;
      add_problem (self, store->id, item->id, _ ("the price is not in the store's currency"));
      g_ptr_array_remove_index (store->feed->items, i);
    }
}

/* What a picture's file looks like from outside, so that an unchanged shop is not read again. */
static void
digest_file (MilImport *self, GChecksum *checksum, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *text = NULL;
  GStatBuf         info;

  if (g_stat (path, &info) != 0)
    info = (GStatBuf) { 0 };
  text = g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
                          name,
                          (gint64) info.st_size,
                          (gint64) info.st_mtime);
  g_checksum_update (checksum, (const guchar *) text, -1);
}

/* Over all that the store is made from: the program, the description, the feed, the pictures. */
static char *
digest_store (MilImport *self, Store *store, GBytes *feed)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *description = json_to_string (store->document, FALSE);

  g_checksum_update (checksum, (const guchar *) PACKAGE_VERSION, -1);
  g_checksum_update (checksum, (const guchar *) description, -1);
  g_checksum_update (checksum, g_bytes_get_data (feed, NULL), (gssize) g_bytes_get_size (feed));
  if (store->logo != NULL)
    digest_file (self, checksum, store->logo);
  for (guint i = 0; i < store->feed->items->len; i++)
    {
      MilFeedItem *item = store->feed->items->pdata[i];

      for (guint k = 0; k < item->images->len; k++)
        digest_file (self, checksum, item->images->pdata[k]);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
load_feed (MilImport *self, Store *store, const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = load (self->folder, name, error);

  if (bytes == NULL)
    return FALSE;
  store->feed = mil_feed_parse (bytes, error);
  if (store->feed == NULL)
    return FALSE;
  for (guint i = 0; i < store->feed->problems->len; i++)
    {
      MilFeedProblem  *problem = store->feed->problems->pdata[i];
      g_autofree char *where = g_strdup_printf ("%s:%u", name, problem->line);

      add_problem (self, store->id, where, problem->message);
    }
  drop_foreign_prices (self, store);
  store->digest = digest_store (self, store, bytes);
  return TRUE;
}

static Store *
import_store (MilImport *self, MilJson *json, GError **error)
{
  g_autoptr (Store) store = read_store (json);
  const char *feed = mil_json_string (json, "feed", 200);

  store->logo = g_strdup (mil_json_string_optional (json, "logo", 200));
  store->document = mil_wire_node (read_description (json, store));
  store->position = self->stores->len;
  if (!mil_json_finish (json, error))
    return NULL;
  if (!load_feed (self, store, feed, error))
    {
      g_prefix_error (error, "%s: ", feed);
      return NULL;
    }
  return g_steal_pointer (&store);
}

static gboolean
read_stores (MilImport *self, MilJson *json, GError **error)
{
  guint n = mil_json_enter_array (json, "stores", MAX_STORES);

  for (guint i = 0; i < n && mil_json_enter_item (json, i); i++)
    {
      Store *store = import_store (self, json, error);

      if (store == NULL)
        return FALSE;
      g_ptr_array_add (self->stores, store);
      mil_json_leave (json);
    }
  mil_json_leave (json);
  return mil_json_finish (json, error);
}

/**
 * mil_import_read:
 * @folder: a folder with `stores.json`, and the feeds and pictures that it names
 * @error: return location
 *
 * Reads and checks stores and feeds. Blocks on the disk. Single items that are wrong are problems,
 * see mil_import_problems(); a description or feed that cannot be read is an error. Pictures are
 * read when they are written, of the stores that have changed.
 *
 * Returns: (transfer full): what was read, or %NULL with @error set
 */
MilImport *
mil_import_read (const char *folder, GError **error)
{
  g_autoptr (MilImport) self = g_new0 (MilImport, 1);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (MilJson) json = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  g_atomic_ref_count_init (&self->ref_count);
  self->folder = g_strdup (folder);
  self->stores = g_ptr_array_new_with_free_func (store_free);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  bytes = load (folder, "stores.json", error);
  root = bytes != NULL ? mil_json_parse (bytes, MAX_LIST_BYTES, error) : NULL;
  if (root == NULL)
    return NULL;
  json = mil_json_new (root);
  if (!read_stores (self, json, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * mil_import_problems:
 * @self: an import
 *
 * Returns: (transfer none) (element-type utf8): a sentence for each item or picture that was left out
 */
GPtrArray *
mil_import_problems (MilImport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->problems;
}

/* A picture that is missing or not good is left out; the item stays. */
static void
load_picture (MilImport *self, Store *store, const char *name)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MilPicture) picture = NULL;

  if (g_hash_table_contains (store->pictures, name))
    return;
  bytes = load (self->folder, name, &problem);
  if (bytes != NULL)
    picture = mil_picture_new (bytes, &problem);
  if (picture != NULL)
    g_hash_table_insert (store->pictures, g_strdup (name), g_steal_pointer (&picture));
  else
    add_problem (self, store->id, name, problem->message);
}

static void
load_pictures (MilImport *self, Store *store)
{
  MilPicture *logo = NULL;

  if (store->pictures != NULL)
    return;
  store->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) mil_picture_free);
  for (guint i = 0; i < store->feed->items->len; i++)
    {
      MilFeedItem *item = store->feed->items->pdata[i];

      for (guint k = 0; k < item->images->len; k++)
        load_picture (self, store, item->images->pdata[k]);
    }
  if (store->logo != NULL)
    {
      load_picture (self, store, store->logo);
      logo = g_hash_table_lookup (store->pictures, store->logo);
    }
  if (logo != NULL)
    {
      g_autofree char *url = g_strdup_printf ("/media/%s.png", logo->hash);

      json_object_set_string_member (json_node_get_object (store->document), "logo", url);
    }
}

static gboolean
write_store (Store *store, MilTx *tx, GError **error)
{
  return mil_tx_exec (
      tx,
      error,
      "INSERT INTO stores (id, owner, name, legal_name, country, currency, document, feed_hash,"
      " position, updated_at) VALUES ($1, $1, $2, $3, $4, $5, $6, $7, $8, $9)"
      " ON CONFLICT (id) DO UPDATE SET name = $2, legal_name = $3, country = $4, currency = $5,"
      " document = $6, feed_hash = $7, position = $8, updated_at = $9",
      "tttttjtii",
      store->id,
      store->name,
      store->legal_name,
      store->country,
      store->currency,
      store->document,
      store->digest,
      store->position,
      mil_tx_now (tx));
}

static gboolean
write_pictures (Store *store, MilTx *tx, GError **error)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, store->pictures);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      MilPicture *picture = value;

      if (!mil_tx_exec (tx,
                        error,
                        "INSERT INTO media (hash, media_type, width, height, bytes, created_at)"
                        " VALUES ($1, 'image/png', $2, $3, $4, $5) ON CONFLICT (hash) DO NOTHING",
                        "tiibi",
                        picture->hash,
                        (gint64) picture->width,
                        (gint64) picture->height,
                        picture->bytes,
                        mil_tx_now (tx)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_variant (const MilProductSource *source, const char *product_id, const MilFeedItem *item, MilTx *tx, GError **error)
{
  g_autofree char *id = mil_product_wire_id (source->store_id, item->id);
  g_autoptr (JsonNode) document = mil_variant_document (source, item);
  MilMoney price = mil_product_price (item);

  return mil_tx_exec (
      tx,
      error,
      "INSERT INTO variants (store_id, id, product_id, title, currency, price_minor, stock, document)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      "tttttiij",
      source->store_id,
      id,
      product_id,
      item->title,
      price.currency,
      price.minor,
      (gint64) item->available,
      document);
}

/* First line: the title; then all else that the search looks at. */
static char *
search_text_of (const MilProductSource *source)
{
  const MilFeedItem *first = source->items->pdata[0];
  g_autofree char   *title = mil_fold (first->title);
  g_autoptr (GString) rest = g_string_new (NULL);
  g_autofree char *folded = NULL;

  g_string_append_printf (rest,
                          "%s %s %s %s",
                          source->store_name,
                          first->brand != NULL ? first->brand : "",
                          first->product_type != NULL ? first->product_type : "",
                          first->description);
  for (guint i = 0; i < source->items->len; i++)
    {
      g_autofree char *label = mil_product_label (source->items->pdata[i]);

      g_string_append_printf (rest, " %s", label != NULL ? label : "");
    }
  folded = mil_fold (rest->str);
  return g_strconcat (title, "\n", folded, NULL);
}

static gboolean
write_product (const MilProductSource *source, const char *id, gint64 position, MilTx *tx, GError **error)
{
  const MilFeedItem *first = source->items->pdata[0];
  g_autoptr (JsonNode) document = mil_product_document (source);
  g_autofree char *search_text = search_text_of (source);
  g_autofree char *category = g_utf8_strdown (first->product_type != NULL ? first->product_type : "", -1);
  MilMoney         price = mil_product_price (first);
  gboolean         available = FALSE;

  for (guint i = 0; i < source->items->len; i++)
    {
      const MilFeedItem *item = source->items->pdata[i];

      available |= item->available;
      if (mil_product_price (item).minor < price.minor)
        price = mil_product_price (item);
    }
  if (!mil_tx_exec (
          tx,
          error,
          "INSERT INTO products (store_id, id, title, category, tax_category, currency, price_minor,"
          " available, search_text, position, document, updated_at)"
          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
          " ON CONFLICT (store_id, id) DO UPDATE SET title = $3, category = $4, tax_category = $5,"
          " currency = $6, price_minor = $7, available = $8, search_text = $9, position = $10,"
          " document = $11, updated_at = $12",
          "ttttttiitiji",
          source->store_id,
          id,
          first->title,
          category,
          mil_product_goods (first),
          price.currency,
          price.minor,
          (gint64) available,
          search_text,
          position,
          document,
          mil_tx_now (tx)))
    return FALSE;
  for (guint i = 0; i < source->items->len; i++)
    if (!write_variant (source, id, source->items->pdata[i], tx, error))
      return FALSE;
  return TRUE;
}

/* Products in the feed's order, each with its variants. */
static GPtrArray *
group_items (Store *store)
{
  g_autoptr (GHashTable) by_group = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < store->feed->items->len; i++)
    {
      MilFeedItem *item = store->feed->items->pdata[i];
      char        *name = item->group != NULL ? item->group : item->id;
      GPtrArray   *group = g_hash_table_lookup (by_group, name);

      if (group == NULL)
        {
          group = g_ptr_array_new ();
          g_hash_table_insert (by_group, name, group);
          g_ptr_array_add (groups, group);
        }
      g_ptr_array_add (group, item);
    }
  return groups;
}

/* A product whose every item is wrong is not absent: it stays as it was. */
static gboolean
keep_wrong (Store *store, MilTx *tx, GError **error)
{
  for (guint i = 0; i < store->feed->problems->len; i++)
    {
      MilFeedProblem  *problem = store->feed->problems->pdata[i];
      g_autofree char *id = NULL;

      if (problem->product == NULL)
        continue;
      id = mil_product_wire_id (store->id, problem->product);
      if (!mil_tx_exec (
              tx, error, "UPDATE products SET updated_at = $3 WHERE store_id = $1 AND id = $2", "tti", store->id, id, mil_tx_now (tx)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_products (Store *store, MilTx *tx, GError **error)
{
  g_autoptr (GPtrArray) groups = group_items (store);

  for (guint i = 0; i < groups->len; i++)
    {
      MilProductSource source = { store->id, store->name, store->country, groups->pdata[i], store->pictures };
      const MilFeedItem *first = source.items->pdata[0];
      g_autofree char *id = mil_product_wire_id (store->id, first->group != NULL ? first->group : first->id);
      gint64 position = (store->is_first ? 0 : LATER) + (gint64) i * POSITION_STRIDE + store->position;

      if (!mil_tx_exec (tx, error, "DELETE FROM variants WHERE store_id = $1 AND product_id = $2", "tt", store->id, id)
          || !write_product (&source, id, position, tx, error))
        return FALSE;
    }
  return TRUE;
}

/* What this snapshot does not have any more is gone. */
static gboolean
remove_absent (Store *store, MilTx *tx, GError **error)
{
  return mil_tx_exec (tx,
                      error,
                      "DELETE FROM variants WHERE store_id = $1 AND product_id IN"
                      " (SELECT id FROM products WHERE store_id = $1 AND updated_at <> $2)",
                      "ti",
                      store->id,
                      mil_tx_now (tx))
         && mil_tx_exec (
             tx, error, "DELETE FROM products WHERE store_id = $1 AND updated_at <> $2", "ti", store->id, mil_tx_now (tx));
}

static gboolean
is_current (Store *store, MilTx *tx, gboolean *current, GError **error)
{
  g_autoptr (MilRows) rows = mil_tx_query (tx, error, "SELECT feed_hash FROM stores WHERE id = $1", "t", store->id);

  if (rows == NULL)
    return FALSE;
  *current = mil_rows_next (rows) && g_strcmp0 (mil_rows_text (rows, 0), store->digest) == 0;
  return TRUE;
}

/**
 * mil_import_write:
 * @self: what was read
 * @tx: a transaction
 * @n_changed: (out): how many stores were not as they are now
 * @error: return location
 *
 * Writes stores, products, variants and pictures of the stores that are not as they were. Each feed is a full
 * snapshot: a product that is not in it any more is removed; one whose items are all wrong stays as it was.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_import_write (MilImport *self, MilTx *tx, guint *n_changed, GError **error)
{
  g_return_val_if_fail (self != NULL && tx != NULL && n_changed != NULL, FALSE);

  *n_changed = 0;
  for (guint i = 0; i < self->stores->len; i++)
    {
      Store   *store = self->stores->pdata[i];
      gboolean current;

      if (!is_current (store, tx, &current, error))
        return FALSE;
      if (current)
        continue;
      *n_changed += 1;
      load_pictures (self, store);
      if (!write_store (store, tx, error) || !write_pictures (store, tx, error) || !keep_wrong (store, tx, error)
          || !write_products (store, tx, error) || !remove_absent (store, tx, error))
        return FALSE;
    }
  return TRUE;
}
