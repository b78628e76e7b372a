/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mil-traveller-test.h"

#include "base/mil-key.h"
#include "traveller/mil-attempt.h"

#define CHECKOUT                                                                                             \
  "{\"id\":\"c1\",\"currency\":\"EUR\",\"totals\":[{\"type\":\"subtotal\",\"amount\":12000},"                \
  "{\"type\":\"fulfillment\",\"amount\":600},{\"type\":\"total\",\"amount\":12600}]}"
#define QUOTE                                                                                                \
  "{\"id\":\"q1\",\"expires_at\":\"2026-11-22T10:05:00Z\",\"legs\":[{\"amount\":{\"amount\":12600,"          \
  "\"currency\":\"EUR\"},\"rate\":\"7.7746\",\"pay\":{\"amount\":97960,\"currency\":\"CNY\"}}],"             \
  "\"total\":{\"amount\":97960,\"currency\":\"CNY\"}}"
#define GROUP(pay)                                                                                           \
  "{\"id\":\"g1\",\"nonce\":\"n1\",\"challenge\":\"xxx\",\"expires_at\":\"2026-11-22T10:15:00Z\",\"total\":" \
  "{\"amount\":97960,\"currency\":\"CNY\"},\"authorisations\":[{\"store_id\":\"lume\",\"checkout_id\":"      \
  "\"c1\","                                                                                                  \
  "\"payee\":\"Lume S.r.l.\",\"amount\":{\"amount\":12600,\"currency\":\"EUR\"},\"pay\":{\"amount\":" pay    \
  ",\"currency\":\"CNY\"}}]}"

typedef struct
{
  MilAttempt *attempt;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilClock) clock = mil_clock_new_fixed (0);
  g_autoptr (MilRandom) random = mil_random_new_seeded (1);
  g_autoptr (JsonNode) checkout = mil_test_json (CHECKOUT);
  g_autoptr (JsonNode) quote = mil_test_json (QUOTE);
  g_autoptr (GError) error = NULL;
  MilAttemptLeg *leg = NULL;

  fixture->attempt = mil_attempt_new (clock, random, "w1");
  leg = mil_attempt_add_leg (fixture->attempt, clock, random, "lume", "/stores/lume");
  g_assert_true (mil_attempt_read_checkout (leg, checkout, &error));
  g_assert_cmpint (leg->amount.minor, ==, 12600);
  g_assert_cmpint (leg->delivery.minor, ==, 600);
  g_assert_true (mil_attempt_read_quote (fixture->attempt, quote, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  mil_attempt_free (fixture->attempt);
}

/* The contract's own text of what is signed, written out here by hand. */
#define SIGNED                                                                                               \
  "{\"authorisations\":[{\"amount\":12600,\"checkout_id\":\"c1\",\"currency\":\"EUR\",\"pay_amount\":97960," \
  "\"payee\":\"Lume S.r.l.\",\"store_id\":\"lume\"}],\"expires_at\":\"2026-11-22T10:15:00Z\","               \
  "\"group_id\":\"g1\",\"nonce\":\"n1\",\"pay_currency\":\"CNY\",\"pay_total\":97960,\"quote_id\":\"q1\","   \
  "\"version\":1,\"wallet_id\":\"w1\"}"

static void
test_challenge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) group = mil_test_json (GROUP ("97960"));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) wanted = mil_sha256 (SIGNED, strlen (SIGNED));
  g_autoptr (GBytes) challenge = NULL;

  g_assert_true (mil_attempt_read_group (fixture->attempt, group, &error));
  g_assert_no_error (error);
  g_assert_null (mil_attempt_challenge (fixture->attempt, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_free (fixture->attempt->challenge);
  fixture->attempt->challenge = mil_base64url_encode (g_bytes_get_data (wanted, NULL), g_bytes_get_size (wanted));
  challenge = mil_attempt_challenge (fixture->attempt, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (challenge, wanted));
}

/* A service that would have more signed than was shown gets no signature. */
static void
test_other_amount (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) group = mil_test_json (GROUP ("97961"));
  g_autoptr (GError) error = NULL;

  g_assert_false (mil_attempt_read_group (fixture->attempt, group, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_PROTOCOL);
}

static void
test_json (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (MilAttempt) again = NULL;
  g_autoptr (GError) error = NULL;

  fixture->attempt->phase = MIL_ATTEMPT_COMMITTING;
  ((MilAttemptLeg *) fixture->attempt->legs->pdata[0])->token = g_strdup ("secret");
  json = mil_attempt_to_json (fixture->attempt);
  again = mil_attempt_new_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->phase, ==, MIL_ATTEMPT_COMMITTING);
  g_assert_cmpstr (again->commit_key, ==, fixture->attempt->commit_key);
  g_assert_cmpstr (((MilAttemptLeg *) again->legs->pdata[0])->checkout_id, ==, "c1");
  g_assert_null (((MilAttemptLeg *) again->legs->pdata[0])->token);
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/traveller/attempt/challenge", Fixture, NULL, set_up, test_challenge, tear_down);
  g_test_add ("/traveller/attempt/other-amount", Fixture, NULL, set_up, test_other_amount, tear_down);
  g_test_add ("/traveller/attempt/json", Fixture, NULL, set_up, test_json, tear_down);
  return g_test_run ();
}
