/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mil-traveller-test.h"

#include "traveller/mil-local-store.h"
#include "traveller/mil-session-private.h"

#include <string.h>

/* Who travels: what is on the disk, what is in the keyring alone, and what is left of somebody who is deleted. */

#define NUMBER "EK7654321"
#define STREET "Zhongshan Lu 88"

typedef struct
{
  char       *folder;
  MilSecrets *secrets;
  MilSession *session;
} Fixture;

static void
start (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->session = mil_session_new (&(MilSessionOptions) {
      .data_dir = fixture->folder,
      .cache_dir = fixture->folder,
      .runtime_dir = fixture->folder,
      .secrets = fixture->secrets,
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

static void
restart (Fixture *fixture)
{
  stop (fixture);
  start (fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = mil_test_folder_new ();
  fixture->secrets = mil_secrets_new_memory ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  stop (fixture);
  g_clear_object (&fixture->secrets);
  mil_test_folder_remove (fixture->folder);
}

static void
succeed (DexFuture *future)
{
  g_autoptr (GError) error = NULL;

  mil_test_await (future, &error);
  g_assert_no_error (error);
}

static MilPerson *
save (Fixture *fixture, const MilPersonInfo *info)
{
  g_autoptr (GError) error = NULL;
  MilPerson *person = mil_test_await_object (mil_session_save_person (fixture->session, info), &error);

  g_assert_no_error (error);
  return person;
}

static MilPerson *
make_person (Fixture *fixture)
{
  return save (fixture,
               &(MilPersonInfo) {
                   .surname = (char *) "Zhou",
                   .given_names = (char *) "Qinghe",
                   .residence = (char *) "CN",
                   .nationality = (char *) "CN",
                   .born = { 1990, 2, 28 },
                   .document_type = (char *) "passport",
                   .document_country = (char *) "CN",
                   .document_expires = { 2031, 8, 1 },
               });
}

static void
tell (Fixture *fixture, MilPerson *person)
{
  succeed (mil_session_store_personal (fixture->session,
                                       person,
                                       &(MilPersonal) {
                                           .number = (char *) NUMBER,
                                           .street = (char *) STREET,
                                           .postcode = (char *) "200001",
                                           .city = (char *) "Shanghai",
                                       }));
}

static void
make_trip (Fixture *fixture, MilPerson *person)
{
  g_autoptr (GListStore) travellers = g_list_store_new (MIL_TYPE_PERSON);

  g_list_store_append (travellers, person);
  succeed (mil_session_save_trip (fixture->session,
                                  &(MilTripInfo) {
                                      .country = (char *) "FR",
                                      .from = { 2026, 5, 20 },
                                      .to = { 2026, 5, 26 },
                                      .travellers = travellers,
                                  }));
}

static GListModel *
on_the_trip (Fixture *fixture)
{
  return G_LIST_MODEL (mil_trip_get_info (mil_session_get_current_trip (fixture->session))->travellers);
}

static MilPerson *
first (GListModel *list)
{
  g_autoptr (MilPerson) person = g_list_model_get_item (list, 0);

  g_assert_nonnull (person);
  return person;
}

static MilPersonal *
look_up (Fixture *fixture, MilPerson *person)
{
  g_autoptr (DexFuture) future = mil_session_lookup_personal (fixture->session, person);
  g_autoptr (GError) error = NULL;

  mil_test_await (dex_ref (future), &error);
  g_assert_no_error (error);
  return g_value_dup_boxed (dex_future_get_value (future, NULL));
}

static char *
look_up_secret (Fixture *fixture, const char *id)
{
  g_autoptr (DexFuture) future = mil_secrets_lookup (fixture->secrets, "document", id);

  return g_value_dup_string (dex_future_get_value (future, NULL));
}

static gboolean
is_below (const char *folder, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *contents = NULL;
      gsize            length = 0;

      if (g_file_test (path, G_FILE_TEST_IS_DIR) ? is_below (path, text)
                                                 : g_file_get_contents (path, &contents, &length, NULL)
                                                       && memmem (contents, length, text, strlen (text)) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* --- what is kept where ------------------------------------------------------------------------- */

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilPersonal) personal = NULL;
  const MilPersonInfo *info = NULL;

  start (fixture);
  {
    g_autoptr (MilPerson) person = make_person (fixture);
    tell (fixture, person);
    make_trip (fixture, person);
    g_assert_cmpstr (mil_person_get_info (person)->name, ==, "Qinghe Zhou");
  }
  restart (fixture);
  info = mil_person_get_info (first (on_the_trip (fixture)));
  g_assert_cmpstr (info->surname, ==, "Zhou");
  g_assert_cmpstr (info->given_names, ==, "Qinghe");
  g_assert_cmpstr (info->document_last4, ==, "4321");
  g_assert_cmpstr (info->document_country, ==, "CN");
  g_assert_true (info->has_address);
  personal = look_up (fixture, first (mil_session_get_people (fixture->session)));
  g_assert_cmpstr (personal->number, ==, NUMBER);
  g_assert_cmpstr (personal->street, ==, STREET);
  g_assert_cmpstr (personal->postcode, ==, "200001");
  g_assert_true (is_below (fixture->folder, "Qinghe"));
  g_assert_false (is_below (fixture->folder, NUMBER));
  g_assert_false (is_below (fixture->folder, STREET));
}

/* Saving what is on the disk does not touch what is said of the keyring. */
static void
test_saved_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilPerson) person = NULL;
  g_autoptr (MilPerson) same = NULL;
  MilPersonInfo info = { 0 };

  start (fixture);
  person = make_person (fixture);
  tell (fixture, person);
  info = *mil_person_get_info (person);
  info.surname = (char *) "Zhou-Martin";
  info.document_last4 = NULL;
  info.has_address = FALSE;
  same = save (fixture, &info);
  g_assert_true (same == person);
  g_assert_cmpstr (mil_person_get_info (person)->name, ==, "Qinghe Zhou-Martin");
  g_assert_cmpstr (mil_person_get_info (person)->document_last4, ==, "4321");
  g_assert_true (mil_person_get_info (person)->has_address);
  succeed (mil_session_store_personal (fixture->session, person, &(MilPersonal) { .number = (char *) "12" }));
  g_assert_cmpstr (mil_person_get_info (person)->document_last4, ==, "12");
  g_assert_false (mil_person_get_info (person)->has_address);
  succeed (mil_session_store_personal (fixture->session, person, &(MilPersonal) { 0 }));
  g_assert_null (mil_person_get_info (person)->document_last4);
  {
    g_autofree char *secret = look_up_secret (fixture, info.id);
    g_assert_null (secret);
  }
}

/* Earlier versions kept a whole name, and the bare number in the keyring. */
static void
test_old_store (Fixture *fixture, gconstpointer data)
{
  static const char person[]
      = "{\"id\": \"p1\", \"name\": \"Li Wei\", \"residence\": \"CN\", \"nationality\": \"CN\", "
        "\"born\": \"1990-02-28\", \"document_type\": \"passport\", "
        "\"document_last4\": \"4321\", \"document_expires\": \"2031-08-01\"}";
  g_autofree char *path = g_build_filename (fixture->folder, "milione.db", NULL);
  g_autofree char *trip
      = g_strdup_printf ("{\"id\": \"t1\", \"country\": \"FR\", \"from\": \"2026-05-20\", \"to\": "
                         "\"2026-05-26\", \"exit_country\": \"FR\", \"travellers\": [%s]}",
                         person);
  g_autoptr (MilLocalStore) store = NULL;
  g_autoptr (JsonNode) json = mil_test_json (person);
  g_autoptr (JsonNode) trip_json = mil_test_json (trip);
  g_autoptr (MilPersonal) personal = NULL;
  const MilPersonInfo *info = NULL;

  /* The session makes the file; the documents are those of an earlier version. */
  start (fixture);
  stop (fixture);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  store = mil_local_store_new (path);
  succeed (mil_local_store_open (store));
  succeed (mil_local_store_put (store, MIL_KIND_PERSON, "p1", json));
  succeed (mil_local_store_put (store, MIL_KIND_TRIP, "t1", trip_json));
  succeed (mil_local_store_close (store));
  succeed (mil_secrets_store (fixture->secrets, "document", "p1", "passport", NUMBER));
  start (fixture);
  info = mil_person_get_info (first (mil_session_get_people (fixture->session)));
  g_assert_cmpstr (info->name, ==, "Li Wei");
  g_assert_cmpstr (info->surname, ==, "Li Wei");
  g_assert_null (info->given_names);
  g_assert_cmpstr (info->nationality, ==, "CN");
  g_assert_cmpuint (info->born.year, ==, 1990);
  g_assert_cmpstr (info->document_last4, ==, "4321");
  g_assert_cmpuint (info->document_expires.year, ==, 2031);
  personal = look_up (fixture, first (mil_session_get_people (fixture->session)));
  g_assert_cmpstr (personal->number, ==, NUMBER);
  g_assert_false (mil_personal_has_address (personal));
  {
    g_autoptr (MilTrip) same = g_list_model_get_item (mil_session_get_trips (fixture->session), 0);
    info = mil_person_get_info (first (G_LIST_MODEL (mil_trip_get_info (same)->travellers)));
    g_assert_cmpstr (info->surname, ==, "Li Wei");
  }
}

/* --- what the rules and the forms know of a person --------------------------------------------- */

static void
test_rules (Fixture *fixture, gconstpointer data)
{
  const char *status[] = { "moving_out", "crew", "of another version", NULL };
  g_autoptr (MilPerson) person = NULL;
  g_autoptr (GPtrArray) travellers = NULL;
  const MilTraveller *traveller = NULL;

  start (fixture);
  person = save (fixture,
                 &(MilPersonInfo) {
                     .surname = (char *) "Byrne",
                     .residence = (char *) "ES",
                     .region = (char *) "Canarias",
                     .nationality = (char *) "KR",
                     .status = (GStrv) status,
                     .abroad_months = 36,
                 });
  make_trip (fixture, person);
  restart (fixture);
  travellers = mil_session_travellers (fixture->session, mil_session_get_current_trip (fixture->session));
  traveller = travellers->pdata[0];
  g_assert_cmpstr (traveller->region, ==, "Canarias");
  g_assert_cmpstr (traveller->nationality, ==, "KR");
  g_assert_cmpint (traveller->abroad_months, ==, 36);
  g_assert_cmpuint (traveller->flags, ==, MIL_TRAVELLER_MOVING_OUT | MIL_TRAVELLER_CREW);
}

/* A postal code of Northern Ireland says where somebody lives, and no other code of the kingdom does. */
static void
test_northern_ireland (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilPerson) person = NULL;

  start (fixture);
  person = save (fixture, &(MilPersonInfo) { .surname = (char *) "Byrne", .residence = (char *) "GB" });
  succeed (mil_session_store_personal (fixture->session, person, &(MilPersonal) { .postcode = (char *) "B11 2AA" }));
  g_assert_null (mil_person_get_info (person)->region);
  succeed (mil_session_store_personal (fixture->session, person, &(MilPersonal) { .postcode = (char *) "bt7 1nn" }));
  g_assert_cmpstr (mil_person_get_info (person)->region, ==, "NIR");
}

static void
test_missing (void)
{
  MilPersonInfo info = { .name = (char *) "Li Wei", .surname = (char *) "Li Wei", .residence = (char *) "CN" };

  g_assert_cmpuint (mil_person_missing (&info, mil_form_needs ("IT")),
                    ==,
                    MIL_FORM_NEEDS_GIVEN_NAMES | MIL_FORM_NEEDS_NUMBER | MIL_FORM_NEEDS_ISSUER);
  info.given_names = (char *) "";
  info.document_last4 = (char *) "4321";
  info.document_country = (char *) "CN";
  g_assert_cmpuint (mil_person_missing (&info, mil_form_needs ("IT")), ==, MIL_FORM_NEEDS_GIVEN_NAMES);
  info.given_names = (char *) "Wei";
  g_assert_cmpuint (mil_person_missing (&info, mil_form_needs ("IT")), ==, MIL_FORM_NEEDS_NOTHING);
  g_assert_cmpuint (mil_person_missing (&info, mil_form_needs ("FR")),
                    ==,
                    MIL_FORM_NEEDS_BORN | MIL_FORM_NEEDS_NATIONALITY | MIL_FORM_NEEDS_EXPIRY | MIL_FORM_NEEDS_ADDRESS);
  info.has_address = TRUE;
  g_assert_cmpuint (mil_person_missing (&info, mil_form_needs ("GB")), ==, MIL_FORM_NEEDS_NOTHING);
}

/* --- forgetting somebody ------------------------------------------------------------------------ */

static void
save_draft (Fixture *fixture, MilPerson *person)
{
  g_autoptr (GListStore) travellers = g_list_store_new (MIL_TYPE_PERSON);
  g_autoptr (MilTrip) trip = NULL;
  g_autoptr (JsonNode) draft = NULL;

  g_list_store_append (travellers, person);
  trip = mil_trip_new (&(MilTripInfo) { .country = (char *) "JP", .travellers = travellers });
  draft = mil_record_to_json (MIL_RECORD (trip));
  mil_session_save_draft (fixture->session, MIL_DRAFT_TRIP, draft);
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilPersonal) personal = NULL;

  start (fixture);
  {
    g_autoptr (MilPerson) person = make_person (fixture);
    tell (fixture, person);
    make_trip (fixture, person);
    succeed (mil_session_delete_person (fixture->session, person));
    g_assert_cmpuint (g_list_model_get_n_items (mil_session_get_people (fixture->session)), ==, 0);
    g_assert_cmpuint (g_list_model_get_n_items (on_the_trip (fixture)), ==, 0);
    succeed (mil_session_restore_person (fixture->session, person));
    /* The toast that offered it goes away after that. */
    succeed (mil_session_erase_person (fixture->session, person));
  }
  restart (fixture);
  mil_test_turn_for (50);
  g_assert_cmpuint (g_list_model_get_n_items (on_the_trip (fixture)), ==, 1);
  g_assert_cmpstr (mil_person_get_info (first (mil_session_get_people (fixture->session)))->name, ==, "Qinghe Zhou");
  personal = look_up (fixture, first (mil_session_get_people (fixture->session)));
  g_assert_cmpstr (personal->number, ==, NUMBER);
}

