/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-camera.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <gst/app/gstappsink.h>
#include <libportal/portal.h>
#include <unistd.h>

#include "base/mil-promise.h"
#include "scan/mil-camera-device.h"
#include "scan/mil-camera-list.h"
#include "scan/mil-detector.h"

/* How long a camera may take to be listed, and to give its first frame. */
#define LIST_MS 2500
#define FIRST_FRAME_MS 8000
#define LOOK_AGAIN_MS 100
/* A camera that gives no frame for so long is gone, whatever it says. */
#define SILENCE_MS 3000
#define LOOK_MS 500

/* What a streaming thread knows of the camera: nothing any more, once its pipeline is given up. */
typedef struct
{
  GMutex     mutex;
  MilCamera *camera; /* (unowned) (nullable) */
} Tap;

struct _MilCamera
{
  GObject parent_instance;

  MilCameraList *list;

  GstElement      *sink;
  GstElement      *pipeline;
  Tap             *tap;
  DexFuture       *closing; /* of the pipeline before; the sink is in there as long */
  guint            turn;    /* counts what was begun, so that a flow sees that it was overtaken */
  guint            bus_watch;
  guint            silence_timer;
  guint            silent_looks;
  gint64           frame_seen_at;
  guint            revive_timer;
  guint            absent;   /* how often a lost camera was looked for in vain */
  gboolean         reviving; /* it was live before, so it is lost and not failed while it does not start */
  MilCameraDevice *device;
  int              portal_fd;

  MilDetector  *detector;
  gboolean      detecting;
  MilDetection *detection;

  MilCameraState state;
  GError        *error;
  DexPromise    *first_frame;

  /* Shared with the streaming and the detector's threads. */
  GMutex        mutex;
  GstSample    *last_sample;
  gint64        last_frame_at;
  gboolean      frame_announced;
  MilDetection *fresh;
  gboolean      fresh_announced;
};

enum
{
  PROP_0,
  PROP_STATE,
  PROP_DEVICE,
  PROP_ERROR,
  PROP_DETECTION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (MilCamera, mil_camera, G_TYPE_OBJECT)
G_DEFINE_ENUM_TYPE (MilCameraState,
                    mil_camera_state,
                    G_DEFINE_ENUM_VALUE (MIL_CAMERA_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (MIL_CAMERA_STARTING, "starting"),
                    G_DEFINE_ENUM_VALUE (MIL_CAMERA_LIVE, "live"),
                    G_DEFINE_ENUM_VALUE (MIL_CAMERA_LOST, "lost"),
                    G_DEFINE_ENUM_VALUE (MIL_CAMERA_FAILED, "failed"))

/* Threads hold the camera weakly, so that none of them frees it. */
typedef struct
{
  GWeakRef camera;
} Handle;

static Handle *
handle_new (MilCamera *self)
{
  Handle *handle = g_new0 (Handle, 1);
  g_weak_ref_init (&handle->camera, self);
  return handle;
}

static void
handle_free (gpointer data)
{
  Handle *handle = data;
  g_weak_ref_clear (&handle->camera);
  g_free (handle);
}

static Tap *
tap_new (MilCamera *self)
{
  Tap *tap = g_atomic_rc_box_new0 (Tap);
  g_mutex_init (&tap->mutex);
  tap->camera = self;
  return tap;
}

static void
tap_clear (gpointer data)
{
  Tap *tap = data;
  g_mutex_clear (&tap->mutex);
}

static void
tap_unref (gpointer tap)
{
  g_atomic_rc_box_release_full (tap, tap_clear);
}

static void
tap_close (Tap *tap)
{
  g_mutex_lock (&tap->mutex);
  tap->camera = NULL;
  g_mutex_unlock (&tap->mutex);
  tap_unref (tap);
}

static void
set_state (MilCamera *self, MilCameraState state, const GError *error)
{
  g_clear_error (&self->error);
  self->error = error ? g_error_copy (error) : NULL;
  if (error != NULL)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
}

static void
set_detection (MilCamera *self, MilDetection *detection)
{
  if (self->detection == NULL && detection == NULL)
    return;
  g_clear_pointer (&self->detection, mil_detection_free);
  self->detection = detection;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETECTION]);
}

