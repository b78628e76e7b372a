/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service-client.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "base/mil-json.h"
#include "client-shapes.h"
#include "client-signature.h"
#include "service-test.h"

#define BASE "http://milione.localhost"
#define MAX_ATTEMPTS 5

/* On a disk that loses power, when that is planned. */
static char *
serving_program (Service *self)
{
  if (self->crash_at > 0)
    return g_test_build_filename (G_TEST_BUILT, "tests", "service", "milione-service-crash", NULL);
  return g_test_build_filename (G_TEST_BUILT, "src", "service", "milione-service", NULL);
}

static char *
program (void)
{
  return g_test_build_filename (G_TEST_BUILT, "src", "service", "milione-service", NULL);
}

Service *
service_new (const char *demo)
{
  Service *self = g_new0 (Service, 1);

  self->folder = test_folder ();
  self->socket = g_build_filename (self->folder, "s.sock", NULL);
  self->state = g_build_filename (self->folder, "state", NULL);
  self->demo = demo != NULL ? g_strdup (demo) : g_test_build_filename (G_TEST_DIST, "data", "demo", NULL);
  self->clock = mil_clock_new_system ();
  self->random = mil_random_new_system ();
  service_start (self);
  return self;
}

/* With MIL_TEST_STORAGE all services of a test program share that database. */
static char *
storage_of (Service *self)
{
  const char *shared = g_getenv ("MIL_TEST_STORAGE");

  return shared != NULL ? g_strdup (shared) : g_strdup_printf ("sqlite:%s/service.db", self->state);
}

void
service_start (Service *self)
{
  g_autofree char *path = serving_program (self);
  g_autofree char *data = g_test_build_filename (G_TEST_DIST, "data", NULL);
  g_autofree char *log = g_build_filename (self->folder, "log", NULL);
  g_autofree char *ready = g_strconcat ("ready unix:", self->socket, NULL);
  g_autofree char *line = NULL;
  g_autofree char *storage = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GDataInputStream) output = NULL;

  g_subprocess_launcher_set_stderr_file_path (launcher, log);
  if (self->crash_at > 0)
    {
      g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, self->crash_seed);
      g_autofree char *at = g_strdup_printf ("%" G_GUINT64_FORMAT, self->crash_at);

      g_subprocess_launcher_setenv (launcher, "MIL_CRASH_SEED", seed, TRUE);
      g_subprocess_launcher_setenv (launcher, "MIL_CRASH_AT", at, TRUE);
    }
  storage = storage_of (self);
  self->process = g_subprocess_launcher_spawn (
      launcher, &error, path, "serve", "--socket", self->socket, "--state", self->state, "--demo", self->demo, "--data", data, "--storage", storage, NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  if (g_strcmp0 (line, ready) != 0)
    {
      g_autofree char *text = NULL;

      g_file_get_contents (log, &text, NULL, NULL);
      g_test_message ("%s", text);
    }
  g_assert_cmpstr (line, ==, ready);
}

static int
wait_end (Service *self)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_subprocess_wait (self->process, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_if_signaled (self->process))
    g_test_message ("the service ended by signal %d", g_subprocess_get_term_sig (self->process));
  status = g_subprocess_get_if_exited (self->process) ? g_subprocess_get_exit_status (self->process) : -1;
  g_clear_object (&self->process);
  return status;
}

void
service_stop (Service *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_assert_cmpint (wait_end (self), ==, 0);
  g_assert_false (g_file_test (self->socket, G_FILE_TEST_EXISTS));
}

/* When a power cut was planned: starts the service, that has ended or is about to, again on a sound disk. */
gboolean
service_revive (Service *self)
{
  g_autoptr (GError) error = NULL;

  if (self->crash_at == 0)
    return FALSE;
  g_subprocess_wait (self->process, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_if_signaled (self->process))
    {
      g_assert_cmpint (g_subprocess_get_term_sig (self->process), ==, SIGKILL);
      self->n_deaths++;
    }
  else
    g_assert_cmpint (g_subprocess_get_exit_status (self->process), ==, 0);
  g_clear_object (&self->process);
  self->crash_at = 0;
  service_start (self);
  return TRUE;
}

void
service_kill (Service *self)
{
  g_subprocess_force_exit (self->process);
  wait_end (self);
}

int
service_command (Service *self, char **output, const char *first, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = program ();
  g_autofree char *text = NULL;
  g_autofree char *storage = NULL;
  va_list          list;

  g_ptr_array_add (arguments, path);
  va_start (list, first);
  for (const char *word = first; word != NULL; word = va_arg (list, const char *))
    g_ptr_array_add (arguments, (char *) word);
  va_end (list);
  g_ptr_array_add (arguments, "--socket");
  g_ptr_array_add (arguments, self->socket);
  g_ptr_array_add (arguments, "--state");
  g_ptr_array_add (arguments, self->state);
  storage = storage_of (self);
  g_ptr_array_add (arguments, "--storage");
  g_ptr_array_add (arguments, storage);
  g_ptr_array_add (arguments, NULL);
  process = g_subprocess_newv ((const char *const *) arguments->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("%s", text);
  if (output != NULL)
    *output = g_steal_pointer (&text);
  return g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
service_free (Service *self)
{
  if (self->process != NULL)
    service_stop (self);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->socket);
  g_free (self->state);
  g_free (self->demo);
  g_clear_object (&self->clock);
  g_clear_object (&self->random);
  g_free (self);
}

static void
connect_anew (Client *self)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (self->service->socket);

  g_clear_object (&self->session);
  self->session = soup_session_new_with_options ("remote-connectable", address, "timeout", 20, NULL);
}

