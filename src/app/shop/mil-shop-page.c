/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/shop/mil-shop-page.h"

#include <glib/gi18n.h>

#include "app/mil-trace.h"
#include "app/shop/mil-banner.h"
#include "app/shop/mil-category.h"
#include "app/shop/mil-chip-bar.h"
#include "app/shop/mil-product-card.h"
#include "app/shop/mil-product-page.h"
#include "app/shop/mil-skeleton.h"
#include "app/widgets/mil-header.h"
#include "app/widgets/mil-scene.h"
#include "app/widgets/mil-shelf.h"
#include "app/widgets/mil-trip-chip.h"
#include "base/mil-country.h"

#define MARCO_POLO "marco-polo"

struct _MilShopPage
{
  AdwBin parent_instance;

  AdwNavigationView *nav;
  MilTripChip       *trip_chip;
  GtkSearchBar      *search_bar;
  GtkWidget         *search_button;
  GtkSearchEntry    *search_entry;
  GtkScrolledWindow *scroller;
  GtkWidget         *banners;
  AdwCarousel       *carousel;
  MilChipBar        *countries;
  MilChipBar        *categories;
  GtkMenuButton     *store_button;
  GtkPopover        *store_popover;
  GtkListBox        *store_list;
  GtkStack          *state;
  MilScene          *failed;
  GtkGridView       *grid;

  MilSession        *session;
  MilCatalogueQuery *query;
  char              *store;     /* (nullable): id of the one store that is shown */
  gboolean           programme; /* only stores of the Marco Polo programme */
  gboolean           painted;
  gboolean           to_top; /* other products are on their way, and are shown from the first on */
  guint              columns;
  guint              more_banners;
};

G_DEFINE_FINAL_TYPE (MilShopPage, mil_shop_page, ADW_TYPE_BIN)

enum
{
  PROP_COLUMNS = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* --- what is shown --------------------------------------------------------------------------- */

static void
scroll_to_top (MilShopPage *self)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static void
update_state (MilShopPage *self)
{
  MilPagedList *list = MIL_PAGED_LIST (self->query);
  guint         n_items = g_list_model_get_n_items (G_LIST_MODEL (list));
  GError       *error = mil_paged_list_get_error (list);
  gboolean      empty = FALSE;

  g_assert (MIL_IS_SHOP_PAGE (self));

  g_object_get (list, "empty", &empty, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->state), n_items == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->grid), n_items > 0);
  if (n_items > 0 && !self->painted)
    {
      self->painted = TRUE;
      mil_trace_after_paint (GTK_WIDGET (self->grid), "grid-painted");
    }
  if (self->to_top)
    {
      scroll_to_top (self);
      self->to_top = mil_paged_list_is_loading (list);
    }
  if (error != NULL && !mil_paged_list_is_loading (list))
    {
      g_object_set (self->failed, "description", error->message, NULL);
      gtk_stack_set_visible_child_name (self->state, "failed");
    }
  else
    {
      gtk_stack_set_visible_child_name (self->state, empty ? "nothing" : "loading");
    }
}

static GStrv
wanted_stores (MilShopPage *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GListModel *stores = mil_session_get_stores (self->session);

  if (self->store != NULL)
    return g_strdupv ((char *[]) { self->store, NULL });
  if (!self->programme)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (stores); i++)
    {
      g_autoptr (MilStore) store = g_list_model_get_item (stores, i);
      const MilStoreInfo *info = mil_store_get_info (store);

      if (g_strcmp0 (info->programme, MARCO_POLO) == 0)
        g_strv_builder_add (builder, info->id);
    }
  return g_strv_builder_end (builder);
}

static void
update_store_button (MilShopPage *self)
{
  MilStore   *store = self->store != NULL ? mil_session_find_store (self->session, self->store) : NULL;
  const char *label = _ ("All stores");

  if (store != NULL)
    label = mil_store_get_info (store)->name;
  else if (self->programme)
    label = _ ("Marco Polo makers");
  gtk_menu_button_set_label (self->store_button, label);
  if (store != NULL || self->programme)
    gtk_widget_add_css_class (GTK_WIDGET (self->store_button), "chosen");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->store_button), "chosen");
}