static gboolean
deliver_detection (gpointer data)
{
  Handle *handle = data;
  g_autoptr (MilCamera) self = g_weak_ref_get (&handle->camera);
  if (self == NULL)
    return G_SOURCE_REMOVE;
  g_mutex_lock (&self->mutex);
  MilDetection *fresh = g_steal_pointer (&self->fresh);
  self->fresh_announced = FALSE;
  g_mutex_unlock (&self->mutex);
  if (fresh != NULL && self->state == MIL_CAMERA_LIVE)
    set_detection (self, fresh);
  else
    g_clear_pointer (&fresh, mil_detection_free);
  return G_SOURCE_REMOVE;
}

/* On the detector's thread, which ends before @self does. */
static void
on_detection (MilDetection *detection, gpointer data)
{
  MilCamera *self = data;
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->fresh, mil_detection_free);
  self->fresh = detection;
  gboolean announce = !self->fresh_announced;
  self->fresh_announced = TRUE;
  g_mutex_unlock (&self->mutex);
  if (announce)
    g_idle_add_full (G_PRIORITY_DEFAULT, deliver_detection, handle_new (self), handle_free);
}

static gboolean
deliver_first_frame (gpointer data)
{
  Handle *handle = data;
  g_autoptr (MilCamera) self = g_weak_ref_get (&handle->camera);
  if (self == NULL || self->pipeline == NULL)
    return G_SOURCE_REMOVE;
  self->reviving = FALSE;
  set_state (self, MIL_CAMERA_LIVE, NULL);
  if (self->first_frame != NULL)
    dex_promise_resolve_boolean (self->first_frame, TRUE);
  dex_clear (&self->first_frame);
  return G_SOURCE_REMOVE;
}

static void
take_sample (MilCamera *self, GstSample *sample)
{
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->last_sample, gst_sample_unref);
  self->last_sample = gst_sample_ref (sample);
  self->last_frame_at = g_get_monotonic_time ();
  gboolean announce = !self->frame_announced;
  self->frame_announced = TRUE;
  gboolean detecting = self->detecting;
  g_mutex_unlock (&self->mutex);

  if (detecting)
    mil_detector_offer (self->detector, sample);
  if (announce)
    g_idle_add_full (G_PRIORITY_DEFAULT, deliver_first_frame, handle_new (self), handle_free);
}

/* On a streaming thread. */
static GstFlowReturn
on_sample (GstAppSink *sink, gpointer data)
{
  Tap       *tap = data;
  GstSample *sample = gst_app_sink_pull_sample (sink);
  if (sample == NULL)
    return GST_FLOW_EOS;

  g_mutex_lock (&tap->mutex);
  if (tap->camera != NULL)
    take_sample (tap->camera, sample);
  g_mutex_unlock (&tap->mutex);
  gst_sample_unref (sample);
  return GST_FLOW_OK;
}

typedef struct
{
  GstElement *pipeline;
  GstElement *sink; /* (nullable) */
} Closing;

static void
closing_free (gpointer data)
{
  Closing *closing = data;
  gst_object_unref (closing->pipeline);
  gst_clear_object (&closing->sink);
  g_free (closing);
}

/* pipewiresrc waits up to half a minute for a camera to start, and whoever wants to end it waits with it;
 * told to flush, it gives up at once. So both are done on threads. */
static gpointer
close_in_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  Closing *closing = data;
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (closing->pipeline), "source");
  if (source != NULL && GST_STATE (source) > GST_STATE_NULL)
    gst_element_send_event (source, gst_event_new_flush_start ());
  gst_element_set_state (closing->pipeline, GST_STATE_NULL);
  if (closing->sink != NULL && GST_OBJECT_PARENT (closing->sink) == GST_OBJECT (closing->pipeline))
    gst_bin_remove (GST_BIN (closing->pipeline), closing->sink);
  return GINT_TO_POINTER (TRUE);
}

static gpointer
play_in_thread (gpointer pipeline, GCancellable *cancellable, GError **error)
{
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  return GINT_TO_POINTER (TRUE);
}

