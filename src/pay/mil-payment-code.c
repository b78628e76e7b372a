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
  copy->address = g_strdup (self->address);
  copy->city = g_strdup (self->city);
  copy->country = g_strdup (self->country);
  copy->category = g_strdup (self->category);
  copy->reference = g_strdup (self->reference);
  copy->message = g_strdup (self->message);
  copy->debtor = g_strdup (self->debtor);
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
  g_free (self->address);
  g_free (self->city);
  g_free (self->country);
  g_free (self->category);
  g_free (self->reference);
  g_free (self->message);
  g_free (self->debtor);
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

  return length >= 15 && length <= 34 && g_ascii_isupper (iban[0]) && g_ascii_isupper (iban[1])
         && g_ascii_isdigit (iban[2]) && g_ascii_isdigit (iban[3]) && mil_pay_code_is_97_valid (iban);
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

/* How codes announce themselves. */
static const struct
{
  const char *prefix;
  gboolean    in_any_case;
  MilPaymentCode *(*parse) (const char *text, GError **error);
} kinds[] = {
  { "BCD\n", FALSE, mil_payment_code_parse_epc },          { "BCD\r", FALSE, mil_payment_code_parse_epc },
  { "SPC\n", FALSE, mil_payment_code_parse_swiss },        { "SPC\r", FALSE, mil_payment_code_parse_swiss },
  { "HCT\n", FALSE, mil_payment_code_parse_hct },          { "HCT\r", FALSE, mil_payment_code_parse_hct },
  { "RTP\n", FALSE, mil_payment_code_parse_hct },          { "SPD*", FALSE, mil_payment_code_parse_spd },
  { "upi://", TRUE, mil_payment_code_parse_upi },          { "taler://", TRUE, mil_payment_code_parse_taler },
  { "taler+http://", TRUE, mil_payment_code_parse_taler }, { "payto://", TRUE, mil_payment_code_parse_payto },
  { "bank://", TRUE, mil_payment_code_parse_bezahlcode },  { MIL_PAYER_CODE_PREFIX, FALSE, from_payer },
  { "000201", FALSE, mil_payment_code_parse_emv },
};

static gboolean
has_prefix (const char *text, guint kind)
{
  gsize length = strlen (kinds[kind].prefix);

  return kinds[kind].in_any_case ? g_ascii_strncasecmp (text, kinds[kind].prefix, length) == 0
                                 : strncmp (text, kinds[kind].prefix, length) == 0;
}

/**
 * mil_payment_code_is_meant:
 * @text: (nullable): what a symbol says
 *
 * Returns: whether it announces itself as a payment code, be it a right one or not
 */
gboolean
mil_payment_code_is_meant (const char *text)
{
  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (has_prefix (text, i))
      return TRUE;
  return FALSE;
}

/**
 * mil_payment_code_parse:
 * @text: what a symbol says, as UTF-8
 * @error: %MIL_ERROR_UNREADABLE for what is no payment code, or one that is damaged or made wrongly;
 *   %MIL_ERROR_UNSUPPORTED for a payer's code of another wallet, and for what is meant for a bank's app but
 * is no single payment (mandates, withdrawals, standing orders)
 *
 * Returns: (transfer full) (nullable): what it says
 */
MilPaymentCode *
mil_payment_code_parse (const char *text, GError **error)
{
  MilPaymentCode *self;

  g_return_val_if_fail (text != NULL, NULL);

  if (strnlen (text, MAX_SIZE + 1) <= MAX_SIZE && g_utf8_validate (text, -1, NULL))
    {
      for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
        if (has_prefix (text, i))
          return kinds[i].parse (text, error);
      /* Some announce themselves with a format that is not known, and two kinds do not announce themselves. */
      if (g_str_has_prefix (text, "0002"))
        return mil_payment_code_parse_emv (text, error);
      self = mil_payment_code_parse_link (text, NULL);
      if (self == NULL && g_str_has_prefix (text, "0"))
        self = mil_payment_code_parse_by_square (text, NULL);
      if (self != NULL)
        return self;
    }
  mil_error_set (error, MIL_ERROR_UNREADABLE, "%s", _ ("This is not a payment code that is known here."));
  return NULL;
}
