/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_TRIP_DIALOG (mil_trip_dialog_get_type ())

/**
 * MilTripDialog:
 *
 * Plans a trip or changes one: where, when, from where it leaves, who travels. What is typed into a
 * new one is kept as a draft until it is saved or cancelled.
 */
G_DECLARE_FINAL_TYPE (MilTripDialog, mil_trip_dialog, MIL, TRIP_DIALOG, AdwDialog)

MilTripDialog *mil_trip_dialog_new (MilSession *session,
                                    MilTrip    *trip);

G_END_DECLS
