/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/shop/mil-product-page.h"

#include <glib/gi18n.h>

#include "app/mil-toast.h"
#include "app/mil-wait.h"
#include "app/mil-window.h"
#include "app/widgets/mil-header.h"
#include "app/widgets/mil-photo.h"
#include "app/widgets/mil-scene.h"
#include "base/mil-country.h"

#define SPINNER_MILLISECONDS 250

struct _MilProductPage
{
  AdwNavigationPage parent_instance;

  MilHeader       *header;
  GtkStack        *stack;
  GtkWidget       *spinner;
  MilScene        *failed;
  GtkToggleButton *heart;
  AdwCarousel     *carousel;
  GtkWidget       *previous;
  GtkWidget       *next;
  GtkWidget       *dots;
  GtkBox          *columns;
  GtkWidget       *gallery;
  GtkWidget       *column;
  GtkLabel        *title_label;
  GtkButton       *store_button;
  GtkLabel        *store_label;
  GtkLabel        *home_price;
  GtkLabel        *price;
  AdwWrapBox      *variants;
  GtkWidget       *add_button;
  GtkWidget       *refund;
  GtkImage        *refund_icon;
  GtkLabel        *refund_label;
  GtkWidget       *reasons;
  GtkLabel        *reasons_label;
  AdwActionRow    *carry_row;
  GtkLabel        *carry_amount;
  GtkLabel        *ship_amount;
  GtkLabel        *description;
  GtkWidget       *bottom;
  GtkLabel        *bottom_price;
  GtkWidget       *bottom_button;

  MilSession *session;
  char       *store_id;
  char       *product_id;
  MilProduct *product;
  MilVariant *variant;
  DexFuture  *loading;
  DexFuture  *adding;
  guint       spinner_timeout;
  gboolean    updating;
};

G_DEFINE_FINAL_TYPE (MilProductPage, mil_product_page, ADW_TYPE_NAVIGATION_PAGE)

/* --- prices ---------------------------------------------------------------------------------- */

static void
set_amount (GtkLabel *label, MilMoney money)
{
  g_autofree char *text = mil_money_is_set (money) ? mil_money_format (money, MIL_MONEY_PLAIN) : g_strdup ("");

  gtk_label_set_label (label, text);
}

static void
update_cheapest (MilProductPage *self, const MilProductInfo *info, MilMoney price)
{
  MilMoney         left = price;
  MilMoney         home = { 0 };
  gboolean         back = mil_money_is_set (info->refund) && info->refund.minor > 0;
  g_autofree char *there = mil_money_format (price, MIL_MONEY_PLAIN);

  if (back && !mil_money_subtract (price, info->refund, &left, NULL))
    left = price;
  home = mil_session_to_home (self->session, left);
  set_amount (self->carry_amount, mil_money_is_set (home) ? home : left);
  if (back)
    {
      g_autofree char *refund = mil_money_format (info->refund, MIL_MONEY_PLAIN);
      /* Translators: a price, and the tax that comes back of it. */
      g_autofree char *sum = g_strdup_printf (C_ ("cheapest", "%s − %s back"), there, refund);

      adw_action_row_set_subtitle (self->carry_row, sum);
    }
  else
    {
      adw_action_row_set_subtitle (self->carry_row, there);
    }
  home = mil_session_to_home (self->session, price);
  {
    g_autofree char *least = mil_money_format (mil_money_is_set (home) ? home : price, MIL_MONEY_PLAIN);
    /* Translators: the least that something costs; %s is an amount. */
    g_autofree char *from = g_strdup_printf (C_ ("cheapest", "from %s"), least);

    gtk_label_set_label (self->ship_amount, from);
  }
}

static void
update_prices (MilProductPage *self)
{
  const MilProductInfo *info = mil_product_get_info (self->product);
  MilMoney price = self->variant != NULL ? mil_variant_get_info (self->variant)->price : info->price;
  MilMoney home = mil_session_to_home (self->session, price);
  gboolean foreign = mil_money_is_set (home) && g_strcmp0 (home.currency, price.currency) != 0;
  gboolean available = self->variant == NULL || mil_variant_get_info (self->variant)->available;

  set_amount (self->home_price, foreign ? home : price);
  set_amount (self->bottom_price, foreign ? home : price);
  set_amount (self->price, price);
  gtk_widget_set_visible (GTK_WIDGET (self->price), foreign);
  update_cheapest (self, info, price);
  gtk_widget_set_sensitive (self->add_button, available);
  gtk_widget_set_sensitive (self->bottom_button, available);
  gtk_button_set_label (GTK_BUTTON (self->add_button),
                        available ? C_ ("product", "_Add to Basket") : C_ ("product", "Sold out for now"));
  gtk_button_set_label (GTK_BUTTON (self->bottom_button),
                        available ? C_ ("product", "_Add to Basket") : C_ ("product", "Sold out for now"));
}

