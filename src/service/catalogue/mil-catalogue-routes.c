/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-routes.h"

#include <glib/gi18n.h>
#include <string.h>

#include "service/catalogue/mil-search.h"
#include "service/http/mil-ucp.h"

#define MAX_IDS 100
#define LOOKUP "dev.ucp.shopping.catalog.lookup"

/* The store that the path names, and its currency; none on the market of all stores. */
static gboolean
find_surface (MilTx *tx, MilCall *call, const char **store_id, char **currency, GError **error)
{
  g_autoptr (MilRows) rows = NULL;

  *store_id = NULL;
  if (g_str_has_prefix (call->path, "/v1/"))
    {
      *currency = g_strdup ("EUR");
      return TRUE;
    }
  rows = mil_tx_query_one (tx,
                           error,
                           _ ("There is no such store."),
                           "SELECT currency FROM stores WHERE id = $1",
                           "t",
                           mil_call_param (call, "store"));
  if (rows == NULL)
    return FALSE;
  *store_id = mil_call_param (call, "store");
  *currency = g_strdup (mil_rows_text (rows, 0));
  return TRUE;
}

static MilReply *
search (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilSearch) query = NULL;
  g_autofree char *currency = NULL;
  const char      *store_id;
  JsonObject      *answer;

  if (!find_surface (tx, call, &store_id, &currency, error))
    return NULL;
  query = mil_search_read (call, store_id, currency, error);
  if (query == NULL)
    return NULL;
  answer = mil_search_run (query, tx, call->context->exchange, error);
  return answer != NULL ? mil_reply_object (SOUP_STATUS_OK, answer) : NULL;
}

/* Finds a product by its own id or by that of a variant: @product is set to %NULL when there is
 * none, or not in that store. */
static gboolean
find_product (MilTx *tx, const char *store_id, const char *id, JsonNode **product, GError **error)
{
  g_autoptr (MilRows) rows = NULL;
  g_auto (GStrv) parts = g_strsplit (id, ":", 2);

  *product = NULL;
  if (parts[0] == NULL || (store_id != NULL && !g_str_equal (parts[0], store_id)))
    return TRUE;
  rows = mil_tx_query (tx,
                       error,
                       "SELECT document FROM products WHERE store_id = $1 AND (id = $2 OR id ="
                       " (SELECT product_id FROM variants WHERE store_id = $1 AND id = $2))",
                       "tt",
                       parts[0],
                       id);
  if (rows == NULL)
    return FALSE;
  if (!mil_rows_next (rows))
    return TRUE;
  *product = mil_wire_parse (mil_rows_text (rows, 0), error);
  return *product != NULL;
}

static gboolean
has_variant (JsonArray *variants, const char *id)
{
  for (guint i = 0; i < json_array_get_length (variants); i++)
    if (g_str_equal (json_object_get_string_member (json_array_get_object_element (variants, i), "id"), id))
      return TRUE;
  return FALSE;
}

static void
add_input (JsonObject *variant, const char *id, const char *match)
{
  JsonObject *input = json_object_new ();

  if (!json_object_has_member (variant, "inputs"))
    json_object_set_array_member (variant, "inputs", json_array_new ());
  json_object_set_string_member (input, "id", id);
  json_object_set_string_member (input, "match", match);
  json_array_add_object_element (json_object_get_array_member (variant, "inputs"), input);
}

/* Says which of the ids that were asked for led to which variant. A variant's id leads to it alone,
 * a product's id to all of them. */
static void
correlate (JsonObject *product, const char *id)
{
  JsonArray *variants = json_object_get_array_member (product, "variants");
  gboolean exact = has_variant (variants, id) && !g_str_equal (json_object_get_string_member (product, "id"), id);

  for (guint i = 0; i < json_array_get_length (variants); i++)
    {
      JsonObject *variant = json_array_get_object_element (variants, i);
      gboolean    same = g_str_equal (json_object_get_string_member (variant, "id"), id);

      if (!exact || same)
        add_input (variant, id, same ? "exact" : "featured");
    }
}

