/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service-test.h"

#include <gio/gio.h>
#if MIL_HAVE_POSTGRES
#include <libpq-fe.h>
#endif

/* A fresh folder on a real disk: /tmp may be memory, where every crash test passes. */
char *
test_folder (void)
{
  const char      *cache = g_getenv ("MILIONE_CACHE");
  g_autofree char *parent = cache != NULL ? g_build_filename (cache, "tmp", NULL)
                                          : g_build_filename (g_get_user_cache_dir (), "milione", "tmp", NULL);
  char            *folder = g_build_filename (parent, "service-XXXXXX", NULL);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_nonnull (g_mkdtemp (folder));
  return folder;
}

void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_assert_true (g_file_delete (file, NULL, NULL));
    }
  if (dir != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_path (folder);

      g_assert_true (g_file_delete (file, NULL, NULL));
    }
}

/* Iterates the main context until the future is done; takes it. */
gpointer
wait_for (DexFuture *future, GError **error)
{
  const GValue *value;
  gpointer      result = NULL;

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  value = dex_future_get_value (future, error);
  if (value != NULL && G_VALUE_HOLDS_BOXED (value))
    result = g_value_dup_boxed (value);
  else if (value != NULL && G_VALUE_HOLDS_STRING (value))
    result = g_value_dup_string (value);
  else if (value != NULL)
    result = GINT_TO_POINTER (TRUE);
  dex_unref (future);
  return result;
}

gboolean
fixture_on (const char *engine)
{
  const char *address = g_getenv ("MIL_TEST_STORAGE");

  return g_str_equal (engine, address != NULL && g_str_has_prefix (address, "postgres:") ? "postgres" : "sqlite");
}

/* Every test has a schema of its own in the one database. */
static char *
new_schema (const char *conninfo)
{
#if MIL_HAVE_POSTGRES
  static guint     count = 0;
  g_autofree char *create = g_strdup_printf ("CREATE SCHEMA test_%d_%u", (int) getpid (), ++count);
  PGconn          *pg = PQconnectdb (conninfo);
  PGresult        *result = PQexec (pg, create);

  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    g_error ("%s: %s", create, PQerrorMessage (pg));
  PQclear (result);
  PQfinish (pg);
  return g_strdup_printf ("postgres:%s options='-c search_path=test_%d_%u'", conninfo, (int) getpid (), count);
#else
  g_error ("MIL_TEST_STORAGE is %s, and this build has no PostgreSQL", conninfo);
  return NULL;
#endif
}

MilStorage *
fixture_another (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  MilStorage *storage = mil_storage_new_for_address (self->address, self->clock, self->random, &error);

  g_assert_no_error (error);
  wait_for (mil_storage_open (storage), &error);
  g_assert_no_error (error);
  return storage;
}

Fixture *
fixture_new (void)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->folder = test_folder ();
  self->clock = mil_clock_new_fixed (G_GINT64_CONSTANT (1782036000000000));
  self->random = mil_random_new_seeded (7);
  if (fixture_on ("postgres"))
    self->address = new_schema (g_getenv ("MIL_TEST_STORAGE") + strlen ("postgres:"));
  else
    self->address = g_strdup_printf ("sqlite:%s/service.db", self->folder);
  self->storage = fixture_another (self);
  return self;
}

void
fixture_reopen (Fixture *self)
{
  wait_for (mil_storage_close (self->storage), NULL);
  g_object_unref (self->storage);
  self->storage = fixture_another (self);
}

void
fixture_free (Fixture *self)
{
  wait_for (mil_storage_close (self->storage), NULL);
  g_object_unref (self->storage);
  remove_folder (self->folder);
  g_object_unref (self->clock);
  g_object_unref (self->random);
  g_free (self->folder);
  g_free (self->address);
  g_free (self);
}

gpointer
run_tx (Fixture *self, MilTxFunc func, gpointer data, GType type, GError **error)
{
  return wait_for (mil_storage_run (self->storage, func, data, NULL, type), error);
}

void
must_run (Fixture *self, MilTxFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;

  run_tx (self, func, data, G_TYPE_BOOLEAN, &error);
  g_assert_no_error (error);
}
