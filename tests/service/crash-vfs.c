/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk that loses power. What SQLite writes stays in this process's memory until SQLite syncs it;
 * when the power fails, a random part of what was not synced is on the disk, the rest is gone, and the
 * process with it. Killing a process alone would prove nothing: the kernel keeps what it wrote.
 * Shape of a VFS: https://sqlite.org/vfs.html */

#include "crash-vfs.h"

#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define SECTOR 512

/* One write that the disk has not got for sure. */
typedef struct
{
  sqlite3_int64 offset;
  GBytes       *bytes;
} Pending;

/* A file as the processes on this machine see it, whatever connection they use. */
typedef struct
{
  char         *path;
  GByteArray   *image;
  GPtrArray    *pending;
  sqlite3_file *disk;
} Shared;

typedef struct
{
  sqlite3_file  base;
  Shared       *shared;
  sqlite3_file *real;
} CrashFile;

static struct
{
  sqlite3_vfs  vfs;
  sqlite3_vfs *real;
  CrashPlan    plan;
  GRecMutex    lock;
  GHashTable  *files;
  GPtrArray   *deleted; /* somebody may have them open still */
  GRand       *rand;
  guint64      count;
} crash;

static void
pending_free (gpointer data)
{
  Pending *pending = data;

  g_bytes_unref (pending->bytes);
  g_free (pending);
}

static void
write_to_disk (Shared *shared, const Pending *pending, gsize size)
{
  int code = shared->disk->pMethods->xWrite (shared->disk,
                                             g_bytes_get_data (pending->bytes, NULL),
                                             (int) size,
                                             pending->offset);

  g_assert_cmpint (code, ==, SQLITE_OK);
}

/* Of each write, nothing, all, or its first sectors; of a disk that lied, nothing. */
static void
fail_power (void)
{
  GHashTableIter iter;
  Shared        *shared;

  g_hash_table_iter_init (&iter, crash.files);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &shared))
    for (guint i = 0; i < shared->pending->len; i++)
      {
        Pending *pending = g_ptr_array_index (shared->pending, i);
        gsize    size = g_bytes_get_size (pending->bytes);
        guint    luck = g_rand_int_range (crash.rand, 0, 4);

        if (luck == 0 && size > SECTOR)
          size = SECTOR * g_rand_int_range (crash.rand, 1, (int) (size / SECTOR) + 1);
        if (luck <= 1 && !crash.plan.lying)
          write_to_disk (shared, pending, size);
      }
  kill (getpid (), SIGKILL);
  pause ();
}

static void
step (void)
{
  crash.count++;
  if (crash.count == crash.plan.crash_at)
    fail_power ();
}

static int
crash_close (sqlite3_file *file)
{
  CrashFile *self = (CrashFile *) file;

  return self->real->pMethods->xClose (self->real);
}

