/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-event-stream.h"

#include "base/mil-json.h"
#include "traveller/mil-event-reader.h"

#include <glib/gi18n.h>

/* The service says something every 15 s; three times that and the line is dead. */
#define SILENCE_MS 45000
#define READ_SIZE 16384
#define FIRST_PAUSE_MS 500
#define LONGEST_PAUSE_MS 30000
#define MAX_EVENT (2 * 1024 * 1024)

struct _MilEventStream
{
  GObject parent_instance;

  MilClient  *client; /* (owned) */
  DexFuture  *loop;   /* (owned) (nullable) */
  DexPromise *hurry;  /* (owned) (nullable): resolved to end a pause early */
  gint64      since;
  gboolean    connected;
};

G_DEFINE_FINAL_TYPE (MilEventStream, mil_event_stream, G_TYPE_OBJECT)

typedef enum
{
  PROP_CONNECTED = 1,
  N_PROPS,
} MilEventStreamProperty;

static GParamSpec *props[N_PROPS];
static guint       event_signal;

static void
set_connected (MilEventStream *self, gboolean connected)
{
  if (self->connected == connected)
    return;
  self->connected = connected;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONNECTED]);
}

static void
mil_event_stream_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch ((MilEventStreamProperty) prop_id)
    {
    case PROP_CONNECTED:
      g_value_set_boolean (value, MIL_EVENT_STREAM (object)->connected);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_event_stream_dispose (GObject *object)
{
  MilEventStream *self = MIL_EVENT_STREAM (object);

  dex_clear (&self->loop);
  dex_clear (&self->hurry);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (mil_event_stream_parent_class)->dispose (object);
}

static void
mil_event_stream_class_init (MilEventStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mil_event_stream_get_property;
  object_class->dispose = mil_event_stream_dispose;
  props[PROP_CONNECTED] = g_param_spec_boolean ("connected", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  event_signal = g_signal_new (
      "event", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_INT64, JSON_TYPE_NODE);
}

static void
mil_event_stream_init (MilEventStream *self)
{
}

/**
 * mil_event_stream_new:
 * @client: who asks
 * @since: sequence number of the last event that was taken over; 0 for none
 *
 * Returns: (transfer full): a stream that is not opened yet
 */
MilEventStream *
mil_event_stream_new (MilClient *client, gint64 since)
{
  MilEventStream *self = NULL;

  g_return_val_if_fail (MIL_IS_CLIENT (client), NULL);

  self = g_object_new (MIL_TYPE_EVENT_STREAM, NULL);
  self->client = g_object_ref (client);
  self->since = since;
  return self;
}

/* An event that is not understood is passed over: a newer service may tell more than is known here. */
static void
on_event_cb (const char *type, const char *id, const char *text, gpointer data)
{
  MilEventStream *self = MIL_EVENT_STREAM (data);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) json = mil_json_parse (bytes, MAX_EVENT, &error);
  g_autoptr (MilJson) reader = json != NULL ? mil_json_new (json) : NULL;
  gint64    seq = 0;
  JsonNode *node = NULL;

  if (reader != NULL)
    {
      seq = mil_json_int (reader, "seq", 1, G_MAXINT64);
      if (mil_json_enter (reader, "data"))
        {
          node = mil_json_node (reader);
          mil_json_leave (reader);
        }
      mil_json_finish (reader, &error);
    }
  if (error != NULL)
    {
      g_message ("An event of the service was not understood: %s", error->message);
      return;
    }
  if (seq <= self->since)
    return;
  self->since = seq;
  g_signal_emit (self, event_signal, 0, type, seq, node);
}

/* Returns when the stream ends, with an error when it broke. */
static gboolean
read_stream (MilEventStream *self, GInputStream *stream, GError **error)
{
  g_autoptr (MilEventReader) reader = mil_event_reader_new (on_event_cb, self);

  for (;;)
    {
      g_autoptr (GBytes) bytes = mil_await_pointer (mil_with_timeout (dex_input_stream_read_bytes (stream, READ_SIZE, G_PRIORITY_DEFAULT),
                                                                      SILENCE_MS,
                                                                      _ ("The service has gone silent.")),
                                                    error);
      if (bytes == NULL)
        return FALSE;
      if (g_bytes_get_size (bytes) == 0)
        return TRUE;
      if (!mil_event_reader_feed (reader, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)))
        {
          mil_error_set (error, MIL_ERROR_TOO_LARGE, _ ("The service sent more than can be meant."));
          return FALSE;
        }
    }
}

static gboolean
run_once (MilEventStream *self, GError **error)
{
  g_autofree char *path = g_strdup_printf ("/v1/events?since=%" G_GINT64_FORMAT, self->since);
  g_autoptr (GInputStream) stream = mil_await_pointer (mil_client_open_stream (self->client, path), error);
  gboolean whole = FALSE;

  if (stream == NULL)
    return FALSE;
  set_connected (self, TRUE);
  whole = read_stream (self, stream, error);
  set_connected (self, FALSE);
  return whole;
}

/* Ends with the future of the loop: then the pause is rejected. */
static DexFuture *
loop_fiber (gpointer data)
{
  MilEventStream *self = MIL_EVENT_STREAM (data);
  guint           pause = FIRST_PAUSE_MS;

  while (self->loop != NULL)
    {
      g_autoptr (GError) error = NULL;
      gint64 before = self->since;

      if (run_once (self, &error) || self->since > before)
        pause = FIRST_PAUSE_MS;
      if (error != NULL)
        g_debug ("The event stream broke: %s", error->message);
      if (self->loop == NULL)
        break;
      dex_clear (&self->hurry);
      self->hurry = dex_promise_new ();
      g_clear_error (&error);
      mil_await (dex_future_first (dex_timeout_new_msec (pause), dex_ref (DEX_FUTURE (self->hurry)), NULL), NULL);
      pause = MIN (pause * 2, LONGEST_PAUSE_MS);
    }
  return dex_future_new_true ();
}

/**
 * mil_event_stream_start:
 * @self: a stream
 *
 * Opens it, and again whenever it breaks, until mil_event_stream_stop().
 */
void
mil_event_stream_start (MilEventStream *self)
{
  g_return_if_fail (MIL_IS_EVENT_STREAM (self));

  if (self->loop == NULL)
    self->loop = mil_spawn (loop_fiber, g_object_ref (self), g_object_unref);
}

/**
 * mil_event_stream_stop:
 * @self: a stream
 *
 * Closes it.
 */
void
mil_event_stream_stop (MilEventStream *self)
{
  g_return_if_fail (MIL_IS_EVENT_STREAM (self));

  dex_clear (&self->loop);
  set_connected (self, FALSE);
}

/**
 * mil_event_stream_retry:
 * @self: a stream
 *
 * Ends the pause before the next attempt: the network is back.
 */
void
mil_event_stream_retry (MilEventStream *self)
{
  g_return_if_fail (MIL_IS_EVENT_STREAM (self));

  if (self->hurry != NULL)
    dex_promise_resolve_boolean (self->hurry, TRUE);
}

/**
 * mil_event_stream_is_connected:
 * @self: a stream
 *
 * Returns: whether events come as they happen
 */
gboolean
mil_event_stream_is_connected (MilEventStream *self)
{
  g_return_val_if_fail (MIL_IS_EVENT_STREAM (self), FALSE);

  return self->connected;
}

/**
 * mil_event_stream_get_since:
 * @self: a stream
 *
 * Returns: sequence number of the last event that was told
 */
gint64
mil_event_stream_get_since (MilEventStream *self)
{
  g_return_val_if_fail (MIL_IS_EVENT_STREAM (self), 0);

  return self->since;
}
