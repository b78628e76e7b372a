/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-session.h"

#include "base/mil-json.h"
#include "traveller/mil-session-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define FIRST_PAUSE_MS 500
#define LONGEST_PAUSE_MS 30000
/* Quitting waits for no part longer than this; what was acknowledged is on the disk anyway. */
#define STOP_MS 4000

G_DEFINE_FINAL_TYPE (MilSession, mil_session, G_TYPE_OBJECT)

typedef enum
{
  PROP_LOADED = 1,
  PROP_ONLINE,
  PROP_PROBLEM,
  PROP_KEYRING_STATE,
  PROP_FIRST_RUN_DONE,
  PROP_HOME_COUNTRY,
  PROP_HOME_CURRENCY,
  PROP_CURRENT_TRIP,
  PROP_COMING_BACK,
  PROP_COMING_BACK_TRIP,
  N_PROPS,
} MilSessionProperty;

static GParamSpec *props[N_PROPS];

/* --- the object --------------------------------------------------------------------------------- */

static void
mil_session_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilSession *self = MIL_SESSION (object);

  switch ((MilSessionProperty) prop_id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    case PROP_ONLINE:
      g_value_set_boolean (value, mil_client_is_reachable (self->client));
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, mil_client_get_problem (self->client));
      break;
    case PROP_KEYRING_STATE:
      g_value_set_enum (value, mil_secrets_get_state (self->secrets));
      break;
    case PROP_FIRST_RUN_DONE:
      g_value_set_boolean (value, self->first_run_done);
      break;
    case PROP_HOME_COUNTRY:
      g_value_set_string (value, self->home_country);
      break;
    case PROP_HOME_CURRENCY:
      g_value_set_string (value, self->home_currency);
      break;
    case PROP_CURRENT_TRIP:
      g_value_set_object (value, self->current_trip);
      break;
    case PROP_COMING_BACK:
      g_value_set_boxed (value, mil_money_is_set (self->coming_back) ? &self->coming_back : NULL);
      break;
    case PROP_COMING_BACK_TRIP:
      g_value_set_boxed (value, mil_money_is_set (self->coming_back_trip) ? &self->coming_back_trip : NULL);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_session_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MilSession *self = MIL_SESSION (object);

  if (prop_id == PROP_CURRENT_TRIP)
    mil_disown (mil_session_set_current_trip (self, g_value_get_object (value)), "set the trip");
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
mil_session_dispose (GObject *object)
{
  MilSession *self = MIL_SESSION (object);

  g_clear_handle_id (&self->assess_source, g_source_remove);
  dex_clear (&self->keeper);
  dex_clear (&self->hurry);
  dex_clear (&self->reading);
  dex_clear (&self->assessing);
  g_queue_clear_full (&self->unread, g_object_unref);
  g_clear_object (&self->network);
  g_clear_object (&self->events);
  g_clear_object (&self->process);
  g_clear_object (&self->outbox);
  g_clear_object (&self->pictures);
  g_clear_object (&self->basket);
  g_clear_object (&self->scanner);
  g_clear_object (&self->assessor);
  g_clear_object (&self->client);
  g_clear_object (&self->identity);
  g_clear_object (&self->store);
  g_clear_object (&self->cache);
  g_clear_object (&self->current_trip);
  G_OBJECT_CLASS (mil_session_parent_class)->dispose (object);
}

static void
mil_session_finalize (GObject *object)
{
  MilSession *self = MIL_SESSION (object);

  g_clear_object (&self->rates);
  g_clear_object (&self->stores);
  g_clear_object (&self->orders);
  g_clear_object (&self->wallets);
  g_clear_object (&self->people);
  g_clear_object (&self->trips);
  g_clear_object (&self->receipts);
  g_clear_object (&self->claims);
  g_clear_object (&self->clock);
  g_clear_object (&self->random);
  g_clear_object (&self->secrets);
  g_hash_table_unref (self->favourites);
  g_hash_table_unref (self->drafts);
  g_free (self->data_dir);
  g_free (self->cache_dir);
  g_free (self->runtime_dir);
  g_free (self->language);
  g_free (self->service_address);
  g_free (self->service_program);
  g_free (self->demo_data);
  g_free (self->home_country);
  g_free (self->home_currency);
  g_free (self->wallet_wish);
  dex_clear (&self->filling);
  G_OBJECT_CLASS (mil_session_parent_class)->finalize (object);
}

