/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "app/refunds/mil-airport-page.h"
#include "app/refunds/mil-claim-page.h"
#include "app/refunds/mil-claim-words.h"
#include "app/refunds/mil-code-page.h"
#include "app/refunds/mil-operators-page.h"
#include "app/refunds/mil-packing-page.h"
#include "app/refunds/mil-reminders-dialog.h"
#include "app/refunds/mil-tick-row.h"
#include "app/refunds/mil-time-words.h"
#include "app/refunds/mil-trip-page.h"
#include "app/refunds/mil-verdict-words.h"
#include "app/refunds/mil-what-if-page.h"
#include "app/widgets/mil-code.h"
#include "mil-widget-test.h"
#include "refund/mil-claim-state.h"

/* A session that was never started: its lists are there, and empty. */
static MilSession *
make_session (void)
{
  g_autofree char *home = g_dir_make_tmp ("mil-widgets-XXXXXX", NULL);
  g_autoptr (MilSecrets) secrets = mil_secrets_new_memory ();
  g_autoptr (MilClock) clock = mil_clock_new_fixed (G_GINT64_CONSTANT (1779613200) * G_USEC_PER_SEC);

  return mil_session_new (&(MilSessionOptions) {
      .data_dir = home,
      .cache_dir = home,
      .runtime_dir = home,
      .secrets = secrets,
      .clock = clock,
      .service_address = "unix:/nowhere/there/is/nothing",
      .ephemeral = TRUE,
  });
}

static MilTrip *
make_trip (void)
{
  g_autoptr (GListStore) travellers = g_list_store_new (MIL_TYPE_PERSON);

  return mil_trip_new (&(MilTripInfo) {
      .id = (char *) "t",
      .country = (char *) "IT",
      .from = { 2026, 5, 20 },
      .to = { 2026, 5, 26 },
      .exit_country = (char *) "IT",
      .exit_point = (char *) "FCO",
      .departs = (char *) "14:20",
      .title = (char *) "Italy · 20–26 May",
      .travellers = travellers,
  });
}

static MilClaim *
make_claim (const char *state)
{
  g_autoptr (GListStore) events = g_list_store_new (MIL_TYPE_CLAIM_EVENT);

  return mil_claim_new (&(MilClaimInfo) {
      .id = (char *) "c",
      .number = (char *) "123456789012",
      .state = (char *) state,
      .state_text = (char *) state,
      .scheme = (char *) "IT",
      .shop = (char *) "Bottega & Lume",
      .country = (char *) "IT",
      .total = mil_money (12200, "EUR"),
      .estimate_low = mil_money (1100, "EUR"),
      .estimate_high = mil_money (1550, "EUR"),
      .export_by = { 2026, 5, 30 },
      .events = events,
  });
}

static gboolean
has_text (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
      && strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_text (child, text))
      return TRUE;
  return FALSE;
}

static void
ticked_cb (MilTickRow *row, guint *count)
{
  (*count)++;
}

static void
test_tick_row (void)
{
  g_autoptr (MilSession) session = make_session ();
  g_autoptr (MilTrip) trip = make_trip ();
  GtkWidget *row = mil_tick_row_new (session, trip, "stamp", "Have it <stamped>", NULL);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *again = NULL;
  GtkWindow *window = NULL;
  guint      count = 0;

  gtk_list_box_append (GTK_LIST_BOX (list), row);
  window = mil_widget_test_show (list, 360, 200);
  g_signal_connect (row, "ticked", G_CALLBACK (ticked_cb), &count);
  g_assert_false (mil_tick_row_get_ticked (MIL_TICK_ROW (row)));
  gtk_widget_activate (mil_widget_test_find (row, GTK_TYPE_CHECK_BUTTON));
  g_assert_cmpuint (count, ==, 1);
  g_assert_true (mil_tick_row_get_ticked (MIL_TICK_ROW (row)));
  g_assert_true (mil_session_is_ticked (session, trip, "stamp"));
  again = g_object_ref_sink (mil_tick_row_new (session, trip, "stamp", "Have it stamped", NULL));
  g_assert_true (mil_tick_row_get_ticked (MIL_TICK_ROW (again)));
  g_object_unref (again);
  mil_widget_test_finish (window, row);
}

