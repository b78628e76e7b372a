/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mil-session-test.h"
#include "mil-traveller-test.h"

#include "traveller/mil-exit-plan.h"
#include "traveller/mil-reminders.h"

/* What lies ahead of a trip, by a clock that the test moves; nothing here has a service. */

/* 2026-05-10T08:00:00Z */
#define NOON (G_GINT64_CONSTANT (1778400000) * G_USEC_PER_SEC)
#define DAY_USEC (24 * G_TIME_SPAN_HOUR)

typedef struct
{
  char       *folder;
  MilSecrets *secrets;
  MilClock   *clock;
  MilSession *session;
  MilTrip    *trip;
} Fixture;

static void
start (Fixture *fixture)
{
  g_autofree char *data = g_build_filename (fixture->folder, "data", NULL);
  g_autofree char *cache = g_build_filename (fixture->folder, "cache", NULL);
  g_autofree char *run = g_build_filename (fixture->folder, "run", NULL);
  g_autoptr (GError) error = NULL;

  fixture->session = mil_session_new (&(MilSessionOptions) {
      .data_dir = data,
      .cache_dir = cache,
      .runtime_dir = run,
      .secrets = fixture->secrets,
      .clock = fixture->clock,
      .locale = "en",
      .service_program = "/nonexistent/milione-service",
  });
  mil_test_await (mil_session_start (fixture->session), &error);
  g_assert_no_error (error);
}

static void
stop (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  mil_test_await (mil_session_stop (fixture->session), &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->session);
  mil_test_turn_for (50);
}

static MilPerson *
make_person (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  MilPersonInfo info = {
    .name = (char *) name, .residence = (char *) "CN", .nationality = (char *) "CN", .born = { 1990, 2, 28 }
  };
  MilPerson *person = mil_test_await_object (mil_session_save_person (fixture->session, &info), &error);

  g_assert_no_error (error);
  return person;
}

static void
make_trip (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilPerson) first = make_person (fixture, "Li Wei");
  g_autoptr (MilPerson) second = make_person (fixture, "Li Na");
  g_autoptr (GListStore) travellers = g_list_store_new (MIL_TYPE_PERSON);
  MilTripInfo info = {
    .country = (char *) "FR",
    .from = { 2026, 5, 4 },
    .to = { 2026, 5, 24 },
    .exit_country = (char *) "FR",
    .exit_point = (char *) "CDG",
    .baggage = (char *) "checked",
    .departs = (char *) "14:20",
    .travellers = travellers,
  };

  g_list_store_append (travellers, first);
  g_list_store_append (travellers, second);
  fixture->trip = mil_test_await_object (mil_session_save_trip (fixture->session, &info), &error);
  g_assert_no_error (error);
}

static gboolean
is_assessed (gpointer data)
{
  return mil_receipt_record_get_verdict (data) != NULL;
}

static gboolean
is_ready (gpointer data)
{
  return mil_receipt_record_get_section (data) == MIL_SECTION_READY;
}

static MilReceiptRecord *
type_receipt (Fixture *fixture, const char *total)
{
  g_autoptr (GError) error = NULL;
  MilReceiptRecord *receipt = mil_test_await_object (mil_session_add_receipt_by_hand (fixture->session), &error);

  g_assert_no_error (error);
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_MERCHANT, "Maison Aubrelle");
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_COUNTRY, "FR");
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_DATE, "2026-05-10");
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_CURRENCY, "EUR");
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_TOTAL, total);
  g_assert_true (mil_test_wait_until (is_assessed, receipt, MIL_TEST_PATIENCE));
  return receipt;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = mil_test_folder_new ();
  fixture->secrets = mil_secrets_new_memory ();
  fixture->clock = mil_clock_new_fixed (NOON);
  start (fixture);
  make_trip (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->trip);
  stop (fixture);
  g_clear_object (&fixture->clock);
  g_clear_object (&fixture->secrets);
  mil_test_folder_remove (fixture->folder);
}

static MilWhatIfAnswer *
ask (Fixture *fixture, const MilWhatIf *change)
{
  g_autoptr (GError) error = NULL;
  DexFuture       *future = mil_session_what_if (fixture->session, fixture->trip, change);
  MilWhatIfAnswer *answer = NULL;
  const GValue    *value = NULL;

  mil_test_await (dex_ref (future), &error);
  g_assert_no_error (error);
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  answer = g_value_dup_boxed (value);
  dex_unref (future);
  return answer;
}

