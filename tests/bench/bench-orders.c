/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Orders per second, each durable before it is acknowledged, with 64 clients that each wait for their
 * own: quote, proposal, signed authorisation, order, capture. Beside it, in the same round and on the same
 * disk, SQLite alone writes the rows that this left, with bound statements and as many commits: 64
 * clients' rows of one step share one. Work that the service does and raw SQLite does not (rows read and
 * changed again, signatures, JSON) is what the ratio shows. */

#include <sqlite3.h>
#include <stdio.h>

#include "shop.h"

#define N_CLIENTS 64
#define N_ORDERS 8
#define N_ROUNDS 5

static const MilTxFunc steps[] = { step_quote, step_propose, step_authorise, step_complete, step_commit };

typedef struct
{
  MilStorage *storage;
  Purchase   *purchases;
} Client;

static void
run_step (MilStorage *storage, MilTxFunc step, Purchase *purchase)
{
  g_autoptr (GError) error = NULL;

  if (!dex_await (mil_storage_run (storage, step, purchase, NULL, G_TYPE_BOOLEAN), &error))
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
          purchase_sign (&client->purchases[i]);
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

static double
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
  gint64     began, ended;

  wait_for (mil_storage_open (storage), NULL);
  prepare (storage, purchases, key, exchange);
  began = g_get_monotonic_time ();
  for (guint i = 0; i < N_CLIENTS; i++)
    {
      clients[i] = (Client) { storage, &purchases[i * N_ORDERS] };
      futures[i] = mil_spawn (buy, &clients[i], NULL);
    }
  for (guint i = 0; i < N_CLIENTS; i++)
    wait_for (futures[i], NULL);
  ended = g_get_monotonic_time ();
  wait_for (mil_storage_close (storage), NULL);
  for (guint i = 0; i < N_CLIENTS * N_ORDERS; i++)
    purchase_clear (&purchases[i]);
  g_free (purchases);
  return N_CLIENTS * N_ORDERS * 1e6 / (double) (ended - began);
}

/* --- SQLite alone ----------------------------------------------------------------------------- */

/* Which rows each step leaves, in the order in which it wrote them. */
static const struct
{
  guint       step;
  const char *table;
  const char *rows;
} left[] = {
  { 0, "quotes", "SELECT * FROM quotes ORDER BY rowid" },
  { 1, "payment_groups", "SELECT * FROM payment_groups ORDER BY rowid" },
  { 1, "authorisations", "SELECT * FROM authorisations ORDER BY rowid" },
  { 2, "transfers", "SELECT * FROM transfers WHERE kind = 'pending' ORDER BY rowid" },
  { 2, "wallet_entries", "SELECT * FROM wallet_entries WHERE kind = 'hold' ORDER BY rowid" },
  { 2, "events", "SELECT * FROM events WHERE type = 'group.changed' AND data LIKE '%\"authorised\"%' ORDER BY rowid" },
  { 2,
    "events",
    "SELECT e.* FROM events e WHERE type = 'wallet.changed' AND EXISTS (SELECT 1 FROM events g"
    " WHERE g.owner = e.owner AND g.seq = e.seq - 1 AND g.type = 'group.changed'"
    " AND g.data LIKE '%\"authorised\"%') ORDER BY e.rowid" },
  { 3, "orders", "SELECT * FROM orders ORDER BY rowid" },
  { 3, "events", "SELECT * FROM events WHERE type = 'order.changed' AND data LIKE '%awaiting-capture%' ORDER BY rowid" },
  { 4, "transfers", "SELECT * FROM transfers WHERE kind = 'post' ORDER BY rowid" },
  { 4, "transfers", "SELECT * FROM transfers WHERE code = 'capture' ORDER BY rowid" },
  { 4, "transfers", "SELECT * FROM transfers WHERE code = 'spread' ORDER BY rowid" },
  { 4, "wallet_entries", "SELECT * FROM wallet_entries WHERE kind = 'payment' ORDER BY rowid" },
  { 4, "events", "SELECT * FROM events WHERE type = 'order.changed' AND data LIKE '%\"captured\"%' ORDER BY rowid" },
  { 4, "events", "SELECT * FROM events WHERE type = 'group.changed' AND data LIKE '%\"committed\"%' ORDER BY rowid" },
  { 4,
    "events",
    "SELECT e.* FROM events e WHERE type = 'wallet.changed' AND EXISTS (SELECT 1 FROM events g"
    " WHERE g.owner = e.owner AND g.seq = e.seq - 1 AND g.type = 'group.changed'"
    " AND g.data LIKE '%\"committed\"%') ORDER BY e.rowid" },
};

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

