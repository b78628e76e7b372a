/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-form-drawing.h"

#include "base/mil-country.h"
#include "base/mil-json.h"
#include "refund/mil-pdf.h"

#define MAX_SYMBOLS 6

/**
 * mil_form_drawing_label:
 * @texts: words in the language of the form
 * @also: (nullable): words in a second language
 * @key: what is called: "labels.surname"
 *
 * Returns: (transfer full): "Nom / Surname"
 */
char *
mil_form_drawing_label (MilPackTexts *texts, MilPackTexts *also, const char *key)
{
  const char *first = mil_pack_texts_get (texts, key);
  const char *second = also != NULL ? mil_pack_texts_find (also, key) : NULL;

  if (second == NULL || g_str_equal (first, second))
    return g_strdup (first);
  return g_strconcat (first, " / ", second, NULL);
}

/* "labels.document_number" where the part has a name of its own for it, else "labels.number". */
static char *
field_label (MilPackTexts *texts, MilPackTexts *also, const char *part, const char *name)
{
  g_autofree char *own = g_strconcat ("labels.", part, "_", name, NULL);
  g_autofree char *shared = g_strconcat ("labels.", name, NULL);

  return mil_form_drawing_label (texts, also, mil_pack_texts_find (texts, own) != NULL ? own : shared);
}

static char *
money_text (MilMoney money)
{
  g_autofree char *decimal = mil_money_is_set (money) ? mil_money_to_decimal (money) : NULL;

  return decimal != NULL ? g_strdup_printf ("%s %s", decimal, money.currency) : NULL;
}

static char *
choices_text (MilPackTexts *texts, MilPackTexts *also, const char *const *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *key = g_strconcat ("words.", words[i], NULL);
      g_autofree char *word = mil_form_drawing_label (texts, also, key);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", word);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
country_text (const char *code)
{
  const char *name = mil_country_english_name (code);

  return name != NULL ? g_strdup_printf ("%s (%s)", code, name) : g_strdup (code);
}

static char *
value_text (MilPackTexts *texts, MilPackTexts *also, const MilField *field, gconstpointer part)
{
  const char *word[] = { NULL, NULL };

  switch (field->kind)
    {
    case MIL_FIELD_COUNTRY:
      return country_text (mil_field_text (field, part));
    case MIL_FIELD_CHOICE:
      word[0] = mil_field_text (field, part);
      return choices_text (texts, also, word);
    case MIL_FIELD_CHOICES:
      return choices_text (texts, also, (const char *const *) G_STRUCT_MEMBER (GStrv, part, field->offset));
    case MIL_FIELD_DATE:
      return mil_date_to_string (G_STRUCT_MEMBER (MilDate, part, field->offset));
    case MIL_FIELD_MONEY:
    case MIL_FIELD_PAYOUT:
      return money_text (G_STRUCT_MEMBER (MilMoney, part, field->offset));
    case MIL_FIELD_RATE:
      return mil_decimal_to_string (G_STRUCT_MEMBER (MilDecimal, part, field->value_offset));
    case MIL_FIELD_COUNT:
      return g_strdup_printf ("%" G_GINT64_FORMAT, G_STRUCT_MEMBER (gint64, part, field->offset));
    case MIL_FIELD_BOOLEAN:
      return mil_form_drawing_label (texts, also, "words.yes");
    default:
      return g_strdup (mil_field_text (field, part));
    }
}

/* What the others say already, or what is for programs alone. */
static gboolean
is_printed (const MilField *field)
{
  return field->kind != MIL_FIELD_CURRENCY && !g_str_equal (field->name, "id") && !g_str_equal (field->name, "note");
}

static void
collect_fields (GStrvBuilder *builder, MilPackTexts *texts, MilPackTexts *also, const char *part, const MilField *fields, gconstpointer values)
{
  for (const MilField *field = fields; field->name != NULL; field++)
    if (is_printed (field) && mil_field_is_set (field, values))
      {
        g_strv_builder_take (builder, field_label (texts, also, part, field->name));
        g_strv_builder_take (builder, value_text (texts, also, field, values));
      }
}

static void
add_collected (MilSheet *sheet, MilPackTexts *texts, MilPackTexts *also, const char *part, GStrvBuilder *builder)
{
  g_auto (GStrv) fields = g_strv_builder_end (builder);
  g_autofree char *key = g_strconcat ("headings.", part, NULL), *heading = NULL;

  if (fields[0] == NULL)
    return;
  if (mil_pack_texts_find (texts, key) != NULL)
    {
      heading = mil_form_drawing_label (texts, also, key);
      mil_sheet_add_space (sheet, 6);
      mil_sheet_add_text (sheet, MIL_TEXT_HEADING, heading);
    }
  mil_sheet_add_fields (sheet, (const char *const *) fields);
}

/**
 * mil_form_drawing_add_part:
 * @sheet: a sheet
 * @texts: words in the language of the form
 * @also: (nullable): words in a second language
 * @part: name of the part: "seller"
 * @fields: its fields
 * @values: the structure
 *
 * Puts the heading of a part and those of its fields that are known; nothing when none is.
 */
void
mil_form_drawing_add_part (MilSheet *sheet, MilPackTexts *texts, MilPackTexts *also, const char *part, const MilField *fields, gconstpointer values)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  collect_fields (builder, texts, also, part, fields, values);
  if (g_str_equal (part, "traveller"))
    collect_fields (
        builder, texts, also, "document", mil_form_document_fields, &((const MilFormTraveller *) values)->document);
  add_collected (sheet, texts, also, part, builder);
}

