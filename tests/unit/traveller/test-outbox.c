/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mil-traveller-test.h"

#include "traveller/mil-session-private.h"

#include <libsoup/soup.h>
#include <string.h>

#define ID "01890a5d-ac96-774b-bcce-b302099a8057"
#define PATH "/v1/taxfree/claims"

/* A service that refuses every claim, and somebody who may or may not find out what that means. */
typedef struct
{
  char          *folder;
  SoupServer    *server;
  MilClient     *client;
  MilLocalStore *store;
  MilOutbox     *outbox;
  gboolean       is_away;
  guint          n_settled;
} Fixture;

static void
on_request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  static const char enrolled[] = "{\"id\":\"p\",\"role\":\"traveller\",\"key_id\":\"k\"}";
  static const char refused[]
      = "{\"type\":\"about:blank\",\"title\":\"Conflict\",\"status\":409,\"detail\":\"It is another claim.\","
        "\"code\":\"conflict\"}";
  gboolean is_claim = g_str_equal (path, PATH);

  soup_server_message_set_status (message, is_claim ? 409 : 201, NULL);
  soup_server_message_set_response (message,
                                    is_claim ? "application/problem+json" : "application/json",
                                    SOUP_MEMORY_STATIC,
                                    is_claim ? refused : enrolled,
                                    strlen (is_claim ? refused : enrolled));
}

static DexFuture *
settle (const char *id, const char *path, const GError *refusal, gpointer data)
{
  Fixture *fixture = data;

  g_assert_cmpstr (id, ==, ID);
  g_assert_cmpstr (path, ==, PATH);
  g_assert_error (refusal, MIL_ERROR, MIL_ERROR_CONFLICT);
  fixture->n_settled++;
  return fixture->is_away ? mil_future_reject (MIL_ERROR_NETWORK, "away") : dex_future_new_true ();
}

static guint
n_kept (Fixture *fixture)
{
  g_autoptr (MilDocuments) documents = mil_test_await_object (mil_local_store_read_all (fixture->store), NULL);
  GPtrArray *letters = mil_documents_get (documents, MIL_KIND_OUTBOX);

  return letters != NULL ? letters->len : 0;
}

/* As a program that starts finds it. */
static void
load_outbox (Fixture *fixture)
{
  g_autoptr (MilDocuments) documents = mil_test_await_object (mil_local_store_read_all (fixture->store), NULL);

  fixture->outbox = mil_outbox_new (fixture->store, fixture->client);
  mil_outbox_set_settler (fixture->outbox, settle, fixture);
  mil_outbox_load (fixture->outbox, documents);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilSecrets) secrets = mil_secrets_new_memory ();
  g_autoptr (MilIdentity) identity = mil_identity_new (secrets, "test");
  g_autoptr (MilClock) clock = mil_clock_new_system ();
  g_autoptr (MilRandom) random = mil_random_new_seeded (7);
  g_autofree char *path = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = mil_test_folder_new ();
  path = g_build_filename (fixture->folder, "store.db", NULL);
  fixture->store = mil_local_store_new (path);
  mil_test_await (mil_local_store_open (fixture->store), &error);
  g_assert_no_error (error);
  fixture->server = mil_test_serve (on_request_cb, fixture, &address);
  fixture->client = mil_client_new (identity, clock, random, "en");
  mil_client_set_address (fixture->client, address);
  load_outbox (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  mil_outbox_stop (fixture->outbox);
  g_object_unref (fixture->outbox);
  soup_server_disconnect (fixture->server);
  g_object_unref (fixture->server);
  g_object_unref (fixture->client);
  mil_test_await (mil_local_store_close (fixture->store), NULL);
  g_object_unref (fixture->store);
  mil_test_folder_remove (fixture->folder);
}

/* A letter that was refused lies there until somebody has taken over what that means: killed before, the next
 * program asks again. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) body = mil_test_json ("{\"id\":\"" ID "\"}");
  g_autoptr (GError) error = NULL;

  fixture->is_away = TRUE;
  mil_test_await (mil_outbox_post (fixture->outbox, ID, PATH, body), &error);
  g_assert_no_error (error);
  mil_test_await (mil_outbox_flush (fixture->outbox), NULL);
  g_assert_cmpuint (fixture->n_settled, ==, 1);
  g_assert_cmpuint (mil_outbox_get_n_waiting (fixture->outbox), ==, 1);
  g_assert_error (mil_outbox_get_problem (fixture->outbox), MIL_ERROR, MIL_ERROR_NETWORK);
  g_assert_cmpuint (n_kept (fixture), ==, 1);
  g_object_unref (fixture->outbox);
  load_outbox (fixture);
  fixture->is_away = FALSE;
  g_assert_cmpuint (mil_outbox_get_n_waiting (fixture->outbox), ==, 1);
  mil_test_await (mil_outbox_flush (fixture->outbox), NULL);
  g_assert_cmpuint (fixture->n_settled, ==, 2);
  g_assert_cmpuint (mil_outbox_get_n_waiting (fixture->outbox), ==, 0);
  g_assert_null (mil_outbox_get_problem (fixture->outbox));
  g_assert_cmpuint (n_kept (fixture), ==, 0);
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/traveller/outbox/refused", Fixture, NULL, set_up, test_refused, tear_down);
  return g_test_run ();
}