static int
crash_read (sqlite3_file *file, void *buffer, int amount, sqlite3_int64 offset)
{
  CrashFile *self = (CrashFile *) file;
  gsize      size, got;

  g_rec_mutex_lock (&crash.lock);
  size = self->shared->image->len;
  got = (gsize) offset >= size ? 0 : MIN ((gsize) amount, size - (gsize) offset);
  if (got > 0)
    memcpy (buffer, self->shared->image->data + offset, got);
  g_rec_mutex_unlock (&crash.lock);
  memset ((char *) buffer + got, 0, amount - got);
  return got == (gsize) amount ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
crash_write (sqlite3_file *file, const void *buffer, int amount, sqlite3_int64 offset)
{
  CrashFile  *self = (CrashFile *) file;
  GByteArray *image = self->shared->image;
  Pending    *pending = g_new0 (Pending, 1);
  gsize       old = image->len;

  g_rec_mutex_lock (&crash.lock);
  step ();
  if ((gsize) offset + amount > image->len)
    g_byte_array_set_size (image, offset + amount);
  if ((gsize) offset > old)
    memset (image->data + old, 0, offset - old);
  memcpy (image->data + offset, buffer, amount);
  pending->offset = offset;
  pending->bytes = g_bytes_new (buffer, amount);
  g_ptr_array_add (self->shared->pending, pending);
  g_rec_mutex_unlock (&crash.lock);
  return SQLITE_OK;
}

static void
flush (Shared *shared)
{
  for (guint i = 0; i < shared->pending->len; i++)
    {
      Pending *pending = g_ptr_array_index (shared->pending, i);

      write_to_disk (shared, pending, g_bytes_get_size (pending->bytes));
    }
  g_ptr_array_set_size (shared->pending, 0);
}

/* Truncating is not held back: it may reach the disk at any time, so now is as good. What was written
 * before and lies in front of the cut is synced with it, which SQLite has done itself where it matters. */
static int
crash_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  CrashFile *self = (CrashFile *) file;

  g_rec_mutex_lock (&crash.lock);
  step ();
  flush (self->shared);
  if ((gsize) size < self->shared->image->len)
    g_byte_array_set_size (self->shared->image, size);
  self->shared->disk->pMethods->xTruncate (self->shared->disk, size);
  g_rec_mutex_unlock (&crash.lock);
  return SQLITE_OK;
}

static int
crash_sync (sqlite3_file *file, int flags)
{
  CrashFile *self = (CrashFile *) file;

  g_rec_mutex_lock (&crash.lock);
  step ();
  if (!crash.plan.lying)
    flush (self->shared);
  g_rec_mutex_unlock (&crash.lock);
  return SQLITE_OK;
}

static int
crash_size (sqlite3_file *file, sqlite3_int64 *size)
{
  g_rec_mutex_lock (&crash.lock);
  *size = ((CrashFile *) file)->shared->image->len;
  g_rec_mutex_unlock (&crash.lock);
  return SQLITE_OK;
}

static int
crash_lock (sqlite3_file *file, int lock)
{
  sqlite3_file *real = ((CrashFile *) file)->real;

  return real->pMethods->xLock (real, lock);
}

static int
crash_unlock (sqlite3_file *file, int lock)
{
  sqlite3_file *real = ((CrashFile *) file)->real;

  return real->pMethods->xUnlock (real, lock);
}

static int
crash_check_reserved (sqlite3_file *file, int *result)
{
  sqlite3_file *real = ((CrashFile *) file)->real;

  return real->pMethods->xCheckReservedLock (real, result);
}

static int
crash_control (sqlite3_file *file, int operation, void *argument)
{
  sqlite3_file *real = ((CrashFile *) file)->real;

  /* These would let the real file grow behind our back. */
  if (operation == SQLITE_FCNTL_SIZE_HINT || operation == SQLITE_FCNTL_CHUNK_SIZE || operation == SQLITE_FCNTL_MMAP_SIZE)
    return SQLITE_NOTFOUND;
  return real->pMethods->xFileControl (real, operation, argument);
}

static int
crash_sector_size (sqlite3_file *file)
{
  return SECTOR;
}

static int
crash_characteristics (sqlite3_file *file)
{
  return 0;
}

/* The shared memory of WAL mode is no file that must last: it is made anew after a crash. */
static int
crash_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **memory)
{
  sqlite3_file *real = ((CrashFile *) file)->real;

  return real->pMethods->xShmMap (real, page, size, extend, memory);
}

static int
crash_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  sqlite3_file *real = ((CrashFile *) file)->real;

  return real->pMethods->xShmLock (real, offset, n, flags);
}

static void
crash_shm_barrier (sqlite3_file *file)
{
  sqlite3_file *real = ((CrashFile *) file)->real;

  real->pMethods->xShmBarrier (real);
}

