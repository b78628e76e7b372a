/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-future.h"

G_BEGIN_DECLS

/* Shared by the bridges to threads. */

DexFuture *mil_promise_follow      (DexFuture    *future);
void       mil_promise_settle      (DexPromise   *promise,
                                    GMainContext *home,
                                    GType         type,
                                    gpointer      result,
                                    GError       *error);
void       mil_promise_free_result (GType         type,
                                    gpointer      result);

G_END_DECLS
