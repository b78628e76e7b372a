/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What names a person, in all that a service leaves on a disk: somebody whose every word is marked buys,
 * claims, objects; then each row of the database and each file is searched for the marks. */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "base/mil-date.h"
#include "service-test.h"
#include "service/checkout/mil-checkout-person.h"
#include "service/http/mil-once.h"
#include "service/mil-personal.h"
#include "shopping.h"

#define COUNTRY "CN"
#define FIRST_NAME "Annaqzxmarker"
#define STREET "7 Qzxmarker Lane"
#define BUYER                                                                                                \
  "\"buyer\":{\"first_name\":\"" FIRST_NAME                                                                  \
  "\",\"last_name\":\"Lastqzxmarker\",\"email\":\"qzxmarker@home.example\","                                 \
  "\"phone_number\":\"+86 10 5550 qzxmarker\"}"
#define SENT                                                                                                 \
  "\"context\":{\"address_country\":\"" COUNTRY                                                              \
  "\",\"address_region\":\"Qzxmarkershire\",\"postal_code\":\"QZXMARKER"                                     \
  "100\"},"                                                                                                  \
  "\"fulfillment\":{\"methods\":[{\"type\":\"shipping\",\"line_item_ids\":[],\"destinations\":["             \
  "{\"first_name\":\"" FIRST_NAME "\",\"last_name\":\"Lastqzxmarker\",\"street_address\":\"" STREET          \
  "\",\"address_locality\":\"Qzxmarkertown\",\"address_country\":\"" COUNTRY                                 \
  "\",\"postal_code\":\"QZXMARKER100\"}]}]}"

/* --- Looking everywhere ----------------------------------------------------------------------- */

/* Whether a mark is in there, as it is or as a database prints bytes. */
static gboolean
has_mark (const char *data, gsize size)
{
  /* Long enough that no cipher nor picture says it by chance. */
  static const char *const forms[] = { "qzxmarker", "717a786d61726b6572", NULL };
  g_autofree char         *lower = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    lower[i] = g_ascii_tolower (data[i]);
  for (guint i = 0; forms[i] != NULL; i++)
    if (memmem (lower, size, forms[i], strlen (forms[i])) != NULL)
      return TRUE;
  return FALSE;
}

/* What anything under @path says of the marked person, a line each. */
static void
search_files (const char *path, GString *found)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autofree char *data = NULL;
  const char      *name;
  gsize            size;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      search_files (child, found);
    }
  if (dir == NULL && g_file_get_contents (path, &data, &size, NULL) && has_mark (data, size))
    g_string_append_printf (found, "%s\n", path);
}

static GPtrArray *
first_column (MilTx *tx, GError **error, const char *sql)
{
  g_autoptr (MilRows) rows = mil_tx_query (tx, error, sql, NULL);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  if (rows == NULL)
    return NULL;
  while (mil_rows_next (rows))
    g_ptr_array_add (list, g_strdup (mil_rows_text (rows, 0)));
  return g_steal_pointer (&list);
}

/* Each row as one text, bytes as their digits. */
static char *
rows_query (MilTx *tx, const char *table, GError **error)
{
  g_autofree char *ask = g_strdup_printf ("SELECT name FROM pragma_table_info ('%s')", table);
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  g_autoptr (GPtrArray) columns = NULL;

  if (fixture_on ("postgres"))
    return g_strdup_printf ("SELECT CAST (t AS TEXT) FROM \"%s\" t", table);
  columns = first_column (tx, error, ask);
  for (guint i = 0; columns != NULL && i < columns->len; i++)
    g_string_append_printf (sql, "%squote (%s)", i > 0 ? " || ' ' || " : "", (char *) columns->pdata[i]);
  g_string_append_printf (sql, " FROM \"%s\"", table);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static gpointer
search_rows (MilTx *tx, gpointer data, GError **error)
{
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GPtrArray) tables = NULL;
  guint n = 0;

  tables = first_column (tx, error, fixture_on ("postgres") ? "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'" : "SELECT name FROM sqlite_schema WHERE type = 'table'");
  for (guint i = 0; tables != NULL && i < tables->len; i++)
    {
      g_autofree char *sql = rows_query (tx, tables->pdata[i], error);
      g_autoptr (GPtrArray) rows = first_column (tx, error, sql);

      for (guint row = 0; rows != NULL && row < rows->len; row++, n++)
        if (has_mark (rows->pdata[row], strlen (rows->pdata[row])))
          g_string_append_printf (found, "%s: %.300s\n", (char *) tables->pdata[i], (char *) rows->pdata[row]);
    }
  g_assert_cmpuint (n, >, 50);
  return g_string_free (g_steal_pointer (&found), FALSE);
}

