/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "scan/mil-detection.h"

G_BEGIN_DECLS

#define MIL_TYPE_CAMERA_VIEW (mil_camera_view_get_type ())

/**
 * MilCameraView:
 *
 * The live picture of a camera, as in a mirror if wanted, with corners around the page that was found
 * and a ring that fills before the picture is taken.
 */
G_DECLARE_FINAL_TYPE (MilCameraView, mil_camera_view, MIL, CAMERA_VIEW, GtkWidget)

GtkWidget *mil_camera_view_new (void);
void       mil_camera_view_set_paintable (MilCameraView *self, GdkPaintable *paintable);
void       mil_camera_view_set_mirrored (MilCameraView *self, gboolean mirrored);
void       mil_camera_view_set_guide (MilCameraView *self, gboolean guide);
void       mil_camera_view_set_detection (MilCameraView *self, MilDetection *detection);
void       mil_camera_view_set_ring (MilCameraView *self, double filled);
void       mil_camera_view_flash (MilCameraView *self);

G_END_DECLS
