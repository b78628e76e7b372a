/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "shop.h"

#include <string.h>

#define OK(condition) ((condition) ? GINT_TO_POINTER (TRUE) : NULL)

/* Made up, in the shape of the bank's file. */
static const char rates[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                            "<gesmes:Envelope xmlns:gesmes=\"http://www.gesmes.org/xml/2002-08-01\">"
                            "<gesmes:subject>Reference rates</gesmes:subject><Cube><Cube time='2026-06-19'>"
                            "<Cube currency='USD' rate='1.1000'/><Cube currency='JPY' rate='170.00'/>"
                            "<Cube currency='CNY' rate='8.0000'/><Cube currency='KRW' rate='1500.00'/>"
                            "<Cube currency='CHF' rate='0.9500'/></Cube></Cube></gesmes:Envelope>";

MilExchange *
shop_exchange (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (rates, strlen (rates));
  g_autoptr (GError) error = NULL;
  MilExchange *exchange = mil_exchange_new_ecb (bytes, &error);

  g_assert_no_error (error);
  return exchange;
}

const char *
json_text (JsonNode *node, const char *member)
{
  return json_object_get_string_member (json_node_get_object (node), member);
}

gint64
json_int (JsonNode *node, const char *member)
{
  return json_object_get_int_member (json_node_get_object (node), member);
}

gpointer
shop_open (MilTx *tx, gpointer data, GError **error)
{
  const char *sql
      = "INSERT INTO stores (id, owner, name, legal_name, country, currency, document, updated_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, '{}', 0)";

  return OK (mil_tx_exec (tx, error, sql, "tttttt", "bottega", "m1", "Bottega", "Bottega S.r.l.", "IT", "EUR")
             && mil_tx_exec (tx, error, sql, "tttttt", "kogei", "m2", "Kōgei", "Kōgei KK", "JP", "JPY"));
}

gpointer
shop_new_wallet (MilTx *tx, gpointer data, GError **error)
{
  Purchase *self = data;
  g_autoptr (JsonNode) wallet = NULL;

  wallet = mil_wallet_create (tx, self->owner, "Travel", "demo", self->pay_currency, self->exchange, error);
  return wallet != NULL ? g_strdup (json_text (wallet, "id")) : NULL;
}

void
purchase_clear (Purchase *self)
{
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&self->checkouts[i], g_free);
      g_clear_pointer (&self->orders[i], g_free);
      g_clear_pointer (&self->tokens[i], g_free);
    }
  g_clear_pointer (&self->quote_id, g_free);
  g_clear_pointer (&self->group_id, g_free);
  g_clear_pointer (&self->challenge, g_free);
  g_clear_pointer (&self->consent, g_free);
  g_clear_pointer (&self->signature, g_bytes_unref);
}

static GBytes *
sign (Purchase *self)
{
  g_autoptr (GBytes) challenge = mil_base64url_decode (self->challenge);

  return mil_key_sign (self->key, g_bytes_get_data (challenge, NULL), g_bytes_get_size (challenge), NULL);
}

/* What the traveller's own machine does with the challenge; step_authorise() does it when nobody has. */
void
purchase_sign (Purchase *self)
{
  g_clear_pointer (&self->signature, g_bytes_unref);
  self->signature = sign (self);
}

static const char *
store_of (guint i)
{
  return i == 0 ? "bottega" : "kogei";
}

gpointer
step_checkouts (MilTx *tx, gpointer data, GError **error)
{
  Purchase *self = data;

  for (guint i = 0; i < self->n_checkouts; i++)
    {
      g_free (self->checkouts[i]);
      self->checkouts[i] = mil_tx_new_id (tx);
      if (!mil_tx_exec (
              tx,
              error,
              "INSERT INTO checkouts (id, owner, store_id, state, currency, total_minor, document, "
              "created_at,"
              " updated_at, expires_at) VALUES ($1, $2, $3, 'ready_for_complete', $4, $5, '{}', $6, $6, $7)",
              "ttttiii",
              self->checkouts[i],
              self->owner,
              store_of (i),
              self->prices[i].currency,
              self->prices[i].minor,
              mil_tx_now (tx),
              mil_tx_now (tx) + G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC))
        return NULL;
    }
  return GINT_TO_POINTER (TRUE);
}

gpointer
step_quote (MilTx *tx, gpointer data, GError **error)
{
  Purchase *self = data;
  g_autoptr (JsonNode) quote = NULL;

  quote = mil_fx_quote_create (tx, self->owner, self->exchange, self->pay_currency, self->prices, self->n_checkouts, error);
  if (quote == NULL)
    return NULL;
  g_set_str (&self->quote_id, json_text (quote, "id"));
  return GINT_TO_POINTER (TRUE);
}

