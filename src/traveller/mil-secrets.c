/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-secrets.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>
#include <string.h>

/* A keyring that is unlocked answers within milliseconds. One that is silent for longer is showing
 * its prompt, and the person needs time for that. */
#define WAITING_AFTER_MS 400
#define DEFAULT_TIMEOUT_MS (90 * 1000)

struct _MilSecrets
{
  GObject parent_instance;

  GHashTable     *memory; /* (owned) (nullable): where nothing may outlive the session */
  MilKeyringState state;
  guint           timeout_ms;
  guint           n_waiting;
  DexPromise     *stopped; /* (owned) (nullable): rejected when the person does not want to wait */
};

G_DEFINE_FINAL_TYPE (MilSecrets, mil_secrets, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (MilKeyringState,
                    mil_keyring_state,
                    G_DEFINE_ENUM_VALUE (MIL_KEYRING_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (MIL_KEYRING_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (MIL_KEYRING_LOCKED, "locked"),
                    G_DEFINE_ENUM_VALUE (MIL_KEYRING_MISSING, "missing"))

typedef enum
{
  PROP_STATE = 1,
  N_PROPS,
} MilSecretsProperty;

static GParamSpec *props[N_PROPS];

static const SecretSchema schema = {
  .name = "io.github.milione.Milione",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "kind", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "id", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

static void
set_state (MilSecrets *self, MilKeyringState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static GHashTable *
new_attributes (const char *kind, const char *id)
{
  GHashTable *attributes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  g_hash_table_insert (attributes, (gpointer) "kind", g_strdup (kind));
  g_hash_table_insert (attributes, (gpointer) "id", g_strdup (id));
  return attributes;
}

/* --- the bridge --------------------------------------------------------------------------------- */

static void
on_retrieved_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (GError) error = NULL;
  SecretValue *value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (object), result, &error);

  if (error != NULL)
    dex_promise_reject (promise, g_steal_pointer (&error));
  else
    dex_promise_resolve_string (promise, value != NULL ? g_strdup (secret_value_get_text (value)) : NULL);
  g_clear_pointer (&value, secret_value_unref);
}

/* An item that is found but stays locked means that the prompt was refused: that is not the same as
 * no item, or a new key would be made over the one that the wallets know. */
static void
on_searched_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  if (error != NULL)
    dex_promise_reject (promise, g_steal_pointer (&error));
  else if (items == NULL)
    dex_promise_resolve_string (promise, NULL);
  else if (SECRET_IS_ITEM (items->data) && secret_item_get_locked (items->data))
    dex_promise_reject (promise, g_error_new_literal (SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "locked"));
  else
    secret_retrievable_retrieve_secret (items->data, dex_promise_get_cancellable (promise), on_retrieved_cb, dex_ref (promise));
  g_list_free_full (items, g_object_unref);
}

static void
on_stored_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    dex_promise_resolve_boolean (promise, TRUE);
  else if (error != NULL)
    dex_promise_reject (promise, g_steal_pointer (&error));
  else
    dex_promise_reject (promise, g_error_new_literal (SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "locked"));
}

static void
on_left_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  if (error != NULL)
    dex_promise_reject (promise, g_steal_pointer (&error));
  else if (items != NULL)
    dex_promise_reject (promise, g_error_new_literal (SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "locked"));
  else
    dex_promise_resolve_boolean (promise, TRUE);
  g_list_free_full (items, g_object_unref);
}

typedef struct
{
  DexPromise *promise;    /* (owned) */
  GHashTable *attributes; /* (owned) */
} Clearing;

/* Only what is unlocked is cleared: where nothing was, there was nothing, or it is locked and still there. */
static void
on_cleared_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Clearing *clearing = data;
  g_autoptr (DexPromise) promise = clearing->promise;
  g_autoptr (GHashTable) attributes = clearing->attributes;
  g_autoptr (GError) error = NULL;
  gboolean cleared = secret_password_clear_finish (result, &error);

  g_free (clearing);
  if (error != NULL)
    dex_promise_reject (promise, g_steal_pointer (&error));
  else if (cleared)
    dex_promise_resolve_boolean (promise, TRUE);
  else
    secret_password_searchv (&schema, attributes, SECRET_SEARCH_ALL, dex_promise_get_cancellable (promise), on_left_cb, dex_ref (promise));
}

