/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/basket/mil-checkout-page.h"

#include <glib/gi18n.h>

#include "app/mil-focus.h"
#include "app/mil-wait.h"
#include "app/wallet/mil-wallet-card.h"
#include "app/widgets/mil-boat.h"
#include "app/widgets/mil-icon.h"
#include "app/widgets/mil-pressable.h"
#include "app/widgets/mil-ring.h"
#include "app/widgets/mil-scene.h"
#include "base/mil-country.h"

struct _MilCheckoutPage
{
  AdwNavigationPage parent_instance;

  GtkStack      *stack;
  GtkWidget     *problem;
  GtkLabel      *problem_label;
  MilWalletCard *card;
  GtkListBox    *list;
  GtkWidget     *rates;
  MilRing       *ring;
  GtkLabel      *rates_label;
  MilScene      *no_wallet;
  GtkLabel      *paid_label;
  GtkListBox    *orders;
  GtkWidget     *foot;
  GtkWidget     *pay_button;
  GtkWidget     *keep_shopping;
  GtkStack      *pay_stack;
  GtkLabel      *pay_label;

  MilSession  *session;
  MilCheckout *checkout;
  MilWallet   *wallet;
  DexFuture   *working; /* (nullable): preparing, paying, or filling a wallet */
  gint64       until;
};

G_DEFINE_FINAL_TYPE (MilCheckoutPage, mil_checkout_page, ADW_TYPE_NAVIGATION_PAGE)

/* --- rows ------------------------------------------------------------------------------------ */

/* Translators: an exchange rate: one of the store's currency is so much of the wallet's. */
static char *
describe_rate (const MilCheckoutStoreInfo *info)
{
  if (info->rate == NULL || g_str_equal (info->total.currency, info->pay.currency))
    return NULL;
  return g_strdup_printf (C_ ("rate", "1 %s = %s %s"), info->total.currency, info->rate, info->pay.currency);
}

static char *
describe_store (const MilCheckoutStoreInfo *info)
{
  g_autofree char *total = mil_money_format (info->total, MIL_MONEY_PLAIN);
  g_autofree char *rate = describe_rate (info);

  return rate != NULL ? g_strdup_printf ("%s · %s", total, rate) : g_steal_pointer (&total);
}

static GtkWidget *
make_store_row (gpointer item, gpointer data)
{
  const MilCheckoutStoreInfo *info = mil_checkout_store_get_info (MIL_CHECKOUT_STORE (item));
  g_autofree char            *pay = mil_money_format (info->pay, MIL_MONEY_PLAIN);
  g_autofree char            *subtitle = describe_store (info);
  GtkWidget                  *row = adw_action_row_new ();
  GtkWidget                  *amount = gtk_label_new (pay);

  gtk_widget_add_css_class (amount, "numeric");
  gtk_widget_add_css_class (amount, "heading");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  g_object_set (row, "title", info->name, "subtitle", subtitle, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), amount);
  return row;
}

static GtkWidget *
make_order_row (gpointer item, gpointer data)
{
  const MilOrderInfo *info = mil_order_get_info (MIL_ORDER (item));
  g_autofree char    *total = mil_money_format (info->total, MIL_MONEY_PLAIN);
  GtkWidget          *row = adw_action_row_new ();
  GtkWidget          *amount = gtk_label_new (total);

  gtk_widget_add_css_class (amount, "numeric");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  g_object_set (row, "title", info->store_name, "subtitle", info->state_text, "activatable", TRUE, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), amount);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), mil_icon_new ("go-next-symbolic"));
  mil_pressable_make (row);
  return row;
}

