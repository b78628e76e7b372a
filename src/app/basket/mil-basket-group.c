/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/basket/mil-basket-group.h"

#include <glib/gi18n.h>

#include "app/basket/mil-basket-row.h"
#include "base/mil-country.h"

struct _MilBasketGroup
{
  AdwBin parent_instance;

  GtkLabel   *name;
  GtkListBox *lines;
  GtkLabel   *delivery;
  GtkLabel   *total;

  MilSession     *session;
  MilBasketStore *store;
  GListStore     *shown; /* (unowned): the list that `lines` is bound to */
};

G_DEFINE_FINAL_TYPE (MilBasketGroup, mil_basket_group, ADW_TYPE_BIN)

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  return mil_basket_row_new (MIL_SESSION (data), MIL_BASKET_LINE (item));
}

static void
update (MilBasketGroup *self)
{
  const MilBasketStoreInfo *info = mil_basket_store_get_info (self->store);
  g_autofree char          *flag = mil_country_flag (info->country);
  g_autofree char          *name = g_strdup_printf ("%s  %s", flag, info->name);
  g_autofree char          *total = mil_money_format (info->total, MIL_MONEY_PLAIN);

  g_assert (MIL_IS_BASKET_GROUP (self));

  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->total, total);
  if (info->delivery.minor > 0)
    {
      g_autofree char *amount = mil_money_format (info->delivery, MIL_MONEY_PLAIN);
      /* Translators: %s is what it costs to bring the goods. */
      g_autofree char *text = g_strdup_printf (C_ ("basket", "with delivery for %s"), amount);

      gtk_label_set_label (self->delivery, text);
    }
  else
    {
      gtk_label_set_label (self->delivery, C_ ("basket", "you carry it home"));
    }
  if (self->shown != info->lines)
    {
      self->shown = info->lines;
      gtk_list_box_bind_model (self->lines, G_LIST_MODEL (info->lines), make_row, g_object_ref (self->session), g_object_unref);
    }
}

static void
mil_basket_group_dispose (GObject *object)
{
  MilBasketGroup *self = MIL_BASKET_GROUP (object);

  if (self->lines != NULL)
    gtk_list_box_bind_model (self->lines, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_BASKET_GROUP);
  g_clear_object (&self->store);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (mil_basket_group_parent_class)->dispose (object);
}

static void
mil_basket_group_class_init (MilBasketGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_basket_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/basket/basket-group.ui");
  gtk_widget_class_bind_template_child (widget_class, MilBasketGroup, name);
  gtk_widget_class_bind_template_child (widget_class, MilBasketGroup, lines);
  gtk_widget_class_bind_template_child (widget_class, MilBasketGroup, delivery);
  gtk_widget_class_bind_template_child (widget_class, MilBasketGroup, total);
}

static void
mil_basket_group_init (MilBasketGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mil_basket_group_new:
 * @session: whose basket it is
 * @store: what to show; its changes are followed
 *
 * Returns: (transfer floating): the group
 */
GtkWidget *
mil_basket_group_new (MilSession *session, MilBasketStore *store)
{
  MilBasketGroup *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (MIL_IS_BASKET_STORE (store), NULL);

  self = g_object_new (MIL_TYPE_BASKET_GROUP, NULL);
  self->session = g_object_ref (session);
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
