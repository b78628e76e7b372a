/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "app/refunds/mil-person-dialog.h"
#include "app/refunds/mil-person-row.h"
#include "app/refunds/mil-person-words.h"
#include "app/refunds/mil-trip-dialog.h"
#include "app/scanner/mil-passport-page.h"
#include "app/widgets/mil-country-row.h"
#include "app/widgets/mil-day-row.h"
#include "app/widgets/mil-region-row.h"
#include "mil-widget-test.h"
#include "refund/mil-territories.h"

static const MilDate today = { 2026, 5, 24 };

typedef struct
{
  MilSession *session;
  GtkWidget  *box;
  GtkWindow  *window;
} Fixture;

static void
wait_for_future (DexFuture *future)
{
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  dex_unref (future);
}

static void
set_up (Fixture *fixture, gconstpointer width)
{
  g_autofree char *home = g_dir_make_tmp ("mil-widgets-XXXXXX", NULL);
  g_autoptr (MilSecrets) secrets = mil_secrets_new_memory ();
  g_autoptr (MilClock) clock = mil_clock_new_fixed (G_GINT64_CONSTANT (1779613200) * G_USEC_PER_SEC);

  fixture->session = mil_session_new (&(MilSessionOptions) {
      .data_dir = home,
      .cache_dir = home,
      .runtime_dir = home,
      .secrets = secrets,
      .clock = clock,
      .service_address = "unix:/nowhere/there/is/nothing",
  });
  wait_for_future (mil_session_start (fixture->session));
  fixture->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  fixture->window = mil_widget_test_show (fixture->box, GPOINTER_TO_INT (width), 720);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  mil_widget_test_finish (fixture->window, fixture->box);
  wait_for_future (mil_session_stop (fixture->session));
  g_object_add_weak_pointer (G_OBJECT (fixture->session), (gpointer *) &fixture->session);
  g_object_unref (fixture->session);
  mil_widget_test_wait_until (mil_widget_test_is_gone, &fixture->session);
}

/* --- looking for things ------------------------------------------------------------------------- */

