/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-clock.h"
#include "base/mil-future.h"
#include "service/storage/mil-tx.h"

G_BEGIN_DECLS

#define MIL_TYPE_STORAGE (mil_storage_get_type ())

/**
 * MilStorage:
 *
 * Where the service keeps everything: SQLite for one process, PostgreSQL for many. Every piece of
 * work is one function that runs as one transaction; the future resolves when what it wrote is
 * durable, and not before.
 *
 * Signal `committed` (`const char * const *owners`): events were appended for these owners; in the
 * main context that mil_storage_open() was called in. On PostgreSQL also those of other instances.
 * An empty list means that any owner's may have been.
 */
G_DECLARE_DERIVABLE_TYPE (MilStorage, mil_storage, MIL, STORAGE, GObject)

MilStorage *mil_storage_new_sqlite (const char *path, MilClock *clock, MilRandom *random);
MilStorage *mil_storage_new_postgres (const char *conninfo, guint connections, MilClock *clock, MilRandom *random);
MilStorage *mil_storage_new_for_address (const char *address, MilClock *clock, MilRandom *random, GError **error);
const char *mil_storage_get_engine (MilStorage *self);
DexFuture  *mil_storage_open (MilStorage *self);
DexFuture  *mil_storage_fold (MilStorage *self, gboolean rewrites);
DexFuture *mil_storage_run (MilStorage *self, MilTxFunc func, gpointer data, GDestroyNotify destroy, GType result_type);
DexFuture *mil_storage_read (MilStorage *self, MilTxFunc func, gpointer data, GDestroyNotify destroy, GType result_type);
DexFuture *mil_storage_close (MilStorage *self);

G_END_DECLS
