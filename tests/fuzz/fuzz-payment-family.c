/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <lzma.h>
#include <stdint.h>
#include <string.h>

#include "pay/mil-payment-code.h"

/* The first letter tells which start a code gets; "q" wraps the rest as PAY by square does, its sum right. */
static const char *const starts[] = {
  ['a' - 'a'] = "SPC\n0200\n1\n", ['b' - 'a'] = "upi://pay?",
  ['c' - 'a'] = "taler://pay/",   ['d' - 'a'] = "taler://pay-template/",
  ['e' - 'a'] = "payto://iban/",  ['f' - 'a'] = "SPD*1.0*",
  ['g' - 'a'] = "HCT\n001\n1\n",  ['h' - 'a'] = "bank://singlepaymentsepa?",
  ['i' - 'a'] = "https://",       ['j' - 'a'] = "0",
};

static void
check (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilPaymentCode) code = mil_payment_code_parse (text, &error);
  g_autoptr (MilPaymentCode) copy = NULL;
  const char *texts[] = { NULL, NULL, NULL, NULL, NULL, NULL, NULL };

  if (code == NULL)
    {
      g_assert_nonnull (error);
      return;
    }
  copy = mil_payment_code_copy (code);
  texts[0] = copy->payee;
  texts[1] = copy->account;
  texts[2] = copy->message;
  texts[3] = copy->reference;
  texts[4] = copy->debtor;
  texts[5] = copy->city;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_true (texts[i] == NULL || g_utf8_validate (texts[i], -1, NULL));
  g_assert_true (!mil_money_is_set (copy->amount) || copy->amount.minor > 0);
  g_assert_true (!mil_date_is_set (copy->due) || mil_date_is_valid (copy->due));
  g_assert_nonnull (mil_payment_code_get_system (copy));
}

static char *
by_square (const char *fields)
{
  lzma_options_lzma  options;
  lzma_filter        filters[] = { { LZMA_FILTER_LZMA1, &options }, { LZMA_VLI_UNKNOWN, NULL } };
  gsize              size = 4 + strlen (fields), packed = 4;
  g_autofree guint8 *plain = g_malloc (size);
  g_autofree guint8 *out = g_malloc0 (size + 1024);
  guint32            sum = lzma_crc32 ((const guint8 *) fields, size - 4, 0);
  GString           *letters = g_string_new ("");
  gsize              room = size + 1020;

  lzma_lzma_preset (&options, 0);
  memcpy (plain + 4, fields, size - 4);
  for (guint i = 0; i < 4; i++)
    plain[i] = (guint8) (sum >> (8 * i));
  out[2] = (guint8) size;
  out[3] = (guint8) (size >> 8);
  if (lzma_raw_buffer_encode (filters, NULL, plain, size, out, &packed, room) != LZMA_OK)
    return g_string_free_and_steal (letters);
  for (gsize bit = 0; bit < packed * 8; bit += 5)
    {
      guint at = (guint) out[bit / 8] << 8 | (bit / 8 + 1 < packed ? out[bit / 8 + 1] : 0);

      g_string_append_c (letters, "0123456789ABCDEFGHIJKLMNOPQRSTUV"[at >> (11 - bit % 8) & 31]);
    }
  return g_string_free_and_steal (letters);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *whole = NULL;

  check (text);
  if (*text == 'q' && strlen (text) < 2000)
    whole = by_square (text + 1);
  else if (*text >= 'a' && *text < 'a' + (int) G_N_ELEMENTS (starts))
    whole = g_strconcat (starts[*text - 'a'], text + 1, NULL);
  if (whole != NULL)
    check (whole);
  return 0;
}
