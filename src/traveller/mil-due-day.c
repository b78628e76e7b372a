/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-due-day.h"

G_DEFINE_BOXED_TYPE (MilDueDay, mil_due_day, mil_due_day_copy, mil_due_day_free)

/**
 * mil_due_day_copy:
 * @self: a day
 *
 * Returns: (transfer full): one that says the same
 */
MilDueDay *
mil_due_day_copy (const MilDueDay *self)
{
  MilDueDay *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (MilDueDay, 1);
  *copy = (MilDueDay) {
    .id = g_strdup (self->id),
    .kind = self->kind,
    .day = self->day,
    .title = g_strdup (self->title),
    .text = g_strdup (self->text),
    .place = g_strdup (self->place),
    .claim_id = g_strdup (self->claim_id),
    .receipt_id = g_strdup (self->receipt_id),
    .trip_id = g_strdup (self->trip_id),
  };
  return copy;
}

/**
 * mil_due_day_free:
 * @self: (transfer full): a day
 *
 * Frees it.
 */
void
mil_due_day_free (MilDueDay *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->title);
  g_free (self->text);
  g_free (self->place);
  g_free (self->claim_id);
  g_free (self->receipt_id);
  g_free (self->trip_id);
  g_free (self);
}
