/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE

#include "mil-session-test.h"
#include "mil-traveller-test.h"

#include "traveller/mil-local-store.h"
#include "traveller/mil-session-private.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#define DISK_OPTIONS "size=4m,mode=0700"

/* A disk of its own, small enough to be filled; NULL where the system lets nobody mount one. */
static const char *small_disk;

static gboolean
write_once (const char *path, const char *text)
{
  int      fd = open (path, O_WRONLY | O_CLOEXEC);
  gboolean done = fd >= 0 && write (fd, text, strlen (text)) == (gssize) strlen (text);

  if (fd >= 0)
    close (fd);
  return done;
}

/* Only a process without threads may do this. */
static gboolean
mount_disk (const char *folder)
{
  g_autofree char *user = g_strdup_printf ("%u %u 1", (guint) geteuid (), (guint) geteuid ());
  g_autofree char *group = g_strdup_printf ("%u %u 1", (guint) getegid (), (guint) getegid ());

  return unshare (CLONE_NEWUSER | CLONE_NEWNS) == 0 && write_once ("/proc/self/setgroups", "deny")
         && write_once ("/proc/self/uid_map", user) && write_once ("/proc/self/gid_map", group)
         && mount ("none", folder, "tmpfs", MS_NOSUID | MS_NODEV, DISK_OPTIONS) == 0;
}

static char *
ballast_path (void)
{
  return g_build_filename (small_disk, "ballast", NULL);
}

static void
fill_disk (void)
{
  static const char block[4096] = "x";
  g_autofree char  *path = ballast_path ();
  int               fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  while (write (fd, block, sizeof block) > 0)
    ;
  g_assert_cmpint (errno, ==, ENOSPC);
  close (fd);
}

static void
free_disk (void)
{
  g_autofree char *path = ballast_path ();

  g_assert_cmpint (unlink (path), ==, 0);
}

static gboolean
skip_without_disk (void)
{
  if (small_disk == NULL)
    g_test_skip ("no small disk may be mounted here");
  return small_disk == NULL;
}

static void
assert_full (DexFuture *future)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (mil_test_await (future, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_NO_SPACE);
  g_assert_nonnull (strstr (error->message, "disk is full"));
}

static void
assert_done (DexFuture *future)
{
  g_autoptr (GError) error = NULL;

  mil_test_await (future, &error);
  g_assert_no_error (error);
}

/* --- the store ---------------------------------------------------------------------------------- */

static DexFuture *
put_note (MilLocalStore *store, const char *id, gsize size)
{
  g_autofree char *text = g_strnfill (size, 'n');
  g_autofree char *json = g_strdup_printf ("{\"text\":\"%s\"}", text);
  g_autoptr (JsonNode) node = mil_test_json (json);

  return mil_local_store_put (store, "note", id, node);
}

static void
assert_notes (MilLocalStore *store, guint expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilDocuments) documents = mil_test_await_object (mil_local_store_read_all (store), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (mil_documents_get (documents, "note")->len, ==, expected);
}

static void
test_store (void)
{
  g_autofree char *path = NULL;
  MilLocalStore   *store = NULL;

  if (skip_without_disk ())
    return;
  path = g_build_filename (small_disk, "store", "store.db", NULL);
  fill_disk ();
  store = mil_local_store_new (path);
  assert_full (mil_local_store_open (store));
  free_disk ();
  assert_done (mil_local_store_open (store));
  assert_done (put_note (store, "a", 1000));
  assert_done (put_note (store, "b", 1000));
  fill_disk ();
  assert_full (put_note (store, "c", 200000));
  assert_full (put_note (store, "a", 200000));
  assert_notes (store, 2);
  free_disk ();
  assert_done (put_note (store, "c", 200000));
  fill_disk ();
  assert_done (mil_local_store_close (store));
  g_object_unref (store);
  /* What is there can be read while the disk is full. */
  store = mil_local_store_new (path);
  assert_done (mil_local_store_open (store));
  assert_notes (store, 3);
  fill_disk ();
  assert_full (put_note (store, "d", 200000));
  assert_notes (store, 3);
  free_disk ();
  assert_done (put_note (store, "d", 200000));
  assert_notes (store, 4);
  assert_done (mil_local_store_close (store));
  g_object_unref (store);
}

/* --- a receipt ---------------------------------------------------------------------------------- */

static MilSession *
start (MilSecrets *secrets)
{
  MilSession *session = mil_test_session_new (small_disk, secrets, TRUE);

  assert_done (mil_session_start (session));
  return session;
}

static void
stop (MilSession *session)
{
  gpointer weak = session;

  assert_done (mil_session_stop (session));
  g_object_add_weak_pointer (G_OBJECT (session), &weak);
  g_object_unref (session);
  for (guint i = 0; i < MIL_TEST_PATIENCE / 5 && weak != NULL; i++)
    mil_test_turn_for (5);
  g_assert_null (weak);
}

static guint
n_receipts (MilSession *session)
{
  return g_list_model_get_n_items (mil_session_get_receipts (session));
}

static GBytes *
load_sample (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "tests", "samples", "receipts", name, NULL);
  char            *data = NULL;
  gsize            size = 0;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  return g_bytes_new_take (data, size);
}

/* Neither the picture nor the typed receipt that was there before is touched, and both work again afterwards. */
static void
test_receipt (void)
{
  g_autoptr (MilSecrets) secrets = mil_secrets_new_memory ();
  g_autoptr (GBytes) picture = load_sample ("it-bottega-lume.png");
  g_autoptr (MilDocuments) documents = NULL;
  MilSession       *session = NULL;
  MilReceiptRecord *typed = NULL;

  if (skip_without_disk ())
    return;
  session = start (secrets);
  typed = mil_test_await_object (mil_session_add_receipt_by_hand (session), NULL);
  mil_receipt_record_set_text (typed, MIL_RECEIPT_PART_MERCHANT, "Maison Aubrelle");
  /* What is read is behind what was written. */
  documents = mil_test_await_object (mil_local_store_read_all (session->store), NULL);
  fill_disk ();
  assert_full (mil_session_add_receipt_bytes (session, picture));
  g_assert_cmpuint (n_receipts (session), ==, 1);
  free_disk ();
  assert_done (mil_session_add_receipt_bytes (session, picture));
  g_assert_cmpuint (n_receipts (session), ==, 2);
  g_clear_object (&typed);
  stop (session);
  session = start (secrets);
  g_assert_cmpuint (n_receipts (session), ==, 2);
  typed = g_list_model_get_item (mil_session_get_receipts (session), 1);
  g_assert_cmpstr (mil_receipt_record_get_text (typed, MIL_RECEIPT_PART_MERCHANT), ==, "Maison Aubrelle");
  g_clear_object (&typed);
  stop (session);
}

int
main (int argc, char **argv)
{
  char *folder = mil_test_folder_new ();
  int   status = 0;

  if (mount_disk (folder))
    small_disk = folder;
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traveller/disk-full/store", test_store);
  g_test_add_func ("/traveller/disk-full/receipt", test_receipt);
  status = g_test_run ();
  if (small_disk != NULL)
    umount2 (folder, MNT_DETACH);
  mil_test_folder_remove (folder);
  return status;
}
