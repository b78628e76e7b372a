/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/shop/mil-banner.h"
#include "app/shop/mil-skeleton.h"
#include "app/widgets/mil-boat.h"
#include "app/widgets/mil-contours.h"
#include "app/widgets/mil-flight.h"
#include "app/widgets/mil-ring.h"
#include "app/widgets/mil-scene.h"
#include "app/widgets/mil-scenery.h"
#include "mil-widget-test.h"

static void
test_boat (void)
{
  GtkWidget *boat = mil_boat_new ();
  GtkWindow *window = mil_widget_test_show (boat, 300, 300);

  g_object_set (boat, "sailing", TRUE, NULL);
  mil_widget_test_wait (60);
  mil_widget_test_finish (window, boat);
}

static void
test_contours (void)
{
  GtkWidget *contours = mil_contours_new (MIL_CONTOURS_SAFFRON, 7);
  GtkWindow *window = mil_widget_test_show (contours, 300, 300);

  mil_widget_test_finish (window, contours);
}

static void
test_skeleton (void)
{
  GtkWidget *skeleton = mil_skeleton_new ();
  GtkWindow *window = NULL;
  int        two = 0;
  int        four = 0;

  g_object_set (skeleton, "columns", 4, NULL);
  gtk_widget_measure (g_object_ref_sink (skeleton), GTK_ORIENTATION_VERTICAL, 800, NULL, &four, NULL, NULL);
  g_object_set (skeleton, "columns", 2, NULL);
  gtk_widget_measure (skeleton, GTK_ORIENTATION_VERTICAL, 800, NULL, &two, NULL, NULL);
  g_assert_cmpint (two, >, four);
  window = mil_widget_test_show (skeleton, 500, 400);
  g_object_unref (skeleton);
  mil_widget_test_finish (window, skeleton);
}

static void
pressed_cb (GtkWidget *widget, guint *count)
{
  (*count)++;
}

static void
test_scene (void)
{
  GtkWidget *scene = mil_scene_new ();
  GtkWindow *window = mil_widget_test_show (scene, 500, 500);
  guint      count = 0;

  mil_scene_set (MIL_SCENE (scene), "Nothing here", "Try something else.", NULL);
  g_assert_false (gtk_widget_get_visible (mil_widget_test_find (scene, GTK_TYPE_BUTTON)));
  mil_scene_set (MIL_SCENE (scene), "Nothing here", "Try something else.", "Again");
  g_assert_true (gtk_widget_get_visible (mil_widget_test_find (scene, GTK_TYPE_BUTTON)));
  g_signal_connect (scene, "pressed", G_CALLBACK (pressed_cb), &count);
  gtk_widget_activate (mil_widget_test_find (scene, GTK_TYPE_BUTTON));
  mil_widget_test_wait (300);
  g_assert_cmpuint (count, ==, 1);
  mil_widget_test_finish (window, scene);
}

static void
test_ring (void)
{
  g_autoptr (MilClock) clock = mil_clock_new_fixed (1000 * G_USEC_PER_SEC);
  GtkWidget       *ring = mil_ring_new ();
  GtkWindow       *window = mil_widget_test_show (ring, 200, 200);
  g_autofree char *whole = NULL;
  g_autofree char *less = NULL;
  guint            count = 0;

  g_signal_connect (ring, "elapsed", G_CALLBACK (pressed_cb), &count);
  mil_ring_start (MIL_RING (ring), clock, (1000 + 272) * (gint64) G_USEC_PER_SEC);
  g_object_get (ring, "text", &whole, NULL);
  g_assert_cmpstr (whole, ==, "4:32");
  mil_clock_advance (clock, 270 * (gint64) G_USEC_PER_SEC);
  g_object_get (ring, "text", &less, NULL);
  g_assert_cmpstr (less, ==, "0:02");
  mil_clock_advance (clock, 5 * (gint64) G_USEC_PER_SEC);
  mil_widget_test_wait (1200);
  g_assert_cmpuint (count, ==, 1);
  mil_widget_test_finish (window, ring);
}

static void
test_scenery (void)
{
  GtkWidget *scenery = mil_scenery_new ();
  GtkWindow *window = NULL;

  mil_scenery_set_resource (MIL_SCENERY (scenery), "/io/github/milione/Milione/illustrations/marco-polo.png");
  window = mil_widget_test_show (scenery, 600, 160);
  /* It is decoded after this long, and fades in. */
  mil_widget_test_wait (1300);
  mil_widget_test_finish (window, scenery);
}

/* Only what is seen flies, and only where the person lets things move. */
static void
test_flight (void)
{
  GtkWidget   *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget   *flight = mil_flight_new ();
  GtkWidget   *from = gtk_label_new ("A carafe");
  GtkWidget   *to = gtk_label_new ("The basket");
  GtkWindow   *window = NULL;
  GtkSettings *settings = gtk_settings_get_default ();

  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
  gtk_box_append (GTK_BOX (box), from);
  gtk_box_append (GTK_BOX (box), to);
  gtk_box_append (GTK_BOX (box), flight);
  window = mil_widget_test_show (box, 300, 300);
  g_assert_true (mil_flight_start (MIL_FLIGHT (flight), from, to));
  mil_widget_test_wait (400);
  gtk_widget_set_visible (to, FALSE);
  g_assert_false (mil_flight_start (MIL_FLIGHT (flight), from, to));
  gtk_widget_set_visible (to, TRUE);
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  g_assert_false (mil_flight_start (MIL_FLIGHT (flight), from, to));
  gtk_settings_reset_property (settings, "gtk-enable-animations");
  mil_widget_test_finish (window, box);
}

static void
test_banner (void)
{
  GtkWidget *banner = mil_banner_new (MIL_CONTOURS_LAGOON, "marco-polo", "Makers", "Small workshops.", "shop.programme");
  GtkWindow *window = mil_widget_test_show (banner, 500, 300);

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (mil_widget_test_find (banner, GTK_TYPE_BUTTON)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Makers. Small workshops.");
  mil_widget_test_finish (window, banner);
}

int
main (int argc, char **argv)
{
  mil_widget_test_init (&argc, &argv);

  g_test_add_func ("/figures/boat", test_boat);
  g_test_add_func ("/figures/contours", test_contours);
  g_test_add_func ("/figures/skeleton", test_skeleton);
  g_test_add_func ("/figures/scene", test_scene);
  g_test_add_func ("/figures/ring", test_ring);
  g_test_add_func ("/figures/banner", test_banner);
  g_test_add_func ("/figures/scenery", test_scenery);
  g_test_add_func ("/figures/flight", test_flight);
  return g_test_run ();
}
