/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/wallet/mil-wallet-page.h"

#include <glib/gi18n.h>

#include "app/mil-toast.h"
#include "app/mil-wait.h"
#include "app/wallet/mil-card-fan.h"
#include "app/wallet/mil-entry-row.h"
#include "app/wallet/mil-order-page.h"
#include "app/widgets/mil-header.h"
#include "app/widgets/mil-scene.h"
#include "app/widgets/mil-shelf.h"
#include "base/mil-currency.h"

struct _MilWalletPage
{
  AdwBin parent_instance;

  AdwNavigationView *nav;
  GtkStack          *stack;
  MilScene          *empty;
  MilCardFan        *fan;
  GtkListBox        *balances;
  GtkStack          *state;
  GtkLabel          *problem;
  GtkListView       *list;

  MilSession       *session;
  MilWallet        *wallet;
  MilWalletHistory *history;
  DexFuture        *filling;
};

G_DEFINE_FINAL_TYPE (MilWalletPage, mil_wallet_page, ADW_TYPE_BIN)

/* --- balances -------------------------------------------------------------------------------- */

static GtkWidget *
make_balance_row (gpointer item, gpointer data)
{
  const MilBalanceInfo *info = mil_balance_get_info (MIL_BALANCE (item));
  g_autofree char      *available = mil_money_format (info->available, MIL_MONEY_PLAIN);
  GtkWidget            *row = adw_action_row_new ();
  GtkWidget            *amount = gtk_label_new (available);

  gtk_widget_add_css_class (amount, "numeric");
  gtk_widget_add_css_class (amount, "heading");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  g_object_set (row, "title", mil_currency_name (info->available.currency), NULL);
  if (mil_money_is_set (info->held) && info->held.minor > 0)
    {
      g_autofree char *held = mil_money_format (info->held, MIL_MONEY_PLAIN);
      /* Translators: %s is an amount that payments under way have reserved. */
      g_autofree char *text = g_strdup_printf (C_ ("wallet", "%s reserved"), held);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), amount);
  return row;
}

static void
update_balances (MilWalletPage *self)
{
  GListStore *balances = self->wallet != NULL ? mil_wallet_get_info (self->wallet)->balances : NULL;

  g_assert (MIL_IS_WALLET_PAGE (self));

  gtk_list_box_bind_model (self->balances, G_LIST_MODEL (balances), make_balance_row, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->balances),
                          balances != NULL && g_list_model_get_n_items (G_LIST_MODEL (balances)) > 0);
}

/* --- history --------------------------------------------------------------------------------- */

static gboolean
settles (const MilWalletEntryInfo *later, const MilWalletEntryInfo *hold)
{
  gboolean paid = g_strcmp0 (later->kind, "payment") == 0;
  gboolean released = g_strcmp0 (later->kind, "release") == 0;

  return (paid || released) && g_strcmp0 (later->store_id, hold->store_id) == 0
         && g_strcmp0 (later->amount.currency, hold->amount.currency) == 0
         && ABS (later->amount.minor) == ABS (hold->amount.minor);
}

/* The ledger has an entry for what is reserved and another for what became of it; a person paid once. */
static gboolean
is_settled (MilWalletPage *self, MilWalletEntry *entry)
{
  const MilWalletEntryInfo *hold = mil_wallet_entry_get_info (entry);
  GListModel               *list = G_LIST_MODEL (self->history);

  if (g_strcmp0 (hold->kind, "hold") != 0)
    return FALSE;
  /* The latest comes first. */
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (MilWalletEntry) later = g_list_model_get_item (list, i);

      if (later == entry)
        return FALSE;
      if (settles (mil_wallet_entry_get_info (later), hold))
        return TRUE;
    }
  return FALSE;
}

static void
update_settled (MilWalletPage *self)
{
  for (GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (self->list)); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    {
      GtkWidget      *row = gtk_widget_get_first_child (cell);
      MilWalletEntry *entry = MIL_IS_ENTRY_ROW (row) ? mil_entry_row_get_entry (MIL_ENTRY_ROW (row)) : NULL;

      if (entry != NULL)
        mil_entry_row_set_settled (MIL_ENTRY_ROW (row), is_settled (self, entry));
    }
}

static void
update_history (MilWalletPage *self)
{
  MilPagedList *list = MIL_PAGED_LIST (self->history);
  guint         n_items = g_list_model_get_n_items (G_LIST_MODEL (list));
  GError       *error = mil_paged_list_get_error (list);

  g_assert (MIL_IS_WALLET_PAGE (self));

  gtk_widget_set_visible (GTK_WIDGET (self->state), n_items == 0);
  update_settled (self);
  if (mil_paged_list_is_loading (list))
    {
      gtk_stack_set_visible_child_name (self->state, "loading");
    }
  else if (error != NULL)
    {
      gtk_label_set_label (self->problem, error->message);
      gtk_stack_set_visible_child_name (self->state, "failed");
    }
  else
    {
      gtk_stack_set_visible_child_name (self->state, "nothing");
    }
}

static void
retry_cb (MilWalletPage *self)
{
  g_assert (MIL_IS_WALLET_PAGE (self));

  if (self->history != NULL)
    mil_paged_list_retry (MIL_PAGED_LIST (self->history));
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *cell, MilWalletPage *self)
{
  g_assert (GTK_IS_LIST_ITEM (cell));

  gtk_list_item_set_activatable (cell, FALSE);
  gtk_list_item_set_selectable (cell, FALSE);
  gtk_list_item_set_focusable (cell, FALSE);
  gtk_list_item_set_child (cell, mil_entry_row_new ());
}

