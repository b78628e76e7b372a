/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>
#include <string.h>

#include "pay/mil-payer-code.h"
#include "pay/mil-payment-code.h"

static void
check (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilPaymentCode) code = mil_payment_code_parse (text, &error);
  g_autoptr (MilPaymentCode) copy = NULL;

  if (code == NULL)
    {
      g_assert_nonnull (error);
      return;
    }
  copy = mil_payment_code_copy (code);
  g_assert_true (copy->payee == NULL || g_utf8_validate (copy->payee, -1, NULL));
  g_assert_true (copy->account == NULL || g_utf8_validate (copy->account, -1, NULL));
  g_assert_true (!mil_money_is_set (copy->amount) || copy->amount.minor > 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *body = NULL;
  g_autofree char *right = NULL;
  g_autoptr (MilPayerCode) payer = mil_payer_code_parse (text, NULL);

  check (text);
  if (payer != NULL)
    {
      g_autofree char *again = mil_payer_code_to_text (payer);
      g_autoptr (MilPayerCode) same = mil_payer_code_parse (again, NULL);

      g_assert_cmpstr (same->wallet_id, ==, payer->wallet_id);
    }
  /* No change survives the checksum, so what stands behind it is tried with the right one, too. */
  body = g_strndup (text, strlen (text) > 8 ? strlen (text) - 8 : 0);
  right = g_strconcat (body, "6304", NULL);
  g_free (body);
  body = g_strdup_printf ("%s%04X", right, mil_emv_crc (right, strlen (right)));
  check (body);
  return 0;
}
