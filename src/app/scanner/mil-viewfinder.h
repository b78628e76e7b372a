/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/scanner/mil-camera-view.h"
#include "scan/mil-camera.h"

G_BEGIN_DECLS

#define MIL_TYPE_VIEWFINDER (mil_viewfinder_get_type ())

/**
 * MilViewfinder:
 *
 * A camera as a page shows it: the live picture with a line of advice over it; that it is starting;
 * or why it does not work, with a way to try again and one to take a file instead. The camera that
 * was used last is used again. What is looked for in the picture is up to the page.
 *
 * Properties: `file-action`, the action that takes a file instead; `head`, a widget at the top of the
 * picture; `controls`, a widget below the advice; `menu-button`, whose popover chooses the camera.
 *
 * Signals: `live`, when the picture comes; `detected`, when something else was seen in it.
 */
G_DECLARE_FINAL_TYPE (MilViewfinder, mil_viewfinder, MIL, VIEWFINDER, AdwBin)

void           mil_viewfinder_start (MilViewfinder *self);
void           mil_viewfinder_stop (MilViewfinder *self);
gboolean       mil_viewfinder_is_live (MilViewfinder *self);
MilCamera     *mil_viewfinder_get_camera (MilViewfinder *self);
MilCameraView *mil_viewfinder_get_view (MilViewfinder *self);
void           mil_viewfinder_set_documents (MilViewfinder *self, gboolean documents);
void           mil_viewfinder_set_advice (MilViewfinder *self, const char *text);
void           mil_viewfinder_add_option (MilViewfinder *self, GtkWidget *row);

G_END_DECLS