static void
mil_session_class_init (MilSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mil_session_get_property;
  object_class->set_property = mil_session_set_property;
  object_class->dispose = mil_session_dispose;
  object_class->finalize = mil_session_finalize;
  props[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  props[PROP_ONLINE] = g_param_spec_boolean ("online", NULL, NULL, FALSE, flags);
  props[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_KEYRING_STATE] = g_param_spec_enum ("keyring-state", NULL, NULL, MIL_TYPE_KEYRING_STATE, MIL_KEYRING_READY, flags);
  props[PROP_FIRST_RUN_DONE] = g_param_spec_boolean ("first-run-done", NULL, NULL, FALSE, flags);
  props[PROP_HOME_COUNTRY] = g_param_spec_string ("home-country", NULL, NULL, NULL, flags);
  props[PROP_HOME_CURRENCY] = g_param_spec_string ("home-currency", NULL, NULL, NULL, flags);
  props[PROP_CURRENT_TRIP] = g_param_spec_object ("current-trip", NULL, NULL, MIL_TYPE_TRIP, flags | G_PARAM_WRITABLE);
  props[PROP_COMING_BACK] = g_param_spec_boxed ("coming-back", NULL, NULL, MIL_TYPE_MONEY, flags);
  props[PROP_COMING_BACK_TRIP] = g_param_spec_boxed ("coming-back-trip", NULL, NULL, MIL_TYPE_MONEY, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_signal_new ("favourites-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mil_session_init (MilSession *self)
{
  self->stores = g_list_store_new (MIL_TYPE_STORE);
  self->orders = g_list_store_new (MIL_TYPE_ORDER);
  self->wallets = g_list_store_new (MIL_TYPE_WALLET);
  self->people = g_list_store_new (MIL_TYPE_PERSON);
  self->trips = g_list_store_new (MIL_TYPE_TRIP);
  self->receipts = g_list_store_new (MIL_TYPE_RECEIPT_RECORD);
  self->claims = g_list_store_new (MIL_TYPE_CLAIM);
  self->favourites = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_node_unref);
  self->rates = mil_rates_new ();
  self->basket = mil_basket_new (self);
  self->assessor = mil_assessor_new ();
  g_queue_init (&self->unread);
}

/* --- what others have to say -------------------------------------------------------------------- */

static void
hurry_up (MilSession *self)
{
  if (self->hurry != NULL)
    dex_promise_resolve_boolean (self->hurry, TRUE);
}

static void
on_reachable_cb (MilSession *self)
{
  g_assert (MIL_IS_SESSION (self));

  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ONLINE]);
  if (!mil_client_is_reachable (self->client))
    {
      if (self->process != NULL)
        mil_service_process_check (self->process);
      hurry_up (self);
    }
}

static void
on_client_problem_cb (MilSession *self)
{
  g_assert (MIL_IS_SESSION (self));

  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
}

static void
on_keyring_cb (MilSession *self)
{
  g_assert (MIL_IS_SESSION (self));

  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_KEYRING_STATE]);
}

/**
 * mil_session_follow_rates: (skip)
 * @self: a session
 *
 * Works out anew what hangs on the rates and on the home currency.
 */
void
mil_session_follow_rates (MilSession *self)
{
  g_assert (MIL_IS_SESSION (self));

  mil_basket_update (self->basket);
  mil_session_update_home_totals (self);
  mil_session_queue_assess (self);
}

static void
on_network_changed_cb (MilSession *self, gboolean available)
{
  g_assert (MIL_IS_SESSION (self));

  if (available)
    mil_session_retry (self);
}

