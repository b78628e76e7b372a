/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "base/mil-date.h"

G_BEGIN_DECLS

#define MIL_TYPE_CALENDAR_EVENT (mil_calendar_event_get_type ())

/**
 * MilCalendarEvent:
 * @uid: names the event for ever, in every file that holds it ("…@milione"), so that a calendar that reads
 *   the file again changes the entry instead of adding one
 * @day: the day, which it fills
 * @summary: one line
 * @description: what to do, or %NULL
 * @location: where, or %NULL
 * @alarm_days: (element-type int): how many days before it the calendar is to remind, at nine in the morning
 *
 * A day in a calendar.
 */
typedef struct
{
  char   *uid;
  MilDate day;
  char   *summary;
  char   *description;
  char   *location;
  GArray *alarm_days;
} MilCalendarEvent;

GType             mil_calendar_event_get_type (void);
MilCalendarEvent *mil_calendar_event_new (const char *uid, MilDate day, const char *summary);
MilCalendarEvent *mil_calendar_event_copy (const MilCalendarEvent *self);
void              mil_calendar_event_free (MilCalendarEvent *self);
void              mil_calendar_event_add_alarm (MilCalendarEvent *self, int days_before);

char *mil_calendar_file_write (GPtrArray *events, gint64 stamp);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilCalendarEvent, mil_calendar_event_free)

G_END_DECLS