static void
order_activated_cb (MilCheckoutPage *self, GtkListBoxRow *row)
{
  g_autoptr (MilOrder) order = NULL;

  g_assert (MIL_IS_CHECKOUT_PAGE (self));

  order = g_list_model_get_item (mil_checkout_get_orders (self->checkout), (guint) gtk_list_box_row_get_index (row));
  if (order != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.order", "s", mil_order_get_info (order)->id);
}

/* --- state ----------------------------------------------------------------------------------- */

static void
update_rates (MilCheckoutPage *self)
{
  g_autofree char *left = NULL;
  g_autofree char *text = NULL;

  g_assert (MIL_IS_CHECKOUT_PAGE (self));

  g_object_get (self->ring, "text", &left, NULL);
  /* Translators: %s are minutes and seconds, such as 4:32. */
  text = g_strdup_printf (_ ("These rates hold for %s"), left);
  gtk_label_set_label (self->rates_label, text);
}

static void
update_ring (MilCheckoutPage *self, gboolean ready)
{
  gint64 until = mil_checkout_get_expires_at (self->checkout);

  gtk_widget_set_visible (self->rates, ready && until > 0);
  if (!ready || until == 0)
    {
      mil_ring_stop (self->ring);
      self->until = 0;
    }
  else if (self->until != until)
    {
      self->until = until;
      mil_ring_start (self->ring, mil_session_get_clock (self->session), until);
      update_rates (self);
    }
}

static void
update_pay_button (MilCheckoutPage *self, MilCheckoutState state)
{
  MilMoney total = mil_checkout_get_total (self->checkout);
  gboolean busy = state == MIL_CHECKOUT_PREPARING || state == MIL_CHECKOUT_PAYING;

  gtk_stack_set_visible_child_name (self->pay_stack, busy ? "busy" : "label");
  gtk_widget_set_sensitive (self->pay_button, state == MIL_CHECKOUT_READY);
  gtk_widget_set_sensitive (GTK_WIDGET (self->card), !busy);
  if (mil_money_is_set (total))
    {
      g_autofree char *amount = mil_money_format (total, MIL_MONEY_PLAIN);
      /* Translators: on the button that pays; %s is an amount. */
      g_autofree char *text = g_strdup_printf (C_ ("checkout", "Pay %s"), amount);

      gtk_label_set_label (self->pay_label, text);
    }
  else
    {
      gtk_label_set_label (self->pay_label, C_ ("checkout", "Pay"));
    }
}

static void
show_paid (MilCheckoutPage *self)
{
  GListModel *orders = mil_checkout_get_orders (self->checkout);
  guint       n_orders = g_list_model_get_n_items (orders);
  MilMoney    total = mil_checkout_get_total (self->checkout);
  g_autofree char *amount = mil_money_is_set (total) ? mil_money_format (total, MIL_MONEY_PLAIN) : g_strdup ("");
  /* Translators: how many stores were paid, and how much in all. */
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u store has your order and %s. Keep the receipt: it brings the tax back.",
                "%u stores have your orders and %s. Keep the receipts: they bring the tax back.",
                n_orders),
      n_orders,
      amount);

  gtk_label_set_label (self->paid_label, text);
  gtk_list_box_bind_model (self->orders, orders, make_order_row, NULL, NULL);
  gtk_stack_set_visible_child_name (self->stack, "paid");
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), C_ ("page", "Thank You"));
}

static void
update (MilCheckoutPage *self)
{
  MilCheckoutState state = mil_checkout_get_state (self->checkout);
  GError          *problem = mil_checkout_get_problem (self->checkout);

  g_assert (MIL_IS_CHECKOUT_PAGE (self));

  gtk_widget_set_visible (self->problem, state == MIL_CHECKOUT_FAILED && problem != NULL);
  if (problem != NULL)
    gtk_label_set_label (self->problem_label, problem->message);
  update_ring (self, state == MIL_CHECKOUT_READY);
  update_pay_button (self, state);
  gtk_widget_set_visible (GTK_WIDGET (self->list),
                          g_list_model_get_n_items (mil_checkout_get_stores (self->checkout)) > 0);
  gtk_widget_set_visible (self->foot, self->wallet != NULL && state != MIL_CHECKOUT_PAID);
  adw_navigation_page_set_can_pop (ADW_NAVIGATION_PAGE (self), state != MIL_CHECKOUT_PAYING);
  if (state == MIL_CHECKOUT_PAID)
    show_paid (self);
}

/* --- preparing and paying -------------------------------------------------------------------- */

/* What was pressed has become insensitive, or has gone: the keyboard goes on with what comes next. */
static void
go_on (MilCheckoutPage *self)
{
  mil_focus_if_lost (mil_checkout_get_state (self->checkout) == MIL_CHECKOUT_PAID ? self->keep_shopping : self->pay_button);
}

static void
worked_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilCheckoutPage *self = MIL_CHECKOUT_PAGE (object);

  dex_clear (&self->working);
  update (self);
  go_on (self);
}

