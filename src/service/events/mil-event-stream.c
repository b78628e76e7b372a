/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/events/mil-event-stream.h"

#include <json-glib/json-glib.h>

#define PAGE 50
#define COMMENT_SECONDS 15
/* More than this is not put before a client that does not read. */
#define MAX_UNSENT (256 * 1024)

struct _MilEventStream
{
  GObject parent_instance;

  MilStorage        *storage;
  SoupServerMessage *message;
  char              *owner;
  gint64             since;
  gsize              unsent;
  guint              timer;
  gboolean           is_reading;
  gboolean           is_stale;
  gboolean           is_over;
  gboolean           is_gone;
};

G_DEFINE_FINAL_TYPE (MilEventStream, mil_event_stream, G_TYPE_OBJECT)

enum
{
  ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  char  *owner;
  gint64 since;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->owner);
  g_free (question);
}

static gpointer
read_page (MilTx *tx, gpointer data, GError **error)
{
  Question *question = data;

  return mil_tx_events_since (tx, question->owner, question->since, PAGE, error);
}

static void
send_text (MilEventStream *self, const char *text)
{
  gsize size = strlen (text);

  self->unsent += size;
  soup_message_body_append (soup_server_message_get_response_body (self->message), SOUP_MEMORY_COPY, text, size);
  soup_server_message_unpause (self->message);
}

/* HTML Living Standard, section 9.2: id, event and data lines, an empty line ends the event. The
 * JSON has no line breaks of its own. */
static void
send_event (MilEventStream *self, JsonNode *event)
{
  JsonObject      *object = json_node_get_object (event);
  g_autofree char *data = json_to_string (event, FALSE);
  g_autofree char *text = NULL;

  self->since = json_object_get_int_member (object, "seq");
  text = g_strdup_printf ("id: %" G_GINT64_FORMAT "\nevent: %s\ndata: %s\n\n",
                          self->since,
                          json_object_get_string_member (object, "type"),
                          data);
  send_text (self, text);
}

/* Returns whether there may be more. */
static gboolean
send_page (MilEventStream *self, JsonNode *page)
{
  JsonArray *events = json_object_get_array_member (json_node_get_object (page), "events");
  guint      n_events = json_array_get_length (events);

  for (guint i = 0; i < n_events; i++)
    send_event (self, json_array_get_element (events, i));
  return n_events == PAGE;
}

static JsonNode *
next_page (MilEventStream *self, GError **error)
{
  Question *question = g_new0 (Question, 1);

  question->owner = g_strdup (self->owner);
  question->since = self->since;
  return mil_await_pointer (mil_storage_read (self->storage, read_page, question, question_free, JSON_TYPE_NODE), error);
}

static DexFuture *
pump (gpointer data)
{
  MilEventStream *self = data;

  while (self->is_stale && !self->is_over && self->unsent < MAX_UNSENT)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) page = NULL;

      self->is_stale = FALSE;
      page = next_page (self, &error);
      if (page == NULL)
        {
          g_warning ("Events could not be read: %s", error->message);
          mil_event_stream_end (self);
        }
      else if (!self->is_over && send_page (self, page))
        self->is_stale = TRUE;
    }
  self->is_reading = FALSE;
  return dex_future_new_for_boolean (TRUE);
}

static void
start_reading (MilEventStream *self)
{
  self->is_stale = TRUE;
  if (self->is_reading || self->is_over || self->unsent >= MAX_UNSENT)
    return;
  self->is_reading = TRUE;
  mil_disown (mil_spawn (pump, g_object_ref (self), g_object_unref), "sending events");
}

static void
on_wrote_body_data (SoupServerMessage *message, guint size, MilEventStream *self)
{
  self->unsent -= MIN (self->unsent, size);
  if (self->is_stale)
    start_reading (self);
}

static gboolean
send_comment (gpointer data)
{
  MilEventStream *self = data;

  if (self->unsent < MAX_UNSENT)
    send_text (self, ":\n\n");
  return G_SOURCE_CONTINUE;
}

static void
on_finished (SoupServerMessage *message, MilEventStream *self)
{
  g_autoptr (MilEventStream) keep = g_object_ref (self);

  if (self->is_gone)
    return;
  self->is_gone = self->is_over = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_signal_emit (keep, signals[ENDED], 0);
}

static void
mil_event_stream_finalize (GObject *object)
{
  MilEventStream *self = MIL_EVENT_STREAM (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->storage);
  g_clear_object (&self->message);
  g_free (self->owner);

  G_OBJECT_CLASS (mil_event_stream_parent_class)->finalize (object);
}

static void
mil_event_stream_class_init (MilEventStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mil_event_stream_finalize;

  signals[ENDED] = g_signal_new ("ended", MIL_TYPE_EVENT_STREAM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mil_event_stream_init (MilEventStream *self)
{
}

/**
 * mil_event_stream_new:
 * @storage: where events lie
 * @message: the request, paused, whose answer becomes the stream
 * @owner: whose events
 * @since: number of the last event that the client has; 0 for none
 *
 * Returns: (transfer full): a stream that has sent nothing yet
 */
MilEventStream *
mil_event_stream_new (MilStorage *storage, SoupServerMessage *message, const char *owner, gint64 since)
{
  MilEventStream *self;

  g_return_val_if_fail (MIL_IS_STORAGE (storage), NULL);
  g_return_val_if_fail (SOUP_IS_SERVER_MESSAGE (message), NULL);
  g_return_val_if_fail (owner != NULL, NULL);

  self = g_object_new (MIL_TYPE_EVENT_STREAM, NULL);
  self->storage = g_object_ref (storage);
  self->message = g_object_ref (message);
  self->owner = g_strdup (owner);
  self->since = since;
  return self;
}

/**
 * mil_event_stream_start:
 * @self: a stream
 *
 * Sends the head of the answer and the events that are there already.
 */
void
mil_event_stream_start (MilEventStream *self)
{
  SoupMessageHeaders *headers;

  g_return_if_fail (MIL_IS_EVENT_STREAM (self));

  headers = soup_server_message_get_response_headers (self->message);
  soup_server_message_set_status (self->message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_headers_set_content_type (headers, "text/event-stream", NULL);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_body_set_accumulate (soup_server_message_get_response_body (self->message), FALSE);
  g_signal_connect_object (self->message, "wrote-body-data", G_CALLBACK (on_wrote_body_data), self, 0);
  g_signal_connect_object (self->message, "finished", G_CALLBACK (on_finished), self, 0);
  self->timer = g_timeout_add_seconds (COMMENT_SECONDS, send_comment, self);
  /* The head goes out with the first bytes. */
  send_text (self, ":\n\n");
  start_reading (self);
}

/**
 * mil_event_stream_wake:
 * @self: a stream
 * @owners: principals that have new events; empty when anybody may have some
 *
 * Looks for new events if @owners has the stream's owner.
 */
void
mil_event_stream_wake (MilEventStream *self, const char *const *owners)
{
  g_return_if_fail (MIL_IS_EVENT_STREAM (self));
  g_return_if_fail (owners != NULL);

  if (owners[0] == NULL || g_strv_contains (owners, self->owner))
    start_reading (self);
}

/**
 * mil_event_stream_end:
 * @self: a stream
 *
 * Ends the answer; the client connects again and goes on where it was.
 */
void
mil_event_stream_end (MilEventStream *self)
{
  g_return_if_fail (MIL_IS_EVENT_STREAM (self));

  if (self->is_over)
    return;
  self->is_over = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  soup_message_body_complete (soup_server_message_get_response_body (self->message));
  soup_server_message_unpause (self->message);
}
