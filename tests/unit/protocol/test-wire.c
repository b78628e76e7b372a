/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "base/mil-error.h"
#include "protocol/mil-wire-claim.h"
#include "protocol/mil-wire-market.h"
#include "protocol/mil-wire-wallet.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  GError   *error = NULL;
  JsonNode *node = mil_json_parse (bytes, 1 << 20, &error);

  g_assert_no_error (error);
  return node;
}

/* What is read is written again in the same way, and a copy is no different. */
static void
assert_same (const MilShape *shape, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = parse (text);
  g_autoptr (JsonNode) back = NULL;
  g_autofree char *expected = mil_json_canonical (node);
  g_autofree char *actual = NULL;
  gpointer         value = mil_shape_from_json (shape, node, &error);
  gpointer         copy;

  g_assert_no_error (error);
  copy = mil_shape_copy (shape, value);
  mil_shape_free (shape, value);
  back = mil_shape_to_json (shape, copy);
  actual = mil_json_canonical (back);
  g_assert_cmpstr (actual, ==, expected);
  mil_shape_free (shape, copy);
}

static void
assert_refused (const MilShape *shape, const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = parse (text);

  g_assert_null (mil_shape_from_json (shape, node, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_PROTOCOL);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_wallet (void)
{
  assert_same (&mil_wire_wallets_shape,
               "{\"wallets\":[{\"id\":\"w1\",\"name\":\"Travel\",\"kind\":\"demo\",\"balances\":"
               "[{\"currency\":\"CNY\",\"available\":2000000,\"held\":0}]}]}");
  assert_same (&mil_wire_entries_shape,
               "{\"entries\":[{\"id\":\"e\",\"seq\":7,\"kind\":\"payment\",\"amount\":{\"amount\":-97960,"
               "\"currency\":\"CNY\"},"
               "\"counter\":null,\"title\":\"Bottega\",\"store_id\":\"bottega\",\"at\":\"2026-05-24T08:30:"
               "00Z\"}],\"next\":null}");
  assert_same (&mil_wire_quote_request_shape, "{\"pay_currency\":\"CNY\",\"amounts\":[{\"amount\":12600,\"currency\":\"EUR\"},{\"amount\":5,\"currency\":\"JPY\"}]}");
  assert_same (
      &mil_wire_quote_shape,
      "{\"id\":\"q\",\"pay_currency\":\"CNY\",\"created_at\":\"2026-05-24T08:30:00Z\",\"expires_at\":"
      "\"2026-05-24T08:35:00Z\",\"legs\":[{\"amount\":{\"amount\":12600,\"currency\":\"EUR\"},\"rate\":\"7."
      "7746\","
      "\"pay\":{\"amount\":97960,\"currency\":\"CNY\"}}],\"total\":{\"amount\":97960,\"currency\":\"CNY\"}}");
}

static void
test_group (void)
{
  g_autoptr (JsonNode) node = parse (
      "{\"id\":\"g\",\"state\":\"proposed\",\"expires_at\":\"2026-05-24T08:35:00Z\",\"nonce\":\"n\","
      "\"challenge\":\"c\","
      "\"later\":[1],\"total\":{\"amount\":97960,\"currency\":\"CNY\"},\"authorisations\":[{\"store_id\":"
      "\"s\","
      "\"payee\":\"Bottega S.r.l.\",\"checkout_id\":\"k\",\"amount\":{\"amount\":12600,\"currency\":\"EUR\"},"
      "\"pay\":{\"amount\":97960,\"currency\":\"CNY\"}}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (MilWireGroup) group = mil_wire_group_from_json (node, &error);
  MilWireAuthorisation *first;

  g_assert_no_error (error);
  g_assert_cmpstr (group->state, ==, "proposed");
  g_assert_cmpuint (group->authorisations->len, ==, 1);
  first = g_ptr_array_index (group->authorisations, 0);
  g_assert_cmpstr (first->payee, ==, "Bottega S.r.l.");
  g_assert_true (mil_money_equal (first->pay, mil_money (97960, "CNY")));
}

static void
test_claim (void)
{
  assert_same (&mil_wire_claim_request_shape,
               "{\"id\":\"c\",\"trip\":{\"country\":\"IT\",\"leaves_on\":\"2026-06-01\",\"exit\":{"
               "\"country\":\"IT\",\"point\":"
               "\"FCO\"}},\"traveller\":{\"name\":\"Li "
               "Wei\",\"residence\":\"CN\",\"document\":{\"type\":\"passport\"}},"
               "\"purchases\":[{\"id\":\"p\",\"country\":\"IT\",\"shop\":\"Bottega\",\"date\":\"2026-05-24\","
               "\"time\":\"16:05\","
               "\"currency\":\"EUR\",\"total\":12600,\"lines\":[{\"title\":\"Bag\",\"total\":12600,\"vat_"
               "rate\":\"22\"}]}],"
               "\"scheme\":\"it\",\"rule_valid_from\":\"2024-02-01\",\"estimate\":{\"low\":1500,\"high\":"
               "1700,\"currency\":"
               "\"EUR\"},\"payout\":{\"wallet_id\":\"w\",\"currency\":\"CNY\"}}");
  assert_same (
      &mil_wire_claim_shape,
      "{\"id\":\"c\",\"number\":\"000000000017\",\"state\":\"partially-validated\",\"scheme\":\"it\","
      "\"created_at\":"
      "\"2026-05-24T08:30:00Z\",\"updated_at\":\"2026-05-24T08:30:00.250Z\",\"purchases\":[],\"refund\":null,"
      "\"export_by\":\"2026-08-31\",\"events\":[{\"seq\":1,\"state\":\"submitted\",\"at\":\"2026-05-24T08:30:"
      "00Z\","
      "\"actor\":\"traveller\",\"reason\":null}]}");
  assert_same (&mil_wire_validation_shape, "{\"result\":\"partial\",\"desk\":\"FCO 3\",\"purchases\":[\"p1\"]}");
  assert_same (
      &mil_wire_events_shape,
      "{\"events\":[{\"seq\":9,\"type\":\"claim.changed\",\"subject\":\"c\",\"at\":\"2026-05-24T08:30:00Z\","
      "\"data\":{\"x\":[1,{}]}}],\"next\":9}");
}

static void
test_market (void)
{
  assert_same (
      &mil_wire_stores_shape,
      "{\"stores\":[{\"id\":\"bottega\",\"name\":\"Bottega\",\"country\":\"IT\",\"city\":\"Roma\","
      "\"currency\":\"EUR\","
      "\"languages\":[\"it\",\"en\"],\"programme\":null,\"tax_free\":{\"operator\":\"milione-demo-refund\"},"
      "\"endpoint\":\"/stores/bottega\"}]}");
  assert_same (
      &mil_wire_orders_shape,
      "{\"orders\":[{\"id\":\"o\",\"store_id\":\"s\",\"store_name\":\"S\",\"checkout_id\":\"k\",\"group_id\":"
      "null,"
      "\"state\":\"captured\",\"total\":{\"amount\":1,\"currency\":\"EUR\"},\"placed_at\":\"2026-05-24T08:30:"
      "00Z\","
      "\"line_items\":[{\"title\":\"Bag\",\"quantity\":2,\"total\":{\"amount\":1,\"currency\":\"EUR\"}}]}]}");
}

static void
test_refused (void)
{
  const MilShape *quote = &mil_wire_quote_request_shape;

  assert_refused (quote, "{}", "pay_currency: is missing");
  assert_refused (quote, "[]", "expected an object");
  assert_refused (quote, "{\"pay_currency\":\"CNY\",\"amounts\":{}}", "amounts: expected a list");
  assert_refused (quote,
                  "{\"pay_currency\":\"CNY\",\"amounts\":[{\"amount\":\"1\",\"currency\":\"EUR\"}]}",
                  "amounts[0].amount: expected a whole number");
  assert_refused (
      quote,
      "{\"pay_currency\":\"CNY\",\"amounts\":[{\"amount\":1,\"currency\":\"EUR\"},{\"amount\":1,\"currency\":"
      "\"XYZ\"}]}",
      "amounts[1].currency: is not the code of a currency in use");
  assert_refused (&mil_wire_validation_shape, "{\"result\":\"perhaps\"}", "result: “perhaps” is not known here");
  assert_refused (&mil_wire_exit_shape, "{\"country\":\"XX\"}", "country: is not the code of a country");
  assert_refused (&mil_wire_estimate_shape, "{\"low\":2,\"high\":1,\"currency\":\"EUR\"}", "low: is more than the high one");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/wire/wallet", test_wallet);
  g_test_add_func ("/protocol/wire/group", test_group);
  g_test_add_func ("/protocol/wire/claim", test_claim);
  g_test_add_func ("/protocol/wire/market", test_market);
  g_test_add_func ("/protocol/wire/refused", test_refused);
  return g_test_run ();
}
