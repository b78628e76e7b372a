/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-json.h"
#include "refund/mil-arrival.h"
#include "traveller/mil-answers.h"
#include "traveller/mil-session-private.h"

#include <glib/gi18n.h>

#define KEPT_PRODUCTS 300
#define MAX_STORES (4 * 1024 * 1024)

/* --- money at home ------------------------------------------------------------------------------ */

/**
 * mil_session_to_home:
 * @self: a session
 * @money: an amount
 *
 * About how much it is in the home currency, by the last rates.
 *
 * Returns: the amount at home; unset where a rate or the home currency is not known
 */
MilMoney
mil_session_to_home (MilSession *self, MilMoney money)
{
  MilMoney home = { 0 };

  g_return_val_if_fail (MIL_IS_SESSION (self), home);

  if (self->home_currency != NULL)
    mil_rates_convert (self->rates, money, self->home_currency, &home);
  return home;
}

/* --- what would come back ----------------------------------------------------------------------- */

/**
 * mil_session_preview_refund:
 * @self: a session
 * @country: ISO 3166 code of the store's country
 * @tax_category: (nullable): "general", "food" …
 * @price: what would be paid, tax included
 *
 * What the refund rules say about a purchase on the current trip, or, without one, about one that leaves
 * from the country it is made in.
 *
 * Returns: (transfer full) (nullable): the verdict; %NULL while the rules or the home country are not known
 */
MilVerdict *
mil_session_preview_refund (MilSession *self, const char *country, const char *tax_category, MilMoney price)
{
  g_autoptr (MilTraveller) traveller = NULL;
  g_autoptr (MilItinerary) itinerary = NULL;
  g_autoptr (MilPurchase) purchase = NULL;
  MilGoods goods = MIL_GOODS_GENERAL;

  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);
  g_return_val_if_fail (country != NULL, NULL);

  traveller = mil_session_main_traveller (self);
  if (traveller->residence == NULL || !mil_money_is_set (price))
    return NULL;
  itinerary = mil_session_itinerary (self, self->current_trip, country);
  purchase = mil_purchase_new ("preview", country, mil_session_get_today (self), price);
  purchase->planned = TRUE;
  if (tax_category != NULL && mil_goods_parse (tax_category, &goods))
    mil_purchase_add_line (purchase, goods, price);
  return mil_assessor_preview (self->assessor, traveller, itinerary, purchase, mil_session_get_today (self));
}

/**
 * mil_session_fill_item: (skip)
 * @self: a session
 * @item: a product of the catalogue
 *
 * Works out what hangs on the person: price at home, refund, whether it is marked.
 */
void
mil_session_fill_item (MilSession *self, MilProductItem *item)
{
  MilProductItemInfo info = *mil_product_item_get_info (item);
  g_autoptr (MilVerdict) verdict = mil_session_preview_refund (self, info.country, info.tax_category, info.price);

  info.home_price = mil_session_to_home (self, info.price);
  info.favourite = mil_session_is_favourite (self, info.id);
  info.refund = (MilMoney) { 0 };
  info.refund_text = verdict != NULL ? verdict->headline : NULL;
  if (verdict != NULL && verdict->kind == MIL_VERDICT_ELIGIBLE)
    info.refund = verdict->refund_low;
  mil_record_set_value (MIL_RECORD (item), &info);
}

static MilMoney
in_basket (MilSession *self, const char *store_id)
{
  MilBasketStore *store = mil_record_list_find (mil_basket_get_stores (self->basket), store_id, NULL);

  return store != NULL ? mil_basket_store_get_info (store)->subtotal : (MilMoney) { 0 };
}

/* What lies in the basket of the same store goes on the same receipt, and may lift it over the minimum. */
static char *
headline_with_basket (MilSession *self, const MilProductInfo *info, const MilVerdict *alone)
{
  MilMoney together = in_basket (self, info->store_id);
  g_autoptr (MilVerdict) verdict = NULL;

  if (alone->kind != MIL_VERDICT_NOT_ELIGIBLE || alone->hints->len == 0 || !mil_money_is_set (together)
      || together.minor <= 0 || !mil_money_add (together, info->price, &together, NULL))
    return g_strdup (alone->headline);
  verdict = mil_session_preview_refund (self, info->country, info->tax_category, together);
  if (verdict == NULL || verdict->headline == NULL)
    return g_strdup (alone->headline);
  /* Translators: goes before a sentence about what comes back, or what is missing for it. */
  return g_strdup_printf (_ ("With what is in your basket from this shop: %s"), verdict->headline);
}

/* What arrives in plain words, what would make it more, and why. */
static void
add_why (GStrvBuilder *reasons, const MilVerdict *verdict, MilMoney price)
{
  g_autofree char *arrival = verdict->kind == MIL_VERDICT_ELIGIBLE
                                 ? mil_arrival_text (price, verdict->tax, verdict->refund_low, verdict->refund_high)
                                 : NULL;

  if (arrival != NULL)
    g_strv_builder_add (reasons, arrival);
  for (guint i = 0; i < verdict->hints->len; i++)
    {
      const MilHint *hint = verdict->hints->pdata[i];

      if (g_strcmp0 (hint->text, verdict->headline) != 0)
        g_strv_builder_add (reasons, hint->text);
    }
  for (guint i = 0; i < verdict->reasons->len; i++)
    g_strv_builder_add (reasons, ((MilReason *) verdict->reasons->pdata[i])->text);
}

