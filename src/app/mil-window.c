/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/mil-window.h"

#include <glib/gi18n.h>

#include "app/basket/mil-basket-view.h"
#include "app/first-run/mil-first-run-page.h"
#include "app/mil-focus-keeper.h"
#include "app/mil-focus.h"
#include "app/mil-toast.h"
#include "app/mil-trace.h"
#include "app/mil-wait.h"
#include "app/refunds/mil-refunds-page.h"
#include "app/refunds/mil-trip-dialog.h"
#include "app/shop/mil-shop-page.h"
#include "app/wallet/mil-wallet-page.h"
#include "app/widgets/mil-flight.h"

struct _MilWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay     *toasts;
  MilFlight           *flight;
  GtkStack            *root_stack;
  AdwOverlaySplitView *split;
  AdwViewStack        *places;
  AdwBin              *basket_bin;
  AdwBin              *shop_bin;
  AdwBin              *refunds_bin;
  AdwBin              *wallet_bin;

  /* Made when they are first shown: start-up pays for one place only. */
  MilBasketView  *basket;  /* (unowned) (nullable) */
  MilShopPage    *shop;    /* (unowned) (nullable) */
  MilRefundsPage *refunds; /* (unowned) (nullable) */
  MilWalletPage  *wallet;  /* (unowned) (nullable) */

  MilSession     *session;
  GSettings      *settings;
  DexFuture      *saving;
  MilFocusKeeper *keeper;
  GtkWidget      *left; /* (unowned) (nullable): where the keyboard was before it came to the basket */
  char           *banner;
  guint           basket_count;
  gboolean        basket_called; /* the keyboard goes to the basket once it is there */
  gboolean        narrow;
  gboolean        waiting;
  gboolean        painted;
};

G_DEFINE_FINAL_TYPE (MilWindow, mil_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_NARROW = 1,
  PROP_BASKET_COUNT,
  PROP_BANNER,
  PROP_WAITING,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const place_names[] = { "shop", "refunds", "wallet" };

static MilShopPage *
get_shop (MilWindow *self)
{
  if (self->shop == NULL)
    {
      self->shop = MIL_SHOP_PAGE (mil_shop_page_new ());
      mil_shop_page_set_session (self->shop, self->session);
      adw_bin_set_child (self->shop_bin, GTK_WIDGET (self->shop));
    }
  return self->shop;
}

static MilRefundsPage *
get_refunds (MilWindow *self)
{
  if (self->refunds == NULL)
    {
      self->refunds = g_object_new (MIL_TYPE_REFUNDS_PAGE, NULL);
      mil_refunds_page_set_session (self->refunds, self->session);
      adw_bin_set_child (self->refunds_bin, GTK_WIDGET (self->refunds));
    }
  return self->refunds;
}

static MilWalletPage *
get_wallet (MilWindow *self)
{
  if (self->wallet == NULL)
    {
      self->wallet = MIL_WALLET_PAGE (mil_wallet_page_new ());
      mil_wallet_page_set_session (self->wallet, self->session);
      adw_bin_set_child (self->wallet_bin, GTK_WIDGET (self->wallet));
    }
  return self->wallet;
}

static void
make_place (MilWindow *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->places);

  if (g_strcmp0 (name, "wallet") == 0)
    get_wallet (self);
  else if (g_strcmp0 (name, "refunds") == 0)
    get_refunds (self);
  else
    get_shop (self);
}

/* --- where the keyboard is -------------------------------------------------------------------- */

static gboolean
has_focus (MilWindow *self, GtkWidget *part)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus != NULL && part != NULL && (focus == part || gtk_widget_is_ancestor (focus, part));
}

/* Whether something lies over the places that has to be answered first. */
static gboolean
is_covered (MilWindow *self)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) != NULL
         || g_strcmp0 (gtk_stack_get_visible_child_name (self->root_stack), "main") != 0;
}

/* What was pressed elsewhere (a key, a row in the basket) leads into the place. */
static void
enter_place (MilWindow *self)
{
  GtkWidget *place = adw_view_stack_get_visible_child (self->places);

  if (!is_covered (self) && place != NULL && !has_focus (self, place))
    gtk_widget_child_focus (place, GTK_DIR_TAB_FORWARD);
}

/* What has not been laid out yet takes no focus: it is asked again with each frame. */
static gboolean
enter_basket_cb (GtkWidget *basket, GdkFrameClock *clock, gpointer data)
{
  MilWindow *self = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (!self->basket_called)
    return G_SOURCE_REMOVE;
  if (!is_covered (self) && !has_focus (self, basket))
    {
      g_set_weak_pointer (&self->left, focus);
      if (!gtk_widget_child_focus (basket, GTK_DIR_TAB_FORWARD))
        return G_SOURCE_CONTINUE;
    }
  self->basket_called = FALSE;
  return G_SOURCE_REMOVE;
}

