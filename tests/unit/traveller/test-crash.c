/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mil-session-test.h"
#include "mil-traveller-test.h"

#include "traveller/mil-session-private.h"

#include <glib-unix.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_KILLS 6
#define MOST_MS 900

/* What the disk holds once everything is written that was asked for until now. */
static MilDocuments *
read_disk (MilSession *session)
{
  g_autoptr (GError) error = NULL;
  MilDocuments *documents = mil_test_await_object (mil_local_store_read_all (session->store), &error);

  g_assert_no_error (error);
  return documents;
}

/* --- what the killed programs do ------------------------------------------------------------------ */

static gboolean
is_online (gpointer data)
{
  return mil_session_is_online (data);
}

static void
tell (int out)
{
  g_assert_cmpint (write (out, "!", 1), ==, 1);
}

static int
pay_until_killed (const char *folder, int out)
{
  MilSession  *session = mil_test_session_start (folder, FALSE);
  MilCheckout *checkout = mil_session_create_checkout (session);
  g_autoptr (MilWallet) wallet = g_list_model_get_item (mil_session_get_wallets (session), 0);

  g_assert_true (mil_test_wait_until (is_online, session, MIL_TEST_PATIENCE));
  tell (out);
  if (mil_test_await (mil_checkout_prepare (checkout, wallet), NULL))
    mil_test_await (mil_checkout_pay (checkout, wallet), NULL);
  mil_test_turn_for (10000);
  return 0;
}

static int
type_until_killed (const char *folder, int out)
{
  MilSession *session = mil_test_session_start (folder, TRUE);
  g_autoptr (JsonNode) draft = mil_test_json ("{\"name\":\"Li W\"}");
  g_autoptr (MilReceiptRecord) receipt = mil_test_await_object (mil_session_add_receipt_by_hand (session), NULL);
  g_autoptr (MilDocuments) documents = NULL;
  MilTripInfo trip = { .country = (char *) "IT" };

  mil_test_await (mil_session_save_trip (session, &trip), NULL);
  mil_session_save_draft (session, "person", draft);
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_MERCHANT, "Bottega Lume");
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_TOTAL, "126,0");
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_DATE, "2024-05-");
  documents = read_disk (session);
  tell (out);
  mil_test_turn_for (10000);
  return 0;
}

/* --- killing ------------------------------------------------------------------------------------ */

static void
run_and_kill (const char *what, const char *folder, guint milliseconds)
{
  int   fds[2] = { -1, -1 };
  pid_t child = 0;
  char  sign = 0;
  int   status = 0;

  g_assert_true (g_unix_open_pipe (fds, FD_CLOEXEC, NULL));
  child = fork ();
  if (child == 0)
    {
      g_autofree char *out = g_strdup_printf ("%d", dup (fds[1]));
      execl ("/proc/self/exe", "test-crash", what, folder, out, NULL);
      _exit (1);
    }
  close (fds[1]);
  g_assert_cmpint (read (fds[0], &sign, 1), ==, 1);
  g_usleep (milliseconds * 1000);
  kill (child, SIGKILL);
  waitpid (child, &status, 0);
  /* Not by a fault of its own. */
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
  close (fds[0]);
}

static void
test_typed (void)
{
  char       *folder = mil_test_folder_new ();
  MilSession *session = NULL;
  g_autoptr (MilReceiptRecord) receipt = NULL;
  g_autoptr (JsonNode) draft = NULL;

  mil_test_make_demo (folder);
  run_and_kill ("--type", folder, 0);
  session = mil_test_session_start (folder, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (mil_session_get_receipts (session)), ==, 1);
  receipt = g_list_model_get_item (mil_session_get_receipts (session), 0);
  g_assert_cmpstr (mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_MERCHANT), ==, "Bottega Lume");
  g_assert_cmpstr (mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_TOTAL), ==, "126,0");
  g_assert_cmpstr (mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_DATE), ==, "2024-05-");
  g_assert_nonnull (mil_receipt_record_get_part_problem (receipt, MIL_RECEIPT_PART_DATE));
  g_assert_nonnull (mil_session_get_current_trip (session));
  draft = mil_session_load_draft (session, "person");
  g_assert_nonnull (draft);
  mil_test_session_stop (session);
  mil_test_folder_remove (folder);
}

