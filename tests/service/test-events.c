/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "shopping.h"

typedef struct
{
  GDataInputStream *lines;
  gint64            seq;
  char             *type;
  JsonNode         *data;
} Listener;

static Listener *
listener_new (Client *client, gint64 since)
{
  Listener        *self = g_new0 (Listener, 1);
  g_autofree char *path = g_strdup_printf ("/v1/events?since=%" G_GINT64_FORMAT, since);
  g_autoptr (GInputStream) stream = client_stream (client, path);

  self->lines = g_data_input_stream_new (stream);
  return self;
}

static void
listener_free (Listener *self)
{
  g_input_stream_close (G_INPUT_STREAM (self->lines), NULL, NULL);
  g_object_unref (self->lines);
  g_free (self->type);
  g_clear_pointer (&self->data, json_node_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Listener, listener_free)

/* Reads one event; FALSE when the stream ends. */
static gboolean
listener_next (Listener *self)
{
  gint64 before = self->seq;

  while (TRUE)
    {
      g_autofree char *line = g_data_input_stream_read_line (self->lines, NULL, NULL, NULL);

      if (line == NULL)
        return FALSE;
      if (g_str_has_prefix (line, "id: "))
        self->seq = g_ascii_strtoll (line + 4, NULL, 10);
      else if (g_str_has_prefix (line, "event: "))
        g_set_str (&self->type, line + 7);
      else if (g_str_has_prefix (line, "data: "))
        {
          g_clear_pointer (&self->data, json_node_unref);
          self->data = json_from_string (line + 6, NULL);
          g_assert_nonnull (self->data);
        }
      else if (*line == '\0' && self->seq != before)
        return TRUE;
    }
}

static void
assert_next (Listener *self, gint64 seq)
{
  g_assert_true (listener_next (self));
  g_assert_cmpint (self->seq, ==, seq);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (self->data), "seq"), ==, seq);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (self->data), "type"), ==, self->type);
}

static gint64
last_seq (Client *client)
{
  g_autoptr (Answer) page = client_get (client, "/v1/events");

  assert_status (page, 200);
  return answer_int (page, "next");
}

/* What is there is sent at once, what comes is sent when it comes. */
static void
test_stream (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Client) ear = client_new (service, client->key);
  g_autofree char *first = shop_wallet (client);
  gint64           seq = last_seq (client);
  g_autoptr (Listener) listener = listener_new (ear, 0);
  g_autofree char *second = NULL;

  g_assert_cmpint (seq, >, 0);
  for (gint64 i = 1; i <= seq; i++)
    assert_next (listener, i);
  g_assert_cmpstr (listener->type, ==, "wallet.changed");
  second = shop_wallet (client);
  assert_next (listener, seq + 1);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (listener->data), "subject"), ==, second);
}

/* Across many connections, each event comes once and in its turn. */
static void
test_reconnect (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  gint64 seen = 0;

  for (guint round = 0; round < 5; round++)
    {
      g_autoptr (Client) ear = client_new (service, client->key);
      g_autoptr (Listener) listener = NULL;
      g_autofree char *wallet = shop_wallet (client);
      gint64           last = last_seq (client);

      listener = listener_new (ear, seen);
      while (seen < last)
        assert_next (listener, ++seen);
    }
}

static void
test_restart (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Client) ear = client_new (service, client->key);
  g_autofree char *first = shop_wallet (client);
  gint64           seq = last_seq (client);
  g_autoptr (Listener) listener = listener_new (ear, seq);
  g_autoptr (Listener) again = NULL;
  g_autoptr (Client) late = NULL;
  g_autofree char *second = NULL;

  /* A clean end ends the stream; nothing hangs. */
  service_stop (service);
  g_assert_false (listener_next (listener));
  service_start (service);
  late = client_new (service, client->key);
  second = shop_wallet (late);
  service_kill (service);
  service_start (service);
  again = listener_new (late, seq);
  assert_next (again, seq + 1);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (again->data), "subject"), ==, second);
}

static void
test_page (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Client) other = client_enrolled (service);
  g_autofree char *wallet = shop_wallet (client);
  g_autoptr (Answer) all = client_get (client, "/v1/events?since=0");
  g_autoptr (Answer) none = client_get (other, "/v1/events?since=0");
  g_autoptr (Answer) bad = client_get (client, "/v1/events?since=x");
  g_autoptr (Answer) stranger = client_ask (client, &(Ask) { .method = "GET", .path = "/v1/events?since=0", .unsigned_ = TRUE });

  assert_status (all, 200);
  g_assert_cmpstr (answer_string (all, "events.0.type"), ==, "wallet.changed");
  assert_status (none, 200);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (answer_node (none, "events"))), ==, 0);
  assert_status (bad, 400);
  assert_status (stranger, 401);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/events/stream", test_stream);
  g_test_add_func ("/service/events/reconnect", test_reconnect);
  g_test_add_func ("/service/events/restart", test_restart);
  g_test_add_func ("/service/events/page", test_page);
  return run_and_check ("/service/events/schemas");
}
