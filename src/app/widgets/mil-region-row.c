/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/mil-region-row.h"

#include <glib/gi18n.h>

#include "app/widgets/mil-pressable.h"

typedef struct
{
  char        country[3];
  const char *region; /* as the territories of the refund rules know it */
  const char *name;
} Region;

static const Region regions[] = {
  { "DE", "Büsingen", NC_ ("region", "Büsingen am Hochrhein") },
  { "DE", "Helgoland", NC_ ("region", "Heligoland") },
  { "ES", "Canarias", NC_ ("region", "Canary Islands") },
  { "ES", "Ceuta", NC_ ("region", "Ceuta") },
  { "ES", "Melilla", NC_ ("region", "Melilla") },
  { "GB", "NIR", NC_ ("region", "Northern Ireland") },
  { "IT", "Campione", NC_ ("region", "Campione d’Italia") },
  { "IT", "Livigno", NC_ ("region", "Livigno") },
};

struct _MilRegionRow
{
  AdwComboRow parent_instance;

  GPtrArray *shown;  /* (owned) of const Region *: in the order of the list; the first is %NULL */
  char      *wanted; /* (owned) (nullable): a region that the list does not know */
  gboolean   setting;
};

G_DEFINE_FINAL_TYPE (MilRegionRow, mil_region_row, ADW_TYPE_COMBO_ROW)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
selected_cb (MilRegionRow *self)
{
  if (self->setting)
    return;
  g_clear_pointer (&self->wanted, g_free);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
mil_region_row_finalize (GObject *object)
{
  g_clear_pointer (&MIL_REGION_ROW (object)->shown, g_ptr_array_unref);
  g_clear_pointer (&MIL_REGION_ROW (object)->wanted, g_free);

  G_OBJECT_CLASS (mil_region_row_parent_class)->finalize (object);
}

static void
mil_region_row_class_init (MilRegionRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mil_region_row_finalize;

  /**
   * MilRegionRow::changed:
   * @self: the row
   *
   * The person has chosen a part of the country, or none of them.
   */
  signals[CHANGED] = g_signal_new ("changed", MIL_TYPE_REGION_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mil_region_row_init (MilRegionRow *self)
{
  self->shown = g_ptr_array_new ();
  g_ptr_array_add (self->shown, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);
  mil_pressable_make (GTK_WIDGET (self));
}

/**
 * mil_region_row_new:
 *
 * Returns: (transfer floating): a row without a country
 */
GtkWidget *
mil_region_row_new (void)
{
  return g_object_new (MIL_TYPE_REGION_ROW, NULL);
}

/**
 * mil_region_row_set_country:
 * @self: a row
 * @country: (nullable): ISO 3166-1 alpha-2 code
 *
 * Offers the parts of another country; none of them is chosen.
 */
void
mil_region_row_set_country (MilRegionRow *self, const char *country)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_return_if_fail (MIL_IS_REGION_ROW (self));

  g_clear_pointer (&self->wanted, g_free);
  g_ptr_array_set_size (self->shown, 1);
  gtk_string_list_append (names, C_ ("region", "Elsewhere in the country"));
  for (gsize i = 0; country != NULL && i < G_N_ELEMENTS (regions); i++)
    if (g_str_equal (regions[i].country, country))
      {
        g_ptr_array_add (self->shown, (gpointer) &regions[i]);
        gtk_string_list_append (names, g_dpgettext2 (NULL, "region", regions[i].name));
      }
  self->setting = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), 0);
  self->setting = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), self->shown->len > 1);
}

/**
 * mil_region_row_get_region:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the part of the country, as the refund rules know it
 */
const char *
mil_region_row_get_region (MilRegionRow *self)
{
  guint         selected = 0;
  const Region *region = NULL;

  g_return_val_if_fail (MIL_IS_REGION_ROW (self), NULL);

  selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));
  region = selected < self->shown->len ? g_ptr_array_index (self->shown, selected) : NULL;
  return region != NULL ? region->region : self->wanted;
}

/**
 * mil_region_row_set_region:
 * @self: a row
 * @region: (nullable): a part of the country
 *
 * Chooses without telling.
 */
void
mil_region_row_set_region (MilRegionRow *self, const char *region)
{
  guint selected = 0;

  g_return_if_fail (MIL_IS_REGION_ROW (self));

  for (guint i = 1; region != NULL && i < self->shown->len; i++)
    if (g_str_equal (((const Region *) g_ptr_array_index (self->shown, i))->region, region))
      selected = i;
  g_set_str (&self->wanted, selected == 0 ? region : NULL);
  self->setting = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), selected);
  self->setting = FALSE;
}
