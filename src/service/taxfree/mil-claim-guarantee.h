/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/taxfree/mil-claim.h"
#include "service/wallet/mil-exchange.h"

G_BEGIN_DECLS

gboolean mil_claim_guarantee_hold (MilClaim *claim, MilTx *tx, const char *operator_id, MilMoney tax, MilExchange *exchange, GError **error);
gboolean mil_claim_guarantee_release (MilClaim *claim, MilTx *tx, const char *operator_id, MilMoney owed, GError **error);
gboolean mil_claim_guarantee_charge (MilClaim *claim, MilTx *tx, GError **error);
gboolean mil_claim_guarantee_is_held (MilClaim *claim);

G_END_DECLS