static gboolean
is_row (GtkWidget *widget, const char *title)
{
  return ADW_IS_PREFERENCES_ROW (widget)
         && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static gboolean
is_button (GtkWidget *widget, const char *label)
{
  GtkWidget  *child = GTK_IS_BUTTON (widget) ? gtk_button_get_child (GTK_BUTTON (widget)) : NULL;
  const char *text = child == NULL          ? NULL
                     : GTK_IS_LABEL (child) ? gtk_button_get_label (GTK_BUTTON (widget))
                     : ADW_IS_BUTTON_CONTENT (child) ? adw_button_content_get_label (ADW_BUTTON_CONTENT (child))
                                                     : NULL;

  return text != NULL && strcmp (text, label) == 0;
}

typedef gboolean (*Match) (GtkWidget *widget, const char *text);

static GtkWidget *
find (GtkWidget *widget, Match match, const char *text)
{
  if (match (widget, text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, match, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
row (gpointer widget, const char *title)
{
  GtkWidget *found = find (GTK_WIDGET (widget), is_row, title);

  g_assert_nonnull (found);
  return found;
}

static void
press (gpointer widget, const char *label)
{
  GtkWidget *found = find (GTK_WIDGET (widget), is_button, label);

  g_assert_nonnull (found);
  g_assert_true (gtk_widget_get_sensitive (found));
  g_signal_emit_by_name (found, "clicked");
}

static void
type (gpointer widget, const char *title, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row (widget, title)), text);
}

static const char *
typed (gpointer widget, const char *title)
{
  return gtk_editable_get_text (GTK_EDITABLE (row (widget, title)));
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
      && strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

static void
print_labels (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget))
    g_test_message ("%s", gtk_label_get_label (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    print_labels (child);
}

static void
wait_until_says (gpointer widget, const char *text)
{
  for (guint i = 0; i < MIL_WIDGET_TEST_PATIENCE_MS / 10 && !says (GTK_WIDGET (widget), text); i++)
    mil_widget_test_wait (10);
  if (!says (GTK_WIDGET (widget), text))
    print_labels (GTK_WIDGET (widget));
  if (!says (GTK_WIDGET (widget), text))
    g_error ("it does not say “%s”", text);
}

static MilPerson *
first_person (Fixture *fixture)
{
  g_autoptr (MilPerson) person = g_list_model_get_item (mil_session_get_people (fixture->session), 0);

  return person;
}

static void
wait_for_people (Fixture *fixture, guint n)
{
  for (guint i = 0; i < MIL_WIDGET_TEST_PATIENCE_MS / 10
                    && g_list_model_get_n_items (mil_session_get_people (fixture->session)) != n;
       i++)
    mil_widget_test_wait (10);
  g_assert_cmpuint (g_list_model_get_n_items (mil_session_get_people (fixture->session)), ==, n);
}

static void
make_person (Fixture *fixture)
{
  wait_for_future (mil_session_save_person (fixture->session,
                                            &(MilPersonInfo) {
                                                .surname = (char *) "Lovelace",
                                                .given_names = (char *) "Ada",
                                                .residence = (char *) "US",
                                                .nationality = (char *) "GB",
                                                .abroad_months = 36,
                                                .document_type = (char *) "passport",
                                                .document_country = (char *) "GB",
                                                .document_expires = { 2031, 8, 1 },
                                            }));
  wait_for_future (mil_session_store_personal (fixture->session,
                                               first_person (fixture),
                                               &(MilPersonal) { .number = (char *) "L898902C3",
                                                                .street = (char *) "Main Street 1",
                                                                .city = (char *) "Boston" }));
}

/* --- words -------------------------------------------------------------------------------------- */

static void
test_words (void)
{
  MilPersonInfo info = { .name = (char *) "Ada Lovelace", .surname = (char *) "Lovelace", .residence = (char *) "US" };
  g_autofree char *facts = mil_person_facts_text (&info);
  g_autofree char *missing = mil_person_missing_text (&info, "IT");
  g_autofree char *nowhere = mil_person_missing_text (&info, NULL);

  g_assert_cmpstr (facts, ==, "Lives in United States");
  g_assert_cmpstr (missing, ==, "The tax-free form for Italy still needs: the given names, the passport number, the country that issued the passport.");
  g_assert_null (nowhere);
  info.given_names = (char *) "Ada";
  info.document_type = (char *) "id";
  info.document_country = (char *) "US";
  {
    g_autofree char *one = mil_person_missing_text (&info, "IT");
    g_assert_cmpstr (one, ==, "The tax-free form for Italy needs the number of the identity card.");
  }
  info.document_last4 = (char *) "02C3";
  info.document_expires = (MilDate) { 2026, 5, 24 };
  {
    g_autofree char *enough = mil_person_missing_text (&info, "IT");
    g_autofree char *valid = mil_person_expired_text (&info, today);
    g_autofree char *expired = mil_person_expired_text (&info, (MilDate) { 2026, 5, 25 });
    g_assert_null (enough);
    g_assert_null (valid);
    g_assert_nonnull (strstr (expired, "24 May 2026"));
  }
}

static void
test_day_row (void)
{
  static const struct
  {
    const char *text;
    int         year;
    gboolean    wrong;
  } cases[] = {
    { "", 0, FALSE },
    { "  ", 0, FALSE },
    { "1990-02-28", 1990, FALSE },
    { "1990.2.28", 1990, FALSE },
    { "1990 02 28", 1990, FALSE },
    { "1990/2/8", 1990, FALSE },
    { "1990-02-30", 0, TRUE },
    { "28-02-1990", 0, TRUE },
    { "1990-02", 0, TRUE },
    { "yesterday", 0, TRUE },
    { "1990-02-28-1", 0, TRUE },
  };
  GtkWidget *widget = g_object_ref_sink (mil_day_row_new ());

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (widget), cases[i].text);
      g_assert_cmpint (mil_day_row_get_date (MIL_DAY_ROW (widget)).year, ==, cases[i].year);
      g_assert_cmpint (mil_day_row_is_wrong (MIL_DAY_ROW (widget)), ==, cases[i].wrong);
    }
  mil_day_row_set_date (MIL_DAY_ROW (widget), (MilDate) { 2031, 8, 1 });
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (widget)), ==, "2031-08-01");
  g_assert_finalize_object (widget);
}

