/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/mil-http.h"
#include "base/mil-json.h"

/* For what is answered: no claim about how soon. */
#define PATIENCE_MS 60000

typedef struct
{
  SoupServer *server;
  MilHttp    *http;
  char       *base;
  char       *folder;
} Fixture;

static void
respond (SoupServerMessage *message, guint status, const char *type, const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, body, strlen (body));
}

static void
respond_stream (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_set_content_type (headers, "text/event-stream", NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC, "id: 1\n\n", 7);
}

static void
respond_big (SoupServerMessage *message, gboolean chunked)
{
  g_autofree char *body = g_strnfill (100000, 'x');

  respond (message, 200, "text/plain", body);
  if (!chunked)
    return;
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_CHUNKED);
  soup_message_body_complete (soup_server_message_get_response_body (message));
}

static void
handle (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody    *sent = soup_server_message_get_request_body (message);

  if (g_str_equal (path, "/echo"))
    {
      respond (message, 201, "application/json", sent->length > 0 ? sent->data : "{}");
      soup_message_headers_append (headers, "ETag", "\"v1\"");
    }
  else if (g_str_equal (path, "/slow"))
    soup_server_message_pause (message);
  else if (g_str_equal (path, "/html"))
    respond (message, 500, "text/html", "<html><h1>Internal <script>error</script></h1></html>");
  else if (g_str_equal (path, "/problem"))
    respond (message, 402, "application/problem+json", "{\"title\":\"No\",\"detail\":\"Only €3 are left.\\u001b[1m\",\"code\":\"insufficient-funds\",\"status\":402}");
  else if (g_str_equal (path, "/cut-problem"))
    respond (message, 409, "application/problem+json", "{\"detail\":\"Only");
  else if (g_str_equal (path, "/ucp"))
    respond (message, 422, "application/json", "{\"messages\":[{\"type\":\"error\",\"content\":\"Sold out.\"}]}");
  else if (g_str_equal (path, "/cut-json"))
    respond (message, 200, "application/json", "{\"a\":[1,");
  else if (g_str_equal (path, "/big"))
    respond_big (message, FALSE);
  else if (g_str_equal (path, "/big-chunked"))
    respond_big (message, TRUE);
  else if (g_str_equal (path, "/unchanged"))
    soup_server_message_set_status (message, 304, NULL);
  else if (g_str_equal (path, "/moved"))
    soup_server_message_set_redirect (message, 302, "/echo");
  else if (g_str_equal (path, "/events"))
    respond_stream (message);
  else
    respond (message, 404, "text/plain", "nothing here");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  gboolean unix_socket = data != NULL;
  GError  *error = NULL;

  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, handle, fixture, NULL);
  if (unix_socket)
    {
      g_autofree char *path = NULL;
      g_autoptr (GSocketAddress) address = NULL;

      fixture->folder = g_dir_make_tmp ("milione-XXXXXX", &error);
      g_assert_no_error (error);
      path = g_build_filename (fixture->folder, "s", NULL);
      address = g_unix_socket_address_new (path);
      soup_server_listen (fixture->server, address, 0, &error);
      fixture->http = mil_http_new_unix ("Test/1", path);
      fixture->base = g_strdup ("http://milione.localhost");
    }
  else
    {
      GSList *uris;

      soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
      uris = soup_server_get_uris (fixture->server);
      fixture->base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
      g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
      fixture->http = mil_http_new ("Test/1");
    }
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  soup_server_disconnect (fixture->server);
  g_clear_object (&fixture->server);
  g_clear_object (&fixture->http);
  if (fixture->folder != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, "s", NULL);

      g_unlink (path);
      g_rmdir (fixture->folder);
    }
  g_free (fixture->folder);
  g_free (fixture->base);
}

static DexFuture *
start (Fixture *fixture, const char *method, const char *path, guint timeout_ms, gsize max_size)
{
  g_autofree char *uri = g_strconcat (fixture->base, path, NULL);

  return mil_http_send (fixture->http,
                        &(MilHttpRequest) { .method = method, .uri = uri, .timeout_ms = timeout_ms, .max_size = max_size });
}

static void
settle (DexFuture *future)
{
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
}

static const MilHttpResponse *
answer (DexFuture *future)
{
  GError       *error = NULL;
  const GValue *value;

  settle (future);
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  return g_value_get_boxed (value);
}