/* France: over 100 euros in one shop within three days, for a form of its own. */
static void
test_one_more_item (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilReceiptRecord) receipt = type_receipt (fixture, "90,00");
  g_autoptr (MilWhatIfAnswer) little = NULL;
  g_autoptr (MilWhatIfAnswer) enough = NULL;
  const char *id = mil_receipt_record_get_id (receipt);

  g_assert_cmpint (mil_receipt_record_get_verdict (receipt)->kind, ==, MIL_VERDICT_NOT_ELIGIBLE);
  little = ask (fixture, &(MilWhatIf) { .extra = mil_money (1000, "EUR"), .extra_receipt = id });
  g_assert_cmpint (little->now_high.minor, ==, 0);
  g_assert_cmpint (little->then_high.minor, ==, 0);
  enough = ask (fixture, &(MilWhatIf) { .extra = mil_money (1100, "EUR"), .extra_receipt = id });
  g_assert_cmpint (enough->now_high.minor, ==, 0);
  g_assert_cmpint (enough->then_low.minor, >, 0);
  g_assert_cmpstr (enough->then_low.currency, ==, "EUR");
  g_assert_cmpuint (enough->then->len, ==, 1);
  /* Nothing of it is kept. */
  g_assert_cmpuint (g_list_model_get_n_items (mil_session_get_receipts (fixture->session)), ==, 1);
  g_assert_cmpint (mil_receipt_record_get_verdict (receipt)->kind, ==, MIL_VERDICT_NOT_ELIGIBLE);
}

/* The goods have to leave before the end of the third month after the purchase. */
static void
test_another_day (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilReceiptRecord) receipt = type_receipt (fixture, "1.260,00");
  g_autoptr (MilWhatIfAnswer) answer = NULL;

  g_assert_cmpint (mil_receipt_record_get_verdict (receipt)->kind, ==, MIL_VERDICT_ELIGIBLE);
  answer = ask (fixture, &(MilWhatIf) { .leaves_on = { 2026, 12, 1 } });
  g_assert_cmpint (answer->now_low.minor, >, 0);
  g_assert_cmpint (answer->then_high.minor, ==, 0);
  g_assert_cmpint (mil_date_compare (mil_trip_get_info (fixture->trip)->to, (MilDate) { 2026, 5, 24 }), ==, 0);
}

static void
test_companion (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilReceiptRecord) first = type_receipt (fixture, "60,00");
  g_autoptr (MilReceiptRecord) second = type_receipt (fixture, "60,00");
  g_autoptr (MilPerson) companion = g_list_model_get_item (G_LIST_MODEL (mil_trip_get_info (fixture->trip)->travellers), 1);
  g_autoptr (MilWhatIfAnswer) answer = NULL;

  g_assert_true (mil_test_wait_until (is_ready, first, MIL_TEST_PATIENCE));
  answer = ask (fixture,
                &(MilWhatIf) { .payer_receipt = mil_receipt_record_get_id (second),
                               .payer = mil_person_get_info (companion)->id });
  g_assert_cmpint (answer->now_low.minor, >, 0);
  g_assert_cmpint (answer->then_high.minor, ==, 0);
  g_assert_cmpint (mil_receipt_record_get_section (second), ==, MIL_SECTION_READY);
}

/* By rail over the last border of the Union: the form is stamped there, and may need paper. */
static void
test_another_exit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilReceiptRecord) receipt = type_receipt (fixture, "1.260,00");
  g_autoptr (MilWhatIfAnswer) answer = ask (fixture, &(MilWhatIf) { .exit_country = "DE", .baggage = MIL_BAGGAGE_CARRIED });
  const MilVerdict *verdict = answer->then->pdata[0];
  gboolean          has_paper = FALSE;

  for (guint i = 0; i < verdict->steps->len; i++)
    has_paper |= g_str_equal (((MilStep *) verdict->steps->pdata[i])->code, "paper-stamp");
  g_assert_true (has_paper);
  g_assert_cmpstr (mil_trip_get_info (fixture->trip)->exit_country, ==, "FR");
}