static void
on_process_cb (MilSession *self)
{
  const char *address = NULL;

  g_assert (MIL_IS_SESSION (self));

  address = mil_service_process_get_address (self->process);
  if (address != NULL)
    mil_client_set_address (self->client, address);
  else if (mil_service_process_get_problem (self->process) != NULL)
    mil_client_set_problem (self->client, mil_service_process_get_problem (self->process));
  if (address != NULL)
    mil_session_retry (self);
}

static void
on_sent_cb (MilSession *self, const char *id, const char *path, JsonNode *answer)
{
  g_assert (MIL_IS_SESSION (self));

  mil_session_claim_sent (self, id, answer);
}

/* What an event tells is the whole new thing, so it is taken over as an answer is. */
static void
on_event_cb (MilSession *self, const char *type, gint64 seq, JsonNode *data)
{
  g_autoptr (JsonNode) json = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();

  g_assert (MIL_IS_SESSION (self));

  if (g_str_equal (type, "claim.changed"))
    mil_session_take_claim (self, data);
  else if (g_str_equal (type, "order.changed"))
    mil_session_take_order (self, data);
  else if (g_str_equal (type, "wallet.changed"))
    mil_disown (mil_session_refresh_wallets (self), "refresh the wallets");
  json_object_set_int_member (object, "since", seq);
  json_node_set_object (json, object);
  mil_disown (mil_session_put_setting (self, "events", json), "remember the last event");
}

static char *
default_language (const char *locale)
{
  const char *const *names = g_get_language_names ();
  char              *language = g_strdup (locale != NULL ? locale : names[0]);

  g_strdelimit (language, "_", '-');
  language[strcspn (language, ".@")] = '\0';
  if (g_str_equal (language, "C") || g_str_equal (language, "POSIX") || *language == '\0')
    g_set_str (&language, "en");
  return language;
}

