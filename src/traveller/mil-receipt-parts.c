/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-receipt-parts.h"

#include "base/mil-country.h"
#include "base/mil-currency.h"
#include "refund/mil-purchase.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* What a person types or a scanner reads is never longer. */
#define MAX_TEXT 2000

static const char *const part_names[] = {
  "merchant", "vat-id", "country", "date", "time", "total", "currency", "tax", "goods",
};
G_STATIC_ASSERT (G_N_ELEMENTS (part_names) == MIL_RECEIPT_N_PARTS);

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

/* "1.234,56", "1 234.56" and "1'234.56" as "1234.56": the last point or comma parts the minor units,
 * unless three digits follow it and nothing else tells. */
static char *
plain_number (const char *text)
{
  GString    *number = g_string_new (NULL);
  const char *point = strrchr (text, '.');
  const char *comma = strrchr (text, ',');
  const char *mark = point > comma ? point : comma;

  if (mark != NULL && strlen (mark + 1) == 3 && (point == NULL || comma == NULL) && strchr (text, *mark) != mark)
    mark = NULL;
  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      g_string_append_c (number, *c);
    else if (c == mark)
      g_string_append_c (number, '.');
    else if (strchr (".,' \302\240\342\200\257\231", *c) == NULL)
      g_string_append_c (number, *c);
  return g_string_free_and_steal (number);
}

/**
 * mil_receipt_parse_amount:
 * @text: (nullable): an amount as a person types it or a receipt prints it: "1.234,56", "1 234.56", "126"
 * @currency: (nullable): ISO 4217 code
 * @money: (out): where to put it
 *
 * Returns: whether it was understood
 */
gboolean
mil_receipt_parse_amount (const char *text, const char *currency, MilMoney *money)
{
  g_autofree char *number = NULL;

  g_return_val_if_fail (money != NULL, FALSE);

  if (is_empty (text) || is_empty (currency) || !mil_currency_is_known (currency))
    return FALSE;
  number = plain_number (text);
  return mil_money_parse (number, currency, money, NULL) && money->minor >= 0;
}

/* ISO 8601, or day, month and year with points, or with slashes where only one reading is possible. */
static gboolean
parse_date (const char *text, MilDate *date)
{
  guint day = 0;
  guint month = 0;
  guint year = 0;
  int   end = 0;

  if (mil_date_parse (text, date, NULL))
    return TRUE;
  if (sscanf (text, "%2u.%2u.%4u%n", &day, &month, &year, &end) == 3 && text[end] == '\0')
    *date = (MilDate) { year, month, day };
  else if (sscanf (text, "%2u/%2u/%4u%n", &day, &month, &year, &end) == 3 && text[end] == '\0')
    {
      if (month > 12 && day <= 12)
        *date = (MilDate) { year, day, month };
      else if (day > 12 || day == month)
        *date = (MilDate) { year, month, day };
      else
        return FALSE;
    }
  else
    return FALSE;
  return year >= 1000 && mil_date_is_valid (*date);
}

static gboolean
parse_time (const char *text)
{
  guint hour = 0;
  guint minute = 0;
  guint second = 0;
  int   end = 0;

  if (sscanf (text, "%2u:%2u:%2u%n", &hour, &minute, &second, &end) != 3
      && sscanf (text, "%2u:%2u%n", &hour, &minute, &end) != 2)
    return FALSE;
  return text[end] == '\0' && hour < 24 && minute < 60 && second < 60;
}

static const char *
missing_text (MilReceiptPart part)
{
  switch (part)
    {
    case MIL_RECEIPT_PART_MERCHANT:
      return _ ("The shop’s name is missing.");
    case MIL_RECEIPT_PART_COUNTRY:
      return _ ("The country is missing.");
    case MIL_RECEIPT_PART_DATE:
      return _ ("The date is missing.");
    case MIL_RECEIPT_PART_TOTAL:
      return _ ("The total is missing.");
    case MIL_RECEIPT_PART_CURRENCY:
      return _ ("The currency is missing.");
    case MIL_RECEIPT_PART_VAT_ID:
    case MIL_RECEIPT_PART_TIME:
    case MIL_RECEIPT_PART_TAX:
    case MIL_RECEIPT_PART_GOODS:
    case MIL_RECEIPT_N_PARTS:
    default:
      return NULL;
    }
}

