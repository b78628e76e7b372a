/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-routes.h"

#include <glib/gi18n.h>

#define UCP_VERSION "2026-04-08"

static MilKey *
read_key (MilJson *json, GError **error)
{
  g_autoptr (GError) problem = NULL;
  MilKey *key = NULL;

  if (mil_json_enter (json, "public_key"))
    {
      key = mil_key_from_jwk (mil_json_node (json), &problem);
      if (key == NULL)
        mil_json_fail (json, NULL, "%s", problem->message);
    }
  mil_json_leave (json);
  if (!mil_json_finish (json, error))
    g_clear_pointer (&key, mil_key_unref);
  return key;
}

/* A traveller enrols their own key; any other key is enrolled by an administrator. */
static gboolean
may_enrol (MilCall *call, MilRole role, MilKey *key, GError **error)
{
  gboolean is_own = g_str_equal (mil_key_id (key), mil_key_id (call->key));

  if ((role == MIL_ROLE_TRAVELLER && is_own) || (call->principal != NULL && call->principal->role == MIL_ROLE_ADMINISTRATOR)
      || (call->principal != NULL && is_own && call->principal->role == role))
    return TRUE;
  mil_error_set (error, MIL_ERROR_FORBIDDEN, _ ("Only an administrator may enrol this key."));
  return FALSE;
}

static MilReply *
enrol (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilJson) json = mil_call_read (call, error);
  g_autoptr (MilKey) key = NULL;
  g_autoptr (MilPrincipal) principal = NULL;
  MilRole     role = MIL_ROLE_TRAVELLER;
  gboolean    is_new;
  JsonObject *answer;

  if (json == NULL)
    return NULL;
  /* Nobody here ever asks for it again, so it is not kept. */
  mil_json_string_optional (json, "name", 200);
  if (!mil_role_parse (mil_json_string (json, "role", 40), &role))
    mil_json_fail (json, "role", "%s", _ ("there is no such role"));
  key = read_key (json, error);
  if (key == NULL || !may_enrol (call, role, key, error))
    return NULL;
  principal = mil_principal_enrol (tx, role, key, &is_new, error);
  if (principal == NULL)
    return NULL;
  answer = json_object_new ();
  json_object_set_string_member (answer, "id", principal->id);
  json_object_set_string_member (answer, "role", mil_role_name (principal->role));
  json_object_set_string_member (answer, "key_id", mil_key_id (principal->key));
  return mil_reply_object (is_new ? SOUP_STATUS_CREATED : SOUP_STATUS_OK, answer);
}

/* The profile that UCP wants every platform to publish, for travellers, who have no address of
 * their own: what `UCP-Agent` names, and the key that their requests are signed with. */
static MilReply *
platform_profile (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilPrincipal) principal = mil_principal_find (tx, mil_call_param (call, "key"), NULL);
  g_autoptr (JsonNode) jwk = NULL;
  JsonObject *profile;
  JsonObject *ucp;
  JsonArray  *keys;

  if (principal == NULL || principal->role != MIL_ROLE_TRAVELLER)
    {
      mil_error_set (error, MIL_ERROR_NOT_FOUND, _ ("There is no such traveller here."));
      return NULL;
    }
  jwk = mil_key_to_jwk (principal->key);
  json_object_set_string_member (json_node_get_object (jwk), "kid", mil_key_id (principal->key));
  json_object_set_string_member (json_node_get_object (jwk), "use", "sig");
  json_object_set_string_member (json_node_get_object (jwk), "alg", "ES256");
  keys = json_array_new ();
  json_array_add_element (keys, g_steal_pointer (&jwk));
  ucp = json_object_new ();
  json_object_set_string_member (ucp, "version", UCP_VERSION);
  json_object_set_object_member (ucp, "services", json_object_new ());
  json_object_set_object_member (ucp, "payment_handlers", json_object_new ());
  profile = json_object_new ();
  json_object_set_object_member (profile, "ucp", ucp);
  json_object_set_array_member (profile, "signing_keys", keys);
  return mil_reply_cached (mil_reply_object (SOUP_STATUS_OK, profile), mil_call_header (call, "If-None-Match"), "public, max-age=3600");
}

const MilRoute mil_principal_routes[] = {
  { "POST", "/v1/principals", MIL_ROLE_ANY, MIL_ROUTE_ENROL, enrol },
  { "GET", "/travellers/{key}/.well-known/ucp", 0, MIL_ROUTE_READ, platform_profile },
  { 0 },
};
