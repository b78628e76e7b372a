/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "pay/mil-payment-code-private.h"

/* NPCI, UPI Linking Specifications 1.6: upi://pay?pa=…&pn=…&am=…&cu=INR&tn=…&tr=…&mc=… */

/* "name@handle"; the handle names the provider. */
static gboolean
is_address (const char *text)
{
  const char *at = text != NULL ? strchr (text, '@') : NULL;

  if (at == NULL || at == text || at[1] == '\0' || strlen (text) > 255)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (p != at && !g_ascii_isalnum (*p) && (strchr (".-_", *p) == NULL || p > at + 60))
      return FALSE;
  return TRUE;
}

/*
 * mil_payment_code_parse_upi:
 * @text: valid UTF-8
 * @error: %MIL_ERROR_UNREADABLE; %MIL_ERROR_UNSUPPORTED for mandates and other actions
 */
MilPaymentCode *
mil_payment_code_parse_upi (const char *text, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_ENCODED_QUERY, NULL);
  g_autoptr (MilPaymentCode) self = mil_pay_code_new (MIL_PAYMENT_CODE_UPI, "upi");
  g_autoptr (GHashTable) fields = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *currency = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return mil_pay_code_badly_made (error);
  if (g_ascii_strcasecmp (g_uri_get_host (uri), "pay") != 0)
    return mil_pay_code_is_no_payment (error);
  fields = mil_pay_code_parse_query (g_uri_get_query (uri));
  if (fields == NULL)
    return mil_pay_code_badly_made (error);
  self->account = mil_pay_code_take (fields, "pa");
  self->payee = mil_pay_code_take (fields, "pn");
  self->category = mil_pay_code_take (fields, "mc");
  self->reference = mil_pay_code_take (fields, "tr");
  self->message = mil_pay_code_take (fields, "tn");
  self->country = g_strdup ("IN");
  amount = mil_pay_code_take (fields, "am");
  currency = mil_pay_code_take (fields, "cu");
  if (self->payee == NULL)
    self->warnings |= MIL_PAYMENT_CODE_NO_NAME;
  /* The scheme settles in rupees alone. */
  if (!is_address (self->account) || (currency != NULL && g_ascii_strcasecmp (currency, "INR") != 0)
      || !mil_pay_code_read_amount (amount, "INR", self))
    return mil_pay_code_badly_made (error);
  return g_steal_pointer (&self);
}
