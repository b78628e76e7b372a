/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <signal.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "service-client.h"

#define WALLET "{\"name\":\"Purse\",\"kind\":\"demo\",\"currency\":\"CNY\"}"

static void
assert_code (Answer *answer, guint status, const char *code)
{
  assert_status (answer, status);
  g_assert_cmpstr (soup_message_headers_get_content_type (answer->headers, NULL), ==, "application/problem+json");
  g_assert_cmpint (answer_int (answer, "status"), ==, status);
  g_assert_cmpstr (answer_string (answer, "code"), ==, code);
  g_assert_nonnull (answer_string (answer, "detail"));
}

static void
test_health (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_new (service, NULL);
  g_autoptr (Answer) answer = client_ask (client, &(Ask) { .method = "GET", .path = "/healthz", .unsigned_ = TRUE });

  assert_status (answer, 200);
  g_assert_cmpstr (answer_string (answer, "status"), ==, "ok");
  g_assert_cmpstr (answer_string (answer, "storage"), ==, "sqlite");
}

static void
test_addresses (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Answer) nowhere = client_get (client, "/v1/nothing");
  g_autoptr (Answer) method = client_ask (client, &(Ask) { .method = "DELETE", .path = "/v1/wallets" });
  g_autoptr (Answer) slash = client_get (client, "/v1/wallets/");
  g_autoptr (Answer) escaped = client_get (client, "/v1/wallets/%2fx");

  assert_code (nowhere, 404, "not-found");
  assert_code (method, 422, "unsupported");
  assert_code (slash, 404, "not-found");
  assert_code (escaped, 404, "not-found");
}

static void
test_bad_bodies (void)
{
  static const struct
  {
    const char *path;
    const char *body;
    const char *says;
  } cases[] = {
    { "/v1/wallets", "", "JSON object" },
    { "/v1/wallets", "{", NULL },
    { "/v1/wallets", "[]", "JSON object" },
    { "/v1/wallets", "\"x\"", "JSON object" },
    { "/v1/wallets", "{\"name\":\"\xff\"}", NULL },
    { "/v1/wallets", "{\"name\":5,\"kind\":\"demo\",\"currency\":\"CNY\"}", "name" },
    { "/v1/wallets", "{\"name\":\"a\",\"kind\":\"gold\",\"currency\":\"CNY\"}", "kind" },
    { "/v1/wallets", "{\"name\":\"a\",\"kind\":\"demo\",\"currency\":\"XYZW\"}", "currency" },
    { "/v1/fx/quotes", "{\"pay_currency\":\"CNY\",\"amounts\":[]}", "amounts" },
    { "/v1/fx/quotes", "{\"pay_currency\":\"CNY\",\"amounts\":[{\"amount\":1.5,\"currency\":\"EUR\"}]}", "amounts[0].amount" },
    { "/v1/fx/quotes", "{\"pay_currency\":\"CNY\",\"amounts\":[{\"amount\":\"1\",\"currency\":\"EUR\"}]}", "amounts[0].amount" },
    { "/v1/fx/quotes", "{\"pay_currency\":\"CNY\",\"amounts\":[{\"amount\":-1,\"currency\":\"EUR\"}]}", "amounts[0].amount" },
    { "/v1/payment-groups", "{\"wallet_id\":\"w\",\"quote_id\":\"q\",\"authorisations\":{}}", "authorisations" },
    { "/stores/asagiri/checkout-sessions", "{\"line_items\":[]}", "line_items" },
    { "/stores/asagiri/checkout-sessions", "{\"line_items\":[{\"item\":{\"id\":\"x\"},\"quantity\":0}]}", "line_items[0].quantity" },
    { "/v1/taxfree/claims", "{\"id\":\"1\"}", NULL },
    { "/v1/principals", "{\"role\":\"king\",\"public_key\":{}}", "role" },
  };
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer
          = client_ask (client, &(Ask) { .method = "POST", .path = cases[i].path, .body = cases[i].body });

      g_test_message ("%s %s", cases[i].path, cases[i].body);
      assert_code (answer, 400, "invalid");
      if (cases[i].says != NULL)
        g_assert_nonnull (strstr (answer_string (answer, "detail"), cases[i].says));
    }
}