/* A trip that leaves by Germany with a French receipt: France would confirm it without paper. Nothing to say where it leaves now. */
static void
test_other_exits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilReceiptRecord) receipt = type_receipt (fixture, "1.260,00");
  g_autoptr (MilWhatIfAnswer) planned = ask (fixture, &(MilWhatIf) { 0 });
  g_autoptr (MilWhatIfAnswer) answer = ask (fixture, &(MilWhatIf) { .exit_country = "DE", .exit_point = "FRA" });
  const MilExitOffer *offer = NULL;

  g_assert_cmpuint (planned->exits->len, ==, 0);
  g_assert_cmpuint (answer->exits->len, ==, 1);
  offer = answer->exits->pdata[0];
  g_assert_cmpstr (offer->exit->country, ==, "FR");
  g_assert_cmpuint (offer->without_paper, ==, 1);
  g_assert_cmpstr (offer->text, !=, "");
}

static void
test_ticks (Fixture *fixture, gconstpointer data)
{
  g_assert_false (mil_session_is_ticked (fixture->session, fixture->trip, "stamp"));
  mil_session_set_ticked (fixture->session, fixture->trip, "stamp", TRUE);
  mil_session_set_ticked (fixture->session, fixture->trip, "goods-1", TRUE);
  mil_session_set_ticked (fixture->session, fixture->trip, "goods-1", FALSE);
  mil_test_turn_for (50);
  stop (fixture);
  start (fixture);
  g_assert_true (mil_session_is_ticked (fixture->session, fixture->trip, "stamp"));
  g_assert_false (mil_session_is_ticked (fixture->session, fixture->trip, "goods-1"));
  g_assert_false (mil_session_is_ticked (fixture->session, NULL, "stamp"));
}

static void
due_cb (MilReminders *reminders, const MilDueDay *due, int left, GString *heard)
{
  static const char *const kinds[] = { "claim", "customs", "leave", "refund" };

  g_string_append_printf (heard, "%s %d;", kinds[due->kind], left);
}

static void
assert_heard (MilReminders *reminders, GString *heard, const char *expected)
{
  g_string_truncate (heard, 0);
  mil_reminders_check (reminders);
  g_assert_cmpstr (heard->str, ==, expected);
}

/* Each stage once, the most urgent one that has come, also over a restart; what was not chosen is not said. */
static void
test_reminders (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilReceiptRecord) receipt = type_receipt (fixture, "1.260,00");
  g_autoptr (MilReminders) reminders = mil_reminders_new (fixture->session);
  g_autoptr (GString) heard = g_string_new (NULL);

  g_assert_true (mil_test_wait_until (is_ready, receipt, MIL_TEST_PATIENCE));
  g_signal_connect (reminders, "due", G_CALLBACK (due_cb), heard);
  assert_heard (reminders, heard, "");
  mil_clock_advance (fixture->clock, 7 * DAY_USEC); /* the 17th */
  assert_heard (reminders, heard, "leave 7;");
  assert_heard (reminders, heard, "");
  mil_clock_advance (fixture->clock, DAY_USEC);
  assert_heard (reminders, heard, "");
  g_clear_object (&receipt);
  g_clear_object (&reminders);
  stop (fixture);
  start (fixture);
  mil_clock_advance (fixture->clock, 5 * DAY_USEC); /* the 23rd */
  reminders = mil_reminders_new (fixture->session);
  g_signal_connect (reminders, "due", G_CALLBACK (due_cb), heard);
  receipt = g_list_model_get_item (mil_session_get_receipts (fixture->session), 0);
  g_assert_true (mil_test_wait_until (is_ready, receipt, MIL_TEST_PATIENCE));
  assert_heard (reminders, heard, "leave 1;");
  mil_reminders_set_choice (reminders, MIL_REMIND_WEEK | MIL_REMIND_TWO_DAYS);
  mil_clock_advance (fixture->clock, DAY_USEC);
  assert_heard (reminders, heard, "");
  mil_reminders_set_choice (reminders, MIL_REMIND_DAY);
  assert_heard (reminders, heard, "leave 0;");
  mil_clock_advance (fixture->clock, DAY_USEC);
  assert_heard (reminders, heard, "");
}

