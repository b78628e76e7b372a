/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-client.h"

#include "base/mil-json.h"
#include "protocol/mil-signature.h"

#include <glib/gi18n.h>

#define USER_AGENT "Milione/" PACKAGE_VERSION
#define MAX_ANSWER (4 * 1024 * 1024)
/* How long a request waits for a service that is only starting. */
#define WAIT_FOR_ADDRESS_MS 10000
#define MAX_ATTEMPTS 3
#define FIRST_PAUSE_MS 250

struct _MilClient
{
  GObject parent_instance;

  MilIdentity *identity;   /* (owned) */
  MilClock    *clock;      /* (owned) */
  MilRandom   *random;     /* (owned) */
  char        *language;   /* (owned) */
  char        *address;    /* (owned) (nullable) */
  char        *base_uri;   /* (owned) (nullable): without a slash at its end */
  MilHttp     *http;       /* (owned) (nullable) */
  MilHttp     *foreign;    /* (owned): for what does not lie at the service */
  DexPromise  *ready;      /* (owned): resolves when the address is known */
  DexFuture   *enrolled;   /* (owned) (nullable) */
  GError      *problem;    /* (owned) (nullable) */
  guint        timeout_ms; /* 0 for what MilHttp takes */
  gboolean     reachable;
};

G_DEFINE_FINAL_TYPE (MilClient, mil_client, G_TYPE_OBJECT)

typedef enum
{
  PROP_REACHABLE = 1,
  PROP_PROBLEM,
  N_PROPS,
} MilClientProperty;

static GParamSpec *props[N_PROPS];

