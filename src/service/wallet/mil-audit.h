/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/storage/mil-tx.h"

G_BEGIN_DECLS

JsonNode *mil_audit (MilTx *tx, gboolean *balanced, GError **error);

G_END_DECLS