static DexFuture *
ask_lookup (const char *kind, const char *id)
{
  DexPromise *promise = dex_promise_new_cancellable ();
  g_autoptr (GHashTable) attributes = new_attributes (kind, id);

  secret_password_searchv (&schema,
                           attributes,
                           SECRET_SEARCH_UNLOCK | SECRET_SEARCH_LOAD_SECRETS,
                           dex_promise_get_cancellable (promise),
                           on_searched_cb,
                           dex_ref (promise));
  return DEX_FUTURE (promise);
}

static DexFuture *
ask_store (const char *kind, const char *id, const char *label, const char *secret)
{
  DexPromise *promise = dex_promise_new_cancellable ();
  g_autoptr (GHashTable) attributes = new_attributes (kind, id);

  secret_password_storev (&schema,
                          attributes,
                          SECRET_COLLECTION_DEFAULT,
                          label,
                          secret,
                          dex_promise_get_cancellable (promise),
                          on_stored_cb,
                          dex_ref (promise));
  return DEX_FUTURE (promise);
}

static DexFuture *
ask_delete (const char *kind, const char *id)
{
  DexPromise *promise = dex_promise_new_cancellable ();
  Clearing   *clearing = g_new0 (Clearing, 1);

  clearing->promise = dex_ref (promise);
  clearing->attributes = new_attributes (kind, id);
  secret_password_clearv (&schema, clearing->attributes, dex_promise_get_cancellable (promise), on_cleared_cb, clearing);
  return DEX_FUTURE (promise);
}

/* --- waiting for it ----------------------------------------------------------------------------- */

typedef enum
{
  ASK_LOOKUP,
  ASK_STORE,
  ASK_DELETE,
} Question;

typedef struct
{
  MilSecrets *secrets; /* (owned) */
  Question    question;
  char       *kind;
  char       *id;
  char       *label;  /* (nullable) */
  char       *secret; /* (nullable) */
  guint       source;
  gboolean    is_waiting;
} Wait;

static DexFuture *
ask (Wait *wait)
{
  switch (wait->question)
    {
    case ASK_LOOKUP:
      return ask_lookup (wait->kind, wait->id);
    case ASK_STORE:
      return ask_store (wait->kind, wait->id, wait->label, wait->secret);
    case ASK_DELETE:
      return ask_delete (wait->kind, wait->id);
    default:
      g_assert_not_reached ();
    }
}

static void
wait_end (Wait *wait)
{
  g_clear_handle_id (&wait->source, g_source_remove);
  if (!wait->is_waiting)
    return;
  wait->is_waiting = FALSE;
  wait->secrets->n_waiting--;
  if (wait->secrets->n_waiting == 0 && wait->secrets->state == MIL_KEYRING_WAITING)
    set_state (wait->secrets, MIL_KEYRING_READY);
}

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  wait_end (wait);
  g_object_unref (wait->secrets);
  g_free (wait->kind);
  g_free (wait->id);
  g_free (wait->label);
  if (wait->secret != NULL)
    explicit_bzero (wait->secret, strlen (wait->secret));
  g_free (wait->secret);
  g_free (wait);
}

static gboolean
on_silent_cb (gpointer data)
{
  Wait *wait = data;

  wait->source = 0;
  wait->is_waiting = TRUE;
  wait->secrets->n_waiting++;
  set_state (wait->secrets, MIL_KEYRING_WAITING);
  return G_SOURCE_REMOVE;
}

static GError *
locked_error (void)
{
  return mil_error_new (MIL_ERROR_KEYRING_LOCKED,
                        _ ("Your keyring is locked. Unlock it and try again; shopping goes on without it."));
}

static GError *
read_error (const GError *error)
{
  if (g_error_matches (error, MIL_ERROR, MIL_ERROR_CANCELLED))
    return g_error_copy (error);
  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) || g_error_matches (error, MIL_ERROR, MIL_ERROR_TIMEOUT))
    return locked_error ();
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return mil_error_new (MIL_ERROR_CANCELLED, _ ("You stopped waiting for the keyring."));
  return mil_error_new (MIL_ERROR_KEYRING_MISSING,
                        _ ("There is no keyring to keep your keys in. Install or start one (for example "
                           "GNOME Keyring) and try again; shopping goes on without it."));
}

