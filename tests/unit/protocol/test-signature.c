/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "base/mil-error.h"
#include "protocol/mil-signature.h"

#define NOW (G_GINT64_CONSTANT (1779611400) * G_USEC_PER_SEC)

/* RFC 9421, appendix B.1.3: test-key-ecc-p256 */
static const char example_key[] = "-----BEGIN EC PRIVATE KEY-----\n"
                                  "MHcCAQEEIFKbhfNZfpDsW43+0+JjUr9K+bTeuxopu653+hBaXGA7oAoGCCqGSM49\n"
                                  "AwEHoUQDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lfw0EkjqF7xB4FivAxzic30tMM\n"
                                  "4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==\n"
                                  "-----END EC PRIVATE KEY-----\n";

/* RFC 9421, appendix B.2.4: an answer signed with ecdsa-p256-sha256. */
static void
test_rfc_vector (void)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  MilSignatureMessage message = { .status = 200, .headers = headers };
  g_autoptr (GError) error = NULL;
  g_autoptr (MilKey) key = mil_key_from_pem (example_key, &error);
  g_autoptr (MilSignature) signature = NULL;

  soup_message_headers_append (headers, "Content-Type", "application/json");
  soup_message_headers_append (headers, "Content-Digest", "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:");
  soup_message_headers_append (headers, "Content-Length", "23");
  soup_message_headers_append (headers,
                               "Signature-Input",
                               "sig-b24=(\"@status\" \"content-type\" \"content-digest\" \"content-length\")"
                               ";created=1618884473;keyid=\"test-key-ecc-p256\"");
  soup_message_headers_append (headers, "Signature", "sig-b24=:wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==:");
  g_assert_no_error (error);
  signature = mil_signature_parse (headers, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (signature->key_id, ==, "test-key-ecc-p256");
  g_assert_cmpint (signature->created, ==, G_GINT64_CONSTANT (1618884473000000));
  g_assert_true (mil_signature_verify (signature, &message, key, &error));
  message.status = 201;
  g_assert_false (mil_signature_verify (signature, &message, key, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_UNAUTHENTICATED);
}

typedef struct
{
  MilKey             *key;
  MilClock           *clock;
  GBytes             *body;
  MilSignatureMessage message;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;

  fixture->key = mil_key_generate (&error);
  g_assert_no_error (error);
  fixture->clock = mil_clock_new_fixed (NOW);
  fixture->body = g_bytes_new_static ("{\"a\":1}", 7);
  fixture->message = (MilSignatureMessage) { .method = "POST",
                                             .authority = "Milione.Localhost",
                                             .path = "/v1/wallets",
                                             .query = "a=b",
                                             .headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST),
                                             .body = fixture->body };
  soup_message_headers_append (fixture->message.headers, "Content-Type", "application/json");
  soup_message_headers_append (fixture->message.headers, "Idempotency-Key", "0190-1");
  g_assert_true (mil_signature_sign (&fixture->message, fixture->key, NOW, "n-1", &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  mil_key_unref (fixture->key);
  g_object_unref (fixture->clock);
  g_bytes_unref (fixture->body);
  soup_message_headers_unref (fixture->message.headers);
}

static MilKey *
lookup (const char *key_id, gpointer key)
{
  return g_str_equal (key_id, mil_key_id (key)) ? mil_key_ref (key) : NULL;
}

static void
assert_good (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilSignature) signature = mil_signature_check (&fixture->message, lookup, fixture->key, fixture->clock, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (signature->nonce, ==, "n-1");
  g_assert_cmpstr (signature->key_id, ==, mil_key_id (fixture->key));
}

static void
assert_bad (Fixture *fixture, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mil_signature_check (&fixture->message, lookup, fixture->key, fixture->clock, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_UNAUTHENTICATED);
  g_assert_nonnull (strstr (error->message, message));
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  assert_good (fixture);
  fixture->message.authority = "milione.localhost";
  assert_good (fixture);
  mil_clock_advance (fixture->clock, 300 * G_USEC_PER_SEC);
  assert_good (fixture);
  mil_clock_advance (fixture->clock, 1);
  assert_bad (fixture, "older");
  mil_clock_set (fixture->clock, NOW - 301 * G_USEC_PER_SEC);
  assert_bad (fixture, "future");
}

static void
test_changed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) other = g_bytes_new_static ("{\"a\":2}", 7);
  MilSignatureMessage whole = fixture->message;

  fixture->message.method = "PUT";
  assert_bad (fixture, "wrong");
  fixture->message = whole;
  fixture->message.path = "/v1/wallets/";
  assert_bad (fixture, "wrong");
  fixture->message = whole;
  fixture->message.query = "a=c";
  assert_bad (fixture, "wrong");
  fixture->message = whole;
  fixture->message.authority = "evil.example";
  assert_bad (fixture, "wrong");
  fixture->message = whole;
  fixture->message.body = other;
  assert_bad (fixture, "Content-Digest");
  fixture->message = whole;
  soup_message_headers_replace (whole.headers, "Idempotency-Key", "0190-2");
  assert_bad (fixture, "wrong");
}

