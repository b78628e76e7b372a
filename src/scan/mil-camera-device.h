/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-camera.h"

G_BEGIN_DECLS

MilCameraDevice *mil_camera_device_new (GstDevice *device);
GstDevice       *mil_camera_device_get_gst (MilCameraDevice *self);
GstCaps         *mil_camera_device_choose (MilCameraDevice *self);

G_END_DECLS
