/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/first-run/mil-choice.h"
#include "app/first-run/mil-first-run-page.h"
#include "mil-widget-test.h"

typedef struct
{
  char    *country;
  char    *currency;
  gboolean demo;
  guint    count;
} Answer;

static void
started_cb (GtkWidget *page, const char *country, const char *currency, gboolean demo, Answer *answer)
{
  g_set_str (&answer->country, country);
  g_set_str (&answer->currency, currency);
  answer->demo = demo;
  answer->count++;
}

static GtkWidget *
find_button (GtkWidget *widget, const char *css_class)
{
  GtkWidget *child = NULL;

  if (GTK_IS_BUTTON (widget) && gtk_widget_has_css_class (widget, css_class))
    return widget;
  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, css_class);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_answers (void)
{
  GtkWidget   *page = mil_first_run_page_new ("CN");
  GtkWindow   *window = mil_widget_test_show (page, 500, 720);
  AdwComboRow *country = ADW_COMBO_ROW (mil_widget_test_find (page, ADW_TYPE_COMBO_ROW));
  Answer       answer = { 0 };

  g_signal_connect (page, "started", G_CALLBACK (started_cb), &answer);
  gtk_widget_activate (find_button (page, "suggested-action"));
  mil_widget_test_wait (300);
  g_assert_cmpuint (answer.count, ==, 1);
  g_assert_cmpstr (answer.country, ==, "CN");
  g_assert_cmpstr (answer.currency, ==, "CNY");
  g_assert_true (answer.demo);

  /* The currency follows the country as long as nobody chose it. */
  adw_combo_row_set_selected (country, mil_choice_list_find (adw_combo_row_get_model (country), "JP"));
  gtk_widget_activate (find_button (page, "suggested-action"));
  mil_widget_test_wait (300);
  g_assert_cmpstr (answer.country, ==, "JP");
  g_assert_cmpstr (answer.currency, ==, "JPY");

  g_free (answer.country);
  g_free (answer.currency);
  mil_widget_test_finish (window, page);
}

static void
test_choices (void)
{
  g_autoptr (GListModel) countries = mil_choice_list_countries ();
  g_autoptr (GListModel) currencies = mil_choice_list_currencies ();

  g_assert_cmpuint (g_list_model_get_n_items (countries), >, 200);
  g_assert_cmpuint (g_list_model_get_n_items (currencies), >, 100);
  g_assert_cmpuint (mil_choice_list_find (countries, "IT"), !=, GTK_INVALID_LIST_POSITION);
  g_assert_cmpuint (mil_choice_list_find (countries, "XX"), ==, GTK_INVALID_LIST_POSITION);
  g_assert_cmpuint (mil_choice_list_find (countries, NULL), ==, GTK_INVALID_LIST_POSITION);
}

int
main (int argc, char **argv)
{
  mil_widget_test_init (&argc, &argv);

  g_test_add_func ("/first-run/answers", test_answers);
  g_test_add_func ("/first-run/choices", test_choices);
  return g_test_run ();
}
