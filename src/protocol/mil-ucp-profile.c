/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "protocol/mil-ucp-profile.h"

#include <glib/gi18n.h>

#include "base/mil-error.h"

#define MAX_NAME 200
#define MAX_URL 4000

MIL_SHAPE_DEFINE (MilUcpService,
                  mil_ucp_service,
                  NULL,
                  MIL_STRING (MilUcpService, name, MAX_NAME, KEY),
                  MIL_STRING (MilUcpService, version, 10, REQUIRED),
                  MIL_STRING (MilUcpService, transport, 64, REQUIRED),
                  MIL_STRING (MilUcpService, endpoint, MAX_URL, OPTIONAL),
                  MIL_STRING (MilUcpService, spec, MAX_URL, OPTIONAL),
                  MIL_STRING (MilUcpService, schema, MAX_URL, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpCapability,
                  mil_ucp_capability,
                  NULL,
                  MIL_STRING (MilUcpCapability, name, MAX_NAME, KEY),
                  MIL_STRING (MilUcpCapability, version, 10, REQUIRED),
                  MIL_STRING (MilUcpCapability, spec, MAX_URL, OPTIONAL),
                  MIL_STRING (MilUcpCapability, schema, MAX_URL, OPTIONAL),
                  MIL_NODE (MilUcpCapability, extends, OPTIONAL),
                  MIL_NODE (MilUcpCapability, config, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpPaymentHandler,
                  mil_ucp_payment_handler,
                  NULL,
                  MIL_STRING (MilUcpPaymentHandler, name, MAX_NAME, KEY),
                  MIL_STRING (MilUcpPaymentHandler, id, MAX_NAME, REQUIRED),
                  MIL_STRING (MilUcpPaymentHandler, version, 10, REQUIRED),
                  MIL_STRING (MilUcpPaymentHandler, spec, MAX_URL, OPTIONAL),
                  MIL_STRING (MilUcpPaymentHandler, schema, MAX_URL, OPTIONAL),
                  MIL_NODE (MilUcpPaymentHandler, config, OPTIONAL),
                  MIL_NODE (MilUcpPaymentHandler, available_instruments, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpMetadata,
                  mil_ucp_metadata,
                  NULL,
                  MIL_STRING (MilUcpMetadata, version, 10, REQUIRED),
                  MIL_STRING (MilUcpMetadata, status, 64, OPTIONAL),
                  MIL_MAP (MilUcpMetadata, services, mil_ucp_service, 100, OPTIONAL),
                  MIL_MAP (MilUcpMetadata, capabilities, mil_ucp_capability, 200, OPTIONAL),
                  MIL_MAP (MilUcpMetadata, payment_handlers, mil_ucp_payment_handler, 100, OPTIONAL),
                  MIL_NODE (MilUcpMetadata, supported_versions, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpProfile,
                  mil_ucp_profile,
                  NULL,
                  MIL_OBJECT (MilUcpProfile, ucp, MilUcpMetadata, mil_ucp_metadata, REQUIRED),
                  MIL_NODE (MilUcpProfile, signing_keys, OPTIONAL))

/**
 * mil_ucp_profile_endpoint:
 * @self: a store's profile
 * @service: its name, for example `dev.ucp.shopping`
 *
 * Returns: (transfer none) (nullable): where that service is spoken over REST
 */
const char *
mil_ucp_profile_endpoint (const MilUcpProfile *self, const char *service)
{
  g_return_val_if_fail (self != NULL && service != NULL, NULL);

  for (guint i = 0; i < self->ucp->services->len; i++)
    {
      MilUcpService *candidate = g_ptr_array_index (self->ucp->services, i);

      if (g_str_equal (candidate->name, service) && g_str_equal (candidate->transport, "rest"))
        return candidate->endpoint;
    }
  return NULL;
}

/**
 * mil_ucp_profile_has_capability:
 * @self: a store's profile
 * @name: for example `dev.ucp.shopping.checkout`
 *
 * Returns: whether the store has it, in any version
 */
gboolean
mil_ucp_profile_has_capability (const MilUcpProfile *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, FALSE);

  for (guint i = 0; i < self->ucp->capabilities->len; i++)
    if (g_str_equal (((MilUcpCapability *) g_ptr_array_index (self->ucp->capabilities, i))->name, name))
      return TRUE;
  return FALSE;
}

/**
 * mil_ucp_profile_handler:
 * @self: a store's profile
 * @name: for example `io.github.milione.wallet`
 *
 * Returns: (transfer none) (nullable): how the store takes that kind of payment
 */
MilUcpPaymentHandler *
mil_ucp_profile_handler (const MilUcpProfile *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  for (guint i = 0; i < self->ucp->payment_handlers->len; i++)
    {
      MilUcpPaymentHandler *handler = g_ptr_array_index (self->ucp->payment_handlers, i);

      if (g_str_equal (handler->name, name))
        return handler;
    }
  return NULL;
}

/**
 * mil_ucp_profile_signing_key:
 * @self: a profile
 * @key_id: the `kid` that a signature names
 * @error: %MIL_ERROR_UNAUTHENTICATED when the profile has no such key, or as mil_key_from_jwk() says it
 *
 * Returns: (transfer full) (nullable): the key
 */
MilKey *
mil_ucp_profile_signing_key (const MilUcpProfile *self, const char *key_id, GError **error)
{
  JsonArray *keys = NULL;

  g_return_val_if_fail (self != NULL && key_id != NULL, NULL);

  if (self->signing_keys != NULL && JSON_NODE_HOLDS_ARRAY (self->signing_keys))
    keys = json_node_get_array (self->signing_keys);
  for (guint i = 0; keys != NULL && i < json_array_get_length (keys) && i < 100; i++)
    {
      JsonNode *node = json_array_get_element (keys, i);
      g_autoptr (MilJson) json = mil_json_new (node);

      if (g_strcmp0 (mil_json_string_optional (json, "kid", 500), key_id) == 0)
        return mil_key_from_jwk (node, error);
    }
  mil_error_set (error, MIL_ERROR_UNAUTHENTICATED, "%s", _ ("The other side does not publish the key that signed this."));
  return NULL;
}
