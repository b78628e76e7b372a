/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/storage/mil-tx.h"

G_BEGIN_DECLS

/**
 * MilAccountKind:
 * @MIL_ACCOUNT_WALLET: what a traveller has in one currency; never below zero, holds included
 * @MIL_ACCOUNT_STORE: what a store was paid
 * @MIL_ACCOUNT_OPERATOR: a refund operator's float, from which tax refunds are paid
 * @MIL_ACCOUNT_LIQUIDITY: the exchange desk's side of each currency
 * @MIL_ACCOUNT_SPREAD: what the exchange desk earned
 * @MIL_ACCOUNT_ISSUER: where wallets are filled from
 *
 * What an account is for. Only the first two can be overdrawn in a way that hurts somebody, so only
 * they are guarded.
 */
typedef enum
{
  MIL_ACCOUNT_WALLET,
  MIL_ACCOUNT_STORE,
  MIL_ACCOUNT_OPERATOR,
  MIL_ACCOUNT_LIQUIDITY,
  MIL_ACCOUNT_SPREAD,
  MIL_ACCOUNT_ISSUER,
} MilAccountKind;

/**
 * MilBalance:
 * @posted: what is really there
 * @held: how much of it pending transfers hold back
 * @available: what may be spent: @posted without @held
 *
 * An account's balance in minor units of its currency.
 */
typedef struct
{
  gint64 posted;
  gint64 held;
  gint64 available;
} MilBalance;

/**
 * MilTransfer:
 * @debit: account that the money leaves
 * @credit: account that it goes to
 * @amount: how much, above zero, in the currency of both accounts
 * @timeout_at: 0 for money that moves now; else the transfer is pending, holds the amount in @debit,
 *   and is void from this instant on unless it was posted
 * @code: (nullable): what for, a short word ("capture", "refund", "spread", "top-up")
 * @subject: (nullable): id of what it belongs to (an order, claim, payment group)
 *
 * A transfer to be made. Once made it never changes.
 */
typedef struct
{
  const char *debit;
  const char *credit;
  MilMoney    amount;
  gint64      timeout_at;
  const char *code;
  const char *subject;
} MilTransfer;

char *mil_ledger_account (MilTx *tx, MilAccountKind kind, const char *owner, const char *currency, GError **error);
gboolean  mil_ledger_balance (MilTx *tx, const char *account, MilBalance *balance, GError **error);
GStrv     mil_ledger_transfer (MilTx *tx, const MilTransfer *transfers, guint n_transfers, GError **error);
gboolean  mil_ledger_post (MilTx *tx, const char *pending, GError **error);
gboolean  mil_ledger_void (MilTx *tx, const char *pending, GError **error);
gint64    mil_ledger_expire (MilTx *tx, GError **error);
JsonNode *mil_ledger_audit (MilTx *tx, gboolean *balanced, GError **error);

G_END_DECLS
