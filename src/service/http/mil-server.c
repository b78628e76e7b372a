/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-server.h"

#include <glib/gi18n.h>

#include "service/events/mil-event-stream.h"
#include "service/http/mil-auth.h"
#include "service/http/mil-log.h"
#include "service/http/mil-once.h"
#include "service/http/mil-routes.h"

/* A client that goes on sending after its request is far too large is cut off. */
#define CUT_OFF_BYTES (16 * MIL_SERVER_MAX_BODY)
#define MAX_KNOWN_KEYS 10000
#define IDLE_SECONDS 75

struct _MilServer
{
  GObject parent_instance;

  MilStorage       *storage;
  const MilContext *context;
  SoupServer       *soup;
  GHashTable       *known;
  GPtrArray        *streams;
  guint             n_exchanges;
  gboolean          is_stopped;
};

G_DEFINE_FINAL_TYPE (MilServer, mil_server, G_TYPE_OBJECT)

/* A body that is being received. */
typedef struct
{
  GByteArray *bytes;
  gsize       size;
} Upload;

/* A request that is being answered. */
typedef struct
{
  MilServer         *server;
  SoupServerMessage *message;
  MilCall           *call;
  gint64             started;
} Exchange;

static void
upload_free (gpointer data)
{
  Upload *upload = data;

  g_byte_array_unref (upload->bytes);
  g_free (upload);
}

static void
exchange_free (gpointer data)
{
  Exchange *self = data;

  self->server->n_exchanges--;
  g_object_unref (self->server);
  g_object_unref (self->message);
  mil_call_unref (self->call);
  g_free (self);
}

static gpointer
find_principal (MilTx *tx, gpointer key_id, GError **error)
{
  return mil_principal_find (tx, key_id, error);
}

/* Enrolled keys never change, so they may be remembered. */
static MilPrincipal *
look_up (MilServer *self, const char *key_id, GError **error)
{
  MilPrincipal *principal = g_hash_table_lookup (self->known, key_id);

  if (principal != NULL)
    return mil_principal_ref (principal);
  principal = mil_await_pointer (mil_storage_read (self->storage, find_principal, g_strdup (key_id), g_free, MIL_TYPE_PRINCIPAL),
                                 error);
  if (principal == NULL)
    return NULL;
  if (g_hash_table_size (self->known) >= MAX_KNOWN_KEYS)
    g_hash_table_remove_all (self->known);
  g_hash_table_insert (self->known, g_strdup (key_id), mil_principal_ref (principal));
  return principal;
}

/* Sets call->principal and call->key. */
static gboolean
identify (MilServer *self, MilCall *call, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (MilSignature) signature = mil_signature_parse (call->headers, error);

  if (signature == NULL)
    return FALSE;
  call->principal = look_up (self, signature->key_id, &problem);
  if (call->principal != NULL)
    call->key = mil_key_ref (call->principal->key);
  else if (call->route->kind == MIL_ROUTE_ENROL && g_error_matches (problem, MIL_ERROR, MIL_ERROR_UNAUTHENTICATED))
    call->key = mil_auth_own_key (call, signature, error);
  else
    g_propagate_error (error, g_steal_pointer (&problem));
  return call->key != NULL && mil_auth_verify (call, signature, call->key, error);
}

static gboolean
authorise (MilServer *self, MilCall *call, GError **error)
{
  if (call->route->roles == 0)
    return TRUE;
  if (!identify (self, call, error))
    return FALSE;
  if (call->principal != NULL && (call->route->roles & call->principal->role) == 0)
    {
      mil_error_set (error,
                     MIL_ERROR_FORBIDDEN,
                     _ ("A principal with the role “%s” may not do this."),
                     mil_role_name (call->principal->role));
      return FALSE;
    }
  if (call->route->kind == MIL_ROUTE_READ || call->route->kind == MIL_ROUTE_EVENTS)
    return TRUE;
  if (call->idempotency_key == NULL || !mil_uuid_is_valid (call->idempotency_key))
    {
      mil_error_set (error, MIL_ERROR_INVALID, _ ("The request needs a header Idempotency-Key with a UUID."));
      return FALSE;
    }
  return TRUE;
}

