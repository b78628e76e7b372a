/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mil-traveller-test.h"

#include "traveller/mil-client.h"

#include <string.h>

/* A service that misbehaves in a way that the path names. */
typedef struct
{
  SoupServer *server;
  MilClient  *client;
  char       *address;
  guint       n_requests;
} Fixture;

static void
on_request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  static const struct
  {
    const char *path;
    guint       status;
    const char *type;
    const char *body;
  } answers[] = {
    { "/good", 200, "application/json", "{\"fine\":true}" },
    { "/500", 500, "text/html", "<html>Oops</html>" },
    { "/html", 200, "text/html", "<!DOCTYPE html><title>Wi-Fi login</title>" },
    { "/cut", 200, "application/json", "{\"stores\":[{\"id\":\"a\"" },
    { "/problem", 409, "application/problem+json", "{\"type\":\"about:blank\",\"title\":\"Conflict\",\"status\":409,\"detail\":\"The price has changed.\",\"code\":\"conflict\"}" },
    { "/v1/principals", 201, "application/json", "{\"id\":\"p\",\"role\":\"traveller\",\"key_id\":\"k\"}" },
  };
  Fixture *fixture = data;

  fixture->n_requests++;
  if (g_str_equal (path, "/slow"))
    {
      soup_server_message_pause (message);
      return;
    }
  if (g_str_equal (path, "/stall"))
    {
      /* Without soup_message_body_complete(), more is waited for. */
      soup_server_message_set_status (message, 200, NULL);
      soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_CHUNKED);
      soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC, "{\"a\":", 5);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_str_equal (path, answers[i].path))
      {
        soup_server_message_set_status (message, answers[i].status, NULL);
        soup_server_message_set_response (
            message, answers[i].type, SOUP_MEMORY_STATIC, answers[i].body, strlen (answers[i].body));
        return;
      }
  if (g_str_equal (path, "/signed"))
    {
      SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
      gboolean            is_signed = soup_message_headers_get_one (headers, "Signature") != NULL
                           && soup_message_headers_get_one (headers, "Signature-Input") != NULL
                           && soup_message_headers_get_one (headers, "Content-Digest") != NULL
                           && soup_message_headers_get_one (headers, "Idempotency-Key") != NULL;
      soup_server_message_set_status (message, is_signed ? 200 : 401, NULL);
      soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "{}", 2);
      return;
    }
  soup_server_message_set_status (message, 404, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilSecrets) secrets = mil_secrets_new_memory ();
  g_autoptr (MilIdentity) identity = mil_identity_new (secrets, "test");
  g_autoptr (MilClock) clock = mil_clock_new_system ();
  g_autoptr (MilRandom) random = mil_random_new_seeded (7);
  g_autoptr (GError) error = NULL;

  fixture->server = mil_test_serve (on_request_cb, fixture, &fixture->address);
  fixture->client = mil_client_new (identity, clock, random, "en");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  soup_server_disconnect (fixture->server);
  g_object_unref (fixture->server);
  g_object_unref (fixture->client);
  g_free (fixture->address);
}

static void
assert_fails (Fixture *fixture, const char *path, MilErrorCode code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) json = mil_test_await_object (mil_client_get_json (fixture->client, path, MIL_AUTH_NONE), &error);

  g_assert_null (json);
  g_assert_error (error, MIL_ERROR, code);
  g_assert_cmpuint (strlen (error->message), >, 10);
}

static void
test_misbehaving (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) json = NULL;

  mil_client_set_address (fixture->client, fixture->address);
  json = mil_test_await_object (mil_client_get_json (fixture->client, "/good", MIL_AUTH_NONE), &error);
  g_assert_no_error (error);
  g_assert_true (mil_client_is_reachable (fixture->client));
  assert_fails (fixture, "/500", MIL_ERROR_SERVER);
  assert_fails (fixture, "/html", MIL_ERROR_PROTOCOL);
  assert_fails (fixture, "/cut", MIL_ERROR_PROTOCOL);
  assert_fails (fixture, "/nothing", MIL_ERROR_NOT_FOUND);
  assert_fails (fixture, "/problem", MIL_ERROR_CONFLICT);
  g_assert_true (mil_client_is_reachable (fixture->client));
}