static void
close_pipeline (MilCamera *self)
{
  g_clear_handle_id (&self->bus_watch, g_source_remove);
  g_clear_handle_id (&self->silence_timer, g_source_remove);
  g_clear_pointer (&self->tap, tap_close);
  if (self->pipeline != NULL)
    {
      Closing *closing = g_new0 (Closing, 1);
      closing->pipeline = g_steal_pointer (&self->pipeline);
      closing->sink = self->sink ? gst_object_ref (self->sink) : NULL;
      dex_clear (&self->closing);
      self->closing = mil_thread (close_in_thread, closing, closing_free, G_TYPE_BOOLEAN);
      mil_disown (dex_ref (self->closing), "switching the camera off");
    }
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->last_sample, gst_sample_unref);
  g_clear_pointer (&self->fresh, mil_detection_free);
  self->frame_announced = FALSE;
  g_mutex_unlock (&self->mutex);
  set_detection (self, NULL);
}

static void
settle_start (MilCamera *self, const GError *error)
{
  if (self->first_frame != NULL)
    dex_promise_reject (self->first_frame, g_error_copy (error));
  dex_clear (&self->first_frame);
}

/* The camera is gone: what was live waits for it, what was starting has failed. */
static void
lose (MilCamera *self)
{
  self->reviving = self->reviving || self->state == MIL_CAMERA_LIVE;
  gboolean starting = self->state == MIL_CAMERA_STARTING && !self->reviving;
  g_autoptr (GError) error = mil_error_new (MIL_ERROR_CAMERA_LOST, _ ("The camera went away. Plug it in again, or choose another one."));
  close_pipeline (self);
  set_state (self, starting ? MIL_CAMERA_FAILED : MIL_CAMERA_LOST, error);
  settle_start (self, error);
}

static GError *
translate_error (const GError *cause)
{
  if (g_error_matches (cause, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_AUTHORIZED))
    return mil_error_new (MIL_ERROR_CAMERA_DENIED, _ ("Milione may not use the camera. Allow it in the system's settings under Privacy, then try again."));
  if (g_error_matches (cause, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_BUSY))
    return mil_error_new (MIL_ERROR_CAMERA_LOST, _ ("Another program is using the camera. Close it there, then try again."));
  return mil_error_new (MIL_ERROR_CAMERA_LOST,
                        _ ("The camera does not work: %s. Plug it in again, or choose another one."),
                        cause->message);
}

static void
fail (MilCamera *self, const GError *error)
{
  close_pipeline (self);
  set_state (self, MIL_CAMERA_FAILED, error);
  settle_start (self, error);
}

static gboolean
on_bus (GstBus *bus, GstMessage *message, gpointer data)
{
  MilCamera *self = data;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    {
      self->bus_watch = 0;
      lose (self);
      return G_SOURCE_REMOVE;
    }
  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR)
    return G_SOURCE_CONTINUE;

  g_autoptr (GError) cause = NULL;
  gst_message_parse_error (message, &cause, NULL);
  g_debug ("camera: %s", cause->message);
  self->bus_watch = 0;
  if (self->state == MIL_CAMERA_LIVE || self->reviving)
    lose (self);
  else
    {
      g_autoptr (GError) error = translate_error (cause);
      fail (self, error);
    }
  return G_SOURCE_REMOVE;
}

/* Counted in looks and not in time: while this program does not run, no frame can come either. */
static gboolean
on_silence_check (gpointer data)
{
  MilCamera *self = data;
  g_mutex_lock (&self->mutex);
  gboolean is_silent = self->last_frame_at == self->frame_seen_at;
  self->frame_seen_at = self->last_frame_at;
  g_mutex_unlock (&self->mutex);
  self->silent_looks = is_silent ? self->silent_looks + 1 : 0;
  if (self->silent_looks < (self->state == MIL_CAMERA_LIVE ? SILENCE_MS : FIRST_FRAME_MS) / LOOK_MS)
    return G_SOURCE_CONTINUE;
  self->silence_timer = 0;
  g_debug ("camera: no frame for %u looks", self->silent_looks);
  lose (self);
  return G_SOURCE_REMOVE;
}

static GstElement *
make (const char *factory, GError **error)
{
  GstElement *element = gst_element_factory_make (factory, NULL);
  if (element == NULL)
    mil_error_set (error, MIL_ERROR_UNSUPPORTED, _ ("A part of GStreamer that the camera needs is missing: %s."), factory);
  return element;
}

/* PipeWire has few buffers; whoever keeps some of them (a viewer, the detector, a capture) would stop the
 * camera. Copies may be kept. */
