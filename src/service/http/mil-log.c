/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-log.h"

#include <stdio.h>

#include "base/mil-date.h"

/* One line of JSON for each event on standard error. What is logged is chosen field by field: a
 * route's pattern, not its path; a role, not a name. No body, token, document number or address of
 * a person ever comes here. */

static JsonObject *
line_new (const char *level, const char *event)
{
  JsonObject      *line = json_object_new ();
  g_autofree char *at = mil_instant_to_string (g_get_real_time ());

  json_object_set_string_member (line, "at", at);
  json_object_set_string_member (line, "level", level);
  json_object_set_string_member (line, "event", event);
  return line;
}

static void
write_line (JsonObject *line)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), line);
  g_autofree char *text = json_to_string (node, FALSE);

  /* One call, so that lines of several threads do not mix. */
  fprintf (stderr, "%s\n", text);
  json_object_unref (line);
}

static const char *
level_name (GLogLevelFlags level)
{
  if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    return "error";
  return level & G_LOG_LEVEL_WARNING ? "warning" : "info";
}

static GLogWriterOutput
write_glib (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  const char *message = NULL;
  const char *domain = NULL;
  JsonObject *line;

  for (gsize i = 0; i < n_fields; i++)
    {
      if (g_str_equal (fields[i].key, "MESSAGE"))
        message = fields[i].value;
      else if (g_str_equal (fields[i].key, "GLIB_DOMAIN"))
        domain = fields[i].value;
    }
  if (g_log_writer_default_would_drop (level, domain))
    return G_LOG_WRITER_HANDLED;
  line = line_new (level_name (level), "message");
  json_object_set_string_member (line, "domain", domain != NULL ? domain : "");
  json_object_set_string_member (line, "message", message != NULL ? message : "");
  write_line (line);
  return G_LOG_WRITER_HANDLED;
}

/**
 * mil_log_start:
 *
 * From here on GLib's messages are lines of JSON, too.
 */
void
mil_log_start (void)
{
  g_log_set_writer_func (write_glib, NULL, NULL);
}

/**
 * mil_log_event:
 * @event: what happened, a short word
 * @first_name: name of a field
 * @...: its value (a string), more names and values, %NULL
 *
 * Logs something that is no request. The caller answers for its holding nothing personal.
 */
void
mil_log_event (const char *event, const char *first_name, ...)
{
  JsonObject *line = line_new ("info", event);
  va_list     arguments;

  va_start (arguments, first_name);
  for (const char *name = first_name; name != NULL; name = va_arg (arguments, const char *))
    {
      const char *value = va_arg (arguments, const char *);

      json_object_set_string_member (line, name, value != NULL ? value : "");
    }
  va_end (arguments);
  write_line (line);
}

/**
 * mil_log_request:
 * @call: a request
 * @reply: its answer
 * @microseconds: how long it took
 *
 * Logs a request that was answered.
 */
void
mil_log_request (MilCall *call, MilReply *reply, gint64 microseconds)
{
  JsonObject *line;

  g_return_if_fail (call != NULL && reply != NULL);

  line = line_new (reply->status >= 500 ? "warning" : "info", "request");
  json_object_set_string_member (line, "method", call->method);
  json_object_set_string_member (line, "route", call->route != NULL ? call->route->pattern : "");
  json_object_set_int_member (line, "status", reply->status);
  json_object_set_int_member (line, "microseconds", microseconds);
  if (call->principal != NULL)
    json_object_set_string_member (line, "role", mil_role_name (call->principal->role));
  if (reply->replayed)
    json_object_set_boolean_member (line, "replayed", TRUE);
  write_line (line);
}
