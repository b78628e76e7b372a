/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-calendar-file.h"

#include <string.h>

/* RFC 5545, 3.1: lines are ended by CR LF and hold at most 75 octets without it. */
#define LINE_OCTETS 75
/* An all-day event begins at midnight; people are awake at nine. */
#define ALARM_HOUR 9

G_DEFINE_BOXED_TYPE (MilCalendarEvent, mil_calendar_event, mil_calendar_event_copy, mil_calendar_event_free)

/**
 * mil_calendar_event_new:
 * @uid: names the event for ever
 * @day: the day that it fills
 * @summary: one line
 *
 * Returns: (transfer full): an event without alarms
 */
MilCalendarEvent *
mil_calendar_event_new (const char *uid, MilDate day, const char *summary)
{
  MilCalendarEvent *self = NULL;

  g_return_val_if_fail (uid != NULL, NULL);
  g_return_val_if_fail (mil_date_is_valid (day), NULL);
  g_return_val_if_fail (summary != NULL, NULL);

  self = g_new0 (MilCalendarEvent, 1);
  self->uid = g_strdup (uid);
  self->day = day;
  self->summary = g_strdup (summary);
  self->alarm_days = g_array_new (FALSE, FALSE, sizeof (int));
  return self;
}

/**
 * mil_calendar_event_copy:
 * @self: an event
 *
 * Returns: (transfer full): one that says the same
 */
MilCalendarEvent *
mil_calendar_event_copy (const MilCalendarEvent *self)
{
  MilCalendarEvent *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = mil_calendar_event_new (self->uid, self->day, self->summary);
  copy->description = g_strdup (self->description);
  copy->location = g_strdup (self->location);
  g_array_append_vals (copy->alarm_days, self->alarm_days->data, self->alarm_days->len);
  return copy;
}

/**
 * mil_calendar_event_free:
 * @self: (transfer full): an event
 *
 * Frees it.
 */
void
mil_calendar_event_free (MilCalendarEvent *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->uid);
  g_free (self->summary);
  g_free (self->description);
  g_free (self->location);
  g_array_unref (self->alarm_days);
  g_free (self);
}

/**
 * mil_calendar_event_add_alarm:
 * @self: an event
 * @days_before: 0 for the day itself
 *
 * Lets the calendar remind at nine in the morning, so many days before.
 */
void
mil_calendar_event_add_alarm (MilCalendarEvent *self, int days_before)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (days_before >= 0);

  g_array_append_val (self->alarm_days, days_before);
}

/* Where a line of at most @octets may be cut: never inside of a character. */
static gsize
cut_at (const char *text, gsize octets)
{
  gsize length = strlen (text);

  if (length <= octets)
    return length;
  while (octets > 0 && ((guchar) text[octets] & 0xc0) == 0x80)
    octets--;
  return octets;
}

/* RFC 5545, 3.1: a long line goes on after CR LF and a space, which counts. */
static void
add_line (GString *file, const char *line)
{
  gsize taken = cut_at (line, LINE_OCTETS);

  g_string_append_len (file, line, (gssize) taken);
  for (line += taken; *line != '\0'; line += taken)
    {
      taken = cut_at (line, LINE_OCTETS - 1);
      g_string_append (file, "\r\n ");
      g_string_append_len (file, line, (gssize) taken);
    }
  g_string_append (file, "\r\n");
}

/* RFC 5545, 3.3.11: what means something is escaped; other control characters may not stand in a text. */
static void
add_text (GString *file, const char *property, const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;
  g_autoptr (GString) line = g_string_new (property);

  if (valid == NULL || *valid == '\0')
    return;
  g_string_append_c (line, ':');
  for (const char *c = valid; *c != '\0'; c++)
    {
      if (*c == '\\' || *c == ';' || *c == ',')
        g_string_append_printf (line, "\\%c", *c);
      else if (*c == '\n')
        g_string_append (line, "\\n");
      else if (*c == '\t' || ((guchar) *c >= 0x20 && *c != 0x7f))
        g_string_append_c (line, *c);
    }
  add_line (file, line->str);
}

static void
add_day (GString *file, const char *property, MilDate day)
{
  g_string_append_printf (file, "%s;VALUE=DATE:%04u%02u%02u\r\n", property, day.year, day.month, day.day);
}

static void
add_alarm (GString *file, const MilCalendarEvent *event, int days)
{
  g_string_append (file, "BEGIN:VALARM\r\nACTION:DISPLAY\r\n");
  if (days == 0)
    g_string_append_printf (file, "TRIGGER:PT%dH\r\n", ALARM_HOUR);
  else if (days == 1)
    g_string_append_printf (file, "TRIGGER:-PT%dH\r\n", 24 - ALARM_HOUR);
  else
    g_string_append_printf (file, "TRIGGER:-P%dDT%dH\r\n", days - 1, 24 - ALARM_HOUR);
  add_text (file, "DESCRIPTION", event->summary);
  g_string_append (file, "END:VALARM\r\n");
}

static void
add_event (GString *file, const MilCalendarEvent *event, const char *stamp)
{
  MilDate after = mil_date_add_days (event->day, 1);

  g_string_append (file, "BEGIN:VEVENT\r\n");
  add_text (file, "UID", event->uid);
  g_string_append_printf (file, "DTSTAMP:%s\r\n", stamp);
  add_day (file, "DTSTART", event->day);
  /* The end is not part of the event (RFC 5545, 3.6.1); without one it lasts its day. */
  if (mil_date_compare (after, event->day) > 0)
    add_day (file, "DTEND", after);
  add_text (file, "SUMMARY", event->summary);
  add_text (file, "DESCRIPTION", event->description);
  add_text (file, "LOCATION", event->location);
  g_string_append (file, "TRANSP:TRANSPARENT\r\n");
  for (guint i = 0; i < event->alarm_days->len; i++)
    add_alarm (file, event, g_array_index (event->alarm_days, int, i));
  g_string_append (file, "END:VEVENT\r\n");
}

/**
 * mil_calendar_file_write:
 * @events: (element-type MilCalendarEvent): what is in it
 * @stamp: when the file is made, microseconds since 1970 UTC
 *
 * Writes days as an iCalendar file (RFC 5545).
 *
 * Returns: (transfer full): the file, UTF-8 with CR LF line ends
 */
char *
mil_calendar_file_write (GPtrArray *events, gint64 stamp)
{
  g_autoptr (GString) file = g_string_new ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (stamp / G_USEC_PER_SEC);
  g_autofree char *made = utc != NULL ? g_date_time_format (utc, "%Y%m%dT%H%M%SZ") : g_strdup ("19700101T000000Z");

  g_return_val_if_fail (events != NULL, NULL);

  g_string_append (file, "PRODID:-//Milione//Milione//EN\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n");
  for (guint i = 0; i < events->len; i++)
    add_event (file, events->pdata[i], made);
  g_string_append (file, "END:VCALENDAR\r\n");
  return g_string_free (g_steal_pointer (&file), FALSE);
}