static gpointer
run_read (MilTx *tx, gpointer data, GError **error)
{
  MilCall *call = data;

  return call->route->function (tx, call, error);
}

static void
prepare (MilServer *self, MilCall *call)
{
  g_autoptr (GError) ignored = NULL;

  if (!mil_await (mil_storage_read (self->storage, call->route->prepare, mil_call_ref (call), (GDestroyNotify) mil_call_unref, G_TYPE_BOOLEAN),
                  &ignored))
    g_debug ("%s could not be prepared: %s", call->route->pattern, ignored->message);
}

static MilReply *
answer (MilServer *self, MilCall *call, GError **error)
{
  gboolean writes = call->route->kind == MIL_ROUTE_ONCE || call->route->kind == MIL_ROUTE_ENROL;

  if (call->route->prepare != NULL)
    prepare (self, call);
  if (writes)
    return mil_await_pointer (mil_storage_run (self->storage, mil_once_run, mil_call_ref (call), (GDestroyNotify) mil_call_unref, MIL_TYPE_REPLY),
                              error);
  return mil_await_pointer (mil_storage_read (self->storage, run_read, mil_call_ref (call), (GDestroyNotify) mil_call_unref, MIL_TYPE_REPLY),
                            error);
}

static void
fill (SoupServerMessage *message, MilReply *reply)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, reply->status, NULL);
  soup_message_headers_replace (headers, "Cache-Control", reply->cache_control != NULL ? reply->cache_control : "no-store");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  if (reply->etag != NULL)
    soup_message_headers_replace (headers, "ETag", reply->etag);
  if (reply->replayed)
    soup_message_headers_replace (headers, "Idempotent-Replayed", "true");
  if (reply->status == SOUP_STATUS_UNAUTHORIZED)
    soup_message_headers_replace (headers, "WWW-Authenticate", "Signature");
  if (reply->status == SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE)
    soup_message_headers_replace (headers, "Connection", "close");
  if (reply->body != NULL)
    {
      soup_message_headers_set_content_type (headers, reply->content_type, NULL);
      soup_message_body_append_bytes (soup_server_message_get_response_body (message), reply->body);
    }
}

static void
send_reply (Exchange *exchange, MilReply *reply)
{
  fill (exchange->message, reply);
  mil_log_request (exchange->call, reply, g_get_monotonic_time () - exchange->started);
  soup_server_message_unpause (exchange->message);
}

static MilReply *
too_large (void)
{
  g_autoptr (GError) error = mil_error_new (MIL_ERROR_TOO_LARGE, "%s", _ ("The request is larger than 1 MiB."));

  return mil_reply_problem (error);
}

static void
on_stream_ended (MilEventStream *stream, MilServer *self)
{
  g_ptr_array_remove (self->streams, stream);
}

/* `Last-Event-ID` is what EventSource clients send when they come back. */
static gboolean
open_stream (Exchange *exchange, GError **error)
{
  MilServer *self = exchange->server;
  g_autoptr (MilEventStream) stream = NULL;
  const char *last = mil_call_header (exchange->call, "Last-Event-ID");
  gint64      since;

  if (!mil_call_query_int (exchange->call, "since", 0, G_MAXINT64, 0, &since, error))
    return FALSE;
  if (last != NULL)
    {
      gint64 seen = 0;

      if (g_ascii_string_to_signed (last, 10, 0, G_MAXINT64, &seen, NULL))
        since = MAX (since, seen);
    }
  stream = mil_event_stream_new (self->storage, exchange->message, mil_call_owner (exchange->call), since);
  g_signal_connect_object (stream, "ended", G_CALLBACK (on_stream_ended), self, 0);
  g_ptr_array_add (self->streams, g_object_ref (stream));
  mil_event_stream_start (stream);
  return TRUE;
}

static gboolean
wants_stream (MilCall *call)
{
  const char *accept = mil_call_header (call, "Accept");

  return call->route->kind == MIL_ROUTE_EVENTS && accept != NULL && strstr (accept, "text/event-stream") != NULL;
}

