/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "base/mil-date.h"
#include "shopping.h"

/* A receipt of an Italian shop, of last week, of somebody who flies home to China next week. */
typedef struct
{
  char *id;
  char *purchases[2];
  char *wallet;
  char *body;
} Claim;

static char *
day (Service *service, int offset)
{
  return mil_date_to_string (mil_date_add_days (mil_date_from_unix (mil_clock_now (service->clock), "UTC"), offset));
}

static Claim *
claim_new (Client *client, const char *residence)
{
  Service         *service = client->service;
  Claim           *self = g_new0 (Claim, 1);
  g_autofree char *bought = day (service, -7);
  g_autofree char *leaves = day (service, 7);
  g_autoptr (GString) purchases = g_string_new (NULL);

  self->id = mil_uuid_new (service->clock, service->random);
  self->wallet = shop_wallet (client);
  for (guint i = 0; i < 2; i++)
    {
      self->purchases[i] = mil_uuid_new (service->clock, service->random);
      g_string_append_printf (
          purchases,
          "%s{\"id\":\"%s\",\"country\":\"IT\",\"shop\":\"Bottega Lume\",\"vat_id\":\"04199830276\","
          "\"date\":\"%s\",\"time\":\"16:05\",\"currency\":\"EUR\",\"total\":%d,\"lines\":[{"
          "\"title\":\"Glass\",\"category\":\"general\",\"quantity\":1,\"total\":%d,\"vat_rate\":\"22\"}]}",
          i > 0 ? "," : "",
          self->purchases[i],
          bought,
          20000 + 4400 * (int) i,
          20000 + 4400 * (int) i);
    }
  self->body = g_strdup_printf (
      "{\"id\":\"%s\",\"trip\":{\"country\":\"IT\",\"leaves_on\":\"%s\",\"exit\":{\"country\":\"IT\","
      "\"point\":\"MXP\"}},"
      "\"traveller\":{\"name\":\"Kuai "
      "Ding\",\"residence\":\"%s\",\"document\":{\"type\":\"passport\",\"number\":\"E0012345\"}},"
      "\"purchases\":[%s],\"scheme\":\"IT\",\"rule_valid_from\":\"2024-02-01\","
      "\"estimate\":{\"low\":3000,\"high\":6000,\"currency\":\"EUR\"},"
      "\"payout\":{\"wallet_id\":\"%s\",\"currency\":\"CNY\"}}",
      self->id,
      leaves,
      residence,
      purchases->str,
      self->wallet);
  return self;
}

static void
claim_free (Claim *self)
{
  g_free (self->id);
  g_free (self->purchases[0]);
  g_free (self->purchases[1]);
  g_free (self->wallet);
  g_free (self->body);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Claim, claim_free)

static Answer *
submit (Client *client, Claim *claim)
{
  return client_ask (client, &(Ask) { .method = "POST", .path = "/v1/taxfree/claims", .body = claim->body });
}

static Answer *
look (Client *client, Claim *claim)
{
  g_autofree char *path = g_strdup_printf ("/v1/taxfree/claims/%s", claim->id);

  return client_get (client, path);
}

