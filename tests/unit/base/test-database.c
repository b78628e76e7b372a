/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "base/mil-database.h"

static const char *const first_version[]
    = { "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT, data BLOB) STRICT", NULL };
static const char *const second_version[] = {
  "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT, data BLOB) STRICT",
  "ALTER TABLE note ADD COLUMN mark INTEGER NOT NULL DEFAULT 7; CREATE UNIQUE INDEX note_text ON note (text)",
  NULL
};
static const char *const broken_version[] = {
  "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT, data BLOB) STRICT",
  "CREATE TABLE half (id INTEGER); CREATE TABLE nonsense (",
  NULL
};

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;

  fixture->folder = g_dir_make_tmp ("milione-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "inner", "test.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  g_autofree char         *inner = g_path_get_dirname (fixture->path);

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, suffixes[i], NULL);

      g_unlink (path);
    }
  g_rmdir (inner);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
settle (DexFuture *future)
{
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
}

/* Takes the future; the answer is alive as long as the future. */
static void
assert_done (DexFuture *future)
{
  g_autoptr (DexFuture) owned = future;
  g_autoptr (GError) error = NULL;

  settle (owned);
  dex_future_get_value (owned, &error);
  g_assert_no_error (error);
}

static void
assert_failed (DexFuture *future, MilErrorCode code)
{
  g_autoptr (DexFuture) owned = future;
  g_autoptr (GError) error = NULL;

  settle (owned);
  g_assert_null (dex_future_get_value (owned, &error));
  g_assert_error (error, MIL_ERROR, (int) code);
}

static MilDatabase *
opened (Fixture *fixture, const char *const *migrations)
{
  MilDatabase *database = mil_database_new (fixture->path, migrations);

  assert_done (mil_database_open (database));
  return database;
}

static void
closed (MilDatabase *database)
{
  assert_done (mil_database_close (database));
  g_object_unref (database);
}

static gpointer
insert (sqlite3 *db, gpointer text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\0\1", 2);

  return mil_sqlite_run (db, error, "INSERT INTO note (text, data) VALUES (?, ?)", "tb", text, bytes)
             ? GINT_TO_POINTER (TRUE)
             : NULL;
}

static gpointer
insert_and_fail (sqlite3 *db, gpointer text, GError **error)
{
  g_assert_nonnull (insert (db, text, error));
  mil_error_set (error, MIL_ERROR_INVALID, "on second thought");
  return NULL;
}

static gpointer
dump (sqlite3 *db, gpointer unused, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = mil_sqlite_prepare (
      db, error, "SELECT text, length(data) FROM note WHERE id > ? ORDER BY id", "i", (gint64) 0);
  GString *out = g_string_new (NULL);
  gboolean row = FALSE;

  while (statement != NULL && mil_sqlite_step (statement, &row, error) && row)
    g_string_append_printf (out, "%s:%d ", sqlite3_column_text (statement, 0), sqlite3_column_int (statement, 1));
  return g_string_free_and_steal (out);
}

static void
assert_notes (MilDatabase *database, const char *expected)
{
  g_autoptr (DexFuture) future = mil_database_run (database, dump, NULL, NULL, G_TYPE_STRING);
  GError *error = NULL;

  settle (future);
  g_assert_cmpstr (g_value_get_string (dex_future_get_value (future, &error)), ==, expected);
}

static void
test_order_and_rollback (Fixture *fixture, gconstpointer data)
{
  MilDatabase *database = opened (fixture, first_version);
  DexFuture   *one = mil_database_run (database, insert, g_strdup ("one"), g_free, G_TYPE_BOOLEAN);
  DexFuture   *bad = mil_database_run (database, insert_and_fail, g_strdup ("two"), g_free, G_TYPE_BOOLEAN);
  DexFuture   *three = mil_database_run (database, insert, g_strdup ("three"), g_free, G_TYPE_BOOLEAN);
  GStatBuf     status;

  assert_failed (bad, MIL_ERROR_INVALID);
  assert_done (three);
  assert_done (one);
  assert_notes (database, "one:2 three:2 ");
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  closed (database);
}

