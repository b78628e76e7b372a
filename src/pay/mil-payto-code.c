/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "pay/mil-payment-code-private.h"

/* RFC 8905: payto://TYPE/ACCOUNT?amount=EUR:12.30&receiver-name=…&message=… */

/* payto://iban/[BIC/]IBAN; the other kinds of account are the payee's in their own terms. */
static gboolean
read_account (MilPaymentCode *self, const char *type, const char *path)
{
  g_autofree char *account = g_uri_unescape_string (*path == '/' ? path + 1 : path, NULL);
  char            *last;

  if (account == NULL || *account == '\0' || !g_utf8_validate (account, -1, NULL))
    return FALSE;
  if (g_ascii_strcasecmp (type, "iban") != 0)
    {
      self->account = g_steal_pointer (&account);
      return TRUE;
    }
  last = strrchr (account, '/');
  if (last != NULL)
    {
      *last++ = '\0';
      self->bic = g_strdup (account);
    }
  return mil_pay_code_set_iban (self, last != NULL ? last : account);
}

/*
 * mil_payment_code_parse_payto:
 * @text: valid UTF-8
 * @error: %MIL_ERROR_UNREADABLE
 */
MilPaymentCode *
mil_payment_code_parse_payto (const char *text, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_ENCODED, NULL);
  const char *type = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (MilPaymentCode) self = mil_pay_code_new (MIL_PAYMENT_CODE_PAYTO, type);
  g_autoptr (GHashTable) fields = uri != NULL ? mil_pay_code_parse_query (g_uri_get_query (uri)) : NULL;
  g_autofree char *amount = fields != NULL ? mil_pay_code_take (fields, "amount") : NULL;
  char            *colon = amount != NULL ? strchr (amount, ':') : NULL;

  if (fields == NULL || type == NULL || *type == '\0' || !read_account (self, type, g_uri_get_path (uri))
      || (amount != NULL && colon == NULL))
    return mil_pay_code_badly_made (error);
  if (colon != NULL)
    *colon++ = '\0';
  self->payee = mil_pay_code_take (fields, "receiver-name");
  self->debtor = mil_pay_code_take (fields, "sender-name");
  self->message = mil_pay_code_take (fields, "message");
  self->reference = mil_pay_code_take (fields, "instruction");
  if (self->payee == NULL)
    self->warnings |= MIL_PAYMENT_CODE_NO_NAME;
  if (amount != NULL && !mil_pay_code_read_amount (colon, amount, self))
    return mil_pay_code_badly_made (error);
  return g_steal_pointer (&self);
}
