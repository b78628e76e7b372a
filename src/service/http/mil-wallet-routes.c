/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-routes.h"

#include <glib/gi18n.h>

#include "base/mil-currency.h"
#include "service/wallet/mil-payment-group.h"
#include "service/wallet/mil-wallet.h"

#define MAX_LEGS 50

static MilReply *
reply (guint status, JsonNode *node)
{
  g_autoptr (JsonNode) owned = node;

  return owned != NULL ? mil_reply_json (status, owned) : NULL;
}

static MilReply *
rates (MilTx *tx, MilCall *call, GError **error)
{
  return mil_reply_cached (reply (SOUP_STATUS_OK, mil_exchange_to_json (call->context->exchange)),
                           mil_call_header (call, "If-None-Match"),
                           "public, max-age=60");
}

/* `{"amount": minor units, "currency": code}` where the reader stands. */
static MilMoney
read_money (MilJson *json)
{
  gint64      amount = mil_json_int (json, "amount", 1, G_MAXINT64);
  const char *currency = mil_json_string (json, "currency", 3);

  if (!mil_json_failed (json) && !mil_currency_is_known (currency))
    mil_json_fail (json, "currency", "%s", _ ("expected a currency code"));
  return mil_json_failed (json) ? (MilMoney) { 0 } : mil_money (amount, currency);
}

static const char *
read_currency (MilJson *json, const char *member)
{
  const char *currency = mil_json_string (json, member, 3);

  if (!mil_json_failed (json) && !mil_currency_is_known (currency))
    mil_json_fail (json, member, "%s", _ ("expected a currency code"));
  return currency;
}

static MilReply *
create_quote (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilJson) json = mil_call_read (call, error);
  MilMoney    amounts[MAX_LEGS] = { 0 };
  const char *currency;
  guint       n;

  if (json == NULL)
    return NULL;
  currency = read_currency (json, "pay_currency");
  n = mil_json_enter_array (json, "amounts", MAX_LEGS);
  for (guint i = 0; i < n; i++)
    {
      if (mil_json_enter_item (json, i))
        amounts[i] = read_money (json);
      mil_json_leave (json);
    }
  if (n == 0 && !mil_json_failed (json))
    mil_json_fail (json, NULL, "%s", _ ("expected at least one entry"));
  mil_json_leave (json);
  if (!mil_json_finish (json, error))
    return NULL;
  return reply (SOUP_STATUS_CREATED,
                mil_fx_quote_create (tx, mil_call_owner (call), call->context->exchange, currency, amounts, n, error));
}

static MilReply *
list (MilTx *tx, MilCall *call, GError **error)
{
  return reply (SOUP_STATUS_OK, mil_wallet_list (tx, mil_call_owner (call), error));
}

static MilReply *
create (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilJson) json = mil_call_read (call, error);
  const char *name;
  const char *kind;
  const char *currency;

  if (json == NULL)
    return NULL;
  name = mil_json_string (json, "name", 100);
  kind = mil_json_string (json, "kind", 20);
  currency = read_currency (json, "currency");
  if (!mil_json_failed (json) && !g_str_equal (kind, "demo"))
    mil_json_fail (json, "kind", "%s", _ ("only demo wallets can be made here"));
  if (!mil_json_finish (json, error))
    return NULL;
  return reply (SOUP_STATUS_CREATED,
                mil_wallet_create (tx, mil_call_owner (call), name, kind, currency, call->context->exchange, error));
}

static MilReply *
get (MilTx *tx, MilCall *call, GError **error)
{
  return reply (SOUP_STATUS_OK, mil_wallet_get (tx, mil_call_owner (call), mil_call_param (call, "id"), error));
}

static MilReply *
entries (MilTx *tx, MilCall *call, GError **error)
{
  gint64 before;
  gint64 limit;

  if (!mil_call_query_int (call, "before", 1, G_MAXINT64, G_MAXINT64, &before, error)
      || !mil_call_query_int (call, "limit", 1, 200, 50, &limit, error))
    return NULL;
  return reply (SOUP_STATUS_OK,
                mil_wallet_entries (tx, mil_call_owner (call), mil_call_param (call, "id"), before, (guint) limit, error));
}

