/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/taxfree/mil-claim.h"

G_BEGIN_DECLS

gint64 mil_claim_expire_due (MilTx *tx, GError **error);
gint64 mil_claim_forget_due (MilTx *tx, MilVault *vault, guint retention_days, GError **error);
gint64 mil_claim_seal_old (MilTx *tx, MilVault *vault, GError **error);

G_END_DECLS