/* --- codes --- */

static void
add_symbols (MilSheet *sheet, MilTaxFreeForm *form)
{
  MilFormSymbol *symbols[MAX_SYMBOLS] = { NULL };
  const char    *labels[MAX_SYMBOLS] = { NULL };
  guint          n = 2;

  symbols[0] = mil_form_symbol_new (MIL_SYMBOL_GS1_128, form->number, NULL);
  symbols[1] = mil_form_symbol_new (MIL_SYMBOL_QR, form->number, NULL);
  for (guint i = 0; i < form->codes->len && n < MAX_SYMBOLS; i++)
    {
      const MilFormCode *code = form->codes->pdata[i];
      MilSymbolKind      kind = MIL_SYMBOL_QR;

      mil_symbol_kind_parse (code->symbol, &kind);
      symbols[n] = mil_form_symbol_new (kind, code->value, NULL);
      labels[n++] = code->label;
    }
  mil_sheet_add_symbols (sheet, symbols, labels, n);
  for (guint i = 0; i < n; i++)
    mil_form_symbol_free (symbols[i]);
}

/* --- purchases --- */

static char *
purchase_heading (const MilFormPurchase *purchase, MilPackTexts *texts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const MilField *field = mil_form_purchase_fields; field->name != NULL; field++)
    {
      g_autofree char *label = NULL, *value = NULL;

      if (!is_printed (field) || !mil_field_is_set (field, purchase))
        continue;
      label = field_label (texts, NULL, "purchase", field->name);
      value = value_text (texts, NULL, field, purchase);
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? " · " : "", label, value);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
describe_line (const MilFormLine *line, MilPackTexts *texts)
{
  g_autoptr (GString) text = g_string_new (line->description);

  if (line->code != NULL)
    g_string_append_printf (text, "\n%s: %s", mil_pack_texts_get (texts, "labels.code"), line->code);
  if (line->serial != NULL)
    g_string_append_printf (text, "\n%s: %s", mil_pack_texts_get (texts, "labels.serial"), line->serial);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
decimal_or_empty (MilMoney money)
{
  return mil_money_is_set (money) ? mil_money_to_decimal (money) : g_strdup ("");
}

static void
add_line (MilSheet *sheet, const MilFormLine *line, MilPackTexts *texts)
{
  g_autofree char *description = describe_line (line, texts);
  g_autofree char *quantity = line->quantity > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, line->quantity)
                                                 : g_strdup ("");
  g_autofree char *price = decimal_or_empty (line->unit_price), *vat = decimal_or_empty (line->vat);
  g_autofree char *number = line->has_vat_rate ? mil_decimal_to_string (line->vat_rate) : NULL;
  g_autofree char *rate = number != NULL ? g_strconcat (number, " %", NULL) : g_strdup ("");
  g_autofree char *total = mil_money_to_decimal (line->total);
  const char      *cells[] = { description, quantity, price, rate, vat, total, NULL };

  mil_sheet_add_row (sheet, MIL_TEXT_CELL, cells);
}