static void
test_oversize (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autofree char *large = g_strnfill (1024 * 1024 + 1, ' ');
  g_autofree char *just = g_strnfill (1024 * 1024, ' ');
  g_autoptr (Answer) too_large = client_ask (client, &(Ask) { .method = "POST", .path = "/v1/wallets", .body = large });
  g_autoptr (Answer) fits = client_ask (client, &(Ask) { .method = "POST", .path = "/v1/wallets", .body = just });
  g_autoptr (Answer) after = client_get (client, "/v1/wallets");

  assert_code (too_large, 413, "too-large");
  assert_code (fits, 400, "invalid");
  assert_status (after, 200);
}

static void
test_signatures (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Client) stranger = client_new (service, NULL);
  g_autoptr (Answer) none = client_ask (client, &(Ask) { .method = "GET", .path = "/v1/wallets", .unsigned_ = TRUE });
  g_autoptr (Answer) forged = client_ask (client, &(Ask) { .method = "GET", .path = "/v1/wallets", .forged = TRUE });
  g_autoptr (Answer) unknown = client_get (stranger, "/v1/wallets");
  g_autoptr (Answer) forged_post
      = client_ask (client, &(Ask) { .method = "POST", .path = "/v1/wallets", .body = WALLET, .forged = TRUE });
  g_autoptr (Answer) wallets = client_get (client, "/v1/wallets");

  assert_code (none, 401, "unauthenticated");
  assert_code (forged, 401, "unauthenticated");
  assert_code (unknown, 401, "unauthenticated");
  assert_code (forged_post, 401, "unauthenticated");
  assert_status (wallets, 200);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (answer_node (wallets, "wallets"))), ==, 0);
}

static void
test_once (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Client) other = client_enrolled (service);
  g_autofree char *key = mil_uuid_new (service->clock, service->random);
  Ask              ask = { .method = "POST", .path = "/v1/wallets", .body = WALLET, .key = key };
  g_autoptr (Answer) first = client_ask (client, &ask);
  g_autoptr (Answer) second = client_ask (client, &ask);
  g_autoptr (Answer) others = client_ask (other, &ask);
  g_autoptr (Answer) changed = NULL;
  g_autoptr (Answer) elsewhere = NULL;
  g_autoptr (Answer) missing = NULL;
  g_autoptr (Answer) wrong = NULL;
  g_autoptr (Answer) list = NULL;

  assert_status (first, 201);
  g_assert_null (soup_message_headers_get_one (first->headers, "Idempotent-Replayed"));
  assert_status (second, 201);
  g_assert_cmpstr (soup_message_headers_get_one (second->headers, "Idempotent-Replayed"), ==, "true");
  g_assert_true (g_bytes_equal (first->bytes, second->bytes));
  /* A key is its owner's alone. */
  assert_status (others, 201);
  g_assert_cmpstr (answer_string (others, "id"), !=, answer_string (first, "id"));
  ask.body = "{\"name\":\"Other\",\"kind\":\"demo\",\"currency\":\"CNY\"}";
  changed = client_ask (client, &ask);
  assert_code (changed, 409, "conflict");
  ask.path = "/v1/fx/quotes";
  elsewhere = client_ask (client, &ask);
  assert_code (elsewhere, 409, "conflict");
  missing = client_ask (client, &(Ask) { .method = "POST", .path = "/v1/wallets", .body = WALLET, .no_key = TRUE });
  assert_code (missing, 400, "invalid");
  wrong = client_ask (client, &(Ask) { .method = "POST", .path = "/v1/wallets", .body = WALLET, .key = "x" });
  assert_code (wrong, 400, "invalid");
  list = client_get (client, "/v1/wallets");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (answer_node (list, "wallets"))), ==, 1);
}

