/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mil-traveller-test.h"

#include "traveller/mil-claim-paper.h"
#include "traveller/mil-receipt-record-private.h"

/* A claim becomes a form and a letter; nothing here has a service. */

#define NUMBER "EK1234567"

typedef struct
{
  char       *folder;
  MilSession *session;
  MilClaim   *claim;
} Fixture;

static void
add_person (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  MilPersonInfo info = {
    .surname = (char *) "Li",
    .given_names = (char *) "Wei",
    .residence = (char *) "CN",
    .nationality = (char *) "CN",
    .born = { 1990, 2, 28 },
    .document_type = (char *) "passport",
    .document_country = (char *) "CN",
    .document_expires = { 2031, 8, 1 },
  };
  MilPersonal personal = {
    .number = (char *) NUMBER,
    .street = (char *) "Nanjing Lu 12",
    .postcode = (char *) "200001",
    .city = (char *) "Shanghai",
  };
  g_autoptr (MilPerson) person = mil_test_await_object (mil_session_save_person (fixture->session, &info), &error);
  g_autoptr (MilPerson) same = NULL;

  g_assert_no_error (error);
  same = mil_test_await_object (mil_session_store_personal (fixture->session, person, &personal), &error);
  g_assert_no_error (error);
}

static void
add_line (MilReceiptRecord *receipt, const char *id, const char *title, gint64 cents)
{
  g_autoptr (MilReceiptLineItem) line = mil_receipt_line_item_new (&(MilReceiptLineItemInfo) {
      .id = (char *) id,
      .title = (char *) title,
      .quantity = (char *) "1",
      .amount = mil_money (cents, "EUR"),
      .vat_class = (char *) "A",
  });

  g_list_store_append (G_LIST_STORE (mil_receipt_record_get_lines (receipt)), line);
}

static void
add_receipt (Fixture *fixture, gint64 second_line)
{
  g_autoptr (MilReceiptRecord) receipt = mil_receipt_record_new ("r1", 1);
  g_autoptr (MilReceiptVatItem) vat = mil_receipt_vat_item_new (&(MilReceiptVatItemInfo) {
      .id = (char *) "0", .vat_class = (char *) "A", .rate = (char *) "21", .vat = mil_money (1050, "EUR") });

  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_MERCHANT, "Casa Olmo");
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_VAT_ID, "ESB12345678");
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_COUNTRY, "ES");
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_DATE, "2026-05-20");
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_CURRENCY, "EUR");
  mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_TOTAL, "60.50");
  g_list_store_append (G_LIST_STORE (mil_receipt_record_get_vat (receipt)), vat);
  add_line (receipt, "0", "Abanico\tpintado", 4050);
  add_line (receipt, "1", "Cuenco", second_line);
  g_list_store_append (G_LIST_STORE (mil_session_get_receipts (fixture->session)), receipt);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilSecrets) secrets = mil_secrets_new_memory ();
  g_autoptr (GError) error = NULL;
  static char *receipts[] = { (char *) "r1", NULL };

  fixture->folder = mil_test_folder_new ();
  fixture->session = mil_session_new (&(MilSessionOptions) {
      .data_dir = fixture->folder,
      .cache_dir = fixture->folder,
      .runtime_dir = fixture->folder,
      .secrets = secrets,
      .locale = "zh-CN",
      .service_program = "/nonexistent/milione-service",
  });
  mil_test_await (mil_session_start (fixture->session), &error);
  g_assert_no_error (error);
  fixture->claim = mil_claim_new (&(MilClaimInfo) {
      .id = (char *) "0197",
      .number = (char *) "123456789012",
      .state = (char *) "issued",
      .scheme = (char *) "ES",
      .shop = (char *) "Casa Olmo",
      .country = (char *) "ES",
      .total = mil_money (6050, "EUR"),
      .payout = mil_money (7000, "CNY"),
      .export_by = { 2026, 8, 31 },
      .receipts = receipts,
  });
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->claim);
  mil_test_await (mil_session_stop (fixture->session), NULL);
  g_clear_object (&fixture->session);
  mil_test_turn_for (50);
  mil_test_folder_remove (fixture->folder);
}

static MilClaimPaper *
make (Fixture *fixture, MilClaimPaperKind kind, gboolean tell)
{
  const MilClaimPaperOptions options = { kind, MIL_PAPER_A4, tell, TRUE };
  g_autoptr (DexFuture) future = mil_session_make_paper (fixture->session, fixture->claim, &options);
  g_autoptr (GError) error = NULL;
  MilClaimPaper *paper;

  mil_test_await (dex_ref (future), &error);
  g_assert_no_error (error);
  paper = g_value_dup_boxed (dex_future_get_value (future, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (paper->pdf, NULL), "%PDF-"));
  return paper;
}

