/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mil-session-test.h"
#include "mil-traveller-test.h"

#include "protocol/mil-wire-claim.h"
#include "traveller/mil-session-private.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  char       *folder;
  MilSecrets *secrets;
  MilSession *session;
  gboolean    is_offline;
} Fixture;

static void
start (Fixture *fixture)
{
  fixture->session = mil_test_session_open (fixture->folder, fixture->secrets, fixture->is_offline);
}

static void
stop (Fixture *fixture)
{
  mil_test_session_close (g_steal_pointer (&fixture->session));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = mil_test_folder_new ();
  fixture->secrets = mil_secrets_new_memory ();
  mil_test_make_demo (fixture->folder);
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->session != NULL)
    stop (fixture);
  g_clear_object (&fixture->secrets);
  mil_test_folder_remove (fixture->folder);
}

static gboolean
has_rates (gpointer data)
{
  return mil_date_is_set (mil_rates_get_date (mil_session_get_rates (data)));
}

static gboolean
has_no_items (gpointer data)
{
  return g_list_model_get_n_items (data) == 0;
}

static void
test_shop (Fixture *fixture, gconstpointer data)
{
  MilSession *session = fixture->session;
  g_autoptr (MilCatalogueQuery) query = mil_session_create_query (session);
  g_autoptr (MilProductItem) item = NULL;
  g_autoptr (MilProduct) product = NULL;
  g_autoptr (MilPixels) pixels = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (mil_session_is_loaded (session));
  g_assert_true (mil_test_wait_until (mil_test_has_stores, session, MIL_TEST_PATIENCE));
  g_assert_cmpuint (g_list_model_get_n_items (mil_session_get_stores (session)), ==, 12);
  mil_test_await (mil_session_set_home (session, "CN", "CNY"), &error);
  g_assert_no_error (error);
  g_assert_true (mil_test_wait_until (has_rates, session, MIL_TEST_PATIENCE));
  g_assert_true (mil_test_wait_until (mil_test_has_items, query, MIL_TEST_PATIENCE));
  item = g_list_model_get_item (G_LIST_MODEL (query), 0);
  g_assert_true (mil_money_is_set (mil_product_item_get_info (item)->home_price));
  g_assert_cmpstr (mil_product_item_get_info (item)->home_price.currency, ==, "CNY");
  product = mil_test_await_object (mil_session_load_product (session, NULL, mil_product_item_get_info (item)->id), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (mil_product_get_info (product)->variants)), >=, 1);
  pixels = mil_test_await_object (
      mil_picture_cache_fetch (mil_session_get_pictures (session), mil_product_item_get_info (item)->image, 200, 150),
      &error);
  g_assert_no_error (error);
  g_assert_cmpint (pixels->width, <=, 200);
  g_assert_cmpint (pixels->height, ==, 150);
  mil_catalogue_query_set_text (query, "no such thing anywhere");
  g_assert_true (mil_test_wait_until (has_no_items, query, MIL_TEST_PATIENCE));
}

static void
test_pay (Fixture *fixture, gconstpointer data)
{
  MilSession *session = fixture->session;
  g_autoptr (MilWallet) wallet = NULL;
  g_autoptr (MilCheckout) checkout = NULL;
  g_autoptr (MilWalletHistory) history = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (mil_test_wait_until (mil_test_has_stores, session, MIL_TEST_PATIENCE));
  wallet = mil_test_first_run (session);
  mil_test_fill_basket (session);
  g_assert_cmpint (mil_basket_get_n_pieces (mil_session_get_basket (session)), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (mil_basket_get_stores (mil_session_get_basket (session))), ==, 2);
  checkout = mil_session_create_checkout (session);
  mil_test_await (mil_checkout_prepare (checkout, wallet), &error);
  g_assert_no_error (error);
  g_assert_cmpint (mil_checkout_get_state (checkout), ==, MIL_CHECKOUT_READY);
  g_assert_cmpuint (g_list_model_get_n_items (mil_checkout_get_stores (checkout)), ==, 2);
  g_assert_cmpstr (mil_checkout_get_total (checkout).currency, ==, "CNY");
  mil_test_await (mil_checkout_pay (checkout, wallet), &error);
  g_assert_no_error (error);
  g_assert_cmpint (mil_checkout_get_state (checkout), ==, MIL_CHECKOUT_PAID);
  g_assert_cmpuint (g_list_model_get_n_items (mil_checkout_get_orders (checkout)), ==, 2);
  g_assert_cmpint (mil_basket_get_n_pieces (mil_session_get_basket (session)), ==, 0);
  history = mil_session_create_wallet_history (session, wallet);
  g_assert_true (mil_test_wait_until (mil_test_has_items, history, MIL_TEST_PATIENCE));
}

