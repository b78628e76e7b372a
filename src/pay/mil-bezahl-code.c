/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "pay/mil-payment-code-private.h"

/* BezahlCode 2.1: bank://singlepaymentsepa?name=…&iban=…&bic=…&amount=12,30&reason=…, and before SEPA
 * bank://singlepayment?name=…&account=…&bnc=… */

/* Both a comma and a point are in use. */
static gboolean
read_amount (MilPaymentCode *self, GHashTable *fields)
{
  g_autofree char *amount = mil_pay_code_take (fields, "amount");
  g_autofree char *currency = mil_pay_code_take (fields, "currency");

  if (amount != NULL)
    g_strdelimit (amount, ",", '.');
  return mil_pay_code_read_amount (amount, currency != NULL ? currency : "EUR", self);
}

/* Account and bank of before 2014 cannot be paid to from abroad, but they are what the code says. */
static gboolean
read_account (MilPaymentCode *self, GHashTable *fields, gboolean is_sepa)
{
  g_autofree char *iban = mil_pay_code_take (fields, "iban");
  g_autofree char *number = mil_pay_code_take (fields, "account");

  self->bic = mil_pay_code_take (fields, is_sepa ? "bic" : "bnc");
  if (is_sepa)
    return mil_pay_code_set_iban (self, iban);
  if (number == NULL || self->bic == NULL || strspn (number, "0123456789") != strlen (number)
      || strspn (self->bic, "0123456789") != strlen (self->bic))
    return FALSE;
  self->account = g_steal_pointer (&number);
  self->country = g_strdup ("DE");
  self->warnings |= MIL_PAYMENT_CODE_OLD;
  return TRUE;
}

/*
 * mil_payment_code_parse_bezahlcode:
 * @text: valid UTF-8
 * @error: %MIL_ERROR_UNREADABLE; %MIL_ERROR_UNSUPPORTED for contacts, standing orders and direct debits
 */
MilPaymentCode *
mil_payment_code_parse_bezahlcode (const char *text, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_ENCODED_QUERY, NULL);
  const char *what = uri != NULL ? g_uri_get_host (uri) : NULL;
  gboolean    is_sepa = g_strcmp0 (what, "singlepaymentsepa") == 0;
  g_autoptr (MilPaymentCode) self = mil_pay_code_new (MIL_PAYMENT_CODE_BEZAHLCODE, "BezahlCode");
  g_autoptr (GHashTable) fields = NULL;
  g_autofree char *day = NULL;

  if (!is_sepa && g_strcmp0 (what, "singlepayment") != 0)
    return mil_pay_code_is_no_payment (error);
  fields = mil_pay_code_parse_query (g_uri_get_query (uri));
  if (fields == NULL)
    return mil_pay_code_badly_made (error);
  self->payee = mil_pay_code_take (fields, "name");
  self->message = mil_pay_code_take (fields, "reason");
  self->reference = mil_pay_code_take (fields, "separeference");
  day = mil_pay_code_take (fields, "executiondate");
  if (self->payee == NULL || !mil_pay_code_is_short (self->payee, 70) || !read_account (self, fields, is_sepa)
      || !read_amount (self, fields) || (day != NULL && !mil_pay_code_read_day (day, "dmy", &self->due)))
    return mil_pay_code_badly_made (error);
  return g_steal_pointer (&self);
}
