/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-claim-papers.h"
#include "app/refunds/mil-request-dialog.h"
#include "mil-widget-test.h"

static MilSession *
make_session (void)
{
  g_autofree char *home = g_dir_make_tmp ("mil-widgets-XXXXXX", NULL);
  g_autoptr (MilSecrets) secrets = mil_secrets_new_memory ();

  return mil_session_new (&(MilSessionOptions) {
      .data_dir = home,
      .cache_dir = home,
      .runtime_dir = home,
      .secrets = secrets,
      .service_address = "unix:/nowhere/there/is/nothing",
      .ephemeral = TRUE,
  });
}

static guint
count_rows (GtkWidget *widget)
{
  guint n = ADW_IS_BUTTON_ROW (widget) && gtk_widget_get_visible (widget) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);
  return n;
}

/* What has no number can be asked for, but not printed. */
static void
test_papers (gconstpointer number)
{
  g_autoptr (MilSession) session = make_session ();
  g_autoptr (MilClaim) claim = mil_claim_new (&(MilClaimInfo) {
      .id = (char *) "1", .number = (char *) number, .state = (char *) "submitted", .total = mil_money (100, "EUR") });
  GtkWidget *papers = g_object_new (MIL_TYPE_CLAIM_PAPERS, NULL);
  GtkWindow *window = mil_widget_test_show (papers, 400, 300);

  mil_claim_papers_set_claim (MIL_CLAIM_PAPERS (papers), session, claim);
  g_assert_cmpuint (count_rows (papers), ==, number != NULL ? 3 : 1);
  mil_widget_test_finish (window, papers);
}

static GtkWidget *
find_missing (GtkWidget *widget)
{
  if (ADW_IS_ACTION_ROW (widget) && gtk_widget_get_visible (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_missing (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* What the form needs of the person is said beside it, until it is known. */
static void
test_missing (void)
{
  g_autoptr (MilSession) session = make_session ();
  MilPersonInfo info = {
    .id = (char *) "p",
    .name = (char *) "Li Wei",
    .surname = (char *) "Li",
    .given_names = (char *) "Wei",
    .residence = (char *) "CN",
    .document_country = (char *) "CN",
  };
  g_autoptr (MilPerson) person = mil_person_new (&info);
  g_autoptr (MilClaim) claim = mil_claim_new (&(MilClaimInfo) { .id = (char *) "1",
                                                                .number = (char *) "1",
                                                                .state = (char *) "issued",
                                                                .country = (char *) "IT",
                                                                .total = mil_money (100, "EUR") });
  GtkWidget *papers = g_object_new (MIL_TYPE_CLAIM_PAPERS, NULL);
  GtkWindow *window = mil_widget_test_show (papers, 400, 300);

  g_list_store_append (G_LIST_STORE (mil_session_get_people (session)), person);
  mil_claim_papers_set_claim (MIL_CLAIM_PAPERS (papers), session, claim);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (find_missing (papers))),
                   ==,
                   "The tax-free form for Italy needs the passport number.");
  info.document_last4 = (char *) "1234";
  mil_record_set_value (MIL_RECORD (person), &info);
  g_object_notify (G_OBJECT (session), "current-trip");
  g_assert_null (find_missing (papers));
  mil_widget_test_finish (window, papers);
}

/* The number of the passport is told only by who switches that on. */
static void
test_dialog (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWindow *window = mil_widget_test_show (box, 400, 600);
  g_autoptr (MilRequestDialog) dialog = g_object_ref_sink (mil_request_dialog_new ("Bottega Lume"));

  adw_dialog_present (ADW_DIALOG (dialog), box);
  g_assert_false (mil_request_dialog_get_tell_document (dialog));
  g_assert_true (mil_request_dialog_get_pictures (dialog));
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)), "Bottega Lume"));
  g_assert_true (adw_alert_dialog_has_response (ADW_ALERT_DIALOG (dialog), "mail"));
  adw_dialog_force_close (ADW_DIALOG (dialog));
  mil_widget_test_iterate ();
  mil_widget_test_finish (window, box);
}

int
main (int argc, char **argv)
{
  mil_widget_test_init (&argc, &argv);

  g_test_add_data_func ("/papers/issued", "123456789012", test_papers);
  g_test_add_data_func ("/papers/not-issued", NULL, test_papers);
  g_test_add_func ("/papers/dialog", test_dialog);
  g_test_add_func ("/papers/missing", test_missing);
  return g_test_run ();
}