static void
fill_product (MilSession *self, MilProduct *product)
{
  MilProductInfo info = *mil_product_get_info (product);
  g_autoptr (MilVerdict) verdict = mil_session_preview_refund (self, info.country, info.tax_category, info.price);
  g_autofree char *headline = verdict != NULL ? headline_with_basket (self, &info, verdict) : NULL;
  g_autoptr (GStrvBuilder) reasons = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (info.variants)); i++)
    {
      g_autoptr (MilVariant) variant = g_list_model_get_item (G_LIST_MODEL (info.variants), i);
      MilVariantInfo variant_info = *mil_variant_get_info (variant);
      variant_info.home_price = mil_session_to_home (self, variant_info.price);
      mil_record_set_value (MIL_RECORD (variant), &variant_info);
    }
  if (verdict != NULL)
    add_why (reasons, verdict, info.price);
  texts = g_strv_builder_end (reasons);
  info.home_price = mil_session_to_home (self, info.price);
  info.favourite = mil_session_is_favourite (self, info.id);
  info.refund = (MilMoney) { 0 };
  info.refund_text = headline;
  info.refund_reasons = texts;
  if (verdict != NULL && verdict->kind == MIL_VERDICT_ELIGIBLE)
    info.refund = verdict->refund_low;
  mil_record_set_value (MIL_RECORD (product), &info);
}

/* --- stores and rates --------------------------------------------------------------------------- */

/**
 * mil_session_load_shop: (skip)
 * @self: a session
 * @store: what the store held
 * @cache: what the cache held
 *
 * Brings back what was known of stores, rates and favourites.
 */
void
mil_session_load_shop (MilSession *self, MilDocuments *store, MilDocuments *cache)
{
  JsonNode  *rates = mil_documents_find (cache, MIL_KIND_RATES, "last");
  GPtrArray *marked = mil_documents_get (store, MIL_KIND_FAVOURITE);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; marked != NULL && i < marked->len; i++)
    g_hash_table_add (self->favourites, g_strdup (((MilDocument *) marked->pdata[i])->id));
  if (rates != NULL && !mil_rates_read (self->rates, rates, &error))
    g_message ("The rates in the cache are left out: %s", error->message);
  mil_session_load_records (cache, MIL_KIND_STORE, MIL_TYPE_STORE, self->stores);
}

static gboolean
refresh_stores (MilSession *self, GError **error)
{
  g_autoptr (JsonNode) known = mil_await_pointer (mil_local_store_read (self->cache, MIL_KIND_ETAG, MIL_KIND_STORE), NULL);
  g_autoptr (MilHttpResponse) response = NULL;
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (GPtrArray) stores = NULL;
  const char *etag = NULL;

  if (known != NULL && JSON_NODE_HOLDS_OBJECT (known) && g_list_model_get_n_items (G_LIST_MODEL (self->stores)) > 0)
    etag = json_object_get_string_member_with_default (json_node_get_object (known), "etag", NULL);
  response = mil_await_pointer (mil_client_get (self->client, "/v1/stores", etag, MIL_AUTH_NONE), error);
  if (response == NULL)
    return FALSE;
  if (response->status == SOUP_STATUS_NOT_MODIFIED)
    return TRUE;
  json = mil_json_parse (response->body, MAX_STORES, error);
  stores = json != NULL ? mil_answer_stores (json, error) : NULL;
  if (stores == NULL)
    return FALSE;
  mil_record_list_sync (self->stores, stores);
  mil_disown (mil_session_cache_records (self, MIL_KIND_STORE, stores), "keep the stores");
  etag = soup_message_headers_get_one (response->headers, "ETag");
  if (etag != NULL)
    {
      g_autoptr (JsonObject) object = json_object_new ();
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
      json_object_set_string_member (object, "etag", etag);
      json_node_set_object (node, object);
      mil_disown (mil_local_store_put (self->cache, MIL_KIND_ETAG, MIL_KIND_STORE, node), "keep an ETag");
    }
  return TRUE;
}

static gboolean
refresh_rates (MilSession *self, GError **error)
{
  g_autoptr (JsonNode) json = mil_await_pointer (mil_client_get_json (self->client, "/v1/fx/rates", MIL_AUTH_NONE), error);

  if (json == NULL || !mil_rates_read (self->rates, json, error))
    return FALSE;
  mil_disown (mil_local_store_put (self->cache, MIL_KIND_RATES, "last", json), "keep the rates");
  return TRUE;
}

