/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-key.h"
#include "service-test.h"
#include "service/wallet/mil-audit.h"
#include "service/wallet/mil-exchange.h"
#include "service/wallet/mil-order.h"
#include "service/wallet/mil-payment-group.h"
#include "service/wallet/mil-wallet.h"

G_BEGIN_DECLS

/* A traveller who buys at two stores, step by step: what the wallet, crash and bench programs share. */

/**
 * Purchase:
 *
 * One basket: a checkout at each store, one payment group. Filled step by step; a step reads only
 * what earlier steps left here, so it may be run again.
 */
typedef struct
{
  const char  *owner;
  const char  *wallet_id;
  const char  *pay_currency;
  MilKey      *key;
  MilExchange *exchange;
  guint        n_checkouts;
  MilMoney     prices[2];
  char        *checkouts[2];
  char        *orders[2];
  char        *quote_id;
  char        *group_id;
  char        *challenge;
  char        *tokens[2];
  GBytes      *signature;
  char        *consent;
  guint        redeeming;
} Purchase;

MilExchange *shop_exchange (void);
gpointer     shop_open (MilTx *tx, gpointer data, GError **error);
gpointer     shop_new_wallet (MilTx *tx, gpointer purchase, GError **error);
void         purchase_clear (Purchase *self);
void         purchase_sign (Purchase *self);

gpointer step_checkouts (MilTx *tx, gpointer purchase, GError **error);
gpointer step_quote (MilTx *tx, gpointer purchase, GError **error);
gpointer step_propose (MilTx *tx, gpointer purchase, GError **error);
gpointer step_consent (MilTx *tx, gpointer purchase, GError **error);
gpointer step_authorise (MilTx *tx, gpointer purchase, GError **error);
gpointer step_complete (MilTx *tx, gpointer purchase, GError **error);
gpointer step_commit (MilTx *tx, gpointer purchase, GError **error);
gpointer step_void (MilTx *tx, gpointer purchase, GError **error);
gpointer shop_audit (MilTx *tx, gpointer data, GError **error);
void     assert_audit (Fixture *fixture);

const char *json_text (JsonNode *node, const char *member);
gint64      json_int (JsonNode *node, const char *member);

G_END_DECLS
