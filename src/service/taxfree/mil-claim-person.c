/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/mil-claim-person.h"

#include <glib/gi18n.h>
#include <string.h>

/* How long a name is says something as well: what is sealed is a multiple of this long. */
#define BLOCK 512
#define AT_ONCE 100

/**
 * mil_claim_person_new:
 * @traveller: who claims; copied
 *
 * Returns: (transfer full): what is to be stored of them
 */
MilClaimPerson *
mil_claim_person_new (const MilWireTraveller *traveller)
{
  MilClaimPerson *self;

  g_return_val_if_fail (traveller != NULL, NULL);

  self = g_new0 (MilClaimPerson, 1);
  self->traveller = mil_wire_traveller_copy (traveller);
  return self;
}

/**
 * mil_claim_person_free:
 * @self: (transfer full) (nullable): a person
 *
 * Frees it.
 */
void
mil_claim_person_free (MilClaimPerson *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->traveller, mil_wire_traveller_free);
  g_free (self->objection);
  g_free (self->answer);
  g_free (self);
}

/**
 * mil_claim_person_strip:
 * @traveller: a traveller
 *
 * Takes away all that names a person; the country of residence, on which the refund rests, stays.
 */
void
mil_claim_person_strip (MilWireTraveller *traveller)
{
  MilDate none = { 0 };

  g_return_if_fail (traveller != NULL);

  g_set_str (&traveller->name, "");
  g_clear_pointer (&traveller->nationality, g_free);
  g_clear_pointer (&traveller->address, g_free);
  g_clear_pointer (&traveller->email, g_free);
  g_clear_pointer (&traveller->phone, g_free);
  g_clear_pointer (&traveller->document, mil_wire_document_free);
  traveller->birth_date = none;
}

static char *
context_of (const char *claim_id)
{
  return g_strconcat ("claim-person ", claim_id, NULL);
}

static GBytes *
write_person (const MilClaimPerson *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  gsize            length;
  gsize            padded;

  json_object_set_member (object, "traveller", mil_wire_traveller_to_json (self->traveller));
  if (self->objection != NULL)
    json_object_set_string_member (object, "objection", self->objection);
  if (self->answer != NULL)
    json_object_set_string_member (object, "answer", self->answer);
  json_node_set_object (node, object);
  text = json_to_string (node, FALSE);
  length = strlen (text);
  padded = (length / BLOCK + 1) * BLOCK;
  text = g_realloc (text, padded);
  memset (text + length, ' ', padded - length);
  return g_bytes_new_take (g_steal_pointer (&text), padded);
}

static MilClaimPerson *
read_person (GBytes *plain, GError **error)
{
  g_autoptr (MilClaimPerson) self = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize       size;
  const char *text = g_bytes_get_data (plain, &size);
  JsonObject *object;

  if (!json_parser_load_from_data (parser, text, (gssize) size, error))
    return NULL;
  object = json_node_get_object (json_parser_get_root (parser));
  self = g_new0 (MilClaimPerson, 1);
  self->traveller = mil_wire_traveller_from_json (json_object_get_member (object, "traveller"), error);
  self->objection = g_strdup (json_object_get_string_member_with_default (object, "objection", NULL));
  self->answer = g_strdup (json_object_get_string_member_with_default (object, "answer", NULL));
  return self->traveller != NULL ? g_steal_pointer (&self) : NULL;
}

static gboolean
write_sealed (const MilSealed *sealed, MilTx *tx, const char *claim_id, GError **error)
{
  return mil_tx_exec (
      tx,
      error,
      "INSERT INTO claim_persons (claim_id, key_id, wrapped_key, sealed, updated_at)"
      " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (claim_id) DO UPDATE SET key_id = excluded.key_id,"
      " wrapped_key = excluded.wrapped_key, sealed = excluded.sealed, updated_at = excluded.updated_at",
      "ttbbi",
      claim_id,
      sealed->key_id,
      sealed->wrapped_key,
      sealed->data,
      mil_tx_now (tx));
}

