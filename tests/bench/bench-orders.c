/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Orders per second, each durable before it is acknowledged, with 64 clients that each wait for their
 * own: quote, proposal, signed authorisation, order, capture. Beside it, in the same round and on the same
 * disk, SQLite alone makes the same row changes (each insert, update and delete of the five steps, not only
 * the rows that are left), with bound statements and group commit: 64 clients' changes of one step share
 * one. At the end both databases hold the same rows, which is checked. Work that the service does and raw
 * SQLite does not (rows read, foreign keys and savepoints, signatures, JSON) is what the ratio shows. */

#include <sqlite3.h>
#include <stdio.h>
#include <sys/resource.h>

#include "shop.h"

#define N_CLIENTS 64
#define N_ORDERS 8
#define N_ROUNDS 9

/* Of the whole process, in microseconds: what other programs do to the machine is not in it. */
static gint64
cpu_time (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec
         + usage.ru_stime.tv_usec;
}

/* Orders a second, and processor time an order in microseconds. */
typedef struct
{
  double per_second;
  double cpu;
} Figures;

static Figures
figures_since (gint64 began, gint64 cpu_began)
{
  const double n = N_CLIENTS * N_ORDERS;

  return (Figures) { n * 1e6 / (double) (g_get_monotonic_time () - began), (double) (cpu_time () - cpu_began) / n };
}

static const MilTxFunc steps[] = { step_quote, step_propose, step_authorise, step_complete, step_commit };

typedef struct
{
  MilStorage *storage;
  Purchase   *purchases;
} Client;

/* As the server does it: the signature is checked where nobody who writes waits for it. */
static void
check_consent (MilStorage *storage, Purchase *purchase)
{
  g_autoptr (GError) error = NULL;

  purchase_sign (purchase);
  if (!mil_await (mil_storage_read (storage, step_consent, purchase, NULL, G_TYPE_BOOLEAN), &error))
    g_error ("%s", error->message);
}

static void
run_step (MilStorage *storage, MilTxFunc step, Purchase *purchase)
{
  g_autoptr (GError) error = NULL;

  if (!mil_await (mil_storage_run (storage, step, purchase, NULL, G_TYPE_BOOLEAN), &error))
    g_error ("%s", error->message);
}

static DexFuture *
buy (gpointer data)
{
  Client *client = data;

  for (guint i = 0; i < N_ORDERS; i++)
    for (guint step = 0; step < G_N_ELEMENTS (steps); step++)
      {
        if (steps[step] == step_authorise)
          check_consent (client->storage, &client->purchases[i]);
        run_step (client->storage, steps[step], &client->purchases[i]);
      }
  return dex_future_new_true ();
}

/* --- The service ------------------------------------------------------------------------------ */

static void
prepare (MilStorage *storage, Purchase *purchases, MilKey *key, MilExchange *exchange)
{
  g_autoptr (GError) error = NULL;

  wait_for (mil_storage_run (storage, shop_open, NULL, NULL, G_TYPE_BOOLEAN), &error);
  for (guint i = 0; i < N_CLIENTS * N_ORDERS && error == NULL; i++)
    {
      Purchase *purchase = &purchases[i];

      *purchase = (Purchase) { .owner = g_strdup_printf ("traveller-%u", i / N_ORDERS),
                               .pay_currency = "CNY",
                               .key = key,
                               .exchange = exchange,
                               .n_checkouts = 1,
                               .prices = { mil_money (1900, "EUR") } };
      purchase->wallet_id = i % N_ORDERS > 0
                                ? purchases[i - 1].wallet_id
                                : wait_for (mil_storage_run (storage, shop_new_wallet, purchase, NULL, G_TYPE_STRING),
                                            &error);
      if (error == NULL)
        wait_for (mil_storage_run (storage, step_checkouts, purchase, NULL, G_TYPE_BOOLEAN), &error);
    }
  if (error != NULL)
    g_error ("%s", error->message);
}

