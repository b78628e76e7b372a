/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-tax-free-form.h"

#include "base/mil-currency.h"
#include "base/mil-country.h"
#include "base/mil-error.h"
#include "base/mil-json.h"
#include "refund/mil-form-fields.h"
#include "refund/mil-form-symbol.h"

#include <glib/gi18n.h>

#define MAX_TEXT 200
#define MAX_LONG_TEXT 600
#define MAX_PURCHASES 200
#define MAX_LINES 500
#define MAX_LINES_IN_ALL 2000
#define MAX_CODES 4
#define MAX_RATE_SCALE 6

G_DEFINE_BOXED_TYPE (MilTaxFreeForm, mil_tax_free_form, mil_tax_free_form_ref, mil_tax_free_form_unref)

static void
line_free (gpointer data)
{
  mil_field_clear (mil_form_line_fields, data);
  g_free (data);
}

static void
purchase_free (gpointer data)
{
  MilFormPurchase *purchase = data;

  mil_field_clear (mil_form_purchase_fields, purchase);
  g_clear_pointer (&purchase->lines, g_ptr_array_unref);
  g_free (purchase);
}

static void
code_free (gpointer data)
{
  mil_field_clear (mil_form_code_fields, data);
  g_free (data);
}

static MilTaxFreeForm *
form_alloc (void)
{
  MilTaxFreeForm *self = g_atomic_rc_box_new0 (MilTaxFreeForm);

  self->purchases = g_ptr_array_new_with_free_func (purchase_free);
  self->codes = g_ptr_array_new_with_free_func (code_free);
  return self;
}

static void
form_clear (gpointer data)
{
  MilTaxFreeForm *self = data;

  mil_field_clear (mil_form_fields, self);
  mil_field_clear (mil_form_traveller_fields, &self->traveller);
  mil_field_clear (mil_form_document_fields, &self->traveller.document);
  mil_field_clear (mil_form_seller_fields, &self->seller);
  mil_field_clear (mil_form_refund_fields, &self->refund);
  mil_field_clear (mil_form_operator_fields, &self->operator);
  mil_field_clear (mil_form_customs_fields, &self->customs);
  g_clear_pointer (&self->purchases, g_ptr_array_unref);
  g_clear_pointer (&self->codes, g_ptr_array_unref);
}

/**
 * mil_tax_free_form_ref:
 * @self: a form
 *
 * Returns: (transfer full): @self
 */
MilTaxFreeForm *
mil_tax_free_form_ref (MilTaxFreeForm *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * mil_tax_free_form_unref:
 * @self: (transfer full): a form
 */
void
mil_tax_free_form_unref (MilTaxFreeForm *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, form_clear);
}

/* --- reading --- */

/* A control character has no picture, and with those that turn the direction of writing a form would show
 * something else than its JSON says. */
static gboolean
is_printable (const char *text, gboolean several_lines)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c) && !(several_lines && c == '\n'))
        return FALSE;
      if ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
        return FALSE;
    }
  return TRUE;
}

static void
check_words (MilJson *json, const MilField *field, const char *text)
{
  if (!is_printable (text, field->kind == MIL_FIELD_LONG_TEXT))
    mil_json_fail (json, field->name, "%s", _ ("has characters that cannot be printed"));
  if (field->kind == MIL_FIELD_COUNTRY && !mil_country_is_known (text))
    mil_json_fail (json, field->name, "%s", _ ("is not the code of a country"));
  if (field->kind == MIL_FIELD_CURRENCY && !mil_currency_is_known (text))
    mil_json_fail (json, field->name, "%s", _ ("is no currency code of ISO 4217, such as EUR"));
  if (field->kind == MIL_FIELD_CHOICE && !g_strv_contains (field->choices, text))
    mil_json_fail (json, field->name, "%s", _ ("is none of the words that are allowed here"));
}

static void
read_words (MilJson *json, const MilField *field, gpointer part)
{
  gsize       most = field->kind == MIL_FIELD_LONG_TEXT ? MAX_LONG_TEXT : MAX_TEXT;
  const char *text = mil_json_string_optional (json, field->name, most);

  if (text == NULL || *text == '\0')
    {
      if (field->required)
        mil_json_fail (json, field->name, "%s", _ ("is missing"));
      return;
    }
  check_words (json, field, text);
  g_free (G_STRUCT_MEMBER (char *, part, field->offset));
  G_STRUCT_MEMBER (char *, part, field->offset) = g_strdup (text);
}

