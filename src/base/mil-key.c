/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-key.h"

#include <glib/gi18n.h>
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <string.h>

#include "base/mil-error.h"
#include "base/mil-json.h"

#define COORDINATE_SIZE 32

struct _MilKey
{
  gatomicrefcount  references;
  gnutls_privkey_t secret; /* NULL when the key only verifies */
  gnutls_pubkey_t  open;
  guint8           x[COORDINATE_SIZE];
  guint8           y[COORDINATE_SIZE];
  char            *id;
};

G_DEFINE_BOXED_TYPE (MilKey, mil_key, mil_key_ref, mil_key_unref)

/* gnutls_datum_t whose data GnuTLS allocated. */
static void
clear_datum (gnutls_datum_t *datum)
{
  gnutls_free (datum->data);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (gnutls_datum_t, clear_datum)

/* GnuTLS's constructors fail only for want of memory, which ends the program everywhere else too. */
static void
must (int result)
{
  if (result < 0)
    g_error ("%s", gnutls_strerror (result));
}

/**
 * mil_base64url_encode:
 * @data: (array length=size): bytes
 * @size: how many
 *
 * Returns: (transfer full): base64url without padding (RFC 7515, appendix C)
 */
char *
mil_base64url_encode (const void *data, gsize size)
{
  char *text;

  g_return_val_if_fail (data != NULL || size == 0, NULL);

  text = g_base64_encode (data, size);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

static int
sextet (char c)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const char       *found = c != '\0' ? strchr (alphabet, c) : NULL;

  return found != NULL ? (int) (found - alphabet) : -1;
}

/**
 * mil_base64url_decode:
 * @text: (nullable): base64url without padding
 *
 * Strict: other characters, a length that cannot be and bits that are left over are refused, so that
 * bytes have one text.
 *
 * Returns: (transfer full) (nullable): the bytes
 */
GBytes *
mil_base64url_decode (const char *text)
{
  g_autoptr (GByteArray) out = NULL;
  guint32 bits = 0;
  guint   n_bits = 0;

  if (text == NULL || strlen (text) % 4 == 1)
    return NULL;
  out = g_byte_array_new ();
  for (const char *p = text; *p != '\0'; p++)
    {
      int    value = sextet (*p);
      guint8 byte;

      if (value < 0)
        return NULL;
      bits = bits << 6 | (guint32) value;
      n_bits += 6;
      if (n_bits < 8)
        continue;
      n_bits -= 8;
      byte = bits >> n_bits;
      bits &= (1u << n_bits) - 1;
      g_byte_array_append (out, &byte, 1);
    }
  if (bits != 0)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/**
 * mil_sha256_hex:
 * @data: (array length=size): bytes
 * @size: how many
 *
 * Returns: (transfer full): their SHA-256, 64 lower-case hexadecimal digits
 */
char *
mil_sha256_hex (const void *data, gsize size)
{
  g_return_val_if_fail (data != NULL || size == 0, NULL);

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, size);
}

/**
 * mil_sha256:
 * @data: (array length=size): bytes
 * @size: how many
 *
 * Returns: (transfer full): their SHA-256, 32 bytes
 */
GBytes *
mil_sha256 (const void *data, gsize size)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize  length = sizeof digest;

  g_return_val_if_fail (data != NULL || size == 0, NULL);

  g_checksum_update (sum, data, size);
  g_checksum_get_digest (sum, digest, &length);
  return g_bytes_new (digest, length);
}

static gboolean
fail (int result, GError **error)
{
  mil_error_set (error,
                 MIL_ERROR_INVALID,
                 /* Translators: %s is what the cryptography library says. */
                 _ ("The key cannot be used: %s"),
                 gnutls_strerror (result));
  return FALSE;
}

