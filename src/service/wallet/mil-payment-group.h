/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-key.h"
#include "service/storage/mil-tx.h"

G_BEGIN_DECLS

/* Payment groups: all orders of a basket are paid, or none. Every function is done inside a
 * transaction. Shapes of the JSON: capability io.github.milione.wallet, data/openapi. */

/**
 * MilPaymentRequest:
 * @store_id: the store
 * @checkout_id: the checkout there
 * @amount: what the client believes that it costs
 *
 * One authorisation that a client asks for.
 */
typedef struct
{
  const char *store_id;
  const char *checkout_id;
  MilMoney    amount;
} MilPaymentRequest;

/**
 * MilRedemption:
 * @token: the credential that the client brought
 * @owner: the traveller who completes the checkout
 * @store_id: the store that redeems it
 * @checkout_id: its checkout
 * @order_id: the order that the checkout becomes
 * @amount: what the checkout costs
 *
 * A credential to be redeemed when a checkout completes.
 */
typedef struct
{
  const char *token;
  const char *owner;
  const char *store_id;
  const char *checkout_id;
  const char *order_id;
  MilMoney    amount;
} MilRedemption;

JsonNode *mil_payment_group_propose (MilTx                   *tx,
                                     const char              *owner,
                                     const char              *wallet_id,
                                     const char              *quote_id,
                                     const MilPaymentRequest *requests,
                                     guint                    n_requests,
                                     GError                 **error);
char *mil_payment_group_consent (MilTx *tx, const char *owner, MilKey *key, const char *group_id, GBytes *signature, GError **error);
JsonNode *mil_payment_group_authorise (MilTx      *tx,
                                       const char *owner,
                                       MilKey     *key,
                                       const char *group_id,
                                       GBytes     *signature,
                                       const char *consent,
                                       GError    **error);
gboolean mil_payment_group_redeem (MilTx *tx, const MilRedemption *redemption, char **group_id, MilMoney *paid, GError **error);
JsonNode *mil_payment_group_commit (MilTx *tx, const char *owner, const char *group_id, GError **error);
JsonNode *mil_payment_group_void (MilTx *tx, const char *owner, const char *group_id, GError **error);
JsonNode *mil_payment_group_get (MilTx *tx, const char *owner, const char *group_id, GError **error);
gint64    mil_payment_group_expire (MilTx *tx, GError **error);

G_END_DECLS
