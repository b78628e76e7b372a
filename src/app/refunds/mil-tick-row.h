/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_TICK_ROW (mil_tick_row_get_type ())

/**
 * MilTickRow:
 *
 * A thing to do or to bring, with a box to tick it off, which is remembered for the trip.
 *
 * Signals: `ticked`, when the person has changed it.
 */
G_DECLARE_FINAL_TYPE (MilTickRow, mil_tick_row, MIL, TICK_ROW, AdwActionRow)

GtkWidget *mil_tick_row_new        (MilSession *session,
                                    MilTrip    *trip,
                                    const char *id,
                                    const char *title,
                                    const char *subtitle);
gboolean   mil_tick_row_get_ticked (MilTickRow *self);
void       mil_tick_row_set_number (MilTickRow *self,
                                    guint       number);

G_END_DECLS