/* What is wrong with a part that is not empty; amounts hang on the currency. */
static const char *
wrong_text (const MilReceiptParts *self, MilReceiptPart part, const char *text)
{
  const char *currency = self->part[MIL_RECEIPT_PART_CURRENCY].text;
  gboolean    has_currency = !is_empty (currency) && mil_currency_is_known (currency);
  MilMoney    money = { 0 };
  MilDate     date = { 0 };
  MilGoods    goods = MIL_GOODS_GENERAL;

  switch (part)
    {
    case MIL_RECEIPT_PART_COUNTRY:
      return mil_country_is_known (text) ? NULL : _ ("There is no such country.");
    case MIL_RECEIPT_PART_DATE:
      return parse_date (text, &date) ? NULL : _ ("Write the date like 2024-05-31.");
    case MIL_RECEIPT_PART_TIME:
      return parse_time (text) ? NULL : _ ("Write the time like 14:05.");
    case MIL_RECEIPT_PART_TOTAL:
    case MIL_RECEIPT_PART_TAX:
      return !has_currency || mil_receipt_parse_amount (text, currency, &money) ? NULL : _ ("Write the amount like 126.00.");
    case MIL_RECEIPT_PART_CURRENCY:
      return has_currency ? NULL : _ ("Write the currency as three letters, like EUR.");
    case MIL_RECEIPT_PART_GOODS:
      return mil_goods_parse (text, &goods) ? NULL : _ ("There is no such kind of goods.");
    case MIL_RECEIPT_PART_MERCHANT:
    case MIL_RECEIPT_PART_VAT_ID:
    case MIL_RECEIPT_N_PARTS:
    default:
      return NULL;
    }
}

/**
 * mil_receipt_parts_understand:
 * @self: what a receipt says
 * @total: (out): the total; unset while it cannot be understood
 * @tax: (out): the tax, likewise
 * @date: (out): the day of the purchase, likewise
 *
 * Works out what the texts mean, and says of each what is missing or wrong with it.
 */
void
mil_receipt_parts_understand (MilReceiptParts *self, MilMoney *total, MilMoney *tax, MilDate *date)
{
  const MilReceiptPartText *part = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (total != NULL && tax != NULL && date != NULL);

  part = self->part;
  *total = *tax = (MilMoney) { 0 };
  *date = (MilDate) { 0 };
  for (guint i = 0; i < MIL_RECEIPT_N_PARTS; i++)
    g_set_str (&self->part[i].problem,
               is_empty (part[i].text) ? missing_text (i) : wrong_text (self, i, part[i].text));
  mil_receipt_parse_amount (part[MIL_RECEIPT_PART_TOTAL].text, part[MIL_RECEIPT_PART_CURRENCY].text, total);
  mil_receipt_parse_amount (part[MIL_RECEIPT_PART_TAX].text, part[MIL_RECEIPT_PART_CURRENCY].text, tax);
  if (!is_empty (part[MIL_RECEIPT_PART_DATE].text) && !parse_date (part[MIL_RECEIPT_PART_DATE].text, date))
    *date = (MilDate) { 0 };
}

/**
 * mil_receipt_parts_have:
 * @self: what a receipt says
 * @part: which part
 *
 * Returns: whether the part says anything that can be understood
 */
gboolean
mil_receipt_parts_have (const MilReceiptParts *self, MilReceiptPart part)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (part < MIL_RECEIPT_N_PARTS, FALSE);

  return !is_empty (self->part[part].text) && self->part[part].problem == NULL;
}

/**
 * mil_receipt_parts_type:
 * @self: what a receipt says
 * @part: which part
 * @text: (nullable): as the person typed it
 *
 * Corrects a part; mil_receipt_parts_understand() has to follow.
 *
 * Returns: whether that changed anything
 */
gboolean
mil_receipt_parts_type (MilReceiptParts *self, MilReceiptPart part, const char *text)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (part < MIL_RECEIPT_N_PARTS, FALSE);

  if (g_strcmp0 (self->part[part].text, text) == 0 || (is_empty (self->part[part].text) && is_empty (text)))
    return FALSE;
  g_set_str (&self->part[part].text, text);
  self->part[part].edited = TRUE;
  return TRUE;
}

