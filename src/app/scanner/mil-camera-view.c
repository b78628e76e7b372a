/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/scanner/mil-camera-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define RING_RADIUS 36.0f
#define RING_WIDTH 6.0f
/* How long a side of a corner mark is, in parts of the side of the page. */
#define CORNER_PART 0.16f
#define FLASH_MS 220
/* Where the two lines of a passport go, in parts of the frame: they are much wider than high. */
#define GUIDE_WIDTH 0.88f
#define GUIDE_RATIO 6.5f
#define GUIDE_CENTRE 0.56f
#define GUIDE_RADIUS 12.0f

struct _MilCameraView
{
  GtkWidget parent_instance;

  GdkPaintable *paintable; /* (owned) (nullable) */
  MilDetection *detection; /* (owned) (nullable) */
  AdwAnimation *flash;     /* (owned) */
  double        brightness;
  double        ring;
  gboolean      mirrored;
  gboolean      guide;
};

G_DEFINE_FINAL_TYPE (MilCameraView, mil_camera_view, GTK_TYPE_WIDGET)

static graphene_rect_t
fit (MilCameraView *self, float width, float height)
{
  float ratio = self->paintable != NULL ? (float) gdk_paintable_get_intrinsic_aspect_ratio (self->paintable) : 0;
  float w = width;
  float h = height;

  if (ratio <= 0)
    ratio = 4.0f / 3.0f;
  if (width / height > ratio)
    w = height * ratio;
  else
    h = width / ratio;
  return GRAPHENE_RECT_INIT ((width - w) / 2, (height - h) / 2, w, h);
}

static graphene_point_t
place (MilPoint point, const MilDetection *detection, const graphene_rect_t *frame)
{
  return GRAPHENE_POINT_INIT (frame->origin.x + (float) point.x / (float) detection->width * frame->size.width,
                              frame->origin.y + (float) point.y / (float) detection->height * frame->size.height);
}

static void
add_corner (GskPathBuilder *builder, graphene_point_t before, graphene_point_t corner, graphene_point_t after)
{
  graphene_point_t from;
  graphene_point_t to;

  graphene_point_interpolate (&corner, &before, CORNER_PART, &from);
  graphene_point_interpolate (&corner, &after, CORNER_PART, &to);
  gsk_path_builder_move_to (builder, from.x, from.y);
  gsk_path_builder_line_to (builder, corner.x, corner.y);
  gsk_path_builder_line_to (builder, to.x, to.y);
}

static void
append_quad (GtkSnapshot *snapshot, const MilQuad *quad, const MilDetection *detection, const graphene_rect_t *frame, const GdkRGBA *color)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  g_autoptr (GskStroke) stroke = gsk_stroke_new (5);
  graphene_point_t corners[4];

  for (guint i = 0; i < 4; i++)
    corners[i] = place (quad->corners[i], detection, frame);
  for (guint i = 0; i < 4; i++)
    add_corner (builder, corners[(i + 3) % 4], corners[i], corners[(i + 1) % 4]);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
  gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
  gtk_snapshot_append_stroke (snapshot, path, stroke, color);
}

static void
append_found (MilCameraView *self, GtkSnapshot *snapshot, const graphene_rect_t *frame)
{
  static const GdkRGBA page = { 0.91f, 0.64f, 0.09f, 1 };
  static const GdkRGBA steady = { 0.18f, 0.76f, 0.49f, 1 };
  static const GdkRGBA code = { 0.11f, 0.6f, 0.63f, 1 };
  const MilDetection  *detection = self->detection;

  if (detection == NULL || detection->width <= 0 || detection->height <= 0)
    return;
  if (detection->has_page)
    append_quad (snapshot, &detection->page, detection, frame, detection->ready ? &steady : &page);
  for (guint i = 0; detection->symbols != NULL && i < detection->symbols->len; i++)
    {
      const MilSymbol *symbol = g_ptr_array_index (detection->symbols, i);

      append_quad (snapshot, &symbol->quad, detection, frame, &code);
    }
}

static void
append_guide (GtkSnapshot *snapshot, const graphene_rect_t *frame)
{
  static const GdkRGBA shade = { 0, 0, 0, 0.35f };
  static const GdkRGBA line = { 1, 1, 1, 0.95f };
  float                width = frame->size.width * GUIDE_WIDTH;
  float                height = width / GUIDE_RATIO;
  float                x = frame->origin.x + (frame->size.width - width) / 2;
  float                y = frame->origin.y + frame->size.height * GUIDE_CENTRE - height / 2;
  GskRoundedRect       guide;

  gsk_rounded_rect_init_from_rect (&guide, &GRAPHENE_RECT_INIT (x, y, width, height), GUIDE_RADIUS);
  gtk_snapshot_push_mask (snapshot, GSK_MASK_MODE_INVERTED_ALPHA);
  gtk_snapshot_push_rounded_clip (snapshot, &guide);
  gtk_snapshot_append_color (snapshot, &line, &guide.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_color (snapshot, &shade, frame);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &guide, (float[4]) { 3, 3, 3, 3 }, (GdkRGBA[4]) { line, line, line, line });
}

static void
append_ring (GtkSnapshot *snapshot, float x, float y, double filled)
{
  static const GdkRGBA white = { 1, 1, 1, 0.95f };
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  g_autoptr (GskStroke) stroke = gsk_stroke_new (RING_WIDTH);
  double end = MIN (filled, 0.999) * 2 * G_PI;

  gsk_path_builder_move_to (builder, x, y - RING_RADIUS);
  gsk_path_builder_svg_arc_to (builder,
                               RING_RADIUS,
                               RING_RADIUS,
                               0,
                               end > G_PI,
                               TRUE,
                               x + RING_RADIUS * (float) sin (end),
                               y - RING_RADIUS * (float) cos (end));
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
  gtk_snapshot_append_stroke (snapshot, path, stroke, &white);
}

