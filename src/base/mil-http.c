/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-http.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n.h>
#include <string.h>

#include "base/mil-json.h"

#define DEFAULT_MAX_SIZE (4 * 1024 * 1024)
#define DEFAULT_TIMEOUT_MS 10000
#define MAX_PROBLEM_SIZE (64 * 1024)
#define CHUNK_SIZE (64 * 1024)

struct _MilHttp
{
  GObject      parent_instance;
  SoupSession *session;
};

G_DEFINE_FINAL_TYPE (MilHttp, mil_http, G_TYPE_OBJECT)
G_DEFINE_BOXED_TYPE (MilHttpResponse, mil_http_response, mil_http_response_copy, mil_http_response_free)

/**
 * mil_http_response_copy:
 * @self: an answer
 *
 * Returns: (transfer full): the same answer; body and headers are shared
 */
MilHttpResponse *
mil_http_response_copy (const MilHttpResponse *self)
{
  MilHttpResponse *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (MilHttpResponse, 1);
  copy->status = self->status;
  copy->headers = soup_message_headers_ref (self->headers);
  copy->body = g_bytes_ref (self->body);
  return copy;
}

/**
 * mil_http_response_free:
 * @self: (nullable) (transfer full): an answer
 */
void
mil_http_response_free (MilHttpResponse *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

static void
mil_http_dispose (GObject *object)
{
  MilHttp *self = MIL_HTTP (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (mil_http_parent_class)->dispose (object);
}

static void
mil_http_class_init (MilHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mil_http_dispose;
}

static void
mil_http_init (MilHttp *self)
{
}

static MilHttp *
new_with (const char *user_agent, GSocketConnectable *remote)
{
  MilHttp *self = g_object_new (MIL_TYPE_HTTP, NULL);

  /* The timeout is ours, over a whole exchange; libsoup's own would also end a quiet event stream. */
  self->session = soup_session_new_with_options (
      "user-agent", user_agent, "timeout", 0, "idle-timeout", 30, "max-conns", 32, "max-conns-per-host", 8, "remote-connectable", remote, NULL);
  return self;
}

/**
 * mil_http_new:
 * @user_agent: product and version, for example `Milione/0.1`
 *
 * Returns: (transfer full): a client; to be used in the thread that made it
 */
MilHttp *
mil_http_new (const char *user_agent)
{
  g_return_val_if_fail (user_agent != NULL, NULL);

  return new_with (user_agent, NULL);
}

/**
 * mil_http_new_unix:
 * @user_agent: product and version
 * @socket_path: path of a Unix socket, at most 107 bytes
 *
 * Returns: (transfer full): a client that reaches every address through that socket
 */
MilHttp *
mil_http_new_unix (const char *user_agent, const char *socket_path)
{
  g_autoptr (GSocketAddress) address = NULL;
  MilHttp *self;

  g_return_val_if_fail (user_agent != NULL && socket_path != NULL, NULL);

  address = g_unix_socket_address_new (socket_path);
  self = new_with (user_agent, G_SOCKET_CONNECTABLE (address));
  soup_session_set_proxy_resolver (self->session, NULL);
  return self;
}

/* --- what a status means --- */

static MilErrorCode
code_of_status (guint status)
{
  switch (status)
    {
    case SOUP_STATUS_BAD_REQUEST:
    case SOUP_STATUS_UNPROCESSABLE_ENTITY:
      return MIL_ERROR_INVALID;
    case SOUP_STATUS_UNAUTHORIZED:
      return MIL_ERROR_UNAUTHENTICATED;
    case SOUP_STATUS_PAYMENT_REQUIRED:
      return MIL_ERROR_INSUFFICIENT_FUNDS;
    case SOUP_STATUS_FORBIDDEN:
      return MIL_ERROR_FORBIDDEN;
    case SOUP_STATUS_NOT_FOUND:
    case SOUP_STATUS_GONE:
      return MIL_ERROR_NOT_FOUND;
    case SOUP_STATUS_METHOD_NOT_ALLOWED:
    case SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE:
    case SOUP_STATUS_NOT_IMPLEMENTED:
      return MIL_ERROR_UNSUPPORTED;
    case SOUP_STATUS_REQUEST_TIMEOUT:
    case SOUP_STATUS_GATEWAY_TIMEOUT:
      return MIL_ERROR_TIMEOUT;
    case SOUP_STATUS_CONFLICT:
    case SOUP_STATUS_PRECONDITION_FAILED:
      return MIL_ERROR_CONFLICT;
    case SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE:
      return MIL_ERROR_TOO_LARGE;
    case SOUP_STATUS_INSUFFICIENT_STORAGE:
      return MIL_ERROR_NO_SPACE;
    case 429:
      return MIL_ERROR_SERVER;
    default:
      return status >= 500 ? MIL_ERROR_SERVER : MIL_ERROR_PROTOCOL;
    }
}

/* Every %u below is an HTTP status such as 404; it helps whoever is asked for help. */
static const char *
sentence_of_code (MilErrorCode code)
{
  switch (code)
    {
    case MIL_ERROR_INVALID:
      return _ ("The other side found the request not valid (status %u).");
    case MIL_ERROR_UNAUTHENTICATED:
      return _ (
          "The other side does not know who is asking (status %u). Check the date and time of this device.");
    case MIL_ERROR_INSUFFICIENT_FUNDS:
      return _ ("The wallet holds less than is asked for (status %u).");
    case MIL_ERROR_FORBIDDEN:
      return _ ("The other side does not permit this (status %u).");
    case MIL_ERROR_NOT_FOUND:
      return _ ("The other side has no such thing (status %u).");
    case MIL_ERROR_UNSUPPORTED:
      return _ ("The other side does not offer this (status %u).");
    case MIL_ERROR_TIMEOUT:
      return _ ("The other side did not answer in time (status %u). Try again in a moment.");
    case MIL_ERROR_CONFLICT:
      return _ ("This has changed in the meantime (status %u). Look at it again and retry.");
    case MIL_ERROR_TOO_LARGE:
      return _ ("What was sent is bigger than the other side accepts (status %u).");
    case MIL_ERROR_NO_SPACE:
      return _ ("The other side's disk is full (status %u). Try again later.");
    case MIL_ERROR_SERVER:
      return _ ("The other side has a problem of its own (status %u). Try again in a moment.");
    default:
      return _ ("The other side's answer could not be understood (status %u).");
    }
}

static gboolean
is_json (SoupMessageHeaders *headers)
{
  const char *type = headers != NULL ? soup_message_headers_get_content_type (headers, NULL) : NULL;

  return type != NULL && (g_str_equal (type, "application/json") || g_str_has_suffix (type, "+json"));
}

/* One line of plain text: what a program elsewhere wrote must not draw on the page. */
static char *
tidy (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      g_string_append_unichar (out, g_unichar_isprint (character) ? character : ' ');
    }
  g_strstrip (out->str);
  out->len = strlen (out->str);
  return g_string_free_and_steal (out);
}

/* RFC 9457 says it in `detail` or `title`, UCP in the first of its `messages`. */
static char *
read_detail (JsonNode *root)
{
  static const char *const members[] = { "detail", "title" };
  g_autoptr (MilJson) messages = NULL;
  const char *text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (members) && text == NULL; i++)
    {
      g_autoptr (MilJson) json = mil_json_new (root);

      text = mil_json_string_optional (json, members[i], 1000);
    }
  if (text == NULL)
    {
      messages = mil_json_new (root);
      if (mil_json_enter_array_optional (messages, "messages", 100) > 0 && mil_json_enter_item (messages, 0))
        text = mil_json_string_optional (messages, "content", 1000);
    }
  return text != NULL ? tidy (text) : NULL;
}