static MilStorage *
open_storage (Service *service, MilClock *clock)
{
  const char      *shared = g_getenv ("MIL_TEST_STORAGE");
  g_autofree char *address = shared != NULL ? g_strdup (shared)
                                            : g_strdup_printf ("sqlite:%s/service.db", service->state);
  g_autoptr (GError) error = NULL;
  MilStorage *storage = mil_storage_new_for_address (address, clock, service->random, &error);

  g_assert_no_error (error);
  wait_for (mil_storage_open (storage), &error);
  g_assert_no_error (error);
  return storage;
}

static gpointer
in_database (Service *service, MilClock *clock, MilTxFunc func, gpointer data, GType type)
{
  g_autoptr (MilStorage) storage = open_storage (service, clock);
  g_autoptr (GError) error = NULL;
  gpointer result = wait_for (mil_storage_run (storage, func, data, NULL, type), &error);

  g_assert_no_error (error);
  wait_for (mil_storage_close (storage), NULL);
  return result;
}

/* PostgreSQL's own folder, its log and its write-ahead log are beside its socket. What it wrote before stays
 * in the write-ahead log for a while, but not in its tables. */
static char *
server_folder (gboolean is_fresh)
{
  const char *shared = g_getenv ("MIL_TEST_STORAGE");
  const char *host = shared != NULL ? strstr (shared, "host=") : NULL;

  return host != NULL ? g_strdup_printf ("%.*s%s", (int) strcspn (host + 5, " "), host + 5, is_fresh ? "" : "/data/base")
                      : NULL;
}

static void
assert_unknown (Service *service, gboolean is_fresh)
{
  g_autofree char *server = server_folder (is_fresh);
  g_autoptr (GString) files = g_string_new (NULL);
  g_autofree char *rows = NULL;

  search_files (service->folder, files);
  if (server != NULL)
    search_files (server, files);
  rows = in_database (service, service->clock, search_rows, NULL, G_TYPE_STRING);
  g_assert_cmpstr (rows, ==, "");
  g_assert_cmpstr (files->str, ==, "");
}

/* --- Somebody --------------------------------------------------------------------------------- */

static Client *
enrol (Service *service)
{
  Client *self = client_new (service, NULL);
  g_autoptr (JsonNode) jwk = mil_key_to_jwk (self->key);
  g_autofree char *text = json_to_string (jwk, FALSE);
  g_autoptr (Answer) answer = client_post (
      self, "/v1/principals", "{\"role\":\"traveller\",\"name\":\"Principal Qzxmarker\",\"public_key\":%s}", text);

  assert_status (answer, 201);
  return self;
}

/**
 * Bought:
 *
 * A basket that was paid, and where its first order and checkout are read.
 */
typedef struct
{
  char *checkout;
  char *order_id;
  char *order;
  char *wallet;
} Bought;

static void
bought_clear (Bought *self)
{
  g_free (self->checkout);
  g_free (self->order_id);
  g_free (self->order);
  g_free (self->wallet);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bought, bought_clear)

