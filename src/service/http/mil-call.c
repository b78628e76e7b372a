/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-call.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#define MAX_SEGMENTS 12

G_DEFINE_BOXED_TYPE (MilCall, mil_call, mil_call_ref, mil_call_unref)

/* The `Host` header is what the client signed as @authority (RFC 9421, section 2.2.3). */
static char *
find_authority (SoupServerMessage *message)
{
  const char *host = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Host");

  return host != NULL ? g_ascii_strdown (host, -1) : g_strdup ("");
}

/**
 * mil_call_new:
 * @context: what endpoints need; must outlive the call
 * @message: a request that was read to its end
 *
 * Takes from @message what endpoints look at.
 *
 * Returns: (transfer full): a call without a route yet
 */
MilCall *
mil_call_new (const MilContext *context, SoupServerMessage *message)
{
  MilCall *self;
  GUri    *uri;

  g_return_val_if_fail (context != NULL, NULL);
  g_return_val_if_fail (SOUP_IS_SERVER_MESSAGE (message), NULL);

  uri = soup_server_message_get_uri (message);
  self = g_new0 (MilCall, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->context = context;
  self->method = g_strdup (soup_server_message_get_method (message));
  self->path = g_strdup (g_uri_get_path (uri));
  self->query = g_strdup (g_uri_get_query (uri));
  self->scheme = g_strdup (g_uri_get_scheme (uri));
  self->authority = find_authority (message);
  self->headers = soup_message_headers_ref (soup_server_message_get_request_headers (message));
  self->idempotency_key = g_strdup (mil_call_header (self, "Idempotency-Key"));
  return self;
}

/**
 * mil_call_ref:
 * @self: a call
 *
 * Returns: (transfer full): @self
 */
MilCall *
mil_call_ref (MilCall *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * mil_call_unref:
 * @self: (transfer full): a call
 *
 * Lets go of @self.
 */
void
mil_call_unref (MilCall *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->method);
  g_free (self->path);
  g_free (self->query);
  g_free (self->authority);
  g_free (self->scheme);
  soup_message_headers_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->json, json_node_unref);
  g_clear_pointer (&self->principal, mil_principal_unref);
  g_clear_pointer (&self->key, mil_key_unref);
  g_free (self->idempotency_key);
  g_free (self->consent);
  g_strfreev (self->names);
  g_strfreev (self->values);
  g_free (self);
}

/**
 * mil_call_match:
 * @self: a call
 * @route: an endpoint
 *
 * Whether the call's path fits the pattern of @route, whatever the method. If it does, the parts
 * that the pattern names are kept for mil_call_param().
 *
 * Returns: %TRUE if it does
 */
gboolean
mil_call_match (MilCall *self, const MilRoute *route)
{
  g_auto (GStrv) pattern = NULL;
  g_auto (GStrv) path = NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL && route != NULL, FALSE);

  pattern = g_strsplit (route->pattern, "/", MAX_SEGMENTS);
  path = g_strsplit (self->path, "/", MAX_SEGMENTS);
  if (g_strv_length (pattern) != g_strv_length (path))
    return FALSE;
  for (guint i = 0; pattern[i] != NULL; i++)
    {
      g_autofree char *segment = g_uri_unescape_string (path[i], "/");

      if (segment == NULL || !g_utf8_validate (segment, -1, NULL))
        return FALSE;
      if (pattern[i][0] != '{')
        {
          if (!g_str_equal (pattern[i], segment))
            return FALSE;
          continue;
        }
      if (*segment == '\0')
        return FALSE;
      pattern[i][strlen (pattern[i]) - 1] = '\0';
      g_strv_builder_add (names, pattern[i] + 1);
      g_strv_builder_add (values, segment);
    }
  g_strfreev (self->names);
  g_strfreev (self->values);
  self->names = g_strv_builder_end (names);
  self->values = g_strv_builder_end (values);
  return TRUE;
}

/**
 * mil_call_param:
 * @self: a call whose route matched
 * @name: a name from the route's pattern
 *
 * Returns: what stands there in the path, decoded
 */
const char *
mil_call_param (MilCall *self, const char *name)
{
  g_return_val_if_fail (self != NULL && self->names != NULL, NULL);

  for (guint i = 0; self->names[i] != NULL; i++)
    if (g_str_equal (self->names[i], name))
      return self->values[i];
  g_return_val_if_reached (NULL);
}

/**
 * mil_call_query:
 * @self: a call
 * @name: name of a parameter of the query
 *
 * Returns: (transfer full) (nullable): its value, decoded, or %NULL when it was not sent
 */
char *
mil_call_query (MilCall *self, const char *name)
{
  g_autoptr (GHashTable) table = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  if (self->query == NULL)
    return NULL;
  table = g_uri_parse_params (self->query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  return table != NULL ? g_strdup (g_hash_table_lookup (table, name)) : NULL;
}

/**
 * mil_call_query_int:
 * @self: a call
 * @name: name of a parameter of the query
 * @least: smallest number taken
 * @most: largest number taken
 * @fallback: what @number is when the parameter was not sent
 * @number: (out): the number
 * @error: return location
 *
 * Reads a whole number from the query.
 *
 * Returns: %FALSE with @error set to %MIL_ERROR_INVALID when it is none or out of bounds
 */
gboolean
mil_call_query_int (MilCall *self, const char *name, gint64 least, gint64 most, gint64 fallback, gint64 *number, GError **error)
{
  g_autofree char *text = mil_call_query (self, name);

  *number = fallback;
  if (text == NULL || g_ascii_string_to_signed (text, 10, least, most, number, NULL))
    return TRUE;
  mil_error_set (error,
                 MIL_ERROR_INVALID,
                 _ ("The parameter “%s” must be a whole number from %" PRId64 " to %" PRId64 "."),
                 name,
                 least,
                 most);
  return FALSE;
}

/**
 * mil_call_header:
 * @self: a call
 * @name: name of a header that may be sent once
 *
 * Returns: (nullable): its value, or %NULL when it was not sent
 */
const char *
mil_call_header (MilCall *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  return soup_message_headers_get_one (self->headers, name);
}

/**
 * mil_call_owner:
 * @self: a call that needed a signature
 *
 * Returns: id of the principal that asks, which is the owner of the rows it may see
 */
const char *
mil_call_owner (MilCall *self)
{
  g_return_val_if_fail (self != NULL && self->principal != NULL, NULL);

  return self->principal->id;
}

/**
 * mil_call_read:
 * @self: a call
 * @error: return location
 *
 * Starts to read the call's body.
 *
 * Returns: (transfer full): a reader at the body's root, or %NULL with @error set to
 *   %MIL_ERROR_INVALID when there is no JSON object
 */
MilJson *
mil_call_read (MilCall *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->json == NULL || !JSON_NODE_HOLDS_OBJECT (self->json))
    {
      mil_error_set (error, MIL_ERROR_INVALID, _ ("The body of the request must be a JSON object."));
      return NULL;
    }
  return mil_json_new (self->json);
}

/**
 * mil_call_address:
 * @self: a call
 * @format: a path that starts with a slash, as printf() takes it
 * @...: what @format asks for
 *
 * Returns: (transfer full): the absolute address of that path on this service, as the client
 *   reached it
 */
char *
mil_call_address (MilCall *self, const char *format, ...)
{
  g_autofree char *path = NULL;
  va_list          arguments;

  g_return_val_if_fail (self != NULL, NULL);

  va_start (arguments, format);
  path = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return g_strdup_printf ("%s://%s%s", self->scheme, self->authority, path);
}