static void
prepare_cb (MilCheckoutPage *self)
{
  g_assert (MIL_IS_CHECKOUT_PAGE (self));

  if (self->wallet == NULL)
    return;
  dex_clear (&self->working);
  self->working = mil_wait (self, mil_checkout_prepare (self->checkout, self->wallet), worked_cb, NULL);
}

static void
elapsed_cb (MilCheckoutPage *self)
{
  MilCheckoutState state = mil_checkout_get_state (self->checkout);

  g_assert (MIL_IS_CHECKOUT_PAGE (self));

  if (state == MIL_CHECKOUT_READY || state == MIL_CHECKOUT_IDLE)
    prepare_cb (self);
}

static void
confirmed_cb (MilCheckoutPage *self, const char *response)
{
  g_assert (MIL_IS_CHECKOUT_PAGE (self));

  if (!g_str_equal (response, "pay") || mil_checkout_get_state (self->checkout) != MIL_CHECKOUT_READY)
    return;
  dex_clear (&self->working);
  self->working = mil_wait (self, mil_checkout_pay (self->checkout, self->wallet), worked_cb, NULL);
}

static GtkWidget *
make_payee (const MilCheckoutStoreInfo *info)
{
  g_autofree char *pay = mil_money_format (info->pay, MIL_MONEY_PLAIN);
  g_autofree char *subtitle = describe_store (info);
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *amount = gtk_label_new (pay);

  gtk_widget_add_css_class (amount, "numeric");
  gtk_widget_add_css_class (amount, "heading");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  g_object_set (row, "title", info->payee, "subtitle", subtitle, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), amount);
  return row;
}

