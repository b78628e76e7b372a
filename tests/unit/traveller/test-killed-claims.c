/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 200 claims, while the client or the service is killed at random: none is lost, none is made twice. */

#include "mil-session-test.h"
#include "mil-traveller-test.h"

#include "traveller/mil-session-private.h"

#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_CLAIMS 200
#define N_KILLS 10
#define MOST_MS 700

static JsonNode *
await_json (DexFuture *future, GError **error)
{
  const GValue *value;
  JsonNode     *node;

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  value = dex_future_get_value (future, error);
  node = value != NULL ? g_value_dup_boxed (value) : NULL;
  dex_unref (future);
  return node;
}

static void
type_receipt (MilSession *session, guint number)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *day = mil_date_to_string (mil_date_add_days (mil_session_get_today (session), -1));
  g_autofree char *shop = g_strdup_printf ("Bottega %u", number);
  g_autoptr (MilReceiptRecord) receipt = mil_test_await_object (mil_session_add_receipt_by_hand (session), &error);

  g_assert_no_error (error);
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_MERCHANT, shop);
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_COUNTRY, "IT");
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_DATE, day);
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_CURRENCY, "EUR");
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_TOTAL, "244,00");
}

static gboolean
all_assessed (gpointer data)
{
  GListModel *receipts = mil_session_get_receipts (data);

  for (guint i = 0; i < g_list_model_get_n_items (receipts); i++)
    {
      g_autoptr (MilReceiptRecord) receipt = g_list_model_get_item (receipts, i);

      if (mil_receipt_record_get_claim_id (receipt) == NULL && mil_receipt_record_get_section (receipt) != MIL_SECTION_READY)
        return FALSE;
    }
  return TRUE;
}

static void
prepare (const char *folder)
{
  MilSession *session = mil_test_session_start (folder, FALSE);
  g_autoptr (MilWallet) wallet = NULL;

  g_assert_true (mil_test_wait_until (mil_test_has_stores, session, MIL_TEST_PATIENCE));
  wallet = mil_test_first_run (session);
  mil_test_make_trip (session, "IT", "MXP");
  for (guint i = 0; i < N_CLAIMS; i++)
    type_receipt (session, i);
  g_assert_true (mil_test_wait_until (all_assessed, session, MIL_TEST_PATIENCE));
  mil_test_session_stop (session);
}

/* Claims whatever is not claimed yet, as fast as the disk takes it. */
static void
claim_all (MilSession *session)
{
  GListModel *receipts = mil_session_get_receipts (session);

  g_assert_true (mil_test_wait_until (all_assessed, session, MIL_TEST_PATIENCE));
  for (guint i = 0; i < g_list_model_get_n_items (receipts); i++)
    {
      g_autoptr (MilReceiptRecord) receipt = g_list_model_get_item (receipts, i);
      g_autoptr (GPtrArray) one = g_ptr_array_new ();
      g_autoptr (MilClaim) claim = NULL;
      g_autoptr (GError) error = NULL;

      if (mil_receipt_record_get_claim_id (receipt) != NULL)
        continue;
      g_ptr_array_add (one, receipt);
      claim = mil_test_await_object (mil_session_send_claim (session, one, NULL), &error);
      g_assert_no_error (error);
    }
}

static gboolean
has_wallet (gpointer data)
{
  return g_list_model_get_n_items (mil_session_get_wallets (data)) > 0;
}

static int
claim_until_killed (const char *folder, int out)
{
  MilSession *session = mil_test_session_start (folder, FALSE);

  g_assert_true (mil_test_wait_until (has_wallet, session, MIL_TEST_PATIENCE));
  g_assert_cmpint (write (out, "!", 1), ==, 1);
  claim_all (session);
  mil_test_turn_for (30000);
  return 0;
}

/* The service of this folder: a child of the client that we started. */
static pid_t
find_service (const char *folder)
{
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (proc)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc", name, "cmdline", NULL);
      g_autofree char *line = NULL;
      gsize            size = 0;

      if (!g_ascii_isdigit (*name) || !g_file_get_contents (path, &line, &size, NULL) || size == 0)
        continue;
      if (g_str_has_suffix (line, "milione-service") && memmem (line, size, folder, strlen (folder)) != NULL)
        return (pid_t) g_ascii_strtoll (name, NULL, 10);
    }
  return 0;
}

