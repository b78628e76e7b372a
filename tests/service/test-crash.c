/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lives and deaths of the service's storage. A life is this program itself, run again on a disk that
 * loses power in the middle (crash-vfs): several travellers buy and claim at the same time, and every
 * step that was acknowledged is told on standard output. The next life, on a sound disk, must find
 * everything that was told, nothing twice, and the ledger balanced; then it brings what was under way
 * to its end. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crash-vfs.h"
#include "shop.h"

#define OK(condition) ((condition) ? GINT_TO_POINTER (TRUE) : NULL)
#define N_RUNS 50
#define N_TRAVELLERS 4
#define N_BASKETS 3

typedef enum
{
  STEP_WALLET,
  STEP_CHECKOUTS,
  STEP_QUOTE,
  STEP_PROPOSE,
  STEP_AUTHORISE,
  STEP_COMPLETE_FIRST,
  STEP_COMPLETE_SECOND,
  STEP_COMMIT,
  STEP_CLAIM,
  STEP_VALIDATE,
  STEP_REFUND,
  N_STEPS,
} Step;

/* One traveller's one basket, with the claim for it. */
typedef struct
{
  Purchase purchase;
  char    *owner;
  char    *wallet_id;
  char    *claim_id;
  guint    traveller;
  guint    basket;
  int      done;
} Journey;

/* --- Steps that the wallet has not got ------------------------------------------------------- */

static gboolean
set_claim (MilTx *tx, Journey *self, const char *state, gint64 seq, GError **error)
{
  g_autoptr (JsonNode) data = json_from_string ("{}", NULL);

  return mil_tx_exec (tx, error, "UPDATE claims SET state = $2, updated_at = $3 WHERE id = $1", "tti", self->claim_id, state, mil_tx_now (tx))
         && mil_tx_exec (
             tx, error, "INSERT INTO claim_events (claim_id, seq, event, state, actor, at) VALUES ($1, $2, $3, $3, 'service', $4)", "titi", self->claim_id, seq, state, mil_tx_now (tx))
         && mil_tx_append_event (tx, self->owner, "claim.changed", self->claim_id, data, error);
}

static gpointer
step_claim (MilTx *tx, gpointer data, GError **error)
{
  Journey *self = data;

  g_free (self->claim_id);
  self->claim_id = mil_tx_new_id (tx);
  return OK (
      mil_tx_exec (
          tx,
          error,
          "INSERT INTO claims (id, owner, number, state, scheme, mode, request_hash, document, created_at,"
          " updated_at) VALUES ($1, $2, $3, 'submitted', 'it', 'refund', 'x', '{}', $4, $4)",
          "ttti",
          self->claim_id,
          self->owner,
          self->claim_id,
          mil_tx_now (tx))
      && set_claim (tx, self, "issued", 1, error));
}

static gpointer
step_validate (MilTx *tx, gpointer data, GError **error)
{
  return OK (set_claim (tx, data, "validated", 2, error));
}

static gpointer
step_refund (MilTx *tx, gpointer data, GError **error)
{
  Journey *self = data;
  MilMoney paid;

  return OK (mil_wallet_refund (tx,
                                self->purchase.exchange,
                                &(MilPayout) { .operator_id = "operator",
                                               .owner = self->owner,
                                               .wallet_id = self->wallet_id,
                                               .currency = "CNY",
                                               .amount = mil_money (1500, "EUR"),
                                               .claim_id = self->claim_id },
                                &paid,
                                error)
             && set_claim (tx, self, "refunded", 3, error));
}

/* --- A life ---------------------------------------------------------------------------------- */

