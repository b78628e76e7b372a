/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The live preview on a camera of 1920 x 1080 at 30 frames/s: a PipeWire camera of another process (see
 * virtual-camera.py), and the app's own MilCamera with its detector, in a preview alone, while looking for
 * pages and codes, and while looking for documents as well. Frames that the camera gave and the viewer did
 * not get are dropped ones. Time of this process's processors, so that the camera's own work does not count;
 * the viewer takes frames as RGB, as the window does, but draws none. */

#include <stdio.h>
#include <string.h>
#include <time.h>

#include <gst/gst.h>

#include "../unit/scan/scan-fixture.h"
#include "scan/mil-camera.h"

#define SECONDS 20
#define WARM_UP 3

typedef struct
{
  GMainLoop   *loop;
  GSubprocess *webcam;
  MilCamera   *camera;
  GstElement  *viewer;
  GError      *error;
  guint        given;
  guint        shown;
  guint        looks;
} Bench;

static GstPadProbeReturn
on_frame (GstPad *pad, GstPadProbeInfo *info, gpointer counter)
{
  g_atomic_int_inc ((guint *) counter);
  return GST_PAD_PROBE_OK;
}

static void
count_frames (GstElement *element, const char *pad_name, guint *counter)
{
  GstPad *pad = gst_element_get_static_pad (element, pad_name);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_frame, counter, NULL);
  gst_object_unref (pad);
}

static void
on_detection (Bench *bench)
{
  bench->looks += mil_camera_get_detection (bench->camera) != NULL;
}

static GSubprocess *
plug_in (void)
{
  g_autofree char *picture = g_build_filename (g_getenv ("XDG_RUNTIME_DIR"), "receipt.png", NULL);
  cairo_surface_t *surface = fixture_draw_surface (FALSE);
  cairo_surface_write_to_png (surface, picture);
  cairo_surface_destroy (surface);
  GSubprocess *webcam = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                          NULL,
                                          "python3",
                                          SOURCE_ROOT "/tests/trip/virtual-camera.py",
                                          picture,
                                          "--width=1920",
                                          "--height=1080",
                                          "--rate=30",
                                          NULL);
  char         word[6] = { 0 };
  gsize        n = 0;
  if (webcam != NULL)
    g_input_stream_read_all (g_subprocess_get_stdout_pipe (webcam), word, sizeof word, &n, NULL, NULL);
  if (n != sizeof word)
    g_error ("there is no virtual camera");
  return webcam;
}

static double
seconds_of (clockid_t clock)
{
  struct timespec now;
  clock_gettime (clock, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static void
print (const char *name, double value, const char *unit, const char *note)
{
  printf ("{\"name\": \"camera: %s\", \"value\": %.4f, \"unit\": \"%s\", \"note\": \"%s\"}\n", name, value, unit, note);
}

static void
measure (Bench *bench, const char *what, int seconds)
{
  if (!mil_await (dex_timeout_new_seconds (WARM_UP), NULL))
    g_debug ("warm");
  guint given = g_atomic_int_get (&bench->given), shown = g_atomic_int_get (&bench->shown), looks = bench->looks;
  double wall = seconds_of (CLOCK_MONOTONIC), processor = seconds_of (CLOCK_PROCESS_CPUTIME_ID);
  if (!mil_await (dex_timeout_new_seconds (seconds), NULL))
    g_debug ("measured");
  processor = seconds_of (CLOCK_PROCESS_CPUTIME_ID) - processor;
  wall = seconds_of (CLOCK_MONOTONIC) - wall;
  given = g_atomic_int_get (&bench->given) - given;
  shown = g_atomic_int_get (&bench->shown) - shown;
  g_autofree char *rate = g_strdup_printf ("%s, frames given", what),
                  *dropped = g_strdup_printf ("%s, frames dropped", what);
  g_autofree char *share = g_strdup_printf ("%s, share of one core", what),
                  *seen = g_strdup_printf ("%s, frames looked at", what);
  print (rate, given / wall, "a second", "1920 x 1080");
  /* One may be on its way. */
  print (dropped, given > shown + 1 ? given - shown : 0, "frames", "wanted 0");
  print (share, 100 * processor / wall, "%", "wanted ≤ 50, reach 35");
  print (seen, (bench->looks - looks) / wall, "a second", "");
}

static DexFuture *
run_in_fiber (gpointer data)
{
  Bench *bench = data;
  if (!mil_await (mil_camera_start (bench->camera, NULL), &bench->error))
    g_error ("the camera did not start: %s", bench->error->message);
  GstObject  *pipeline = gst_object_get_parent (GST_OBJECT (bench->viewer));
  GstElement *source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  count_frames (source, "src", &bench->given);
  count_frames (bench->viewer, "sink", &bench->shown);
  gst_object_unref (source);
  gst_object_unref (pipeline);

  measure (bench, "preview alone", SECONDS / 2);
  mil_camera_set_detecting (bench->camera, TRUE);
  measure (bench, "pages and codes", SECONDS);
  mil_camera_set_documents (bench->camera, TRUE);
  measure (bench, "documents as well", SECONDS / 2);
  mil_camera_stop (bench->camera);
  g_main_loop_quit (bench->loop);
  return dex_future_new_true ();
}

int
main (int argc, char *argv[])
{
  g_autofree char *runtime = g_dir_make_tmp ("mil-camera-XXXXXX", NULL);
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  g_setenv ("XDG_RUNTIME_DIR", runtime, TRUE);
  dex_init ();
  gst_init (&argc, &argv);

  Bench bench = { .loop = g_main_loop_new (NULL, FALSE), .camera = mil_camera_new (), .webcam = plug_in () };
  bench.viewer
      = gst_parse_bin_from_description ("capsfilter caps=video/x-raw,format=BGRx ! fakesink sync=true", TRUE, NULL);
  gst_object_ref_sink (bench.viewer);
  mil_camera_set_sink (bench.camera, bench.viewer);
  g_signal_connect_swapped (bench.camera, "notify::detection", G_CALLBACK (on_detection), &bench);
  DexFuture *future = mil_spawn (run_in_fiber, &bench, NULL);
  g_main_loop_run (bench.loop);
  dex_unref (future);

  g_output_stream_write_all (g_subprocess_get_stdin_pipe (bench.webcam), "quit\n", 5, NULL, NULL, NULL);
  g_subprocess_wait (bench.webcam, NULL, NULL);
  g_object_unref (bench.webcam);
  g_object_unref (bench.camera);
  gst_object_unref (bench.viewer);
  g_main_loop_unref (bench.loop);
  g_test_dbus_down (bus);
  return 0;
}
