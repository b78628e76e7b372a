/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "base/mil-clock.h"

G_BEGIN_DECLS

#define MIL_TYPE_RING (mil_ring_get_type ())

/**
 * MilRing:
 *
 * A ring that runs down, with the time that is left beside it. Signal `elapsed` when there is none.
 */
G_DECLARE_FINAL_TYPE (MilRing, mil_ring, MIL, RING, GtkWidget)

GtkWidget *mil_ring_new (void);
void       mil_ring_start (MilRing *self, MilClock *clock, gint64 until);
void       mil_ring_stop (MilRing *self);

G_END_DECLS
