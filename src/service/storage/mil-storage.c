/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/storage/mil-storage.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/mil-promise.h"
#include "service/storage/mil-storage-private.h"

typedef struct
{
  MilClock     *clock;
  MilRandom    *random;
  GMainContext *context;
  gboolean      open;

  GMutex      lock;
  GHashTable *touched;
  GSource    *telling;
} MilStoragePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MilStorage, mil_storage, G_TYPE_OBJECT)

enum
{
  COMMITTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define PRIVATE(self) ((MilStoragePrivate *) mil_storage_get_instance_private (self))

static void
mil_storage_finalize (GObject *object)
{
  MilStoragePrivate *priv = PRIVATE (MIL_STORAGE (object));

  g_clear_object (&priv->clock);
  g_clear_object (&priv->random);
  g_clear_pointer (&priv->context, g_main_context_unref);
  g_clear_pointer (&priv->touched, g_hash_table_unref);
  g_mutex_clear (&priv->lock);

  G_OBJECT_CLASS (mil_storage_parent_class)->finalize (object);
}

static void
mil_storage_class_init (MilStorageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mil_storage_finalize;

  signals[COMMITTED] = g_signal_new ("committed", MIL_TYPE_STORAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
}

static void
mil_storage_init (MilStorage *self)
{
  g_mutex_init (&PRIVATE (self)->lock);
}

/*< private >
 * mil_storage_init_with:
 * @self: the storage, just made
 * @clock: (transfer none): what mil_tx_now() reads
 * @random: (transfer none): what ids and tokens are made from
 *
 * For an engine's constructor.
 */
void
mil_storage_init_with (MilStorage *self, MilClock *clock, MilRandom *random)
{
  MilStoragePrivate *priv = PRIVATE (self);

  priv->clock = g_object_ref (clock);
  priv->random = g_object_ref (random);
}

/*< private >
 * mil_storage_now:
 * @self: the storage
 *
 * Returns: microseconds since 1970
 */
gint64
mil_storage_now (MilStorage *self)
{
  return mil_clock_now (PRIVATE (self)->clock);
}

/*< private >
 * mil_storage_new_id:
 * @self: the storage
 *
 * Returns: (transfer full): a UUIDv7; any thread may ask
 */
char *
mil_storage_new_id (MilStorage *self)
{
  MilStoragePrivate *priv = PRIVATE (self);

  return mil_uuid_new (priv->clock, priv->random);
}

/*< private >
 * mil_storage_random:
 * @self: the storage
 * @bytes: (array length=n_bytes): to be filled
 * @n_bytes: how many
 *
 * Fills from the storage's random source; any thread may ask.
 */
void
mil_storage_random (MilStorage *self, guint8 *bytes, gsize n_bytes)
{
  MilStoragePrivate *priv = PRIVATE (self);

  mil_random_fill (priv->random, bytes, n_bytes);
}

static gboolean
tell (gpointer data)
{
  MilStorage        *self = data;
  MilStoragePrivate *priv = PRIVATE (self);
  g_autoptr (GHashTable) touched = NULL;
  g_autofree const char **owners = NULL;

  g_mutex_lock (&priv->lock);
  touched = g_steal_pointer (&priv->touched);
  g_clear_pointer (&priv->telling, g_source_unref);
  g_mutex_unlock (&priv->lock);

  owners = (const char **) g_hash_table_get_keys_as_array (touched, NULL);
  /* The empty name stands for "any": it must not hide behind others. */
  if (g_hash_table_contains (touched, ""))
    owners[0] = NULL;
  g_signal_emit (self, signals[COMMITTED], 0, owners);
  return G_SOURCE_REMOVE;
}

/*< private >
 * mil_storage_touched:
 * @self: the storage
 * @owners: (element-type utf8): whose events grew; one empty name means anybody's may have
 *
 * Has `committed` emitted soon, once for all that were touched until then. Any thread may say so.
 */
void
mil_storage_touched (MilStorage *self, GHashTable *owners)
{
  MilStoragePrivate *priv = PRIVATE (self);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&priv->lock);
  GHashTableIter iter;
  gpointer       owner;

  if (priv->context == NULL)
    return;
  if (priv->touched == NULL)
    priv->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, owners);
  while (g_hash_table_iter_next (&iter, &owner, NULL))
    g_hash_table_add (priv->touched, g_strdup (owner));
  if (priv->telling == NULL)
    {
      priv->telling = g_idle_source_new ();
      g_source_set_priority (priv->telling, G_PRIORITY_DEFAULT);
      g_source_set_callback (priv->telling, tell, g_object_ref (self), g_object_unref);
      g_source_attach (priv->telling, priv->context);
    }
}

