/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-future.h"

#include <glib/gi18n.h>

#include "base/mil-promise.h"

#define MAX_THREADS 8

typedef struct
{
  MilThreadFunc  func;
  gpointer       data;
  GDestroyNotify destroy;
  GType          result_type;
  DexPromise    *promise; /* (owned) until it is settled */
  GMainContext  *home;    /* (owned) */
} Work;

static void
work_free (Work *work)
{
  if (work->destroy != NULL)
    work->destroy (work->data);
  g_main_context_unref (work->home);
  g_free (work);
}

static void
run_work (gpointer item, gpointer unused)
{
  Work         *work = item;
  GCancellable *cancellable = dex_promise_get_cancellable (work->promise);
  GError       *error = NULL;
  gpointer      result = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
    result = work->func (work->data, cancellable, &error);
  mil_promise_settle (g_steal_pointer (&work->promise), work->home, work->result_type, result, error);
  work_free (work);
}

static GThreadPool *
shared_pool (void)
{
  static GThreadPool *pool = NULL;

  if (g_once_init_enter_pointer (&pool))
    g_once_init_leave_pointer (&pool, g_thread_pool_new (run_work, NULL, MAX_THREADS, FALSE, NULL));
  return pool;
}

/**
 * mil_thread:
 * @func: (scope async): work that blocks or takes long; runs in a thread of a shared pool
 * @data: what to give it
 * @destroy: (nullable): frees @data, in that thread
 * @result_type: what @func returns: %G_TYPE_NONE, %G_TYPE_BOOLEAN, %G_TYPE_STRING, %G_TYPE_POINTER, a
 *   variant, object or boxed type
 *
 * Dropping the future cancels the #GCancellable that @func was given; work that has not begun is then
 * left out.
 *
 * Returns: (transfer full): a future of the result
 */
DexFuture *
mil_thread (MilThreadFunc func, gpointer data, GDestroyNotify destroy, GType result_type)
{
  Work      *work;
  DexFuture *result;

  g_return_val_if_fail (func != NULL, NULL);

  work = g_new0 (Work, 1);
  *work = (Work) {
    func, data, destroy, result_type, dex_promise_new_cancellable (), g_main_context_ref_thread_default ()
  };
  result = mil_promise_follow (dex_ref (DEX_FUTURE (work->promise)));
  g_thread_pool_push (shared_pool (), work, NULL);
  return result;
}

/**
 * mil_future_reject:
 * @code: what went wrong, for the program
 * @format: a translated sentence for the person, as printf() takes it
 * @...: what @format asks for
 *
 * Returns: (transfer full): a future that has failed with a %MIL_ERROR
 */
DexFuture *
mil_future_reject (MilErrorCode code, const char *format, ...)
{
  va_list args;
  GError *error;

  g_return_val_if_fail (format != NULL, NULL);

  va_start (args, format);
  error = g_error_new_valist (MIL_ERROR, code, format, args);
  va_end (args);
  return dex_future_new_for_error (error);
}

static DexFuture *
name_timeout (DexFuture *completed, gpointer what_happened)
{
  g_autoptr (GError) error = NULL;

  dex_future_get_value (completed, &error);
  if (g_error_matches (error, DEX_ERROR, DEX_ERROR_TIMED_OUT))
    return mil_future_reject (MIL_ERROR_TIMEOUT, "%s", (const char *) what_happened);
  return dex_ref (completed);
}

/**
 * mil_with_timeout:
 * @future: (transfer full): what to wait for
 * @milliseconds: how long
 * @what_happened: a translated sentence for the person
 *
 * Returns: (transfer full): @future, or %MIL_ERROR_TIMEOUT after that time; @future is dropped then
 */
DexFuture *
mil_with_timeout (DexFuture *future, guint milliseconds, const char *what_happened)
{
  g_return_val_if_fail (DEX_IS_FUTURE (future), NULL);
  g_return_val_if_fail (what_happened != NULL, future);

  return dex_future_catch (dex_future_first (future, dex_timeout_new_msec (milliseconds), NULL),
                           name_timeout,
                           g_strdup (what_happened),
                           g_free);
}

static DexFuture *
log_failure (DexFuture *completed, gpointer what)
{
  g_autoptr (GError) error = NULL;

  dex_future_get_value (completed, &error);
  if (!g_error_matches (error, MIL_ERROR, MIL_ERROR_CANCELLED) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("%s: %s", (const char *) what, error->message);
  return dex_future_new_for_boolean (TRUE);
}

/**
 * mil_disown:
 * @future: (transfer full): what goes on by itself
 * @what: what it is, for the log
 *
 * Lets @future run to its end though nobody waits for it. A failure is logged, a cancellation is not.
 */
void
mil_disown (DexFuture *future, const char *what)
{
  g_return_if_fail (DEX_IS_FUTURE (future));
  g_return_if_fail (what != NULL);

  dex_future_disown (dex_future_catch (future, log_failure, g_strdup (what), g_free));
}
