/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-future.h"

G_BEGIN_DECLS

/* Shared by the bridges of this room. */

DexFuture *mil_promise_follow (DexFuture  *future);
void       mil_promise_settle (DexPromise *promise,
                               GType       type,
                               gpointer    result,
                               GError     *error);

G_END_DECLS
