/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "base/mil-date.h"
#include "service/principals/mil-demo-keys.h"
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
      "\"traveller\":{\"name\":\"Kuai Ding\",\"address\":\"Long Road "
      "1\",\"residence\":\"%s\",\"document\":{\"type\":\"passport\",\"number\":\"E0012345\"}},"
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

/* Bought this morning where it is tomorrow already, and shown at the airport at once. */
static void
test_far_east (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Claim) claim = claim_new (client, "CN");
  g_autoptr (GString) body = g_string_new (claim->body);
  g_autofree char *bought = day (service, -7);
  MilDate          latest = mil_date_from_unix (mil_clock_now (service->clock), "Pacific/Kiritimati");
  g_autofree char *latest_text = mil_date_to_string (latest);
  g_autoptr (Answer) issued = NULL;
  g_autoptr (Answer) refunded = NULL;

  g_string_replace (body, bought, latest_text, 0);
  issued = client_ask (client, &(Ask) { .method = "POST", .path = "/v1/taxfree/claims", .body = body->str });
  assert_status (issued, 201);
  g_assert_cmpstr (answer_string (issued, "state"), ==, "issued");
  g_assert_cmpint (service_command (service, NULL, "customs", "validate", claim->id, NULL), ==, 0);
  refunded = look (client, claim);
  g_assert_cmpstr (answer_string (refunded, "state"), ==, "refunded");
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

static JsonObject *
find_operator (Answer *answer, const char *id)
{
  JsonArray *all = json_node_get_array (answer_node (answer, "operators"));

  for (guint i = 0; i < json_array_get_length (all); i++)
    {
      JsonObject *one = json_array_get_object_element (all, i);

      if (g_str_equal (json_object_get_string_member (one, "id"), id))
        return one;
    }
  return NULL;
}

/* Those of data/operators with their terms, and the one that takes claims here. */
static void
test_operators (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Answer) all = client_get (client, "/v1/taxfree/operators");
  g_autoptr (Answer) italian = client_get (client, "/v1/taxfree/operators?country=IT&date=2026-05-20");
  g_autoptr (Answer) early = client_get (client, "/v1/taxfree/operators?country=IT&date=2023-05-20");
  g_autoptr (Answer) nowhere = client_get (client, "/v1/taxfree/operators?country=ZZ");
  g_autoptr (Answer) never = client_get (client, "/v1/taxfree/operators?date=2026-02-30");
  JsonObject *stamp, *terms;

  assert_status (all, 200);
  g_assert_nonnull (find_operator (all, "wevat"));
  g_assert_true (json_object_get_boolean_member (find_operator (all, "milione-demo-refund"), "takes_claims"));
  g_assert_null (find_operator (italian, "wevat"));
  stamp = find_operator (italian, "stamp");
  g_assert_nonnull (stamp);
  g_assert_false (json_object_get_boolean_member (stamp, "takes_claims"));
  terms = json_array_get_object_element (json_object_get_array_member (stamp, "terms"), 0);
  g_assert_cmpstr (json_object_get_string_member (terms, "model"), ==, "vat-off");
  g_assert_cmpstr (json_object_get_string_member (terms, "valid_from"), ==, "2024-02-01");
  g_assert_null (find_operator (early, "stamp"));
  g_assert_nonnull (find_operator (early, "global-blue"));
  assert_status (nowhere, 400);
  assert_status (never, 400);
}

static Answer *
post_on (Client *client, Claim *claim, const char *what, const char *body)
{
  g_autofree char *path = g_strdup_printf ("/v1/taxfree/claims/%s/%s", claim->id, what);

  return client_ask (client, &(Ask) { .method = "POST", .path = path, .body = body });
}

static void
assert_nowhere (const char *path, const char *word)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);

  if (file != NULL && g_mapped_file_get_length (file) > 0)
    g_assert_null (memmem (g_mapped_file_get_contents (file), g_mapped_file_get_length (file), word, strlen (word)));
}

static void
assert_nowhere_below (const char *folder, const char *word)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        assert_nowhere_below (path, word);
      else
        assert_nowhere (path, word);
    }
}

