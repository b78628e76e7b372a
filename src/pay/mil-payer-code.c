/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pay/mil-payer-code.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/mil-error.h"

/*
 * EMV QR Code Specification for Payment Systems, Consumer-Presented Mode, version 1.1: base64 of BER-TLV.
 * 85 "CPV01", 61 { 4F application, 50 label, 63 what only the issuer reads }.
 * Ours holds in 63: version 1, wallet id (16), nonce (8), expiry (4, seconds, big-endian), signature (64).
 */
static const guint8 application[] = { 0xf0, 'M', 'I', 'L', 'I', 'O', 'N', 'E' }; /* ISO/IEC 7816-5: proprietary, not registered */
#define LABEL "Milione"
#define SIGNED_SIZE (1 + 16 + 8 + 4)
#define PRIVATE_SIZE (SIGNED_SIZE + 64)
#define MAX_TEXT 684 /* 512 bytes, which readers must take */
#define DOMAIN "io.github.milione.payer-code:"

G_DEFINE_BOXED_TYPE (MilPayerCode, mil_payer_code, mil_payer_code_copy, mil_payer_code_free)

/**
 * mil_payer_code_copy:
 * @self: a code
 *
 * Returns: (transfer full): a copy
 */
MilPayerCode *
mil_payer_code_copy (const MilPayerCode *self)
{
  MilPayerCode *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->wallet_id = g_strdup (self->wallet_id);
  copy->signature = g_bytes_ref (self->signature);
  return copy;
}

/**
 * mil_payer_code_free:
 * @self: (nullable) (transfer full): a code
 */
void
mil_payer_code_free (MilPayerCode *self)
{
  if (self == NULL)
    return;
  g_free (self->wallet_id);
  g_clear_pointer (&self->signature, g_bytes_unref);
  g_free (self);
}

static void
append_wallet (GByteArray *out, const char *wallet_id)
{
  guint8 byte = 0;
  guint  n = 0;

  for (const char *p = wallet_id; *p != '\0'; p++)
    if (*p != '-')
      {
        byte = (guint8) (byte << 4 | g_ascii_xdigit_value (*p));
        if (++n % 2 == 0)
          g_byte_array_append (out, &byte, 1);
      }
}

static void
append_signed (GByteArray *out, const MilPayerCode *self)
{
  static const guint8 version = 1;
  guint32             seconds = GUINT32_TO_BE ((guint32) (self->expires_at / G_USEC_PER_SEC));

  g_byte_array_append (out, &version, 1);
  append_wallet (out, self->wallet_id);
  g_byte_array_append (out, self->nonce, sizeof self->nonce);
  g_byte_array_append (out, (const guint8 *) &seconds, sizeof seconds);
}

/* What is signed says what it is, so that the key's other signatures are none of these. */
static GByteArray *
to_sign (const MilPayerCode *self)
{
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out, (const guint8 *) DOMAIN, strlen (DOMAIN));
  append_signed (out, self);
  return out;
}

/**
 * mil_payer_code_new:
 * @wallet_id: a UUID in lower case
 * @expires_at: until when, in microseconds; before 2106
 * @random: for the nonce
 * @key: the wallet's owner's
 * @error: as for mil_key_sign()
 *
 * Returns: (transfer full) (nullable): a code that is good for once
 */
MilPayerCode *
mil_payer_code_new (const char *wallet_id, gint64 expires_at, MilRandom *random, MilKey *key, GError **error)
{
  g_autoptr (MilPayerCode) self = NULL;
  g_autoptr (GByteArray) bytes = NULL;

  g_return_val_if_fail (mil_uuid_is_valid (wallet_id) && MIL_IS_RANDOM (random) && key != NULL, NULL);
  g_return_val_if_fail (expires_at >= 0 && expires_at / G_USEC_PER_SEC <= G_MAXUINT32, NULL);

  self = g_new0 (MilPayerCode, 1);
  self->wallet_id = g_strdup (wallet_id);
  self->expires_at = expires_at / G_USEC_PER_SEC * G_USEC_PER_SEC;
  mil_random_fill (random, self->nonce, sizeof self->nonce);
  bytes = to_sign (self);
  self->signature = mil_key_sign (key, bytes->data, bytes->len, error);
  return self->signature != NULL ? g_steal_pointer (&self) : NULL;
}

static void
append_tlv (GByteArray *out, guint8 tag, const void *value, guint8 size)
{
  g_assert (size < 0x80);

  g_byte_array_append (out, &tag, 1);
  g_byte_array_append (out, &size, 1);
  g_byte_array_append (out, value, size);
}

/**
 * mil_payer_code_to_text:
 * @self: a code
 *
 * Returns: (transfer full): what a symbol says (base64, ASCII)
 */