/* No answer, and half an answer: both end after the time that was given, and the next request is a fresh one. */
static void
test_slow (Fixture *fixture, gconstpointer data)
{
  static const char *const paths[] = { "/slow", "/stall" };

  mil_client_set_address (fixture->client, fixture->address);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) json = NULL;
      gint64 before = g_get_monotonic_time ();

      mil_client_set_timeout (fixture->client, 300);
      assert_fails (fixture, paths[i], MIL_ERROR_TIMEOUT);
      /* By itself it waits for ten. */
      g_assert_cmpint (g_get_monotonic_time () - before, <, 9 * G_USEC_PER_SEC);
      g_assert_false (mil_client_is_reachable (fixture->client));
      g_assert_nonnull (strstr (mil_client_get_problem (fixture->client)->message, "in time"));
      mil_client_set_timeout (fixture->client, MIL_TEST_PATIENCE);
      json = mil_test_await_object (mil_client_get_json (fixture->client, "/good", MIL_AUTH_NONE), &error);
      g_assert_no_error (error);
      g_assert_true (mil_client_is_reachable (fixture->client));
    }
  /* Nothing is asked twice; what was given up before it was sent is not asked at all. */
  g_assert_cmpuint (fixture->n_requests, >=, 2);
  g_assert_cmpuint (fixture->n_requests, <=, 4);
}

/* A request waits for the address of a service that is only starting. */
static void
test_waits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DexFuture) asked = mil_client_get_json (fixture->client, "/good", MIL_AUTH_NONE);

  mil_test_turn_for (50);
  g_assert_true (dex_future_is_pending (asked));
  g_assert_cmpuint (fixture->n_requests, ==, 0);
  mil_client_set_address (fixture->client, fixture->address);
  while (dex_future_is_pending (asked))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (dex_future_is_resolved (asked));
}

static void
test_unreachable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) json = NULL;

  mil_client_set_address (fixture->client, "http://127.0.0.1:1");
  assert_fails (fixture, "/good", MIL_ERROR_NETWORK);
  g_assert_false (mil_client_is_reachable (fixture->client));
  g_assert_error (mil_client_get_problem (fixture->client), MIL_ERROR, MIL_ERROR_NETWORK);
  mil_client_set_address (fixture->client, fixture->address);
  json = mil_test_await_object (mil_client_get_json (fixture->client, "/good", MIL_AUTH_NONE), &error);
  g_assert_no_error (error);
  g_assert_true (mil_client_is_reachable (fixture->client));
  g_assert_null (mil_client_get_problem (fixture->client));
}

static void
test_signed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) body = mil_test_json ("{\"a\":1}");
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (GError) error = NULL;

  mil_client_set_address (fixture->client, fixture->address);
  json = mil_test_await_object (mil_client_post (fixture->client, "/signed", body, NULL, MIL_AUTH_SIGNED), &error);
  g_assert_no_error (error);
  g_assert_nonnull (json);
  g_assert_cmpuint (fixture->n_requests, ==, 2);
  again = mil_test_await_object (mil_client_post (fixture->client, "/signed", body, NULL, MIL_AUTH_SIGNED), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->n_requests, ==, 3);
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/traveller/client/misbehaving", Fixture, NULL, set_up, test_misbehaving, tear_down);
  g_test_add ("/traveller/client/slow", Fixture, NULL, set_up, test_slow, tear_down);
  g_test_add ("/traveller/client/waits", Fixture, NULL, set_up, test_waits, tear_down);
  g_test_add ("/traveller/client/unreachable", Fixture, NULL, set_up, test_unreachable, tear_down);
  g_test_add ("/traveller/client/signed", Fixture, NULL, set_up, test_signed, tear_down);
  return g_test_run ();
}