static void
apply_filters (MilShopPage *self)
{
  g_auto (GStrv) countries = mil_chip_bar_get_active (self->countries);
  g_auto (GStrv) categories = mil_chip_bar_get_active (self->categories);
  g_auto (GStrv) stores = wanted_stores (self);

  g_assert (MIL_IS_SHOP_PAGE (self));

  self->to_top = TRUE;
  mil_catalogue_query_set_countries (self->query, (const char *const *) countries);
  mil_catalogue_query_set_categories (self->query, (const char *const *) categories);
  mil_catalogue_query_set_stores (self->query, (const char *const *) stores);
  update_state (self);
  update_store_button (self);
}

static void
choose_store (MilShopPage *self, const char *store_id, gboolean programme)
{
  g_set_str (&self->store, store_id);
  self->programme = programme;
  apply_filters (self);
}

/* --- stores ---------------------------------------------------------------------------------- */

static int
compare_countries_cb (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (mil_country_name (*(const char **) a), mil_country_name (*(const char **) b));
}

static void
fill_countries (MilShopPage *self, GHashTable *codes)
{
  g_autoptr (GPtrArray) values = g_hash_table_get_keys_as_ptr_array (codes);
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  g_auto (GStrv) built = NULL;

  g_ptr_array_sort (values, compare_countries_cb);
  for (guint i = 0; i < values->len; i++)
    {
      const char      *code = g_ptr_array_index (values, i);
      g_autofree char *flag = mil_country_flag (code);
      g_autofree char *label = g_strdup_printf ("%s  %s", flag, mil_country_name (code));

      g_strv_builder_add (labels, label);
    }
  g_ptr_array_add (values, NULL);
  built = g_strv_builder_end (labels);
  mil_chip_bar_set_chips (self->countries, (const char *const *) values->pdata, (const char *const *) built);
}

static void
fill_categories (MilShopPage *self, GStrv slugs)
{
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  g_auto (GStrv) built = NULL;

  for (gsize i = 0; slugs[i] != NULL; i++)
    {
      g_autofree char *label = mil_category_name (slugs[i]);

      g_strv_builder_add (labels, label);
    }
  built = g_strv_builder_end (labels);
  mil_chip_bar_set_chips (self->categories, (const char *const *) slugs, (const char *const *) built);
}

static void
stores_changed_cb (MilShopPage *self)
{
  GListModel *stores = mil_session_get_stores (self->session);
  g_autoptr (GHashTable) countries = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStrvBuilder) categories = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) slugs = NULL;

  g_assert (MIL_IS_SHOP_PAGE (self));

  for (guint i = 0; i < g_list_model_get_n_items (stores); i++)
    {
      g_autoptr (MilStore) store = g_list_model_get_item (stores, i);
      const MilStoreInfo *info = mil_store_get_info (store);

      g_hash_table_add (countries, info->country);
      for (gsize j = 0; info->categories != NULL && info->categories[j] != NULL; j++)
        if (g_hash_table_add (seen, info->categories[j]))
          g_strv_builder_add (categories, info->categories[j]);
    }
  slugs = g_strv_builder_end (categories);
  gtk_widget_set_visible (GTK_WIDGET (self->store_button), g_list_model_get_n_items (stores) > 0);
  fill_countries (self, countries);
  fill_categories (self, slugs);
  if (self->programme)
    apply_filters (self);
}