/**
 * mil_receipt_parts_read:
 * @self: what a receipt says
 * @part: which part
 * @text: (nullable): as it was read
 * @evidence: (nullable): how sure that is and where it stands
 *
 * Takes over what was read; what the person typed stays. mil_receipt_parts_understand() has to follow.
 *
 * Returns: whether the text changed
 */
gboolean
mil_receipt_parts_read (MilReceiptParts *self, MilReceiptPart part, const char *text, const MilEvidence *evidence)
{
  MilReceiptPartText *to = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (part < MIL_RECEIPT_N_PARTS, FALSE);

  to = &self->part[part];
  if (evidence != NULL)
    {
      to->confidence = evidence->confidence;
      to->box = evidence->box;
    }
  return !to->edited && g_set_str (&to->text, text);
}

/**
 * mil_receipt_parts_clear:
 * @self: what a receipt says
 *
 * Frees what it holds.
 */
void
mil_receipt_parts_clear (MilReceiptParts *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < MIL_RECEIPT_N_PARTS; i++)
    {
      g_clear_pointer (&self->part[i].text, g_free);
      g_clear_pointer (&self->part[i].problem, g_free);
    }
}

static JsonNode *
part_to_json (const MilReceiptPartText *part)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  if (part->text != NULL)
    {
      json_builder_set_member_name (builder, "text");
      json_builder_add_string_value (builder, part->text);
    }
  json_builder_set_member_name (builder, "confidence");
  json_builder_add_int_value (builder, part->confidence);
  json_builder_set_member_name (builder, "edited");
  json_builder_add_boolean_value (builder, part->edited);
  json_builder_set_member_name (builder, "x");
  json_builder_add_int_value (builder, part->box.x);
  json_builder_set_member_name (builder, "y");
  json_builder_add_int_value (builder, part->box.y);
  json_builder_set_member_name (builder, "width");
  json_builder_add_int_value (builder, part->box.width);
  json_builder_set_member_name (builder, "height");
  json_builder_add_int_value (builder, part->box.height);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/**
 * mil_receipt_parts_to_json:
 * @self: what a receipt says
 * @builder: writes into it, as the value of a member
 *
 * Writes all parts.
 */
void
mil_receipt_parts_to_json (const MilReceiptParts *self, JsonBuilder *builder)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (JSON_IS_BUILDER (builder));

  json_builder_begin_object (builder);
  for (guint i = 0; i < MIL_RECEIPT_N_PARTS; i++)
    {
      json_builder_set_member_name (builder, part_names[i]);
      json_builder_add_value (builder, part_to_json (&self->part[i]));
    }
  json_builder_end_object (builder);
}

static void
load_part (MilJson *reader, const char *name, MilReceiptPartText *part)
{
  if (!mil_json_enter_optional (reader, name))
    return;
  part->text = g_strdup (mil_json_string_optional (reader, "text", MAX_TEXT));
  part->confidence = mil_json_int_optional (reader, "confidence", 0, 100, 0);
  part->edited = mil_json_boolean_optional (reader, "edited", FALSE);
  part->box.x = mil_json_int_optional (reader, "x", G_MININT, G_MAXINT, 0);
  part->box.y = mil_json_int_optional (reader, "y", G_MININT, G_MAXINT, 0);
  part->box.width = mil_json_int_optional (reader, "width", 0, G_MAXINT, 0);
  part->box.height = mil_json_int_optional (reader, "height", 0, G_MAXINT, 0);
  mil_json_leave (reader);
}

/**
 * mil_receipt_parts_from_json:
 * @self: what a receipt says, empty
 * @reader: within the object that mil_receipt_parts_to_json() wrote
 *
 * Reads all parts; one that is not there stays empty.
 */
void
mil_receipt_parts_from_json (MilReceiptParts *self, MilJson *reader)
{
  g_return_if_fail (self != NULL && reader != NULL);

  for (guint i = 0; i < MIL_RECEIPT_N_PARTS; i++)
    load_part (reader, part_names[i], &self->part[i]);
}

/**
 * mil_receipt_part_name:
 * @part: a part
 *
 * Returns: (transfer none): its property
 */
const char *
mil_receipt_part_name (MilReceiptPart part)
{
  g_return_val_if_fail (part < MIL_RECEIPT_N_PARTS, NULL);

  return part_names[part];
}
