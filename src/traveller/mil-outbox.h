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
 * Signals: `sent` (id, path, answer as #JsonNode), `refused` (id, path, #GError).
 */
G_DECLARE_FINAL_TYPE (MilOutbox, mil_outbox, MIL, OUTBOX, GObject)

/**
 * MilOutboxFiller:
 * @body: what a letter says on the disk
 * @secret: whose secret is to be put into it
 * @data: what mil_outbox_set_filler() was given
 *
 * Puts a secret into a letter that is about to be sent.
 *
 * Returns: (transfer full): a future #JsonNode; an error that is not final keeps the letter waiting
 */
typedef DexFuture *(*MilOutboxFiller) (JsonNode *body, const char *secret, gpointer data);

guint      mil_outbox_get_n_waiting (MilOutbox *self);
GError    *mil_outbox_get_problem (MilOutbox *self);
DexFuture *mil_outbox_post (MilOutbox *self, const char *id, const char *path, JsonNode *body);
void       mil_outbox_retry (MilOutbox *self);

G_END_DECLS
