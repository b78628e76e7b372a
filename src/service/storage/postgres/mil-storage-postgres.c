/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/storage/mil-storage-private.h"
#include "service/storage/postgres/mil-postgres-connection.h"

/* Connections when nobody says how many. */
#define DEFAULT_CONNECTIONS 8

/* How often a transaction may lose against others before its request fails. */
#define MAX_ATTEMPTS 40

/* Any number that no other program's advisory lock uses: "milione" in ASCII. */
#define MIGRATION_LOCK "30795014474133093"

#define MIL_TYPE_STORAGE_POSTGRES (mil_storage_postgres_get_type ())
G_DECLARE_FINAL_TYPE (MilStoragePostgres, mil_storage_postgres, MIL, STORAGE_POSTGRES, MilStorage)

struct _MilStoragePostgres
{
  MilStorage parent_instance;

  char         *conninfo;
  guint         n_connections;
  GAsyncQueue  *jobs;
  GPtrArray    *workers;
  GThread      *listener;
  GCancellable *stopping;
};

G_DEFINE_FINAL_TYPE (MilStoragePostgres, mil_storage_postgres, MIL_TYPE_STORAGE)

/* Ends one worker when it comes up in the queue. */
static MilStorageJob end_of_work;

static gboolean
begin (MilPostgresConnection *connection, MilStorageJob *job, GError **error)
{
  return mil_postgres_connection_exec (connection,
                                       job->read_only ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
                                                      : "BEGIN ISOLATION LEVEL SERIALIZABLE",
                                       error);
}

/* Runs a job once. Answers whether it is done, well or not; otherwise it may be tried again. */
static gboolean
try_job (MilStoragePostgres *self, MilPostgresConnection *connection, MilStorageJob *job)
{
  g_autoptr (MilTx) tx = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean again;

  if (!begin (connection, job, &failure))
    {
      again = mil_postgres_connection_again (connection);
      mil_storage_job_fail (job, failure);
      return !again;
    }
  tx = mil_tx_new (&mil_postgres_engine, connection, MIL_STORAGE (self), job->now);
  mil_storage_job_call (job, tx);
  if (job->error == NULL)
    {
      if (mil_postgres_connection_commit (connection, &failure))
        return TRUE;
      again = mil_postgres_connection_again (connection);
      mil_storage_job_fail (job, failure);
    }
  else
    again = mil_tx_is_lost (tx) && mil_postgres_connection_again (connection);
  if (mil_postgres_connection_alive (connection))
    mil_postgres_connection_exec (connection, "ROLLBACK", NULL);
  return !again;
}

/* The losers of a race must not meet again at the same moment. */
static void
back_off (MilStoragePostgres *self, guint attempt)
{
  guint16 chance;

  mil_storage_random (MIL_STORAGE (self), (guint8 *) &chance, sizeof chance);
  g_usleep (chance % (1000u << MIN (attempt, 6u)));
}

static void
run_job (MilStoragePostgres *self, MilPostgresConnection **connection, MilStorageJob *job)
{
  for (guint attempt = 0; attempt < MAX_ATTEMPTS; attempt++)
    {
      g_autoptr (GError) failure = NULL;

      if (*connection != NULL && !mil_postgres_connection_alive (*connection))
        g_clear_pointer (connection, mil_postgres_connection_close);
      if (*connection == NULL)
        *connection = mil_postgres_connection_open (self->conninfo, &failure);
      if (*connection == NULL)
        {
          mil_storage_job_fail (job, failure);
          return;
        }
      if (try_job (self, *connection, job))
        return;
      back_off (self, attempt);
    }
}

static gpointer
work (gpointer data)
{
  MilStoragePostgres *self = data;
  g_autoptr (MilPostgresConnection) connection = NULL;
  MilStorageJob *job;

  while ((job = g_async_queue_pop (self->jobs)) != &end_of_work)
    {
      if (mil_storage_job_cancelled (job))
        {
          g_autoptr (GError) cancelled = mil_error_new (MIL_ERROR_CANCELLED, "Nobody waits for this any more");

          mil_storage_job_fail (job, cancelled);
        }
      else
        run_job (self, &connection, job);
      if (job->error == NULL && job->touched != NULL)
        mil_storage_touched (MIL_STORAGE (self), job->touched);
      mil_storage_job_finish (job);
    }
  return NULL;
}