/* A request that somebody has overheard, sent again to the letter: it reads again, or has no second effect. */
static void
test_overheard (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autofree char *key = mil_uuid_new (service->clock, service->random);
  g_autoptr (GBytes) made = client_ask_twice (client,
                                              &(Ask) { .method = "POST", .path = "/v1/wallets", .body = WALLET, .key = key });
  g_autoptr (GBytes) read = client_ask_twice (client, &(Ask) { .method = "GET", .path = "/v1/wallets" });
  g_autoptr (Answer) list = client_get (client, "/v1/wallets");

  g_assert_cmpuint (json_array_get_length (json_node_get_array (answer_node (list, "wallets"))), ==, 1);
}

/* The answer is remembered across a crash, too. */
static void
test_once_after_kill (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Client) again = NULL;
  g_autofree char *key = mil_uuid_new (service->clock, service->random);
  Ask              ask = { .method = "POST", .path = "/v1/wallets", .body = WALLET, .key = key };
  g_autoptr (Answer) first = client_ask (client, &ask);
  g_autoptr (Answer) second = NULL;

  assert_status (first, 201);
  service_kill (service);
  service_start (service);
  again = client_new (service, client->key);
  second = client_ask (again, &ask);
  assert_status (second, 201);
  g_assert_true (g_bytes_equal (first->bytes, second->bytes));
}

/* The traveller who lost the answer to an enrolment asks once more, and is enrolled by then. */
static void
test_enrolment_once (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_new (service, NULL);
  g_autoptr (JsonNode) jwk = mil_key_to_jwk (client->key);
  g_autofree char *public_key = json_to_string (jwk, FALSE);
  g_autofree char *body
      = g_strdup_printf ("{\"role\":\"traveller\",\"name\":\"Rustichello\",\"public_key\":%s}", public_key);
  g_autofree char *key = mil_uuid_new (service->clock, service->random);
  Ask              ask = { .method = "POST", .path = "/v1/principals", .body = body, .key = key };
  g_autoptr (Answer) first = client_ask (client, &ask);
  g_autoptr (Answer) second = client_ask (client, &ask);

  assert_status (first, 201);
  assert_status (second, 201);
  g_assert_cmpstr (soup_message_headers_get_one (second->headers, "Idempotent-Replayed"), ==, "true");
  g_assert_true (g_bytes_equal (first->bytes, second->bytes));
}

static void
test_enrolment (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Client) judge = client_new (service, NULL);
  g_autoptr (MilKey) root_key = NULL;
  g_autoptr (Client) root = NULL;
  g_autoptr (JsonNode) own = mil_key_to_jwk (client->key);
  g_autoptr (JsonNode) foreign = mil_key_to_jwk (judge->key);
  g_autofree char *own_text = json_to_string (own, FALSE);
  g_autofree char *foreign_text = json_to_string (foreign, FALSE);
  g_autofree char *path = g_build_filename (service->state, "keys", "administrator.pem", NULL);
  g_autofree char *pem = NULL;
  g_autoptr (Answer) again = client_post (client, "/v1/principals", "{\"role\":\"traveller\",\"name\":\"x\",\"public_key\":%s}", own_text);
  g_autoptr (Answer) above = client_post (client, "/v1/principals", "{\"role\":\"customs\",\"name\":\"x\",\"public_key\":%s}", own_text);
  g_autoptr (Answer) others = client_post (client, "/v1/principals", "{\"role\":\"traveller\",\"name\":\"x\",\"public_key\":%s}", foreign_text);
  g_autoptr (Answer) self_made = client_post (judge, "/v1/principals", "{\"role\":\"customs\",\"name\":\"x\",\"public_key\":%s}", foreign_text);
  g_autoptr (Answer) by_root = NULL;
  GStatBuf info;

  assert_status (again, 200);
  assert_code (above, 403, "forbidden");
  assert_code (others, 403, "forbidden");
  assert_code (self_made, 403, "forbidden");
  g_assert_true (g_file_get_contents (path, &pem, NULL, NULL));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  root_key = mil_key_from_pem (pem, NULL);
  root = client_new (service, root_key);
  by_root = client_post (root, "/v1/principals", "{\"role\":\"customs\",\"name\":\"x\",\"public_key\":%s}", foreign_text);
  assert_status (by_root, 201);
  g_assert_cmpstr (answer_string (by_root, "role"), ==, "customs");
}

