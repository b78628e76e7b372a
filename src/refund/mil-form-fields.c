/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-form-fields.h"

static const char *const document_types[] = { "passport", "id-card", "travel-document", NULL };
static const char *const payments[] = { "card", "cash", "cheque", "other", NULL };
static const char *const methods[] = { "card", "bank", "cash", "cheque", "wallet", "mobile", NULL };
static const char *const decisions[] = { "validated", "partially-validated", "refused", NULL };
static const char *const symbols[] = { "gs1-128", "code-128", "qr", NULL };

#define FIELD(part, name, kind) { #name, MIL_FIELD_##kind, G_STRUCT_OFFSET (part, name) }
#define NEEDED(part, name, kind) { #name, MIL_FIELD_##kind, G_STRUCT_OFFSET (part, name), .required = TRUE }
#define CHOICE(part, name, kind, words)                                                                      \
  { #name, MIL_FIELD_##kind, G_STRUCT_OFFSET (part, name), .choices = words }
#define RATE(part, name)                                                                                     \
  { #name, MIL_FIELD_RATE, G_STRUCT_OFFSET (part, has_##name), .value_offset = G_STRUCT_OFFSET (part, name) }

const MilField mil_form_fields[] = {
  NEEDED (MilTaxFreeForm, number, TEXT),   NEEDED (MilTaxFreeForm, country, COUNTRY),
  FIELD (MilTaxFreeForm, scheme, TEXT),    FIELD (MilTaxFreeForm, system, TEXT),
  FIELD (MilTaxFreeForm, issued_on, DATE), NEEDED (MilTaxFreeForm, currency, CURRENCY),
  FIELD (MilTaxFreeForm, note, LONG_TEXT), { NULL },
};

const MilField mil_form_traveller_fields[] = {
  NEEDED (MilFormTraveller, surname, TEXT),
  FIELD (MilFormTraveller, given_name, TEXT),
  FIELD (MilFormTraveller, born, DATE),
  FIELD (MilFormTraveller, nationality, COUNTRY),
  FIELD (MilFormTraveller, residence, COUNTRY),
  FIELD (MilFormTraveller, address, LONG_TEXT),
  FIELD (MilFormTraveller, postcode, TEXT),
  FIELD (MilFormTraveller, city, TEXT),
  FIELD (MilFormTraveller, email, TEXT),
  FIELD (MilFormTraveller, phone, TEXT),
  FIELD (MilFormTraveller, residence_status, TEXT),
  FIELD (MilFormTraveller, arrived_on, DATE),
  FIELD (MilFormTraveller, leaves_on, DATE),
  FIELD (MilFormTraveller, transport, TEXT),
  { NULL },
};

const MilField mil_form_document_fields[] = {
  CHOICE (MilFormDocument, type, CHOICE, document_types),
  FIELD (MilFormDocument, number, TEXT),
  FIELD (MilFormDocument, country, COUNTRY),
  FIELD (MilFormDocument, expires_on, DATE),
  { NULL },
};

const MilField mil_form_seller_fields[] = {
  NEEDED (MilFormSeller, name, TEXT),      FIELD (MilFormSeller, address, LONG_TEXT),
  FIELD (MilFormSeller, country, COUNTRY), FIELD (MilFormSeller, vat_id, TEXT),
  FIELD (MilFormSeller, shop_code, TEXT),  FIELD (MilFormSeller, till, TEXT),
  FIELD (MilFormSeller, cashier, TEXT),    FIELD (MilFormSeller, email, TEXT),
  FIELD (MilFormSeller, phone, TEXT),      { NULL },
};

const MilField mil_form_purchase_fields[] = {
  FIELD (MilFormPurchase, id, TEXT),
  FIELD (MilFormPurchase, invoice, TEXT),
  FIELD (MilFormPurchase, receipt, TEXT),
  NEEDED (MilFormPurchase, date, DATE),
  FIELD (MilFormPurchase, time, TEXT),
  FIELD (MilFormPurchase, shop, TEXT),
  FIELD (MilFormPurchase, vat_id, TEXT),
  CHOICE (MilFormPurchase, paid_by, CHOICES, payments),
  NEEDED (MilFormPurchase, total, MONEY),
  FIELD (MilFormPurchase, vat, MONEY),
  { NULL },
};

const MilField mil_form_line_fields[] = {
  NEEDED (MilFormLine, description, LONG_TEXT),
  FIELD (MilFormLine, code, TEXT),
  FIELD (MilFormLine, serial, TEXT),
  FIELD (MilFormLine, quantity, COUNT),
  FIELD (MilFormLine, unit_price, MONEY),
  RATE (MilFormLine, vat_rate),
  NEEDED (MilFormLine, total, MONEY),
  FIELD (MilFormLine, vat, MONEY),
  { NULL },
};

const MilField mil_form_refund_fields[] = {
  FIELD (MilFormRefund, eligible, MONEY),
  FIELD (MilFormRefund, vat, MONEY),
  FIELD (MilFormRefund, amount, MONEY),
  FIELD (MilFormRefund, fee, MONEY),
  FIELD (MilFormRefund, payout_currency, CURRENCY),
  FIELD (MilFormRefund, payout, PAYOUT),
  RATE (MilFormRefund, rate),
  CHOICE (MilFormRefund, method, CHOICE, methods),
  FIELD (MilFormRefund, account, TEXT),
  FIELD (MilFormRefund, beneficiary, TEXT),
  FIELD (MilFormRefund, mobile, TEXT),
  { NULL },
};

const MilField mil_form_operator_fields[] = {
  FIELD (MilFormOperator, name, TEXT),
  FIELD (MilFormOperator, address, LONG_TEXT),
  FIELD (MilFormOperator, vat_id, TEXT),
  FIELD (MilFormOperator, email, TEXT),
  FIELD (MilFormOperator, phone, TEXT),
  FIELD (MilFormOperator, website, TEXT),
  { NULL },
};

const MilField mil_form_deadline_fields[] = {
  FIELD (MilFormDeadlines, export_by, DATE),
  FIELD (MilFormDeadlines, validate_by, DATE),
  FIELD (MilFormDeadlines, return_by, DATE),
  FIELD (MilFormDeadlines, refund_by, DATE),
  { NULL },
};

const MilField mil_form_customs_fields[] = {
  FIELD (MilFormCustoms, exit_point, TEXT),
  FIELD (MilFormCustoms, office, TEXT),
  FIELD (MilFormCustoms, agent, TEXT),
  FIELD (MilFormCustoms, at, TEXT),
  CHOICE (MilFormCustoms, decision, CHOICE, decisions),
  FIELD (MilFormCustoms, refusal_reason, LONG_TEXT),
  FIELD (MilFormCustoms, physical_check, BOOLEAN),
  { NULL },
};

const MilField mil_form_code_fields[] = {
  { "symbol", MIL_FIELD_CHOICE, G_STRUCT_OFFSET (MilFormCode, symbol), .required = TRUE, .choices = symbols },
  NEEDED (MilFormCode, value, TEXT),
  FIELD (MilFormCode, label, TEXT),
  { NULL },
};

/**
 * mil_field_text:
 * @field: a field that holds words
 * @part: the structure that it is in
 *
 * Returns: (transfer none) (nullable): its words
 */
const char *
mil_field_text (const MilField *field, gconstpointer part)
{
  g_return_val_if_fail (field != NULL && part != NULL && field->kind <= MIL_FIELD_CHOICE, NULL);

  return G_STRUCT_MEMBER (char *, part, field->offset);
}

/**
 * mil_field_is_set:
 * @field: a field
 * @part: the structure that it is in
 *
 * Returns: whether anything is known of it
 */
gboolean
mil_field_is_set (const MilField *field, gconstpointer part)
{
  g_return_val_if_fail (field != NULL && part != NULL, FALSE);

  switch (field->kind)
    {
    case MIL_FIELD_DATE:
      return mil_date_is_set (G_STRUCT_MEMBER (MilDate, part, field->offset));
    case MIL_FIELD_MONEY:
    case MIL_FIELD_PAYOUT:
      return mil_money_is_set (G_STRUCT_MEMBER (MilMoney, part, field->offset));
    case MIL_FIELD_RATE:
    case MIL_FIELD_BOOLEAN:
      return G_STRUCT_MEMBER (gboolean, part, field->offset);
    case MIL_FIELD_COUNT:
      return G_STRUCT_MEMBER (gint64, part, field->offset) > 0;
    default:
      return G_STRUCT_MEMBER (gpointer, part, field->offset) != NULL;
    }
}

/**
 * mil_field_clear:
 * @fields: (array zero-terminated=1): all fields of a part
 * @part: the structure
 *
 * Frees what the fields own.
 */
void
mil_field_clear (const MilField *fields, gpointer part)
{
  g_return_if_fail (fields != NULL && part != NULL);

  for (const MilField *field = fields; field->name != NULL; field++)
    {
      if (field->kind == MIL_FIELD_CHOICES)
        g_clear_pointer (&G_STRUCT_MEMBER (GStrv, part, field->offset), g_strfreev);
      else if (field->kind < MIL_FIELD_CHOICES)
        g_clear_pointer (&G_STRUCT_MEMBER (char *, part, field->offset), g_free);
    }
}
