/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-camera-device.h"

/* More than this costs USB bandwidth and frames, and a receipt that fills the frame needs no more. */
#define WANTED_PIXELS (1920 * 1080)
#define LEAST_RATE 24

struct _MilCameraDevice
{
  GObject parent_instance;

  GstDevice *device;
  char      *id;
  char      *name;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (MilCameraDevice, mil_camera_device, G_TYPE_OBJECT)

static void
mil_camera_device_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MilCameraDevice *self = MIL_CAMERA_DEVICE (object);

  switch (id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mil_camera_device_finalize (GObject *object)
{
  MilCameraDevice *self = MIL_CAMERA_DEVICE (object);

  gst_clear_object (&self->device);
  g_free (self->id);
  g_free (self->name);

  G_OBJECT_CLASS (mil_camera_device_parent_class)->finalize (object);
}

static void
mil_camera_device_class_init (MilCameraDeviceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mil_camera_device_finalize;
  object_class->get_property = mil_camera_device_get_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mil_camera_device_init (MilCameraDevice *self)
{
}

/* What stays the same when the camera is unplugged and plugged in again. */
static char *
find_id (GstDevice *device)
{
  static const char *const names[] = { "node.name", "api.v4l2.path", "device.path", "device.bus_path", NULL };
  g_autoptr (GstStructure) about = gst_device_get_properties (device);
  for (guint i = 0; about != NULL && names[i] != NULL; i++)
    {
      const char *value = gst_structure_get_string (about, names[i]);
      if (value != NULL && *value != '\0')
        return g_strdup (value);
    }
  return gst_device_get_display_name (device);
}

/*
 * mil_camera_device_new:
 * @device: a video source
 *
 * Returns: (transfer full): it, for a list
 */
MilCameraDevice *
mil_camera_device_new (GstDevice *device)
{
  MilCameraDevice *self = g_object_new (MIL_TYPE_CAMERA_DEVICE, NULL);
  self->device = gst_object_ref (device);
  self->id = find_id (device);
  self->name = gst_device_get_display_name (device);
  return self;
}

GstDevice *
mil_camera_device_get_gst (MilCameraDevice *self)
{
  return self->device;
}

static int
best_rate (const GstStructure *structure)
{
  const GValue *rate = gst_structure_get_value (structure, "framerate");
  if (rate == NULL)
    return LEAST_RATE;
  if (GST_VALUE_HOLDS_FRACTION (rate))
    return gst_value_get_fraction_numerator (rate) / MAX (1, gst_value_get_fraction_denominator (rate));
  if (!GST_VALUE_HOLDS_LIST (rate))
    return LEAST_RATE;
  int best = 0;
  for (guint i = 0; i < gst_value_list_get_size (rate); i++)
    {
      const GValue *one = gst_value_list_get_value (rate, i);
      if (GST_VALUE_HOLDS_FRACTION (one))
        best = MAX (best, gst_value_get_fraction_numerator (one) / MAX (1, gst_value_get_fraction_denominator (one)));
    }
  return best;
}

static int
score_mode (const GstStructure *structure)
{
  int      width = 0, height = 0;
  gboolean raw = gst_structure_has_name (structure, "video/x-raw");
  if ((!raw && !gst_structure_has_name (structure, "image/jpeg")) || !gst_structure_get_int (structure, "width", &width)
      || !gst_structure_get_int (structure, "height", &height) || (gint64) width * height > WANTED_PIXELS)
    return -1;
  int score = width * height / 100;
  if (best_rate (structure) < LEAST_RATE)
    score /= 8;
  return 2 * score + raw;
}

/*
 * mil_camera_device_choose:
 * @self: a camera
 *
 * Many webcams give their largest pictures at five frames a second unless they are asked for JPEG.
 *
 * Returns: (transfer full) (nullable): the largest mode up to full HD that is still fluent; %NULL
 *   when the camera leaves it open
 */
GstCaps *
mil_camera_device_choose (MilCameraDevice *self)
{
  g_autoptr (GstCaps) caps = gst_device_get_caps (self->device);
  const GstStructure *best = NULL;
  int                 most = 0;
  for (guint i = 0; caps != NULL && i < gst_caps_get_size (caps); i++)
    {
      const GstStructure *mode = gst_caps_get_structure (caps, i);
      int                 score = score_mode (mode);
      if (score > most)
        {
          most = score;
          best = mode;
        }
    }
  if (best == NULL)
    return NULL;
  int width = 0, height = 0;
  gst_structure_get_int (best, "width", &width);
  gst_structure_get_int (best, "height", &height);
  return gst_caps_new_simple (gst_structure_get_name (best), "width", G_TYPE_INT, width, "height", G_TYPE_INT, height, NULL);
}

/**
 * mil_camera_device_get_id:
 * @self: a camera
 *
 * Returns: (transfer none): what names it over unplugging and restarts
 */
const char *
mil_camera_device_get_id (MilCameraDevice *self)
{
  g_return_val_if_fail (MIL_IS_CAMERA_DEVICE (self), NULL);

  return self->id;
}

/**
 * mil_camera_device_get_name:
 * @self: a camera
 *
 * Returns: (transfer none): its name for people
 */
const char *
mil_camera_device_get_name (MilCameraDevice *self)
{
  g_return_val_if_fail (MIL_IS_CAMERA_DEVICE (self), NULL);

  return self->name;
}
