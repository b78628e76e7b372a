/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/http/mil-call.h"

G_BEGIN_DECLS

/* What every answer of the Universal Commerce Protocol has in common. */

#define MIL_UCP_VERSION "2026-04-08"
#define MIL_UCP_WALLET "io.github.milione.wallet"
#define MIL_UCP_WALLET_HANDLER "milione-wallet"

JsonObject *mil_ucp_success (const char *capability);
void        mil_ucp_add_handlers (JsonObject *ucp);
JsonObject *mil_ucp_profile (MilCall *call, const char *store_id);
void mil_ucp_add_message (JsonArray *messages, const char *type, const char *code, const char *path, const char *severity, const char *content);
MilReply *mil_ucp_error (const char *code, const char *severity, const char *content);

G_END_DECLS
