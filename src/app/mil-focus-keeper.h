/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MIL_TYPE_FOCUS_KEEPER (mil_focus_keeper_get_type ())
G_DECLARE_FINAL_TYPE (MilFocusKeeper, mil_focus_keeper, MIL, FOCUS_KEEPER, GObject)

MilFocusKeeper *mil_focus_keeper_new (GtkWindow *window);

G_END_DECLS
