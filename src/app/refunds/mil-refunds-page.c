/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-refunds-page.h"

#include "app/widgets/mil-header.h"
#include "app/widgets/mil-scene.h"
#include "app/widgets/mil-trip-chip.h"

struct _MilRefundsPage
{
  AdwBin parent_instance;

  AdwNavigationView *nav;
  MilTripChip       *trip_chip;

  MilSession *session;
};

G_DEFINE_FINAL_TYPE (MilRefundsPage, mil_refunds_page, ADW_TYPE_BIN)

static void
mil_refunds_page_dispose (GObject *object)
{
  MilRefundsPage *self = MIL_REFUNDS_PAGE (object);

  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_REFUNDS_PAGE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (mil_refunds_page_parent_class)->dispose (object);
}

static void
mil_refunds_page_class_init (MilRefundsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_refunds_page_dispose;

  g_type_ensure (MIL_TYPE_HEADER);
  g_type_ensure (MIL_TYPE_SCENE);
  g_type_ensure (MIL_TYPE_TRIP_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/refunds/refunds-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MilRefundsPage, nav);
  gtk_widget_class_bind_template_child (widget_class, MilRefundsPage, trip_chip);
}

static void
mil_refunds_page_init (MilRefundsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mil_refunds_page_new:
 *
 * Returns: (transfer floating): a page without a session
 */
GtkWidget *
mil_refunds_page_new (void)
{
  return g_object_new (MIL_TYPE_REFUNDS_PAGE, NULL);
}

/**
 * mil_refunds_page_set_session:
 * @self: the page
 * @session: whose receipts and claims it shows
 *
 * To be called once.
 */
void
mil_refunds_page_set_session (MilRefundsPage *self, MilSession *session)
{
  g_return_if_fail (MIL_IS_REFUNDS_PAGE (self));
  g_return_if_fail (MIL_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  mil_trip_chip_set_session (self->trip_chip, session);
}

/**
 * mil_refunds_page_plan_trip:
 * @self: the page
 *
 * Goes to where a trip is planned.
 */
void
mil_refunds_page_plan_trip (MilRefundsPage *self)
{
  g_return_if_fail (MIL_IS_REFUNDS_PAGE (self));

  adw_navigation_view_pop_to_tag (self->nav, "refunds");
}
