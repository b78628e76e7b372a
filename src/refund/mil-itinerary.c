/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-itinerary.h"

G_DEFINE_BOXED_TYPE (MilItinerary, mil_itinerary, mil_itinerary_copy, mil_itinerary_free)
G_DEFINE_BOXED_TYPE (MilExit, mil_exit, mil_exit_copy, mil_exit_free)

static const char *const mode_names[] = { "unknown", "air", "sea", "land", "rail" };

/**
 * mil_exit_copy:
 * @self: (nullable): an exit
 *
 * Returns: (transfer full) (nullable): the same again
 */
MilExit *
mil_exit_copy (const MilExit *self)
{
  MilExit *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->country = g_strdup (self->country);
  copy->region = g_strdup (self->region);
  copy->point = g_strdup (self->point);
  copy->time = g_strdup (self->time);
  copy->to = g_strdup (self->to);
  return copy;
}

/**
 * mil_exit_free:
 * @self: (nullable) (transfer full): an exit
 */
void
mil_exit_free (MilExit *self)
{
  if (self == NULL)
    return;
  g_free (self->country);
  g_free (self->region);
  g_free (self->point);
  g_free (self->time);
  g_free (self->to);
  g_free (self);
}

/**
 * mil_itinerary_new:
 *
 * Returns: (transfer full): a trip of which nothing is known
 */
MilItinerary *
mil_itinerary_new (void)
{
  MilItinerary *self = g_new0 (MilItinerary, 1);

  self->exits = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_exit_free);
  return self;
}

/**
 * mil_itinerary_copy:
 * @self: (nullable): a trip
 *
 * Returns: (transfer full) (nullable): the same again
 */
MilItinerary *
mil_itinerary_copy (const MilItinerary *self)
{
  MilItinerary *copy;

  if (self == NULL)
    return NULL;
  copy = mil_itinerary_new ();
  copy->arrived = self->arrived;
  copy->baggage = self->baggage;
  for (guint i = 0; i < self->exits->len; i++)
    g_ptr_array_add (copy->exits, mil_exit_copy (self->exits->pdata[i]));
  return copy;
}

/**
 * mil_itinerary_free:
 * @self: (nullable) (transfer full): a trip
 */
void
mil_itinerary_free (MilItinerary *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->exits);
  g_free (self);
}

/**
 * mil_itinerary_add_exit:
 * @self: a trip
 * @country: (nullable): the country left; for the EU, the country of the last EU airport, port or road
 * @on: the day of leaving; unset if not known
 *
 * Returns: (transfer none): the new exit, to be filled further
 */
MilExit *
mil_itinerary_add_exit (MilItinerary *self, const char *country, MilDate on)
{
  MilExit *leg;

  g_return_val_if_fail (self != NULL, NULL);

  leg = g_new0 (MilExit, 1);
  leg->country = g_strdup (country);
  leg->on = on;
  g_ptr_array_add (self->exits, leg);
  return leg;
}

/**
 * mil_exit_mode_name:
 * @mode: a way of leaving
 *
 * Returns: its stable name
 */
const char *
mil_exit_mode_name (MilExitMode mode)
{
  g_return_val_if_fail ((guint) mode < G_N_ELEMENTS (mode_names), NULL);

  return mode_names[mode];
}

/**
 * mil_exit_mode_parse:
 * @name: a name as mil_exit_mode_name() gives it
 * @mode: (out): the way of leaving
 *
 * Returns: whether the name is known
 */
gboolean
mil_exit_mode_parse (const char *name, MilExitMode *mode)
{
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (mode != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (mode_names); i++)
    {
      if (g_str_equal (mode_names[i], name))
        {
          *mode = i;
          return TRUE;
        }
    }
  return FALSE;
}
