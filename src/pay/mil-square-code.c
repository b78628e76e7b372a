/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <lzma.h>
#include <string.h>

#include "pay/mil-payment-code-private.h"

/*
 * PAY by square 1.0 and 1.1 (Slovak Banking Association): in the letters of base32hex two bytes of header, two of
 * the size, then LZMA of a CRC-32 and of fields between tabs: invoice, number of payments, and for each payment
 * type, amount, currency, due day, variable, constant and specific symbol, the payer's reference, note, number of
 * accounts, IBAN and BIC of each, standing order, direct debit; then name and address of each payee.
 */

#define LETTERS "0123456789ABCDEFGHIJKLMNOPQRSTUV"
#define MIN_LETTERS 40
/* QR symbols hold no more, and what it says is text. */
#define MAX_SIZE 4096
#define MAX_ACCOUNTS 10
#define FIRST_ACCOUNT 11

static GByteArray *
from_letters (const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint bits = 0, n = 0;

  for (; *text != '\0'; text++)
    {
      const char *at = strchr (LETTERS, *text);

      if (at == NULL)
        return NULL;
      bits = (bits << 5 | (guint) (at - LETTERS)) & 0xffff;
      n += 5;
      if (n >= 8)
        {
          guint8 byte = (guint8) (bits >> (n - 8));

          g_byte_array_append (bytes, &byte, 1);
          n -= 8;
        }
    }
  return g_steal_pointer (&bytes);
}

/* SIZE bytes out of raw LZMA, in which no end is marked. */
static gboolean
decompress (const guint8 *data, gsize data_size, guint8 *out, gsize size)
{
  lzma_options_lzma options = { .dict_size = 128 * 1024, .lc = 3, .lp = 0, .pb = 2 };
  lzma_filter       filters[] = { { LZMA_FILTER_LZMA1, &options }, { LZMA_VLI_UNKNOWN, NULL } };
  lzma_stream       stream = LZMA_STREAM_INIT;
  gboolean          done;

  if (lzma_raw_decoder (&stream, filters) != LZMA_OK)
    return FALSE;
  stream.next_in = data;
  stream.avail_in = data_size;
  stream.next_out = out;
  stream.avail_out = size;
  done = lzma_code (&stream, LZMA_RUN) <= LZMA_STREAM_END && stream.avail_out == 0;
  lzma_end (&stream);
  return done;
}

/* What is behind the letters, when its sum is right. */
static char *
unpack (const char *text)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree guint8 *plain = NULL;
  gsize              size;

  if (strlen (text) < MIN_LETTERS)
    return NULL;
  bytes = from_letters (text);
  /* Type 0 is PAY, of any version; document 0 and reserved 0. */
  if (bytes == NULL || bytes->len < 8 || bytes->data[0] >> 4 != 0 || bytes->data[1] != 0)
    return NULL;
  size = bytes->data[2] | (gsize) bytes->data[3] << 8;
  if (size < 5 || size > MAX_SIZE)
    return NULL;
  plain = g_malloc0 (size + 1);
  if (!decompress (bytes->data + 4, bytes->len - 4, plain, size)
      || lzma_crc32 (plain + 4, size - 4, 0)
             != ((guint32) plain[0] | (guint32) plain[1] << 8 | (guint32) plain[2] << 16 | (guint32) plain[3] << 24))
    return NULL;
  return g_utf8_validate ((char *) plain + 4, (gssize) size - 4, NULL) ? g_strdup ((char *) plain + 4) : NULL;
}

/* Behind the accounts stand two switches (with nothing behind them when they are off), then the payee. */
static gboolean
read_payee (MilPaymentCode *self, char **fields, guint at)
{
  guint            n = g_strv_length (fields);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (n < at + 2 || g_strcmp0 (fields[at], "1") == 0 || g_strcmp0 (fields[at + 1], "1") == 0)
    return FALSE;
  self->payee = mil_pay_code_line (fields, at + 2);
  self->address = mil_pay_code_line (fields, at + 3);
  self->city = mil_pay_code_line (fields, at + 4);
  if (self->payee == NULL)
    self->warnings |= MIL_PAYMENT_CODE_NO_NAME;
  return TRUE;
}

static gboolean
read_fields (MilPaymentCode *self, char **fields)
{
  guint64 accounts = 0;

  if (g_strv_length (fields) <= FIRST_ACCOUNT + 1)
    return FALSE;
  if (*fields[5] != '\0' && !mil_pay_code_read_day (fields[5], "ymd", &self->due))
    return FALSE;
  self->reference = mil_pay_code_line (fields, *fields[6] != '\0' ? 6 : 9);
  self->message = mil_pay_code_line (fields, 10);
  if (!g_ascii_string_to_unsigned (fields[FIRST_ACCOUNT], 10, 1, MAX_ACCOUNTS, &accounts, NULL)
      || g_strv_length (fields) < FIRST_ACCOUNT + 1 + 2 * accounts
      || !mil_pay_code_set_iban (self, fields[FIRST_ACCOUNT + 1])
      || !mil_pay_code_read_amount (fields[3], fields[4], self))
    return FALSE;
  self->bic = mil_pay_code_line (fields, FIRST_ACCOUNT + 2);
  return read_payee (self, fields, FIRST_ACCOUNT + 1 + 2 * (guint) accounts);
}

/*
 * mil_payment_code_parse_by_square:
 * @text: valid UTF-8
 * @error: %MIL_ERROR_UNREADABLE for what is none, or damaged; %MIL_ERROR_UNSUPPORTED for several payments in
 * one, standing orders and direct debits
 */
MilPaymentCode *
mil_payment_code_parse_by_square (const char *text, GError **error)
{
  g_autofree char *plain = unpack (text);
  g_auto (GStrv) fields = plain != NULL ? g_strsplit (plain, "\t", 64) : NULL;
  g_autoptr (MilPaymentCode) self = mil_pay_code_new (MIL_PAYMENT_CODE_BY_SQUARE, "PAY by square");

  if (fields == NULL || g_strv_length (fields) < 3)
    return mil_pay_code_badly_made (error);
  if (!g_str_equal (fields[1], "1") || !g_str_equal (fields[2], "1"))
    return mil_pay_code_is_no_payment (error);
  if (!read_fields (self, fields))
    return mil_pay_code_badly_made (error);
  return g_steal_pointer (&self);
}
