/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "traveller/mil-event-reader.h"

#include <string.h>

static void
on_event_cb (const char *type, const char *id, const char *text, gpointer data)
{
  g_string_append_printf (data, "[%s %s %s]", type, id != NULL ? id : "-", text);
}

#define STREAM                                                                                               \
  "id: 7\r\nevent: claim.changed\r\ndata: {\"a\":1}\r\n\r\n: still here\n\n"                                 \
  "data:one\ndata: two\n\nevent: empty\n\nid: 8\rdata: last\r\rdata: cut off"
#define EVENTS "[claim.changed 7 {\"a\":1}][message 7 one\ntwo][message 8 last]"

/* However the stream is cut, the same events come out of it. */
static void
test_cuts (void)
{
  for (gsize step = 1; step < strlen (STREAM); step++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (MilEventReader) reader = mil_event_reader_new (on_event_cb, out);
      for (gsize at = 0; at < strlen (STREAM); at += step)
        g_assert_true (mil_event_reader_feed (reader, STREAM + at, MIN (step, strlen (STREAM) - at)));
      g_assert_cmpstr (out->str, ==, EVENTS);
    }
}

static void
test_bounds (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (MilEventReader) reader = mil_event_reader_new (on_event_cb, out);
  g_autofree char *line = g_strnfill (64 * 1024, 'x');
  gboolean         fits = TRUE;

  for (guint i = 0; i < 40 && fits; i++)
    fits = mil_event_reader_feed (reader, line, 64 * 1024);
  g_assert_false (fits);
  g_assert_cmpstr (out->str, ==, "");
}

static void
test_bad_text (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (MilEventReader) reader = mil_event_reader_new (on_event_cb, out);
  static const char stream[] = "data: \xff\xfe\n\nevent: \xc3\ndata: fine\n\n";

  g_assert_true (mil_event_reader_feed (reader, stream, sizeof stream - 1));
  g_assert_cmpstr (out->str, ==, "[message - fine]");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traveller/event-reader/cuts", test_cuts);
  g_test_add_func ("/traveller/event-reader/bounds", test_bounds);
  g_test_add_func ("/traveller/event-reader/bad-text", test_bad_text);
  return g_test_run ();
}
