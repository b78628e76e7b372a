/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/wallet/mil-group-private.h"

#include <glib/gi18n.h>

#include "pay/mil-challenge.h"
#include "service/wallet/mil-build.h"
#include "service/wallet/mil-wallet.h"

static void
authorisation_free (MilAuthorisation *self)
{
  g_free (self->store_id);
  g_free (self->payee);
  g_free (self->store_name);
  g_free (self->checkout_id);
  g_free (self->state);
  g_free (self->hold_id);
  g_free (self->order_id);
  g_free (self);
}

/*< private >
 * mil_group_free:
 * @self: (transfer full): a group
 *
 * Frees it.
 */
void
mil_group_free (MilGroup *self)
{
  g_free (self->id);
  g_free (self->owner);
  g_free (self->wallet_id);
  g_free (self->quote_id);
  g_free (self->state);
  g_free (self->nonce);
  g_free (self->challenge);
  g_ptr_array_unref (self->authorisations);
  g_free (self);
}

static gboolean
load_authorisations (MilTx *tx, MilGroup *group, GError **error)
{
  g_autoptr (MilRows) rows = NULL;

  rows = mil_tx_query (
      tx,
      error,
      "SELECT a.store_id, a.payee, s.name, a.checkout_id, a.state, a.hold_id, a.order_id, a.currency,"
      " a.amount, a.pay_currency, a.pay_amount, a.spread_amount FROM authorisations a"
      " JOIN stores s ON s.id = a.store_id WHERE a.group_id = $1 ORDER BY a.position",
      "t",
      group->id);
  if (rows == NULL)
    return FALSE;
  while (mil_rows_next (rows))
    {
      MilAuthorisation *authorisation = g_new0 (MilAuthorisation, 1);

      authorisation->store_id = g_strdup (mil_rows_text (rows, 0));
      authorisation->payee = g_strdup (mil_rows_text (rows, 1));
      authorisation->store_name = g_strdup (mil_rows_text (rows, 2));
      authorisation->checkout_id = g_strdup (mil_rows_text (rows, 3));
      authorisation->state = g_strdup (mil_rows_text (rows, 4));
      authorisation->hold_id = g_strdup (mil_rows_text (rows, 5));
      authorisation->order_id = g_strdup (mil_rows_text (rows, 6));
      authorisation->amount = mil_money (mil_rows_int (rows, 8), mil_rows_text (rows, 7));
      authorisation->pay = mil_money (mil_rows_int (rows, 10), mil_rows_text (rows, 9));
      authorisation->spread = mil_rows_int (rows, 11);
      g_ptr_array_add (group->authorisations, authorisation);
    }
  return TRUE;
}

/*< private >
 * mil_group_load:
 * @tx: the transaction
 * @owner: the traveller
 * @group_id: a group
 * @error: set to %MIL_ERROR_NOT_FOUND when it is not theirs, or as for mil_tx_exec()
 *
 * Reads a group and its authorisations.
 *
 * Returns: (transfer full) (nullable): the group
 */
MilGroup *
mil_group_load (MilTx *tx, const char *owner, const char *group_id, GError **error)
{
  g_autoptr (MilGroup) group = NULL;
  g_autoptr (MilRows) row = NULL;

  row = mil_tx_query_one (
      tx,
      error,
      _ ("There is no such payment."),
      "SELECT id, owner, wallet_id, quote_id, state, nonce, pay_currency, pay_total, expires_at"
      " FROM payment_groups WHERE id = $1 AND owner = $2",
      "tt",
      group_id,
      owner);
  if (row == NULL)
    return NULL;
  group = g_new0 (MilGroup, 1);
  group->authorisations = g_ptr_array_new_with_free_func ((GDestroyNotify) authorisation_free);
  group->id = g_strdup (mil_rows_text (row, 0));
  group->owner = g_strdup (mil_rows_text (row, 1));
  group->wallet_id = g_strdup (mil_rows_text (row, 2));
  group->quote_id = g_strdup (mil_rows_text (row, 3));
  group->state = g_strdup (mil_rows_text (row, 4));
  group->nonce = g_strdup (mil_rows_text (row, 5));
  group->total = mil_money (mil_rows_int (row, 7), mil_rows_text (row, 6));
  group->expires_at = mil_rows_int (row, 8);
  return load_authorisations (tx, group, error) ? g_steal_pointer (&group) : NULL;
}