/* --- variants -------------------------------------------------------------------------------- */

static void
variant_toggled_cb (MilProductPage *self, GtkToggleButton *button)
{
  g_assert (MIL_IS_PRODUCT_PAGE (self));

  if (self->updating || !gtk_toggle_button_get_active (button))
    return;
  g_set_object (&self->variant, g_object_get_data (G_OBJECT (button), "variant"));
  update_prices (self);
}

static void
fill_variants (MilProductPage *self, const MilProductInfo *info)
{
  GListModel      *variants = G_LIST_MODEL (info->variants);
  guint            n_variants = variants != NULL ? g_list_model_get_n_items (variants) : 0;
  GtkToggleButton *first = NULL;
  GtkWidget       *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->variants))) != NULL)
    adw_wrap_box_remove (self->variants, child);
  gtk_widget_set_visible (GTK_WIDGET (self->variants), n_variants > 1);
  g_clear_object (&self->variant);
  if (n_variants > 0)
    self->variant = g_list_model_get_item (variants, 0);
  for (guint i = 0; n_variants > 1 && i < n_variants; i++)
    {
      g_autoptr (MilVariant) variant = g_list_model_get_item (variants, i);
      GtkWidget *chip = gtk_toggle_button_new_with_label (mil_variant_get_info (variant)->title);

      gtk_widget_add_css_class (chip, "chip");
      g_object_set_data_full (G_OBJECT (chip), "variant", g_object_ref (variant), g_object_unref);
      if (first == NULL)
        first = GTK_TOGGLE_BUTTON (chip);
      else
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), first);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), i == 0);
      g_signal_connect_object (chip, "toggled", G_CALLBACK (variant_toggled_cb), self, G_CONNECT_SWAPPED);
      adw_wrap_box_append (self->variants, chip);
    }
}

/* --- pictures -------------------------------------------------------------------------------- */

static void
scroll_by (MilProductPage *self, int step)
{
  int n_pages = (int) adw_carousel_get_n_pages (self->carousel);
  int page = (int) (adw_carousel_get_position (self->carousel) + 0.5) + step;

  if (n_pages > 0)
    adw_carousel_scroll_to (self->carousel,
                            adw_carousel_get_nth_page (self->carousel, (guint) ((page + n_pages) % n_pages)),
                            TRUE);
}

static void
previous_cb (MilProductPage *self)
{
  g_assert (MIL_IS_PRODUCT_PAGE (self));

  scroll_by (self, -1);
}

static void
next_cb (MilProductPage *self)
{
  g_assert (MIL_IS_PRODUCT_PAGE (self));

  scroll_by (self, 1);
}

static void
fill_gallery (MilProductPage *self, const MilProductInfo *info)
{
  gsize n_images = info->images != NULL ? g_strv_length (info->images) : 0;

  while (adw_carousel_get_n_pages (self->carousel) > 0)
    adw_carousel_remove (self->carousel, adw_carousel_get_nth_page (self->carousel, 0));
  for (gsize i = 0; i < MAX (n_images, 1); i++)
    {
      GtkWidget *photo = mil_photo_new ();

      gtk_widget_add_css_class (photo, "large");
      gtk_widget_set_hexpand (photo, TRUE);
      gtk_widget_set_valign (photo, GTK_ALIGN_START);
      if (i < n_images)
        mil_photo_set (MIL_PHOTO (photo), mil_session_get_pictures (self->session), info->images[i]);
      mil_photo_set_alt (MIL_PHOTO (photo),
                         info->image_alts != NULL && i < g_strv_length (info->image_alts) ? info->image_alts[i]
                                                                                          : info->title);
      adw_carousel_append (self->carousel, photo);
    }
  gtk_widget_set_visible (self->previous, n_images > 1);
  gtk_widget_set_visible (self->next, n_images > 1);
  gtk_widget_set_visible (self->dots, n_images > 1);
}