static void
make_parts (MilSession *self)
{
  g_autofree char *store = g_build_filename (self->data_dir, "milione.db", NULL);
  g_autofree char *cache = g_build_filename (self->cache_dir, "cache.db", NULL);
  g_autofree char *pictures = g_build_filename (self->cache_dir, "pictures", NULL);

  self->store = mil_local_store_new (store);
  self->cache = mil_local_store_new (cache);
  self->identity = mil_identity_new (self->secrets, self->service_address != NULL ? self->service_address : "embedded");
  self->client = mil_client_new (self->identity, self->clock, self->random, self->language);
  self->outbox = mil_outbox_new (self->store, self->client);
  mil_outbox_set_filler (self->outbox, mil_session_fill_claim, self);
  mil_outbox_set_settler (self->outbox, mil_session_settle_refusal, self);
  self->pictures = mil_picture_cache_new (self->client, pictures);
  g_signal_connect_object (self->client, "notify::reachable", G_CALLBACK (on_reachable_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->client, "notify::problem", G_CALLBACK (on_client_problem_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->secrets, "notify::state", G_CALLBACK (on_keyring_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rates, "changed", G_CALLBACK (mil_session_follow_rates), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outbox, "sent", G_CALLBACK (on_sent_cb), self, G_CONNECT_SWAPPED);
}

/**
 * mil_session_new:
 * @options: all that it depends on; copied
 *
 * Makes a session. Nothing is read, asked or started before mil_session_start().
 *
 * Returns: (transfer full): a session
 */
MilSession *
mil_session_new (const MilSessionOptions *options)
{
  MilSession *self = NULL;
  const char *program = NULL;

  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (options->data_dir != NULL && options->cache_dir != NULL, NULL);
  g_return_val_if_fail (options->runtime_dir != NULL, NULL);

  self = g_object_new (MIL_TYPE_SESSION, NULL);
  self->data_dir = g_strdup (options->data_dir);
  self->cache_dir = g_strdup (options->cache_dir);
  self->runtime_dir = g_strdup (options->runtime_dir);
  self->ephemeral = options->ephemeral;
  self->language = default_language (options->locale);
  self->clock = options->clock != NULL ? g_object_ref (options->clock) : mil_clock_new_system ();
  self->random = options->random != NULL ? g_object_ref (options->random) : mil_random_new_system ();
  if (options->secrets != NULL)
    self->secrets = g_object_ref (options->secrets);
  else
    self->secrets = options->ephemeral ? mil_secrets_new_memory () : mil_secrets_new ();
  self->service_address = g_strdup (options->service_address);
  self->demo_data = g_strdup (options->demo_data);
  program = options->service_program != NULL ? options->service_program : g_getenv ("MILIONE_SERVICE");
  self->service_program = g_strdup (program != NULL ? program : MIL_BINDIR "/milione-service");
  make_parts (self);
  return self;
}

/* --- small things that the other files use ------------------------------------------------------ */

/**
 * mil_session_put_setting: (skip)
 * @self: a session
 * @id: which setting
 * @json: what it is
 *
 * Returns: (transfer full): a future that resolves when it is on the disk
 */
DexFuture *
mil_session_put_setting (MilSession *self, const char *id, JsonNode *json)
{
  return mil_local_store_put (self->store, MIL_KIND_SETTING, id, json);
}

/**
 * mil_session_cache_records: (skip)
 * @self: a session
 * @kind: kind of documents
 * @records: (element-type MilRecord): what there is now
 *
 * Puts a list into the cache, in place of what was there.
 *
 * Returns: (transfer full): a future that resolves when it is there
 */
DexFuture *
mil_session_cache_records (MilSession *self, const char *kind, GPtrArray *records)
{
  MilBatch *batch = mil_batch_new ();

  mil_batch_delete_kind (batch, kind);
  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr (JsonNode) json = mil_record_to_json (records->pdata[i]);
      mil_batch_put (batch, kind, mil_record_get_id (records->pdata[i]), json);
    }
  return mil_local_store_write (self->cache, batch);
}

/**
 * mil_session_load_records: (skip)
 * @documents: what a store held
 * @kind: kind of documents
 * @type: type of records that they become
 * @list: where to append them
 *
 * Fills a list from the disk. What cannot be read is left out.
 *
 * Returns: whether there was any
 */
gboolean
mil_session_load_records (MilDocuments *documents, const char *kind, GType type, GListStore *list)
{
  GPtrArray *found = mil_documents_get (documents, kind);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      MilDocument *document = found->pdata[i];
      g_autoptr (GError) error = NULL;
      MilRecord *record = mil_record_new_from_json (type, document->json, &error);
      if (record != NULL)
        g_ptr_array_add (records, record);
      else
        mil_documents_leave_out (documents, kind, document->id, error);
    }
  g_list_store_splice (list, g_list_model_get_n_items (G_LIST_MODEL (list)), 0, records->pdata, records->len);
  return records->len > 0;
}

/**
 * mil_session_notify_coming_back: (skip)
 * @self: a session
 * @coming_back: what comes back in all
 * @coming_back_trip: what comes back from the current trip
 *
 * Takes the sums over.
 */
void
mil_session_notify_coming_back (MilSession *self, MilMoney coming_back, MilMoney coming_back_trip)
{
  self->coming_back = coming_back;
  self->coming_back_trip = coming_back_trip;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COMING_BACK]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COMING_BACK_TRIP]);
}

/**
 * mil_session_notify_trip: (skip)
 * @self: a session
 *
 * Tells that the current trip is another one, or says something else.
 */
void
mil_session_notify_trip (MilSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CURRENT_TRIP]);
}

/* --- loading ------------------------------------------------------------------------------------ */

static gint64
load_since (MilDocuments *documents)
{
  JsonNode *json = mil_documents_find (documents, MIL_KIND_SETTING, "events");
  g_autoptr (MilJson) reader = json != NULL ? mil_json_new (json) : NULL;

  return reader != NULL ? mil_json_int_optional (reader, "since", 0, G_MAXINT64, 0) : 0;
}

/* What is in the cache can be fetched again, so a cache that cannot be opened is thrown away. */
static MilDocuments *
open_cache (MilSession *self, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autofree char *path = g_build_filename (self->cache_dir, "cache.db", NULL);

  if (!mil_await (mil_local_store_open (self->cache), &wrong))
    {
      g_message ("The cache is made anew: %s", wrong->message);
      g_unlink (path);
      g_clear_object (&self->cache);
      self->cache = mil_local_store_new (path);
      if (!mil_await (mil_local_store_open (self->cache), error))
        return NULL;
    }
  return mil_await_pointer (mil_local_store_read_all (self->cache), error);
}

