/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/storage/mil-storage.h"

G_BEGIN_DECLS

/* What the engines implement and lean on. Nothing outside storage/ includes this. */

/**
 * MilTxValue:
 * @type: the letter, `t`, `i` or `b`
 * @text: for `t`: (nullable)
 * @number: for `i`
 * @bytes: for `b`: (nullable)
 *
 * One argument of a statement.
 */
typedef struct
{
  char        type;
  const char *text;
  gint64      number;
  GBytes     *bytes;
} MilTxValue;

#define MIL_TX_MAX_VALUES 32

typedef enum
{
  MIL_TX_SAVE,
  MIL_TX_RELEASE,
  MIL_TX_UNDO,
} MilTxStep;

/**
 * MilTxEngine:
 * @execute: runs one statement; fills @rows (unless %NULL) and mil_tx_set_changes()
 * @step: sets, releases or rolls back to (and releases) the savepoint of that depth
 * @notify: tells other instances, at commit, that an owner's events grew; may be %NULL
 *
 * How an engine does a transaction's work. A failed call says with mil_tx_lose() when more than the
 * one statement is lost.
 */
typedef struct
{
  gboolean (*execute) (MilTx *tx, const char *sql, const MilTxValue *values, guint n_values, MilRows **rows, GError **error);
  gboolean (*step) (MilTx *tx, MilTxStep step, guint depth, GError **error);
  gboolean (*notify) (MilTx *tx, const char *owner, GError **error);
} MilTxEngine;

/**
 * MilStorageJob:
 *
 * A piece of work on its way through an engine.
 */
typedef struct
{
  MilTxFunc      func;
  gpointer       data;
  GDestroyNotify destroy;
  GType          result_type;
  gboolean       read_only;
  gint64         now;
  DexPromise    *promise;
  GMainContext  *home;
  gpointer       result;
  GError        *error;
  GHashTable    *touched;
} MilStorageJob;

MilTx      *mil_tx_new (const MilTxEngine *engine, gpointer connection, MilStorage *storage, gint64 now);
void        mil_tx_free (MilTx *self);
gpointer    mil_tx_get_connection (MilTx *self);
void        mil_tx_set_changes (MilTx *self, gint64 changes);
void        mil_tx_lose (MilTx *self);
gboolean    mil_tx_is_lost (MilTx *self);
gboolean    mil_tx_is_broken (MilTx *self, GError **error);
GHashTable *mil_tx_steal_touched (MilTx *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilTx, mil_tx_free)

/**
 * MilStorageClass:
 * @engine: "sqlite" or "postgres"
 * @start: starts threads and opens the database; blocks; runs on a thread of its own
 * @submit: takes a job; any thread
 * @stop: finishes what was submitted and ends the threads; blocks
 * @fold: as mil_storage_fold(); blocks; runs on a thread of its own
 */
struct _MilStorageClass
{
  GObjectClass parent_class;

  const char *engine;
  gboolean (*start) (MilStorage *self, GError **error);
  void (*submit) (MilStorage *self, MilStorageJob *job);
  void (*stop) (MilStorage *self);
  gboolean (*fold) (MilStorage *self, gboolean rewrites, GError **error);
};

void   mil_storage_init_with (MilStorage *self, MilClock *clock, MilRandom *random);
gint64 mil_storage_now (MilStorage *self);
char  *mil_storage_new_id (MilStorage *self);
void   mil_storage_random (MilStorage *self, guint8 *bytes, gsize n_bytes);
void   mil_storage_touched (MilStorage *self, GHashTable *owners);
void   mil_storage_answer (MilStorage *self, GPtrArray *jobs);

gboolean mil_storage_job_cancelled (MilStorageJob *job);
void     mil_storage_job_call (MilStorageJob *job, MilTx *tx);
void     mil_storage_job_forget (MilStorageJob *job);
void     mil_storage_job_fail (MilStorageJob *job, const GError *error);
void     mil_storage_job_finish (MilStorageJob *job);

gboolean mil_storage_migrate (MilTx      *tx,
                              const char *engine,
                              gboolean (*script) (MilTx *tx, const char *sql, GError **error),
                              GError **error);

G_END_DECLS