static void
drop_uncorrelated (JsonObject *product)
{
  JsonArray *variants = json_object_get_array_member (product, "variants");

  for (guint i = json_array_get_length (variants); i-- > 0;)
    if (!json_object_has_member (json_array_get_object_element (variants, i), "inputs"))
      json_array_remove_element (variants, i);
}

static GStrv
read_ids (MilCall *call, GError **error)
{
  g_autoptr (MilJson) json = mil_call_read (call, error);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  guint n;

  if (json == NULL)
    return NULL;
  n = mil_json_enter_array (json, "ids", MAX_IDS);
  for (guint i = 0; i < n; i++)
    {
      if (mil_json_enter_item (json, i))
        g_strv_builder_add (ids, mil_json_string (json, NULL, 200));
      mil_json_leave (json);
    }
  if (n == 0 && !mil_json_failed (json))
    mil_json_fail (json, NULL, "%s", _ ("expected at least one entry"));
  mil_json_leave (json);
  return mil_json_finish (json, error) ? g_strv_builder_end (ids) : NULL;
}

/* Products of several ids, each once, in the order of the ids. */
static gboolean
collect (MilTx *tx, const char *store_id, GStrv ids, JsonArray *products, JsonArray *messages, GError **error)
{
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (JsonNode) node = NULL;
      JsonObject *product;
      const char *id;

      if (!find_product (tx, store_id, ids[i], &node, error))
        return FALSE;
      if (node == NULL)
        {
          g_autofree char *path = g_strdup_printf ("$.ids[%u]", i);

          mil_ucp_add_message (messages, "info", "not_found", path, NULL, _ ("This product is not on sale any more."));
          continue;
        }
      id = json_object_get_string_member (json_node_get_object (node), "id");
      product = g_hash_table_lookup (found, id);
      if (product == NULL)
        {
          product = json_node_get_object (node);
          g_hash_table_insert (found, (char *) id, product);
          json_array_add_element (products, g_steal_pointer (&node));
        }
      correlate (product, ids[i]);
    }
  for (guint i = 0; i < json_array_get_length (products); i++)
    drop_uncorrelated (json_array_get_object_element (products, i));
  return TRUE;
}

static MilReply *
lookup (MilTx *tx, MilCall *call, GError **error)
{
  g_auto (GStrv) ids = NULL;
  g_autofree char *currency = NULL;
  g_autoptr (JsonObject) answer = json_object_new ();
  JsonArray  *products = json_array_new ();
  JsonArray  *messages = json_array_new ();
  const char *store_id;

  json_object_set_object_member (answer, "ucp", mil_ucp_success (LOOKUP));
  json_object_set_array_member (answer, "products", products);
  json_object_set_array_member (answer, "messages", messages);
  if (!find_surface (tx, call, &store_id, &currency, error))
    return NULL;
  ids = read_ids (call, error);
  if (ids == NULL || !collect (tx, store_id, ids, products, messages, error))
    return NULL;
  return mil_reply_object (SOUP_STATUS_OK, g_steal_pointer (&answer));
}

/* What a variant has for an option, or NULL. */
static const char *
option_of (JsonObject *variant, const char *name)
{
  JsonArray *options = json_object_get_array_member (variant, "options");

  for (guint i = 0; i < json_array_get_length (options); i++)
    {
      JsonObject *option = json_array_get_object_element (options, i);

      if (g_str_equal (json_object_get_string_member (option, "name"), name))
        return json_object_get_string_member (option, "label");
    }
  return NULL;
}

/* Whether @variant has @label for @name and, for the other options, what was chosen. */
static gboolean
fits (JsonObject *variant, GHashTable *selected, const char *name, const char *label)
{
  GHashTableIter iter;
  gpointer       other;
  gpointer       chosen;

  if (g_strcmp0 (option_of (variant, name), label) != 0)
    return FALSE;
  g_hash_table_iter_init (&iter, selected);
  while (g_hash_table_iter_next (&iter, &other, &chosen))
    if (!g_str_equal (other, name) && g_strcmp0 (option_of (variant, other), chosen) != 0)
      return FALSE;
  return TRUE;
}

