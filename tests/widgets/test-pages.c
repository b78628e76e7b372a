/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "app/basket/mil-basket-row.h"
#include "app/basket/mil-basket-view.h"
#include "app/basket/mil-checkout-page.h"
#include "app/mil-focus-keeper.h"
#include "app/mil-focus.h"
#include "app/mil-kiosk.h"
#include "app/mil-toast.h"
#include "app/mil-window.h"
#include "app/shop/mil-product-card.h"
#include "app/shop/mil-product-page.h"
#include "app/shop/mil-shop-page.h"
#include "app/wallet/mil-card-fan.h"
#include "app/wallet/mil-entry-row.h"
#include "app/wallet/mil-order-page.h"
#include "app/wallet/mil-wallet-card.h"
#include "app/wallet/mil-wallet-page.h"
#include "app/widgets/mil-header.h"
#include "app/widgets/mil-scene.h"
#include "mil-widget-test.h"

/* A session that was never started: its lists are there, and empty. */
static MilSession *
make_session (void)
{
  g_autofree char *home = g_dir_make_tmp ("mil-widgets-XXXXXX", NULL);
  g_autoptr (MilSecrets) secrets = mil_secrets_new_memory ();

  return mil_session_new (&(MilSessionOptions) {
      .data_dir = home,
      .cache_dir = home,
      .runtime_dir = home,
      .secrets = secrets,
      .service_address = "unix:/nowhere/there/is/nothing",
      .ephemeral = TRUE,
  });
}

static MilProductItem *
make_item (MilMoney refund)
{
  return mil_product_item_new (&(MilProductItemInfo) {
      .id = "carafe",
      .variant_id = "carafe",
      .title = "Hand-painted carafe",
      .store_id = "lume",
      .store_name = "Bottega Lume",
      .country = "IT",
      .price = mil_money (6300, "EUR"),
      .home_price = mil_money (49200, "CNY"),
      .available = TRUE,
      .refund = refund,
  });
}

static void
opened_cb (GSimpleAction *action, GVariant *parameter, char **opened)
{
  g_variant_get (parameter, "(ss)", NULL, opened);
}

/* One button with one spoken label, whose press opens the product. */
static void
test_card (void)
{
  g_autoptr (MilSession) session = make_session ();
  g_autoptr (MilProductItem) item = make_item (mil_money (850, "EUR"));
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("product", G_VARIANT_TYPE ("(ss)"));
  g_autofree char *opened = NULL;
  GtkWidget       *card = mil_product_card_new ();
  GtkWindow       *window = mil_widget_test_show (card, 260, 400);
  GtkWidget       *button = mil_widget_test_find (card, GTK_TYPE_BUTTON);

  g_signal_connect (action, "activate", G_CALLBACK (opened_cb), &opened);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
  gtk_widget_insert_action_group (GTK_WIDGET (window), "shop", G_ACTION_GROUP (actions));
  mil_product_card_bind (MIL_PRODUCT_CARD (card), session, item);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, "Hand-painted carafe, Bottega Lume · Italy, CN¥492.00, €63.00, €8.50 back");
  gtk_widget_activate (button);
  mil_widget_test_wait (300);
  g_assert_cmpstr (opened, ==, "carafe");
  mil_product_card_unbind (MIL_PRODUCT_CARD (card));
  mil_widget_test_finish (window, card);
}