static Figures
measure_service (const char *path)
{
  g_autoptr (MilClock) clock = mil_clock_new_system ();
  g_autoptr (MilRandom) random = mil_random_new_system ();
  g_autoptr (MilExchange) exchange = shop_exchange ();
  g_autoptr (MilKey) key = mil_key_generate (NULL);
  g_autoptr (MilStorage) storage = mil_storage_new_sqlite (path, clock, random);
  Purchase  *purchases = g_new0 (Purchase, N_CLIENTS * N_ORDERS);
  Client     clients[N_CLIENTS];
  DexFuture *futures[N_CLIENTS];
  gint64     began, cpu_began;
  Figures    figures;

  wait_for (mil_storage_open (storage), NULL);
  prepare (storage, purchases, key, exchange);
  began = g_get_monotonic_time ();
  cpu_began = cpu_time ();
  for (guint i = 0; i < N_CLIENTS; i++)
    {
      clients[i] = (Client) { storage, &purchases[i * N_ORDERS] };
      futures[i] = mil_spawn (buy, &clients[i], NULL);
    }
  for (guint i = 0; i < N_CLIENTS; i++)
    wait_for (futures[i], NULL);
  figures = figures_since (began, cpu_began);
  wait_for (mil_storage_close (storage), NULL);
  for (guint i = 0; i < N_CLIENTS * N_ORDERS; i++)
    purchase_clear (&purchases[i]);
  g_free (purchases);
  return figures;
}

/* --- SQLite alone ----------------------------------------------------------------------------- */

/* The purchases, in the order in which SQLite alone gets them: each client's first, each client's second
 * and so on, as the clients wait for their own. */
#define FLOW                                                                                                 \
  "CREATE TEMP TABLE flow AS SELECT g.owner AS owner, g.id AS group_id, g.quote_id AS quote_id,"             \
  " g.wallet_id AS wallet_id, a.checkout_id AS checkout_id, a.order_id AS order_id, a.hold_id AS hold_id,"   \
  " row_number () OVER (PARTITION BY g.owner ORDER BY g.rowid) - 1 AS nth"                                   \
  " FROM payment_groups g JOIN authorisations a ON a.group_id = g.id ORDER BY nth, g.owner"

#define QUOTE "JOIN quotes q ON q.id = f.quote_id"
#define GROUP "JOIN payment_groups g ON g.id = f.group_id"
#define AUTHORISATION "JOIN authorisations a ON a.group_id = f.group_id"
#define ORDER "JOIN orders o ON o.id = f.order_id"
#define HOLD "JOIN transfers t ON t.id = f.hold_id"
#define POST "JOIN transfers t ON t.pending_id = f.hold_id"
#define CAPTURE "JOIN transfers t ON t.subject = f.order_id AND t.code = 'capture'"
#define SPREAD "JOIN transfers t ON t.subject = f.order_id AND t.code = 'spread'"
#define PAYMENT_ENTRY "JOIN wallet_entries e ON e.wallet_id = f.wallet_id AND e.order_id = f.order_id"
#define HOLD_ENTRY                                                                                           \
  "JOIN wallet_entries p ON p.wallet_id = f.wallet_id AND p.order_id = f.order_id"                           \
  " JOIN wallet_entries e ON e.wallet_id = p.wallet_id AND e.seq = p.seq - 1"
/* A wallet's making is its owner's event 1, and a purchase leaves six. */
#define EVENT(nth) "JOIN events e ON e.owner = f.owner AND e.seq = 6 * f.nth + 1 + " #nth

#define INSERT_TRANSFER "INSERT INTO transfers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
#define INSERT_ENTRY "INSERT INTO wallet_entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
#define INSERT_EVENT "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)"
#define COUNT_ENTRY "UPDATE wallets SET entry_seq = entry_seq + 1 WHERE id = ?"
#define COUNT_EVENT                                                                                          \
  "INSERT INTO event_counters (owner, seq) VALUES (?, 1) ON CONFLICT (owner) DO UPDATE SET"                  \
  " seq = event_counters.seq + 1"
#define COUNT(what) "UPDATE accounts SET " what " WHERE id = ?2"

/* Every row that each step changes, in its order: the statement, and where its values come from. What the
 * service reads, checks, makes up and undoes is left out. */