/* Big-endian numbers come without leading zeros, or with one too many. */
static gboolean
pad (gnutls_datum_t number, guint8 *out)
{
  while (number.size > 0 && number.data[0] == 0)
    {
      number.data++;
      number.size--;
    }
  if (number.size > COORDINATE_SIZE)
    return FALSE;
  memset (out, 0, COORDINATE_SIZE);
  memcpy (out + COORDINATE_SIZE - number.size, number.data, number.size);
  return TRUE;
}

static gboolean
read_point (MilKey *self, GError **error)
{
  g_auto (gnutls_datum_t) x = { 0 };
  g_auto (gnutls_datum_t) y = { 0 };
  gnutls_ecc_curve_t curve;
  int                result = gnutls_pubkey_export_ecc_raw2 (self->open, &curve, &x, &y, 0);

  if (result < 0)
    return fail (result, error);
  if (curve != GNUTLS_ECC_CURVE_SECP256R1 || !pad (x, self->x) || !pad (y, self->y))
    return fail (GNUTLS_E_ECC_UNSUPPORTED_CURVE, error);
  return TRUE;
}

/* RFC 7638: the required members in the order of their names. */
static char *
thumbprint (MilKey *self)
{
  g_autofree char *x = mil_base64url_encode (self->x, COORDINATE_SIZE);
  g_autofree char *y = mil_base64url_encode (self->y, COORDINATE_SIZE);
  g_autofree char *jwk = g_strdup_printf ("{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}", x, y);
  g_autoptr (GBytes) digest = mil_sha256 (jwk, strlen (jwk));

  return mil_base64url_encode (g_bytes_get_data (digest, NULL), g_bytes_get_size (digest));
}

static MilKey *
new_empty (void)
{
  MilKey *self = g_new0 (MilKey, 1);

  g_atomic_ref_count_init (&self->references);
  must (gnutls_pubkey_init (&self->open));
  return self;
}

/* Takes a key whose parts are set, and completes it. */
static MilKey *
complete (MilKey *key, GError **error)
{
  g_autoptr (MilKey) self = key;
  int result;

  if (self->secret != NULL)
    {
      result = gnutls_pubkey_import_privkey (self->open, self->secret, 0, 0);
      if (result < 0)
        {
          fail (result, error);
          return NULL;
        }
    }
  if (!read_point (self, error))
    return NULL;
  self->id = thumbprint (self);
  return g_steal_pointer (&self);
}

/**
 * mil_key_generate:
 * @error: %MIL_ERROR_INVALID when the library could not make one
 *
 * Returns: (transfer full) (nullable): a new pair
 */
MilKey *
mil_key_generate (GError **error)
{
  MilKey *self = new_empty ();
  int     result;

  must (gnutls_privkey_init (&self->secret));
  result = gnutls_privkey_generate (self->secret, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0);
  if (result >= 0)
    return complete (self, error);
  mil_key_unref (self);
  fail (result, error);
  return NULL;
}

/**
 * mil_key_ref:
 * @self: a key
 *
 * Returns: (transfer full): the same key
 */
MilKey *
mil_key_ref (MilKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * mil_key_unref:
 * @self: (nullable) (transfer full): a key
 */
void
mil_key_unref (MilKey *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->secret, gnutls_privkey_deinit);
  g_clear_pointer (&self->open, gnutls_pubkey_deinit);
  g_free (self->id);
  g_free (self);
}

/**
 * mil_key_is_private:
 * @self: a key
 *
 * Returns: whether it signs
 */
gboolean
mil_key_is_private (MilKey *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->secret != NULL;
}

/**
 * mil_key_id:
 * @self: a key
 *
 * Returns: (transfer none): the thumbprint of its public part (RFC 7638, SHA-256), 43 characters of base64url
 */
