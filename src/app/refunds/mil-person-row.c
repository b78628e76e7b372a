/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-person-row.h"

#include <glib/gi18n.h>

#include "app/widgets/mil-country-row.h"
#include "app/widgets/mil-date-row.h"
#include "base/mil-country.h"

struct _MilPersonRow
{
  AdwExpanderRow parent_instance;

  AdwEntryRow   *name;
  MilCountryRow *residence;
  MilDateRow    *born;

  char    *id; /* (owned) (nullable) */
  gboolean setting;
};

G_DEFINE_FINAL_TYPE (MilPersonRow, mil_person_row, ADW_TYPE_EXPANDER_ROW)

enum
{
  CHANGED,
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_title (MilPersonRow *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name));
  const char *residence = mil_country_row_get_country (self->residence);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name[0] != '\0' ? name : C_ ("person", "New traveller"));
  /* The row around the title takes the focus, and has no name of its own. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)),
                                  -1);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), residence != NULL ? mil_country_name (residence) : "");
}

static void
changed_cb (MilPersonRow *self)
{
  g_assert (MIL_IS_PERSON_ROW (self));

  if (self->setting)
    return;
  update_title (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
remove_cb (MilPersonRow *self)
{
  g_assert (MIL_IS_PERSON_ROW (self));

  g_signal_emit (self, signals[REMOVED], 0);
}

static void
mil_person_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_PERSON_ROW);

  G_OBJECT_CLASS (mil_person_row_parent_class)->dispose (object);
}

static void
mil_person_row_finalize (GObject *object)
{
  g_clear_pointer (&MIL_PERSON_ROW (object)->id, g_free);

  G_OBJECT_CLASS (mil_person_row_parent_class)->finalize (object);
}

static void
mil_person_row_class_init (MilPersonRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mil_person_row_dispose;
  object_class->finalize = mil_person_row_finalize;

  signals[CHANGED] = g_signal_new ("changed", MIL_TYPE_PERSON_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", MIL_TYPE_PERSON_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MIL_TYPE_COUNTRY_ROW);
  g_type_ensure (MIL_TYPE_DATE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/refunds/person-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MilPersonRow, name);
  gtk_widget_class_bind_template_child (widget_class, MilPersonRow, residence);
  gtk_widget_class_bind_template_child (widget_class, MilPersonRow, born);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
mil_person_row_init (MilPersonRow *self)
{
  self->setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  self->setting = FALSE;
  update_title (self);
}

/**
 * mil_person_row_new:
 *
 * Returns: (transfer floating): a row for somebody new
 */
GtkWidget *
mil_person_row_new (void)
{
  return g_object_new (MIL_TYPE_PERSON_ROW, NULL);
}

/**
 * mil_person_row_set_info:
 * @self: a row
 * @info: who it is
 *
 * Fills the row in without telling.
 */
void
mil_person_row_set_info (MilPersonRow *self, const MilPersonInfo *info)
{
  g_return_if_fail (MIL_IS_PERSON_ROW (self));
  g_return_if_fail (info != NULL);

  self->setting = TRUE;
  g_set_str (&self->id, info->id);
  gtk_editable_set_text (GTK_EDITABLE (self->name), info->name != NULL ? info->name : "");
  mil_country_row_set_country (self->residence, info->residence);
  mil_date_row_set_date (self->born, info->born);
  self->setting = FALSE;
  update_title (self);
}

/**
 * mil_person_row_get_info:
 * @self: a row
 *
 * Returns: what was filled in; the strings belong to the row
 */
MilPersonInfo
mil_person_row_get_info (MilPersonRow *self)
{
  MilPersonInfo info = { 0 };

  g_return_val_if_fail (MIL_IS_PERSON_ROW (self), info);

  info.id = self->id;
  info.name = (char *) gtk_editable_get_text (GTK_EDITABLE (self->name));
  info.residence = (char *) mil_country_row_get_country (self->residence);
  info.born = mil_date_row_get_date (self->born);
  return info;
}