/*< private >
 * mil_group_is:
 * @self: a group
 * @state: "proposed", "authorised", "committed" or "voided"
 *
 * Returns: whether it is in that state
 */
gboolean
mil_group_is (const MilGroup *self, const char *state)
{
  return g_str_equal (self->state, state);
}

/* What the traveller agrees to: from the service's own rows, never from what a client sent. */
static void
fill_challenge (const MilGroup *self, MilChallenge *challenge, MilChallengeLeg *legs)
{
  for (guint i = 0; i < self->authorisations->len; i++)
    {
      const MilAuthorisation *authorisation = g_ptr_array_index (self->authorisations, i);

      legs[i] = (MilChallengeLeg) { .store_id = authorisation->store_id,
                                    .payee = authorisation->payee,
                                    .checkout_id = authorisation->checkout_id,
                                    .amount = authorisation->amount,
                                    .pay = authorisation->pay };
    }
  *challenge = (MilChallenge) { .group_id = self->id,
                                .wallet_id = self->wallet_id,
                                .quote_id = self->quote_id,
                                .nonce = self->nonce,
                                .expires_at = self->expires_at,
                                .total = self->total,
                                .legs = legs,
                                .n_legs = self->authorisations->len };
}

/*< private >
 * mil_group_verify:
 * @self: a group
 * @key: the traveller's key
 * @signature: what they signed
 *
 * Returns: whether they agreed to exactly this group
 */
gboolean
mil_group_verify (const MilGroup *self, MilKey *key, GBytes *signature)
{
  g_autofree MilChallengeLeg *legs = g_new0 (MilChallengeLeg, self->authorisations->len + 1);
  MilChallenge                challenge;

  fill_challenge (self, &challenge, legs);
  return mil_challenge_verify (&challenge, key, signature);
}

/*< private >
 * mil_group_challenge:
 * @self: a group
 *
 * Returns: (transfer none): the 32 bytes that are to be signed, in base64url; worked out once, as it is
 *   made of what never changes
 */
const char *
mil_group_challenge (MilGroup *self)
{
  g_autofree MilChallengeLeg *legs = NULL;
  g_autoptr (GBytes) digest = NULL;
  MilChallenge challenge;

  if (self->challenge != NULL)
    return self->challenge;
  legs = g_new0 (MilChallengeLeg, self->authorisations->len + 1);
  fill_challenge (self, &challenge, legs);
  digest = mil_challenge_digest (&challenge);
  self->challenge = mil_base64url_encode (g_bytes_get_data (digest, NULL), g_bytes_get_size (digest));
  return self->challenge;
}

static void
build_authorisation (JsonBuilder *builder, const MilAuthorisation *authorisation)
{
  json_builder_begin_object (builder);
  mil_build_text (builder, "store_id", authorisation->store_id);
  mil_build_text (builder, "payee", authorisation->payee);
  mil_build_text (builder, "checkout_id", authorisation->checkout_id);
  mil_build_text (builder, "state", authorisation->state);
  mil_build_money (builder, "amount", authorisation->amount);
  mil_build_money (builder, "pay", authorisation->pay);
  mil_build_text (builder, "order_id", authorisation->order_id);
  json_builder_end_object (builder);
}