static char *
failure (Fixture *fixture, const char *path, MilErrorCode code)
{
  g_autoptr (DexFuture) future = start (fixture, "GET", path, PATIENCE_MS, 50000);
  g_autoptr (GError) error = NULL;

  settle (future);
  g_assert_null (dex_future_get_value (future, &error));
  g_assert_error (error, MIL_ERROR, (int) code);
  return g_strdup (error->message);
}

static void
test_send (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = g_strconcat (fixture->base, "/echo", NULL);
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"a\":1}", 7);
  g_autoptr (DexFuture) future = mil_http_send (
      fixture->http, &(MilHttpRequest) { .method = "POST", .uri = uri, .body = body, .content_type = "application/json" });
  const MilHttpResponse *response = answer (future);

  g_assert_cmpuint (response->status, ==, 201);
  g_assert_true (g_bytes_equal (response->body, body));
  g_assert_cmpstr (soup_message_headers_get_one (response->headers, "ETag"), ==, "\"v1\"");
}

static void
test_statuses (Fixture *fixture, gconstpointer data)
{
  g_autofree char *html = failure (fixture, "/html", MIL_ERROR_SERVER);
  g_autofree char *problem = failure (fixture, "/problem", MIL_ERROR_INSUFFICIENT_FUNDS);
  g_autofree char *cut = failure (fixture, "/cut-problem", MIL_ERROR_CONFLICT);
  g_autofree char *ucp = failure (fixture, "/ucp", MIL_ERROR_INVALID);
  g_autofree char *missing = failure (fixture, "/no-such", MIL_ERROR_NOT_FOUND);

  g_assert_null (strchr (html, '<'));
  g_assert_cmpstr (problem, ==, "Only €3 are left. [1m");
  g_assert_null (strstr (cut, "Only"));
  g_assert_cmpstr (ucp, ==, "Sold out.");
  g_assert_null (strstr (missing, "nothing here"));
}

static void
test_not_modified (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = g_strconcat (fixture->base, "/unchanged", NULL);
  g_autofree char *refused = failure (fixture, "/unchanged", MIL_ERROR_PROTOCOL);
  g_autoptr (DexFuture) future = mil_http_send (fixture->http,
                                                &(MilHttpRequest) { .method = "GET", .uri = uri, .not_modified_ok = TRUE });

  g_assert_cmpuint (answer (future)->status, ==, 304);
}

static void
test_sizes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DexFuture) exact = start (fixture, "GET", "/big", PATIENCE_MS, 100000);
  g_autoptr (DexFuture) chunked = start (fixture, "GET", "/big-chunked", PATIENCE_MS, 100000);

  g_assert_cmpuint (g_bytes_get_size (answer (exact)->body), ==, 100000);
  g_assert_cmpuint (g_bytes_get_size (answer (chunked)->body), ==, 100000);
  g_free (failure (fixture, "/big", MIL_ERROR_TOO_LARGE));
  g_free (failure (fixture, "/big-chunked", MIL_ERROR_TOO_LARGE));
}

static void
test_cut_json (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DexFuture) future = start (fixture, "GET", "/cut-json", PATIENCE_MS, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = mil_json_parse (answer (future)->body, 1000, &error);

  g_assert_null (node);
  g_assert_error (error, MIL_ERROR, MIL_ERROR_PROTOCOL);
}

static void
test_timeout (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DexFuture) future = start (fixture, "GET", "/slow", 100, 0);
  g_autoptr (GError) error = NULL;

  settle (future);
  g_assert_null (dex_future_get_value (future, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_TIMEOUT);
}

typedef struct
{
  char               buffer[4096];
  gboolean           asked;
  gboolean           closed;
  GSocketConnection *connection;
} Listening;

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Listening *listening = data;
  gssize     n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  listening->asked = TRUE;
  listening->closed = n <= 0;
  if (n > 0)
    g_input_stream_read_async (G_INPUT_STREAM (source), listening->buffer, sizeof listening->buffer, 0, NULL, on_read, listening);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  Listening *listening = data;

  listening->connection = g_object_ref (connection);
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                             listening->buffer,
                             sizeof listening->buffer,
                             0,
                             NULL,
                             on_read,
                             listening);
  return TRUE;
}

