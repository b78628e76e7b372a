/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/mil-boat.h"

#include <adwaita.h>
#include <math.h>

/* The drawing lies on a ground of these units, the same as that of the icon. */
#define GROUND_WIDTH 160.0f
#define GROUND_HEIGHT 110.0f
#define WAVE_LENGTH 32.0f
/* Seconds for one rocking to and fro. */
#define ROCKING_SECONDS 4.0

struct _MilBoat
{
  GtkWidget parent_instance;

  gboolean sailing;
  gboolean sun;
  gint64   started;
  double   seconds;
  guint    tick;
};

G_DEFINE_FINAL_TYPE (MilBoat, mil_boat, GTK_TYPE_WIDGET)

enum
{
  PROP_SAILING = 1,
  PROP_SUN,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

typedef struct
{
  const char *path;
  const char *color;
  float       stroke;
} Stroke;

/* Back to front. A stroke of 0 fills. */
static const Stroke paper[] = {
  { "M61 20 64 74.5 37.5 67Z", "#fbfbf9", 0 },
  { "M55.5 43.5l4.5 1.3M51.5 51.5l8.8 2.5M47.5 59.5l13.2 3.8", "#aab4b3", 2.6f },
  { "M61 20 91 64.5 64 74.5Z", "#ccd4d2", 0 },
  { "M17 61 64 74.5l47 -17.5 -21 39H38Z", "#f4f5f3", 0 },
  { "M64 74.5 111 57 90 96H70Z", "#dfe4e2", 0 },
  { "M32 71.5 51 77M57.5 79l2 .6M36 79.5 48 83M55 85l5 1.4M71.5 79.5 84 75M93 71.7l6 -2.2", "#9aa7a6", 2.8f },
  { "M71.5 87.3l10 -3.6M90 80.6l6 -2.1", "#1c98a0", 3.6f },
};

static void
append_path (GtkSnapshot *snapshot, const char *text, const char *color, float stroke)
{
  g_autoptr (GskPath) path = gsk_path_parse (text);
  GdkRGBA rgba = { 0 };

  g_assert (path != NULL);

  gdk_rgba_parse (&rgba, color);
  if (stroke > 0)
    {
      g_autoptr (GskStroke) pen = gsk_stroke_new (stroke);

      gsk_stroke_set_line_cap (pen, GSK_LINE_CAP_ROUND);
      gtk_snapshot_append_stroke (snapshot, path, pen, &rgba);
    }
  else
    {
      gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &rgba);
    }
}

static GskPath *
make_wave (float left, float top, float height)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();

  gsk_path_builder_move_to (builder, left, top);
  for (int i = 0; i < 8; i++)
    {
      gsk_path_builder_rel_quad_to (builder, WAVE_LENGTH / 4, -height, WAVE_LENGTH / 2, 0);
      gsk_path_builder_rel_quad_to (builder, WAVE_LENGTH / 4, height, WAVE_LENGTH / 2, 0);
    }
  return gsk_path_builder_free_to_path (g_steal_pointer (&builder));
}

static void
append_wave (GtkSnapshot *snapshot, float left, float top, const char *color)
{
  g_autoptr (GskPath) path = make_wave (left - 2 * WAVE_LENGTH, top, 4);
  g_autoptr (GskStroke) pen = gsk_stroke_new (4);
  GdkRGBA rgba = { 0 };

  gdk_rgba_parse (&rgba, color);
  gsk_stroke_set_line_cap (pen, GSK_LINE_CAP_ROUND);
  gtk_snapshot_append_stroke (snapshot, path, pen, &rgba);
}

static void
append_fade (GtkSnapshot *snapshot)
{
  const GskColorStop stops[] = {
    { 0.0f, { 0, 0, 0, 0 } },
    { 0.2f, { 0, 0, 0, 1 } },
    { 0.8f, { 0, 0, 0, 1 } },
    { 1.0f, { 0, 0, 0, 0 } },
  };

  gtk_snapshot_append_linear_gradient (snapshot,
                                       &GRAPHENE_RECT_INIT (0, 0, GROUND_WIDTH, GROUND_HEIGHT),
                                       &GRAPHENE_POINT_INIT (0, 0),
                                       &GRAPHENE_POINT_INIT (GROUND_WIDTH, 0),
                                       stops,
                                       G_N_ELEMENTS (stops));
}

static void
append_sea (GtkSnapshot *snapshot, double seconds)
{
  float shift = (float) fmod (seconds * 8, WAVE_LENGTH);

  gtk_snapshot_push_mask (snapshot, GSK_MASK_MODE_ALPHA);
  append_fade (snapshot);
  gtk_snapshot_pop (snapshot);
  append_wave (snapshot, -shift, 92, "#1c98a0");
  append_wave (snapshot, shift - WAVE_LENGTH, 101, "#0f6b73");
  gtk_snapshot_pop (snapshot);
}

