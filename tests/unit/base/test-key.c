/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "base/mil-error.h"
#include "base/mil-json.h"
#include "base/mil-key.h"

/* RFC 9449, section 4.2: the key of the proof and its thumbprint (section 6.1). */
static const char example_jwk[]
    = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs\","
      "\"y\":\"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA\"}";
static const char example_id[] = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

static MilKey *
from_text (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (JsonNode) node = mil_json_parse (bytes, 10000, NULL);

  g_assert_nonnull (node);
  return mil_key_from_jwk (node, error);
}

static void
test_sign (void)
{
  GError *error = NULL;
  g_autoptr (MilKey) key = mil_key_generate (&error);
  g_autoptr (MilKey) other = mil_key_generate (&error);

  g_assert_no_error (error);
  g_assert_cmpstr (mil_key_id (key), !=, mil_key_id (other));
  /* Often enough to meet numbers with leading zeros. */
  for (int i = 0; i < 300; i++)
    {
      g_autofree char *text = g_strdup_printf ("message %d", i);
      g_autoptr (GBytes) signature = mil_key_sign (key, text, strlen (text), &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (signature), ==, 64);
      g_assert_true (mil_key_verify (key, text, strlen (text), signature));
      g_assert_false (mil_key_verify (other, text, strlen (text), signature));
      g_assert_false (mil_key_verify (key, text, strlen (text) - 1, signature));
    }
}

static void
test_bad_signatures (void)
{
  g_autoptr (MilKey) key = mil_key_generate (NULL);
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);
  g_autofree guint8 *zeros = g_malloc0 (64);
  g_autoptr (GBytes) zero = g_bytes_new (zeros, 64);

  g_assert_false (mil_key_verify (key, "x", 1, none));
  g_assert_false (mil_key_verify (key, "x", 1, zero));
}

static void
test_pem (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilKey) key = mil_key_generate (NULL);
  g_autofree char *pem = mil_key_to_pem (key, &error);
  g_autoptr (MilKey) again = mil_key_from_pem (pem, &error);
  g_autoptr (JsonNode) jwk = mil_key_to_jwk (key);
  g_autoptr (MilKey) open = mil_key_from_jwk (jwk, &error);
  g_autofree char *open_pem = mil_key_to_pem (open, &error);
  g_autoptr (MilKey) open_again = mil_key_from_pem (open_pem, &error);
  g_autoptr (GBytes) signature = mil_key_sign (again, "abc", 3, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (pem, "-----BEGIN PRIVATE KEY-----"));
  g_assert_true (g_str_has_prefix (open_pem, "-----BEGIN PUBLIC KEY-----"));
  g_assert_cmpstr (mil_key_id (key), ==, mil_key_id (again));
  g_assert_cmpstr (mil_key_id (key), ==, mil_key_id (open_again));
  g_assert_true (mil_key_is_private (again));
  g_assert_false (mil_key_is_private (open));
  g_assert_true (mil_key_verify (open_again, "abc", 3, signature));
  g_assert_null (mil_key_sign (open, "abc", 3, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_INVALID);
}

static void
test_bad_pem (void)
{
  /* A key on P-384. */
  static const char wrong_curve[] = "-----BEGIN PUBLIC KEY-----\n"
                                    "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEPhIVoFm6MgigqwuKoYP5uZ5fNcc75ezp\n"
                                    "hGp6QiX3oCcM7RzpLhaaaWl8AYCsghVRy/n6rxJ+aEoq8QVZkPAgTAmXiYwkbgvu\n"
                                    "OWs7LmlR8XjN04j3X1GkLAcyKjU2ahvW\n-----END PUBLIC KEY-----\n";
  static const char *const bad[] = { "", "abc", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", wrong_curve };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (mil_key_from_pem (bad[i], &error));
      g_assert_error (error, MIL_ERROR, MIL_ERROR_INVALID);
    }
}

static void
test_thumbprint (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilKey) key = from_text (example_jwk, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (mil_key_id (key), ==, example_id);
}

static void
test_bad_jwk (void)
{
  static const char *const bad[] = {
    "{}",
    "[]",
    "{\"kty\":\"RSA\",\"crv\":\"P-256\",\"x\":\"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs\",\"y\":\"9VE4jf_"
    "Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA\"}",
    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs\",\"y\":\"9VE4jf_"
    "Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRA\"}",
    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs\",\"y\":\"l8tFrhx-"
    "34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (from_text (bad[i], &error));
      g_assert_true (error->domain == MIL_ERROR);
    }
}

static void
test_base64url (void)
{
  static const char *const bad[] = { "a", "ab=", "a+b/", "ab c", "aa==", "AB", "AAB" };

  for (gsize i = 0; i < 70; i++)
    {
      guint8           data[70];
      g_autofree char *text = NULL;
      g_autoptr (GBytes) bytes = NULL;

      memset (data, 0xfb, sizeof data);
      text = mil_base64url_encode (data, i);
      bytes = mil_base64url_decode (text);
      g_assert_cmpmem (data, i, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (mil_base64url_decode (bad[i]));
  g_assert_null (mil_base64url_decode (NULL));
}

static void
test_sha256 (void)
{
  g_autofree char *hex = mil_sha256_hex ("abc", 3);
  g_autoptr (GBytes) digest = mil_sha256 ("abc", 3);

  /* FIPS 180-2, appendix B.1 */
  g_assert_cmpstr (hex, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_cmpuint (g_bytes_get_size (digest), ==, 32);
  g_assert_cmpint (((const guint8 *) g_bytes_get_data (digest, NULL))[0], ==, 0xba);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/key/sign", test_sign);
  g_test_add_func ("/base/key/bad-signatures", test_bad_signatures);
  g_test_add_func ("/base/key/pem", test_pem);
  g_test_add_func ("/base/key/bad-pem", test_bad_pem);
  g_test_add_func ("/base/key/thumbprint", test_thumbprint);
  g_test_add_func ("/base/key/bad-jwk", test_bad_jwk);
  g_test_add_func ("/base/base64url", test_base64url);
  g_test_add_func ("/base/sha256", test_sha256);
  return g_test_run ();
}