/* Everything is there again from the disk, without a network. */
static void
test_second_start (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilWallet) wallet = NULL;
  g_autoptr (JsonNode) draft = mil_test_json ("{\"name\":\"Li W\"}");
  g_autoptr (JsonNode) again = NULL;
  MilTripInfo trip = { .country = (char *) "IT", .from = { 2026, 11, 12 }, .to = { 2026, 11, 30 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (MilCatalogueQuery) query = NULL;

  g_assert_true (mil_test_wait_until (mil_test_has_stores, fixture->session, MIL_TEST_PATIENCE));
  wallet = mil_test_first_run (fixture->session);
  mil_test_fill_basket (fixture->session);
  mil_test_await (mil_session_save_trip (fixture->session, &trip), &error);
  g_assert_no_error (error);
  mil_session_save_draft (fixture->session, "person", draft);
  query = mil_session_create_query (fixture->session);
  g_assert_true (mil_test_wait_until (mil_test_has_items, query, MIL_TEST_PATIENCE));
  g_clear_object (&query);
  g_clear_object (&wallet);
  stop (fixture);
  fixture->is_offline = TRUE;
  start (fixture);
  g_assert_true (mil_session_get_first_run_done (fixture->session));
  g_assert_cmpstr (mil_session_get_home_currency (fixture->session), ==, "CNY");
  g_assert_cmpuint (g_list_model_get_n_items (mil_session_get_stores (fixture->session)), ==, 12);
  g_assert_cmpuint (g_list_model_get_n_items (mil_session_get_wallets (fixture->session)), ==, 1);
  g_assert_cmpint (mil_basket_get_n_pieces (mil_session_get_basket (fixture->session)), ==, 3);
  g_assert_nonnull (mil_session_get_current_trip (fixture->session));
  again = mil_session_load_draft (fixture->session, "person");
  g_assert_true (json_node_equal (draft, again));
  query = mil_session_create_query (fixture->session);
  g_assert_true (mil_test_wait_until (mil_test_has_items, query, MIL_TEST_PATIENCE));
  g_clear_object (&query);
}

/* --- receipts and claims ------------------------------------------------------------------------- */

static gboolean
is_ready (gpointer data)
{
  return mil_receipt_record_get_section (data) == MIL_SECTION_READY;
}

static gboolean
is_issued (gpointer data)
{
  return g_str_equal (mil_claim_get_info (data)->state, "issued");
}

static gboolean
is_withdrawn (gpointer data)
{
  return g_str_equal (mil_claim_get_info (data)->state, "withdrawn");
}

static gboolean
is_refunded (gpointer data)
{
  return g_str_equal (mil_claim_get_info (data)->state, "refunded");
}

static gboolean
has_arrived (gpointer data)
{
  return mil_receipt_record_get_section (data) == MIL_SECTION_ARRIVED;
}

static void
type_in (MilSession *session, MilReceiptRecord *receipt)
{
  g_autofree char *day = mil_date_to_string (mil_date_add_days (mil_session_get_today (session), -1));

  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_MERCHANT, "Maison Aubrelle");
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_COUNTRY, "FR");
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_DATE, day);
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_CURRENCY, "EUR");
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_TOTAL, "1.260,00");
}

static MilReceiptRecord *
type_receipt (MilSession *session)
{
  g_autoptr (GError) error = NULL;
  MilReceiptRecord *receipt = mil_test_await_object (mil_session_add_receipt_by_hand (session), &error);

  g_assert_no_error (error);
  g_assert_cmpint (mil_receipt_record_get_section (receipt), ==, MIL_SECTION_TO_CHECK);
  g_assert_nonnull (mil_receipt_record_get_part_problem (receipt, MIL_RECEIPT_PART_TOTAL));
  type_in (session, receipt);
  g_assert_cmpint (mil_receipt_record_get_amount (receipt).minor, ==, 126000);
  return receipt;
}

