/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-camera.h"

#include <glib/gstdio.h>
#include <gst/base/gstpushsrc.h>
#include <string.h>

#include "scan-fixture.h"
#include "scan/mil-page-finder.h"

/* --- a camera that the system does not let anybody open --- */

G_DECLARE_FINAL_TYPE (ForbiddenSource, forbidden_source, FORBIDDEN, SOURCE, GstPushSrc)
struct _ForbiddenSource
{
  GstPushSrc parent_instance;
};
G_DEFINE_FINAL_TYPE (ForbiddenSource, forbidden_source, GST_TYPE_PUSH_SRC)

/* As v4l2src and pipewiresrc say it. */
static gboolean
forbidden_source_start (GstBaseSrc *source)
{
  GST_ELEMENT_ERROR (source, RESOURCE, NOT_AUTHORIZED, (NULL), ("Permission denied"));
  return FALSE;
}

static void
forbidden_source_class_init (ForbiddenSourceClass *klass)
{
  GstCaps *caps = gst_caps_new_any ();

  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass), "Forbidden", "Source/Video", "Cannot be opened", "Milione");
  gst_element_class_add_pad_template (GST_ELEMENT_CLASS (klass),
                                      gst_pad_template_new ("src", GST_PAD_SRC, GST_PAD_ALWAYS, caps));
  gst_caps_unref (caps);
  GST_BASE_SRC_CLASS (klass)->start = forbidden_source_start;
}

static void
forbidden_source_init (ForbiddenSource *self)
{
}

G_DECLARE_FINAL_TYPE (ForbiddenDevice, forbidden_device, FORBIDDEN, DEVICE, GstDevice)
struct _ForbiddenDevice
{
  GstDevice parent_instance;
};
G_DEFINE_FINAL_TYPE (ForbiddenDevice, forbidden_device, GST_TYPE_DEVICE)

static GstElement *
forbidden_device_create_element (GstDevice *device, const char *name)
{
  return g_object_new (forbidden_source_get_type (), "name", name, NULL);
}

static void
forbidden_device_class_init (ForbiddenDeviceClass *klass)
{
  GST_DEVICE_CLASS (klass)->create_element = forbidden_device_create_element;
}

static void
forbidden_device_init (ForbiddenDevice *self)
{
}

G_DECLARE_FINAL_TYPE (ForbiddenProvider, forbidden_provider, FORBIDDEN, PROVIDER, GstDeviceProvider)
struct _ForbiddenProvider
{
  GstDeviceProvider parent_instance;
};
G_DEFINE_FINAL_TYPE (ForbiddenProvider, forbidden_provider, GST_TYPE_DEVICE_PROVIDER)

static gboolean
forbidden_provider_start (GstDeviceProvider *provider)
{
  GstCaps *caps = gst_caps_from_string ("video/x-raw, format=RGB, width=640, height=480, framerate=30/1");

  gst_device_provider_device_add (
      provider,
      g_object_new (forbidden_device_get_type (), "display-name", "Forbidden", "device-class", "Video/Source", "caps", caps, NULL));
  gst_caps_unref (caps);
  return TRUE;
}

static void
forbidden_provider_stop (GstDeviceProvider *provider)
{
}

static void
forbidden_provider_class_init (ForbiddenProviderClass *klass)
{
  GstDeviceProviderClass *provider_class = GST_DEVICE_PROVIDER_CLASS (klass);

  gst_device_provider_class_set_static_metadata (provider_class, "Forbidden", "Source/Video", "One camera", "Milione");
  provider_class->start = forbidden_provider_start;
  provider_class->stop = forbidden_provider_stop;
}

static void
forbidden_provider_init (ForbiddenProvider *self)
{
}

/* --- the tests --- */

typedef struct
{
  GMainLoop    *loop;
  MilCamera    *camera;
  GSubprocess  *webcam;
  GInputStream *said;
  gboolean      done;
  GError       *error;
  MilPicture   *picture;
} Fixture;

/* Seconds after which something will never come; no claim about how soon it does. */
#define PATIENCE 100

