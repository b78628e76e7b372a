/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Power cuts under the whole program: a traveller buys at two stores and gets tax back over HTTP while the
 * service dies at some write or sync, on a disk that then keeps a random part of what was not synced. The
 * traveller asks again, under the same idempotency key, the service that was started after it; in the end
 * everything has happened exactly once. */

#include "config.h"

#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/mil-date.h"
#include "shopping.h"

#define N_RUNS 50
/* A service that starts again writes nothing before it is ready, so that the first write is somebody's. */
#define N_START 1

static char *
claim_body (Client *client, const char *id, const char *wallet)
{
  Service         *service = client->service;
  MilDate          today = mil_date_from_unix (mil_clock_now (service->clock), "UTC");
  g_autofree char *bought = mil_date_to_string (mil_date_add_days (today, -7));
  g_autofree char *leaves = mil_date_to_string (mil_date_add_days (today, 7));
  g_autofree char *purchase = mil_uuid_new (service->clock, service->random);

  return g_strdup_printf (
      "{\"id\":\"%s\",\"trip\":{\"country\":\"IT\",\"leaves_on\":\"%s\","
      "\"exit\":{\"country\":\"IT\",\"point\":\"MXP\"}},"
      "\"traveller\":{\"name\":\"Kuai Ding\",\"residence\":\"CN\","
      "\"document\":{\"type\":\"passport\",\"number\":\"E0012345\"}},"
      "\"purchases\":[{\"id\":\"%s\",\"country\":\"IT\",\"shop\":\"Bottega Lume\","
      "\"vat_id\":\"04199830276\",\"date\":\"%s\",\"time\":\"16:05\",\"currency\":\"EUR\","
      "\"total\":20000,\"lines\":[{\"title\":\"Glass\",\"category\":\"general\",\"quantity\":1,"
      "\"total\":20000,\"vat_rate\":\"22\"}]}],\"scheme\":\"IT\",\"rule_valid_from\":\"2024-02-01\","
      "\"estimate\":{\"low\":3000,\"high\":6000,\"currency\":\"EUR\"},"
      "\"payout\":{\"wallet_id\":\"%s\",\"currency\":\"CNY\"}}",
      id,
      leaves,
      purchase,
      bought,
      wallet);
}

/* The customs officer has no idempotency key to keep: asked again, what is validated stays so. */
static void
validate (Service *service, const char *claim)
{
  if (service_command (service, NULL, "customs", "validate", claim, NULL) != 0 && service_revive (service))
    service_command (service, NULL, "customs", "validate", claim, NULL);
}

static gint64
assert_orders (Client *client, const char *state)
{
  g_autoptr (Answer) orders = client_get (client, "/v1/orders");
  gint64 paid = 0;

  assert_status (orders, 200);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (answer_node (orders, "orders"))), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *state_path = g_strdup_printf ("orders.%u.state", i);
      g_autofree char *paid_path = g_strdup_printf ("orders.%u.paid.amount", i);

      g_assert_cmpstr (answer_string (orders, state_path), ==, state);
      paid += answer_int (orders, paid_path);
    }
  return paid;
}

/* Buys, pays and claims, whatever happens to the service meanwhile. */
static void
live (Service *service)
{
  g_autoptr (Client) client = client_enrolled (service);
  g_autoptr (Basket) basket = basket_new (client);
  g_autofree char *commit = g_strdup_printf ("/v1/payment-groups/%s/commit", basket->group);
  g_autofree char *claim = mil_uuid_new (service->clock, service->random);
  g_autofree char *claim_path = g_strdup_printf ("/v1/taxfree/claims/%s", claim);
  g_autofree char *body = claim_body (client, claim, basket->wallet);
  g_autoptr (Answer) committed = NULL;
  g_autoptr (Answer) issued = NULL;
  g_autoptr (Answer) refunded = NULL;
  gint64 before, paid;

  before = shop_balance (client, basket->wallet, "CNY", "available") + shop_balance (client, basket->wallet, "CNY", "held");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (Answer) completed = basket_complete (basket, client, i, basket->tokens[i]);

      assert_status (completed, 200);
      g_assert_cmpstr (answer_string (completed, "status"), ==, "completed");
    }
  committed = client_post (client, commit, "{}");
  assert_status (committed, 200);
  issued = client_ask (client, &(Ask) { .method = "POST", .path = "/v1/taxfree/claims", .body = body });
  assert_status (issued, 201);
  validate (service, claim);
  paid = assert_orders (client, "captured");
  refunded = client_get (client, claim_path);
  g_assert_cmpstr (answer_string (refunded, "state"), ==, "refunded");
  g_assert_cmpint (shop_balance (client, basket->wallet, "CNY", "available"),
                   ==,
                   before - paid + answer_int (refunded, "refund.payout.amount"));
  g_assert_cmpint (shop_balance (client, basket->wallet, "CNY", "held"), ==, 0);
}

static void
enrol (Service *service)
{
  g_autoptr (Client) client = client_enrolled (service);

  g_assert_nonnull (client);
}

/* How many writes and syncs there are from the start to the end of a service that somebody used. */
static guint64
count_steps (Service *service, void (*use) (Service *))
{
  g_autofree char *log = g_build_filename (service->folder, "log", NULL);
  g_autofree char *text = NULL;
  const char      *found;

  service->crash_at = G_MAXUINT64;
  service_start (service);
  use (service);
  service->crash_at = 0;
  service_stop (service);
  g_assert_true (g_file_get_contents (log, &text, NULL, NULL));
  found = g_strrstr (text, "crash-count ");
  g_assert_nonnull (found);
  return g_ascii_strtoull (found + strlen ("crash-count "), NULL, 10);
}

static void
test_power_cuts (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_test_rand_int ());
  g_autoptr (Client) first = client_enrolled (service);
  guint64 count, enrolled;

  service_stop (service);
  service->survives = TRUE;
  enrolled = count_steps (service, enrol);
  count = count_steps (service, live);
  for (guint i = 0; i < N_RUNS; i++)
    {
      service->crash_seed = g_rand_int (rand);
      /* The enrolment is short beside all that follows: it has some runs of its own. */
      service->crash_at = g_rand_int_range (rand, N_START, i % 3 == 0 ? (int) enrolled : (int) count - 10);
      g_test_message ("run %u: power fails at %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT, i, service->crash_at, count);
      service_start (service);
      live (service);
      /* It may die while it ends, too. */
      if (service->crash_at > 0)
        {
          g_subprocess_send_signal (service->process, SIGTERM);
          service_revive (service);
        }
      g_assert_cmpint (service_command (service, NULL, "audit", NULL), ==, 0);
      service_stop (service);
    }
  g_test_message ("%u of %u died", service->n_deaths, N_RUNS);
  g_assert_cmpuint (service->n_deaths, >=, N_RUNS / 2);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/power/cuts", test_power_cuts);
  return g_test_run ();
}