static void
play_customs (Fixture *fixture, const char *claim_id)
{
  g_autofree char *socket = g_build_filename (fixture->folder, "run", "service.sock", NULL);
  g_autofree char *state = g_build_filename (fixture->folder, "data", "service", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) officer = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE,
                                                      &error,
                                                      g_getenv ("MILIONE_SERVICE"),
                                                      "customs",
                                                      "validate",
                                                      claim_id,
                                                      "--socket",
                                                      socket,
                                                      "--state",
                                                      state,
                                                      NULL);

  g_assert_no_error (error);
  mil_test_await (dex_subprocess_wait_check (officer), &error);
  g_assert_no_error (error);
}

static gint64
balance_of (MilWallet *wallet)
{
  MilBalance *balance = mil_record_list_find (G_LIST_MODEL (mil_wallet_get_info (wallet)->balances), "CNY", NULL);

  return balance != NULL ? mil_balance_get_info (balance)->available.minor : 0;
}

static gboolean
is_richer (gpointer data)
{
  gpointer *pair = data;

  return balance_of (pair[0]) > *(gint64 *) pair[1];
}

/* The event may come before the answer. */
static gboolean
outbox_is_empty (gpointer data)
{
  return mil_outbox_get_n_waiting (mil_session_get_outbox (data)) == 0;
}

static void
test_claim (Fixture *fixture, gconstpointer data)
{
  MilSession *session = fixture->session;
  g_autoptr (MilWallet) wallet = NULL;
  g_autoptr (MilReceiptRecord) receipt = NULL;
  g_autoptr (MilClaim) claim = NULL;
  g_autoptr (GPtrArray) receipts = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  gint64   before = 0;
  gpointer pair[2] = { NULL, &before };

  g_assert_true (mil_test_wait_until (mil_test_has_stores, session, MIL_TEST_PATIENCE));
  wallet = mil_test_first_run (session);
  mil_test_make_trip (session, "FR", "CDG");
  receipt = type_receipt (session);
  g_assert_true (mil_test_wait_until (is_ready, receipt, MIL_TEST_PATIENCE));
  g_assert_cmpint (mil_receipt_record_get_verdict (receipt)->refund_low.minor, >, 0);
  g_assert_true (mil_date_is_set (mil_receipt_record_get_export_by (receipt)));
  g_assert_true (mil_money_is_set (mil_session_get_coming_back (session)));
  g_ptr_array_add (receipts, receipt);
  claim = mil_test_await_object (mil_session_send_claim (session, receipts, wallet), &error);
  g_assert_no_error (error);
  g_assert_cmpint (mil_session_get_arrived (session, mil_session_get_current_trip (session)).minor, ==, 0);
  g_assert_cmpint (mil_receipt_record_get_section (receipt), ==, MIL_SECTION_SHOW);
  g_assert_true (mil_test_wait_until (is_issued, claim, MIL_TEST_PATIENCE));
  g_assert_cmpuint (strlen (mil_claim_get_info (claim)->number), ==, 12);
  g_assert_true (mil_test_wait_until (outbox_is_empty, session, MIL_TEST_PATIENCE));
  before = balance_of (wallet);
  pair[0] = wallet;
  play_customs (fixture, mil_claim_get_info (claim)->id);
  g_assert_true (mil_test_wait_until (is_refunded, claim, MIL_TEST_PATIENCE));
  g_assert_true (mil_test_wait_until (has_arrived, receipt, MIL_TEST_PATIENCE));
  g_assert_true (mil_test_wait_until (is_richer, pair, MIL_TEST_PATIENCE));
  g_assert_cmpint (mil_session_get_arrived (session, mil_session_get_current_trip (session)).minor, >, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (mil_claim_get_info (claim)->events)), >=, 4);
  g_assert_cmpint (mil_claim_get_info (claim)->estimate_low.minor, >, 0);
}

static gboolean
has_problem (gpointer data)
{
  return mil_session_get_problem (data) != NULL;
}