/* No promise where nothing comes back. */
static void
test_card_without_refund (void)
{
  g_autoptr (MilSession) session = make_session ();
  g_autoptr (MilProductItem) item = make_item ((MilMoney) { 0 });
  GtkWidget *card = mil_product_card_new ();
  GtkWindow *window = mil_widget_test_show (card, 260, 400);

  mil_product_card_bind (MIL_PRODUCT_CARD (card), session, item);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (mil_widget_test_find (card, GTK_TYPE_BUTTON)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Hand-painted carafe, Bottega Lume · Italy, CN¥492.00, €63.00");
  mil_widget_test_finish (window, card);
}

static void
test_basket_row (void)
{
  g_autoptr (MilSession) session = make_session ();
  g_autoptr (MilBasketLine) line = mil_basket_line_new (&(MilBasketLineInfo) {
      .id = "carafe",
      .product_id = "carafe",
      .title = "Carafe",
      .store_id = "lume",
      .store_name = "Bottega Lume",
      .country = "IT",
      .price = mil_money (6300, "EUR"),
      .quantity = 2,
      .total = mil_money (12600, "EUR"),
  });
  GtkWidget *row = mil_basket_row_new (session, line);
  GtkWidget *list = gtk_list_box_new ();
  GtkWindow *window = NULL;

  gtk_list_box_append (GTK_LIST_BOX (list), row);
  window = mil_widget_test_show (list, 360, 200);

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (mil_widget_test_find (row, GTK_TYPE_BUTTON)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "One less: Carafe");
  mil_widget_test_finish (window, row);
}

static MilWallet *
make_wallet (const char *id)
{
  g_autoptr (GListStore) balances = g_list_store_new (MIL_TYPE_BALANCE);
  g_autoptr (MilBalance) balance = mil_balance_new (&(MilBalanceInfo) {
      .id = "EUR",
      .available = mil_money (12345, "EUR"),
      .held = mil_money (0, "EUR"),
  });

  g_list_store_append (balances, balance);
  return mil_wallet_new (&(MilWalletInfo) {
      .id = (char *) id,
      .name = "Purse",
      .kind = "demo",
      .last4 = "4821",
      .balances = balances,
      .home_total = mil_money (12345, "EUR"),
  });
}

static void
selected_cb (MilCardFan *fan, guint *count)
{
  (*count)++;
}

static void
test_wallet_cards (void)
{
  g_autoptr (GListStore) wallets = g_list_store_new (MIL_TYPE_WALLET);
  g_autoptr (MilWallet) first = make_wallet ("one");
  g_autoptr (MilWallet) second = make_wallet ("two");
  GtkWidget *fan = mil_card_fan_new ();
  GtkWindow *window = mil_widget_test_show (fan, 420, 400);
  guint      count = 0;

  g_list_store_append (wallets, first);
  g_list_store_append (wallets, second);
  mil_card_fan_set_wallets (MIL_CARD_FAN (fan), G_LIST_MODEL (wallets));
  g_signal_connect (fan, "selected", G_CALLBACK (selected_cb), &count);
  g_assert_true (mil_card_fan_get_wallet (MIL_CARD_FAN (fan)) == first);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (mil_widget_test_find (fan, GTK_TYPE_BUTTON)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Wallet Purse, ending in 4821, €123.45");
  /* The card at the back is the first child. */
  gtk_widget_activate (mil_widget_test_find (fan, GTK_TYPE_BUTTON));
  mil_widget_test_wait (500);
  g_assert_cmpuint (count, ==, 1);
  g_assert_true (mil_card_fan_get_wallet (MIL_CARD_FAN (fan)) == second);
  mil_widget_test_finish (window, fan);
}

static void
test_entry (void)
{
  g_autoptr (MilWalletEntry) entry = mil_wallet_entry_new (&(MilWalletEntryInfo) {
      .id = "e",
      .kind = "refund",
      .title = "Bottega Lume",
      .amount = mil_money (850, "EUR"),
      .day = { 2026, 5, 14 },
  });
  GtkWidget *row = mil_entry_row_new ();
  GtkWindow *window = mil_widget_test_show (row, 400, 200);

  mil_entry_row_bind (MIL_ENTRY_ROW (row), entry, TRUE);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (mil_widget_test_find (row, GTK_TYPE_BUTTON)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Bottega Lume, Tax refund, \u2068+€8.50\u2069, 14 May 2026");
  g_assert_true (mil_entry_row_get_entry (MIL_ENTRY_ROW (row)) == entry);
  /* What was reserved is not told again once it is paid. */
  mil_entry_row_set_settled (MIL_ENTRY_ROW (row), TRUE);
  g_assert_false (gtk_widget_get_visible (mil_widget_test_find (row, GTK_TYPE_BUTTON)));
  mil_widget_test_finish (window, row);
}

static void
test_order (void)
{
  g_autoptr (MilSession) session = make_session ();
  g_autoptr (GListStore) lines = g_list_store_new (MIL_TYPE_ORDER_LINE);
  g_autoptr (MilOrder) order = mil_order_new (&(MilOrderInfo) {
      .id = "o",
      .store_id = "lume",
      .store_name = "Bottega & Lume",
      .checkout_id = "c",
      .state = "captured",
      .state_text = "Paid",
      .total = mil_money (6300, "EUR"),
      .paid = mil_money (49200, "CNY"),
      .lines = lines,
  });
  GtkWidget *page = GTK_WIDGET (mil_order_page_new (session, order));
  GtkWindow *window = mil_widget_test_show (page, 400, 600);

  mil_widget_test_finish (window, page);
}

/* Pages over a session that never answers: they show what they can, and go when they are closed. */
static void
test_pages (void)
{
  g_autoptr (MilSession) session = make_session ();
  GtkWidget *shop = mil_shop_page_new ();
  GtkWidget *wallet = mil_wallet_page_new ();
  GtkWidget *basket = mil_basket_view_new ();
  GtkWidget *product = GTK_WIDGET (mil_product_page_new (session, "lume", "carafe"));
  GtkWidget *checkout = GTK_WIDGET (mil_checkout_page_new (session));
  GtkWidget *pages[] = { shop, wallet, basket, product, checkout };

  mil_shop_page_set_session (MIL_SHOP_PAGE (shop), session);
  mil_wallet_page_set_session (MIL_WALLET_PAGE (wallet), session);
  mil_basket_view_set_session (MIL_BASKET_VIEW (basket), session);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      GtkWindow *window = mil_widget_test_show (pages[i], 700, 600);

      mil_widget_test_finish (window, pages[i]);
    }
}

static void
ready_cb (MilWindow *window, guint *count)
{
  (*count)++;
}

static gboolean
is_alone (gpointer object)
{
  return g_atomic_int_get (&G_OBJECT (object)->ref_count) == 1;
}

/* The first frame comes without the session being started; narrow and wide, every place is made. */
static void
test_window (void)
{
  g_autoptr (GtkApplication) application = GTK_APPLICATION (
      adw_application_new ("io.github.milione.Milione.Test", G_APPLICATION_NON_UNIQUE));
  g_autoptr (MilSession) session = make_session ();
  g_autoptr (GSettings) settings = g_settings_new (MIL_APP_ID);
  MilWindow *window = NULL;
  guint      count = 0;

  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_settings_set_boolean (settings, "first-run-done", TRUE);
  window = mil_window_new (application, session, settings);
  g_signal_connect (window, "ready", G_CALLBACK (ready_cb), &count);
  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i < MIL_WIDGET_TEST_PATIENCE_MS / 100 && count == 0; i++)
    mil_widget_test_wait (100);
  g_assert_cmpuint (count, ==, 1);
  mil_window_show_place (window, "wallet");
  mil_widget_test_wait (100);
  g_assert_nonnull (mil_widget_test_find (GTK_WIDGET (window), MIL_TYPE_WALLET_PAGE));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.basket", NULL);
  mil_widget_test_wait (300);
  g_assert_nonnull (mil_widget_test_find (GTK_WIDGET (window), MIL_TYPE_BASKET_VIEW));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (mil_widget_test_find (mil_widget_test_find (GTK_WIDGET (window), MIL_TYPE_WALLET_PAGE),
                                                                             GTK_TYPE_MENU_BUTTON)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Main Menu");
  g_object_set (window, "narrow", TRUE, NULL);
  mil_widget_test_wait (100);
  g_object_ref (window);
  gtk_window_destroy (GTK_WINDOW (window));
  mil_widget_test_wait_until (is_alone, window);
  g_assert_finalize_object (window);
}

/* A sentence that says what went wrong is read to its end in the narrowest window, and is no markup. */
static void
test_toast (void)
{
  const char *text = "Bottega <Lume> & Figli does not answer. Nothing was paid, and your basket is as it "
                     "was. Try again in a few minutes.";
  GtkWidget  *overlay = adw_toast_overlay_new ();
  AdwToast   *toast = NULL;
  GtkWidget  *label = NULL;
  GtkWindow  *window = NULL;
  int         height = 0;

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), adw_status_page_new ());
  window = mil_widget_test_show (overlay, 360, 400);
  toast = mil_toast_new (text);
  adw_toast_set_button_label (toast, "_Undo");
  label = g_object_ref (adw_toast_get_custom_title (toast));
  g_assert_cmpuint (adw_toast_get_timeout (toast), >=, 9);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  mil_widget_test_wait (300);
  g_assert_true (gtk_widget_get_mapped (label));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, text);
  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (label), &height, NULL, NULL, NULL);
  g_assert_cmpint (gtk_widget_get_width (label), <=, 360);
  g_assert_cmpint (gtk_widget_get_height (label), >=, height);
  g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (label))), >=, 2);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))));
  g_object_unref (label);
  mil_widget_test_finish (window, overlay);
}