/* The keyring was started anew since it was asked last; what libsecret knows of it is of no use then. */
static gboolean
has_restarted (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_DBUS_ERROR)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT);
}

/* @asked, or that nobody waits for it any more; the prompt goes away with it. */
static DexFuture *
or_stopped (Wait *wait, DexFuture *asked)
{
  MilSecrets *self = wait->secrets;

  if (self->stopped == NULL)
    self->stopped = dex_promise_new ();
  return dex_future_first (mil_with_timeout (dex_ref (asked), self->timeout_ms, "keyring"), dex_ref (self->stopped), NULL);
}

static DexFuture *
wait_fiber (gpointer data)
{
  Wait *wait = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DexFuture) asked = ask (wait);
  gboolean answered = FALSE;

  wait->source = g_timeout_add (WAITING_AFTER_MS, on_silent_cb, wait);
  answered = mil_await (or_stopped (wait, asked), &error);
  if (!answered && has_restarted (error))
    {
      secret_service_disconnect ();
      g_clear_error (&error);
      dex_clear (&asked);
      asked = ask (wait);
      answered = mil_await (or_stopped (wait, asked), &error);
    }
  if (answered)
    {
      wait_end (wait);
      set_state (wait->secrets, MIL_KEYRING_READY);
      return g_steal_pointer (&asked);
    }
  wait_end (wait);
  g_debug ("The keyring answered: %s", error->message);
  {
    GError *told = read_error (error);
    if (told->code == MIL_ERROR_KEYRING_LOCKED || told->code == MIL_ERROR_CANCELLED)
      set_state (wait->secrets, MIL_KEYRING_LOCKED);
    else if (told->code == MIL_ERROR_KEYRING_MISSING)
      set_state (wait->secrets, MIL_KEYRING_MISSING);
    return dex_future_new_for_error (told);
  }
}

static DexFuture *
wait_for (MilSecrets *self, Question question, const char *kind, const char *id, const char *label, const char *secret)
{
  Wait *wait = g_new0 (Wait, 1);

  wait->secrets = g_object_ref (self);
  wait->question = question;
  wait->kind = g_strdup (kind);
  wait->id = g_strdup (id);
  wait->label = g_strdup (label);
  wait->secret = g_strdup (secret);
  return mil_spawn (wait_fiber, wait, wait_free);
}

/* --- the object --------------------------------------------------------------------------------- */

static void
mil_secrets_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch ((MilSecretsProperty) prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, MIL_SECRETS (object)->state);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_secrets_finalize (GObject *object)
{
  g_clear_pointer (&MIL_SECRETS (object)->memory, g_hash_table_unref);
  dex_clear (&MIL_SECRETS (object)->stopped);
  G_OBJECT_CLASS (mil_secrets_parent_class)->finalize (object);
}

