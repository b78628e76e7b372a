/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-outbox.h"

#include "base/mil-json.h"
#include "traveller/mil-session-private.h"

#include <glib/gi18n.h>

struct _MilOutbox
{
  GObject parent_instance;

  MilLocalStore *store;   /* (owned) */
  MilClient     *client;  /* (owned) */
  GQueue         letters; /* (element-type Letter) */
  DexFuture     *flush;   /* (owned) (nullable) */
  GError        *problem; /* (owned) (nullable) */

  MilOutboxFiller  fill; /* (nullable) */
  gpointer         fill_data;
  MilOutboxSettler settle; /* (nullable) */
  gpointer         settle_data;
};

G_DEFINE_FINAL_TYPE (MilOutbox, mil_outbox, G_TYPE_OBJECT)

typedef struct
{
  char     *id; /* also the idempotency key */
  char     *path;
  JsonNode *body;
  char     *secret; /* (nullable): whose secret goes into the body when it is sent */
} Letter;

typedef enum
{
  PROP_N_WAITING = 1,
  PROP_PROBLEM,
  N_PROPS,
} MilOutboxProperty;

static GParamSpec *props[N_PROPS];
static guint       sent_signal;

static Letter *
letter_new (const char *id, const char *path, JsonNode *body, const char *secret)
{
  Letter *letter = g_new0 (Letter, 1);

  letter->id = g_strdup (id);
  letter->path = g_strdup (path);
  letter->body = json_node_copy (body);
  letter->secret = g_strdup (secret);
  return letter;
}

static void
letter_free (gpointer data)
{
  Letter *letter = data;

  g_free (letter->id);
  g_free (letter->path);
  json_node_unref (letter->body);
  g_free (letter->secret);
  g_free (letter);
}

static JsonNode *
letter_to_json (Letter *letter)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "path", letter->path);
  json_object_set_member (object, "body", json_node_copy (letter->body));
  if (letter->secret != NULL)
    json_object_set_string_member (object, "secret", letter->secret);
  json_node_set_object (node, object);
  return node;
}

static void
mil_outbox_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilOutbox *self = MIL_OUTBOX (object);

  switch ((MilOutboxProperty) prop_id)
    {
    case PROP_N_WAITING:
      g_value_set_uint (value, self->letters.length);
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_outbox_dispose (GObject *object)
{
  MilOutbox *self = MIL_OUTBOX (object);

  dex_clear (&self->flush);
  g_clear_object (&self->store);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (mil_outbox_parent_class)->dispose (object);
}

static void
mil_outbox_finalize (GObject *object)
{
  MilOutbox *self = MIL_OUTBOX (object);

  g_queue_clear_full (&self->letters, letter_free);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (mil_outbox_parent_class)->finalize (object);
}

static void
mil_outbox_class_init (MilOutboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GType         type = G_TYPE_FROM_CLASS (klass);

  object_class->get_property = mil_outbox_get_property;
  object_class->dispose = mil_outbox_dispose;
  object_class->finalize = mil_outbox_finalize;
  props[PROP_N_WAITING] = g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  sent_signal = g_signal_new ("sent", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, JSON_TYPE_NODE);
}

static void
mil_outbox_init (MilOutbox *self)
{
  g_queue_init (&self->letters);
}

/**
 * mil_outbox_new: (skip)
 * @store: where it is kept
 * @client: who sends it
 *
 * Returns: (transfer full): an empty outbox
 */
MilOutbox *
mil_outbox_new (MilLocalStore *store, MilClient *client)
{
  MilOutbox *self = g_object_new (MIL_TYPE_OUTBOX, NULL);

  self->store = g_object_ref (store);
  self->client = g_object_ref (client);
  return self;
}

/**
 * mil_outbox_load: (skip)
 * @self: an outbox
 * @documents: what the store held
 *
 * Brings back what was not sent.
 */
void
mil_outbox_load (MilOutbox *self, MilDocuments *documents)
{
  GPtrArray *found = NULL;

  g_return_if_fail (MIL_IS_OUTBOX (self));
  g_return_if_fail (documents != NULL);

  found = mil_documents_get (documents, MIL_KIND_OUTBOX);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      MilDocument *document = found->pdata[i];
      g_autoptr (MilJson) reader = mil_json_new (document->json);
      const char *path = mil_json_string (reader, "path", 2000);
      const char *secret = mil_json_string_optional (reader, "secret", 200);
      JsonNode   *body = NULL;
      g_autoptr (GError) error = NULL;
      if (mil_json_enter (reader, "body"))
        body = mil_json_node (reader);
      mil_json_leave (reader);
      if (mil_json_finish (reader, &error))
        g_queue_push_tail (&self->letters, letter_new (document->id, path, body, secret));
      else
        mil_documents_leave_out (documents, MIL_KIND_OUTBOX, document->id, error);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_WAITING]);
}

