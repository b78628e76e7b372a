/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "shop.h"

#include "base/mil-json.h"

#define OK(condition) ((condition) ? GINT_TO_POINTER (TRUE) : NULL)

/* --- Exchange -------------------------------------------------------------------------------- */

static void
test_exchange (void)
{
  g_autoptr (MilExchange) exchange = shop_exchange ();
  g_autoptr (GError) error = NULL;
  g_autofree char *rate = NULL;
  MilExchanged     exchanged;

  g_assert_true (mil_exchange_charge (exchange, mil_money (12600, "EUR"), "CNY", &exchanged, &error));
  rate = mil_decimal_to_string (exchanged.rate);
  g_assert_cmpstr (rate, ==, "8.0400");
  g_assert_cmpint (exchanged.to.minor, ==, 101304);
  g_assert_cmpint (exchanged.spread.minor, ==, 504);
  /* Less than the smallest coin is still charged, in favour of the desk. */
  g_assert_true (mil_exchange_charge (exchange, mil_money (1, "KRW"), "EUR", &exchanged, &error));
  g_assert_cmpint (exchanged.to.minor, ==, 1);
  g_assert_true (mil_exchange_charge (exchange, mil_money (1700, "JPY"), "EUR", &exchanged, &error));
  g_assert_cmpint (exchanged.to.minor, ==, 1006);
  g_assert_true (mil_exchange_pay_out (exchange, mil_money (12600, "EUR"), "CNY", &exchanged, &error));
  g_assert_cmpint (exchanged.to.minor, ==, 100296);
  g_assert_cmpint (exchanged.spread.minor, ==, 504);
  g_assert_true (mil_exchange_charge (exchange, mil_money (5, "EUR"), "EUR", &exchanged, &error));
  g_assert_cmpint (exchanged.to.minor, ==, 5);
  g_assert_cmpint (exchanged.spread.minor, ==, 0);
  g_assert_false (mil_exchange_charge (exchange, mil_money (5, "AED"), "EUR", &exchanged, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_UNSUPPORTED);
}

static void
test_exchange_damaged (void)
{
  const char *files[] = { "",
                          "<html>",
                          "<Cube/>",
                          "<Cube time='2026-06-19'/>",
                          "<Cube time='2026-06-19'><Cube currency='USD' rate='-1'/></Cube>",
                          "<Cube time='2026-06-19'><Cube currency='USD' rate='1.x'/></Cube>",
                          "<Cube time='yesterday'><Cube currency='USD' rate='1'/></Cube>" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (files[i], strlen (files[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (mil_exchange_new_ecb (bytes, &error));
      g_assert_error (error, MIL_ERROR, MIL_ERROR_UNREADABLE);
    }
}

/* --- A traveller ----------------------------------------------------------------------------- */

typedef struct
{
  Fixture *fixture;
  Purchase purchase;
  char    *wallet_id;
} Traveller;

static void
traveller_free (Traveller *self)
{
  purchase_clear (&self->purchase);
  mil_key_unref (self->purchase.key);
  g_object_unref (self->purchase.exchange);
  g_free (self->wallet_id);
  fixture_free (self->fixture);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Traveller, traveller_free)

/* Has 19 000.00 CNY, 500.00 EUR and 50 000 JPY, and wants to buy for 126.00 EUR and 8 500 JPY. */
static Traveller *
traveller_new (const char *pay_currency)
{
  Traveller *self = g_new0 (Traveller, 1);
  g_autoptr (GError) error = NULL;

  self->fixture = fixture_new ();
  self->purchase = (Purchase) { .owner = "anna",
                                .pay_currency = pay_currency,
                                .exchange = shop_exchange (),
                                .key = mil_key_generate (NULL),
                                .n_checkouts = 2,
                                .prices = { mil_money (12600, "EUR"), mil_money (8500, "JPY") } };
  must_run (self->fixture, shop_open, NULL);
  self->wallet_id = run_tx (self->fixture, shop_new_wallet, &self->purchase, G_TYPE_STRING, &error);
  g_assert_no_error (error);
  self->purchase.wallet_id = self->wallet_id;
  return self;
}

static void
do_step (Traveller *self, MilTxFunc step)
{
  must_run (self->fixture, step, &self->purchase);
}

static void
fail_step (Traveller *self, MilTxFunc step, MilErrorCode code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (run_tx (self->fixture, step, &self->purchase, G_TYPE_BOOLEAN, &error));
  g_assert_error (error, MIL_ERROR, code);
  assert_audit (self->fixture);
}

static void
up_to_proposal (Traveller *self)
{
  do_step (self, step_checkouts);
  do_step (self, step_quote);
  do_step (self, step_propose);
}

static void
up_to_orders (Traveller *self)
{
  up_to_proposal (self);
  do_step (self, step_authorise);
  for (self->purchase.redeeming = 0; self->purchase.redeeming < self->purchase.n_checkouts; self->purchase.redeeming++)
    do_step (self, step_complete);
  self->purchase.redeeming = 0;
}

static gpointer
read_wallet (MilTx *tx, gpointer data, GError **error)
{
  Traveller *self = data;
  g_autoptr (JsonNode) wallet = mil_wallet_get (tx, self->purchase.owner, self->wallet_id, error);
  GString *text = g_string_new (NULL);

  if (wallet == NULL)
    return NULL;
  for (guint i = 0; i < 5; i++)
    {
      JsonArray *balances = json_object_get_array_member (json_node_get_object (wallet), "balances");
      JsonNode  *balance = i < json_array_get_length (balances) ? json_array_get_element (balances, i) : NULL;

      if (balance != NULL)
        g_string_append_printf (text,
                                "%s%s %d/%d",
                                i > 0 ? ", " : "",
                                json_text (balance, "currency"),
                                (int) json_int (balance, "available"),
                                (int) json_int (balance, "held"));
    }
  return g_string_free_and_steal (text);
}

static void
assert_wallet (Traveller *self, const char *expected)
{
  g_autofree char *got = run_tx (self->fixture, read_wallet, self, G_TYPE_STRING, NULL);

  g_assert_cmpstr (got, ==, expected);
}

static gpointer
read_history (MilTx *tx, gpointer data, GError **error)
{
  Traveller *self = data;
  g_autoptr (JsonNode) page = mil_wallet_entries (tx, self->purchase.owner, self->wallet_id, 0, 50, error);
  JsonArray *entries = json_object_get_array_member (json_node_get_object (page), "entries");
  GString   *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonNode *entry = json_array_get_element (entries, i);
      JsonNode *amount = json_object_get_member (json_node_get_object (entry), "amount");

      g_string_append_printf (text,
                              "%s%s %d %s",
                              i > 0 ? ", " : "",
                              json_text (entry, "kind"),
                              (int) json_int (amount, "amount"),
                              json_text (amount, "currency"));
    }
  return g_string_free_and_steal (text);
}

static void
assert_history (Traveller *self, const char *expected)
{
  g_autofree char *got = run_tx (self->fixture, read_history, self, G_TYPE_STRING, NULL);

  g_assert_cmpstr (got, ==, expected);
}

static gpointer
read_orders (MilTx *tx, gpointer owner, GError **error)
{
  g_autoptr (JsonNode) list = mil_order_list (tx, owner, error);
  JsonArray *orders = json_object_get_array_member (json_node_get_object (list), "orders");
  g_autoptr (GPtrArray) states = g_ptr_array_new ();

  for (guint i = 0; i < json_array_get_length (orders); i++)
    g_ptr_array_add (states, (gpointer) json_text (json_array_get_element (orders, i), "state"));
  /* Orders of one instant come in no order. */
  g_ptr_array_sort_values (states, (GCompareFunc) strcmp);
  g_ptr_array_add (states, NULL);
  return g_strjoinv (" ", (char **) states->pdata);
}

static void
assert_orders (Traveller *self, const char *owner, const char *expected)
{
  g_autofree char *got = run_tx (self->fixture, read_orders, (char *) owner, G_TYPE_STRING, NULL);

  g_assert_cmpstr (got, ==, expected);
}

/* --- Paying ---------------------------------------------------------------------------------- */

static void
test_pay (void)
{
  g_autoptr (Traveller) traveller = traveller_new ("CNY");

  assert_wallet (traveller, "CNY 2000000/0, EUR 50000/0, JPY 50000/0");
  up_to_proposal (traveller);
  do_step (traveller, step_authorise);
  /* 126.00 EUR at 8.0400, 8 500 JPY at 0.047295 (8/170 and half a percent, rounded up). */
  assert_wallet (traveller, "CNY 1858495/141505, EUR 50000/0, JPY 50000/0");
  assert_audit (traveller->fixture);
  do_step (traveller, step_complete);
  fail_step (traveller, step_commit, MIL_ERROR_CONFLICT);
  traveller->purchase.redeeming = 1;
  do_step (traveller, step_complete);
  assert_orders (traveller, "anna", "awaiting-capture awaiting-capture");
  do_step (traveller, step_commit);
  do_step (traveller, step_commit);
  assert_orders (traveller, "anna", "captured captured");
  assert_orders (traveller, "bruno", "");
  assert_wallet (traveller, "CNY 1858495/0, EUR 50000/0, JPY 50000/0");
  assert_history (traveller,
                  "payment -40201 CNY, payment -101304 CNY, hold -40201 CNY, hold -101304 CNY,"
                  " top-up 50000 JPY, top-up 50000 EUR, top-up 2000000 CNY");
  fail_step (traveller, step_void, MIL_ERROR_CONFLICT);
}

static void
test_pay_same_currency (void)
{
  g_autoptr (Traveller) traveller = traveller_new ("EUR");

  traveller->purchase.n_checkouts = 1;
  up_to_orders (traveller);
  do_step (traveller, step_commit);
  assert_wallet (traveller, "EUR 227400/0, JPY 50000/0");
  assert_audit (traveller->fixture);
}

static void
test_void (void)
{
  g_autoptr (Traveller) traveller = traveller_new ("CNY");

  up_to_orders (traveller);
  do_step (traveller, step_void);
  do_step (traveller, step_void);
  assert_orders (traveller, "anna", "voided voided");
  assert_wallet (traveller, "CNY 2000000/0, EUR 50000/0, JPY 50000/0");
  fail_step (traveller, step_commit, MIL_ERROR_CONFLICT);
  traveller->purchase.redeeming = 0;
  fail_step (traveller, step_complete, MIL_ERROR_CONFLICT);
}

static gpointer
expire (MilTx *tx, gpointer count, GError **error)
{
  *(gint64 *) count = mil_payment_group_expire (tx, error);
  return OK (*(gint64 *) count >= 0);
}

static void
test_expire (void)
{
  g_autoptr (Traveller) traveller = traveller_new ("CNY");
  gint64 n_expired;

  up_to_orders (traveller);
  mil_clock_advance (traveller->fixture->clock, 10 * 60 * G_USEC_PER_SEC - 1);
  must_run (traveller->fixture, expire, &n_expired);
  g_assert_cmpint (n_expired, ==, 0);
  mil_clock_advance (traveller->fixture->clock, 1);
  fail_step (traveller, step_commit, MIL_ERROR_EXPIRED);
  must_run (traveller->fixture, expire, &n_expired);
  g_assert_cmpint (n_expired, ==, 1);
  assert_orders (traveller, "anna", "voided voided");
  assert_wallet (traveller, "CNY 2000000/0, EUR 50000/0, JPY 50000/0");
  assert_audit (traveller->fixture);
}

static void
test_token (void)
{
  g_autoptr (Traveller) traveller = traveller_new ("CNY");
  Purchase *purchase = &traveller->purchase;

  up_to_proposal (traveller);
  do_step (traveller, step_authorise);
  /* Somebody else's, another amount, another checkout, unknown, twice. */
  purchase->owner = "bruno";
  fail_step (traveller, step_complete, MIL_ERROR_NOT_FOUND);
  purchase->owner = "anna";
  purchase->prices[0].minor--;
  fail_step (traveller, step_complete, MIL_ERROR_CONFLICT);
  purchase->prices[0].minor++;
  {
    char *token = purchase->tokens[0];

    purchase->tokens[0] = purchase->tokens[1];
    fail_step (traveller, step_complete, MIL_ERROR_CONFLICT);
    purchase->tokens[0] = g_strdup ("x");
    fail_step (traveller, step_complete, MIL_ERROR_NOT_FOUND);
    g_free (purchase->tokens[0]);
    purchase->tokens[0] = token;
  }
  do_step (traveller, step_complete);
  fail_step (traveller, step_complete, MIL_ERROR_CONFLICT);
  assert_orders (traveller, "anna", "awaiting-capture");
}

/* Consent that was checked beforehand counts for the payment that it was given for, and no other. */
static void
test_consent (void)
{
  g_autoptr (Traveller) traveller = traveller_new ("CNY");
  Purchase *purchase = &traveller->purchase;
  guint8    zeros[64] = { 0 };
  char     *other;

  up_to_proposal (traveller);
  purchase_sign (purchase);
  do_step (traveller, step_consent);
  other = g_steal_pointer (&purchase->consent);
  up_to_proposal (traveller);
  g_clear_pointer (&purchase->signature, g_bytes_unref);
  purchase->signature = g_bytes_new (zeros, sizeof zeros);
  fail_step (traveller, step_consent, MIL_ERROR_UNAUTHENTICATED);
  g_assert_null (purchase->consent);
  purchase->consent = other;
  fail_step (traveller, step_authorise, MIL_ERROR_UNAUTHENTICATED);
  purchase_sign (purchase);
  do_step (traveller, step_consent);
  do_step (traveller, step_authorise);
}

static void
test_signature (void)
{
  g_autoptr (Traveller) traveller = traveller_new ("CNY");
  Purchase *purchase = &traveller->purchase;
  MilKey   *own = purchase->key;

  up_to_proposal (traveller);
  purchase->key = mil_key_generate (NULL);
  {
    char   *challenge = purchase->challenge;
    MilKey *other = purchase->key;

    /* Signed rightly, but over something else. */
    purchase->key = own;
    purchase->challenge = g_strdup ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    fail_step (traveller, step_authorise, MIL_ERROR_UNAUTHENTICATED);
    g_free (purchase->challenge);
    purchase->challenge = challenge;
    mil_key_unref (other);
  }
  purchase->owner = "bruno";
  fail_step (traveller, step_authorise, MIL_ERROR_NOT_FOUND);
  purchase->owner = "anna";
  assert_wallet (traveller, "CNY 2000000/0, EUR 50000/0, JPY 50000/0");
  do_step (traveller, step_authorise);
  fail_step (traveller, step_authorise, MIL_ERROR_CONFLICT);
}

static gpointer
change_price (MilTx *tx, gpointer id, GError **error)
{
  return OK (mil_tx_exec (tx, error, "UPDATE checkouts SET total_minor = total_minor + 1 WHERE id = $1", "t", id));
}

static gpointer
change_back (MilTx *tx, gpointer id, GError **error)
{
  return OK (mil_tx_exec (tx, error, "UPDATE checkouts SET total_minor = total_minor - 1 WHERE id = $1", "t", id));
}

static void
test_propose (void)
{
  g_autoptr (Traveller) traveller = traveller_new ("CNY");
  Purchase        *purchase = &traveller->purchase;
  g_autofree char *used = NULL;

  do_step (traveller, step_checkouts);
  do_step (traveller, step_quote);
  must_run (traveller->fixture, change_price, purchase->checkouts[0]);
  fail_step (traveller, step_propose, MIL_ERROR_CONFLICT);
  must_run (traveller->fixture, change_back, purchase->checkouts[0]);
  purchase->owner = "bruno";
  fail_step (traveller, step_propose, MIL_ERROR_NOT_FOUND);
  purchase->owner = "anna";
  purchase->n_checkouts = 1;
  fail_step (traveller, step_propose, MIL_ERROR_CONFLICT);
  purchase->n_checkouts = 2;
  do_step (traveller, step_propose);
  fail_step (traveller, step_propose, MIL_ERROR_CONFLICT);
  do_step (traveller, step_quote);
  mil_clock_advance (traveller->fixture->clock, 5 * 60 * G_USEC_PER_SEC);
  fail_step (traveller, step_propose, MIL_ERROR_EXPIRED);
}

static void
test_funds (void)
{
  g_autoptr (Traveller) traveller = traveller_new ("CNY");

  traveller->purchase.prices[0].minor = 240000;
  traveller->purchase.prices[1].minor = 84000;
  up_to_proposal (traveller);
  fail_step (traveller, step_authorise, MIL_ERROR_INSUFFICIENT_FUNDS);
  assert_wallet (traveller, "CNY 2000000/0, EUR 50000/0, JPY 50000/0");
}

/* --- Money back ------------------------------------------------------------------------------- */

typedef struct
{
  Traveller  *traveller;
  MilMoney    amount;
  const char *reference;
  MilMoney    paid;
} Back;

static gpointer
refund_order (MilTx *tx, gpointer data, GError **error)
{
  Back *back = data;

  return OK (mil_order_refund (tx, "bottega", back->traveller->purchase.orders[0], back->amount, back->reference, error));
}

static gpointer
refund_claim (MilTx *tx, gpointer data, GError **error)
{
  Back *back = data;

  return OK (mil_wallet_refund (tx,
                                back->traveller->purchase.exchange,
                                &(MilPayout) { .operator_id = "milione-demo-refund",
                                               .owner = back->traveller->purchase.owner,
                                               .wallet_id = back->traveller->wallet_id,
                                               .currency = "CNY",
                                               .amount = back->amount,
                                               .claim_id = back->reference,
                                               .title = "Tax refund" },
                                &back->paid,
                                error));
}

static void
test_refund_order (void)
{
  g_autoptr (Traveller) traveller = traveller_new ("CNY");
  g_autoptr (GError) error = NULL;
  Back back = { .traveller = traveller, .amount = mil_money (3333, "EUR"), .reference = "r1" };

  up_to_orders (traveller);
  g_assert_null (run_tx (traveller->fixture, refund_order, &back, G_TYPE_BOOLEAN, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_CONFLICT);
  g_clear_error (&error);
  do_step (traveller, step_commit);
  must_run (traveller->fixture, refund_order, &back);
  must_run (traveller->fixture, refund_order, &back);
  assert_wallet (traveller, "CNY 1885292/0, EUR 50000/0, JPY 50000/0");
  assert_audit (traveller->fixture);
  back.reference = "r2";
  back.amount.minor = 12600 - 3333 + 1;
  g_assert_null (run_tx (traveller->fixture, refund_order, &back, G_TYPE_BOOLEAN, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_CONFLICT);
  back.amount.minor--;
  must_run (traveller->fixture, refund_order, &back);
  /* All of it is back, to the last fen. */
  assert_wallet (traveller, "CNY 1959799/0, EUR 50000/0, JPY 50000/0");
  assert_orders (traveller, "anna", "captured refunded");
  assert_audit (traveller->fixture);
}

static void
test_refund_claim (void)
{
  g_autoptr (Traveller) traveller = traveller_new ("CNY");
  g_autoptr (GError) error = NULL;
  Back back = { .traveller = traveller, .amount = mil_money (1512, "EUR"), .reference = "c1" };

  must_run (traveller->fixture, refund_claim, &back);
  g_assert_cmpint (back.paid.minor, ==, 12035);
  must_run (traveller->fixture, refund_claim, &back);
  g_assert_cmpint (back.paid.minor, ==, 12035);
  assert_wallet (traveller, "CNY 2012035/0, EUR 50000/0, JPY 50000/0");
  assert_audit (traveller->fixture);
  back.amount.minor++;
  g_assert_null (run_tx (traveller->fixture, refund_claim, &back, G_TYPE_BOOLEAN, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_CONFLICT);
  g_clear_error (&error);
  traveller->purchase.owner = "bruno";
  g_assert_null (run_tx (traveller->fixture, refund_claim, &back, G_TYPE_BOOLEAN, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_NOT_FOUND);
}

/* --- Many at once ----------------------------------------------------------------------------- */

/* Sixteen baskets race for money that suffices for some of them, and every step is sent twice. */
static void
test_race (void)
{
  g_autoptr (Traveller) traveller = traveller_new ("CNY");
  Purchase baskets[16] = { 0 };
  MilTxFunc steps[] = { step_checkouts, step_quote, step_propose, step_authorise, step_complete, step_commit };
  guint n_paid = 0;

  for (guint i = 0; i < G_N_ELEMENTS (baskets); i++)
    {
      baskets[i] = traveller->purchase;
      baskets[i].n_checkouts = 1;
      baskets[i].prices[0] = mil_money (40000, "EUR");
    }
  for (guint step = 0; step < G_N_ELEMENTS (steps); step++)
    {
      DexFuture *futures[16];

      for (guint i = 0; i < G_N_ELEMENTS (baskets); i++)
        futures[i] = mil_storage_run (traveller->fixture->storage, steps[step], &baskets[i], NULL, G_TYPE_BOOLEAN);
      for (guint i = 0; i < G_N_ELEMENTS (baskets); i++)
        {
          g_autoptr (GError) error = NULL;

          wait_for (futures[i], &error);
          if (step < 3)
            g_assert_no_error (error);
          else if (step == 3 && error != NULL)
            g_assert_error (error, MIL_ERROR, MIL_ERROR_INSUFFICIENT_FUNDS);
          n_paid += step == 5 && error == NULL;
          /* A basket without credentials stops here. */
          if (error != NULL && baskets[i].tokens[0] == NULL)
            g_set_str (&baskets[i].tokens[0], "none");
        }
      assert_audit (traveller->fixture);
    }
  /* 400.00 EUR cost 3 216.00 CNY; 20 000.00 CNY pay six of them. */
  g_assert_cmpuint (n_paid, ==, 6);
  assert_wallet (traveller, "CNY 70400/0, EUR 50000/0, JPY 50000/0");
  for (guint i = 0; i < G_N_ELEMENTS (baskets); i++)
    purchase_clear (&baskets[i]);
}

/* The same credential, redeemed by many at the same moment, makes one order. */
static void
test_token_race (void)
{
  g_autoptr (Traveller) traveller = traveller_new ("CNY");
  Purchase   copies[8];
  DexFuture *futures[8];
  guint      n_redeemed = 0;

  up_to_proposal (traveller);
  do_step (traveller, step_authorise);
  for (guint i = 0; i < 8; i++)
    {
      copies[i] = traveller->purchase;
      futures[i] = mil_storage_run (traveller->fixture->storage, step_complete, &copies[i], NULL, G_TYPE_BOOLEAN);
    }
  for (guint i = 0; i < 8; i++)
    {
      g_autoptr (GError) error = NULL;

      n_redeemed += wait_for (futures[i], &error) != NULL;
      g_free (copies[i].orders[0]);
    }
  g_assert_cmpuint (n_redeemed, ==, 1);
  assert_orders (traveller, "anna", "awaiting-capture");
  assert_audit (traveller->fixture);
}

static gpointer
page_history (MilTx *tx, gpointer data, GError **error)
{
  Traveller *self = data;
  g_autoptr (JsonNode) first = mil_wallet_entries (tx, "anna", self->wallet_id, 0, 2, error);
  g_autoptr (JsonNode) second = mil_wallet_entries (tx, "anna", self->wallet_id, json_int (first, "next"), 2, error);

  g_assert_cmpint (json_int (first, "next"), ==, 2);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json_node_get_object (second), "entries")), ==, 1);
  g_assert_true (json_object_get_null_member (json_node_get_object (second), "next"));
  g_assert_null (mil_wallet_entries (tx, "bruno", self->wallet_id, 0, 2, error));
  return NULL;
}

static void
test_pages (void)
{
  g_autoptr (Traveller) traveller = traveller_new ("CNY");
  g_autoptr (GError) error = NULL;

  run_tx (traveller->fixture, page_history, traveller, G_TYPE_BOOLEAN, &error);
  g_assert_error (error, MIL_ERROR, MIL_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/service/wallet/exchange", test_exchange);
  g_test_add_func ("/service/wallet/exchange-damaged", test_exchange_damaged);
  g_test_add_func ("/service/wallet/pay", test_pay);
  g_test_add_func ("/service/wallet/pay-same-currency", test_pay_same_currency);
  g_test_add_func ("/service/wallet/void", test_void);
  g_test_add_func ("/service/wallet/expire", test_expire);
  g_test_add_func ("/service/wallet/token", test_token);
  g_test_add_func ("/service/wallet/signature", test_signature);
  g_test_add_func ("/service/wallet/consent", test_consent);
  g_test_add_func ("/service/wallet/propose", test_propose);
  g_test_add_func ("/service/wallet/funds", test_funds);
  g_test_add_func ("/service/wallet/refund-order", test_refund_order);
  g_test_add_func ("/service/wallet/refund-claim", test_refund_claim);
  g_test_add_func ("/service/wallet/race", test_race);
  g_test_add_func ("/service/wallet/token-race", test_token_race);
  g_test_add_func ("/service/wallet/pages", test_pages);
  return g_test_run ();
}
