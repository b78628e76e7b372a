/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-detector.h"

#include <gst/video/video.h>
#include <string.h>
#include <time.h>

#include "scan/mil-mrz-reader.h"
#include "scan/mil-page-finder.h"

/* A page that moves by less than this part of the frame's width, in per cent, lies still. */
#define STILL_PERCENT 1.5
/* After a jump a page must be seen twice before the overlay follows. */
#define JUMP_PERCENT 12
/* Codes of all kinds are looked for on every so many frames that are looked at. */
#define FULL_PASS_EVERY 8
/* After a look the thread rests for so many times as long as it worked, so that preview and detection
 * together leave most of a core; but not longer than this, where a document is looked for. */
#define REST 4
#define MOST_REST_US (150 * 1000)
/* … once there is one: until then a frame that shows none costs as much, and needs no hurry. */
#define MOST_REST_WITHOUT_US (800 * 1000)
#define READY_STEADY_MS 150
/* Sharp enough: not much below the sharpest of late. */
#define SHARP_PART 0.6
#define MIN_SHARPNESS 25.0
#define SHARPEST_DECAY 0.985
/* As bright as paper; how much of a frame that is when a paper is in it, and when all of it is, in per cent. */
#define BRIGHT_LUMA 150
#define PAPER_BRIGHT 8
#define ALL_BRIGHT 80
/* So many frames without a document, and the next one is another document. */
#define FRAMES_OF_ONE_DOCUMENT 12

struct _MilDetector
{
  MilDetectorFunc func;
  gpointer        data;
  GThread        *thread;
  GMutex          mutex;
  GCond           wake;
  GstSample      *waiting;
  gboolean        busy;
  gint64          rests_until;
  gboolean        ended;
  gboolean        documents;

  /* Only the thread uses these. */
  guint      n_frames;
  MilQuad    last;
  gboolean   had_page;
  guint      n_missed;
  gint64     still_since;
  double     sharpest;
  GPtrArray *symbols;
  /* What the frames say together about the document in front of the camera. */
  MilMrzTable letters;
  guint       n_without_letters;
};

static GBytes *
convert (GstSample *sample, GstVideoFormat format, int *width, int *height, int *stride)
{
  GstVideoInfo  in, out;
  GstVideoFrame from, to;
  GstCaps      *caps = gst_sample_get_caps (sample);
  if (caps == NULL || !gst_video_info_from_caps (&in, caps)
      || !gst_video_frame_map (&from, &in, gst_sample_get_buffer (sample), GST_MAP_READ))
    return NULL;

  gst_video_info_set_format (&out, format, in.width, in.height);
  out.fps_n = in.fps_n;
  out.fps_d = in.fps_d;
  out.interlace_mode = in.interlace_mode;
  GstBuffer         *buffer = gst_buffer_new_allocate (NULL, out.size, NULL);
  GBytes            *bytes = NULL;
  GstVideoConverter *converter = gst_video_converter_new (&in, &out, NULL);
  if (converter != NULL && gst_video_frame_map (&to, &out, buffer, GST_MAP_WRITE))
    {
      gst_video_converter_frame (converter, &from, &to);
      bytes = g_bytes_new (GST_VIDEO_FRAME_PLANE_DATA (&to, 0), out.size);
      *width = in.width;
      *height = in.height;
      *stride = GST_VIDEO_FRAME_PLANE_STRIDE (&to, 0);
      gst_video_frame_unmap (&to);
    }
  g_clear_pointer (&converter, gst_video_converter_free);
  gst_buffer_unref (buffer);
  gst_video_frame_unmap (&from);
  return bytes;
}

/*
 * mil_sample_to_luma:
 * @sample: a frame
 * @width: (out): in pixels
 * @height: (out): in pixels
 *
 * Returns: (transfer full) (nullable): its brightness, without padding; %NULL for a broken frame
 */
GBytes *
mil_sample_to_luma (GstSample *sample, int *width, int *height)
{
  int stride = 0;
  g_autoptr (GBytes) bytes = convert (sample, GST_VIDEO_FORMAT_GRAY8, width, height, &stride);
  if (bytes == NULL || stride == *width)
    return g_steal_pointer (&bytes);

  const guint8 *rows = g_bytes_get_data (bytes, NULL);
  guint8       *luma = g_malloc ((gsize) *width * *height);
  for (int y = 0; y < *height; y++)
    memcpy (luma + (gsize) y * *width, rows + (gsize) y * stride, *width);
  return g_bytes_new_take (luma, (gsize) *width * *height);
}

