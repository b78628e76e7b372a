/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/http/mil-call.h"
#include "service/taxfree/mil-claim.h"

G_BEGIN_DECLS

#define MIL_DEMO_OPERATOR "milione-demo-refund"

gboolean mil_demo_operator_issue (MilClaim *claim, MilTx *tx, const MilContext *context, GError **error);
gboolean mil_demo_operator_settle (MilClaim *claim, MilTx *tx, const MilContext *context, MilDate day, GError **error);
gboolean mil_demo_operator_charge (MilClaim *claim, MilTx *tx, GError **error);
gboolean mil_demo_operator_resolve (MilClaim         *claim,
                                    MilTx            *tx,
                                    const MilContext *context,
                                    const char       *principal,
                                    gboolean          is_upheld,
                                    GError          **error);

G_END_DECLS