/* Written while nothing answers, sent once when something does. */
/* The service was out of reach at the first run, or slow to start: there is one wallet when it is there again. */
static void
test_late_wallet (Fixture *fixture, gconstpointer data)
{
  GListModel *wallets = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MilWallet) wallet = NULL;

  stop (fixture);
  fixture->is_offline = TRUE;
  start (fixture);
  wallet = mil_test_await_object (mil_session_complete_first_run (fixture->session, "CN", "CNY", TRUE), &error);
  g_assert_null (wallet);
  g_assert_error (error, MIL_ERROR, MIL_ERROR_TIMEOUT);
  stop (fixture);
  fixture->is_offline = FALSE;
  start (fixture);
  wallets = mil_session_get_wallets (fixture->session);
  g_assert_true (mil_test_wait_until (mil_test_has_items, wallets, MIL_TEST_PATIENCE));
  g_clear_error (&error);
  mil_test_await (mil_session_refresh_wallets (fixture->session), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (wallets), ==, 1);
  g_assert_null (fixture->session->wallet_wish);
}

static void
test_offline_claim (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilReceiptRecord) receipt = NULL;
  g_autoptr (MilWallet) wallet = NULL;
  g_autoptr (GPtrArray) receipts = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  MilClaim        *claim = NULL;

  g_assert_true (mil_test_wait_until (mil_test_has_stores, fixture->session, MIL_TEST_PATIENCE));
  mil_test_make_trip (fixture->session, "FR", "CDG");
  /* What the refund goes to is there again, however soon the network goes away. */
  wallet = mil_test_first_run (fixture->session);
  stop (fixture);
  fixture->is_offline = TRUE;
  start (fixture);
  receipt = type_receipt (fixture->session);
  g_assert_true (mil_test_wait_until (is_ready, receipt, MIL_TEST_PATIENCE));
  g_ptr_array_add (receipts, receipt);
  claim = mil_test_await_object (mil_session_send_claim (fixture->session, receipts, NULL), &error);
  g_assert_no_error (error);
  id = g_strdup (mil_claim_get_info (claim)->id);
  g_clear_object (&claim);
  g_assert_true (mil_test_wait_until (has_problem, fixture->session, MIL_TEST_PATIENCE));
  g_assert_cmpuint (mil_outbox_get_n_waiting (mil_session_get_outbox (fixture->session)), ==, 1);
  g_assert_false (mil_session_is_online (fixture->session));
  g_clear_object (&receipt);
  stop (fixture);
  fixture->is_offline = FALSE;
  start (fixture);
  claim = mil_session_find_claim (fixture->session, id);
  g_assert_nonnull (claim);
  g_assert_cmpstr (mil_claim_get_info (claim)->state, ==, "queued");
  g_assert_true (mil_test_wait_until (is_issued, claim, MIL_TEST_PATIENCE));
  g_assert_cmpuint (g_list_model_get_n_items (mil_session_get_claims (fixture->session)), ==, 1);
}

static void
assert_nowhere_below (const char *folder, const char *word)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      gsize            size = 0;

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        assert_nowhere_below (path, word);
      else if (g_file_test (path, G_FILE_TEST_IS_REGULAR) && g_file_get_contents (path, &text, &size, NULL) && size > 0)
        g_assert_null (memmem (text, size, word, strlen (word)));
    }
}

static MilPerson *
first_traveller (MilSession *session)
{
  return g_list_model_get_item (G_LIST_MODEL (mil_trip_get_info (mil_session_get_current_trip (session))->travellers), 0);
}

static JsonNode *
await_node (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value;
  JsonNode     *node;

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  node = g_value_dup_boxed (value);
  dex_unref (future);
  return node;
}