static gboolean
read_json (MilCall *call, GError **error)
{
  if (g_bytes_get_size (call->body) == 0)
    return TRUE;
  call->json = mil_json_parse (call->body, MIL_SERVER_MAX_BODY, error);
  return call->json != NULL;
}

/* Readers of JSON say that the other side broke the protocol: here that is a client with a bad request. */
static MilReply *
refuse (GError *error)
{
  if (g_error_matches (error, MIL_ERROR, MIL_ERROR_PROTOCOL))
    error->code = MIL_ERROR_INVALID;
  return mil_reply_problem (error);
}

static DexFuture *
serve (gpointer data)
{
  Exchange *exchange = data;
  MilCall  *call = exchange->call;
  g_autoptr (GError) error = NULL;
  g_autoptr (MilReply) reply = NULL;

  call->route = mil_routes_find (call, &error);
  if (call->route != NULL && read_json (call, &error) && authorise (exchange->server, call, &error))
    {
      if (wants_stream (call) && open_stream (exchange, &error))
        return dex_future_new_for_boolean (TRUE);
      if (error == NULL)
        reply = answer (exchange->server, call, &error);
    }
  if (reply == NULL)
    reply = refuse (error);
  send_reply (exchange, reply);
  return dex_future_new_for_boolean (TRUE);
}

static void
on_got_chunk (SoupServerMessage *message, GBytes *chunk, Upload *upload)
{
  gsize size = g_bytes_get_size (chunk);

  upload->size += size;
  if (upload->size <= MIL_SERVER_MAX_BODY)
    g_byte_array_append (upload->bytes, g_bytes_get_data (chunk, NULL), (guint) size);
  else if (upload->size > CUT_OFF_BYTES)
    g_socket_shutdown (soup_server_message_get_socket (message), TRUE, TRUE, NULL);
}

/* Headers are there: from here on the body is counted as it comes. One that says itself that it is too
 * large is answered at once, so that nobody who asks first (`Expect: 100-continue`) sends it. */
static void
on_headers (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  MilServer          *self = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  Upload             *upload = g_new0 (Upload, 1);

  upload->bytes = g_byte_array_new ();
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_object_set_data_full (G_OBJECT (message), "mil-upload", upload, upload_free);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), upload);
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
      && soup_message_headers_get_content_length (headers) > MIL_SERVER_MAX_BODY)
    {
      g_autoptr (MilCall) call = mil_call_new (self->context, message);
      g_autoptr (MilReply) reply = too_large ();

      fill (message, reply);
      mil_log_request (call, reply, 0);
    }
}

static void
on_request (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  MilServer *self = data;
  Upload    *upload = g_object_get_data (G_OBJECT (message), "mil-upload");
  Exchange  *exchange = g_new0 (Exchange, 1);

  self->n_exchanges++;
  exchange->server = g_object_ref (self);
  exchange->message = g_object_ref (message);
  exchange->call = mil_call_new (self->context, message);
  exchange->started = g_get_monotonic_time ();
  exchange->call->body = g_bytes_new (upload->bytes->data, upload->bytes->len);
  soup_server_message_pause (message);
  if (upload->size > MIL_SERVER_MAX_BODY)
    {
      g_autoptr (MilReply) reply = too_large ();

      send_reply (exchange, reply);
      exchange_free (exchange);
      return;
    }
  mil_disown (mil_spawn (serve, exchange, exchange_free), "answering a request");
}

/* A connection on which nothing moves is given up by the socket's own timeout. */
static void
on_request_started (SoupServer *soup, SoupServerMessage *message, gpointer data)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket != NULL)
    g_socket_set_timeout (socket, IDLE_SECONDS);
}

static void
on_committed (MilStorage *storage, const char *const *owners, MilServer *self)
{
  for (guint i = 0; i < self->streams->len; i++)
    mil_event_stream_wake (self->streams->pdata[i], owners);
}

