/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/storage/mil-storage-private.h"

G_BEGIN_DECLS

/* What a transaction says to other instances, and they listen to. */
#define MIL_POSTGRES_CHANNEL "milione_events"

/**
 * MilPostgresConnection:
 *
 * One PostgreSQL connection with its prepared statements, for one thread.
 */
typedef struct _MilPostgresConnection MilPostgresConnection;

extern const MilTxEngine mil_postgres_engine;

MilPostgresConnection *mil_postgres_connection_open (const char *conninfo, GError **error);
void                   mil_postgres_connection_close (MilPostgresConnection *self);
gboolean               mil_postgres_connection_alive (MilPostgresConnection *self);
gboolean mil_postgres_connection_exec (MilPostgresConnection *self, const char *sql, GError **error);
gboolean mil_postgres_connection_commit (MilPostgresConnection *self, GError **error);
gboolean mil_postgres_connection_script (MilTx *tx, const char *sql, GError **error);
gboolean mil_postgres_connection_again (MilPostgresConnection *self);
gboolean mil_postgres_connection_listen (MilPostgresConnection *self, GPollFD *wake, GHashTable *owners);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilPostgresConnection, mil_postgres_connection_close)

G_END_DECLS