/* What a claim says of the person once it is sent: what France's form asks for of what is in the keyring. */
static void
assert_letter (MilSession *session, const char *id, const MilPersonal *personal)
{
  g_autoptr (JsonNode) letter = await_node (mil_local_store_read (session->store, MIL_KIND_OUTBOX, id));
  JsonObject *object = json_node_get_object (letter);
  const char *secret = json_object_get_string_member (object, "secret");
  g_autoptr (JsonNode) body = await_node (mil_session_fill_claim (json_object_get_member (object, "body"), secret, session));
  g_autoptr (GError) error = NULL;
  g_autoptr (MilWireClaimRequest) request = mil_wire_claim_request_from_json (body, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (request->traveller->document->number, ==, personal->number);
  g_assert_true (g_str_has_prefix (request->traveller->address, personal->street));
  g_assert_true (g_str_has_suffix (request->traveller->address, personal->city));
  g_assert_null (request->traveller->email);
  g_assert_null (request->traveller->phone);
}

/* The passport's number and the address are in the keyring alone: neither the outbox nor the service's
 * database has them, and the claim tells them once it is sent. */
static void
test_secret_number (Fixture *fixture, gconstpointer data)
{
  static const char        number[] = "E76543210";
  static const char        street[] = "7 Qzxmark Lane";
  static const MilPersonal personal = {
    .number = (char *) number, .street = (char *) street, .city = (char *) "Beijing", .email = (char *) "qzxmark@home.example"
  };
  g_autoptr (MilReceiptRecord) receipt = NULL;
  g_autoptr (MilWallet) wallet = NULL;
  g_autoptr (MilPerson) person = NULL;
  g_autoptr (GPtrArray) receipts = g_ptr_array_new ();
  g_autoptr (MilClaim) claim = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (mil_test_wait_until (mil_test_has_stores, fixture->session, MIL_TEST_PATIENCE));
  wallet = mil_test_first_run (fixture->session);
  mil_test_make_trip (fixture->session, "FR", "CDG");
  person = first_traveller (fixture->session);
  mil_test_await (mil_session_store_personal (fixture->session, person, &personal), &error);
  g_assert_no_error (error);
  stop (fixture);
  fixture->is_offline = TRUE;
  start (fixture);
  receipt = type_receipt (fixture->session);
  g_assert_true (mil_test_wait_until (is_ready, receipt, MIL_TEST_PATIENCE));
  g_ptr_array_add (receipts, receipt);
  claim = mil_test_await_object (mil_session_send_claim (fixture->session, receipts, NULL), &error);
  g_assert_no_error (error);
  assert_letter (fixture->session, mil_claim_get_info (claim)->id, &personal);
  assert_nowhere_below (fixture->folder, number);
  assert_nowhere_below (fixture->folder, "zxmark");
  g_clear_object (&claim);
  g_clear_object (&receipt);
  g_clear_object (&person);
  stop (fixture);
  fixture->is_offline = FALSE;
  start (fixture);
  claim = g_list_model_get_item (mil_session_get_claims (fixture->session), 0);
  g_assert_true (mil_test_wait_until (is_issued, claim, MIL_TEST_PATIENCE));
  assert_nowhere_below (fixture->folder, number);
  assert_nowhere_below (fixture->folder, "zxmark");
}

/* The service without its client. */
static GSubprocess *
serve_alone (Fixture *fixture)
{
  g_autofree char *socket = g_build_filename (fixture->folder, "run", "service.sock", NULL);
  g_autofree char *state = g_build_filename (fixture->folder, "data", "service", NULL);
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  GSubprocess *service = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_getenv ("MILIONE_SERVICE"), "serve", "--socket", socket, "--state", state, NULL);

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (service));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (line, "ready"));
  return service;
}

static gboolean
has_conflict (gpointer data)
{
  return mil_claim_get_info (data)->conflict != NULL;
}

/* While the service does not say what became of a claim, a refusal changes nothing. */
static void
assert_unsettled (Fixture *fixture, const char *id)
{
  g_autoptr (GError) refusal = mil_error_new (MIL_ERROR_CONFLICT, "Another claim has this id.");
  g_autoptr (GError) error = NULL;
  MilClaim *claim = mil_session_find_claim (fixture->session, id);

  mil_test_await (mil_session_settle_refusal (id, "/v1/taxfree/claims", refusal, fixture->session), &error);
  g_assert_nonnull (error);
  g_assert_false (mil_outbox_is_refusal (error));
  g_assert_cmpstr (mil_claim_get_info (claim)->state, ==, "issued");
}

/* Withdrawn on a mountain, while customs at the airport had validated it for a companion: what the service
 * says stands, and what came too late is said beside it. */
