/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-operators-page.h"

#include <glib/gi18n.h>

#include "app/mil-wait.h"
#include "app/refunds/mil-verdict-words.h"
#include "app/widgets/mil-chip.h"
#include "app/widgets/mil-header.h"
#include "base/mil-country.h"
#include "base/mil-future.h"
#include "refund/mil-arrival.h"
#include "refund/mil-operator-book.h"

struct _MilOperatorsPage
{
  AdwNavigationPage parent_instance;

  GtkLabel            *head;
  AdwPreferencesGroup *offers;
  AdwPreferencesGroup *usual;

  MilVerdict *verdict; /* (owned) */
  MilMoney    paid;
  MilDate     day;
  DexFuture  *loading; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (MilOperatorsPage, mil_operators_page, ADW_TYPE_NAVIGATION_PAGE)

static char *
source_text (const char *source)
{
  g_autoptr (GUri) uri = source != NULL ? g_uri_parse (source, G_URI_FLAGS_NONE, NULL) : NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return NULL;
  /* Translators: %s is the name of a web site that a rule was taken from. */
  return g_strdup_printf (_ ("Source: %s"), g_uri_get_host (uri));
}

static void
add_offer (AdwPreferencesGroup *group, const char *name, const char *words, const char *source, MilMoney low, MilMoney high, gboolean best)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *amount = mil_refund_range_text (low, high);
  g_autofree char *from = source_text (source);
  g_autofree char *both = from != NULL && words != NULL ? g_strdup_printf ("%s\n%s", words, from) : NULL;
  GtkWidget       *label = gtk_label_new (amount != NULL ? amount : C_ ("operator", "Nothing"));
  GtkWidget       *amounts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               both != NULL    ? both
                               : words != NULL ? words
                               : from != NULL  ? from
                                               : "");
  gtk_widget_set_tooltip_text (row, source);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "heading");
  if (best)
    {
      GtkWidget *chip = mil_chip_new ();

      mil_chip_set (MIL_CHIP (chip), MIL_TONE_GOOD, "milione-money-back-symbolic", C_ ("operator", "Most"));
      gtk_widget_set_halign (chip, GTK_ALIGN_END);
      gtk_box_append (GTK_BOX (amounts), chip);
      gtk_widget_add_css_class (label, "success");
    }
  /* Above each other they leave room for the words, also in a narrow window. */
  gtk_widget_set_valign (amounts, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (label, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (amounts), label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), amounts);
  adw_preferences_group_add (group, row);
}

static void
add_published (MilOperatorsPage *self)
{
  const MilVerdict *verdict = self->verdict;

  for (guint i = 0; i < verdict->offers->len; i++)
    {
      const MilOffer  *offer = verdict->offers->pdata[i];
      g_autofree char *words = mil_arrival_text (self->paid, verdict->tax, offer->low, offer->high);

      add_offer (self->offers,
                 offer->operator_name,
                 words,
                 offer->source,
                 offer->low,
                 offer->high,
                 i == 0 && verdict->offers->len > 1);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->offers), verdict->offers->len > 0);
}

static const char *
model_text (MilOperatorModel model)
{
  switch (model)
    {
    case MIL_OPERATOR_VAT_OFF:
      return _ ("The shop does not charge the tax: your card guarantees it until customs has confirmed.");
    case MIL_OPERATOR_RESALE:
      return _ ("The operator buys it and sells it on to you without the tax.");
    case MIL_OPERATOR_REFUND:
    default:
      return NULL;
    }
}

static char *
terms_text (MilOperatorsPage *self, const MilOperatorOffer *offer)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_autofree char *arrival = NULL;
  g_auto (GStrv) list = NULL;

  if (!offer->is_known)
    g_strv_builder_add (lines, _ ("It does not say what it keeps."));
  else
    arrival = mil_arrival_text (self->paid, self->verdict->tax, offer->arrives_low, offer->arrives_high);
  if (arrival != NULL)
    g_strv_builder_add (lines, arrival);
  if (model_text (offer->terms->model) != NULL)
    g_strv_builder_add (lines, model_text (offer->terms->model));
  if (mil_money_is_set (offer->missing) && offer->missing.minor > 0)
    {
      g_autofree char *missing = mil_money_format (offer->missing, MIL_MONEY_PLAIN);

      /* Translators: an amount of money. */
      g_strv_builder_take (lines, g_strdup_printf (_ ("%s more reaches this operator's own minimum."), missing));
    }
  if (offer->terms->days >= 0)
    g_strv_builder_take (lines,
                         g_strdup_printf (ngettext ("The money takes about %d day.",
                                                    "The money takes about %d days.",
                                                    (gulong) offer->terms->days),
                                          offer->terms->days));
  list = g_strv_builder_end (lines);
  return g_strjoinv ("\n", list);
}