char *
mil_payer_code_to_text (const MilPayerCode *self)
{
  g_autoptr (GByteArray) own = g_byte_array_new ();
  g_autoptr (GByteArray) template = g_byte_array_new ();
  g_autoptr (GByteArray) out = g_byte_array_new ();

  g_return_val_if_fail (self != NULL && g_bytes_get_size (self->signature) == 64, NULL);

  append_signed (own, self);
  g_byte_array_append (own, g_bytes_get_data (self->signature, NULL), 64);
  append_tlv (template, 0x4f, application, sizeof application);
  append_tlv (template, 0x50, LABEL, strlen (LABEL));
  append_tlv (template, 0x63, own->data, own->len);
  append_tlv (out, 0x85, "CPV01", 5);
  append_tlv (out, 0x61, template->data, template->len);
  return g_base64_encode (out->data, out->len);
}

/* One object of BER-TLV whose tag is one byte; lengths up to 255. */
static gboolean
read_tlv (const guint8 **data, gsize *left, guint8 *tag, const guint8 **value, gsize *size)
{
  const guint8 *p = *data;
  gsize         header = 2;

  if (*left < 2 || (p[0] & 0x1f) == 0x1f)
    return FALSE;
  *tag = p[0];
  *size = p[1];
  if (p[1] == 0x81)
    {
      if (*left < 3)
        return FALSE;
      *size = p[2];
      header = 3;
    }
  else if (p[1] >= 0x80)
    return FALSE;
  if (*size > *left - header)
    return FALSE;
  *value = p + header;
  *data = p + header + *size;
  *left -= header + *size;
  return TRUE;
}

static gboolean
find_tag (const guint8 *data, gsize left, guint8 wanted, const guint8 **value, gsize *size)
{
  guint8 tag;

  while (read_tlv (&data, &left, &tag, value, size))
    if (tag == wanted)
      return TRUE;
  return FALSE;
}

static MilPayerCode *
read_own (const guint8 *own)
{
  MilPayerCode *self = g_new0 (MilPayerCode, 1);
  GString      *id = g_string_new (NULL);
  guint32       seconds;

  for (guint i = 0; i < 16; i++)
    g_string_append_printf (id, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", own[1 + i]);
  self->wallet_id = g_string_free_and_steal (id);
  memcpy (self->nonce, own + 17, sizeof self->nonce);
  memcpy (&seconds, own + 25, sizeof seconds);
  self->expires_at = (gint64) GUINT32_FROM_BE (seconds) * G_USEC_PER_SEC;
  self->signature = g_bytes_new (own + SIGNED_SIZE, 64);
  return self;
}

/**
 * mil_payer_code_parse:
 * @text: what a symbol says
 * @error: %MIL_ERROR_UNREADABLE when it is damaged, %MIL_ERROR_UNSUPPORTED when it is of another wallet
 *
 * Returns: (transfer full) (nullable): the code, not verified yet
 */
MilPayerCode *
mil_payer_code_parse (const char *text, GError **error)
{
  g_autofree guint8 *data = NULL;
  const guint8 *template, *value, *own;
  gsize size = 0, template_size, value_size, own_size;

  g_return_val_if_fail (text != NULL, NULL);

  if (strnlen (text, MAX_TEXT + 1) <= MAX_TEXT)
    data = g_base64_decode (text, &size);
  if (size < 7
      || memcmp (data,
                 "\x85\x05"
                 "CPV01",
                 7)
             != 0
      || !find_tag (data, size, 0x61, &template, &template_size)
      || !find_tag (template, template_size, 0x4f, &value, &value_size))
    {
      mil_error_set (error, MIL_ERROR_UNREADABLE, "%s", _ ("The payer's code is damaged. Ask for a new one."));
      return NULL;
    }
  if (value_size == sizeof application && memcmp (value, application, value_size) == 0
      && find_tag (template, template_size, 0x63, &own, &own_size) && own_size == PRIVATE_SIZE && own[0] == 1)
    return read_own (own);
  mil_error_set (error, MIL_ERROR_UNSUPPORTED, "%s", _ ("This payer's code is of a wallet that cannot be charged here."));
  return NULL;
}

/**
 * mil_payer_code_verify:
 * @self: a code
 * @key: the wallet's owner's, as the service that keeps the wallet knows it
 * @now: what time it is, in microseconds
 * @error: %MIL_ERROR_EXPIRED or %MIL_ERROR_UNAUTHENTICATED
 *
 * That it is used once only is for the service to see, by its nonce.
 *
 * Returns: whether the owner made it and it still holds
 */
gboolean
mil_payer_code_verify (const MilPayerCode *self, MilKey *key, gint64 now, GError **error)
{
  g_autoptr (GByteArray) bytes = NULL;

  g_return_val_if_fail (self != NULL && key != NULL, FALSE);

  bytes = to_sign (self);
  if (!mil_key_verify (key, bytes->data, bytes->len, self->signature))
    mil_error_set (error, MIL_ERROR_UNAUTHENTICATED, "%s", _ ("The payer's code is not signed by the wallet's owner."));
  else if (self->expires_at <= now)
    mil_error_set (error, MIL_ERROR_EXPIRED, "%s", _ ("The payer's code is past its time. Ask for a new one."));
  else
    return TRUE;
  return FALSE;
}
