/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

DexFuture *mil_spawn         (DexFiberFunc    func,
                              gpointer        data,
                              GDestroyNotify  destroy);
gboolean   mil_await         (DexFuture      *future,
                              GError        **error);
gpointer   mil_await_pointer (DexFuture      *future,
                              GError        **error);

G_END_DECLS
