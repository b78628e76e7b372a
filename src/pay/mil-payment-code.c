/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pay/mil-payment-code.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/mil-error.h"
#include "pay/mil-payer-code.h"
#include "pay/mil-payment-code-private.h"

/* Far above what a QR symbol holds. */
#define MAX_SIZE 4096

G_DEFINE_BOXED_TYPE (MilPaymentCode, mil_payment_code, mil_payment_code_copy, mil_payment_code_free)

/**
 * mil_payment_code_copy:
 * @self: a code
 *
 * Returns: (transfer full): a copy
 */
MilPaymentCode *
mil_payment_code_copy (const MilPaymentCode *self)
{
  MilPaymentCode *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->scheme = g_strdup (self->scheme);
  copy->account = g_strdup (self->account);
  copy->bic = g_strdup (self->bic);
  copy->payee = g_strdup (self->payee);
  copy->payee_local = g_strdup (self->payee_local);
  copy->city = g_strdup (self->city);
  copy->country = g_strdup (self->country);
  copy->category = g_strdup (self->category);
  copy->reference = g_strdup (self->reference);
  copy->message = g_strdup (self->message);
  return copy;
}

/**
 * mil_payment_code_free:
 * @self: (nullable) (transfer full): a code
 */
void
mil_payment_code_free (MilPaymentCode *self)
{
  if (self == NULL)
    return;
  g_free (self->scheme);
  g_free (self->account);
  g_free (self->bic);
  g_free (self->payee);
  g_free (self->payee_local);
  g_free (self->city);
  g_free (self->country);
  g_free (self->category);
  g_free (self->reference);
  g_free (self->message);
  g_free (self);
}

/**
 * mil_iban_is_valid:
 * @iban: (nullable): without spaces, in upper case
 *
 * Returns: whether it is an IBAN by its check digits (ISO 13616, ISO 7064 mod 97-10)
 */
gboolean
mil_iban_is_valid (const char *iban)
{
  gsize length = iban != NULL ? strlen (iban) : 0;
  guint rest = 0;

  if (length < 15 || length > 34 || !g_ascii_isupper (iban[0]) || !g_ascii_isupper (iban[1])
      || !g_ascii_isdigit (iban[2]) || !g_ascii_isdigit (iban[3]))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      char c = iban[(i + 4) % length];

      if (g_ascii_isdigit (c))
        rest = (rest * 10 + (guint) (c - '0')) % 97;
      else if (g_ascii_isupper (c))
        rest = (rest * 100 + (guint) (c - 'A') + 10) % 97;
      else
        return FALSE;
    }
  return rest == 1;
}

static MilPaymentCode *
from_payer (const char *text, GError **error)
{
  g_autoptr (MilPayerCode) payer = mil_payer_code_parse (text, error);
  MilPaymentCode *self;

  if (payer == NULL)
    return NULL;
  self = g_new0 (MilPaymentCode, 1);
  self->kind = MIL_PAYMENT_CODE_PAYER;
  self->scheme = g_strdup ("io.github.milione.wallet");
  self->account = g_strdup (payer->wallet_id);
  self->one_time = TRUE;
  return self;
}

/**
 * mil_payment_code_parse:
 * @text: what a symbol says, as UTF-8
 * @error: %MIL_ERROR_UNREADABLE for what is no payment code, or one that is damaged or made wrongly;
 *   %MIL_ERROR_UNSUPPORTED for a payer's code of another wallet
 *
 * Returns: (transfer full) (nullable): what it says
 */
MilPaymentCode *
mil_payment_code_parse (const char *text, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  if (strnlen (text, MAX_SIZE + 1) <= MAX_SIZE && g_utf8_validate (text, -1, NULL))
    {
      if (g_str_has_prefix (text, "BCD\n") || g_str_has_prefix (text, "BCD\r\n"))
        return mil_payment_code_parse_epc (text, error);
      if (g_str_has_prefix (text, MIL_PAYER_CODE_PREFIX))
        return from_payer (text, error);
      if (g_str_has_prefix (text, "0002"))
        return mil_payment_code_parse_emv (text, error);
    }
  mil_error_set (error, MIL_ERROR_UNREADABLE, "%s", _ ("This is not a payment code that is known here."));
  return NULL;
}
