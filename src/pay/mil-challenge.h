/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-key.h"
#include "base/mil-money.h"

G_BEGIN_DECLS

/**
 * MilChallengeLeg:
 * @store_id: which store
 * @payee: who gets the money, by the legal name that was shown
 * @checkout_id: for which checkout
 * @amount: what they get
 * @pay: what the wallet pays for it
 *
 * One payment of a group. Borrows its strings.
 */
typedef struct
{
  const char *store_id;
  const char *payee;
  const char *checkout_id;
  MilMoney    amount;
  MilMoney    pay;
} MilChallengeLeg;

/**
 * MilChallenge:
 * @group_id: the payment group
 * @wallet_id: which wallet pays
 * @quote_id: at which rates
 * @nonce: what the service gave for this once
 * @expires_at: until when, in microseconds
 * @total: what the wallet pays in all
 * @legs: (array length=n_legs): to whom
 * @n_legs: how many
 *
 * What a traveller agrees to. Client and service fill it in each from what it has itself; the digests
 * are the same only when all of it is the same. Borrows everything.
 */
typedef struct
{
  const char            *group_id;
  const char            *wallet_id;
  const char            *quote_id;
  const char            *nonce;
  gint64                 expires_at;
  MilMoney               total;
  const MilChallengeLeg *legs;
  guint                  n_legs;
} MilChallenge;

gboolean mil_challenge_check  (const MilChallenge *self,
                               GError            **error);
char    *mil_challenge_text   (const MilChallenge *self);
GBytes  *mil_challenge_digest (const MilChallenge *self);
GBytes  *mil_challenge_sign   (const MilChallenge *self,
                               MilKey             *key,
                               GError            **error);
gboolean mil_challenge_verify (const MilChallenge *self,
                               MilKey             *key,
                               GBytes             *signature);

G_END_DECLS
