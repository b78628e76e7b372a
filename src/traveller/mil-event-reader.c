/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-event-reader.h"

#include <string.h>

/* A whole claim with its timeline is some kilobytes. */
#define MAX_LINE (1024 * 1024)
#define MAX_EVENT (2 * 1024 * 1024)

struct _MilEventReader
{
  MilEventReaderFunc func;
  gpointer           func_data;
  GString           *line; /* (owned) */
  GString           *text; /* (owned) */
  char              *type; /* (owned) (nullable) */
  char              *id;   /* (owned) (nullable) */
  gboolean           has_text;
  gboolean           after_return;
};

/**
 * mil_event_reader_new:
 * @func: called for each event
 * @data: what to give it
 *
 * Returns: (transfer full): a reader at the start of a stream
 */
MilEventReader *
mil_event_reader_new (MilEventReaderFunc func, gpointer data)
{
  MilEventReader *self = NULL;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (MilEventReader, 1);
  self->func = func;
  self->func_data = data;
  self->line = g_string_new (NULL);
  self->text = g_string_new (NULL);
  return self;
}

/**
 * mil_event_reader_free:
 * @self: (transfer full): a reader
 *
 * Frees it; an event that is not complete is forgotten.
 */
void
mil_event_reader_free (MilEventReader *self)
{
  g_return_if_fail (self != NULL);

  g_string_free (self->line, TRUE);
  g_string_free (self->text, TRUE);
  g_free (self->type);
  g_free (self->id);
  g_free (self);
}

static void
dispatch (MilEventReader *self)
{
  if (self->has_text && g_utf8_validate (self->text->str, self->text->len, NULL))
    self->func (self->type != NULL ? self->type : "message", self->id, self->text->str, self->func_data);
  self->has_text = FALSE;
  g_string_truncate (self->text, 0);
  g_clear_pointer (&self->type, g_free);
}

static void
take_field (MilEventReader *self, const char *name, const char *value)
{
  if (g_str_equal (name, "data"))
    {
      if (self->has_text)
        g_string_append_c (self->text, '\n');
      self->has_text = TRUE;
      g_string_append (self->text, value);
    }
  else if (g_str_equal (name, "event"))
    g_set_str (&self->type, g_utf8_validate (value, -1, NULL) ? value : NULL);
  else if (g_str_equal (name, "id") && g_utf8_validate (value, -1, NULL))
    g_set_str (&self->id, value);
}

static void
take_line (MilEventReader *self)
{
  char *colon = NULL;
  char *value = NULL;

  if (self->line->len == 0)
    {
      dispatch (self);
      return;
    }
  if (self->line->str[0] != ':')
    {
      colon = strchr (self->line->str, ':');
      value = colon != NULL ? colon + 1 + (colon[1] == ' ') : self->line->str + self->line->len;
      if (colon != NULL)
        *colon = '\0';
      take_field (self, self->line->str, value);
    }
  g_string_truncate (self->line, 0);
}

/**
 * mil_event_reader_feed:
 * @self: a reader
 * @bytes: (array length=size) (element-type guint8): the next bytes of the stream, however they are cut
 * @size: how many
 *
 * Calls the function for each event that is complete.
 *
 * Returns: %FALSE where a line or an event is larger than anything that is meant; the stream is to be
 *   given up then
 */
gboolean
mil_event_reader_feed (MilEventReader *self, const void *bytes, gsize size)
{
  const char *chars = bytes;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL || size == 0, FALSE);

  for (gsize i = 0; i < size; i++)
    {
      gboolean is_second = chars[i] == '\n' && self->after_return;
      self->after_return = chars[i] == '\r';
      if (is_second)
        continue;
      if (chars[i] == '\n' || chars[i] == '\r')
        take_line (self);
      else
        g_string_append_c (self->line, chars[i]);
      if (self->line->len > MAX_LINE || self->text->len > MAX_EVENT)
        return FALSE;
    }
  return TRUE;
}
