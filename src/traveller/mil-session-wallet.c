/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-answers.h"
#include "traveller/mil-session-private.h"

#include <glib/gi18n.h>

/* --- wallets ------------------------------------------------------------------------------------ */

/* The wallet with what it is at home. */
static void
update_wallet (MilSession *self, MilWallet *wallet)
{
  MilWalletInfo info = *mil_wallet_get_info (wallet);
  gboolean      complete = self->home_currency != NULL;

  info.home_total = complete ? mil_money (0, self->home_currency) : (MilMoney) { 0 };
  for (guint i = 0; complete && i < g_list_model_get_n_items (G_LIST_MODEL (info.balances)); i++)
    {
      g_autoptr (MilBalance) balance = g_list_model_get_item (G_LIST_MODEL (info.balances), i);
      MilMoney home = mil_session_to_home (self, mil_balance_get_info (balance)->available);
      complete = mil_money_is_set (home) && mil_money_add (info.home_total, home, &info.home_total, NULL);
    }
  if (!complete)
    info.home_total = (MilMoney) { 0 };
  mil_record_set_value (MIL_RECORD (wallet), &info);
}

/**
 * mil_session_update_home_totals: (skip)
 * @self: a session
 *
 * Works out again what the wallets are at home.
 */
void
mil_session_update_home_totals (MilSession *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->wallets)); i++)
    {
      g_autoptr (MilWallet) wallet = g_list_model_get_item (G_LIST_MODEL (self->wallets), i);
      update_wallet (self, wallet);
    }
}

/**
 * mil_session_load_wallets: (skip)
 * @self: a session
 * @cache: what the cache held
 *
 * Brings back what was known of wallets and orders.
 */
void
mil_session_load_wallets (MilSession *self, MilDocuments *cache)
{
  mil_session_load_records (cache, MIL_KIND_WALLET, MIL_TYPE_WALLET, self->wallets);
  mil_session_load_records (cache, MIL_KIND_ORDER, MIL_TYPE_ORDER, self->orders);
  mil_session_update_home_totals (self);
}

static void
take_wallets (MilSession *self, GPtrArray *wallets)
{
  for (guint i = 0; i < wallets->len; i++)
    update_wallet (self, wallets->pdata[i]);
  mil_record_list_sync (self->wallets, wallets);
  mil_disown (mil_session_cache_records (self, MIL_KIND_WALLET, wallets), "keep the wallets");
}

static DexFuture *
refresh_wallets_fiber (gpointer data)
{
  MilSession *self = MIL_SESSION (data);
  guint       stamp = ++self->wallets_asked;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) json = mil_await_pointer (mil_client_get_json (self->client, "/v1/wallets", MIL_AUTH_SIGNED), &error);
  g_autoptr (GPtrArray) wallets = json != NULL ? mil_answer_wallets (json, &error) : NULL;

  if (wallets == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (stamp > self->wallets_taken)
    {
      self->wallets_taken = stamp;
      take_wallets (self, wallets);
    }
  return dex_future_new_true ();
}

/**
 * mil_session_refresh_wallets: (skip)
 * @self: a session
 *
 * Asks for the wallets.
 *
 * Returns: (transfer full): a future that resolves when they are here
 */
DexFuture *
mil_session_refresh_wallets (MilSession *self)
{
  return mil_spawn (refresh_wallets_fiber, g_object_ref (self), g_object_unref);
}

/**
 * mil_session_get_wallets:
 * @self: a session
 *
 * Returns: (transfer none): a list of #MilWallet
 */
GListModel *
mil_session_get_wallets (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return G_LIST_MODEL (self->wallets);
}

static JsonNode *
demo_wallet_body (MilSession *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  /* Translators: the name of the wallet with play money. */
  json_object_set_string_member (object, "name", _ ("Demo wallet"));
  json_object_set_string_member (object, "kind", "demo");
  json_object_set_string_member (object, "currency", self->home_currency != NULL ? self->home_currency : "EUR");
  json_node_set_object (node, object);
  return node;
}