static const struct
{
  guint       step;
  const char *statement;
  const char *values;
  const char *from;
} changes[] = {
  { 0, "INSERT INTO quotes VALUES (?, ?, ?, ?, ?, NULL, ?, ?)", "q.id, q.owner, q.pay_currency, q.pay_total, q.legs, q.created_at, q.expires_at", QUOTE },

  { 1, "UPDATE quotes SET group_id = ?2 WHERE id = ?1", "f.quote_id, f.group_id", "" },
  { 1, "INSERT INTO payment_groups VALUES (?, ?, ?, ?, 'proposed', ?, ?, ?, NULL, NULL, ?8, ?8, ?9)", "g.id, g.owner, g.wallet_id, g.quote_id, g.nonce, g.pay_currency, g.pay_total, g.created_at, g.expires_at", GROUP },
  { 1,
    "INSERT INTO authorisations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'proposed', NULL, NULL, NULL)",
    "a.group_id, a.position, a.store_id, a.payee, a.checkout_id, a.currency, a.amount, a.pay_currency,"
    " a.pay_amount, a.spread_amount",
    AUTHORISATION },

  { 2, COUNT ("debits_pending = debits_pending + ?1"), "t.amount, t.debit", HOLD },
  { 2, COUNT ("credits_pending = credits_pending + ?1"), "t.amount, t.credit", HOLD },
  { 2, INSERT_TRANSFER, "t.*", HOLD },
  { 2, "INSERT INTO holds VALUES (?, ?)", "t.id, t.timeout_at", HOLD },
  { 2, "UPDATE authorisations SET state = 'held', hold_id = ?3, token_hash = ?4 WHERE group_id = ?1 AND position = ?2", "a.group_id, a.position, a.hold_id, a.token_hash", AUTHORISATION },
  { 2, COUNT_ENTRY, "f.wallet_id", "" },
  { 2, INSERT_ENTRY, "e.*", HOLD_ENTRY },
  { 2, "UPDATE payment_groups SET key_id = ?2, signature = ?3, state = 'authorised', updated_at = ?4 WHERE id = ?1", "g.id, g.key_id, g.signature, t.at", GROUP " " HOLD },
  { 2, COUNT_EVENT, "f.owner", "" },
  { 2, INSERT_EVENT, "e.*", EVENT (1) },
  { 2, COUNT_EVENT, "f.owner", "" },
  { 2, INSERT_EVENT, "e.*", EVENT (2) },

  { 3,
    "UPDATE authorisations SET state = 'redeemed', order_id = ?3 WHERE group_id = ?1 AND position = ?2",
    "a.group_id, a.position, a.order_id",
    AUTHORISATION },
  { 3, "UPDATE checkouts SET state = 'completed' WHERE id = ?", "f.checkout_id", "" },
  { 3,
    "INSERT INTO orders VALUES (?, ?, ?, ?, ?, 'awaiting-capture', ?, ?, ?, ?, 0, ?, ?, ?12, ?12)",
    "o.id, o.owner, o.store_id, o.checkout_id, o.group_id, o.currency, o.total_minor, o.paid_currency,"
    " o.paid_minor, o.line_items, o.document, o.placed_at",
    ORDER },
  { 3, COUNT_EVENT, "f.owner", "" },
  { 3, INSERT_EVENT, "e.*", EVENT (3) },

  { 4, "UPDATE payment_groups SET state = 'committed', updated_at = ?2 WHERE id = ?1", "g.id, g.updated_at", GROUP },
  { 4, "DELETE FROM holds WHERE transfer_id = ?", "f.hold_id", "" },
  { 4, COUNT ("debits_pending = debits_pending - ?1, debits_posted = debits_posted + ?1"), "t.amount, t.debit", POST },
  { 4, COUNT ("credits_pending = credits_pending - ?1, credits_posted = credits_posted + ?1"), "t.amount, t.credit", POST },
  { 4, INSERT_TRANSFER, "t.*", POST },
  { 4, COUNT ("debits_posted = debits_posted + ?1"), "t.amount, t.debit", CAPTURE },
  { 4, COUNT ("credits_posted = credits_posted + ?1"), "t.amount, t.credit", CAPTURE },
  { 4, INSERT_TRANSFER, "t.*", CAPTURE },
  { 4, COUNT ("debits_posted = debits_posted + ?1"), "t.amount, t.debit", SPREAD },
  { 4, COUNT ("credits_posted = credits_posted + ?1"), "t.amount, t.credit", SPREAD },
  { 4, INSERT_TRANSFER, "t.*", SPREAD },
  { 4, "UPDATE authorisations SET state = 'captured' WHERE group_id = ?1 AND position = ?2", "a.group_id, a.position", AUTHORISATION },
  { 4, COUNT_ENTRY, "f.wallet_id", "" },
  { 4, INSERT_ENTRY, "e.*", PAYMENT_ENTRY },
  { 4, "UPDATE orders SET state = 'captured', updated_at = ?2 WHERE id = ?1", "o.id, o.updated_at", ORDER },
  { 4, COUNT_EVENT, "f.owner", "" },
  { 4, INSERT_EVENT, "e.*", EVENT (4) },
  { 4, COUNT_EVENT, "f.owner", "" },
  { 4, INSERT_EVENT, "e.*", EVENT (5) },
  { 4, COUNT_EVENT, "f.owner", "" },
  { 4, INSERT_EVENT, "e.*", EVENT (6) },
};

