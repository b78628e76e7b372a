/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "base/mil-error.h"
#include "base/mil-money.h"
#include "service/storage/mil-rows.h"

G_BEGIN_DECLS

/**
 * MilTx:
 *
 * A transaction under way, the same on every engine. It lives only as long as the function that it
 * was given to, on that function's thread.
 *
 * SQL is the part that SQLite and PostgreSQL share: `TEXT`, `BIGINT`, `BLOB` (in migrations; turned
 * into `BYTEA` for PostgreSQL), `ON CONFLICT … DO`, `RETURNING`, placeholders `$1`, `$2` … `types`
 * has a letter for each argument: `t` text (`const char *`, may be %NULL), `i` `gint64`, `b` bytes
 * (`GBytes *`, may be %NULL), `j` JSON (`JsonNode *`, may be %NULL, stored as text).
 *
 * After an SQL error the transaction is lost: whatever is asked of it later fails with the same
 * error, and nothing of it is kept. So expect duplicates with `ON CONFLICT DO NOTHING` and
 * mil_tx_changes(), or try in mil_tx_nested().
 */
typedef struct _MilTx MilTx;

/**
 * MilTxFunc:
 * @tx: the transaction
 * @data: what the caller gave
 * @error: what went wrong
 *
 * What is done inside a transaction. It may be run again when the engine says that two transactions
 * got in each other's way, so it must not touch anything but @tx.
 *
 * Returns: (transfer full) (nullable): the result, %NULL with @error set to undo everything. As for
 *   #MilThreadFunc, a %G_TYPE_BOOLEAN result is GINT_TO_POINTER (TRUE).
 */
typedef gpointer (*MilTxFunc) (MilTx *tx, gpointer data, GError **error);

gboolean mil_tx_exec (MilTx *self, GError **error, const char *sql, const char *types, ...);
MilRows *mil_tx_query (MilTx *self, GError **error, const char *sql, const char *types, ...);
MilRows *mil_tx_query_one (MilTx *self, GError **error, const char *not_found, const char *sql, const char *types, ...);
gint64   mil_tx_changes (MilTx *self);
void     mil_tx_break (MilTx *self, const GError *why);
gpointer mil_tx_nested (MilTx *self, MilTxFunc func, gpointer data, GError **error);

gint64 mil_tx_now (MilTx *self);
char  *mil_tx_new_id (MilTx *self);
void   mil_tx_random (MilTx *self, guint8 *bytes, gsize n_bytes);

gboolean mil_tx_append_event (MilTx *self, const char *owner, const char *type, const char *subject, JsonNode *data, GError **error);
JsonNode *mil_tx_events_since (MilTx *self, const char *owner, gint64 since, guint limit, GError **error);

G_END_DECLS
