/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "protocol/mil-signature.h"
#include "service/http/mil-call.h"

G_BEGIN_DECLS

MilKey  *mil_auth_own_key (MilCall *call, const MilSignature *signature, GError **error);
gboolean mil_auth_verify (MilCall *call, const MilSignature *signature, MilKey *key, GError **error);

G_END_DECLS
