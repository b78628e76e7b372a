/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/wallet/mil-wallet.h"

#include <glib/gi18n.h>

#include "base/mil-currency.h"
#include "service/ledger/mil-ledger.h"
#include "service/wallet/mil-build.h"

#define SERVICE "milione"
#define MAX_NAME 120
#define MAX_ENTRIES 200

/* What a demo wallet is filled with: this much in its own currency, and pocket money for the road. */
static const struct
{
  gint64      minor;
  const char *currency;
} demo_fill = { 2000000, "CNY" }, demo_extra[] = { { 50000, "EUR" }, { 50000, "JPY" } };

/**
 * mil_wallet_account:
 * @tx: the transaction
 * @wallet_id: a wallet
 * @currency: ISO 4217 code
 * @error: (optional): as for mil_tx_exec()
 *
 * Returns: (transfer full) (nullable): id of the ledger account that holds the wallet's money in that
 *   currency, opened when it is not there
 */
char *
mil_wallet_account (MilTx *tx, const char *wallet_id, const char *currency, GError **error)
{
  return mil_ledger_account (tx, MIL_ACCOUNT_WALLET, wallet_id, currency, error);
}

/**
 * mil_wallet_add_entry:
 * @tx: the transaction
 * @entry: the line
 * @error: (optional): as for mil_tx_exec()
 *
 * Writes a line into a wallet's history.
 *
 * Returns: whether it is written
 */
gboolean
mil_wallet_add_entry (MilTx *tx, const MilNewEntry *entry, GError **error)
{
  g_autofree char *id = NULL;
  const char      *counter;

  g_return_val_if_fail (tx != NULL, FALSE);
  g_return_val_if_fail (entry != NULL && entry->wallet_id != NULL && entry->kind != NULL, FALSE);

  if (!mil_tx_exec (tx, error, "UPDATE wallets SET entry_seq = entry_seq + 1 WHERE id = $1", "t", entry->wallet_id))
    return FALSE;
  if (mil_tx_changes (tx) == 0)
    {
      mil_error_set (error, MIL_ERROR_NOT_FOUND, _ ("There is no such wallet."));
      return FALSE;
    }
  id = mil_tx_new_id (tx);
  counter = mil_money_is_set (entry->counter) ? entry->counter.currency : NULL;
  /* RETURNING would have SQLite make a temporary table for one number. */
  return mil_tx_exec (
      tx,
      error,
      "INSERT INTO wallet_entries (wallet_id, seq, id, kind, currency, amount, counter_currency,"
      " counter_amount, title, store_id, order_id, claim_id, at)"
      " SELECT id, entry_seq, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 FROM wallets WHERE id = $1",
      "ttttititttti",
      entry->wallet_id,
      id,
      entry->kind,
      entry->amount.currency,
      entry->amount.minor,
      counter,
      entry->counter.minor,
      entry->title,
      entry->store_id,
      entry->order_id,
      entry->claim_id,
      mil_tx_now (tx));
}

