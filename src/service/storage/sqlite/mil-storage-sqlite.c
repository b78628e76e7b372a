/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/storage/mil-storage-private.h"
#include "service/storage/sqlite/mil-sqlite-connection.h"

/* Most requests that share one commit: bounds how long the first of them waits. */
#define MAX_BATCH 256
/* Longest that a batch waits for more, in microseconds, however slow the disk is. */
#define MAX_PATIENCE 5000

#define MIL_TYPE_STORAGE_SQLITE (mil_storage_sqlite_get_type ())
G_DECLARE_FINAL_TYPE (MilStorageSqlite, mil_storage_sqlite, MIL, STORAGE_SQLITE, MilStorage)

/* A thread that owns a connection, and the work that waits for it. */
typedef struct
{
  GThread             *thread;
  GAsyncQueue         *jobs;
  MilSqliteConnection *connection;
} Worker;

struct _MilStorageSqlite
{
  MilStorage parent_instance;

  char  *path;
  Worker writer;
  Worker reader;

  /* The writer's thread alone knows these. */
  guint  last_batch;
  gint64 commit_time;
};

G_DEFINE_FINAL_TYPE (MilStorageSqlite, mil_storage_sqlite, MIL_TYPE_STORAGE)

/* Ends a worker when it comes up in its queue. */
static MilStorageJob end_of_work;

/* The job that comes next in a batch of N, if there is one or, while fewer than were EXPECTED have come, if
 * one comes UNTIL then. */
static MilStorageJob *
next_job (Worker *worker, guint n, guint expected, gint64 until)
{
  MilStorageJob *job = n < MAX_BATCH ? g_async_queue_try_pop (worker->jobs) : NULL;
  gint64         left = until - g_get_monotonic_time ();

  if (job == NULL && n < expected && left > 0)
    job = g_async_queue_timeout_pop (worker->jobs, left);
  return job;
}

/* Takes the job that waits longest, and all that wait with it. Those who shared the last commit have just been answered
 * and are likely to ask again: they are given as long as that commit took, so that they share this one too. */
static gboolean
take_batch (MilStorageSqlite *self, GPtrArray *batch)
{
  MilStorageJob *job = g_async_queue_pop (self->writer.jobs);
  gint64         until = g_get_monotonic_time () + MIN (self->commit_time, MAX_PATIENCE);

  while (job != NULL && job != &end_of_work)
    {
      g_ptr_array_add (batch, job);
      job = next_job (&self->writer, batch->len, self->last_batch, until);
    }
  self->last_batch = batch->len;
  return job != &end_of_work;
}

/* Runs a job. What a failed one wrote is undone if it is SAVED, by a savepoint; else the batch is SPOILT by
 * it. Fails only when the whole batch is lost. */
static gboolean
run_job (MilStorageSqlite *self, MilStorageJob *job, gboolean saved, gboolean *spoilt, GError **error)
{
  MilSqliteConnection *connection = self->writer.connection;
  gint64               before = mil_sqlite_connection_changes (connection);
  g_autoptr (MilTx) tx = NULL;

  if (mil_storage_job_cancelled (job))
    {
      g_autoptr (GError) cancelled = mil_error_new (MIL_ERROR_CANCELLED, "Nobody waits for this any more");

      mil_storage_job_fail (job, cancelled);
      return TRUE;
    }
  tx = mil_tx_new (&mil_sqlite_engine, connection, MIL_STORAGE (self), job->now);
  if (saved && !mil_sqlite_engine.step (tx, MIL_TX_SAVE, 0, error))
    return FALSE;
  mil_storage_job_call (job, tx);
  if (mil_tx_is_lost (tx))
    {
      if (!mil_tx_is_broken (tx, error))
        g_propagate_error (error, g_error_copy (job->error));
      return FALSE;
    }
  if (saved)
    return mil_sqlite_engine.step (tx, job->error != NULL ? MIL_TX_UNDO : MIL_TX_RELEASE, 0, error);
  *spoilt = job->error != NULL && mil_sqlite_connection_changes (connection) != before;
  return TRUE;
}

static gboolean
commit (MilStorageSqlite *self, GError **error)
{
  gint64   began = g_get_monotonic_time ();
  gboolean done = mil_sqlite_connection_exec (self->writer.connection, "COMMIT", error);

  self->commit_time = g_get_monotonic_time () - began;
  return done;
}