gpointer
step_propose (MilTx *tx, gpointer data, GError **error)
{
  Purchase         *self = data;
  MilPaymentRequest requests[2];
  g_autoptr (JsonNode) group = NULL;

  for (guint i = 0; i < self->n_checkouts; i++)
    requests[i] = (MilPaymentRequest) { store_of (i), self->checkouts[i], self->prices[i] };
  group = mil_payment_group_propose (tx, self->owner, self->wallet_id, self->quote_id, requests, self->n_checkouts, error);
  if (group == NULL)
    return NULL;
  g_set_str (&self->group_id, json_text (group, "id"));
  g_set_str (&self->challenge, json_text (group, "challenge"));
  return GINT_TO_POINTER (TRUE);
}

/* May be left out; needs purchase_sign(). */
gpointer
step_consent (MilTx *tx, gpointer data, GError **error)
{
  Purchase *self = data;

  g_free (self->consent);
  self->consent = mil_payment_group_consent (tx, self->owner, self->key, self->group_id, self->signature, error);
  return OK (self->consent != NULL);
}

gpointer
step_authorise (MilTx *tx, gpointer data, GError **error)
{
  Purchase *self = data;
  g_autoptr (GBytes) signature = self->signature != NULL ? g_bytes_ref (self->signature) : sign (self);
  g_autoptr (JsonNode) group = NULL;
  JsonArray *credentials;

  group = mil_payment_group_authorise (tx, self->owner, self->key, self->group_id, signature, self->consent, error);
  if (group == NULL)
    return NULL;
  credentials = json_object_get_array_member (json_node_get_object (group), "credentials");
  for (guint i = 0; i < self->n_checkouts; i++)
    {
      g_assert_cmpstr (json_text (json_array_get_element (credentials, i), "checkout_id"), ==, self->checkouts[i]);
      g_set_str (&self->tokens[i], json_text (json_array_get_element (credentials, i), "token"));
    }
  return GINT_TO_POINTER (TRUE);
}

gpointer
step_complete (MilTx *tx, gpointer data, GError **error)
{
  Purchase        *self = data;
  guint            i = self->redeeming;
  g_autofree char *group_id = NULL;
  g_autoptr (JsonNode) lines = json_from_string ("[]", NULL);
  MilMoney paid;

  g_free (self->orders[i]);
  self->orders[i] = mil_tx_new_id (tx);
  return OK (mil_payment_group_redeem (tx,
                                       &(MilRedemption) { .token = self->tokens[i],
                                                          .owner = self->owner,
                                                          .store_id = store_of (i),
                                                          .checkout_id = self->checkouts[i],
                                                          .order_id = self->orders[i],
                                                          .amount = self->prices[i] },
                                       &group_id,
                                       &paid,
                                       error)
             && mil_tx_exec (tx, error, "UPDATE checkouts SET state = 'completed' WHERE id = $1", "t", self->checkouts[i])
             && mil_order_insert (tx,
                                  &(MilNewOrder) { .id = self->orders[i],
                                                   .owner = self->owner,
                                                   .store_id = store_of (i),
                                                   .checkout_id = self->checkouts[i],
                                                   .group_id = group_id,
                                                   .total = self->prices[i],
                                                   .paid = paid,
                                                   .line_items = lines },
                                  error));
}

gpointer
step_commit (MilTx *tx, gpointer data, GError **error)
{
  Purchase *self = data;
  g_autoptr (JsonNode) group = mil_payment_group_commit (tx, self->owner, self->group_id, error);

  return OK (group != NULL);
}

gpointer
step_void (MilTx *tx, gpointer data, GError **error)
{
  Purchase *self = data;
  g_autoptr (JsonNode) group = mil_payment_group_void (tx, self->owner, self->group_id, error);

  return OK (group != NULL);
}

gpointer
shop_audit (MilTx *tx, gpointer data, GError **error)
{
  gboolean balanced = FALSE;
  g_autoptr (JsonNode) report = mil_audit (tx, &balanced, error);

  if (report == NULL)
    return NULL;
  return balanced ? g_strdup ("balanced") : json_to_string (report, FALSE);
}

void
assert_audit (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *report = wait_for (mil_storage_read (fixture->storage, shop_audit, NULL, NULL, G_TYPE_STRING), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (report, ==, "balanced");
}