/* All that the purchases change: both sides must leave the same there. */
static const char *const changed[] = { "quotes",         "payment_groups", "authorisations", "accounts",
                                       "transfers",      "holds",          "wallets",        "wallet_entries",
                                       "event_counters", "events",         "checkouts",      "orders" };

/* What was there before the first purchase: shops, wallets filled, checkouts. */
#define BEFORE                                                                                               \
  "INSERT INTO stores SELECT * FROM service.stores; INSERT INTO accounts SELECT * FROM service.accounts;"    \
  "INSERT INTO wallets SELECT * FROM service.wallets; INSERT INTO checkouts SELECT * FROM "                  \
  "service.checkouts;"                                                                                       \
  "INSERT INTO transfers SELECT * FROM service.transfers WHERE code = 'top-up';"                             \
  "INSERT INTO wallet_entries SELECT * FROM service.wallet_entries WHERE kind = 'top-up';"                   \
  "INSERT INTO events SELECT * FROM service.events WHERE seq = 1;"                                           \
  "INSERT INTO event_counters SELECT owner, 1 FROM service.event_counters;"                                  \
  "UPDATE checkouts SET state = 'ready_for_complete';"                                                       \
  "UPDATE wallets SET entry_seq = (SELECT count(*) FROM wallet_entries WHERE wallet_id = wallets.id);"       \
  "UPDATE accounts SET debits_pending = 0, credits_pending = 0,"                                             \
  " debits_posted = (SELECT coalesce (sum (amount), 0) FROM transfers WHERE debit = accounts.id),"           \
  " credits_posted = (SELECT coalesce (sum (amount), 0) FROM transfers WHERE credit = accounts.id)"

static void
must (sqlite3 *db, int code, const char *what)
{
  if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
    g_error ("%s: %s", what, sqlite3_errmsg (db));
}

static void
must_exec (sqlite3 *db, const char *sql)
{
  must (db, sqlite3_exec (db, sql, NULL, NULL, NULL), sql);
}

static sqlite3_stmt *
must_prepare (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *stmt = NULL;

  must (db, sqlite3_prepare_v3 (db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL), sql);
  return stmt;
}

/* One kind of change: its values in memory, and the statement that writes them. */
typedef struct
{
  GPtrArray    *values;
  int           n_columns;
  guint         n_rows;
  sqlite3_stmt *write;
} Change;

static void
read_change (sqlite3 *from, sqlite3 *to, guint i, Change *change)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM flow f %s ORDER BY f.rowid",
                                          changes[i].values,
                                          changes[i].from);
  sqlite3_stmt    *select = must_prepare (from, sql);

  change->values = g_ptr_array_new_with_free_func ((GDestroyNotify) sqlite3_value_free);
  change->n_columns = sqlite3_column_count (select);
  while (sqlite3_step (select) == SQLITE_ROW)
    {
      for (int column = 0; column < change->n_columns; column++)
        g_ptr_array_add (change->values, sqlite3_value_dup (sqlite3_column_value (select, column)));
      change->n_rows++;
    }
  sqlite3_finalize (select);
  if (change->n_rows != N_CLIENTS * N_ORDERS)
    g_error ("%u rows: %s", change->n_rows, sql);
  change->write = must_prepare (to, changes[i].statement);
}

static void
write_row (sqlite3 *db, Change *change, guint row)
{
  int code;

  for (int column = 0; column < change->n_columns; column++)
    sqlite3_bind_value (change->write, column + 1, g_ptr_array_index (change->values, row * change->n_columns + column));
  while ((code = sqlite3_step (change->write)) == SQLITE_ROW)
    ;
  must (db, code, sqlite3_sql (change->write));
  sqlite3_reset (change->write);
}

static Figures
write_all (sqlite3 *to, Change *all)
{
  gint64 began = g_get_monotonic_time (), cpu_began = cpu_time ();

  for (guint first = 0; first < N_CLIENTS * N_ORDERS; first += N_CLIENTS)
    for (guint step = 0; step < G_N_ELEMENTS (steps); step++)
      {
        must_exec (to, "BEGIN IMMEDIATE");
        for (guint row = first; row < first + N_CLIENTS; row++)
          for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
            if (changes[i].step == step)
              write_row (to, &all[i], row);
        must_exec (to, "COMMIT");
      }
  return figures_since (began, cpu_began);
}

