/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/wallet/mil-payment-group.h"

#include <glib/gi18n.h>
#include <string.h>

#include "service/ledger/mil-ledger.h"
#include "service/wallet/mil-group-private.h"
#include "service/wallet/mil-wallet.h"

#define TOKEN_BYTES 32

/* Where the wallet's money goes: straight to the store, or to the desk when it must be exchanged. */
static char *
receiving_account (MilTx *tx, const MilAuthorisation *authorisation, GError **error)
{
  if (g_str_equal (authorisation->pay.currency, authorisation->amount.currency))
    return mil_ledger_account (tx, MIL_ACCOUNT_STORE, authorisation->store_id, authorisation->pay.currency, error);
  return mil_ledger_account (tx, MIL_ACCOUNT_LIQUIDITY, MIL_WALLET_SERVICE, authorisation->pay.currency, error);
}

static GStrv
hold_all (MilTx *tx, const MilGroup *group, GError **error)
{
  guint                   n = group->authorisations->len;
  g_autofree MilTransfer *transfers = g_new0 (MilTransfer, n);
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *wallet = mil_wallet_account (tx, group->wallet_id, group->total.currency, error);

  if (wallet == NULL)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      MilAuthorisation *authorisation = g_ptr_array_index (group->authorisations, i);
      char             *account = receiving_account (tx, authorisation, error);

      if (account == NULL)
        return NULL;
      g_ptr_array_add (accounts, account);
      transfers[i] = (MilTransfer) { .debit = wallet,
                                     .credit = account,
                                     .amount = authorisation->pay,
                                     .timeout_at = group->expires_at,
                                     .code = "payment",
                                     .subject = group->id };
    }
  return mil_ledger_transfer (tx, transfers, n, error);
}

static char *
new_token (MilTx *tx)
{
  guint8 bytes[TOKEN_BYTES];

  mil_tx_random (tx, bytes, sizeof bytes);
  return mil_base64url_encode (bytes, sizeof bytes);
}

static gboolean
authorise_one (MilTx *tx, const MilGroup *group, guint position, const char *hold_id, const char *token, GError **error)
{
  MilAuthorisation *authorisation = g_ptr_array_index (group->authorisations, position);
  g_autofree char  *hash = mil_sha256_hex (token, strlen (token));

  g_set_str (&authorisation->state, "held");
  g_set_str (&authorisation->hold_id, hold_id);
  return mil_tx_exec (tx,
                      error,
                      "UPDATE authorisations SET state = 'held', hold_id = $3, token_hash = $4"
                      " WHERE group_id = $1 AND position = $2",
                      "titt",
                      group->id,
                      (gint64) position,
                      hold_id,
                      hash)
         && mil_wallet_add_entry (tx,
                                  &(MilNewEntry) { .wallet_id = group->wallet_id,
                                                   .kind = "hold",
                                                   .amount = mil_money (-authorisation->pay.minor,
                                                                        authorisation->pay.currency),
                                                   .title = authorisation->store_name,
                                                   .store_id = authorisation->store_id },
                                  error);
}

static gboolean
check_signature (MilKey *key, MilGroup *group, GBytes *signature, const char *consent, GError **error)
{
  if (g_strcmp0 (consent, mil_group_challenge (group)) == 0 || mil_group_verify (group, key, signature))
    return TRUE;
  mil_error_set (error,
                 MIL_ERROR_UNAUTHENTICATED,
                 _ ("The payment was not signed with your key, or not as it stands. Nothing was charged."));
  return FALSE;
}

/**
 * mil_payment_group_consent:
 * @tx: a transaction that may be read-only
 * @owner: the traveller
 * @key: their enrolled public key
 * @group_id: their group
 * @signature: 64 bytes over the 32 bytes of the challenge
 * @error: (optional): %MIL_ERROR_NOT_FOUND, %MIL_ERROR_UNAUTHENTICATED when the signature is not
 *   theirs over this very payment, or as for mil_tx_exec()
 *
 * Checks the signature beforehand, so that nobody who writes has to wait for it.
 *
 * Returns: (transfer full) (nullable): the challenge that is signed, in base64url, for
 *   mil_payment_group_authorise()
 */
char *
mil_payment_group_consent (MilTx *tx, const char *owner, MilKey *key, const char *group_id, GBytes *signature, GError **error)
{
  g_autoptr (MilGroup) group = NULL;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (owner != NULL && key != NULL && group_id != NULL && signature != NULL, NULL);

  group = mil_group_load (tx, owner, group_id, error);
  if (group == NULL || !check_signature (key, group, signature, NULL, error))
    return NULL;
  return g_strdup (mil_group_challenge (group));
}

/**
 * mil_payment_group_authorise:
 * @tx: the transaction
 * @owner: the traveller
 * @key: their enrolled public key
 * @group_id: their group
 * @signature: 64 bytes over the 32 bytes of the challenge
 * @consent: (nullable): what mil_payment_group_consent() returned for this very key and signature. When
 *   that is the group's challenge still, the signature is not checked again
 * @error: (optional): %MIL_ERROR_NOT_FOUND, %MIL_ERROR_UNAUTHENTICATED when the signature is not
 *   theirs over this very payment, %MIL_ERROR_INSUFFICIENT_FUNDS, %MIL_ERROR_CONFLICT when it was
 *   authorised or voided before, %MIL_ERROR_EXPIRED, or as for mil_tx_exec()
 *
 * Holds the money of all authorisations and makes one credential for each. Credentials are told this
 * once: the service keeps only their hashes.
 *
 * Returns: (transfer full) (nullable): as mil_payment_group_get(), and
 *   `"credentials":[{"checkout_id","token"}…]`
 */
JsonNode *
mil_payment_group_authorise (MilTx *tx, const char *owner, MilKey *key, const char *group_id, GBytes *signature, const char *consent, GError **error)
{
  g_autoptr (MilGroup) group = NULL;
  g_autoptr (JsonNode) told = NULL;
  g_auto (GStrv) holds = NULL;
  g_auto (GStrv) tokens = NULL;
  g_autofree char *encoded = NULL;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (owner != NULL && key != NULL && group_id != NULL && signature != NULL, NULL);

  group = mil_group_load (tx, owner, group_id, error);
  if (group == NULL || !mil_group_check_open (group, tx, "proposed", error)
      || !check_signature (key, group, signature, consent, error))
    return NULL;
  holds = hold_all (tx, group, error);
  if (holds == NULL)
    return NULL;
  tokens = g_new0 (char *, group->authorisations->len + 1);
  for (guint i = 0; i < group->authorisations->len; i++)
    {
      tokens[i] = new_token (tx);
      if (!authorise_one (tx, group, i, holds[i], tokens[i], error))
        return NULL;
    }
  encoded = mil_base64url_encode (g_bytes_get_data (signature, NULL), g_bytes_get_size (signature));
  if (!mil_group_set_signed (group, tx, mil_key_id (key), encoded, error))
    return NULL;
  told = mil_group_tell (group, tx, error);
  if (told == NULL)
    return NULL;
  return mil_group_to_json (group, (const char *const *) tokens);
}
