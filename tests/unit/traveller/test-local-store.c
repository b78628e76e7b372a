/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mil-traveller-test.h"

#include "traveller/mil-local-store.h"

#include <glib-unix.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static char *
put_text (const char *text)
{
  return g_strdup_printf ("{\"text\":\"%s\"}", text);
}

static void
put (MilLocalStore *store, const char *kind, const char *id, const char *text)
{
  g_autofree char *json = put_text (text);
  g_autoptr (JsonNode) node = mil_test_json (json);
  g_autoptr (GError) error = NULL;

  mil_test_await (mil_local_store_put (store, kind, id, node), &error);
  g_assert_no_error (error);
}

static MilLocalStore *
open_store (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "deep", "store.db", NULL);
  MilLocalStore   *store = mil_local_store_new (path);
  g_autoptr (GError) error = NULL;

  mil_test_await (mil_local_store_open (store), &error);
  g_assert_no_error (error);
  return store;
}

static void
close_store (MilLocalStore *store)
{
  g_autoptr (GError) error = NULL;

  mil_test_await (mil_local_store_close (store), &error);
  g_assert_no_error (error);
  g_object_unref (store);
}

static void
test_order_survives (void)
{
  char          *folder = mil_test_folder_new ();
  MilLocalStore *store = open_store (folder);
  g_autoptr (MilDocuments) documents = NULL;
  GPtrArray *rows = NULL;

  put (store, "note", "c", "first");
  put (store, "note", "a", "second");
  put (store, "note", "b", "third");
  put (store, "note", "c", "first again");
  put (store, "other", "x", "else");
  close_store (store);
  store = open_store (folder);
  documents = mil_test_await_object (mil_local_store_read_all (store), NULL);
  rows = mil_documents_get (documents, "note");
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_cmpstr (((MilDocument *) rows->pdata[0])->id, ==, "c");
  g_assert_cmpstr (((MilDocument *) rows->pdata[2])->id, ==, "b");
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (mil_documents_find (documents, "note", "c")), "text"),
                   ==,
                   "first again");
  g_assert_null (mil_documents_get (documents, "nothing"));
  close_store (store);
  mil_test_folder_remove (folder);
}

static void
test_batch (void)
{
  char          *folder = mil_test_folder_new ();
  MilLocalStore *store = open_store (folder);
  MilBatch      *batch = mil_batch_new ();
  g_autoptr (JsonNode) node = mil_test_json ("{\"n\":1}");
  g_autoptr (JsonNode) gone = NULL;
  g_autoptr (MilDocuments) documents = NULL;
  g_autoptr (GError) error = NULL;

  put (store, "page", "old", "goes");
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i);
      mil_batch_put (batch, "page", id, node);
    }
  mil_batch_delete (batch, "page", "p4");
  mil_batch_keep_newest (batch, "page", 3);
  mil_test_await (mil_local_store_write (store, batch), &error);
  g_assert_no_error (error);
  documents = mil_test_await_object (mil_local_store_read_all (store), &error);
  g_assert_cmpuint (mil_documents_get (documents, "page")->len, ==, 3);
  g_assert_null (mil_documents_find (documents, "page", "old"));
  g_assert_null (mil_documents_find (documents, "page", "p0"));
  g_assert_nonnull (mil_documents_find (documents, "page", "p3"));
  gone = mil_test_await_object (mil_local_store_read (store, "page", "p4"), &error);
  g_assert_true (JSON_NODE_HOLDS_NULL (gone));
  close_store (store);
  mil_test_folder_remove (folder);
}

/* The child says each note that it was told is on the disk; then it is killed in the middle of more. */
static void
write_until_killed (const char *folder, int out)
{
  MilLocalStore *store = open_store (folder);

  for (guint i = 0; i < 100000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%06u", i);
      put (store, "note", id, "kept");
      if (write (out, id, 6) != 6)
        _exit (1);
    }
  _exit (0);
}

static void
test_killed (void)
{
  char          *folder = mil_test_folder_new ();
  int            fds[2] = { -1, -1 };
  char           last[8] = { 0 };
  pid_t          child = 0;
  guint          n = 0;
  MilLocalStore *store = NULL;
  g_autoptr (MilDocuments) documents = NULL;

  g_assert_true (g_unix_open_pipe (fds, FD_CLOEXEC, NULL));
  child = fork ();
  if (child == 0)
    {
      execl ("/proc/self/exe", "test-local-store", "--write", folder, g_strdup_printf ("%d", dup (fds[1])), NULL);
      _exit (1);
    }
  close (fds[1]);
  for (n = 0; n < 40; n++)
    g_assert_cmpint (read (fds[0], last, 6), ==, 6);
  kill (child, SIGKILL);
  while (read (fds[0], last, 6) == 6)
    n++;
  waitpid (child, NULL, 0);
  store = open_store (folder);
  documents = mil_test_await_object (mil_local_store_read_all (store), NULL);
  g_assert_cmpuint (mil_documents_get (documents, "note")->len, >=, n);
  g_assert_nonnull (mil_documents_find (documents, "note", last));
  close_store (store);
  close (fds[0]);
  mil_test_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  dex_init ();
  if (argc == 4 && g_str_equal (argv[1], "--write"))
    write_until_killed (argv[2], atoi (argv[3]));
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traveller/local-store/order-survives", test_order_survives);
  g_test_add_func ("/traveller/local-store/batch", test_batch);
  g_test_add_func ("/traveller/local-store/killed", test_killed);
  return g_test_run ();
}