static void
run_and_kill (const char *folder, guint milliseconds, gboolean service_first)
{
  int   fds[2] = { -1, -1 };
  pid_t child;
  pid_t service;
  char  sign = 0;
  int   status = 0;

  g_assert_true (g_unix_open_pipe (fds, FD_CLOEXEC, NULL));
  child = fork ();
  if (child == 0)
    {
      g_autofree char *out = g_strdup_printf ("%d", dup (fds[1]));

      execl ("/proc/self/exe", "test-killed-claims", "--claim", folder, out, NULL);
      _exit (1);
    }
  close (fds[1]);
  g_assert_cmpint (read (fds[0], &sign, 1), ==, 1);
  g_usleep (milliseconds * 1000);
  service = service_first ? find_service (folder) : 0;
  if (service > 0)
    {
      kill (service, SIGKILL);
      g_usleep (milliseconds * 1000);
    }
  kill (child, SIGKILL);
  waitpid (child, &status, 0);
  /* Not by a fault of its own. */
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
  close (fds[0]);
}

static gboolean
all_issued (gpointer data)
{
  GListModel *claims = mil_session_get_claims (data);

  if (g_list_model_get_n_items (claims) != N_CLAIMS || mil_outbox_get_n_waiting (mil_session_get_outbox (data)) != 0)
    return FALSE;
  for (guint i = 0; i < N_CLAIMS; i++)
    {
      g_autoptr (MilClaim) claim = g_list_model_get_item (claims, i);

      if (!g_str_equal (mil_claim_get_info (claim)->state, "issued"))
        return FALSE;
    }
  return TRUE;
}

/* What the service itself has: as many claims, each for a receipt of its own. */
static void
check_service (MilSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) json = await_json (mil_client_get_json (session->client, "/v1/taxfree/claims", MIL_AUTH_SIGNED),
                                          &error);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *claims;

  g_assert_no_error (error);
  claims = json_object_get_array_member (json_node_get_object (json), "claims");
  g_assert_cmpuint (json_array_get_length (claims), ==, N_CLAIMS);
  for (guint i = 0; i < N_CLAIMS; i++)
    {
      JsonObject *claim = json_array_get_object_element (claims, i);
      JsonArray  *purchases = json_object_get_array_member (claim, "purchases");
      const char *id = json_object_get_string_member (json_array_get_object_element (purchases, 0), "id");

      g_assert_cmpuint (json_array_get_length (purchases), ==, 1);
      g_assert_nonnull (mil_session_find_claim (session, json_object_get_string_member (claim, "id")));
      g_assert_nonnull (mil_session_find_receipt (session, id));
      g_assert_true (g_hash_table_add (seen, (char *) id));
    }
}

static void
test_killed (void)
{
  char       *folder = mil_test_folder_new ();
  MilSession *session = NULL;

  mil_test_make_demo (folder);
  prepare (folder);
  for (guint i = 0; i < N_KILLS; i++)
    {
      guint    after = (guint) g_test_rand_int_range (0, MOST_MS);
      gboolean service_first = g_test_rand_int_range (0, 2) == 1;

      g_test_message ("killed after %u ms, %s", after, service_first ? "the service first" : "the client");
      run_and_kill (folder, after, service_first);
    }
  session = mil_test_session_start (folder, FALSE);
  g_assert_true (mil_test_wait_until (has_wallet, session, MIL_TEST_PATIENCE));
  g_test_message ("%u claims before the end", g_list_model_get_n_items (mil_session_get_claims (session)));
  claim_all (session);
  g_assert_true (mil_test_wait_until (all_issued, session, MIL_TEST_PATIENCE));
  check_service (session);
  mil_test_session_stop (session);
  mil_test_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  dex_init ();
  if (argc == 4 && g_str_equal (argv[1], "--claim"))
    return claim_until_killed (argv[2], atoi (argv[3]));
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traveller/killed-claims", test_killed);
  return g_test_run ();
}
