/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/ledger/mil-ledger.h"

#include <glib/gi18n.h>

/* Most holds that one sweep lets go, so that it does not keep others waiting for long. */
#define EXPIRE_AT_ONCE 200

static const char *const kind_names[] = {
  [MIL_ACCOUNT_WALLET] = "wallet",       [MIL_ACCOUNT_STORE] = "store",   [MIL_ACCOUNT_OPERATOR] = "operator",
  [MIL_ACCOUNT_LIQUIDITY] = "liquidity", [MIL_ACCOUNT_SPREAD] = "spread", [MIL_ACCOUNT_ISSUER] = "issuer",
};

/**
 * mil_ledger_account:
 * @tx: the transaction
 * @kind: what the account is for
 * @owner: whose it is: a wallet's, store's or operator's id, or a name of the service's own
 * @currency: ISO 4217 code
 * @error: (optional): as for mil_tx_exec()
 *
 * Finds an account, or opens it.
 *
 * Returns: (transfer full) (nullable): its id
 */
char *
mil_ledger_account (MilTx *tx, MilAccountKind kind, const char *owner, const char *currency, GError **error)
{
  g_autoptr (MilRows) known = NULL;
  g_autofree char *id = NULL;
  gint64           guarded;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (kind <= MIL_ACCOUNT_ISSUER, NULL);
  g_return_val_if_fail (owner != NULL && currency != NULL, NULL);

  id = g_strjoin (":", kind_names[kind], owner, currency, NULL);
  known = mil_tx_query (tx, error, "SELECT 1 FROM accounts WHERE id = $1", "t", id);
  if (known == NULL)
    return NULL;
  guarded = kind == MIL_ACCOUNT_WALLET || kind == MIL_ACCOUNT_STORE;
  if (mil_rows_count (known) == 0
      && !mil_tx_exec (tx,
                       error,
                       "INSERT INTO accounts (id, kind, owner, currency, guarded, created_at)"
                       " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
                       "ttttii",
                       id,
                       kind_names[kind],
                       owner,
                       currency,
                       guarded,
                       mil_tx_now (tx)))
    return NULL;
  return g_steal_pointer (&id);
}

/**
 * mil_ledger_balance:
 * @tx: the transaction
 * @account: an account's id
 * @balance: (out): what is there
 * @error: (optional): %MIL_ERROR_NOT_FOUND, or as for mil_tx_exec()
 *
 * Reads an account's balance.
 *
 * Returns: whether there is such an account
 */
gboolean
mil_ledger_balance (MilTx *tx, const char *account, MilBalance *balance, GError **error)
{
  g_autoptr (MilRows) rows = NULL;

  g_return_val_if_fail (tx != NULL, FALSE);
  g_return_val_if_fail (account != NULL && balance != NULL, FALSE);

  rows
      = mil_tx_query_one (tx,
                          error,
                          _ ("There is no such account."),
                          "SELECT credits_posted - debits_posted, debits_pending FROM accounts WHERE id = $1",
                          "t",
                          account);
  if (rows == NULL)
    return FALSE;
  balance->posted = mil_rows_int (rows, 0);
  balance->held = mil_rows_int (rows, 1);
  balance->available = balance->posted - balance->held;
  return TRUE;
}

/* One side's counters after one step. A sum that would not fit 64 bits is refused like a missing
 * account: SQLite would go on with a floating point number. */
static gboolean
count (MilTx *tx, const char *sql, const char *account, MilMoney amount, GError **error)
{
  if (!mil_tx_exec (tx, error, sql, "itti", amount.minor, account, amount.currency, G_MAXINT64 - amount.minor))
    return FALSE;
  if (mil_tx_changes (tx) == 1)
    return TRUE;
  mil_error_set (error, MIL_ERROR_INVALID, _ ("This amount cannot be moved between these accounts."));
  return FALSE;
}

static gboolean
lacks_funds (MilTx *tx, const MilTransfer *transfer)
{
  g_autoptr (MilRows) rows = NULL;

  rows = mil_tx_query (tx,
                       NULL,
                       "SELECT 1 FROM accounts WHERE id = $1 AND currency = $2 AND guarded = 1"
                       " AND credits_posted - debits_posted - debits_pending < $3",
                       "tti",
                       transfer->debit,
                       transfer->amount.currency,
                       transfer->amount.minor);
  return rows != NULL && mil_rows_next (rows);
}

