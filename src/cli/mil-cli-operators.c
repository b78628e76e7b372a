/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/mil-cli.h"

#include "base/mil-country.h"
#include "base/mil-error.h"
#include "base/mil-json.h"
#include "refund/mil-refund-json.h"

#include <glib/gi18n.h>

typedef struct
{
  char    *country;
  char    *date;
  char    *total;
  char    *tax;
  gboolean as_json;
} Options;

typedef struct
{
  MilSchemeBook   *book;
  MilOperatorBook *operators;
  char            *country; /* of the scheme: "FR" for Monaco */
  MilDate          day;
  MilMoney         total;
  MilMoney         tax;
  char            *warning;
} Question;

static void
question_clear (Question *self)
{
  g_clear_pointer (&self->book, mil_scheme_book_unref);
  g_free (self->country);
  g_free (self->warning);
}

static int
print_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GBytes) bytes = NULL;

  json_node_set_object (node, object);
  bytes = mil_json_to_bytes (node);
  return mil_cli_print (bytes);
}

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

static char *
keeps_text (const MilOperatorTerms *terms)
{
  if (!terms->is_published)
    return g_strdup (_ ("does not say what it keeps"));
  if (terms->fee.bands->len > 0)
    return g_strdup (_ ("keeps what its table says"));
  return g_strdup (_ ("says what it keeps"));
}

static void
print_terms (const MilOperator *operator, const MilOperatorTerms * terms)
{
  g_autofree char *countries = g_strjoinv (" ", terms->countries);
  g_autofree char *keeps = keeps_text (terms);

  g_print ("%s  %s  %s  %s  [%s] %s\n",
           operator->name,
           countries,
           mil_operator_model_name (terms->model),
           keeps,
           mil_confidence_name (terms->source.confidence),
           terms->source.url);
}

static int
list (const Question *question, const char *country, gboolean as_json)
{
  GPtrArray *all = mil_operator_book_operators (question->operators);
  g_autoptr (JsonObject) answer = json_object_new ();
  JsonArray *array = json_array_new ();

  json_object_set_array_member (answer, "operators", array);
  for (guint i = 0; i < all->len; i++)
    {
      const MilOperator *operator= all->pdata[i];
      JsonNode *node = mil_operator_to_json (operator, country, question->day);

      if (node == NULL)
        continue;
      json_array_add_element (array, node);
      for (guint t = 0; t < operator->terms->len && !as_json; t++)
        {
          const MilOperatorTerms *terms = operator->terms->pdata[t];

          if ((country == NULL || g_strv_contains ((const char *const *) terms->countries, country))
              && (!mil_date_is_set (question->day) || mil_operator_terms_hold (terms, question->day)))
            print_terms (operator, terms);
        }
    }
  return as_json ? print_object (answer) : MIL_CLI_OK;
}

static void
print_offer (const MilOperatorOffer *offer)
{
  g_autofree char *low = NULL, *high = NULL, *missing = NULL;

  g_print ("%s: ", offer->by->name);
  if (!offer->is_known)
    {
      g_print ("%s\n", _ ("what arrives is not known"));
      return;
    }
  low = mil_money_format (offer->arrives_low, MIL_MONEY_PLAIN);
  high = mil_money_format (offer->arrives_high, MIL_MONEY_PLAIN);
  if (offer->arrives_low.minor == offer->arrives_high.minor)
    g_print (_ ("%s arrives"), high);
  else
    /* Translators: both %s are amounts of money. */
    g_print (_ ("%s to %s arrives"), low, high);
  if (mil_money_is_set (offer->missing))
    {
      missing = mil_money_format (offer->missing, MIL_MONEY_PLAIN);
      /* Translators: %s is an amount of money. */
      g_print (_ (", if %s more is spent"), missing);
    }
  g_print (" (%s)\n", offer->is_known && offer->terms->is_published ? offer->terms->source.url : _ ("usual, not published"));
}

static int
compare (const Question *question, gboolean as_json, GError **error)
{
  g_autoptr (GPtrArray) offers = NULL;
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autofree char *date = mil_date_to_string (question->day);
  g_autofree char *total = mil_money_to_decimal (question->total);
  g_autofree char *tax = mil_money_to_decimal (question->tax);
  JsonArray       *array = json_array_new ();

  json_object_set_string_member (answer, "country", question->country);
  json_object_set_string_member (answer, "date", date);
  json_object_set_string_member (answer, "currency", question->total.currency);
  json_object_set_string_member (answer, "total", total);
  json_object_set_string_member (answer, "tax", tax);
  set_text (answer, "warning", question->warning);
  json_object_set_array_member (answer, "operators", array);
  offers = mil_operator_compare (
      question->operators, question->country, question->day, question->total, question->tax, error);
  if (offers == NULL)
    return mil_cli_fail (as_json, *error);
  for (guint i = 0; i < offers->len; i++)
    json_array_add_element (array, mil_operator_offer_to_json (offers->pdata[i]));
  if (as_json)
    return print_object (answer);
  if (question->warning != NULL)
    g_print ("%s\n", question->warning);
  for (guint i = 0; i < offers->len; i++)
    print_offer (offers->pdata[i]);
  if (offers->len == 0)
    g_print ("%s\n", _ ("No operator’s terms are known there."));
  return MIL_CLI_OK;
}

