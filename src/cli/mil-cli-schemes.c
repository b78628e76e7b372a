/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/mil-cli.h"

#include "base/mil-clock.h"
#include "base/mil-country.h"
#include "base/mil-error.h"
#include "base/mil-json.h"
#include "refund/mil-refund-json.h"

#include <glib/gi18n.h>

typedef struct
{
  char    *country;
  char    *date;
  gboolean as_json;
} Options;

static char *
threshold_text (const MilRule *rule, const MilThreshold *threshold)
{
  g_autofree char *amount = mil_money_to_decimal (threshold->amount);
  const char      *basis = "";

  if (threshold->basis == MIL_BASIS_EXCL)
    basis = _ (" without tax");
  else if (threshold->basis == MIL_BASIS_TAX)
    basis = _ (" of tax");
  return g_strdup_printf ("%s %s %s%s", threshold->strict ? ">" : "≥", rule->currency, amount, basis);
}

static char *
minimum_text (const MilRule *rule)
{
  const MilMinimum *minimum = &rule->minimum;
  g_autofree char  *amount = NULL, *other = NULL;

  if (!minimum->exists)
    return g_strdup (_ ("no minimum"));
  amount = threshold_text (rule, &minimum->threshold);
  if (!minimum->has_other)
    return g_strdup_printf ("%s (%s)", amount, mil_scope_name (minimum->scope));
  other = threshold_text (rule, &minimum->other);
  return g_strdup_printf (_ ("%s or %s (%s)"), amount, other, mil_scope_name (minimum->scope));
}

static void
print_rule (const MilScheme *scheme, const MilRule *rule)
{
  g_autofree char *from = mil_date_to_string (rule->valid_from);
  g_autofree char *to = mil_date_is_set (rule->valid_to) ? mil_date_to_string (rule->valid_to) : g_strdup ("");
  g_autofree char *minimum = rule->none ? g_strdup (_ ("no tax is given back")) : minimum_text (rule);
  const MilSource *source = rule->none ? &rule->source : &rule->minimum.source;

  g_print ("%s%s%s  %s – %s  %s  [%s] %s%s%s\n",
           scheme->country,
           rule->region != NULL ? "-" : "",
           rule->region != NULL ? rule->region : "",
           from,
           to,
           minimum,
           mil_confidence_name (source->confidence),
           source->url,
           !rule->none && rule->minimum.has_other ? " " : "",
           !rule->none && rule->minimum.has_other ? rule->minimum.other_source : "");
}

static gboolean
is_wanted (const MilScheme *scheme, const MilRule *rule, MilDate day)
{
  return !mil_date_is_set (day) || (mil_scheme_rule_on (scheme, rule->region, day) == rule);
}

static void
add_scheme (GPtrArray *rules, JsonArray *array, const MilScheme *scheme, MilDate day)
{
  for (guint i = 0; i < scheme->rules->len; i++)
    {
      const MilRule *rule = scheme->rules->pdata[i];

      if (!is_wanted (scheme, rule, day))
        continue;
      g_ptr_array_add (rules, (gpointer) rule);
      json_array_add_element (array, mil_rule_to_json (scheme, rule));
    }
}

static int
print_json (JsonArray *array, const char *date)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GBytes) bytes = NULL;
  JsonObject *object = json_object_new ();

  if (date != NULL)
    json_object_set_string_member (object, "date", date);
  else
    json_object_set_null_member (object, "date");
  json_object_set_array_member (object, "schemes", json_array_ref (array));
  json_node_take_object (node, object);
  bytes = mil_json_to_bytes (node);
  return mil_cli_print (bytes);
}

static int
list (MilSchemeBook *book, const Options *options, MilDate day)
{
  const char *const *countries = mil_scheme_book_countries (book);
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; countries[i] != NULL; i++)
    {
      const MilScheme *scheme = mil_scheme_book_find (book, countries[i]);
      g_autoptr (GPtrArray) rules = g_ptr_array_new ();

      if (options->country != NULL && !g_str_equal (options->country, countries[i]))
        continue;
      add_scheme (rules, array, scheme, day);
      for (guint r = 0; r < rules->len && !options->as_json; r++)
        print_rule (scheme, rules->pdata[r]);
    }
  return options->as_json ? print_json (array, options->date) : MIL_CLI_OK;
}

static int
run (Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilSchemeBook) book = mil_scheme_book_load_installed (&error);
  MilDate day = { 0 };

  if (book == NULL)
    return mil_cli_fail (options->as_json, error);
  if (options->date != NULL && !mil_date_parse (options->date, &day, &error))
    return mil_cli_fail (options->as_json, error);
  if (options->country != NULL)
    {
      g_autofree char *upper = g_ascii_strup (options->country, -1);
      const MilPlace  *place = mil_territories_find (mil_scheme_book_territories (book), upper, NULL, NULL);

      g_free (options->country);
      options->country = g_strdup (place != NULL && place->scheme != NULL ? place->scheme : upper);
      if (mil_scheme_book_find (book, options->country) == NULL)
        {
          error = mil_error_new (MIL_ERROR_NOT_FOUND, _ ("There are no tax-free rules for “%s”."), options->country);
          return mil_cli_fail (options->as_json, error);
        }
    }
  return list (book, options, day);
}

/**
 * mil_cli_schemes: (skip)
 * @argc: length of @argv
 * @argv: arguments of the command
 *
 * `milione-cli schemes [--country XX] [--date YYYY-MM-DD] [--json]`: the rules, all or those of one country,
 * of all times or for purchases of one day.
 *
 * Returns: exit status
 */
int
mil_cli_schemes (int argc, char **argv)
{
  Options            options = { 0 };
  const GOptionEntry entries[] = {
    { "country", 0, 0, G_OPTION_ARG_STRING, &options.country, N_ ("Only this country (ISO 3166-1)"), "XX" },
    { "date", 0, 0, G_OPTION_ARG_STRING, &options.date, N_ ("Only what is valid for purchases of this day"), "YYYY-MM-DD" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.as_json, N_ ("Answer in JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("– list the tax-free rules"));
  g_autoptr (GError) error = NULL;
  int status;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    status = mil_cli_misuse ("schemes", error->message);
  else if (argc > 1)
    status = mil_cli_misuse ("schemes", _ ("There are arguments that nobody asked for."));
  else
    status = run (&options);
  g_free (options.country);
  g_free (options.date);
  return status;
}