static Client *
office (Service *service, MilRole role)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilKey) key = mil_demo_key_load (service->state, role, &error);

  g_assert_no_error (error);
  return client_new (service, key);
}

/* Neither the log nor any file of the service says who claimed: not while it runs, not after. */
static void
test_person_is_secret (void)
{
  static const char *const secrets[] = { "E0012345", "Kuai Ding", "Long Road 1", "this is my letter", "dear traveller" };
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Client) operator= office (service, MIL_ROLE_OPERATOR);
  g_autoptr (Claim) claim = claim_new (client, "CN");
  g_autoptr (Answer) first = submit (client, claim);
  g_autofree char *path = g_strdup_printf ("/v1/taxfree/claims/%s/traveller", claim->id);
  g_autoptr (Answer) known = client_get (operator, path);
  g_autoptr (Answer) forbidden = client_get (client, path);
  g_autoptr (Answer) disputed = NULL;
  g_autoptr (Answer) resolved = NULL;
  g_autoptr (Answer) seen = NULL;

  assert_status (first, 201);
  assert_status (known, 200);
  g_assert_cmpstr (answer_string (known, "document.number"), ==, "E0012345");
  assert_status (forbidden, 403);
  g_assert_cmpint (service_command (service, NULL, "customs", "refuse", claim->id, "--reason", "No goods", NULL), ==, 0);
  disputed = post_on (client, claim, "dispute", "{\"text\":\"this is my letter\"}");
  assert_status (disputed, 200);
  resolved = post_on (operator, claim, "resolution", "{\"outcome\":\"rejected\",\"answer\":\"dear traveller\"}");
  assert_status (resolved, 200);
  seen = look (client, claim);
  g_assert_cmpstr (answer_string (seen, "dispute.text"), ==, "this is my letter");
  g_assert_cmpstr (answer_string (seen, "dispute.answer"), ==, "dear traveller");
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    assert_nowhere_below (service->folder, secrets[i]);
  service_stop (service);
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    assert_nowhere_below (service->folder, secrets[i]);
  service_start (service);
}

/* Erased on request, once the claim is over; the books stay as they are. */
static void
test_erasure (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Client) operator= office (service, MIL_ROLE_OPERATOR);
  g_autoptr (Claim) claim = claim_new (client, "CN");
  g_autoptr (Answer) first = submit (client, claim);
  g_autofree char *path = g_strdup_printf ("/v1/taxfree/claims/%s/traveller", claim->id);
  g_autoptr (Answer) early = post_on (client, claim, "erasure", "{}");
  g_autoptr (Answer) erased = NULL;
  g_autoptr (Answer) known = NULL;
  g_autoptr (Answer) again = NULL;

  assert_status (first, 201);
  assert_status (early, 409);
  g_assert_cmpint (service_command (service, NULL, "customs", "validate", claim->id, NULL), ==, 0);
  erased = post_on (client, claim, "erasure", "{}");
  assert_status (erased, 200);
  g_assert_nonnull (answer_string (erased, "erased_at"));
  g_assert_cmpstr (answer_string (erased, "state"), ==, "refunded");
  g_assert_cmpint (answer_int (erased, "refund.amount.amount"), >, 7900);
  known = client_get (operator, path);
  assert_status (known, 404);
  again = submit (client, claim);
  assert_status (again, 200);
  g_assert_cmpint (service_command (service, NULL, "audit", NULL), ==, 0);
}

