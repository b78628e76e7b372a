/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-receipt-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define MIN_HEIGHT 120
#define NATURAL_HEIGHT 480
/* How much of the paper stays around a crop that is looked at, in parts of the crop's height. */
#define CROP_MARGIN 2.5f
#define LOOK_MS 220

typedef struct
{
  MilBox       box;
  MilHighlight highlight;
} Mark;

struct _MilReceiptView
{
  GtkWidget parent_instance;

  GdkTexture *texture; /* (owned) (nullable) */
  int         picture_width;
  int         picture_height;
  int         max_height; /* 0 for as high as there is room */
  GArray     *marks;      /* (owned) of Mark */

  graphene_rect_t from; /* what was shown when the look began, in picture pixels */
  graphene_rect_t to;
  MilBox          looked_at;
  double          progress;
  AdwAnimation   *animation; /* (owned) */
};

G_DEFINE_FINAL_TYPE (MilReceiptView, mil_receipt_view, GTK_TYPE_WIDGET)

enum
{
  PROP_MAX_HEIGHT = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static graphene_rect_t
whole (MilReceiptView *self)
{
  return GRAPHENE_RECT_INIT (0, 0, (float) MAX (1, self->picture_width), (float) MAX (1, self->picture_height));
}

static graphene_rect_t
shown (MilReceiptView *self)
{
  graphene_rect_t now;

  graphene_rect_interpolate (&self->from, &self->to, self->progress, &now);
  return now;
}

static graphene_rect_t
around (MilReceiptView *self, MilBox box)
{
  graphene_rect_t all = whole (self);
  graphene_rect_t crop = GRAPHENE_RECT_INIT ((float) box.x, (float) box.y, (float) box.width, (float) box.height);
  float           margin = MAX ((float) box.height * CROP_MARGIN, all.size.width / 12);
  graphene_rect_t inside;

  graphene_rect_inset (&crop, -margin, -margin);
  return graphene_rect_intersection (&crop, &all, &inside) ? inside : all;
}

static void
look (MilReceiptView *self, graphene_rect_t target)
{
  self->from = shown (self);
  self->to = target;
  self->progress = 0;
  adw_animation_reset (self->animation);
  adw_animation_play (self->animation);
}

static void
animation_cb (double value, MilReceiptView *self)
{
  g_assert (MIL_IS_RECEIPT_VIEW (self));

  self->progress = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
append_mark (GtkSnapshot *snapshot, const Mark *mark, gboolean strong, float scale)
{
  static const GdkRGBA sure = { 0.11f, 0.6f, 0.63f, 0.18f };
  static const GdkRGBA unsure = { 0.91f, 0.64f, 0.09f, 0.30f };
  GdkRGBA              fill = mark->highlight == MIL_HIGHLIGHT_SURE ? sure : unsure;
  float                pad = 4 / scale;
  graphene_rect_t      rect = GRAPHENE_RECT_INIT ((float) mark->box.x - pad,
                                             (float) mark->box.y - pad,
                                             (float) mark->box.width + 2 * pad,
                                             (float) mark->box.height + 2 * pad);
  GskRoundedRect       outline;

  gsk_rounded_rect_init_from_rect (&outline, &rect, 5 / scale);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &fill, &rect);
  gtk_snapshot_pop (snapshot);
  if (strong)
    {
      GdkRGBA line = fill;
      float   width = 2 / scale;

      line.alpha = 1;
      gtk_snapshot_append_border (snapshot,
                                  &outline,
                                  (float[4]) { width, width, width, width },
                                  (GdkRGBA[4]) { line, line, line, line });
    }
}

static gboolean
same_box (MilBox a, MilBox b)
{
  return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
}

static void
mil_receipt_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MilReceiptView *self = MIL_RECEIPT_VIEW (widget);
  float           width = (float) gtk_widget_get_width (widget);
  float           height = (float) gtk_widget_get_height (widget);
  graphene_rect_t all = whole (self);
  graphene_rect_t view = shown (self);
  float           scale = MIN (width / view.size.width, height / view.size.height);

  if (self->texture == NULL || scale <= 0)
    return;
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (width / 2, height / 2));
  gtk_snapshot_scale (snapshot, scale, scale);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (-view.origin.x - view.size.width / 2,
                                                -view.origin.y - view.size.height / 2));
  gtk_snapshot_append_scaled_texture (snapshot, self->texture, GSK_SCALING_FILTER_TRILINEAR, &all);
  for (guint i = 0; i < self->marks->len; i++)
    {
      const Mark *mark = &g_array_index (self->marks, Mark, i);

      append_mark (snapshot, mark, same_box (mark->box, self->looked_at), scale);
    }
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

