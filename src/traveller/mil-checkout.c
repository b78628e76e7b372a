/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-checkout.h"

#include "traveller/mil-attempt.h"
#include "traveller/mil-order.h"
#include "traveller/mil-session-private.h"

#include <glib/gi18n.h>

struct _MilCheckout
{
  GObject parent_instance;

  MilSession      *session; /* (owned) */
  MilCheckoutState state;
  MilAttempt      *attempt; /* (owned) (nullable) */
  GListStore      *stores;  /* (owned) */
  GListStore      *orders;  /* (owned) */
  MilWallet       *wallet;  /* (owned) (nullable) */
  GError          *problem; /* (owned) (nullable) */
  guint            expiry;
};

G_DEFINE_FINAL_TYPE (MilCheckout, mil_checkout, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (MilCheckoutState,
                    mil_checkout_state,
                    G_DEFINE_ENUM_VALUE (MIL_CHECKOUT_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (MIL_CHECKOUT_PREPARING, "preparing"),
                    G_DEFINE_ENUM_VALUE (MIL_CHECKOUT_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (MIL_CHECKOUT_PAYING, "paying"),
                    G_DEFINE_ENUM_VALUE (MIL_CHECKOUT_PAID, "paid"),
                    G_DEFINE_ENUM_VALUE (MIL_CHECKOUT_FAILED, "failed"))

typedef enum
{
  PROP_STATE = 1,
  PROP_STORES,
  PROP_ORDERS,
  PROP_WALLET,
  PROP_TOTAL,
  PROP_EXPIRES_AT,
  PROP_PROBLEM,
  N_PROPS,
} MilCheckoutProperty;

static GParamSpec *props[N_PROPS];

static void
mil_checkout_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilCheckout *self = MIL_CHECKOUT (object);
  MilMoney     total = mil_checkout_get_total (self);

  switch ((MilCheckoutProperty) prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_STORES:
      g_value_set_object (value, self->stores);
      break;
    case PROP_ORDERS:
      g_value_set_object (value, self->orders);
      break;
    case PROP_WALLET:
      g_value_set_object (value, self->wallet);
      break;
    case PROP_TOTAL:
      g_value_set_boxed (value, mil_money_is_set (total) ? &total : NULL);
      break;
    case PROP_EXPIRES_AT:
      g_value_set_int64 (value, mil_checkout_get_expires_at (self));
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_checkout_dispose (GObject *object)
{
  MilCheckout *self = MIL_CHECKOUT (object);

  g_clear_handle_id (&self->expiry, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (mil_checkout_parent_class)->dispose (object);
}

static void
mil_checkout_finalize (GObject *object)
{
  MilCheckout *self = MIL_CHECKOUT (object);

  g_clear_pointer (&self->attempt, mil_attempt_free);
  g_clear_object (&self->stores);
  g_clear_object (&self->orders);
  g_clear_object (&self->wallet);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (mil_checkout_parent_class)->finalize (object);
}

static void
mil_checkout_class_init (MilCheckoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mil_checkout_get_property;
  object_class->dispose = mil_checkout_dispose;
  object_class->finalize = mil_checkout_finalize;
  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, MIL_TYPE_CHECKOUT_STATE, MIL_CHECKOUT_IDLE, flags);
  props[PROP_STORES] = g_param_spec_object ("stores", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  props[PROP_ORDERS] = g_param_spec_object ("orders", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  props[PROP_WALLET] = g_param_spec_object ("wallet", NULL, NULL, MIL_TYPE_WALLET, flags);
  props[PROP_TOTAL] = g_param_spec_boxed ("total", NULL, NULL, MIL_TYPE_MONEY, flags);
  props[PROP_EXPIRES_AT] = g_param_spec_int64 ("expires-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mil_checkout_init (MilCheckout *self)
{
  self->stores = g_list_store_new (MIL_TYPE_CHECKOUT_STORE);
  self->orders = g_list_store_new (MIL_TYPE_ORDER);
}

/**
 * mil_checkout_new: (skip)
 * @session: the session whose basket is paid
 *
 * Returns: (transfer full): a checkout that has asked nothing yet
 */
MilCheckout *
mil_checkout_new (MilSession *session)
{
  MilCheckout *self = g_object_new (MIL_TYPE_CHECKOUT, NULL);

  self->session = g_object_ref (session);
  return self;
}

static void
set_state (MilCheckout *self, MilCheckoutState state, const GError *problem)
{
  g_object_freeze_notify (G_OBJECT (self));
  g_clear_error (&self->problem);
  self->problem = problem != NULL ? g_error_copy (problem) : NULL;
  self->state = state;
  for (guint i = PROP_STATE; i < N_PROPS; i++)
    if (i != PROP_STORES && i != PROP_ORDERS)
      g_object_notify_by_pspec (G_OBJECT (self), props[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
on_expired_cb (gpointer data)
{
  MilCheckout *self = MIL_CHECKOUT (data);

  self->expiry = 0;
  if (self->state == MIL_CHECKOUT_READY)
    set_state (self, MIL_CHECKOUT_IDLE, NULL);
  return G_SOURCE_REMOVE;
}

static void
watch_expiry (MilCheckout *self)
{
  gint64 left = mil_checkout_get_expires_at (self) - mil_clock_now (self->session->clock);

  g_clear_handle_id (&self->expiry, g_source_remove);
  self->expiry = g_timeout_add (CLAMP (left / 1000, 0, G_MAXINT), on_expired_cb, self);
}

/* --- the attempt -------------------------------------------------------------------------------- */

static gboolean
save_attempt (MilSession *session, MilAttempt *attempt, MilAttemptPhase phase, GError **error)
{
  g_autoptr (JsonNode) json = NULL;

  attempt->phase = phase;
  json = mil_attempt_to_json (attempt);
  return mil_await (mil_local_store_put (session->store, MIL_KIND_CHECKOUT, attempt->id, json), error);
}

static JsonNode *
post (MilSession *session, const char *path, JsonNode *body, const char *key, GError **error)
{
  g_autoptr (JsonNode) empty = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();

  json_node_set_object (empty, object);
  return mil_await_pointer (mil_client_post (session->client, path, body != NULL ? body : empty, key, MIL_AUTH_SIGNED), error);
}

static gboolean
post_group (MilSession *session, MilAttempt *attempt, const char *action, const char *key, GError **error)
{
  g_autofree char *path = g_strdup_printf ("/v1/payment-groups/%s/%s", attempt->group_id, action);
  g_autoptr (JsonNode) answer = post (session, path, NULL, key, error);

  return answer != NULL;
}

/* What a second try does not change: the group is over already, or never was. */
static gboolean
is_over (const GError *error)
{
  return g_error_matches (error, MIL_ERROR, MIL_ERROR_NOT_FOUND) || g_error_matches (error, MIL_ERROR, MIL_ERROR_CONFLICT)
         || g_error_matches (error, MIL_ERROR, MIL_ERROR_EXPIRED)
         || g_error_matches (error, MIL_ERROR, MIL_ERROR_INVALID);
}

/* Releases what may be held. While the service cannot be reached the attempt stays on the disk, and is
 * voided when it can; and a group that nobody commits is voided by the service when its time is over. */
static gboolean
void_attempt (MilSession *session, MilAttempt *attempt, GError **error)
{
  g_autoptr (GError) wrong = NULL;

  if (attempt->group_id != NULL)
    {
      if (!save_attempt (session, attempt, MIL_ATTEMPT_VOIDING, error))
        return FALSE;
      if (!post_group (session, attempt, "void", attempt->void_key, &wrong) && !is_over (wrong))
        {
          g_propagate_error (error, g_steal_pointer (&wrong));
          return FALSE;
        }
    }
  return mil_await (mil_local_store_delete (session->store, MIL_KIND_CHECKOUT, attempt->id), error);
}

/* Everything is paid: the basket goes with the attempt, both or none. */
static gboolean
finish_attempt (MilSession *session, MilAttempt *attempt, GError **error)
{
  MilBatch *batch = mil_batch_new ();

  mil_batch_delete (batch, MIL_KIND_CHECKOUT, attempt->id);
  mil_batch_delete_kind (batch, MIL_KIND_BASKET);
  if (!mil_await (mil_local_store_write (session->store, batch), error))
    return FALSE;
  return mil_await (mil_basket_clear (session->basket), error);
}

/* --- preparing ---------------------------------------------------------------------------------- */

/* UCP 2026-04-08, checkout.json, as far as a request says it. */
static JsonNode *
checkout_body (MilSession *session, const MilBasketStoreInfo *store)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "line_items");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store->lines)); i++)
    {
      g_autoptr (MilBasketLine) line = g_list_model_get_item (G_LIST_MODEL (store->lines), i);
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "item");
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "id");
      json_builder_add_string_value (builder, mil_basket_line_get_info (line)->id);
      json_builder_end_object (builder);
      json_builder_set_member_name (builder, "quantity");
      json_builder_add_int_value (builder, mil_basket_line_get_info (line)->quantity);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  if (session->home_country != NULL)
    {
      json_builder_set_member_name (builder, "context");
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "address_country");
      json_builder_add_string_value (builder, session->home_country);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static gboolean
create_checkouts (MilCheckout *self, GError **error)
{
  MilSession *session = self->session;
  GListModel *stores = mil_basket_get_stores (session->basket);

  for (guint i = 0; i < g_list_model_get_n_items (stores); i++)
    {
      g_autoptr (MilBasketStore) store = g_list_model_get_item (stores, i);
      const MilBasketStoreInfo *info = mil_basket_store_get_info (store);
      MilStore                 *known = mil_session_find_store (session, info->id);
      g_autofree char          *fallback = g_strconcat ("/stores/", info->id, NULL);
      const char               *endpoint = known != NULL ? mil_store_get_info (known)->endpoint : fallback;
      MilAttemptLeg *leg = mil_attempt_add_leg (self->attempt, session->clock, session->random, info->id, endpoint);
      g_autofree char *path = g_strconcat (endpoint, "/checkout-sessions", NULL);
      g_autoptr (JsonNode) body = checkout_body (session, info);
      g_autoptr (JsonNode) answer = post (session, path, body, leg->create_key, error);

      if (answer == NULL || !mil_attempt_read_checkout (leg, answer, error))
        return FALSE;
    }
  return TRUE;
}

/* The home currency where the wallet holds it, else what it holds first. */
static const char *
pay_currency (MilSession *session, MilWallet *wallet)
{
  GListModel *balances = G_LIST_MODEL (mil_wallet_get_info (wallet)->balances);
  g_autoptr (MilBalance) first = NULL;

  if (session->home_currency != NULL && mil_record_list_find (balances, session->home_currency, NULL) != NULL)
    return session->home_currency;
  first = g_list_model_get_item (balances, 0);
  return first != NULL ? mil_balance_get_info (first)->id : "EUR";
}

static void
show_legs (MilCheckout *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->attempt->legs->len; i++)
    {
      MilAttemptLeg       *leg = self->attempt->legs->pdata[i];
      MilStore            *store = mil_session_find_store (self->session, leg->store_id);
      MilCheckoutStoreInfo info = {
        .id = leg->store_id,
        .checkout_id = leg->checkout_id,
        .name = store != NULL ? mil_store_get_info (store)->name : leg->payee,
        .payee = leg->payee,
        .country = store != NULL ? mil_store_get_info (store)->country : NULL,
        .subtotal = leg->subtotal,
        .delivery = leg->delivery,
        .tax = leg->tax,
        .total = leg->amount,
        .rate = leg->rate,
        .pay = leg->pay,
      };
      g_ptr_array_add (rows, mil_checkout_store_new (&info));
    }
  mil_record_list_sync (self->stores, rows);
}

static gboolean
prepare (MilCheckout *self, GError **error)
{
  MilSession *session = self->session;
  g_autoptr (JsonNode) quote_body = NULL;
  g_autoptr (JsonNode) quote = NULL;
  g_autoptr (JsonNode) group_body = NULL;
  g_autoptr (JsonNode) group = NULL;

  if (!save_attempt (session, self->attempt, MIL_ATTEMPT_PREPARING, error) || !create_checkouts (self, error))
    return FALSE;
  quote_body = mil_attempt_quote_body (self->attempt, pay_currency (session, self->wallet));
  quote = post (session, "/v1/fx/quotes", quote_body, self->attempt->quote_key, error);
  if (quote == NULL || !mil_attempt_read_quote (self->attempt, quote, error))
    return FALSE;
  group_body = mil_attempt_group_body (self->attempt);
  group = post (session, "/v1/payment-groups", group_body, self->attempt->group_key, error);
  if (group == NULL || !mil_attempt_read_group (self->attempt, group, error))
    return FALSE;
  return save_attempt (session, self->attempt, MIL_ATTEMPT_PREPARING, error);
}

typedef struct
{
  MilCheckout *checkout; /* (owned) */
  MilWallet   *wallet;   /* (owned) */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->checkout);
  g_object_unref (work->wallet);
  g_free (work);
}

static Work *
work_new (MilCheckout *self, MilWallet *wallet)
{
  Work *work = g_new0 (Work, 1);

  work->checkout = g_object_ref (self);
  work->wallet = g_object_ref (wallet);
  return work;
}

/* An attempt that was prepared and not confirmed is given back before the next one. */
static void
drop_attempt (MilCheckout *self)
{
  g_autoptr (MilAttempt) old = g_steal_pointer (&self->attempt);
  g_autoptr (GError) error = NULL;

  if (old != NULL && !void_attempt (self->session, old, &error))
    g_message ("A payment that was not confirmed is voided later: %s", error->message);
}

static gboolean
prepare_for (MilCheckout *self, MilWallet *wallet, GError **error)
{
  drop_attempt (self);
  g_set_object (&self->wallet, wallet);
  set_state (self, MIL_CHECKOUT_PREPARING, NULL);
  self->attempt = mil_attempt_new (self->session->clock, self->session->random, mil_wallet_get_info (wallet)->id);
  if (prepare (self, error))
    {
      show_legs (self);
      set_state (self, MIL_CHECKOUT_READY, NULL);
      watch_expiry (self);
      return TRUE;
    }
  return FALSE;
}

static DexFuture *
prepare_fiber (gpointer data)
{
  Work        *work = data;
  MilCheckout *self = work->checkout;
  g_autoptr (GError) error = NULL;

  if (prepare_for (self, work->wallet, &error))
    return dex_future_new_true ();
  drop_attempt (self);
  set_state (self, MIL_CHECKOUT_FAILED, error);
  return dex_future_new_for_error (g_steal_pointer (&error));
}

static DexFuture *
check_startable (MilCheckout *self)
{
  if (self->state == MIL_CHECKOUT_PREPARING || self->state == MIL_CHECKOUT_PAYING)
    return mil_future_reject (MIL_ERROR_CONFLICT, _ ("This is being paid already."));
  if (mil_basket_get_n_pieces (self->session->basket) == 0)
    return mil_future_reject (MIL_ERROR_INVALID, _ ("The basket is empty."));
  return NULL;
}

/**
 * mil_checkout_prepare:
 * @self: a checkout
 * @wallet: what to pay from
 *
 * Asks each store for its sums, freezes the exchange rates and has the payment group proposed, so that
 * `stores`, `total` and `expires-at` show exactly what mil_checkout_pay() will sign. When the rates run
 * out the state is %MIL_CHECKOUT_IDLE again.
 *
 * Returns: (transfer full): a future that resolves when the state is %MIL_CHECKOUT_READY; when it
 *   rejects it is %MIL_CHECKOUT_FAILED with the same `problem`
 */
DexFuture *
mil_checkout_prepare (MilCheckout *self, MilWallet *wallet)
{
  DexFuture *refused = NULL;

  dex_return_error_if_fail (MIL_IS_CHECKOUT (self));
  dex_return_error_if_fail (MIL_IS_WALLET (wallet));

  refused = check_startable (self);
  return refused != NULL ? refused : mil_spawn (prepare_fiber, work_new (self, wallet), work_free);
}

/* --- paying ------------------------------------------------------------------------------------- */

static gboolean
authorise (MilCheckout *self, GError **error)
{
  MilSession      *session = self->session;
  g_autofree char *path = g_strdup_printf ("/v1/payment-groups/%s/authorise", self->attempt->group_id);
  g_autoptr (GBytes) challenge = mil_attempt_challenge (self->attempt, error);
  g_autoptr (MilKey) key = NULL;
  g_autoptr (GBytes) signature = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) answer = NULL;

  if (challenge == NULL)
    return FALSE;
  key = mil_await_pointer (mil_identity_ensure (session->identity), error);
  if (key != NULL)
    signature = mil_key_sign (key, g_bytes_get_data (challenge, NULL), g_bytes_get_size (challenge), error);
  if (signature == NULL)
    return FALSE;
  text = mil_base64url_encode (g_bytes_get_data (signature, NULL), g_bytes_get_size (signature));
  json_object_set_string_member (object, "signature", text);
  json_node_set_object (body, object);
  answer = post (session, path, body, self->attempt->authorise_key, error);
  return answer != NULL && mil_attempt_read_credentials (self->attempt, answer, error);
}

static gboolean
complete_all (MilCheckout *self, GError **error)
{
  for (guint i = 0; i < self->attempt->legs->len; i++)
    {
      MilAttemptLeg *leg = self->attempt->legs->pdata[i];
      g_autofree char *path = g_strdup_printf ("%s/checkout-sessions/%s/complete", leg->endpoint, leg->checkout_id);
      g_autoptr (JsonNode) body = mil_attempt_complete_body (leg);
      g_autoptr (JsonNode) answer = post (self->session, path, body, leg->complete_key, error);
      if (answer == NULL)
        return FALSE;
    }
  return TRUE;
}

/* The orders of this payment, out of all that there are. */
static void
show_orders (MilCheckout *self)
{
  GListModel *all = mil_session_get_orders (self->session);
  g_autoptr (GPtrArray) mine = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (MilOrder) order = g_list_model_get_item (all, i);
      if (mil_attempt_find_leg (self->attempt, mil_order_get_info (order)->checkout_id) != NULL)
        g_ptr_array_add (mine, g_steal_pointer (&order));
    }
  g_list_store_splice (self->orders, 0, g_list_model_get_n_items (G_LIST_MODEL (self->orders)), mine->pdata, mine->len);
}

static gboolean
pay (MilCheckout *self, GError **error)
{
  MilSession *session = self->session;

  if (!save_attempt (session, self->attempt, MIL_ATTEMPT_AUTHORISING, error) || !authorise (self, error)
      || !complete_all (self, error) || !save_attempt (session, self->attempt, MIL_ATTEMPT_COMMITTING, error)
      || !post_group (session, self->attempt, "commit", self->attempt->commit_key, error))
    return FALSE;
  return finish_attempt (session, self->attempt, error);
}

/* A commit that nobody answered may have happened: then it is neither voided nor forgotten, but asked
 * again when the service is back. */
static gboolean
is_unclear (MilCheckout *self, const GError *error)
{
  return self->attempt->phase == MIL_ATTEMPT_COMMITTING && !is_over (error)
         && !g_error_matches (error, MIL_ERROR, MIL_ERROR_INSUFFICIENT_FUNDS);
}

static DexFuture *
fail (MilCheckout *self, GError *error)
{
  g_autoptr (GError) told = error;

  if (is_unclear (self, told))
    {
      g_clear_pointer (&self->attempt, mil_attempt_free);
      g_clear_error (&told);
      told = mil_error_new (
          MIL_ERROR_NETWORK,
          _ ("The connection broke while the stores were paid. Whether they were is found out "
             "as soon as the service answers; until then, do not pay again."));
    }
  else
    drop_attempt (self);
  mil_disown (mil_session_refresh_wallets (self->session), "refresh the wallets");
  set_state (self, MIL_CHECKOUT_FAILED, told);
  return dex_future_new_for_error (g_error_copy (told));
}

static DexFuture *
pay_fiber (gpointer data)
{
  Work        *work = data;
  MilCheckout *self = work->checkout;
  GError      *error = NULL;

  set_state (self, MIL_CHECKOUT_PAYING, NULL);
  if (!pay (self, &error))
    return fail (self, error);
  mil_await (mil_session_refresh_orders (self->session), NULL);
  show_orders (self);
  set_state (self, MIL_CHECKOUT_PAID, NULL);
  mil_disown (mil_session_refresh_wallets (self->session), "refresh the wallets");
  return dex_future_new_for_object (self->orders);
}

/**
 * mil_checkout_pay:
 * @self: a checkout that is ready
 * @wallet: the wallet that it was prepared for
 *
 * The traveller confirms. What is to be signed is worked out from the numbers that were shown, compared
 * with what the service says, signed with the key of this device; then each store's checkout is
 * completed and the group committed. When anything fails before that, everything is voided and the basket
 * stays as it was. Once started it goes on to its end, also when the future is dropped.
 *
 * Returns: (transfer full): a future #GListModel of #MilOrder; when it rejects the state is
 *   %MIL_CHECKOUT_FAILED with the same `problem`
 */
DexFuture *
mil_checkout_pay (MilCheckout *self, MilWallet *wallet)
{
  DexFuture *paying = NULL;

  dex_return_error_if_fail (MIL_IS_CHECKOUT (self));
  dex_return_error_if_fail (MIL_IS_WALLET (wallet));

  if (self->state != MIL_CHECKOUT_READY || self->attempt == NULL || self->wallet != wallet)
    return mil_future_reject (MIL_ERROR_EXPIRED,
                              _ ("The exchange rates have run out. Look at the new ones and confirm again."));
  g_clear_handle_id (&self->expiry, g_source_remove);
  paying = mil_spawn (pay_fiber, work_new (self, wallet), work_free);
  mil_disown (dex_ref (paying), "pay");
  return paying;
}

/* --- after a crash ------------------------------------------------------------------------------ */

static gboolean
resume (MilSession *session, MilAttempt *attempt, GError **error)
{
  g_autoptr (GError) wrong = NULL;

  if (attempt->phase != MIL_ATTEMPT_COMMITTING)
    return void_attempt (session, attempt, error);
  if (post_group (session, attempt, "commit", attempt->commit_key, &wrong))
    return finish_attempt (session, attempt, error);
  if (is_over (wrong))
    return void_attempt (session, attempt, error);
  g_propagate_error (error, g_steal_pointer (&wrong));
  return FALSE;
}

typedef struct
{
  MilSession   *session;   /* (owned) */
  MilDocuments *documents; /* (owned) */
} Resume;

static void
resume_free (gpointer data)
{
  Resume *work = data;

  g_object_unref (work->session);
  mil_documents_unref (work->documents);
  g_free (work);
}

static DexFuture *
resume_fiber (gpointer data)
{
  Resume    *work = data;
  GPtrArray *found = mil_documents_get (work->documents, MIL_KIND_CHECKOUT);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      MilDocument *document = found->pdata[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (MilAttempt) attempt = mil_attempt_new_from_json (document->json, &error);
      if (attempt == NULL)
        g_message ("A payment attempt cannot be read: %s", error->message);
      else if (!resume (work->session, attempt, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }
  return dex_future_new_true ();
}

/**
 * mil_checkout_resume_all: (skip)
 * @session: a session
 * @documents: what the store held
 *
 * Finishes payments that a crash interrupted after every store had its order, and voids the others.
 *
 * Returns: (transfer full): a future that resolves when there are none left
 */
DexFuture *
mil_checkout_resume_all (MilSession *session, MilDocuments *documents)
{
  Resume *work = g_new0 (Resume, 1);

  work->session = g_object_ref (session);
  work->documents = mil_documents_ref (documents);
  return mil_spawn (resume_fiber, work, resume_free);
}

/* --- what it shows ------------------------------------------------------------------------------ */

/**
 * mil_checkout_get_state:
 * @self: a checkout
 *
 * Returns: where it stands
 */
MilCheckoutState
mil_checkout_get_state (MilCheckout *self)
{
  g_return_val_if_fail (MIL_IS_CHECKOUT (self), MIL_CHECKOUT_IDLE);

  return self->state;
}

/**
 * mil_checkout_get_stores:
 * @self: a checkout
 *
 * Returns: (transfer none): a list of #MilCheckoutStore
 */
GListModel *
mil_checkout_get_stores (MilCheckout *self)
{
  g_return_val_if_fail (MIL_IS_CHECKOUT (self), NULL);

  return G_LIST_MODEL (self->stores);
}

/**
 * mil_checkout_get_orders:
 * @self: a checkout
 *
 * Returns: (transfer none): a list of #MilOrder, empty until it is paid
 */
GListModel *
mil_checkout_get_orders (MilCheckout *self)
{
  g_return_val_if_fail (MIL_IS_CHECKOUT (self), NULL);

  return G_LIST_MODEL (self->orders);
}

/**
 * mil_checkout_get_wallet:
 * @self: a checkout
 *
 * Returns: (transfer none) (nullable): what is paid from
 */
MilWallet *
mil_checkout_get_wallet (MilCheckout *self)
{
  g_return_val_if_fail (MIL_IS_CHECKOUT (self), NULL);

  return self->wallet;
}

/**
 * mil_checkout_get_total:
 * @self: a checkout
 *
 * Returns: what the wallet pays; unset until it is ready
 */
MilMoney
mil_checkout_get_total (MilCheckout *self)
{
  g_return_val_if_fail (MIL_IS_CHECKOUT (self), (MilMoney) { 0 });

  return self->attempt != NULL ? self->attempt->total : (MilMoney) { 0 };
}

/**
 * mil_checkout_get_expires_at:
 * @self: a checkout
 *
 * Returns: until when the rates hold, microseconds since 1970 UTC; 0 while there are none
 */
gint64
mil_checkout_get_expires_at (MilCheckout *self)
{
  g_return_val_if_fail (MIL_IS_CHECKOUT (self), 0);

  if (self->attempt == NULL || self->attempt->group_id == NULL)
    return 0;
  return MIN (self->attempt->quote_expires_at, self->attempt->group_expires_at);
}

/**
 * mil_checkout_get_problem:
 * @self: a checkout
 *
 * Returns: (transfer none) (nullable): why it failed
 */
GError *
mil_checkout_get_problem (MilCheckout *self)
{
  g_return_val_if_fail (MIL_IS_CHECKOUT (self), NULL);

  return self->problem;
}
