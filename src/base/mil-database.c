/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-database.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/mil-promise.h"

/* What the object and its thread share; the thread alone touches db. */
typedef struct
{
  char        *path;
  GStrv        migrations;
  GAsyncQueue *jobs;
  sqlite3     *db;
} Shared;

typedef enum
{
  JOB_OPEN,
  JOB_RUN,
  JOB_CLOSE,
} JobKind;

typedef struct
{
  JobKind         kind;
  MilDatabaseFunc func;
  gpointer        data;
  GDestroyNotify  destroy;
  GType           result_type;
  DexPromise     *promise; /* NULL when nobody is told */
  GMainContext   *home;
} Job;

struct _MilDatabase
{
  GObject  parent_instance;
  Shared  *shared;
  gboolean running; /* whether the thread takes jobs */
};

G_DEFINE_FINAL_TYPE (MilDatabase, mil_database, G_TYPE_OBJECT)

static void
shared_free (Shared *shared)
{
  g_free (shared->path);
  g_strfreev (shared->migrations);
  g_async_queue_unref (shared->jobs);
  g_free (shared);
}

static void
job_free (Job *job)
{
  if (job->destroy != NULL)
    job->destroy (job->data);
  g_clear_pointer (&job->promise, dex_unref);
  g_clear_pointer (&job->home, g_main_context_unref);
  g_free (job);
}

/* --- in the thread --- */

/* SQLite would make the file readable for everybody. */
static gboolean
create_file (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int              fd;

  if (g_str_equal (path, ":memory:"))
    return TRUE;
  if (g_mkdir_with_parents (folder, 0700) == 0)
    {
      fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
      if (fd >= 0)
        return g_close (fd, error);
    }
  if (errno == ENOSPC || errno == EDQUOT)
    mil_error_set (error, MIL_ERROR_NO_SPACE, "%s", _ ("The disk is full. Free some space and try again."));
  else
    /* Translators: the first %s is the path of a file, the second what the system says. */
    mil_error_set (error, MIL_ERROR_STORAGE, _ ("The data file “%s” could not be opened: %s."), path, g_strerror (errno));
  return FALSE;
}