/* Each part of a country that can be chosen is one that the refund rules tell apart. */
static void
test_region_row (void)
{
  static const char *const countries[] = { "DE", "ES", "GB", "IT" };
  g_autofree char         *path = g_build_filename (g_getenv ("MILIONE_DATA_DIR"), "territories.json", NULL);
  g_autofree char         *text = NULL;
  gsize                    length = 0;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MilTerritories) territories = NULL;
  GtkWidget *widget = g_object_ref_sink (mil_region_row_new ());

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  bytes = g_bytes_new (text, length);
  territories = mil_territories_new (bytes, NULL);
  g_assert_nonnull (territories);
  for (guint i = 0; i < G_N_ELEMENTS (countries); i++)
    {
      guint n = 0;

      mil_region_row_set_country (MIL_REGION_ROW (widget), countries[i]);
      g_assert_true (gtk_widget_get_visible (widget));
      g_assert_null (mil_region_row_get_region (MIL_REGION_ROW (widget)));
      n = g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (widget)));
      g_assert_cmpuint (n, >=, 2);
      for (guint k = 1; k < n; k++)
        {
          const MilPlace *place = NULL;

          adw_combo_row_set_selected (ADW_COMBO_ROW (widget), k);
          place = mil_territories_find (territories, countries[i], mil_region_row_get_region (MIL_REGION_ROW (widget)), NULL);
          g_assert_nonnull (place);
          g_assert_cmpstr (place->country, ==, countries[i]);
        }
    }
  mil_region_row_set_country (MIL_REGION_ROW (widget), "GB");
  mil_region_row_set_region (MIL_REGION_ROW (widget), "NIR");
  g_assert_cmpstr (mil_region_row_get_region (MIL_REGION_ROW (widget)), ==, "NIR");
  mil_region_row_set_country (MIL_REGION_ROW (widget), "CN");
  g_assert_false (gtk_widget_get_visible (widget));
  g_assert_null (mil_region_row_get_region (MIL_REGION_ROW (widget)));
  g_assert_finalize_object (widget);
}

/* --- a person ----------------------------------------------------------------------------------- */

static void
saved_cb (MilPersonDialog *dialog, MilPerson *person, guint *count)
{
  (*count)++;
}

static void
test_new_person (Fixture *fixture, gconstpointer data)
{
  MilPersonDialog     *dialog = mil_person_dialog_present (fixture->session, NULL, "IT", fixture->box);
  const MilPersonInfo *info = NULL;
  guint                count = 0;

  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  g_signal_connect (dialog, "saved", G_CALLBACK (saved_cb), &count);
  mil_widget_test_wait (100);
  wait_until_says (dialog, "The tax-free form for Italy still needs");
  press (dialog, "_Done");
  wait_until_says (dialog, "Write the surname");
  type (dialog, "Surname", " Lovelace ");
  press (dialog, "_Done");
  wait_until_says (dialog, "Choose the country where this person lives");
  mil_country_row_set_country (MIL_COUNTRY_ROW (row (dialog, "Lives in")), "US");
  type (dialog, "Born on (year-month-day)", "10 December 1815");
  press (dialog, "_Done");
  wait_until_says (dialog, "Write the day of birth");
  type (dialog, "Born on (year-month-day)", "1815-12-10");
  type (dialog, "Given names", "Ada");
  type (dialog, "Number of the document", "l898 902 c3");
  type (dialog, "Street and house", "Main Street 1");
  type (dialog, "City", "Boston");
  press (dialog, "_Done");
  wait_for_people (fixture, 1);
  mil_widget_test_wait_until (mil_widget_test_is_gone, &dialog);
  g_assert_cmpuint (count, ==, 1);
  info = mil_person_get_info (first_person (fixture));
  g_assert_cmpstr (info->name, ==, "Ada Lovelace");
  g_assert_cmpstr (info->document_last4, ==, "02C3");
  g_assert_cmpstr (info->document_type, ==, "passport");
  g_assert_true (info->has_address);
  g_assert_cmpuint (info->born.year, ==, 1815);
}

/* What is shown again is what was kept, the secret part too; what is not touched stays. */
static void
test_known_person (Fixture *fixture, gconstpointer data)
{
  MilPersonDialog     *dialog = NULL;
  const MilPersonInfo *info = NULL;

  make_person (fixture);
  dialog = mil_person_dialog_present (fixture->session, first_person (fixture), "IT", fixture->box);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  for (guint i = 0;
       i < MIL_WIDGET_TEST_PATIENCE_MS / 10 && strcmp (typed (dialog, "Number of the document"), "L898902C3") != 0;
       i++)
    mil_widget_test_wait (10);
  g_assert_cmpstr (typed (dialog, "Street and house"), ==, "Main Street 1");
  g_assert_cmpstr (typed (dialog, "Valid until (year-month-day)"), ==, "2031-08-01");
  g_assert_true (gtk_widget_get_visible (row (dialog, "Years abroad")));
  g_assert_false (says (GTK_WIDGET (dialog), "The tax-free form"));
  type (dialog, "Surname", "King");
  adw_switch_row_set_active (ADW_SWITCH_ROW (row (dialog, "Moves away for good")), TRUE);
  press (dialog, "_Done");
  mil_widget_test_wait_until (mil_widget_test_is_gone, &dialog);
  info = mil_person_get_info (first_person (fixture));
  g_assert_cmpstr (info->name, ==, "Ada King");
  g_assert_cmpstr (info->document_last4, ==, "02C3");
  g_assert_cmpint (info->abroad_months, ==, 36);
  g_assert_cmpuint (mil_person_flags (info), ==, MIL_TRAVELLER_MOVING_OUT);
  wait_for_people (fixture, 1);
}