static gboolean
run_all (MilStorageSqlite *self, GPtrArray *batch, gboolean saved, gboolean *spoilt, GError **error)
{
  if (!mil_sqlite_connection_exec (self->writer.connection, "BEGIN IMMEDIATE", error))
    return FALSE;
  for (guint i = 0; i < batch->len && !*spoilt; i++)
    if (!run_job (self, g_ptr_array_index (batch, i), saved, spoilt, error))
      return FALSE;
  return *spoilt || commit (self, error);
}

/* A savepoint keeps a copy of each page that changes. Few requests fail, and most that do have not written
 * anything yet, so the batch does without; where one has, all of it is run again, each in its own savepoint. */
static gboolean
run_batch (MilStorageSqlite *self, GPtrArray *batch, GError **error)
{
  gboolean spoilt = FALSE;

  if (!run_all (self, batch, FALSE, &spoilt, error))
    return FALSE;
  if (!spoilt)
    return TRUE;
  mil_sqlite_connection_rollback (self->writer.connection);
  spoilt = FALSE;
  return batch->len == 1 || run_all (self, batch, TRUE, &spoilt, error);
}

static void
answer_batch (MilStorageSqlite *self, GPtrArray *batch, const GError *failure)
{
  for (guint i = 0; i < batch->len; i++)
    {
      MilStorageJob *job = g_ptr_array_index (batch, i);

      if (failure != NULL)
        mil_storage_job_fail (job, failure);
      if (job->touched != NULL)
        mil_storage_touched (MIL_STORAGE (self), job->touched);
    }
  mil_storage_answer (MIL_STORAGE (self), batch);
}

static gpointer
write_all (gpointer data)
{
  MilStorageSqlite *self = data;
  gboolean          more = TRUE;

  while (more)
    {
      GPtrArray *batch = g_ptr_array_new ();
      g_autoptr (GError) failure = NULL;

      more = take_batch (self, batch);
      if (batch->len > 0 && !run_batch (self, batch, &failure))
        mil_sqlite_connection_rollback (self->writer.connection);
      answer_batch (self, batch, failure);
    }
  return NULL;
}

static void
run_read (MilStorageSqlite *self, MilStorageJob *job)
{
  MilSqliteConnection *connection = self->reader.connection;
  g_autoptr (GError) failure = NULL;

  if (mil_storage_job_cancelled (job))
    failure = mil_error_new (MIL_ERROR_CANCELLED, "Nobody waits for this any more");
  else if (mil_sqlite_connection_exec (connection, "BEGIN", &failure))
    {
      g_autoptr (MilTx) tx = mil_tx_new (&mil_sqlite_engine, connection, MIL_STORAGE (self), job->now);

      mil_storage_job_call (job, tx);
      mil_sqlite_connection_rollback (connection);
    }
  if (failure != NULL)
    mil_storage_job_fail (job, failure);
  g_clear_pointer (&job->touched, g_hash_table_unref);
  mil_storage_job_finish (job);
}

static gpointer
read_all (gpointer data)
{
  MilStorageSqlite *self = data;
  MilStorageJob    *job;

  while ((job = g_async_queue_pop (self->reader.jobs)) != &end_of_work)
    run_read (self, job);
  return NULL;
}

static gboolean
migrate (MilStorageSqlite *self, GError **error)
{
  MilSqliteConnection *connection = self->writer.connection;
  g_autoptr (MilTx) tx = NULL;

  if (!mil_sqlite_connection_exec (connection, "BEGIN IMMEDIATE", error))
    return FALSE;
  tx = mil_tx_new (&mil_sqlite_engine, connection, MIL_STORAGE (self), mil_storage_now (MIL_STORAGE (self)));
  if (mil_storage_migrate (tx, "sqlite", mil_sqlite_connection_script, error)
      && mil_sqlite_connection_exec (connection, "COMMIT", error))
    return TRUE;
  mil_sqlite_connection_rollback (connection);
  return FALSE;
}