/*
 * mil_sample_to_picture:
 * @sample: a frame
 *
 * Returns: (transfer full) (nullable): all of it in colour; %NULL for a broken frame
 */
MilPicture *
mil_sample_to_picture (GstSample *sample)
{
  int width = 0, height = 0, stride = 0;
  g_autoptr (GBytes) bytes = convert (sample, GST_VIDEO_FORMAT_RGB, &width, &height, &stride);
  return bytes ? mil_picture_new (bytes, width, height, stride) : NULL;
}

static gpointer
copy_symbol (gconstpointer symbol, gpointer data)
{
  return mil_symbol_copy (symbol);
}

static void
look_for_codes (MilDetector *self, MilDetection *seen, const guint8 *luma)
{
  gboolean full = self->n_frames % FULL_PASS_EVERY == 0;
  g_autoptr (GPtrArray) symbols = mil_symbols_read (luma, seen->width, seen->height, seen->width, full ? MIL_SYMBOL_PASS_FULL : MIL_SYMBOL_PASS_FAST);
  /* What only the full pass sees stays shown until the next one. */
  if (symbols->len > 0 || full || self->symbols == NULL)
    {
      g_clear_pointer (&self->symbols, g_ptr_array_unref);
      self->symbols = g_steal_pointer (&symbols);
    }
  seen->symbols = g_ptr_array_copy (self->symbols, (GCopyFunc) copy_symbol, NULL);
}

/* Several frames, each with its own noise and shine, are read together; one that needs no help stands alone. */
static void
look_for_document (MilDetector *self, MilDetection *seen, const guint8 *luma)
{
  g_autofree MilMrzTable *letters = g_new (MilMrzTable, 1);
  MilLuma                *copy = mil_luma_new (seen->width, seen->height);
  memcpy (copy->pixels, luma, (gsize) seen->width * seen->height);
  if (!mil_mrz_read_luma (copy, FALSE, letters, NULL))
    {
      if (++self->n_without_letters > FRAMES_OF_ONE_DOCUMENT)
        self->letters = (MilMrzTable) { 0 };
      return;
    }
  self->n_without_letters = 0;
  MilDate today = mil_date_from_unix (g_get_real_time (), NULL);
  seen->mrz = mil_mrz_judge (letters, today);
  if (seen->mrz != NULL && seen->mrz->valid && !seen->mrz->corrected)
    {
      self->letters = *letters;
      return;
    }
  g_clear_pointer (&seen->mrz, mil_mrz_free);
  mil_mrz_table_add (&self->letters, letters);
  seen->mrz = mil_mrz_judge (&self->letters, today);
}

/* A page that is missed on one frame, or jumps on one, stays where it was. */
static void
follow_page (MilDetector *self, MilDetection *seen)
{
  double moved = self->had_page && seen->has_page ? 100 * mil_quad_distance (&self->last, &seen->page) / seen->width : 0;
  if (self->had_page && (!seen->has_page || moved > JUMP_PERCENT) && self->n_missed++ < 2)
    {
      seen->has_page = TRUE;
      seen->page = self->last;
      self->still_since = 0;
      return;
    }
  self->n_missed = 0;
  gint64 now = g_get_monotonic_time ();
  if (!seen->has_page || !self->had_page || moved > STILL_PERCENT)
    self->still_since = seen->has_page ? now : 0;
  self->had_page = seen->has_page;
  self->last = seen->page;
  if (self->still_since > 0)
    seen->steady_ms = (int) ((now - self->still_since) / 1000);
}

/* Why there is no page: something bright that lies on something darker but has no letters is out of focus;
 * where all is bright, white lies on white. */
static MilDetectionHint
explain_nothing (const MilDetection *seen, const guint8 *luma)
{
  guint64 n = 0, bright = 0;
  for (int y = 0; y < seen->height; y += 8)
    for (int x = 0; x < seen->width; x += 8, n++)
      bright += luma[(gsize) y * seen->width + x] >= BRIGHT_LUMA ? 1 : 0;
  if (100 * bright >= ALL_BRIGHT * n)
    return MIL_HINT_LOW_CONTRAST;
  return 100 * bright >= PAPER_BRIGHT * n && seen->sharpness < MIN_SHARPNESS ? MIL_HINT_BLURRED : MIL_HINT_NO_PAGE;
}