static gboolean
count_debit (MilTx *tx, const MilTransfer *transfer, GError **error)
{
  g_autoptr (GError) refused = NULL;
  gboolean done;

  done = count (
      tx,
      transfer->timeout_at == 0
          ? "UPDATE accounts SET debits_posted = debits_posted + $1 WHERE id = $2 AND currency = $3"
            " AND debits_posted <= $4"
            " AND (guarded = 0 OR credits_posted - debits_posted - debits_pending >= $1)"
          : "UPDATE accounts SET debits_pending = debits_pending + $1 WHERE id = $2 AND currency = $3"
            " AND debits_pending <= $4"
            " AND (guarded = 0 OR credits_posted - debits_posted - debits_pending >= $1)",
      transfer->debit,
      transfer->amount,
      &refused);
  if (done)
    return TRUE;
  if (g_error_matches (refused, MIL_ERROR, MIL_ERROR_INVALID) && lacks_funds (tx, transfer))
    mil_error_set (error, MIL_ERROR_INSUFFICIENT_FUNDS, _ ("There is not enough money for this payment."));
  else
    g_propagate_error (error, g_steal_pointer (&refused));
  return FALSE;
}

static gboolean
count_credit (MilTx *tx, const MilTransfer *transfer, GError **error)
{
  return count (
      tx,
      transfer->timeout_at == 0
          ? "UPDATE accounts SET credits_posted = credits_posted + $1 WHERE id = $2 AND currency = $3"
            " AND credits_posted <= $4"
          : "UPDATE accounts SET credits_pending = credits_pending + $1 WHERE id = $2 AND currency = $3"
            " AND credits_pending <= $4",
      transfer->credit,
      transfer->amount,
      error);
}

static gboolean
insert_transfer (MilTx *tx, const MilTransfer *transfer, const char *id, const char *link, GError **error)
{
  const char *kind = transfer->timeout_at == 0 ? "posted" : "pending";

  if (!mil_tx_exec (
          tx,
          error,
          "INSERT INTO transfers (id, kind, debit, credit, currency, amount, link_id, code, subject,"
          " timeout_at, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
          "tttttitttii",
          id,
          kind,
          transfer->debit,
          transfer->credit,
          transfer->amount.currency,
          transfer->amount.minor,
          link,
          transfer->code != NULL ? transfer->code : "transfer",
          transfer->subject,
          transfer->timeout_at,
          mil_tx_now (tx)))
    return FALSE;
  return transfer->timeout_at == 0
         || mil_tx_exec (
             tx, error, "INSERT INTO holds (transfer_id, timeout_at) VALUES ($1, $2)", "ti", id, transfer->timeout_at);
}

static gboolean
check_transfer (MilTx *tx, const MilTransfer *transfer, GError **error)
{
  if (transfer->amount.minor > 0 && g_strcmp0 (transfer->debit, transfer->credit) != 0
      && (transfer->timeout_at == 0 || transfer->timeout_at > mil_tx_now (tx)))
    return TRUE;
  mil_error_set (error, MIL_ERROR_INVALID, _ ("This amount cannot be moved between these accounts."));
  return FALSE;
}

/**
 * mil_ledger_transfer:
 * @tx: the transaction
 * @transfers: (array length=n_transfers): what to move
 * @n_transfers: how many, at least 1
 * @error: (optional): %MIL_ERROR_INSUFFICIENT_FUNDS when a guarded account has not got enough,
 *   %MIL_ERROR_INVALID for an amount that is not above zero, too large, or not in the accounts'
 *   currency; or as for mil_tx_exec()
 *
 * Moves money, or holds it: all of the transfers or none. When it fails after it began, the
 * transaction is broken as after an SQL error.
 *
 * Returns: (transfer full) (nullable): the ids of the transfers, in their order
 */
