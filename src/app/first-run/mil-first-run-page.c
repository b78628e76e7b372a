/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/first-run/mil-first-run-page.h"

#include <glib/gi18n.h>

#include "app/first-run/mil-choice.h"
#include "app/widgets/mil-boat.h"
#include "app/widgets/mil-pressable.h"
#include "base/mil-country.h"

struct _MilFirstRunPage
{
  AdwBin parent_instance;

  AdwComboRow  *country_row;
  AdwComboRow  *currency_row;
  AdwSwitchRow *demo_row;
  GtkWidget    *start_button;

  gboolean currency_chosen; /* by the person, so it no longer follows the country */
  gboolean following;
};

G_DEFINE_FINAL_TYPE (MilFirstRunPage, mil_first_run_page, ADW_TYPE_BIN)

enum
{
  STARTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
selected_code (AdwComboRow *row)
{
  MilChoice *choice = adw_combo_row_get_selected_item (row);

  return choice != NULL && mil_choice_get_code (choice)[0] != '\0' ? mil_choice_get_code (choice) : NULL;
}

static void
country_changed_cb (MilFirstRunPage *self)
{
  const char *country = selected_code (self->country_row);
  guint       position = 0;

  g_assert (MIL_IS_FIRST_RUN_PAGE (self));

  gtk_widget_set_sensitive (self->start_button, country != NULL);
  if (country == NULL || self->currency_chosen || adw_combo_row_get_model (self->currency_row) == NULL)
    return;
  position = mil_choice_list_find (adw_combo_row_get_model (self->currency_row), mil_country_currency (country));
  if (position == GTK_INVALID_LIST_POSITION)
    return;
  self->following = TRUE;
  adw_combo_row_set_selected (self->currency_row, position);
  self->following = FALSE;
}

static void
currency_changed_cb (MilFirstRunPage *self)
{
  g_assert (MIL_IS_FIRST_RUN_PAGE (self));

  if (!self->following)
    self->currency_chosen = TRUE;
}

static void
start_clicked_cb (MilFirstRunPage *self)
{
  g_assert (MIL_IS_FIRST_RUN_PAGE (self));

  g_signal_emit (self,
                 signals[STARTED],
                 0,
                 selected_code (self->country_row),
                 selected_code (self->currency_row),
                 adw_switch_row_get_active (self->demo_row));
}

static void
fill_row (AdwComboRow *row, GListModel *choices, const char *code)
{
  g_autoptr (GtkExpression) label = gtk_property_expression_new (MIL_TYPE_CHOICE, NULL, "label");
  guint position = mil_choice_list_find (choices, code);

  adw_combo_row_set_expression (row, label);
  adw_combo_row_set_model (row, choices);
  adw_combo_row_set_selected (row, position != GTK_INVALID_LIST_POSITION ? position : 0);
}

static void
mil_first_run_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_FIRST_RUN_PAGE);
  G_OBJECT_CLASS (mil_first_run_page_parent_class)->dispose (object);
}

static void
mil_first_run_page_class_init (MilFirstRunPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_first_run_page_dispose;

  signals[STARTED] = g_signal_new (
      "started", MIL_TYPE_FIRST_RUN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_BOOLEAN);

  g_type_ensure (MIL_TYPE_BOAT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/first-run/first-run-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MilFirstRunPage, country_row);
  gtk_widget_class_bind_template_child (widget_class, MilFirstRunPage, currency_row);
  gtk_widget_class_bind_template_child (widget_class, MilFirstRunPage, demo_row);
  gtk_widget_class_bind_template_child (widget_class, MilFirstRunPage, start_button);
  gtk_widget_class_bind_template_callback (widget_class, country_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, currency_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_clicked_cb);
}

static void
mil_first_run_page_init (MilFirstRunPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mil_pressable_make (GTK_WIDGET (self->country_row));
  mil_pressable_make (GTK_WIDGET (self->currency_row));
}

/**
 * mil_first_run_page_new:
 * @country: (nullable): ISO 3166-1 alpha-2 code to start from; %NULL takes it from the locale
 *
 * Where the locale tells no country none is chosen, and the person cannot start before choosing one.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
mil_first_run_page_new (const char *country)
{
  MilFirstRunPage *self = g_object_new (MIL_TYPE_FIRST_RUN_PAGE, NULL);
  g_autoptr (GListModel) countries = mil_choice_list_countries ();
  g_autoptr (GListModel) currencies = mil_choice_list_currencies ();
  const char *guess = country != NULL ? country : mil_country_from_locale ();

  self->following = TRUE;
  if (guess == NULL)
    mil_choice_list_prepend_none (countries, C_ ("country", "Choose"));
  fill_row (self->country_row, countries, guess);
  fill_row (self->currency_row, currencies, guess != NULL ? mil_country_currency (guess) : "EUR");
  self->following = FALSE;
  self->currency_chosen = FALSE;
  country_changed_cb (self);
  return GTK_WIDGET (self);
}