/* --- where the keyboard is ---------------------------------------------------------------------- */

typedef struct
{
  GtkWindow      *window;
  GtkWidget      *box;
  GtkWidget      *spacer;
  GtkWidget      *button;
  MilFocusKeeper *keeper;
  guint           n_lost;
} Keeping;

static void
lost_cb (Keeping *keeping)
{
  keeping->n_lost++;
}

/* A button far down in what is scrolled has the keyboard. */
static void
keeping_set_up (Keeping *keeping)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  keeping->window = GTK_WINDOW (adw_window_new ());
  keeping->keeper = mil_focus_keeper_new (keeping->window);
  g_signal_connect_swapped (keeping->keeper, "lost", G_CALLBACK (lost_cb), keeping);
  keeping->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  keeping->spacer = gtk_label_new ("above");
  keeping->button = gtk_button_new_with_label ("Save");
  gtk_widget_set_size_request (keeping->spacer, -1, 500);
  gtk_box_append (GTK_BOX (keeping->box), keeping->spacer);
  gtk_box_append (GTK_BOX (keeping->box), keeping->button);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), keeping->box);
  adw_window_set_content (ADW_WINDOW (keeping->window), scrolled);
  gtk_window_set_default_size (keeping->window, 360, 300);
  gtk_window_present (keeping->window);
  mil_widget_test_wait (100);
  g_assert_true (gtk_widget_grab_focus (keeping->button));
}

