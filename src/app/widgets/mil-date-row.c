/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/mil-date-row.h"

#include <glib/gi18n.h>

struct _MilDateRow
{
  AdwActionRow parent_instance;

  GtkWidget   *button;
  GtkCalendar *calendar;
  MilDate      date;
  gboolean     setting;
};

G_DEFINE_FINAL_TYPE (MilDateRow, mil_date_row, ADW_TYPE_ACTION_ROW)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_label (MilDateRow *self)
{
  g_autofree char *text = mil_date_is_set (self->date) ? mil_date_format (self->date) : g_strdup (C_ ("date", "Choose"));

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), text);
}

static void
day_selected_cb (MilDateRow *self)
{
  g_autoptr (GDateTime) day = NULL;

  g_assert (MIL_IS_DATE_ROW (self));

  if (self->setting)
    return;
  day = gtk_calendar_get_date (self->calendar);
  self->date = (MilDate) { (guint16) g_date_time_get_year (day),
                           (guint8) g_date_time_get_month (day),
                           (guint8) g_date_time_get_day_of_month (day) };
  update_label (self);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
mil_date_row_class_init (MilDateRowClass *klass)
{
  /**
   * MilDateRow::changed:
   * @self: the row
   *
   * The person has chosen a day.
   */
  signals[CHANGED] = g_signal_new ("changed", MIL_TYPE_DATE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mil_date_row_init (MilDateRow *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->calendar));
  self->button = g_object_new (GTK_TYPE_MENU_BUTTON, "popover", popover, "valign", GTK_ALIGN_CENTER, "always-show-arrow", TRUE, NULL);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->button);
  g_signal_connect_swapped (self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self);
  update_label (self);
}

/**
 * mil_date_row_new:
 *
 * Returns: (transfer floating): a row without a day
 */
GtkWidget *
mil_date_row_new (void)
{
  return g_object_new (MIL_TYPE_DATE_ROW, NULL);
}

/**
 * mil_date_row_get_date:
 * @self: a row
 *
 * Returns: the day it shows; unset where none was chosen
 */
MilDate
mil_date_row_get_date (MilDateRow *self)
{
  g_return_val_if_fail (MIL_IS_DATE_ROW (self), (MilDate) { 0 });

  return self->date;
}

/**
 * mil_date_row_set_date:
 * @self: a row
 * @date: a day, or an unset one
 *
 * Shows another day.
 */
void
mil_date_row_set_date (MilDateRow *self, MilDate date)
{
  g_return_if_fail (MIL_IS_DATE_ROW (self));

  self->date = date;
  if (mil_date_is_set (date))
    {
      g_autoptr (GDateTime) day = g_date_time_new_local (date.year, date.month, date.day, 0, 0, 0);

      self->setting = TRUE;
      gtk_calendar_select_day (self->calendar, day);
      self->setting = FALSE;
    }
  update_label (self);
}