static MilDetection *
look (MilDetector *self, GstSample *sample)
{
  MilDetection *seen = g_new0 (MilDetection, 1);
  g_autoptr (GBytes) bytes = mil_sample_to_luma (sample, &seen->width, &seen->height);
  if (bytes == NULL)
    {
      g_free (seen);
      return NULL;
    }
  const guint8 *luma = g_bytes_get_data (bytes, NULL);
  self->n_frames++;
  look_for_codes (self, seen, luma);
  if (g_atomic_int_get (&self->documents))
    look_for_document (self, seen, luma);
  seen->brightness = mil_luma_brightness (luma, seen->width, seen->height, seen->width);
  seen->has_page = mil_page_finder_run (luma, seen->width, seen->height, seen->width, &seen->page, &seen->hint);
  follow_page (self, seen);

  MilBox where = seen->has_page ? mil_quad_bounds (&seen->page) : (MilBox) { 0, 0, seen->width, seen->height };
  seen->sharpness = mil_luma_sharpness (luma, seen->width, seen->height, seen->width, where);
  self->sharpest = MAX (self->sharpest * SHARPEST_DECAY, seen->sharpness);
  gboolean sharp = seen->sharpness >= MIN_SHARPNESS && seen->sharpness >= SHARP_PART * self->sharpest;
  if (seen->has_page && !sharp && seen->hint == MIL_HINT_NONE)
    seen->hint = MIL_HINT_BLURRED;
  if (!seen->has_page && seen->hint == MIL_HINT_NO_PAGE)
    seen->hint = explain_nothing (seen, luma);
  seen->ready = seen->has_page && sharp && seen->steady_ms >= READY_STEADY_MS
                && (seen->hint == MIL_HINT_NONE || seen->hint == MIL_HINT_LOW_CONTRAST);
  return seen;
}

/* Time of this thread's processor: what a busy machine takes away makes no rest longer. */
static gint64
worked_us (void)
{
  struct timespec now;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gint64
rest_after (MilDetector *self, gint64 work_us)
{
  gboolean without = g_atomic_int_get (&self->documents) && self->n_without_letters > 0;

  return MIN (REST * work_us, without ? MOST_REST_WITHOUT_US : MOST_REST_US);
}

static gpointer
run (gpointer data)
{
  MilDetector *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->ended)
    {
      if (self->waiting == NULL)
        {
          g_cond_wait (&self->wake, &self->mutex);
          continue;
        }
      GstSample *sample = g_steal_pointer (&self->waiting);
      self->busy = TRUE;
      g_mutex_unlock (&self->mutex);

      gint64        start = worked_us ();
      MilDetection *seen = look (self, sample);
      gst_sample_unref (sample);
      if (seen != NULL)
        self->func (seen, self->data);

      g_mutex_lock (&self->mutex);
      self->rests_until = g_get_monotonic_time () + rest_after (self, worked_us () - start);
      self->busy = FALSE;
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

/*
 * mil_detector_new:
 * @func: told what was seen, on another thread
 * @data: for @func
 *
 * Returns: (transfer full): a detector
 */
MilDetector *
mil_detector_new (MilDetectorFunc func, gpointer data)
{
  MilDetector *self = g_new0 (MilDetector, 1);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
  self->func = func;
  self->data = data;
  self->thread = g_thread_new ("mil-detector", run, self);
  return self;
}

/*
 * mil_detector_free:
 * @self: (transfer full): a detector
 *
 * Waits for the frame that it looks at, a few milliseconds, and frees it.
 */
void
mil_detector_free (MilDetector *self)
{
  g_mutex_lock (&self->mutex);
  self->ended = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);

  g_clear_pointer (&self->waiting, gst_sample_unref);
  g_clear_pointer (&self->symbols, g_ptr_array_unref);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->wake);
  g_free (self);
}

/*
 * mil_detector_set_documents:
 * @self: a detector
 * @documents: whether the machine readable zone of a document is looked for as well
 *
 * It takes some 50 to 200 ms a frame, so it is off until a document is asked for.
 */
void
mil_detector_set_documents (MilDetector *self, gboolean documents)
{
  g_atomic_int_set (&self->documents, documents);
}

/*
 * mil_detector_offer:
 * @self: a detector
 * @sample: a frame
 *
 * Called from any thread; never waits.
 *
 * Returns: whether the frame is looked at; it is dropped while another one is, and for a while after that
 */
gboolean
mil_detector_offer (MilDetector *self, GstSample *sample)
{
  g_mutex_lock (&self->mutex);
  gboolean taken = !self->busy && self->waiting == NULL && g_get_monotonic_time () >= self->rests_until;
  if (taken)
    {
      self->waiting = gst_sample_ref (sample);
      g_cond_signal (&self->wake);
    }
  g_mutex_unlock (&self->mutex);
  return taken;
}
