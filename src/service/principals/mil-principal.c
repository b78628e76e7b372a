/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/principals/mil-principal.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (MilPrincipal, mil_principal, mil_principal_ref, mil_principal_unref)

static const struct
{
  MilRole     role;
  const char *name;
} roles[] = {
  { MIL_ROLE_TRAVELLER, "traveller" }, { MIL_ROLE_MERCHANT, "merchant" },
  { MIL_ROLE_OPERATOR, "operator" },   { MIL_ROLE_CUSTOMS, "customs" },
  { MIL_ROLE_KIOSK, "kiosk" },         { MIL_ROLE_ADMINISTRATOR, "administrator" },
};

/**
 * mil_principal_ref:
 * @self: a principal
 *
 * Returns: (transfer full): @self
 */
MilPrincipal *
mil_principal_ref (MilPrincipal *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * mil_principal_unref:
 * @self: (transfer full): a principal
 *
 * Lets go of @self.
 */
void
mil_principal_unref (MilPrincipal *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_clear_pointer (&self->key, mil_key_unref);
  g_free (self);
}

/**
 * mil_role_name:
 * @role: one role
 *
 * Returns: its name on the wire
 */
const char *
mil_role_name (MilRole role)
{
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (roles[i].role == role)
      return roles[i].name;
  g_return_val_if_reached ("");
}

/**
 * mil_role_parse:
 * @name: a role's name on the wire
 * @role: (out): the role
 *
 * Returns: %FALSE when there is no such role
 */
gboolean
mil_role_parse (const char *name, MilRole *role)
{
  g_return_val_if_fail (name != NULL && role != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_str_equal (roles[i].name, name))
      {
        *role = roles[i].role;
        return TRUE;
      }
  return FALSE;
}

static MilPrincipal *
principal_new (const char *id, MilRole role, MilKey *key)
{
  MilPrincipal *self = g_new0 (MilPrincipal, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->role = role;
  self->key = mil_key_ref (key);
  return self;
}

/**
 * mil_principal_find:
 * @tx: a transaction
 * @key_id: RFC 7638 thumbprint of a public key
 * @error: return location
 *
 * Looks up who enrolled a key.
 *
 * Returns: (transfer full): the principal, or %NULL with @error set; to %MIL_ERROR_UNAUTHENTICATED
 *   when nobody has enrolled it
 */
MilPrincipal *
mil_principal_find (MilTx *tx, const char *key_id, GError **error)
{
  g_autoptr (MilRows) rows = NULL;
  g_autoptr (JsonNode) jwk = NULL;
  g_autoptr (MilKey) key = NULL;
  MilRole role;

  g_return_val_if_fail (tx != NULL && key_id != NULL, NULL);

  rows = mil_tx_query (tx, error, "SELECT id, role, public_key FROM principals WHERE key_id = $1", "t", key_id);
  if (rows == NULL)
    return NULL;
  if (!mil_rows_next (rows))
    {
      mil_error_set (error, MIL_ERROR_UNAUTHENTICATED, _ ("The key that signed the request is not known here. Enrol it first."));
      return NULL;
    }
  jwk = json_from_string (mil_rows_text (rows, 2), NULL);
  key = jwk != NULL ? mil_key_from_jwk (jwk, error) : NULL;
  if (key == NULL || !mil_role_parse (mil_rows_text (rows, 1), &role))
    {
      if (error != NULL && *error == NULL)
        mil_error_set (error, MIL_ERROR_STORAGE, _ ("A stored row is damaged. Restore the database from its backup."));
      return NULL;
    }
  return principal_new (mil_rows_text (rows, 0), role, key);
}

/**
 * mil_principal_enrol:
 * @tx: a transaction
 * @role: what the principal may do
 * @key: their key; only its public half is kept
 * @is_new: (out): whether the key was not enrolled before
 * @error: return location
 *
 * Enrols a key. One that is enrolled already with the same role stays as it is.
 *
 * Returns: (transfer full): the principal, or %NULL with @error set; to %MIL_ERROR_CONFLICT when
 *   the key is enrolled with another role
 */
MilPrincipal *
mil_principal_enrol (MilTx *tx, MilRole role, MilKey *key, gboolean *is_new, GError **error)
{
  g_autoptr (JsonNode) jwk = NULL;
  g_autoptr (MilPrincipal) principal = NULL;
  g_autofree char *id = NULL;

  g_return_val_if_fail (tx != NULL && key != NULL && is_new != NULL, NULL);

  id = mil_tx_new_id (tx);
  jwk = mil_key_to_jwk (key);
  if (!mil_tx_exec (tx,
                    error,
                    "INSERT INTO principals (id, role, key_id, public_key, created_at)"
                    " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (key_id) DO NOTHING",
                    "tttji",
                    id,
                    mil_role_name (role),
                    mil_key_id (key),
                    jwk,
                    mil_tx_now (tx)))
    return NULL;
  *is_new = mil_tx_changes (tx) == 1;
  if (*is_new)
    return principal_new (id, role, key);
  principal = mil_principal_find (tx, mil_key_id (key), error);
  if (principal == NULL)
    return NULL;
  if (principal->role != role)
    {
      mil_error_set (error, MIL_ERROR_CONFLICT, _ ("This key is enrolled with another role already."));
      return NULL;
    }
  return g_steal_pointer (&principal);
}