static void
close_basket (MilWindow *self)
{
  gboolean had_focus = has_focus (self, GTK_WIDGET (self->basket_bin));

  self->basket_called = FALSE;
  adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
  if (had_focus && self->left != NULL && gtk_widget_get_mapped (self->left))
    gtk_widget_grab_focus (self->left);
  g_clear_weak_pointer (&self->left);
}

/* What is looked at takes the keyboard: a dialog, the basket if it lies over the rest, or the place. */
static void
focus_lost_cb (MilWindow *self)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));

  g_assert (MIL_IS_WINDOW (self));

  if (dialog != NULL)
    gtk_widget_child_focus (adw_dialog_get_child (dialog), GTK_DIR_TAB_FORWARD);
  else if (is_covered (self))
    gtk_widget_child_focus (gtk_stack_get_visible_child (self->root_stack), GTK_DIR_TAB_FORWARD);
  else if (adw_overlay_split_view_get_show_sidebar (self->split) && adw_overlay_split_view_get_collapsed (self->split))
    gtk_widget_child_focus (GTK_WIDGET (self->basket_bin), GTK_DIR_TAB_FORWARD);
  else
    enter_place (self);
}

static void
basket_mapped_cb (MilWindow *self)
{
  g_assert (MIL_IS_WINDOW (self));

  if (self->basket_called)
    gtk_widget_add_tick_callback (GTK_WIDGET (self->basket_bin), enter_basket_cb, self, NULL);
}

static void
basket_shown_cb (MilWindow *self)
{
  g_assert (MIL_IS_WINDOW (self));

  /* What a toast says of the basket is seen in it, and the toast lies over its button. */
  adw_toast_overlay_dismiss_all (self->toasts);
  if (self->basket != NULL || self->session == NULL)
    return;
  self->basket = MIL_BASKET_VIEW (mil_basket_view_new ());
  mil_basket_view_set_session (self->basket, self->session);
  adw_bin_set_child (self->basket_bin, GTK_WIDGET (self->basket));
}

/* Beside the basket there is room for toasts; over it they stand above its button and the bars below. */
static void
collapsed_cb (MilWindow *self)
{
  g_assert (MIL_IS_WINDOW (self));

  if (adw_overlay_split_view_get_collapsed (self->split))
    gtk_widget_add_css_class (GTK_WIDGET (self->toasts), "lifted");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->toasts), "lifted");
}

static void
place_changed_cb (MilWindow *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->places);

  g_assert (MIL_IS_WINDOW (self));

  if (self->settings == NULL || name == NULL)
    return;
  make_place (self);
  g_settings_set_string (self->settings, "last-place", name);
}

static void
show_place_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MilWindow *self = MIL_WINDOW (widget);

  if (is_covered (self))
    return;
  mil_window_show_place (self, g_variant_get_string (parameter, NULL));
  enter_place (self);
}

static void
basket_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MilWindow *self = MIL_WINDOW (widget);

  if (is_covered (self))
    return;
  self->basket_called = !adw_overlay_split_view_get_show_sidebar (self->split);
  if (self->basket_called)
    adw_overlay_split_view_set_show_sidebar (self->split, TRUE);
  else
    close_basket (self);
}

static void
search_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MilWindow *self = MIL_WINDOW (widget);

  if (is_covered (self))
    return;
  mil_window_show_place (self, "shop");
  mil_shop_page_search (get_shop (self));
}

/* The pages of what is looked at: of the place, unless the focus is among others. */
static AdwNavigationView *
find_pages (MilWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *pages = focus != NULL ? gtk_widget_get_ancestor (focus, ADW_TYPE_NAVIGATION_VIEW) : NULL;
  GtkWidget *place = adw_view_stack_get_visible_child (self->places);

  if (pages == NULL && ADW_IS_BIN (place))
    place = adw_bin_get_child (ADW_BIN (place));
  if (pages == NULL && ADW_IS_BIN (place))
    pages = adw_bin_get_child (ADW_BIN (place));
  return ADW_IS_NAVIGATION_VIEW (pages) ? ADW_NAVIGATION_VIEW (pages) : NULL;
}

static void
back_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  AdwNavigationView *pages = find_pages (MIL_WINDOW (widget));

  if (pages != NULL && !is_covered (MIL_WINDOW (widget)))
    adw_navigation_view_pop (pages);
}