/* The operator agrees that customs was wrong, and pays what all goods bring: once. */
static void
test_dispute_upheld (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Client) operator= office (service, MIL_ROLE_OPERATOR);
  g_autoptr (Claim) claim = claim_new (client, "CN");
  g_autoptr (Answer) first = submit (client, claim);
  g_autoptr (Answer) early = post_on (client, claim, "dispute", "{\"text\":\"I wait\"}");
  g_autoptr (Answer) disputed = NULL;
  g_autoptr (Answer) mine = NULL;
  g_autoptr (Answer) resolved = NULL;
  g_autoptr (Answer) twice = NULL;
  gint64 before = shop_balance (client, claim->wallet, "CNY", "available");
  gint64 partly;

  assert_status (first, 201);
  assert_status (early, 409);
  g_assert_cmpint (service_command (service, NULL, "customs", "partial", claim->id, "--purchase", claim->purchases[0], NULL),
                   ==,
                   0);
  partly = shop_balance (client, claim->wallet, "CNY", "available");
  g_assert_cmpint (partly, >, before);
  disputed = post_on (client, claim, "dispute", "{\"text\":\"I showed both\"}");
  assert_status (disputed, 200);
  g_assert_cmpstr (answer_string (disputed, "state"), ==, "disputed");
  mine = post_on (client, claim, "resolution", "{\"outcome\":\"upheld\",\"answer\":\"me\"}");
  assert_status (mine, 403);
  resolved = post_on (operator, claim, "resolution", "{\"outcome\":\"upheld\",\"answer\":\"You are right\"}");
  assert_status (resolved, 200);
  g_assert_cmpstr (answer_string (resolved, "state"), ==, "resolved");
  g_assert_cmpstr (answer_string (resolved, "dispute.outcome"), ==, "upheld");
  g_assert_cmpint (answer_int (resolved, "refund.amount.amount"), >, 7900);
  g_assert_cmpint (shop_balance (client, claim->wallet, "CNY", "available"),
                   ==,
                   before + answer_int (resolved, "refund.payout.amount"));
  twice = post_on (operator, claim, "resolution", "{\"outcome\":\"upheld\",\"answer\":\"again\"}");
  assert_status (twice, 409);
  g_assert_cmpint (service_command (service, NULL, "audit", NULL), ==, 0);
}

static void
make_vat_off (Claim *claim)
{
  g_autoptr (GString) body = g_string_new (claim->body);

  g_string_truncate (body, body->len - 1);
  g_string_append (body, ",\"mode\":\"vat-off\"}");
  g_free (claim->body);
  claim->body = g_strdup (body->str);
}

/* The tax that the shop did not charge is held, and given free when the goods left, less what did not. */
static void
test_guarantee_released (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Claim) claim = claim_new (client, "CN");
  g_autoptr (Answer) issued = NULL;
  g_autoptr (Answer) partly = NULL;
  gint64 before = shop_balance (client, claim->wallet, "CNY", "available");
  gint64 held;
  gint64 charged;

  make_vat_off (claim);
  issued = submit (client, claim);
  assert_status (issued, 201);
  held = answer_int (issued, "guarantee.held.amount");
  g_assert_cmpint (answer_int (issued, "guarantee.amount.amount"), >, 7900);
  g_assert_cmpint (shop_balance (client, claim->wallet, "CNY", "available"), ==, before - held);
  g_assert_cmpint (service_command (service, NULL, "customs", "partial", claim->id, "--purchase", claim->purchases[0], NULL),
                   ==,
                   0);
  partly = look (client, claim);
  charged = answer_int (partly, "guarantee.charged.amount");
  g_assert_cmpstr (answer_string (partly, "guarantee.state"), ==, "released");
  g_assert_cmpint (charged, >, held / 2);
  g_assert_cmpint (charged, <, held * 6 / 10);
  g_assert_cmpint (shop_balance (client, claim->wallet, "CNY", "available"), ==, before - charged);
  g_assert_cmpint (service_command (service, NULL, "audit", NULL), ==, 0);
}

