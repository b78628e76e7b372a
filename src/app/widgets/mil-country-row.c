/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/mil-country-row.h"

#include <glib/gi18n.h>

#include "app/widgets/mil-pressable.h"
#include "base/mil-country.h"

struct _MilCountryRow
{
  AdwComboRow parent_instance;

  GPtrArray *codes; /* (owned) of unowned codes in the order of the names; the first is NULL */
  gboolean   setting;
};

G_DEFINE_FINAL_TYPE (MilCountryRow, mil_country_row, ADW_TYPE_COMBO_ROW)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (mil_country_name (*(const char *const *) a), mil_country_name (*(const char *const *) b));
}

static void
selected_cb (MilCountryRow *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
mil_country_row_finalize (GObject *object)
{
  g_clear_pointer (&MIL_COUNTRY_ROW (object)->codes, g_ptr_array_unref);

  G_OBJECT_CLASS (mil_country_row_parent_class)->finalize (object);
}

static void
mil_country_row_class_init (MilCountryRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mil_country_row_finalize;

  /**
   * MilCountryRow::changed:
   * @self: the row
   *
   * The person has chosen a country, or none.
   */
  signals[CHANGED] = g_signal_new ("changed", MIL_TYPE_COUNTRY_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mil_country_row_init (MilCountryRow *self)
{
  const char *const *codes = mil_country_list ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GtkExpression) text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  self->codes = g_ptr_array_new ();
  for (guint i = 0; codes[i] != NULL; i++)
    g_ptr_array_add (self->codes, (gpointer) codes[i]);
  g_ptr_array_sort (self->codes, compare_names);
  g_ptr_array_insert (self->codes, 0, NULL);
  gtk_string_list_append (names, C_ ("country", "Not known"));
  for (guint i = 1; i < self->codes->len; i++)
    gtk_string_list_append (names, mil_country_name (g_ptr_array_index (self->codes, i)));
  self->setting = TRUE;
  adw_combo_row_set_expression (ADW_COMBO_ROW (self), text);
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (names));
  adw_combo_row_set_enable_search (ADW_COMBO_ROW (self), TRUE);
  adw_combo_row_set_search_match_mode (ADW_COMBO_ROW (self), GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  self->setting = FALSE;
  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);
  mil_pressable_make (GTK_WIDGET (self));
}

/**
 * mil_country_row_new:
 *
 * Returns: (transfer floating): a row without a country
 */
GtkWidget *
mil_country_row_new (void)
{
  return g_object_new (MIL_TYPE_COUNTRY_ROW, NULL);
}

/**
 * mil_country_row_get_country:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): ISO 3166-1 alpha-2 code of what is chosen
 */
const char *
mil_country_row_get_country (MilCountryRow *self)
{
  guint selected = 0;

  g_return_val_if_fail (MIL_IS_COUNTRY_ROW (self), NULL);

  selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));
  return selected < self->codes->len ? g_ptr_array_index (self->codes, selected) : NULL;
}

/**
 * mil_country_row_set_country:
 * @self: a row
 * @country: (nullable): ISO 3166-1 alpha-2 code; %NULL or an unknown one for none
 *
 * Chooses without telling.
 */
void
mil_country_row_set_country (MilCountryRow *self, const char *country)
{
  guint selected = 0;

  g_return_if_fail (MIL_IS_COUNTRY_ROW (self));

  for (guint i = 1; country != NULL && i < self->codes->len; i++)
    if (g_str_equal (g_ptr_array_index (self->codes, i), country))
      selected = i;
  self->setting = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), selected);
  self->setting = FALSE;
}