const char *
mil_key_id (MilKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

static int
import_private (MilKey *self, const gnutls_datum_t *data)
{
  must (gnutls_privkey_init (&self->secret));
  return gnutls_privkey_import_x509_raw (self->secret, data, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN);
}

/**
 * mil_key_from_pem:
 * @pem: `PRIVATE KEY` (PKCS #8), `EC PRIVATE KEY` or `PUBLIC KEY` in PEM, without a password
 * @error: %MIL_ERROR_INVALID for anything but a P-256 key
 *
 * Returns: (transfer full) (nullable): the key
 */
MilKey *
mil_key_from_pem (const char *pem, GError **error)
{
  gnutls_datum_t data;
  MilKey        *self;
  int            result;

  g_return_val_if_fail (pem != NULL, NULL);

  data = (gnutls_datum_t) { (guchar *) pem, strlen (pem) };
  self = new_empty ();
  if (strstr (pem, "PRIVATE KEY-----") != NULL)
    result = import_private (self, &data);
  else
    result = gnutls_pubkey_import (self->open, &data, GNUTLS_X509_FMT_PEM);
  if (result >= 0)
    return complete (self, error);
  mil_key_unref (self);
  fail (result, error);
  return NULL;
}

static int
export_private (MilKey *self, gnutls_datum_t *out)
{
  gnutls_x509_privkey_t key = NULL;
  int                   result = gnutls_privkey_export_x509 (self->secret, &key);

  if (result < 0)
    return result;
  result = gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, out);
  gnutls_x509_privkey_deinit (key);
  return result;
}

/**
 * mil_key_to_pem:
 * @self: a key
 * @error: %MIL_ERROR_INVALID when the library cannot write it
 *
 * Returns: (transfer full) (nullable): PEM; with the secret part, in PKCS #8, when it has one
 */
char *
mil_key_to_pem (MilKey *self, GError **error)
{
  g_auto (gnutls_datum_t) out = { 0 };
  int result;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->secret != NULL)
    result = export_private (self, &out);
  else
    result = gnutls_pubkey_export2 (self->open, GNUTLS_X509_FMT_PEM, &out);
  if (result >= 0)
    return g_strndup ((const char *) out.data, out.size);
  fail (result, error);
  return NULL;
}

static gboolean
read_coordinate (MilJson *json, const char *member, GBytes **bytes)
{
  *bytes = mil_base64url_decode (mil_json_string (json, member, 43));
  if (*bytes != NULL && g_bytes_get_size (*bytes) == COORDINATE_SIZE)
    return TRUE;
  mil_json_fail (json, member, "%s", _ ("expected 32 bytes in base64url"));
  return FALSE;
}

/**
 * mil_key_from_jwk:
 * @jwk: a JSON Web Key (RFC 7517) with `kty` "EC" and `crv` "P-256"; a secret part in it is not looked at
 * @error: %MIL_ERROR_PROTOCOL when it is wrongly made, %MIL_ERROR_INVALID when it is no point of the curve
 *
 * Returns: (transfer full) (nullable): a key that verifies
 */
MilKey *
mil_key_from_jwk (JsonNode *jwk, GError **error)
{
  g_autoptr (MilJson) json = NULL;
  g_autoptr (GBytes) x = NULL;
  g_autoptr (GBytes) y = NULL;
  g_autoptr (MilKey) self = NULL;
  gnutls_datum_t left, right;
  int            result;

  g_return_val_if_fail (jwk != NULL, NULL);

  json = mil_json_new (jwk);
  if (!g_str_equal (mil_json_string (json, "kty", 20), "EC"))
    mil_json_fail (json, "kty", "%s", _ ("expected “EC”"));
  if (!g_str_equal (mil_json_string (json, "crv", 20), "P-256"))
    mil_json_fail (json, "crv", "%s", _ ("expected “P-256”"));
  read_coordinate (json, "x", &x);
  read_coordinate (json, "y", &y);
  if (!mil_json_finish (json, error))
    return NULL;
  left = (gnutls_datum_t) { (guchar *) g_bytes_get_data (x, NULL), COORDINATE_SIZE };
  right = (gnutls_datum_t) { (guchar *) g_bytes_get_data (y, NULL), COORDINATE_SIZE };
  self = new_empty ();
  result = gnutls_pubkey_import_ecc_raw (self->open, GNUTLS_ECC_CURVE_SECP256R1, &left, &right);
  if (result >= 0)
    result = gnutls_pubkey_verify_params (self->open);
  if (result >= 0)
    return complete (g_steal_pointer (&self), error);
  fail (result, error);
  return NULL;
}

