/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-ucp.h"

#define SPECIFICATION "https://ucp.dev/2026-04-08/specification/"

static const char *const capabilities[] = {
  "dev.ucp.shopping.catalog.search", "dev.ucp.shopping.catalog.lookup", "dev.ucp.shopping.checkout",
  "dev.ucp.shopping.fulfillment",    "dev.ucp.shopping.order",
};

static void
add_entity (JsonObject *registry, const char *name, JsonObject *entity)
{
  JsonArray *versions = json_array_new ();

  json_object_set_string_member (entity, "version", MIL_UCP_VERSION);
  json_array_add_object_element (versions, entity);
  json_object_set_array_member (registry, name, versions);
}

/**
 * mil_ucp_success:
 * @capability: (nullable): the capability that answers
 *
 * Returns: (transfer full): the member `ucp` of an answer that carries what was asked for
 */
JsonObject *
mil_ucp_success (const char *capability)
{
  JsonObject *ucp = json_object_new ();

  json_object_set_string_member (ucp, "version", MIL_UCP_VERSION);
  json_object_set_string_member (ucp, "status", "success");
  if (capability != NULL)
    {
      JsonObject *registry = json_object_new ();

      add_entity (registry, capability, json_object_new ());
      json_object_set_object_member (ucp, "capabilities", registry);
    }
  return ucp;
}

/**
 * mil_ucp_add_handlers:
 * @ucp: a member `ucp`
 *
 * Says with what our stores can be paid: the wallet, by a one-use token.
 */
void
mil_ucp_add_handlers (JsonObject *ucp)
{
  JsonObject *registry = json_object_new ();
  JsonObject *handler = json_object_new ();
  JsonObject *instrument = json_object_new ();
  JsonArray  *instruments = json_array_new ();

  json_object_set_string_member (instrument, "type", MIL_UCP_WALLET);
  json_array_add_object_element (instruments, instrument);
  json_object_set_string_member (handler, "id", MIL_UCP_WALLET_HANDLER);
  json_object_set_array_member (handler, "available_instruments", instruments);
  add_entity (registry, MIL_UCP_WALLET, handler);
  json_object_set_object_member (ucp, "payment_handlers", registry);
}

/**
 * mil_ucp_profile:
 * @call: a request
 * @store_id: a store
 *
 * Returns: (transfer full): the store's discovery profile (`discovery/profile_schema.json`)
 */
JsonObject *
mil_ucp_profile (MilCall *call, const char *store_id)
{
  g_autofree char *endpoint = mil_call_address (call, "/stores/%s", store_id);
  JsonObject      *profile = json_object_new ();
  JsonObject      *ucp = json_object_new ();
  JsonObject      *services = json_object_new ();
  JsonObject      *service = json_object_new ();
  JsonObject      *registry = json_object_new ();

  json_object_set_string_member (ucp, "version", MIL_UCP_VERSION);
  json_object_set_string_member (service, "transport", "rest");
  json_object_set_string_member (service, "endpoint", endpoint);
  json_object_set_string_member (service, "spec", SPECIFICATION "overview");
  json_object_set_string_member (service, "schema", "https://ucp.dev/2026-04-08/services/shopping/rest.openapi.json");
  add_entity (services, "dev.ucp.shopping", service);
  json_object_set_object_member (ucp, "services", services);
  for (guint i = 0; i < G_N_ELEMENTS (capabilities); i++)
    {
      JsonObject *capability = json_object_new ();

      if (g_str_equal (capabilities[i], "dev.ucp.shopping.fulfillment"))
        json_object_set_string_member (capability, "extends", "dev.ucp.shopping.checkout");
      add_entity (registry, capabilities[i], capability);
    }
  json_object_set_object_member (ucp, "capabilities", registry);
  mil_ucp_add_handlers (ucp);
  json_object_set_object_member (profile, "ucp", ucp);
  json_object_set_array_member (profile, "signing_keys", json_array_new ());
  return profile;
}

/**
 * mil_ucp_add_message:
 * @messages: a list of messages
 * @type: "error", "warning" or "info"
 * @code: for the program
 * @path: (nullable): JSONPath of what it is about
 * @severity: (nullable): of an error: "recoverable", "requires_buyer_input", "requires_buyer_review"
 *   or "unrecoverable"
 * @content: a sentence for the person
 *
 * Adds a message (`types/message.json`).
 */
void
mil_ucp_add_message (JsonArray *messages, const char *type, const char *code, const char *path, const char *severity, const char *content)
{
  JsonObject *message = json_object_new ();

  json_object_set_string_member (message, "type", type);
  json_object_set_string_member (message, "code", code);
  if (path != NULL)
    json_object_set_string_member (message, "path", path);
  if (severity != NULL)
    json_object_set_string_member (message, "severity", severity);
  json_object_set_string_member (message, "content", content);
  json_array_add_object_element (messages, message);
}

/**
 * mil_ucp_error:
 * @code: for the program
 * @severity: see mil_ucp_add_message()
 * @content: a sentence for the person
 *
 * Returns: (transfer full): a business outcome that carries no resource
 *   (`types/error_response.json`); UCP answers it with the status 200
 */
MilReply *
mil_ucp_error (const char *code, const char *severity, const char *content)
{
  JsonObject *answer = json_object_new ();
  JsonObject *ucp = json_object_new ();
  JsonArray  *messages = json_array_new ();

  json_object_set_string_member (ucp, "version", MIL_UCP_VERSION);
  json_object_set_string_member (ucp, "status", "error");
  json_object_set_object_member (answer, "ucp", ucp);
  mil_ucp_add_message (messages, "error", code, NULL, severity, content);
  json_object_set_array_member (answer, "messages", messages);
  return mil_reply_object (SOUP_STATUS_OK, answer);
}