static gpointer
take_step (MilTx *tx, gpointer data, GError **error)
{
  Journey *self = data;

  switch ((Step) (self->done + 1))
    {
    case STEP_WALLET:
      self->wallet_id = shop_new_wallet (tx, &self->purchase, error);
      self->purchase.wallet_id = self->wallet_id;
      return OK (self->wallet_id != NULL);
    case STEP_CHECKOUTS:
      return step_checkouts (tx, &self->purchase, error);
    case STEP_QUOTE:
      return step_quote (tx, &self->purchase, error);
    case STEP_PROPOSE:
      return step_propose (tx, &self->purchase, error);
    case STEP_AUTHORISE:
      return step_authorise (tx, &self->purchase, error);
    case STEP_COMPLETE_FIRST:
    case STEP_COMPLETE_SECOND:
      self->purchase.redeeming = self->done + 1 - STEP_COMPLETE_FIRST;
      return step_complete (tx, &self->purchase, error);
    case STEP_COMMIT:
      return step_commit (tx, &self->purchase, error);
    case STEP_CLAIM:
      return step_claim (tx, self, error);
    case STEP_VALIDATE:
      return step_validate (tx, self, error);
    case STEP_REFUND:
      return step_refund (tx, self, error);
    default:
      g_assert_not_reached ();
    }
}

static const char *
or_dash (const char *text)
{
  return text != NULL ? text : "-";
}

/* What a client knows after an answer. */
static void
tell (const Journey *self)
{
  const Purchase  *purchase = &self->purchase;
  g_autofree char *line = g_strdup_printf ("%u %u %d %s %s %s %s %s %s %s %s %s %s\n",
                                           self->traveller,
                                           self->basket,
                                           self->done,
                                           or_dash (self->wallet_id),
                                           or_dash (purchase->checkouts[0]),
                                           or_dash (purchase->checkouts[1]),
                                           or_dash (purchase->quote_id),
                                           or_dash (purchase->group_id),
                                           or_dash (purchase->tokens[0]),
                                           or_dash (purchase->tokens[1]),
                                           or_dash (purchase->orders[0]),
                                           or_dash (purchase->orders[1]),
                                           or_dash (self->claim_id));

  g_assert_cmpint (write (STDOUT_FILENO, line, strlen (line)), ==, strlen (line));
}

static void
journey_init (Journey *self, guint traveller, guint basket, MilKey *key, MilExchange *exchange)
{
  *self = (Journey) { .traveller = traveller, .basket = basket, .done = -1 };
  self->owner = g_strdup_printf ("traveller-%u", traveller);
  self->purchase = (Purchase) { .owner = self->owner,
                                .pay_currency = "CNY",
                                .key = key,
                                .exchange = exchange,
                                .n_checkouts = 2,
                                .prices = { mil_money (2600 + basket, "EUR"), mil_money (850, "JPY") } };
}

static void
journey_clear (Journey *self)
{
  purchase_clear (&self->purchase);
  g_free (self->owner);
  g_free (self->wallet_id);
  g_free (self->claim_id);
}

typedef struct
{
  MilStorage  *storage;
  MilKey      *key;
  MilExchange *exchange;
  guint        traveller;
} Client;

/* Each traveller has a wallet, from their first basket, and buys one basket after the other. */
static DexFuture *
live (gpointer data)
{
  Client          *client = data;
  g_autofree char *wallet_id = NULL;

  for (guint basket = 0; basket < N_BASKETS; basket++)
    {
      Journey journey;

      journey_init (&journey, client->traveller, basket, client->key, client->exchange);
      if (basket > 0)
        {
          journey.wallet_id = g_strdup (wallet_id);
          journey.purchase.wallet_id = journey.wallet_id;
          journey.done = STEP_WALLET;
        }
      while (journey.done < N_STEPS - 1)
        {
          g_autoptr (GError) error = NULL;

          mil_await (mil_storage_run (client->storage, take_step, &journey, NULL, G_TYPE_BOOLEAN), &error);
          g_assert_no_error (error);
          journey.done++;
          tell (&journey);
        }
      if (wallet_id == NULL)
        wallet_id = g_strdup (journey.wallet_id);
      journey_clear (&journey);
    }
  return dex_future_new_true ();
}