/* A module is never less than a pixel, and what is no code shows nothing. */
static void
test_code (void)
{
  GtkWidget *code = mil_code_new ();
  GtkWindow *window = mil_widget_test_show (code, 360, 120);
  int        least = 0;

  g_assert_true (mil_code_set (MIL_CODE (code), MIL_SYMBOL_GS1_128, "123456789012"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (code), GTK_ACCESSIBLE_PROPERTY_LABEL, "Bar code 123456789012");
  gtk_widget_measure (code, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, >, 100);
  g_assert_cmpint (least, <, 330);
  g_assert_false (mil_code_set (MIL_CODE (code), MIL_SYMBOL_GS1_128, "ß"));
  g_assert_true (mil_code_set (MIL_CODE (code), MIL_SYMBOL_QR, "123456789012"));
  mil_widget_test_wait (50);
  mil_widget_test_finish (window, code);
}

static void
test_code_page (void)
{
  g_autoptr (MilClaim) claim = make_claim ("issued");
  GtkWidget *page = GTK_WIDGET (mil_code_page_new (claim));
  GtkWindow *window = mil_widget_test_show (page, 360, 640);

  g_assert_true (has_text (page, "Bottega & Lume"));
  g_assert_true (has_text (page,
                           "1234\xe2\x80\x89"
                           "5678\xe2\x80\x89"
                           "9012"));
  mil_widget_test_finish (window, page);
}

static void
check_back (gint64 coming, gint64 arrived, const char *amount_wanted, const char *words_wanted)
{
  g_autofree char *amount = NULL;
  g_autofree char *words = mil_amount_back_text (mil_money (coming, "EUR"), mil_money (arrived, "EUR"), &amount);

  g_assert_cmpstr (amount, ==, amount_wanted);
  g_assert_cmpstr (words, ==, words_wanted);
}

static void
test_amount_back (void)
{
  check_back (0, 0, NULL, NULL);
  check_back (1200, 0, "€12.00", "coming back");
  check_back (1200, 800, "€12.00", "coming back; €8.00 has arrived");
  check_back (0, 800, "€8.00", "has come back");
}

/* Each state says what it means and the way on, in words of its own. */
static void
test_claim_words (void)
{
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (MilClaimState state = 0; state < MIL_CLAIM_N_STATES; state++)
    {
      g_autoptr (MilClaim) claim = make_claim (mil_claim_state_name (state));
      const MilClaimInfo *info = mil_claim_get_info (claim);
      g_autofree char    *end = mil_claim_end_text (info);
      g_autofree char    *now = mil_claim_now_text (info, (MilDate) { 2026, 5, 24 });

      g_assert_false (end != NULL && g_strrstr (end, "(null)") != NULL);
      if (state == MIL_CLAIM_REFUNDED)
        continue;
      g_assert_true (end != NULL || now != NULL);
      g_assert_true (g_hash_table_add (texts, g_strdup (end != NULL ? end : now)));
    }
}

static void
test_claim_countdown (void)
{
  g_autoptr (MilClaim) claim = make_claim ("issued");
  g_autofree char *now = mil_claim_now_text (mil_claim_get_info (claim), (MilDate) { 2026, 5, 24 });
  g_autofree char *over = mil_claim_now_text (mil_claim_get_info (claim), (MilDate) { 2026, 6, 2 });

  g_assert_nonnull (strstr (now, "6 days left"));
  g_assert_nonnull (strstr (over, "had to leave by"));
}

static void
test_claim_pages (void)
{
  static const char *const states[] = {
    "queued", "issued", "awaiting-validation", "partially-validated", "refused", "expired", "void", "guarantee-charged", "disputed", "resolved", "refunded"
  };
  g_autoptr (MilSession) session = make_session ();

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (MilClaim) claim = make_claim (states[i]);
      g_autofree char *end = mil_claim_end_text (mil_claim_get_info (claim));
      GtkWidget       *page = GTK_WIDGET (mil_claim_page_new (session, claim));
      GtkWindow       *window = mil_widget_test_show (page, 360, 700);

      if (end != NULL)
        g_assert_true (has_text (page, end));
      mil_widget_test_finish (window, page);
    }
}

static void
test_operators (void)
{
  g_autoptr (MilVerdict) verdict = mil_verdict_new ();
  GtkWidget *page = NULL;
  GtkWindow *window = NULL;

  /* Nobody is known to refund there: what the verdict knows is shown. */
  verdict->scheme = g_strdup ("AQ");
  verdict->tax = mil_money (2200, "EUR");
  verdict->refund_low = mil_money (1100, "EUR");
  verdict->refund_high = mil_money (2051, "EUR");
  g_ptr_array_add (verdict->offers,
                   mil_offer_new ("Stamp & Co", mil_money (2051, "EUR"), mil_money (2051, "EUR"), "https://example.org/fees"));
  g_ptr_array_add (verdict->offers, mil_offer_new ("Big", mil_money (1100, "EUR"), mil_money (1500, "EUR"), NULL));
  page = GTK_WIDGET (mil_operators_page_new (verdict, mil_money (12200, "EUR"), (MilDate) { 2026, 5, 20 }));
  window = mil_widget_test_show (page, 360, 640);
  for (guint i = 0; i < MIL_WIDGET_TEST_PATIENCE_MS / 10 && !has_text (page, "Stamp & Co"); i++)
    mil_widget_test_wait (10);
  g_assert_true (has_text (page, "Stamp & Co"));
  g_assert_true (has_text (page, "You receive 20.5 %, not 22 %: the operator keeps €1.49."));
  g_assert_true (has_text (page, "example.org"));
  mil_widget_test_finish (window, page);
}