static void
set_problem (MilOutbox *self, const GError *problem)
{
  g_clear_error (&self->problem);
  self->problem = problem != NULL ? g_error_copy (problem) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
}

/**
 * mil_outbox_is_refusal:
 * @error: what a request ended with
 *
 * Returns: whether no second attempt would change it
 */
gboolean
mil_outbox_is_refusal (const GError *error)
{
  static const MilErrorCode final[] = {
    MIL_ERROR_INVALID,   MIL_ERROR_NOT_FOUND, MIL_ERROR_FORBIDDEN,   MIL_ERROR_CONFLICT,
    MIL_ERROR_TOO_LARGE, MIL_ERROR_EXPIRED,   MIL_ERROR_UNSUPPORTED,
  };

  for (guint i = 0; i < G_N_ELEMENTS (final); i++)
    if (g_error_matches (error, MIL_ERROR, final[i]))
      return TRUE;
  return FALSE;
}

/* The answer, or that there is none, is taken over before the letter is thrown away; both writes are done in
 * this order. */
static gboolean
end_letter (MilOutbox *self, JsonNode *answer, const GError *refusal, GError **error)
{
  Letter          *letter = g_queue_peek_head (&self->letters);
  g_autofree char *id = g_strdup (letter->id);
  g_autofree char *path = g_strdup (letter->path);

  if (answer == NULL && self->settle != NULL && !mil_await (self->settle (id, path, refusal, self->settle_data), error))
    return FALSE;
  letter_free (g_queue_pop_head (&self->letters));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_WAITING]);
  if (answer != NULL)
    g_signal_emit (self, sent_signal, 0, id, path, answer);
  return mil_await (mil_local_store_delete (self->store, MIL_KIND_OUTBOX, id), error);
}

/**
 * mil_outbox_set_settler: (skip)
 * @self: an outbox
 * @settle: (scope forever): takes over what was refused
 * @data: for @settle; outlives the outbox
 *
 * Says what becomes of letters that are refused for good.
 */
void
mil_outbox_set_settler (MilOutbox *self, MilOutboxSettler settle, gpointer data)
{
  g_return_if_fail (MIL_IS_OUTBOX (self));

  self->settle = settle;
  self->settle_data = data;
}

/**
 * mil_outbox_set_filler: (skip)
 * @self: an outbox
 * @fill: (scope forever): puts a secret into a body
 * @data: for @fill; outlives the outbox
 *
 * Says how secrets come into letters.
 */
void
mil_outbox_set_filler (MilOutbox *self, MilOutboxFiller fill, gpointer data)
{
  g_return_if_fail (MIL_IS_OUTBOX (self));

  self->fill = fill;
  self->fill_data = data;
}

static JsonNode *
content_of (MilOutbox *self, Letter *letter, GError **error)
{
  if (letter->secret == NULL || self->fill == NULL)
    return json_node_ref (letter->body);
  return mil_await_pointer (self->fill (letter->body, letter->secret, self->fill_data), error);
}

static DexFuture *
flush_fiber (gpointer data)
{
  MilOutbox *self = MIL_OUTBOX (data);
  g_autoptr (GError) error = NULL;

  while (error == NULL && self->letters.length > 0 && self->client != NULL)
    {
      Letter *letter = g_queue_peek_head (&self->letters);
      g_autoptr (JsonNode) body = content_of (self, letter, &error);
      g_autoptr (JsonNode) answer = NULL;

      if (body == NULL)
        break;
      answer = mil_await_pointer (mil_client_post (self->client, letter->path, body, letter->id, MIL_AUTH_SIGNED), &error);
      if (answer != NULL)
        end_letter (self, answer, NULL, &error);
      else if (mil_outbox_is_refusal (error))
        {
          g_autoptr (GError) refusal = g_steal_pointer (&error);
          end_letter (self, NULL, refusal, &error);
        }
    }
  set_problem (self, error);
  return dex_future_new_true ();
}