/* test-crash --live PATH SEED CRASH-AT [lying] */
static int
life (char **arguments)
{
  CrashPlan plan = { .seed = g_ascii_strtoull (arguments[1], NULL, 10),
                     .crash_at = g_ascii_strtoull (arguments[2], NULL, 10),
                     .lying = arguments[3] != NULL };
  g_autoptr (MilClock) clock = mil_clock_new_system ();
  g_autoptr (MilRandom) random = mil_random_new_system ();
  g_autoptr (MilExchange) exchange = shop_exchange ();
  g_autoptr (MilKey) key = mil_key_generate (NULL);
  g_autoptr (MilStorage) storage = NULL;
  g_autoptr (GError) error = NULL;
  Client     clients[N_TRAVELLERS];
  DexFuture *futures[N_TRAVELLERS];

  dex_init ();
  crash_vfs_register (&plan);
  storage = mil_storage_new_sqlite (arguments[0], clock, random);
  wait_for (mil_storage_open (storage), &error);
  g_assert_no_error (error);
  wait_for (mil_storage_run (storage, shop_open, NULL, NULL, G_TYPE_BOOLEAN), &error);
  g_assert_no_error (error);
  tell (&(Journey) { .done = -1 });
  for (guint i = 0; i < N_TRAVELLERS; i++)
    {
      clients[i] = (Client) { storage, key, exchange, i };
      futures[i] = mil_spawn (live, &clients[i], NULL);
    }
  for (guint i = 0; i < N_TRAVELLERS; i++)
    wait_for (futures[i], NULL);
  wait_for (mil_storage_close (storage), NULL);
  printf ("count %" G_GUINT64_FORMAT "\n", crash_vfs_count ());
  fflush (stdout);
  /* The disk's image is not worth freeing. */
  _exit (0);
}

/* --- What the next life finds ---------------------------------------------------------------- */

static char *
known (char **words, guint i)
{
  return g_str_equal (words[i], "-") ? NULL : g_strdup (words[i]);
}

static void
read_line (Journey *journeys, const char *line, MilExchange *exchange)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  Journey *self;

  if (g_strv_length (words) != 13 || atoi (words[2]) < 0)
    return;
  self = &journeys[atoi (words[0]) * N_BASKETS + atoi (words[1])];
  if (self->owner != NULL)
    journey_clear (self);
  journey_init (self, atoi (words[0]), atoi (words[1]), NULL, exchange);
  self->done = atoi (words[2]);
  self->wallet_id = known (words, 3);
  self->purchase.wallet_id = self->wallet_id;
  for (guint i = 0; i < 2; i++)
    {
      self->purchase.checkouts[i] = known (words, 4 + i);
      self->purchase.tokens[i] = known (words, 8 + i);
      self->purchase.orders[i] = known (words, 10 + i);
    }
  self->purchase.quote_id = known (words, 6);
  self->purchase.group_id = known (words, 7);
  self->claim_id = known (words, 12);
}

/* What must be there once a step was acknowledged: a query that answers a row, for an id. */
static gboolean
is_there (MilTx *tx, const char *sql, const char *id, GError **error)
{
  g_autoptr (MilRows) rows = mil_tx_query (tx, error, sql, "t", id);

  if (rows != NULL && mil_rows_count (rows) == 1)
    return TRUE;
  if (rows != NULL)
    mil_error_set (error, MIL_ERROR_FAILED, "%u rows: %s (%s)", mil_rows_count (rows), sql, id);
  return FALSE;
}

static gpointer
find_told (MilTx *tx, gpointer data, GError **error)
{
  Journey  *self = data;
  Purchase *purchase = &self->purchase;
  const struct
  {
    Step        since;
    const char *sql;
    const char *id;
  } told[] = {
    { STEP_WALLET, "SELECT 1 FROM wallets WHERE id = $1", self->wallet_id },
    { STEP_CHECKOUTS, "SELECT 1 FROM checkouts WHERE id = $1", purchase->checkouts[0] },
    { STEP_CHECKOUTS, "SELECT 1 FROM checkouts WHERE id = $1", purchase->checkouts[1] },
    { STEP_QUOTE, "SELECT 1 FROM quotes WHERE id = $1", purchase->quote_id },
    { STEP_PROPOSE, "SELECT 1 FROM payment_groups WHERE id = $1", purchase->group_id },
    { STEP_AUTHORISE, "SELECT 1 FROM payment_groups WHERE id = $1 AND state <> 'proposed'", purchase->group_id },
    { STEP_COMPLETE_FIRST, "SELECT 1 FROM orders WHERE id = $1", purchase->orders[0] },
    { STEP_COMPLETE_SECOND, "SELECT 1 FROM orders WHERE id = $1", purchase->orders[1] },
    { STEP_COMMIT, "SELECT 1 FROM payment_groups WHERE id = $1 AND state = 'committed'", purchase->group_id },
    { STEP_COMMIT, "SELECT 1 FROM orders WHERE id = $1 AND state = 'captured'", purchase->orders[0] },
    { STEP_COMMIT, "SELECT 1 FROM wallet_entries WHERE order_id = $1 AND kind = 'payment'", purchase->orders[1] },
    { STEP_CLAIM, "SELECT 1 FROM claims WHERE id = $1", self->claim_id },
    { STEP_VALIDATE, "SELECT 1 FROM claim_events WHERE claim_id = $1 AND state = 'validated'", self->claim_id },
    { STEP_REFUND, "SELECT 1 FROM claims WHERE id = $1 AND state = 'refunded'", self->claim_id },
    { STEP_REFUND, "SELECT 1 FROM refunds WHERE reference = $1", self->claim_id },
    { STEP_REFUND, "SELECT 1 FROM wallet_entries WHERE claim_id = $1 AND kind = 'refund'", self->claim_id },
  };

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    if (self->done >= (int) told[i].since && !is_there (tx, told[i].sql, told[i].id, error))
      return NULL;
  return GINT_TO_POINTER (TRUE);
}

