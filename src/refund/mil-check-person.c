/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-item.h"

#include "base/mil-country.h"

#include <glib/gi18n.h>

typedef struct
{
  MilTravellerFlags flag;
  const char       *code;
  const char       *text;
} Status;

static const Status statuses[] = {
  { MIL_TRAVELLER_CREW, "crew", N_ ("Crew of ships and aircraft cannot use the scheme.") },
  { MIL_TRAVELLER_DIPLOMAT, "diplomat", N_ ("Diplomats have a scheme of their own and cannot use this one.") },
  { MIL_TRAVELLER_MILITARY, "military", N_ ("Members of foreign forces stationed there cannot use the scheme.") },
  { MIL_TRAVELLER_WORKER, "worker", N_ ("Whoever works there cannot use the scheme.") },
  { MIL_TRAVELLER_STUDENT, "student", N_ ("Whoever studies there cannot use the scheme.") },
  { MIL_TRAVELLER_PERMIT, "permit", N_ ("Whoever holds a residence title there cannot use the scheme.") },
};

static const char *
name_of (const char *country)
{
  const char *name = mil_country_name (country);

  return name != NULL ? name : country;
}

static const char *
name_of_home (const MilItem *self)
{
  return self->home_place != NULL && self->home_place->name != NULL ? self->home_place->name
                                                                    : name_of (self->home_country);
}

/* "@EU" is a group, "GB-NIR" or "MC" a place; a plain country code takes in all its places. */
static gboolean
matches (const MilItem *self, const MilContext *context, const char *const *list, gboolean exact)
{
  MilTerritories *territories = mil_scheme_book_territories (context->book);
  const char     *country = self->home_country;

  for (guint i = 0; list[i] != NULL; i++)
    {
      if (list[i][0] == '@'
          && (mil_territories_in_group (territories, list[i] + 1, self->home, self->purchase->date)
              || (!exact && mil_territories_in_group (territories, list[i] + 1, country, self->purchase->date))))
        return TRUE;
      if (g_str_equal (list[i], self->home) || (!exact && g_str_equal (list[i], country)))
        return TRUE;
    }
  return FALSE;
}

static void
say_inside (MilItem *self)
{
  const MilPersonRule *person = &self->rule->person;
  gboolean             same = g_str_equal (self->home_country, self->rule->country);
  MilReason           *reason;

  reason = mil_item_take_reason (
      self,
      "resident-inside",
      MIL_REASON_AGAINST,
      same ? g_strdup_printf (_ ("The scheme is for visitors; a home in %s rules it out."), name_of_home (self))
           : g_strdup_printf (_ ("The scheme of %s is not for people whose home is in %s."),
                              name_of (self->rule->country),
                              name_of_home (self)),
      &person->source);
  mil_reason_add_value (reason, "residence", self->home);
}

static void
say_disputed (MilItem *self)
{
  MilReason *reason = mil_item_take_reason (
      self,
      "residence-disputed",
      MIL_REASON_DOUBT,
      g_strdup_printf (_ ("Whether a home in %s counts as outside is not settled: one reading "
                          "says that it does, another that it does not. Ask the customs."),
                       name_of_home (self)),
      &self->rule->person.source);

  mil_reason_add_value (reason, "residence", self->home);
}

static void
check_home (MilItem *self, const MilContext *context)
{
  const MilPersonRule *person = &self->rule->person;
  const MilPlace      *place = self->home_place;
  gboolean leaving = person->moving_out_allowed && (self->traveller->flags & MIL_TRAVELLER_MOVING_OUT);
  gboolean own = g_str_equal (self->home_country, self->rule->country);

  if (leaving || matches (self, context, (const char *const *) person->home_allowed, TRUE))
    return;
  if (person->home_only[0] != NULL)
    {
      if (!matches (self, context, (const char *const *) person->home_only, FALSE))
        say_inside (self);
      return;
    }
  if (matches (self, context, (const char *const *) person->home_disputed, TRUE))
    say_disputed (self);
  else if (matches (self, context, (const char *const *) person->home_not_in, TRUE))
    say_inside (self);
  else if (own || matches (self, context, (const char *const *) person->home_not_in, FALSE))
    {
      if (place != NULL && place->outside)
        say_disputed (self);
      else
        say_inside (self);
    }
}