static void
buy (Bought *self, Client *client)
{
  g_autoptr (Basket) basket = basket_new_with (client, "," BUYER "," SENT);
  g_autoptr (Answer) first = basket_complete (basket, client, 0, basket->tokens[0]);
  g_autoptr (Answer) second = basket_complete (basket, client, 1, basket->tokens[1]);
  g_autofree char *path = g_strdup_printf ("/v1/payment-groups/%s/commit", basket->group);
  g_autoptr (Answer) committed = client_post (client, path, "{}");

  assert_status (first, 200);
  assert_status (second, 200);
  assert_status (committed, 200);
  self->checkout = g_strdup_printf ("/stores/%s/checkout-sessions/%s", SHOPS[0], basket->checkouts[0]);
  self->order_id = g_strdup (answer_string (first, "order.id"));
  self->order = g_strdup_printf ("/stores/%s/orders/%s", SHOPS[0], self->order_id);
  self->wallet = g_strdup (basket->wallet);
}

/* Sets a checkout up, says of it all that can be said, and leaves it. */
static char *
leave_checkout (Client *client)
{
  g_autofree char *item = shop_find (client, SHOPS[0]);
  g_autoptr (Answer) checkout = shop_checkout (client, SHOPS[0]);
  g_autofree char *path = g_strdup_printf ("/stores/%s/checkout-sessions/%s", SHOPS[0], answer_string (checkout, "id"));
  g_autofree char *body
      = g_strdup_printf ("{\"line_items\":[{\"item\":{\"id\":\"%s\"},\"quantity\":1}]," BUYER "," SENT "}", item);
  g_autoptr (Answer) updated = client_ask (client, &(Ask) { .method = "PUT", .path = path, .body = body });

  assert_status (updated, 200);
  g_assert_cmpstr (answer_string (updated, "buyer.first_name"), ==, FIRST_NAME);
  return g_steal_pointer (&path);
}

static char *
day (Service *service, int offset)
{
  return mil_date_to_string (mil_date_add_days (mil_date_from_unix (mil_clock_now (service->clock), "UTC"), offset));
}

/* Claims for the order. Returns where the claim is. */
static char *
submit (Client *client, const Bought *bought)
{
  Service         *service = client->service;
  g_autofree char *id = mil_uuid_new (service->clock, service->random);
  g_autofree char *purchase = mil_uuid_new (service->clock, service->random);
  g_autofree char *date = day (service, -7);
  g_autofree char *leaves = day (service, 7);
  g_autoptr (Answer) submitted = client_post (
      client,
      "/v1/taxfree/claims",
      "{\"id\":\"%s\",\"trip\":{\"country\":\"IT\",\"leaves_on\":\"%s\"},\"traveller\":{\"name\":\"Claimant "
      "Qzxmarker\","
      "\"residence\":\"CN\",\"nationality\":\"CN\",\"birth_date\":\"1971-02-03\",\"address\":\"Qzxmarker "
      "Road 2\","
      "\"email\":\"claim@qzxmarker.example\",\"phone\":\"+86 "
      "qzxmarker\",\"document\":{\"type\":\"passport\",\"number\":\"QZXMARKER321\","
      "\"issuer\":\"CN\"}},\"purchases\":[{\"id\":\"%s\",\"order_id\":\"%s\",\"country\":\"IT\",\"shop\":"
      "\"Bottega Lume\","
      "\"date\":\"%s\",\"currency\":\"EUR\",\"total\":20000}],\"scheme\":\"IT\",\"rule_valid_from\":\"2024-"
      "02-01\","
      "\"payout\":{\"wallet_id\":\"%s\",\"currency\":\"CNY\"}}",
      id,
      leaves,
      purchase,
      bought->order_id,
      date,
      bought->wallet);

  assert_status (submitted, 201);
  g_assert_cmpstr (answer_string (submitted, "state"), ==, "issued");
  return g_strdup_printf ("/v1/taxfree/claims/%s", id);
}

/* Claims, is refused, and objects. */
static char *
claim (Client *client, const Bought *bought)
{
  char            *path = submit (client, bought);
  g_autofree char *dispute = g_strconcat (path, "/dispute", NULL);
  g_autoptr (Answer) disputed = NULL;

  g_assert_cmpint (service_command (client->service, NULL, "customs", "refuse", strrchr (path, '/') + 1, "--reason", "Goods not shown", NULL),
                   ==,
                   0);
  disputed = client_post (client, dispute, "{\"text\":\"I, Qzxmarker, did show them\"}");
  assert_status (disputed, 200);
  return path;
}

