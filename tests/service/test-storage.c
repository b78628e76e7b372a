/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One suite for every engine: MIL_TEST_STORAGE names the one to test. */

#include "service-test.h"

#include <string.h>

#include "base/mil-json.h"

#define OK(condition) ((condition) ? GINT_TO_POINTER (TRUE) : NULL)

static gpointer
make_table (MilTx *tx, gpointer data, GError **error)
{
  return OK (mil_tx_exec (tx, error, "CREATE TABLE things (name TEXT PRIMARY KEY, number BIGINT CHECK (number < 100), extra TEXT)", NULL));
}

static gpointer
add_thing (MilTx *tx, gpointer name, GError **error)
{
  return OK (mil_tx_exec (tx, error, "INSERT INTO things (name, number) VALUES ($1, $2)", "ti", name, (gint64) 1));
}

static gpointer
count_things (MilTx *tx, gpointer data, GError **error)
{
  g_autoptr (MilRows) rows = mil_tx_query (tx, error, "SELECT COUNT (*), SUM (number) FROM things", NULL);

  return rows != NULL && mil_rows_next (rows)
             ? g_strdup_printf ("%d/%d", (int) mil_rows_int (rows, 0), (int) mil_rows_int (rows, 1))
             : NULL;
}

static void
assert_things (Fixture *fixture, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *got = NULL;

  got = wait_for (mil_storage_read (fixture->storage, count_things, NULL, NULL, G_TYPE_STRING), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, expected);
}

static gpointer
store_values (MilTx *tx, gpointer data, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\0\xff\\x", 4);
  g_autoptr (JsonNode) json = json_from_string ("{\"a\":[1,\"\\u00fc\"]}", NULL);
  g_autoptr (MilRows) rows = NULL;

  if (!mil_tx_exec (tx,
                    error,
                    "INSERT INTO media (hash, media_type, width, height, bytes, created_at)"
                    " VALUES ($1, $2, $3, $4, $5, $3)",
                    "ttiib",
                    "h",
                    "image/png’",
                    G_MAXINT64,
                    G_MININT64,
                    bytes))
    return NULL;
  g_assert_cmpint (mil_tx_changes (tx), ==, 1);
  rows = mil_tx_query (tx, error, "SELECT media_type, width, height, bytes, NULL, $2 FROM media WHERE hash = $1", "tj", "h", json);
  if (rows == NULL)
    return NULL;
  g_assert_cmpuint (mil_rows_count (rows), ==, 1);
  g_assert_true (mil_rows_next (rows));
  g_assert_cmpstr (mil_rows_text (rows, 0), ==, "image/png’");
  g_assert_cmpint (mil_rows_int (rows, 1), ==, G_MAXINT64);
  g_assert_cmpint (mil_rows_int (rows, 2), ==, G_MININT64);
  g_assert_true (g_bytes_equal (mil_rows_bytes (rows, 3), bytes));
  g_assert_true (mil_rows_is_null (rows, 4));
  g_assert_cmpstr (mil_rows_text (rows, 5), ==, "{\"a\":[1,\"ü\"]}");
  return OK (mil_tx_exec (tx, error, "UPDATE media SET media_type = $1 WHERE hash = 'none'", "t", "x")
             && mil_tx_changes (tx) == 0);
}

static void
test_values (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();

  must_run (fixture, store_values, NULL);
}

static gpointer
add_then_fail (MilTx *tx, gpointer data, GError **error)
{
  if (!add_thing (tx, data, error))
    return NULL;
  mil_error_set (error, MIL_ERROR_EXPIRED, "Too late");
  return NULL;
}

static gpointer
ignore_conflict (MilTx *tx, gpointer data, GError **error)
{
  g_assert_null (add_thing (tx, data, NULL));
  g_assert_null (add_thing (tx, "another", NULL));
  return GINT_TO_POINTER (TRUE);
}

