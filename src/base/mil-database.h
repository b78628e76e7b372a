/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sqlite3.h>

#include "base/mil-future.h"

G_BEGIN_DECLS

#define MIL_TYPE_DATABASE (mil_database_get_type ())

/**
 * MilDatabase:
 *
 * A SQLite file with a thread of its own. Work is queued and runs in order, each in a transaction
 * that is rolled back when the work fails. WAL, `synchronous=FULL`.
 */
G_DECLARE_FINAL_TYPE (MilDatabase, mil_database, MIL, DATABASE, GObject)

/**
 * MilDatabaseFunc:
 * @db: the open database, inside a transaction
 * @data: what mil_database_run() was given
 * @error: where to say what went wrong; rolls back
 *
 * Returns: (transfer full) (nullable): as #MilThreadFunc
 */
typedef gpointer (*MilDatabaseFunc) (sqlite3   *db,
                                     gpointer   data,
                                     GError   **error);

MilDatabase  *mil_database_new        (const char         *path,
                                       const char *const  *migrations);
DexFuture    *mil_database_open       (MilDatabase        *self);
DexFuture    *mil_database_run        (MilDatabase        *self,
                                       MilDatabaseFunc     func,
                                       gpointer            data,
                                       GDestroyNotify      destroy,
                                       GType               result_type);
DexFuture    *mil_database_close      (MilDatabase        *self);

/* For use inside a MilDatabaseFunc. `types` has a letter an argument: t text (const char *, may be
 * NULL), i gint64, b blob (GBytes *, may be NULL). */
gboolean      mil_sqlite_exec         (sqlite3            *db,
                                       const char         *sql,
                                       GError            **error);
sqlite3_stmt *mil_sqlite_prepare      (sqlite3            *db,
                                       GError            **error,
                                       const char         *sql,
                                       const char         *types,
                                       ...);
gboolean      mil_sqlite_run          (sqlite3            *db,
                                       GError            **error,
                                       const char         *sql,
                                       const char         *types,
                                       ...);
gboolean      mil_sqlite_step         (sqlite3_stmt       *statement,
                                       gboolean           *row,
                                       GError            **error);
gboolean      mil_sqlite_migrate      (sqlite3            *db,
                                       const char *const  *migrations,
                                       GError            **error);
GError       *mil_sqlite_error        (sqlite3            *db);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

G_END_DECLS