static void
show_order_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MilWindow *self = MIL_WINDOW (widget);

  mil_window_show_place (self, "wallet");
  if (self->narrow)
    adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
  mil_wallet_page_show_order (get_wallet (self), g_variant_get_string (parameter, NULL));
  enter_place (self);
}

static void
show_claim_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MilWindow *self = MIL_WINDOW (widget);
  MilClaim  *claim = mil_session_find_claim (self->session, g_variant_get_string (parameter, NULL));

  if (claim == NULL)
    return;
  mil_window_show_place (self, "refunds");
  mil_refunds_page_show_claim (get_refunds (self), claim);
}

static void
show_receipt_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MilWindow *self = MIL_WINDOW (widget);

  mil_window_show_place (self, "refunds");
  gtk_widget_activate_action_variant (GTK_WIDGET (get_refunds (self)), "refunds.receipt", parameter);
}

static void
show_trip_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MilWindow  *self = MIL_WINDOW (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  MilTrip    *trip = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (mil_session_get_trips (self->session)); i++)
    {
      g_autoptr (MilTrip) candidate = g_list_model_get_item (mil_session_get_trips (self->session), i);

      if (g_str_equal (mil_trip_get_info (candidate)->id, id))
        trip = candidate;
    }
  if (trip == NULL)
    return;
  if (trip != mil_session_get_current_trip (self->session))
    mil_disown (mil_session_set_current_trip (self->session, trip), "choosing a trip");
  mil_window_show_place (self, "refunds");
  gtk_widget_activate_action (GTK_WIDGET (get_refunds (self)), "refunds.airport", NULL);
}

static void
plan_trip_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MilWindow *self = MIL_WINDOW (widget);

  mil_focus_present (ADW_DIALOG (mil_trip_dialog_new (self->session, NULL)), widget);
}

static void
scan_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MilWindow *self = MIL_WINDOW (widget);

  mil_window_show_place (self, "refunds");
  mil_refunds_page_scan (get_refunds (self));
}

static void
retry_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mil_session_retry (MIL_WINDOW (widget)->session);
}

static void
stop_waiting_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mil_session_stop_waiting_for_keyring (MIL_WINDOW (widget)->session);
}

static void
update_banner (MilWindow *self)
{
  MilKeyringState keyring = mil_session_get_keyring_state (self->session);
  GError         *problem = mil_session_get_problem (self->session);
  const char     *text = NULL;

  g_assert (MIL_IS_WINDOW (self));

  if (keyring == MIL_KEYRING_WAITING)
    text = _ ("Waiting for your keyring. Unlock it to pay and to claim.");
  else if (keyring == MIL_KEYRING_LOCKED || keyring == MIL_KEYRING_MISSING)
    text = _ ("Your keyring is not open. You can look around, but not pay or claim.");
  else if (problem != NULL)
    text = problem->message;
  if (self->waiting != (keyring == MIL_KEYRING_WAITING))
    {
      self->waiting = !self->waiting;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WAITING]);
    }
  if (g_set_str (&self->banner, text))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BANNER]);
}

/* A person must know that something of theirs is not shown; it is said until they have closed it. */
static void
tell_left_out (MilWindow *self)
{
  guint            n = mil_session_get_n_left_out (self->session);
  g_autofree char *text = NULL;
  AdwToast        *toast = NULL;

  g_assert (MIL_IS_WINDOW (self));

  if (n == 0)
    return;
  /* Translators: of receipts, claims, trips … on this device. */
  text = g_strdup_printf (
      ngettext ("%u entry on this device is damaged and not shown. It was left as it is.",
                "%u entries on this device are damaged and not shown. They were left as they are.",
                n),
      n);
  toast = mil_toast_new (text);
  adw_toast_set_timeout (toast, 0);
  mil_window_add_toast (self, toast);
}

static void
update_basket_count (MilWindow *self)
{
  guint count = (guint) MAX (0, mil_basket_get_n_pieces (mil_session_get_basket (self->session)));

  g_assert (MIL_IS_WINDOW (self));

  if (self->basket_count == count)
    return;
  self->basket_count = count;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BASKET_COUNT]);
}

static void
first_run_saved_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilWindow *self = MIL_WINDOW (object);

  if (error != NULL)
    mil_window_add_toast (self, mil_toast_new (error->message));
}

