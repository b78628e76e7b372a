/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-detector.h"

#include <gst/video/video.h>
#include <string.h>

#include "scan/mil-picture.h"

static MilPicture *
load (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "tests", "samples", "mrz", name, NULL), *data = NULL;
  gsize size = 0;
  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&data), size);
  MilPicture *picture = mil_picture_decode (bytes, 0, NULL, &error);
  g_assert_no_error (error);
  return picture;
}

static GstSample *
make_sample (MilPicture *picture)
{
  GstVideoInfo info;
  int          width = mil_picture_get_width (picture), height = mil_picture_get_height (picture);
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_GRAY8, width, height);
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, info.size, NULL);
  g_autoptr (GBytes) luma = mil_picture_dup_luma (picture);
  for (int y = 0; y < height; y++)
    gst_buffer_fill (buffer, (gsize) y * info.stride[0], (const guint8 *) g_bytes_get_data (luma, NULL) + (gsize) y * width, width);
  GstCaps   *caps = gst_video_info_to_caps (&info);
  GstSample *sample = gst_sample_new (buffer, caps, NULL, NULL);
  gst_buffer_unref (buffer);
  gst_caps_unref (caps);
  return sample;
}

static void
on_detection (MilDetection *detection, gpointer data)
{
  g_async_queue_push (data, detection);
}

/* A document is read when one is asked for, and not before. */
static void
test_document (void)
{
  g_autoptr (GAsyncQueue) seen = g_async_queue_new_full ((GDestroyNotify) mil_detection_free);
  g_autoptr (MilDetector) detector = mil_detector_new (on_detection, seen);
  g_autoptr (MilPicture) picture = load ("td1-5.jpg");
  GstSample *sample = make_sample (picture);

  g_assert_true (mil_detector_offer (detector, sample));
  g_autoptr (MilDetection) without = g_async_queue_pop (seen);
  g_assert_null (without->mrz);

  mil_detector_set_documents (detector, TRUE);
  while (!mil_detector_offer (detector, sample))
    g_thread_yield ();
  g_autoptr (MilDetection) with = g_async_queue_pop (seen);
  g_autoptr (MilDetection) copy = mil_detection_copy (with);
  g_assert_nonnull (copy->mrz);
  g_assert_true (copy->mrz->valid);
  g_assert_cmpstr (copy->mrz->surname, ==, "GARCIA LOPEZ");
  gst_sample_unref (sample);
}

/* A table of one brightness with a sheet of another on it, out of focus. */
static MilDetectionHint
look_at (guint8 table, guint8 sheet)
{
  g_autoptr (GAsyncQueue) seen = g_async_queue_new_full ((GDestroyNotify) mil_detection_free);
  g_autoptr (MilDetector) detector = mil_detector_new (on_detection, seen);
  guint8 *rgb = g_malloc (640 * 480 * 3);
  for (int i = 0; i < 640 * 480; i++)
    {
      int x = i % 640, y = i / 640;
      int inside = CLAMP (MIN (MIN (x - 200, 440 - x), MIN (y - 100, 380 - y)), 0, 40);
      memset (rgb + 3 * i, table + (sheet - table) * inside / 40, 3);
    }
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, 640 * 480 * 3);
  g_autoptr (MilPicture) picture = mil_picture_new (bytes, 640, 480, 640 * 3);
  GstSample *sample = make_sample (picture);
  g_assert_true (mil_detector_offer (detector, sample));
  g_autoptr (MilDetection) detection = g_async_queue_pop (seen);
  gst_sample_unref (sample);
  g_assert_false (detection->has_page);
  return detection->hint;
}

/* Without a page it is said why there is none. */
static void
test_no_page (void)
{
  g_assert_cmpint (look_at (8, 12), ==, MIL_HINT_DARK);
  g_assert_cmpint (look_at (240, 250), ==, MIL_HINT_LOW_CONTRAST);
  g_assert_cmpint (look_at (120, 190), ==, MIL_HINT_BLURRED);
  g_assert_cmpint (look_at (110, 110), ==, MIL_HINT_NO_PAGE);
}

int
main (int argc, char *argv[])
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/detector/document", test_document);
  g_test_add_func ("/scan/detector/no-page", test_no_page);
  return g_test_run ();
}