static void
mil_server_finalize (GObject *object)
{
  MilServer *self = MIL_SERVER (object);

  g_clear_object (&self->soup);
  g_clear_object (&self->storage);
  g_hash_table_unref (self->known);
  g_ptr_array_unref (self->streams);

  G_OBJECT_CLASS (mil_server_parent_class)->finalize (object);
}

static void
mil_server_class_init (MilServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mil_server_finalize;
}

static void
mil_server_init (MilServer *self)
{
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) mil_principal_unref);
  self->streams = g_ptr_array_new_with_free_func (g_object_unref);
  self->soup = soup_server_new ("server-header", "milione-service", NULL);
  soup_server_add_early_handler (self->soup, NULL, on_headers, self, NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (on_request_started), self);
}

/**
 * mil_server_new:
 * @storage: an open storage
 * @context: what endpoints need; must outlive the server
 *
 * Returns: (transfer full): a server that does not listen yet
 */
MilServer *
mil_server_new (MilStorage *storage, const MilContext *context)
{
  MilServer *self;

  g_return_val_if_fail (MIL_IS_STORAGE (storage), NULL);
  g_return_val_if_fail (context != NULL, NULL);

  self = g_object_new (MIL_TYPE_SERVER, NULL);
  self->storage = g_object_ref (storage);
  self->context = context;
  g_signal_connect_object (storage, "committed", G_CALLBACK (on_committed), self, 0);
  return self;
}

/**
 * mil_server_listen_socket:
 * @self: a server
 * @socket: a listening socket
 * @error: return location
 *
 * Returns: %FALSE with @error set when it cannot be listened on
 */
gboolean
mil_server_listen_socket (MilServer *self, GSocket *socket, GError **error)
{
  g_return_val_if_fail (MIL_IS_SERVER (self), FALSE);

  return soup_server_listen_socket (self->soup, socket, 0, error);
}

/**
 * mil_server_listen_tcp:
 * @self: a server
 * @address: address and port
 * @certificate: (nullable): certificate and key; %NULL serves without TLS
 * @error: return location
 *
 * Returns: %FALSE with @error set when it cannot be listened on
 */
gboolean
mil_server_listen_tcp (MilServer *self, GSocketAddress *address, GTlsCertificate *certificate, GError **error)
{
  g_return_val_if_fail (MIL_IS_SERVER (self), FALSE);

  if (certificate != NULL)
    soup_server_set_tls_certificate (self->soup, certificate);
  return soup_server_listen (self->soup, address, certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0, error);
}

/**
 * mil_server_get_address:
 * @self: a server that listens on TCP
 *
 * Returns: (transfer full): its address, `http://127.0.0.1:8443/`
 */
char *
mil_server_get_address (MilServer *self)
{
  GSList *uris;
  char   *address;

  g_return_val_if_fail (MIL_IS_SERVER (self), NULL);

  uris = soup_server_get_uris (self->soup);
  g_return_val_if_fail (uris != NULL, NULL);
  address = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return address;
}

/**
 * mil_server_stop:
 * @self: a server
 *
 * Ends the event streams. Requests under way are answered if the main loop goes on running, see
 * mil_server_is_idle().
 */
void
mil_server_stop (MilServer *self)
{
  g_autoptr (GPtrArray) streams = NULL;

  g_return_if_fail (MIL_IS_SERVER (self));

  if (self->is_stopped)
    return;
  self->is_stopped = TRUE;
  streams = g_ptr_array_copy (self->streams, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
  for (guint i = 0; i < streams->len; i++)
    mil_event_stream_end (streams->pdata[i]);
}

/**
 * mil_server_is_idle:
 * @self: a server
 *
 * Returns: whether no request is being answered
 */
gboolean
mil_server_is_idle (MilServer *self)
{
  g_return_val_if_fail (MIL_IS_SERVER (self), TRUE);

  return self->n_exchanges == 0;
}

/**
 * mil_server_disconnect:
 * @self: a server
 *
 * Closes all sockets, at once.
 */
void
mil_server_disconnect (MilServer *self)
{
  g_return_if_fail (MIL_IS_SERVER (self));

  soup_server_disconnect (self->soup);
}