static gboolean
is_first_of_day (MilWalletPage *self, MilWalletEntry *entry, guint position)
{
  g_autoptr (MilWalletEntry) before = NULL;

  if (position == 0)
    return TRUE;
  before = g_list_model_get_item (G_LIST_MODEL (self->history), position - 1);
  return before == NULL
         || mil_date_compare (mil_wallet_entry_get_info (before)->day, mil_wallet_entry_get_info (entry)->day) != 0;
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *cell, MilWalletPage *self)
{
  MilWalletEntry *entry = gtk_list_item_get_item (cell);

  g_assert (MIL_IS_WALLET_PAGE (self));

  mil_entry_row_bind (MIL_ENTRY_ROW (gtk_list_item_get_child (cell)),
                      entry,
                      is_first_of_day (self, entry, gtk_list_item_get_position (cell)));
  mil_entry_row_set_settled (MIL_ENTRY_ROW (gtk_list_item_get_child (cell)), is_settled (self, entry));
}

static void
set_history (MilWalletPage *self)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  if (self->history != NULL)
    g_signal_handlers_disconnect_by_func (self->history, update_history, self);
  gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->history);
  if (self->wallet == NULL)
    return;
  self->history = mil_session_create_wallet_history (self->session, self->wallet);
  g_signal_connect_object (self->history, "items-changed", G_CALLBACK (update_history), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->history, "notify", G_CALLBACK (update_history), self, G_CONNECT_SWAPPED);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->history)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  update_history (self);
}

/* --- wallets --------------------------------------------------------------------------------- */

static void
wallet_selected_cb (MilWalletPage *self)
{
  MilWallet *wallet = mil_card_fan_get_wallet (self->fan);

  g_assert (MIL_IS_WALLET_PAGE (self));

  gtk_stack_set_visible_child_name (self->stack, wallet != NULL ? "wallets" : "empty");
  if (self->wallet == wallet)
    return;
  if (self->wallet != NULL)
    g_signal_handlers_disconnect_by_func (self->wallet, update_balances, self);
  g_set_object (&self->wallet, wallet);
  if (wallet != NULL)
    g_signal_connect_object (wallet, "notify", G_CALLBACK (update_balances), self, G_CONNECT_SWAPPED);
  update_balances (self);
  set_history (self);
}

static void
filled_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilWalletPage *self = MIL_WALLET_PAGE (object);

  dex_clear (&self->filling);
  if (error != NULL)
    mil_toast (GTK_WIDGET (self), error->message);
}

static void
fill_cb (MilWalletPage *self)
{
  g_assert (MIL_IS_WALLET_PAGE (self));

  dex_clear (&self->filling);
  self->filling = mil_wait (self, mil_session_create_demo_wallet (self->session), filled_cb, NULL);
}

/* --- the object ------------------------------------------------------------------------------ */

static void
mil_wallet_page_dispose (GObject *object)
{
  MilWalletPage *self = MIL_WALLET_PAGE (object);

  dex_clear (&self->filling);
  if (self->balances != NULL)
    gtk_list_box_bind_model (self->balances, NULL, NULL, NULL, NULL);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_WALLET_PAGE);
  g_clear_object (&self->history);
  g_clear_object (&self->wallet);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (mil_wallet_page_parent_class)->dispose (object);
}

static void
mil_wallet_page_class_init (MilWalletPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_wallet_page_dispose;

  g_type_ensure (MIL_TYPE_CARD_FAN);
  g_type_ensure (MIL_TYPE_HEADER);
  g_type_ensure (MIL_TYPE_SCENE);
  g_type_ensure (MIL_TYPE_SHELF);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/wallet/wallet-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MilWalletPage, nav);
  gtk_widget_class_bind_template_child (widget_class, MilWalletPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MilWalletPage, empty);
  gtk_widget_class_bind_template_child (widget_class, MilWalletPage, fan);
  gtk_widget_class_bind_template_child (widget_class, MilWalletPage, balances);
  gtk_widget_class_bind_template_child (widget_class, MilWalletPage, state);
  gtk_widget_class_bind_template_child (widget_class, MilWalletPage, problem);
  gtk_widget_class_bind_template_child (widget_class, MilWalletPage, list);
  gtk_widget_class_bind_template_callback (widget_class, fill_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, wallet_selected_cb);
}

static void
mil_wallet_page_init (MilWalletPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_row_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row_cb), self, 0);
  gtk_list_view_set_factory (self->list, factory);
}

/**
 * mil_wallet_page_new:
 *
 * Returns: (transfer floating): a page without a session
 */
GtkWidget *
mil_wallet_page_new (void)
{
  return g_object_new (MIL_TYPE_WALLET_PAGE, NULL);
}

/**
 * mil_wallet_page_set_session:
 * @self: the page
 * @session: whose wallets it shows
 *
 * To be called once.
 */
void
mil_wallet_page_set_session (MilWalletPage *self, MilSession *session)
{
  g_return_if_fail (MIL_IS_WALLET_PAGE (self));
  g_return_if_fail (MIL_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  mil_card_fan_set_wallets (self->fan, mil_session_get_wallets (session));
}

/**
 * mil_wallet_page_show_order:
 * @self: the page
 * @order_id: which order
 *
 * Pushes the page of an order, when it is known.
 */
void
mil_wallet_page_show_order (MilWalletPage *self, const char *order_id)
{
  MilOrder *order = NULL;

  g_return_if_fail (MIL_IS_WALLET_PAGE (self));
  g_return_if_fail (order_id != NULL);

  order = mil_session_find_order (self->session, order_id);
  if (order == NULL)
    {
      mil_toast (GTK_WIDGET (self), _ ("This order is not known here yet. Try again when you are online."));
      return;
    }
  adw_navigation_view_pop_to_tag (self->nav, "wallet");
  adw_navigation_view_push (self->nav, mil_order_page_new (self->session, order));
}