static GHashTable *
new_owners (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Listens until it shall end or the connection breaks. */
static void
listen_once (MilStoragePostgres *self, GPollFD *wake)
{
  g_autoptr (MilPostgresConnection) connection = mil_postgres_connection_open (self->conninfo, NULL);
  g_autoptr (GHashTable) anybody = new_owners ();
  gboolean more = TRUE;

  if (connection == NULL || !mil_postgres_connection_exec (connection, "LISTEN " MIL_POSTGRES_CHANNEL, NULL))
    return;
  /* What was said while nobody listened is gone: everybody must look. */
  g_hash_table_add (anybody, g_strdup (""));
  mil_storage_touched (MIL_STORAGE (self), anybody);
  while (more)
    {
      g_autoptr (GHashTable) owners = new_owners ();

      more = mil_postgres_connection_listen (connection, wake, owners);
      if (g_hash_table_size (owners) > 0)
        mil_storage_touched (MIL_STORAGE (self), owners);
    }
}

static gpointer
listen_always (gpointer data)
{
  MilStoragePostgres *self = data;
  GPollFD             wake;

  if (!g_cancellable_make_pollfd (self->stopping, &wake))
    return NULL;
  while (!g_cancellable_is_cancelled (self->stopping))
    {
      listen_once (self, &wake);
      g_poll (&wake, 1, 1000);
    }
  g_cancellable_release_fd (self->stopping);
  return NULL;
}

static gboolean
migrate_locked (MilStoragePostgres *self, MilPostgresConnection *connection, GError **error)
{
  g_autoptr (MilTx) tx = NULL;

  if (!mil_postgres_connection_exec (connection, "BEGIN ISOLATION LEVEL SERIALIZABLE", error))
    return FALSE;
  tx = mil_tx_new (&mil_postgres_engine, connection, MIL_STORAGE (self), mil_storage_now (MIL_STORAGE (self)));
  if (mil_storage_migrate (tx, "postgres", mil_postgres_connection_script, error))
    return mil_postgres_connection_commit (connection, error);
  mil_postgres_connection_exec (connection, "ROLLBACK", NULL);
  return FALSE;
}

static gboolean
migrate (MilStoragePostgres *self, GError **error)
{
  g_autoptr (MilPostgresConnection) connection = mil_postgres_connection_open (self->conninfo, error);

  /* A lock of the session: one of the transaction would be waited for with a snapshot already
   * taken. It goes with the connection. */
  return connection != NULL
         && mil_postgres_connection_exec (connection, "SELECT pg_advisory_lock (" MIGRATION_LOCK ")", error)
         && migrate_locked (self, connection, error);
}

static gboolean
mil_storage_postgres_start (MilStorage *storage, GError **error)
{
  MilStoragePostgres *self = MIL_STORAGE_POSTGRES (storage);

  if (!migrate (self, error))
    return FALSE;
  for (guint i = 0; i < self->n_connections; i++)
    g_ptr_array_add (self->workers, g_thread_new ("postgres", work, self));
  self->listener = g_thread_new ("postgres-listen", listen_always, self);
  return TRUE;
}

static void
mil_storage_postgres_submit (MilStorage *storage, MilStorageJob *job)
{
  g_async_queue_push (MIL_STORAGE_POSTGRES (storage)->jobs, job);
}

static void
mil_storage_postgres_stop (MilStorage *storage)
{
  MilStoragePostgres *self = MIL_STORAGE_POSTGRES (storage);

  g_cancellable_cancel (self->stopping);
  for (guint i = 0; i < self->workers->len; i++)
    g_async_queue_push (self->jobs, &end_of_work);
  for (guint i = 0; i < self->workers->len; i++)
    g_thread_join (g_ptr_array_index (self->workers, i));
  g_ptr_array_set_size (self->workers, 0);
  if (self->listener != NULL)
    g_thread_join (g_steal_pointer (&self->listener));
}

static void
mil_storage_postgres_finalize (GObject *object)
{
  MilStoragePostgres *self = MIL_STORAGE_POSTGRES (object);

  mil_storage_postgres_stop (MIL_STORAGE (self));
  g_clear_pointer (&self->jobs, g_async_queue_unref);
  g_clear_pointer (&self->workers, g_ptr_array_unref);
  g_clear_object (&self->stopping);
  g_free (self->conninfo);

  G_OBJECT_CLASS (mil_storage_postgres_parent_class)->finalize (object);
}

static gboolean
mil_storage_postgres_fold (MilStorage *storage, gboolean rewrites, GError **error)
{
  MilStoragePostgres *self = MIL_STORAGE_POSTGRES (storage);
  g_autoptr (MilPostgresConnection) connection = NULL;

  if (!rewrites)
    return TRUE;
  connection = mil_postgres_connection_open (self->conninfo, error);
  return connection != NULL
         && mil_postgres_connection_exec (connection, "VACUUM (FULL) principals, checkouts, orders, claims, idempotency", error);
}

static void
mil_storage_postgres_class_init (MilStoragePostgresClass *klass)
{
  MilStorageClass *storage_class = MIL_STORAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mil_storage_postgres_finalize;
  storage_class->engine = "postgres";
  storage_class->start = mil_storage_postgres_start;
  storage_class->submit = mil_storage_postgres_submit;
  storage_class->stop = mil_storage_postgres_stop;
  storage_class->fold = mil_storage_postgres_fold;
}

static void
mil_storage_postgres_init (MilStoragePostgres *self)
{
  self->jobs = g_async_queue_new ();
  self->workers = g_ptr_array_new ();
  self->stopping = g_cancellable_new ();
}

/**
 * mil_storage_new_postgres:
 * @conninfo: how libpq finds the server: "host=… dbname=…" or a URI
 * @connections: how many connections work at the same time; 0 for 8
 * @clock: where the time comes from
 * @random: where ids and tokens come from
 *
 * Makes a storage on PostgreSQL 14 or newer, or what speaks its protocol, that any number of
 * instances share. Each request is one SERIALIZABLE transaction, run again when it lost against
 * another. One more connection listens for what other instances commit.
 *
 * Returns: (transfer full): the storage, not yet open
 */
MilStorage *
mil_storage_new_postgres (const char *conninfo, guint connections, MilClock *clock, MilRandom *random)
{
  MilStoragePostgres *self;

  g_return_val_if_fail (conninfo != NULL, NULL);
  g_return_val_if_fail (MIL_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (MIL_IS_RANDOM (random), NULL);

  self = g_object_new (MIL_TYPE_STORAGE_POSTGRES, NULL);
  mil_storage_init_with (MIL_STORAGE (self), clock, random);
  self->conninfo = g_strdup (conninfo);
  self->n_connections = connections > 0 ? connections : DEFAULT_CONNECTIONS;
  return MIL_STORAGE (self);
}