static void
test_guarantee_charged (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Client) operator= office (service, MIL_ROLE_OPERATOR);
  g_autoptr (Claim) refused = claim_new (client, "CN");
  g_autoptr (Claim) withdrawn = claim_new (client, "CN");
  g_autoptr (Answer) first = NULL;
  g_autoptr (Answer) second = NULL;
  g_autoptr (Answer) charged = NULL;
  g_autoptr (Answer) taken_back = NULL;
  g_autoptr (Answer) disputed = NULL;
  g_autoptr (Answer) resolved = NULL;
  gint64 before = shop_balance (client, refused->wallet, "CNY", "available");
  gint64 held;

  make_vat_off (refused);
  make_vat_off (withdrawn);
  first = submit (client, refused);
  second = submit (client, withdrawn);
  assert_status (first, 201);
  assert_status (second, 201);
  held = answer_int (first, "guarantee.held.amount");
  g_assert_cmpint (service_command (service, NULL, "customs", "refuse", refused->id, "--reason", "Not shown", NULL), ==, 0);
  charged = look (client, refused);
  g_assert_cmpstr (answer_string (charged, "state"), ==, "guarantee-charged");
  g_assert_cmpstr (answer_string (charged, "events.2.state"), ==, "refused");
  taken_back = post_on (client, withdrawn, "withdraw", "{}");
  g_assert_cmpstr (answer_string (taken_back, "state"), ==, "guarantee-charged");
  g_assert_cmpint (shop_balance (client, refused->wallet, "CNY", "available"), ==, before - held);
  disputed = post_on (client, refused, "dispute", "{\"text\":\"I did show them\"}");
  assert_status (disputed, 200);
  resolved = post_on (operator, refused, "resolution", "{\"outcome\":\"upheld\",\"answer\":\"Right\"}");
  assert_status (resolved, 200);
  g_assert_cmpint (shop_balance (client, refused->wallet, "CNY", "available"), ==, before);
  g_assert_cmpint (service_command (service, NULL, "audit", NULL), ==, 0);
}

/* An empty wallet guarantees nothing: no form, and the reason said. */
static void
test_guarantee_too_big (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Claim) claim = claim_new (client, "CN");
  g_autoptr (GString) body = NULL;
  g_autoptr (Answer) answer = NULL;

  make_vat_off (claim);
  body = g_string_new (claim->body);
  g_string_replace (body, "20000", "20000000", 0);
  g_free (claim->body);
  claim->body = g_strdup (body->str);
  answer = submit (client, claim);
  assert_status (answer, 201);
  g_assert_cmpstr (answer_string (answer, "state"), ==, "void");
  g_assert_nonnull (strstr (answer_string (answer, "events.1.reason"), "guarantee"));
  g_assert_cmpint (service_command (service, NULL, "audit", NULL), ==, 0);
}

static void
assert_event (Answer *claim, guint place, const char *event, const char *code)
{
  g_autofree char *event_path = g_strdup_printf ("events.%u.event", place);
  g_autofree char *code_path = g_strdup_printf ("events.%u.code", place);

  g_assert_cmpstr (answer_string (claim, event_path), ==, event);
  if (code != NULL)
    g_assert_cmpstr (answer_string (claim, code_path), ==, code);
}

/* A red light, a kiosk that is down, and a stamp by hand: each as PABLO's words, kept. */
static void
test_exit_system (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Claim) claim = claim_new (client, "CN");
  g_autoptr (GString) body = g_string_new (claim->body);
  g_autoptr (Answer) issued = NULL;
  g_autoptr (Answer) end = NULL;
  g_autofree char *output = NULL;

  g_string_replace (body, "\"IT\"", "\"FR\"", 0);
  g_free (claim->body);
  claim->body = g_strdup (body->str);
  issued = submit (client, claim);
  assert_status (issued, 201);
  g_assert_cmpstr (answer_string (issued, "validation.system"), ==, "PABLO");
  g_assert_cmpstr (answer_string (issued, "validation.reference"), ==, answer_string (issued, "number"));
  g_assert_nonnull (answer_string (issued, "validation.hint"));
  g_assert_cmpint (service_command (service, &output, "customs", "desk", "latest", NULL), ==, 0);
  g_assert_nonnull (strstr (output, "form invalid"));
  g_assert_cmpint (service_command (service, NULL, "customs", "outage", "latest", NULL), ==, 0);
  g_assert_cmpint (service_command (service, NULL, "customs", "stamp", claim->id, "--on", "2999-01-01", NULL), ==, 1);
  g_assert_cmpint (service_command (service, NULL, "customs", "stamp", claim->id, NULL), ==, 0);
  end = look (client, claim);
  g_assert_cmpstr (answer_string (end, "state"), ==, "refunded");
  assert_event (end, 2, "presented", "form invalid");
  assert_event (end, 3, "presented", "outage");
  assert_event (end, 4, "validated", "stamp");
  g_assert_cmpint (service_command (service, NULL, "customs", "help", NULL), ==, 0);
  g_assert_cmpint (service_command (service, NULL, "customs", "dance", NULL), ==, 2);
}