/* --- the product ----------------------------------------------------------------------------- */

static void
update_store (MilProductPage *self, const MilProductInfo *info)
{
  MilStore        *store = mil_session_find_store (self->session, info->store_id);
  const char      *city = store != NULL ? mil_store_get_info (store)->city : NULL;
  g_autofree char *flag = mil_country_flag (info->country);
  g_autofree char *place = city != NULL ? g_strdup_printf ("%s, %s", city, mil_country_name (info->country))
                                        : g_strdup (mil_country_name (info->country));
  g_autofree char *text = g_strdup_printf ("%s  %s · %s", flag, info->store_name, place);

  gtk_label_set_label (self->store_label, text);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->store_button), "s", info->store_id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->store_button), "shop.store");
}

static void
update_refund (MilProductPage *self, const MilProductInfo *info)
{
  gboolean         back = mil_money_is_set (info->refund) && info->refund.minor > 0;
  g_autofree char *reasons = info->refund_reasons != NULL ? g_strjoinv ("\n", info->refund_reasons) : NULL;

  gtk_widget_set_visible (self->refund, info->refund_text != NULL);
  gtk_label_set_label (self->refund_label, info->refund_text != NULL ? info->refund_text : "");
  gtk_image_set_from_icon_name (self->refund_icon, back ? "milione-money-back-symbolic" : "dialog-information-symbolic");
  if (back)
    gtk_widget_add_css_class (self->refund, "success");
  else
    gtk_widget_remove_css_class (self->refund, "success");
  gtk_widget_set_visible (self->reasons, reasons != NULL && reasons[0] != '\0');
  gtk_label_set_label (self->reasons_label, reasons != NULL ? reasons : "");
}

static void
show_product (MilProductPage *self)
{
  const MilProductInfo *info = mil_product_get_info (self->product);

  self->updating = TRUE;
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), info->title);
  gtk_label_set_label (self->title_label, info->title);
  gtk_label_set_label (self->description, info->description != NULL ? info->description : "");
  gtk_toggle_button_set_active (self->heart, info->favourite);
  update_store (self, info);
  fill_gallery (self, info);
  fill_variants (self, info);
  update_refund (self, info);
  update_prices (self);
  self->updating = FALSE;
  gtk_stack_set_visible_child_name (self->stack, "product");
}

static void
stop_spinner (MilProductPage *self)
{
  g_clear_handle_id (&self->spinner_timeout, g_source_remove);
  gtk_widget_set_opacity (self->spinner, 0);
}

static void
loaded_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilProductPage *self = MIL_PRODUCT_PAGE (object);

  dex_clear (&self->loading);
  stop_spinner (self);
  if (value != NULL && G_VALUE_HOLDS (value, MIL_TYPE_PRODUCT))
    {
      g_set_object (&self->product, g_value_get_object (value));
      show_product (self);
    }
  else if (self->product == NULL)
    {
      g_object_set (self->failed, "description", error != NULL ? error->message : NULL, NULL);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
}

static gboolean
show_spinner_cb (gpointer data)
{
  MilProductPage *self = MIL_PRODUCT_PAGE (data);

  self->spinner_timeout = 0;
  gtk_widget_set_opacity (self->spinner, 1);
  return G_SOURCE_REMOVE;
}

static void
load_cb (MilProductPage *self)
{
  g_assert (MIL_IS_PRODUCT_PAGE (self));

  stop_spinner (self);
  self->spinner_timeout = g_timeout_add (SPINNER_MILLISECONDS, show_spinner_cb, self);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  dex_clear (&self->loading);
  self->loading = mil_wait (self, mil_session_load_product (self->session, self->store_id, self->product_id), loaded_cb, NULL);
}

/* --- what the person does -------------------------------------------------------------------- */

static void
heart_toggled_cb (MilProductPage *self)
{
  gboolean active = gtk_toggle_button_get_active (self->heart);

  g_assert (MIL_IS_PRODUCT_PAGE (self));

  gtk_button_set_icon_name (GTK_BUTTON (self->heart), active ? "milione-heart-symbolic" : "milione-heart-outline-symbolic");
  if (!self->updating && self->product != NULL)
    mil_disown (mil_session_set_favourite (self->session, self->product_id, active), "marking a favourite");
}

static void
undo_add_cb (gpointer data)
{
  MilSession *session = MIL_SESSION (data);

  mil_disown (mil_basket_undo (mil_session_get_basket (session)), "taking a product out again");
}

