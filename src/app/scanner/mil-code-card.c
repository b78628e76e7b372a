/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/scanner/mil-code-card.h"

#include <glib/gi18n.h>

/* How long it stays when its code is not seen any more. */
#define STAY_US (6 * G_USEC_PER_SEC)

struct _MilCodeCard
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkImage    *icon;
  GtkLabel    *title;
  GtkGrid     *facts;
  GtkLabel    *caution;
  GtkLabel    *others;

  MilSession *session; /* (owned) (nullable) */
  char       *text;    /* (owned) (nullable): of the code that is shown */
  MilCodeKind kind;    /* of the code that is shown */
  char       *closed;  /* (owned) (nullable): of the code that the person has put away */
  gint64      seen_at;
};

G_DEFINE_FINAL_TYPE (MilCodeCard, mil_code_card, ADW_TYPE_BIN)

static void
clear_facts (MilCodeCard *self)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts))) != NULL)
    gtk_grid_remove (self->facts, child);
}

static GtkWidget *
new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 4);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
show (MilCodeCard *self, const MilCodeMeaning *meaning)
{
  g_set_str (&self->text, meaning->text);
  self->kind = meaning->kind;
  clear_facts (self);
  for (guint i = 0; i < meaning->facts->len; i++)
    {
      const MilCodeFact *fact = meaning->facts->pdata[i];
      GtkWidget         *label = new_label (fact->label, "dimmed");
      GtkWidget         *value = new_label (fact->value, i == 0 ? "heading" : "numeric");

      gtk_label_set_selectable (GTK_LABEL (value), FALSE);
      gtk_widget_set_hexpand (value, TRUE);
      gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, value, NULL, -1);
      gtk_grid_attach (self->facts, label, 0, (int) i, 1, 1);
      gtk_grid_attach (self->facts, value, 1, (int) i, 1, 1);
    }
  gtk_image_set_from_icon_name (self->icon, meaning->icon);
  gtk_label_set_label (self->title, meaning->title);
  gtk_label_set_label (self->caution, meaning->caution != NULL ? meaning->caution : "");
  gtk_widget_set_visible (GTK_WIDGET (self->caution), meaning->caution != NULL);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), meaning->title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
hide (MilCodeCard *self)
{
  g_clear_pointer (&self->text, g_free);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

static void
close_cb (MilCodeCard *self)
{
  g_assert (MIL_IS_CODE_CARD (self));

  g_set_str (&self->closed, self->text);
  hide (self);
}

static void
copy_cb (MilCodeCard *self)
{
  g_assert (MIL_IS_CODE_CARD (self));

  if (self->text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text);
}

static void
mil_code_card_dispose (GObject *object)
{
  MilCodeCard *self = MIL_CODE_CARD (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MIL_TYPE_CODE_CARD);
  g_clear_object (&self->session);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->closed, g_free);

  G_OBJECT_CLASS (mil_code_card_parent_class)->dispose (object);
}

static void
mil_code_card_class_init (MilCodeCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_code_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/scanner/code-card.ui");
  gtk_widget_class_bind_template_child (widget_class, MilCodeCard, revealer);
  gtk_widget_class_bind_template_child (widget_class, MilCodeCard, icon);
  gtk_widget_class_bind_template_child (widget_class, MilCodeCard, title);
  gtk_widget_class_bind_template_child (widget_class, MilCodeCard, facts);
  gtk_widget_class_bind_template_child (widget_class, MilCodeCard, caution);
  gtk_widget_class_bind_template_child (widget_class, MilCodeCard, others);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
mil_code_card_init (MilCodeCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mil_code_card_set_session:
 * @self: a card
 * @session: whose tax-free forms are known by their numbers
 *
 * Gives the card its session.
 */
void
mil_code_card_set_session (MilCodeCard *self, MilSession *session)
{
  g_return_if_fail (MIL_IS_CODE_CARD (self));
  g_return_if_fail (MIL_IS_SESSION (session));

  g_set_object (&self->session, session);
}

/* The weightiest of the codes, of those that the person has not put away. */
static MilCodeMeaning *
weightiest (MilCodeCard *self, GPtrArray *symbols)
{
  g_autoptr (MilCodeMeaning) best = NULL;

  for (guint i = 0; i < symbols->len; i++)
    {
      const MilSymbol *symbol = symbols->pdata[i];
      g_autoptr (MilCodeMeaning) meaning = NULL;

      if (symbol->text == NULL || g_strcmp0 (symbol->text, self->closed) == 0)
        continue;
      meaning = mil_code_meaning_new (symbol, self->session);
      if (best != NULL && meaning->kind <= best->kind)
        continue;
      g_clear_pointer (&best, mil_code_meaning_free);
      best = g_steal_pointer (&meaning);
    }
  return g_steal_pointer (&best);
}

/**
 * mil_code_card_see:
 * @self: a card
 * @symbols: (nullable) (element-type MilSymbol): the codes in a frame
 * @now: monotonic microseconds
 *
 * Shows what the weightiest of them means; without any, goes away after a while.
 */
void
mil_code_card_see (MilCodeCard *self, GPtrArray *symbols, gint64 now)
{
  g_autoptr (MilCodeMeaning) meaning = NULL;
  g_autofree char *others = NULL;

  g_return_if_fail (MIL_IS_CODE_CARD (self));

  meaning = symbols != NULL && symbols->len > 0 ? weightiest (self, symbols) : NULL;
  if (meaning == NULL)
    {
      if (self->text != NULL && now - self->seen_at > STAY_US)
        hide (self);
      return;
    }
  self->seen_at = now;
  if (symbols->len > 1)
    others = g_strdup_printf (ngettext ("and %u more code", "and %u more codes", symbols->len - 1), symbols->len - 1);
  gtk_label_set_label (self->others, others != NULL ? others : "");
  gtk_widget_set_visible (GTK_WIDGET (self->others), others != NULL);
  if (g_strcmp0 (meaning->text, self->text) != 0)
    show (self, meaning);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

/**
 * mil_code_card_get_text:
 * @self: a card
 *
 * Returns: (transfer none) (nullable): what the code that is shown says
 */
const char *
mil_code_card_get_text (MilCodeCard *self)
{
  g_return_val_if_fail (MIL_IS_CODE_CARD (self), NULL);

  return self->text;
}

/**
 * mil_code_card_is_payment:
 * @self: a card
 *
 * Returns: whether the code that is shown is about paying, so that what is in front of the camera is no receipt
 */
gboolean
mil_code_card_is_payment (MilCodeCard *self)
{
  g_return_val_if_fail (MIL_IS_CODE_CARD (self), FALSE);

  return self->text != NULL && self->kind == MIL_CODE_PAYMENT;
}