static GType
type_of_result (MilStorageJob *job)
{
  if (G_TYPE_IS_BOXED (job->result_type) || G_TYPE_IS_OBJECT (job->result_type) || job->result_type == G_TYPE_STRING)
    return job->result_type;
  return G_TYPE_BOOLEAN;
}

static void
free_result (MilStorageJob *job)
{
  if (job->result != NULL)
    mil_promise_free_result (type_of_result (job), g_steal_pointer (&job->result));
}

/*< private >
 * mil_storage_job_cancelled:
 * @job: a job that has not begun
 *
 * Returns: whether nobody waits for it any more, so that it need not begin
 */
gboolean
mil_storage_job_cancelled (MilStorageJob *job)
{
  return g_cancellable_is_cancelled (dex_promise_get_cancellable (job->promise));
}

/*< private >
 * mil_storage_job_call:
 * @job: the job
 * @tx: the transaction that it runs in
 *
 * Runs the job's function; what came of it is in the job.
 */
void
mil_storage_job_call (MilStorageJob *job, MilTx *tx)
{
  mil_storage_job_forget (job);
  job->result = job->func (tx, job->data, &job->error);
  if (job->result != NULL && job->error == NULL && mil_tx_is_broken (tx, &job->error))
    free_result (job);
  if (job->result == NULL && job->error == NULL)
    {
      g_critical ("A transaction function failed without saying why");
      job->error = mil_error_new (MIL_ERROR_FAILED, _ ("Something went wrong. Please try again."));
    }
  if (job->error != NULL)
    free_result (job);
  else
    job->touched = mil_tx_steal_touched (tx);
}

/*< private >
 * mil_storage_job_forget:
 * @job: the job
 *
 * Drops what came of an earlier run, before another.
 */
void
mil_storage_job_forget (MilStorageJob *job)
{
  free_result (job);
  g_clear_error (&job->error);
  g_clear_pointer (&job->touched, g_hash_table_unref);
}

/*< private >
 * mil_storage_job_fail:
 * @job: the job
 * @error: (transfer none): why
 *
 * Says that the job failed, whatever its function answered.
 */
void
mil_storage_job_fail (MilStorageJob *job, const GError *error)
{
  mil_storage_job_forget (job);
  job->error = g_error_copy (error);
}

/*< private >
 * mil_storage_job_finish:
 * @job: (transfer full): the job, after its commit or rollback
 *
 * Answers who waits for it.
 */
void
mil_storage_job_finish (MilStorageJob *job)
{
  if (job->destroy != NULL)
    job->destroy (job->data);
  if (job->error != NULL)
    free_result (job);
  mil_promise_settle (g_steal_pointer (&job->promise),
                      job->home,
                      type_of_result (job),
                      g_steal_pointer (&job->result),
                      g_steal_pointer (&job->error));
  mil_storage_job_forget (job);
  g_main_context_unref (job->home);
  g_free (job);
}

static gboolean
answered (gpointer jobs)
{
  return G_SOURCE_REMOVE;
}

/*< private >
 * mil_storage_answer:
 * @self: the storage
 * @jobs: (transfer full) (element-type MilStorageJob): jobs, after their commit or rollback
 *
 * Answers who waits for them, as mil_storage_job_finish() does, where the storage was opened: many answers
 * are one errand for that thread, which else would be woken for each. Any thread may say so.
 */
void
mil_storage_answer (MilStorage *self, GPtrArray *jobs)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_ptr_array_set_free_func (jobs, (GDestroyNotify) mil_storage_job_finish);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, answered, jobs, (GDestroyNotify) g_ptr_array_unref);
  g_source_attach (source, PRIVATE (self)->context);
}