/* A server that never answers sees the connection close as soon as nobody waits any more. */
static void
test_drop (void)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  Listening        listening = { 0 };
  guint16          port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/", port);
  g_autoptr (MilHttp) http = mil_http_new ("Test/1");
  DexFuture *future;
  gint64     until = g_get_monotonic_time () + PATIENCE_MS * G_TIME_SPAN_MILLISECOND;

  g_signal_connect (service, "incoming", G_CALLBACK (on_incoming), &listening);
  future = mil_http_send (http, &(MilHttpRequest) { .method = "GET", .uri = uri, .timeout_ms = 10 * PATIENCE_MS });
  while (!listening.asked)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (listening.closed);
  dex_unref (future);
  while (!listening.closed && g_get_monotonic_time () < until)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_true (listening.closed);
  g_object_unref (listening.connection);
}

/* More than there are connections, each dropped at another moment of its exchange: none takes anything else
 * down, and what is asked next is answered. */
static void
test_drop_anywhere (Fixture *fixture, gconstpointer data)
{
  static const char *const paths[] = { "/echo", "/big-chunked", "/moved", "/problem", "/events", "/slow" };

  for (int turns = 0; turns < 30; turns += 3)
    for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
      {
        DexFuture *futures[12];
        g_autoptr (DexFuture) next = NULL;

        for (gsize j = 0; j < G_N_ELEMENTS (futures); j++)
          {
            g_autofree char *uri = g_strconcat (fixture->base, paths[i], NULL);
            MilHttpRequest request = { .method = j % 3 == 0 ? "POST" : "GET", .uri = uri, .timeout_ms = 3000 };

            futures[j] = i % 2 == 0 ? mil_http_open (fixture->http, &request) : mil_http_send (fixture->http, &request);
          }
        for (gsize j = 0; j < G_N_ELEMENTS (futures); j++)
          {
            for (int k = 0; k < (j == 0 ? turns : (int) j % 4); k++)
              g_main_context_iteration (NULL, FALSE);
            dex_unref (futures[j]);
          }
        next = start (fixture, "GET", "/echo", PATIENCE_MS, 0);
        g_assert_cmpuint (answer (next)->status, ==, 201);
      }
}

typedef struct
{
  GMainContext *context;
  GMainLoop    *loop;
  char         *path;
  int           ready;
} Elsewhere;

/* Some answers break off, some say that the connection ends. */
static void
handle_elsewhere (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  int kind = g_random_int_range (0, 6);

  respond (message, 200, "text/plain", "as it should be");
  if (kind == 0)
    {
      g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
      g_io_stream_close (stream, NULL, NULL);
    }
  else if (kind == 1)
    soup_message_headers_append (soup_server_message_get_response_headers (message), "Connection", "close");
  else if (kind == 2)
    soup_server_message_set_redirect (message, 302, "/");
}

static gpointer
serve_elsewhere (gpointer data)
{
  Elsewhere *elsewhere = data;
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (elsewhere->path);

  g_main_context_push_thread_default (elsewhere->context);
  server = soup_server_new (NULL, NULL);
  soup_server_add_handler (server, NULL, handle_elsewhere, NULL, NULL);
  g_assert_true (soup_server_listen (server, address, 0, NULL));
  g_atomic_int_set (&elsewhere->ready, 1);
  g_main_loop_run (elsewhere->loop);
  soup_server_disconnect (server);
  g_main_context_pop_thread_default (elsewhere->context);
  return NULL;
}

