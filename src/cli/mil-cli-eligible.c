/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/mil-cli.h"

#include "base/mil-error.h"
#include "base/mil-json.h"
#include "refund/mil-refund-json.h"

#include <glib/gi18n.h>
#include <unistd.h>

#define MAX_REQUEST (8 << 20)

static JsonNode *
answer (GBytes *input, GError **error)
{
  g_autoptr (MilSchemeBook) book = mil_scheme_book_load_installed (error);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (MilRefundRequest) request = NULL;
  g_autoptr (GPtrArray) verdicts = NULL;
  MilDate today;

  if (book == NULL)
    return NULL;
  node = mil_json_parse (input, MAX_REQUEST, error);
  if (node == NULL)
    return NULL;
  request = mil_refund_request_new (node, error);
  if (request == NULL)
    return NULL;
  today = mil_date_is_set (request->today) ? request->today : mil_cli_today (book);
  verdicts = mil_refund_assess (book, request->travellers, request->itinerary, request->purchases, today);
  return mil_refund_answer_to_json (verdicts, today);
}

static void
print_form (JsonObject *form)
{
  JsonArray *purchases = json_object_get_array_member (form, "purchases");
  JsonArray *reasons = json_object_get_array_member (form, "reasons");

  for (guint i = 0; i < json_array_get_length (purchases); i++)
    g_print ("%s%s", i > 0 ? " + " : "", json_array_get_string_element (purchases, i));
  g_print (": %s\n", json_object_get_string_member (form, "verdict"));
  if (!json_object_get_null_member (form, "headline"))
    g_print ("  %s\n", json_object_get_string_member (form, "headline"));
  for (guint i = 0; i < json_array_get_length (reasons); i++)
    {
      JsonObject *reason = json_array_get_object_element (reasons, i);

      g_print ("  - %s\n", json_object_get_string_member (reason, "text"));
    }
}

static int
print_answer (JsonNode *node, gboolean as_json)
{
  JsonArray *forms;

  if (as_json)
    {
      g_autoptr (GBytes) bytes = mil_json_to_bytes (node);

      return mil_cli_print (bytes);
    }
  forms = json_object_get_array_member (json_node_get_object (node), "forms");
  for (guint i = 0; i < json_array_get_length (forms); i++)
    print_form (json_array_get_object_element (forms, i));
  return MIL_CLI_OK;
}

/**
 * mil_cli_eligible: (skip)
 * @argc: length of @argv
 * @argv: arguments of the command
 *
 * `milione-cli eligible [--json] < request`: what data/openapi/eligible-request.schema.json describes is read
 * from standard input, what eligible-answer.schema.json describes is written.
 *
 * Returns: exit status
 */
int
mil_cli_eligible (int argc, char **argv)
{
  gboolean           as_json = FALSE;
  const GOptionEntry entries[] = { { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Answer in JSON"), NULL },
                                   G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("< REQUEST.json – is the tax given back?"));
  g_autoptr (GBytes) input = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return mil_cli_misuse ("eligible", error->message);
  if (argc > 1)
    return mil_cli_misuse ("eligible", _ ("The request is read from standard input; there are no other arguments."));
  input = mil_cli_read_all (STDIN_FILENO, MAX_REQUEST, &error);
  if (input != NULL)
    node = answer (input, &error);
  if (node == NULL)
    return mil_cli_fail (as_json, error);
  return print_answer (node, as_json);
}
