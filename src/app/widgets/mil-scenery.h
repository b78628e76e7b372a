/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MIL_TYPE_SCENERY (mil_scenery_get_type ())

/**
 * MilScenery:
 *
 * A wide drawing that fills its place whatever its shape: it is cut at the top rather than at the bottom, and mirrored
 * where text runs from right to left. It is decoded off the main loop, after the first frame, and fades in.
 */
G_DECLARE_FINAL_TYPE (MilScenery, mil_scenery, MIL, SCENERY, GtkWidget)

GtkWidget *mil_scenery_new          (void);
void       mil_scenery_set_resource (MilScenery *self, const char *path);

G_END_DECLS