/**
 * mil_claim_person_store:
 * @self: a person
 * @tx: a transaction
 * @vault: the keys
 * @claim_id: the claim
 * @error: return location
 *
 * Encrypts and keeps what is known of the person, instead of what was.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_claim_person_store (const MilClaimPerson *self, MilTx *tx, MilVault *vault, const char *claim_id, GError **error)
{
  guint8           chance[MIL_VAULT_CHANCE];
  g_autofree char *context = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (MilSealed) sealed = NULL;

  g_return_val_if_fail (self != NULL && tx != NULL && vault != NULL && claim_id != NULL, FALSE);

  context = context_of (claim_id);
  plain = write_person (self);
  mil_tx_random (tx, chance, sizeof chance);
  sealed = mil_vault_seal (vault, chance, context, plain);
  return write_sealed (sealed, tx, claim_id, error);
}

/**
 * mil_claim_person_load:
 * @tx: a transaction
 * @vault: the keys
 * @claim_id: the claim
 * @error: return location; %MIL_ERROR_NOT_FOUND when nobody knows any more
 *
 * Returns: (transfer full) (nullable): the person
 */
MilClaimPerson *
mil_claim_person_load (MilTx *tx, MilVault *vault, const char *claim_id, GError **error)
{
  g_autofree char *context = NULL;
  g_autoptr (MilRows) rows = NULL;
  g_autoptr (MilSealed) sealed = NULL;
  g_autoptr (GBytes) plain = NULL;

  g_return_val_if_fail (tx != NULL && vault != NULL && claim_id != NULL, NULL);

  context = context_of (claim_id);
  rows = mil_tx_query_one (tx,
                           error,
                           _ ("Who made this claim has been forgotten."),
                           "SELECT key_id, wrapped_key, sealed FROM claim_persons WHERE claim_id = $1",
                           "t",
                           claim_id);
  if (rows == NULL)
    return NULL;
  sealed = mil_sealed_new (mil_rows_text (rows, 0), mil_rows_bytes (rows, 1), mil_rows_bytes (rows, 2));
  plain = mil_vault_unseal (vault, sealed, context, error);
  return plain != NULL ? read_person (plain, error) : NULL;
}

/**
 * mil_claim_person_erase:
 * @tx: a transaction
 * @claim_id: the claim
 * @error: return location
 *
 * Forgets the person for good: with the row goes the only key that opens what older copies of it hold.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_claim_person_erase (MilTx *tx, const char *claim_id, GError **error)
{
  g_return_val_if_fail (tx != NULL && claim_id != NULL, FALSE);

  return mil_tx_exec (tx, error, "DELETE FROM claim_persons WHERE claim_id = $1", "t", claim_id);
}

static gboolean
rewrap (MilTx *tx, MilVault *vault, MilRows *row, GError **error)
{
  const char      *claim_id = mil_rows_text (row, 0);
  g_autofree char *context = context_of (claim_id);
  guint8           chance[MIL_VAULT_CHANCE];
  g_autoptr (MilSealed) sealed = mil_sealed_new (mil_rows_text (row, 1), mil_rows_bytes (row, 2), mil_rows_bytes (row, 3));

  mil_tx_random (tx, chance, sizeof chance);
  return mil_vault_rewrap (vault, sealed, chance, context, error) && write_sealed (sealed, tx, claim_id, error);
}

static gint64
rewrap_some (MilTx *tx, MilVault *vault, const char *key_id, GError **error)
{
  g_autoptr (MilRows) rows = NULL;
  gint64 n = 0;

  rows = mil_tx_query (
      tx, error, "SELECT claim_id, key_id, wrapped_key, sealed FROM claim_persons WHERE key_id = $1 LIMIT $2", "ti", key_id, (gint64) AT_ONCE);
  if (rows == NULL)
    return -1;
  for (; mil_rows_next (rows); n++)
    if (!rewrap (tx, vault, rows, error))
      return -1;
  return n;
}

/**
 * mil_claim_person_rewrap:
 * @tx: a transaction
 * @vault: the keys
 * @error: return location
 *
 * Wraps with the vault's current key what an older one of it wraps; some of it when there is much.
 *
 * Returns: how many were wrapped anew; -1 with @error set when it cannot
 */
gint64
mil_claim_person_rewrap (MilTx *tx, MilVault *vault, GError **error)
{
  const char *key_id;
  gint64      sum = 0;

  g_return_val_if_fail (tx != NULL && vault != NULL, -1);

  for (guint i = 0; (key_id = mil_vault_older (vault, i)) != NULL; i++)
    {
      gint64 n = rewrap_some (tx, vault, key_id, error);

      if (n < 0)
        return -1;
      sum += n;
    }
  return sum;
}
