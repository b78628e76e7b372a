/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-traveller.h"

G_DEFINE_BOXED_TYPE (MilTraveller, mil_traveller, mil_traveller_copy, mil_traveller_free)

/**
 * mil_traveller_new:
 * @residence: (nullable): where the person lives, ISO 3166-1 alpha-2
 *
 * Returns: (transfer full): a person of whom nothing else is known
 */
MilTraveller *
mil_traveller_new (const char *residence)
{
  MilTraveller *self = g_new0 (MilTraveller, 1);

  self->residence = g_strdup (residence);
  self->age = -1;
  self->stay_days = -1;
  self->abroad_months = -1;
  return self;
}

/**
 * mil_traveller_copy:
 * @self: (nullable): a person
 *
 * Returns: (transfer full) (nullable): the same again
 */
MilTraveller *
mil_traveller_copy (const MilTraveller *self)
{
  MilTraveller *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->residence = g_strdup (self->residence);
  copy->region = g_strdup (self->region);
  copy->nationality = g_strdup (self->nationality);
  return copy;
}

/**
 * mil_traveller_free:
 * @self: (nullable) (transfer full): a person
 */
void
mil_traveller_free (MilTraveller *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->residence);
  g_free (self->region);
  g_free (self->nationality);
  g_free (self);
}

/* In the order of the bits. */
static const char *const flag_names[] = { "crew",    "diplomat", "military",   "worker",
                                          "student", "permit",   "moving_out", "trade" };

/**
 * mil_traveller_flag_name:
 * @flag: one flag
 *
 * Returns: (transfer none) (nullable): its name in JSON: "crew"
 */
const char *
mil_traveller_flag_name (MilTravellerFlags flag)
{
  for (guint i = 0; i < G_N_ELEMENTS (flag_names); i++)
    if (flag == 1u << i)
      return flag_names[i];
  return NULL;
}

/**
 * mil_traveller_flag_from_name:
 * @name: (nullable): a name in JSON
 *
 * Returns: the flag, or %MIL_TRAVELLER_NONE for what is not known
 */
MilTravellerFlags
mil_traveller_flag_from_name (const char *name)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (flag_names); i++)
    if (g_str_equal (name, flag_names[i]))
      return 1u << i;
  return MIL_TRAVELLER_NONE;
}

/**
 * mil_traveller_age_on:
 * @self: a person
 * @day: a day
 *
 * Returns: the age in years that the person has on @day, or -1 if it is not known
 */
int
mil_traveller_age_on (const MilTraveller *self, MilDate day)
{
  g_return_val_if_fail (self != NULL, -1);

  if (mil_date_is_set (self->born) && mil_date_is_set (day))
    return mil_date_years_at (self->born, day);
  return self->age;
}
