/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-item.h"

#include "base/mil-country.h"

#include <glib/gi18n.h>

/* Monaco's border is France's, Liechtenstein's Switzerland's; Northern Ireland's is not that of Great Britain. */
static gboolean
is_right_border (const MilItem *self, const MilContext *context, const MilExit *leg, gboolean *abroad)
{
  MilTerritories  *territories = mil_scheme_book_territories (context->book);
  MilDate          day = self->purchase->date;
  g_autofree char *own = NULL;
  const MilPlace  *place;
  const char      *code, *country;

  if (leg->country == NULL)
    return FALSE;
  place = mil_territories_find (territories, leg->country, leg->region, NULL);
  code = place != NULL ? place->code : leg->country;
  country = place != NULL && place->scheme != NULL ? place->scheme : leg->country;
  *abroad = !g_str_equal (country, self->rule->country);
  if (!*abroad)
    return self->rule->region == NULL || !self->scheme->union_exit || place != NULL
           || mil_territories_in_group (territories, "EU", code, day);
  own = self->rule->region != NULL ? g_strdup_printf ("%s-%s", self->rule->country, self->rule->region)
                                   : g_strdup (self->rule->country);
  return self->scheme->union_exit && mil_territories_in_group (territories, "EU", code, day)
         && mil_territories_in_group (territories, "EU", own, day);
}

static gboolean
is_after_purchase (const MilItem *self, const MilExit *leg)
{
  return !mil_date_is_valid (leg->on) || !mil_date_is_valid (self->purchase->date)
         || mil_date_compare (leg->on, self->purchase->date) >= 0;
}

/* For the EU the last of its borders counts; else the first time that the country is left after buying. */
static void
find_leg (MilItem *self, const MilContext *context)
{
  const GPtrArray *exits = context->itinerary->exits;
  const MilExit   *right = NULL, *last = NULL;
  gboolean         abroad = FALSE;

  for (guint i = 0; i < exits->len; i++)
    {
      const MilExit *leg = exits->pdata[i];

      if (leg->country == NULL && !mil_date_is_valid (leg->on))
        continue;
      last = leg;
      if (!is_right_border (self, context, leg, &abroad))
        continue;
      if (right != NULL && is_after_purchase (self, right) && !self->scheme->union_exit)
        continue;
      right = leg;
      self->leg_abroad = abroad;
    }
  self->leg = right != NULL ? right : last;
  self->leg_elsewhere = right == NULL && last != NULL && last->country != NULL;
}

static void
check_day (MilItem *self)
{
  g_autofree char *by = NULL, *on = NULL;
  MilReason       *reason;
  gboolean         late;

  if (!mil_date_is_set (self->export_by))
    return;
  by = mil_date_format (self->export_by);
  late = mil_date_compare (self->leg->on, self->export_by) > 0;
  on = mil_date_to_string (self->export_by);
  if (late && self->leg_elsewhere)
    reason = mil_item_take_reason (
        self,
        "exit-unknown",
        MIL_REASON_MISSING,
        /* Translators: the first %s is a country, the second a date. */
        g_strdup_printf (_ ("The goods have to leave %s by %s. Tell when you leave it."),
                         mil_country_name (self->rule->country),
                         by),
        &self->rule->deadlines.source);
  else if (late)
    reason
        = mil_item_take_reason (self,
                                "too-late",
                                MIL_REASON_AGAINST,
                                g_strdup_printf (_ ("The goods had to leave by %s; this trip leaves later."), by),
                                &self->rule->deadlines.source);
  else
    reason
        = mil_item_take_reason (self,
                                "in-time",
                                MIL_REASON_FOR,
                                g_strdup_printf (_ ("The trip leaves in time: the goods may leave until %s."), by),
                                &self->rule->deadlines.source);
  mil_reason_add_value (reason, "export_by", on);
}

