/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-session.h"

#include "base/mil-json.h"
#include "traveller/mil-session-private.h"

/* The setting that says that a demo wallet is still to be made. */
#define WISH "demo-wallet"

static void
notify_profile (MilSession *self)
{
  g_object_notify (G_OBJECT (self), "first-run-done");
  g_object_notify (G_OBJECT (self), "home-country");
  g_object_notify (G_OBJECT (self), "home-currency");
}

static void
load_profile (MilSession *self, MilDocuments *store)
{
  JsonNode *json = mil_documents_find (store, MIL_KIND_SETTING, "profile");
  g_autoptr (MilJson) reader = json != NULL ? mil_json_new (json) : NULL;

  if (reader == NULL)
    return;
  g_set_str (&self->home_country, mil_json_string_optional (reader, "country", 2));
  g_set_str (&self->home_currency, mil_json_string_optional (reader, "currency", 3));
  self->first_run_done = mil_json_boolean_optional (reader, "first_run_done", FALSE);
  notify_profile (self);
}

static void
load_wish (MilSession *self, MilDocuments *store)
{
  JsonNode *json = mil_documents_find (store, MIL_KIND_SETTING, WISH);
  g_autoptr (MilJson) reader = json != NULL ? mil_json_new (json) : NULL;

  if (reader != NULL && self->wallet_wish == NULL)
    self->wallet_wish = g_strdup (mil_json_string_optional (reader, "key", 64));
}

static void
load_drafts (MilSession *self, MilDocuments *store)
{
  GPtrArray *found = mil_documents_get (store, MIL_KIND_DRAFT);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      MilDocument *document = found->pdata[i];
      if (!g_hash_table_contains (self->drafts, document->id))
        g_hash_table_insert (self->drafts, g_strdup (document->id), json_node_ref (document->json));
    }
}

/**
 * mil_session_load_profile: (skip)
 * @self: a session
 * @store: what the store held
 *
 * Takes over who the person is, and what was typed but not saved.
 */
void
mil_session_load_profile (MilSession *self, MilDocuments *store)
{
  load_profile (self, store);
  load_wish (self, store);
  load_drafts (self, store);
}

/**
 * mil_session_get_first_run_done:
 * @self: a session
 *
 * Returns: whether the questions of the first run were answered; not known before `loaded`
 */
gboolean
mil_session_get_first_run_done (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), FALSE);

  return self->first_run_done;
}

/**
 * mil_session_get_home_country:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): ISO 3166 code of where the person lives
 */
const char *
mil_session_get_home_country (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return self->home_country;
}

/**
 * mil_session_get_home_currency:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): ISO 4217 code of the currency that prices are told in
 */
const char *
mil_session_get_home_currency (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return self->home_currency;
}

static void
put_wish (MilSession *self, MilBatch *batch)
{
  g_autoptr (JsonNode) json = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "key", self->wallet_wish);
  json_node_set_object (json, object);
  mil_batch_put (batch, MIL_KIND_SETTING, WISH, json);
}

static DexFuture *
save_profile (MilSession *self, const char *country, const char *currency)
{
  MilBatch *batch = mil_batch_new ();
  g_autoptr (JsonNode) json = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();

  g_set_str (&self->home_country, country);
  g_set_str (&self->home_currency, currency);
  json_object_set_string_member (object, "country", country);
  json_object_set_string_member (object, "currency", currency);
  json_object_set_boolean_member (object, "first_run_done", self->first_run_done);
  json_node_set_object (json, object);
  notify_profile (self);
  mil_session_follow_rates (self);
  mil_batch_put (batch, MIL_KIND_SETTING, "profile", json);
  if (self->wallet_wish != NULL)
    put_wish (self, batch);
  return mil_local_store_write (self->store, batch);
}

/**
 * mil_session_forget_wish: (skip)
 * @self: a session
 *
 * The demo wallet that was wished for is there, or will never be.
 */
void
mil_session_forget_wish (MilSession *self)
{
  if (self->wallet_wish == NULL)
    return;
  g_clear_pointer (&self->wallet_wish, g_free);
  mil_disown (mil_local_store_delete (self->store, MIL_KIND_SETTING, WISH), "forget the wish for a wallet");
}

/**
 * mil_session_set_home:
 * @self: a session
 * @country: ISO 3166 code of where the person lives
 * @currency: ISO 4217 code of the currency that prices are told in
 *
 * Returns: (transfer full): a future that resolves when that is on the disk
 */
DexFuture *
mil_session_set_home (MilSession *self, const char *country, const char *currency)
{
  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (country != NULL && currency != NULL);

  return save_profile (self, country, currency);
}

typedef struct
{
  MilSession *session; /* (owned) */
  DexFuture  *saved;   /* (owned) */
} FirstRun;

static void
first_run_free (gpointer data)
{
  FirstRun *run = data;

  g_object_unref (run->session);
  dex_clear (&run->saved);
  g_free (run);
}

static DexFuture *
first_run_fiber (gpointer data)
{
  FirstRun *run = data;
  g_autoptr (GError) error = NULL;

  if (!mil_await (g_steal_pointer (&run->saved), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return mil_session_create_demo_wallet (run->session);
}

/**
 * mil_session_complete_first_run:
 * @self: a session
 * @country: ISO 3166 code of where the person lives
 * @currency: ISO 4217 code of the currency that prices are told in
 * @demo_wallet: whether to fill a demo wallet
 *
 * Takes the answers of the first run over. They hold from this call on, whatever becomes of the wallet. Where the
 * service is out of reach, or the program ends before it answered, the wallet is made when it is there again.
 *
 * Returns: (transfer full): a future that resolves when the answers are on the disk and the wallet is
 *   there; errors as for mil_session_create_demo_wallet()
 */
DexFuture *
mil_session_complete_first_run (MilSession *self, const char *country, const char *currency, gboolean demo_wallet)
{
  FirstRun *run = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (country != NULL && currency != NULL);

  self->first_run_done = TRUE;
  if (!demo_wallet)
    return save_profile (self, country, currency);
  if (self->wallet_wish == NULL)
    self->wallet_wish = mil_uuid_new (self->clock, self->random);
  run = g_new0 (FirstRun, 1);
  run->session = g_object_ref (self);
  run->saved = save_profile (self, country, currency);
  return mil_spawn (first_run_fiber, run, first_run_free);
}

/**
 * mil_session_save_draft:
 * @self: a session
 * @key: which form
 * @draft: (nullable): what is in it; %NULL when it is done
 *
 * Keeps a form that is half filled. It is on the disk right after.
 */
void
mil_session_save_draft (MilSession *self, const char *key, JsonNode *draft)
{
  g_return_if_fail (MIL_IS_SESSION (self));
  g_return_if_fail (key != NULL);

  if (draft != NULL)
    {
      g_hash_table_insert (self->drafts, g_strdup (key), json_node_copy (draft));
      mil_disown (mil_local_store_put (self->store, MIL_KIND_DRAFT, key, draft), "keep a draft");
    }
  else if (g_hash_table_remove (self->drafts, key))
    mil_disown (mil_local_store_delete (self->store, MIL_KIND_DRAFT, key), "forget a draft");
}

/**
 * mil_session_load_draft:
 * @self: a session
 * @key: which form
 *
 * Returns: (transfer full) (nullable): what was in it; not known before `loaded`
 */
JsonNode *
mil_session_load_draft (MilSession *self, const char *key)
{
  JsonNode *draft = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  draft = g_hash_table_lookup (self->drafts, key);
  return draft != NULL ? json_node_copy (draft) : NULL;
}