static void
test_coverage (Fixture *fixture, gconstpointer data)
{
  soup_message_headers_append (fixture->message.headers, "UCP-Agent", "profile=\"https://x/\"");
  assert_bad (fixture, "ucp-agent");
  soup_message_headers_remove (fixture->message.headers, "UCP-Agent");
  soup_message_headers_remove (fixture->message.headers, "Content-Type");
  assert_bad (fixture, "content-type");
}

static void
test_unknown_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilKey) other = mil_key_generate (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (mil_signature_check (&fixture->message, lookup, other, fixture->clock, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_UNAUTHENTICATED);
}

static void
test_not_well_formed (Fixture *fixture, gconstpointer data)
{
  static const char *const inputs[] = {
    "",
    "sig1",
    "sig1=()",
    "sig1=(\"@method\")",
    "sig1=(\"@method\");created=1",
    "sig1=(\"@method\"  \"@path\");created=1;keyid=\"k\"",
    "sig1=(\"@method\" );created=1;keyid=\"k\"",
    "sig1=(\"@method\";req);created=1;keyid=\"k\"",
    "sig1=(\"@method\" \"@method\");created=1;keyid=\"k\"",
    "sig1=(\"Content-Type\");created=1;keyid=\"k\"",
    "sig1=(\"@method\"); created=1;keyid=\"k\"",
    "sig1=(\"@method\");created=1.5;keyid=\"k\"",
    "sig1=(\"@method\");created=1;created=2;keyid=\"k\"",
    "sig1=(\"@method\");created=1234567890123456;keyid=\"k\"",
    "sig1=(\"@method\");created=1;keyid=k",
    "sig1=(\"@method\");created=1;keyid=\"k\";alg=\"hmac-sha256\"",
    "sig1=(\"@method\");created=1;keyid=\"k\";extra=\"x\"",
    "sig1=(\"@method\");created=1;keyid=\"k\", sig2=(\"@path\");created=1;keyid=\"k\"",
    "sig1=(\"@method\");created=1;keyid=\"k",
  };
  static const char *const values[] = { "",         "sig1=",        "sig1=::", "sig1=:AAAA:", "sig2=:AAAA:",
                                        "sig1=:A:", "sig1=\"AAAA\"" };
  g_autofree char *input = g_strdup (soup_message_headers_get_one (fixture->message.headers, "Signature-Input"));

  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      soup_message_headers_replace (fixture->message.headers, "Signature-Input", inputs[i]);
      assert_bad (fixture, "Signature-Input");
    }
  soup_message_headers_replace (fixture->message.headers, "Signature-Input", input);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      soup_message_headers_replace (fixture->message.headers, "Signature", values[i]);
      assert_bad (fixture, "Signature is not well formed");
    }
  soup_message_headers_remove (fixture->message.headers, "Signature");
  assert_bad (fixture, "not signed");
}

static void
test_no_body (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  MilSignatureMessage message = { .method = "GET", .authority = "a.example", .path = "", .headers = headers };
  g_autoptr (GError) error = NULL;
  g_autoptr (MilSignature) signature = NULL;

  g_assert_true (mil_signature_sign (&message, fixture->key, NOW, NULL, &error));
  g_assert_null (soup_message_headers_get_one (headers, "Content-Digest"));
  message.path = "/";
  signature = mil_signature_check (&message, lookup, fixture->key, fixture->clock, &error);
  g_assert_no_error (error);
  g_assert_null (signature->nonce);
  g_assert_cmpuint (g_strv_length (signature->components), ==, 3);
}

static void
test_digest (void)
{
  /* RFC 9530, appendix B.1 */
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"hello\": \"world\"}", 18);
  g_autofree char *field = mil_content_digest (body);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (field, ==, "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
  g_assert_true (mil_content_digest_check (field, body, NULL));
  g_assert_true (
      mil_content_digest_check ("md5=:AAAA:, sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:", body, NULL));
  g_assert_false (mil_content_digest_check ("md5=:AAAA:", body, NULL));
  g_assert_false (mil_content_digest_check ("sha-256=X48E", body, NULL));
  g_assert_false (mil_content_digest_check (NULL, body, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_UNAUTHENTICATED);
}

#define ADD(name, func) g_test_add ("/protocol/signature/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/signature/rfc9421-b.2.4", test_rfc_vector);
  g_test_add_func ("/protocol/signature/digest", test_digest);
  ADD ("round-trip", test_round_trip);
  ADD ("changed", test_changed);
  ADD ("coverage", test_coverage);
  ADD ("unknown-key", test_unknown_key);
  ADD ("not-well-formed", test_not_well_formed);
  ADD ("no-body", test_no_body);
  return g_test_run ();
}