static void
test_due_days (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) none = mil_session_list_due_days (fixture->session, NULL);
  g_autoptr (MilReceiptRecord) receipt = NULL;
  g_autoptr (GPtrArray) days = NULL;
  const MilDueDay *leave = NULL, *claim = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  receipt = type_receipt (fixture, "1.260,00");
  g_assert_true (mil_test_wait_until (is_ready, receipt, MIL_TEST_PATIENCE));
  days = mil_session_list_due_days (fixture->session, fixture->trip);
  g_assert_cmpuint (days->len, ==, 2);
  leave = days->pdata[0];
  claim = days->pdata[1];
  g_assert_cmpint (leave->kind, ==, MIL_DUE_LEAVE);
  g_assert_cmpint (mil_date_compare (leave->day, (MilDate) { 2026, 5, 24 }), ==, 0);
  g_assert_cmpstr (leave->place, ==, "CDG");
  g_assert_cmpint (claim->kind, ==, MIL_DUE_CLAIM);
  g_assert_cmpstr (claim->receipt_id, ==, mil_receipt_record_get_id (receipt));
  /* BOFiP: before the end of the third month that follows the purchase's. */
  g_assert_cmpint (mil_date_compare (claim->day, (MilDate) { 2026, 8, 31 }), ==, 0);
}

static int
place_of (const MilExitPlan *plan, const char *id)
{
  for (guint i = 0; i < plan->steps->len; i++)
    if (g_str_has_suffix (((MilExitStep *) plan->steps->pdata[i])->id, id))
      return (int) i;
  return -1;
}

/* Customs before bag drop, security after it, the money last; without a network. */
static void
test_exit_plan (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilReceiptRecord) receipt = type_receipt (fixture, "1.260,00");
  g_autoptr (MilExitPlan) plan = NULL;
  MilTripInfo info = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (mil_test_wait_until (is_ready, receipt, MIL_TEST_PATIENCE));
  plan = mil_exit_plan_new (fixture->session, fixture->trip);
  g_assert_cmpint (place_of (plan, "scan-barcode"), >=, 0);
  g_assert_cmpint (place_of (plan, "customs-before-bag-drop"), <, place_of (plan, "step-bag-drop"));
  g_assert_cmpint (place_of (plan, "scan-barcode"), <, place_of (plan, "step-bag-drop"));
  g_assert_cmpint (place_of (plan, "step-bag-drop"), <, place_of (plan, "step-security"));
  g_assert_cmpint (place_of (plan, "step-security"), <, place_of (plan, "collect-refund"));
  g_assert_cmpint (place_of (plan, "get-form"), ==, -1);
  g_assert_cmpuint (plan->goods->len, ==, 1);
  g_assert_cmpuint (plan->unclaimed->len, ==, 1);
  g_assert_cmpuint (plan->claims->len, ==, 0);
  /* 2026-05-24T14:20 in the zone of the test */
  g_assert_cmpint (plan->departs_at, ==, G_GINT64_CONSTANT (1779632400) * G_USEC_PER_SEC);
  info = *mil_trip_get_info (fixture->trip);
  info.baggage = (char *) "carried";
  info.departs = NULL;
  mil_test_await (mil_session_save_trip (fixture->session, &info), &error);
  g_assert_no_error (error);
  g_clear_pointer (&plan, mil_exit_plan_free);
  plan = mil_exit_plan_new (fixture->session, fixture->trip);
  g_assert_cmpint (place_of (plan, "step-bag-drop"), ==, -1);
  g_assert_cmpint (plan->departs_at, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_setenv ("TZ", "UTC", TRUE);
  g_test_add ("/plans/one-more-item", Fixture, NULL, set_up, test_one_more_item, tear_down);
  g_test_add ("/plans/another-day", Fixture, NULL, set_up, test_another_day, tear_down);
  g_test_add ("/plans/another-exit", Fixture, NULL, set_up, test_another_exit, tear_down);
  g_test_add ("/plans/other-exits", Fixture, NULL, set_up, test_other_exits, tear_down);
  g_test_add ("/plans/companion", Fixture, NULL, set_up, test_companion, tear_down);
  g_test_add ("/plans/ticks", Fixture, NULL, set_up, test_ticks, tear_down);
  g_test_add ("/plans/exit-plan", Fixture, NULL, set_up, test_exit_plan, tear_down);
  g_test_add ("/plans/due-days", Fixture, NULL, set_up, test_due_days, tear_down);
  g_test_add ("/plans/reminders", Fixture, NULL, set_up, test_reminders, tear_down);
  return g_test_run ();
}