static void
build_orders (JsonBuilder *builder, const MilGroup *group)
{
  json_builder_set_member_name (builder, "orders");
  json_builder_begin_array (builder);
  for (guint i = 0; i < group->authorisations->len; i++)
    {
      MilAuthorisation *authorisation = g_ptr_array_index (group->authorisations, i);

      if (authorisation->order_id == NULL)
        continue;
      json_builder_begin_object (builder);
      mil_build_text (builder, "checkout_id", authorisation->checkout_id);
      mil_build_text (builder, "order_id", authorisation->order_id);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
build_credentials (JsonBuilder *builder, const MilGroup *group, const char *const *tokens)
{
  json_builder_set_member_name (builder, "credentials");
  json_builder_begin_array (builder);
  for (guint i = 0; i < group->authorisations->len; i++)
    {
      MilAuthorisation *authorisation = g_ptr_array_index (group->authorisations, i);

      json_builder_begin_object (builder);
      mil_build_text (builder, "checkout_id", authorisation->checkout_id);
      mil_build_text (builder, "token", tokens[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/*< private >
 * mil_group_to_json:
 * @self: a group
 * @tokens: (nullable) (array zero-terminated=1): its credentials in the order of the authorisations,
 *   told once
 *
 * Returns: (transfer full): as mil_payment_group_get() says
 */
JsonNode *
mil_group_to_json (MilGroup *self, const char *const *tokens)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  mil_build_text (builder, "id", self->id);
  mil_build_text (builder, "wallet_id", self->wallet_id);
  mil_build_text (builder, "quote_id", self->quote_id);
  mil_build_text (builder, "state", self->state);
  mil_build_instant (builder, "expires_at", self->expires_at);
  mil_build_text (builder, "nonce", self->nonce);
  mil_build_money (builder, "total", self->total);
  mil_build_text (builder, "challenge", mil_group_challenge (self));
  json_builder_set_member_name (builder, "authorisations");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->authorisations->len; i++)
    build_authorisation (builder, g_ptr_array_index (self->authorisations, i));
  json_builder_end_array (builder);
  build_orders (builder, self);
  if (tokens != NULL)
    build_credentials (builder, self, tokens);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/*< private >
 * mil_group_tell:
 * @self: a group, as it is in the database now
 * @tx: the transaction
 * @error: as for mil_tx_exec()
 *
 * Tells its owner what became of it and of the wallet.
 *
 * Returns: (transfer full) (nullable): what the owner is told, as mil_payment_group_get() says; %NULL when
 *   the events are not written
 */
JsonNode *
mil_group_tell (MilGroup *self, MilTx *tx, GError **error)
{
  g_autoptr (JsonNode) node = mil_group_to_json (self, NULL);

  if (!mil_tx_append_event (tx, self->owner, "group.changed", self->id, node, error)
      || !mil_wallet_changed (tx, self->owner, self->wallet_id, error))
    return NULL;
  return g_steal_pointer (&node);
}

static gboolean
become (MilGroup *self, MilTx *tx, const char *state, GError **error)
{
  if (mil_tx_changes (tx) == 1)
    {
      g_set_str (&self->state, state);
      return TRUE;
    }
  mil_error_set (error, MIL_ERROR_CONFLICT, _ ("This payment has changed meanwhile. Look at it again."));
  return FALSE;
}

/*< private >
 * mil_group_set_state:
 * @self: a group
 * @tx: the transaction
 * @state: what it becomes
 * @error: set to %MIL_ERROR_CONFLICT when it has changed since it was read, or as for mil_tx_exec()
 *
 * Changes the group's state, in the database and here.
 *
 * Returns: whether it has that state now
 */
gboolean
mil_group_set_state (MilGroup *self, MilTx *tx, const char *state, GError **error)
{
  return mil_tx_exec (tx,
                      error,
                      "UPDATE payment_groups SET state = $2, updated_at = $3 WHERE id = $1 AND state = $4",
                      "ttit",
                      self->id,
                      state,
                      mil_tx_now (tx),
                      self->state)
         && become (self, tx, state, error);
}

/*< private >
 * mil_group_set_signed:
 * @self: a group
 * @tx: the transaction
 * @key_id: of the key that signed it
 * @signature: base64url
 * @error: as for mil_group_set_state()
 *
 * Makes the group "authorised", in the database and here, and keeps the signature.
 *
 * Returns: whether it is authorised now
 */
gboolean
mil_group_set_signed (MilGroup *self, MilTx *tx, const char *key_id, const char *signature, GError **error)
{
  return mil_tx_exec (
             tx,
             error,
             "UPDATE payment_groups SET key_id = $2, signature = $3, state = 'authorised', updated_at = $4"
             " WHERE id = $1 AND state = $5",
             "tttit",
             self->id,
             key_id,
             signature,
             mil_tx_now (tx),
             self->state)
         && become (self, tx, "authorised", error);
}

/*< private >
 * mil_group_check_open:
 * @self: a group
 * @tx: the transaction
 * @state: what it must be
 * @error: set to %MIL_ERROR_CONFLICT or %MIL_ERROR_EXPIRED
 *
 * Returns: whether it is in that state and its time is not over
 */
gboolean
mil_group_check_open (const MilGroup *self, MilTx *tx, const char *state, GError **error)
{
  if (!mil_group_is (self, state))
    mil_error_set (error, MIL_ERROR_CONFLICT, _ ("This payment is already settled or called off."));
  else if (self->expires_at <= mil_tx_now (tx))
    mil_error_set (error, MIL_ERROR_EXPIRED, _ ("This payment was not finished in time. Nothing was charged."));
  else
    return TRUE;
  return FALSE;
}
