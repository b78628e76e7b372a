/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "refund/mil-calendar-file.h"

#define STAMP (G_GINT64_CONSTANT (1779613200) * G_USEC_PER_SEC) /* 2026-05-24T09:00:00Z */

static char *
write_one (MilCalendarEvent *event)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new ();

  g_ptr_array_add (events, event);
  return mil_calendar_file_write (events, STAMP);
}

static void
assert_has (const char *file, const char *line)
{
  g_autofree char *whole = g_strdup_printf ("\r\n%s\r\n", line);

  if (strstr (file, whole) == NULL)
    g_error ("there is no line \"%s\" in\n%s", line, file);
}

static void
test_whole (void)
{
  g_autoptr (MilCalendarEvent) event = mil_calendar_event_new ("leave-1@milione", (MilDate) { 2026, 2, 28 }, "You leave");
  g_autofree char *file = NULL;

  mil_calendar_event_add_alarm (event, 7);
  mil_calendar_event_add_alarm (event, 1);
  mil_calendar_event_add_alarm (event, 0);
  file = write_one (event);
  g_assert_cmpstr (
      file,
      ==,
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Milione//Milione//EN\r\n"
      "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n"
      "BEGIN:VEVENT\r\nUID:leave-1@milione\r\nDTSTAMP:20260524T090000Z\r\n"
      "DTSTART;VALUE=DATE:20260228\r\nDTEND;VALUE=DATE:20260301\r\n"
      "SUMMARY:You leave\r\nTRANSP:TRANSPARENT\r\n"
      "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P6DT15H\r\nDESCRIPTION:You leave\r\nEND:VALARM\r\n"
      "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15H\r\nDESCRIPTION:You leave\r\nEND:VALARM\r\n"
      "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:PT9H\r\nDESCRIPTION:You leave\r\nEND:VALARM\r\n"
      "END:VEVENT\r\nEND:VCALENDAR\r\n");
}

static void
test_escaping (void)
{
  g_autoptr (MilCalendarEvent) event = mil_calendar_event_new ("a;b@milione", (MilDate) { 2026, 5, 24 }, "Lume, Sarti; \\ Roma");
  g_autofree char *file = NULL;

  event->description = g_strdup ("one\r\ntwo\x07"
                                 "\x7f");
  event->location = g_strdup ("");
  file = write_one (event);
  assert_has (file, "SUMMARY:Lume\\, Sarti\\; \\\\ Roma");
  assert_has (file, "DESCRIPTION:one\\ntwo");
  assert_has (file, "UID:a\\;b@milione");
  g_assert_null (strstr (file, "LOCATION"));
}

static char *
unfold (const char *file)
{
  g_auto (GStrv) parts = g_strsplit (file, "\r\n ", -1);

  return g_strjoinv ("", parts);
}

/* No line is longer than 75 octets, none is cut inside of a character, and unfolding gives back what was written. */
static void
test_folding (void)
{
  static const char *const words[] = { "a", "é", "税", "🧾" };

  for (guint w = 0; w < G_N_ELEMENTS (words); w++)
    for (guint n = 60; n < 160; n++)
      {
        g_autoptr (MilCalendarEvent) event = mil_calendar_event_new ("u@milione", (MilDate) { 2026, 5, 24 }, "s");
        g_autoptr (GString) text = g_string_new ("x");
        g_autofree char *file = NULL;
        g_autofree char *whole = NULL;
        g_autofree char *line = NULL;
        g_auto (GStrv) lines = NULL;

        for (guint i = 0; i < n; i++)
          g_string_append (text, words[w]);
        event->description = g_strdup (text->str);
        file = write_one (event);
        g_assert_true (g_utf8_validate (file, -1, NULL));
        lines = g_strsplit (file, "\r\n", -1);
        for (guint i = 0; lines[i] != NULL; i++)
          {
            g_assert_cmpuint (strlen (lines[i]), <=, 75);
            g_assert_true (g_utf8_validate (lines[i], -1, NULL));
          }
        whole = unfold (file);
        line = g_strdup_printf ("DESCRIPTION:%s", text->str);
        assert_has (whole, line);
      }
}

/* What is written again is the same event: nothing of it hangs on when or in which order. */
static void
test_stable (void)
{
  g_autoptr (MilCalendarEvent) event = mil_calendar_event_new ("same@milione", (MilDate) { 9999, 12, 31 }, "Last day");
  g_autoptr (MilCalendarEvent) copy = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  mil_calendar_event_add_alarm (event, 2);
  copy = mil_calendar_event_copy (event);
  first = write_one (event);
  second = write_one (copy);
  g_assert_cmpstr (first, ==, second);
  assert_has (first, "UID:same@milione");
  assert_has (first, "DTSTART;VALUE=DATE:99991231");
  g_assert_null (strstr (first, "DTEND"));
}

static void
test_empty (void)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new ();
  g_autofree char *file = mil_calendar_file_write (events, STAMP);

  g_assert_true (g_str_has_prefix (file, "BEGIN:VCALENDAR\r\n"));
  g_assert_true (g_str_has_suffix (file, "METHOD:PUBLISH\r\nEND:VCALENDAR\r\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendar-file/whole", test_whole);
  g_test_add_func ("/calendar-file/escaping", test_escaping);
  g_test_add_func ("/calendar-file/folding", test_folding);
  g_test_add_func ("/calendar-file/stable", test_stable);
  g_test_add_func ("/calendar-file/empty", test_empty);
  return g_test_run ();
}
