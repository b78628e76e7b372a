/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-json.h"
#include "traveller/mil-checkout-store.h"
#include "traveller/mil-claim.h"
#include "traveller/mil-order.h"
#include "traveller/mil-product.h"
#include "traveller/mil-store.h"
#include "traveller/mil-wallet.h"

G_BEGIN_DECLS

/* What the service answers, as records. Every answer is checked at each level; an error names the path. */

MilMoney      mil_answer_money          (MilJson    *reader,
                                         const char *member);
MilMoney      mil_answer_money_optional (MilJson    *reader,
                                         const char *member);
GPtrArray    *mil_answer_stores         (JsonNode   *json,
                                         GError    **error);
GPtrArray    *mil_answer_product_items  (JsonNode   *json,
                                         char      **next,
                                         GError    **error);
MilProduct   *mil_answer_product        (JsonNode   *json,
                                         GError    **error);
GPtrArray    *mil_answer_wallets        (JsonNode   *json,
                                         GError    **error);
MilWallet    *mil_answer_wallet         (JsonNode   *json,
                                         GError    **error);
GPtrArray    *mil_answer_wallet_entries (JsonNode   *json,
                                         char      **next,
                                         GError    **error);
GPtrArray    *mil_answer_orders         (JsonNode   *json,
                                         GError    **error);
MilOrder     *mil_answer_order          (JsonNode   *json,
                                         GError    **error);
GPtrArray    *mil_answer_claims         (JsonNode   *json,
                                         GError    **error);
MilClaim     *mil_answer_claim          (JsonNode   *json,
                                         GError    **error);

const char   *mil_order_state_text      (const char *state);
const char   *mil_claim_state_text      (const char *state);

G_END_DECLS