/* Sends the step that was under way again. It may have been done, unheard: then it says so, and the
 * client takes that for an answer; what needs the lost answer is called off. */
static void
finish (Fixture *fixture, Journey *self)
{
  while (self->done >= STEP_AUTHORISE && self->done < N_STEPS - 1)
    {
      g_autoptr (GError) error = NULL;

      /* A claim has a new id in each attempt here, so one that was made unheard stays as it is. */
      run_tx (fixture, take_step, self, G_TYPE_BOOLEAN, &error);
      if (error != NULL)
        g_assert_error (error, MIL_ERROR, MIL_ERROR_CONFLICT);
      if (error != NULL && self->done + 1 <= STEP_COMPLETE_SECOND)
        break;
      self->done++;
    }
  if (self->done >= STEP_PROPOSE && self->done < STEP_COMMIT)
    must_run (fixture, step_void, &self->purchase);
}

/* Nothing is there twice, and each wallet has what its payments and refunds leave it. */
static gpointer
find_doubles (MilTx *tx, gpointer data, GError **error)
{
  const char *nothing[] = {
    "SELECT checkout_id FROM orders GROUP BY checkout_id HAVING COUNT (*) > 1",
    "SELECT order_id FROM wallet_entries WHERE kind = 'payment' GROUP BY order_id HAVING COUNT (*) > 1",
    "SELECT claim_id FROM wallet_entries WHERE kind = 'refund' GROUP BY claim_id HAVING COUNT (*) > 1",
    "SELECT w.id FROM wallets w JOIN accounts a ON a.kind = 'wallet' AND a.owner = w.id AND a.currency = "
    "'CNY'"
    " WHERE a.credits_posted - a.debits_posted <> (SELECT SUM (e.amount) FROM wallet_entries e WHERE "
    "e.wallet_id = w.id"
    " AND e.currency = 'CNY' AND e.kind IN ('payment', 'refund', 'top-up'))",
    "SELECT c.id FROM claims c WHERE (c.state = 'refunded') <> EXISTS (SELECT 1 FROM refunds r WHERE "
    "r.reference = c.id)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      g_autoptr (MilRows) rows = mil_tx_query (tx, error, nothing[i], NULL);

      if (rows == NULL)
        return NULL;
      if (mil_rows_count (rows) > 0)
        {
          mil_error_set (error, MIL_ERROR_FAILED, "%u rows: %s", mil_rows_count (rows), nothing[i]);
          return NULL;
        }
    }
  return GINT_TO_POINTER (TRUE);
}

/* Whether everything that was told is there; when not, why. */
static gboolean
check_told (Fixture *fixture, Journey *journeys, GError **error)
{
  for (guint i = 0; i < N_TRAVELLERS * N_BASKETS; i++)
    if (journeys[i].owner != NULL && run_tx (fixture, find_told, &journeys[i], G_TYPE_BOOLEAN, error) == NULL)
      return FALSE;
  return TRUE;
}