static void
first_run_started_cb (MilWindow *self, const char *country, const char *currency, gboolean demo_wallet)
{
  g_assert (MIL_IS_WINDOW (self));

  g_settings_set_string (self->settings, "home-country", country != NULL ? country : "");
  g_settings_set_string (self->settings, "home-currency", currency != NULL ? currency : "");
  g_settings_set_boolean (self->settings, "first-run-done", TRUE);
  gtk_stack_set_visible_child_name (self->root_stack, "main");
  dex_clear (&self->saving);
  self->saving = mil_wait (self, mil_session_complete_first_run (self->session, country, currency, demo_wallet), first_run_saved_cb, NULL);
}

static void
show_first_run (MilWindow *self)
{
  GtkWidget *page = mil_first_run_page_new (NULL);

  g_signal_connect_object (page, "started", G_CALLBACK (first_run_started_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->root_stack, page, "first-run");
  gtk_stack_set_visible_child_name (self->root_stack, "first-run");
}

static void
remember_size (MilWindow *self)
{
  int width = 0;
  int height = 0;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (!gtk_window_is_maximized (GTK_WINDOW (self)) && !gtk_window_is_fullscreen (GTK_WINDOW (self)))
    {
      g_settings_set_int (self->settings, "window-width", MAX (width, 360));
      g_settings_set_int (self->settings, "window-height", MAX (height, 294));
    }
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

static gboolean
mil_window_close_request (GtkWindow *window)
{
  remember_size (MIL_WINDOW (window));
  return GTK_WINDOW_CLASS (mil_window_parent_class)->close_request (window);
}

static gboolean
start_session_cb (gpointer data)
{
  MilWindow *self = MIL_WINDOW (data);

  g_signal_emit (self, signals[READY], 0);
  /* The bench measures the page after it. */
  if (g_getenv ("MIL_BENCH_FIRST_RUN") != NULL && !g_settings_get_boolean (self->settings, "first-run-done"))
    first_run_started_cb (self, "CN", "CNY", TRUE);
  return G_SOURCE_REMOVE;
}

static void
after_paint_cb (MilWindow *self, GdkFrameClock *clock)
{
  g_assert (MIL_IS_WINDOW (self));

  g_signal_handlers_disconnect_by_func (clock, after_paint_cb, self);
  if (self->painted)
    return;
  self->painted = TRUE;
  mil_trace ("first-frame");
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, start_session_cb, g_object_ref (self), g_object_unref);
}

static void
mil_window_map (GtkWidget *widget)
{
  MilWindow *self = MIL_WINDOW (widget);

  GTK_WIDGET_CLASS (mil_window_parent_class)->map (widget);
  if (!self->painted)
    g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (after_paint_cb), self, G_CONNECT_SWAPPED);
}

static void
restore_state (MilWindow *self)
{
  g_autofree char *place = g_settings_get_string (self->settings, "last-place");

  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  mil_window_show_place (self, place);
  make_place (self);
  if (!g_settings_get_boolean (self->settings, "first-run-done"))
    show_first_run (self);
}

static void
watch_session (MilWindow *self)
{
  MilBasket *basket = mil_session_get_basket (self->session);

  g_signal_connect_object (basket, "notify::n-pieces", G_CALLBACK (update_basket_count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::problem", G_CALLBACK (update_banner), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::keyring-state", G_CALLBACK (update_banner), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::loaded", G_CALLBACK (tell_left_out), self, G_CONNECT_SWAPPED);
  update_basket_count (self);
  tell_left_out (self);
}

static void
mil_window_dispose (GObject *object)
{
  MilWindow *self = MIL_WINDOW (object);

  dex_clear (&self->saving);
  g_clear_object (&self->keeper);
  g_clear_weak_pointer (&self->left);
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_WINDOW);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->banner, g_free);
  G_OBJECT_CLASS (mil_window_parent_class)->dispose (object);
}

