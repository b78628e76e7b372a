/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/mil-cli.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "base/mil-json.h"
#include "pay/mil-payment-code.h"

/* More than a symbol holds, in UTF-8. */
#define MAX_SIZE 8192

static const char *const kinds[] = {
  "emv",   "epc", "payer", "swiss-qr-bill", "upi",        "taler",
  "payto", "spd", "hct",   "by-square",     "bezahlcode", "link",
};
static const char *const warnings[] = { "no-category", "no-country", "no-name", "no-city",
                                        "tip",         "old",        "online" };

static void
set_text (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, member, text);
}

static void
set_money (JsonObject *object, const char *member, MilMoney money)
{
  JsonObject *inner;

  if (!mil_money_is_set (money))
    return;
  inner = json_object_new ();
  json_object_set_int_member (inner, "amount", money.minor);
  json_object_set_string_member (inner, "currency", money.currency);
  json_object_set_object_member (object, member, inner);
}

static void
set_times (JsonObject *object, const MilPaymentCode *code)
{
  g_autofree char *due = mil_date_is_set (code->due) ? mil_date_to_string (code->due) : NULL;
  g_autofree char *expires = code->expires_at != 0 ? mil_instant_to_string (code->expires_at) : NULL;

  set_text (object, "due", due);
  set_text (object, "expires_at", expires);
}

static JsonNode *
code_to_json (const MilPaymentCode *code)
{
  JsonObject      *object = json_object_new ();
  JsonArray       *left_out = json_array_new ();
  JsonNode        *node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *percent = code->fee_percent.digits != 0 ? mil_decimal_to_string (code->fee_percent) : NULL;

  set_text (object, "kind", kinds[code->kind]);
  set_text (object, "scheme", code->scheme);
  set_text (object, "system", mil_payment_code_get_system (code));
  set_text (object, "account", code->account);
  set_text (object, "bic", code->bic);
  set_text (object, "payee", code->payee);
  set_text (object, "payee_local", code->payee_local);
  set_text (object, "address", code->address);
  set_text (object, "city", code->city);
  set_text (object, "country", code->country);
  set_text (object, "category", code->category);
  set_text (object, "currency", code->currency);
  set_money (object, "amount", code->amount);
  set_money (object, "fee", code->fee);
  set_text (object, "fee_percent", percent);
  set_text (object, "reference", code->reference);
  set_text (object, "message", code->message);
  set_text (object, "debtor", code->debtor);
  set_times (object, code);
  json_object_set_boolean_member (object, "one_time", code->one_time);
  for (guint i = 0; i < G_N_ELEMENTS (warnings); i++)
    if ((code->warnings & (1u << i)) != 0)
      json_array_add_string_element (left_out, warnings[i]);
  json_object_set_array_member (object, "warnings", left_out);
  json_node_take_object (node, object);
  return node;
}

static int
print_code (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilPaymentCode) code = mil_payment_code_parse (text, &error);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (code == NULL)
    return mil_cli_fail (TRUE, error);
  node = code_to_json (code);
  bytes = mil_json_to_bytes (node);
  return mil_cli_print (bytes);
}

static int
print_input (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = mil_cli_read_all (STDIN_FILENO, MAX_SIZE, &error);
  g_autofree char *text = NULL;

  if (bytes == NULL)
    return mil_cli_fail (TRUE, error);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return print_code (text != NULL ? text : "");
}

/**
 * mil_cli_code: (skip)
 * @argc: number of @argv
 * @argv: "code" and its arguments
 *
 * Says in JSON what payment codes ask for: those given, one a line, or the one on standard input.
 *
 * Returns: #MilCliStatus
 */
int
mil_cli_code (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  int status = MIL_CLI_OK;

  /* Translators: what a payment code says, as a scanner reads it. */
  context = g_option_context_new (_ ("[TEXT…]"));
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return mil_cli_misuse ("code", error->message);
  if (argc < 2)
    return print_input ();
  for (int i = 1; i < argc; i++)
    if (print_code (argv[i]) != MIL_CLI_OK)
      status = MIL_CLI_BAD_INPUT;
  return status;
}
