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
 * What the other side refuses for good is taken out once somebody has settled what that means.
 *
 * Properties: `n-waiting` (uint), `problem` (#GError: why sending does not get on, %NULL when it does).
 *
 * Signals: `sent` (id, path, answer as #JsonNode).
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

/**
 * MilOutboxSettler:
 * @id: of a letter
 * @path: where it went
 * @refusal: why it was refused, for good
 * @data: what mil_outbox_set_settler() was given
 *
 * Takes over that a letter was refused.
 *
 * Returns: (transfer full): a future that resolves when that is on the disk; the letter waits, and is sent
 *   again, where it rejects
 */
typedef DexFuture *(*MilOutboxSettler) (const char *id, const char *path, const GError *refusal, gpointer data);

gboolean   mil_outbox_is_refusal (const GError *error);
guint      mil_outbox_get_n_waiting (MilOutbox *self);
GError    *mil_outbox_get_problem (MilOutbox *self);
DexFuture *mil_outbox_post (MilOutbox *self, const char *id, const char *path, JsonNode *body);
void       mil_outbox_retry (MilOutbox *self);

G_END_DECLS
