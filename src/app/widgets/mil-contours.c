/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/mil-contours.h"

#include <math.h>

#define N_LINES 9
#define N_POINTS 48

struct _MilContours
{
  GtkWidget parent_instance;

  MilContourStyle style;
  guint           seed;
};

G_DEFINE_FINAL_TYPE (MilContours, mil_contours, GTK_TYPE_WIDGET)

G_DEFINE_ENUM_TYPE (MilContourStyle,
                    mil_contour_style,
                    G_DEFINE_ENUM_VALUE (MIL_CONTOURS_LAGOON, "lagoon"),
                    G_DEFINE_ENUM_VALUE (MIL_CONTOURS_SAFFRON, "saffron"),
                    G_DEFINE_ENUM_VALUE (MIL_CONTOURS_DUSK, "dusk"))

enum
{
  PROP_STYLE = 1,
  PROP_SEED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static const char *const grounds[][2] = {
  [MIL_CONTOURS_LAGOON] = { "#0f6b73", "#1c98a0" },
  [MIL_CONTOURS_SAFFRON] = { "#b9720a", "#e8a317" },
  [MIL_CONTOURS_DUSK] = { "#12424f", "#8a6a1f" },
};

static GskPath *
make_contour (float centre_x, float centre_y, float radius, float phase)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();

  for (int i = 0; i < N_POINTS; i++)
    {
      double angle = 2 * G_PI * i / N_POINTS;
      double wobble = 1 + 0.16 * sin (3 * angle + phase) + 0.07 * sin (5 * angle - 2 * phase);
      float  x = centre_x + (float) (radius * 1.5 * wobble * cos (angle));
      float  y = centre_y + (float) (radius * wobble * sin (angle));

      if (i == 0)
        gsk_path_builder_move_to (builder, x, y);
      else
        gsk_path_builder_line_to (builder, x, y);
    }
  gsk_path_builder_close (builder);
  return gsk_path_builder_free_to_path (g_steal_pointer (&builder));
}

static void
append_island (GtkSnapshot *snapshot, float centre_x, float centre_y, float size, float phase)
{
  for (int i = 1; i <= N_LINES; i++)
    {
      g_autoptr (GskPath) path = make_contour (centre_x, centre_y, size * (float) i / N_LINES, phase + 0.12f * (float) i);
      g_autoptr (GskStroke) pen = gsk_stroke_new (i % 3 == 0 ? 1.4f : 0.8f);
      GdkRGBA white = { 1, 1, 1, 0.15f - 0.01f * (float) i };

      gtk_snapshot_append_stroke (snapshot, path, pen, &white);
    }
}

static void
append_ground (GtkSnapshot *snapshot, MilContourStyle style, float width, float height)
{
  GskColorStop stops[2] = { { 0, { 0 } }, { 1, { 0 } } };

  gdk_rgba_parse (&stops[0].color, grounds[style][0]);
  gdk_rgba_parse (&stops[1].color, grounds[style][1]);
  gtk_snapshot_append_linear_gradient (snapshot,
                                       &GRAPHENE_RECT_INIT (0, 0, width, height),
                                       &GRAPHENE_POINT_INIT (0, height),
                                       &GRAPHENE_POINT_INIT (width, 0),
                                       stops,
                                       G_N_ELEMENTS (stops));
}

static void
mil_contours_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MilContours *self = MIL_CONTOURS (widget);
  float        width = (float) gtk_widget_get_width (widget);
  float        height = (float) gtk_widget_get_height (widget);
  float        phase = (float) (self->seed % 97) * 0.37f;
  float        shift = (float) (self->seed % 7) / 30.0f;

  append_ground (snapshot, self->style, width, height);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  append_island (snapshot, width * (0.78f - shift), height * (0.3f + shift), height * 0.8f, phase);
  append_island (snapshot, width * (0.16f + shift), height * 1.02f, height * 0.55f, phase + 2);
  gtk_snapshot_pop (snapshot);
}

static void
mil_contours_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilContours *self = MIL_CONTOURS (object);

  switch (prop_id)
    {
    case PROP_STYLE:
      g_value_set_enum (value, self->style);
      break;
    case PROP_SEED:
      g_value_set_uint (value, self->seed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_contours_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MilContours *self = MIL_CONTOURS (object);

  switch (prop_id)
    {
    case PROP_STYLE:
      self->style = g_value_get_enum (value);
      break;
    case PROP_SEED:
      self->seed = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
mil_contours_class_init (MilContoursClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mil_contours_get_property;
  object_class->set_property = mil_contours_set_property;
  widget_class->snapshot = mil_contours_snapshot;

  props[PROP_STYLE] = g_param_spec_enum ("style", NULL, NULL, MIL_TYPE_CONTOUR_STYLE, MIL_CONTOURS_LAGOON, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /**
   * MilContours:seed:
   *
   * Where the islands lie; the same number gives the same chart.
   */
  props[PROP_SEED] = g_param_spec_uint ("seed", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "contours");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
mil_contours_init (MilContours *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * mil_contours_new:
 * @style: the colours
 * @seed: where the islands lie
 *
 * Returns: (transfer floating): a ground to lay things on
 */
GtkWidget *
mil_contours_new (MilContourStyle style, guint seed)
{
  return g_object_new (MIL_TYPE_CONTOURS, "style", style, "seed", seed, NULL);
}
