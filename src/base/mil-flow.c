/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-flow.h"

#include <glib/gi18n.h>

#include "base/mil-error.h"
#include "base/mil-promise.h"

/* librsvg alone needs 256 KiB; a fiber's own default is 128 KiB. Pages that are not touched cost nothing. */
#define STACK_SIZE (1024 * 1024)

/*
 * libdex before 0.11 puts a fiber that is cancelled among the runnable ones and forgets that it has done
 * so: when what the fiber waited for is completed before the fiber has run, it is put there a second time,
 * and the queue of all fibers is broken from then on. So a fiber is never cancelled here. Who drops the
 * future of a flow rejects the flow's `dropped`, and every wait of a flow is for that as well.
 */
typedef struct
{
  DexFiberFunc   func;
  gpointer       data;
  GDestroyNotify destroy;
  DexPromise    *result;  /* (owned): what callers follow */
  DexPromise    *dropped; /* (owned): rejected when none does any more */
} Flow;

/* The flow that runs in this thread; it is set whenever one goes on. */
static GPrivate current = G_PRIVATE_INIT (NULL);

static void
flow_free (gpointer data)
{
  Flow *flow = data;

  if (flow->destroy != NULL)
    flow->destroy (flow->data);
  dex_unref (flow->result);
  dex_unref (flow->dropped);
  g_free (flow);
}

static GError *
dropped_error (void)
{
  return g_error_new_literal (DEX_ERROR, DEX_ERROR_FIBER_CANCELLED, "Nobody waits for this any more");
}

static void
on_dropped_cb (GCancellable *cancellable, gpointer dropped)
{
  dex_promise_reject (dropped, dropped_error ());
}

static gboolean
is_dropped (Flow *flow)
{
  return !dex_future_is_pending (DEX_FUTURE (flow->dropped));
}

/* Whether @future has completed; if not, the flow was dropped. */
static gboolean
wait_for (Flow *flow, DexFuture *future)
{
  if (!dex_future_is_pending (future))
    return TRUE;
  if (!is_dropped (flow))
    {
      g_private_set (&current, NULL);
      dex_await (dex_future_first (dex_ref (future), dex_ref (flow->dropped), NULL), NULL);
      g_private_set (&current, flow);
    }
  return !is_dropped (flow);
}

static void
take_over (DexPromise *result, DexFuture *ended)
{
  GError       *error = NULL;
  const GValue *value = dex_future_get_value (ended, &error);

  if (value != NULL)
    dex_promise_resolve (result, value);
  else
    dex_promise_reject (result, error);
}

static DexFuture *
run_flow (gpointer data)
{
  Flow *flow = data;
  g_autoptr (DexFuture) ended = NULL;

  g_private_set (&current, flow);
  ended = flow->func (flow->data);
  if (ended == NULL)
    ended = dex_future_new_for_error (mil_error_new (MIL_ERROR_FAILED, "%s", _ ("Something went wrong.")));
  if (wait_for (flow, ended))
    take_over (flow->result, ended);
  else
    dex_promise_reject (flow->result, dropped_error ());
  g_private_set (&current, NULL);
  return dex_future_new_true ();
}

/**
 * mil_spawn:
 * @func: (scope notified): a flow that reads top to bottom and waits with mil_await()
 * @data: what to give it
 * @destroy: (nullable): frees @data after @func has ended
 *
 * Starts a flow in a fiber of its own, on the scheduler of the calling thread. Dropping the future cancels
 * what the flow waits for; from then on its waits fail with %DEX_ERROR_FIBER_CANCELLED.
 *
 * Returns: (transfer full): a future of what @func's own future becomes
 */
DexFuture *
mil_spawn (DexFiberFunc func, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (DexScheduler) scheduler = dex_scheduler_ref_thread_default ();
  Flow      *flow = NULL;
  DexFuture *result = NULL;

  g_return_val_if_fail (func != NULL, NULL);

  if (scheduler == NULL)
    scheduler = dex_ref (dex_scheduler_get_default ());
  flow = g_new0 (Flow, 1);
  *flow = (Flow) { func, data, destroy, dex_promise_new_cancellable (), dex_promise_new () };
  g_cancellable_connect (dex_promise_get_cancellable (flow->result), G_CALLBACK (on_dropped_cb), dex_ref (flow->dropped), dex_unref);
  result = mil_promise_follow (dex_ref (DEX_FUTURE (flow->result)));
  dex_unref (dex_scheduler_spawn (scheduler, STACK_SIZE, run_flow, flow, flow_free));
  return result;
}

/**
 * mil_await:
 * @future: (transfer full): what to wait for
 * @error: why it has failed, or %DEX_ERROR_FIBER_CANCELLED when nobody waits for the flow any more
 *
 * Waits, in a flow that mil_spawn() has started. What has completed already is not waited for.
 *
 * Returns: whether @future has resolved
 */
gboolean
mil_await (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) held = future;
  Flow *flow = g_private_get (&current);

  g_return_val_if_fail (DEX_IS_FUTURE (future), FALSE);
  g_return_val_if_fail (flow != NULL, FALSE);

  if (wait_for (flow, held))
    return dex_future_get_value (held, error) != NULL;
  g_propagate_error (error, dropped_error ());
  return FALSE;
}

/**
 * mil_await_pointer:
 * @future: (transfer full): a future of an object, a boxed value, a string, a variant or a pointer
 * @error: why there is none
 *
 * Waits as mil_await() does.
 *
 * Returns: (transfer full) (nullable): a copy of or a reference to the value; a plain pointer as it is
 */
gpointer
mil_await_pointer (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) held = NULL;
  const GValue *value;

  g_return_val_if_fail (DEX_IS_FUTURE (future), NULL);

  held = dex_ref (future);
  if (!mil_await (future, error))
    return NULL;
  value = dex_future_get_value (held, error);
  if (value == NULL)
    return NULL;
  switch (G_TYPE_FUNDAMENTAL (G_VALUE_TYPE (value)))
    {
    case G_TYPE_OBJECT:
    case G_TYPE_INTERFACE:
      return g_value_dup_object (value);
    case G_TYPE_BOXED:
      return g_value_dup_boxed (value);
    case G_TYPE_STRING:
      return g_value_dup_string (value);
    case G_TYPE_VARIANT:
      return g_value_dup_variant (value);
    case G_TYPE_POINTER:
      return g_value_get_pointer (value);
    default:
      g_critical ("A future of type %s is no pointer.", G_VALUE_TYPE_NAME (value));
      mil_error_set (error, MIL_ERROR_FAILED, "%s", _ ("Something went wrong."));
      return NULL;
    }
}