static void
keeping_tear_down (Keeping *keeping)
{
  gtk_window_destroy (keeping->window);
  g_clear_object (&keeping->keeper);
}

static gboolean
button_is_focused (gpointer data)
{
  Keeping *keeping = data;

  return gtk_window_get_focus (keeping->window) == keeping->button;
}

static gboolean
is_lost (gpointer data)
{
  return ((Keeping *) data)->n_lost > 0;
}

static gboolean
button_is_seen (gpointer data)
{
  Keeping        *keeping = data;
  GtkWidget      *viewport = gtk_widget_get_ancestor (keeping->button, GTK_TYPE_VIEWPORT);
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (keeping->button, viewport, &bounds) && bounds.origin.y >= -1
         && bounds.origin.y + bounds.size.height <= (float) gtk_widget_get_height (viewport) + 1;
}

static void
test_focus_comes_back (void)
{
  Keeping keeping = { 0 };

  keeping_set_up (&keeping);
  gtk_widget_set_sensitive (keeping.button, FALSE);
  g_assert_true (mil_focus_is_lost (GTK_ROOT (keeping.window)));
  mil_widget_test_wait (50);
  gtk_widget_set_sensitive (keeping.button, TRUE);
  mil_widget_test_wait_until (button_is_focused, &keeping);
  g_assert_cmpuint (keeping.n_lost, ==, 0);
  keeping_tear_down (&keeping);
}

