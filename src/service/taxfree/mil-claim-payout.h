/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/taxfree/mil-claim.h"
#include "service/wallet/mil-exchange.h"

G_BEGIN_DECLS

gboolean mil_claim_pay_out (MilClaim    *claim,
                            MilTx       *tx,
                            const char  *operator_id,
                            const char  *reference,
                            MilMoney     amount,
                            MilExchange *exchange,
                            MilMoney    *paid,
                            GError     **error);
gboolean mil_claim_check_payout (MilClaim *claim, MilTx *tx, GError **error);

G_END_DECLS