/* Nothing is held any more, and no order hangs between paid and called off. */
static gboolean
is_settled (gpointer data)
{
  GListModel *wallets = mil_session_get_wallets (data);
  GListModel *orders = mil_session_get_orders (data);

  if (!mil_session_is_online (data))
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (wallets); i++)
    {
      g_autoptr (MilWallet) wallet = g_list_model_get_item (wallets, i);
      GListModel *balances = G_LIST_MODEL (mil_wallet_get_info (wallet)->balances);
      for (guint j = 0; j < g_list_model_get_n_items (balances); j++)
        {
          g_autoptr (MilBalance) balance = g_list_model_get_item (balances, j);
          if (mil_balance_get_info (balance)->held.minor != 0)
            return FALSE;
        }
    }
  for (guint i = 0; i < g_list_model_get_n_items (orders); i++)
    {
      g_autoptr (MilOrder) order = g_list_model_get_item (orders, i);
      if (g_str_equal (mil_order_get_info (order)->state, "awaiting-capture"))
        return FALSE;
    }
  return TRUE;
}

static guint
count_captured (MilSession *session)
{
  GListModel *orders = mil_session_get_orders (session);
  guint       n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (orders); i++)
    {
      g_autoptr (MilOrder) order = g_list_model_get_item (orders, i);
      n += g_str_equal (mil_order_get_info (order)->state, "captured");
    }
  return n;
}

typedef struct
{
  MilSession *session;
  guint       paid; /* orders, before the payment that was killed */
} Outcome;

/* The interrupted payment was finished or called off, and everything that the person sees says the same. */
static gboolean
is_whole (gpointer data)
{
  Outcome *outcome = data;
  g_autoptr (MilDocuments) documents = NULL;
  GPtrArray *attempts = NULL;
  guint      now = count_captured (outcome->session);
  int        pieces = mil_basket_get_n_pieces (mil_session_get_basket (outcome->session));

  if (!is_settled (outcome->session) || !(now == outcome->paid ? pieces == 3 : now == outcome->paid + 2 && pieces == 0))
    return FALSE;
  documents = read_disk (outcome->session);
  attempts = mil_documents_get (documents, MIL_KIND_CHECKOUT);
  return attempts == NULL || attempts->len == 0;
}

/* Killed anywhere in a payment: after the next start both stores are paid and the basket is empty, or
 * neither is and the basket is as it was. */
static void
test_paying (void)
{
  char       *folder = mil_test_folder_new ();
  MilSession *session = NULL;
  guint       paid = 0;

  mil_test_make_demo (folder);
  session = mil_test_session_start (folder, FALSE);
  g_assert_true (mil_test_wait_until (mil_test_has_stores, session, MIL_TEST_PATIENCE));
  g_object_unref (mil_test_first_run (session));
  mil_test_fill_basket (session);
  mil_test_session_stop (session);
  for (guint i = 0; i < N_KILLS; i++)
    {
      guint   after = g_test_rand_int_range (0, MOST_MS);
      guint   now = 0;
      Outcome outcome = { 0 };

      run_and_kill ("--pay", folder, after);
      session = mil_test_session_start (folder, FALSE);
      g_assert_true (mil_test_wait_until (mil_test_has_stores, session, MIL_TEST_PATIENCE));
      outcome = (Outcome) { session, paid };
      g_assert_true (mil_test_wait_until (is_whole, &outcome, MIL_TEST_PATIENCE));
      now = count_captured (session);
      g_test_message ("killed after %u ms: %u orders paid", after, now - paid);
      if (now > paid)
        mil_test_fill_basket (session);
      paid = now;
      mil_test_session_stop (session);
    }
  mil_test_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  dex_init ();
  if (argc == 4 && g_str_equal (argv[1], "--pay"))
    return pay_until_killed (argv[2], atoi (argv[3]));
  if (argc == 4 && g_str_equal (argv[1], "--type"))
    return type_until_killed (argv[2], atoi (argv[3]));
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traveller/crash/typed", test_typed);
  g_test_add_func ("/traveller/crash/paying", test_paying);
  return g_test_run ();
}