static void
test_refusal_code (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Claim) claim = claim_new (client, "CN");
  g_autoptr (Answer) first = submit (client, claim);
  g_autoptr (Answer) end = NULL;

  assert_status (first, 201);
  g_assert_cmpint (service_command (service, NULL, "customs", "refuse", claim->id, "--code", "lost", NULL), ==, 1);
  g_assert_cmpint (service_command (service, NULL, "customs", "refuse", claim->id, "--code", "goods-used", NULL), ==, 0);
  end = look (client, claim);
  g_assert_cmpstr (answer_string (end, "events.2.reason_code"), ==, "goods-used");
  g_assert_cmpstr (answer_string (end, "events.2.reason"), ==, "The goods were unpacked or in use.");
}

/* A new key goes before the old one; what the old one holds can still be read, also by the next start. */
static void
test_key_rotation (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Claim) before = claim_new (client, "CN");
  g_autoptr (Claim) after = claim_new (client, "CN");
  g_autoptr (Answer) first = submit (client, before);
  g_autoptr (Answer) second = NULL;
  g_autoptr (Answer) again = NULL;
  g_autoptr (Client) operator= office (service, MIL_ROLE_OPERATOR);
  g_autofree char *path = g_strdup_printf ("/v1/taxfree/claims/%s/traveller", before->id);
  g_autoptr (Answer) known = NULL;
  g_autofree char *keys = NULL;

  assert_status (first, 201);
  g_assert_cmpint (service_command (service, NULL, "keys", "rotate", NULL), ==, 0);
  g_assert_cmpint (service_command (service, NULL, "keys", "burn", NULL), ==, 2);
  service_stop (service);
  service_start (service);
  known = client_get (operator, path);
  assert_status (known, 200);
  g_assert_cmpstr (answer_string (known, "document.number"), ==, "E0012345");
  again = submit (client, before);
  assert_status (again, 200);
  second = submit (client, after);
  assert_status (second, 201);
  g_assert_cmpint (service_command (service, &keys, "keys", NULL), ==, 0);
  g_assert_nonnull (strstr (keys, "current"));
}

/* The traveller's own app says that the form was shown; the claim waits for customs. */
static void
test_presented (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Claim) claim = claim_new (client, "CN");
  g_autoptr (Answer) first = submit (client, claim);
  g_autoptr (Answer) presented = post_on (client, claim, "presentation", "{}");
  g_autoptr (Answer) withdrawn = post_on (client, claim, "withdraw", "{}");

  assert_status (first, 201);
  assert_status (presented, 200);
  g_assert_cmpstr (answer_string (presented, "state"), ==, "awaiting-validation");
  assert_status (withdrawn, 409);
  g_assert_cmpint (service_command (service, NULL, "customs", "validate", "latest", NULL), ==, 0);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/claims/refund", test_refund);
  g_test_add_func ("/service/claims/partial-and-refused", test_partial_and_refused);
  g_test_add_func ("/service/claims/not-eligible", test_not_eligible);
  g_test_add_func ("/service/claims/far-east", test_far_east);
  g_test_add_func ("/service/claims/conflicts", test_conflicts);
  g_test_add_func ("/service/claims/roles", test_roles);
  g_test_add_func ("/service/claims/operators", test_operators);
  g_test_add_func ("/service/claims/person-is-secret", test_person_is_secret);
  g_test_add_func ("/service/claims/erasure", test_erasure);
  g_test_add_func ("/service/claims/dispute-upheld", test_dispute_upheld);
  g_test_add_func ("/service/claims/guarantee-released", test_guarantee_released);
  g_test_add_func ("/service/claims/guarantee-charged", test_guarantee_charged);
  g_test_add_func ("/service/claims/guarantee-too-big", test_guarantee_too_big);
  g_test_add_func ("/service/claims/exit-system", test_exit_system);
  g_test_add_func ("/service/claims/refusal-code", test_refusal_code);
  g_test_add_func ("/service/claims/key-rotation", test_key_rotation);
  g_test_add_func ("/service/claims/presented", test_presented);
  return run_and_check ("/service/claims/schemas");
}
