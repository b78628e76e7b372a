/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-what-if.h"

G_DEFINE_BOXED_TYPE (MilWhatIfAnswer, mil_what_if_answer, mil_what_if_answer_copy, mil_what_if_answer_free)

/**
 * mil_what_if_answer_copy:
 * @self: an answer
 *
 * Returns: (transfer full): one that holds the same verdicts
 */
MilWhatIfAnswer *
mil_what_if_answer_copy (const MilWhatIfAnswer *self)
{
  MilWhatIfAnswer *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (MilWhatIfAnswer, 1);
  *copy = *self;
  copy->now = g_ptr_array_ref (self->now);
  copy->then = g_ptr_array_ref (self->then);
  copy->exits = g_ptr_array_ref (self->exits);
  return copy;
}

/**
 * mil_what_if_answer_free:
 * @self: (transfer full): an answer
 *
 * Frees it.
 */
void
mil_what_if_answer_free (MilWhatIfAnswer *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->now);
  g_ptr_array_unref (self->then);
  g_ptr_array_unref (self->exits);
  g_free (self);
}
