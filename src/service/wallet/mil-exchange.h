/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "base/mil-error.h"
#include "base/mil-money.h"

G_BEGIN_DECLS

#define MIL_TYPE_EXCHANGE (mil_exchange_get_type ())

/**
 * MilExchange:
 *
 * The exchange desk's rates of one day. Immutable, so any thread may ask it.
 */
G_DECLARE_FINAL_TYPE (MilExchange, mil_exchange, MIL, EXCHANGE, GObject)

/**
 * MilExchanged:
 * @from: what goes in
 * @to: what comes out
 * @spread: what the desk keeps, in the currency of the traveller's wallet
 * @rate: how many units of the wallet's currency one unit of the other is
 *
 * One exchange at the desk's rate.
 */
typedef struct
{
  MilMoney   from;
  MilMoney   to;
  MilMoney   spread;
  MilDecimal rate;
} MilExchanged;

MilExchange *mil_exchange_new_ecb (GBytes *xml, GError **error);
gboolean     mil_exchange_knows (MilExchange *self, const char *currency);
JsonNode    *mil_exchange_to_json (MilExchange *self);
gboolean mil_exchange_charge (MilExchange *self, MilMoney price, const char *pay_currency, MilExchanged *exchanged, GError **error);
gboolean mil_exchange_pay_out (MilExchange *self, MilMoney amount, const char *wallet_currency, MilExchanged *exchanged, GError **error);

G_END_DECLS
