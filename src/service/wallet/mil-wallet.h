/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/storage/mil-tx.h"
#include "service/wallet/mil-exchange.h"

G_BEGIN_DECLS

/* Wallets of travellers: every function is done inside a transaction. Shapes of the JSON: capability
 * io.github.milione.wallet, data/openapi. */

/**
 * MilNewEntry:
 * @wallet_id: whose history
 * @kind: "payment", "refund", "top-up", "hold", "release" or "exchange"
 * @amount: what changed, signed
 * @counter: the amount on the other side of an exchange, or none
 * @title: (nullable): what a person reads (a store's name)
 * @store_id: (nullable): the store
 * @order_id: (nullable): the order
 * @claim_id: (nullable): the claim
 *
 * A line of a wallet's history, to be written.
 */
typedef struct
{
  const char *wallet_id;
  const char *kind;
  MilMoney    amount;
  MilMoney    counter;
  const char *title;
  const char *store_id;
  const char *order_id;
  const char *claim_id;
} MilNewEntry;

/**
 * MilPayout:
 * @operator_id: the refund operator that pays
 * @owner: the traveller who is paid
 * @wallet_id: into this wallet of theirs
 * @currency: as this currency
 * @amount: how much the operator pays, in the operator's currency
 * @claim_id: for this claim, once
 * @reference: (nullable): for this payment of the claim, once; %NULL for its first
 * @title: (nullable): what the history says
 *
 * A tax refund to be paid.
 */
typedef struct
{
  const char *operator_id;
  const char *owner;
  const char *wallet_id;
  const char *currency;
  MilMoney    amount;
  const char *claim_id;
  const char *reference;
  const char *title;
} MilPayout;

JsonNode *mil_wallet_create (MilTx       *tx,
                             const char  *owner,
                             const char  *name,
                             const char  *kind,
                             const char  *currency,
                             MilExchange *exchange,
                             GError     **error);
JsonNode *mil_wallet_list (MilTx *tx, const char *owner, GError **error);
JsonNode *mil_wallet_get (MilTx *tx, const char *owner, const char *wallet_id, GError **error);
JsonNode *mil_wallet_entries (MilTx *tx, const char *owner, const char *wallet_id, gint64 before, guint limit, GError **error);
char    *mil_wallet_account (MilTx *tx, const char *wallet_id, const char *currency, GError **error);
gboolean mil_wallet_add_entry (MilTx *tx, const MilNewEntry *entry, GError **error);
gboolean mil_wallet_changed (MilTx *tx, const char *owner, const char *wallet_id, GError **error);
gboolean mil_wallet_refund (MilTx *tx, MilExchange *exchange, const MilPayout *payout, MilMoney *paid, GError **error);

JsonNode *mil_fx_quote_create (MilTx          *tx,
                               const char     *owner,
                               MilExchange    *exchange,
                               const char     *pay_currency,
                               const MilMoney *amounts,
                               guint           n_amounts,
                               GError        **error);

G_END_DECLS
