/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/taxfree/mil-claim.h"
#include "service/wallet/mil-exchange.h"

G_BEGIN_DECLS

#define MIL_DEMO_OPERATOR "milione-demo-refund"

typedef struct _MilSchemeBook MilSchemeBook;

gboolean mil_demo_operator_issue (MilClaim *claim, MilTx *tx, MilSchemeBook *book, GError **error);
gboolean mil_demo_operator_settle (MilClaim *claim, MilTx *tx, MilSchemeBook *book, MilExchange *exchange, GError **error);

G_END_DECLS