static MilReply *
propose (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilJson) json = mil_call_read (call, error);
  MilPaymentRequest requests[MAX_LEGS] = { 0 };
  const char       *wallet_id;
  const char       *quote_id;
  guint             n;

  if (json == NULL)
    return NULL;
  wallet_id = mil_json_string (json, "wallet_id", 40);
  quote_id = mil_json_string (json, "quote_id", 40);
  n = mil_json_enter_array (json, "authorisations", MAX_LEGS);
  for (guint i = 0; i < n; i++)
    {
      if (mil_json_enter_item (json, i))
        {
          requests[i].store_id = mil_json_string (json, "store_id", 60);
          requests[i].checkout_id = mil_json_string (json, "checkout_id", 40);
          if (mil_json_enter (json, "amount"))
            requests[i].amount = read_money (json);
          mil_json_leave (json);
        }
      mil_json_leave (json);
    }
  if (n == 0 && !mil_json_failed (json))
    mil_json_fail (json, NULL, "%s", _ ("expected at least one entry"));
  mil_json_leave (json);
  if (!mil_json_finish (json, error))
    return NULL;
  return reply (SOUP_STATUS_CREATED,
                mil_payment_group_propose (tx, mil_call_owner (call), wallet_id, quote_id, requests, n, error));
}

static GBytes *
read_signature (MilCall *call, GError **error)
{
  g_autoptr (MilJson) json = mil_call_read (call, error);
  g_autoptr (GBytes) signature = NULL;

  if (json == NULL)
    return NULL;
  signature = mil_base64url_decode (mil_json_string (json, "signature", 200));
  if (!mil_json_failed (json) && (signature == NULL || g_bytes_get_size (signature) != 64))
    mil_json_fail (json, "signature", "%s", _ ("expected 64 bytes in base64url"));
  return mil_json_finish (json, error) ? g_steal_pointer (&signature) : NULL;
}

static gpointer
check_consent (MilTx *tx, gpointer data, GError **error)
{
  MilCall *call = data;
  g_autoptr (GBytes) signature = read_signature (call, error);

  if (signature == NULL)
    return NULL;
  g_free (call->consent);
  call->consent = mil_payment_group_consent (tx, mil_call_owner (call), call->key, mil_call_param (call, "id"), signature, error);
  return call->consent != NULL ? GINT_TO_POINTER (TRUE) : NULL;
}

static MilReply *
authorise (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (GBytes) signature = read_signature (call, error);

  if (signature == NULL)
    return NULL;
  return reply (SOUP_STATUS_OK,
                mil_payment_group_authorise (
                    tx, mil_call_owner (call), call->key, mil_call_param (call, "id"), signature, call->consent, error));
}

static MilReply *
get_group (MilTx *tx, MilCall *call, GError **error)
{
  return reply (SOUP_STATUS_OK, mil_payment_group_get (tx, mil_call_owner (call), mil_call_param (call, "id"), error));
}

static MilReply *
commit (MilTx *tx, MilCall *call, GError **error)
{
  return reply (SOUP_STATUS_OK, mil_payment_group_commit (tx, mil_call_owner (call), mil_call_param (call, "id"), error));
}

static MilReply *
call_off (MilTx *tx, MilCall *call, GError **error)
{
  return reply (SOUP_STATUS_OK, mil_payment_group_void (tx, mil_call_owner (call), mil_call_param (call, "id"), error));
}

#define WHO (MIL_ROLE_TRAVELLER | MIL_ROLE_KIOSK)

const MilRoute mil_wallet_routes[] = {
  { "GET", "/v1/fx/rates", 0, MIL_ROUTE_READ, rates },
  { "POST", "/v1/fx/quotes", WHO, MIL_ROUTE_ONCE, create_quote },
  { "GET", "/v1/wallets", WHO, MIL_ROUTE_READ, list },
  { "POST", "/v1/wallets", WHO, MIL_ROUTE_ONCE, create },
  { "GET", "/v1/wallets/{id}", WHO, MIL_ROUTE_READ, get },
  { "GET", "/v1/wallets/{id}/entries", WHO, MIL_ROUTE_READ, entries },
  { "POST", "/v1/payment-groups", WHO, MIL_ROUTE_ONCE, propose },
  { "GET", "/v1/payment-groups/{id}", WHO, MIL_ROUTE_READ, get_group },
  { "POST", "/v1/payment-groups/{id}/authorise", WHO, MIL_ROUTE_ONCE, authorise, check_consent },
  { "POST", "/v1/payment-groups/{id}/commit", WHO, MIL_ROUTE_ONCE, commit },
  { "POST", "/v1/payment-groups/{id}/void", WHO, MIL_ROUTE_ONCE, call_off },
  { 0 },
};
