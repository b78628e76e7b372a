/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

#include "base/mil-future.h"
#include "scan/mil-detection.h"
#include "scan/mil-picture.h"

G_BEGIN_DECLS

#define MIL_TYPE_CAMERA (mil_camera_get_type ())
#define MIL_TYPE_CAMERA_DEVICE (mil_camera_device_get_type ())
#define MIL_TYPE_CAMERA_STATE (mil_camera_state_get_type ())

/**
 * MilCamera:
 *
 * A live camera: frames go to a video sink that the application gives, and a copy of some of them
 * to a detector of pages and codes. Properties: `state`, `device`, `error`, `detection`.
 * Used from the main thread.
 */
G_DECLARE_FINAL_TYPE (MilCamera, mil_camera, MIL, CAMERA, GObject)

/**
 * MilCameraDevice:
 *
 * A camera that is connected: `id` (stays the same over unplugging) and `name` (for people).
 */
G_DECLARE_FINAL_TYPE (MilCameraDevice, mil_camera_device, MIL, CAMERA_DEVICE, GObject)

/**
 * MilCameraState:
 * @MIL_CAMERA_STOPPED: not in use
 * @MIL_CAMERA_STARTING: asked for, no frame yet
 * @MIL_CAMERA_LIVE: frames come
 * @MIL_CAMERA_LOST: unplugged while in use; goes on by itself when the camera is back
 * @MIL_CAMERA_FAILED: it does not work; `error` says why
 */
typedef enum
{
  MIL_CAMERA_STOPPED,
  MIL_CAMERA_STARTING,
  MIL_CAMERA_LIVE,
  MIL_CAMERA_LOST,
  MIL_CAMERA_FAILED,
} MilCameraState;

GType mil_camera_state_get_type (void);

MilCamera       *mil_camera_new (void);
void             mil_camera_set_sink (MilCamera *self, GstElement *sink);
void             mil_camera_set_detecting (MilCamera *self, gboolean detecting);
void             mil_camera_set_documents (MilCamera *self, gboolean documents);
GListModel      *mil_camera_get_devices (MilCamera *self);
DexFuture       *mil_camera_start (MilCamera *self, MilCameraDevice *device);
void             mil_camera_stop (MilCamera *self);
DexFuture       *mil_camera_capture (MilCamera *self);
MilCameraState   mil_camera_get_state (MilCamera *self);
MilCameraDevice *mil_camera_get_device (MilCamera *self);
const GError    *mil_camera_get_error (MilCamera *self);
MilDetection    *mil_camera_get_detection (MilCamera *self);

const char *mil_camera_device_get_id (MilCameraDevice *self);
const char *mil_camera_device_get_name (MilCameraDevice *self);

G_END_DECLS