static Figures
measure_raw (const char *service_path, const char *path)
{
  Change   all[G_N_ELEMENTS (changes)] = { 0 };
  sqlite3 *from, *to;
  Figures  figures;

  must (NULL, sqlite3_open (service_path, &from), "open");
  must (NULL, sqlite3_open (path, &to), "open");
  must_exec (to, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384");
  must_exec (from, FLOW);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    read_change (from, to, i, &all[i]);
  figures = write_all (to, all);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      sqlite3_finalize (all[i].write);
      g_ptr_array_unref (all[i].values);
    }
  sqlite3_close (from);
  sqlite3_close (to);
  return figures;
}

static void
attach (sqlite3 *db, const char *service_path)
{
  g_autofree char *sql = g_strdup_printf ("ATTACH '%s' AS service", service_path);

  must_exec (db, sql);
}

/* The same tables and indexes with what was in them before; no foreign keys are checked. */
static void
copy_start (const char *service_path, const char *path)
{
  sqlite3      *to;
  sqlite3_stmt *select;
  g_autoptr (GPtrArray) schema = g_ptr_array_new_with_free_func (g_free);

  must (NULL, sqlite3_open (path, &to), "open");
  attach (to, service_path);
  select = must_prepare (
      to,
      "SELECT sql FROM service.sqlite_schema WHERE sql IS NOT NULL AND type IN ('table', 'index')"
      " ORDER BY rowid");
  while (sqlite3_step (select) == SQLITE_ROW)
    g_ptr_array_add (schema, g_strdup ((const char *) sqlite3_column_text (select, 0)));
  sqlite3_finalize (select);
  for (guint i = 0; i < schema->len; i++)
    must_exec (to, g_ptr_array_index (schema, i));
  must_exec (to, BEFORE);
  sqlite3_close (to);
}

/* Else the two sides would not have written the same, and the ratio would say nothing. */
static void
check_same (const char *service_path, const char *path)
{
  sqlite3 *db;

  must (NULL, sqlite3_open (path, &db), "open");
  attach (db, service_path);
  for (guint i = 0; i < G_N_ELEMENTS (changed); i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "SELECT count (*) FROM (SELECT * FROM (SELECT * FROM main.%1$s EXCEPT SELECT * FROM service.%1$s)"
          " UNION ALL SELECT * FROM (SELECT * FROM service.%1$s EXCEPT SELECT * FROM main.%1$s))",
          changed[i]);
      sqlite3_stmt *select = must_prepare (db, sql);

      must (db, sqlite3_step (select), sql);
      if (sqlite3_column_int (select, 0) != 0)
        g_error ("%s: %d rows differ", changed[i], sqlite3_column_int (select, 0));
      sqlite3_finalize (select);
    }
  sqlite3_close (db);
}

static void
print_figure (const char *name, double value, const char *unit, const char *note)
{
  printf ("{\"name\": \"%s\", \"value\": %.3f, \"unit\": \"%s\", \"note\": \"%s\"}\n", name, value, unit, note);
  fflush (stdout);
}

static void
run_round (void)
{
  g_autofree char *folder = test_folder ();
  g_autofree char *service_path = g_build_filename (folder, "service.db", NULL);
  g_autofree char *raw_path = g_build_filename (folder, "raw.db", NULL);
  Figures          service = measure_service (service_path);
  Figures          raw;

  copy_start (service_path, raw_path);
  raw = measure_raw (service_path, raw_path);
  check_same (service_path, raw_path);
  print_figure ("orders, durable, 64 clients", service.per_second, "/s", "quote to capture, 5 commits each");
  print_figure ("the same row changes, SQLite alone", raw.per_second, "/s", "inserts, updates, deletes; 5 commits per 64");
  print_figure ("orders against SQLite alone", service.per_second / raw.per_second, "×", "wanted ≥ 0.3");
  print_figure ("an order, CPU time", service.cpu, "µs", "all threads, and the clients' signatures");
  print_figure ("the same row changes, CPU time", raw.cpu, "µs", "");
  remove_folder (folder);
}

int
main (void)
{
  dex_init ();
  for (guint i = 0; i < N_ROUNDS; i++)
    run_round ();
  return 0;
}
