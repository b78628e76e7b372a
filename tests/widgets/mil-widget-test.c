/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mil-widget-test.h"

#include <libdex.h>

#include "mil-resources.h"

/* How much longer a wait may last when there is always something more urgent. */
#define LATE_MS 300

/**
 * mil_widget_test_init:
 * @argc: of main
 * @argv: of main
 *
 * What a program of widget tests starts with.
 */
void
mil_widget_test_init (int *argc, char ***argv)
{
  gtk_test_init (argc, argv, NULL);
  dex_init ();
  adw_init ();
  g_resources_register (mil_get_resource ());
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/io/github/milione/Milione/icons");
}

/**
 * mil_widget_test_iterate:
 *
 * Lets everything happen that waits to happen now.
 */
void
mil_widget_test_iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
over_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_CONTINUE;
}

/**
 * mil_widget_test_wait:
 * @milliseconds: how long
 *
 * Lets the main loop run for a while. Whatever was to come within that time has come then, on a machine that
 * is too busy to be in time as well: frames, too, go before the end of the wait. Where there is always
 * another one to be drawn, that end is not put off for long.
 */
void
mil_widget_test_wait (guint milliseconds)
{
  gboolean over = FALSE;
  guint    end = g_timeout_add_full (G_PRIORITY_LOW, milliseconds, over_cb, &over, NULL);
  guint    latest = g_timeout_add (milliseconds + LATE_MS, over_cb, &over);

  while (!over)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (end);
  g_source_remove (latest);
}

/**
 * mil_widget_test_wait_until:
 * @condition: (scope call): what is to come
 * @data: for @condition
 *
 * Lets the main loop run until it has come, and fails when it never does.
 */
void
mil_widget_test_wait_until (MilWidgetTestCondition condition, gpointer data)
{
  gint64 end = g_get_monotonic_time () + MIL_WIDGET_TEST_PATIENCE_MS * G_TIME_SPAN_MILLISECOND;

  while (!condition (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      mil_widget_test_wait (5);
    }
}

/**
 * mil_widget_test_is_gone:
 * @weak: a weak pointer
 *
 * A condition for mil_widget_test_wait_until().
 *
 * Returns: whether what it pointed to is no more
 */
gboolean
mil_widget_test_is_gone (gpointer weak)
{
  return *(gpointer *) weak == NULL;
}

/**
 * mil_widget_test_show:
 * @widget: (transfer floating): what is tested
 * @width: of the window
 * @height: of the window
 *
 * Returns: (transfer full): a window that shows it
 */
GtkWindow *
mil_widget_test_show (GtkWidget *widget, int width, int height)
{
  GtkWindow *window = GTK_WINDOW (adw_window_new ());

  gtk_window_set_default_size (window, width, height);
  adw_window_set_content (ADW_WINDOW (window), widget);
  gtk_window_present (window);
  mil_widget_test_wait (100);
  g_assert_true (gtk_widget_get_mapped (widget));
  return window;
}

/**
 * mil_widget_test_finish:
 * @window: what mil_widget_test_show() made
 * @widget: what is in it
 *
 * Closes the window and fails when the widget outlives it.
 */
void
mil_widget_test_finish (GtkWindow *window, GtkWidget *widget)
{
  g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *) &widget);
  gtk_window_destroy (window);
  mil_widget_test_iterate ();
  mil_widget_test_wait_until (mil_widget_test_is_gone, &widget);
}

/**
 * mil_widget_test_find:
 * @widget: where to look
 * @type: what to look for
 *
 * Returns: (transfer none) (nullable): the first widget of that type in it
 */
GtkWidget *
mil_widget_test_find (GtkWidget *widget, GType type)
{
  GtkWidget *child = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = mil_widget_test_find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}