static void
take_copies (GstElement *source)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (source), "always-copy") != NULL)
    g_object_set (source, "always-copy", TRUE, NULL);
}

/* Frames go to the viewer in a branch of its own, which may drop some, and to the detector in another. */
static gboolean
build_branches (MilCamera *self, GstElement *tee, GError **error)
{
  GstElement *view_queue = make ("queue", error), *look_queue = make ("queue", error);
  GstElement *convert = make ("videoconvert", error), *look = make ("appsink", error);
  GstElement *view = self->sink ? gst_object_ref (self->sink) : gst_object_ref_sink (make ("fakesink", error));
  if (view_queue == NULL || look_queue == NULL || convert == NULL || look == NULL || view == NULL)
    return FALSE;

  g_object_set (view_queue, "leaky", 2, "max-size-buffers", 2, "max-size-bytes", 0, "max-size-time", (guint64) 0, NULL);
  g_object_set (look_queue, "leaky", 2, "max-size-buffers", 1, "max-size-bytes", 0, "max-size-time", (guint64) 0, NULL);
  g_object_set (look, "sync", FALSE, "max-buffers", 1, "drop", TRUE, NULL);
  if (self->sink == NULL)
    g_object_set (view, "sync", FALSE, NULL);
  GstAppSinkCallbacks callbacks = { .new_sample = on_sample };
  gst_app_sink_set_callbacks (GST_APP_SINK (look), &callbacks, g_atomic_rc_box_acquire (self->tap), tap_unref);

  GstCaps *raw = gst_caps_new_empty_simple ("video/x-raw");
  g_object_set (look, "caps", raw, NULL);
  gst_caps_unref (raw);
  gst_bin_add_many (GST_BIN (self->pipeline), view_queue, convert, view, look_queue, look, NULL);
  gst_object_unref (view);
  return gst_element_link_many (tee, view_queue, convert, view, NULL)
         && gst_element_link_many (tee, look_queue, look, NULL);
}