static void
add_lines (MilSheet *sheet, const MilFormPurchase *purchase, const char *const *titles, MilPackTexts *texts)
{
  const MilSheetColumn columns[] = { { titles[0], 40, FALSE }, { titles[1], 8, TRUE },
                                     { titles[2], 14, TRUE },  { titles[3], 11, TRUE },
                                     { titles[4], 13, TRUE },  { titles[5], 14, TRUE } };

  if (purchase->lines->len == 0)
    return;
  mil_sheet_begin_table (sheet, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < purchase->lines->len; i++)
    add_line (sheet, purchase->lines->pdata[i], texts);
  mil_sheet_end_table (sheet);
}

static void
add_rates (MilSheet *sheet, MilTaxFreeForm *form, MilPackTexts *texts, MilPackTexts *also)
{
  g_autoptr (GArray) rates = mil_tax_free_form_vat (form);
  g_autofree char *rate_title = mil_form_drawing_label (texts, also, "labels.vat_rate");
  g_autofree char *gross_title = mil_form_drawing_label (texts, also, "labels.gross");
  g_autofree char *vat_title = mil_form_drawing_label (texts, also, "labels.vat");
  const MilSheetColumn columns[] = { { rate_title, 30, FALSE }, { gross_title, 35, TRUE }, { vat_title, 35, TRUE } };

  if (rates->len == 0)
    return;
  mil_sheet_add_space (sheet, 4);
  mil_sheet_begin_table (sheet, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < rates->len; i++)
    {
      const MilFormVat *row = &g_array_index (rates, MilFormVat, i);
      g_autofree char  *number = mil_decimal_to_string (row->rate), *rate = g_strconcat (number, " %", NULL);
      g_autofree char  *gross = money_text (row->gross), *vat = money_text (row->vat);
      const char       *cells[] = { rate, gross, vat, NULL };

      mil_sheet_add_row (sheet, MIL_TEXT_CELL, cells);
    }
  mil_sheet_end_table (sheet);
}

/**
 * mil_form_drawing_add_purchases:
 * @sheet: a sheet
 * @form: a form
 * @texts: words in the language of the form
 * @also: (nullable): words in a second language
 *
 * Puts all receipts with their goods, the tax by rate and the sum.
 */
void
mil_form_drawing_add_purchases (MilSheet *sheet, MilTaxFreeForm *form, MilPackTexts *texts, MilPackTexts *also)
{
  static const char *const keys[] = { "description", "quantity",   "unit_price", "vat_rate",
                                      "vat",         "line_total", NULL };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) titles = NULL;
  g_autofree char *heading = mil_form_drawing_label (texts, also, "headings.purchases");
  g_autofree char *sum_label = mil_form_drawing_label (texts, also, "labels.sum");
  g_autofree char *sum = money_text (form->total), *sum_text = g_strdup_printf ("%s: %s", sum_label, sum);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *key = g_strconcat ("labels.", keys[i], NULL);

      g_strv_builder_take (builder, mil_form_drawing_label (texts, also, key));
    }
  titles = g_strv_builder_end (builder);
  mil_sheet_add_space (sheet, 6);
  mil_sheet_add_text (sheet, MIL_TEXT_HEADING, heading);
  for (guint i = 0; i < form->purchases->len; i++)
    {
      const MilFormPurchase *purchase = form->purchases->pdata[i];
      g_autofree char       *text = purchase_heading (purchase, texts);

      mil_sheet_add_text (sheet, MIL_TEXT_STRONG, text);
      add_lines (sheet, purchase, (const char *const *) titles, texts);
    }
  add_rates (sheet, form, texts, also);
  mil_sheet_add_space (sheet, 2);
  mil_sheet_add_text (sheet, MIL_TEXT_STRONG, sum_text);
}

/* --- the form --- */

static void
add_head (MilSheet *sheet, MilTaxFreeForm *form, MilPackTexts *texts, MilPackTexts *also)
{
  mil_sheet_add_text (sheet, MIL_TEXT_TITLE, mil_pack_texts_get (texts, "form.title"));
  if (also != NULL)
    mil_sheet_add_text (sheet, MIL_TEXT_SMALL, mil_pack_texts_get (also, "form.title"));
  mil_sheet_add_line (sheet);
  add_symbols (sheet, form);
  mil_form_drawing_add_part (sheet, texts, also, "form", mil_form_fields, form);
}