/* One live service a socket; what a killed one leaves behind is in nobody's way. */
static void
test_socket (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autofree char *output = NULL;
  g_autoptr (Client) client = NULL;
  g_autoptr (Answer) answer = NULL;

  g_assert_cmpint (service_command (service, &output, "serve", NULL), ==, 3);
  service_kill (service);
  g_assert_true (g_file_test (service->socket, G_FILE_TEST_EXISTS));
  service_start (service);
  client = client_new (service, NULL);
  answer = client_ask (client, &(Ask) { .method = "GET", .path = "/healthz", .unsigned_ = TRUE });
  assert_status (answer, 200);
}

static void
test_commands (void)
{
  g_autoptr (Service) service = service_new (NULL);

  g_assert_cmpint (service_command (service, NULL, "nonsense", NULL), ==, 2);
  g_assert_cmpint (service_command (service, NULL, "serve", "--tls-cert", "x", NULL), ==, 2);
  g_assert_cmpint (service_command (service, NULL, "customs", "list", NULL), ==, 0);
  g_assert_cmpint (service_command (service, NULL, "customs", "validate", "latest", NULL), ==, 1);
  g_assert_cmpint (service_command (service, NULL, "customs", "dance", NULL), ==, 2);
  g_assert_cmpint (service_command (service, NULL, "audit", NULL), ==, 0);
}

static GSubprocess *
begin_service (Service *service, const char *name, GSubprocessFlags flags)
{
  g_autofree char *path = g_test_build_filename (G_TEST_BUILT, "src", "service", "milione-service", NULL);
  g_autofree char *data = g_test_build_filename (G_TEST_DIST, "data", NULL);
  g_autofree char *socket = g_build_filename (service->folder, "early.sock", NULL);
  g_autofree char *state = g_build_filename (service->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *child = g_subprocess_new (flags | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                         &error,
                                         path,
                                         "--socket",
                                         socket,
                                         "--state",
                                         state,
                                         "--data",
                                         data,
                                         "--demo",
                                         service->demo,
                                         NULL);

  g_assert_no_error (error);
  return child;
}

static void
expect_end (GSubprocess *child)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (child, SIGTERM);
  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);
  /* Before it can hear, the signal itself ends it. */
  if (g_subprocess_get_if_signaled (child))
    g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGTERM);
  else
    g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 0);
}

/* Told to end at any moment of its start, it ends in order. */
static void
test_early_end (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (GSubprocess) whole = begin_service (service, "whole", G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GDataInputStream) output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (whole));
  gint64           begun = g_get_monotonic_time ();
  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  gint64           takes = g_get_monotonic_time () - begun;

  g_assert_true (g_str_has_prefix (line, "ready unix:"));
  expect_end (whole);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("early-%u", i);
      g_autoptr (GSubprocess) child = begin_service (service, name, G_SUBPROCESS_FLAGS_STDOUT_SILENCE);

      g_usleep ((gulong) (takes * i / 20));
      expect_end (child);
    }
}