static void
check_border (MilItem *self)
{
  if (!self->leg_elsewhere || self->heaviest == MIL_REASON_AGAINST)
    return;
  mil_item_take_reason (
      self,
      "exit-elsewhere",
      MIL_REASON_NOTE,
      self->scheme->union_exit
          ? g_strdup_printf (_ ("%s is no border of the European Union. Have the export confirmed "
                                "where you leave the Union."),
                             mil_country_name (self->leg->country) != NULL ? mil_country_name (self->leg->country)
                                                                           : self->leg->country)
          : g_strdup_printf (_ ("The export has to be confirmed where you leave %s."),
                             mil_country_name (self->rule->country)),
      &self->rule->validation.source);
}

static void
check_mode (MilItem *self)
{
  const MilValidation *validation = &self->rule->validation;
  MilExitMode          mode = self->leg->mode;

  if (mode == MIL_EXIT_MODE_UNKNOWN || self->leg_elsewhere)
    return;
  if (validation->air_only && mode != MIL_EXIT_MODE_AIR)
    mil_item_take_reason (self,
                          "exit-mode",
                          MIL_REASON_AGAINST,
                          g_strdup (_ ("The scheme is for goods that leave by air only.")),
                          &validation->source);
  else if (validation->no_land && (mode == MIL_EXIT_MODE_LAND || mode == MIL_EXIT_MODE_RAIL))
    mil_item_take_reason (self,
                          "exit-mode",
                          MIL_REASON_AGAINST,
                          g_strdup (_ ("The scheme is for goods that leave by air or sea only.")),
                          &validation->source);
}

/* Going on to another member state is not leaving the Union. */
static void
check_destination (MilItem *self, const MilContext *context)
{
  if (!self->scheme->union_exit || self->leg->to == NULL || self->leg_elsewhere
      || !mil_territories_in_group (
          mil_scheme_book_territories (context->book), "EU", self->rule->country, self->purchase->date)
      || !mil_territories_in_group (
          mil_scheme_book_territories (context->book), "EU", self->leg->to, self->purchase->date))
    return;
  mil_item_take_reason (
      self,
      "not-leaving-union",
      MIL_REASON_MISSING,
      g_strdup_printf (_ ("From %s the trip goes on inside the European Union. Tell where and when "
                          "it leaves the Union."),
                       mil_country_name (self->leg->country)),
      &self->rule->validation.source);
}

static void
note_deadline (MilItem *self)
{
  g_autofree char *by = NULL;

  if (!mil_date_is_set (self->export_by))
    return;
  by = mil_date_format (self->export_by);
  mil_item_take_reason (self,
                        "leave-by",
                        MIL_REASON_NOTE,
                        g_strdup_printf (_ ("The goods have to leave by %s."), by),
                        &self->rule->deadlines.source);
}

/* Then the date is wrong in any case, and what follows from it is not known. */
static gboolean
is_in_future (const MilItem *self, const MilContext *context)
{
  return mil_date_is_set (context->today) && mil_date_compare (self->purchase->date, context->today) > 0;
}

/**
 * mil_item_check_exit: (skip)
 * @self: an item with a rule
 * @context: what the engine was given
 *
 * Where and when the goods leave.
 */
void
mil_item_check_exit (MilItem *self, const MilContext *context)
{
  if (context->itinerary != NULL)
    find_leg (self, context);
  if (self->leg == NULL || !mil_date_is_valid (self->leg->on))
    note_deadline (self);
  else if (!is_after_purchase (self, self->leg))
    mil_item_take_reason (self,
                          "bought-after-leaving",
                          is_in_future (self, context) ? MIL_REASON_MISSING : MIL_REASON_AGAINST,
                          g_strdup (
                              _ ("The receipt is dated after the day of leaving. Correct one of the dates.")),
                          NULL);
  else
    check_day (self);
  if (self->leg == NULL)
    return;
  check_border (self);
  check_mode (self);
  check_destination (self, context);
}
