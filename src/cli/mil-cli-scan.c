/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/mil-cli-scan.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#include "base/mil-currency.h"
#include "scan/mil-picture-file.h"
#include "scan/mil-scanner.h"

#define STATUS_OK 0
#define STATUS_SOME 1
#define STATUS_USAGE 2

typedef struct
{
  gboolean       json;
  MilScanOptions options;
  char         **files;
  MilScanner    *scanner;
  GMainLoop     *loop;
  int            status;
} Run;

/* A file's name may be in any charset, but JSON is in UTF-8. */
static void
add_string (JsonBuilder *json, const char *name, const char *value)
{
  g_autofree char *valid = value ? g_utf8_make_valid (value, -1) : NULL;
  json_builder_set_member_name (json, name);
  if (value != NULL && *value != '\0')
    json_builder_add_string_value (json, valid);
  else
    json_builder_add_null_value (json);
}

static void
add_decimal (JsonBuilder *json, const char *name, gboolean known, MilDecimal value)
{
  g_autofree char *text = known ? mil_decimal_to_string (value) : NULL;
  add_string (json, name, text);
}

static void
add_date (JsonBuilder *json, const char *name, MilDate date)
{
  g_autofree char *text = mil_date_is_set (date) ? mil_date_to_string (date) : NULL;
  add_string (json, name, text);
}

static void
add_money (JsonBuilder *json, const char *name, MilMoney money)
{
  g_autofree char *text = mil_money_is_set (money) ? mil_money_to_decimal (money) : NULL;
  add_string (json, name, text);
}

static void
add_ints (JsonBuilder *json, const int *values, guint n)
{
  json_builder_begin_array (json);
  for (guint i = 0; i < n; i++)
    json_builder_add_int_value (json, values[i]);
  json_builder_end_array (json);
}

static void
add_box (JsonBuilder *json, MilBox box)
{
  json_builder_set_member_name (json, "box");
  if (box.width > 0)
    add_ints (json, (int[]) { box.x, box.y, box.width, box.height }, 4);
  else
    json_builder_add_null_value (json);
}

static void
add_corners (JsonBuilder *json, const MilQuad *quad)
{
  json_builder_set_member_name (json, "corners");
  json_builder_begin_array (json);
  for (guint i = 0; i < 4; i++)
    add_ints (json, (int[]) { quad->corners[i].x, quad->corners[i].y }, 2);
  json_builder_end_array (json);
}