static char *
withdrawn_claim (Client *client, const Bought *bought)
{
  char            *path = submit (client, bought);
  g_autofree char *withdraw = g_strconcat (path, "/withdraw", NULL);
  g_autoptr (Answer) withdrawn = client_post (client, withdraw, "{}");

  assert_status (withdrawn, 200);
  return path;
}

static void
assert_known (Client *client, const Bought *bought)
{
  g_autoptr (Answer) checkout = client_get (client, bought->checkout);
  g_autoptr (Answer) order = client_get (client, bought->order);

  assert_status (checkout, 200);
  g_assert_cmpstr (answer_string (checkout, "buyer.first_name"), ==, FIRST_NAME);
  g_assert_cmpstr (answer_string (checkout, "context.address_region"), ==, "Qzxmarkershire");
  g_assert_cmpstr (answer_string (checkout, "fulfillment.methods.0.destinations.0.street_address"), ==, STREET);
  g_assert_cmpstr (answer_string (checkout, "fulfillment.methods.0.selected_destination_id"), ==, "home");
  assert_status (order, 200);
  g_assert_cmpstr (answer_string (order, "fulfillment.expectations.0.destination.street_address"), ==, STREET);
}

/* Nothing of all that is to be read from the disk, neither while the service runs nor after; and its owner
 * reads it all the same. */
static void
test_on_disk (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = enrol (service);
  g_auto (Bought) bought = { 0 };
  g_autofree char *left = leave_checkout (client);
  g_autofree char *claimed = NULL;
  g_autoptr (Answer) again = NULL;

  buy (&bought, client);
  claimed = claim (client, &bought);
  assert_known (client, &bought);
  assert_unknown (service, TRUE);
  service_stop (service);
  assert_unknown (service, TRUE);
  service_start (service);
  assert_known (client, &bought);
  again = client_get (client, left);
  g_assert_cmpstr (answer_string (again, "buyer.last_name"), ==, "Lastqzxmarker");
}

/* --- Keys, and forgetting ----------------------------------------------------------------------- */

/**
 * Keeper:
 *
 * What the tests do to a database behind the service's back.
 */
typedef struct
{
  MilVault   *vault;
  const char *checkout_id;
  gint64      n;
} Keeper;

static char *
keys_path (Service *service)
{
  return mil_vault_path (service->state);
}

static void
keeper_open (Keeper *self, Service *service)
{
  g_autofree char *path = keys_path (service);
  g_autoptr (GError) error = NULL;

  self->vault = mil_vault_new_for_file (path, &error);
  g_assert_no_error (error);
}