/**
 * mil_http_problem:
 * @status: HTTP status
 * @headers: (nullable): headers of the answer
 * @body: (nullable): its body
 *
 * What an answer that is no success says. Problem details (RFC 9457) with a `code` that is a
 * mil_error_code_name() keep that code and their `detail`. HTML and what is no valid JSON never gets
 * into the message.
 *
 * Returns: (transfer full): a %MIL_ERROR
 */
GError *
mil_http_problem (guint status, SoupMessageHeaders *headers, GBytes *body)
{
  MilErrorCode code = code_of_status (status);
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *detail = NULL;

  if (body != NULL && is_json (headers))
    root = mil_json_parse (body, MAX_PROBLEM_SIZE, NULL);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    {
      g_autoptr (MilJson) json = mil_json_new (root);

      mil_error_code_parse (mil_json_string_optional (json, "code", 40), &code);
      detail = read_detail (root);
    }
  if (detail != NULL && *detail != '\0')
    return mil_error_new (code, "%s", detail);
  return mil_error_new (code, sentence_of_code (code), status);
}

/* --- one exchange --- */

typedef struct
{
  SoupSession *session;
  SoupMessage *message;
  gsize        max_size;
  gboolean     not_modified_ok;
  gboolean     secure;
} Exchange;

static void
exchange_free (Exchange *exchange)
{
  g_object_unref (exchange->session);
  g_object_unref (exchange->message);
  g_free (exchange);
}

static void
append_header (const char *name, const char *value, gpointer headers)
{
  soup_message_headers_append (headers, name, value);
}

