/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/shop/mil-chip-bar.h"
#include "app/widgets/mil-shelf.h"
#include "mil-widget-test.h"

#define N_ITEMS 5000

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *cell, guint *n_cells)
{
  GtkWidget *label = gtk_label_new ("cell");

  gtk_widget_set_size_request (label, 80, 80);
  gtk_list_item_set_child (cell, label);
  (*n_cells)++;
}

static GtkWidget *
make_grid (guint *n_cells)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GListStore         *store = g_list_store_new (G_TYPE_OBJECT);
  GtkWidget          *grid = NULL;

  for (guint i = 0; i < N_ITEMS; i++)
    {
      g_autoptr (GObject) item = g_object_new (G_TYPE_OBJECT, NULL);

      g_list_store_append (store, item);
    }
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), n_cells);
  grid = gtk_grid_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (store))), factory);
  gtk_grid_view_set_max_columns (GTK_GRID_VIEW (grid), 4);
  return grid;
}

/* The head scrolls away, the list keeps few cells, and both ends can be reached. */
static void
test_scrolling (void)
{
  guint           n_cells = 0;
  GtkWidget      *scroller = gtk_scrolled_window_new ();
  GtkWidget      *shelf = mil_shelf_new ();
  GtkWidget      *grid = make_grid (&n_cells);
  GtkWidget      *head = gtk_button_new_with_label ("head");
  GtkWindow      *window = NULL;
  GtkAdjustment  *adjustment = NULL;
  graphene_rect_t bounds;

  gtk_widget_set_size_request (head, -1, 200);
  mil_shelf_set_head (MIL_SHELF (shelf), head);
  mil_shelf_set_body (MIL_SHELF (shelf), grid);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), shelf);
  window = mil_widget_test_show (scroller, 500, 400);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  g_assert_cmpuint (n_cells, <, 300);
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), >, 200 + N_ITEMS / 4 * 80);
  g_assert_true (gtk_widget_compute_bounds (grid, shelf, &bounds));
  g_assert_cmpfloat (bounds.origin.y, ==, 200);

  gtk_adjustment_set_value (adjustment, 150);
  mil_widget_test_wait (50);
  g_assert_true (gtk_widget_compute_bounds (grid, shelf, &bounds));
  g_assert_cmpfloat (bounds.origin.y, ==, 50);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  mil_widget_test_wait (50);
  g_assert_true (gtk_widget_compute_bounds (grid, shelf, &bounds));
  g_assert_cmpfloat (bounds.origin.y, ==, 0);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment),
                     ==,
                     gtk_adjustment_get_upper (adjustment));

  gtk_window_set_focus (window, NULL);
  gtk_widget_grab_focus (head);
  mil_widget_test_wait (50);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 0);
  mil_widget_test_finish (window, scroller);
}

static void
test_scroll_to (void)
{
  guint          n_cells = 0;
  GtkWidget     *scroller = gtk_scrolled_window_new ();
  GtkWidget     *shelf = mil_shelf_new ();
  GtkWidget     *grid = make_grid (&n_cells);
  GtkWindow     *window = NULL;
  GtkAdjustment *adjustment = NULL;

  mil_shelf_set_head (MIL_SHELF (shelf), gtk_label_new ("head"));
  mil_shelf_set_body (MIL_SHELF (shelf), grid);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), shelf);
  window = mil_widget_test_show (scroller, 500, 400);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  gtk_grid_view_scroll_to (GTK_GRID_VIEW (grid), N_ITEMS / 2, GTK_LIST_SCROLL_NONE, NULL);
  mil_widget_test_wait (100);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 1000);
  mil_widget_test_finish (window, scroller);
}

static void
changed_cb (MilChipBar *bar, guint *count)
{
  (*count)++;
}

static void
test_chips (void)
{
  const char *const values[] = { "IT", "FR", NULL };
  const char *const labels[] = { "Italy", "France", NULL };
  const char *const fewer[] = { "FR", NULL };
  GtkWidget        *bar = mil_chip_bar_new ();
  GtkWindow        *window = mil_widget_test_show (bar, 400, 200);
  guint             count = 0;

  g_signal_connect (bar, "changed", G_CALLBACK (changed_cb), &count);
  mil_chip_bar_set_chips (MIL_CHIP_BAR (bar), values, labels);
  g_assert_null (mil_chip_bar_get_active (MIL_CHIP_BAR (bar)));
  mil_chip_bar_set_active (MIL_CHIP_BAR (bar), fewer);
  g_assert_cmpuint (count, ==, 0);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (mil_widget_test_find (bar, GTK_TYPE_TOGGLE_BUTTON)), TRUE);
  g_assert_cmpuint (count, ==, 1);
  {
    g_auto (GStrv) active = mil_chip_bar_get_active (MIL_CHIP_BAR (bar));

    g_assert_cmpuint (g_strv_length (active), ==, 2);
  }
  mil_chip_bar_set_chips (MIL_CHIP_BAR (bar), fewer, fewer);
  {
    g_auto (GStrv) active = mil_chip_bar_get_active (MIL_CHIP_BAR (bar));

    g_assert_cmpuint (g_strv_length (active), ==, 1);
    g_assert_cmpstr (active[0], ==, "FR");
  }
  mil_widget_test_finish (window, bar);
}

int
main (int argc, char **argv)
{
  mil_widget_test_init (&argc, &argv);

  g_test_add_func ("/shelf/scrolling", test_scrolling);
  g_test_add_func ("/shelf/scroll-to", test_scroll_to);
  g_test_add_func ("/shelf/chips", test_chips);
  return g_test_run ();
}