/* ADDRESS is a URI, or "postgres:" and what libpq calls a connection string. */
static MilStorage *
new_postgres (const char *address, MilClock *clock, MilRandom *random, GError **error)
{
#if MIL_HAVE_POSTGRES
  gboolean is_uri = g_str_has_prefix (address, "postgresql://") || g_str_has_prefix (address, "postgres://");

  return mil_storage_new_postgres (is_uri ? address : address + strlen ("postgres:"), 0, clock, random);
#else
  mil_error_set (error, MIL_ERROR_UNSUPPORTED, _ ("This build of the service has no PostgreSQL. Write sqlite:PATH."));
  return NULL;
#endif
}

/**
 * mil_storage_new_for_address:
 * @address: "sqlite:PATH", "postgres:CONNINFO" or a "postgresql://…" URI
 * @clock: where the time comes from
 * @random: where ids and tokens come from
 * @error: (optional): %MIL_ERROR_INVALID, %MIL_ERROR_UNSUPPORTED for an engine that this build has not got
 *
 * Makes the storage that a configuration names.
 *
 * Returns: (transfer full) (nullable): the storage, not yet open
 */
MilStorage *
mil_storage_new_for_address (const char *address, MilClock *clock, MilRandom *random, GError **error)
{
  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (MIL_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (MIL_IS_RANDOM (random), NULL);

  if (g_str_has_prefix (address, "sqlite:") && address[strlen ("sqlite:")] != '\0')
    return mil_storage_new_sqlite (address + strlen ("sqlite:"), clock, random);
  if (g_str_has_prefix (address, "postgres:") || g_str_has_prefix (address, "postgresql://"))
    return new_postgres (address, clock, random, error);
  /* Translators: %s is what somebody typed; keep the words sqlite and postgres. */
  mil_error_set (error, MIL_ERROR_INVALID, _ ("“%s” names no storage. Write sqlite:PATH or postgres:CONNECTION."), address);
  return NULL;
}

/**
 * mil_storage_get_engine:
 * @self: the storage
 *
 * Returns: (transfer none): "sqlite" or "postgres"
 */
const char *
mil_storage_get_engine (MilStorage *self)
{
  g_return_val_if_fail (MIL_IS_STORAGE (self), NULL);

  return MIL_STORAGE_GET_CLASS (self)->engine;
}

static gpointer
start_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  MilStorage *self = data;

  if (!MIL_STORAGE_GET_CLASS (self)->start (self, error))
    return NULL;
  PRIVATE (self)->open = TRUE;
  return GINT_TO_POINTER (TRUE);
}

/**
 * mil_storage_open:
 * @self: the storage
 *
 * Opens the database and brings its schema up to date. Later `committed` is emitted in the main
 * context that is the thread's default now.
 *
 * Returns: (transfer full): a future of %TRUE; rejects with %MIL_ERROR_STORAGE, %MIL_ERROR_NO_SPACE,
 *   or %MIL_ERROR_UNSUPPORTED when a newer program made the schema
 */
DexFuture *
mil_storage_open (MilStorage *self)
{
  MilStoragePrivate *priv;

  dex_return_error_if_fail (MIL_IS_STORAGE (self));

  priv = PRIVATE (self);
  dex_return_error_if_fail (priv->context == NULL);
  priv->context = g_main_context_ref_thread_default ();
  return mil_thread (start_thread, g_object_ref (self), g_object_unref, G_TYPE_BOOLEAN);
}

static DexFuture *
submit (MilStorage *self, MilTxFunc func, gpointer data, GDestroyNotify destroy, GType result_type, gboolean read_only)
{
  MilStorageJob *job = g_new0 (MilStorageJob, 1);
  DexFuture     *future;

  job->func = func;
  job->data = data;
  job->destroy = destroy;
  job->result_type = result_type;
  job->read_only = read_only;
  job->now = mil_storage_now (self);
  job->promise = dex_promise_new_cancellable ();
  job->home = g_main_context_ref_thread_default ();
  future = mil_promise_follow (dex_ref (DEX_FUTURE (job->promise)));
  if (PRIVATE (self)->open)
    MIL_STORAGE_GET_CLASS (self)->submit (self, job);
  else
    {
      job->error = mil_error_new (MIL_ERROR_STORAGE, _ ("The service's storage is closed."));
      mil_storage_job_finish (job);
    }
  return future;
}

