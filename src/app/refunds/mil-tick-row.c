/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-tick-row.h"

#include <glib/gi18n.h>

#include "app/widgets/mil-pressable.h"

struct _MilTickRow
{
  AdwActionRow parent_instance;

  GtkCheckButton *check;
  GtkWidget      *number; /* (unowned) (nullable) */

  MilSession *session; /* (owned) */
  MilTrip    *trip;    /* (owned) (nullable) */
  char       *id;      /* (owned) */
};

G_DEFINE_FINAL_TYPE (MilTickRow, mil_tick_row, ADW_TYPE_ACTION_ROW)

enum
{
  TICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show_ticked (MilTickRow *self)
{
  if (gtk_check_button_get_active (self->check))
    gtk_widget_add_css_class (GTK_WIDGET (self), "ticked");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "ticked");
}

static void
toggled_cb (MilTickRow *self)
{
  g_assert (MIL_IS_TICK_ROW (self));

  mil_session_set_ticked (self->session, self->trip, self->id, gtk_check_button_get_active (self->check));
  show_ticked (self);
  g_signal_emit (self, signals[TICKED], 0);
}

static void
mil_tick_row_dispose (GObject *object)
{
  MilTickRow *self = MIL_TICK_ROW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->trip);
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (mil_tick_row_parent_class)->dispose (object);
}

static void
mil_tick_row_class_init (MilTickRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mil_tick_row_dispose;

  /**
   * MilTickRow::ticked:
   * @self: the row
   *
   * The person has ticked it off, or on again.
   */
  signals[TICKED] = g_signal_new ("ticked", MIL_TYPE_TICK_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mil_tick_row_init (MilTickRow *self)
{
  self->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->check), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->check), "selection-mode");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->check));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->check));
  mil_pressable_make (GTK_WIDGET (self->check));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "tick");
}

/**
 * mil_tick_row_new:
 * @session: the session that remembers it
 * @trip: (nullable): the trip that it belongs to
 * @id: names the thing for ever
 * @title: what to do or to bring
 * @subtitle: (nullable): what else there is to say
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
mil_tick_row_new (MilSession *session, MilTrip *trip, const char *id, const char *title, const char *subtitle)
{
  MilTickRow *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (trip == NULL || MIL_IS_TRIP (trip), NULL);
  g_return_val_if_fail (id != NULL && title != NULL, NULL);

  self = g_object_new (MIL_TYPE_TICK_ROW, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle != NULL ? subtitle : "");
  self->session = g_object_ref (session);
  g_set_object (&self->trip, trip);
  self->id = g_strdup (id);
  gtk_check_button_set_active (self->check, mil_session_is_ticked (session, trip, id));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  show_ticked (self);
  g_signal_connect_object (self->check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * mil_tick_row_get_ticked:
 * @self: a row
 *
 * Returns: whether it is ticked off
 */
gboolean
mil_tick_row_get_ticked (MilTickRow *self)
{
  g_return_val_if_fail (MIL_IS_TICK_ROW (self), FALSE);

  return gtk_check_button_get_active (self->check);
}

/**
 * mil_tick_row_set_number:
 * @self: a row
 * @number: which step it is, from 1
 *
 * Shows the number of a step in front of it.
 */
void
mil_tick_row_set_number (MilTickRow *self, guint number)
{
  g_autofree char *text = NULL;

  g_return_if_fail (MIL_IS_TICK_ROW (self));
  g_return_if_fail (number > 0);

  /* Translators: the number of a step, in a circle. */
  text = g_strdup_printf (C_ ("number of a step", "%u"), number);
  if (self->number == NULL)
    {
      self->number = gtk_label_new (NULL);
      gtk_widget_set_valign (self->number, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (self->number, "step-number");
      adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->number);
    }
  gtk_label_set_label (GTK_LABEL (self->number), text);
}