/* Nothing is left: not on the disk, not on a trip, not in a trip that is being planned, not in the keyring. */
static void
test_erased (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *secret = NULL;

  start (fixture);
  {
    g_autoptr (MilPerson) person = make_person (fixture);
    id = g_strdup (mil_person_get_info (person)->id);
    tell (fixture, person);
    make_trip (fixture, person);
    save_draft (fixture, person);
    succeed (mil_session_delete_person (fixture->session, person));
    succeed (mil_session_erase_person (fixture->session, person));
  }
  secret = look_up_secret (fixture, id);
  g_assert_null (secret);
  stop (fixture);
  g_assert_false (is_below (fixture->folder, "Qinghe"));
  start (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (mil_session_get_people (fixture->session)), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (on_the_trip (fixture)), ==, 0);
}

typedef struct
{
  Fixture    *fixture;
  const char *id;
} Secret;

static gboolean
is_gone (gpointer data)
{
  Secret          *secret = data;
  g_autofree char *text = look_up_secret (secret->fixture, secret->id);

  return text == NULL;
}

/* Ended before the time to take it back had run out: the next start finishes it. */
static void
test_erased_later (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *secret = NULL;

  start (fixture);
  {
    g_autoptr (MilPerson) person = make_person (fixture);
    id = g_strdup (mil_person_get_info (person)->id);
    tell (fixture, person);
    succeed (mil_session_delete_person (fixture->session, person));
  }
  secret = look_up_secret (fixture, id);
  g_assert_nonnull (secret);
  restart (fixture);
  g_assert_true (mil_test_wait_until (is_gone, &(Secret) { fixture, id }, MIL_TEST_PATIENCE));
}

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/traveller/people/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("kept", test_kept);
  ADD ("saved-again", test_saved_again);
  ADD ("old-store", test_old_store);
  ADD ("rules", test_rules);
  ADD ("northern-ireland", test_northern_ireland);
  ADD ("undo", test_undo);
  ADD ("erased", test_erased);
  ADD ("erased-later", test_erased_later);
#undef ADD
  g_test_add_func ("/traveller/people/missing", test_missing);
  return g_test_run ();
}
