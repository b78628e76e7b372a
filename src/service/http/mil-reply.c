/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-reply.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#include "base/mil-date.h"
#include "base/mil-json.h"
#include "base/mil-key.h"

G_DEFINE_BOXED_TYPE (MilReply, mil_reply, mil_reply_ref, mil_reply_unref)

/**
 * mil_reply_new:
 * @status: HTTP status
 * @content_type: media type of @body
 * @body: (nullable): what is sent
 *
 * Returns: (transfer full): an answer
 */
MilReply *
mil_reply_new (guint status, const char *content_type, GBytes *body)
{
  MilReply *self = g_new0 (MilReply, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->status = status;
  self->content_type = g_strdup (content_type);
  self->body = body != NULL ? g_bytes_ref (body) : NULL;
  return self;
}

/**
 * mil_reply_json:
 * @status: HTTP status
 * @node: JSON
 *
 * Returns: (transfer full): an answer of the type `application/json`
 */
MilReply *
mil_reply_json (guint status, JsonNode *node)
{
  g_autoptr (GBytes) body = NULL;

  g_return_val_if_fail (node != NULL, NULL);

  body = mil_json_to_bytes (node);
  return mil_reply_new (status, "application/json", body);
}

/**
 * mil_reply_object:
 * @status: HTTP status
 * @object: (transfer full): a JSON object
 *
 * Returns: (transfer full): an answer of the type `application/json`
 */
MilReply *
mil_reply_object (guint status, JsonObject *object)
{
  g_autoptr (JsonNode) node = mil_wire_node (object);

  return mil_reply_json (status, node);
}

/**
 * mil_reply_ref:
 * @self: an answer
 *
 * Returns: (transfer full): @self
 */
MilReply *
mil_reply_ref (MilReply *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * mil_reply_unref:
 * @self: (transfer full): an answer
 *
 * Lets go of @self.
 */
void
mil_reply_unref (MilReply *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->content_type);
  g_free (self->etag);
  g_free (self->cache_control);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

/**
 * mil_reply_error_status:
 * @error: an error of the domain %MIL_ERROR
 *
 * Returns: the HTTP status that says it
 */
guint
mil_reply_error_status (const GError *error)
{
  g_return_val_if_fail (error != NULL, 500);

  if (error->domain != MIL_ERROR)
    return SOUP_STATUS_INTERNAL_SERVER_ERROR;
  switch ((MilErrorCode) error->code)
    {
    case MIL_ERROR_INVALID:
    case MIL_ERROR_OVERFLOW:
    case MIL_ERROR_PROTOCOL:
    case MIL_ERROR_UNREADABLE:
      return SOUP_STATUS_BAD_REQUEST;
    case MIL_ERROR_UNAUTHENTICATED:
      return SOUP_STATUS_UNAUTHORIZED;
    case MIL_ERROR_INSUFFICIENT_FUNDS:
      return SOUP_STATUS_PAYMENT_REQUIRED;
    case MIL_ERROR_FORBIDDEN:
      return SOUP_STATUS_FORBIDDEN;
    case MIL_ERROR_NOT_FOUND:
      return SOUP_STATUS_NOT_FOUND;
    case MIL_ERROR_CONFLICT:
      return SOUP_STATUS_CONFLICT;
    case MIL_ERROR_EXPIRED:
      return SOUP_STATUS_GONE;
    case MIL_ERROR_TOO_LARGE:
      return SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE;
    case MIL_ERROR_UNSUPPORTED:
      return SOUP_STATUS_UNPROCESSABLE_ENTITY;
    case MIL_ERROR_NO_SPACE:
      return SOUP_STATUS_INSUFFICIENT_STORAGE;
    case MIL_ERROR_STORAGE:
    case MIL_ERROR_TIMEOUT:
    case MIL_ERROR_CANCELLED:
      return SOUP_STATUS_SERVICE_UNAVAILABLE;
    default:
      return SOUP_STATUS_INTERNAL_SERVER_ERROR;
    }
}

/**
 * mil_reply_problem:
 * @error: what went wrong
 *
 * Says it in `application/problem+json` (RFC 9457), with our own member `code`.
 *
 * Returns: (transfer full): an answer
 */
MilReply *
mil_reply_problem (const GError *error)
{
  g_autoptr (GError) ours = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GBytes) body = NULL;
  JsonObject *object;
  guint       status;

  g_return_val_if_fail (error != NULL, NULL);

  ours = mil_error_from (error);
  status = mil_reply_error_status (ours);
  object = json_object_new ();
  json_object_set_string_member (object, "type", "about:blank");
  json_object_set_string_member (object, "title", soup_status_get_phrase (status));
  json_object_set_int_member (object, "status", status);
  json_object_set_string_member (object, "detail", ours->message);
  json_object_set_string_member (object, "code", mil_error_code_name ((MilErrorCode) ours->code));
  node = mil_wire_node (object);
  body = mil_json_to_bytes (node);
  return mil_reply_new (status, "application/problem+json", body);
}

/* RFC 9110, section 13.1.2, for one strong tag of ours against the list that the client sent. */
static gboolean
etag_matches (const char *list, const char *etag)
{
  g_auto (GStrv) tags = g_strsplit (list, ",", 64);

  for (guint i = 0; tags[i] != NULL; i++)
    {
      const char *tag = g_strstrip (tags[i]);

      if (g_str_equal (tag, "*"))
        return TRUE;
      if (g_str_has_prefix (tag, "W/"))
        tag += 2;
      if (g_str_equal (tag, etag))
        return TRUE;
    }
  return FALSE;
}

/**
 * mil_reply_cached:
 * @self: (transfer full): an answer to a GET
 * @if_none_match: (nullable): what the client has
 * @cache_control: how long it may be kept
 *
 * Gives an answer an entity tag (from the digest of its body), or turns it into a 304 when the
 * client has it already.
 *
 * Returns: (transfer full): the answer to send
 */
MilReply *
mil_reply_cached (MilReply *self, const char *if_none_match, const char *cache_control)
{
  g_autoptr (MilReply) reply = self;
  g_autofree char *digest = NULL;
  gconstpointer    data;
  gsize            size;

  g_return_val_if_fail (self != NULL && self->body != NULL, NULL);

  data = g_bytes_get_data (reply->body, &size);
  digest = mil_sha256_hex (data, size);
  reply->etag = g_strdup_printf ("\"%.32s\"", digest);
  reply->cache_control = g_strdup (cache_control);
  if (if_none_match != NULL && etag_matches (if_none_match, reply->etag))
    {
      reply->status = SOUP_STATUS_NOT_MODIFIED;
      g_clear_pointer (&reply->body, g_bytes_unref);
    }
  return g_steal_pointer (&reply);
}

/**
 * mil_wire_node:
 * @object: (transfer full): an object
 *
 * Returns: (transfer full): a node that holds it
 */
JsonNode *
mil_wire_node (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

/**
 * mil_wire_add_money:
 * @object: what to add to
 * @member: under which name
 * @money: an amount
 *
 * Adds `{"amount": minor units, "currency": ISO code}`, or null when @money is not set.
 */
void
mil_wire_add_money (JsonObject *object, const char *member, MilMoney money)
{
  JsonObject *amount;

  if (!mil_money_is_set (money))
    {
      json_object_set_null_member (object, member);
      return;
    }
  amount = json_object_new ();
  json_object_set_int_member (amount, "amount", money.minor);
  json_object_set_string_member (amount, "currency", money.currency);
  json_object_set_object_member (object, member, amount);
}

/**
 * mil_wire_add_instant:
 * @object: what to add to
 * @member: under which name
 * @microseconds: since 1970, UTC
 *
 * Adds an instant as RFC 3339 writes it.
 */
void
mil_wire_add_instant (JsonObject *object, const char *member, gint64 microseconds)
{
  g_autofree char *text = mil_instant_to_string (microseconds);

  json_object_set_string_member (object, member, text);
}

/**
 * mil_wire_add_optional:
 * @object: what to add to
 * @member: under which name
 * @text: (nullable): a string
 *
 * Adds a string, or null.
 */
void
mil_wire_add_optional (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
  else
    json_object_set_null_member (object, member);
}

/**
 * mil_wire_parse:
 * @text: JSON that this service stored
 * @error: return location
 *
 * Returns: (transfer full): its root, or %NULL with @error set to %MIL_ERROR_STORAGE
 */
JsonNode *
mil_wire_parse (const char *text, GError **error)
{
  g_autoptr (GError) problem = NULL;
  JsonNode *node;

  g_return_val_if_fail (text != NULL, NULL);

  node = json_from_string (text, &problem);
  if (node == NULL)
    mil_error_set (error, MIL_ERROR_STORAGE, _ ("A stored row is damaged. Restore the database from its backup."));
  return node;
}
