/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MIL_TYPE_BOAT (mil_boat_get_type ())

/**
 * MilBoat:
 *
 * The paper boat folded from a receipt, sailing right on two waves. It rocks gently while
 * #MilBoat:sailing is set and animations are enabled.
 */
G_DECLARE_FINAL_TYPE (MilBoat, mil_boat, MIL, BOAT, GtkWidget)

GtkWidget *mil_boat_new (void);

G_END_DECLS