static void
test_rollback (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GError) error = NULL;

  must_run (fixture, make_table, NULL);
  must_run (fixture, add_thing, "one");
  g_assert_null (run_tx (fixture, add_then_fail, "two", G_TYPE_BOOLEAN, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_EXPIRED);
  g_clear_error (&error);
  g_assert_null (run_tx (fixture, add_thing, "one", G_TYPE_BOOLEAN, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_CONFLICT);
  g_clear_error (&error);
  /* An SQL error that the function swallows still undoes everything. */
  g_assert_null (run_tx (fixture, ignore_conflict, "one", G_TYPE_BOOLEAN, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_CONFLICT);
  assert_things (fixture, "1/1");
}

static gpointer
nest (MilTx *tx, gpointer data, GError **error)
{
  g_autoptr (GError) inner = NULL;

  g_assert_null (mil_tx_nested (tx, add_then_fail, "a", &inner));
  g_assert_error (inner, MIL_ERROR, MIL_ERROR_EXPIRED);
  g_clear_error (&inner);
  g_assert_null (mil_tx_nested (tx, add_thing, "one", &inner));
  g_assert_error (inner, MIL_ERROR, MIL_ERROR_CONFLICT);
  g_assert_nonnull (mil_tx_nested (tx, add_thing, "b", error));
  return add_thing (tx, "c", error);
}

static void
test_nested (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();

  must_run (fixture, make_table, NULL);
  must_run (fixture, add_thing, "one");
  must_run (fixture, nest, NULL);
  assert_things (fixture, "3/3");
}

static gpointer
upsert (MilTx *tx, gpointer data, GError **error)
{
  g_autoptr (MilRows) rows = NULL;

  if (!mil_tx_exec (tx, error, "INSERT INTO things (name, number) VALUES ($1, 5) ON CONFLICT DO NOTHING", "t", "one"))
    return NULL;
  g_assert_cmpint (mil_tx_changes (tx), ==, 0);
  rows = mil_tx_query (
      tx,
      error,
      "INSERT INTO things (name, number) VALUES ($1, 5)"
      " ON CONFLICT (name) DO UPDATE SET number = things.number + excluded.number RETURNING number",
      "t",
      "one");
  return OK (rows != NULL && mil_rows_next (rows) && mil_rows_int (rows, 0) == 6);
}

static void
test_upsert (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();

  must_run (fixture, make_table, NULL);
  must_run (fixture, add_thing, "one");
  must_run (fixture, upsert, NULL);
  assert_things (fixture, "1/6");
}

static gpointer
increment (MilTx *tx, gpointer name, GError **error)
{
  g_autoptr (MilRows) rows = mil_tx_query (tx, error, "SELECT number FROM things WHERE name = $1", "t", name);

  return OK (rows != NULL && mil_rows_next (rows)
             && mil_tx_exec (tx, error, "UPDATE things SET number = $2 WHERE name = $1", "ti", name, mil_rows_int (rows, 0) + 1));
}

/* Read, then write what was read and one more: any lost update shows. */
static void
test_serializable (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  DexFuture *futures[64];

  must_run (fixture, make_table, NULL);
  must_run (fixture, add_thing, "one");
  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    futures[i] = mil_storage_run (fixture->storage, increment, "one", NULL, G_TYPE_BOOLEAN);
  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    {
      g_autoptr (GError) error = NULL;

      wait_for (futures[i], &error);
      g_assert_no_error (error);
    }
  assert_things (fixture, "1/65");
}

/* Jobs that wait together share a commit, but not each other's failures. */
static void
test_neighbours (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  DexFuture *futures[32];
  char       names[32][8];

  must_run (fixture, make_table, NULL);
  for (guint i = 0; i < 32; i++)
    {
      g_snprintf (names[i], sizeof names[i], "n%u", i);
      futures[i] = mil_storage_run (fixture->storage,
                                    i % 3 == 1 ? add_then_fail : add_thing,
                                    i % 3 == 2 ? names[0] : names[i],
                                    NULL,
                                    G_TYPE_BOOLEAN);
    }
  for (guint i = 0; i < 32; i++)
    {
      g_autoptr (GError) error = NULL;

      wait_for (futures[i], &error);
      if (i % 3 == 1)
        g_assert_error (error, MIL_ERROR, MIL_ERROR_EXPIRED);
      else if (i % 3 == 0 && i > 0)
        g_assert_no_error (error);
    }
  assert_things (fixture, "11/11");
}

static void
test_read_only (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GError) error = NULL;

  must_run (fixture, make_table, NULL);
  wait_for (mil_storage_read (fixture->storage, add_thing, "one", NULL, G_TYPE_BOOLEAN), &error);
  g_assert_error (error, MIL_ERROR, MIL_ERROR_STORAGE);
  assert_things (fixture, "0/0");
}

static gpointer
append (MilTx *tx, gpointer owner, GError **error)
{
  g_autoptr (JsonNode) data = json_from_string ("{\"id\":\"s\"}", NULL);

  return OK (mil_tx_append_event (tx, owner, "wallet.changed", "s", data, error));
}

static gpointer
append_then_fail (MilTx *tx, gpointer owner, GError **error)
{
  if (append (tx, owner, error) != NULL)
    mil_error_set (error, MIL_ERROR_INVALID, "No");
  return NULL;
}

static gpointer
read_events (MilTx *tx, gpointer owner, GError **error)
{
  g_autoptr (JsonNode) node = mil_tx_events_since (tx, owner, 1, 2, error);

  return node != NULL ? mil_json_canonical (node) : NULL;
}

/* Nobody's name stands for "any". */
static void
on_committed (MilStorage *storage, GStrv owners, gpointer seen)
{
  if (owners[0] == NULL)
    g_hash_table_add (seen, g_strdup (""));
  for (guint i = 0; owners[i] != NULL; i++)
    g_hash_table_add (seen, g_strdup (owners[i]));
}

/* Another instance, which says when it listens: that somebody's events may have grown. */
static MilStorage *
listening (Fixture *fixture, GHashTable *seen)
{
  g_autoptr (GError) error = NULL;
  MilStorage *other = mil_storage_new_for_address (fixture->address, fixture->clock, fixture->random, &error);

  g_assert_no_error (error);
  g_signal_connect (other, "committed", G_CALLBACK (on_committed), seen);
  wait_for (mil_storage_open (other), &error);
  g_assert_no_error (error);
  while (!g_hash_table_contains (seen, ""))
    g_main_context_iteration (NULL, TRUE);
  g_hash_table_remove_all (seen);
  return other;
}

static void
test_events (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (MilStorage) other = NULL;
  g_autofree char *events = NULL;

  if (fixture_on ("postgres"))
    other = listening (fixture, seen);
  else
    {
      other = g_object_ref (fixture->storage);
      g_signal_connect (other, "committed", G_CALLBACK (on_committed), seen);
    }
  for (guint i = 0; i < 4; i++)
    must_run (fixture, append, "anna");
  must_run (fixture, append, "bruno");
  run_tx (fixture, append_then_fail, "carla", G_TYPE_BOOLEAN, NULL);
  while (g_hash_table_size (seen) < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_hash_table_contains (seen, "anna"));
  g_assert_true (g_hash_table_contains (seen, "bruno"));
  g_assert_false (g_hash_table_contains (seen, "carla"));

  events = wait_for (mil_storage_read (fixture->storage, read_events, "anna", NULL, G_TYPE_STRING), NULL);
  g_assert_cmpstr (
      events,
      ==,
      "{\"events\":[{\"at\":\"2026-06-21T10:00:00Z\",\"data\":{\"id\":\"s\"},\"seq\":2,\"subject\":\"s\","
      "\"type\":\"wallet.changed\"},{\"at\":\"2026-06-21T10:00:00Z\",\"data\":{\"id\":\"s\"},\"seq\":3,"
      "\"subject\":\"s\",\"type\":\"wallet.changed\"}],\"next\":3}");
  g_signal_handlers_disconnect_by_data (other, seen);
  if (other != fixture->storage)
    wait_for (mil_storage_close (other), NULL);
}

static void
test_reopen (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();

  must_run (fixture, make_table, NULL);
  must_run (fixture, add_thing, "one");
  fixture_reopen (fixture);
  assert_things (fixture, "1/1");
}

static gpointer
pretend_newer (MilTx *tx, gpointer data, GError **error)
{
  return OK (mil_tx_exec (tx, error, "INSERT INTO migrations (name, hash, applied_at) VALUES ('999-x.sql', 'x', 0)", NULL));
}

static void
test_newer (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (MilStorage) late = NULL;
  g_autoptr (GError) error = NULL;

  must_run (fixture, pretend_newer, NULL);
  late = mil_storage_new_for_address (fixture->address, fixture->clock, fixture->random, NULL);
  g_assert_null (wait_for (mil_storage_open (late), &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_null (wait_for (mil_storage_run (late, make_table, NULL, NULL, G_TYPE_BOOLEAN), &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_STORAGE);
}

static void
test_address (void)
{
  g_autoptr (MilClock) clock = mil_clock_new_system ();
  g_autoptr (MilRandom) random = mil_random_new_system ();
  g_autoptr (GError) error = NULL;

  g_assert_null (mil_storage_new_for_address ("mysql:x", clock, random, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (mil_storage_new_for_address ("sqlite:", clock, random, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_INVALID);
}

/* Work that goes on until it is let go. */
typedef struct
{
  const char *name;
  int         begun;
  int         let_go;
} Held;

static gpointer
add_held (MilTx *tx, gpointer data, GError **error)
{
  Held *held = data;

  g_atomic_int_set (&held->begun, TRUE);
  while (!g_atomic_int_get (&held->let_go))
    g_usleep (1000);
  return add_thing (tx, (char *) held->name, error);
}

/* While it is held, the one writer has no time for what is submitted next. */
static DexFuture *
begin_held (Fixture *fixture, Held *held)
{
  DexFuture *future = mil_storage_run (fixture->storage, add_held, held, NULL, G_TYPE_BOOLEAN);

  while (!g_atomic_int_get (&held->begun))
    g_usleep (1000);
  return future;
}

/* What nobody waits for and has not begun, is not begun. */
static void
test_dropped (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  Held       held = { .name = "one" };
  DexFuture *first, *dropped;

  if (!fixture_on ("sqlite"))
    {
      g_test_skip ("Needs one writer");
      return;
    }
  must_run (fixture, make_table, NULL);
  first = begin_held (fixture, &held);
  dropped = mil_storage_run (fixture->storage, add_thing, "two", NULL, G_TYPE_BOOLEAN);
  dex_unref (dropped);
  g_atomic_int_set (&held.let_go, TRUE);
  wait_for (first, NULL);
  must_run (fixture, add_thing, "three");
  assert_things (fixture, "2/2");
}

/* --- A full disk ----------------------------------------------------------------------------- */

/* SQLite answers the same as for a full disk when a database may not grow any more. */
static gpointer
fill_disk (MilTx *tx, gpointer data, GError **error)
{
  g_autoptr (MilRows) pages = mil_tx_query (tx, error, "PRAGMA page_count", NULL);
  g_autofree char *limit = NULL;

  if (pages == NULL || !mil_rows_next (pages))
    return NULL;
  limit = g_strdup_printf ("PRAGMA max_page_count = %d", (int) mil_rows_int (pages, 0) + 4);
  return OK (mil_tx_exec (tx, error, limit, NULL));
}

static gpointer
make_room (MilTx *tx, gpointer data, GError **error)
{
  return OK (mil_tx_exec (tx, error, "PRAGMA max_page_count = 1000000", NULL));
}

static gpointer
add_large (MilTx *tx, gpointer name, GError **error)
{
  g_autofree char *extra = g_strnfill (200000, 'x');

  return OK (mil_tx_exec (tx, error, "INSERT INTO things (name, number, extra) VALUES ($1, 1, $2)", "tt", name, extra));
}

/* Not even what would have fitted is acknowledged when the batch that it is in fails; with room again,
 * everything goes on. */
static void
test_full_disk (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  const char *names[] = { "a", "large", "b" };
  Held        held = { .name = "one" };
  DexFuture  *futures[3];
  DexFuture  *first;

  if (!fixture_on ("sqlite"))
    {
      g_test_skip ("Needs one writer");
      return;
    }
  must_run (fixture, make_table, NULL);
  must_run (fixture, fill_disk, NULL);
  first = begin_held (fixture, &held);
  for (guint i = 0; i < 3; i++)
    futures[i] = mil_storage_run (fixture->storage, i == 1 ? add_large : add_thing, (char *) names[i], NULL, G_TYPE_BOOLEAN);
  g_atomic_int_set (&held.let_go, TRUE);
  g_assert_nonnull (wait_for (first, NULL));
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (wait_for (futures[i], &error));
      g_assert_error (error, MIL_ERROR, MIL_ERROR_NO_SPACE);
    }
  assert_things (fixture, "1/1");
  must_run (fixture, make_room, NULL);
  must_run (fixture, add_large, (char *) "large");
  must_run (fixture, add_thing, (char *) "a");
  assert_things (fixture, "3/3");
}

static gpointer
remove_thing (MilTx *tx, gpointer name, GError **error)
{
  return OK (mil_tx_exec (tx, error, "DELETE FROM things WHERE name = $1", "t", name));
}

static gboolean
is_on_disk (const char *folder, const char *word)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  gboolean    found = FALSE;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *data = NULL;
      gsize            size = 0;

      g_assert_true (g_file_get_contents (path, &data, &size, NULL));
      found |= size > 0 && memmem (data, size, word, strlen (word)) != NULL;
    }
  return found;
}

/* What was deleted is in no file any more, while the storage stays open. */
static void
test_fold (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GError) error = NULL;
  char word[] = "soon to be forgotten";

  must_run (fixture, make_table, NULL);
  must_run (fixture, add_thing, word);
  must_run (fixture, add_thing, (gpointer) "other");
  g_assert_true (fixture_on ("postgres") || is_on_disk (fixture->folder, word));
  must_run (fixture, remove_thing, word);
  wait_for (mil_storage_fold (fixture->storage, FALSE), &error);
  g_assert_no_error (error);
  g_assert_false (is_on_disk (fixture->folder, word));
  assert_things (fixture, "1/1");
  must_run (fixture, add_thing, word);
  wait_for (mil_storage_fold (fixture->storage, TRUE), &error);
  g_assert_no_error (error);
  assert_things (fixture, "2/2");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/service/storage/values", test_values);
  g_test_add_func ("/service/storage/rollback", test_rollback);
  g_test_add_func ("/service/storage/nested", test_nested);
  g_test_add_func ("/service/storage/upsert", test_upsert);
  g_test_add_func ("/service/storage/serializable", test_serializable);
  g_test_add_func ("/service/storage/neighbours", test_neighbours);
  g_test_add_func ("/service/storage/read-only", test_read_only);
  g_test_add_func ("/service/storage/events", test_events);
  g_test_add_func ("/service/storage/reopen", test_reopen);
  g_test_add_func ("/service/storage/newer", test_newer);
  g_test_add_func ("/service/storage/fold", test_fold);
  g_test_add_func ("/service/storage/address", test_address);
  g_test_add_func ("/service/storage/dropped", test_dropped);
  g_test_add_func ("/service/storage/full-disk", test_full_disk);
  return g_test_run ();
}