/* By the terms in data/operators: who pays most first, and who says nothing says so. */
static void
test_known_operators (void)
{
  g_autoptr (MilVerdict) verdict = mil_verdict_new ();
  GtkWidget *page = NULL;
  GtkWindow *window = NULL;

  verdict->scheme = g_strdup ("IT");
  verdict->tax = mil_money (2200, "EUR");
  verdict->refund_low = mil_money (1100, "EUR");
  verdict->refund_high = mil_money (2051, "EUR");
  g_ptr_array_add (verdict->offers, mil_offer_new ("Big", mil_money (1100, "EUR"), mil_money (1500, "EUR"), NULL));
  page = GTK_WIDGET (mil_operators_page_new (verdict, mil_money (12200, "EUR"), (MilDate) { 2026, 5, 20 }));
  window = mil_widget_test_show (page, 360, 640);
  for (guint i = 0; i < MIL_WIDGET_TEST_PATIENCE_MS / 10 && !has_text (page, "Stamp"); i++)
    mil_widget_test_wait (10);
  g_assert_true (has_text (page, "Stamp"));
  g_assert_true (has_text (page, "the operator keeps €1.49."));
  g_assert_true (has_text (page, "your card guarantees it"));
  g_assert_false (has_text (page, "Big"));
  mil_widget_test_finish (window, page);
}

