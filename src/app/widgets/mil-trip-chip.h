/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_TRIP_CHIP (mil_trip_chip_get_type ())

/**
 * MilTripChip:
 *
 * The trip that everything is reckoned for ("Italy · 12–24 May"); a press switches to another one or
 * plans one.
 */
G_DECLARE_FINAL_TYPE (MilTripChip, mil_trip_chip, MIL, TRIP_CHIP, AdwBin)

GtkWidget *mil_trip_chip_new (void);
void       mil_trip_chip_set_session (MilTripChip *self, MilSession *session);

G_END_DECLS
