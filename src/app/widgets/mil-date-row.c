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
  MilDate      before; /* what was chosen when the calendar opened */
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
take_day (MilDateRow *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);

  self->date = (MilDate) { (guint16) g_date_time_get_year (day),
                           (guint8) g_date_time_get_month (day),
                           (guint8) g_date_time_get_day_of_month (day) };
  update_label (self);
}

static void
day_selected_cb (MilDateRow *self)
{
  g_assert (MIL_IS_DATE_ROW (self));

  if (self->setting)
    return;
  take_day (self);
  self->before = self->date;
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
show_date (MilDateRow *self, MilDate date)
{
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

/* --- the calendar by keyboard ------------------------------------------------------------------ */

static GDateTime *
day_of_key (GDateTime *day, guint key, gboolean rtl)
{
  switch (key)
    {
    case GDK_KEY_Left:
      return g_date_time_add_days (day, rtl ? 1 : -1);
    case GDK_KEY_Right:
      return g_date_time_add_days (day, rtl ? -1 : 1);
    case GDK_KEY_Up:
      return g_date_time_add_weeks (day, -1);
    case GDK_KEY_Down:
      return g_date_time_add_weeks (day, 1);
    case GDK_KEY_Page_Up:
      return g_date_time_add_months (day, -1);
    case GDK_KEY_Page_Down:
      return g_date_time_add_months (day, 1);
    default:
      return NULL;
    }
}

/* The toolkit's calendar moves a frame with the arrows and says nothing, and knows no Enter: here the day itself moves. */
static gboolean
calendar_key_cb (MilDateRow *self, guint key, guint code, GdkModifierType state)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autoptr (GDateTime) next = NULL;

  g_assert (MIL_IS_DATE_ROW (self));

  if (!gtk_widget_is_focus (GTK_WIDGET (self->calendar)) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_space)
    {
      day_selected_cb (self);
      return GDK_EVENT_STOP;
    }
  next = day_of_key (day, key, gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL);
  if (next == NULL)
    return GDK_EVENT_PROPAGATE;
  self->setting = TRUE;
  gtk_calendar_select_day (self->calendar, next);
  self->setting = FALSE;
  take_day (self);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->calendar),
                           gtk_menu_button_get_label (GTK_MENU_BUTTON (self->button)),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  return GDK_EVENT_STOP;
}

static void
calendar_shown_cb (MilDateRow *self)
{
  g_assert (MIL_IS_DATE_ROW (self));

  self->before = self->date;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->calendar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)),
                                  -1);
}

/* Left with Escape, the day is as it was. */
static void
calendar_closed_cb (MilDateRow *self)
{
  g_assert (MIL_IS_DATE_ROW (self));

  show_date (self, self->before);
}

/* Its four buttons have arrows and no names. */
static void
name_buttons (GtkWidget *widget, guint *n)
{
  const char *const names[] = { C_ ("calendar", "Previous month"),
                                C_ ("calendar", "Next month"),
                                C_ ("calendar", "Previous year"),
                                C_ ("calendar", "Next year") };

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_BUTTON (child))
      name_buttons (child, n);
    else if (*n < G_N_ELEMENTS (names))
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, names[(*n)++], -1);
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
  GtkWidget          *popover = gtk_popover_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  guint               n_named = 0;

  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->calendar));
  self->button = g_object_new (GTK_TYPE_MENU_BUTTON, "popover", popover, "valign", GTK_ALIGN_CENTER, "always-show-arrow", TRUE, NULL);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->button);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->calendar), keys);
  name_buttons (GTK_WIDGET (self->calendar), &n_named);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (calendar_key_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (popover, "map", G_CALLBACK (calendar_shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (popover, "closed", G_CALLBACK (calendar_closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self, G_CONNECT_SWAPPED);
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

  show_date (self, date);
}