static void
read_choices (MilJson *json, const MilField *field, gpointer part)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = mil_json_enter_array_optional (json, field->name, g_strv_length ((GStrv) field->choices));

  for (guint i = 0; i < n; i++)
    {
      const char *word;

      mil_json_enter_item (json, i);
      word = mil_json_string (json, NULL, MAX_TEXT);
      if (!mil_json_failed (json) && !g_strv_contains (field->choices, word))
        mil_json_fail (json, NULL, "%s", _ ("is none of the words that are allowed here"));
      g_strv_builder_add (builder, word != NULL ? word : "");
      mil_json_leave (json);
    }
  mil_json_leave (json);
  if (n > 0)
    G_STRUCT_MEMBER (GStrv, part, field->offset) = g_strv_builder_end (builder);
}

static void
read_rate (MilJson *json, const MilField *field, gpointer part)
{
  MilDecimal rate = mil_json_decimal (json, field->name);

  if (!mil_json_failed (json) && rate.digits < 0)
    mil_json_fail (json, field->name, "%s", _ ("is less than nothing"));
  G_STRUCT_MEMBER (gboolean, part, field->offset) = TRUE;
  G_STRUCT_MEMBER (MilDecimal, part, field->value_offset) = rate;
}

static void
read_field (MilJson *json, const MilField *field, gpointer part, const char *currency, const char *payout)
{
  if (field->kind < MIL_FIELD_CHOICES)
    {
      read_words (json, field, part);
      return;
    }
  if (!mil_json_has (json, field->name) && !field->required)
    return;
  if (field->kind == MIL_FIELD_CHOICES)
    read_choices (json, field, part);
  else if (field->kind == MIL_FIELD_DATE)
    G_STRUCT_MEMBER (MilDate, part, field->offset) = mil_json_date (json, field->name);
  else if (field->kind == MIL_FIELD_MONEY)
    G_STRUCT_MEMBER (MilMoney, part, field->offset) = mil_json_decimal_money (json, field->name, currency);
  else if (field->kind == MIL_FIELD_PAYOUT)
    G_STRUCT_MEMBER (MilMoney, part, field->offset) = mil_json_decimal_money (json, field->name, payout);
  else if (field->kind == MIL_FIELD_RATE)
    read_rate (json, field, part);
  else if (field->kind == MIL_FIELD_COUNT)
    G_STRUCT_MEMBER (gint64, part, field->offset) = mil_json_int (json, field->name, 1, 1000000);
  else
    G_STRUCT_MEMBER (gboolean, part, field->offset) = mil_json_boolean_optional (json, field->name, FALSE);
}

static gboolean
is_field (const MilField *fields, const char *name)
{
  for (const MilField *field = fields; field->name != NULL; field++)
    if (g_str_equal (field->name, name))
      return TRUE;
  return FALSE;
}

/* What a form does not show must not be dropped in silence: a mistyped name of a member would lose it. */
static void
check_members (MilJson *json, const MilField *fields, const char *const *parts)
{
  g_auto (GStrv) names = mil_json_members (json);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!is_field (fields, names[i]) && (parts == NULL || !g_strv_contains (parts, names[i])))
      mil_json_fail (json, names[i], "%s", _ ("is not a part of a tax-free form"));
}

static void
read_fields (MilTaxFreeForm *self, MilJson *json, const MilField *fields, gpointer part, const char *const *parts)
{
  check_members (json, fields, parts);
  for (const MilField *field = fields; field->name != NULL && !mil_json_failed (json); field++)
    read_field (json, field, part, self->currency, self->refund.payout_currency != NULL ? self->refund.payout_currency : self->currency);
}

static void
read_part (MilTaxFreeForm *self, MilJson *json, const char *name, const MilField *fields, gpointer part)
{
  if (!mil_json_enter_optional (json, name))
    return;
  read_fields (self, json, fields, part, NULL);
  mil_json_leave (json);
}

static void
read_traveller (MilTaxFreeForm *self, MilJson *json)
{
  static const char *const parts[] = { "document", NULL };

  mil_json_enter (json, "traveller");
  read_fields (self, json, mil_form_traveller_fields, &self->traveller, parts);
  read_part (self, json, "document", mil_form_document_fields, &self->traveller.document);
  mil_json_leave (json);
}

