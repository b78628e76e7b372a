/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-deadline.h"

/**
 * mil_deadline_read:
 * @self: (out caller-allocates): the time limit
 * @json: a reader standing in the object that has it
 * @member: name of the member; where it is missing there is no such deadline
 *
 * Reads `{"days": 90, "from": "purchase", "first_day_counts": true}` or
 * `{"months": 3, "from": "purchase-month"}`.
 */
void
mil_deadline_read (MilDeadline *self, MilJson *json, const char *member)
{
  const char *from;

  g_return_if_fail (self != NULL);
  g_return_if_fail (json != NULL);
  g_return_if_fail (member != NULL);

  *self = (MilDeadline) { MIL_DEADLINE_NONE };
  if (!mil_json_enter_optional (json, member))
    return;
  self->days = mil_json_int_optional (json, "days", 1, 4000, 0);
  self->months = mil_json_int_optional (json, "months", 1, 120, 0);
  self->first_day_counts = mil_json_boolean_optional (json, "first_day_counts", FALSE);
  from = mil_json_string (json, "from", 20);
  if (g_strcmp0 (from, "purchase") == 0)
    self->from = MIL_DEADLINE_PURCHASE;
  else if (g_strcmp0 (from, "purchase-month") == 0)
    self->from = MIL_DEADLINE_PURCHASE_MONTH;
  else if (g_strcmp0 (from, "export") == 0)
    self->from = MIL_DEADLINE_EXPORT;
  else
    mil_json_fail (json, "from", "expected \"purchase\", \"purchase-month\" or \"export\"");
  if ((self->days == 0) == (self->months == 0))
    mil_json_fail (json, "days", "expected either days or months");
  mil_json_leave (json);
}

/**
 * mil_deadline_on:
 * @self: a time limit
 * @purchase: the day of purchase
 * @leaves: the day of leaving, or unset
 *
 * Returns: the last day that is in time; unset if there is no limit or not all is known
 */
MilDate
mil_deadline_on (const MilDeadline *self, MilDate purchase, MilDate leaves)
{
  MilDate start, last;

  g_return_val_if_fail (self != NULL, purchase);

  start = self->from == MIL_DEADLINE_EXPORT ? leaves : purchase;
  if (self->from == MIL_DEADLINE_NONE || !mil_date_is_set (start))
    return (MilDate) { 0 };
  if (self->from == MIL_DEADLINE_PURCHASE_MONTH)
    {
      /* From the first of the month, so that no month is skipped from the 31st on. */
      start.day = 1;
      return mil_date_add_days (mil_date_end_of_month (mil_date_add_months (start, self->months)), self->days);
    }
  last = self->months > 0 ? mil_date_add_months (start, self->months) : mil_date_add_days (start, self->days);
  /* A month from the 31st ends with a shorter month, whether its first day counts or not. */
  if (!self->first_day_counts || (self->months > 0 && last.day < start.day))
    return last;
  return mil_date_add_days (last, -1);
}
