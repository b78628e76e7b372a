/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "scan/mil-camera-device.h"

G_BEGIN_DECLS

#define MIL_TYPE_CAMERA_LIST (mil_camera_list_get_type ())

/**
 * MilCameraList:
 *
 * The cameras that are plugged in, as long as somebody watches.
 */
G_DECLARE_FINAL_TYPE (MilCameraList, mil_camera_list, MIL, CAMERA_LIST, GObject)

MilCameraList   *mil_camera_list_new (void);
DexFuture       *mil_camera_list_watch (MilCameraList *self);
gboolean         mil_camera_list_is_watching (MilCameraList *self);
void             mil_camera_list_refresh (MilCameraList *self);
void             mil_camera_list_forget (MilCameraList *self);
MilCameraDevice *mil_camera_list_find (MilCameraList *self, const char *id);
GListModel      *mil_camera_list_get_devices (MilCameraList *self);

G_END_DECLS