/**
 * mil_outbox_flush: (skip)
 * @self: an outbox
 *
 * Sends what waits, in order, until something cannot be sent now. One flow does so at a time.
 *
 * Returns: (transfer full): a future that resolves when that flow has ended
 */
DexFuture *
mil_outbox_flush (MilOutbox *self)
{
  dex_return_error_if_fail (MIL_IS_OUTBOX (self));

  if (self->flush == NULL || !dex_future_is_pending (self->flush))
    {
      dex_clear (&self->flush);
      self->flush = mil_spawn (flush_fiber, g_object_ref (self), g_object_unref);
    }
  return dex_ref (self->flush);
}

/**
 * mil_outbox_stop: (skip)
 * @self: an outbox
 *
 * Stops sending.
 */
void
mil_outbox_stop (MilOutbox *self)
{
  g_return_if_fail (MIL_IS_OUTBOX (self));

  dex_clear (&self->flush);
}

/**
 * mil_outbox_add_to_batch: (skip)
 * @self: an outbox
 * @batch: what is written together
 * @id: id of the letter, under which it is done once
 * @path: where it goes
 * @body: what it says
 * @secret: (nullable): whose secret is put into it when it is sent, and never written to the disk
 *
 * Adds a letter to the outbox and to a batch, so that it is on the disk with what it speaks of. It is
 * to be sent with mil_outbox_flush() once the batch is written.
 */
void
mil_outbox_add_to_batch (MilOutbox *self, MilBatch *batch, const char *id, const char *path, JsonNode *body, const char *secret)
{
  Letter *letter = NULL;
  g_autoptr (JsonNode) json = NULL;

  g_return_if_fail (MIL_IS_OUTBOX (self));
  g_return_if_fail (batch != NULL && id != NULL && path != NULL && body != NULL);

  letter = letter_new (id, path, body, secret);
  json = letter_to_json (letter);
  mil_batch_put (batch, MIL_KIND_OUTBOX, id, json);
  g_queue_push_tail (&self->letters, letter);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_WAITING]);
}

/**
 * mil_outbox_get_n_waiting:
 * @self: an outbox
 *
 * Returns: how many wait to be sent
 */
guint
mil_outbox_get_n_waiting (MilOutbox *self)
{
  g_return_val_if_fail (MIL_IS_OUTBOX (self), 0);

  return self->letters.length;
}

/**
 * mil_outbox_get_problem:
 * @self: an outbox
 *
 * Returns: (transfer none) (nullable): why sending does not get on
 */
GError *
mil_outbox_get_problem (MilOutbox *self)
{
  g_return_val_if_fail (MIL_IS_OUTBOX (self), NULL);

  return self->problem;
}

static DexFuture *
flush_after_write (DexFuture *written, gpointer data)
{
  mil_disown (mil_outbox_flush (MIL_OUTBOX (data)), "send what waits");
  return dex_ref (written);
}

/**
 * mil_outbox_post:
 * @self: an outbox
 * @id: UUID under which this is done once, however often it is sent
 * @path: where it goes, from "/"
 * @body: what it says
 *
 * Writes it down, then sends it as soon as that is possible.
 *
 * Returns: (transfer full): a future that resolves when it is on the disk; what becomes of it the
 *   signals tell
 */
DexFuture *
mil_outbox_post (MilOutbox *self, const char *id, const char *path, JsonNode *body)
{
  MilBatch *batch = NULL;

  dex_return_error_if_fail (MIL_IS_OUTBOX (self));
  dex_return_error_if_fail (id != NULL && path != NULL && body != NULL);

  batch = mil_batch_new ();
  mil_outbox_add_to_batch (self, batch, id, path, body, NULL);
  return dex_future_then (mil_local_store_write (self->store, batch), flush_after_write, g_object_ref (self), g_object_unref);
}

/**
 * mil_outbox_retry:
 * @self: an outbox
 *
 * Tries to send what waits.
 */
void
mil_outbox_retry (MilOutbox *self)
{
  g_return_if_fail (MIL_IS_OUTBOX (self));

  mil_disown (mil_outbox_flush (self), "send what waits");
}