static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilReceiptRecord) receipt = NULL;
  g_autoptr (MilWallet) wallet = NULL;
  g_autoptr (GPtrArray) receipts = g_ptr_array_new ();
  g_autoptr (MilClaim) claim = NULL;
  g_autoptr (GSubprocess) service = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  g_assert_true (mil_test_wait_until (mil_test_has_stores, fixture->session, MIL_TEST_PATIENCE));
  wallet = mil_test_first_run (fixture->session);
  mil_test_make_trip (fixture->session, "FR", "CDG");
  receipt = type_receipt (fixture->session);
  g_assert_true (mil_test_wait_until (is_ready, receipt, MIL_TEST_PATIENCE));
  g_ptr_array_add (receipts, receipt);
  claim = mil_test_await_object (mil_session_send_claim (fixture->session, receipts, wallet), &error);
  g_assert_true (mil_test_wait_until (is_issued, claim, MIL_TEST_PATIENCE));
  g_assert_true (mil_test_wait_until (outbox_is_empty, fixture->session, MIL_TEST_PATIENCE));
  id = g_strdup (mil_claim_get_info (claim)->id);
  g_clear_object (&claim);
  g_clear_object (&receipt);
  g_clear_object (&wallet);
  stop (fixture);
  fixture->is_offline = TRUE;
  start (fixture);
  assert_unsettled (fixture, id);
  mil_test_await (mil_session_withdraw_claim (fixture->session, mil_session_find_claim (fixture->session, id)), &error);
  g_assert_no_error (error);
  stop (fixture);
  service = serve_alone (fixture);
  play_customs (fixture, id);
  g_subprocess_send_signal (service, SIGTERM);
  mil_test_await (dex_subprocess_wait_check (service), &error);
  g_assert_no_error (error);
  fixture->is_offline = FALSE;
  start (fixture);
  claim = g_object_ref (mil_session_find_claim (fixture->session, id));
  g_assert_true (mil_test_wait_until (has_conflict, claim, MIL_TEST_PATIENCE));
  g_assert_cmpstr (mil_claim_get_info (claim)->state, ==, "refunded");
  g_assert_true (mil_test_wait_until (outbox_is_empty, fixture->session, MIL_TEST_PATIENCE));
  mil_session_forget_conflict (fixture->session, claim);
  g_assert_null (mil_claim_get_info (claim)->conflict);
}

/* In the order in which it was done: claimed and taken back without a network, both days ago. */
static void
test_outbox_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilReceiptRecord) receipt = NULL;
  g_autoptr (MilWallet) wallet = NULL;
  g_autoptr (GPtrArray) receipts = g_ptr_array_new ();
  g_autoptr (MilClaim) claim = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  g_assert_true (mil_test_wait_until (mil_test_has_stores, fixture->session, MIL_TEST_PATIENCE));
  wallet = mil_test_first_run (fixture->session);
  mil_test_make_trip (fixture->session, "FR", "CDG");
  stop (fixture);
  fixture->is_offline = TRUE;
  start (fixture);
  receipt = type_receipt (fixture->session);
  g_assert_true (mil_test_wait_until (is_ready, receipt, MIL_TEST_PATIENCE));
  g_ptr_array_add (receipts, receipt);
  claim = mil_test_await_object (mil_session_send_claim (fixture->session, receipts, NULL), &error);
  g_assert_no_error (error);
  mil_test_await (mil_session_withdraw_claim (fixture->session, claim), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mil_outbox_get_n_waiting (mil_session_get_outbox (fixture->session)), ==, 2);
  id = g_strdup (mil_claim_get_info (claim)->id);
  g_clear_object (&claim);
  g_clear_object (&receipt);
  stop (fixture);
  fixture->is_offline = FALSE;
  start (fixture);
  claim = g_object_ref (mil_session_find_claim (fixture->session, id));
  g_assert_true (mil_test_wait_until (is_withdrawn, claim, MIL_TEST_PATIENCE));
  g_assert_true (mil_test_wait_until (outbox_is_empty, fixture->session, MIL_TEST_PATIENCE));
  g_assert_null (mil_claim_get_info (claim)->conflict);
}

static gboolean
is_read (gpointer data)
{
  MilReceiptState state = mil_receipt_record_get_state (data);

  return state == MIL_RECEIPT_STATE_READ || state == MIL_RECEIPT_STATE_UNREAD;
}

