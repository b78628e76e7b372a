/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_WINDOW (mil_window_get_type ())

/**
 * MilWindow:
 *
 * The window with its three places, the basket beside them (or, when narrow, in a sheet below), and
 * the page of the first run.
 */
G_DECLARE_FINAL_TYPE (MilWindow, mil_window, MIL, WINDOW, AdwApplicationWindow)

MilWindow    *mil_window_new (GtkApplication *application, MilSession *session, GSettings *settings);
AdwViewStack *mil_window_get_places (MilWindow *self);
void          mil_window_show_place (MilWindow *self, const char *place);
void          mil_window_add_toast (MilWindow *self, AdwToast *toast);
void          mil_window_fly (MilWindow *self, GtkWidget *from, GtkWidget *to);

G_END_DECLS