static gboolean
load (MilSession *self, MilDocuments **store_documents, GError **error)
{
  g_autoptr (MilDocuments) documents = NULL;
  g_autoptr (MilDocuments) cached = NULL;
  g_autoptr (GError) wrong = NULL;

  if (!mil_await (mil_local_store_open (self->store), error))
    return FALSE;
  documents = mil_await_pointer (mil_local_store_read_all (self->store), error);
  if (documents == NULL)
    return FALSE;
  mil_session_load_profile (self, documents);
  cached = open_cache (self, error);
  if (cached == NULL)
    return FALSE;
  mil_session_load_shop (self, documents, cached);
  mil_session_load_wallets (self, cached);
  mil_session_load_people (self, documents);
  mil_session_resume_erasures (self, documents);
  mil_basket_load (self->basket, documents);
  mil_outbox_load (self->outbox, documents);
  mil_session_load_claims (self, documents);
  mil_session_load_receipts (self, documents);
  self->n_left_out = mil_documents_get_n_left_out (documents);
  if (!mil_await (mil_assessor_load (self->assessor), &wrong))
    g_message ("The refund rules could not be read: %s", wrong->message);
  self->events = mil_event_stream_new (self->client, load_since (documents));
  g_signal_connect_object (self->events, "event", G_CALLBACK (on_event_cb), self, G_CONNECT_SWAPPED);
  *store_documents = g_steal_pointer (&documents);
  return TRUE;
}

/* --- keeping in touch --------------------------------------------------------------------------- */

static void
connect_service (MilSession *self)
{
  g_autofree char *state = g_build_filename (self->data_dir, "service", NULL);
  g_autofree char *socket = g_build_filename (self->runtime_dir, "service.sock", NULL);

  if (self->service_address != NULL)
    {
      mil_client_set_address (self->client, self->service_address);
      return;
    }
  self->process = mil_service_process_new (self->service_program, state, socket, self->demo_data);
  g_signal_connect_object (self->process, "notify::address", G_CALLBACK (on_process_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->process, "notify::problem", G_CALLBACK (on_process_cb), self, G_CONNECT_SWAPPED);
  mil_service_process_start (self->process);
}

/* Everything that is asked for once the service answers; each list keeps what it has when it fails. */
static gboolean
refresh (MilSession *self, MilDocuments **documents, GError **error)
{
  if (!mil_await (mil_session_refresh_shop (self), error) || !mil_await (mil_client_ensure_enrolled (self->client), error))
    return FALSE;
  mil_event_stream_start (self->events);
  mil_event_stream_retry (self->events);
  if (*documents != NULL)
    {
      if (!mil_await (mil_checkout_resume_all (self, *documents), error))
        return FALSE;
      g_clear_pointer (documents, mil_documents_unref);
    }
  mil_await (mil_session_fulfil_wish (self), NULL);
  mil_await (mil_outbox_flush (self->outbox), NULL);
  return mil_await (dex_future_all (mil_session_refresh_wallets (self),
                                    mil_session_refresh_orders (self),
                                    mil_session_refresh_claims (self),
                                    NULL),
                    error);
}

static void
pause_for (MilSession *self, guint milliseconds)
{
  dex_clear (&self->hurry);
  self->hurry = dex_promise_new ();
  mil_await (dex_future_first (dex_timeout_new_msec (milliseconds), dex_ref (DEX_FUTURE (self->hurry)), NULL), NULL);
}

typedef struct
{
  MilSession   *session;   /* (owned) */
  MilDocuments *documents; /* (owned) (nullable) */
} Keep;

static void
keep_free (gpointer data)
{
  Keep *keep = data;

  g_object_unref (keep->session);
  g_clear_pointer (&keep->documents, mil_documents_unref);
  g_free (keep);
}

/* The keyring is asked again when the person says so, the service again and again. */
static DexFuture *
keeper_fiber (gpointer data)
{
  Keep       *keep = data;
  MilSession *self = keep->session;
  guint       pause = FIRST_PAUSE_MS;

  connect_service (self);
  while (self->keeper != NULL)
    {
      g_autoptr (GError) error = NULL;
      gboolean good = refresh (self, &keep->documents, &error);

      if (self->keeper == NULL)
        break;
      if (good || g_error_matches (error, MIL_ERROR, MIL_ERROR_KEYRING_LOCKED)
          || g_error_matches (error, MIL_ERROR, MIL_ERROR_KEYRING_MISSING)
          || g_error_matches (error, MIL_ERROR, MIL_ERROR_CANCELLED))
        {
          pause = FIRST_PAUSE_MS;
          pause_for (self, G_MAXINT);
          continue;
        }
      g_debug ("The service is asked again in %u ms: %s", pause, error->message);
      /* The instance that served may have been another program's, and have ended with it. */
      if (self->process != NULL)
        mil_service_process_check (self->process);
      pause_for (self, pause);
      pause = MIN (pause * 2, LONGEST_PAUSE_MS);
    }
  return dex_future_new_true ();
}

static DexFuture *
start_fiber (gpointer data)
{
  MilSession *self = MIL_SESSION (data);
  g_autoptr (GError) error = NULL;
  Keep         *keep = NULL;
  MilDocuments *documents = NULL;

  if (!load (self, &documents, &error))
    {
      self->started = FALSE;
      mil_client_set_problem (self->client, error);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  self->loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADED]);
  self->network = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect_object (self->network, "network-changed", G_CALLBACK (on_network_changed_cb), self, G_CONNECT_SWAPPED);
  keep = g_new0 (Keep, 1);
  keep->session = g_object_ref (self);
  keep->documents = documents;
  self->keeper = mil_spawn (keeper_fiber, keep, keep_free);
  mil_session_queue_assess (self);
  return dex_future_new_true ();
}