static void
test_dropped_work_is_done (Fixture *fixture, gconstpointer data)
{
  MilDatabase *database = opened (fixture, first_version);

  dex_unref (mil_database_run (database, insert, g_strdup ("kept"), g_free, G_TYPE_BOOLEAN));
  closed (database);
  database = opened (fixture, first_version);
  assert_notes (database, "kept:2 ");
  closed (database);
}

static gpointer
limit_pages (sqlite3 *db, gpointer unused, GError **error)
{
  return mil_sqlite_exec (db, "PRAGMA max_page_count = 8", error) ? GINT_TO_POINTER (TRUE) : NULL;
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  MilDatabase *database = opened (fixture, first_version);
  char        *big = g_strnfill (100000, 'x');

  assert_done (mil_database_run (database, limit_pages, NULL, NULL, G_TYPE_BOOLEAN));
  assert_failed (mil_database_run (database, insert, big, g_free, G_TYPE_BOOLEAN), MIL_ERROR_NO_SPACE);
  assert_done (mil_database_run (database, insert, g_strdup ("small"), g_free, G_TYPE_BOOLEAN));
  assert_notes (database, "small:2 ");
  closed (database);
}

static gpointer
check_pragmas (sqlite3 *db, gpointer unused, GError **error)
{
  static const struct
  {
    const char *sql;
    const char *expected;
  } pragmas[] = { { "PRAGMA journal_mode", "wal" }, { "PRAGMA synchronous", "2" }, { "PRAGMA foreign_keys", "1" } };

  for (gsize i = 0; i < G_N_ELEMENTS (pragmas); i++)
    {
      g_autoptr (sqlite3_stmt) statement = mil_sqlite_prepare (db, error, pragmas[i].sql, "");
      gboolean row;

      g_assert_true (mil_sqlite_step (statement, &row, error) && row);
      g_assert_cmpstr ((const char *) sqlite3_column_text (statement, 0), ==, pragmas[i].expected);
    }
  return GINT_TO_POINTER (TRUE);
}

static void
test_migrations (Fixture *fixture, gconstpointer data)
{
  MilDatabase *database = opened (fixture, first_version);

  assert_done (mil_database_run (database, check_pragmas, NULL, NULL, G_TYPE_NONE));
  assert_done (mil_database_run (database, insert, g_strdup ("old"), g_free, G_TYPE_BOOLEAN));
  closed (database);
  database = mil_database_new (fixture->path, broken_version);
  assert_failed (mil_database_open (database), MIL_ERROR_STORAGE);
  assert_failed (mil_database_run (database, dump, NULL, NULL, G_TYPE_STRING), MIL_ERROR_STORAGE);
  closed (database);
  database = opened (fixture, second_version);
  assert_notes (database, "old:2 ");
  assert_failed (mil_database_run (database, insert, g_strdup ("old"), g_free, G_TYPE_BOOLEAN), MIL_ERROR_CONFLICT);
  closed (database);
  database = mil_database_new (fixture->path, first_version);
  assert_failed (mil_database_open (database), MIL_ERROR_STORAGE);
  closed (database);
}

static void
test_no_database (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilDatabase) database = mil_database_new (fixture->path, first_version);
  g_autoptr (MilDatabase) damaged = mil_database_new (fixture->path, first_version);
  g_autofree char *garbage = g_strnfill (4096, 'g');
  g_autoptr (MilDatabase) nowhere = mil_database_new ("/proc/nowhere/test.db", first_version);

  assert_failed (mil_database_run (database, insert, g_strdup ("x"), g_free, G_TYPE_BOOLEAN), MIL_ERROR_STORAGE);
  assert_done (mil_database_open (database));
  assert_done (mil_database_close (database));
  assert_failed (mil_database_run (database, insert, g_strdup ("x"), g_free, G_TYPE_BOOLEAN), MIL_ERROR_STORAGE);
  g_assert_true (g_file_set_contents (fixture->path, garbage, 4096, NULL));
  assert_failed (mil_database_open (damaged), MIL_ERROR_STORAGE);
  assert_failed (mil_database_open (nowhere), MIL_ERROR_STORAGE);
}

#define ADD(name, func) g_test_add ("/base/database/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  ADD ("order-and-rollback", test_order_and_rollback);
  ADD ("dropped-work-is-done", test_dropped_work_is_done);
  ADD ("full", test_full);
  ADD ("migrations", test_migrations);
  ADD ("no-database", test_no_database);
  return g_test_run ();
}