static gboolean
build_pipeline (MilCamera *self, GstElement *source, GstCaps *mode, GError **error)
{
  GstElement *filter = make ("capsfilter", error), *tee = make ("tee", error);
  gboolean    jpeg = mode != NULL && gst_structure_has_name (gst_caps_get_structure (mode, 0), "image/jpeg");
  GstElement *decoder = make (jpeg ? "jpegdec" : "identity", error);
  self->pipeline = gst_object_ref_sink (gst_pipeline_new ("camera"));
  self->tap = tap_new (self);
  gst_object_set_name (GST_OBJECT (source), "source");
  if (filter == NULL || tee == NULL || decoder == NULL)
    return FALSE;
  if (mode != NULL)
    g_object_set (filter, "caps", mode, NULL);
  gst_bin_add_many (GST_BIN (self->pipeline), source, filter, decoder, tee, NULL);
  if (!build_branches (self, tee, error))
    return FALSE;
  if (!gst_element_link_many (source, filter, decoder, tee, NULL))
    {
      mil_error_set (error,
                     MIL_ERROR_CAMERA_LOST,
                     _ ("The camera gives pictures in a way that is not understood. Choose another one."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
play (MilCamera *self, GstElement *source, GstCaps *mode, GError **error)
{
  g_autoptr (GstBus) bus = NULL;
  if (!build_pipeline (self, source, mode, error))
    {
      if (error != NULL && *error == NULL)
        mil_error_set (error, MIL_ERROR_CAMERA_LOST, _ ("The camera does not work. Choose another one."));
      close_pipeline (self);
      return FALSE;
    }
  bus = gst_element_get_bus (self->pipeline);
  self->bus_watch = gst_bus_add_watch (bus, on_bus, self);
  self->silence_timer = g_timeout_add (LOOK_MS, on_silence_check, self);
  self->silent_looks = 0;
  self->last_frame_at = g_get_monotonic_time ();
  mil_disown (mil_thread (play_in_thread, gst_object_ref (self->pipeline), gst_object_unref, G_TYPE_BOOLEAN),
              "switching the camera on");
  return TRUE;
}

static gboolean
open_device (MilCamera *self, MilCameraDevice *device, GError **error)
{
  GstElement *source = gst_device_create_element (mil_camera_device_get_gst (device), NULL);
  if (source != NULL)
    take_copies (source);
  if (source == NULL)
    {
      mil_error_set (error,
                     MIL_ERROR_CAMERA_LOST,
                     _ ("The camera “%s” does not work. Choose another one."),
                     mil_camera_device_get_name (device));
      return FALSE;
    }
  g_autoptr (GstCaps) mode = mil_camera_device_choose (device);
  if (g_set_object (&self->device, device))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEVICE]);
  return play (self, source, mode, error);
}

static gboolean
open_portal (MilCamera *self, GError **error)
{
  GstElement *source = make ("pipewiresrc", error);
  if (source == NULL)
    return FALSE;
  take_copies (source);
  /* pipewiresrc closes what it is given. */
  g_object_set (source, "fd", dup (self->portal_fd), NULL);
  return play (self, source, NULL, error);
}

typedef struct
{
  MilCamera       *camera;
  MilCameraDevice *device; /* (nullable) */
  guint            turn;
} Start;

static Start *
start_new (MilCamera *self, MilCameraDevice *device)
{
  Start *start = g_new0 (Start, 1);
  start->camera = g_object_ref (self);
  g_set_object (&start->device, device);
  start->turn = ++self->turn;
  return start;
}

static void
start_free (gpointer data)
{
  Start *start = data;
  g_clear_object (&start->camera);
  g_clear_object (&start->device);
  g_free (start);
}

static gboolean
is_overtaken (Start *start)
{
  return start->camera->turn != start->turn || start->camera->state != MIL_CAMERA_STARTING;
}

static gboolean
wait_until_closed (MilCamera *self, GError **error)
{
  return self->closing == NULL || mil_await (dex_ref (self->closing), error);
}

static DexFuture *
reopen_in_fiber (gpointer data)
{
  Start *start = data;
  g_autoptr (GError) error = NULL;

  if (wait_until_closed (start->camera, &error) && !is_overtaken (start)
      && !open_device (start->camera, start->device, &error))
    lose (start->camera);
  return dex_future_new_true ();
}

static void
reopen (MilCamera *self, MilCameraDevice *device)
{
  self->reviving = TRUE;
  set_state (self, MIL_CAMERA_STARTING, NULL);
  mil_disown (mil_spawn (reopen_in_fiber, start_new (self, device), start_free), "starting the camera again");
}

/* What failed says "plug it in", unless nobody may use it. */
static gboolean
waits_for_device (MilCamera *self)
{
  return self->state == MIL_CAMERA_LOST
         || (self->state == MIL_CAMERA_FAILED && !g_error_matches (self->error, MIL_ERROR, MIL_ERROR_CAMERA_DENIED));
}

static void
on_added (MilCamera *self, MilCameraDevice *device)
{
  const char *wanted = self->device ? mil_camera_device_get_id (self->device) : NULL;

  if (waits_for_device (self) && (wanted == NULL || g_str_equal (wanted, mil_camera_device_get_id (device))))
    reopen (self, device);
}

static void
on_removed (MilCamera *self, MilCameraDevice *device)
{
  if (device == self->device && self->pipeline != NULL)
    lose (self);
}

static DexFuture *
look_again_in_fiber (gpointer data)
{
  MilCamera *self = data;
  g_autoptr (GError) error = NULL;

  if (!mil_await (mil_camera_list_watch (self->list), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (self->state == MIL_CAMERA_LOST && mil_camera_list_is_watching (self->list))
    mil_camera_list_refresh (self->list);
  return dex_future_new_true ();
}

/* A camera may fall silent without being unplugged, and the watch for cameras may lose its connection: then
 * nobody tells when one is back, so a new watch is set up now and then. */
static gboolean
revive (gpointer data)
{
  MilCamera  *self = data;
  const char *wanted = self->device ? mil_camera_device_get_id (self->device) : NULL;
  g_autoptr (MilCameraDevice) device = wanted ? mil_camera_list_find (self->list, wanted) : NULL;

  if (self->state != MIL_CAMERA_LOST)
    {
      self->absent = 0;
      return G_SOURCE_CONTINUE;
    }
  if (device != NULL)
    reopen (self, device);
  else if (++self->absent % 3 == 0)
    {
      mil_camera_list_forget (self->list);
      mil_disown (mil_spawn (look_again_in_fiber, g_object_ref (self), g_object_unref), "looking for the camera");
    }
  return G_SOURCE_CONTINUE;
}

static void
on_portal_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (GError) error = NULL;
  if (xdp_portal_access_camera_finish (XDP_PORTAL (source), result, &error))
    dex_promise_resolve_int (promise, xdp_portal_open_pipewire_remote_for_camera (XDP_PORTAL (source)));
  else
    dex_promise_reject (promise, mil_error_new (MIL_ERROR_CAMERA_DENIED, _ ("Milione may not use the camera. Allow it in the system's settings under Privacy, then try again.")));
}

static DexFuture *
ask_portal (void)
{
  g_autoptr (XdpPortal) portal = xdp_portal_new ();
  DexPromise *promise = dex_promise_new_cancellable ();
  DexFuture  *future = mil_promise_follow (dex_ref (DEX_FUTURE (promise)));
  xdp_portal_access_camera (portal, NULL, XDP_CAMERA_FLAG_NONE, dex_promise_get_cancellable (promise), on_portal_answer, promise);
  return future;
}

static DexFuture *
reject (Start *start, GError *error)
{
  if (!is_overtaken (start))
    fail (start->camera, error);
  return dex_future_new_for_error (error);
}

static MilCameraDevice *
wait_for_device (Start *start, GError **error)
{
  MilCamera  *self = start->camera;
  const char *id = start->device ? mil_camera_device_get_id (start->device) : NULL;

  if (!mil_await (mil_camera_list_watch (self->list), error))
    return NULL;
  mil_camera_list_refresh (self->list);
  for (int waited = 0;; waited += LOOK_AGAIN_MS)
    {
      MilCameraDevice *device = mil_camera_list_find (self->list, id);
      if (device == NULL && waited >= LIST_MS / 2)
        device = mil_camera_list_find (self->list, NULL);
      if (device != NULL)
        return device;
      if (waited >= LIST_MS)
        break;
      if (!mil_await (dex_timeout_new_msec (LOOK_AGAIN_MS), NULL) && is_overtaken (start))
        break;
    }
  mil_error_set (error, MIL_ERROR_CAMERA_MISSING, _ ("No camera was found. Connect one, or add the receipt from a file."));
  return NULL;
}

/* In a sandbox the portal gives the camera that the person allowed; elsewhere the one that was chosen. */
static gboolean
open_any (Start *start, GError **error)
{
  MilCamera *self = start->camera;

  if (!wait_until_closed (self, error))
    return FALSE;
  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (DexFuture) asked = ask_portal ();
      int fd = mil_await (dex_ref (asked), &local) ? g_value_get_int (dex_future_get_value (asked, NULL)) : -1;
      if (local != NULL || fd < 0)
        {
          g_propagate_error (error,
                             local ? g_steal_pointer (&local)
                                   : mil_error_new (MIL_ERROR_CAMERA_MISSING, _ ("No camera was found. Connect one, or add the receipt from a file.")));
          return FALSE;
        }
      g_clear_fd (&self->portal_fd, NULL);
      self->portal_fd = fd;
      return !is_overtaken (start) && open_portal (self, error);
    }

  g_autoptr (MilCameraDevice) found = wait_for_device (start, error);
  return found != NULL && !is_overtaken (start) && open_device (self, found, error);
}

static DexFuture *
start_in_fiber (gpointer data)
{
  Start     *start = data;
  MilCamera *self = start->camera;
  g_autoptr (GError) error = NULL;

  DexPromise *promise = dex_promise_new ();
  dex_clear (&self->first_frame);
  self->first_frame = dex_ref (promise);
  DexFuture *first = mil_promise_follow (DEX_FUTURE (promise));
  if (!open_any (start, &error))
    {
      dex_unref (first);
      if (error == NULL)
        error = mil_error_new (MIL_ERROR_CANCELLED, _ ("The camera was switched off."));
      return reject (start, g_steal_pointer (&error));
    }
  if (!mil_await (mil_with_timeout (first, FIRST_FRAME_MS, _ ("The camera gives no picture. Plug it in again, or choose another one.")),
                  &error))
    return reject (start, g_steal_pointer (&error));
  return dex_future_new_true ();
}

static void
mil_camera_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MilCamera *self = MIL_CAMERA (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_DEVICE:
      g_value_set_object (value, self->device);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_DETECTION:
      g_value_set_boxed (value, self->detection);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mil_camera_dispose (GObject *object)
{
  MilCamera *self = MIL_CAMERA (object);

  close_pipeline (self);
  g_clear_handle_id (&self->revive_timer, g_source_remove);
  dex_clear (&self->first_frame);
  dex_clear (&self->closing);
  g_clear_pointer (&self->detector, mil_detector_free);
  gst_clear_object (&self->sink);
  g_clear_object (&self->device);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (mil_camera_parent_class)->dispose (object);
}

static void
mil_camera_finalize (GObject *object)
{
  MilCamera *self = MIL_CAMERA (object);

  g_clear_fd (&self->portal_fd, NULL);
  g_clear_pointer (&self->fresh, mil_detection_free);
  g_clear_error (&self->error);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (mil_camera_parent_class)->finalize (object);
}

static void
mil_camera_class_init (MilCameraClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = mil_camera_dispose;
  object_class->finalize = mil_camera_finalize;
  object_class->get_property = mil_camera_get_property;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, MIL_TYPE_CAMERA_STATE, MIL_CAMERA_STOPPED, flags);
  properties[PROP_DEVICE] = g_param_spec_object ("device", NULL, NULL, MIL_TYPE_CAMERA_DEVICE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_DETECTION] = g_param_spec_boxed ("detection", NULL, NULL, MIL_TYPE_DETECTION, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mil_camera_init (MilCamera *self)
{
  if (!gst_is_initialized ())
    gst_init (NULL, NULL);
  g_mutex_init (&self->mutex);
  self->portal_fd = -1;
  self->list = mil_camera_list_new ();
  g_signal_connect_object (self->list, "added", G_CALLBACK (on_added), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "removed", G_CALLBACK (on_removed), self, G_CONNECT_SWAPPED);
  self->detector = mil_detector_new (on_detection, self);
}

/**
 * mil_camera_new:
 *
 * Touches no device before mil_camera_start().
 *
 * Returns: (transfer full): a camera that is off
 */
MilCamera *
mil_camera_new (void)
{
  return g_object_new (MIL_TYPE_CAMERA, NULL);
}

/**
 * mil_camera_set_sink:
 * @self: a camera
 * @sink: (nullable): where frames are shown, taken from its floating reference; set while it is off
 *
 * Without one, frames are only looked at.
 */
void
mil_camera_set_sink (MilCamera *self, GstElement *sink)
{
  g_return_if_fail (MIL_IS_CAMERA (self));
  g_return_if_fail (sink == NULL || GST_IS_ELEMENT (sink));
  g_return_if_fail (self->pipeline == NULL);

  gst_clear_object (&self->sink);
  self->sink = sink ? gst_object_ref_sink (sink) : NULL;
}

/**
 * mil_camera_set_detecting:
 * @self: a camera
 * @detecting: whether pages and codes are looked for
 *
 * Without it `detection` stays %NULL and nothing but the preview costs time.
 */
void
mil_camera_set_detecting (MilCamera *self, gboolean detecting)
{
  g_return_if_fail (MIL_IS_CAMERA (self));

  g_mutex_lock (&self->mutex);
  self->detecting = detecting;
  g_mutex_unlock (&self->mutex);
  if (!detecting)
    set_detection (self, NULL);
}

/**
 * mil_camera_set_documents:
 * @self: a camera
 * @documents: whether the machine readable zone of a travel document is looked for as well
 *
 * While it is, `detection` has what the last frames say together, and comes less often.
 */
void
mil_camera_set_documents (MilCamera *self, gboolean documents)
{
  g_return_if_fail (MIL_IS_CAMERA (self));

  mil_detector_set_documents (self->detector, documents);
}

/**
 * mil_camera_get_devices:
 * @self: a camera
 *
 * Returns: (transfer none): a list of #MilCameraDevice that follows what is plugged in; filled by the
 *   first mil_camera_start()
 */
GListModel *
mil_camera_get_devices (MilCamera *self)
{
  g_return_val_if_fail (MIL_IS_CAMERA (self), NULL);

  return mil_camera_list_get_devices (self->list);
}

/**
 * mil_camera_start:
 * @self: a camera
 * @device: (nullable): which one, or %NULL for the first
 *
 * Switches the camera on, or over to another device. When the device goes away later, `state` is
 * %MIL_CAMERA_LOST, and the camera goes on by itself when it is back.
 *
 * Errors: %MIL_ERROR_CAMERA_MISSING when there is none, %MIL_ERROR_CAMERA_DENIED when the person or
 * the system refused it, %MIL_ERROR_CAMERA_LOST when it does not work, %MIL_ERROR_TIMEOUT when it
 * gives no frame; the same stands in `error`.
 *
 * Returns: (transfer full): a future that resolves to %TRUE with the first frame
 */
DexFuture *
mil_camera_start (MilCamera *self, MilCameraDevice *device)
{
  dex_return_error_if_fail (MIL_IS_CAMERA (self));

  close_pipeline (self);
  if (self->revive_timer == 0)
    self->revive_timer = g_timeout_add_seconds (2, revive, self);
  self->reviving = FALSE;
  set_state (self, MIL_CAMERA_STARTING, NULL);
  return mil_spawn (start_in_fiber, start_new (self, device), start_free);
}

/**
 * mil_camera_stop:
 * @self: a camera
 *
 * Switches it off; its light goes out.
 */
void
mil_camera_stop (MilCamera *self)
{
  g_return_if_fail (MIL_IS_CAMERA (self));

  g_autoptr (GError) error = mil_error_new (MIL_ERROR_CANCELLED, _ ("The camera was switched off."));
  close_pipeline (self);
  g_clear_handle_id (&self->revive_timer, g_source_remove);
  self->reviving = FALSE;
  set_state (self, MIL_CAMERA_STOPPED, NULL);
  settle_start (self, error);
}

static gpointer
capture_in_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  MilPicture *picture = mil_sample_to_picture (data);
  if (picture == NULL)
    mil_error_set (error, MIL_ERROR_CAMERA_LOST, _ ("The camera gave a broken picture. Try again."));
  return picture;
}

/**
 * mil_camera_capture:
 * @self: a camera
 *
 * Keeps the frame that was looked at last, as it came from the camera: full size, not mirrored.
 *
 * Errors: %MIL_ERROR_CAMERA_LOST when there is no frame.
 *
 * Returns: (transfer full): a future that resolves to a #MilPicture
 */
DexFuture *
mil_camera_capture (MilCamera *self)
{
  dex_return_error_if_fail (MIL_IS_CAMERA (self));

  g_mutex_lock (&self->mutex);
  GstSample *sample = self->last_sample ? gst_sample_ref (self->last_sample) : NULL;
  g_mutex_unlock (&self->mutex);
  if (sample == NULL)
    return mil_future_reject (MIL_ERROR_CAMERA_LOST, _ ("There is no picture from the camera yet. Try again."));
  return mil_thread (capture_in_thread, sample, (GDestroyNotify) gst_sample_unref, MIL_TYPE_PICTURE);
}

/**
 * mil_camera_get_state:
 * @self: a camera
 *
 * Returns: what it does now
 */
MilCameraState
mil_camera_get_state (MilCamera *self)
{
  g_return_val_if_fail (MIL_IS_CAMERA (self), MIL_CAMERA_STOPPED);

  return self->state;
}

/**
 * mil_camera_get_device:
 * @self: a camera
 *
 * Returns: (transfer none) (nullable): which device is used, or was used last
 */
MilCameraDevice *
mil_camera_get_device (MilCamera *self)
{
  g_return_val_if_fail (MIL_IS_CAMERA (self), NULL);

  return self->device;
}

/**
 * mil_camera_get_error:
 * @self: a camera
 *
 * Returns: (transfer none) (nullable): why it failed or was lost
 */
const GError *
mil_camera_get_error (MilCamera *self)
{
  g_return_val_if_fail (MIL_IS_CAMERA (self), NULL);

  return self->error;
}

/**
 * mil_camera_get_detection:
 * @self: a camera
 *
 * Returns: (transfer none) (nullable): what was seen last
 */
MilDetection *
mil_camera_get_detection (MilCamera *self)
{
  g_return_val_if_fail (MIL_IS_CAMERA (self), NULL);

  return self->detection;
}