static Exchange *
exchange_new (MilHttp *self, const MilHttpRequest *request)
{
  g_autoptr (SoupMessage) message = soup_message_new (request->method, request->uri);
  SoupMessageHeaders *headers;
  Exchange           *exchange;
  const char         *scheme;

  if (message == NULL)
    return NULL;
  scheme = g_uri_get_scheme (soup_message_get_uri (message));
  if (!g_str_equal (scheme, "https") && !g_str_equal (scheme, "http"))
    return NULL;
  headers = soup_message_get_request_headers (message);
  if (request->headers != NULL)
    soup_message_headers_foreach (request->headers, append_header, headers);
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, request->content_type, request->body);
  /* A signature holds for one address only, and a change must not be sent twice. */
  if (!g_str_equal (request->method, "GET") || soup_message_headers_get_one (headers, "Signature") != NULL)
    soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  exchange = g_new0 (Exchange, 1);
  exchange->session = g_object_ref (self->session);
  exchange->secure = g_str_equal (scheme, "https");
  exchange->message = g_steal_pointer (&message);
  exchange->max_size = request->max_size != 0 ? request->max_size : DEFAULT_MAX_SIZE;
  exchange->not_modified_ok = request->not_modified_ok;
  return exchange;
}

/* libsoup 3.6.5 finishes a message twice, and then uses it after it was freed, when the message is cancelled
 * or restarted after its outcome is known and before it is told. libsoup works through its queue and flows
 * run at G_PRIORITY_DEFAULT: outcomes are told before, and messages are cancelled after, never in the same
 * turn of the main loop. */
#define IO_PRIORITY (G_PRIORITY_DEFAULT - 1)
#define CANCEL_PRIORITY (G_PRIORITY_DEFAULT + 1)

typedef struct
{
  DexPromise   *promise;     /* (owned) */
  GCancellable *cancellable; /* (owned): libsoup's */
  GMainContext *context;     /* (owned) */
  GSource      *giving_up;   /* (owned) (nullable) */
  gulong        on_dropped;
} Sending;

static void
sending_free (Sending *sending)
{
  g_cancellable_disconnect (dex_promise_get_cancellable (sending->promise), sending->on_dropped);
  if (sending->giving_up != NULL)
    g_source_destroy (sending->giving_up);
  g_clear_pointer (&sending->giving_up, g_source_unref);
  g_object_unref (sending->cancellable);
  g_main_context_unref (sending->context);
  dex_unref (sending->promise);
  g_free (sending);
}

static gboolean
on_giving_up_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_dropped_cb (GCancellable *cancellable, gpointer data)
{
  Sending *sending = data;

  if (sending->giving_up != NULL)
    return;
  sending->giving_up = g_idle_source_new ();
  g_source_set_priority (sending->giving_up, CANCEL_PRIORITY);
  g_source_set_callback (sending->giving_up, on_giving_up_cb, g_object_ref (sending->cancellable), g_object_unref);
  g_source_attach (sending->giving_up, sending->context);
}

static void
on_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Sending      *sending = data;
  GError       *error = NULL;
  GInputStream *stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (stream != NULL)
    dex_promise_resolve_object (sending->promise, stream);
  else
    dex_promise_reject (sending->promise, error);
  sending_free (sending);
}

static DexFuture *
send_message (Exchange *exchange)
{
  DexPromise *promise = dex_promise_new_cancellable ();
  Sending    *sending = g_new0 (Sending, 1);

  sending->promise = dex_ref (promise);
  sending->cancellable = g_cancellable_new ();
  sending->context = g_main_context_ref_thread_default ();
  sending->on_dropped = g_cancellable_connect (dex_promise_get_cancellable (promise), G_CALLBACK (on_dropped_cb), sending, NULL);
  soup_session_send_async (exchange->session, exchange->message, IO_PRIORITY, sending->cancellable, on_sent_cb, sending);
  return DEX_FUTURE (promise);
}

static gboolean
too_large (GError **error)
{
  mil_error_set (error, MIL_ERROR_TOO_LARGE, "%s", _ ("The other side's answer is bigger than is accepted."));
  return FALSE;
}

static GBytes *
read_body (GInputStream *stream, SoupMessageHeaders *headers, gsize max_size, GError **error)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
      && soup_message_headers_get_content_length (headers) > (goffset) max_size && !too_large (error))
    return NULL;
  for (;;)
    {
      g_autoptr (GBytes) chunk = mil_await_pointer (dex_input_stream_read_bytes (stream, CHUNK_SIZE, G_PRIORITY_DEFAULT), error);

      if (chunk == NULL)
        return NULL;
      if (g_bytes_get_size (chunk) == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&body));
      if (body->len + g_bytes_get_size (chunk) > max_size && !too_large (error))
        return NULL;
      g_byte_array_append (body, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk));
    }
}

