/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/mil-flight.h"

#include <adwaita.h>
#include <math.h>

#define FLIGHT_MILLISECONDS 250
/* How high it is thrown, and how large it is when it arrives. */
#define RISE 48.0f
#define ARRIVING_SIZE 18.0f
#define RADIUS 18.0f

struct _MilFlight
{
  GtkWidget parent_instance;

  GdkPaintable   *likeness; /* (owned) (nullable): while it flies */
  AdwAnimation   *animation;
  graphene_rect_t from;
  graphene_rect_t to;
  double          progress;
};

G_DEFINE_FINAL_TYPE (MilFlight, mil_flight, GTK_TYPE_WIDGET)

static void
progress_cb (double value, MilFlight *self)
{
  self->progress = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
done_cb (MilFlight *self)
{
  g_assert (MIL_IS_FLIGHT (self));

  g_clear_object (&self->likeness);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
mil_flight_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MilFlight      *self = MIL_FLIGHT (widget);
  graphene_rect_t at;
  GskRoundedRect  outline;
  float           radius = 0;

  if (self->likeness == NULL)
    return;
  graphene_rect_interpolate (&self->from, &self->to, self->progress, &at);
  graphene_rect_offset (&at, 0, -RISE * (float) sin (self->progress * G_PI));
  radius = MIN (RADIUS, at.size.height / 2);
  gsk_rounded_rect_init_from_rect (&outline, &at, radius);
  gtk_snapshot_push_opacity (snapshot, 1 - 0.7 * self->progress * self->progress);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_translate (snapshot, &at.origin);
  gdk_paintable_snapshot (self->likeness, snapshot, at.size.width, at.size.height);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
mil_flight_dispose (GObject *object)
{
  MilFlight *self = MIL_FLIGHT (object);

  g_clear_object (&self->animation);
  g_clear_object (&self->likeness);
  G_OBJECT_CLASS (mil_flight_parent_class)->dispose (object);
}

static void
mil_flight_class_init (MilFlightClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_flight_dispose;
  widget_class->snapshot = mil_flight_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
mil_flight_init (MilFlight *self)
{
  AdwAnimationTarget *target = adw_callback_animation_target_new ((AdwAnimationTargetFunc) progress_cb, self, NULL);

  self->animation = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, FLIGHT_MILLISECONDS, target);
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->animation), ADW_EASE_IN_OUT_QUAD);
  g_signal_connect_object (self->animation, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * mil_flight_new:
 *
 * Returns: (transfer floating): a layer to lay over a window
 */
GtkWidget *
mil_flight_new (void)
{
  return g_object_new (MIL_TYPE_FLIGHT, NULL);
}

/**
 * mil_flight_start:
 * @self: a layer
 * @from: whose likeness flies
 * @to: where it goes
 *
 * Lets something fly; what is still under way ends.
 *
 * Returns: whether it does; not when one of the two is not seen, or when animations are off
 */
gboolean
mil_flight_start (MilFlight *self, GtkWidget *from, GtkWidget *to)
{
  g_autoptr (GdkPaintable) live = NULL;
  graphene_point_t centre;
  graphene_rect_t  bounds;

  g_return_val_if_fail (MIL_IS_FLIGHT (self), FALSE);
  g_return_val_if_fail (GTK_IS_WIDGET (from) && GTK_IS_WIDGET (to), FALSE);

  if (!adw_get_enable_animations (GTK_WIDGET (self)) || !gtk_widget_get_mapped (from)
      || !gtk_widget_get_mapped (to) || !gtk_widget_compute_bounds (from, GTK_WIDGET (self), &self->from)
      || !gtk_widget_compute_bounds (to, GTK_WIDGET (self), &bounds) || self->from.size.width < 1)
    return FALSE;
  graphene_rect_get_center (&bounds, &centre);
  self->to = GRAPHENE_RECT_INIT (centre.x - ARRIVING_SIZE / 2,
                                 centre.y - ARRIVING_SIZE / 2,
                                 ARRIVING_SIZE,
                                 ARRIVING_SIZE * self->from.size.height / self->from.size.width);
  live = gtk_widget_paintable_new (from);
  g_clear_object (&self->likeness);
  self->likeness = gdk_paintable_get_current_image (live);
  adw_animation_play (self->animation);
  return TRUE;
}