/* What is hidden, or gone, and leaves nothing with the keyboard. */
static void
test_focus_is_lost (void)
{
  Keeping keeping = { 0 };

  keeping_set_up (&keeping);
  gtk_box_remove (GTK_BOX (keeping.box), keeping.button);
  gtk_window_set_focus (keeping.window, NULL);
  mil_widget_test_wait_until (is_lost, &keeping);
  g_assert_null (gtk_window_get_focus (keeping.window));
  keeping_tear_down (&keeping);
}

static void
test_focus_stays_in_sight (void)
{
  Keeping keeping = { 0 };

  keeping_set_up (&keeping);
  mil_widget_test_wait_until (button_is_seen, &keeping);
  /* A verdict comes in above what is typed in. */
  gtk_widget_set_size_request (keeping.spacer, -1, 1500);
  mil_widget_test_wait (100);
  mil_widget_test_wait_until (button_is_seen, &keeping);
  g_assert_true (button_is_focused (&keeping));
  keeping_tear_down (&keeping);
}

/* A page that was empty when it was come to, and has something to press by now. */
static void
test_focus_enters (void)
{
  Keeping    keeping = { 0 };
  GtkWidget *scrolled = NULL;

  keeping_set_up (&keeping);
  scrolled = gtk_widget_get_ancestor (keeping.button, GTK_TYPE_SCROLLED_WINDOW);
  gtk_widget_set_visible (keeping.button, FALSE);
  g_assert_true (gtk_widget_grab_focus (scrolled));
  mil_widget_test_wait (50);
  g_assert_true (gtk_window_get_focus (keeping.window) == scrolled);
  gtk_widget_set_visible (keeping.button, TRUE);
  mil_widget_test_wait_until (button_is_focused, &keeping);
  keeping_tear_down (&keeping);
}

/* A sheet's first control, and not the button that cancels. */
static void
test_focus_in_a_sheet (void)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *last = gtk_button_new_with_label ("Country");
  GtkWidget *ground = gtk_button_new_with_label ("Plan a Trip");
  GtkWindow *window = mil_widget_test_show (ground, 360, 600);
  Keeping    keeping = { .window = window, .button = last };

  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Cancel"));
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Save"));
  gtk_box_append (GTK_BOX (box), last);
  adw_dialog_set_child (dialog, box);
  adw_dialog_set_presentation_mode (dialog, ADW_DIALOG_BOTTOM_SHEET);
  adw_dialog_set_focus (dialog, last);
  mil_focus_present (dialog, ground);
  mil_widget_test_wait (300);
  mil_widget_test_wait_until (button_is_focused, &keeping);
  adw_dialog_force_close (dialog);
  mil_widget_test_finish (window, ground);
}

/* A page that shows all it has is no stop of the Tab key, and one with a button leads to it. */
static void
test_scene_stops (void)
{
  GtkWidget *scene = mil_scene_new ();
  GtkWindow *window = mil_widget_test_show (scene, 600, 800);

  gtk_window_set_focus (window, NULL);
  g_assert_false (gtk_widget_child_focus (scene, GTK_DIR_TAB_FORWARD));
  g_assert_null (gtk_window_get_focus (window));
  mil_scene_set (MIL_SCENE (scene), "Your basket is empty", NULL, "Go Shopping");
  mil_widget_test_wait (50);
  g_assert_true (gtk_widget_child_focus (scene, GTK_DIR_TAB_FORWARD));
  g_assert_true (GTK_IS_BUTTON (gtk_window_get_focus (window)));
  mil_widget_test_finish (window, scene);
}

/* --- kiosks -------------------------------------------------------------------------------------- */

static gboolean
is_asked (gpointer window)
{
  return adw_window_get_visible_dialog (ADW_WINDOW (window)) != NULL;
}

