/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "service-test.h"

#include "base/mil-json.h"
#include "service/ledger/mil-ledger.h"

#define OK(condition) ((condition) ? GINT_TO_POINTER (TRUE) : NULL)
#define N_WALLETS 4

typedef struct
{
  char *issuer;
  char *wallets[N_WALLETS];
  char *store;
  char *yen;
} Accounts;

static void
accounts_clear (Accounts *self)
{
  g_free (self->issuer);
  for (guint i = 0; i < N_WALLETS; i++)
    g_free (self->wallets[i]);
  g_free (self->store);
  g_free (self->yen);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Accounts, accounts_clear)

static gpointer
open_accounts (MilTx *tx, gpointer data, GError **error)
{
  Accounts *self = data;

  accounts_clear (self);
  self->issuer = mil_ledger_account (tx, MIL_ACCOUNT_ISSUER, "milione", "EUR", error);
  self->store = mil_ledger_account (tx, MIL_ACCOUNT_STORE, "bottega", "EUR", error);
  self->yen = mil_ledger_account (tx, MIL_ACCOUNT_WALLET, "w0", "JPY", error);
  for (guint i = 0; i < N_WALLETS; i++)
    {
      g_autofree char *owner = g_strdup_printf ("w%u", i);
      g_auto (GStrv) ids = NULL;

      self->wallets[i] = mil_ledger_account (tx, MIL_ACCOUNT_WALLET, owner, "EUR", error);
      ids = mil_ledger_transfer (tx,
                                 &(MilTransfer) { .debit = self->issuer,
                                                  .credit = self->wallets[i],
                                                  .amount = mil_money (1000, "EUR"),
                                                  .code = "top-up" },
                                 1,
                                 error);
      if (ids == NULL)
        return NULL;
    }
  return GINT_TO_POINTER (TRUE);
}

typedef struct
{
  MilTransfer transfers[3];
  guint       n_transfers;
  char      **ids;
} Move;

static gpointer
move (MilTx *tx, gpointer data, GError **error)
{
  Move *self = data;

  g_clear_pointer (&self->ids, g_strfreev);
  self->ids = mil_ledger_transfer (tx, self->transfers, self->n_transfers, error);
  return OK (self->ids != NULL);
}

static gpointer
post (MilTx *tx, gpointer id, GError **error)
{
  return OK (mil_ledger_post (tx, id, error));
}

static gpointer
void_hold (MilTx *tx, gpointer id, GError **error)
{
  return OK (mil_ledger_void (tx, id, error));
}

static gpointer
expire (MilTx *tx, gpointer count, GError **error)
{
  gint64 n = mil_ledger_expire (tx, error);

  *(gint64 *) count = n;
  return OK (n >= 0);
}

static gpointer
audit (MilTx *tx, gpointer data, GError **error)
{
  gboolean balanced = FALSE;
  g_autoptr (JsonNode) report = mil_ledger_audit (tx, &balanced, error);

  if (report == NULL)
    return NULL;
  return balanced ? g_strdup ("balanced") : json_to_string (report, FALSE);
}