static gboolean
has_secret (Fixture *fixture, MilPerson *person)
{
  g_autoptr (DexFuture) future = mil_session_lookup_personal (fixture->session, person);

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  return !mil_personal_is_empty (g_value_get_boxed (dex_future_get_value (future, NULL)));
}

/* The toast that offers to take it back has nowhere to be shown here: what is gone is gone. */
static void
test_forget (Fixture *fixture, gconstpointer data)
{
  MilPersonDialog *dialog = NULL;
  g_autoptr (MilPerson) person = NULL;

  make_person (fixture);
  person = g_object_ref (first_person (fixture));
  dialog = mil_person_dialog_present (fixture->session, person, NULL, fixture->box);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  mil_widget_test_wait (100);
  g_signal_emit_by_name (row (dialog, "Forget This Person"), "activated");
  wait_for_people (fixture, 0);
  mil_widget_test_wait_until (mil_widget_test_is_gone, &dialog);
  for (guint i = 0; i < MIL_WIDGET_TEST_PATIENCE_MS / 10 && has_secret (fixture, person); i++)
    mil_widget_test_wait (10);
  g_assert_false (has_secret (fixture, person));
}

static void
test_row (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *widget = NULL;

  make_person (fixture);
  widget = mil_person_row_new (fixture->session, first_person (fixture), MIL_PERSON_BUTTON_REMOVE);
  gtk_list_box_append (GTK_LIST_BOX (list), widget);
  gtk_box_append (GTK_BOX (fixture->box), list);
  mil_widget_test_wait (50);
  g_assert_true (says (widget, "Lives in United States · Passport …02C3"));
  g_assert_false (says (widget, "The tax-free form"));
  mil_person_row_set_country (MIL_PERSON_ROW (widget), "FR");
  g_assert_true (says (widget, "The tax-free form for France needs the day of birth."));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, "Ada Lovelace");
}

/* Somebody new is on the trip as soon as told who it is; taken off, the person is still known. */
static void
test_trip_dialog (Fixture *fixture, gconstpointer data)
{
  MilTripDialog *dialog = mil_trip_dialog_new (fixture->session, NULL);
  GtkWidget     *removed = NULL;

  adw_dialog_present (ADW_DIALOG (dialog), fixture->box);
  mil_widget_test_wait (100);
  g_assert_null (find (GTK_WIDGET (dialog), is_row, "Ada Lovelace"));
  make_person (fixture);
  mil_widget_test_wait (50);
  removed = row (dialog, "Ada Lovelace");
  g_assert_true (says (GTK_WIDGET (dialog), "Stays at home"));
  g_object_add_weak_pointer (G_OBJECT (removed), (gpointer *) &removed);
  g_signal_emit_by_name (removed, "pressed");
  mil_widget_test_wait_until (mil_widget_test_is_gone, &removed);
  g_assert_nonnull (row (dialog, "Ada Lovelace"));
  g_assert_false (says (GTK_WIDGET (dialog), "Stays at home"));
  removed = row (dialog, "Ada Lovelace");
  g_object_add_weak_pointer (G_OBJECT (removed), (gpointer *) &removed);
  g_signal_emit_by_name (removed, "pressed");
  mil_widget_test_wait_until (mil_widget_test_is_gone, &removed);
  g_assert_nonnull (row (dialog, "Ada Lovelace"));
  g_assert_true (says (GTK_WIDGET (dialog), "Stays at home"));
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  adw_dialog_close (ADW_DIALOG (dialog));
  mil_widget_test_wait_until (mil_widget_test_is_gone, &dialog);
}

/* --- a passport --------------------------------------------------------------------------------- */

static void
taken_cb (MilPassportPage *page, const MilMrz *mrz, const char *residence, char **taken)
{
  *taken = g_strdup_printf ("%s %s %s", mrz->surname, mrz->number, residence != NULL ? residence : "–");
}

