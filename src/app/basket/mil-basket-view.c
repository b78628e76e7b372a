/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/basket/mil-basket-view.h"

#include <glib/gi18n.h>

#include "app/basket/mil-basket-group.h"
#include "app/basket/mil-checkout-page.h"
#include "app/mil-focus.h"
#include "app/mil-window.h"
#include "app/widgets/mil-scene.h"

struct _MilBasketView
{
  AdwBin parent_instance;

  AdwNavigationView *nav;
  GtkStack          *stack;
  GtkWidget         *close_button;
  GtkBox            *stores;
  GtkWidget         *foot;
  GtkLabel          *total;
  GtkWidget         *checkout_button;

  MilSession *session;
  GBinding   *narrow; /* (owned) (nullable): while in a window */
};

G_DEFINE_FINAL_TYPE (MilBasketView, mil_basket_view, ADW_TYPE_BIN)

static void
update (MilBasketView *self)
{
  MilBasket *basket = mil_session_get_basket (self->session);
  gboolean   empty = mil_basket_get_n_pieces (basket) == 0;
  MilMoney   total = mil_basket_get_home_total (basket);
  g_autofree char *text = mil_money_is_set (total) ? mil_money_format (total, MIL_MONEY_PLAIN) : g_strdup ("–");

  g_assert (MIL_IS_BASKET_VIEW (self));

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "lines");
  gtk_widget_set_visible (self->foot, !empty);
  gtk_label_set_label (self->total, text);
}

static void
stores_changed_cb (MilBasketView *self, guint position, guint removed, guint added, GListModel *stores)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->stores));
  GtkWidget *before = NULL;

  g_assert (MIL_IS_BASKET_VIEW (self));

  for (guint i = 0; i < position && child != NULL; i++)
    {
      before = child;
      child = gtk_widget_get_next_sibling (child);
    }
  for (guint i = 0; i < removed && child != NULL; i++)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      gtk_box_remove (self->stores, child);
      child = next;
    }
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (MilBasketStore) store = g_list_model_get_item (stores, position + i);
      GtkWidget *group = mil_basket_group_new (self->session, store);

      gtk_box_insert_child_after (self->stores, group, before);
      before = group;
    }
  update (self);
}

static void
checkout_clicked_cb (MilBasketView *self)
{
  g_assert (MIL_IS_BASKET_VIEW (self));

  adw_navigation_view_push (self->nav, mil_checkout_page_new (self->session));
}

/* The basket makes way for the shop, which then has the keyboard. */
static void
go_shopping_cb (MilBasketView *self)
{
  g_assert (MIL_IS_BASKET_VIEW (self));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.basket", NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.place", "s", "shop");
}

/* The button that led on may have gone with what lay in the basket. */
static void
basket_page_shown_cb (MilBasketView *self)
{
  g_assert (MIL_IS_BASKET_VIEW (self));

  mil_focus_if_lost (GTK_WIDGET (self));
}

/* A sheet has a close button of its own. */
static void
mil_basket_view_root (GtkWidget *widget)
{
  MilBasketView *self = MIL_BASKET_VIEW (widget);
  GtkRoot       *window = NULL;

  GTK_WIDGET_CLASS (mil_basket_view_parent_class)->root (widget);
  window = gtk_widget_get_root (widget);
  if (MIL_IS_WINDOW (window))
    self->narrow = g_object_ref (
        g_object_bind_property (window, "narrow", self->close_button, "visible", G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN));
}

static void
mil_basket_view_unroot (GtkWidget *widget)
{
  MilBasketView *self = MIL_BASKET_VIEW (widget);

  if (self->narrow != NULL)
    g_binding_unbind (self->narrow);
  g_clear_object (&self->narrow);
  GTK_WIDGET_CLASS (mil_basket_view_parent_class)->unroot (widget);
}

/* What was paid has been seen: opening the basket again starts with the basket. */
static void
mil_basket_view_unmap (GtkWidget *widget)
{
  MilBasketView     *self = MIL_BASKET_VIEW (widget);
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->nav);

  GTK_WIDGET_CLASS (mil_basket_view_parent_class)->unmap (widget);
  if (MIL_IS_CHECKOUT_PAGE (page) && mil_checkout_page_is_paid (MIL_CHECKOUT_PAGE (page)))
    adw_navigation_view_pop_to_tag (self->nav, "basket");
}

static void
mil_basket_view_dispose (GObject *object)
{
  MilBasketView *self = MIL_BASKET_VIEW (object);

  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_BASKET_VIEW);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (mil_basket_view_parent_class)->dispose (object);
}

static void
mil_basket_view_class_init (MilBasketViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_basket_view_dispose;

  widget_class->unmap = mil_basket_view_unmap;
  widget_class->root = mil_basket_view_root;
  widget_class->unroot = mil_basket_view_unroot;

  g_type_ensure (MIL_TYPE_SCENE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/basket/basket-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MilBasketView, nav);
  gtk_widget_class_bind_template_child (widget_class, MilBasketView, stack);
  gtk_widget_class_bind_template_child (widget_class, MilBasketView, close_button);
  gtk_widget_class_bind_template_child (widget_class, MilBasketView, stores);
  gtk_widget_class_bind_template_child (widget_class, MilBasketView, foot);
  gtk_widget_class_bind_template_child (widget_class, MilBasketView, total);
  gtk_widget_class_bind_template_child (widget_class, MilBasketView, checkout_button);
  gtk_widget_class_bind_template_callback (widget_class, checkout_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_shopping_cb);
  gtk_widget_class_bind_template_callback (widget_class, basket_page_shown_cb);
}

static void
mil_basket_view_init (MilBasketView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->foot, FALSE);
}

/**
 * mil_basket_view_new:
 *
 * Returns: (transfer floating): a view without a session, which is empty
 */
GtkWidget *
mil_basket_view_new (void)
{
  return g_object_new (MIL_TYPE_BASKET_VIEW, NULL);
}

/**
 * mil_basket_view_set_session:
 * @self: the view
 * @session: whose basket it shows
 *
 * To be called once.
 */
void
mil_basket_view_set_session (MilBasketView *self, MilSession *session)
{
  MilBasket  *basket = NULL;
  GListModel *stores = NULL;

  g_return_if_fail (MIL_IS_BASKET_VIEW (self));
  g_return_if_fail (MIL_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  basket = mil_session_get_basket (session);
  stores = mil_basket_get_stores (basket);
  g_signal_connect_object (basket, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (stores, "items-changed", G_CALLBACK (stores_changed_cb), self, G_CONNECT_SWAPPED);
  stores_changed_cb (self, 0, 0, g_list_model_get_n_items (stores), stores);
}