static GtkWidget *
make_store_row (gpointer item, gpointer data)
{
  const MilStoreInfo *info = mil_store_get_info (MIL_STORE (item));
  g_autofree char    *flag = mil_country_flag (info->country);
  g_autofree char    *text = g_strdup_printf ("%s  %s", flag, info->name);
  GtkWidget          *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

static void
store_activated_cb (MilShopPage *self, GtkListBoxRow *row)
{
  g_autoptr (MilStore) store = NULL;
  const char *id = NULL;

  g_assert (MIL_IS_SHOP_PAGE (self));

  gtk_popover_popdown (self->store_popover);
  store = g_list_model_get_item (mil_session_get_stores (self->session), (guint) gtk_list_box_row_get_index (row));
  if (store == NULL)
    return;
  id = mil_store_get_info (store)->id;
  /* Choosing it again shows all. */
  choose_store (self, g_strcmp0 (id, self->store) == 0 ? NULL : id, FALSE);
}

/* --- what the person does -------------------------------------------------------------------- */

static void
search_changed_cb (MilShopPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  g_assert (MIL_IS_SHOP_PAGE (self));

  if (self->query == NULL)
    return;
  gtk_widget_set_visible (self->banners, text[0] == '\0');
  self->to_top = TRUE;
  mil_catalogue_query_set_text (self->query, text);
  update_state (self);
}

static void
search_stopped_cb (MilShopPage *self)
{
  g_assert (MIL_IS_SHOP_PAGE (self));

  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  /* The entry goes, and the keyboard with it. */
  gtk_widget_grab_focus (self->search_button);
}

static void
search_mode_cb (MilShopPage *self)
{
  g_assert (MIL_IS_SHOP_PAGE (self));

  if (!gtk_search_bar_get_search_mode (self->search_bar))
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
}

static void
filter_changed_cb (MilShopPage *self)
{
  g_assert (MIL_IS_SHOP_PAGE (self));

  apply_filters (self);
}

static void
show_everything_cb (MilShopPage *self)
{
  g_assert (MIL_IS_SHOP_PAGE (self));

  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  mil_chip_bar_set_active (self->countries, NULL);
  mil_chip_bar_set_active (self->categories, NULL);
  choose_store (self, NULL, FALSE);
}

static void
retry_cb (MilShopPage *self)
{
  g_assert (MIL_IS_SHOP_PAGE (self));

  mil_session_retry (self->session);
  mil_paged_list_retry (MIL_PAGED_LIST (self->query));
}

static void
product_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  const char *store_id = NULL;
  const char *product_id = NULL;

  g_variant_get (parameter, "(&s&s)", &store_id, &product_id);
  mil_shop_page_open_product (MIL_SHOP_PAGE (widget), store_id, product_id);
}

static void
programme_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MilShopPage *self = MIL_SHOP_PAGE (widget);

  choose_store (self, NULL, !self->programme);
}

static void
store_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MilShopPage *self = MIL_SHOP_PAGE (widget);

  adw_navigation_view_pop_to_tag (self->nav, "catalogue");
  choose_store (self, g_variant_get_string (parameter, NULL), FALSE);
}

static void
category_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MilShopPage *self = MIL_SHOP_PAGE (widget);

  mil_chip_bar_set_active (self->categories, (const char *[]) { g_variant_get_string (parameter, NULL), NULL });
  apply_filters (self);
}

/* --- the grid -------------------------------------------------------------------------------- */

static void
setup_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *cell, MilShopPage *self)
{
  g_assert (GTK_IS_LIST_ITEM (cell));

  /* The card is the button: the cell around it takes neither focus nor clicks. */
  gtk_list_item_set_activatable (cell, FALSE);
  gtk_list_item_set_selectable (cell, FALSE);
  gtk_list_item_set_focusable (cell, FALSE);
  gtk_list_item_set_child (cell, mil_product_card_new ());
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *cell, MilShopPage *self)
{
  MilProductItem *item = gtk_list_item_get_item (cell);

  g_assert (MIL_IS_SHOP_PAGE (self));

  mil_product_card_bind (MIL_PRODUCT_CARD (gtk_list_item_get_child (cell)), self->session, item);
  gtk_list_item_set_accessible_label (cell, mil_product_item_get_info (item)->title);
}

static void
unbind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *cell, MilShopPage *self)
{
  g_assert (GTK_IS_LIST_ITEM (cell));

  mil_product_card_unbind (MIL_PRODUCT_CARD (gtk_list_item_get_child (cell)));
}

