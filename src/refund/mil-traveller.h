/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "base/mil-date.h"

G_BEGIN_DECLS

#define MIL_TYPE_TRAVELLER (mil_traveller_get_type ())

/**
 * MilTravellerFlags:
 * @MIL_TRAVELLER_CREW: travels as crew of the ship or aircraft
 * @MIL_TRAVELLER_DIPLOMAT: accredited in the country of purchase
 * @MIL_TRAVELLER_MILITARY: member of foreign forces stationed in the country of purchase
 * @MIL_TRAVELLER_WORKER: works in the country of purchase (or did in the last six months)
 * @MIL_TRAVELLER_STUDENT: studies in the country of purchase
 * @MIL_TRAVELLER_PERMIT: holds a residence title of the country of purchase or, in the EU, of a member state
 * @MIL_TRAVELLER_MOVING_OUT: lives there and leaves for good (or for more than twelve months)
 * @MIL_TRAVELLER_TRADE: buys for trade, not for themselves or as a gift
 *
 * What, beside residence and age, some scheme asks of a person.
 */
typedef enum
{
  MIL_TRAVELLER_NONE = 0,
  MIL_TRAVELLER_CREW = 1 << 0,
  MIL_TRAVELLER_DIPLOMAT = 1 << 1,
  MIL_TRAVELLER_MILITARY = 1 << 2,
  MIL_TRAVELLER_WORKER = 1 << 3,
  MIL_TRAVELLER_STUDENT = 1 << 4,
  MIL_TRAVELLER_PERMIT = 1 << 5,
  MIL_TRAVELLER_MOVING_OUT = 1 << 6,
  MIL_TRAVELLER_TRADE = 1 << 7,
} MilTravellerFlags;

/**
 * MilTraveller:
 * @id: names the person within a trip; %NULL when there is one only
 * @residence: where the person lives, ISO 3166-1 alpha-2; %NULL if not known
 * @region: part of that country where it matters ("NIR", "Canarias", "Livigno"); or %NULL
 * @nationality: ISO 3166-1 alpha-2 of the passport; %NULL if not known
 * @born: day of birth, unset if not known
 * @age: age in years where @born is unset; -1 if not known
 * @stay_days: length of the stay in the country (or union) of purchase, in days; -1 if not known
 * @abroad_months: for nationals of the country of purchase, how long they have lived abroad; -1 if not known
 * @flags: what else is known about the person
 *
 * A person, as far as refund schemes ask. It holds neither name nor document number.
 */
typedef struct
{
  char             *id;
  char             *residence;
  char             *region;
  char             *nationality;
  MilDate           born;
  int               age;
  int               stay_days;
  int               abroad_months;
  MilTravellerFlags flags;
} MilTraveller;

GType         mil_traveller_get_type (void);
MilTraveller *mil_traveller_new (const char *residence);
MilTraveller *mil_traveller_copy (const MilTraveller *self);
void          mil_traveller_free (MilTraveller *self);
const char   *mil_traveller_flag_name (MilTravellerFlags flag);
MilTravellerFlags mil_traveller_flag_from_name (const char *name);
int           mil_traveller_age_on (const MilTraveller *self, MilDate day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilTraveller, mil_traveller_free)

G_END_DECLS