/* A server in a thread of its own may have answered before the request is given out of hand. */
static void
test_drop_in_a_hurry (void)
{
  g_autofree char *folder = g_dir_make_tmp ("milione-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "s", NULL);
  Elsewhere        elsewhere = { .context = g_main_context_new (), .path = path };
  g_autoptr (MilHttp) http = mil_http_new_unix ("Test/1", path);
  GThread *thread = NULL;
  gint64   until = g_get_monotonic_time () + (g_test_slow () ? 60 : 2) * G_USEC_PER_SEC;

  elsewhere.loop = g_main_loop_new (elsewhere.context, FALSE);
  thread = g_thread_new ("elsewhere", serve_elsewhere, &elsewhere);
  while (!g_atomic_int_get (&elsewhere.ready))
    g_thread_yield ();
  while (g_get_monotonic_time () < until)
    {
      DexFuture *futures[14];

      for (gsize i = 0; i < G_N_ELEMENTS (futures); i++)
        {
          MilHttpRequest request = { .method = i % 4 == 0 ? "POST" : "GET", .uri = "http://milione.localhost/", .timeout_ms = 3000 };
          futures[i] = i % 2 == 0 ? mil_http_open (http, &request) : mil_http_send (http, &request);
        }
      for (gsize i = 0; i < G_N_ELEMENTS (futures); i++)
        {
          for (int turns = g_random_int_range (0, 8); turns > 0; turns--)
            g_main_context_iteration (NULL, FALSE);
          if (g_random_boolean ())
            g_usleep (g_random_int_range (0, 1500));
          dex_unref (futures[i]);
        }
    }
  for (int i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);
  g_main_loop_quit (elsewhere.loop);
  g_thread_join (thread);
  g_main_loop_unref (elsewhere.loop);
  g_main_context_unref (elsewhere.context);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_redirects (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DexFuture) followed = start (fixture, "GET", "/moved", PATIENCE_MS, 0);
  g_autoptr (DexFuture) refused = start (fixture, "POST", "/moved", PATIENCE_MS, 0);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (answer (followed)->status, ==, 201);
  settle (refused);
  g_assert_null (dex_future_get_value (refused, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_PROTOCOL);
}

static void
test_addresses (Fixture *fixture, gconstpointer data)
{
  static const char *const bad[] = { "no address", "file:///etc/passwd", "/path", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (DexFuture) future = mil_http_send (fixture->http, &(MilHttpRequest) { .method = "GET", .uri = bad[i] });
      g_autoptr (GError) error = NULL;

      settle (future);
      g_assert_null (dex_future_get_value (future, &error));
      g_assert_error (error, MIL_ERROR, MIL_ERROR_INVALID);
    }
}

static void
test_unreachable (void)
{
  g_autoptr (MilHttp) http = mil_http_new_unix ("Test/1", "/nowhere/socket");
  g_autoptr (DexFuture) future = mil_http_send (http, &(MilHttpRequest) { .method = "GET", .uri = "http://milione.localhost/" });
  g_autoptr (GError) error = NULL;

  settle (future);
  g_assert_null (dex_future_get_value (future, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_NETWORK);
}

/* A machine that is too busy to answer within such a short time is asked again. */
static GInputStream *
open_within (MilHttp *http, const char *uri, guint timeout_ms, GError **error)
{
  GInputStream *stream = NULL;

  do
    {
      g_clear_error (error);
      stream = mil_await_pointer (mil_http_open (http, &(MilHttpRequest) { .method = "GET", .uri = uri, .timeout_ms = timeout_ms }),
                                  error);
    }
  while (g_error_matches (*error, MIL_ERROR, MIL_ERROR_TIMEOUT));
  return stream;
}

static DexFuture *
read_stream (gpointer data)
{
  Fixture         *fixture = data;
  g_autofree char *uri = g_strconcat (fixture->base, "/events", NULL);
  g_autofree char *missing = g_strconcat (fixture->base, "/none", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = open_within (fixture->http, uri, 200, &error);
  g_autoptr (GBytes) bytes = NULL;

  g_assert_no_error (error);
  g_assert_false (mil_await (dex_timeout_new_msec (300), NULL));
  bytes = mil_await_pointer (dex_input_stream_read_bytes (stream, 100, 0), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 7);
  g_assert_null (
      mil_await_pointer (mil_http_open (fixture->http, &(MilHttpRequest) { .method = "GET", .uri = missing }), &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_NOT_FOUND);
  return dex_future_new_for_boolean (TRUE);
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DexFuture) future = mil_spawn (read_stream, fixture, NULL);

  settle (future);
  g_assert_true (dex_future_is_resolved (future));
}

#define BOTH(name, func)                                                                                     \
  g_test_add ("/base/http/tcp/" name, Fixture, NULL, set_up, func, tear_down);                               \
  g_test_add ("/base/http/unix/" name, Fixture, "unix", set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  BOTH ("send", test_send);
  BOTH ("statuses", test_statuses);
  BOTH ("not-modified", test_not_modified);
  BOTH ("sizes", test_sizes);
  BOTH ("cut-json", test_cut_json);
  BOTH ("timeout", test_timeout);
  BOTH ("drop-anywhere", test_drop_anywhere);
  BOTH ("redirects", test_redirects);
  BOTH ("addresses", test_addresses);
  BOTH ("open", test_open);
  g_test_add_func ("/base/http/drop", test_drop);
  g_test_add_func ("/base/http/drop-in-a-hurry", test_drop_in_a_hurry);
  g_test_add_func ("/base/http/unreachable", test_unreachable);
  return g_test_run ();
}
