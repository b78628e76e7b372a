/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/storage/mil-tx.h"
#include "service/vault/mil-vault.h"

G_BEGIN_DECLS

/* Everything that is encrypted because it names a person, in whatever table it lies. */

gint64   mil_personal_seal_old (MilTx *tx, MilVault *vault, GError **error);
gint64   mil_personal_rewrap (MilTx *tx, MilVault *vault, GError **error);
gint64   mil_personal_forget_due (MilTx *tx, MilVault *vault, guint retention_days, GError **error);
MilRows *mil_personal_count (MilTx *tx, GError **error);

G_END_DECLS
