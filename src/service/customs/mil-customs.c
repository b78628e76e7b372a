/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/customs/mil-customs.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mil-http.h"
#include "base/mil-json.h"
#include "protocol/mil-signature.h"
#include "protocol/mil-wire-claim.h"
#include "refund/mil-claim-refusal.h"
#include "service/mil-command.h"
#include "service/principals/mil-demo-keys.h"

#define AUTHORITY "milione.localhost"
#define MAX_ANSWER (4 * 1024 * 1024)
#define USAGE 2

/* A client like any other: it knows the service's address and the officer's key, nothing else. */
typedef struct
{
  const MilOptions *options;
  MilHttp          *http;
  MilKey           *key;
  MilClock         *clock;
  MilRandom        *random;
} Customs;

static void
customs_clear (Customs *self)
{
  g_clear_object (&self->http);
  g_clear_pointer (&self->key, mil_key_unref);
  g_clear_object (&self->clock);
  g_clear_object (&self->random);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Customs, customs_clear)

static gboolean
sign (Customs *self, const MilHttpRequest *request, const char *path, const char *query, GError **error)
{
  g_autofree char    *nonce = mil_uuid_new (self->clock, self->random);
  MilSignatureMessage message = {
    .method = request->method,
    .authority = AUTHORITY,
    .path = path,
    .query = query,
    .headers = request->headers,
    .body = request->body,
  };

  return mil_signature_sign (&message, self->key, mil_clock_now (self->clock), nonce, error);
}

static JsonNode *
ask (Customs *self, const char *method, const char *path, const char *query, JsonNode *body, GError **error)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  g_autoptr (MilHttpResponse) response = NULL;
  g_autoptr (GBytes) bytes = body != NULL ? mil_json_to_bytes (body) : NULL;
  g_autofree char *uri = NULL;
  MilHttpRequest   request = { .method = method, .body = bytes, .headers = headers };

  uri = g_strconcat ("http://" AUTHORITY, path, query != NULL ? "?" : "", query, NULL);
  request.uri = uri;
  if (bytes != NULL)
    {
      g_autofree char *key = mil_uuid_new (self->clock, self->random);

      request.content_type = "application/json";
      soup_message_headers_replace (headers, "Content-Type", request.content_type);
      soup_message_headers_replace (headers, "Idempotency-Key", key);
    }
  if (!sign (self, &request, path, query, error))
    return NULL;
  response = mil_await_pointer (mil_http_send (self->http, &request), error);
  return response != NULL ? mil_json_parse (response->body, MAX_ANSWER, error) : NULL;
}

/* All claims, or those of one state; the newest first. */
static MilWireClaims *
list_claims (Customs *self, const char *query, GError **error)
{
  g_autoptr (JsonNode) answer = ask (self, "GET", "/v1/taxfree/claims", query, NULL, error);

  return answer != NULL ? mil_wire_claims_from_json (answer, error) : NULL;
}

static void
print_claim (MilWireClaim *claim)
{
  MilWirePurchase *first = claim->purchases->len > 0 ? claim->purchases->pdata[0] : NULL;
  g_autofree char *total = NULL;

  if (first != NULL)
    total = mil_money_format (mil_money (first->total, first->currency), MIL_MONEY_CODE);
  printf ("%s  %-20s  %s  %s\n", claim->number, claim->state, first != NULL ? first->shop : "", total != NULL ? total : "");
}

static gboolean
do_list (Customs *self, GError **error)
{
  g_autoptr (MilWireClaims) claims = list_claims (self, NULL, error);

  if (claims == NULL)
    return FALSE;
  for (guint i = 0; i < claims->claims->len; i++)
    print_claim (claims->claims->pdata[i]);
  if (claims->claims->len == 0)
    g_printerr (_ ("There are no claims.\n"));
  return TRUE;
}

static gboolean
waits (const MilWireClaim *claim)
{
  return g_str_equal (claim->state, "issued") || g_str_equal (claim->state, "awaiting-validation");
}

/* "latest" is the newest claim whose form waits for customs. */
static char *
resolve (Customs *self, const char *name, GError **error)
{
  g_autoptr (MilWireClaims) claims = NULL;

  if (!g_str_equal (name, "latest"))
    return g_uri_escape_string (name, NULL, FALSE);
  claims = list_claims (self, NULL, error);
  if (claims == NULL)
    return NULL;
  for (guint i = 0; i < claims->claims->len; i++)
    if (waits (claims->claims->pdata[i]))
      return g_strdup (((MilWireClaim *) claims->claims->pdata[i])->id);
  mil_error_set (error, MIL_ERROR_NOT_FOUND, _ ("No claim waits for customs."));
  return NULL;
}

