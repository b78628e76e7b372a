/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/wallet/mil-wallet-card.h"

#include <glib/gi18n.h>

#include "app/widgets/mil-contours.h"

struct _MilWalletCard
{
  AdwBin parent_instance;

  GtkWidget   *button;
  MilContours *contours;
  GtkLabel    *name;
  GtkWidget   *kind;
  GtkLabel    *total;
  GtkLabel    *others;
  GtkLabel    *last4;

  MilWallet *wallet;
};

G_DEFINE_FINAL_TYPE (MilWalletCard, mil_wallet_card, ADW_TYPE_BIN)

enum
{
  CLICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clicked_cb (MilWalletCard *self)
{
  g_assert (MIL_IS_WALLET_CARD (self));

  g_signal_emit (self, signals[CLICKED], 0);
}

static char *
describe_balances (const MilWalletInfo *info, MilMoney *first)
{
  GListModel *balances = G_LIST_MODEL (info->balances);
  guint       n_balances = balances != NULL ? g_list_model_get_n_items (balances) : 0;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_balances; i++)
    {
      g_autoptr (MilBalance) balance = g_list_model_get_item (balances, i);
      MilMoney         available = mil_balance_get_info (balance)->available;
      g_autofree char *amount = mil_money_format (available, MIL_MONEY_PLAIN);

      if (i == 0)
        *first = available;
      if (text->len > 0)
        g_string_append (text, "   ");
      g_string_append (text, amount);
    }
  return n_balances > 1 ? g_string_free (g_steal_pointer (&text), FALSE) : g_strdup ("");
}

static void
update (MilWalletCard *self)
{
  const MilWalletInfo *info = mil_wallet_get_info (self->wallet);
  MilMoney             first = { 0 };
  g_autofree char     *others = describe_balances (info, &first);
  MilMoney             shown = mil_money_is_set (info->home_total) ? info->home_total : first;
  g_autofree char *total = mil_money_is_set (shown) ? mil_money_format (shown, MIL_MONEY_PLAIN) : g_strdup ("–");
  g_autofree char *last4 = g_strdup_printf ("•••• %s", info->last4 != NULL ? info->last4 : "");
  /* Translators: a wallet, its last four characters, and what is in it. */
  g_autofree char *spoken = g_strdup_printf (C_ ("wallet", "Wallet %s, ending in %s, %s"), info->name, info->last4, total);
  guint seed = g_str_hash (info->id);

  g_assert (MIL_IS_WALLET_CARD (self));

  gtk_label_set_label (self->name, info->name);
  gtk_widget_set_visible (self->kind, g_strcmp0 (info->kind, "demo") == 0);
  gtk_label_set_label (GTK_LABEL (self->kind), C_ ("wallet", "Play money"));
  gtk_label_set_label (self->total, total);
  gtk_label_set_label (self->others, others);
  gtk_label_set_label (self->last4, last4);
  g_object_set (self->contours, "seed", seed, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
release_wallet (MilWalletCard *self)
{
  if (self->wallet != NULL)
    g_signal_handlers_disconnect_by_func (self->wallet, update, self);
  g_clear_object (&self->wallet);
}

static void
mil_wallet_card_dispose (GObject *object)
{
  release_wallet (MIL_WALLET_CARD (object));
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_WALLET_CARD);
  G_OBJECT_CLASS (mil_wallet_card_parent_class)->dispose (object);
}

static void
mil_wallet_card_class_init (MilWalletCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_wallet_card_dispose;

  signals[CLICKED] = g_signal_new ("clicked", MIL_TYPE_WALLET_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MIL_TYPE_CONTOURS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/wallet/wallet-card.ui");
  gtk_widget_class_bind_template_child (widget_class, MilWalletCard, button);
  gtk_widget_class_bind_template_child (widget_class, MilWalletCard, contours);
  gtk_widget_class_bind_template_child (widget_class, MilWalletCard, name);
  gtk_widget_class_bind_template_child (widget_class, MilWalletCard, kind);
  gtk_widget_class_bind_template_child (widget_class, MilWalletCard, total);
  gtk_widget_class_bind_template_child (widget_class, MilWalletCard, others);
  gtk_widget_class_bind_template_child (widget_class, MilWalletCard, last4);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
mil_wallet_card_init (MilWalletCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mil_wallet_card_new:
 *
 * Returns: (transfer floating): a card without a wallet
 */
GtkWidget *
mil_wallet_card_new (void)
{
  return g_object_new (MIL_TYPE_WALLET_CARD, NULL);
}

/**
 * mil_wallet_card_set_wallet:
 * @self: a card
 * @wallet: (nullable): what to show; its changes are followed
 */
void
mil_wallet_card_set_wallet (MilWalletCard *self, MilWallet *wallet)
{
  g_return_if_fail (MIL_IS_WALLET_CARD (self));
  g_return_if_fail (wallet == NULL || MIL_IS_WALLET (wallet));

  if (self->wallet == wallet)
    return;
  release_wallet (self);
  if (wallet == NULL)
    return;
  self->wallet = g_object_ref (wallet);
  g_signal_connect_swapped (wallet, "notify", G_CALLBACK (update), self);
  update (self);
}

/**
 * mil_wallet_card_get_wallet:
 * @self: a card
 *
 * Returns: (transfer none) (nullable): what it shows
 */
MilWallet *
mil_wallet_card_get_wallet (MilWalletCard *self)
{
  g_return_val_if_fail (MIL_IS_WALLET_CARD (self), NULL);

  return self->wallet;
}

/**
 * mil_wallet_card_set_style:
 * @self: a card
 * @style: its colours
 *
 * Tells the card from its neighbours.
 */
void
mil_wallet_card_set_style (MilWalletCard *self, MilContourStyle style)
{
  g_return_if_fail (MIL_IS_WALLET_CARD (self));

  g_object_set (self->contours, "style", style, NULL);
}
