/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "base/mil-clock.h"
#include "base/mil-money.h"

G_BEGIN_DECLS

/**
 * MilAttemptPhase:
 * @MIL_ATTEMPT_PREPARING: nothing is signed
 * @MIL_ATTEMPT_AUTHORISING: signed; money may be held; nothing is final
 * @MIL_ATTEMPT_COMMITTING: every store has its order; the money is being moved
 * @MIL_ATTEMPT_VOIDING: given up; what is held is being released
 *
 * How far a payment is. It is on the disk before the first request of a phase, so that after a crash it
 * is known what there may be to finish or to void.
 */
typedef enum
{
  MIL_ATTEMPT_PREPARING,
  MIL_ATTEMPT_AUTHORISING,
  MIL_ATTEMPT_COMMITTING,
  MIL_ATTEMPT_VOIDING,
} MilAttemptPhase;

/**
 * MilAttemptLeg:
 * @store_id: which store
 * @endpoint: where its commerce endpoints start
 * @checkout_id: (nullable): its checkout
 * @payee: (nullable): legal name
 * @create_key: idempotency key of making the checkout
 * @complete_key: idempotency key of completing it
 * @token: (nullable): one-use credential
 * @subtotal: goods
 * @delivery: bringing them
 * @tax: as stated
 * @amount: what the store gets
 * @pay: what the wallet pays for it
 * @rate: (nullable): exchange rate as decimal text
 *
 * One store of a payment.
 */
typedef struct
{
  char    *store_id;
  char    *endpoint;
  char    *checkout_id;
  char    *payee;
  char    *create_key;
  char    *complete_key;
  char    *token;
  MilMoney subtotal;
  MilMoney delivery;
  MilMoney tax;
  MilMoney amount;
  MilMoney pay;
  char    *rate;
} MilAttemptLeg;

/**
 * MilAttempt:
 * @id: UUID
 * @phase: how far it is
 * @legs: (element-type MilAttemptLeg): stores
 * @wallet_id: what is paid from
 * @quote_id: (nullable): frozen rates
 * @quote_expires_at: until when they hold
 * @group_id: (nullable): payment group
 * @nonce: (nullable): of the group
 * @group_expires_at: until when the group must be committed
 * @challenge: (nullable): what the service says is to be signed, base64url
 * @total: what the wallet pays in all
 * @quote_key: idempotency key of the quote
 * @group_key: of the group
 * @authorise_key: of the signature
 * @commit_key: of the commit
 * @void_key: of the void
 *
 * One attempt to pay a basket.
 */
typedef struct
{
  char           *id;
  MilAttemptPhase phase;
  GPtrArray      *legs;
  char           *wallet_id;
  char           *quote_id;
  gint64          quote_expires_at;
  char           *group_id;
  char           *nonce;
  gint64          group_expires_at;
  char           *challenge;
  MilMoney        total;
  char           *quote_key;
  char           *group_key;
  char           *authorise_key;
  char           *commit_key;
  char           *void_key;
} MilAttempt;

MilAttempt    *mil_attempt_new            (MilClock          *clock,
                                           MilRandom         *random,
                                           const char        *wallet_id);
void           mil_attempt_free           (MilAttempt        *self);
MilAttemptLeg *mil_attempt_add_leg        (MilAttempt        *self,
                                           MilClock          *clock,
                                           MilRandom         *random,
                                           const char        *store_id,
                                           const char        *endpoint);
MilAttemptLeg *mil_attempt_find_leg       (MilAttempt        *self,
                                           const char        *checkout_id);
JsonNode      *mil_attempt_to_json        (MilAttempt        *self);
MilAttempt    *mil_attempt_new_from_json  (JsonNode          *json,
                                           GError           **error);
gboolean       mil_attempt_read_checkout  (MilAttemptLeg     *leg,
                                           JsonNode          *json,
                                           GError           **error);
JsonNode      *mil_attempt_quote_body     (MilAttempt        *self,
                                           const char        *pay_currency);
gboolean       mil_attempt_read_quote     (MilAttempt        *self,
                                           JsonNode          *json,
                                           GError           **error);
JsonNode      *mil_attempt_group_body     (MilAttempt        *self);
gboolean       mil_attempt_read_group     (MilAttempt        *self,
                                           JsonNode          *json,
                                           GError           **error);
GBytes        *mil_attempt_challenge      (MilAttempt        *self,
                                           GError           **error);
gboolean       mil_attempt_read_credentials (MilAttempt      *self,
                                           JsonNode          *json,
                                           GError           **error);
JsonNode      *mil_attempt_complete_body  (MilAttemptLeg     *leg);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilAttempt, mil_attempt_free)

G_END_DECLS