/* The service ends when its parent does, however that ended. */
static void
test_parent (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                                                        | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_BUILT, "src", "service", "milione-service", NULL);
  g_autofree char *data = g_test_build_filename (G_TEST_DIST, "data", NULL);
  g_autofree char *socket = g_build_filename (service->folder, "child.sock", NULL);
  g_autofree char *state = g_build_filename (service->folder, "child", NULL);
  g_autofree char *line = NULL;
  int              pipe_fds[2];

  g_assert_true (g_unix_open_pipe (pipe_fds, O_CLOEXEC, &error));
  g_subprocess_launcher_take_fd (launcher, pipe_fds[0], 7);
  child = g_subprocess_launcher_spawn (
      launcher, &error, path, "--socket", socket, "--state", state, "--data", data, "--parent-fd", "7", NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_true (g_str_has_prefix (line, "ready unix:"));
  close (pipe_fds[1]);
  g_assert_true (g_subprocess_wait_check (child, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (socket, G_FILE_TEST_EXISTS));
}

/* The same over TCP and TLS. */
static void
test_tls (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GSubprocess) maker = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_BUILT, "src", "service", "milione-service", NULL);
  g_autofree char *data = g_test_build_filename (G_TEST_DIST, "data", NULL);
  g_autofree char *state = g_build_filename (service->folder, "tcp", NULL);
  g_autofree char *cert = g_build_filename (service->folder, "cert.pem", NULL);
  g_autofree char *key = g_build_filename (service->folder, "key.pem", NULL);
  g_autofree char *line = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (GTlsDatabase) trust = NULL;
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) bytes = NULL;

  maker = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                            &error,
                            "openssl",
                            "req",
                            "-x509",
                            "-newkey",
                            "ec",
                            "-pkeyopt",
                            "ec_paramgen_curve:P-256",
                            "-nodes",
                            "-days",
                            "2",
                            "-subj",
                            "/CN=localhost",
                            "-addext",
                            "subjectAltName=IP:127.0.0.1",
                            "-keyout",
                            key,
                            "-out",
                            cert,
                            NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (maker, NULL, &error));
  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                            &error,
                            path,
                            "--listen",
                            "127.0.0.1:0",
                            "--tls-cert",
                            cert,
                            "--tls-key",
                            key,
                            "--state",
                            state,
                            "--data",
                            data,
                            NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_true (g_str_has_prefix (line, "ready https://127.0.0.1:"));
  uri = g_strconcat (line + strlen ("ready "), "healthz", NULL);
  trust = g_tls_file_database_new (cert, &error);
  g_assert_no_error (error);
  session = soup_session_new_with_options ("tls-database", trust, "timeout", 20, NULL);
  message = soup_message_new ("GET", uri);
  bytes = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  g_subprocess_send_signal (child, SIGTERM);
  g_assert_true (g_subprocess_wait_check (child, NULL, &error));
}

/* Nothing personal may stand in the log. */
static void
test_log (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Answer) answer = client_ask (client, &(Ask) { .method = "POST", .path = "/v1/wallets", .body = WALLET });
  g_autofree char *path = g_build_filename (service->folder, "log", NULL);
  g_autofree char *log = NULL;
  g_auto (GStrv) lines = NULL;

  assert_status (answer, 201);
  service_stop (service);
  g_assert_true (g_file_get_contents (path, &log, NULL, NULL));
  g_assert_nonnull (strstr (log, "\"route\":\"/v1/wallets\""));
  g_assert_null (strstr (log, "Niccol"));
  g_assert_null (strstr (log, "Purse"));
  g_assert_null (strstr (log, mil_key_id (client->key)));
  g_assert_null (strstr (log, answer_string (answer, "id")));
  lines = g_strsplit (log, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autoptr (JsonNode) node = json_from_string (lines[i], NULL);

      /* What AddressSanitizer says of fibers is not the service's. */
      g_assert_true (node != NULL || g_str_has_prefix (lines[i], "=="));
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/http/health", test_health);
  g_test_add_func ("/service/http/addresses", test_addresses);
  g_test_add_func ("/service/http/bad-bodies", test_bad_bodies);
  g_test_add_func ("/service/http/oversize", test_oversize);
  g_test_add_func ("/service/http/signatures", test_signatures);
  g_test_add_func ("/service/http/once", test_once);
  g_test_add_func ("/service/http/overheard", test_overheard);
  g_test_add_func ("/service/http/once-after-kill", test_once_after_kill);
  g_test_add_func ("/service/http/enrolment", test_enrolment);
  g_test_add_func ("/service/http/enrolment/once", test_enrolment_once);
  g_test_add_func ("/service/http/socket", test_socket);
  g_test_add_func ("/service/http/commands", test_commands);
  g_test_add_func ("/service/http/parent", test_parent);
  g_test_add_func ("/service/http/early-end", test_early_end);
  g_test_add_func ("/service/http/tls", test_tls);
  g_test_add_func ("/service/http/log", test_log);
  return g_test_run ();
}