/**
 * mil_session_start:
 * @self: a session
 *
 * Reads what the disk knows, then gets in touch with the service and stays so, until
 * mil_session_stop(). A started session lives at least as long.
 *
 * Returns: (transfer full): a future that resolves when the disk was read (see `loaded`); the network
 *   is not waited for. %MIL_ERROR_STORAGE or %MIL_ERROR_NO_SPACE when the disk cannot be used
 */
DexFuture *
mil_session_start (MilSession *self)
{
  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (!self->started);

  self->started = TRUE;
  return mil_spawn (start_fiber, g_object_ref (self), g_object_unref);
}

static DexFuture *
stop_fiber (gpointer data)
{
  MilSession *self = MIL_SESSION (data);

  mil_await (mil_with_timeout (mil_local_store_close (self->store), STOP_MS, "stop"), NULL);
  mil_await (mil_with_timeout (mil_local_store_close (self->cache), STOP_MS, "stop"), NULL);
  if (self->process != NULL)
    mil_await (mil_with_timeout (mil_service_process_stop (self->process), STOP_MS, "stop"), NULL);
  self->started = FALSE;
  return dex_future_new_true ();
}

/**
 * mil_session_stop:
 * @self: a session
 *
 * Ends everything that it started. What was changed is on the disk then.
 *
 * Returns: (transfer full): a future that resolves when that is done
 */
DexFuture *
mil_session_stop (MilSession *self)
{
  dex_return_error_if_fail (MIL_IS_SESSION (self));

  dex_clear (&self->keeper);
  dex_clear (&self->reading);
  dex_clear (&self->assessing);
  g_clear_handle_id (&self->assess_source, g_source_remove);
  mil_outbox_stop (self->outbox);
  if (self->events != NULL)
    mil_event_stream_stop (self->events);
  return mil_spawn (stop_fiber, g_object_ref (self), g_object_unref);
}

/**
 * mil_session_retry:
 * @self: a session
 *
 * Asks the service and the keyring again now: the person pressed Retry, or the network came back.
 */
