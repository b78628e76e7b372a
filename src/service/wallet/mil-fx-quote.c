/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "base/mil-currency.h"
#include "service/wallet/mil-build.h"
#include "service/wallet/mil-wallet.h"

/* For how long a rate is frozen. */
#define QUOTE_TIME (5 * 60 * G_USEC_PER_SEC)
#define MAX_LEGS 50

static gboolean
add_leg (JsonBuilder *builder, MilExchange *exchange, MilMoney price, const char *pay_currency, MilMoney *total, GError **error)
{
  g_autofree char *rate = NULL;
  MilExchanged     exchanged;

  if (price.minor <= 0)
    {
      mil_error_set (error, MIL_ERROR_INVALID, _ ("amounts: each amount must be above zero."));
      return FALSE;
    }
  if (!mil_exchange_charge (exchange, price, pay_currency, &exchanged, error)
      || !mil_money_add (*total, exchanged.to, total, error))
    return FALSE;
  rate = mil_decimal_to_string (exchanged.rate);
  json_builder_begin_object (builder);
  mil_build_money (builder, "amount", price);
  mil_build_text (builder, "rate", rate);
  mil_build_money (builder, "pay", exchanged.to);
  mil_build_int (builder, "spread", exchanged.spread.minor);
  json_builder_end_object (builder);
  return TRUE;
}

static JsonNode *
build_legs (MilExchange *exchange, const char *pay_currency, const MilMoney *amounts, guint n_amounts, MilMoney *total, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  *total = mil_money (0, pay_currency);
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_amounts; i++)
    if (!add_leg (builder, exchange, amounts[i], pay_currency, total, error))
      return NULL;
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}

/**
 * mil_fx_quote_create:
 * @tx: the transaction
 * @owner: the traveller
 * @exchange: the desk
 * @pay_currency: what the wallet will pay in
 * @amounts: (array length=n_amounts): what the checkouts cost
 * @n_amounts: how many, 1 to 50
 * @error: (optional): %MIL_ERROR_INVALID, %MIL_ERROR_UNSUPPORTED for a currency without a rate,
 *   %MIL_ERROR_OVERFLOW, or as for mil_tx_exec()
 *
 * Freezes the desk's rates for five minutes and one payment group.
 *
 * Returns: (transfer full) (nullable): `{"id","pay_currency","created_at","expires_at",
 *   "legs":[{"amount","rate","pay","spread"}…],"total"}`; `spread` is the part of `pay` that the desk
 *   keeps, in minor units
 */
JsonNode *
mil_fx_quote_create (MilTx          *tx,
                     const char     *owner,
                     MilExchange    *exchange,
                     const char     *pay_currency,
                     const MilMoney *amounts,
                     guint           n_amounts,
                     GError        **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) legs = NULL;
  g_autofree char *id = NULL;
  gint64           expires_at;
  MilMoney         total;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (owner != NULL && pay_currency != NULL, NULL);
  g_return_val_if_fail (MIL_IS_EXCHANGE (exchange), NULL);
  g_return_val_if_fail (amounts != NULL || n_amounts == 0, NULL);

  if (n_amounts == 0 || n_amounts > MAX_LEGS || !mil_currency_is_known (pay_currency))
    {
      mil_error_set (error, MIL_ERROR_INVALID, _ ("A quote is for 1 to %d amounts in one known currency."), MAX_LEGS);
      return NULL;
    }
  legs = build_legs (exchange, pay_currency, amounts, n_amounts, &total, error);
  if (legs == NULL)
    return NULL;
  id = mil_tx_new_id (tx);
  expires_at = mil_tx_now (tx) + QUOTE_TIME;
  if (!mil_tx_exec (tx,
                    error,
                    "INSERT INTO quotes (id, owner, pay_currency, pay_total, legs, created_at, expires_at)"
                    " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                    "tttijii",
                    id,
                    owner,
                    pay_currency,
                    total.minor,
                    legs,
                    mil_tx_now (tx),
                    expires_at))
    return NULL;
  json_builder_begin_object (builder);
  mil_build_text (builder, "id", id);
  mil_build_text (builder, "pay_currency", pay_currency);
  mil_build_instant (builder, "created_at", mil_tx_now (tx));
  mil_build_instant (builder, "expires_at", expires_at);
  json_builder_set_member_name (builder, "legs");
  json_builder_add_value (builder, g_steal_pointer (&legs));
  mil_build_money (builder, "total", total);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