GStrv
mil_ledger_transfer (MilTx *tx, const MilTransfer *transfers, guint n_transfers, GError **error)
{
  g_auto (GStrv) ids = NULL;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (transfers != NULL && n_transfers > 0, NULL);

  for (guint i = 0; i < n_transfers; i++)
    if (!check_transfer (tx, &transfers[i], error))
      return NULL;
  ids = g_new0 (char *, n_transfers + 1);
  for (guint i = 0; i < n_transfers; i++)
    {
      g_autoptr (GError) failure = NULL;

      ids[i] = mil_tx_new_id (tx);
      if (!count_debit (tx, &transfers[i], &failure) || !count_credit (tx, &transfers[i], &failure)
          || !insert_transfer (tx, &transfers[i], ids[i], ids[0], &failure))
        {
          mil_tx_break (tx, failure);
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
    }
  return g_steal_pointer (&ids);
}

static gboolean
close_hold (MilTx *tx, const char *pending, const char *kind, const char *count_debits, const char *count_credits, GError **error)
{
  g_autoptr (MilRows) rows = NULL;
  g_autofree char *id = mil_tx_new_id (tx);
  const char      *debit, *credit;
  MilMoney         amount;

  rows = mil_tx_query_one (tx,
                           error,
                           _ ("There is no such payment."),
                           "SELECT debit, credit, currency, amount, link_id, code, subject FROM transfers"
                           " WHERE id = $1",
                           "t",
                           pending);
  if (rows == NULL)
    return FALSE;
  debit = mil_rows_text (rows, 0);
  credit = mil_rows_text (rows, 1);
  amount = mil_money (mil_rows_int (rows, 3), mil_rows_text (rows, 2));
  return mil_tx_exec (tx, error, "DELETE FROM holds WHERE transfer_id = $1", "t", pending)
         && mil_tx_exec (tx, error, count_debits, "it", amount.minor, debit)
         && mil_tx_exec (tx, error, count_credits, "it", amount.minor, credit)
         && mil_tx_exec (
             tx,
             error,
             "INSERT INTO transfers (id, kind, debit, credit, currency, amount, pending_id, link_id,"
             " code, subject, timeout_at, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11)",
             "tttttitttti",
             id,
             kind,
             debit,
             credit,
             amount.currency,
             amount.minor,
             pending,
             mil_rows_text (rows, 4),
             mil_rows_text (rows, 5),
             mil_rows_text (rows, 6),
             mil_tx_now (tx));
}

/* Finds an open hold, and until when it is open. */
static gboolean
find_hold (MilTx *tx, const char *pending, gint64 *timeout_at, GError **error)
{
  g_autoptr (MilRows) rows = NULL;

  rows = mil_tx_query (tx, error, "SELECT timeout_at FROM holds WHERE transfer_id = $1", "t", pending);
  if (rows == NULL)
    return FALSE;
  if (mil_rows_next (rows))
    {
      *timeout_at = mil_rows_int (rows, 0);
      return TRUE;
    }
  mil_error_set (error, MIL_ERROR_CONFLICT, _ ("This payment is already settled or called off."));
  return FALSE;
}

/**
 * mil_ledger_post:
 * @tx: the transaction
 * @pending: id of a pending transfer
 * @error: (optional): %MIL_ERROR_CONFLICT when it is not pending any more, %MIL_ERROR_EXPIRED when
 *   its time is over, or as for mil_tx_exec()
 *
 * Moves the money that a pending transfer holds.
 *
 * Returns: whether it moved
 */
gboolean
mil_ledger_post (MilTx *tx, const char *pending, GError **error)
{
  gint64 timeout_at;

  g_return_val_if_fail (tx != NULL, FALSE);
  g_return_val_if_fail (pending != NULL, FALSE);

  if (!find_hold (tx, pending, &timeout_at, error))
    return FALSE;
  if (timeout_at <= mil_tx_now (tx))
    {
      mil_error_set (error, MIL_ERROR_EXPIRED, _ ("This payment was not finished in time."));
      return FALSE;
    }
  return close_hold (
      tx,
      pending,
      "post",
      "UPDATE accounts SET debits_pending = debits_pending - $1, debits_posted = debits_posted + $1"
      " WHERE id = $2",
      "UPDATE accounts SET credits_pending = credits_pending - $1,"
      " credits_posted = credits_posted + $1 WHERE id = $2",
      error);
}

/**
 * mil_ledger_void:
 * @tx: the transaction
 * @pending: id of a pending transfer
 * @error: (optional): %MIL_ERROR_CONFLICT when it is not pending any more, or as for mil_tx_exec()
 *
 * Lets go the money that a pending transfer holds.
 *
 * Returns: whether it was let go
 */
gboolean
mil_ledger_void (MilTx *tx, const char *pending, GError **error)
{
  gint64 timeout_at;

  g_return_val_if_fail (tx != NULL, FALSE);
  g_return_val_if_fail (pending != NULL, FALSE);

  return find_hold (tx, pending, &timeout_at, error)
         && close_hold (tx,
                        pending,
                        "void",
                        "UPDATE accounts SET debits_pending = debits_pending - $1 WHERE id = $2",
                        "UPDATE accounts SET credits_pending = credits_pending - $1 WHERE id = $2",
                        error);
}

/**
 * mil_ledger_expire:
 * @tx: the transaction
 * @error: (optional): as for mil_tx_exec()
 *
 * Voids pending transfers whose time is over; some of them when they are many.
 *
 * Returns: how many it voided; -1 on error
 */
gint64
mil_ledger_expire (MilTx *tx, GError **error)
{
  g_autoptr (MilRows) rows = NULL;
  gint64 n_voided = 0;

  g_return_val_if_fail (tx != NULL, -1);

  rows = mil_tx_query (tx,
                       error,
                       "SELECT transfer_id FROM holds WHERE timeout_at <= $1 ORDER BY timeout_at LIMIT $2",
                       "ii",
                       mil_tx_now (tx),
                       (gint64) EXPIRE_AT_ONCE);
  if (rows == NULL)
    return -1;
  for (; mil_rows_next (rows); n_voided++)
    if (!mil_ledger_void (tx, mil_rows_text (rows, 0), error))
      return -1;
  return n_voided;
}