static void
set_up_grid (MilShopPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cell_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cell_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cell_cb), self, 0);
  gtk_grid_view_set_factory (self->grid, factory);
}

static void
set_columns (MilShopPage *self, guint columns)
{
  if (self->columns == columns)
    return;
  self->columns = columns;
  gtk_grid_view_set_min_columns (self->grid, 1);
  gtk_grid_view_set_max_columns (self->grid, columns);
  gtk_grid_view_set_min_columns (self->grid, columns);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COLUMNS]);
}

/* The Tab key comes to those too that are out of sight. */
static void
banner_entered_cb (MilShopPage *self, GtkEventController *focus)
{
  g_assert (MIL_IS_SHOP_PAGE (self));

  adw_carousel_scroll_to (self->carousel, gtk_event_controller_get_widget (focus), TRUE);
}

static void
append_banner (MilShopPage *self, MilContourStyle style, const char *picture, const char *title, const char *text, const char *action)
{
  GtkWidget          *banner = mil_banner_new (style, picture, title, text, action);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "enter", G_CALLBACK (banner_entered_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (banner, focus);
  adw_carousel_append (self->carousel, banner);
}

/* The first frame shows one banner; the others can wait until it is painted. */
static gboolean
more_banners_cb (gpointer data)
{
  MilShopPage *self = MIL_SHOP_PAGE (data);

  self->more_banners = 0;
  append_banner (self,
                 MIL_CONTOURS_SAFFRON,
                 "november-sale",
                 C_ ("banner", "Gifts from November's stoves"),
                 C_ ("banner", "Oil, chocolate and remedies that travel well."),
                 "shop.category::food");
  append_banner (self,
                 MIL_CONTOURS_DUSK,
                 "tax-back",
                 C_ ("banner", "The tax sails home with you"),
                 C_ ("banner", "Keep your receipts: see what comes back."),
                 "win.place::refunds");
  return G_SOURCE_REMOVE;
}

static void
set_up_banners (MilShopPage *self)
{
  append_banner (self,
                 MIL_CONTOURS_LAGOON,
                 "marco-polo",
                 C_ ("banner", "The Marco Polo makers"),
                 C_ ("banner", "Small workshops, straight to your suitcase."),
                 "shop.programme");
  self->more_banners = g_timeout_add_full (G_PRIORITY_LOW, 1500, more_banners_cb, self, NULL);
}

/* --- the object ------------------------------------------------------------------------------ */

static void
mil_shop_page_dispose (GObject *object)
{
  MilShopPage *self = MIL_SHOP_PAGE (object);

  g_clear_handle_id (&self->more_banners, g_source_remove);
  if (self->query != NULL)
    g_signal_handlers_disconnect_by_data (self->query, self);
  if (self->store_list != NULL)
    gtk_list_box_bind_model (self->store_list, NULL, NULL, NULL, NULL);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_SHOP_PAGE);
  g_clear_object (&self->query);
  g_clear_object (&self->session);
  g_clear_pointer (&self->store, g_free);
  G_OBJECT_CLASS (mil_shop_page_parent_class)->dispose (object);
}

static void
mil_shop_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_COLUMNS:
      g_value_set_uint (value, MIL_SHOP_PAGE (object)->columns);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_shop_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_COLUMNS:
      set_columns (MIL_SHOP_PAGE (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MilShopPage, nav);
  gtk_widget_class_bind_template_child (widget_class, MilShopPage, trip_chip);
  gtk_widget_class_bind_template_child (widget_class, MilShopPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, MilShopPage, search_button);
  gtk_widget_class_bind_template_child (widget_class, MilShopPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, MilShopPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, MilShopPage, banners);
  gtk_widget_class_bind_template_child (widget_class, MilShopPage, carousel);
  gtk_widget_class_bind_template_child (widget_class, MilShopPage, countries);
  gtk_widget_class_bind_template_child (widget_class, MilShopPage, categories);
  gtk_widget_class_bind_template_child (widget_class, MilShopPage, store_button);
  gtk_widget_class_bind_template_child (widget_class, MilShopPage, store_popover);
  gtk_widget_class_bind_template_child (widget_class, MilShopPage, store_list);
  gtk_widget_class_bind_template_child (widget_class, MilShopPage, state);
  gtk_widget_class_bind_template_child (widget_class, MilShopPage, failed);
  gtk_widget_class_bind_template_child (widget_class, MilShopPage, grid);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_mode_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_everything_cb);
  gtk_widget_class_bind_template_callback (widget_class, store_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
}