static void
test_form (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilClaimPaper) paper = NULL;
  const MilFormPurchase *purchase;
  const MilFormLine     *line;

  add_person (fixture);
  add_receipt (fixture, 2000);
  paper = make (fixture, MIL_CLAIM_PAPER_FORM, TRUE);
  purchase = paper->form->purchases->pdata[0];
  line = purchase->lines->pdata[0];
  g_assert_cmpstr (paper->file_name, ==, "tax-free-form-123456789012.pdf");
  g_assert_cmpstr (mil_pack_texts_language (paper->texts), ==, "es");
  g_assert_cmpstr (mil_pack_texts_language (paper->also), ==, "zh-CN");
  g_assert_cmpstr (paper->form->traveller.surname, ==, "Li");
  g_assert_cmpstr (paper->form->traveller.given_name, ==, "Wei");
  g_assert_cmpstr (paper->form->traveller.address, ==, "Nanjing Lu 12");
  g_assert_cmpstr (paper->form->traveller.postcode, ==, "200001");
  g_assert_cmpstr (paper->form->traveller.city, ==, "Shanghai");
  g_assert_cmpstr (paper->form->traveller.document.type, ==, "passport");
  g_assert_cmpstr (paper->form->traveller.document.country, ==, "CN");
  g_assert_cmpuint (paper->form->traveller.document.expires_on.year, ==, 2031);
  g_assert_cmpstr (paper->form->traveller.document.number, ==, NUMBER);
  g_assert_cmpstr (paper->form->seller.vat_id, ==, "ESB12345678");
  g_assert_cmpint (paper->form->total.minor, ==, 6050);
  g_assert_cmpstr (paper->form->refund.payout.currency, ==, "CNY");
  g_assert_cmpint (purchase->vat.minor, ==, 1050);
  g_assert_cmpuint (purchase->lines->len, ==, 2);
  g_assert_cmpstr (line->description, ==, "Abanico pintado");
  g_assert_true (line->has_vat_rate && line->vat_rate.digits == 21);
}

static void
test_request (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilClaimPaper) paper = NULL;

  add_person (fixture);
  add_receipt (fixture, 2000);
  paper = make (fixture, MIL_CLAIM_PAPER_REQUEST, FALSE);
  g_assert_null (paper->form->traveller.document.number);
  g_assert_null (paper->form->traveller.address);
  g_assert_nonnull (strstr (paper->subject, "Casa Olmo"));
  g_assert_nonnull (strstr (paper->body, "documento electrónico de reembolso"));
  g_assert_nonnull (strstr (paper->body, "Wei Li"));
}

/* Lines that are more than the total were read badly: the sum stays, they do not go on paper. */
static void
test_bad_lines (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilClaimPaper) paper = NULL;
  const MilFormPurchase *purchase;

  add_person (fixture);
  add_receipt (fixture, 2001);
  paper = make (fixture, MIL_CLAIM_PAPER_FORM, TRUE);
  purchase = paper->form->purchases->pdata[0];
  g_assert_cmpuint (purchase->lines->len, ==, 0);
  g_assert_cmpint (purchase->total.minor, ==, 6050);
}

/* A claim of another device has no receipts here. */
static void
test_without_receipts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilClaimPaper) paper = NULL;

  add_person (fixture);
  paper = make (fixture, MIL_CLAIM_PAPER_FORM, TRUE);
  g_assert_cmpint (paper->form->total.minor, ==, 6050);
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  const MilClaimPaperOptions options = { MIL_CLAIM_PAPER_FORM, MIL_PAPER_A4, TRUE, TRUE };
  g_autoptr (GError) error = NULL;

  g_assert_false (mil_test_await (mil_session_make_paper (fixture->session, fixture->claim, &options), &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/claim-paper/form", Fixture, NULL, set_up, test_form, tear_down);
  g_test_add ("/claim-paper/request", Fixture, NULL, set_up, test_request, tear_down);
  g_test_add ("/claim-paper/bad-lines", Fixture, NULL, set_up, test_bad_lines, tear_down);
  g_test_add ("/claim-paper/without-receipts", Fixture, NULL, set_up, test_without_receipts, tear_down);
  g_test_add ("/claim-paper/nobody", Fixture, NULL, set_up, test_nobody, tear_down);
  return g_test_run ();
}
