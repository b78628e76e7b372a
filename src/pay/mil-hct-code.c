/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "pay/mil-payment-code-private.h"

/* Magyar Nemzeti Bank, guidelines on the QR code data entry solution applicable in the instant payment system. */

#define N_LINES 17
#define MIN_LINES 6

enum
{
  LINE_TYPE,
  LINE_VERSION,
  LINE_CHARSET,
  LINE_BIC,
  LINE_NAME,
  LINE_IBAN,
  LINE_AMOUNT,
  LINE_EXPIRY,
  LINE_PURPOSE,
  LINE_MESSAGE,
  LINE_SHOP,
  LINE_TILL,
  LINE_INVOICE,
  LINE_CUSTOMER,
  LINE_TRANSFER,
};

/* "YYYYMMDDhhmmss+1": the hours behind UTC at the end. */
static gboolean
read_expiry (const char *text, gint64 *expires_at)
{
  g_autoptr (GDateTime) time = NULL;
  int n[6], offset, used = 0;

  if (text == NULL)
    return TRUE;
  if (strlen (text) < 16 || strspn (text, "0123456789") != 14
      || sscanf (text, "%4d%2d%2d%2d%2d%2d%n", &n[0], &n[1], &n[2], &n[3], &n[4], &n[5], &used) != 6
      || (text[used] != '+' && text[used] != '-') || strlen (text) > 17
      || strspn (text + used + 1, "0123456789") != strlen (text + used + 1))
    return FALSE;
  offset = (int) g_ascii_strtoll (text + used, NULL, 10);
  time = g_date_time_new_utc (n[0], n[1], n[2], n[3], n[4], n[5]);
  if (time == NULL || offset < -12 || offset > 14)
    return FALSE;
  *expires_at = (g_date_time_to_unix (time) - offset * 3600) * G_USEC_PER_SEC;
  return TRUE;
}

static gboolean
read_amount (MilPaymentCode *self, const char *text)
{
  if (text == NULL)
    return mil_pay_code_read_amount (NULL, "HUF", self);
  return g_str_has_prefix (text, "HUF") && strlen (text) <= 15 && mil_pay_code_read_amount (text + 3, "HUF", self);
}

/*
 * mil_payment_code_parse_hct:
 * @text: valid UTF-8
 * @error: %MIL_ERROR_UNREADABLE; %MIL_ERROR_UNSUPPORTED for "RTP", with which a payer asks to be charged
 */
MilPaymentCode *
mil_payment_code_parse_hct (const char *text, GError **error)
{
  g_auto (GStrv) lines = mil_pay_code_split_lines (text, N_LINES);
  g_autoptr (MilPaymentCode) self = mil_pay_code_new (MIL_PAYMENT_CODE_HCT, "HCT");
  g_autofree char *amount = NULL;
  g_autofree char *expiry = NULL;

  if (g_strv_length (lines) < MIN_LINES || !g_str_equal (lines[LINE_VERSION], "001")
      || !g_str_equal (lines[LINE_CHARSET], "1"))
    return mil_pay_code_badly_made (error);
  if (!g_str_equal (lines[LINE_TYPE], "HCT"))
    return mil_pay_code_is_no_payment (error);
  self->bic = mil_pay_code_line (lines, LINE_BIC);
  self->payee = mil_pay_code_line (lines, LINE_NAME);
  self->message = mil_pay_code_line (lines, LINE_MESSAGE);
  self->reference = mil_pay_code_line (lines, LINE_TRANSFER);
  if (self->reference == NULL)
    self->reference = mil_pay_code_line (lines, LINE_INVOICE);
  amount = mil_pay_code_line (lines, LINE_AMOUNT);
  expiry = mil_pay_code_line (lines, LINE_EXPIRY);
  if (self->payee == NULL || !mil_pay_code_is_short (self->payee, 70) || !mil_pay_code_is_short (self->message, 70)
      || !mil_pay_code_is_short (self->reference, 35) || !mil_pay_code_set_iban (self, lines[LINE_IBAN])
      || !read_amount (self, amount) || !read_expiry (expiry, &self->expires_at))
    return mil_pay_code_badly_made (error);
  return g_steal_pointer (&self);
}
