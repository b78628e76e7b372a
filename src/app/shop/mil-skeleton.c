/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/shop/mil-skeleton.h"

#include <adwaita.h>
#include <math.h>

#define N_ROWS 2
#define PADDING 14
#define TEXT_HEIGHT 96
#define PULSE_SECONDS 1.6

struct _MilSkeleton
{
  GtkWidget parent_instance;

  guint  columns;
  guint  tick;
  double seconds;
};

G_DEFINE_FINAL_TYPE (MilSkeleton, mil_skeleton, GTK_TYPE_WIDGET)

enum
{
  PROP_COLUMNS = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
append_bar (GtkSnapshot *snapshot, const GdkRGBA *color, float x, float y, float width, float height, float radius)
{
  GskRoundedRect bar = { 0 };

  gsk_rounded_rect_init_from_rect (&bar, &GRAPHENE_RECT_INIT (x, y, width, height), radius);
  gtk_snapshot_push_rounded_clip (snapshot, &bar);
  gtk_snapshot_append_color (snapshot, color, &bar.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
append_card (GtkSnapshot *snapshot, const GdkRGBA *color, float x, float y, float width)
{
  float inner = width - 2 * PADDING;
  float picture = inner * 3 / 4;

  append_bar (snapshot, color, x + PADDING, y + PADDING, inner, picture, 12);
  append_bar (snapshot, color, x + PADDING, y + PADDING + picture + 14, inner * 0.85f, 14, 7);
  append_bar (snapshot, color, x + PADDING, y + PADDING + picture + 36, inner * 0.55f, 11, 5);
  append_bar (snapshot, color, x + PADDING, y + PADDING + picture + 60, inner * 0.4f, 16, 8);
}

static int
row_height (MilSkeleton *self, int width)
{
  int inner = width / (int) self->columns - 2 * PADDING;

  return MAX (0, inner) * 3 / 4 + 2 * PADDING + TEXT_HEIGHT;
}

static void
mil_skeleton_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MilSkeleton *self = MIL_SKELETON (widget);
  int          width = gtk_widget_get_width (widget);
  float        column = (float) width / (float) self->columns;
  GdkRGBA      color = { 0 };

  gtk_widget_get_color (widget, &color);
  color.alpha = 0.08f + 0.03f * (float) sin (self->seconds * 2 * G_PI / PULSE_SECONDS);
  for (guint row = 0; row < N_ROWS; row++)
    for (guint i = 0; i < self->columns; i++)
      append_card (snapshot, &color, column * (float) i, (float) (row_height (self, width) * (int) row), column);
}

static GtkSizeRequestMode
mil_skeleton_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mil_skeleton_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size > 0)
    *minimum = *natural = N_ROWS * row_height (MIL_SKELETON (widget), for_size);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  MIL_SKELETON (widget)->seconds = (double) gdk_frame_clock_get_frame_time (clock) / G_USEC_PER_SEC;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

static void
mil_skeleton_map (GtkWidget *widget)
{
  MilSkeleton *self = MIL_SKELETON (widget);

  GTK_WIDGET_CLASS (mil_skeleton_parent_class)->map (widget);
  if (adw_get_enable_animations (widget))
    self->tick = gtk_widget_add_tick_callback (widget, tick_cb, NULL, NULL);
}

static void
mil_skeleton_unmap (GtkWidget *widget)
{
  MilSkeleton *self = MIL_SKELETON (widget);

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (widget, self->tick);
  self->tick = 0;
  GTK_WIDGET_CLASS (mil_skeleton_parent_class)->unmap (widget);
}

static void
mil_skeleton_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_COLUMNS:
      g_value_set_uint (value, MIL_SKELETON (object)->columns);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_skeleton_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_COLUMNS:
      MIL_SKELETON (object)->columns = g_value_get_uint (value);
      gtk_widget_queue_resize (GTK_WIDGET (object));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_skeleton_class_init (MilSkeletonClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mil_skeleton_get_property;
  object_class->set_property = mil_skeleton_set_property;
  widget_class->snapshot = mil_skeleton_snapshot;
  widget_class->measure = mil_skeleton_measure;
  widget_class->get_request_mode = mil_skeleton_get_request_mode;
  widget_class->map = mil_skeleton_map;
  widget_class->unmap = mil_skeleton_unmap;

  props[PROP_COLUMNS] = g_param_spec_uint ("columns", NULL, NULL, 1, 12, 4, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "skeleton");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
mil_skeleton_init (MilSkeleton *self)
{
  self->columns = 4;
}

/**
 * mil_skeleton_new:
 *
 * Returns: (transfer floating): grey cards
 */
GtkWidget *
mil_skeleton_new (void)
{
  return g_object_new (MIL_TYPE_SKELETON, NULL);
}