/* A home in the United Kingdom is outside the EU, in Northern Ireland it is not. */
static void
note_northern_ireland (MilItem *self, const MilContext *context)
{
  const char *const northern_ireland[] = { "@EU", NULL };

  if (!g_str_equal (self->home, "GB") || self->heaviest == MIL_REASON_AGAINST)
    return;
  if (!g_strv_contains ((const char *const *) self->rule->person.home_not_in, northern_ireland[0])
      || !mil_territories_in_group (
          mil_scheme_book_territories (context->book), "EU", "GB-NIR", self->purchase->date))
    return;
  mil_item_take_reason (self,
                        "northern-ireland",
                        MIL_REASON_NOTE,
                        g_strdup (_ (
                            "People who live in Northern Ireland are left out; have a proof of your address "
                            "in Great Britain with you.")),
                        &self->rule->person.source);
}

static void
check_nationality (MilItem *self)
{
  const MilPersonRule *person = &self->rule->person;
  const char          *nationality = self->traveller->nationality;

  if (!person->nationals_out && person->nationals_abroad_months == 0)
    return;
  if (nationality == NULL)
    {
      mil_item_take_reason (
          self,
          "nationality-assumed",
          MIL_REASON_NOTE,
          g_strdup_printf (_ ("Taken for a foreigner; the scheme has other rules for holders of a "
                              "passport of %s."),
                           name_of (self->rule->country)),
          &person->source);
      return;
    }
  if (!g_str_equal (nationality, self->rule->country))
    return;
  if (person->nationals_out)
    mil_item_take_reason (self,
                          "national",
                          MIL_REASON_AGAINST,
                          g_strdup_printf (_ ("The scheme is not for holders of a passport of %s."),
                                           name_of (self->rule->country)),
                          &person->source);
  else if (self->traveller->abroad_months < 0)
    mil_item_take_reason (
        self,
        "abroad-unknown",
        MIL_REASON_MISSING,
        g_strdup_printf (_ ("Holders of a passport of %s have to have lived abroad for %u months. "
                            "Tell how long you have."),
                         name_of (self->rule->country),
                         person->nationals_abroad_months),
        &person->source);
  else if (self->traveller->abroad_months < (int) person->nationals_abroad_months)
    mil_item_take_reason (
        self,
        "abroad-too-short",
        MIL_REASON_AGAINST,
        g_strdup_printf (_ ("Holders of a passport of %s have to have lived abroad for %u months."),
                         name_of (self->rule->country),
                         person->nationals_abroad_months),
        &person->source);
}

static void
check_age (MilItem *self)
{
  const MilPersonRule *person = &self->rule->person;
  g_autofree char     *limit = NULL;
  MilReason           *reason;
  int                  age;

  if (person->min_age == 0)
    return;
  limit = g_strdup_printf ("%u", person->min_age);
  age = mil_traveller_age_on (self->traveller, self->purchase->date);
  if (age < 0)
    reason = mil_item_take_reason (
        self,
        "age-unknown",
        MIL_REASON_MISSING,
        g_strdup_printf (_ ("The scheme asks for an age of %u or more. Tell the age."), person->min_age),
        &person->source);
  else if (age < (int) person->min_age)
    reason = mil_item_take_reason (
        self,
        "too-young",
        MIL_REASON_AGAINST,
        g_strdup_printf (_ ("The scheme asks for an age of %u or more. A grown-up of the "
                            "trip could buy it."),
                         person->min_age),
        &person->source);
  else
    return;
  mil_reason_add_value (reason, "minimum_age", limit);
}

