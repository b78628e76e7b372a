/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-wallet-history.h"

#include "traveller/mil-answers.h"
#include "traveller/mil-session-private.h"

#define PAGE_SIZE 50

struct _MilWalletHistory
{
  MilPagedList parent_instance;

  MilSession *session; /* (owned) */
  MilWallet  *wallet;  /* (owned) */
};

G_DEFINE_FINAL_TYPE (MilWalletHistory, mil_wallet_history, MIL_TYPE_PAGED_LIST)

typedef struct
{
  MilSession *session; /* (owned) */
  char       *wallet_id;
  char       *cursor; /* (nullable) */
} HistoryLoad;

static void
history_load_free (gpointer data)
{
  HistoryLoad *load = data;

  g_object_unref (load->session);
  g_free (load->wallet_id);
  g_free (load->cursor);
  g_free (load);
}

static HistoryLoad *
history_load_new (MilWalletHistory *self, const char *cursor)
{
  HistoryLoad *load = g_new0 (HistoryLoad, 1);

  load->session = g_object_ref (self->session);
  load->wallet_id = g_strdup (mil_wallet_get_info (self->wallet)->id);
  load->cursor = g_strdup (cursor);
  return load;
}

static DexFuture *
page_of (JsonNode *json)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *next = NULL;
  GPtrArray       *items = mil_answer_wallet_entries (json, &next, &error);

  if (items == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_boxed (MIL_TYPE_LIST_PAGE, mil_list_page_new (items, next));
}

static DexFuture *
load_page_fiber (gpointer data)
{
  HistoryLoad *load = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_strdup_printf ("/v1/wallets/%s/entries?limit=%d%s%s",
                                           load->wallet_id,
                                           PAGE_SIZE,
                                           load->cursor != NULL ? "&before=" : "",
                                           load->cursor != NULL ? load->cursor : "");
  g_autoptr (JsonNode) json = mil_await_pointer (mil_client_get_json (load->session->client, path, MIL_AUTH_SIGNED), &error);

  if (json == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (load->cursor == NULL)
    mil_disown (mil_local_store_put (load->session->cache, MIL_KIND_HISTORY, load->wallet_id, json),
                "keep the history of a wallet");
  return page_of (json);
}

static DexFuture *
load_cached_fiber (gpointer data)
{
  HistoryLoad *load = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) json = mil_await_pointer (mil_local_store_read (load->session->cache, MIL_KIND_HISTORY, load->wallet_id),
                                                 &error);

  if (json == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (JSON_NODE_HOLDS_NULL (json))
    return dex_future_new_take_boxed (MIL_TYPE_LIST_PAGE,
                                      mil_list_page_new (g_ptr_array_new_with_free_func (g_object_unref), NULL));
  return page_of (json);
}

static DexFuture *
mil_wallet_history_load_page (MilPagedList *list, const char *cursor)
{
  return mil_spawn (load_page_fiber, history_load_new (MIL_WALLET_HISTORY (list), cursor), history_load_free);
}

static DexFuture *
mil_wallet_history_load_cached (MilPagedList *list)
{
  return mil_spawn (load_cached_fiber, history_load_new (MIL_WALLET_HISTORY (list), NULL), history_load_free);
}

static void
mil_wallet_history_dispose (GObject *object)
{
  MilWalletHistory *self = MIL_WALLET_HISTORY (object);

  g_clear_object (&self->session);
  g_clear_object (&self->wallet);
  G_OBJECT_CLASS (mil_wallet_history_parent_class)->dispose (object);
}

static void
mil_wallet_history_class_init (MilWalletHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mil_wallet_history_dispose;
  MIL_PAGED_LIST_CLASS (klass)->load_page = mil_wallet_history_load_page;
  MIL_PAGED_LIST_CLASS (klass)->load_cached = mil_wallet_history_load_cached;
}

static void
mil_wallet_history_init (MilWalletHistory *self)
{
}

/* Balances change with every entry, so a change of theirs says that there are new ones. */
static void
on_balances_changed_cb (MilWalletHistory *self)
{
  g_assert (MIL_IS_WALLET_HISTORY (self));

  mil_paged_list_reload (MIL_PAGED_LIST (self));
}

/**
 * mil_wallet_history_new: (skip)
 * @session: the session that asks
 * @wallet: whose history
 *
 * Returns: (transfer full): a history that is being asked for
 */
MilWalletHistory *
mil_wallet_history_new (MilSession *session, MilWallet *wallet)
{
  MilWalletHistory *self = g_object_new (MIL_TYPE_WALLET_HISTORY, NULL);

  self->session = g_object_ref (session);
  self->wallet = g_object_ref (wallet);
  g_signal_connect_object (wallet, "notify::balances", G_CALLBACK (on_balances_changed_cb), self, G_CONNECT_SWAPPED);
  mil_paged_list_reload (MIL_PAGED_LIST (self));
  return self;
}

/**
 * mil_wallet_history_get_wallet:
 * @self: a history
 *
 * Returns: (transfer none): whose it is
 */
MilWallet *
mil_wallet_history_get_wallet (MilWalletHistory *self)
{
  g_return_val_if_fail (MIL_IS_WALLET_HISTORY (self), NULL);

  return self->wallet;
}
