/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/mil-wait.h"

typedef struct
{
  GWeakRef    object;
  MilWaitFunc func;
  gpointer    data;
} Wait;

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  g_weak_ref_clear (&wait->object);
  g_free (wait);
}

static DexFuture *
finally_cb (DexFuture *completed, gpointer data)
{
  Wait *wait = data;
  g_autoptr (GObject) object = g_weak_ref_get (&wait->object);
  g_autoptr (GError) error = NULL;
  const GValue *value = NULL;

  if (object == NULL)
    return dex_future_new_for_boolean (FALSE);
  value = dex_future_get_value (completed, &error);
  wait->func (object, value, error, wait->data);
  return dex_future_new_for_boolean (TRUE);
}

/**
 * mil_wait:
 * @object: (type GObject): who waits, a page for instance; held weakly
 * @future: (transfer full): what is waited for
 * @func: called when it is there, unless @object is gone by then
 * @data: for @func; must live as long as the program or @object
 *
 * Lets a widget wait without keeping itself alive. The widget holds on to what is returned, and drops
 * it with dex_clear() when it no longer cares (in its dispose, or before it waits for something
 * newer); that cancels the work.
 *
 * Returns: (transfer full): the waiting
 */
DexFuture *
mil_wait (gpointer object, DexFuture *future, MilWaitFunc func, gpointer data)
{
  Wait *wait = NULL;

  g_return_val_if_fail (G_IS_OBJECT (object), NULL);
  g_return_val_if_fail (DEX_IS_FUTURE (future), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  wait = g_new0 (Wait, 1);
  g_weak_ref_init (&wait->object, object);
  wait->func = func;
  wait->data = data;
  return dex_future_finally (future, finally_cb, wait, wait_free);
}
