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
 * libdex tells @future that nobody waits any more only when another future waited for it. This is that other
 * future: to be given to callers.
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
 * mil_promise_free_result:
 * @type: as mil_thread() takes it
 * @result: (transfer full): a result that nobody is told
 */
void
mil_promise_free_result (GType type, gpointer result)
{
  g_auto (GValue) value = G_VALUE_INIT;

  take_value (&value, type, result);
}

typedef struct
{
  DexPromise *promise;
  GType       type;
  gpointer    result;
  GError     *error;
} Arrival;

static gboolean
on_arrival_cb (gpointer data)
{
  Arrival *arrival = data;
  g_auto (GValue) value = G_VALUE_INIT;

  if (arrival->result != NULL)
    {
      take_value (&value, arrival->type, g_steal_pointer (&arrival->result));
      dex_promise_resolve (arrival->promise, &value);
    }
  else
    dex_promise_reject (arrival->promise, g_steal_pointer (&arrival->error));
  return G_SOURCE_REMOVE;
}

/* Also where the main context goes before its turn came. */
static void
arrival_free (gpointer data)
{
  Arrival *arrival = data;

  if (arrival->result != NULL)
    mil_promise_free_result (arrival->type, arrival->result);
  g_clear_error (&arrival->error);
  dex_unref (arrival->promise);
  g_free (arrival);
}

/*
 * mil_promise_settle:
 * @promise: (transfer full): a promise
 * @home: the main context of the thread that made it
 * @type: as mil_thread() takes it
 * @result: (nullable) (transfer full): the result
 * @error: (nullable) (transfer full): why there is none
 *
 * Resolves @promise with @result, or rejects it with @error when there is no result; at home, whichever thread
 * asks for it. A future of libdex that is completed in one thread while another one drops what follows it may
 * lock up for good, or be used after it was freed: dex_weak_ref_set() takes the locks of the weak reference and
 * of the object the other way round than dex_unref() does, which locks what may be gone by then.
 */
void
mil_promise_settle (DexPromise *promise, GMainContext *home, GType type, gpointer result, GError *error)
{
  g_autoptr (GSource) source = NULL;
  Arrival *arrival = NULL;

  g_return_if_fail (promise != NULL && home != NULL);

  arrival = g_new0 (Arrival, 1);
  *arrival = (Arrival) { promise, type, result, result != NULL ? NULL : error };
  if (result != NULL)
    g_clear_error (&error);
  else if (error == NULL)
    arrival->error = mil_error_new (MIL_ERROR_FAILED, "%s", _ ("Something went wrong."));
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_arrival_cb, arrival, arrival_free);
  g_source_attach (source, home);
}