static void
compared_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilOperatorsPage *self = object;
  MilOperatorBook  *book = value != NULL ? g_value_get_boxed (value) : NULL;
  g_autoptr (GPtrArray) offers = NULL;

  if (book != NULL && self->verdict->scheme != NULL)
    offers = mil_operator_compare (book, self->verdict->scheme, self->day, self->paid, self->verdict->tax, NULL);
  if (offers == NULL || offers->len == 0)
    {
      add_published (self);
      return;
    }
  for (guint i = 0; i < offers->len; i++)
    {
      const MilOperatorOffer *offer = offers->pdata[i];
      g_autofree char        *words = terms_text (self, offer);

      add_offer (self->offers,
                 offer->by->name,
                 words,
                 offer->terms->source.url,
                 offer->arrives_low,
                 offer->arrives_high,
                 i == 0 && offer->is_known && offers->len > 1);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->offers), TRUE);
}

static gpointer
load_book (gpointer data, GCancellable *cancellable, GError **error)
{
  return mil_operator_book_load_installed (error);
}

static void
fill (MilOperatorsPage *self)
{
  const MilVerdict *verdict = self->verdict;
  const char       *country = verdict->scheme != NULL ? mil_country_name (verdict->scheme) : NULL;
  g_autofree char  *tax = mil_money_format (verdict->tax, MIL_MONEY_PLAIN);
  /* Translators: an amount of tax. */
  g_autofree char *head
      = g_strdup_printf (_ ("There is %s of tax in what you bought. This is what arrives of it."), tax);
  g_autofree char *usual = mil_arrival_text (self->paid, verdict->tax, verdict->refund_low, verdict->refund_high);

  gtk_label_set_label (self->head, head);
  gtk_widget_set_visible (GTK_WIDGET (self->offers), FALSE);
  add_offer (self->usual,
             country != NULL ? country : C_ ("operator", "Any operator"),
             usual,
             NULL,
             verdict->refund_low,
             verdict->refund_high,
             FALSE);
  self->loading = mil_wait (self, mil_thread (load_book, NULL, NULL, MIL_TYPE_OPERATOR_BOOK), compared_cb, NULL);
}

static void
mil_operators_page_dispose (GObject *object)
{
  MilOperatorsPage *self = MIL_OPERATORS_PAGE (object);

  dex_clear (&self->loading);
  g_clear_pointer (&self->verdict, mil_verdict_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_OPERATORS_PAGE);

  G_OBJECT_CLASS (mil_operators_page_parent_class)->dispose (object);
}

static void
mil_operators_page_class_init (MilOperatorsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_operators_page_dispose;

  g_type_ensure (MIL_TYPE_HEADER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/refunds/operators-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MilOperatorsPage, head);
  gtk_widget_class_bind_template_child (widget_class, MilOperatorsPage, offers);
  gtk_widget_class_bind_template_child (widget_class, MilOperatorsPage, usual);
}

static void
mil_operators_page_init (MilOperatorsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mil_operators_page_new:
 * @verdict: the answer for a form
 * @paid: what the receipts on it add up to
 * @day: day of purchase
 *
 * Returns: (transfer floating): a page that compares what arrives
 */
AdwNavigationPage *
mil_operators_page_new (const MilVerdict *verdict, MilMoney paid, MilDate day)
{
  MilOperatorsPage *self = NULL;

  g_return_val_if_fail (verdict != NULL, NULL);

  self = g_object_new (MIL_TYPE_OPERATORS_PAGE, NULL);
  self->verdict = mil_verdict_copy (verdict);
  self->paid = paid;
  self->day = day;
  fill (self);
  return ADW_NAVIGATION_PAGE (self);
}