static void
mil_shop_page_class_init (MilShopPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mil_shop_page_dispose;
  object_class->get_property = mil_shop_page_get_property;
  object_class->set_property = mil_shop_page_set_property;

  /**
   * MilShopPage:columns:
   *
   * How many cards stand in a row. Set by breakpoints; GTK keeps 32 rows of cells alive, so this also
   * bounds memory.
   */
  props[PROP_COLUMNS] = g_param_spec_uint ("columns", NULL, NULL, 1, 12, 8, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_install_action (widget_class, "shop.product", "(ss)", product_action);
  gtk_widget_class_install_action (widget_class, "shop.programme", NULL, programme_action);
  gtk_widget_class_install_action (widget_class, "shop.store", "s", store_action);
  gtk_widget_class_install_action (widget_class, "shop.category", "s", category_action);

  g_type_ensure (MIL_TYPE_HEADER);
  g_type_ensure (MIL_TYPE_TRIP_CHIP);
  g_type_ensure (MIL_TYPE_SHELF);
  g_type_ensure (MIL_TYPE_CHIP_BAR);
  g_type_ensure (MIL_TYPE_SKELETON);
  g_type_ensure (MIL_TYPE_SCENE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/shop/shop-page.ui");
  bind_template (widget_class);
}

static void
mil_shop_page_init (MilShopPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self->scroller));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  set_columns (self, 8);
  set_up_grid (self);
  set_up_banners (self);
  gtk_widget_set_visible (GTK_WIDGET (self->grid), FALSE);
}

/**
 * mil_shop_page_new:
 *
 * Returns: (transfer floating): a shop that shows grey cards until it has a session
 */
GtkWidget *
mil_shop_page_new (void)
{
  return g_object_new (MIL_TYPE_SHOP_PAGE, NULL);
}

/**
 * mil_shop_page_set_session:
 * @self: the shop
 * @session: what it sells; it need not be started yet
 *
 * To be called once.
 */
void
mil_shop_page_set_session (MilShopPage *self, MilSession *session)
{
  g_autoptr (GtkNoSelection) selection = NULL;
  GListModel *stores = NULL;

  g_return_if_fail (MIL_IS_SHOP_PAGE (self));
  g_return_if_fail (MIL_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  stores = mil_session_get_stores (session);
  mil_trip_chip_set_session (self->trip_chip, session);
  g_signal_connect_object (stores, "items-changed", G_CALLBACK (stores_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->store_list, stores, make_store_row, NULL, NULL);

  self->query = mil_session_create_query (session);
  g_signal_connect_object (self->query, "items-changed", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->query, "notify", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->query)));
  gtk_grid_view_set_model (self->grid, GTK_SELECTION_MODEL (selection));
  stores_changed_cb (self);
  update_state (self);
}

/**
 * mil_shop_page_search:
 * @self: the shop
 *
 * Goes to the grid and puts the caret into the search entry.
 */
void
mil_shop_page_search (MilShopPage *self)
{
  g_return_if_fail (MIL_IS_SHOP_PAGE (self));

  adw_navigation_view_pop_to_tag (self->nav, "catalogue");
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/**
 * mil_shop_page_open_product:
 * @self: the shop
 * @store_id: which store sells it
 * @product_id: which product
 *
 * Pushes the page of a product.
 */
void
mil_shop_page_open_product (MilShopPage *self, const char *store_id, const char *product_id)
{
  g_return_if_fail (MIL_IS_SHOP_PAGE (self));
  g_return_if_fail (store_id != NULL && product_id != NULL);

  adw_navigation_view_push (self->nav, mil_product_page_new (self->session, store_id, product_id));
}