/* The catalogue is there without rates, so their failure is only told. */
static DexFuture *
refresh_shop_fiber (gpointer data)
{
  MilSession *self = MIL_SESSION (data);
  g_autoptr (GError) error = NULL;

  if (!refresh_stores (self, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!refresh_rates (self, &error))
    g_message ("There are no new exchange rates: %s", error->message);
  return dex_future_new_true ();
}

/**
 * mil_session_refresh_shop: (skip)
 * @self: a session
 *
 * Asks for stores and rates.
 *
 * Returns: (transfer full): a future that resolves when they are here
 */
DexFuture *
mil_session_refresh_shop (MilSession *self)
{
  return mil_spawn (refresh_shop_fiber, g_object_ref (self), g_object_unref);
}

/**
 * mil_session_get_stores:
 * @self: a session
 *
 * Returns: (transfer none): a list of #MilStore
 */
GListModel *
mil_session_get_stores (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return G_LIST_MODEL (self->stores);
}

/**
 * mil_session_find_store:
 * @self: a session
 * @store_id: (nullable): a store
 *
 * Returns: (transfer none) (nullable): that store
 */
MilStore *
mil_session_find_store (MilSession *self, const char *store_id)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return mil_record_list_find (G_LIST_MODEL (self->stores), store_id, NULL);
}

/* --- one product -------------------------------------------------------------------------------- */

typedef struct
{
  MilSession *session; /* (owned) */
  char       *store_id;
  char       *product_id;
} ProductLoad;

static void
product_load_free (gpointer data)
{
  ProductLoad *load = data;

  g_object_unref (load->session);
  g_free (load->store_id);
  g_free (load->product_id);
  g_free (load);
}

static void
keep_product (MilSession *self, const char *product_id, JsonNode *json)
{
  MilBatch *batch = mil_batch_new ();

  mil_batch_delete (batch, MIL_KIND_PRODUCT, product_id);
  mil_batch_put (batch, MIL_KIND_PRODUCT, product_id, json);
  mil_batch_keep_newest (batch, MIL_KIND_PRODUCT, KEPT_PRODUCTS);
  mil_disown (mil_local_store_write (self->cache, batch), "keep a product");
}

static MilProduct *
product_from_cache (ProductLoad *load)
{
  g_autoptr (JsonNode) json = mil_await_pointer (mil_local_store_read (load->session->cache, MIL_KIND_PRODUCT, load->product_id),
                                                 NULL);

  return json != NULL && JSON_NODE_HOLDS_OBJECT (json) ? mil_answer_product (json, NULL) : NULL;
}

static DexFuture *
product_fiber (gpointer data)
{
  ProductLoad *load = data;
  MilSession  *self = load->session;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (MilProduct) product = NULL;

  json_object_set_string_member (object, "id", load->product_id);
  json_node_set_object (body, object);
  json = mil_await_pointer (mil_client_post (self->client, "/v1/catalog/product", body, NULL, MIL_AUTH_NONE), &error);
  if (json != NULL)
    product = mil_answer_product (json, &error);
  if (product != NULL)
    keep_product (self, load->product_id, json);
  else if (!g_error_matches (error, MIL_ERROR, MIL_ERROR_NOT_FOUND))
    product = product_from_cache (load);
  if (product == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  fill_product (self, product);
  return dex_future_new_take_object (g_steal_pointer (&product));
}

/**
 * mil_session_load_product:
 * @self: a session
 * @store_id: (nullable): the store that sells it
 * @product_id: which product
 *
 * All that a product's page shows. Without the network it is what was known last time.
 *
 * Returns: (transfer full): a future #MilProduct
 */
DexFuture *
mil_session_load_product (MilSession *self, const char *store_id, const char *product_id)
{
  ProductLoad *load = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (product_id != NULL);

  load = g_new0 (ProductLoad, 1);
  load->session = g_object_ref (self);
  load->store_id = g_strdup (store_id);
  load->product_id = g_strdup (product_id);
  return mil_spawn (product_fiber, load, product_load_free);
}

/* --- favourites --------------------------------------------------------------------------------- */

/**
 * mil_session_is_favourite:
 * @self: a session
 * @product_id: (nullable): a product
 *
 * Returns: whether the person marked it
 */
gboolean
mil_session_is_favourite (MilSession *self, const char *product_id)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), FALSE);

  return product_id != NULL && g_hash_table_contains (self->favourites, product_id);
}

/**
 * mil_session_set_favourite:
 * @self: a session
 * @product_id: a product
 * @favourite: whether it is to be marked
 *
 * Cards that are bound to it follow at once.
 *
 * Returns: (transfer full): a future that resolves when that is on the disk
 */
DexFuture *
mil_session_set_favourite (MilSession *self, const char *product_id, gboolean favourite)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (product_id != NULL);

  json_node_set_object (node, object);
  if (favourite)
    g_hash_table_add (self->favourites, g_strdup (product_id));
  else
    g_hash_table_remove (self->favourites, product_id);
  g_signal_emit_by_name (self, "favourites-changed");
  return favourite ? mil_local_store_put (self->store, MIL_KIND_FAVOURITE, product_id, node)
                   : mil_local_store_delete (self->store, MIL_KIND_FAVOURITE, product_id);
}