/**
 * mil_storage_run:
 * @self: the storage
 * @func: (scope async): what to do, in one transaction
 * @data: passed to @func; must live until the future is done, so give it with @destroy when whoever
 *   waits may stop waiting
 * @destroy: (nullable): frees @data, before the future resolves
 * @result_type: what @func returns: %G_TYPE_BOOLEAN, %G_TYPE_NONE, %G_TYPE_STRING, a boxed or object
 *   type (`JSON_TYPE_NODE`)
 *
 * Runs a transaction that may write. @func runs on a thread of the storage. When the future
 * resolves, what it wrote is on disk. When nobody waits for the future before the work begins, it
 * does not begin.
 *
 * Returns: (transfer full): a future of what @func returned; rejects with @func's error,
 *   %MIL_ERROR_CONFLICT when the schema forbade it, %MIL_ERROR_NO_SPACE or %MIL_ERROR_STORAGE
 */
DexFuture *
mil_storage_run (MilStorage *self, MilTxFunc func, gpointer data, GDestroyNotify destroy, GType result_type)
{
  dex_return_error_if_fail (MIL_IS_STORAGE (self));
  dex_return_error_if_fail (func != NULL);

  return submit (self, func, data, destroy, result_type, FALSE);
}

/**
 * mil_storage_read:
 * @self: the storage
 * @func: (scope async): what to read, in one transaction
 * @data: as for mil_storage_run()
 * @destroy: (nullable): as for mil_storage_run()
 * @result_type: as for mil_storage_run()
 *
 * Runs a transaction that only reads, from one consistent state that has everything whose future
 * resolved before. It waits for no writer.
 *
 * Returns: (transfer full): a future as mil_storage_run()'s; writing rejects with %MIL_ERROR_STORAGE
 */
DexFuture *
mil_storage_read (MilStorage *self, MilTxFunc func, gpointer data, GDestroyNotify destroy, GType result_type)
{
  dex_return_error_if_fail (MIL_IS_STORAGE (self));
  dex_return_error_if_fail (func != NULL);

  return submit (self, func, data, destroy, result_type, TRUE);
}

static gpointer
stop_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  MilStorage *self = data;

  MIL_STORAGE_GET_CLASS (self)->stop (self);
  return GINT_TO_POINTER (TRUE);
}

static gpointer
fold_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (MIL_STORAGE_GET_CLASS (data)->fold (data, FALSE, error));
}

static gpointer
rewrite_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (MIL_STORAGE_GET_CLASS (data)->fold (data, TRUE, error));
}

/**
 * mil_storage_fold:
 * @self: an open storage
 * @rewrites: whether all that may name a person is written anew before, which takes as long as there is much
 * of it and lets nobody else in: nothing of what stood there is left in between
 *
 * Moves what SQLite still has in a log beside its database into the database, and empties the log: what was
 * deleted stands in it until then. Where others read or write at that moment, some may stay for the next
 * time. PostgreSQL sees to its own log.
 *
 * Returns: (transfer full): a future of %TRUE
 */
DexFuture *
mil_storage_fold (MilStorage *self, gboolean rewrites)
{
  dex_return_error_if_fail (MIL_IS_STORAGE (self));

  return mil_thread (rewrites ? rewrite_thread : fold_thread, g_object_ref (self), g_object_unref, G_TYPE_BOOLEAN);
}

/**
 * mil_storage_close:
 * @self: the storage
 *
 * Finishes what was submitted, refuses what comes later, and closes the database.
 *
 * Returns: (transfer full): a future of %TRUE
 */
DexFuture *
mil_storage_close (MilStorage *self)
{
  dex_return_error_if_fail (MIL_IS_STORAGE (self));

  PRIVATE (self)->open = FALSE;
  return mil_thread (stop_thread, g_object_ref (self), g_object_unref, G_TYPE_BOOLEAN);
}