static void
show_added (MilProductPage *self)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self));

  if (MIL_IS_WINDOW (window))
    mil_window_fly (MIL_WINDOW (window), GTK_WIDGET (self->carousel), mil_header_get_basket_button (self->header));
  mil_toast_undo (GTK_WIDGET (self), _ ("It is in your basket"), undo_add_cb, G_OBJECT (self->session));
}

static void
added_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilProductPage *self = MIL_PRODUCT_PAGE (object);

  dex_clear (&self->adding);
  if (error != NULL)
    mil_toast (GTK_WIDGET (self), error->message);
  else
    show_added (self);
}

static void
add_clicked_cb (MilProductPage *self)
{
  const MilProductInfo *info = NULL;
  const MilVariantInfo *variant = NULL;
  MilBasketLineInfo     line = { 0 };

  g_assert (MIL_IS_PRODUCT_PAGE (self));

  if (self->product == NULL || self->variant == NULL)
    return;
  info = mil_product_get_info (self->product);
  variant = mil_variant_get_info (self->variant);
  line = (MilBasketLineInfo) {
    .id = variant->id,
    .product_id = info->id,
    .title = info->title,
    .store_id = info->store_id,
    .store_name = info->store_name,
    .country = info->country,
    .tax_category = info->tax_category,
    .image = variant->image != NULL ? variant->image : (info->images != NULL ? info->images[0] : NULL),
    .price = variant->price,
    .quantity = 1,
  };
  dex_clear (&self->adding);
  self->adding = mil_wait (self, mil_basket_add (mil_session_get_basket (self->session), &line, 1), added_cb, NULL);
}

/* --- the object ------------------------------------------------------------------------------ */

static void
mil_product_page_dispose (GObject *object)
{
  MilProductPage *self = MIL_PRODUCT_PAGE (object);

  g_clear_handle_id (&self->spinner_timeout, g_source_remove);
  dex_clear (&self->loading);
  dex_clear (&self->adding);
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_PRODUCT_PAGE);
  g_clear_object (&self->variant);
  g_clear_object (&self->product);
  g_clear_object (&self->session);
  g_clear_pointer (&self->store_id, g_free);
  g_clear_pointer (&self->product_id, g_free);
  G_OBJECT_CLASS (mil_product_page_parent_class)->dispose (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, MilProductPage, child)

static void
bind_template (GtkWidgetClass *widget_class)
{
  BIND (header);
  BIND (stack);
  BIND (spinner);
  BIND (failed);
  BIND (heart);
  BIND (carousel);
  BIND (previous);
  BIND (next);
  BIND (dots);
  BIND (columns);
  BIND (gallery);
  BIND (column);
  BIND (title_label);
  BIND (store_button);
  BIND (store_label);
  BIND (home_price);
  BIND (price);
  BIND (variants);
  BIND (add_button);
  BIND (refund);
  BIND (refund_icon);
  BIND (refund_label);
  BIND (reasons);
  BIND (reasons_label);
  BIND (carry_row);
  BIND (carry_amount);
  BIND (ship_amount);
  BIND (description);
  BIND (bottom);
  BIND (bottom_price);
  BIND (bottom_button);
  gtk_widget_class_bind_template_callback (widget_class, heart_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, load_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
}

#undef BIND

static void
mil_product_page_class_init (MilProductPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_product_page_dispose;

  g_type_ensure (MIL_TYPE_HEADER);
  g_type_ensure (MIL_TYPE_SCENE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/shop/product-page.ui");
  bind_template (widget_class);
}

static void
mil_product_page_init (MilProductPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mil_product_page_new:
 * @session: where the product comes from
 * @store_id: which store sells it
 * @product_id: which product
 *
 * Makes the page, which starts to load the product at once.
 *
 * Returns: (transfer floating): a page to push
 */
AdwNavigationPage *
mil_product_page_new (MilSession *session, const char *store_id, const char *product_id)
{
  MilProductPage *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (store_id != NULL && product_id != NULL, NULL);

  self = g_object_new (MIL_TYPE_PRODUCT_PAGE, NULL);
  self->session = g_object_ref (session);
  self->store_id = g_strdup (store_id);
  self->product_id = g_strdup (product_id);
  load_cb (self);
  return ADW_NAVIGATION_PAGE (self);
}
