/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-clock.h"

struct _MilClock
{
  GObject  parent_instance;
  gboolean fixed;
  GMutex   mutex; /* guards now */
  gint64   now;
};

G_DEFINE_FINAL_TYPE (MilClock, mil_clock, G_TYPE_OBJECT)

static void
mil_clock_finalize (GObject *object)
{
  MilClock *self = MIL_CLOCK (object);

  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (mil_clock_parent_class)->finalize (object);
}

static void
mil_clock_class_init (MilClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mil_clock_finalize;
}

static void
mil_clock_init (MilClock *self)
{
  g_mutex_init (&self->mutex);
}

/**
 * mil_clock_new_system:
 *
 * Returns: (transfer full): the wall clock
 */
MilClock *
mil_clock_new_system (void)
{
  return g_object_new (MIL_TYPE_CLOCK, NULL);
}

/**
 * mil_clock_new_fixed:
 * @microseconds: since 1970-01-01T00:00:00Z
 *
 * Returns: (transfer full): a clock that stands until it is set
 */
MilClock *
mil_clock_new_fixed (gint64 microseconds)
{
  MilClock *self = g_object_new (MIL_TYPE_CLOCK, NULL);

  self->fixed = TRUE;
  self->now = microseconds;
  return self;
}

/**
 * mil_clock_now:
 * @self: a clock
 *
 * May be called from any thread.
 *
 * Returns: microseconds since 1970-01-01T00:00:00Z
 */
gint64
mil_clock_now (MilClock *self)
{
  gint64 now;

  g_return_val_if_fail (MIL_IS_CLOCK (self), 0);

  if (!self->fixed)
    return g_get_real_time ();
  g_mutex_lock (&self->mutex);
  now = self->now;
  g_mutex_unlock (&self->mutex);
  return now;
}

/**
 * mil_clock_set:
 * @self: a clock made by mil_clock_new_fixed()
 * @microseconds: what it says from now on
 */
void
mil_clock_set (MilClock *self, gint64 microseconds)
{
  g_return_if_fail (MIL_IS_CLOCK (self));
  g_return_if_fail (self->fixed);

  g_mutex_lock (&self->mutex);
  self->now = microseconds;
  g_mutex_unlock (&self->mutex);
}

/**
 * mil_clock_advance:
 * @self: a clock made by mil_clock_new_fixed()
 * @microseconds: how far to move it
 */
void
mil_clock_advance (MilClock *self, gint64 microseconds)
{
  g_return_if_fail (MIL_IS_CLOCK (self));
  g_return_if_fail (self->fixed);

  g_mutex_lock (&self->mutex);
  self->now += microseconds;
  g_mutex_unlock (&self->mutex);
}