/* Asked for under one key however often, a wallet that was wished for is made once. */
static DexFuture *
demo_wallet_fiber (gpointer data)
{
  MilSession *self = MIL_SESSION (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *wish = g_strdup (self->wallet_wish);
  g_autoptr (JsonNode) body = demo_wallet_body (self);
  g_autoptr (JsonNode) json = mil_await_pointer (mil_client_post (self->client, "/v1/wallets", body, wish, MIL_AUTH_SIGNED),
                                                 &error);
  g_autoptr (MilWallet) wallet = json != NULL ? mil_answer_wallet (json, &error) : NULL;
  g_autoptr (JsonNode) saved = NULL;
  MilWallet *known = NULL;

  if (wallet != NULL || g_error_matches (error, MIL_ERROR, MIL_ERROR_CONFLICT)
      || g_error_matches (error, MIL_ERROR, MIL_ERROR_INVALID))
    mil_session_forget_wish (self);
  if (wallet == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  self->wallets_taken = ++self->wallets_asked;
  update_wallet (self, wallet);
  /* Refunds can go there from now on, also when the network goes away before the wallets are asked for. */
  saved = mil_record_to_json (MIL_RECORD (wallet));
  mil_disown (mil_local_store_put (self->cache, MIL_KIND_WALLET, mil_wallet_get_info (wallet)->id, saved), "keep a wallet");
  known = mil_record_list_find (G_LIST_MODEL (self->wallets), mil_wallet_get_info (wallet)->id, NULL);
  if (known == NULL)
    g_list_store_append (self->wallets, wallet);
  mil_disown (mil_session_refresh_wallets (self), "refresh the wallets");
  return dex_future_new_take_object (g_object_ref (known != NULL ? known : wallet));
}

/**
 * mil_session_create_demo_wallet:
 * @self: a session
 *
 * Makes a wallet with play money in the home currency, euros and yen. Asked while one is being made, it is that one.
 *
 * Returns: (transfer full): a future #MilWallet; %MIL_ERROR_KEYRING_LOCKED or %MIL_ERROR_KEYRING_MISSING
 *   where there is no key to own it with
 */
DexFuture *
mil_session_create_demo_wallet (MilSession *self)
{
  dex_return_error_if_fail (MIL_IS_SESSION (self));

  if (self->filling == NULL || !dex_future_is_pending (self->filling))
    {
      dex_clear (&self->filling);
      self->filling = mil_spawn (demo_wallet_fiber, g_object_ref (self), g_object_unref);
    }
  return dex_ref (self->filling);
}

/**
 * mil_session_fulfil_wish: (skip)
 * @self: a session
 *
 * Makes the demo wallet of the first run, if that is still to be done.
 *
 * Returns: (transfer full): a future that resolves when there is nothing to be done any more; errors as for
 *   mil_session_create_demo_wallet()
 */
DexFuture *
mil_session_fulfil_wish (MilSession *self)
{
  return self->wallet_wish != NULL ? mil_session_create_demo_wallet (self) : dex_future_new_true ();
}

/* --- orders ------------------------------------------------------------------------------------- */

static DexFuture *
refresh_orders_fiber (gpointer data)
{
  MilSession *self = MIL_SESSION (data);
  guint       stamp = ++self->orders_asked;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) json = mil_await_pointer (mil_client_get_json (self->client, "/v1/orders", MIL_AUTH_SIGNED), &error);
  g_autoptr (GPtrArray) orders = json != NULL ? mil_answer_orders (json, &error) : NULL;

  if (orders == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (stamp < self->orders_taken)
    return dex_future_new_true ();
  self->orders_taken = stamp;
  mil_record_list_sync (self->orders, orders);
  mil_disown (mil_session_cache_records (self, MIL_KIND_ORDER, orders), "keep the orders");
  return dex_future_new_true ();
}

/**
 * mil_session_refresh_orders: (skip)
 * @self: a session
 *
 * Asks for the orders.
 *
 * Returns: (transfer full): a future that resolves when they are here
 */
DexFuture *
mil_session_refresh_orders (MilSession *self)
{
  return mil_spawn (refresh_orders_fiber, g_object_ref (self), g_object_unref);
}

/**
 * mil_session_take_order: (skip)
 * @self: a session
 * @json: an order, as an event told it
 *
 * Takes a changed order over.
 */
void
mil_session_take_order (MilSession *self, JsonNode *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilOrder) order = mil_answer_order (json, &error);
  g_autoptr (JsonNode) saved = NULL;
  MilOrder *known = NULL;

  if (order == NULL)
    {
      g_message ("An order that changed was not understood: %s", error->message);
      mil_disown (mil_session_refresh_orders (self), "refresh the orders");
      return;
    }
  known = mil_session_find_order (self, mil_order_get_info (order)->id);
  if (known != NULL)
    mil_record_set_value (MIL_RECORD (known), mil_order_get_info (order));
  else
    g_list_store_insert (self->orders, 0, order);
  saved = mil_record_to_json (MIL_RECORD (order));
  mil_disown (mil_local_store_put (self->cache, MIL_KIND_ORDER, mil_order_get_info (order)->id, saved), "keep an order");
}

/**
 * mil_session_get_orders:
 * @self: a session
 *
 * Returns: (transfer none): a list of #MilOrder, newest first
 */
GListModel *
mil_session_get_orders (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return G_LIST_MODEL (self->orders);
}

/**
 * mil_session_find_order:
 * @self: a session
 * @order_id: (nullable): an order
 *
 * Returns: (transfer none) (nullable): that order
 */
MilOrder *
mil_session_find_order (MilSession *self, const char *order_id)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return mil_record_list_find (G_LIST_MODEL (self->orders), order_id, NULL);
}
