/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/wallet/mil-order-page.h"

#include <glib/gi18n.h>

#include "app/widgets/mil-header.h"
#include "app/widgets/mil-photo.h"

struct _MilOrderPage
{
  AdwNavigationPage parent_instance;

  GtkLabel     *store;
  GtkLabel     *placed;
  GtkLabel     *amount;
  GtkWidget    *state_chip;
  GtkImage     *state_icon;
  GtkLabel     *state;
  GtkListBox   *lines;
  AdwActionRow *total_row;
  AdwActionRow *paid_row;
  AdwActionRow *number_row;

  MilSession *session;
  MilOrder   *order;
  GListStore *shown; /* (unowned): the list that `lines` is bound to */
};

G_DEFINE_FINAL_TYPE (MilOrderPage, mil_order_page, ADW_TYPE_NAVIGATION_PAGE)

static const struct
{
  const char *state;
  const char *icon;
  const char *style;
} states[] = {
  { "awaiting-capture", "milione-clock-symbolic", "warning" },
  { "captured", "object-select-symbolic", "success" },
  { "voided", "window-close-symbolic", "error" },
  { "refunded", "milione-money-back-symbolic", "success" },
};

static GtkWidget *
make_line_row (gpointer item, gpointer data)
{
  MilSession             *session = MIL_SESSION (data);
  const MilOrderLineInfo *info = mil_order_line_get_info (MIL_ORDER_LINE (item));
  g_autofree char        *total = mil_money_format (info->total, MIL_MONEY_PLAIN);
  g_autofree char        *quantity = g_strdup_printf ("× %d", info->quantity);
  GtkWidget              *row = adw_action_row_new ();
  GtkWidget              *photo = mil_photo_new ();
  GtkWidget              *amount = gtk_label_new (total);

  gtk_widget_set_size_request (photo, 64, 48);
  gtk_widget_set_valign (photo, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (photo, "thumbnail");
  mil_photo_set (MIL_PHOTO (photo), mil_session_get_pictures (session), info->image);
  mil_photo_set_alt (MIL_PHOTO (photo), info->title);
  gtk_widget_add_css_class (amount, "numeric");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  g_object_set (row, "title", info->title, "title-lines", 2, NULL);
  if (info->quantity > 1)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), quantity);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), photo);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), amount);
  return row;
}

static void
update_state (MilOrderPage *self, const MilOrderInfo *info)
{
  gtk_label_set_label (self->state, info->state_text != NULL ? info->state_text : "");
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    gtk_widget_remove_css_class (self->state_chip, states[i].style);
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i].state, info->state) == 0)
      {
        gtk_widget_add_css_class (self->state_chip, states[i].style);
        gtk_image_set_from_icon_name (self->state_icon, states[i].icon);
      }
}

static void
set_row_amount (AdwActionRow *row, MilMoney money)
{
  g_autofree char *text = mil_money_is_set (money) ? mil_money_format (money, MIL_MONEY_PLAIN) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL);
  adw_action_row_set_subtitle (row, text != NULL ? text : "");
}

static void
update (MilOrderPage *self)
{
  const MilOrderInfo *info = mil_order_get_info (self->order);
  MilMoney            shown = mil_money_is_set (info->paid) ? info->paid : info->total;
  g_autofree char    *amount = mil_money_format (shown, MIL_MONEY_PLAIN);
  g_autofree char    *placed = mil_date_format (mil_date_from_unix (info->placed_at, NULL));

  g_assert (MIL_IS_ORDER_PAGE (self));

  gtk_label_set_label (self->store, info->store_name);
  gtk_label_set_label (self->placed, placed);
  gtk_label_set_label (self->amount, amount);
  update_state (self, info);
  set_row_amount (self->total_row, info->total);
  set_row_amount (self->paid_row, info->paid);
  adw_action_row_set_subtitle (self->number_row, info->id);
  if (self->shown != info->lines)
    {
      self->shown = info->lines;
      gtk_list_box_bind_model (self->lines, G_LIST_MODEL (info->lines), make_line_row, g_object_ref (self->session), g_object_unref);
    }
}

static void
mil_order_page_dispose (GObject *object)
{
  MilOrderPage *self = MIL_ORDER_PAGE (object);

  if (self->lines != NULL)
    gtk_list_box_bind_model (self->lines, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_ORDER_PAGE);
  g_clear_object (&self->order);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (mil_order_page_parent_class)->dispose (object);
}

static void
mil_order_page_class_init (MilOrderPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_order_page_dispose;

  g_type_ensure (MIL_TYPE_HEADER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/wallet/order-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MilOrderPage, store);
  gtk_widget_class_bind_template_child (widget_class, MilOrderPage, placed);
  gtk_widget_class_bind_template_child (widget_class, MilOrderPage, amount);
  gtk_widget_class_bind_template_child (widget_class, MilOrderPage, state_chip);
  gtk_widget_class_bind_template_child (widget_class, MilOrderPage, state_icon);
  gtk_widget_class_bind_template_child (widget_class, MilOrderPage, state);
  gtk_widget_class_bind_template_child (widget_class, MilOrderPage, lines);
  gtk_widget_class_bind_template_child (widget_class, MilOrderPage, total_row);
  gtk_widget_class_bind_template_child (widget_class, MilOrderPage, paid_row);
  gtk_widget_class_bind_template_child (widget_class, MilOrderPage, number_row);
}

static void
mil_order_page_init (MilOrderPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mil_order_page_new:
 * @session: where pictures are
 * @order: what to show; its changes are followed
 *
 * Returns: (transfer floating): a page to push
 */
AdwNavigationPage *
mil_order_page_new (MilSession *session, MilOrder *order)
{
  MilOrderPage *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (MIL_IS_ORDER (order), NULL);

  self = g_object_new (MIL_TYPE_ORDER_PAGE, NULL);
  self->session = g_object_ref (session);
  self->order = g_object_ref (order);
  g_signal_connect_object (order, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return ADW_NAVIGATION_PAGE (self);
}