static void
print_answer (MilWireClaim *claim)
{
  MilWireExport *validation = claim->validation;

  print_claim (claim);
  if (validation == NULL)
    return;
  printf ("%s", validation->system);
  if (validation->reference != NULL)
    printf ("  %s %s", validation->label != NULL ? validation->label : "", validation->reference);
  if (validation->code != NULL)
    printf ("  “%s”", validation->code);
  printf ("\n");
  if (validation->hint != NULL)
    printf ("%s\n", validation->hint);
}

static gboolean
decide (Customs *self, const char *result, const char *name, GError **error)
{
  g_autofree char *id = resolve (self, name, error);
  g_autofree char *path = NULL;
  g_autoptr (MilWireValidation) validation = mil_wire_validation_new ();
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (MilWireClaim) claim = NULL;

  if (id == NULL)
    return FALSE;
  path = g_strdup_printf ("/v1/taxfree/claims/%s/validation", id);
  g_set_str (&validation->result, result);
  g_set_str (&validation->reason, self->options->reason);
  g_set_str (&validation->desk, self->options->desk);
  validation->purchases = g_strdupv (self->options->purchases);
  g_set_str (&validation->reason_code, self->options->reason_code);
  g_set_str (&validation->position, self->options->position);
  if (self->options->on != NULL && !mil_date_parse (self->options->on, &validation->on, error))
    return FALSE;
  body = mil_wire_validation_to_json (validation);
  answer = ask (self, "POST", path, NULL, body, error);
  claim = answer != NULL ? mil_wire_claim_from_json (answer, error) : NULL;
  if (claim == NULL)
    return FALSE;
  print_answer (claim);
  return TRUE;
}

/* What the command is called, and what it is on the wire. */
static const struct
{
  const char *command;
  const char *result;
  const char *text;
} deeds[] = {
  { "validate", "validated", N_ ("all goods are in order: the green light, the officer's yes") },
  { "partial", "partial", N_ ("some are: name them with --purchase ID, once for each") },
  { "refuse", "refused", N_ ("the officer's no: say why with --reason TEXT or --code WORD") },
  { "desk", "desk", N_ ("the red light: the system sends the traveller to the desk") },
  { "outage", "outage", N_ ("the system does not answer") },
  { "stamp", "stamp", N_ ("an ink stamp on paper; of another day with --on YYYY-MM-DD") },
};

static int
do_help (void)
{
  printf ("%s\n", _ ("milione-service customs COMMAND [CLAIM]: what happens to a form at the exit, through the system of its country."));
  printf ("  %-9s %s\n", "list", _ ("all claims, the newest first"));
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    printf ("  %-9s %s\n", deeds[i].command, _ (deeds[i].text));
  printf ("%s\n", _ ("CLAIM is an id, a number, or “latest”: the newest that waits for customs. Words for --code:"));
  for (guint i = 0; i < MIL_REFUSAL_N; i++)
    printf ("  %-18s %s\n", mil_claim_refusal_name (i), mil_claim_refusal_text (i));
  return EXIT_SUCCESS;
}

static int
dispatch (gpointer data, GError **error)
{
  Customs *self = data;
  GStrv    rest = self->options->rest;
  guint    n = g_strv_length (rest);

  if (n == 2 && g_str_equal (rest[1], "list"))
    return do_list (self, error) ? EXIT_SUCCESS : EXIT_FAILURE;
  for (guint i = 0; n == 3 && i < G_N_ELEMENTS (deeds); i++)
    if (g_str_equal (rest[1], deeds[i].command))
      return decide (self, deeds[i].result, rest[2], error) ? EXIT_SUCCESS : EXIT_FAILURE;
  mil_error_set (error, MIL_ERROR_INVALID, _ ("See “milione-service customs help”."));
  return USAGE;
}

/**
 * mil_customs_run:
 * @options: how the program was called
 *
 * Plays the customs officer of the demo: signs with `keys/customs.pem` of the state folder and asks
 * the service over its socket.
 *
 * Returns: exit status: 0, 1 when the service said no or could not be reached, 2 for a wrong command
 */
int
mil_customs_run (const MilOptions *options)
{
  g_auto (Customs) self = { .options = options };
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (options != NULL && options->rest != NULL, EXIT_FAILURE);

  if (g_strv_length (options->rest) == 2 && g_str_equal (options->rest[1], "help"))
    return do_help ();
  self.clock = mil_clock_new_system ();
  self.random = mil_random_new_system ();
  self.key = mil_demo_key_load (options->state, MIL_ROLE_CUSTOMS, &error);
  if (self.key == NULL)
    {
      g_printerr ("milione-service: %s\n", error->message);
      return EXIT_FAILURE;
    }
  if (options->socket == NULL)
    {
      g_printerr ("milione-service: %s\n", _ ("customs reaches the service over its socket; see --socket."));
      return USAGE;
    }
  self.http = mil_http_new_unix ("milione-customs", options->socket);
  return mil_command_run (dispatch, &self);
}