static gboolean
wait_until (gboolean (*is_so) (Fixture *fixture), Fixture *fixture)
{
  gint64 end = g_get_monotonic_time () + PATIENCE * G_USEC_PER_SEC;
  while (!is_so (fixture) && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
  return is_so (fixture);
}

static gboolean
is_done (Fixture *fixture)
{
  return fixture->done;
}

static gboolean
is_live (Fixture *fixture)
{
  return mil_camera_get_state (fixture->camera) == MIL_CAMERA_LIVE;
}

static gboolean
is_lost (Fixture *fixture)
{
  return mil_camera_get_state (fixture->camera) == MIL_CAMERA_LOST;
}

static gboolean
is_gone (Fixture *fixture)
{
  MilCameraState state = mil_camera_get_state (fixture->camera);
  return state == MIL_CAMERA_LOST || state == MIL_CAMERA_FAILED;
}

static gboolean
sees_page_and_code (Fixture *fixture)
{
  const MilDetection *seen = mil_camera_get_detection (fixture->camera);
  return seen != NULL && seen->has_page && seen->ready && seen->symbols->len == 1;
}

static DexFuture *
start_in_fiber (gpointer data)
{
  Fixture *fixture = data;
  mil_await (mil_camera_start (fixture->camera, NULL), &fixture->error);
  fixture->done = TRUE;
  return dex_future_new_true ();
}

static DexFuture *
capture_in_fiber (gpointer data)
{
  Fixture *fixture = data;
  fixture->picture = mil_await_pointer (mil_camera_capture (fixture->camera), &fixture->error);
  fixture->done = TRUE;
  return dex_future_new_true ();
}

static void
run (Fixture *fixture, DexFiberFunc func)
{
  fixture->done = FALSE;
  DexFuture *future = mil_spawn (func, fixture, NULL);
  g_assert_true (wait_until (is_done, fixture));
  dex_unref (future);
}

static void
test_missing (void)
{
  Fixture fixture = { .camera = mil_camera_new () };
  run (&fixture, start_in_fiber);
  g_assert_error (fixture.error, MIL_ERROR, MIL_ERROR_CAMERA_MISSING);
  g_assert_cmpint (mil_camera_get_state (fixture.camera), ==, MIL_CAMERA_FAILED);
  g_assert_error (mil_camera_get_error (fixture.camera), MIL_ERROR, MIL_ERROR_CAMERA_MISSING);
  g_assert_cmpuint (g_list_model_get_n_items (mil_camera_get_devices (fixture.camera)), ==, 0);
  g_clear_error (&fixture.error);
  g_assert_finalize_object (fixture.camera);
}

static void
tell (Fixture *fixture, const char *command)
{
  GOutputStream *to = g_subprocess_get_stdin_pipe (fixture->webcam);
  g_assert_true (g_output_stream_write_all (to, command, strlen (command), NULL, NULL, NULL));
}

static void
hear_ready (Fixture *fixture)
{
  char  word[6] = { 0 };
  gsize n = 0;
  g_input_stream_read_all (fixture->said, word, sizeof word, &n, NULL, NULL);
  g_assert_cmpuint (n, ==, 6);
}

static gboolean
plug_in (Fixture *fixture)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "tests", "trip", "virtual-camera.py", NULL);
  g_autofree char *picture = g_build_filename (g_getenv ("XDG_RUNTIME_DIR"), "receipt.png", NULL);
  cairo_surface_t *surface = fixture_draw_surface (FALSE);
  cairo_surface_write_to_png (surface, picture);
  cairo_surface_destroy (surface);
  fixture->webcam = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, "python3", script, picture, NULL);
  if (fixture->webcam == NULL)
    return FALSE;
  fixture->said = g_subprocess_get_stdout_pipe (fixture->webcam);
  hear_ready (fixture);
  return TRUE;
}