static void
mil_client_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilClient *self = MIL_CLIENT (object);

  switch ((MilClientProperty) prop_id)
    {
    case PROP_REACHABLE:
      g_value_set_boolean (value, self->reachable);
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
mil_client_dispose (GObject *object)
{
  MilClient *self = MIL_CLIENT (object);

  dex_clear (&self->enrolled);
  dex_clear (&self->ready);
  g_clear_object (&self->http);
  g_clear_object (&self->foreign);
  g_clear_object (&self->identity);
  g_clear_object (&self->clock);
  g_clear_object (&self->random);
  G_OBJECT_CLASS (mil_client_parent_class)->dispose (object);
}

static void
mil_client_finalize (GObject *object)
{
  MilClient *self = MIL_CLIENT (object);

  g_clear_error (&self->problem);
  g_free (self->language);
  g_free (self->address);
  g_free (self->base_uri);
  G_OBJECT_CLASS (mil_client_parent_class)->finalize (object);
}

static void
mil_client_class_init (MilClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mil_client_get_property;
  object_class->dispose = mil_client_dispose;
  object_class->finalize = mil_client_finalize;
  props[PROP_REACHABLE] = g_param_spec_boolean ("reachable", NULL, NULL, FALSE, flags);
  props[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mil_client_init (MilClient *self)
{
  self->ready = dex_promise_new ();
}

/**
 * mil_client_new:
 * @identity: who asks
 * @clock: for signatures
 * @random: for nonces and idempotency keys
 * @language: BCP 47 language that answers are wanted in
 *
 * Returns: (transfer full): a client that waits for an address
 */
MilClient *
mil_client_new (MilIdentity *identity, MilClock *clock, MilRandom *random, const char *language)
{
  MilClient *self = NULL;

  g_return_val_if_fail (MIL_IS_IDENTITY (identity), NULL);
  g_return_val_if_fail (MIL_IS_CLOCK (clock) && MIL_IS_RANDOM (random), NULL);
  g_return_val_if_fail (language != NULL, NULL);

  self = g_object_new (MIL_TYPE_CLIENT, NULL);
  self->identity = g_object_ref (identity);
  self->clock = g_object_ref (clock);
  self->random = g_object_ref (random);
  self->language = g_strdup (language);
  self->foreign = mil_http_new (USER_AGENT);
  return self;
}

/**
 * mil_client_set_address:
 * @self: a client
 * @address: (nullable): "unix:/path", "http://host:port" or "https://host"; %NULL while there is none
 *
 * Says where the service is. Requests that were made before wait for this.
 */
void
mil_client_set_address (MilClient *self, const char *address)
{
  g_return_if_fail (MIL_IS_CLIENT (self));

  if (!g_set_str (&self->address, address))
    return;
  g_clear_object (&self->http);
  g_clear_pointer (&self->base_uri, g_free);
  if (address == NULL)
    {
      dex_clear (&self->ready);
      self->ready = dex_promise_new ();
      return;
    }
  if (g_str_has_prefix (address, "unix:"))
    {
      self->http = mil_http_new_unix (USER_AGENT, address + strlen ("unix:"));
      self->base_uri = g_strdup ("http://milione.localhost");
    }
  else
    {
      self->http = mil_http_new (USER_AGENT);
      self->base_uri = g_strdup (address);
      while (g_str_has_suffix (self->base_uri, "/"))
        self->base_uri[strlen (self->base_uri) - 1] = '\0';
    }
  if (dex_future_is_pending (DEX_FUTURE (self->ready)))
    dex_promise_resolve_boolean (self->ready, TRUE);
}

/**
 * mil_client_set_timeout:
 * @self: a client
 * @milliseconds: how long an answer may take, from the first byte sent to the last one read; 0 for 10 s
 *
 * After that time a request fails with %MIL_ERROR_TIMEOUT. Holds for what is asked from now on.
 */
void
mil_client_set_timeout (MilClient *self, guint milliseconds)
{
  g_return_if_fail (MIL_IS_CLIENT (self));

  self->timeout_ms = milliseconds;
}

/**
 * mil_client_get_address:
 * @self: a client
 *
 * Returns: (transfer none) (nullable): where the service is
 */
const char *
mil_client_get_address (MilClient *self)
{
  g_return_val_if_fail (MIL_IS_CLIENT (self), NULL);

  return self->address;
}

/**
 * mil_client_is_reachable:
 * @self: a client
 *
 * Returns: whether the last request was answered, with whatever
 */
gboolean
mil_client_is_reachable (MilClient *self)
{
  g_return_val_if_fail (MIL_IS_CLIENT (self), FALSE);

  return self->reachable;
}

/**
 * mil_client_get_problem:
 * @self: a client
 *
 * Returns: (transfer none) (nullable): why the service cannot be reached
 */
GError *
mil_client_get_problem (MilClient *self)
{
  g_return_val_if_fail (MIL_IS_CLIENT (self), NULL);

  return self->problem;
}

static void
set_reachable (MilClient *self, gboolean reachable, const GError *problem)
{
  if (self->reachable == reachable && problem == NULL && self->problem == NULL)
    return;
  g_clear_error (&self->problem);
  self->problem = problem != NULL ? g_error_copy (problem) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
  if (self->reachable == reachable)
    return;
  self->reachable = reachable;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REACHABLE]);
}

/**
 * mil_client_set_problem:
 * @self: a client
 * @problem: why the service cannot be reached
 *
 * For who knows before any request fails, such as that the embedded service could not be started.
 */
void
mil_client_set_problem (MilClient *self, const GError *problem)
{
  g_return_if_fail (MIL_IS_CLIENT (self));
  g_return_if_fail (problem != NULL);

  set_reachable (self, FALSE, problem);
}

/* --- one call ----------------------------------------------------------------------------------- */

typedef struct
{
  MilClient  *client; /* (owned) */
  const char *method;
  char       *path;
  GBytes     *body; /* (nullable) */
  char       *idempotency_key;
  char       *etag;
  MilAuth     auth;
  gboolean    is_stream;
  gboolean    is_foreign;
  gboolean    is_enrolment;
  gsize       max_size;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_object_unref (call->client);
  g_free (call->path);
  g_clear_pointer (&call->body, g_bytes_unref);
  g_free (call->idempotency_key);
  g_free (call->etag);
  g_free (call);
}

static Call *
call_new (MilClient *self, const char *method, const char *path, MilAuth auth)
{
  Call *call = g_new0 (Call, 1);

  call->client = g_object_ref (self);
  call->method = method;
  call->path = g_strdup (path);
  call->auth = auth;
  return call;
}

static gboolean
is_unreachable (const GError *error)
{
  return g_error_matches (error, MIL_ERROR, MIL_ERROR_NETWORK) || g_error_matches (error, MIL_ERROR, MIL_ERROR_TIMEOUT);
}

static void
note_result (Call *call, const GError *error)
{
  if (call->is_foreign || g_error_matches (error, MIL_ERROR, MIL_ERROR_CANCELLED))
    return;
  if (is_unreachable (error))
    set_reachable (call->client, FALSE, error);
  else
    set_reachable (call->client, TRUE, NULL);
}

static gboolean
wait_for_address (MilClient *self, GError **error)
{
  if (self->http != NULL)
    return TRUE;
  return mil_await (mil_with_timeout (dex_ref (DEX_FUTURE (self->ready)),
                                      WAIT_FOR_ADDRESS_MS,
                                      _ ("The service on this computer is not running yet. It is tried "
                                         "again by itself.")),
                    error);
}

static SoupMessageHeaders *
new_headers (Call *call)
{
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);

  soup_message_headers_append (headers, "Accept-Language", call->client->language);
  if (call->is_stream)
    soup_message_headers_append (headers, "Accept", "text/event-stream");
  if (call->etag != NULL)
    soup_message_headers_append (headers, "If-None-Match", call->etag);
  if (call->idempotency_key != NULL)
    soup_message_headers_append (headers, "Idempotency-Key", call->idempotency_key);
  if (call->body != NULL)
    soup_message_headers_append (headers, "Content-Type", "application/json");
  return headers;
}

