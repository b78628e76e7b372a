/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/mil-error.h"
#include "base/mil-json.h"
#include "pay/mil-challenge.h"

static const MilChallengeLeg two_legs[] = {
  { "bottega", "Bottega “Roma” S.r.l.", "k1", { 12600, "EUR" }, { 97963, "CNY" } },
  { "kissa", "喫茶店", "k2", { 1500, "JPY" }, { 6783, "CNY" } },
};

static MilChallenge
challenge (const MilChallengeLeg *legs)
{
  return (MilChallenge) { .group_id = "g",
                          .wallet_id = "w",
                          .quote_id = "q",
                          .nonce = "n",
                          .expires_at = G_GINT64_CONSTANT (1779611400) * G_USEC_PER_SEC,
                          .total = mil_money (104746, "CNY"),
                          .legs = legs,
                          .n_legs = 2 };
}

static void
test_text (void)
{
  MilChallenge     whole = challenge (two_legs);
  g_autofree char *text = mil_challenge_text (&whole);

  g_assert_cmpstr (
      text,
      ==,
      "{\"authorisations\":[{\"amount\":12600,\"checkout_id\":\"k1\",\"currency\":\"EUR\",\"pay_amount\":"
      "97963,"
      "\"payee\":\"Bottega “Roma” S.r.l.\",\"store_id\":\"bottega\"},{\"amount\":1500,\"checkout_id\":\"k2\","
      "\"currency\":\"JPY\",\"pay_amount\":6783,\"payee\":\"喫茶店\",\"store_id\":\"kissa\"}],\"expires_at\":"
      "\"2026-05-24T08:30:00Z\",\"group_id\":\"g\",\"nonce\":\"n\",\"pay_currency\":\"CNY\",\"pay_total\":"
      "104746,"
      "\"quote_id\":\"q\",\"version\":1,\"wallet_id\":\"w\"}");
}

/* Whatever the names hold, it is the canonical text of a tree that holds the same. */
static void
test_canonical (void)
{
  static const char *const odd[] = { "a \"b\" \\ c", "tab\tline\nbell\x07", "", "\xe2\x80\xa8/ü\x7f" };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      MilChallengeLeg  legs[] = { two_legs[0], two_legs[1] };
      MilChallenge     whole = challenge (legs);
      g_autofree char *text = NULL, *again = NULL;
      g_autoptr (JsonNode) node = NULL;

      legs[1].payee = odd[i];
      text = mil_challenge_text (&whole);
      node = json_from_string (text, NULL);
      g_assert_nonnull (node);
      again = mil_json_canonical (node);
      g_assert_cmpstr (text, ==, again);
    }
}

static void
test_sign (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilKey) key = mil_key_generate (NULL);
  g_autoptr (MilKey) other = mil_key_generate (NULL);
  MilChallengeLeg legs[] = { two_legs[0], two_legs[1] };
  MilChallenge    whole = challenge (legs);
  g_autoptr (GBytes) digest = mil_challenge_digest (&whole);
  g_autoptr (GBytes) signature = mil_challenge_sign (&whole, key, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (digest), ==, 32);
  g_assert_true (mil_challenge_verify (&whole, key, signature));
  g_assert_false (mil_challenge_verify (&whole, other, signature));
  legs[1].payee = "喫茶";
  g_assert_false (mil_challenge_verify (&whole, key, signature));
  legs[1] = two_legs[1];
  legs[0].amount.minor++;
  g_assert_false (mil_challenge_verify (&whole, key, signature));
  legs[0] = two_legs[0];
  whole.nonce = "m";
  g_assert_false (mil_challenge_verify (&whole, key, signature));
  whole.nonce = "n";
  g_assert_true (mil_challenge_verify (&whole, key, signature));
}

static void
assert_sums_wrong (MilChallenge whole)
{
  g_autoptr (MilKey) key = mil_key_generate (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (mil_challenge_sign (&whole, key, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_INVALID);
}

static void
test_sums (void)
{
  MilChallengeLeg legs[] = { two_legs[0], two_legs[1] };
  MilChallenge    whole = challenge (legs);

  whole.total.minor--;
  assert_sums_wrong (whole);
  whole = challenge (legs);
  whole.n_legs = 0;
  assert_sums_wrong (whole);
  whole = challenge (legs);
  legs[1].pay = mil_money (6783, "EUR");
  assert_sums_wrong (whole);
  legs[0].pay.minor += 6784;
  legs[1].pay = mil_money (-1, "CNY");
  assert_sums_wrong (whole);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pay/challenge/text", test_text);
  g_test_add_func ("/pay/challenge/canonical", test_canonical);
  g_test_add_func ("/pay/challenge/sign", test_sign);
  g_test_add_func ("/pay/challenge/sums", test_sums);
  return g_test_run ();
}
