/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "base/mil-date.h"

G_BEGIN_DECLS

#define MIL_TYPE_ITINERARY (mil_itinerary_get_type ())
#define MIL_TYPE_EXIT (mil_exit_get_type ())

typedef enum
{
  MIL_BAGGAGE_UNKNOWN,
  MIL_BAGGAGE_CHECKED,
  MIL_BAGGAGE_CARRIED,
} MilBaggage;

typedef enum
{
  MIL_EXIT_MODE_UNKNOWN,
  MIL_EXIT_MODE_AIR,
  MIL_EXIT_MODE_SEA,
  MIL_EXIT_MODE_LAND,
  MIL_EXIT_MODE_RAIL,
} MilExitMode;

/**
 * MilExit:
 * @country: the country left, ISO 3166-1 alpha-2; for the EU, the country of the last EU airport, port or road
 * @region: part of that country where it matters, or %NULL
 * @point: airport or port ("CDG"), or %NULL
 * @on: the day of leaving; unset if not known
 * @time: local time of leaving, "HH:MM", or %NULL
 * @mode: how
 * @to: the country that is entered next, or %NULL
 *
 * One border at which the traveller leaves a country, or the EU.
 */
typedef struct
{
  char       *country;
  char       *region;
  char       *point;
  MilDate     on;
  char       *time;
  MilExitMode mode;
  char       *to;
} MilExit;

/**
 * MilItinerary:
 * @arrived: the day the trip began; unset if not known
 * @exits: (element-type MilExit): the borders at which the trip leaves a country (or the EU), in order
 * @baggage: where the goods travel
 *
 * How a trip goes, as far as refund schemes ask.
 */
typedef struct
{
  MilDate    arrived;
  GPtrArray *exits;
  MilBaggage baggage;
} MilItinerary;

GType         mil_itinerary_get_type (void);
MilItinerary *mil_itinerary_new (void);
MilItinerary *mil_itinerary_copy (const MilItinerary *self);
void          mil_itinerary_free (MilItinerary *self);
MilExit      *mil_itinerary_add_exit (MilItinerary *self, const char *country, MilDate on);

GType    mil_exit_get_type (void);
MilExit *mil_exit_copy (const MilExit *self);
void     mil_exit_free (MilExit *self);

const char *mil_exit_mode_name (MilExitMode mode);
gboolean    mil_exit_mode_parse (const char *name, MilExitMode *mode);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilItinerary, mil_itinerary_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilExit, mil_exit_free)

G_END_DECLS