/* What the other side sees as @authority: the host, with the port where it is not the scheme's own. */
static char *
authority_of (GUri *uri)
{
  gboolean         is_secure = g_str_equal (g_uri_get_scheme (uri), "https");
  int              port = g_uri_get_port (uri);
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);

  if (port < 0 || port == (is_secure ? 443 : 80))
    return g_steal_pointer (&host);
  return g_strdup_printf ("%s:%d", host, port);
}

/* RFC 9421, with the key of this device. */
static gboolean
sign (Call *call, MilKey *key, MilHttpRequest *request, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char    *authority = NULL;
  g_autofree char    *nonce = NULL;
  MilSignatureMessage message = { 0 };

  if (key == NULL)
    return TRUE;
  uri = g_uri_parse (request->uri, G_URI_FLAGS_ENCODED, error);
  if (uri == NULL)
    return FALSE;
  authority = authority_of (uri);
  nonce = mil_uuid_new (call->client->clock, call->client->random);
  message = (MilSignatureMessage) {
    .method = request->method,
    .authority = authority,
    .path = g_uri_get_path (uri),
    .query = g_uri_get_query (uri),
    .headers = request->headers,
    .body = request->body,
  };
  return mil_signature_sign (&message, key, mil_clock_now (call->client->clock), nonce, error);
}

static DexFuture *
send_once (Call *call, MilKey *key, GError **error)
{
  MilClient *self = call->client;
  g_autofree char *uri = call->is_foreign ? g_strdup (call->path) : g_strconcat (self->base_uri, call->path, NULL);
  SoupMessageHeaders *headers = new_headers (call);
  MilHttpRequest      request = {
         .method = call->method,
         .uri = uri,
         .body = call->body,
         .content_type = call->body != NULL ? "application/json" : NULL,
         .headers = headers,
         .max_size = call->max_size,
         .timeout_ms = self->timeout_ms,
         .not_modified_ok = call->etag != NULL,
  };
  MilHttp   *http = call->is_foreign ? self->foreign : self->http;
  DexFuture *sent = NULL;

  if (sign (call, key, &request, error))
    sent = call->is_stream ? mil_http_open (http, &request) : mil_http_send (http, &request);
  soup_message_headers_unref (headers);
  return sent;
}

/* What may be asked twice: reading, and what carries an idempotency key. */
static gboolean
may_repeat (Call *call, const GError *error, guint attempt)
{
  if (attempt + 1 >= MAX_ATTEMPTS || call->is_stream || call->is_foreign)
    return FALSE;
  if (!g_str_equal (call->method, "GET") && call->idempotency_key == NULL)
    return FALSE;
  return g_error_matches (error, MIL_ERROR, MIL_ERROR_NETWORK);
}