/**
 * mil_key_to_jwk:
 * @self: a key
 *
 * Returns: (transfer full): its public part as a JSON Web Key with `kid`, `use` and `alg`; never the secret one
 */
JsonNode *
mil_key_to_jwk (MilKey *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *x = NULL;
  g_autofree char *y = NULL;
  JsonNode        *node;

  g_return_val_if_fail (self != NULL, NULL);

  x = mil_base64url_encode (self->x, COORDINATE_SIZE);
  y = mil_base64url_encode (self->y, COORDINATE_SIZE);
  json_object_set_string_member (object, "kty", "EC");
  json_object_set_string_member (object, "crv", "P-256");
  json_object_set_string_member (object, "x", x);
  json_object_set_string_member (object, "y", y);
  json_object_set_string_member (object, "kid", self->id);
  json_object_set_string_member (object, "use", "sig");
  json_object_set_string_member (object, "alg", "ES256");
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, object);
  return node;
}

/**
 * mil_key_sign:
 * @self: a key that signs
 * @data: (array length=size): what to sign; it is hashed with SHA-256
 * @size: how many bytes
 * @error: %MIL_ERROR_INVALID when the key only verifies or the library fails
 *
 * Returns: (transfer full) (nullable): ES256, 64 bytes: r || s
 */
GBytes *
mil_key_sign (MilKey *self, const void *data, gsize size, GError **error)
{
  g_auto (gnutls_datum_t) der = { 0 };
  g_auto (gnutls_datum_t) r = { 0 };
  g_auto (gnutls_datum_t) s = { 0 };
  gnutls_datum_t input = { (guchar *) data, size };
  guint8         raw[2 * COORDINATE_SIZE];
  int            result;

  g_return_val_if_fail (self != NULL && (data != NULL || size == 0), NULL);

  if (self->secret == NULL)
    result = GNUTLS_E_INVALID_REQUEST;
  else
    result = gnutls_privkey_sign_data2 (self->secret, GNUTLS_SIGN_ECDSA_SHA256, 0, &input, &der);
  if (result >= 0)
    result = gnutls_decode_rs_value (&der, &r, &s);
  if (result >= 0 && pad (r, raw) && pad (s, raw + COORDINATE_SIZE))
    return g_bytes_new (raw, sizeof raw);
  fail (result, error);
  return NULL;
}

/**
 * mil_key_verify:
 * @self: a key
 * @data: (array length=size): what was signed
 * @size: how many bytes
 * @signature: what mil_key_sign() made
 *
 * Returns: whether that key signed that data
 */
gboolean
mil_key_verify (MilKey *self, const void *data, gsize size, GBytes *signature)
{
  g_auto (gnutls_datum_t) der = { 0 };
  gnutls_datum_t input = { (guchar *) data, size };
  gnutls_datum_t r, s;
  gsize          length;
  guchar        *raw;

  g_return_val_if_fail (self != NULL && (data != NULL || size == 0) && signature != NULL, FALSE);

  raw = (guchar *) g_bytes_get_data (signature, &length);
  if (length != 2 * COORDINATE_SIZE)
    return FALSE;
  r = (gnutls_datum_t) { raw, COORDINATE_SIZE };
  s = (gnutls_datum_t) { raw + COORDINATE_SIZE, COORDINATE_SIZE };
  return gnutls_encode_rs_value (&der, &r, &s) >= 0
         && gnutls_pubkey_verify_data2 (self->open, GNUTLS_SIGN_ECDSA_SHA256, 0, &input, &der) >= 0;
}