static void
add_lines (JsonBuilder *json, GPtrArray *lines)
{
  json_builder_set_member_name (json, "lines");
  json_builder_begin_array (json);
  for (guint i = 0; i < lines->len; i++)
    {
      const MilReceiptLine *line = g_ptr_array_index (lines, i);
      json_builder_begin_object (json);
      add_string (json, "description", line->description);
      add_decimal (json, "quantity", line->quantity.digits != 0, line->quantity);
      add_decimal (json, "price", line->has_price, line->price);
      add_decimal (json, "amount", TRUE, line->amount);
      add_string (json, "vat_class", line->vat_class);
      add_box (json, line->box);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_vat (JsonBuilder *json, GPtrArray *rows)
{
  json_builder_set_member_name (json, "vat");
  json_builder_begin_array (json);
  for (guint i = 0; i < rows->len; i++)
    {
      const MilReceiptVat *row = g_ptr_array_index (rows, i);
      json_builder_begin_object (json);
      add_string (json, "class", row->vat_class);
      add_decimal (json, "rate", TRUE, row->rate);
      add_decimal (json, "net", TRUE, row->net);
      add_decimal (json, "vat", TRUE, row->vat);
      add_decimal (json, "gross", TRUE, row->gross);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_fiscal (JsonBuilder *json, const MilFiscal *fiscal)
{
  json_builder_set_member_name (json, "fiscal");
  if (fiscal == NULL)
    {
      json_builder_add_null_value (json);
      return;
    }
  json_builder_begin_object (json);
  add_string (json, "scheme", fiscal->scheme);
  add_string (json, "country", fiscal->country);
  add_string (json, "seller", fiscal->seller);
  add_string (json, "seller_id", fiscal->seller_id);
  add_string (json, "document", fiscal->document);
  add_date (json, "date", fiscal->date);
  add_string (json, "time", fiscal->time);
  add_money (json, "total", fiscal->total);
  add_string (json, "currency", fiscal->total.currency);
  add_money (json, "vat", fiscal->vat);
  json_builder_set_member_name (json, "checked");
  json_builder_add_boolean_value (json, fiscal->checked);
  json_builder_end_object (json);
}

static void
add_evidence (JsonBuilder *json, const MilReceipt *receipt)
{
  json_builder_set_member_name (json, "evidence");
  json_builder_begin_object (json);
  for (guint i = 0; i < MIL_RECEIPT_N_FIELDS; i++)
    {
      if (!mil_receipt_has (receipt, i))
        continue;
      json_builder_set_member_name (json, mil_receipt_field_name (i));
      json_builder_begin_object (json);
      json_builder_set_member_name (json, "confidence");
      json_builder_add_int_value (json, receipt->evidence[i].confidence);
      add_box (json, receipt->evidence[i].box);
      json_builder_set_member_name (json, "agreements");
      json_builder_begin_array (json);
      g_auto (GStrv) names = mil_agreements_to_strv (receipt->evidence[i].agreements);
      for (guint k = 0; names[k] != NULL; k++)
        json_builder_add_string_value (json, names[k]);
      json_builder_end_array (json);
      json_builder_end_object (json);
    }
  json_builder_end_object (json);
}

static void
add_receipt (JsonBuilder *json, const MilReceipt *receipt)
{
  static const MilReceiptField amounts[] = {
    MIL_RECEIPT_TOTAL, MIL_RECEIPT_SUBTOTAL, MIL_RECEIPT_PAID, MIL_RECEIPT_CHANGE, MIL_RECEIPT_ROUNDING
  };

  if (receipt == NULL)
    {
      json_builder_add_null_value (json);
      return;
    }
  json_builder_begin_object (json);
  add_string (json, "merchant", receipt->merchant);
  add_string (json, "address", receipt->address);
  add_string (json, "vat_number", receipt->vat_number);
  add_string (json, "country", receipt->country);
  add_string (json, "language", receipt->language);
  add_date (json, "date", receipt->date);
  add_string (json, "time", receipt->time);
  add_string (json, "currency", receipt->currency);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    add_decimal (json, mil_receipt_field_name (amounts[i]), mil_receipt_has (receipt, amounts[i]), receipt->amounts[amounts[i]]);
  add_lines (json, receipt->lines);
  add_vat (json, receipt->vat);
  add_fiscal (json, receipt->fiscal);
  add_evidence (json, receipt);
  add_string (json, "text", receipt->text);
  json_builder_end_object (json);
}

static void
add_more (JsonBuilder *json, GPtrArray *more)
{
  json_builder_set_member_name (json, "more");
  json_builder_begin_array (json);
  for (guint i = 0; more != NULL && i < more->len; i++)
    add_receipt (json, g_ptr_array_index (more, i));
  json_builder_end_array (json);
}

static void
add_symbols (JsonBuilder *json, GPtrArray *symbols)
{
  json_builder_set_member_name (json, "codes");
  json_builder_begin_array (json);
  for (guint i = 0; symbols != NULL && i < symbols->len; i++)
    {
      const MilSymbol *symbol = g_ptr_array_index (symbols, i);
      json_builder_begin_object (json);
      add_string (json, "format", symbol->format);
      json_builder_set_member_name (json, "text");
      json_builder_add_string_value (json, symbol->text);
      add_corners (json, &symbol->quad);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_mrz (JsonBuilder *json, const MilMrz *mrz)
{
  json_builder_set_member_name (json, "mrz");
  if (mrz == NULL)
    {
      json_builder_add_null_value (json);
      return;
    }
  char sex[] = { mrz->sex, '\0' };
  json_builder_begin_object (json);
  add_string (json, "type", mil_mrz_type_name (mrz->type));
  json_builder_set_member_name (json, "lines");
  json_builder_begin_array (json);
  for (guint i = 0; mrz->lines[i] != NULL; i++)
    json_builder_add_string_value (json, mrz->lines[i]);
  json_builder_end_array (json);
  json_builder_set_member_name (json, "valid");
  json_builder_add_boolean_value (json, mrz->valid);
  json_builder_set_member_name (json, "fields");
  json_builder_begin_object (json);
  add_string (json, "document_code", mrz->document_code);
  add_string (json, "issuer", mrz->issuer);
  add_string (json, "surname", mrz->surname);
  add_string (json, "given_names", mrz->given_names);
  add_string (json, "number", mrz->number);
  add_string (json, "nationality", mrz->nationality);
  add_date (json, "birth", mrz->birth);
  add_string (json, "sex", sex);
  add_date (json, "expiry", mrz->expiry);
  add_string (json, "optional", mrz->optional);
  json_builder_end_object (json);
  json_builder_end_object (json);
}

static void
add_times (JsonBuilder *json, const MilScanResult *result, int ms_load)
{
  const struct
  {
    const char *name;
    int         ms;
  } stages[] = { { "load", ms_load + (result ? result->ms_load : 0) },
                 { "codes", result ? result->ms_codes : 0 },
                 { "page", result ? result->ms_page : 0 },
                 { "ocr", result ? result->ms_ocr : 0 },
                 { "fields", result ? result->ms_fields : 0 } };
  json_builder_set_member_name (json, "ms");
  json_builder_begin_object (json);
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      json_builder_set_member_name (json, stages[i].name);
      json_builder_add_int_value (json, stages[i].ms);
    }
  json_builder_end_object (json);
}

static void
print_json (const char *file, const MilScanResult *result, int ms_load, const GError *error)
{
  g_autoptr (JsonBuilder) json = json_builder_new_immutable ();
  json_builder_begin_object (json);
  add_string (json, "file", file);
  add_string (json, "kind", result && result->kind != MIL_SCAN_AUTO ? mil_scan_kind_name (result->kind) : NULL);
  json_builder_set_member_name (json, "receipt");
  add_receipt (json, result ? result->receipt : NULL);
  add_more (json, result ? result->more : NULL);
  add_symbols (json, result ? result->symbols : NULL);
  add_mrz (json, result ? result->mrz : NULL);
  add_times (json, result, ms_load);
  add_string (json, "error", error ? error->message : NULL);
  json_builder_end_object (json);

  g_autoptr (JsonNode) root = json_builder_get_root (json);
  g_autofree char *text = json_to_string (root, FALSE);
  puts (text);
  fflush (stdout);
}

static void
print_receipt (const MilReceipt *receipt)
{
  g_autofree char *date = mil_date_is_set (receipt->date) ? mil_date_to_string (receipt->date) : g_strdup ("–");
  g_autofree char *total = mil_receipt_has (receipt, MIL_RECEIPT_TOTAL)
                               ? mil_decimal_to_string (receipt->amounts[MIL_RECEIPT_TOTAL])
                               : g_strdup ("–");
  printf ("  %s, %s, %s %s\n", receipt->merchant ? receipt->merchant : "–", date, total, receipt->currency);
}

static void
print_text (const char *file, const MilScanResult *result, const GError *error)
{
  if (error != NULL)
    {
      g_printerr ("%s: %s\n", file, error->message);
      return;
    }
  printf ("%s\n", file);
  if (result->receipt != NULL)
    print_receipt (result->receipt);
  for (guint i = 0; i < result->more->len; i++)
    print_receipt (g_ptr_array_index (result->more, i));
  if (result->mrz != NULL)
    for (guint i = 0; result->mrz->lines[i] != NULL; i++)
      printf ("  %s\n", result->mrz->lines[i]);
  for (guint i = 0; i < result->symbols->len; i++)
    {
      const MilSymbol *symbol = g_ptr_array_index (result->symbols, i);
      printf ("  %s: %s\n", symbol->format, symbol->text);
    }
}

static MilScanResult *
scan_one (Run *run, const char *path, int *ms_load, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GBytes) bytes = mil_await_pointer (mil_picture_file_load (file), error);
  if (bytes == NULL)
    return NULL;
  gsize         size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  if (size <= MIL_PICTURE_MAX_BYTES && mil_picture_sniff (data, size) == MIL_PICTURE_PDF)
    return mil_await_pointer (mil_scan_document (run->scanner, bytes, &run->options), error);
  g_autoptr (MilPicture) picture = mil_await_pointer (mil_picture_load_bytes (bytes, 0), error);
  *ms_load = (g_get_monotonic_time () - start) / 1000;
  g_clear_pointer (&bytes, g_bytes_unref);
  return picture ? mil_await_pointer (mil_scan_picture (run->scanner, picture, &run->options), error) : NULL;
}

static DexFuture *
scan_all (gpointer data)
{
  Run *run = data;
  for (guint i = 0; run->files[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      int ms_load = 0;
      g_autoptr (MilScanResult) result = scan_one (run, run->files[i], &ms_load, &error);
      if (error != NULL)
        run->status = STATUS_SOME;
      if (run->json)
        print_json (run->files[i], result, ms_load, error);
      else
        print_text (run->files[i], result, error);
    }
  g_main_loop_quit (run->loop);
  return dex_future_new_true ();
}

static gboolean
parse_kind (const char *name, MilScanKind *kind)
{
  for (MilScanKind k = MIL_SCAN_AUTO; k <= MIL_SCAN_CODE; k++)
    if (g_str_equal (name, mil_scan_kind_name (k)))
      {
        *kind = k;
        return TRUE;
      }
  return FALSE;
}

/**
 * mil_cli_scan:
 * @argc: length of @argv
 * @argv: "scan", options and files
 *
 * `scan [--json] [--kind auto|receipt|passport|code] [--lang …] [--country CC] [--currency CUR]
 * [--today YYYY-MM-DD] FILE…`: reads each file in order and prints a line of JSON (or a few words)
 * for it. A file that cannot be read has its `error` set, and the others still come.
 *
 * Returns: the exit status: 0 when every file could be read, 1 when some could not, 2 for wrong usage
 */
int
mil_cli_scan (int argc, char **argv)
{
  Run              run = { 0 };
  g_autofree char *kind = NULL, *languages = NULL, *country = NULL, *currency = NULL, *today = NULL;
  g_auto (GStrv) files = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &run.json, N_ ("Print a line of JSON for each file"), NULL },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kind, N_ ("What to look for: auto, receipt, passport or code"), N_ ("KIND") },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &languages, N_ ("Languages of the text, as Tesseract names them: deu+eng"), N_ ("LANG") },
    { "country", 0, 0, G_OPTION_ARG_STRING, &country, N_ ("Country of the purchase: DE"), N_ ("CC") },
    { "currency", 0, 0, G_OPTION_ARG_STRING, &currency, N_ ("Currency where the paper names none: EUR"), N_ ("CUR") },
    { "today", 0, 0, G_OPTION_ARG_STRING, &today, N_ ("Refuse dates after this day"), N_ ("YYYY-MM-DD") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, N_ ("FILE…") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_option_context_set_summary (context, _ ("Reads receipts, passports and codes in pictures and PDF documents."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_printerr ("%s\n", error->message);
  else if (files == NULL)
    g_printerr (_ ("Name at least one file to scan.\n"));
  else if (kind != NULL && !parse_kind (kind, &run.options.kind))
    g_printerr (_ ("“%s” is none of auto, receipt, passport, code.\n"), kind);
  else if (currency != NULL && !mil_currency_is_known (currency))
    g_printerr (_ ("“%s” is no currency code.\n"), currency);
  else if (today != NULL && !mil_date_parse (today, &run.options.today, &error))
    g_printerr ("%s\n", error->message);
  else
    {
      run.options.languages = languages;
      run.options.country = country;
      run.options.currency = currency;
      run.files = files;
      dex_init ();
      run.scanner = mil_scanner_new ();
      run.loop = g_main_loop_new (NULL, FALSE);
      DexFuture *all = mil_spawn (scan_all, &run, NULL);
      g_main_loop_run (run.loop);
      dex_unref (all);
      g_main_loop_unref (run.loop);
      g_object_unref (run.scanner);
      return run.status;
    }
  return STATUS_USAGE;
}
