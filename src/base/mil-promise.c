/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-promise.h"

#include <glib/gi18n.h>

static DexFuture *
pass_on (DexFuture *completed, gpointer unused)
{
  return dex_ref (completed);
}

/*
 * mil_promise_follow:
 * @future: (transfer full): what some other owner holds too: a fiber its scheduler, a promise its thread
 *
 * libdex tells @future that nobody waits any more only when another future waited for it; and what a
 * thread resolves wakes only such a one. This is that other future: to be given to callers.
 *
 * Returns: (transfer full): a future that becomes what @future becomes, on the calling thread's scheduler
 */
DexFuture *
mil_promise_follow (DexFuture *future)
{
  return dex_future_finally (future, pass_on, NULL, NULL);
}

static void
take_value (GValue *value, GType type, gpointer result)
{
  switch (G_TYPE_FUNDAMENTAL (type))
    {
    case G_TYPE_NONE:
    case G_TYPE_BOOLEAN:
      g_value_init (value, G_TYPE_BOOLEAN);
      g_value_set_boolean (value, TRUE);
      break;
    case G_TYPE_STRING:
      g_value_init (value, type);
      g_value_take_string (value, result);
      break;
    case G_TYPE_BOXED:
      g_value_init (value, type);
      g_value_take_boxed (value, result);
      break;
    case G_TYPE_OBJECT:
    case G_TYPE_INTERFACE:
      g_value_init (value, type);
      g_value_take_object (value, result);
      break;
    case G_TYPE_VARIANT:
      g_value_init (value, type);
      g_value_take_variant (value, result);
      break;
    case G_TYPE_POINTER:
      g_value_init (value, G_TYPE_POINTER);
      g_value_set_pointer (value, result);
      break;
    default:
      g_assert_not_reached ();
    }
}

/*
 * mil_promise_settle:
 * @promise: a promise
 * @type: as mil_thread() takes it
 * @result: (nullable) (transfer full): the result
 * @error: (nullable) (transfer full): why there is none
 *
 * Resolves @promise with @result, or rejects it with @error when there is no result.
 */
void
mil_promise_settle (DexPromise *promise, GType type, gpointer result, GError *error)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_return_if_fail (promise != NULL);

  if (result == NULL)
    {
      if (error == NULL)
        error = mil_error_new (MIL_ERROR_FAILED, "%s", _ ("Something went wrong."));
      dex_promise_reject (promise, error);
      return;
    }
  g_clear_error (&error);
  take_value (&value, type, result);
  dex_promise_resolve (promise, &value);
}