static void
test_refund (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Claim) claim = claim_new (client, "CN");
  g_autoptr (Answer) issued = submit (client, claim);
  g_autoptr (Answer) again = submit (client, claim);
  g_autoptr (Answer) refunded = NULL;
  g_autoptr (Answer) entries = NULL;
  g_autofree char *output = NULL;
  g_autofree char *path = g_strdup_printf ("/v1/wallets/%s/entries", claim->wallet);
  gint64           before = shop_balance (client, claim->wallet, "CNY", "available");

  assert_status (issued, 201);
  g_assert_cmpstr (answer_string (issued, "state"), ==, "issued");
  g_assert_cmpuint (strlen (answer_string (issued, "number")), ==, 12);
  g_assert_nonnull (answer_string (issued, "export_by"));
  g_assert_null (strstr (g_bytes_get_data (issued->bytes, NULL), "E0012345"));
  /* The same claim with another idempotency key is the same claim. */
  assert_status (again, 200);
  g_assert_cmpstr (answer_string (again, "number"), ==, answer_string (issued, "number"));
  g_assert_cmpint (service_command (service, &output, "customs", "validate", answer_string (issued, "number"), NULL), ==, 0);
  g_assert_nonnull (strstr (output, "refunded"));
  refunded = look (client, claim);
  assert_status (refunded, 200);
  g_assert_cmpstr (answer_string (refunded, "state"), ==, "refunded");
  g_assert_cmpstr (answer_string (refunded, "refund.amount.currency"), ==, "EUR");
  /* 22 % in 444.00 is 80.07. */
  g_assert_cmpint (answer_int (refunded, "refund.amount.amount"), >, 7900);
  g_assert_cmpint (answer_int (refunded, "refund.amount.amount"), <=, 8007);
  g_assert_cmpstr (answer_string (refunded, "refund.payout.currency"), ==, "CNY");
  g_assert_cmpint (shop_balance (client, claim->wallet, "CNY", "available"),
                   ==,
                   before + answer_int (refunded, "refund.payout.amount"));
  g_assert_cmpstr (answer_string (refunded, "events.0.state"), ==, "submitted");
  g_assert_cmpstr (answer_string (refunded, "events.2.actor"), ==, "customs");
  g_assert_cmpstr (answer_string (refunded, "events.4.state"), ==, "refunded");
  entries = client_get (client, path);
  g_assert_nonnull (strstr (g_bytes_get_data (entries->bytes, NULL), claim->id));
  g_assert_cmpint (service_command (service, NULL, "customs", "validate", claim->id, NULL), ==, 1);
  g_assert_cmpint (service_command (service, NULL, "audit", NULL), ==, 0);
}

static void
test_partial_and_refused (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Claim) partial = claim_new (client, "CN");
  g_autoptr (Claim) refused = claim_new (client, "US");
  g_autoptr (Answer) first = submit (client, partial);
  g_autoptr (Answer) second = submit (client, refused);
  g_autoptr (Answer) paid = NULL;
  g_autoptr (Answer) unpaid = NULL;
  gint64 before = shop_balance (client, refused->wallet, "CNY", "available");

  assert_status (first, 201);
  assert_status (second, 201);
  g_assert_cmpint (service_command (service, NULL, "customs", "refuse", refused->id, NULL), ==, 1);
  g_assert_cmpint (service_command (service, NULL, "customs", "refuse", "latest", "--reason", "Goods not shown", NULL), ==, 0);
  g_assert_cmpint (service_command (service, NULL, "customs", "partial", partial->id, NULL), ==, 1);
  g_assert_cmpint (service_command (service, NULL, "customs", "partial", partial->id, "--purchase", partial->purchases[0], NULL),
                   ==,
                   0);
  paid = look (client, partial);
  g_assert_cmpstr (answer_string (paid, "state"), ==, "refunded");
  g_assert_cmpstr (answer_string (paid, "events.2.state"), ==, "partially-validated");
  /* 22 % in 200.00 is 36.06. */
  g_assert_cmpint (answer_int (paid, "refund.amount.amount"), <=, 3607);
  unpaid = look (client, refused);
  g_assert_cmpstr (answer_string (unpaid, "state"), ==, "refused");
  g_assert_cmpstr (answer_string (unpaid, "events.2.reason"), ==, "Goods not shown");
  g_assert_cmpint (shop_balance (client, refused->wallet, "CNY", "available"), ==, before);
}

/* The service reads the rules itself: somebody who lives in the EU gets no form. */
static void
test_not_eligible (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Claim) claim = claim_new (client, "FR");
  g_autoptr (Answer) answer = submit (client, claim);

  assert_status (answer, 201);
  g_assert_cmpstr (answer_string (answer, "state"), ==, "void");
  g_assert_nonnull (answer_string (answer, "events.1.reason"));
}