static void
check_rest (Fixture *fixture, Journey *journeys)
{
  assert_audit (fixture);
  must_run (fixture, find_doubles, NULL);
  for (guint i = 0; i < N_TRAVELLERS * N_BASKETS; i++)
    if (journeys[i].owner != NULL)
      finish (fixture, &journeys[i]);
  assert_audit (fixture);
  must_run (fixture, find_doubles, NULL);
}

/* --- The parent ------------------------------------------------------------------------------ */

static char *
run_life (const char *path, guint64 seed, guint64 crash_at, gboolean lying, guint64 *count)
{
  g_autofree char *seed_text = g_strdup_printf ("%" G_GUINT64_FORMAT, seed);
  g_autofree char *at_text = g_strdup_printf ("%" G_GUINT64_FORMAT, crash_at);
  const char *command[] = { "/proc/self/exe", "--live", path, seed_text, at_text, lying ? "lying" : NULL, NULL };
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;
  char *told = NULL;
  int   status;

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_DEFAULT, NULL, NULL, &told, &said, &status, &error);
  g_assert_no_error (error);
  if (!(WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL) && status != 0)
    g_error ("A life ended with %d: %s", status, said);
  if (count != NULL)
    *count = g_ascii_strtoull (strstr (told, "count ") + strlen ("count "), NULL, 10);
  return told;
}

static gboolean
live_and_check (guint64 seed, guint64 crash_at, gboolean lying, GError **error)
{
  g_autofree Journey *journeys = g_new0 (Journey, N_TRAVELLERS * N_BASKETS);
  g_autoptr (MilExchange) exchange = shop_exchange ();
  g_autoptr (Fixture) fixture = g_new0 (Fixture, 1);
  g_autofree char *path = NULL;
  g_autofree char *told = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean sound;

  fixture->folder = test_folder ();
  path = g_build_filename (fixture->folder, "service.db", NULL);
  told = run_life (path, seed, crash_at, lying, NULL);
  lines = g_strsplit (told, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    read_line (journeys, lines[i], exchange);

  fixture->address = g_strconcat ("sqlite:", path, NULL);
  fixture->clock = mil_clock_new_system ();
  fixture->random = mil_random_new_system ();
  fixture->storage = fixture_another (fixture);
  sound = check_told (fixture, journeys, error);
  if (sound && !lying && lines[0] != NULL && *lines[0] != '\0')
    check_rest (fixture, journeys);
  for (guint i = 0; i < N_TRAVELLERS * N_BASKETS; i++)
    journey_clear (&journeys[i]);
  return sound;
}

static guint64
count_steps (void)
{
  g_autofree char *folder = test_folder ();
  g_autofree char *path = g_build_filename (folder, "service.db", NULL);
  g_autofree char *told = NULL;
  guint64          count;

  told = run_life (path, 1, 0, FALSE, &count);
  remove_folder (folder);
  g_assert_cmpuint (count, >, 100);
  return count;
}

static void
test_crashes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_test_rand_int ());
  guint64 count = count_steps ();

  for (guint i = 0; i < N_RUNS; i++)
    {
      g_autoptr (GError) error = NULL;
      guint64 crash_at = g_rand_int_range (rand, 1, (int) count);

      g_test_message ("run %u: power fails at %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT, i, crash_at, count);
      live_and_check (g_rand_int (rand), crash_at, FALSE, &error);
      g_assert_no_error (error);
    }
}

/* On a disk that says "synced" and did not, what was told must be found missing: else the test above
 * would pass whatever the storage did. A cut that comes when nobody was told anything loses nothing. */
static void
test_notices_loss (void)
{
  guint64 count = count_steps ();
  guint   n_lost = 0;

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GError) error = NULL;

      n_lost += !live_and_check (i, count * (i + 2) / 8, TRUE, &error);
    }
  g_assert_cmpuint (n_lost, >=, 3);
}

int
main (int argc, char *argv[])
{
  if (argc > 4 && g_str_equal (argv[1], "--live"))
    return life (argv + 2);
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/service/crash/notices-loss", test_notices_loss);
  g_test_add_func ("/service/crash/fifty-crashes", test_crashes);
  return g_test_run ();
}
