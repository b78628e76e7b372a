/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-record.h"

G_BEGIN_DECLS

/**
 * MilTripInfo:
 * @id: trip id
 * @country: ISO 3166 code of where it goes
 * @from: first day
 * @to: last day
 * @exit_country: ISO 3166 code of where the traveller leaves the customs territory
 * @exit_point: (nullable): airport, port or border crossing
 * @baggage: (nullable): where the goods travel: "checked" or "carried"; %NULL while that is not told
 * @departs: (nullable): local time of departure on the last day, "HH:MM"
 * @title: "Italy · 12–24 May", in the person's language
 * @travellers: (element-type MilPerson): who goes
 *
 * A trip.
 */
typedef struct
{
  char       *id;
  char       *country;
  MilDate     from;
  MilDate     to;
  char       *exit_country;
  char       *exit_point;
  char       *baggage;
  char       *departs;
  char       *title;
  GListStore *travellers;
} MilTripInfo;

#define MIL_TYPE_TRIP (mil_trip_get_type ())

G_DECLARE_FINAL_TYPE (MilTrip, mil_trip, MIL, TRIP, MilRecord)

MilTrip *mil_trip_new (const MilTripInfo *info);
const MilTripInfo *mil_trip_get_info (MilTrip *self);

G_END_DECLS