static gboolean
mil_storage_sqlite_start (MilStorage *storage, GError **error)
{
  MilStorageSqlite *self = MIL_STORAGE_SQLITE (storage);

  self->writer.connection = mil_sqlite_connection_open (self->path, FALSE, error);
  if (self->writer.connection == NULL || !migrate (self, error))
    return FALSE;
  self->reader.connection = mil_sqlite_connection_open (self->path, TRUE, error);
  if (self->reader.connection == NULL)
    return FALSE;
  self->writer.thread = g_thread_new ("sqlite-writer", write_all, self);
  self->reader.thread = g_thread_new ("sqlite-reader", read_all, self);
  return TRUE;
}

static void
mil_storage_sqlite_submit (MilStorage *storage, MilStorageJob *job)
{
  MilStorageSqlite *self = MIL_STORAGE_SQLITE (storage);

  g_async_queue_push (job->read_only ? self->reader.jobs : self->writer.jobs, job);
}

static void
stop_worker (Worker *worker)
{
  if (worker->thread != NULL)
    {
      g_async_queue_push (worker->jobs, &end_of_work);
      g_thread_join (g_steal_pointer (&worker->thread));
    }
  g_clear_pointer (&worker->connection, mil_sqlite_connection_close);
}

static void
mil_storage_sqlite_stop (MilStorage *storage)
{
  MilStorageSqlite *self = MIL_STORAGE_SQLITE (storage);

  /* The writer's connection goes last: closing it folds the WAL back into the database. */
  stop_worker (&self->reader);
  stop_worker (&self->writer);
}

static gboolean
mil_storage_sqlite_fold (MilStorage *storage, gboolean rewrites, GError **error)
{
  MilStorageSqlite    *self = MIL_STORAGE_SQLITE (storage);
  MilSqliteConnection *connection = mil_sqlite_connection_open (self->path, FALSE, error);
  gboolean             done;

  if (connection == NULL)
    return FALSE;
  done = (!rewrites || mil_sqlite_connection_exec (connection, "VACUUM", error))
         && mil_sqlite_connection_exec (connection, "PRAGMA wal_checkpoint (TRUNCATE)", error);
  mil_sqlite_connection_close (connection);
  return done;
}

static void
mil_storage_sqlite_finalize (GObject *object)
{
  MilStorageSqlite *self = MIL_STORAGE_SQLITE (object);

  mil_storage_sqlite_stop (MIL_STORAGE (self));
  g_clear_pointer (&self->writer.jobs, g_async_queue_unref);
  g_clear_pointer (&self->reader.jobs, g_async_queue_unref);
  g_free (self->path);

  G_OBJECT_CLASS (mil_storage_sqlite_parent_class)->finalize (object);
}

static void
mil_storage_sqlite_class_init (MilStorageSqliteClass *klass)
{
  MilStorageClass *storage_class = MIL_STORAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mil_storage_sqlite_finalize;
  storage_class->engine = "sqlite";
  storage_class->start = mil_storage_sqlite_start;
  storage_class->submit = mil_storage_sqlite_submit;
  storage_class->stop = mil_storage_sqlite_stop;
  storage_class->fold = mil_storage_sqlite_fold;
}

static void
mil_storage_sqlite_init (MilStorageSqlite *self)
{
  self->writer.jobs = g_async_queue_new ();
  self->reader.jobs = g_async_queue_new ();
}

/**
 * mil_storage_new_sqlite:
 * @path: the database file, in file name encoding; made when it is not there
 * @clock: where the time comes from
 * @random: where ids and tokens come from
 *
 * Makes a storage on a SQLite file that this process alone writes. Requests that wait at the same
 * moment share one durable commit; what one of them wrote before it failed is undone alone, and a full disk or
 * I/O error fails all of them. A function may be run twice, as on PostgreSQL. Reads have a connection of their own.
 *
 * Returns: (transfer full): the storage, not yet open
 */
MilStorage *
mil_storage_new_sqlite (const char *path, MilClock *clock, MilRandom *random)
{
  MilStorageSqlite *self;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (MIL_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (MIL_IS_RANDOM (random), NULL);

  self = g_object_new (MIL_TYPE_STORAGE_SQLITE, NULL);
  mil_storage_init_with (MIL_STORAGE (self), clock, random);
  self->path = g_strdup (path);
  return MIL_STORAGE (self);
}
