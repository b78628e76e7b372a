/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/http/mil-call.h"
#include "service/vault/mil-sealed-table.h"

G_BEGIN_DECLS

extern const MilSealedTable mil_once_table;

gpointer mil_once_run (MilTx *tx, gpointer call, GError **error);
gboolean mil_once_purge (MilTx *tx, GError **error);
gint64   mil_once_seal_old (MilTx *tx, MilVault *vault, GError **error);
gboolean mil_once_strip (MilTx *tx, MilVault *vault, const char *owner, const char *id, void (*strip) (JsonObject *document), GError **error);

G_END_DECLS
