/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-catalogue-query.h"

#include "base/mil-json.h"
#include "traveller/mil-answers.h"
#include "traveller/mil-session-private.h"

#define PAGE_SIZE 24
/* Enough to let a word be typed, too short to be noticed. */
#define TYPING_MS 180
#define KEPT_PAGES 60

struct _MilCatalogueQuery
{
  MilPagedList parent_instance;

  MilSession *session;    /* (owned) */
  char       *text;       /* (owned) (nullable) */
  GStrv       countries;  /* (owned) (nullable) */
  GStrv       stores;     /* (owned) (nullable) */
  GStrv       categories; /* (owned) (nullable) */
  gboolean    favourites_only;
  guint       source;
};

G_DEFINE_FINAL_TYPE (MilCatalogueQuery, mil_catalogue_query, MIL_TYPE_PAGED_LIST)

typedef enum
{
  PROP_TEXT = 1,
  PROP_COUNTRIES,
  PROP_STORES,
  PROP_CATEGORIES,
  PROP_FAVOURITES_ONLY,
  N_PROPS,
} MilCatalogueQueryProperty;

static GParamSpec *props[N_PROPS];

/* --- what is asked ------------------------------------------------------------------------------ */

static void
add_strings (JsonBuilder *builder, const char *member, GStrv strings)
{
  if (strings == NULL || strings[0] == NULL)
    return;
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; strings[i] != NULL; i++)
    json_builder_add_string_value (builder, strings[i]);
  json_builder_end_array (builder);
}

static void
add_context (JsonBuilder *builder, MilSession *session)
{
  json_builder_set_member_name (builder, "context");
  json_builder_begin_object (builder);
  if (session->home_country != NULL)
    {
      json_builder_set_member_name (builder, "address_country");
      json_builder_add_string_value (builder, session->home_country);
    }
  json_builder_set_member_name (builder, "language");
  json_builder_add_string_value (builder, session->language);
  json_builder_end_object (builder);
}

