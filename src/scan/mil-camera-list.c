/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-camera-list.h"

#include "base/mil-future.h"

struct _MilCameraList
{
  GObject parent_instance;

  GListStore       *devices;
  GstDeviceMonitor *monitor; /* (nullable) */
  guint             watch;
  DexFuture        *started; /* (nullable) */
};

enum
{
  ADDED,
  REMOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MilCameraList, mil_camera_list, G_TYPE_OBJECT)

static void
add_device (MilCameraList *self, GstDevice *gst_device)
{
  g_autoptr (MilCameraDevice) device = mil_camera_device_new (gst_device);
  g_autoptr (MilCameraDevice) known = mil_camera_list_find (self, mil_camera_device_get_id (device));

  g_debug ("camera: %s is there", mil_camera_device_get_id (device));
  if (known != NULL)
    return;
  g_list_store_append (self->devices, device);
  g_signal_emit (self, signals[ADDED], 0, device);
}

static void
remove_device (MilCameraList *self, GstDevice *gst_device)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->devices));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MilCameraDevice) device = g_list_model_get_item (G_LIST_MODEL (self->devices), i);

      if (mil_camera_device_get_gst (device) != gst_device)
        continue;
      g_list_store_remove (self->devices, i);
      g_debug ("camera: %s was taken away", mil_camera_device_get_id (device));
      g_signal_emit (self, signals[REMOVED], 0, device);
      return;
    }
}

static gboolean
on_monitor (GstBus *bus, GstMessage *message, gpointer data)
{
  g_autoptr (MilCameraList) self = g_object_ref (data);
  GstDevice *device = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_DEVICE_ADDED)
    {
      gst_message_parse_device_added (message, &device);
      add_device (self, device);
    }
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_DEVICE_REMOVED)
    {
      gst_message_parse_device_removed (message, &device);
      remove_device (self, device);
    }
  gst_clear_object (&device);
  return G_SOURCE_CONTINUE;
}

/* Both wait for PipeWire's answer, so they are done on threads. */
static gpointer
start_monitor (gpointer monitor, GCancellable *cancellable, GError **error)
{
  gst_device_monitor_start (monitor);
  return GINT_TO_POINTER (TRUE);
}

static gpointer
stop_monitor (gpointer monitor, GCancellable *cancellable, GError **error)
{
  gst_device_monitor_stop (monitor);
  return GINT_TO_POINTER (TRUE);
}

static void
mil_camera_list_dispose (GObject *object)
{
  MilCameraList *self = MIL_CAMERA_LIST (object);

  g_clear_handle_id (&self->watch, g_source_remove);
  dex_clear (&self->started);
  if (self->monitor != NULL)
    gst_device_monitor_stop (self->monitor);
  gst_clear_object (&self->monitor);
  g_clear_object (&self->devices);

  G_OBJECT_CLASS (mil_camera_list_parent_class)->dispose (object);
}

static void
mil_camera_list_class_init (MilCameraListClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_camera_list_dispose;

  /**
   * MilCameraList::added:
   * @self: a list
   * @device: a camera that was not there before
   */
  signals[ADDED] = g_signal_new ("added", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, MIL_TYPE_CAMERA_DEVICE);

  /**
   * MilCameraList::removed:
   * @self: a list
   * @device: a camera that was unplugged
   */
  signals[REMOVED] = g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, MIL_TYPE_CAMERA_DEVICE);
}

static void
mil_camera_list_init (MilCameraList *self)
{
  self->devices = g_list_store_new (MIL_TYPE_CAMERA_DEVICE);
}

/**
 * mil_camera_list_new:
 *
 * Returns: (transfer full): an empty list; nothing is asked before mil_camera_list_watch()
 */
MilCameraList *
mil_camera_list_new (void)
{
  return g_object_new (MIL_TYPE_CAMERA_LIST, NULL);
}

/**
 * mil_camera_list_watch:
 * @self: a list
 *
 * Follows from now on what is plugged in and out. Asked again it is the same watch, unless that was
 * forgotten.
 *
 * Returns: (transfer full): a future that resolves when PipeWire has answered
 */
DexFuture *
mil_camera_list_watch (MilCameraList *self)
{
  dex_return_error_if_fail (MIL_IS_CAMERA_LIST (self));

  if (self->monitor == NULL)
    {
      g_autoptr (GstBus) bus = NULL;

      self->monitor = gst_device_monitor_new ();
      gst_device_monitor_add_filter (self->monitor, "Video/Source", NULL);
      bus = gst_device_monitor_get_bus (self->monitor);
      self->watch = gst_bus_add_watch (bus, on_monitor, self);
      self->started = mil_thread (start_monitor, gst_object_ref (self->monitor), gst_object_unref, G_TYPE_BOOLEAN);
    }
  return dex_ref (self->started);
}

/**
 * mil_camera_list_is_watching:
 * @self: a list
 *
 * Returns: whether it follows what is plugged in and out
 */
gboolean
mil_camera_list_is_watching (MilCameraList *self)
{
  g_return_val_if_fail (MIL_IS_CAMERA_LIST (self), FALSE);

  return self->monitor != NULL;
}

/**
 * mil_camera_list_refresh:
 * @self: a list
 *
 * Takes over what is plugged in now, and was perhaps never told.
 */
void
mil_camera_list_refresh (MilCameraList *self)
{
  GList *listed = NULL;

  g_return_if_fail (MIL_IS_CAMERA_LIST (self));

  if (self->monitor == NULL)
    return;
  listed = gst_device_monitor_get_devices (self->monitor);
  for (GList *l = listed; l != NULL; l = l->next)
    add_device (self, l->data);
  g_list_free_full (listed, gst_object_unref);
}

/**
 * mil_camera_list_forget:
 * @self: a list
 *
 * Ends the watch and empties the list: nobody would tell any more when one of these goes.
 */
void
mil_camera_list_forget (MilCameraList *self)
{
  g_return_if_fail (MIL_IS_CAMERA_LIST (self));

  g_clear_handle_id (&self->watch, g_source_remove);
  dex_clear (&self->started);
  if (self->monitor != NULL)
    mil_disown (mil_thread (stop_monitor, gst_object_ref (self->monitor), gst_object_unref, G_TYPE_BOOLEAN),
                "ending the watch for cameras");
  gst_clear_object (&self->monitor);
  g_list_store_remove_all (self->devices);
}

/**
 * mil_camera_list_find:
 * @self: a list
 * @id: (nullable): of a camera, or %NULL for the first
 *
 * Returns: (transfer full) (nullable): that camera
 */
MilCameraDevice *
mil_camera_list_find (MilCameraList *self, const char *id)
{
  guint n = 0;

  g_return_val_if_fail (MIL_IS_CAMERA_LIST (self), NULL);

  n = g_list_model_get_n_items (G_LIST_MODEL (self->devices));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MilCameraDevice) device = g_list_model_get_item (G_LIST_MODEL (self->devices), i);

      if (id == NULL || g_strcmp0 (mil_camera_device_get_id (device), id) == 0)
        return g_steal_pointer (&device);
    }
  return NULL;
}

/**
 * mil_camera_list_get_devices:
 * @self: a list
 *
 * Returns: (transfer none): a list of #MilCameraDevice that follows what is plugged in
 */
GListModel *
mil_camera_list_get_devices (MilCameraList *self)
{
  g_return_val_if_fail (MIL_IS_CAMERA_LIST (self), NULL);

  return G_LIST_MODEL (self->devices);
}
