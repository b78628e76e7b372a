/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/http/mil-call.h"

G_BEGIN_DECLS

char    *mil_auth_key_id (MilCall *call, GError **error);
MilKey  *mil_auth_own_key (MilCall *call, const char *key_id, GError **error);
gboolean mil_auth_verify (MilCall *call, MilKey *key, GError **error);

G_END_DECLS