static void
test_time_words (void)
{
  g_autofree char         *minutes = mil_time_left_text (59 * G_TIME_SPAN_MINUTE);
  g_autofree char         *hours = mil_time_left_text (155 * G_TIME_SPAN_MINUTE + 59 * G_TIME_SPAN_SECOND);
  g_autofree char         *days = mil_time_left_text (50 * G_TIME_SPAN_HOUR);
  g_autofree char         *over = mil_days_left_text (-1);
  static const char *const good[][2] = {
    { "14:20", "14:20" }, { " 9.05 ", "09:05" }, { "0905", "09:05" },
    { "23h59", "23:59" }, { "7 30", "07:30" },
  };
  static const char *const bad[] = { "", "24:00", "12:60", "noon", "12", "1:2:3" };

  g_assert_cmpstr (minutes, ==, "59 min");
  g_assert_cmpstr (hours, ==, "2 h 35 min");
  g_assert_cmpstr (days, ==, "2 days left");
  g_assert_cmpstr (over, ==, "Over");
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *time = mil_time_parse (good[i][0]);

      g_assert_cmpstr (time, ==, good[i][1]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (mil_time_parse (bad[i]));
}

typedef AdwNavigationPage *(*MakePage) (MilSession *session, MilTrip *trip);

/* Without a receipt each page says so, and is gone when it is closed. */
static void
test_empty (gconstpointer data)
{
  g_autoptr (MilSession) session = make_session ();
  g_autoptr (MilTrip) trip = make_trip ();
  MakePage   make = data;
  GtkWidget *page = GTK_WIDGET (make (session, trip));
  GtkWindow *window = mil_widget_test_show (page, 360, 640);

  g_assert_true (has_text (page, "yet"));
  mil_widget_test_finish (window, page);
}

/* --- other ways out, on a session that keeps a trip and a receipt -------------------------------- */

typedef struct
{
  MilSession *session;
  MilTrip    *trip;
} Started;

static gpointer
wait_for_object (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value;
  gpointer      object;

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  object = G_VALUE_HOLDS_OBJECT (value) ? g_value_dup_object (value) : NULL;
  dex_unref (future);
  return object;
}

static void
type_receipt (MilSession *session, const char *country)
{
  g_autoptr (MilReceiptRecord) receipt = wait_for_object (mil_session_add_receipt_by_hand (session));

  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_MERCHANT, "Maison Aubrelle");
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_COUNTRY, country);
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_DATE, "2026-05-22");
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_CURRENCY, "EUR");
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_TOTAL, "1260,00");
  while (mil_receipt_record_get_verdict (receipt) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_up (Started *self, gconstpointer data)
{
  g_autofree char *home = g_dir_make_tmp ("mil-widgets-XXXXXX", NULL);
  g_autoptr (MilSecrets) secrets = mil_secrets_new_memory ();
  g_autoptr (MilClock) clock = mil_clock_new_fixed (G_GINT64_CONSTANT (1779613200) * G_USEC_PER_SEC);
  g_autoptr (GListStore) travellers = g_list_store_new (MIL_TYPE_PERSON);
  g_autoptr (MilPerson) person = NULL;
  MilTripInfo trip = {
    .country = (char *) "FR",
    .from = { 2026, 5, 4 },
    .to = { 2026, 5, 28 },
    .exit_country = (char *) "DE",
    .exit_point = (char *) "MUC",
    .travellers = travellers,
  };

  self->session = mil_session_new (&(MilSessionOptions) {
      .data_dir = home, .cache_dir = home, .runtime_dir = home, .secrets = secrets, .clock = clock, .service_address = "unix:/nowhere/there/is/nothing" });
  wait_for_object (mil_session_start (self->session));
  person = wait_for_object (mil_session_save_person (
      self->session, &(MilPersonInfo) { .name = (char *) "Li Wei", .residence = (char *) "CN", .born = { 1990, 2, 28 } }));
  g_list_store_append (travellers, person);
  self->trip = wait_for_object (mil_session_save_trip (self->session, &trip));
  type_receipt (self->session, "FR");
  type_receipt (self->session, "DE");
}

static void
tear_down (Started *self, gconstpointer data)
{
  g_clear_object (&self->trip);
  wait_for_object (mil_session_stop (self->session));
  g_clear_object (&self->session);
}

static GtkWidget *
find_way (GtkWidget *widget)
{
  if (ADW_IS_ACTION_ROW (widget)
      && g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), "Leave from"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_way (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The trip leaves by Munich, where a French form needs paper: France is offered and taken, and then Munich by its name. */
static void
test_ways (Started *self, gconstpointer data)
{
  GtkWidget *page = GTK_WIDGET (mil_what_if_page_new (self->session, self->trip));
  GtkWindow *window = mil_widget_test_show (page, 360, 640);
  GtkWidget *row = NULL;

  while (!has_text (page, "Leave from France on 28 May 2026"))
    g_main_context_iteration (NULL, TRUE);
  row = find_way (page);
  g_assert_true (has_text (row, "confirmed electronically instead of on paper"));
  adw_action_row_activate (ADW_ACTION_ROW (row));
  while (!has_text (page, "Leave from Germany (MUC) on 28 May 2026"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (mil_trip_get_info (self->trip)->exit_country, ==, "DE");
  mil_widget_test_finish (window, page);
}

static void
test_reminders (void)
{
  g_autoptr (MilSession) session = make_session ();
  g_autoptr (GSettings) settings = g_settings_new (MIL_APP_ID);
  GtkWidget *bin = adw_bin_new ();
  AdwDialog *dialog = mil_reminders_dialog_new (session);
  GtkWindow *window = mil_widget_test_show (bin, 500, 640);

  adw_dialog_present (dialog, bin);
  mil_widget_test_wait (100);
  g_assert_true (g_settings_get_boolean (settings, "remind-week"));
  adw_switch_row_set_active (ADW_SWITCH_ROW (mil_widget_test_find (GTK_WIDGET (dialog), ADW_TYPE_SWITCH_ROW)), FALSE);
  g_assert_false (g_settings_get_boolean (settings, "remind-week"));
  adw_dialog_force_close (dialog);
  mil_widget_test_finish (window, bin);
}

int
main (int argc, char **argv)
{
  mil_widget_test_init (&argc, &argv);
  g_test_add_func ("/refunds/tick-row", test_tick_row);
  g_test_add_func ("/refunds/code", test_code);
  g_test_add_func ("/refunds/code-page", test_code_page);
  g_test_add_func ("/refunds/claim-words", test_claim_words);
  g_test_add_func ("/refunds/claim-countdown", test_claim_countdown);
  g_test_add_func ("/refunds/claim-pages", test_claim_pages);
  g_test_add_func ("/refunds/amount-back", test_amount_back);
  g_test_add_func ("/refunds/operators", test_operators);
  g_test_add_func ("/refunds/operators-known", test_known_operators);
  g_test_add_func ("/refunds/time-words", test_time_words);
  g_test_add_data_func ("/refunds/empty/trip", mil_trip_page_new, test_empty);
  g_test_add_data_func ("/refunds/empty/airport", mil_airport_page_new, test_empty);
  g_test_add_data_func ("/refunds/empty/packing", mil_packing_page_new, test_empty);
  g_test_add_data_func ("/refunds/empty/what-if", mil_what_if_page_new, test_empty);
  g_test_add ("/refunds/what-if/ways", Started, NULL, set_up, test_ways, tear_down);
  g_test_add_func ("/refunds/reminders", test_reminders);
  return g_test_run ();
}