static void
mil_camera_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MilCameraView  *self = MIL_CAMERA_VIEW (widget);
  float           width = (float) gtk_widget_get_width (widget);
  float           height = (float) gtk_widget_get_height (widget);
  graphene_rect_t frame = fit (self, width, height);

  if (self->paintable == NULL || height <= 0)
    return;
  gtk_snapshot_save (snapshot);
  if (self->mirrored)
    {
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (width, 0));
      gtk_snapshot_scale (snapshot, -1, 1);
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &frame.origin);
  gdk_paintable_snapshot (self->paintable, snapshot, frame.size.width, frame.size.height);
  gtk_snapshot_restore (snapshot);
  if (self->guide)
    append_guide (snapshot, &frame);
  else
    append_found (self, snapshot, &frame);
  gtk_snapshot_restore (snapshot);
  if (self->ring > 0)
    append_ring (snapshot, width / 2, height / 2, self->ring);
  if (self->brightness > 0)
    gtk_snapshot_append_color (snapshot,
                               &(GdkRGBA) { 1, 1, 1, (float) self->brightness },
                               &GRAPHENE_RECT_INIT (0, 0, width, height));
}

static GtkSizeRequestMode
mil_camera_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
mil_camera_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = 160;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 480;
}

static void
flash_cb (double value, MilCameraView *self)
{
  self->brightness = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
mil_camera_view_dispose (GObject *object)
{
  MilCameraView *self = MIL_CAMERA_VIEW (object);

  mil_camera_view_set_paintable (self, NULL);
  g_clear_pointer (&self->detection, mil_detection_free);
  g_clear_object (&self->flash);

  G_OBJECT_CLASS (mil_camera_view_parent_class)->dispose (object);
}

static void
mil_camera_view_class_init (MilCameraViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_camera_view_dispose;
  widget_class->snapshot = mil_camera_view_snapshot;
  widget_class->measure = mil_camera_view_measure;
  widget_class->get_request_mode = mil_camera_view_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "cameraview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
mil_camera_view_init (MilCameraView *self)
{
  self->mirrored = TRUE;
  self->flash = adw_timed_animation_new (
      GTK_WIDGET (self), 0.8, 0, FLASH_MS, adw_callback_animation_target_new ((AdwAnimationTargetFunc) flash_cb, self, NULL));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Live picture of the camera"), -1);
}

/**
 * mil_camera_view_new:
 *
 * Returns: (transfer floating): a view without a camera
 */
GtkWidget *
mil_camera_view_new (void)
{
  return g_object_new (MIL_TYPE_CAMERA_VIEW, NULL);
}

/**
 * mil_camera_view_set_paintable:
 * @self: a view
 * @paintable: (nullable): the live picture
 *
 * Shows another camera, or none.
 */
void
mil_camera_view_set_paintable (MilCameraView *self, GdkPaintable *paintable)
{
  g_return_if_fail (MIL_IS_CAMERA_VIEW (self));
  g_return_if_fail (paintable == NULL || GDK_IS_PAINTABLE (paintable));

  if (self->paintable == paintable)
    return;
  if (self->paintable != NULL)
    g_signal_handlers_disconnect_by_func (self->paintable, gtk_widget_queue_draw, self);
  g_set_object (&self->paintable, paintable);
  if (paintable != NULL)
    {
      g_signal_connect_object (paintable, "invalidate-contents", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (paintable, "invalidate-size", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * mil_camera_view_set_mirrored:
 * @self: a view
 * @mirrored: whether the picture is shown as in a mirror; what is captured never is
 *
 * Turns the mirror on or off.
 */
void
mil_camera_view_set_mirrored (MilCameraView *self, gboolean mirrored)
{
  g_return_if_fail (MIL_IS_CAMERA_VIEW (self));

  self->mirrored = mirrored;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * mil_camera_view_set_guide:
 * @self: a view
 * @guide: whether a frame shows where the two lines of a passport are to be held; no page is marked then
 */
void
mil_camera_view_set_guide (MilCameraView *self, gboolean guide)
{
  g_return_if_fail (MIL_IS_CAMERA_VIEW (self));

  self->guide = guide;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * mil_camera_view_set_detection:
 * @self: a view
 * @detection: (nullable): what was seen in the picture; it is copied
 *
 * Marks the page and the codes that were found.
 */
void
mil_camera_view_set_detection (MilCameraView *self, MilDetection *detection)
{
  g_return_if_fail (MIL_IS_CAMERA_VIEW (self));

  g_clear_pointer (&self->detection, mil_detection_free);
  if (detection != NULL)
    self->detection = mil_detection_copy (detection);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * mil_camera_view_set_ring:
 * @self: a view
 * @filled: 0 (no ring) to 1
 *
 * Shows how soon the picture is taken by itself.
 */
void
mil_camera_view_set_ring (MilCameraView *self, double filled)
{
  g_return_if_fail (MIL_IS_CAMERA_VIEW (self));

  self->ring = filled;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * mil_camera_view_flash:
 * @self: a view
 *
 * Shows that a picture was taken.
 */
void
mil_camera_view_flash (MilCameraView *self)
{
  g_return_if_fail (MIL_IS_CAMERA_VIEW (self));

  adw_animation_play (self->flash);
}