/* From a file to fields with crops; the picture is kept, and what is no picture is refused with a sentence. */
static void
test_scan (Fixture *fixture, gconstpointer data)
{
  MilSession *session = fixture->session;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "tests", "samples", "receipts", "it-bottega-lume.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) drawing = g_bytes_new_static ("<svg xmlns='http://www.w3.org/2000/svg'/>", 41);
  g_autoptr (MilReceiptRecord) receipt = NULL;
  g_autoptr (MilPixels) pixels = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (mil_test_await (mil_session_add_receipt_bytes (session, nothing), &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_UNREADABLE);
  g_clear_error (&error);
  g_assert_false (mil_test_await (mil_session_add_receipt_bytes (session, drawing), &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_UNREADABLE);
  g_clear_error (&error);
  receipt = mil_test_await_object (mil_session_add_receipt_file (session, file), &error);
  g_assert_no_error (error);
  g_assert_true (mil_test_wait_until (is_read, receipt, MIL_TEST_PATIENCE));
  g_assert_cmpint (mil_receipt_record_get_state (receipt), ==, MIL_RECEIPT_STATE_READ);
  g_assert_cmpstr (mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_CURRENCY), ==, "EUR");
  g_assert_cmpint (mil_receipt_record_get_amount (receipt).minor, >, 0);
  g_assert_cmpint (mil_receipt_record_get_box (receipt, MIL_RECEIPT_PART_TOTAL).width, >, 0);
  pixels = mil_test_await_object (
      mil_picture_cache_fetch (mil_session_get_pictures (session), mil_receipt_record_get_picture (receipt), 64, 64), &error);
  g_assert_no_error (error);
  mil_test_await (mil_session_delete_receipt (session, receipt), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (mil_session_get_receipts (session)), ==, 0);
  mil_test_await (mil_session_restore_receipt (session, receipt), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (mil_session_get_receipts (session)), ==, 1);
}

/* A picture of something else says so, and the person types the receipt in, with the picture beside it. */
static void
test_no_receipt (Fixture *fixture, gconstpointer data)
{
  MilSession *session = fixture->session;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "tests", "samples", "receipts", "no-receipt.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (MilReceiptRecord) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;

  mil_test_make_trip (session, "FR", "CDG");
  receipt = mil_test_await_object (mil_session_add_receipt_file (session, file), &error);
  g_assert_no_error (error);
  g_assert_true (mil_test_wait_until (is_read, receipt, MIL_TEST_PATIENCE));
  g_assert_cmpint (mil_receipt_record_get_state (receipt), ==, MIL_RECEIPT_STATE_UNREAD);
  g_object_get (receipt, "problem", &problem, NULL);
  g_assert_nonnull (strstr (problem, "receipt"));
  g_assert_nonnull (strstr (problem, "type it in"));
  g_assert_nonnull (mil_receipt_record_get_picture (receipt));
  g_assert_cmpint (mil_receipt_record_get_section (receipt), ==, MIL_SECTION_TO_CHECK);
  type_in (session, receipt);
  g_assert_true (mil_test_wait_until (is_ready, receipt, MIL_TEST_PATIENCE));
  g_assert_cmpint (mil_receipt_record_get_amount (receipt).minor, ==, 126000);
}

/* --- the service goes away ----------------------------------------------------------------------- */

static gboolean
is_online (gpointer data)
{
  return mil_session_is_online (data);
}

static gboolean
is_offline (gpointer data)
{
  return !mil_session_is_online (data);
}

/* Killed, the service comes back by itself; what happens at it from then on is told, once, from where it stopped. */
static void
test_service_restart (Fixture *fixture, gconstpointer data)
{
  MilSession *session = fixture->session;
  g_autoptr (MilWallet) wallet = NULL;
  g_autoptr (MilReceiptRecord) receipt = NULL;
  g_autoptr (MilClaim) claim = NULL;
  g_autoptr (GPtrArray) receipts = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  gint64   before = 0, after = 0;
  gpointer pair[2] = { NULL, &before };
  int      service = 0;

  g_assert_true (mil_test_wait_until (mil_test_has_stores, session, MIL_TEST_PATIENCE));
  wallet = mil_test_first_run (session);
  mil_test_make_trip (session, "FR", "CDG");
  receipt = type_receipt (session);
  g_assert_true (mil_test_wait_until (is_ready, receipt, MIL_TEST_PATIENCE));
  g_ptr_array_add (receipts, receipt);
  claim = mil_test_await_object (mil_session_send_claim (session, receipts, wallet), &error);
  g_assert_no_error (error);
  g_assert_true (mil_test_wait_until (is_issued, claim, MIL_TEST_PATIENCE));
  before = balance_of (wallet);
  pair[0] = wallet;
  service = mil_service_process_get_pid (session->process);
  g_assert_cmpint (service, >, 0);
  kill (service, SIGKILL);
  g_assert_true (mil_test_wait_until (is_offline, session, MIL_TEST_PATIENCE));
  g_assert_nonnull (mil_session_get_problem (session));
  g_assert_true (mil_test_wait_until (is_online, session, MIL_TEST_PATIENCE));
  g_assert_cmpint (mil_service_process_get_pid (session->process), !=, service);
  play_customs (fixture, mil_claim_get_info (claim)->id);
  g_assert_true (mil_test_wait_until (is_refunded, claim, MIL_TEST_PATIENCE));
  g_assert_true (mil_test_wait_until (has_arrived, receipt, MIL_TEST_PATIENCE));
  g_assert_true (mil_test_wait_until (is_richer, pair, MIL_TEST_PATIENCE));
  after = balance_of (wallet);
  mil_test_turn_for (500);
  g_assert_cmpint (balance_of (wallet), ==, after);
  g_assert_cmpuint (g_list_model_get_n_items (mil_session_get_claims (session)), ==, 1);
}

/* Stopped at any moment of its start and of what it asks for: it ends, nothing of it is left, and it starts again. */
static void
test_stop_anywhere (Fixture *fixture, gconstpointer data)
{
  guint rounds = g_test_slow () ? 150 : 5;

  g_assert_true (mil_test_wait_until (mil_test_has_stores, fixture->session, MIL_TEST_PATIENCE));
  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr (MilCatalogueQuery) query = NULL;
      gint64 before = 0;

      if (g_test_rand_bit ())
        mil_test_wait_until (is_online, fixture->session, MIL_TEST_PATIENCE);
      query = mil_session_create_query (fixture->session);
      mil_test_turn_for (g_test_rand_int_range (0, g_test_rand_bit () ? 20 : 500));
      if (g_test_rand_bit ())
        g_clear_object (&query);
      before = g_get_monotonic_time ();
      mil_test_await (mil_session_stop (fixture->session), NULL);
      g_assert_cmpint (g_get_monotonic_time () - before, <, 12 * G_USEC_PER_SEC);
      g_clear_object (&query);
      stop (fixture);
      start (fixture);
    }
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/traveller/session/shop", Fixture, NULL, set_up, test_shop, tear_down);
  g_test_add ("/traveller/session/pay", Fixture, NULL, set_up, test_pay, tear_down);
  g_test_add ("/traveller/session/second-start", Fixture, NULL, set_up, test_second_start, tear_down);
  g_test_add ("/traveller/session/claim", Fixture, NULL, set_up, test_claim, tear_down);
  g_test_add ("/traveller/session/late-wallet", Fixture, NULL, set_up, test_late_wallet, tear_down);
  g_test_add ("/traveller/session/offline-claim", Fixture, NULL, set_up, test_offline_claim, tear_down);
  g_test_add ("/traveller/session/secret-number", Fixture, NULL, set_up, test_secret_number, tear_down);
  g_test_add ("/traveller/session/conflict", Fixture, NULL, set_up, test_conflict, tear_down);
  g_test_add ("/traveller/session/outbox-order", Fixture, NULL, set_up, test_outbox_order, tear_down);
  g_test_add ("/traveller/session/scan", Fixture, NULL, set_up, test_scan, tear_down);
  g_test_add ("/traveller/session/no-receipt", Fixture, NULL, set_up, test_no_receipt, tear_down);
  g_test_add ("/traveller/session/service-restart", Fixture, NULL, set_up, test_service_restart, tear_down);
  g_test_add ("/traveller/session/stop-anywhere", Fixture, NULL, set_up, test_stop_anywhere, tear_down);
  return g_test_run ();
}
