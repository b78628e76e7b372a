/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-date.h"
#include "base/mil-json.h"

G_BEGIN_DECLS

/**
 * MilDeadlineFrom:
 * @MIL_DEADLINE_NONE: there is no such deadline, or none is known
 * @MIL_DEADLINE_PURCHASE: counted from the day of purchase (which is the day the form is issued)
 * @MIL_DEADLINE_PURCHASE_MONTH: counted from the month of purchase: to the end of a later month, or days
 *   after its own end
 * @MIL_DEADLINE_EXPORT: counted from the day of leaving
 */
typedef enum
{
  MIL_DEADLINE_NONE,
  MIL_DEADLINE_PURCHASE,
  MIL_DEADLINE_PURCHASE_MONTH,
  MIL_DEADLINE_EXPORT,
} MilDeadlineFrom;

/**
 * MilDeadline:
 * @from: what it is counted from
 * @days: so many days, or
 * @months: so many months
 * @first_day_counts: the day it is counted from is day 1
 *
 * A time limit as laws write them.
 */
typedef struct
{
  MilDeadlineFrom from;
  guint           days;
  guint           months;
  gboolean        first_day_counts;
} MilDeadline;

void    mil_deadline_read (MilDeadline *self, MilJson *json, const char *member);
MilDate mil_deadline_on (const MilDeadline *self, MilDate purchase, MilDate leaves);

G_END_DECLS
