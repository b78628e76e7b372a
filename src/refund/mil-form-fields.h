/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "refund/mil-tax-free-form.h"

G_BEGIN_DECLS

/**
 * MilFieldKind:
 * @MIL_FIELD_TEXT: a `char *`
 * @MIL_FIELD_LONG_TEXT: a `char *` of several lines
 * @MIL_FIELD_COUNTRY: a `char *`, ISO 3166 code
 * @MIL_FIELD_CURRENCY: a `char *`, ISO 4217 code
 * @MIL_FIELD_CHOICE: a `char *`, one of #MilField.choices
 * @MIL_FIELD_CHOICES: a #GStrv of some of #MilField.choices
 * @MIL_FIELD_DATE: a #MilDate
 * @MIL_FIELD_MONEY: a #MilMoney in the currency of the form
 * @MIL_FIELD_PAYOUT: a #MilMoney in the currency that is paid out
 * @MIL_FIELD_RATE: a #gboolean and behind it a #MilDecimal
 * @MIL_FIELD_COUNT: a #gint64 from 1 on
 * @MIL_FIELD_BOOLEAN: a #gboolean
 *
 * What a field of a form holds.
 */
typedef enum
{
  MIL_FIELD_TEXT,
  MIL_FIELD_LONG_TEXT,
  MIL_FIELD_COUNTRY,
  MIL_FIELD_CURRENCY,
  MIL_FIELD_CHOICE,
  MIL_FIELD_CHOICES,
  MIL_FIELD_DATE,
  MIL_FIELD_MONEY,
  MIL_FIELD_PAYOUT,
  MIL_FIELD_RATE,
  MIL_FIELD_COUNT,
  MIL_FIELD_BOOLEAN,
} MilFieldKind;

/**
 * MilField:
 * @name: member in JSON and key of its label; %NULL ends a list
 * @kind: what it holds
 * @offset: where in its structure
 * @value_offset: for %MIL_FIELD_RATE, where the number is
 * @required: whether it must be there
 * @choices: (nullable): the words that are allowed
 *
 * One field of a part of the form.
 */
typedef struct
{
  const char        *name;
  MilFieldKind       kind;
  gsize              offset;
  gsize              value_offset;
  gboolean           required;
  const char *const *choices;
} MilField;

extern const MilField mil_form_fields[];
extern const MilField mil_form_traveller_fields[];
extern const MilField mil_form_document_fields[];
extern const MilField mil_form_seller_fields[];
extern const MilField mil_form_purchase_fields[];
extern const MilField mil_form_line_fields[];
extern const MilField mil_form_refund_fields[];
extern const MilField mil_form_operator_fields[];
extern const MilField mil_form_deadline_fields[];
extern const MilField mil_form_customs_fields[];
extern const MilField mil_form_code_fields[];

void      mil_field_clear   (const MilField *fields,
                             gpointer        part);
gboolean  mil_field_is_set  (const MilField *field,
                             gconstpointer   part);
const char *mil_field_text  (const MilField *field,
                             gconstpointer   part);

G_END_DECLS