static void
test_conflicts (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Claim) claim = claim_new (client, "CN");
  g_autoptr (Claim) other = claim_new (client, "US");
  g_autoptr (Answer) first = submit (client, claim);
  g_autoptr (Answer) same_id = NULL;
  g_autoptr (Answer) same_purchase = NULL;
  g_autoptr (Answer) withdrawn = NULL;
  g_autoptr (Answer) again = NULL;
  g_autofree char *withdraw = g_strdup_printf ("/v1/taxfree/claims/%s/withdraw", claim->id);
  g_autoptr (GString) body = g_string_new (other->body);

  assert_status (first, 201);
  g_string_replace (body, other->id, claim->id, 0);
  same_id = client_ask (client, &(Ask) { .method = "POST", .path = "/v1/taxfree/claims", .body = body->str });
  assert_status (same_id, 409);
  g_string_assign (body, other->body);
  g_string_replace (body, other->purchases[1], claim->purchases[1], 0);
  same_purchase = client_ask (client, &(Ask) { .method = "POST", .path = "/v1/taxfree/claims", .body = body->str });
  assert_status (same_purchase, 409);
  withdrawn = client_post (client, withdraw, "{}");
  assert_status (withdrawn, 200);
  g_assert_cmpstr (answer_string (withdrawn, "state"), ==, "withdrawn");
  again = client_post (client, withdraw, "{}");
  assert_status (again, 409);
  g_assert_cmpint (service_command (service, NULL, "customs", "validate", claim->id, NULL), ==, 1);
}

/* Nobody sees another's claim, and a traveller is no customs officer. */
static void
test_roles (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) a = client_enrolled (service);
  g_autoptr (Client) b = client_enrolled (service);
  g_autoptr (Claim) claim = claim_new (a, "CN");
  g_autoptr (Claim) thief = claim_new (b, "CN");
  g_autoptr (Answer) own = submit (a, claim);
  g_autoptr (Answer) seen = look (b, claim);
  g_autoptr (Answer) list = client_get (b, "/v1/taxfree/claims");
  g_autofree char *validation = g_strdup_printf ("/v1/taxfree/claims/%s/validation", claim->id);
  g_autofree char *withdraw = g_strdup_printf ("/v1/taxfree/claims/%s/withdraw", claim->id);
  g_autoptr (Answer) validated = client_post (a, validation, "{\"result\":\"validated\"}");
  g_autoptr (Answer) withdrawn = client_post (b, withdraw, "{}");
  g_autoptr (GString) body = g_string_new (thief->body);
  g_autoptr (Answer) into_mine = NULL;
  g_autoptr (Answer) same_id = NULL;

  assert_status (own, 201);
  assert_status (seen, 404);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (answer_node (list, "claims"))), ==, 0);
  assert_status (validated, 403);
  g_assert_cmpstr (answer_string (validated, "code"), ==, "forbidden");
  assert_status (withdrawn, 404);
  g_string_replace (body, thief->wallet, claim->wallet, 0);
  into_mine = client_ask (b, &(Ask) { .method = "POST", .path = "/v1/taxfree/claims", .body = body->str });
  assert_status (into_mine, 404);
  same_id = client_ask (b, &(Ask) { .method = "POST", .path = "/v1/taxfree/claims", .body = claim->body });
  assert_status (same_id, 409);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/claims/refund", test_refund);
  g_test_add_func ("/service/claims/partial-and-refused", test_partial_and_refused);
  g_test_add_func ("/service/claims/not-eligible", test_not_eligible);
  g_test_add_func ("/service/claims/conflicts", test_conflicts);
  g_test_add_func ("/service/claims/roles", test_roles);
  return run_and_check ("/service/claims/schemas");
}