/* Says of each value whether there is such a variant, and whether it can be had. */
static void
add_signals (JsonObject *product, GHashTable *selected)
{
  JsonArray *options = json_object_get_array_member (product, "options");
  JsonArray *variants = json_object_get_array_member (product, "variants");

  for (guint i = 0; i < json_array_get_length (options); i++)
    {
      JsonObject *option = json_array_get_object_element (options, i);
      const char *name = json_object_get_string_member (option, "name");
      JsonArray  *values = json_object_get_array_member (option, "values");

      for (guint k = 0; k < json_array_get_length (values); k++)
        {
          JsonObject *value = json_array_get_object_element (values, k);
          const char *label = json_object_get_string_member (value, "label");
          gboolean    exists = FALSE;
          gboolean    available = FALSE;

          for (guint v = 0; v < json_array_get_length (variants); v++)
            {
              JsonObject *variant = json_array_get_object_element (variants, v);

              if (!fits (variant, selected, name, label))
                continue;
              exists = TRUE;
              available |= json_object_get_boolean_member (json_object_get_object_member (variant, "availability"), "available");
            }
          json_object_set_boolean_member (value, "exists", exists);
          json_object_set_boolean_member (value, "available", available);
        }
    }
}

static GHashTable *
read_selected (MilJson *json, JsonArray *echo)
{
  GHashTable *selected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint       n = mil_json_enter_array_optional (json, "selected", 20);

  for (guint i = 0; i < n; i++)
    {
      if (mil_json_enter_item (json, i))
        {
          const char *name = mil_json_string (json, "name", 100);
          const char *label = mil_json_string (json, "label", 100);
          JsonObject *option = json_object_new ();

          json_object_set_string_member (option, "name", name);
          json_object_set_string_member (option, "label", label);
          json_array_add_object_element (echo, option);
          g_hash_table_insert (selected, g_strdup (name), g_strdup (label));
        }
      mil_json_leave (json);
    }
  mil_json_leave (json);
  return selected;
}

static MilReply *
product (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilJson) json = mil_call_read (call, error);
  g_autoptr (GHashTable) selected = NULL;
  g_autoptr (JsonArray) echo = json_array_new ();
  g_autoptr (JsonNode) found = NULL;
  g_autofree char *currency = NULL;
  const char      *store_id;
  const char      *id;
  JsonObject      *answer;

  if (json == NULL || !find_surface (tx, call, &store_id, &currency, error))
    return NULL;
  id = mil_json_string (json, "id", 200);
  selected = read_selected (json, echo);
  if (!mil_json_finish (json, error) || !find_product (tx, store_id, id, &found, error))
    return NULL;
  if (found == NULL)
    return mil_ucp_error ("not_found", "unrecoverable", _ ("This product is not on sale any more."));
  add_signals (json_node_get_object (found), selected);
  json_object_set_array_member (json_node_get_object (found), "selected", g_steal_pointer (&echo));
  answer = json_object_new ();
  json_object_set_object_member (answer, "ucp", mil_ucp_success (LOOKUP));
  json_object_set_member (answer, "product", g_steal_pointer (&found));
  return mil_reply_object (SOUP_STATUS_OK, answer);
}

const MilRoute mil_catalogue_routes[] = {
  { "POST", "/v1/catalog/search", 0, MIL_ROUTE_READ, search },
  { "POST", "/v1/catalog/lookup", 0, MIL_ROUTE_READ, lookup },
  { "POST", "/v1/catalog/product", 0, MIL_ROUTE_READ, product },
  { "POST", "/stores/{store}/catalog/search", 0, MIL_ROUTE_READ, search },
  { "POST", "/stores/{store}/catalog/lookup", 0, MIL_ROUTE_READ, lookup },
  { "POST", "/stores/{store}/catalog/product", 0, MIL_ROUTE_READ, product },
  { 0 },
};
