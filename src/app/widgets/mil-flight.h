/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MIL_TYPE_FLIGHT (mil_flight_get_type ())

/**
 * MilFlight:
 *
 * An empty layer over a window, through which the likeness of a widget flies to another one: it shows where
 * something went. Nothing flies where the person has turned animations off.
 */
G_DECLARE_FINAL_TYPE (MilFlight, mil_flight, MIL, FLIGHT, GtkWidget)

GtkWidget *mil_flight_new   (void);
gboolean   mil_flight_start (MilFlight *self, GtkWidget *from, GtkWidget *to);

G_END_DECLS