static int
crash_shm_unmap (sqlite3_file *file, int delete_it)
{
  sqlite3_file *real = ((CrashFile *) file)->real;

  return real->pMethods->xShmUnmap (real, delete_it);
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = crash_close,
  .xRead = crash_read,
  .xWrite = crash_write,
  .xTruncate = crash_truncate,
  .xSync = crash_sync,
  .xFileSize = crash_size,
  .xLock = crash_lock,
  .xUnlock = crash_unlock,
  .xCheckReservedLock = crash_check_reserved,
  .xFileControl = crash_control,
  .xSectorSize = crash_sector_size,
  .xDeviceCharacteristics = crash_characteristics,
  .xShmMap = crash_shm_map,
  .xShmLock = crash_shm_lock,
  .xShmBarrier = crash_shm_barrier,
  .xShmUnmap = crash_shm_unmap,
};

static Shared *
shared_new (const char *path, int flags)
{
  Shared       *shared = g_new0 (Shared, 1);
  sqlite3_int64 size = 0;
  int           got;

  shared->path = g_strdup (path);
  shared->image = g_byte_array_new ();
  shared->pending = g_ptr_array_new_with_free_func (pending_free);
  /* Kept open, as closing a file drops this process's POSIX locks on it. */
  shared->disk = g_malloc0 (crash.real->szOsFile);
  if (crash.real->xOpen (crash.real, shared->path, shared->disk, flags, &got) != SQLITE_OK)
    g_error ("%s cannot be opened", path);
  shared->disk->pMethods->xFileSize (shared->disk, &size);
  g_byte_array_set_size (shared->image, size);
  if (size > 0)
    shared->disk->pMethods->xRead (shared->disk, shared->image->data, (int) size, 0);
  g_hash_table_insert (crash.files, shared->path, shared);
  return shared;
}

static int
crash_open (sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags)
{
  CrashFile *self = (CrashFile *) file;
  int        code;

  /* What SQLite spills for the moment need not last. */
  if ((flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) == 0)
    return crash.real->xOpen (crash.real, path, file, flags, out_flags);
  self->real = (sqlite3_file *) (self + 1);
  code = crash.real->xOpen (crash.real, path, self->real, flags, out_flags);
  if (code != SQLITE_OK)
    return code;
  g_rec_mutex_lock (&crash.lock);
  self->shared = g_hash_table_lookup (crash.files, path);
  if (self->shared == NULL)
    self->shared = shared_new (path, flags);
  g_rec_mutex_unlock (&crash.lock);
  self->base.pMethods = &methods;
  return SQLITE_OK;
}

static int
crash_delete (sqlite3_vfs *vfs, const char *path, int sync_dir)
{
  Shared *shared;

  g_rec_mutex_lock (&crash.lock);
  step ();
  shared = g_hash_table_lookup (crash.files, path);
  if (shared != NULL)
    {
      g_ptr_array_set_size (shared->pending, 0);
      g_hash_table_remove (crash.files, path);
      g_ptr_array_add (crash.deleted, shared);
    }
  g_rec_mutex_unlock (&crash.lock);
  return crash.real->xDelete (crash.real, path, sync_dir);
}

/* Makes this process's SQLite write to such a disk. To be called once, before any database is open. */
void
crash_vfs_register (const CrashPlan *plan)
{
  crash.real = sqlite3_vfs_find (NULL);
  crash.plan = *plan;
  crash.files = g_hash_table_new (g_str_hash, g_str_equal);
  crash.deleted = g_ptr_array_new ();
  crash.rand = g_rand_new_with_seed ((guint32) plan->seed);
  crash.vfs = *crash.real;
  crash.vfs.zName = "crash";
  crash.vfs.szOsFile = (int) sizeof (CrashFile) + crash.real->szOsFile;
  crash.vfs.pNext = NULL;
  crash.vfs.xOpen = crash_open;
  crash.vfs.xDelete = crash_delete;
  g_assert_cmpint (sqlite3_vfs_register (&crash.vfs, 1), ==, SQLITE_OK);
}

/* How many writes and syncs there were: what crash_at counts. */
guint64
crash_vfs_count (void)
{
  return crash.count;
}
