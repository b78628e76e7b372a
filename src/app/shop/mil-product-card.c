/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/shop/mil-product-card.h"

#include <glib/gi18n.h>

#include "app/widgets/mil-photo.h"
#include "base/mil-country.h"

struct _MilProductCard
{
  AdwBin parent_instance;

  GtkWidget       *button;
  MilPhoto        *photo;
  GtkLabel        *title;
  GtkLabel        *store;
  GtkLabel        *home_price;
  GtkLabel        *price;
  GtkWidget       *refund;
  GtkLabel        *refund_label;
  GtkToggleButton *heart;

  MilSession     *session;
  MilProductItem *item;
  gulong          changed;
  gboolean        updating;
};

G_DEFINE_FINAL_TYPE (MilProductCard, mil_product_card, ADW_TYPE_BIN)

static void
clicked_cb (MilProductCard *self)
{
  const MilProductItemInfo *info = NULL;

  g_assert (MIL_IS_PRODUCT_CARD (self));

  if (self->item == NULL)
    return;
  info = mil_product_item_get_info (self->item);
  gtk_widget_activate_action (GTK_WIDGET (self), "shop.product", "(ss)", info->store_id, info->id);
}

static void
heart_toggled_cb (MilProductCard *self)
{
  gboolean active = gtk_toggle_button_get_active (self->heart);

  g_assert (MIL_IS_PRODUCT_CARD (self));

  gtk_button_set_icon_name (GTK_BUTTON (self->heart), active ? "milione-heart-symbolic" : "milione-heart-outline-symbolic");
  if (self->updating || self->item == NULL)
    return;
  mil_disown (mil_session_set_favourite (self->session, mil_product_item_get_info (self->item)->id, active),
              "marking a favourite");
}

static void
update_prices (MilProductCard *self, const MilProductItemInfo *info, GString *spoken)
{
  g_autofree char *origin = mil_money_format (info->price, MIL_MONEY_PLAIN);
  gboolean foreign = mil_money_is_set (info->home_price) && !mil_money_equal (info->home_price, info->price);

  if (foreign)
    {
      g_autofree char *home = mil_money_format (info->home_price, MIL_MONEY_PLAIN);

      gtk_label_set_label (self->home_price, home);
      gtk_label_set_label (self->price, origin);
      g_string_append_printf (spoken, ", %s, %s", home, origin);
    }
  else
    {
      gtk_label_set_label (self->home_price, origin);
      g_string_append_printf (spoken, ", %s", origin);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->price), foreign);
}

static void
update_refund (MilProductCard *self, const MilProductItemInfo *info, GString *spoken)
{
  gboolean         back = mil_money_is_set (info->refund) && info->refund.minor > 0;
  g_autofree char *amount = back ? mil_money_format (info->refund, MIL_MONEY_PLAIN) : NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->refund, back);
  if (!back)
    return;
  /* Translators: %s is an amount of tax that the person gets back. */
  text = g_strdup_printf (C_ ("refund pill", "%s back"), amount);
  gtk_label_set_label (self->refund_label, text);
  g_string_append_printf (spoken, ", %s", text);
}

static void
update_heart (MilProductCard *self, const MilProductItemInfo *info)
{
  g_autofree char *label = NULL;

  gtk_toggle_button_set_active (self->heart, info->favourite);
  /* Translators: %s is the name of a product. */
  label = g_strdup_printf (C_ ("toggle", "Favourite: %s"), info->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->heart), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update (MilProductCard *self)
{
  const MilProductItemInfo *info = mil_product_item_get_info (self->item);
  g_autofree char          *store = NULL;
  g_autoptr (GString) spoken = g_string_new (info->title);

  g_assert (MIL_IS_PRODUCT_CARD (self));

  self->updating = TRUE;
  /* Translators: a store and the country it is in. */
  store = g_strdup_printf (C_ ("store", "%s · %s"), info->store_name, mil_country_name (info->country));
  gtk_label_set_label (self->title, info->title);
  gtk_label_set_label (self->store, store);
  g_string_append_printf (spoken, ", %s", store);
  update_prices (self, info, spoken);
  update_refund (self, info, spoken);
  update_heart (self, info);
  mil_photo_set (self->photo, mil_session_get_pictures (self->session), info->image);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken->str, -1);
  self->updating = FALSE;
}