static GError *
check_status (Exchange *exchange, GInputStream *stream)
{
  SoupMessage        *message = exchange->message;
  guint               status = soup_message_get_status (message);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  g_autoptr (GBytes) body = NULL;

  if (exchange->secure && !g_str_equal (g_uri_get_scheme (soup_message_get_uri (message)), "https"))
    return mil_error_new (MIL_ERROR_PROTOCOL, "%s", _ ("The other side points from a secure to an insecure address."));
  if (SOUP_STATUS_IS_SUCCESSFUL (status) || (exchange->not_modified_ok && status == SOUP_STATUS_NOT_MODIFIED))
    return NULL;
  if (is_json (headers))
    body = read_body (stream, headers, MAX_PROBLEM_SIZE, NULL);
  return mil_http_problem (status, headers, body);
}

/* Whatever GIO says while it connects: a Unix socket that nobody has made is "not found". */
static GError *
describe_connecting (const GError *inner)
{
  g_autoptr (GError) error = mil_error_from (inner);

  if (error->code == MIL_ERROR_NOT_FOUND || error->code == MIL_ERROR_FORBIDDEN || error->code == MIL_ERROR_FAILED)
    return mil_error_new (MIL_ERROR_NETWORK, "%s", _ ("The other side could not be reached. Check the network and try again."));
  return g_steal_pointer (&error);
}

/* Sends and takes the answer as far as its headers. */
static GInputStream *
begin (Exchange *exchange, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (GInputStream) stream = mil_await_pointer (send_message (exchange), &inner);

  if (stream == NULL)
    {
      g_propagate_error (error, describe_connecting (inner));
      return NULL;
    }
  inner = check_status (exchange, stream);
  if (inner == NULL)
    return g_steal_pointer (&stream);
  g_propagate_error (error, g_steal_pointer (&inner));
  return NULL;
}

static DexFuture *
send_flow (gpointer data)
{
  Exchange *exchange = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = begin (exchange, &error);
  g_autoptr (MilHttpResponse) response = NULL;

  if (stream == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  response = g_new0 (MilHttpResponse, 1);
  response->status = soup_message_get_status (exchange->message);
  response->headers = soup_message_headers_ref (soup_message_get_response_headers (exchange->message));
  response->body = read_body (stream, response->headers, exchange->max_size, &error);
  if (response->body == NULL)
    return dex_future_new_for_error (mil_error_from (error));
  return dex_future_new_take_boxed (MIL_TYPE_HTTP_RESPONSE, g_steal_pointer (&response));
}

static DexFuture *
open_flow (gpointer data)
{
  GError       *error = NULL;
  GInputStream *stream = begin (data, &error);

  return stream != NULL ? dex_future_new_take_object (stream) : dex_future_new_for_error (error);
}

static DexFuture *
run_exchange (MilHttp *self, const MilHttpRequest *request, DexFiberFunc flow)
{
  Exchange *exchange = exchange_new (self, request);

  if (exchange == NULL)
    return mil_future_reject (MIL_ERROR_INVALID, _ ("“%.200s” is not an address on the web."), request->uri);
  return mil_with_timeout (mil_spawn (flow, exchange, (GDestroyNotify) exchange_free),
                           request->timeout_ms != 0 ? request->timeout_ms : DEFAULT_TIMEOUT_MS,
                           _ ("The other side did not answer in time. Try again in a moment."));
}

/**
 * mil_http_send:
 * @self: a client
 * @request: what to send; copied
 *
 * Sends a request and reads the whole answer. Statuses other than 2xx (and 304 where the request says
 * so) fail as mil_http_problem() reads them. Redirects are followed only for unsigned GETs and never to
 * an insecure address. Dropping the future cancels the request.
 *
 * Returns: (transfer full): a future of a #MilHttpResponse; fails with a %MIL_ERROR
 */
DexFuture *
mil_http_send (MilHttp *self, const MilHttpRequest *request)
{
  dex_return_error_if_fail (MIL_IS_HTTP (self));
  dex_return_error_if_fail (request != NULL && request->method != NULL && request->uri != NULL);

  return run_exchange (self, request, send_flow);
}

/**
 * mil_http_open:
 * @self: a client
 * @request: what to send; copied. Its timeout holds until the headers have come
 *
 * For event streams: like mil_http_send(), but leaves the body to be read, without limits of size and time.
 *
 * Returns: (transfer full): a future of a #GInputStream; fails with a %MIL_ERROR
 */
DexFuture *
mil_http_open (MilHttp *self, const MilHttpRequest *request)
{
  dex_return_error_if_fail (MIL_IS_HTTP (self));
  dex_return_error_if_fail (request != NULL && request->method != NULL && request->uri != NULL);

  return run_exchange (self, request, open_flow);
}
