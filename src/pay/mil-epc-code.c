/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "pay/mil-payment-code-private.h"

/* EPC069-12, Quick Response Code: guidelines to enable data capture for the initiation of a SEPA credit transfer. */

#define N_LINES 12

enum
{
  LINE_SERVICE,
  LINE_VERSION,
  LINE_CHARSET,
  LINE_IDENTIFICATION,
  LINE_BIC,
  LINE_NAME,
  LINE_IBAN,
  LINE_AMOUNT,
  LINE_PURPOSE,
  LINE_REFERENCE,
  LINE_TEXT,
  LINE_INFORMATION,
};

static gboolean
read_amount (const char *text, MilMoney *amount)
{
  if (text == NULL)
    return TRUE;
  return g_str_has_prefix (text, "EUR") && mil_money_parse (text + 3, "EUR", amount, NULL)
         && amount->minor > 0 && amount->minor <= G_GINT64_CONSTANT (99999999999);
}

static gboolean
is_header (char **lines)
{
  const char *version = lines[LINE_VERSION], *charset = lines[LINE_CHARSET];

  return (g_str_equal (version, "001") || g_str_equal (version, "002")) && charset[0] >= '1'
         && charset[0] <= '8' && charset[1] == '\0' && g_str_equal (lines[LINE_IDENTIFICATION], "SCT");
}

static gboolean
is_short_enough (const MilPaymentCode *self)
{
  return self->payee != NULL && g_utf8_strlen (self->payee, -1) <= 70
         && (self->message == NULL || g_utf8_strlen (self->message, -1) <= 140)
         && (self->reference == NULL || g_utf8_strlen (self->reference, -1) <= 35);
}

/*
 * mil_payment_code_parse_epc:
 * @text: valid UTF-8
 * @error: %MIL_ERROR_UNREADABLE
 *
 * Lines may end in CR LF, empty ones at the end may be left out, amounts may lack decimals.
 */
MilPaymentCode *
mil_payment_code_parse_epc (const char *text, GError **error)
{
  g_auto (GStrv) lines = mil_pay_code_split_lines (text, N_LINES);
  g_autoptr (MilPaymentCode) self = mil_pay_code_new (MIL_PAYMENT_CODE_EPC, "SCT");
  g_autofree char *amount = NULL;

  g_strlcpy (self->currency, "EUR", sizeof self->currency);
  self->bic = mil_pay_code_line (lines, LINE_BIC);
  self->payee = mil_pay_code_line (lines, LINE_NAME);
  self->account = mil_pay_code_line (lines, LINE_IBAN);
  amount = mil_pay_code_line (lines, LINE_AMOUNT);
  self->reference = mil_pay_code_line (lines, LINE_REFERENCE);
  self->message = mil_pay_code_line (lines, LINE_TEXT);
  if (self->account != NULL)
    self->country = g_strndup (self->account, 2);
  if (g_strv_length (lines) > LINE_IBAN && is_header (lines) && mil_iban_is_valid (self->account)
      && read_amount (amount, &self->amount) && (self->reference == NULL || self->message == NULL)
      && is_short_enough (self) && (self->bic != NULL || g_str_equal (lines[LINE_VERSION], "002")))
    return g_steal_pointer (&self);
  return mil_pay_code_badly_made (error);
}