/* UCP 2026-04-08, catalog_search.json#/$defs/search_request, with our filters. */
static JsonNode *
search_body (MilCatalogueQuery *self, const char *cursor)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  if (self->text != NULL && *self->text != '\0')
    {
      json_builder_set_member_name (builder, "query");
      json_builder_add_string_value (builder, self->text);
    }
  add_context (builder, self->session);
  json_builder_set_member_name (builder, "filters");
  json_builder_begin_object (builder);
  add_strings (builder, "countries", self->countries);
  add_strings (builder, "stores", self->stores);
  add_strings (builder, "categories", self->categories);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "pagination");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "limit");
  json_builder_add_int_value (builder, PAGE_SIZE);
  if (cursor != NULL)
    {
      json_builder_set_member_name (builder, "cursor");
      json_builder_add_string_value (builder, cursor);
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* UCP 2026-04-08, catalog_lookup.json#/$defs/lookup_request. */
static JsonNode *
favourites_body (MilCatalogueQuery *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree gpointer *ids = g_hash_table_get_keys_as_array (self->session->favourites, NULL);

  json_builder_begin_object (builder);
  add_strings (builder, "ids", (GStrv) ids);
  add_context (builder, self->session);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static char *
cache_key (MilCatalogueQuery *self)
{
  g_autoptr (JsonNode) body = self->favourites_only ? favourites_body (self) : search_body (self, NULL);
  g_autofree char *canonical = mil_json_canonical (body);

  return mil_sha256_hex (canonical, strlen (canonical));
}

/* --- pages -------------------------------------------------------------------------------------- */

typedef struct
{
  MilSession *session; /* (owned) */
  char       *key;     /* (nullable): under which the page is kept */
  JsonNode   *body;    /* (nullable) */
  gboolean    is_lookup;
} PageLoad;

static void
page_load_free (gpointer data)
{
  PageLoad *load = data;

  g_object_unref (load->session);
  g_free (load->key);
  g_clear_pointer (&load->body, json_node_unref);
  g_free (load);
}

/* @json: UCP's answer, as it came or as it was kept */
static MilListPage *
read_page (MilSession *session, JsonNode *json, GError **error)
{
  g_autofree char *next = NULL;
  g_autoptr (GPtrArray) items = mil_answer_product_items (json, &next, error);

  if (items == NULL)
    return NULL;
  for (guint i = 0; i < items->len; i++)
    mil_session_fill_item (session, items->pdata[i]);
  return mil_list_page_new (g_steal_pointer (&items), next);
}

static void
keep_page (PageLoad *load, JsonNode *json)
{
  MilBatch *batch = NULL;

  if (load->key == NULL)
    return;
  batch = mil_batch_new ();
  mil_batch_delete (batch, MIL_KIND_PAGE, load->key);
  mil_batch_put (batch, MIL_KIND_PAGE, load->key, json);
  mil_batch_keep_newest (batch, MIL_KIND_PAGE, KEPT_PAGES);
  mil_disown (mil_local_store_write (load->session->cache, batch), "keep a page of the catalogue");
}

static DexFuture *
load_page_fiber (gpointer data)
{
  PageLoad *load = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) json = mil_await_pointer (mil_client_post (load->session->client,
                                                                  load->is_lookup ? "/v1/catalog/lookup" : "/v1/catalog/search",
                                                                  load->body,
                                                                  NULL,
                                                                  MIL_AUTH_NONE),
                                                 &error);
  MilListPage *page = json != NULL ? read_page (load->session, json, &error) : NULL;

  if (page == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  keep_page (load, json);
  return dex_future_new_take_boxed (MIL_TYPE_LIST_PAGE, page);
}

static DexFuture *
load_cached_fiber (gpointer data)
{
  PageLoad *load = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) json = mil_await_pointer (mil_local_store_read (load->session->cache, MIL_KIND_PAGE, load->key),
                                                 &error);
  MilListPage *page = NULL;

  if (json != NULL && !JSON_NODE_HOLDS_NULL (json))
    page = read_page (load->session, json, &error);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (page == NULL)
    page = mil_list_page_new (g_ptr_array_new_with_free_func (g_object_unref), NULL);
  return dex_future_new_take_boxed (MIL_TYPE_LIST_PAGE, page);
}

static DexFuture *
mil_catalogue_query_load_page (MilPagedList *list, const char *cursor)
{
  MilCatalogueQuery *self = MIL_CATALOGUE_QUERY (list);
  PageLoad          *load = NULL;

  if (self->favourites_only && g_hash_table_size (self->session->favourites) == 0)
    return dex_future_new_take_boxed (MIL_TYPE_LIST_PAGE,
                                      mil_list_page_new (g_ptr_array_new_with_free_func (g_object_unref), NULL));
  load = g_new0 (PageLoad, 1);
  load->session = g_object_ref (self->session);
  load->key = cursor == NULL ? cache_key (self) : NULL;
  load->is_lookup = self->favourites_only;
  load->body = self->favourites_only ? favourites_body (self) : search_body (self, cursor);
  return mil_spawn (load_page_fiber, load, page_load_free);
}

static DexFuture *
mil_catalogue_query_load_cached (MilPagedList *list)
{
  MilCatalogueQuery *self = MIL_CATALOGUE_QUERY (list);
  PageLoad          *load = g_new0 (PageLoad, 1);

  load->session = g_object_ref (self->session);
  load->key = cache_key (self);
  return mil_spawn (load_cached_fiber, load, page_load_free);
}

/* --- following what changes --------------------------------------------------------------------- */

static gboolean
on_typed_cb (gpointer data)
{
  MilCatalogueQuery *self = MIL_CATALOGUE_QUERY (data);

  self->source = 0;
  mil_paged_list_reload (MIL_PAGED_LIST (self));
  return G_SOURCE_REMOVE;
}

static void
ask_again (MilCatalogueQuery *self, guint milliseconds)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (milliseconds, on_typed_cb, self);
}

/* Prices at home and refunds hang on rates, the trip and the rules. */
static void
on_basis_changed_cb (MilCatalogueQuery *self)
{
  g_assert (MIL_IS_CATALOGUE_QUERY (self));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (MilProductItem) item = g_list_model_get_item (G_LIST_MODEL (self), i);
      mil_session_fill_item (self->session, item);
    }
}

/* What could not be asked while the network was away is asked when it is back. */
static void
on_online_changed_cb (MilCatalogueQuery *self)
{
  g_assert (MIL_IS_CATALOGUE_QUERY (self));

  if (mil_session_is_online (self->session) && mil_paged_list_get_error (MIL_PAGED_LIST (self)) != NULL)
    mil_paged_list_retry (MIL_PAGED_LIST (self));
}

static void
on_loaded_cb (MilCatalogueQuery *self)
{
  g_assert (MIL_IS_CATALOGUE_QUERY (self));

  if (mil_paged_list_get_n_items (MIL_PAGED_LIST (self)) == 0)
    ask_again (self, 0);
}