/* What the rules say of the sum, whoever buys; and the tax in it, for ordinary goods. */
static void
ask_the_rules (Question *self)
{
  const char *const codes[] = { "no-scheme", "no-rule-for-date", "below-minimum", "minimum-disputed" };
  g_autoptr (MilPurchase) purchase = mil_purchase_new (NULL, self->country, self->day, self->total);
  g_autoptr (MilVerdict) verdict = mil_refund_preview (self->book, NULL, NULL, purchase, self->day);

  if (!mil_money_is_set (self->tax))
    self->tax = verdict->tax;
  for (guint i = 0; i < G_N_ELEMENTS (codes) && self->warning == NULL; i++)
    {
      const MilReason *reason = mil_verdict_find_reason (verdict, codes[i]);

      if (reason != NULL)
        self->warning = g_strdup (reason->text);
    }
}

static gboolean
read_sum (Question *self, const Options *options, GError **error)
{
  const char *currency = mil_scheme_book_find (self->book, self->country)->currency;

  if (!mil_money_parse (options->total, currency, &self->total, error)
      || (options->tax != NULL && !mil_money_parse (options->tax, currency, &self->tax, error)))
    return FALSE;
  if (self->total.minor <= 0)
    {
      mil_error_set (error,
                     MIL_ERROR_INVALID,
                     _ ("“%s” is nothing that was spent. Give the price with tax."),
                     options->total);
      return FALSE;
    }
  if (!mil_date_is_set (self->day))
    self->day = mil_cli_today (self->book);
  ask_the_rules (self);
  if (mil_money_is_set (self->tax))
    return TRUE;
  mil_error_set (error, MIL_ERROR_NOT_FOUND, _ ("The tax rate of that day is not known. Give the tax with --tax."));
  return FALSE;
}

static gboolean
read_country (Question *self, const char *country, GError **error)
{
  g_autofree char *upper = g_ascii_strup (country, -1);
  const MilPlace  *place = mil_territories_find (mil_scheme_book_territories (self->book), upper, NULL, NULL);

  self->country = g_strdup (place != NULL && place->scheme != NULL ? place->scheme : upper);
  if (mil_scheme_book_find (self->book, self->country) != NULL)
    return TRUE;
  mil_error_set (error, MIL_ERROR_NOT_FOUND, _ ("There are no tax-free rules for “%s”."), self->country);
  return FALSE;
}

static gboolean
read_question (Question *self, const Options *options, GError **error)
{
  self->book = mil_scheme_book_load_installed (error);
  if (self->book == NULL)
    return FALSE;
  self->operators = mil_scheme_book_operators (self->book);
  if (self->operators == NULL)
    {
      mil_error_set (error, MIL_ERROR_NOT_FOUND, _ ("The terms of the operators are missing. Install Milione again."));
      return FALSE;
    }
  return (options->date == NULL || mil_date_parse (options->date, &self->day, error))
         && (options->country == NULL || read_country (self, options->country, error))
         && (options->total == NULL || read_sum (self, options, error));
}

static int
run (const Options *options)
{
  g_autoptr (GError) error = NULL;
  Question question = { 0 };
  int      status;

  if (!read_question (&question, options, &error))
    status = mil_cli_fail (options->as_json, error);
  else if (options->total != NULL)
    status = compare (&question, options->as_json, &error);
  else
    status = list (&question, question.country, options->as_json);
  question_clear (&question);
  return status;
}

/**
 * mil_cli_operators: (skip)
 * @argc: length of @argv
 * @argv: arguments of the command
 *
 * `milione-cli operators [--country XX] [--date YYYY-MM-DD] [--total AMOUNT [--tax AMOUNT]] [--json]`: the
 * refund operators whose terms are known; with a sum, what each would let arrive of its tax, the best first.
 * Without a tax, that of ordinary goods at the standard rate of the day is taken; without a day, today.
 *
 * Returns: exit status
 */
int
mil_cli_operators (int argc, char **argv)
{
  Options            options = { 0 };
  const GOptionEntry entries[] = {
    { "country", 0, 0, G_OPTION_ARG_STRING, &options.country, N_ ("Only this country (ISO 3166-1)"), "XX" },
    { "date", 0, 0, G_OPTION_ARG_STRING, &options.date, N_ ("Only what is valid for purchases of this day"), "YYYY-MM-DD" },
    { "total", 0, 0, G_OPTION_ARG_STRING, &options.total, N_ ("Compare what arrives of this price with tax"), N_ ("AMOUNT") },
    { "tax", 0, 0, G_OPTION_ARG_STRING, &options.tax, N_ ("The tax in it, where it is not that of ordinary goods"), N_ ("AMOUNT") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.as_json, N_ ("Answer in JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("– compare refund operators"));
  g_autoptr (GError) error = NULL;
  int status;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    status = mil_cli_misuse ("operators", error->message);
  else if (argc > 1)
    status = mil_cli_misuse ("operators", _ ("There are arguments that nobody asked for."));
  else if ((options.total != NULL && options.country == NULL) || (options.tax != NULL && options.total == NULL))
    status = mil_cli_misuse ("operators", _ ("A total needs the country in which it was spent, and a tax its total."));
  else
    status = run (&options);
  g_free (options.country);
  g_free (options.date);
  g_free (options.total);
  g_free (options.tax);
  return status;
}