static GtkSizeRequestMode
mil_receipt_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Where its height is bounded, it is no higher than its picture at that width: nothing empty above and below. */
static void
mil_receipt_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  MilReceiptView *self = MIL_RECEIPT_VIEW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 160;
      *natural = 360;
      return;
    }
  *minimum = MIN_HEIGHT;
  *natural = self->max_height > 0 ? MAX (MIN_HEIGHT, self->max_height) : NATURAL_HEIGHT;
  if (self->max_height > 0 && for_size > 0 && self->texture != NULL)
    *natural = CLAMP ((int) ((gint64) for_size * self->picture_height / MAX (1, self->picture_width)), MIN_HEIGHT, *natural);
}

static void
mil_receipt_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MAX_HEIGHT)
    g_value_set_int (value, MIL_RECEIPT_VIEW (object)->max_height);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
mil_receipt_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MilReceiptView *self = MIL_RECEIPT_VIEW (object);

  if (id != PROP_MAX_HEIGHT)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  if (self->max_height == g_value_get_int (value))
    return;
  self->max_height = g_value_get_int (value);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (object, pspec);
}

static void
mil_receipt_view_dispose (GObject *object)
{
  MilReceiptView *self = MIL_RECEIPT_VIEW (object);

  g_clear_object (&self->texture);
  g_clear_object (&self->animation);
  g_clear_pointer (&self->marks, g_array_unref);

  G_OBJECT_CLASS (mil_receipt_view_parent_class)->dispose (object);
}

static void
mil_receipt_view_class_init (MilReceiptViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_receipt_view_dispose;
  G_OBJECT_CLASS (klass)->get_property = mil_receipt_view_get_property;
  G_OBJECT_CLASS (klass)->set_property = mil_receipt_view_set_property;
  widget_class->snapshot = mil_receipt_view_snapshot;
  widget_class->measure = mil_receipt_view_measure;
  widget_class->get_request_mode = mil_receipt_view_get_request_mode;

  /**
   * MilReceiptView:max-height:
   *
   * How high it wants to be at the most, in pixels; 0 for as high as there is room.
   */
  props[PROP_MAX_HEIGHT] = g_param_spec_int (
      "max-height", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "receiptview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
mil_receipt_view_init (MilReceiptView *self)
{
  self->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  self->from = self->to = whole (self);
  self->progress = 1;
  self->animation = adw_timed_animation_new (
      GTK_WIDGET (self), 0, 1, LOOK_MS, adw_callback_animation_target_new ((AdwAnimationTargetFunc) animation_cb, self, NULL));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Picture of the receipt"), -1);
}

/**
 * mil_receipt_view_new:
 *
 * Returns: (transfer floating): a view that shows nothing
 */
GtkWidget *
mil_receipt_view_new (void)
{
  return g_object_new (MIL_TYPE_RECEIPT_VIEW, NULL);
}

/**
 * mil_receipt_view_set_texture:
 * @self: a view
 * @texture: (nullable): the picture, at whatever size it was decoded
 * @picture_width: width of the whole picture, which boxes refer to, in pixels
 * @picture_height: its height
 *
 * Shows a picture, all of it.
 */
void
mil_receipt_view_set_texture (MilReceiptView *self, GdkTexture *texture, int picture_width, int picture_height)
{
  g_return_if_fail (MIL_IS_RECEIPT_VIEW (self));
  g_return_if_fail (texture == NULL || GDK_IS_TEXTURE (texture));

  g_set_object (&self->texture, texture);
  self->picture_width = picture_width;
  self->picture_height = picture_height;
  self->from = self->to = whole (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * mil_receipt_view_clear_marks:
 * @self: a view
 *
 * Takes all marks away.
 */
void
mil_receipt_view_clear_marks (MilReceiptView *self)
{
  g_return_if_fail (MIL_IS_RECEIPT_VIEW (self));

  g_array_set_size (self->marks, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * mil_receipt_view_add_mark:
 * @self: a view
 * @box: where, in pixels of the whole picture; ignored when its width is 0
 * @highlight: how
 *
 * Marks a place of the picture.
 */
void
mil_receipt_view_add_mark (MilReceiptView *self, MilBox box, MilHighlight highlight)
{
  Mark mark = { box, highlight };

  g_return_if_fail (MIL_IS_RECEIPT_VIEW (self));

  if (box.width <= 0)
    return;
  g_array_append_val (self->marks, mark);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * mil_receipt_view_look_at:
 * @self: a view
 * @box: where, in pixels of the whole picture
 *
 * Zooms to a place; to all of the picture when the box is empty.
 */
void
mil_receipt_view_look_at (MilReceiptView *self, MilBox box)
{
  g_return_if_fail (MIL_IS_RECEIPT_VIEW (self));

  if (same_box (box, self->looked_at))
    return;
  self->looked_at = box;
  look (self, box.width > 0 ? around (self, box) : whole (self));
}

/**
 * mil_receipt_view_look_at_all:
 * @self: a view
 *
 * Shows all of the picture again.
 */
void
mil_receipt_view_look_at_all (MilReceiptView *self)
{
  g_return_if_fail (MIL_IS_RECEIPT_VIEW (self));

  mil_receipt_view_look_at (self, (MilBox) { 0 });
}