static void
check_line_rate (MilJson *json, const MilFormLine *line)
{
  if (!mil_json_failed (json) && line->has_vat_rate
      && (line->vat_rate.scale > MAX_RATE_SCALE || mil_decimal_compare (line->vat_rate, (MilDecimal) { 100, 0 }) > 0))
    mil_json_fail (json, "vat_rate", "%s", _ ("is no percentage between 0 and 100"));
}

static void
read_lines (MilTaxFreeForm *self, MilJson *json, MilFormPurchase *purchase)
{
  MilMoney sum = mil_money (0, self->currency);
  guint    n = mil_json_enter_array_optional (json, "lines", MAX_LINES);

  for (guint i = 0; i < n && !mil_json_failed (json); i++)
    {
      MilFormLine *line = g_new0 (MilFormLine, 1);

      g_ptr_array_add (purchase->lines, line);
      mil_json_enter_item (json, i);
      read_fields (self, json, mil_form_line_fields, line, NULL);
      check_line_rate (json, line);
      if (!mil_json_failed (json) && !mil_money_add (sum, line->total, &sum, NULL))
        mil_json_fail (json, "total", "%s", _ ("is more than can be counted"));
      mil_json_leave (json);
    }
  mil_json_leave (json);
  if (!mil_json_failed (json) && mil_money_compare (sum, purchase->total) > 0)
    mil_json_fail (json, "lines", "%s", _ ("are more together than the total"));
}

static void
read_purchase (MilTaxFreeForm *self, MilJson *json)
{
  static const char *const parts[] = { "lines", NULL };
  MilFormPurchase         *purchase = g_new0 (MilFormPurchase, 1);

  purchase->lines = g_ptr_array_new_with_free_func (line_free);
  g_ptr_array_add (self->purchases, purchase);
  read_fields (self, json, mil_form_purchase_fields, purchase, parts);
  if (mil_json_failed (json))
    return;
  if (purchase->total.minor < 0)
    mil_json_fail (json, "total", "%s", _ ("is less than nothing"));
  else if (!mil_money_add (self->total, purchase->total, &self->total, NULL))
    mil_json_fail (json, "total", "%s", _ ("is more than can be counted"));
  read_lines (self, json, purchase);
}

static void
read_purchases (MilTaxFreeForm *self, MilJson *json)
{
  guint n = mil_json_enter_array (json, "purchases", MAX_PURCHASES), lines = 0;

  if (n == 0)
    mil_json_fail (json, NULL, "%s", _ ("a tax-free form has at least one purchase"));
  self->total = mil_money (0, self->currency);
  for (guint i = 0; i < n && !mil_json_failed (json); i++)
    {
      mil_json_enter_item (json, i);
      read_purchase (self, json);
      lines += ((MilFormPurchase *) self->purchases->pdata[i])->lines->len;
      if (lines > MAX_LINES_IN_ALL)
        mil_json_fail (json, "lines", "%s", _ ("are more than fit on one tax-free form"));
      mil_json_leave (json);
    }
  mil_json_leave (json);
}

static void
check_symbol (MilJson *json, const char *member, MilSymbolKind kind, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilFormSymbol) symbol = mil_form_symbol_new (kind, value, &error);

  if (symbol == NULL)
    mil_json_fail (json, member, "%s", error->message);
}

static void
read_codes (MilTaxFreeForm *self, MilJson *json)
{
  guint n = mil_json_enter_array_optional (json, "codes", MAX_CODES);

  for (guint i = 0; i < n && !mil_json_failed (json); i++)
    {
      MilFormCode  *code = g_new0 (MilFormCode, 1);
      MilSymbolKind kind = MIL_SYMBOL_QR;

      g_ptr_array_add (self->codes, code);
      mil_json_enter_item (json, i);
      read_fields (self, json, mil_form_code_fields, code, NULL);
      if (!mil_json_failed (json) && mil_symbol_kind_parse (code->symbol, &kind))
        check_symbol (json, "value", kind, code->value);
      mil_json_leave (json);
    }
  mil_json_leave (json);
}