/* One camera from plugging in to unplugging, because starting PipeWire takes seconds. */
static void
test_live (void)
{
  Fixture          fixture = { .camera = mil_camera_new () };
  g_autofree char *pipewire = g_find_program_in_path ("pipewire");
  if (pipewire == NULL)
    {
      g_test_skip ("PipeWire is not there");
      return;
    }
  g_assert_true (plug_in (&fixture));
  mil_camera_set_detecting (fixture.camera, TRUE);
  run (&fixture, start_in_fiber);
  g_assert_no_error (fixture.error);
  g_assert_true (is_live (&fixture));
  g_assert_cmpstr (mil_camera_device_get_id (mil_camera_get_device (fixture.camera)), ==, "milione-camera");

  g_assert_true (wait_until (sees_page_and_code, &fixture));
  const MilSymbol *symbol = g_ptr_array_index (mil_camera_get_detection (fixture.camera)->symbols, 0);
  g_assert_cmpstr (symbol->text, ==, "https://example.org/bon/4711");

  run (&fixture, capture_in_fiber);
  g_assert_no_error (fixture.error);
  g_assert_cmpint (mil_picture_get_width (fixture.picture), ==, 1280);
  g_assert_cmpint (mil_picture_get_height (fixture.picture), ==, 720);

  tell (&fixture, "unplug\n");
  g_assert_true (wait_until (is_lost, &fixture));
  g_assert_error (mil_camera_get_error (fixture.camera), MIL_ERROR, MIL_ERROR_CAMERA_LOST);
  hear_ready (&fixture);
  tell (&fixture, "plug\n");
  g_assert_true (wait_until (is_live, &fixture));
  hear_ready (&fixture);

  /* Switched off and on, again and again, and taken away while it starts: it goes on by itself. */
  for (int i = 0; i < 4; i++)
    {
      mil_camera_stop (fixture.camera);
      dex_future_disown (mil_camera_start (fixture.camera, NULL));
      for (int turns = 0; turns < i * 20; turns++)
        g_main_context_iteration (NULL, FALSE);
    }
  tell (&fixture, "unplug\n");
  g_assert_true (wait_until (is_gone, &fixture));
  hear_ready (&fixture);
  tell (&fixture, "plug\n");
  g_assert_true (wait_until (is_live, &fixture));
  hear_ready (&fixture);

  mil_camera_stop (fixture.camera);
  g_assert_cmpint (mil_camera_get_state (fixture.camera), ==, MIL_CAMERA_STOPPED);
  tell (&fixture, "quit\n");
  g_subprocess_wait (fixture.webcam, NULL, NULL);
  g_clear_object (&fixture.webcam);
  g_clear_object (&fixture.picture);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture.camera);
}

/* The system says no: the sentence says where to allow it, and trying again asks again. */
static void
test_denied (void)
{
  Fixture fixture = { .camera = mil_camera_new () };

  g_assert_true (gst_device_provider_register (NULL, "forbiddenprovider", GST_RANK_PRIMARY, forbidden_provider_get_type ()));
  for (guint i = 0; i < 2; i++)
    {
      run (&fixture, start_in_fiber);
      g_assert_error (fixture.error, MIL_ERROR, MIL_ERROR_CAMERA_DENIED);
      g_assert_nonnull (strstr (fixture.error->message, "Privacy"));
      g_assert_cmpint (mil_camera_get_state (fixture.camera), ==, MIL_CAMERA_FAILED);
      g_assert_error (mil_camera_get_error (fixture.camera), MIL_ERROR, MIL_ERROR_CAMERA_DENIED);
      g_assert_cmpuint (g_list_model_get_n_items (mil_camera_get_devices (fixture.camera)), ==, 1);
      g_clear_error (&fixture.error);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture.camera);
}

static void
test_page_finder (void)
{
  g_autoptr (MilPicture) picture = fixture_draw_receipt (FALSE);
  g_autoptr (GBytes) luma = mil_picture_dup_luma (picture);
  int              width = mil_picture_get_width (picture), height = mil_picture_get_height (picture);
  MilQuad          quad = { 0 };
  MilDetectionHint hint;
  g_assert_true (mil_page_finder_run (g_bytes_get_data (luma, NULL), width, height, width, &quad, &hint));
  /* The paper is 420 x 520, turned a little, with its middle in the middle. */
  MilQuad paper = { { { 68, 54 }, { 488, 66 }, { 472, 586 }, { 52, 574 } } };
  g_assert_cmpfloat (mil_quad_distance (&quad, &paper), <, 25);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *runtime = g_dir_make_tmp ("mil-camera-XXXXXX", NULL);
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  /* It takes the runtime folder out of the environment. */
  g_test_dbus_up (bus);
  g_setenv ("XDG_RUNTIME_DIR", runtime, TRUE);
  dex_init ();
  gst_init (&argc, &argv);
  g_test_add_func ("/scan/camera/page-finder", test_page_finder);
  g_test_add_func ("/scan/camera/missing", test_missing);
  g_test_add_func ("/scan/camera/live", test_live);
  /* Last: its camera stays plugged in. */
  g_test_add_func ("/scan/camera/denied", test_denied);
  int status = g_test_run ();
  g_test_dbus_down (bus);
  return status;
}
