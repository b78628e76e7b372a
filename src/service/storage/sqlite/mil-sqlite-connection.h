/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/storage/mil-storage-private.h"

G_BEGIN_DECLS

/**
 * MilSqliteConnection:
 *
 * One SQLite connection with its prepared statements, for one thread.
 */
typedef struct _MilSqliteConnection MilSqliteConnection;

extern const MilTxEngine mil_sqlite_engine;

MilSqliteConnection *mil_sqlite_connection_open (const char *path, gboolean read_only, GError **error);
void                 mil_sqlite_connection_close (MilSqliteConnection *self);
gboolean             mil_sqlite_connection_exec (MilSqliteConnection *self, const char *sql, GError **error);
gboolean             mil_sqlite_connection_script (MilTx *tx, const char *sql, GError **error);
void                 mil_sqlite_connection_rollback (MilSqliteConnection *self);
gint64               mil_sqlite_connection_changes (MilSqliteConnection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilSqliteConnection, mil_sqlite_connection_close)

G_END_DECLS