static void
mil_catalogue_query_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilCatalogueQuery *self = MIL_CATALOGUE_QUERY (object);

  switch ((MilCatalogueQueryProperty) prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_COUNTRIES:
      g_value_set_boxed (value, self->countries);
      break;
    case PROP_STORES:
      g_value_set_boxed (value, self->stores);
      break;
    case PROP_CATEGORIES:
      g_value_set_boxed (value, self->categories);
      break;
    case PROP_FAVOURITES_ONLY:
      g_value_set_boolean (value, self->favourites_only);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_catalogue_query_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MilCatalogueQuery *self = MIL_CATALOGUE_QUERY (object);

  switch ((MilCatalogueQueryProperty) prop_id)
    {
    case PROP_TEXT:
      mil_catalogue_query_set_text (self, g_value_get_string (value));
      break;
    case PROP_COUNTRIES:
      mil_catalogue_query_set_countries (self, g_value_get_boxed (value));
      break;
    case PROP_STORES:
      mil_catalogue_query_set_stores (self, g_value_get_boxed (value));
      break;
    case PROP_CATEGORIES:
      mil_catalogue_query_set_categories (self, g_value_get_boxed (value));
      break;
    case PROP_FAVOURITES_ONLY:
      mil_catalogue_query_set_favourites_only (self, g_value_get_boolean (value));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_catalogue_query_dispose (GObject *object)
{
  MilCatalogueQuery *self = MIL_CATALOGUE_QUERY (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (mil_catalogue_query_parent_class)->dispose (object);
}

static void
mil_catalogue_query_finalize (GObject *object)
{
  MilCatalogueQuery *self = MIL_CATALOGUE_QUERY (object);

  g_free (self->text);
  g_strfreev (self->countries);
  g_strfreev (self->stores);
  g_strfreev (self->categories);
  G_OBJECT_CLASS (mil_catalogue_query_parent_class)->finalize (object);
}

static void
mil_catalogue_query_class_init (MilCatalogueQueryClass *klass)
{
  GObjectClass      *object_class = G_OBJECT_CLASS (klass);
  MilPagedListClass *list_class = MIL_PAGED_LIST_CLASS (klass);
  GParamFlags        flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mil_catalogue_query_get_property;
  object_class->set_property = mil_catalogue_query_set_property;
  object_class->dispose = mil_catalogue_query_dispose;
  object_class->finalize = mil_catalogue_query_finalize;
  list_class->load_page = mil_catalogue_query_load_page;
  list_class->load_cached = mil_catalogue_query_load_cached;
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  props[PROP_COUNTRIES] = g_param_spec_boxed ("countries", NULL, NULL, G_TYPE_STRV, flags);
  props[PROP_STORES] = g_param_spec_boxed ("stores", NULL, NULL, G_TYPE_STRV, flags);
  props[PROP_CATEGORIES] = g_param_spec_boxed ("categories", NULL, NULL, G_TYPE_STRV, flags);
  props[PROP_FAVOURITES_ONLY] = g_param_spec_boolean ("favourites-only", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mil_catalogue_query_init (MilCatalogueQuery *self)
{
}

/**
 * mil_catalogue_query_new: (skip)
 * @session: the session that asks
 *
 * Returns: (transfer full): a query for everything; it is asked as soon as the session is loaded
 */
MilCatalogueQuery *
mil_catalogue_query_new (MilSession *session)
{
  MilCatalogueQuery *self = g_object_new (MIL_TYPE_CATALOGUE_QUERY, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::loaded", G_CALLBACK (on_loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::online", G_CALLBACK (on_online_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::current-trip", G_CALLBACK (on_basis_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::home-currency", G_CALLBACK (on_basis_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "favourites-changed", G_CALLBACK (on_basis_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session->rates, "changed", G_CALLBACK (on_basis_changed_cb), self, G_CONNECT_SWAPPED);
  if (session->loaded)
    ask_again (self, 0);
  return self;
}

/**
 * mil_catalogue_query_get_text:
 * @self: a query
 *
 * Returns: (transfer none) (nullable): what is searched for
 */
const char *
mil_catalogue_query_get_text (MilCatalogueQuery *self)
{
  g_return_val_if_fail (MIL_IS_CATALOGUE_QUERY (self), NULL);

  return self->text;
}

/**
 * mil_catalogue_query_set_text:
 * @self: a query
 * @text: (nullable): what to search for; %NULL or empty for everything
 *
 * The search starts when nothing was typed for a moment.
 */
void
mil_catalogue_query_set_text (MilCatalogueQuery *self, const char *text)
{
  g_return_if_fail (MIL_IS_CATALOGUE_QUERY (self));

  if (!g_set_str (&self->text, text))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
  ask_again (self, TYPING_MS);
}

static void
set_strings (MilCatalogueQuery *self, GStrv *strings, const char *const *value, MilCatalogueQueryProperty property)
{
  gboolean none = value == NULL || value[0] == NULL;

  if (none && *strings == NULL)
    return;
  if (!none && *strings != NULL && g_strv_equal ((const char *const *) *strings, value))
    return;
  g_strfreev (*strings);
  *strings = none ? NULL : g_strdupv ((GStrv) value);
  g_object_notify_by_pspec (G_OBJECT (self), props[property]);
  ask_again (self, 0);
}

/**
 * mil_catalogue_query_get_countries:
 * @self: a query
 *
 * Returns: (transfer none) (nullable): ISO 3166 codes of where stores are; %NULL for all
 */
const char *const *
mil_catalogue_query_get_countries (MilCatalogueQuery *self)
{
  g_return_val_if_fail (MIL_IS_CATALOGUE_QUERY (self), NULL);

  return (const char *const *) self->countries;
}

/**
 * mil_catalogue_query_set_countries:
 * @self: a query
 * @countries: (nullable): ISO 3166 codes of where stores are; %NULL for all
 *
 * Narrows the search.
 */
void
mil_catalogue_query_set_countries (MilCatalogueQuery *self, const char *const *countries)
{
  g_return_if_fail (MIL_IS_CATALOGUE_QUERY (self));

  set_strings (self, &self->countries, countries, PROP_COUNTRIES);
}

/**
 * mil_catalogue_query_get_stores:
 * @self: a query
 *
 * Returns: (transfer none) (nullable): ids of stores; %NULL for all
 */
const char *const *
mil_catalogue_query_get_stores (MilCatalogueQuery *self)
{
  g_return_val_if_fail (MIL_IS_CATALOGUE_QUERY (self), NULL);

  return (const char *const *) self->stores;
}

/**
 * mil_catalogue_query_set_stores:
 * @self: a query
 * @stores: (nullable): ids of stores; %NULL for all
 *
 * Narrows the search.
 */
void
mil_catalogue_query_set_stores (MilCatalogueQuery *self, const char *const *stores)
{
  g_return_if_fail (MIL_IS_CATALOGUE_QUERY (self));

  set_strings (self, &self->stores, stores, PROP_STORES);
}

/**
 * mil_catalogue_query_get_categories:
 * @self: a query
 *
 * Returns: (transfer none) (nullable): slugs of categories; %NULL for all
 */
const char *const *
mil_catalogue_query_get_categories (MilCatalogueQuery *self)
{
  g_return_val_if_fail (MIL_IS_CATALOGUE_QUERY (self), NULL);

  return (const char *const *) self->categories;
}

/**
 * mil_catalogue_query_set_categories:
 * @self: a query
 * @categories: (nullable): slugs of categories; %NULL for all
 *
 * Narrows the search.
 */
void
mil_catalogue_query_set_categories (MilCatalogueQuery *self, const char *const *categories)
{
  g_return_if_fail (MIL_IS_CATALOGUE_QUERY (self));

  set_strings (self, &self->categories, categories, PROP_CATEGORIES);
}

/**
 * mil_catalogue_query_get_favourites_only:
 * @self: a query
 *
 * Returns: whether only what the person marked is shown
 */
gboolean
mil_catalogue_query_get_favourites_only (MilCatalogueQuery *self)
{
  g_return_val_if_fail (MIL_IS_CATALOGUE_QUERY (self), FALSE);

  return self->favourites_only;
}

/**
 * mil_catalogue_query_set_favourites_only:
 * @self: a query
 * @favourites_only: whether to show only what the person marked
 *
 * Narrows the search; text and filters are not looked at then.
 */
void
mil_catalogue_query_set_favourites_only (MilCatalogueQuery *self, gboolean favourites_only)
{
  g_return_if_fail (MIL_IS_CATALOGUE_QUERY (self));

  if (self->favourites_only == favourites_only)
    return;
  self->favourites_only = favourites_only;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FAVOURITES_ONLY]);
  ask_again (self, 0);
}