static gboolean
prepare_signing (Call *call, MilKey **key, GError **error)
{
  if (call->auth == MIL_AUTH_NONE)
    return TRUE;
  *key = mil_await_pointer (mil_identity_ensure (call->client->identity), error);
  if (*key == NULL)
    return FALSE;
  return call->is_enrolment || mil_await (mil_client_ensure_enrolled (call->client), error);
}

static DexFuture *
call_fiber (gpointer data)
{
  Call *call = data;
  g_autoptr (MilKey) key = NULL;
  g_autoptr (GError) error = NULL;

  if (!prepare_signing (call, &key, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  for (guint attempt = 0;; attempt++)
    {
      g_autoptr (DexFuture) sent = NULL;
      if (!call->is_foreign && !wait_for_address (call->client, &error))
        break;
      sent = send_once (call, key, &error);
      if (sent == NULL)
        break;
      if (mil_await (dex_ref (sent), &error))
        {
          note_result (call, NULL);
          return g_steal_pointer (&sent);
        }
      if (!may_repeat (call, error, attempt))
        break;
      g_clear_error (&error);
      mil_await (dex_timeout_new_msec (FIRST_PAUSE_MS << attempt), NULL);
    }
  note_result (call, error);
  return dex_future_new_for_error (g_steal_pointer (&error));
}

static DexFuture *
run_call (Call *call)
{
  return mil_spawn (call_fiber, call, call_free);
}

/* What a hotel's network answers to everything, until one has signed in on its page. */
static gboolean
is_page (GBytes *body)
{
  gsize       size = 0;
  const char *text = g_bytes_get_data (body, &size);

  while (size > 0 && g_ascii_isspace (*text))
    {
      text++;
      size--;
    }
  return size > 0 && *text == '<';
}

static DexFuture *
read_json (DexFuture *answered, gpointer data)
{
  MilHttpResponse *response = g_value_get_boxed (dex_future_get_value (answered, NULL));
  g_autoptr (GError) error = NULL;
  JsonNode *json = NULL;

  if (is_page (response->body))
    return mil_future_reject (MIL_ERROR_PROTOCOL, _ ("A web page came instead of an answer. Is there a page where this network asks you to sign in?"));
  json = mil_json_parse (response->body, MAX_ANSWER, &error);
  if (json == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_boxed (JSON_TYPE_NODE, json);
}

/**
 * mil_client_get:
 * @self: a client
 * @path: path and query, from "/"
 * @etag: (nullable): what is known already; an unchanged answer is then 304 with an empty body
 * @auth: whether to sign
 *
 * Returns: (transfer full): a future #MilHttpResponse
 */
DexFuture *
mil_client_get (MilClient *self, const char *path, const char *etag, MilAuth auth)
{
  Call *call = NULL;

  dex_return_error_if_fail (MIL_IS_CLIENT (self));
  dex_return_error_if_fail (path != NULL && path[0] == '/');

  call = call_new (self, "GET", path, auth);
  call->etag = g_strdup (etag);
  return run_call (call);
}

/**
 * mil_client_get_json:
 * @self: a client
 * @path: path and query, from "/"
 * @auth: whether to sign
 *
 * Returns: (transfer full): a future #JsonNode
 */
DexFuture *
mil_client_get_json (MilClient *self, const char *path, MilAuth auth)
{
  dex_return_error_if_fail (MIL_IS_CLIENT (self));

  return dex_future_then (mil_client_get (self, path, NULL, auth), read_json, NULL, NULL);
}

static DexFuture *
send_body (MilClient *self, const char *method, const char *path, JsonNode *body, const char *idempotency_key, MilAuth auth)
{
  Call *call = call_new (self, method, path, auth);

  call->body = mil_json_to_bytes (body);
  call->idempotency_key = idempotency_key != NULL ? g_strdup (idempotency_key)
                                                  : mil_uuid_new (self->clock, self->random);
  return dex_future_then (run_call (call), read_json, NULL, NULL);
}

/**
 * mil_client_post:
 * @self: a client
 * @path: path and query, from "/"
 * @body: JSON to send
 * @idempotency_key: (nullable): UUID under which this is done once, however often it is asked; %NULL for
 *   a new one
 * @auth: whether to sign
 *
 * Returns: (transfer full): a future #JsonNode
 */
DexFuture *
mil_client_post (MilClient *self, const char *path, JsonNode *body, const char *idempotency_key, MilAuth auth)
{
  dex_return_error_if_fail (MIL_IS_CLIENT (self));
  dex_return_error_if_fail (path != NULL && path[0] == '/');
  dex_return_error_if_fail (body != NULL);

  return send_body (self, "POST", path, body, idempotency_key, auth);
}

/**
 * mil_client_put:
 * @self: a client
 * @path: path and query, from "/"
 * @body: JSON to send
 * @idempotency_key: (nullable): as for mil_client_post()
 * @auth: whether to sign
 *
 * Returns: (transfer full): a future #JsonNode
 */
DexFuture *
mil_client_put (MilClient *self, const char *path, JsonNode *body, const char *idempotency_key, MilAuth auth)
{
  dex_return_error_if_fail (MIL_IS_CLIENT (self));
  dex_return_error_if_fail (path != NULL && path[0] == '/');
  dex_return_error_if_fail (body != NULL);

  return send_body (self, "PUT", path, body, idempotency_key, auth);
}

/**
 * mil_client_open_stream:
 * @self: a client
 * @path: path and query, from "/"
 *
 * Returns: (transfer full): a future #GInputStream of server-sent events, signed
 */
DexFuture *
mil_client_open_stream (MilClient *self, const char *path)
{
  Call *call = NULL;

  dex_return_error_if_fail (MIL_IS_CLIENT (self));
  dex_return_error_if_fail (path != NULL && path[0] == '/');

  call = call_new (self, "GET", path, MIL_AUTH_SIGNED);
  call->is_stream = TRUE;
  return run_call (call);
}

/**
 * mil_client_fetch:
 * @self: a client
 * @url: "/path" at the service, or an address elsewhere ("https://…"), which is asked without a signature
 * @etag: (nullable): what is known already
 * @max_size: most bytes that are taken
 *
 * Returns: (transfer full): a future #MilHttpResponse
 */
DexFuture *
mil_client_fetch (MilClient *self, const char *url, const char *etag, gsize max_size)
{
  Call *call = NULL;

  dex_return_error_if_fail (MIL_IS_CLIENT (self));
  dex_return_error_if_fail (url != NULL);

  call = call_new (self, "GET", url, MIL_AUTH_NONE);
  call->etag = g_strdup (etag);
  call->max_size = max_size;
  call->is_foreign = url[0] != '/';
  return run_call (call);
}

/* --- enrolment ---------------------------------------------------------------------------------- */

static JsonNode *
enrolment_body (MilKey *key)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "role", "traveller");
  json_object_set_member (object, "public_key", mil_key_to_jwk (key));
  json_object_set_string_member (object, "name", "Milione");
  json_node_set_object (node, object);
  return node;
}

static DexFuture *
enrol_fiber (gpointer data)
{
  MilClient *self = MIL_CLIENT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (MilKey) key = mil_await_pointer (mil_identity_ensure (self->identity), &error);
  g_autoptr (JsonNode) body = NULL;
  Call *call = NULL;

  if (key == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  body = enrolment_body (key);
  call = call_new (self, "POST", "/v1/principals", MIL_AUTH_SIGNED);
  call->body = mil_json_to_bytes (body);
  call->idempotency_key = mil_uuid_new (self->clock, self->random);
  call->is_enrolment = TRUE;
  return run_call (call);
}

/**
 * mil_client_ensure_enrolled:
 * @self: a client
 *
 * Makes the key of this device known to the service, once in the life of the client.
 *
 * Returns: (transfer full): a future that resolves when it is known there
 */
DexFuture *
mil_client_ensure_enrolled (MilClient *self)
{
  dex_return_error_if_fail (MIL_IS_CLIENT (self));

  if (self->enrolled == NULL || dex_future_is_rejected (self->enrolled))
    {
      dex_clear (&self->enrolled);
      self->enrolled = mil_spawn (enrol_fiber, g_object_ref (self), g_object_unref);
    }
  return dex_ref (self->enrolled);
}
