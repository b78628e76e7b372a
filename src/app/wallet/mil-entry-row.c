/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/wallet/mil-entry-row.h"

#include <glib/gi18n.h>

struct _MilEntryRow
{
  AdwBin parent_instance;

  GtkLabel  *day;
  GtkWidget *button;
  GtkImage  *icon;
  GtkLabel  *title;
  GtkLabel  *kind;
  GtkLabel  *amount;
  GtkLabel  *counter;

  MilWalletEntry *entry; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (MilEntryRow, mil_entry_row, ADW_TYPE_BIN)

static const struct
{
  const char *kind;
  const char *name;
  const char *icon;
} kinds[] = {
  { "payment", NC_ ("wallet entry", "Payment"), "milione-basket-symbolic" },
  { "refund", NC_ ("wallet entry", "Tax refund"), "milione-money-back-symbolic" },
  { "top-up", NC_ ("wallet entry", "Top-up"), "list-add-symbolic" },
  { "hold", NC_ ("wallet entry", "Reserved"), "milione-clock-symbolic" },
  { "release", NC_ ("wallet entry", "Released"), "edit-undo-symbolic" },
  { "exchange", NC_ ("wallet entry", "Exchange"), "milione-exchange-symbolic" },
};

static void
update_kind (MilEntryRow *self, const MilWalletEntryInfo *info)
{
  const char *name = info->kind;
  const char *icon = "milione-wallet-symbolic";

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, info->kind) == 0)
      {
        name = g_dpgettext2 (NULL, "wallet entry", kinds[i].name);
        icon = kinds[i].icon;
      }
  gtk_label_set_label (self->kind, name != NULL ? name : "");
  gtk_image_set_from_icon_name (self->icon, icon);
}

static void
set_class (GtkLabel *label, const char *css_class, gboolean wanted)
{
  if (wanted)
    gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), css_class);
}

static void
update_amounts (MilEntryRow *self, const MilWalletEntryInfo *info)
{
  g_autofree char *plain = mil_money_format (info->amount, MIL_MONEY_PLAIN);
  /* First-strong isolate: a sign stays before its number in text that runs from right to left. */
  g_autofree char *amount = g_strdup_printf ("\u2068%s%s\u2069", info->amount.minor > 0 ? "+" : "", plain);
  gboolean         back = g_strcmp0 (info->kind, "refund") == 0;
  gboolean         passing = g_strcmp0 (info->kind, "hold") == 0 || g_strcmp0 (info->kind, "release") == 0;

  gtk_label_set_label (self->amount, amount);
  set_class (self->amount, "success", back);
  /* What is only reserved has not been paid: the payment is a row of its own. */
  set_class (self->amount, "dimmed", passing);
  set_class (self->amount, "heading", !passing);
  gtk_widget_set_visible (GTK_WIDGET (self->counter), mil_money_is_set (info->counter));
  if (mil_money_is_set (info->counter))
    {
      g_autofree char *counter = mil_money_format (info->counter, MIL_MONEY_PLAIN);

      gtk_label_set_label (self->counter, counter);
    }
}

static void
set_action (MilEntryRow *self, const MilWalletEntryInfo *info)
{
  GtkActionable *button = GTK_ACTIONABLE (self->button);
  const char    *id = info->order_id != NULL ? info->order_id : info->claim_id;

  gtk_widget_set_can_target (self->button, id != NULL);
  gtk_widget_set_focusable (self->button, id != NULL);
  gtk_actionable_set_action_name (button, NULL);
  if (id == NULL)
    return;
  gtk_actionable_set_action_target (button, "s", id);
  gtk_actionable_set_action_name (button, info->order_id != NULL ? "win.order" : "win.claim");
}

static void
mil_entry_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_ENTRY_ROW);
  g_clear_object (&MIL_ENTRY_ROW (object)->entry);
  G_OBJECT_CLASS (mil_entry_row_parent_class)->dispose (object);
}

static void
mil_entry_row_class_init (MilEntryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_entry_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/wallet/entry-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MilEntryRow, day);
  gtk_widget_class_bind_template_child (widget_class, MilEntryRow, button);
  gtk_widget_class_bind_template_child (widget_class, MilEntryRow, icon);
  gtk_widget_class_bind_template_child (widget_class, MilEntryRow, title);
  gtk_widget_class_bind_template_child (widget_class, MilEntryRow, kind);
  gtk_widget_class_bind_template_child (widget_class, MilEntryRow, amount);
  gtk_widget_class_bind_template_child (widget_class, MilEntryRow, counter);
}

static void
mil_entry_row_init (MilEntryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mil_entry_row_new:
 *
 * Returns: (transfer floating): a row without an entry
 */
GtkWidget *
mil_entry_row_new (void)
{
  return g_object_new (MIL_TYPE_ENTRY_ROW, NULL);
}

/**
 * mil_entry_row_get_entry:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what it shows
 */
MilWalletEntry *
mil_entry_row_get_entry (MilEntryRow *self)
{
  g_return_val_if_fail (MIL_IS_ENTRY_ROW (self), NULL);

  return self->entry;
}

/**
 * mil_entry_row_set_settled:
 * @self: a row
 * @settled: whether a later entry tells what became of this one
 *
 * Hides what was reserved once it is paid or released: one payment is one row, whose words change.
 */
void
mil_entry_row_set_settled (MilEntryRow *self, gboolean settled)
{
  g_return_if_fail (MIL_IS_ENTRY_ROW (self));

  gtk_widget_set_visible (self->button, !settled);
}

/**
 * mil_entry_row_bind:
 * @self: a row
 * @entry: what to show; entries of a ledger do not change
 * @first_of_day: whether to say which day it is
 */
void
mil_entry_row_bind (MilEntryRow *self, MilWalletEntry *entry, gboolean first_of_day)
{
  const MilWalletEntryInfo *info = NULL;
  g_autofree char          *day = NULL;
  g_autofree char          *spoken = NULL;

  g_return_if_fail (MIL_IS_ENTRY_ROW (self));
  g_return_if_fail (MIL_IS_WALLET_ENTRY (entry));

  g_set_object (&self->entry, entry);
  info = mil_wallet_entry_get_info (entry);
  day = mil_date_format (info->day);
  gtk_label_set_label (self->day, day);
  gtk_widget_set_visible (GTK_WIDGET (self->day), first_of_day);
  update_kind (self, info);
  update_amounts (self, info);
  gtk_label_set_label (self->title,
                       info->title != NULL && info->title[0] != '\0' ? info->title : gtk_label_get_label (self->kind));
  spoken = g_strdup_printf ("%s, %s, %s, %s",
                            gtk_label_get_label (self->title),
                            gtk_label_get_label (self->kind),
                            gtk_label_get_label (self->amount),
                            day);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  set_action (self, info);
}