static void
read_form (MilTaxFreeForm *self, MilJson *json)
{
  static const char *const parts[] = { "traveller", "seller",  "purchases", "refund", "operator",
                                       "deadlines", "customs", "codes",     NULL };

  read_fields (self, json, mil_form_fields, self, parts);
  if (mil_json_failed (json))
    return;
  check_symbol (json, "number", MIL_SYMBOL_GS1_128, self->number);
  read_traveller (self, json);
  mil_json_enter (json, "seller");
  read_fields (self, json, mil_form_seller_fields, &self->seller, NULL);
  mil_json_leave (json);
  read_purchases (self, json);
  read_part (self, json, "refund", mil_form_refund_fields, &self->refund);
  read_part (self, json, "operator", mil_form_operator_fields, &self->operator);
  read_part (self, json, "deadlines", mil_form_deadline_fields, &self->deadlines);
  read_part (self, json, "customs", mil_form_customs_fields, &self->customs);
  read_codes (self, json);
}

/**
 * mil_tax_free_form_new:
 * @node: a form, as data/openapi/tax-free-form.schema.json describes it
 * @error: %MIL_ERROR_INVALID; the message names the path of what is wrong
 *
 * Returns: (transfer full): the form, or %NULL
 */
MilTaxFreeForm *
mil_tax_free_form_new (JsonNode *node, GError **error)
{
  g_autoptr (MilTaxFreeForm) self = NULL;
  g_autoptr (MilJson) json = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (node != NULL, NULL);

  self = form_alloc ();
  json = mil_json_new (node);
  read_form (self, json);
  if (mil_json_finish (json, &local))
    return g_steal_pointer (&self);
  mil_error_set (error, MIL_ERROR_INVALID, "%s", local->message);
  return NULL;
}

/* --- writing --- */

static void
add_choices (JsonBuilder *builder, const MilField *field, gconstpointer part)
{
  const char *const *words = (const char *const *) G_STRUCT_MEMBER (GStrv, part, field->offset);

  json_builder_begin_array (builder);
  for (guint i = 0; words[i] != NULL; i++)
    json_builder_add_string_value (builder, words[i]);
  json_builder_end_array (builder);
}

static char *
field_to_text (const MilField *field, gconstpointer part)
{
  if (field->kind == MIL_FIELD_DATE)
    return mil_date_to_string (G_STRUCT_MEMBER (MilDate, part, field->offset));
  if (field->kind == MIL_FIELD_RATE)
    return mil_decimal_to_string (G_STRUCT_MEMBER (MilDecimal, part, field->value_offset));
  if (field->kind == MIL_FIELD_MONEY || field->kind == MIL_FIELD_PAYOUT)
    return mil_money_to_decimal (G_STRUCT_MEMBER (MilMoney, part, field->offset));
  return g_strdup (mil_field_text (field, part));
}

static void
add_fields (JsonBuilder *builder, const MilField *fields, gconstpointer part)
{
  for (const MilField *field = fields; field->name != NULL; field++)
    {
      if (!mil_field_is_set (field, part))
        continue;
      json_builder_set_member_name (builder, field->name);
      if (field->kind == MIL_FIELD_CHOICES)
        add_choices (builder, field, part);
      else if (field->kind == MIL_FIELD_COUNT)
        json_builder_add_int_value (builder, G_STRUCT_MEMBER (gint64, part, field->offset));
      else if (field->kind == MIL_FIELD_BOOLEAN)
        json_builder_add_boolean_value (builder, TRUE);
      else
        {
          g_autofree char *text = field_to_text (field, part);

          json_builder_add_string_value (builder, text);
        }
    }
}

static gboolean
has_any (const MilField *fields, gconstpointer part)
{
  for (const MilField *field = fields; field->name != NULL; field++)
    if (mil_field_is_set (field, part))
      return TRUE;
  return FALSE;
}

static void
add_part (JsonBuilder *builder, const char *name, const MilField *fields, gconstpointer part)
{
  if (!has_any (fields, part))
    return;
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  add_fields (builder, fields, part);
  json_builder_end_object (builder);
}

