/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/mil-trace.h"

/**
 * mil_trace:
 * @what: a name for the moment
 *
 * With `MIL_TRACE=1` in the environment, prints `milione: NAME MICROSECONDS` on standard error.
 * The time is that of `CLOCK_MONOTONIC`, so whoever started the program can subtract its own.
 */
void
mil_trace (const char *what)
{
  g_return_if_fail (what != NULL);

  if (g_strcmp0 (g_getenv ("MIL_TRACE"), "1") == 0)
    g_printerr ("milione: %s %" G_GINT64_FORMAT "\n", what, g_get_monotonic_time ());
}

static void
after_paint_cb (GdkFrameClock *clock, const char *what)
{
  g_assert (GDK_IS_FRAME_CLOCK (clock));

  g_signal_handlers_disconnect_by_func (clock, after_paint_cb, (gpointer) what);
  mil_trace (what);
}

/**
 * mil_trace_after_paint:
 * @widget: a widget that is realized
 * @what: (not nullable): a string that lives as long as the program
 *
 * Traces the moment at which the next frame of @widget's window has been painted.
 */
void
mil_trace_after_paint (GtkWidget *widget, const char *what)
{
  GdkFrameClock *clock = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (what != NULL);

  clock = gtk_widget_get_frame_clock (widget);
  if (clock == NULL)
    return;
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), (gpointer) what);
  gtk_widget_queue_draw (widget);
}
