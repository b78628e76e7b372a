/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-auth.h"

#include <glib/gi18n.h>

/**
 * mil_auth_own_key:
 * @call: a request that enrols a key
 * @signature: its signature
 * @error: return location
 *
 * The key in the body of an enrolment, which signs for itself.
 *
 * Returns: (transfer full): the key, or %NULL with @error set to %MIL_ERROR_UNAUTHENTICATED when the
 *   body has no key or another one than the signature names
 */
MilKey *
mil_auth_own_key (MilCall *call, const MilSignature *signature, GError **error)
{
  g_autoptr (MilKey) key = NULL;
  JsonNode *jwk = NULL;

  g_return_val_if_fail (call != NULL && signature != NULL, NULL);

  if (call->json != NULL && JSON_NODE_HOLDS_OBJECT (call->json))
    jwk = json_object_get_member (json_node_get_object (call->json), "public_key");
  key = jwk != NULL && JSON_NODE_HOLDS_OBJECT (jwk) ? mil_key_from_jwk (jwk, NULL) : NULL;
  if (key != NULL && g_str_equal (mil_key_id (key), signature->key_id))
    return g_steal_pointer (&key);
  mil_error_set (error, MIL_ERROR_UNAUTHENTICATED, _ ("The key that signed the request is not known here. Enrol it first."));
  return NULL;
}

/**
 * mil_auth_verify:
 * @call: a request
 * @signature: its signature
 * @key: the key that the signature names
 * @error: return location
 *
 * Whether @key signed all of the request that matters, a moment ago.
 *
 * Returns: %FALSE with @error set to %MIL_ERROR_UNAUTHENTICATED when it did not
 */
gboolean
mil_auth_verify (MilCall *call, const MilSignature *signature, MilKey *key, GError **error)
{
  MilSignatureMessage message;

  g_return_val_if_fail (call != NULL && signature != NULL && key != NULL, FALSE);

  message = (MilSignatureMessage) {
    .method = call->method,
    .authority = call->authority,
    .path = call->path,
    .query = call->query,
    .headers = call->headers,
    .body = g_bytes_get_size (call->body) > 0 ? call->body : NULL,
  };
  return mil_signature_check_request (signature, &message, mil_clock_now (call->context->clock), error)
         && mil_signature_verify (signature, &message, key, error);
}
