/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "base/mil-future.h"

G_BEGIN_DECLS

#define MIL_TYPE_OUTBOX (mil_outbox_get_type ())

/**
 * MilOutbox:
 *
 * What was done while the network was away: written to the disk first, sent in order, each once.
 * What the other side refuses for good is taken out and told with the signal `refused`.
 *
 * Properties: `n-waiting` (uint), `problem` (#GError: why sending does not get on, %NULL when it does).
 *
 * Signals: `sent` (id, answer as #JsonNode), `refused` (id, #GError).
 */
G_DECLARE_FINAL_TYPE (MilOutbox, mil_outbox, MIL, OUTBOX, GObject)

guint      mil_outbox_get_n_waiting (MilOutbox  *self);
GError    *mil_outbox_get_problem   (MilOutbox  *self);
DexFuture *mil_outbox_post          (MilOutbox  *self,
                                     const char *id,
                                     const char *path,
                                     JsonNode   *body);
void       mil_outbox_retry         (MilOutbox  *self);

G_END_DECLS