static void
keeper_clear (Keeper *self)
{
  g_clear_pointer (&self->vault, mil_vault_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Keeper, keeper_clear)

static gpointer
rewrap (MilTx *tx, gpointer data, GError **error)
{
  Keeper *self = data;

  self->n = mil_personal_rewrap (tx, self->vault, error);
  return self->n >= 0 ? GINT_TO_POINTER (TRUE) : NULL;
}

static void
drop_old_key (Service *service)
{
  g_autofree char *path = keys_path (service);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", 2);
  g_assert_cmpuint (strlen (lines[1]), >, 40);
  g_assert_true (g_file_set_contents (path, lines[0], -1, NULL));
}

static Answer *
repeat (Client *client, const char *key)
{
  g_autofree char *path = g_strdup_printf ("/stores/%s/checkout-sessions", SHOPS[0]);
  g_autofree char *item = shop_find (client, SHOPS[0]);
  g_autofree char *body
      = g_strdup_printf ("{\"line_items\":[{\"item\":{\"id\":\"%s\"},\"quantity\":1}]," BUYER "," SENT "}", item);

  return client_ask (client, &(Ask) { .method = "POST", .path = path, .body = body, .key = key });
}

#define KEY "0192f0a0-0000-7000-8000-00000000aaaa"

/* With the new key alone, everything is still read: who buys, a kept answer, what was objected. */
static void
test_rotation (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = enrol (service);
  g_auto (Bought) bought = { 0 };
  g_auto (Keeper) keeper = { 0 };
  g_autofree char *claimed = NULL;
  g_autofree char *counted = NULL;
  g_autoptr (Answer) first = NULL;
  g_autoptr (Answer) again = NULL;
  g_autoptr (Answer) other = NULL;
  g_autoptr (Answer) objection = NULL;

  buy (&bought, client);
  claimed = claim (client, &bought);
  first = repeat (client, KEY);
  assert_status (first, 201);
  service_stop (service);
  g_assert_cmpint (service_command (service, NULL, "keys", "rotate", NULL), ==, 0);
  keeper_open (&keeper, service);
  do
    in_database (service, service->clock, rewrap, &keeper, G_TYPE_BOOLEAN);
  while (keeper.n > 0);
  drop_old_key (service);
  g_assert_cmpint (service_command (service, &counted, "keys", NULL), ==, 0);
  g_assert_nonnull (strstr (counted, mil_vault_current (keeper.vault)));
  g_assert_null (strstr (counted, mil_vault_older (keeper.vault, 0)));
  service_start (service);
  assert_known (client, &bought);
  objection = client_get (client, claimed);
  g_assert_cmpstr (answer_string (objection, "dispute.text"), ==, "I, Qzxmarker, did show them");
  again = repeat (client, KEY);
  assert_status (again, 201);
  g_assert_true (g_bytes_equal (again->bytes, first->bytes));
  other = client_ask (client, &(Ask) { .method = "POST", .path = "/v1/wallets", .body = "{}", .key = KEY });
  assert_status (other, 409);
}

static void
assert_forgotten (Client *client, const Bought *bought)
{
  g_autoptr (Answer) checkout = client_get (client, bought->checkout);
  g_autoptr (Answer) order = client_get (client, bought->order);

  assert_status (checkout, 200);
  g_assert_false (has_mark (g_bytes_get_data (checkout->bytes, NULL), g_bytes_get_size (checkout->bytes)));
  g_assert_cmpstr (answer_string (checkout, "status"), ==, "completed");
  g_assert_cmpstr (answer_string (checkout, "fulfillment.methods.0.type"), ==, "shipping");
  assert_status (order, 200);
  g_assert_false (has_mark (g_bytes_get_data (order->bytes, NULL), g_bytes_get_size (order->bytes)));
}

/* The kept answers about the checkout, none of which may name anybody. */
static gpointer
search_answers (MilTx *tx, gpointer data, GError **error)
{
  Keeper *self = data;
  g_autoptr (MilRows) rows = mil_tx_query (tx, error, "SELECT owner, request_key, key_id, wrapped_key, body FROM idempotency", NULL);

  self->n = 0;
  if (rows == NULL)
    return NULL;
  while (mil_rows_next (rows))
    {
      g_autoptr (GBytes) plain = mil_sealed_table_unseal (
          &mil_once_table, self->vault, mil_rows_text (rows, 0), mil_rows_text (rows, 1), rows, 2, NULL);
      gsize            size;
      const char      *text = plain != NULL ? g_bytes_get_data (plain, &size) : NULL;
      g_autofree char *about = g_strdup_printf ("\"id\":\"%s\"", self->checkout_id);

      if (text != NULL && memmem (text, size, about, strlen (about)) != NULL)
        {
          g_assert_false (has_mark (text, size));
          self->n++;
        }
    }
  return GINT_TO_POINTER (TRUE);
}

static Answer *
post (Client *client, const char *path, const char *what)
{
  g_autofree char *where = g_strdup_printf ("%s/%s", path, what);

  return client_post (client, where, "{}");
}

/* Nobody else may, not before it is paid; and then the answers that are kept forget as well. */
static void
test_order_erasure (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = enrol (service);
  g_autoptr (Client) stranger = client_enrolled (service);
  g_auto (Bought) bought = { 0 };
  g_auto (Keeper) keeper = { 0 };
  g_autoptr (Basket) open = basket_new_with (client, "," BUYER);
  g_autoptr (Answer) ordered = basket_complete (open, client, 0, open->tokens[0]);
  g_autofree char *early = g_strdup_printf ("/v1/orders/%s", answer_string (ordered, "order.id"));
  g_autofree char *path = NULL;
  g_autoptr (Answer) too_early = post (client, early, "erasure");
  g_autoptr (Answer) not_theirs = NULL;
  g_autoptr (Answer) erased = NULL;
  g_autoptr (Answer) twice = NULL;

  assert_status (ordered, 200);
  assert_status (too_early, 409);
  buy (&bought, client);
  path = g_strdup_printf ("/v1/orders/%s", bought.order_id);
  not_theirs = post (stranger, path, "erasure");
  assert_status (not_theirs, 404);
  assert_known (client, &bought);
  erased = post (client, path, "erasure");
  assert_status (erased, 200);
  g_assert_cmpstr (answer_string (erased, "state"), ==, "captured");
  twice = post (client, path, "erasure");
  assert_status (twice, 200);
  assert_forgotten (client, &bought);
  keeper_open (&keeper, service);
  keeper.checkout_id = strrchr (bought.checkout, '/') + 1;
  in_database (service, service->clock, search_answers, &keeper, G_TYPE_BOOLEAN);
  g_assert_cmpint (keeper.n, ==, 2);
}

/* A claim names its order: who bought that is forgotten with who claimed. */
static void
test_claim_erasure (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = enrol (service);
  g_auto (Bought) bought = { 0 };
  g_autofree char *claimed = NULL;
  g_autofree char *left = NULL;
  g_autoptr (Answer) erased = NULL;
  g_autoptr (Answer) other = NULL;

  buy (&bought, client);
  claimed = withdrawn_claim (client, &bought);
  left = leave_checkout (client);
  erased = post (client, claimed, "erasure");
  assert_status (erased, 200);
  assert_forgotten (client, &bought);
  other = client_get (client, left);
  g_assert_cmpstr (answer_string (other, "buyer.first_name"), ==, FIRST_NAME);
}

static gpointer
forget_due (MilTx *tx, gpointer data, GError **error)
{
  Keeper *self = data;

  self->n = mil_personal_forget_due (tx, self->vault, 180, error);
  return self->n >= 0 ? GINT_TO_POINTER (TRUE) : NULL;
}

static void
forget_at (Service *service, Keeper *keeper, gint64 later)
{
  g_autoptr (MilClock) clock = mil_clock_new_fixed (mil_clock_now (service->clock) + later);

  service_stop (service);
  do
    in_database (service, clock, forget_due, keeper, G_TYPE_BOOLEAN);
  while (keeper->n > 0);
  service_start (service);
}

static void
assert_left (Client *client, const char *path, const char *first_name)
{
  g_autoptr (Answer) answer = client_get (client, path);

  assert_status (answer, 200);
  g_assert_cmpstr (answer_string (answer, "buyer.first_name"), ==, first_name);
}

/* Who left a checkout is known as long as it can be ordered, who ordered for half a year. */
static void
test_retention (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = enrol (service);
  g_auto (Bought) bought = { 0 };
  g_auto (Keeper) keeper = { 0 };
  g_autofree char *left = leave_checkout (client);

  buy (&bought, client);
  keeper_open (&keeper, service);
  forget_at (service, &keeper, 5 * G_TIME_SPAN_HOUR);
  assert_left (client, left, FIRST_NAME);
  forget_at (service, &keeper, 7 * G_TIME_SPAN_HOUR);
  assert_left (client, left, NULL);
  forget_at (service, &keeper, 179 * G_TIME_SPAN_DAY);
  assert_known (client, &bought);
  forget_at (service, &keeper, 181 * G_TIME_SPAN_DAY);
  assert_forgotten (client, &bought);
}

/* --- What older versions left ------------------------------------------------------------------- */

static gboolean
write_document (MilTx *tx, const char *table, const char *id, JsonObject *person, void (*give) (JsonObject *, JsonObject *), GError **error)
{
  gboolean         is_order = g_str_equal (table, "orders");
  const char      *column = is_order ? "checkout_id" : "id";
  g_autofree char *select = g_strdup_printf ("SELECT document FROM %s WHERE %s = $1", table, column);
  g_autofree char *update = g_strdup_printf ("UPDATE %s SET document = $2 WHERE %s = $1", table, column);
  g_autoptr (MilRows) rows = mil_tx_query_one (tx, error, "gone", select, "t", id);
  g_autoptr (JsonNode) document = NULL;

  if (rows == NULL)
    return FALSE;
  document = json_from_string (mil_rows_text (rows, 0), NULL);
  give (person, json_node_get_object (document));
  return mil_tx_exec (tx, error, update, "tj", id, document);
}

static gboolean
write_answers (MilTx *tx, MilVault *vault, GError **error)
{
  g_autoptr (MilRows) rows = mil_tx_query (tx, error, "SELECT owner, request_key, key_id, wrapped_key, body FROM idempotency", NULL);

  if (rows == NULL)
    return FALSE;
  while (mil_rows_next (rows))
    {
      const char *owner = mil_rows_text (rows, 0);
      const char *request_key = mil_rows_text (rows, 1);
      g_autoptr (GBytes) plain = mil_sealed_table_unseal (&mil_once_table, vault, owner, request_key, rows, 2, NULL);
      g_autoptr (GBytes) body = plain != NULL ? g_bytes_new_from_bytes (plain, 32, g_bytes_get_size (plain) - 32) : NULL;

      if (body != NULL
          && !mil_tx_exec (
              tx,
              error,
              "UPDATE idempotency SET request_hash = 'x:y', key_id = '', wrapped_key = NULL, body = $3"
              " WHERE owner = $1 AND request_key = $2",
              "ttb",
              owner,
              request_key,
              body))
        return FALSE;
    }
  return TRUE;
}

/* As a version that encrypted nobody but who claims wrote it. */
static gpointer
write_plain (MilTx *tx, gpointer data, GError **error)
{
  Keeper *self = data;
  g_autoptr (JsonObject) person = NULL;

  if (!mil_checkout_person_load (tx, self->vault, self->checkout_id, &person, error))
    return NULL;
  g_assert_nonnull (person);
  return write_document (tx, "checkouts", self->checkout_id, person, mil_checkout_person_give, error)
                 && write_document (tx, "orders", self->checkout_id, person, mil_checkout_person_give_order, error)
                 && write_answers (tx, self->vault, error)
                 && mil_tx_exec (tx, error, "DELETE FROM checkout_persons WHERE checkout_id = $1", "t", self->checkout_id)
                 && mil_tx_exec (tx, error, "INSERT INTO unsealed_checkouts (checkout_id) VALUES ($1)", "t", self->checkout_id)
             ? GINT_TO_POINTER (TRUE)
             : NULL;
}

static void
test_older_version (void)
{
  g_autoptr (Service) service = service_new (NULL);
  g_autoptr (Client) client = enrol (service);
  g_auto (Bought) bought = { 0 };
  g_auto (Keeper) keeper = { 0 };
  g_autofree char *rows = NULL;

  buy (&bought, client);
  service_stop (service);
  keeper_open (&keeper, service);
  keeper.checkout_id = strrchr (bought.checkout, '/') + 1;
  in_database (service, service->clock, write_plain, &keeper, G_TYPE_BOOLEAN);
  rows = in_database (service, service->clock, search_rows, NULL, G_TYPE_STRING);
  g_assert_nonnull (strstr (rows, "checkouts: "));
  g_assert_nonnull (strstr (rows, "orders: "));
  g_assert_nonnull (strstr (rows, "idempotency: "));
  service_start (service);
  assert_unknown (service, FALSE);
  assert_known (client, &bought);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/personal/on-disk", test_on_disk);
  g_test_add_func ("/service/personal/rotation", test_rotation);
  g_test_add_func ("/service/personal/order-erasure", test_order_erasure);
  g_test_add_func ("/service/personal/claim-erasure", test_claim_erasure);
  g_test_add_func ("/service/personal/retention", test_retention);
  g_test_add_func ("/service/personal/older-version", test_older_version);
  return run_and_check ("/service/personal/schemas");
}