static void
append_sun (GtkSnapshot *snapshot)
{
  const GskColorStop stops[] = {
    { 0.0f, { 0.996f, 0.894f, 0.678f, 1 } },
    { 1.0f, { 0.945f, 0.722f, 0.286f, 1 } },
  };
  GskRoundedRect disc = { 0 };

  gsk_rounded_rect_init_from_rect (&disc, &GRAPHENE_RECT_INIT (30, 4, 100, 100), 50);
  gtk_snapshot_push_rounded_clip (snapshot, &disc);
  gtk_snapshot_append_linear_gradient (
      snapshot, &disc.bounds, &GRAPHENE_POINT_INIT (0, 4), &GRAPHENE_POINT_INIT (0, 104), stops, G_N_ELEMENTS (stops));
  gtk_snapshot_pop (snapshot);
}

static void
append_boat (GtkSnapshot *snapshot, double seconds)
{
  double swing = sin (seconds * 2 * G_PI / ROCKING_SECONDS);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (80, 78 + (float) swing));
  gtk_snapshot_rotate (snapshot, -4 + 3 * (float) swing);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-64, -78));
  for (gsize i = 0; i < G_N_ELEMENTS (paper); i++)
    append_path (snapshot, paper[i].path, paper[i].color, paper[i].stroke);
  gtk_snapshot_restore (snapshot);
}

static void
mil_boat_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MilBoat *self = MIL_BOAT (widget);
  float    width = (float) gtk_widget_get_width (widget);
  float    height = (float) gtk_widget_get_height (widget);
  float    scale = MIN (width / GROUND_WIDTH, height / GROUND_HEIGHT);

  if (scale <= 0)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((width - scale * GROUND_WIDTH) / 2, (height - scale * GROUND_HEIGHT) / 2));
  gtk_snapshot_scale (snapshot, scale, scale);
  if (self->sun)
    append_sun (snapshot);
  append_boat (snapshot, self->seconds);
  append_sea (snapshot, self->seconds);
  gtk_snapshot_restore (snapshot);
}

static GtkSizeRequestMode
mil_boat_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
mil_boat_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 80 : 55;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? (int) GROUND_WIDTH : (int) GROUND_HEIGHT;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  MilBoat *self = MIL_BOAT (widget);
  gint64   now = gdk_frame_clock_get_frame_time (clock);

  if (self->started == 0)
    self->started = now;
  self->seconds = (double) (now - self->started) / G_USEC_PER_SEC;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

static void
update_tick (MilBoat *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean   wanted = self->sailing && gtk_widget_get_mapped (widget) && adw_get_enable_animations (widget);

  if (wanted && self->tick == 0)
    {
      self->started = 0;
      self->tick = gtk_widget_add_tick_callback (widget, tick_cb, NULL, NULL);
    }
  else if (!wanted && self->tick != 0)
    {
      gtk_widget_remove_tick_callback (widget, self->tick);
      self->tick = 0;
    }
}

static void
mil_boat_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mil_boat_parent_class)->map (widget);
  update_tick (MIL_BOAT (widget));
}

static void
mil_boat_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mil_boat_parent_class)->unmap (widget);
  update_tick (MIL_BOAT (widget));
}

static void
mil_boat_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SAILING:
      g_value_set_boolean (value, MIL_BOAT (object)->sailing);
      break;
    case PROP_SUN:
      g_value_set_boolean (value, MIL_BOAT (object)->sun);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_boat_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MilBoat *self = MIL_BOAT (object);

  switch (prop_id)
    {
    case PROP_SAILING:
      self->sailing = g_value_get_boolean (value);
      update_tick (self);
      break;
    case PROP_SUN:
      self->sun = g_value_get_boolean (value);
      gtk_widget_queue_draw (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_boat_class_init (MilBoatClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mil_boat_get_property;
  object_class->set_property = mil_boat_set_property;
  widget_class->snapshot = mil_boat_snapshot;
  widget_class->measure = mil_boat_measure;
  widget_class->get_request_mode = mil_boat_get_request_mode;
  widget_class->map = mil_boat_map;
  widget_class->unmap = mil_boat_unmap;

  /**
   * MilBoat:sailing:
   *
   * Whether the boat rocks and the waves go by.
   */
  props[PROP_SAILING] = g_param_spec_boolean ("sailing", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /**
   * MilBoat:sun:
   *
   * Whether the sun stands behind it: for light grounds, on which paper is hard to see.
   */
  props[PROP_SUN] = g_param_spec_boolean ("sun", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "boat");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
mil_boat_init (MilBoat *self)
{
}

/**
 * mil_boat_new:
 *
 * Returns: (transfer floating): a boat at rest
 */
GtkWidget *
mil_boat_new (void)
{
  return g_object_new (MIL_TYPE_BOAT, NULL);
}
