/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/mil-error.h"
#include "base/mil-json.h"
#include "refund/mil-form-symbol.h"
#include "refund/mil-pdf.h"
#include "refund/mil-tax-free-form.h"

static JsonNode *
load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "tests", "unit", "refund", "forms", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *node;
  gsize     size;

  g_file_get_contents (path, &text, &size, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (g_steal_pointer (&text), size);
  node = mil_json_parse (bytes, 1 << 20, &error);
  g_assert_no_error (error);
  return node;
}

static MilTaxFreeForm *
read_form (const char *name)
{
  g_autoptr (JsonNode) node = load (name);
  g_autoptr (GError) error = NULL;
  MilTaxFreeForm *form = mil_tax_free_form_new (node, &error);

  g_assert_no_error (error);
  return form;
}

static void
test_every_field (void)
{
  g_autoptr (MilTaxFreeForm) form = read_form ("full.json");
  const MilFormPurchase *purchase = form->purchases->pdata[0];
  const MilFormLine     *line = purchase->lines->pdata[1];

  g_assert_cmpstr (form->number, ==, "123456789012");
  g_assert_cmpstr (form->traveller.document.number, ==, "AB1234567");
  g_assert_cmpint (form->traveller.leaves_on.day, ==, 24);
  g_assert_cmpstr (form->seller.vat_id, ==, "FR12345678901");
  g_assert_cmpstr (purchase->paid_by[1], ==, "cash");
  g_assert_cmpstr (line->serial, ==, "SN 99-1204");
  g_assert_cmpint (line->quantity, ==, 2);
  g_assert_cmpint (form->total.minor, ==, 13550);
  g_assert_cmpstr (form->refund.payout.currency, ==, "BRL");
  g_assert_cmpint (form->refund.payout.minor, ==, 9720);
  g_assert_true (form->customs.physical_check);
  g_assert_cmpuint (form->codes->len, ==, 1);
}

/* What is written is what was read: nothing is lost, nothing is added. */
static void
test_written_again (gconstpointer name)
{
  g_autoptr (JsonNode) node = load (name), written = NULL;
  g_autoptr (MilTaxFreeForm) form = read_form (name);
  g_autofree char *before = NULL, *after = NULL;

  written = mil_tax_free_form_to_json (form);
  before = mil_json_canonical (node);
  after = mil_json_canonical (written);
  g_assert_cmpstr (before, ==, after);
}

/* 20 % of 130.00: one line says 20.00, the other is worked out (10.00 × 20 ÷ 120 = 1.67); 5.5 % of 5.50: 0.29. */
static void
test_tax_by_rate (void)
{
  g_autoptr (MilTaxFreeForm) form = read_form ("full.json");
  g_autoptr (GArray) rates = mil_tax_free_form_vat (form);
  const MilFormVat *first = &g_array_index (rates, MilFormVat, 0), *second = &g_array_index (rates, MilFormVat, 1);

  g_assert_cmpuint (rates->len, ==, 2);
  g_assert_cmpint (first->gross.minor, ==, 13000);
  g_assert_cmpint (first->vat.minor, ==, 2167);
  g_assert_cmpint (second->rate.digits, ==, 55);
  g_assert_cmpint (second->vat.minor, ==, 29);
}

static void
assert_refused (const char *text, const char *message)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (JsonNode) node = mil_json_parse (bytes, 1 << 20, NULL);
  g_autoptr (MilTaxFreeForm) form = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (node);
  form = mil_tax_free_form_new (node, &error);
  g_assert_null (form);
  g_assert_error (error, MIL_ERROR, MIL_ERROR_INVALID);
  if (strstr (error->message, message) == NULL)
    g_test_message ("“%s” has no “%s”", error->message, message);
  g_assert_nonnull (strstr (error->message, message));
}

#define HEAD                                                                                                 \
  "\"country\": \"FR\", \"currency\": \"EUR\", \"traveller\": {\"surname\": \"A\"}, \"seller\": {\"name\": " \
  "\"B\"}"
#define ONE "\"date\": \"2026-05-22\", \"total\": \"10.00\""

static void
test_refused (void)
{
  assert_refused ("[]", "expected an object");
  assert_refused ("{" HEAD ", \"purchases\": [{" ONE "}]}", "number: is missing");
  assert_refused ("{\"number\": \"1\", " HEAD ", \"purchases\": []}", "at least one purchase");
  assert_refused ("{\"number\": \"1\", " HEAD ", \"purchases\": [{" ONE ", \"totl\": \"1.00\"}]}",
                  "purchases[0].totl: is not a part");
  assert_refused ("{\"number\": \"数\", " HEAD ", \"purchases\": [{" ONE "}]}", "number: cannot be a bar code");
  assert_refused ("{\"number\": \"1\", " HEAD
                  ", \"purchases\": [{\"date\": \"2026-02-30\", \"total\": \"1\"}]}",
                  "purchases[0].date");
  assert_refused ("{\"number\": \"1\", " HEAD
                  ", \"purchases\": [{\"date\": \"2026-05-22\", \"total\": \"-1.00\"}]}",
                  "purchases[0].total: is less than nothing");
  assert_refused ("{\"number\": \"1\", " HEAD ", \"purchases\": [{" ONE
                  ", \"lines\": [{\"description\": \"x\", "
                  "\"total\": \"10.01\"}]}]}",
                  "purchases[0].lines: are more together");
  assert_refused ("{\"number\": \"1\", " HEAD ", \"note\": \"a\\u202eb\", \"purchases\": [{" ONE "}]}", "note: has characters");
  assert_refused ("{\"number\": \"1\", " HEAD ", \"purchases\": [{\"date\": \"2026-05-22\", \"total\": "
                  "\"92233720368547758.07\"}, {" ONE "}]}",
                  "purchases[1].total: is more than can be counted");
  assert_refused ("{\"number\": \"1\", " HEAD ", \"purchases\": [{" ONE
                  "}], \"customs\": {\"decision\": \"maybe\"}}",
                  "customs.decision: is none of the words");
}

