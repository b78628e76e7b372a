/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-operators-page.h"

#include <glib/gi18n.h>

#include "app/refunds/mil-verdict-words.h"
#include "app/widgets/mil-chip.h"
#include "app/widgets/mil-header.h"
#include "base/mil-country.h"
#include "refund/mil-arrival.h"

struct _MilOperatorsPage
{
  AdwNavigationPage parent_instance;

  GtkLabel            *head;
  AdwPreferencesGroup *offers;
  AdwPreferencesGroup *usual;
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
      gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), chip);
      gtk_widget_add_css_class (label, "success");
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (group, row);
}

static void
fill (MilOperatorsPage *self, const MilVerdict *verdict, MilMoney paid)
{
  const char      *country = verdict->scheme != NULL ? mil_country_name (verdict->scheme) : NULL;
  g_autofree char *tax = mil_money_format (verdict->tax, MIL_MONEY_PLAIN);
  /* Translators: an amount of tax. */
  g_autofree char *head
      = g_strdup_printf (_ ("There is %s of tax in what you bought. This is what arrives of it."), tax);
  g_autofree char *usual = mil_arrival_text (paid, verdict->tax, verdict->refund_low, verdict->refund_high);

  gtk_label_set_label (self->head, head);
  for (guint i = 0; i < verdict->offers->len; i++)
    {
      const MilOffer  *offer = verdict->offers->pdata[i];
      g_autofree char *words = mil_arrival_text (paid, verdict->tax, offer->low, offer->high);

      add_offer (self->offers,
                 offer->operator_name,
                 words,
                 offer->source,
                 offer->low,
                 offer->high,
                 i == 0 && verdict->offers->len > 1);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->offers), verdict->offers->len > 0);
  add_offer (self->usual,
             country != NULL ? country : C_ ("operator", "Any operator"),
             usual,
             NULL,
             verdict->refund_low,
             verdict->refund_high,
             FALSE);
}

static void
mil_operators_page_dispose (GObject *object)
{
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
 *
 * Returns: (transfer floating): a page that compares what arrives
 */
AdwNavigationPage *
mil_operators_page_new (const MilVerdict *verdict, MilMoney paid)
{
  MilOperatorsPage *self = NULL;

  g_return_val_if_fail (verdict != NULL, NULL);

  self = g_object_new (MIL_TYPE_OPERATORS_PAGE, NULL);
  fill (self, verdict, paid);
  return ADW_NAVIGATION_PAGE (self);
}
