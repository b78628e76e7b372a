/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pay/mil-challenge.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/mil-error.h"
#include "base/mil-json.h"

/**
 * mil_challenge_check:
 * @self: what is to be agreed to
 * @error: %MIL_ERROR_INVALID
 *
 * Returns: whether there is something to pay, in one currency, and its parts add up to the total
 */
gboolean
mil_challenge_check (const MilChallenge *self, GError **error)
{
  MilMoney sum;

  g_return_val_if_fail (self != NULL, FALSE);

  sum = mil_money (0, self->total.currency);
  for (guint i = 0; i < self->n_legs; i++)
    if (self->legs[i].amount.minor < 0 || self->legs[i].pay.minor < 0
        || !mil_money_add (sum, self->legs[i].pay, &sum, NULL))
      sum.currency[0] = '\0';
  if (self->n_legs > 0 && mil_money_is_set (sum) && mil_money_equal (sum, self->total))
    return TRUE;
  mil_error_set (error, MIL_ERROR_INVALID, "%s", _ ("The payments do not add up to the total. Nothing has been paid."));
  return FALSE;
}

static void
set_money (JsonObject *object, const char *amount_name, const char *currency_name, MilMoney money)
{
  json_object_set_int_member (object, amount_name, money.minor);
  if (currency_name != NULL)
    json_object_set_string_member (object, currency_name, money.currency);
}

static JsonArray *
legs_to_json (const MilChallenge *self)
{
  JsonArray *legs = json_array_new ();

  for (guint i = 0; i < self->n_legs; i++)
    {
      const MilChallengeLeg *leg = &self->legs[i];
      JsonObject            *object = json_object_new ();

      set_money (object, "amount", "currency", leg->amount);
      set_money (object, "pay_amount", NULL, leg->pay);
      json_object_set_string_member (object, "checkout_id", leg->checkout_id);
      json_object_set_string_member (object, "payee", leg->payee);
      json_object_set_string_member (object, "store_id", leg->store_id);
      json_array_add_object_element (legs, object);
    }
  return legs;
}

/**
 * mil_challenge_text:
 * @self: what is to be agreed to
 *
 * Returns: (transfer full): it as mil_json_canonical() writes it, `"version":1`
 */
char *
mil_challenge_text (const MilChallenge *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject      *object = json_object_new ();
  g_autofree char *expires_at = NULL;

  json_node_take_object (node, object);
  g_return_val_if_fail (self != NULL, NULL);

  expires_at = mil_instant_to_string (self->expires_at);
  json_object_set_array_member (object, "authorisations", legs_to_json (self));
  json_object_set_string_member (object, "expires_at", expires_at);
  json_object_set_string_member (object, "group_id", self->group_id);
  json_object_set_string_member (object, "nonce", self->nonce);
  set_money (object, "pay_total", "pay_currency", self->total);
  json_object_set_string_member (object, "quote_id", self->quote_id);
  json_object_set_int_member (object, "version", 1);
  json_object_set_string_member (object, "wallet_id", self->wallet_id);
  return mil_json_canonical (node);
}

/**
 * mil_challenge_digest:
 * @self: what is to be agreed to
 *
 * Returns: (transfer full): the SHA-256 of mil_challenge_text(), 32 bytes: the challenge
 */
GBytes *
mil_challenge_digest (const MilChallenge *self)
{
  g_autofree char *text = mil_challenge_text (self);

  g_return_val_if_fail (text != NULL, NULL);

  return mil_sha256 (text, strlen (text));
}

/**
 * mil_challenge_sign:
 * @self: what the traveller agrees to, as it was shown
 * @key: the traveller's key
 * @error: as for mil_challenge_check() and mil_key_sign()
 *
 * Dynamic linking in the sense of Regulation (EU) 2018/389, article 5: the code holds for these payees
 * and amounts only.
 *
 * Returns: (transfer full) (nullable): ES256 over the 32 bytes of the challenge
 */
GBytes *
mil_challenge_sign (const MilChallenge *self, MilKey *key, GError **error)
{
  g_autoptr (GBytes) digest = NULL;

  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  if (!mil_challenge_check (self, error))
    return NULL;
  digest = mil_challenge_digest (self);
  return mil_key_sign (key, g_bytes_get_data (digest, NULL), g_bytes_get_size (digest), error);
}

/**
 * mil_challenge_verify:
 * @self: the same, from the service's own rows
 * @key: the traveller's key
 * @signature: what mil_challenge_sign() made
 *
 * Returns: whether the traveller agreed to exactly this
 */
gboolean
mil_challenge_verify (const MilChallenge *self, MilKey *key, GBytes *signature)
{
  g_autoptr (GBytes) digest = NULL;

  g_return_val_if_fail (self != NULL && key != NULL && signature != NULL, FALSE);

  if (!mil_challenge_check (self, NULL))
    return FALSE;
  digest = mil_challenge_digest (self);
  return mil_key_verify (key, g_bytes_get_data (digest, NULL), g_bytes_get_size (digest), signature);
}
