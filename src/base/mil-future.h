/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "base/mil-error.h"
#include "base/mil-flow.h"

G_BEGIN_DECLS

/**
 * MilThreadFunc:
 * @data: what mil_thread() was given
 * @cancellable: cancelled when nobody waits for the result any more
 * @error: where to say what went wrong
 *
 * Blocking work, off the main loop.
 *
 * Returns: (transfer full) (nullable): the result, of the type that mil_thread() was told, or %NULL
 *   with @error set. For %G_TYPE_BOOLEAN it is GINT_TO_POINTER (TRUE); for %G_TYPE_NONE any non-%NULL.
 */
typedef gpointer (*MilThreadFunc) (gpointer       data,
                                   GCancellable  *cancellable,
                                   GError       **error);

DexFuture *mil_thread        (MilThreadFunc   func,
                              gpointer        data,
                              GDestroyNotify  destroy,
                              GType           result_type);
DexFuture *mil_future_reject (MilErrorCode    code,
                              const char     *format,
                              ...) G_GNUC_PRINTF (2, 3);
DexFuture *mil_with_timeout  (DexFuture      *future,
                              guint           milliseconds,
                              const char     *what_happened);
void       mil_disown        (DexFuture      *future,
                              const char     *what);

G_END_DECLS