static void
add_declaration (MilSheet *sheet, MilPackTexts *texts, MilPackTexts *also)
{
  static const char *const keys[] = { "form.traveller_signs", "form.seller_signs", "form.customs_stamps", NULL };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) labels = NULL;

  mil_sheet_add_space (sheet, 8);
  mil_sheet_add_line (sheet);
  mil_sheet_add_text (sheet, MIL_TEXT_SMALL, mil_pack_texts_get (texts, "form.declaration"));
  if (also != NULL)
    mil_sheet_add_text (sheet, MIL_TEXT_SMALL, mil_pack_texts_get (also, "form.declaration"));
  for (guint i = 0; keys[i] != NULL; i++)
    g_strv_builder_take (builder, mil_form_drawing_label (texts, also, keys[i]));
  labels = g_strv_builder_end (builder);
  mil_sheet_add_boxes (sheet, (const char *const *) labels);
}

/**
 * mil_form_drawing_new:
 * @form: a form
 * @paper: what it is printed on
 * @texts: words in the language of the shop and of customs
 * @also: (nullable): words in a second language, which stand beside the first; for the traveller
 *
 * Lays a form out. The same sheet serves the screen, the printer and the PDF.
 *
 * Returns: (transfer full): a finished sheet
 */
MilSheet *
mil_form_drawing_new (MilTaxFreeForm *form, MilPaper paper, MilPackTexts *texts, MilPackTexts *also)
{
  MilSheet        *sheet;
  g_autofree char *footer = NULL;

  g_return_val_if_fail (form != NULL && texts != NULL, NULL);

  if (also != NULL && g_str_equal (mil_pack_texts_language (also), mil_pack_texts_language (texts)))
    also = NULL;
  sheet = mil_sheet_new (paper, mil_pack_texts_language (texts));
  add_head (sheet, form, texts, also);
  mil_form_drawing_add_part (sheet, texts, also, "traveller", mil_form_traveller_fields, &form->traveller);
  mil_form_drawing_add_part (sheet, texts, also, "seller", mil_form_seller_fields, &form->seller);
  mil_form_drawing_add_purchases (sheet, form, texts, also);
  mil_form_drawing_add_part (sheet, texts, also, "refund", mil_form_refund_fields, &form->refund);
  mil_form_drawing_add_part (sheet, texts, also, "operator", mil_form_operator_fields, &form->operator);
  mil_form_drawing_add_part (sheet, texts, also, "deadlines", mil_form_deadline_fields, &form->deadlines);
  mil_form_drawing_add_part (sheet, texts, also, "customs", mil_form_customs_fields, &form->customs);
  if (form->note != NULL)
    mil_sheet_add_text (sheet, MIL_TEXT_BODY, form->note);
  add_declaration (sheet, texts, also);
  footer = g_strdup_printf ("%s %s", mil_pack_texts_get (texts, "form.title"), form->number);
  mil_sheet_finish (sheet, footer, mil_pack_texts_get (texts, "form.page"));
  return sheet;
}

/**
 * mil_form_drawing_to_pdf:
 * @form: a form
 * @sheet: what mil_form_drawing_new() or mil_request_pack_new() made of it
 * @texts: words in the language of the shop and of customs
 * @created: when the file is made, microseconds since 1970 UTC
 * @claim: (nullable): JSON to embed as claim.json; %NULL for what mil_tax_free_form_to_json() says
 * @error: as mil_pdf_new()
 *
 * Returns: (transfer full): a PDF, or %NULL
 */
GBytes *
mil_form_drawing_to_pdf (MilTaxFreeForm *form, MilSheet *sheet, MilPackTexts *texts, gint64 created, GBytes *claim, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autofree char *title = NULL;
  MilPdfInfo       info = { 0 };

  g_return_val_if_fail (form != NULL && sheet != NULL && texts != NULL, NULL);

  if (claim != NULL)
    json = g_bytes_ref (claim);
  else
    {
      node = mil_tax_free_form_to_json (form);
      json = mil_json_to_bytes (node);
    }
  title = g_strdup_printf ("%s %s", mil_pack_texts_get (texts, "form.title"), form->number);
  info.title = title;
  info.author = form->seller.name;
  info.subject = form->system != NULL ? form->system : form->country;
  info.language = mil_pack_texts_language (texts);
  info.created = created;
  info.attachment_name = "claim.json";
  info.attachment_type = "application/json";
  info.attachment = json;
  return mil_pdf_new (sheet, &info, error);
}