/* The card comes before its heart, which lies above its middle; arrows go from card to card. */
static gboolean
mil_product_card_focus (GtkWidget *widget, GtkDirectionType direction)
{
  MilProductCard *self = MIL_PRODUCT_CARD (widget);
  GtkWidget      *heart = GTK_WIDGET (self->heart);
  gboolean        inside = gtk_widget_get_focus_child (widget) != NULL;

  if (direction == GTK_DIR_TAB_FORWARD && inside)
    return !gtk_widget_is_focus (heart) && gtk_widget_grab_focus (heart);
  if (direction == GTK_DIR_TAB_BACKWARD && inside)
    return gtk_widget_is_focus (heart) && gtk_widget_grab_focus (self->button);
  return !inside && gtk_widget_grab_focus (direction == GTK_DIR_TAB_BACKWARD ? heart : self->button);
}

/* The arrows of the list ask for it. */
static gboolean
mil_product_card_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (MIL_PRODUCT_CARD (widget)->button);
}

static void
mil_product_card_dispose (GObject *object)
{
  MilProductCard *self = MIL_PRODUCT_CARD (object);

  if (self->item != NULL)
    mil_product_card_unbind (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_PRODUCT_CARD);
  G_OBJECT_CLASS (mil_product_card_parent_class)->dispose (object);
}

static void
mil_product_card_class_init (MilProductCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_product_card_dispose;
  widget_class->focus = mil_product_card_focus;
  widget_class->grab_focus = mil_product_card_grab_focus;

  g_type_ensure (MIL_TYPE_PHOTO);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/shop/product-card.ui");
  gtk_widget_class_bind_template_child (widget_class, MilProductCard, button);
  gtk_widget_class_bind_template_child (widget_class, MilProductCard, photo);
  gtk_widget_class_bind_template_child (widget_class, MilProductCard, title);
  gtk_widget_class_bind_template_child (widget_class, MilProductCard, store);
  gtk_widget_class_bind_template_child (widget_class, MilProductCard, home_price);
  gtk_widget_class_bind_template_child (widget_class, MilProductCard, price);
  gtk_widget_class_bind_template_child (widget_class, MilProductCard, refund);
  gtk_widget_class_bind_template_child (widget_class, MilProductCard, refund_label);
  gtk_widget_class_bind_template_child (widget_class, MilProductCard, heart);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, heart_toggled_cb);
}

static void
mil_product_card_init (MilProductCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mil_product_card_new:
 *
 * Returns: (transfer floating): a card without a product
 */
GtkWidget *
mil_product_card_new (void)
{
  return g_object_new (MIL_TYPE_PRODUCT_CARD, NULL);
}

/**
 * mil_product_card_bind:
 * @self: a card
 * @session: where pictures and favourites are
 * @item: what to show; its changes are followed until mil_product_card_unbind()
 */
void
mil_product_card_bind (MilProductCard *self, MilSession *session, MilProductItem *item)
{
  g_return_if_fail (MIL_IS_PRODUCT_CARD (self));
  g_return_if_fail (MIL_IS_SESSION (session));
  g_return_if_fail (MIL_IS_PRODUCT_ITEM (item));

  if (self->item != NULL)
    mil_product_card_unbind (self);
  self->session = g_object_ref (session);
  self->item = g_object_ref (item);
  self->changed = g_signal_connect_swapped (item, "notify", G_CALLBACK (update), self);
  update (self);
}

/**
 * mil_product_card_unbind:
 * @self: a card
 *
 * Lets go of the product, and drops the request for its picture.
 */
void
mil_product_card_unbind (MilProductCard *self)
{
  g_return_if_fail (MIL_IS_PRODUCT_CARD (self));

  if (self->item == NULL)
    return;
  g_clear_signal_handler (&self->changed, self->item);
  g_clear_object (&self->item);
  g_clear_object (&self->session);
  mil_photo_set (self->photo, NULL, NULL);
}
