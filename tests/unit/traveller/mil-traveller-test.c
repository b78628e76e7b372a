/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mil-traveller-test.h"

#include <glib/gstdio.h>

/* On a real disk where the environment says where one is: on tmpfs nothing is learnt about durability. */
char *
mil_test_folder_new (void)
{
  const char *cache = g_getenv ("MILIONE_CACHE");
  g_autofree char *parent = cache != NULL ? g_build_filename (cache, "tmp", NULL) : g_strdup (g_get_tmp_dir ());
  char *folder = g_build_filename (parent, "traveller-XXXXXX", NULL);

  g_mkdir_with_parents (parent, 0700);
  g_assert_nonnull (g_mkdtemp (folder));
  return folder;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
mil_test_folder_remove (char *folder)
{
  remove_tree (folder);
  g_free (folder);
}

static void
settle (DexFuture *future)
{
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
}

gboolean
mil_test_await (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) held = future;

  settle (held);
  return dex_future_get_value (held, error) != NULL;
}

gpointer
mil_test_await_object (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) held = future;
  const GValue *value = NULL;

  settle (held);
  value = dex_future_get_value (held, error);
  if (value == NULL)
    return NULL;
  return G_VALUE_HOLDS_BOXED (value) ? g_value_dup_boxed (value) : g_value_dup_object (value);
}

static gboolean
on_time_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

gboolean
mil_test_wait_until (MilTestCondition condition, gpointer data, guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + (gint64) milliseconds * 1000;

  while (!condition (data))
    {
      if (g_get_monotonic_time () > end)
        return FALSE;
      mil_test_turn_for (5);
    }
  return TRUE;
}

void
mil_test_turn_for (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, on_time_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

JsonNode *
mil_test_json (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

/* A service on a free port, that answers as @answer does. */
SoupServer *
mil_test_serve (SoupServerCallback answer, gpointer data, char **address)
{
  SoupServer *server = soup_server_new (NULL, NULL);
  GSList     *uris = NULL;
  g_autoptr (GError) error = NULL;

  soup_server_add_handler (server, NULL, answer, data, NULL);
  g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  uris = soup_server_get_uris (server);
  *address = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return server;
}
