/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/mil-housekeeping.h"

#include "service/http/mil-once.h"
#include "service/ledger/mil-ledger.h"
#include "service/mil-personal.h"
#include "service/taxfree/mil-claim-jobs.h"
#include "service/wallet/mil-payment-group.h"

#define PERIOD_SECONDS 10
#define PURGE_EVERY 6

struct _MilHousekeeping
{
  MilStorage       *storage;
  const MilContext *context;
  guint             retention_days;
  guint             timer;
  guint             round;
  gboolean          is_busy;
  gboolean          is_stopped;
  DexPromise       *ended; /* (owned) */
};

static void
release (MilHousekeeping *self)
{
  dex_promise_resolve_boolean (self->ended, TRUE);
  dex_unref (self->ended);
  g_object_unref (self->storage);
  g_free (self);
}

static gpointer
tidy (MilTx *tx, gpointer data, GError **error)
{
  if (mil_payment_group_expire (tx, error) < 0 || mil_ledger_expire (tx, error) < 0 || mil_claim_expire_due (tx, error) < 0)
    return NULL;
  return GINT_TO_POINTER (TRUE);
}

/* What need not be looked for each time. */
static gpointer
purge (MilTx *tx, gpointer data, GError **error)
{
  MilHousekeeping *self = data;

  if (!mil_once_purge (tx, error) || mil_personal_seal_old (tx, self->context->vault, error) < 0
      || mil_personal_rewrap (tx, self->context->vault, error) < 0
      || mil_personal_forget_due (tx, self->context->vault, self->retention_days, error) < 0)
    return NULL;
  return GINT_TO_POINTER (TRUE);
}

/* Once it is told to end, the storage is about to close: the rest is for the next start. */
static gboolean
clear_away (MilHousekeeping *self, GError **error)
{
  gboolean purges = self->round++ % PURGE_EVERY == 0;

  if (self->is_stopped)
    return TRUE;
  if (!mil_await (mil_storage_run (self->storage, tidy, NULL, NULL, G_TYPE_BOOLEAN), error))
    return FALSE;
  if (!purges || self->is_stopped)
    return TRUE;
  if (!mil_await (mil_storage_run (self->storage, purge, self, NULL, G_TYPE_BOOLEAN), error))
    return FALSE;
  return self->is_stopped || mil_await (mil_storage_fold (self->storage, FALSE), error);
}

static DexFuture *
run (gpointer data)
{
  MilHousekeeping *self = data;
  g_autoptr (GError) error = NULL;

  if (!clear_away (self, &error))
    g_warning ("What is past its time could not be cleared away: %s", error->message);
  self->is_busy = FALSE;
  if (self->is_stopped)
    release (self);
  return dex_future_new_for_boolean (TRUE);
}

/**
 * mil_housekeeping_check:
 * @self: housekeeping that was started
 *
 * Looks what is past its time now, if it is not at that already. This happens by itself every few seconds.
 */
void
mil_housekeeping_check (MilHousekeeping *self)
{
  g_return_if_fail (self != NULL);

  if (self->is_busy)
    return;
  self->is_busy = TRUE;
  mil_disown (mil_spawn (run, self, NULL), "clearing away what is past its time");
}

static gboolean
on_timer (gpointer data)
{
  mil_housekeeping_check (data);
  return G_SOURCE_CONTINUE;
}

/**
 * mil_housekeeping_start:
 * @storage: an open storage
 * @context: keys of personal data; outlives the storage's last transaction
 * @retention_days: how long after their end the service knows who made a claim or an order
 *
 * Starts to clear away, every few seconds, what is past its time: payment groups that nobody
 * committed, holds, tax-free forms whose goods did not leave; and every minute old idempotency keys, who
 * made claims and orders that are long over, and older keys around personal data. What was forgotten since is
 * gone from the disk with that.
 *
 * Returns: (transfer full): to be stopped with mil_housekeeping_stop()
 */
MilHousekeeping *
mil_housekeeping_start (MilStorage *storage, const MilContext *context, int retention_days)
{
  MilHousekeeping *self;

  g_return_val_if_fail (MIL_IS_STORAGE (storage), NULL);

  self = g_new0 (MilHousekeeping, 1);
  self->ended = dex_promise_new ();
  self->storage = g_object_ref (storage);
  self->context = context;
  self->retention_days = (guint) retention_days;
  self->timer = g_timeout_add_seconds (PERIOD_SECONDS, on_timer, self);
  return self;
}

/**
 * mil_housekeeping_stop:
 * @self: (transfer full) (nullable): what mil_housekeeping_start() returned
 *
 * Does not clear away any more.
 *
 * Returns: (transfer full): a future that resolves when nothing of it is under way; the storage is to be
 * closed after that
 */
DexFuture *
mil_housekeeping_stop (MilHousekeeping *self)
{
  DexFuture *ended;

  if (self == NULL)
    return dex_future_new_true ();
  ended = dex_ref (DEX_FUTURE (self->ended));
  g_clear_handle_id (&self->timer, g_source_remove);
  self->is_stopped = TRUE;
  if (!self->is_busy)
    release (self);
  return ended;
}