/* Who does not answer is gone; who does is not asked again at once, and cannot close the window. */
static void
test_kiosk_idle (void)
{
  GtkWidget *ground = gtk_button_new_with_label ("Start");
  GtkWindow *window = mil_widget_test_show (ground, 600, 600);
  g_autoptr (MilKiosk) kiosk = mil_kiosk_new (window, 30, 1);
  Keeping    keeping = { 0 };
  AdwDialog *warning = NULL;

  g_signal_connect_swapped (kiosk, "over", G_CALLBACK (lost_cb), &keeping);
  gtk_window_close (window);
  mil_widget_test_wait_until (is_asked, window);
  warning = adw_window_get_visible_dialog (ADW_WINDOW (window));
  g_assert_true (g_str_has_suffix (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (warning)), "forgotten in 1 second."));
  g_signal_emit_by_name (warning, "response", "stay");
  adw_dialog_force_close (warning);
  g_assert_cmpuint (keeping.n_lost, ==, 0);
  mil_widget_test_wait_until (is_lost, &keeping);
  g_clear_object (&kiosk);
  mil_widget_test_finish (window, ground);
}

/* What one person enters lies in a folder of its own, and what was left there by a power cut goes before the next. */
static void
test_kiosk_room (void)
{
  g_autofree char *runtime = g_dir_make_tmp ("mil-kiosk-XXXXXX", NULL);
  g_autofree char *other = g_build_filename (runtime, "other", NULL);
  g_autofree char *before = mil_kiosk_make_room (runtime);
  g_autofree char *deep = g_build_filename (before, "service", NULL);
  g_autofree char *data = g_build_filename (deep, "milione.db", NULL);
  g_autofree char *link = g_build_filename (before, "link", NULL);
  g_autofree char *room = NULL;
  g_autoptr (GSettings) settings = mil_kiosk_settings (MIL_APP_ID);
  g_autoptr (GSettings) next = NULL;

  g_assert_cmpint (g_mkdir (deep, 0700), ==, 0);
  g_assert_true (g_file_set_contents (data, "Ada", -1, NULL));
  g_assert_true (g_file_set_contents (other, "stays", -1, NULL));
  g_assert_cmpint (symlink (other, link), ==, 0);
  /* The one before may still be finishing when the next one comes. */
  room = mil_kiosk_make_room (runtime);
  g_assert_true (g_file_test (data, G_FILE_TEST_EXISTS));
  mil_kiosk_clear_rooms (runtime);
  g_assert_false (g_file_test (before, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (room, G_FILE_TEST_EXISTS));
  g_free (g_steal_pointer (&room));
  room = mil_kiosk_make_room (runtime);
  g_assert_true (g_file_test (room, G_FILE_TEST_IS_DIR));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  mil_kiosk_clear_room (runtime);
  g_assert_false (g_file_test (runtime, G_FILE_TEST_EXISTS));
  g_settings_set_string (settings, "home-country", "IT");
  g_clear_object (&settings);
  next = mil_kiosk_settings (MIL_APP_ID);
  g_assert_null (g_settings_get_user_value (next, "home-country"));
}

int
main (int argc, char **argv)
{
  mil_widget_test_init (&argc, &argv);

  g_test_add_func ("/pages/card", test_card);
  g_test_add_func ("/pages/card-without-refund", test_card_without_refund);
  g_test_add_func ("/pages/basket-row", test_basket_row);
  g_test_add_func ("/pages/wallet-cards", test_wallet_cards);
  g_test_add_func ("/pages/entry", test_entry);
  g_test_add_func ("/pages/order", test_order);
  g_test_add_func ("/pages/pages", test_pages);
  g_test_add_func ("/pages/window", test_window);
  g_test_add_func ("/pages/toast", test_toast);
  g_test_add_func ("/pages/focus/comes-back", test_focus_comes_back);
  g_test_add_func ("/pages/focus/is-lost", test_focus_is_lost);
  g_test_add_func ("/pages/focus/stays-in-sight", test_focus_stays_in_sight);
  g_test_add_func ("/pages/focus/enters", test_focus_enters);
  g_test_add_func ("/pages/focus/in-a-sheet", test_focus_in_a_sheet);
  g_test_add_func ("/pages/focus/scene", test_scene_stops);
  g_test_add_func ("/pages/kiosk/idle", test_kiosk_idle);
  g_test_add_func ("/pages/kiosk/room", test_kiosk_room);
  return g_test_run ();
}