static void
check_status (MilItem *self)
{
  const MilPersonRule *person = &self->rule->person;

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      if (self->traveller->flags & person->not_flags & statuses[i].flag)
        mil_item_take_reason (
            self, statuses[i].code, MIL_REASON_AGAINST, g_strdup (_ (statuses[i].text)), &person->source);
    }
  if (self->traveller->flags & MIL_TRAVELLER_TRADE)
    mil_item_take_reason (self,
                          "trade",
                          MIL_REASON_AGAINST,
                          g_strdup (
                              _ ("The scheme is for things for oneself or to give away, not for trade.")),
                          &person->source);
}

/* Where both days are known, months are those of the calendar; of a stay told in days half a year may begin with the 183rd. */
static gboolean
stays_too_long (const MilItem *self, const MilContext *context, guint months, guint days)
{
  const MilItinerary *itinerary = context->itinerary;
  int                 most = days > 0 ? (int) days : (int) (months * 365 / 12);
  const MilExit      *last;

  if (self->traveller->stay_days >= 0)
    return self->traveller->stay_days > most;
  if (itinerary == NULL || itinerary->exits->len == 0 || !mil_date_is_valid (itinerary->arrived))
    return FALSE;
  last = itinerary->exits->pdata[itinerary->exits->len - 1];
  if (!mil_date_is_valid (last->on))
    return FALSE;
  if (days > 0)
    return mil_date_days_until (itinerary->arrived, last->on) > most;
  return mil_date_compare (last->on, mil_date_add_months (itinerary->arrived, (int) months)) >= 0;
}

static void
check_stay (MilItem *self, const MilContext *context)
{
  const MilPersonRule *person = &self->rule->person;
  gboolean             national = g_strcmp0 (self->traveller->nationality, self->rule->country) == 0;
  guint months = national && person->nationals_stay_months > 0 ? person->nationals_stay_months : person->max_stay_months;
  gboolean         in_months = months > 0, too_long;
  guint            limit = in_months ? months : person->max_stay_days;
  g_autofree char *text = NULL;

  if (limit == 0)
    return;
  too_long = stays_too_long (self, context, months, person->max_stay_days);
  text = in_months ? g_strdup_printf (ngettext ("The scheme is for stays of less than %u month.",
                                                "The scheme is for stays of less than %u months.",
                                                limit),
                                      limit)
                   : g_strdup_printf (ngettext ("The scheme is for stays of up to %u day.",
                                                "The scheme is for stays of up to %u days.",
                                                limit),
                                      limit);
  mil_item_take_reason (self,
                        too_long ? "stay-too-long" : "stay-limit",
                        too_long ? MIL_REASON_AGAINST : MIL_REASON_NOTE,
                        g_steal_pointer (&text),
                        &person->source);
}

static void
check_residence (MilItem *self, const MilContext *context)
{
  if (self->rule->person.residents_too)
    return;
  if (self->home == NULL)
    mil_item_take_reason (self,
                          "residence-unknown",
                          MIL_REASON_MISSING,
                          g_strdup (
                              _ ("The scheme asks where the buyer lives. Choose the country of residence.")),
                          &self->rule->person.source);
  else if (!mil_country_is_known (self->traveller->residence) && g_str_equal (self->home, self->traveller->residence))
    mil_item_take_reason (self,
                          "residence-unknown",
                          MIL_REASON_MISSING,
                          g_strdup_printf (_ ("“%s” is no country that Milione knows. Correct the country of "
                                              "residence."),
                                           self->traveller->residence),
                          NULL);
  else
    {
      check_home (self, context);
      note_northern_ireland (self, context);
    }
}

/**
 * mil_item_check_person: (skip)
 * @self: an item with a rule
 * @context: what the engine was given
 *
 * Who bought.
 */
void
mil_item_check_person (MilItem *self, const MilContext *context)
{
  if (self->traveller == NULL)
    {
      mil_item_take_reason (self,
                            "traveller-unknown",
                            MIL_REASON_MISSING,
                            g_strdup (_ ("Nobody is named who bought this. Choose a traveller.")),
                            NULL);
      return;
    }
  check_residence (self, context);
  check_nationality (self);
  check_age (self);
  check_status (self);
  check_stay (self, context);
}