static void
pay_clicked_cb (MilCheckoutPage *self)
{
  GListModel      *stores = mil_checkout_get_stores (self->checkout);
  g_autofree char *amount = mil_money_format (mil_checkout_get_total (self->checkout), MIL_MONEY_PLAIN);
  g_autofree char *heading = g_strdup_printf (C_ ("checkout", "Pay %s?"), amount);
  g_autofree char *button = g_strdup_printf (C_ ("checkout", "Pay %s"), amount);
  AdwAlertDialog  *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, NULL));
  GtkWidget       *list = gtk_list_box_new ();

  g_assert (MIL_IS_CHECKOUT_PAGE (self));

  /* Translators: %s is the name of a wallet. */
  adw_alert_dialog_format_body (
      dialog,
      _ ("You sign exactly this, and it is paid from “%s”. All stores are paid, or none."),
      mil_wallet_get_info (self->wallet)->name);
  for (guint i = 0; i < g_list_model_get_n_items (stores); i++)
    {
      g_autoptr (MilCheckoutStore) store = g_list_model_get_item (stores, i);

      gtk_list_box_append (GTK_LIST_BOX (list), make_payee (mil_checkout_store_get_info (store)));
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  adw_alert_dialog_set_prefer_wide_layout (dialog, TRUE);
  adw_alert_dialog_set_extra_child (dialog, list);
  adw_alert_dialog_add_responses (dialog, "cancel", C_ ("dialog", "_Cancel"), "pay", button, NULL);
  adw_alert_dialog_set_response_appearance (dialog, "pay", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "pay");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (confirmed_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

/* --- wallets --------------------------------------------------------------------------------- */

static void
use_wallet (MilCheckoutPage *self, MilWallet *wallet)
{
  g_set_object (&self->wallet, wallet);
  mil_wallet_card_set_wallet (self->card, wallet);
  gtk_stack_set_visible_child_name (self->stack, wallet != NULL ? "pay" : "no-wallet");
  update (self);
  prepare_cb (self);
}

static void
card_clicked_cb (MilCheckoutPage *self)
{
  GListModel *wallets = mil_session_get_wallets (self->session);
  guint       n_wallets = g_list_model_get_n_items (wallets);

  g_assert (MIL_IS_CHECKOUT_PAGE (self));

  for (guint i = 0; n_wallets > 1 && i < n_wallets; i++)
    {
      g_autoptr (MilWallet) wallet = g_list_model_get_item (wallets, i);
      g_autoptr (MilWallet) next = NULL;

      if (wallet != self->wallet)
        continue;
      next = g_list_model_get_item (wallets, (i + 1) % n_wallets);
      use_wallet (self, next);
      return;
    }
}

static void
wallets_changed_cb (MilCheckoutPage *self)
{
  GListModel *wallets = mil_session_get_wallets (self->session);
  g_autoptr (MilWallet) first = NULL;

  g_assert (MIL_IS_CHECKOUT_PAGE (self));

  if (self->wallet != NULL)
    return;
  first = g_list_model_get_item (wallets, 0);
  use_wallet (self, first);
}

static void
filled_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilCheckoutPage *self = MIL_CHECKOUT_PAGE (object);

  dex_clear (&self->working);
  g_object_set (self->no_wallet, "description", error != NULL ? error->message : NULL, NULL);
}

static void
fill_wallet_cb (MilCheckoutPage *self)
{
  g_assert (MIL_IS_CHECKOUT_PAGE (self));

  dex_clear (&self->working);
  self->working = mil_wait (self, mil_session_create_demo_wallet (self->session), filled_cb, NULL);
}

/* --- the object ------------------------------------------------------------------------------ */

static void
mil_checkout_page_dispose (GObject *object)
{
  MilCheckoutPage *self = MIL_CHECKOUT_PAGE (object);

  dex_clear (&self->working);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  if (self->orders != NULL)
    gtk_list_box_bind_model (self->orders, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_CHECKOUT_PAGE);
  g_clear_object (&self->checkout);
  g_clear_object (&self->wallet);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (mil_checkout_page_parent_class)->dispose (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, MilCheckoutPage, child)

static void
bind_template (GtkWidgetClass *widget_class)
{
  BIND (stack);
  BIND (problem);
  BIND (problem_label);
  BIND (card);
  BIND (list);
  BIND (rates);
  BIND (ring);
  BIND (rates_label);
  BIND (no_wallet);
  BIND (paid_label);
  BIND (orders);
  BIND (foot);
  BIND (pay_button);
  BIND (keep_shopping);
  BIND (pay_stack);
  BIND (pay_label);
  gtk_widget_class_bind_template_callback (widget_class, prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, elapsed_cb);
  gtk_widget_class_bind_template_callback (widget_class, card_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, pay_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_wallet_cb);
  gtk_widget_class_bind_template_callback (widget_class, order_activated_cb);
}

#undef BIND

static void
mil_checkout_page_class_init (MilCheckoutPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_checkout_page_dispose;

  g_type_ensure (MIL_TYPE_BOAT);
  g_type_ensure (MIL_TYPE_RING);
  g_type_ensure (MIL_TYPE_SCENE);
  g_type_ensure (MIL_TYPE_WALLET_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/basket/checkout-page.ui");
  bind_template (widget_class);
}

static void
mil_checkout_page_init (MilCheckoutPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->ring, "notify::text", G_CALLBACK (update_rates), self, G_CONNECT_SWAPPED);
}

/**
 * mil_checkout_page_new:
 * @session: whose basket is paid
 *
 * Makes the page, which starts to ask stores and rates at once.
 *
 * Returns: (transfer floating): a page to push
 */
AdwNavigationPage *
mil_checkout_page_new (MilSession *session)
{
  MilCheckoutPage *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);

  self = g_object_new (MIL_TYPE_CHECKOUT_PAGE, NULL);
  self->session = g_object_ref (session);
  self->checkout = mil_session_create_checkout (session);
  gtk_list_box_bind_model (self->list, mil_checkout_get_stores (self->checkout), make_store_row, NULL, NULL);
  g_signal_connect_object (self->checkout, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mil_session_get_wallets (session), "items-changed", G_CALLBACK (wallets_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_set_visible_child_name (self->stack, "no-wallet");
  update (self);
  wallets_changed_cb (self);
  return ADW_NAVIGATION_PAGE (self);
}

/**
 * mil_checkout_page_is_paid:
 * @self: a page
 *
 * Returns: whether there is nothing left to do on it
 */
gboolean
mil_checkout_page_is_paid (MilCheckoutPage *self)
{
  g_return_val_if_fail (MIL_IS_CHECKOUT_PAGE (self), FALSE);

  return mil_checkout_get_state (self->checkout) == MIL_CHECKOUT_PAID;
}