void
mil_session_retry (MilSession *self)
{
  g_return_if_fail (MIL_IS_SESSION (self));

  hurry_up (self);
  if (self->process != NULL)
    mil_service_process_check (self->process);
  if (self->events != NULL)
    mil_event_stream_retry (self->events);
}

/**
 * mil_session_is_loaded:
 * @self: a session
 *
 * Returns: whether what the disk knew is in the lists
 */
gboolean
mil_session_is_loaded (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), FALSE);

  return self->loaded;
}

/**
 * mil_session_is_online:
 * @self: a session
 *
 * Returns: whether the service answers
 */
gboolean
mil_session_is_online (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), FALSE);

  return mil_client_is_reachable (self->client);
}

/**
 * mil_session_get_problem:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): why the service does not answer
 */
GError *
mil_session_get_problem (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return mil_client_get_problem (self->client);
}

/**
 * mil_session_get_n_left_out:
 * @self: a session
 *
 * Returns: how many receipts, claims and other things on this device could not be understood when it was
 *   loaded; they stay on the disk as they are
 */
guint
mil_session_get_n_left_out (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), 0);

  return self->n_left_out;
}

/**
 * mil_session_get_keyring_state:
 * @self: a session
 *
 * Returns: what the keyring said last
 */
MilKeyringState
mil_session_get_keyring_state (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), MIL_KEYRING_MISSING);

  return mil_secrets_get_state (self->secrets);
}

/**
 * mil_session_stop_waiting_for_keyring:
 * @self: a session
 *
 * Lets go of a keyring that shows its prompt: what needs it fails, everything else goes on.
 * mil_session_retry() asks it again.
 */
void
mil_session_stop_waiting_for_keyring (MilSession *self)
{
  g_return_if_fail (MIL_IS_SESSION (self));

  mil_secrets_stop_waiting (self->secrets);
}

/**
 * mil_session_get_clock:
 * @self: a session
 *
 * Returns: (transfer none): where it takes the time from
 */
MilClock *
mil_session_get_clock (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return self->clock;
}

/**
 * mil_session_get_today:
 * @self: a session
 *
 * Returns: the day it is here
 */
MilDate
mil_session_get_today (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), (MilDate) { 0 });

  return mil_date_from_unix (mil_clock_now (self->clock), NULL);
}

/* --- parts -------------------------------------------------------------------------------------- */

/**
 * mil_session_get_basket:
 * @self: a session
 *
 * Returns: (transfer none): its basket
 */
MilBasket *
mil_session_get_basket (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return self->basket;
}

/**
 * mil_session_get_pictures:
 * @self: a session
 *
 * Returns: (transfer none): where pictures come from
 */
MilPictureCache *
mil_session_get_pictures (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return self->pictures;
}

/**
 * mil_session_get_rates:
 * @self: a session
 *
 * Returns: (transfer none): the last exchange rates
 */
MilRates *
mil_session_get_rates (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return self->rates;
}

/**
 * mil_session_get_outbox:
 * @self: a session
 *
 * Returns: (transfer none): what waits to be sent
 */
MilOutbox *
mil_session_get_outbox (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return self->outbox;
}

/**
 * mil_session_create_query:
 * @self: a session
 *
 * Returns: (transfer full): a search over all stores, for everything at first
 */
MilCatalogueQuery *
mil_session_create_query (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return mil_catalogue_query_new (self);
}

/**
 * mil_session_create_checkout:
 * @self: a session
 *
 * Returns: (transfer full): a way to pay the basket
 */
MilCheckout *
mil_session_create_checkout (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return mil_checkout_new (self);
}

/**
 * mil_session_create_wallet_history:
 * @self: a session
 * @wallet: one of its wallets
 *
 * Returns: (transfer full): the wallet's entries, newest first
 */
MilWalletHistory *
mil_session_create_wallet_history (MilSession *self, MilWallet *wallet)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);
  g_return_val_if_fail (MIL_IS_WALLET (wallet), NULL);

  return mil_wallet_history_new (self, wallet);
}