static gboolean
open_database (Shared *shared, GError **error)
{
  if (!create_file (shared->path, error))
    return FALSE;
  if (sqlite3_open_v2 (shared->path, &shared->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    {
      g_propagate_error (error, mil_sqlite_error (shared->db));
      g_clear_pointer (&shared->db, sqlite3_close);
      return FALSE;
    }
  sqlite3_extended_result_codes (shared->db, 1);
  sqlite3_busy_timeout (shared->db, 5000);
  sqlite3_db_config (shared->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  if (mil_sqlite_exec (shared->db,
                       "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                       "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA secure_delete = ON",
                       error)
      && mil_sqlite_migrate (shared->db, (const char *const *) shared->migrations, error))
    return TRUE;
  g_clear_pointer (&shared->db, sqlite3_close);
  return FALSE;
}

static gpointer
run_in_transaction (Shared *shared, Job *job, GError **error)
{
  gpointer result;
  GError  *commit_error = NULL;

  if (shared->db == NULL)
    {
      mil_error_set (error, MIL_ERROR_STORAGE, "%s", _ ("The data file is not open."));
      return NULL;
    }
  if (!mil_sqlite_exec (shared->db, "BEGIN IMMEDIATE", error))
    return NULL;
  result = job->func (shared->db, job->data, error);
  if (result != NULL && mil_sqlite_exec (shared->db, "COMMIT", &commit_error))
    return result;
  if (commit_error != NULL)
    {
      mil_promise_free_result (job->result_type, result);
      g_propagate_error (error, commit_error);
    }
  if (!sqlite3_get_autocommit (shared->db))
    sqlite3_exec (shared->db, "ROLLBACK", NULL, NULL, NULL);
  return NULL;
}

static gpointer
work_off (gpointer data)
{
  Shared  *shared = data;
  gboolean going = TRUE;

  while (going)
    {
      Job     *job = g_async_queue_pop (shared->jobs);
      GError  *error = NULL;
      gpointer result = NULL;

      if (job->kind == JOB_OPEN)
        result = shared->db != NULL || open_database (shared, &error) ? shared : NULL;
      else if (job->kind == JOB_RUN)
        result = run_in_transaction (shared, job, &error);
      else
        {
          g_clear_pointer (&shared->db, sqlite3_close);
          result = shared;
          going = FALSE;
        }
      if (job->promise != NULL)
        mil_promise_settle (g_steal_pointer (&job->promise), job->home, job->result_type, result, error);
      job_free (job);
    }
  shared_free (shared);
  return NULL;
}

/* --- outside it --- */

static void
mil_database_dispose (GObject *object)
{
  MilDatabase *self = MIL_DATABASE (object);

  if (self->running)
    {
      Job *job = g_new0 (Job, 1);

      job->kind = JOB_CLOSE;
      self->running = FALSE;
      g_async_queue_push (g_steal_pointer (&self->shared)->jobs, job);
    }
  g_clear_pointer (&self->shared, shared_free);
  G_OBJECT_CLASS (mil_database_parent_class)->dispose (object);
}

static void
mil_database_class_init (MilDatabaseClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mil_database_dispose;
}

static void
mil_database_init (MilDatabase *self)
{
}

/**
 * mil_database_new:
 * @path: the file, or `:memory:`; its folder is made when it is not there
 * @migrations: (array zero-terminated=1): as for mil_sqlite_migrate()
 *
 * Returns: (transfer full): a database that is not open yet. The last reference may be dropped at any
 *   time: what was queued is done first
 */
MilDatabase *
mil_database_new (const char *path, const char *const *migrations)
{
  MilDatabase *self;

  g_return_val_if_fail (path != NULL && migrations != NULL, NULL);

  self = g_object_new (MIL_TYPE_DATABASE, NULL);
  self->shared = g_new0 (Shared, 1);
  self->shared->path = g_strdup (path);
  self->shared->migrations = g_strdupv ((char **) migrations);
  self->shared->jobs = g_async_queue_new ();
  return self;
}

static DexFuture *
push (MilDatabase *self, Job job)
{
  DexPromise *promise = dex_promise_new ();

  job.promise = dex_ref (promise);
  job.home = g_main_context_ref_thread_default ();
  g_async_queue_push (self->shared->jobs, g_memdup2 (&job, sizeof job));
  return mil_promise_follow (DEX_FUTURE (promise));
}

/**
 * mil_database_open:
 * @self: a database
 *
 * Opens the file and brings it up to date. May be tried again when it failed.
 *
 * Returns: (transfer full): a future of %TRUE; fails with %MIL_ERROR_STORAGE or %MIL_ERROR_NO_SPACE
 */
DexFuture *
mil_database_open (MilDatabase *self)
{
  dex_return_error_if_fail (MIL_IS_DATABASE (self));

  if (self->shared == NULL)
    return mil_future_reject (MIL_ERROR_STORAGE, "%s", _ ("The data file is not open."));
  if (!self->running)
    {
      self->running = TRUE;
      g_thread_unref (g_thread_new ("milione-db", work_off, self->shared));
    }
  return push (self, (Job) { .kind = JOB_OPEN, .result_type = G_TYPE_BOOLEAN });
}

/**
 * mil_database_run:
 * @self: a database
 * @func: (scope notified): what to do, in the database's thread and in a transaction of its own
 * @data: what to give it
 * @destroy: (nullable): frees @data, in that thread
 * @result_type: what @func returns, as for mil_thread()
 *
 * Work is done in the order it was asked for. It is done even if nobody waits for the future any
 * more: what a person saved is not lost because the page was closed.
 *
 * Returns: (transfer full): a future of the result; fails as @func failed, or with
 *   %MIL_ERROR_NO_SPACE or %MIL_ERROR_STORAGE; nothing has changed then
 */
DexFuture *
mil_database_run (MilDatabase *self, MilDatabaseFunc func, gpointer data, GDestroyNotify destroy, GType result_type)
{
  dex_return_error_if_fail (MIL_IS_DATABASE (self));
  dex_return_error_if_fail (func != NULL);

  if (!self->running)
    {
      if (destroy != NULL)
        destroy (data);
      return mil_future_reject (MIL_ERROR_STORAGE, "%s", _ ("The data file is not open."));
    }
  return push (self, (Job) { JOB_RUN, func, data, destroy, result_type, NULL });
}

/**
 * mil_database_close:
 * @self: a database
 *
 * Closes the file after what was queued. The database cannot be opened again.
 *
 * Returns: (transfer full): a future of %TRUE
 */
DexFuture *
mil_database_close (MilDatabase *self)
{
  DexFuture *closed;

  dex_return_error_if_fail (MIL_IS_DATABASE (self));

  if (!self->running)
    return dex_future_new_for_boolean (TRUE);
  closed = push (self, (Job) { .kind = JOB_CLOSE, .result_type = G_TYPE_BOOLEAN });
  self->running = FALSE;
  self->shared = NULL;
  return closed;
}
