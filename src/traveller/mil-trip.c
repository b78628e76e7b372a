/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-trip.h"

#include "traveller/mil-person.h"

static const MilRecordField fields[] = {
  MIL_RECORD_FIELD (MilTripInfo, id, "id", STRING),
  MIL_RECORD_FIELD (MilTripInfo, country, "country", STRING),
  MIL_RECORD_FIELD (MilTripInfo, from, "from", DATE),
  MIL_RECORD_FIELD (MilTripInfo, to, "to", DATE),
  MIL_RECORD_FIELD (MilTripInfo, exit_country, "exit-country", STRING),
  MIL_RECORD_FIELD (MilTripInfo, exit_point, "exit-point", STRING),
  MIL_RECORD_FIELD (MilTripInfo, baggage, "baggage", STRING),
  MIL_RECORD_FIELD (MilTripInfo, departs, "departs", STRING),
  MIL_RECORD_FIELD (MilTripInfo, title, "title", STRING),
  MIL_RECORD_FIELD_LIST (MilTripInfo, travellers, "travellers", mil_person_get_type),
};

MIL_DEFINE_RECORD (MilTrip, mil_trip, MilTripInfo, fields)

/**
 * mil_trip_new:
 * @info: what it says; copied
 *
 * Returns: (transfer full): a new record
 */
MilTrip *
mil_trip_new (const MilTripInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return mil_record_new_for_value (MIL_TYPE_TRIP, info);
}

/**
 * mil_trip_get_info:
 * @self: a record
 *
 * What it says now. The fields are those of #MilTripInfo.
 *
 * Returns: (transfer none): valid until the record changes
 */
const MilTripInfo *
mil_trip_get_info (MilTrip *self)
{
  g_return_val_if_fail (MIL_IS_TRIP (self), NULL);

  return mil_record_get_value (MIL_RECORD (self));
}