static void
add_parts (JsonBuilder *builder, const char *name, const MilField *fields, GPtrArray *parts)
{
  if (parts->len == 0)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < parts->len; i++)
    {
      json_builder_begin_object (builder);
      add_fields (builder, fields, parts->pdata[i]);
      if (fields == mil_form_purchase_fields)
        add_parts (builder, "lines", mil_form_line_fields, ((MilFormPurchase *) parts->pdata[i])->lines);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/**
 * mil_tax_free_form_to_json:
 * @self: a form
 *
 * Returns: (transfer full): it, as data/openapi/tax-free-form.schema.json describes it
 */
JsonNode *
mil_tax_free_form_to_json (MilTaxFreeForm *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  json_builder_begin_object (builder);
  add_fields (builder, mil_form_fields, self);
  json_builder_set_member_name (builder, "traveller");
  json_builder_begin_object (builder);
  add_fields (builder, mil_form_traveller_fields, &self->traveller);
  add_part (builder, "document", mil_form_document_fields, &self->traveller.document);
  json_builder_end_object (builder);
  add_part (builder, "seller", mil_form_seller_fields, &self->seller);
  add_parts (builder, "purchases", mil_form_purchase_fields, self->purchases);
  add_part (builder, "refund", mil_form_refund_fields, &self->refund);
  add_part (builder, "operator", mil_form_operator_fields, &self->operator);
  add_part (builder, "deadlines", mil_form_deadline_fields, &self->deadlines);
  add_part (builder, "customs", mil_form_customs_fields, &self->customs);
  add_parts (builder, "codes", mil_form_code_fields, self->codes);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/**
 * mil_tax_free_form_without_document_number:
 * @self: a form
 *
 * For what is given to somebody whom the traveller does not tell the number.
 *
 * Returns: (transfer full): the same form, in which the number of the document is not known
 */
MilTaxFreeForm *
mil_tax_free_form_without_document_number (MilTaxFreeForm *self)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject     *traveller;
  MilTaxFreeForm *copy;

  g_return_val_if_fail (self != NULL, NULL);

  node = mil_tax_free_form_to_json (self);
  traveller = json_object_get_object_member (json_node_get_object (node), "traveller");
  if (json_object_has_member (traveller, "document"))
    json_object_remove_member (json_object_get_object_member (traveller, "document"), "number");
  copy = mil_tax_free_form_new (node, NULL);
  g_assert (copy != NULL);
  return copy;
}

/* --- the tax by rate --- */

static MilFormVat *
find_rate (GArray *rows, MilDecimal rate, const char *currency)
{
  MilFormVat row = { rate, mil_money (0, currency), mil_money (0, currency) };

  for (guint i = 0; i < rows->len; i++)
    if (mil_decimal_compare (g_array_index (rows, MilFormVat, i).rate, rate) == 0)
      return &g_array_index (rows, MilFormVat, i);
  g_array_append_val (rows, row);
  return &g_array_index (rows, MilFormVat, rows->len - 1);
}

static MilMoney
tax_in_line (const MilFormLine *line)
{
  MilMoney vat = line->vat;
  gint64   whole = 100;

  if (mil_money_is_set (vat))
    return vat;
  for (guint i = 0; i < line->vat_rate.scale; i++)
    whole *= 10;
  mil_money_ratio (line->total, line->vat_rate.digits, whole + line->vat_rate.digits, MIL_ROUND_HALF_UP, &vat, NULL);
  return vat;
}

static int
compare_rates (gconstpointer a, gconstpointer b)
{
  return mil_decimal_compare (((const MilFormVat *) b)->rate, ((const MilFormVat *) a)->rate);
}

/**
 * mil_tax_free_form_vat:
 * @self: a form
 *
 * Adds the lines up by rate. The tax of a line that does not tell it is worked out of its price and rounded
 * half up; lines without a rate are left out, and a sum that would not fit any more stays as it is.
 *
 * Returns: (transfer full) (element-type MilFormVat): one row a rate, the highest first
 */
GArray *
mil_tax_free_form_vat (MilTaxFreeForm *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (MilFormVat));

  g_return_val_if_fail (self != NULL, rows);

  for (guint i = 0; i < self->purchases->len; i++)
    {
      const MilFormPurchase *purchase = self->purchases->pdata[i];

      for (guint j = 0; j < purchase->lines->len; j++)
        {
          const MilFormLine *line = purchase->lines->pdata[j];
          MilFormVat        *row;

          if (!line->has_vat_rate)
            continue;
          row = find_rate (rows, line->vat_rate, self->currency);
          mil_money_add (row->gross, line->total, &row->gross, NULL);
          mil_money_add (row->vat, tax_in_line (line), &row->vat, NULL);
        }
    }
  g_array_sort (rows, compare_rates);
  return rows;
}
