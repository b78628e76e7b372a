/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/mil-ring.h"

#include <math.h>

#define SIZE 20
#define STROKE 3.0f

struct _MilRing
{
  GtkWidget parent_instance;

  MilClock *clock;
  gint64    from;
  gint64    until;
  guint     timeout;
};

G_DEFINE_FINAL_TYPE (MilRing, mil_ring, GTK_TYPE_WIDGET)

enum
{
  PROP_TEXT = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  ELAPSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gint64
left (MilRing *self)
{
  return self->clock != NULL ? MAX (0, self->until - mil_clock_now (self->clock)) : 0;
}

static GskPath *
make_arc (double part)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  float centre = SIZE / 2.0f;
  float radius = centre - STROKE / 2;
  int   n_points = 64;

  for (int i = 0; i <= n_points; i++)
    {
      double angle = -G_PI / 2 + 2 * G_PI * part * i / n_points;
      float  x = centre + radius * (float) cos (angle);
      float  y = centre + radius * (float) sin (angle);

      if (i == 0)
        gsk_path_builder_move_to (builder, x, y);
      else
        gsk_path_builder_line_to (builder, x, y);
    }
  return gsk_path_builder_free_to_path (g_steal_pointer (&builder));
}

static void
mil_ring_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MilRing *self = MIL_RING (widget);
  gint64   whole = self->until - self->from;
  double   part = whole > 0 ? CLAMP ((double) left (self) / (double) whole, 0.0, 1.0) : 0;
  g_autoptr (GskPath) track = make_arc (1);
  g_autoptr (GskPath) rest = make_arc (part);
  g_autoptr (GskStroke) pen = gsk_stroke_new (STROKE);
  GdkRGBA color = { 0 };
  GdkRGBA faint = { 0 };

  gtk_widget_get_color (widget, &color);
  faint = color;
  faint.alpha *= 0.2f;
  gsk_stroke_set_line_cap (pen, GSK_LINE_CAP_ROUND);
  gtk_snapshot_append_stroke (snapshot, track, pen, &faint);
  if (part > 0)
    gtk_snapshot_append_stroke (snapshot, rest, pen, &color);
}

static void
mil_ring_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static gboolean
second_cb (gpointer data)
{
  MilRing *self = MIL_RING (data);
  gboolean over = left (self) == 0;

  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (!over)
    return G_SOURCE_CONTINUE;
  self->timeout = 0;
  g_signal_emit (self, signals[ELAPSED], 0);
  return G_SOURCE_REMOVE;
}

static void
mil_ring_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilRing *self = MIL_RING (object);
  gint64   seconds = (left (self) + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;

  switch (prop_id)
    {
    case PROP_TEXT:
      g_value_take_string (value, g_strdup_printf ("%" G_GINT64_FORMAT ":%02d", seconds / 60, (int) (seconds % 60)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_ring_dispose (GObject *object)
{
  MilRing *self = MIL_RING (object);

  mil_ring_stop (self);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (mil_ring_parent_class)->dispose (object);
}

static void
mil_ring_class_init (MilRingClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mil_ring_dispose;
  object_class->get_property = mil_ring_get_property;
  widget_class->snapshot = mil_ring_snapshot;
  widget_class->measure = mil_ring_measure;

  /**
   * MilRing:text:
   *
   * Minutes and seconds that are left, "4:32".
   */
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[ELAPSED] = g_signal_new ("elapsed", MIL_TYPE_RING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "ring");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
mil_ring_init (MilRing *self)
{
}

/**
 * mil_ring_new:
 *
 * Returns: (transfer floating): a ring at rest
 */
GtkWidget *
mil_ring_new (void)
{
  return g_object_new (MIL_TYPE_RING, NULL);
}

/**
 * mil_ring_start:
 * @self: a ring
 * @clock: whose time it follows
 * @until: when nothing is left, microseconds since 1970 UTC
 *
 * Starts to run down from now on.
 */
void
mil_ring_start (MilRing *self, MilClock *clock, gint64 until)
{
  g_return_if_fail (MIL_IS_RING (self));
  g_return_if_fail (MIL_IS_CLOCK (clock));

  mil_ring_stop (self);
  g_set_object (&self->clock, clock);
  self->from = mil_clock_now (clock);
  self->until = until;
  self->timeout = g_timeout_add (1000, second_cb, self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * mil_ring_stop:
 * @self: a ring
 *
 * Stops it where it is.
 */
void
mil_ring_stop (MilRing *self)
{
  g_return_if_fail (MIL_IS_RING (self));

  g_clear_handle_id (&self->timeout, g_source_remove);
}
