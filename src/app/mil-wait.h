/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/**
 * MilWaitFunc:
 * @object: who waited
 * @value: (nullable): what came of it
 * @error: (nullable): what went wrong instead
 * @data: what mil_wait() was given
 *
 * Called on the main thread when the waiting is over and @object still lives.
 */
typedef void (*MilWaitFunc) (gpointer object, const GValue *value, const GError *error, gpointer data);

DexFuture *mil_wait (gpointer object, DexFuture *future, MilWaitFunc func, gpointer data);

G_END_DECLS