static void
test_symbols (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilFormSymbol) bar = mil_form_symbol_new (MIL_SYMBOL_GS1_128, "123456789012", &error);
  g_autoptr (MilFormSymbol) qr = mil_form_symbol_new (MIL_SYMBOL_QR, "123456789012", &error);
  g_autoptr (MilFormSymbol) none = NULL;

  g_assert_no_error (error);
  /* Start, FNC1, 91 and six pairs of digits and the check character of 11 modules each, and a stop of 13. */
  g_assert_cmpint (bar->columns, ==, 11 * 10 + 13);
  g_assert_cmpint (bar->rows, ==, 1);
  g_assert_cmpstr (bar->text, ==, "(91) 123456789012");
  g_assert_cmpint (qr->columns, ==, 21);
  g_assert_cmpint (qr->rows, ==, 21);
  none = mil_form_symbol_new (MIL_SYMBOL_GS1_128, "12]34", &error);
  g_assert_null (none);
  g_assert_error (error, MIL_ERROR, MIL_ERROR_INVALID);
}

/* The least that has a classic cross-reference table: a catalog and what describes the document. */
static char *
small_pdf (const char *catalog)
{
  GString *text = g_string_new ("%PDF-1.4\n");
  gsize    root = text->len, info, xref;

  g_string_append_printf (text, "1 0 obj\n<< /Type /Catalog %s >>\nendobj\n", catalog);
  info = text->len;
  g_string_append (text, "2 0 obj\n<< /Title (x) >>\nendobj\n");
  xref = text->len;
  g_string_append_printf (text, "xref\n0 3\n0000000000 65535 f \n%010zu 00000 n \n%010zu 00000 n \n", root, info);
  g_string_append_printf (text, "trailer\n<< /Size 3 /Root 1 0 R /Info 2 0 R >>\nstartxref\n%zu\n%%%%EOF\n", xref);
  return g_string_free_and_steal (text);
}

static GBytes *
update (const char *pdf, gsize size, const char *name, GError **error)
{
  g_autoptr (GBytes) before = g_bytes_new (pdf, size), json = g_bytes_new_static ("{\"a\":1}", 7);
  const MilPdfInfo info = { .language = "fr",
                            .created = 1779451200000000,
                            .attachment_name = name,
                            .attachment_type = "application/json",
                            .attachment = json };

  return mil_pdf_update (before, &info, error);
}

/* ISO 32000-1, 7.5.6: an update leaves what was there as it was and its table says where the new objects are. */
static void
test_pdf_update (void)
{
  g_autofree char *pdf = small_pdf ("/Pages 9 0 R"), *where = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) after = update (pdf, strlen (pdf), "claim.json", &error);
  const char *text, *file;

  g_assert_no_error (error);
  text = g_bytes_get_data (after, NULL);
  g_assert_true (g_bytes_get_size (after) > strlen (pdf) && memcmp (text, pdf, strlen (pdf)) == 0);
  file = strstr (text, "3 0 obj\n<< /Type /EmbeddedFile /Subtype /application#2Fjson /Length 7\n");
  g_assert_nonnull (file);
  g_assert_nonnull (strstr (file, "stream\n{\"a\":1}\nendstream"));
  where = g_strdup_printf ("\n3 2\n%010zu 00000 n \n", (gsize) (file - text));
  g_assert_nonnull (strstr (file, where));
  g_assert_nonnull (strstr (file, "/Names [ (claim.json) 4 0 R ]"));
  g_assert_nonnull (strstr (file, "/Pages 9 0 R"));
  g_assert_nonnull (strstr (file, "/ModDate (D:20260522120000Z)"));
}

static void
test_pdf_refused (void)
{
  g_autofree char *pdf = small_pdf (""), *named = small_pdf ("/Names << >>");
  const gsize      size = strlen (pdf);
  GError          *error = NULL;

  g_assert_null (update (pdf, size, "claim.json) /Evil (", &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (update (named, strlen (named), "claim.json", &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  for (gsize cut = 0; cut + 12 < size; cut++)
    {
      g_assert_null (update (pdf, cut, "claim.json", &error));
      g_assert_error (error, MIL_ERROR, MIL_ERROR_UNSUPPORTED);
      g_clear_error (&error);
    }
}

static void
test_without_number (void)
{
  g_autoptr (MilTaxFreeForm) form = read_form ("full.json"), told = mil_tax_free_form_without_document_number (form);

  g_assert_null (told->traveller.document.number);
  g_assert_cmpstr (told->traveller.document.type, ==, "passport");
  g_assert_cmpstr (form->traveller.document.number, ==, "AB1234567");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form/every-field", test_every_field);
  g_test_add_data_func ("/form/written-again/full", "full.json", test_written_again);
  g_test_add_data_func ("/form/written-again/small", "small.json", test_written_again);
  g_test_add_func ("/form/tax-by-rate", test_tax_by_rate);
  g_test_add_func ("/form/refused", test_refused);
  g_test_add_func ("/form/symbols", test_symbols);
  g_test_add_func ("/form/without-number", test_without_number);
  g_test_add_func ("/form/pdf/update", test_pdf_update);
  g_test_add_func ("/form/pdf/refused", test_pdf_refused);
  return g_test_run ();
}
