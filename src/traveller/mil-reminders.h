/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-due-day.h"
#include "traveller/mil-session.h"

G_BEGIN_DECLS

/**
 * MilReminderChoice:
 * @MIL_REMIND_WEEK: a week before
 * @MIL_REMIND_TWO_DAYS: two days before
 * @MIL_REMIND_DAY: on the day itself
 *
 * When a person wants to be reminded.
 */
typedef enum
{
  MIL_REMIND_NONE = 0,
  MIL_REMIND_WEEK = 1 << 0,
  MIL_REMIND_TWO_DAYS = 1 << 1,
  MIL_REMIND_DAY = 1 << 2,
} MilReminderChoice;

#define MIL_TYPE_REMINDERS (mil_reminders_get_type ())

/**
 * MilReminders:
 *
 * Watches the days by which something has to be done, by the session's clock, and says so in time; each
 * once, also when the program was closed in between.
 *
 * Signals: `due` (#MilDueDay, int: days that are left), `passed-by` (string: id of a day that is no longer
 * open, whose reminder can be taken away).
 */
G_DECLARE_FINAL_TYPE (MilReminders, mil_reminders, MIL, REMINDERS, GObject)

MilReminders *mil_reminders_new        (MilSession       *session);
void          mil_reminders_set_choice (MilReminders     *self,
                                        MilReminderChoice choice);
void          mil_reminders_check      (MilReminders     *self);

G_END_DECLS