static gboolean
build_balances (MilTx *tx, JsonBuilder *builder, const char *wallet_id, GError **error)
{
  g_autoptr (MilRows) rows = NULL;

  rows = mil_tx_query (
      tx,
      error,
      "SELECT currency, credits_posted - debits_posted - debits_pending, debits_pending FROM accounts"
      " WHERE kind = 'wallet' AND owner = $1 ORDER BY currency",
      "t",
      wallet_id);
  if (rows == NULL)
    return FALSE;
  json_builder_set_member_name (builder, "balances");
  json_builder_begin_array (builder);
  while (mil_rows_next (rows))
    {
      json_builder_begin_object (builder);
      mil_build_text (builder, "currency", mil_rows_text (rows, 0));
      mil_build_int (builder, "available", mil_rows_int (rows, 1));
      mil_build_int (builder, "held", mil_rows_int (rows, 2));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return TRUE;
}

#define WALLET_COLUMNS "id, name, kind, last4, currency"

static gboolean
build_wallet (MilTx *tx, JsonBuilder *builder, MilRows *row, GError **error)
{
  json_builder_begin_object (builder);
  mil_build_text (builder, "id", mil_rows_text (row, 0));
  mil_build_text (builder, "name", mil_rows_text (row, 1));
  mil_build_text (builder, "kind", mil_rows_text (row, 2));
  mil_build_text (builder, "last4", mil_rows_text (row, 3));
  mil_build_text (builder, "currency", mil_rows_text (row, 4));
  if (!build_balances (tx, builder, mil_rows_text (row, 0), error))
    return FALSE;
  json_builder_end_object (builder);
  return TRUE;
}

/**
 * mil_wallet_get:
 * @tx: the transaction
 * @owner: the traveller
 * @wallet_id: a wallet
 * @error: (optional): %MIL_ERROR_NOT_FOUND when it is not theirs, or as for mil_tx_exec()
 *
 * Returns: (transfer full) (nullable): `{"id","name","kind","last4","currency",
 *   "balances":[{"currency","available","held"}…]}`
 */
JsonNode *
mil_wallet_get (MilTx *tx, const char *owner, const char *wallet_id, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (MilRows) row = NULL;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (owner != NULL && wallet_id != NULL, NULL);

  row = mil_tx_query_one (tx,
                          error,
                          _ ("There is no such wallet."),
                          "SELECT " WALLET_COLUMNS " FROM wallets WHERE id = $1 AND owner = $2",
                          "tt",
                          wallet_id,
                          owner);
  if (row == NULL || !build_wallet (tx, builder, row, error))
    return NULL;
  return json_builder_get_root (builder);
}

/**
 * mil_wallet_list:
 * @tx: the transaction
 * @owner: the traveller
 * @error: (optional): as for mil_tx_exec()
 *
 * Returns: (transfer full) (nullable): `{"wallets":[…]}`, oldest first, each as mil_wallet_get() says
 */
JsonNode *
mil_wallet_list (MilTx *tx, const char *owner, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (MilRows) rows = NULL;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (owner != NULL, NULL);

  rows = mil_tx_query (tx, error, "SELECT " WALLET_COLUMNS " FROM wallets WHERE owner = $1 ORDER BY created_at, id", "t", owner);
  if (rows == NULL)
    return NULL;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "wallets");
  json_builder_begin_array (builder);
  while (mil_rows_next (rows))
    if (!build_wallet (tx, builder, rows, error))
      return NULL;
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/**
 * mil_wallet_changed:
 * @tx: the transaction
 * @owner: the traveller
 * @wallet_id: their wallet
 * @error: (optional): as for mil_wallet_get()
 *
 * Tells the owner what is in the wallet now.
 *
 * Returns: whether the event is written
 */
gboolean
mil_wallet_changed (MilTx *tx, const char *owner, const char *wallet_id, GError **error)
{
  g_autoptr (JsonNode) wallet = mil_wallet_get (tx, owner, wallet_id, error);

  return wallet != NULL && mil_tx_append_event (tx, owner, "wallet.changed", wallet_id, wallet, error);
}

static gboolean
fill (MilTx *tx, const char *wallet_id, MilMoney amount, GError **error)
{
  g_autofree char *issuer = mil_ledger_account (tx, MIL_ACCOUNT_ISSUER, SERVICE, amount.currency, error);
  g_autofree char *account = mil_wallet_account (tx, wallet_id, amount.currency, error);
  g_auto (GStrv) ids = NULL;

  if (issuer == NULL || account == NULL)
    return FALSE;
  ids = mil_ledger_transfer (
      tx, &(MilTransfer) { .debit = issuer, .credit = account, .amount = amount, .code = "top-up", .subject = wallet_id }, 1, error);
  return ids != NULL
         && mil_wallet_add_entry (tx, &(MilNewEntry) { .wallet_id = wallet_id, .kind = "top-up", .amount = amount }, error);
}

/* Two digits and zeros: 2 587.33 becomes 2 500.00. */
static MilMoney
round_figure (MilMoney amount)
{
  gint64 unit = 1;

  while (amount.minor / unit >= 100)
    unit *= 10;
  amount.minor -= amount.minor % unit;
  return amount;
}

static gboolean
fill_demo (MilTx *tx, const char *wallet_id, const char *currency, MilExchange *exchange, GError **error)
{
  MilExchanged exchanged;

  if (!mil_exchange_pay_out (exchange, mil_money (demo_fill.minor, demo_fill.currency), currency, &exchanged, error)
      || !fill (tx, wallet_id, round_figure (exchanged.to), error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (demo_extra); i++)
    if (!g_str_equal (demo_extra[i].currency, currency)
        && !fill (tx, wallet_id, mil_money (demo_extra[i].minor, demo_extra[i].currency), error))
      return FALSE;
  return TRUE;
}

static gboolean
check_new_wallet (const char *name, const char *kind, const char *currency, MilExchange *exchange, GError **error)
{
  gsize length = g_utf8_strlen (name, -1);

  if (length == 0 || length > MAX_NAME)
    mil_error_set (error, MIL_ERROR_INVALID, _ ("name: a wallet needs a name of at most %d characters."), MAX_NAME);
  else if (!g_str_equal (kind, "demo"))
    mil_error_set (error, MIL_ERROR_UNSUPPORTED, _ ("kind: this service makes demo wallets only."));
  else if (!mil_currency_is_known (currency))
    mil_error_set (error, MIL_ERROR_INVALID, _ ("currency: “%s” is no currency."), currency);
  else if (!mil_exchange_knows (exchange, currency))
    mil_error_set (error, MIL_ERROR_UNSUPPORTED, _ ("There is no exchange rate for %s. Choose another currency."), currency);
  else
    return TRUE;
  return FALSE;
}

/**
 * mil_wallet_create:
 * @tx: the transaction
 * @owner: the traveller
 * @name: what they call it
 * @kind: "demo"
 * @currency: its own currency, ISO 4217
 * @exchange: the desk
 * @error: (optional): %MIL_ERROR_INVALID, %MIL_ERROR_UNSUPPORTED for another kind or a currency
 *   without a rate, or as for mil_tx_exec()
 *
 * Opens a wallet, filled with play money.
 *
 * Returns: (transfer full) (nullable): as mil_wallet_get()
 */
JsonNode *
mil_wallet_create (MilTx *tx, const char *owner, const char *name, const char *kind, const char *currency, MilExchange *exchange, GError **error)
{
  g_autofree char *id = NULL;
  char             last4[5];
  guint16          chance;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (owner != NULL && name != NULL && kind != NULL && currency != NULL, NULL);
  g_return_val_if_fail (MIL_IS_EXCHANGE (exchange), NULL);

  if (!check_new_wallet (name, kind, currency, exchange, error))
    return NULL;
  id = mil_tx_new_id (tx);
  mil_tx_random (tx, (guint8 *) &chance, sizeof chance);
  g_snprintf (last4, sizeof last4, "%04d", chance % 10000);
  if (!mil_tx_exec (tx,
                    error,
                    "INSERT INTO wallets (id, owner, name, kind, last4, currency, created_at)"
                    " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                    "tttttti",
                    id,
                    owner,
                    name,
                    kind,
                    last4,
                    currency,
                    mil_tx_now (tx))
      || !fill_demo (tx, id, currency, exchange, error) || !mil_wallet_changed (tx, owner, id, error))
    return NULL;
  return mil_wallet_get (tx, owner, id, error);
}

static void
build_entry (JsonBuilder *builder, MilRows *row)
{
  MilMoney counter = { 0 };

  if (!mil_rows_is_null (row, 5))
    counter = mil_money (mil_rows_int (row, 6), mil_rows_text (row, 5));
  json_builder_begin_object (builder);
  mil_build_text (builder, "id", mil_rows_text (row, 0));
  mil_build_int (builder, "seq", mil_rows_int (row, 1));
  mil_build_text (builder, "kind", mil_rows_text (row, 2));
  mil_build_money (builder, "amount", mil_money (mil_rows_int (row, 4), mil_rows_text (row, 3)));
  mil_build_money (builder, "counter", counter);
  mil_build_text (builder, "title", mil_rows_text (row, 7));
  mil_build_text (builder, "store_id", mil_rows_text (row, 8));
  mil_build_text (builder, "order_id", mil_rows_text (row, 9));
  mil_build_text (builder, "claim_id", mil_rows_text (row, 10));
  mil_build_instant (builder, "at", mil_rows_int (row, 11));
  json_builder_end_object (builder);
}

/**
 * mil_wallet_entries:
 * @tx: the transaction
 * @owner: the traveller
 * @wallet_id: their wallet
 * @before: `seq` of the oldest entry that the client has; 0 for none
 * @limit: most entries to answer, 1 to 200
 * @error: (optional): %MIL_ERROR_NOT_FOUND when it is not theirs, or as for mil_tx_exec()
 *
 * Reads a wallet's history, newest first.
 *
 * Returns: (transfer full) (nullable): `{"entries":[…],"next"}`; `next` is the `before` to go on
 *   with, or null at the end
 */
JsonNode *
mil_wallet_entries (MilTx *tx, const char *owner, const char *wallet_id, gint64 before, guint limit, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) wallet = NULL;
  g_autoptr (MilRows) rows = NULL;
  gint64 last = 0;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (owner != NULL && wallet_id != NULL, NULL);

  limit = CLAMP (limit, 1, MAX_ENTRIES);
  wallet = mil_wallet_get (tx, owner, wallet_id, error);
  if (wallet == NULL)
    return NULL;
  rows = mil_tx_query (tx,
                       error,
                       /* An entry that nobody named (a wallet that was filled) goes by its wallet's name. */
                       "SELECT id, seq, kind, currency, amount, counter_currency, counter_amount,"
                       " coalesce (title, (SELECT name FROM wallets WHERE wallets.id = wallet_id)), store_id,"
                       " order_id, claim_id, at FROM wallet_entries WHERE wallet_id = $1 AND seq < $2"
                       " ORDER BY seq DESC LIMIT $3",
                       "tii",
                       wallet_id,
                       before > 0 ? before : G_MAXINT64,
                       (gint64) limit);
  if (rows == NULL)
    return NULL;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "entries");
  json_builder_begin_array (builder);
  while (mil_rows_next (rows))
    {
      build_entry (builder, rows);
      last = mil_rows_int (rows, 1);
    }
  json_builder_end_array (builder);
  if (last > 1 && mil_rows_count (rows) == limit)
    mil_build_int (builder, "next", last);
  else
    mil_build_text (builder, "next", NULL);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