Client *
client_new (Service *service, MilKey *key)
{
  g_autoptr (GError) error = NULL;
  Client *self = g_new0 (Client, 1);

  self->service = service;
  connect_anew (self);
  self->key = key != NULL ? mil_key_ref (key) : mil_key_generate (&error);
  g_assert_no_error (error);
  return self;
}

Client *
client_enrolled (Service *service)
{
  Client *self = client_new (service, NULL);
  g_autoptr (JsonNode) jwk = mil_key_to_jwk (self->key);
  g_autofree char *text = json_to_string (jwk, FALSE);
  g_autoptr (Answer) answer = client_post (self, "/v1/principals", "{\"role\":\"traveller\",\"name\":\"Niccolò\",\"public_key\":%s}", text);

  assert_status (answer, 201);
  return self;
}

void
client_free (Client *self)
{
  g_clear_object (&self->session);
  g_clear_pointer (&self->key, mil_key_unref);
  g_free (self);
}

static void
forge (SoupMessageHeaders *headers)
{
  g_autofree char *signature = g_strdup (soup_message_headers_get_one (headers, "Signature"));
  char            *byte = strchr (signature, ':') + 5;

  *byte = *byte == 'A' ? 'B' : 'A';
  soup_message_headers_replace (headers, "Signature", signature);
}

static SoupMessage *
make_message (Client *self, const Ask *ask)
{
  g_autofree char    *uri = g_strconcat (BASE, ask->path, NULL);
  SoupMessage        *message = soup_message_new (ask->method, uri);
  SoupMessageHeaders *headers;
  g_autoptr (GBytes) body = ask->body != NULL ? g_bytes_new (ask->body, strlen (ask->body)) : NULL;

  g_assert_nonnull (message);
  headers = soup_message_get_request_headers (message);
  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", body);
  if (!ask->no_key && !g_str_equal (ask->method, "GET"))
    soup_message_headers_replace (headers, "Idempotency-Key", ask->key);
  for (guint i = 0; ask->headers != NULL && ask->headers[i] != NULL; i += 2)
    soup_message_headers_replace (headers, ask->headers[i], ask->headers[i + 1]);
  if (!ask->unsigned_)
    client_sign (message, body, self->key, self->service->clock, self->service->random);
  if (ask->forged)
    forge (headers);
  return message;
}

/* What schemas are held against afterwards, a line for each answer. */
static void
record (const Ask *ask, Answer *answer)
{
  static GMutex lock;
  g_autoptr (GMutexLocker) locker = NULL;
  const char *path = g_getenv ("MIL_TEST_ANSWERS");
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  JsonObject      *line;
  FILE            *file;

  if (path == NULL || answer->json == NULL)
    return;
  locker = g_mutex_locker_new (&lock);
  line = json_object_new ();
  json_object_set_string_member (line, "method", ask->method);
  json_object_set_string_member (line, "path", ask->path);
  json_object_set_int_member (line, "status", answer->status);
  json_object_set_member (line, "body", json_node_copy (answer->json));
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, line);
  text = json_to_string (node, FALSE);
  file = g_fopen (path, "a");
  g_assert_nonnull (file);
  fprintf (file, "%s\n", text);
  fclose (file);
}

/* What was asked when the service died is asked again, under the same idempotency key. */
static GBytes *
send_until_answered (Client *self, const Ask *ask, SoupMessage **message)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  *message = make_message (self, ask);
  bytes = soup_session_send_and_read (self->session, *message, NULL, &error);
  if (error != NULL && self->service->survives && service_revive (self->service))
    {
      g_clear_error (&error);
      g_clear_object (message);
      connect_anew (self);
      *message = make_message (self, ask);
      bytes = soup_session_send_and_read (self->session, *message, NULL, &error);
    }
  g_assert_no_error (error);
  return bytes;
}

static Answer *
ask_once (Client *self, const Ask *ask)
{
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GError) error = NULL;
  Answer     *answer = g_new0 (Answer, 1);
  const char *type;

  answer->bytes = send_until_answered (self, ask, &message);
  answer->status = soup_message_get_status (message);
  answer->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  type = soup_message_headers_get_content_type (answer->headers, NULL);
  if (type != NULL && (g_str_equal (type, "application/json") || g_str_equal (type, "application/problem+json")))
    {
      answer->json = mil_json_parse (answer->bytes, 64 * 1024 * 1024, &error);
      g_assert_no_error (error);
    }
  if (answer->json != NULL && answer->status < 300 && g_strcmp0 (answer_string (answer, "ucp.status"), "error") != 0)
    client_read_shape (ask->method, ask->path, answer->json);
  record (ask, answer);
  return answer;
}

