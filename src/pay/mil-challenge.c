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

/* BEFORE is the text up to the value: the name, and what parts it from the member before it. */
static void
append_text (GString *out, const char *before, const char *value)
{
  g_string_append (out, before);
  mil_json_append_string (out, value);
}

static void
append_number (GString *out, const char *before, gint64 value)
{
  g_string_append (out, before);
  g_string_append_printf (out, "%" G_GINT64_FORMAT, value);
}

static void
append_leg (GString *out, const MilChallengeLeg *leg)
{
  append_number (out, "{\"amount\":", leg->amount.minor);
  append_text (out, ",\"checkout_id\":", leg->checkout_id);
  append_text (out, ",\"currency\":", leg->amount.currency);
  append_number (out, ",\"pay_amount\":", leg->pay.minor);
  append_text (out, ",\"payee\":", leg->payee);
  append_text (out, ",\"store_id\":", leg->store_id);
  g_string_append_c (out, '}');
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
  g_autoptr (GString) out = NULL;
  g_autofree char *expires_at = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  /* Each payment needs it several times: it is written in the canonical order at once, without a tree. */
  out = g_string_sized_new (512 + 256 * self->n_legs);
  expires_at = mil_instant_to_string (self->expires_at);
  g_string_append (out, "{\"authorisations\":[");
  for (guint i = 0; i < self->n_legs; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_leg (out, &self->legs[i]);
    }
  append_text (out, "],\"expires_at\":", expires_at);
  append_text (out, ",\"group_id\":", self->group_id);
  append_text (out, ",\"nonce\":", self->nonce);
  append_text (out, ",\"pay_currency\":", self->total.currency);
  append_number (out, ",\"pay_total\":", self->total.minor);
  append_text (out, ",\"quote_id\":", self->quote_id);
  append_text (out, ",\"version\":1,\"wallet_id\":", self->wallet_id);
  g_string_append_c (out, '}');
  return g_string_free_and_steal (g_steal_pointer (&out));
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
