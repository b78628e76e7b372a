/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/mil-claim-person.h"

#include <glib/gi18n.h>

const MilSealedTable mil_claim_person_table = { "claim_persons", "claim-person", { "claim_id" } };

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

static GBytes *
write_person (const MilClaimPerson *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_member (object, "traveller", mil_wire_traveller_to_json (self->traveller));
  if (self->objection != NULL)
    json_object_set_string_member (object, "objection", self->objection);
  if (self->answer != NULL)
    json_object_set_string_member (object, "answer", self->answer);
  return mil_sealed_pad (object);
}

static MilClaimPerson *
read_person (GBytes *plain, GError **error)
{
  g_autoptr (MilClaimPerson) self = NULL;
  g_autoptr (JsonObject) object = mil_sealed_read (plain, error);

  if (object == NULL)
    return NULL;
  self = g_new0 (MilClaimPerson, 1);
  self->traveller = mil_wire_traveller_from_json (json_object_get_member (object, "traveller"), error);
  self->objection = g_strdup (json_object_get_string_member_with_default (object, "objection", NULL));
  self->answer = g_strdup (json_object_get_string_member_with_default (object, "answer", NULL));
  return self->traveller != NULL ? g_steal_pointer (&self) : NULL;
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
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (MilSealed) sealed = NULL;

  g_return_val_if_fail (self != NULL && tx != NULL && vault != NULL && claim_id != NULL, FALSE);

  plain = write_person (self);
  sealed = mil_sealed_table_seal (&mil_claim_person_table, tx, vault, claim_id, NULL, plain);
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
  g_autoptr (MilRows) rows = NULL;
  g_autoptr (GBytes) plain = NULL;

  g_return_val_if_fail (tx != NULL && vault != NULL && claim_id != NULL, NULL);

  rows = mil_tx_query_one (tx,
                           error,
                           _ ("Who made this claim has been forgotten."),
                           "SELECT key_id, wrapped_key, sealed FROM claim_persons WHERE claim_id = $1",
                           "t",
                           claim_id);
  if (rows == NULL)
    return NULL;
  plain = mil_sealed_table_unseal (&mil_claim_person_table, vault, claim_id, NULL, rows, 0, error);
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
