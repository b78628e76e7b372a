/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/mil-trip-chip.h"

#include <glib/gi18n.h>

#include "base/mil-country.h"

struct _MilTripChip
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkLabel      *label;
  GtkPopover    *popover;
  GtkListBox    *list;

  MilSession *session;
};

G_DEFINE_FINAL_TYPE (MilTripChip, mil_trip_chip, ADW_TYPE_BIN)

static void
update (MilTripChip *self)
{
  MilTrip         *trip = mil_session_get_current_trip (self->session);
  const char      *title = trip != NULL ? mil_trip_get_info (trip)->title : C_ ("trip", "Plan a trip");
  g_autofree char *spoken = NULL;

  g_assert (MIL_IS_TRIP_CHIP (self));

  /* Translators: %s is a trip, such as "Italy · 12–24 May". */
  spoken = g_strdup_printf (C_ ("trip", "Trip: %s"), title);
  gtk_label_set_label (self->label, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  MilTripChip       *self = MIL_TRIP_CHIP (data);
  const MilTripInfo *info = mil_trip_get_info (MIL_TRIP (item));
  g_autofree char   *flag = mil_country_flag (info->country);
  g_autofree char   *text = g_strdup_printf ("%s  %s", flag, info->title);
  GtkWidget         *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget         *label = gtk_label_new (text);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  if (mil_session_get_current_trip (self->session) == item)
    {
      GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");

      gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL, C_ ("trip", "Chosen"), -1);
      gtk_box_append (GTK_BOX (box), mark);
    }
  return box;
}

static void
row_activated_cb (MilTripChip *self, GtkListBoxRow *row)
{
  g_autoptr (MilTrip) trip = NULL;

  g_assert (MIL_IS_TRIP_CHIP (self));

  trip = g_list_model_get_item (mil_session_get_trips (self->session), (guint) gtk_list_box_row_get_index (row));
  gtk_popover_popdown (self->popover);
  if (trip != NULL)
    mil_disown (mil_session_set_current_trip (self->session, trip), "choosing a trip");
}

static void
plan_clicked_cb (MilTripChip *self)
{
  g_assert (MIL_IS_TRIP_CHIP (self));

  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.plan-trip", NULL);
}

static void
mil_trip_chip_dispose (GObject *object)
{
  MilTripChip *self = MIL_TRIP_CHIP (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_TRIP_CHIP);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (mil_trip_chip_parent_class)->dispose (object);
}

static void
mil_trip_chip_class_init (MilTripChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_trip_chip_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/widgets/trip-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, MilTripChip, button);
  gtk_widget_class_bind_template_child (widget_class, MilTripChip, label);
  gtk_widget_class_bind_template_child (widget_class, MilTripChip, popover);
  gtk_widget_class_bind_template_child (widget_class, MilTripChip, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, plan_clicked_cb);
}

static void
mil_trip_chip_init (MilTripChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_label (self->label, C_ ("trip", "Plan a trip"));
}

/**
 * mil_trip_chip_new:
 *
 * Returns: (transfer floating): a chip without a trip
 */
GtkWidget *
mil_trip_chip_new (void)
{
  return g_object_new (MIL_TYPE_TRIP_CHIP, NULL);
}

/**
 * mil_trip_chip_set_session:
 * @self: a chip
 * @session: whose trips it shows
 *
 * To be called once.
 */
void
mil_trip_chip_set_session (MilTripChip *self, MilSession *session)
{
  g_return_if_fail (MIL_IS_TRIP_CHIP (self));
  g_return_if_fail (MIL_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::current-trip", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->list, mil_session_get_trips (session), make_row, self, NULL);
  update (self);
}