/* As any client does, it asks a service that is busy again, with the same idempotency key. */
Answer *
client_ask (Client *self, const Ask *ask)
{
  g_autofree char *key = mil_uuid_new (self->service->clock, self->service->random);
  Ask              keyed = *ask;
  Answer          *answer = NULL;

  if (keyed.key == NULL)
    keyed.key = key;
  for (guint attempt = 0; attempt < MAX_ATTEMPTS; attempt++)
    {
      g_clear_pointer (&answer, answer_free);
      answer = ask_once (self, &keyed);
      if (answer->status != SOUP_STATUS_SERVICE_UNAVAILABLE)
        break;
    }
  return answer;
}

static void
copy_header (const char *name, const char *value, gpointer headers)
{
  soup_message_headers_replace (headers, name, value);
}

GBytes *
client_ask_twice (Client *self, const Ask *ask)
{
  g_autoptr (SoupMessage) first = make_message (self, ask);
  g_autoptr (SoupMessage) second = soup_message_new_from_uri (ask->method, soup_message_get_uri (first));
  g_autoptr (GBytes) body = ask->body != NULL ? g_bytes_new (ask->body, strlen (ask->body)) : NULL;
  g_autoptr (GBytes) answer = soup_session_send_and_read (self->session, first, NULL, NULL);
  g_autoptr (GBytes) again = NULL;

  if (body != NULL)
    soup_message_set_request_body_from_bytes (second, "application/json", body);
  soup_message_headers_foreach (soup_message_get_request_headers (first), copy_header, soup_message_get_request_headers (second));
  again = soup_session_send_and_read (self->session, second, NULL, NULL);
  g_assert_cmpstr (soup_message_headers_get_one (soup_message_get_request_headers (first), "Signature"),
                   ==,
                   soup_message_headers_get_one (soup_message_get_request_headers (second), "Signature"));
  g_assert_cmpuint (soup_message_get_status (first), ==, soup_message_get_status (second));
  g_assert_true (g_bytes_equal (answer, again));
  return g_steal_pointer (&answer);
}

Answer *
client_get (Client *self, const char *path)
{
  return client_ask (self, &(Ask) { .method = "GET", .path = path });
}

Answer *
client_post (Client *self, const char *path, const char *format, ...)
{
  g_autofree char *body = NULL;
  va_list          arguments;

  va_start (arguments, format);
  body = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return client_ask (self, &(Ask) { .method = "POST", .path = path, .body = body });
}

GInputStream *
client_stream (Client *self, const char *path)
{
  static const char *const headers[] = { "Accept", "text/event-stream", NULL };
  g_autoptr (SoupMessage) message = make_message (self, &(Ask) { .method = "GET", .path = path, .headers = headers });
  g_autoptr (GError) error = NULL;
  GInputStream *stream = soup_session_send (self->session, message, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  return stream;
}

void
answer_free (Answer *self)
{
  g_clear_pointer (&self->json, json_node_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_free (self);
}

/* "a.b.0.c": members and places in lists. */
JsonNode *
answer_node (Answer *self, const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, ".", -1);
  JsonNode *node = self->json;

  for (guint i = 0; steps[i] != NULL; i++)
    {
      if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
        {
          guint index = (guint) g_ascii_strtoull (steps[i], NULL, 10);

          node = index < json_array_get_length (json_node_get_array (node))
                     ? json_array_get_element (json_node_get_array (node), index)
                     : NULL;
        }
      else
        node = node != NULL && JSON_NODE_HOLDS_OBJECT (node)
                   ? json_object_get_member (json_node_get_object (node), steps[i])
                   : NULL;
    }
  return node;
}

const char *
answer_string (Answer *self, const char *path)
{
  JsonNode *node = answer_node (self, path);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

gint64
answer_int (Answer *self, const char *path)
{
  JsonNode *node = answer_node (self, path);

  g_assert_nonnull (node);
  return json_node_get_int (node);
}

/* Holds every answer that was recorded against the schemas of UCP and of data/openapi. */
void
check_answers (void)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "tests", "service", "check-answers.py", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *output = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE,
                              &error,
                              "python3",
                              script,
                              g_test_get_dir (G_TEST_DIST),
                              g_getenv ("MIL_TEST_ANSWERS"),
                              NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("%s", output);
  g_assert_true (g_subprocess_get_successful (process));
}

/* Runs the tests, then check_answers() over what they were answered. */
int
run_and_check (const char *name)
{
  g_autofree char *answers = NULL;
  int              fd = g_file_open_tmp ("answers-XXXXXX", &answers, NULL);
  int              status;

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_setenv ("MIL_TEST_ANSWERS", answers, TRUE);
  g_test_add_func (name, check_answers);
  status = g_test_run ();
  g_remove (answers);
  return status;
}