static void
mil_secrets_class_init (MilSecretsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mil_secrets_get_property;
  object_class->finalize = mil_secrets_finalize;
  props[PROP_STATE] = g_param_spec_enum ("state",
                                         NULL,
                                         NULL,
                                         MIL_TYPE_KEYRING_STATE,
                                         MIL_KEYRING_READY,
                                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mil_secrets_init (MilSecrets *self)
{
  self->timeout_ms = DEFAULT_TIMEOUT_MS;
}

/**
 * mil_secrets_new:
 *
 * Returns: (transfer full): the person's keyring; it is not asked before it is needed
 */
MilSecrets *
mil_secrets_new (void)
{
  return g_object_new (MIL_TYPE_SECRETS, NULL);
}

/**
 * mil_secrets_new_memory:
 *
 * Returns: (transfer full): a place for secrets that is gone with the session
 */
MilSecrets *
mil_secrets_new_memory (void)
{
  MilSecrets *self = g_object_new (MIL_TYPE_SECRETS, NULL);

  self->memory = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * mil_secrets_get_state:
 * @self: secrets
 *
 * Returns: what the keyring said last
 */
MilKeyringState
mil_secrets_get_state (MilSecrets *self)
{
  g_return_val_if_fail (MIL_IS_SECRETS (self), MIL_KEYRING_MISSING);

  return self->state;
}

/**
 * mil_secrets_set_timeout:
 * @self: secrets
 * @milliseconds: how long a silent keyring is waited for before it counts as locked
 *
 * For tests and kiosks, where nobody answers a prompt.
 */
void
mil_secrets_set_timeout (MilSecrets *self, guint milliseconds)
{
  g_return_if_fail (MIL_IS_SECRETS (self));

  self->timeout_ms = milliseconds;
}

static char *
memory_key (const char *kind, const char *id)
{
  return g_strdup_printf ("%s/%s", kind, id);
}

/**
 * mil_secrets_stop_waiting:
 * @self: secrets
 *
 * The person does not want to unlock the keyring now: whoever waits for it gets %MIL_ERROR_CANCELLED, its
 * prompt goes away, and it counts as locked until it is asked again.
 */
void
mil_secrets_stop_waiting (MilSecrets *self)
{
  g_autoptr (DexPromise) stopped = NULL;

  g_return_if_fail (MIL_IS_SECRETS (self));

  stopped = g_steal_pointer (&self->stopped);
  if (stopped != NULL)
    dex_promise_reject (stopped, mil_error_new (MIL_ERROR_CANCELLED, _ ("You stopped waiting for the keyring.")));
}

/**
 * mil_secrets_lookup:
 * @self: secrets
 * @kind: what sort of secret ("device-key", "document")
 * @id: which one
 *
 * Asks for a secret. Where the keyring is locked its prompt is shown, and `state` says so; dropping the
 * future stops waiting.
 *
 * Returns: (transfer full): a future string, %NULL where there is no such secret; or
 *   %MIL_ERROR_KEYRING_LOCKED, %MIL_ERROR_KEYRING_MISSING
 */
DexFuture *
mil_secrets_lookup (MilSecrets *self, const char *kind, const char *id)
{
  dex_return_error_if_fail (MIL_IS_SECRETS (self));
  dex_return_error_if_fail (kind != NULL && id != NULL);

  if (self->memory != NULL)
    {
      g_autofree char *key = memory_key (kind, id);
      return dex_future_new_for_string (g_hash_table_lookup (self->memory, key));
    }
  return wait_for (self, ASK_LOOKUP, kind, id, NULL, NULL);
}

/**
 * mil_secrets_store:
 * @self: secrets
 * @kind: what sort of secret
 * @id: which one
 * @label: what the keyring's own window calls it, translated
 * @secret: UTF-8 text
 *
 * Keeps a secret, over an older one of the same kind and id.
 *
 * Returns: (transfer full): a future that resolves when it is kept; errors as mil_secrets_lookup()
 */
DexFuture *
mil_secrets_store (MilSecrets *self, const char *kind, const char *id, const char *label, const char *secret)
{
  dex_return_error_if_fail (MIL_IS_SECRETS (self));
  dex_return_error_if_fail (kind != NULL && id != NULL && label != NULL && secret != NULL);

  if (self->memory != NULL)
    {
      g_hash_table_insert (self->memory, memory_key (kind, id), g_strdup (secret));
      return dex_future_new_true ();
    }
  return wait_for (self, ASK_STORE, kind, id, label, secret);
}

/**
 * mil_secrets_delete:
 * @self: secrets
 * @kind: what sort of secret
 * @id: which one
 *
 * Takes a secret out. No prompt is shown for that.
 *
 * Returns: (transfer full): a future that resolves when it is gone, or never was there; errors as
 *   mil_secrets_lookup()
 */
DexFuture *
mil_secrets_delete (MilSecrets *self, const char *kind, const char *id)
{
  dex_return_error_if_fail (MIL_IS_SECRETS (self));
  dex_return_error_if_fail (kind != NULL && id != NULL);

  if (self->memory != NULL)
    {
      g_autofree char *key = memory_key (kind, id);
      g_hash_table_remove (self->memory, key);
      return dex_future_new_true ();
    }
  return wait_for (self, ASK_DELETE, kind, id, NULL, NULL);
}
