/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/basket/mil-basket-row.h"

#include <glib/gi18n.h>

#include "app/mil-toast.h"
#include "app/widgets/mil-photo.h"

struct _MilBasketRow
{
  GtkListBoxRow parent_instance;

  MilPhoto  *photo;
  GtkLabel  *title;
  GtkWidget *fewer;
  GtkLabel  *quantity;
  GtkWidget *more;
  GtkLabel  *home_total;
  GtkLabel  *total;
  GtkWidget *remove;

  MilSession    *session;
  MilBasketLine *line;
};

G_DEFINE_FINAL_TYPE (MilBasketRow, mil_basket_row, GTK_TYPE_LIST_BOX_ROW)

static void
undo_cb (gpointer object)
{
  mil_disown (mil_basket_undo (MIL_BASKET (object)), "putting a product back");
}

static void
remove_cb (MilBasketRow *self)
{
  MilBasket       *basket = mil_session_get_basket (self->session);
  g_autofree char *text = NULL;

  g_assert (MIL_IS_BASKET_ROW (self));

  /* Translators: %s is the name of a product. */
  text = g_strdup_printf (_ ("%s is out of your basket"), mil_basket_line_get_info (self->line)->title);
  mil_toast_undo (GTK_WIDGET (self), text, undo_cb, G_OBJECT (basket));
  mil_disown (mil_basket_remove (basket, self->line), "taking a product out");
}

static void
step (MilBasketRow *self, int by)
{
  int quantity = mil_basket_line_get_info (self->line)->quantity + by;

  if (quantity < 1)
    remove_cb (self);
  else
    mil_disown (mil_basket_set_quantity (mil_session_get_basket (self->session), self->line, quantity), "changing a quantity");
}

static void
fewer_cb (MilBasketRow *self)
{
  g_assert (MIL_IS_BASKET_ROW (self));

  step (self, -1);
}

static void
more_cb (MilBasketRow *self)
{
  g_assert (MIL_IS_BASKET_ROW (self));

  step (self, 1);
}

static void
name_button (GtkWidget *button, const char *format, const char *title)
{
  g_autofree char *label = g_strdup_printf (format, title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update (MilBasketRow *self)
{
  const MilBasketLineInfo *info = mil_basket_line_get_info (self->line);
  gboolean foreign = mil_money_is_set (info->home_total) && !mil_money_equal (info->home_total, info->total);
  g_autofree char *quantity = g_strdup_printf ("%d", info->quantity);
  g_autofree char *total = mil_money_format (info->total, MIL_MONEY_PLAIN);
  g_autofree char *home = mil_money_format (foreign ? info->home_total : info->total, MIL_MONEY_PLAIN);

  g_assert (MIL_IS_BASKET_ROW (self));

  gtk_label_set_label (self->title, info->title);
  gtk_label_set_label (self->quantity, quantity);
  gtk_label_set_label (self->home_total, home);
  gtk_label_set_label (self->total, total);
  gtk_widget_set_visible (GTK_WIDGET (self->total), foreign);
  mil_photo_set (self->photo, mil_session_get_pictures (self->session), info->image);
  /* Translators: what a screen reader says about the buttons of a basket line; %s is a product. */
  name_button (self->fewer, C_ ("basket", "One less: %s"), info->title);
  name_button (self->more, C_ ("basket", "One more: %s"), info->title);
  name_button (self->remove, C_ ("basket", "Remove %s"), info->title);
}

static void
mil_basket_row_dispose (GObject *object)
{
  MilBasketRow *self = MIL_BASKET_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_BASKET_ROW);
  g_clear_object (&self->line);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (mil_basket_row_parent_class)->dispose (object);
}

static void
mil_basket_row_class_init (MilBasketRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_basket_row_dispose;

  g_type_ensure (MIL_TYPE_PHOTO);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/basket/basket-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MilBasketRow, photo);
  gtk_widget_class_bind_template_child (widget_class, MilBasketRow, title);
  gtk_widget_class_bind_template_child (widget_class, MilBasketRow, fewer);
  gtk_widget_class_bind_template_child (widget_class, MilBasketRow, quantity);
  gtk_widget_class_bind_template_child (widget_class, MilBasketRow, more);
  gtk_widget_class_bind_template_child (widget_class, MilBasketRow, home_total);
  gtk_widget_class_bind_template_child (widget_class, MilBasketRow, total);
  gtk_widget_class_bind_template_child (widget_class, MilBasketRow, remove);
  gtk_widget_class_bind_template_callback (widget_class, fewer_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
mil_basket_row_init (MilBasketRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mil_basket_row_new:
 * @session: whose basket it is
 * @line: what to show; its changes are followed
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
mil_basket_row_new (MilSession *session, MilBasketLine *line)
{
  MilBasketRow *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (MIL_IS_BASKET_LINE (line), NULL);

  self = g_object_new (MIL_TYPE_BASKET_ROW, NULL);
  self->session = g_object_ref (session);
  self->line = g_object_ref (line);
  g_signal_connect_object (line, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
