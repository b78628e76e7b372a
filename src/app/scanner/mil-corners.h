/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "scan/mil-geometry.h"

G_BEGIN_DECLS

#define MIL_TYPE_CORNERS (mil_corners_get_type ())

/**
 * MilCorners:
 *
 * A picture with four corners on it that are dragged by mouse or finger, or moved by the arrow keys (with Shift
 * in larger steps).
 *
 * Signals: `changed` (the person has moved a corner and let go of it).
 */
G_DECLARE_FINAL_TYPE (MilCorners, mil_corners, MIL, CORNERS, GtkWidget)

void       mil_corners_set_texture (MilCorners    *self,
                                    GdkTexture    *texture,
                                    int            width,
                                    int            height);
void       mil_corners_set_quad    (MilCorners    *self,
                                    const MilQuad *quad);
MilQuad    mil_corners_get_quad    (MilCorners    *self);
GtkWidget *mil_corners_get_handle  (MilCorners    *self,
                                    guint          corner);

G_END_DECLS