static void
test_passport (Fixture *fixture, gconstpointer data)
{
  const char *lines[] = { "P<KORVAN<DER<BERG<<WILLEM<<<<<<<<<<<<<<<<<<<", "2003464218KOR8401049F30052577797<<<<<<<<<<80", NULL };
  g_autoptr (MilMrz) mrz = mil_mrz_parse (lines, today);
  MilPassportPage *page = mil_passport_page_new (today, TRUE);
  g_autofree char *taken = NULL;

  gtk_box_append (GTK_BOX (fixture->box), GTK_WIDGET (page));
  g_signal_connect (page, "taken", G_CALLBACK (taken_cb), &taken);
  mil_passport_page_show (page, mrz);
  wait_until_says (page, "Read, and all check digits are right");
  g_assert_true (says (GTK_WIDGET (page), "WILLEM VAN DER BERG"));
  g_assert_true (says (GTK_WIDGET (page), "200346421"));
  g_assert_true (says (GTK_WIDGET (page), "South Korea"));
  g_assert_true (says (GTK_WIDGET (page), "25 May 2030"));
  g_assert_false (says (GTK_WIDGET (page), "It expired"));
  /* Where home is, is asked: nothing is chosen, and nothing goes on without an answer. */
  g_assert_null (mil_country_row_get_country (MIL_COUNTRY_ROW (row (page, "Lives in"))));
  g_assert_false (gtk_widget_get_sensitive (find (GTK_WIDGET (page), is_button, "_Use This")));
  press (page, "🇰🇷  South Korea");
  press (page, "_Use This");
  g_assert_cmpstr (taken, ==, "VAN DER BERG 200346421 KR");
}

/* The specimen of ICAO 9303, with one digit changed: it is said, and so is that it has expired. */
static void
test_wrong_passport (Fixture *fixture, gconstpointer data)
{
  const char *lines[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408123F1204159ZE184226B<<<<<10", NULL };
  g_autoptr (MilMrz) mrz = mil_mrz_parse (lines, today);
  MilPassportPage *page = mil_passport_page_new (today, FALSE);
  g_autofree char *taken = NULL;

  gtk_box_append (GTK_BOX (fixture->box), GTK_WIDGET (page));
  g_signal_connect (page, "taken", G_CALLBACK (taken_cb), &taken);
  mil_passport_page_expect (page, "Anna Maria Eriksson", "Eriksson");
  mil_passport_page_show (page, mrz);
  wait_until_says (page, "A check digit does not fit");
  g_assert_false (says (GTK_WIDGET (page), "another name"));
  mil_passport_page_expect (page, "Ada Lovelace", "Lovelace");
  mil_passport_page_show (page, mrz);
  wait_until_says (page, "This is another name than Ada Lovelace");
  g_assert_true (says (GTK_WIDGET (page), "It expired on 15 April 2012"));
  g_assert_true (says (GTK_WIDGET (page), "UTO"));
  press (page, "_Use This");
  g_assert_cmpstr (taken, ==, "ERIKSSON L898902C3 –");
}

static void
test_passport_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_getenv ("MILIONE_DATA_DIR"), "..", "tests", "samples", "mrz", "td3-3.jpg", NULL);
  g_autofree char *other = g_build_filename (g_getenv ("MILIONE_DATA_DIR"), "territories.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) no_picture = g_file_new_for_path (other);
  MilPassportPage *page = mil_passport_page_new (today, TRUE);

  gtk_box_append (GTK_BOX (fixture->box), GTK_WIDGET (page));
  mil_passport_page_read_file (page, no_picture);
  wait_until_says (page, "A Picture of the Passport");
  mil_passport_page_read_file (page, file);
  wait_until_says (page, "WILLEM VAN DER BERG");
  g_assert_true (says (GTK_WIDGET (page), "all check digits are right"));
}

int
main (int argc, char **argv)
{
  mil_widget_test_init (&argc, &argv);
  g_test_add_func ("/people/words", test_words);
  g_test_add_func ("/people/day-row", test_day_row);
  g_test_add_func ("/people/region-row", test_region_row);
#define ADD(name, test, width)                                                                               \
  g_test_add ("/people/" name, Fixture, GINT_TO_POINTER (width), set_up, test, tear_down)
  ADD ("new", test_new_person, 360);
  ADD ("known", test_known_person, 900);
  ADD ("forget", test_forget, 900);
  ADD ("row", test_row, 360);
  ADD ("trip-dialog", test_trip_dialog, 900);
  ADD ("passport", test_passport, 360);
  ADD ("passport-wrong", test_wrong_passport, 900);
  ADD ("passport-file", test_passport_file, 360);
#undef ADD
  return g_test_run ();
}