static void
assert_balanced (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *report = wait_for (mil_storage_read (fixture->storage, audit, NULL, NULL, G_TYPE_STRING), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (report, ==, "balanced");
}

typedef struct
{
  const char *account;
  MilBalance  balance;
} Question;

static gpointer
ask (MilTx *tx, gpointer data, GError **error)
{
  Question *question = data;

  return OK (mil_ledger_balance (tx, question->account, &question->balance, error));
}

static void
assert_balance (Fixture *fixture, const char *account, gint64 posted, gint64 held)
{
  Question question = { .account = account };

  must_run (fixture, ask, &question);
  g_assert_cmpint (question.balance.posted, ==, posted);
  g_assert_cmpint (question.balance.held, ==, held);
  g_assert_cmpint (question.balance.available, ==, posted - held);
}

static void
assert_move_fails (Fixture *fixture, Move *self, MilErrorCode code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (run_tx (fixture, move, self, G_TYPE_BOOLEAN, &error));
  g_assert_error (error, MIL_ERROR, code);
}

static void
test_transfer (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_auto (Accounts) accounts = { 0 };
  Move pay = { .n_transfers = 1 };

  must_run (fixture, open_accounts, &accounts);
  pay.transfers[0] = (MilTransfer) { .debit = accounts.wallets[0], .credit = accounts.store, .amount = mil_money (700, "EUR") };
  must_run (fixture, move, &pay);
  assert_balance (fixture, accounts.wallets[0], 300, 0);
  assert_balance (fixture, accounts.store, 700, 0);
  assert_move_fails (fixture, &pay, MIL_ERROR_INSUFFICIENT_FUNDS);
  pay.transfers[0].amount.minor = 0;
  assert_move_fails (fixture, &pay, MIL_ERROR_INVALID);
  pay.transfers[0].amount.minor = -5;
  assert_move_fails (fixture, &pay, MIL_ERROR_INVALID);
  pay.transfers[0].amount = mil_money (5, "JPY");
  assert_move_fails (fixture, &pay, MIL_ERROR_INVALID);
  pay.transfers[0].amount = mil_money (5, "EUR");
  pay.transfers[0].credit = accounts.wallets[0];
  assert_move_fails (fixture, &pay, MIL_ERROR_INVALID);
  pay.transfers[0].credit = accounts.yen;
  assert_move_fails (fixture, &pay, MIL_ERROR_INVALID);
  pay.transfers[0].credit = "nobody";
  assert_move_fails (fixture, &pay, MIL_ERROR_INVALID);
  assert_balance (fixture, accounts.wallets[0], 300, 0);
  assert_balanced (fixture);
  g_strfreev (pay.ids);
}

/* The sum of two amounts that each fit 64 bits does not: no account may come to that. */
static void
test_overflow (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_auto (Accounts) accounts = { 0 };
  Move fill = { .n_transfers = 1 };

  must_run (fixture, open_accounts, &accounts);
  fill.transfers[0] = (MilTransfer) { .debit = accounts.issuer,
                                      .credit = accounts.wallets[0],
                                      .amount = mil_money (G_MAXINT64 - 4000, "EUR") };
  must_run (fixture, move, &fill);
  fill.transfers[0].amount.minor = 1;
  assert_move_fails (fixture, &fill, MIL_ERROR_INVALID);
  assert_balance (fixture, accounts.wallets[0], G_MAXINT64 - 3000, 0);
  g_strfreev (fill.ids);
}

static void
test_linked (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_auto (Accounts) accounts = { 0 };
  Move both = { .n_transfers = 2 };

  must_run (fixture, open_accounts, &accounts);
  both.transfers[0] = (MilTransfer) { .debit = accounts.wallets[0], .credit = accounts.store, .amount = mil_money (700, "EUR") };
  both.transfers[1] = (MilTransfer) { .debit = accounts.wallets[1],
                                      .credit = accounts.store,
                                      .amount = mil_money (1001, "EUR") };
  assert_move_fails (fixture, &both, MIL_ERROR_INSUFFICIENT_FUNDS);
  assert_balance (fixture, accounts.wallets[0], 1000, 0);
  both.transfers[1].amount.minor = 1000;
  must_run (fixture, move, &both);
  assert_balance (fixture, accounts.store, 1700, 0);
  assert_balanced (fixture);
  g_strfreev (both.ids);
}

/* Whoever swallows the failure of the second may not keep the first. */
static gpointer
swallow (MilTx *tx, gpointer data, GError **error)
{
  g_assert_null (move (tx, data, NULL));
  return GINT_TO_POINTER (TRUE);
}

static void
test_half (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_auto (Accounts) accounts = { 0 };
  g_autoptr (GError) error = NULL;
  Move both = { .n_transfers = 2 };

  must_run (fixture, open_accounts, &accounts);
  both.transfers[0] = (MilTransfer) { .debit = accounts.wallets[0], .credit = accounts.store, .amount = mil_money (700, "EUR") };
  both.transfers[1] = both.transfers[0];
  g_assert_null (run_tx (fixture, swallow, &both, G_TYPE_BOOLEAN, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_INSUFFICIENT_FUNDS);
  assert_balance (fixture, accounts.wallets[0], 1000, 0);
}

static void
test_pending (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_auto (Accounts) accounts = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 soon = mil_clock_now (fixture->clock) + G_USEC_PER_SEC;
  gint64 n_expired;
  Move   hold = { .n_transfers = 1 };

  must_run (fixture, open_accounts, &accounts);
  hold.transfers[0] = (MilTransfer) {
    .debit = accounts.wallets[0], .credit = accounts.store, .amount = mil_money (600, "EUR"), .timeout_at = soon
  };
  must_run (fixture, move, &hold);
  assert_balance (fixture, accounts.wallets[0], 1000, 600);
  assert_balanced (fixture);
  must_run (fixture, post, hold.ids[0]);
  assert_balance (fixture, accounts.wallets[0], 400, 0);
  g_assert_null (run_tx (fixture, post, hold.ids[0], G_TYPE_BOOLEAN, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_null (run_tx (fixture, void_hold, hold.ids[0], G_TYPE_BOOLEAN, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_CONFLICT);
  g_clear_error (&error);

  assert_move_fails (fixture, &hold, MIL_ERROR_INSUFFICIENT_FUNDS);
  hold.transfers[0].amount.minor = 400;
  must_run (fixture, move, &hold);
  must_run (fixture, void_hold, hold.ids[0]);
  assert_balance (fixture, accounts.wallets[0], 400, 0);

  must_run (fixture, move, &hold);
  must_run (fixture, expire, &n_expired);
  g_assert_cmpint (n_expired, ==, 0);
  mil_clock_advance (fixture->clock, G_USEC_PER_SEC);
  g_assert_null (run_tx (fixture, post, hold.ids[0], G_TYPE_BOOLEAN, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_EXPIRED);
  assert_balance (fixture, accounts.wallets[0], 400, 400);
  must_run (fixture, expire, &n_expired);
  g_assert_cmpint (n_expired, ==, 1);
  assert_balance (fixture, accounts.wallets[0], 400, 0);
  assert_balanced (fixture);
  g_strfreev (hold.ids);
}

static gpointer
rewrite (MilTx *tx, gpointer sql, GError **error)
{
  return OK (mil_tx_exec (tx, error, sql, NULL));
}

static void
test_immutable (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_auto (Accounts) accounts = { 0 };
  g_autoptr (GError) error = NULL;

  must_run (fixture, open_accounts, &accounts);
  g_assert_null (run_tx (fixture, rewrite, (char *) "UPDATE transfers SET amount = 1", G_TYPE_BOOLEAN, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_null (run_tx (fixture, rewrite, (char *) "DELETE FROM transfers", G_TYPE_BOOLEAN, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_CONFLICT);
}

/* The audit must see what somebody changed behind the ledger's back. */
static void
test_audit_sees (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_auto (Accounts) accounts = { 0 };
  const char *harm[] = {
    "UPDATE accounts SET credits_posted = credits_posted + 1 WHERE kind = 'wallet' AND owner = 'w1' AND "
    "currency = 'EUR'",
    "UPDATE accounts SET debits_posted = debits_posted + 1 WHERE kind = 'issuer'",
    "UPDATE accounts SET debits_pending = 5 WHERE kind = 'issuer'",
  };

  must_run (fixture, open_accounts, &accounts);
  assert_balanced (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (harm); i++)
    {
      g_autofree char *report = NULL;

      must_run (fixture, rewrite, (char *) harm[i]);
      report = run_tx (fixture, audit, NULL, G_TYPE_STRING, NULL);
      g_assert_nonnull (strstr (report, "\"balanced\":false"));
      g_assert_nonnull (strstr (report, i == 2 ? "account-held-differs" : "differ-from-transfers"));
    }
}

/* Random clients at the same time: whatever happens, nobody is overdrawn and the sum stays zero. */
typedef struct
{
  Move       move;
  char      *id;
  int        action;
  DexFuture *future;
} Client;

static void
start_random (Fixture *fixture, Accounts *accounts, GRand *rand, Client *client)
{
  const char *wallet = accounts->wallets[g_rand_int_range (rand, 0, N_WALLETS)];
  const char *other = accounts->wallets[g_rand_int_range (rand, 0, N_WALLETS)];
  gboolean    hold = g_rand_boolean (rand);

  if (client->id != NULL)
    {
      client->action = g_rand_boolean (rand) ? 1 : 2;
      client->future = mil_storage_run (fixture->storage, client->action == 1 ? post : void_hold, client->id, NULL, G_TYPE_BOOLEAN);
      return;
    }
  client->action = 0;
  client->move.n_transfers = g_rand_int_range (rand, 1, 4);
  for (guint i = 0; i < client->move.n_transfers; i++)
    client->move.transfers[i] = (MilTransfer) {
      .debit = i == 1 ? accounts->store : wallet,
      .credit = i == 1 ? other : accounts->store,
      .amount = mil_money (g_rand_int_range (rand, 1, 500), "EUR"),
      .timeout_at = hold ? mil_clock_now (fixture->clock) + G_USEC_PER_SEC : 0,
    };
  client->future = mil_storage_run (fixture->storage, move, &client->move, NULL, G_TYPE_BOOLEAN);
}

static void
end_random (Client *client)
{
  g_autoptr (GError) error = NULL;

  wait_for (client->future, &error);
  if (error != NULL)
    g_assert_true (g_error_matches (error, MIL_ERROR, MIL_ERROR_INSUFFICIENT_FUNDS)
                   || g_error_matches (error, MIL_ERROR, MIL_ERROR_CONFLICT));
  g_clear_pointer (&client->id, g_free);
  if (client->action == 0 && error == NULL && client->move.transfers[0].timeout_at != 0)
    client->id = g_strdup (client->move.ids[0]);
}

static void
test_random (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_auto (Accounts) accounts = { 0 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_test_rand_int ());
  Client clients[16] = { 0 };
  gint64 total = 0;

  must_run (fixture, open_accounts, &accounts);
  for (guint round = 0; round < (fixture_on ("postgres") ? 8 : 25); round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
        start_random (fixture, &accounts, rand, &clients[i]);
      for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
        end_random (&clients[i]);
      assert_balanced (fixture);
    }
  for (guint i = 0; i <= N_WALLETS; i++)
    {
      Question question = { .account = i < N_WALLETS ? accounts.wallets[i] : accounts.store };

      must_run (fixture, ask, &question);
      g_assert_cmpint (question.balance.available, >=, 0);
      total += question.balance.posted;
    }
  g_assert_cmpint (total, ==, 1000 * N_WALLETS);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_strfreev (clients[i].move.ids);
      g_free (clients[i].id);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/service/ledger/transfer", test_transfer);
  g_test_add_func ("/service/ledger/overflow", test_overflow);
  g_test_add_func ("/service/ledger/linked", test_linked);
  g_test_add_func ("/service/ledger/half", test_half);
  g_test_add_func ("/service/ledger/pending", test_pending);
  g_test_add_func ("/service/ledger/immutable", test_immutable);
  g_test_add_func ("/service/ledger/audit-sees", test_audit_sees);
  g_test_add_func ("/service/ledger/random", test_random);
  return g_test_run ();
}