/* One kind of row, as values in memory, and the statement that writes it. */
typedef struct
{
  GPtrArray    *values;
  int           n_columns;
  guint         n_rows;
  sqlite3_stmt *insert;
} Rows;

static void
read_rows (sqlite3 *from, sqlite3 *to, guint i, Rows *rows)
{
  sqlite3_stmt *select = must_prepare (from, left[i].rows);
  g_autoptr (GString) sql = g_string_new (NULL);

  rows->values = g_ptr_array_new_with_free_func ((GDestroyNotify) sqlite3_value_free);
  rows->n_columns = sqlite3_column_count (select);
  while (sqlite3_step (select) == SQLITE_ROW)
    {
      for (int column = 0; column < rows->n_columns; column++)
        g_ptr_array_add (rows->values, sqlite3_value_dup (sqlite3_column_value (select, column)));
      rows->n_rows++;
    }
  sqlite3_finalize (select);
  /* Else the two sides would not write the same. */
  if (rows->n_rows != N_CLIENTS * N_ORDERS)
    g_error ("%u rows: %s", rows->n_rows, left[i].rows);
  g_string_printf (sql, "INSERT INTO %s VALUES (?", left[i].table);
  for (int column = 1; column < rows->n_columns; column++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  rows->insert = must_prepare (to, sql->str);
}

static void
insert_row (sqlite3 *db, Rows *rows, guint row)
{
  for (int column = 0; column < rows->n_columns; column++)
    sqlite3_bind_value (rows->insert, column + 1, g_ptr_array_index (rows->values, row * rows->n_columns + column));
  must (db, sqlite3_step (rows->insert), "INSERT");
  sqlite3_reset (rows->insert);
}

static double
measure_raw (const char *service_path, const char *path)
{
  Rows     rows[G_N_ELEMENTS (left)] = { 0 };
  sqlite3 *from, *to;
  gint64   began, ended;

  must (NULL, sqlite3_open (service_path, &from), "open");
  must (NULL, sqlite3_open (path, &to), "open");
  must_exec (to, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384");
  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    read_rows (from, to, i, &rows[i]);
  began = g_get_monotonic_time ();
  for (guint first = 0; first < N_CLIENTS * N_ORDERS; first += N_CLIENTS)
    for (guint step = 0; step < G_N_ELEMENTS (steps); step++)
      {
        must_exec (to, "BEGIN IMMEDIATE");
        for (guint row = first; row < first + N_CLIENTS; row++)
          for (guint i = 0; i < G_N_ELEMENTS (left); i++)
            if (left[i].step == step)
              insert_row (to, &rows[i], row);
        must_exec (to, "COMMIT");
      }
  ended = g_get_monotonic_time ();
  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    {
      sqlite3_finalize (rows[i].insert);
      g_ptr_array_unref (rows[i].values);
    }
  sqlite3_close (from);
  sqlite3_close (to);
  return N_CLIENTS * N_ORDERS * 1e6 / (double) (ended - began);
}

/* The same tables and indexes, with nothing in them that the rows would meet; no foreign keys are
 * checked and nothing else is in the database. */
static void
copy_schema (const char *service_path, const char *path)
{
  sqlite3      *from, *to;
  sqlite3_stmt *select;

  must (NULL, sqlite3_open (service_path, &from), "open");
  must (NULL, sqlite3_open (path, &to), "open");
  select = must_prepare (from,
                         "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND type IN ('table', 'index')"
                         " ORDER BY rowid");
  while (sqlite3_step (select) == SQLITE_ROW)
    must_exec (to, (const char *) sqlite3_column_text (select, 0));
  sqlite3_finalize (select);
  sqlite3_close (from);
  sqlite3_close (to);
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
  double           service = measure_service (service_path);
  double           raw;

  copy_schema (service_path, raw_path);
  raw = measure_raw (service_path, raw_path);
  print_figure ("orders, durable, 64 clients", service, "/s", "quote to capture, 5 commits each");
  print_figure ("the same rows, SQLite alone", raw, "/s", "group commit, 5 commits per 64");
  print_figure ("orders against SQLite alone", service / raw, "×", "wanted ≥ 0.3");
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