static void
mil_window_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilWindow *self = MIL_WINDOW (object);

  switch (prop_id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_BASKET_COUNT:
      g_value_set_uint (value, self->basket_count);
      break;
    case PROP_BANNER:
      g_value_set_string (value, self->banner);
      break;
    case PROP_WAITING:
      g_value_set_boolean (value, self->waiting);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_window_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MilWindow *self = MIL_WINDOW (object);

  switch (prop_id)
    {
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        break;
      self->narrow = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  /**
   * MilWindow:narrow:
   *
   * Whether there is room for one column only. Set by a breakpoint.
   */
  props[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * MilWindow:basket-count:
   *
   * How many pieces lie in the basket.
   */
  props[PROP_BASKET_COUNT] = g_param_spec_uint ("basket-count", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * MilWindow:banner:
   *
   * A state that every page shows below its header (offline, keyring), or %NULL.
   */
  props[PROP_BANNER] = g_param_spec_string ("banner", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * MilWindow:waiting:
   *
   * Whether the banner is about something that the person can stop waiting for.
   */
  props[PROP_WAITING] = g_param_spec_boolean ("waiting", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.basket", NULL, basket_action);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.place", "s", show_place_action);
  gtk_widget_class_install_action (widget_class, "win.order", "s", show_order_action);
  gtk_widget_class_install_action (widget_class, "win.claim", "s", show_claim_action);
  gtk_widget_class_install_action (widget_class, "win.receipt", "s", show_receipt_action);
  gtk_widget_class_install_action (widget_class, "win.trip", "s", show_trip_action);
  gtk_widget_class_install_action (widget_class, "win.plan-trip", NULL, plan_trip_action);
  gtk_widget_class_install_action (widget_class, "win.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "win.scan", NULL, scan_action);
  gtk_widget_class_install_action (widget_class, "win.stop-waiting", NULL, stop_waiting_action);
}

static void
mil_window_class_init (MilWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mil_window_dispose;
  object_class->get_property = mil_window_get_property;
  object_class->set_property = mil_window_set_property;
  widget_class->map = mil_window_map;
  GTK_WINDOW_CLASS (klass)->close_request = mil_window_close_request;

  install_properties (object_class);
  install_actions (widget_class);

  /**
   * MilWindow::ready:
   *
   * The first frame has been painted: now is the time for work.
   */
  signals[READY] = g_signal_new ("ready", MIL_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MIL_TYPE_FLIGHT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, MilWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, MilWindow, flight);
  gtk_widget_class_bind_template_child (widget_class, MilWindow, root_stack);
  gtk_widget_class_bind_template_child (widget_class, MilWindow, split);
  gtk_widget_class_bind_template_child (widget_class, MilWindow, places);
  gtk_widget_class_bind_template_child (widget_class, MilWindow, basket_bin);
  gtk_widget_class_bind_template_child (widget_class, MilWindow, shop_bin);
  gtk_widget_class_bind_template_child (widget_class, MilWindow, refunds_bin);
  gtk_widget_class_bind_template_child (widget_class, MilWindow, wallet_bin);
  gtk_widget_class_bind_template_callback (widget_class, place_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, basket_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, basket_mapped_cb);
  gtk_widget_class_bind_template_callback (widget_class, collapsed_cb);
}

static void
mil_window_init (MilWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->keeper = mil_focus_keeper_new (GTK_WINDOW (self));
  g_signal_connect_object (self->keeper, "lost", G_CALLBACK (focus_lost_cb), self, G_CONNECT_SWAPPED);
}

/**
 * mil_window_new:
 * @application: the program
 * @session: what the window shows; it need not be started yet
 * @settings: where the window's size and place are remembered
 *
 * Makes the window. It does no work that waits: after its first frame it emits `ready`, upon which
 * the session is to be started.
 *
 * Returns: (transfer floating): the window, not presented yet
 */
MilWindow *
mil_window_new (GtkApplication *application, MilSession *session, GSettings *settings)
{
  MilWindow *self = NULL;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (MIL_TYPE_WINDOW, "application", application, NULL);
  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  restore_state (self);
  watch_session (self);
  return self;
}

/**
 * mil_window_get_places:
 * @self: a window
 *
 * Returns: (transfer none): the stack of the three places
 */
AdwViewStack *
mil_window_get_places (MilWindow *self)
{
  g_return_val_if_fail (MIL_IS_WINDOW (self), NULL);

  return self->places;
}

/**
 * mil_window_show_place:
 * @self: a window
 * @place: "shop", "refunds" or "wallet"
 *
 * Goes to a place.
 */
void
mil_window_show_place (MilWindow *self, const char *place)
{
  g_return_if_fail (MIL_IS_WINDOW (self));

  for (guint i = 0; i < G_N_ELEMENTS (place_names); i++)
    if (g_strcmp0 (place, place_names[i]) == 0)
      adw_view_stack_set_visible_child_name (self->places, place);
}

/**
 * mil_window_add_toast:
 * @self: a window
 * @toast: (transfer full): what to say
 *
 * Says that something was done.
 */
void
mil_window_add_toast (MilWindow *self, AdwToast *toast)
{
  g_return_if_fail (MIL_IS_WINDOW (self));
  g_return_if_fail (ADW_IS_TOAST (toast));

  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * mil_window_fly:
 * @self: a window
 * @from: whose likeness flies
 * @to: where it goes
 *
 * Shows where something went, for people who have not turned animations off.
 */
void
mil_window_fly (MilWindow *self, GtkWidget *from, GtkWidget *to)
{
  g_return_if_fail (MIL_IS_WINDOW (self));

  mil_flight_start (self->flight, from, to);
}
