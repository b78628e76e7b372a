/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/mil-housekeeping.h"

#include <glib/gi18n.h>

#include "service/http/mil-once.h"
#include "service/ledger/mil-ledger.h"
#include "service/taxfree/mil-claim.h"
#include "service/wallet/mil-payment-group.h"

#define PERIOD_SECONDS 10
/* Old answers need not be looked for each time. */
#define PURGE_EVERY 360

struct _MilHousekeeping
{
  MilStorage *storage;
  guint       timer;
  guint       round;
  gboolean    is_busy;
  gboolean    is_stopped;
};

static void
release (MilHousekeeping *self)
{
  g_object_unref (self->storage);
  g_free (self);
}

/* Goods that were to leave yesterday have not been seen leaving. */
static gboolean
expire_claims (MilTx *tx, GError **error)
{
  MilClaimStep step = { MIL_CLAIM_ACT_EXPIRE, MIL_CLAIM_BY_SERVICE, .reason = _ ("Customs did not see the goods leave in time.") };
  g_autofree char *today = mil_date_to_string (mil_date_from_unix (mil_tx_now (tx), "UTC"));
  g_autoptr (MilRows) rows = NULL;

  rows = mil_tx_query (tx, error, "SELECT id FROM claims WHERE state IN ('issued', 'awaiting-validation') AND export_by < $1 LIMIT 100", "t", today);
  if (rows == NULL)
    return FALSE;
  while (mil_rows_next (rows))
    {
      g_autoptr (MilClaim) claim = mil_claim_load (tx, NULL, mil_rows_text (rows, 0), error);
      g_autoptr (JsonNode) told = NULL;

      if (claim == NULL || !mil_claim_move (claim, tx, &step, error))
        return FALSE;
      told = mil_claim_tell (claim, tx, error);
      if (told == NULL)
        return FALSE;
    }
  return TRUE;
}

static gpointer
tidy (MilTx *tx, gpointer data, GError **error)
{
  if (mil_payment_group_expire (tx, error) < 0 || mil_ledger_expire (tx, error) < 0 || !expire_claims (tx, error))
    return NULL;
  if (GPOINTER_TO_INT (data) && !mil_once_purge (tx, error))
    return NULL;
  return GINT_TO_POINTER (TRUE);
}

static DexFuture *
run (gpointer data)
{
  MilHousekeeping *self = data;
  g_autoptr (GError) error = NULL;
  gboolean purges = self->round++ % PURGE_EVERY == 0;

  if (!mil_await (mil_storage_run (self->storage, tidy, GINT_TO_POINTER (purges), NULL, G_TYPE_BOOLEAN), &error))
    g_warning ("What is past its time could not be cleared away: %s", error->message);
  self->is_busy = FALSE;
  if (self->is_stopped)
    release (self);
  return dex_future_new_for_boolean (TRUE);
}

static gboolean
on_timer (gpointer data)
{
  MilHousekeeping *self = data;

  if (!self->is_busy)
    {
      self->is_busy = TRUE;
      mil_disown (mil_spawn (run, self, NULL), "clearing away what is past its time");
    }
  return G_SOURCE_CONTINUE;
}

/**
 * mil_housekeeping_start:
 * @storage: an open storage
 *
 * Starts to clear away, every few seconds, what is past its time: payment groups that nobody
 * committed, holds, tax-free forms whose goods did not leave, old idempotency keys.
 *
 * Returns: (transfer full): to be stopped with mil_housekeeping_stop()
 */
MilHousekeeping *
mil_housekeeping_start (MilStorage *storage)
{
  MilHousekeeping *self;

  g_return_val_if_fail (MIL_IS_STORAGE (storage), NULL);

  self = g_new0 (MilHousekeeping, 1);
  self->storage = g_object_ref (storage);
  self->timer = g_timeout_add_seconds (PERIOD_SECONDS, on_timer, self);
  return self;
}

/**
 * mil_housekeeping_stop:
 * @self: (transfer full): what mil_housekeeping_start() returned
 *
 * Does not clear away any more.
 */
void
mil_housekeeping_stop (MilHousekeeping *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->is_stopped = TRUE;
  if (!self->is_busy)
    release (self);
}
