/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "base/mil-future.h"

/* Longer than any machine keeps a thread waiting. */
#define LONG_MS 60000

/* Turns the main loop until the future has ended. */
static void
settle (DexFuture *future)
{
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
}

static void
turn_for (int milliseconds)
{
  g_autoptr (DexFuture) timeout = dex_timeout_new_msec (milliseconds);

  settle (timeout);
}

static void
assert_rejected (DexFuture *future, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dex_future_get_value (future, &error));
  g_assert_error (error, domain, code);
}

static DexFuture *
deep_flow (gpointer data)
{
  volatile char room[300 * 1024];
  GError       *error = NULL;

  memset ((char *) room, 1, sizeof room);
  g_assert_true (mil_await (dex_timeout_new_msec (1), &error) == FALSE);
  g_assert_error (error, DEX_ERROR, DEX_ERROR_TIMED_OUT);
  g_clear_error (&error);
  *(gboolean *) data = TRUE;
  return dex_future_new_for_int (room[12345]);
}

static void
test_spawn (void)
{
  gboolean done = FALSE;
  g_autoptr (DexFuture) future = mil_spawn (deep_flow, &done, NULL);

  settle (future);
  g_assert_true (done);
  g_assert_true (dex_future_is_resolved (future));
}

static gpointer
make_string (gpointer data, GCancellable *cancellable, GError **error)
{
  return g_strdup (data);
}

static gpointer
make_error (gpointer data, GCancellable *cancellable, GError **error)
{
  mil_error_set (error, MIL_ERROR_NO_SPACE, "full");
  return NULL;
}

static gpointer
make_bytes (gpointer data, GCancellable *cancellable, GError **error)
{
  return g_bytes_new_static ("abc", 3);
}

static gpointer
make_true (gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (TRUE);
}

static DexFuture *
await_all (gpointer data)
{
  GError *error = NULL;
  g_autofree char *text = mil_await_pointer (mil_thread (make_string, g_strdup ("abc"), g_free, G_TYPE_STRING), &error);
  g_autoptr (GBytes) bytes = mil_await_pointer (mil_thread (make_bytes, NULL, NULL, G_TYPE_BYTES), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "abc");
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 3);
  g_assert_true (mil_await (mil_thread (make_true, NULL, NULL, G_TYPE_BOOLEAN), &error));
  g_assert_true (mil_await (mil_thread (make_true, NULL, NULL, G_TYPE_NONE), &error));
  g_assert_null (mil_await_pointer (mil_thread (make_error, NULL, NULL, G_TYPE_STRING), &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_NO_SPACE);
  g_clear_error (&error);
  return dex_future_new_for_boolean (TRUE);
}

static void
test_thread (void)
{
  g_autoptr (DexFuture) future = mil_spawn (await_all, NULL, NULL);

  settle (future);
  g_assert_true (dex_future_is_resolved (future));
}

/* What a thread tells of itself. Work that has not begun is left out when nobody wants it any more. */
typedef enum
{
  NOT_BEGUN,
  BEGUN,
  CANCELLED,
} Stage;

static gpointer
wait_for_cancel (gpointer data, GCancellable *cancellable, GError **error)
{
  int *stage = data;

  g_atomic_int_set (stage, BEGUN);
  while (!g_cancellable_is_cancelled (cancellable))
    g_usleep (1000);
  g_atomic_int_set (stage, CANCELLED);
  return GINT_TO_POINTER (TRUE);
}

static void
wait_for (int *stage, Stage wanted)
{
  while (g_atomic_int_get (stage) != (int) wanted)
    turn_for (1);
}

static void
test_drop_cancels (void)
{
  int        stage = NOT_BEGUN;
  DexFuture *future = mil_thread (wait_for_cancel, &stage, NULL, G_TYPE_NONE);

  wait_for (&stage, BEGUN);
  dex_unref (future);
  wait_for (&stage, CANCELLED);
}

/* Results come from threads in the very moment in which nobody wants them any more. */
static void
test_drop_in_a_hurry (void)
{
  for (int i = 0; i < 3000; i++)
    {
      DexFuture *futures[4];

      for (gsize j = 0; j < G_N_ELEMENTS (futures); j++)
        futures[j] = mil_thread (make_string, g_strdup ("abc"), g_free, G_TYPE_STRING);
      for (gsize j = 0; j < G_N_ELEMENTS (futures); j++)
        {
          if (i % 3 == 0)
            g_main_context_iteration (NULL, FALSE);
          for (volatile int k = (i * 37) % 2000; k > 0; k--)
            ;
          dex_unref (futures[j]);
        }
    }
  turn_for (20);
}

static DexFuture *
await_forever (gpointer data)
{
  return mil_await (mil_thread (wait_for_cancel, data, NULL, G_TYPE_NONE), NULL)
             ? dex_future_new_for_boolean (TRUE)
             : dex_future_new_for_boolean (FALSE);
}

static void
test_drop_fiber_cancels (void)
{
  int        stage = NOT_BEGUN;
  DexFuture *future = mil_spawn (await_forever, &stage, NULL);

  wait_for (&stage, BEGUN);
  dex_unref (future);
  wait_for (&stage, CANCELLED);
}

static DexFuture *
await_borrowed (gpointer data)
{
  DexFuture **pair = data;
  GError     *error = NULL;
  gboolean    good = mil_await (dex_ref (pair[0]), &error);

  dex_clear (&pair[1]);
  g_assert_true (good || error != NULL);
  g_clear_error (&error);
  return dex_future_new_for_boolean (good);
}

static DexFuture *
await_turns (gpointer data)
{
  int *turns = data;

  for (int i = 0; i < 20; i++)
    {
      mil_await (dex_timeout_new_msec (1), NULL);
      (*turns)++;
    }
  return dex_future_new_for_boolean (TRUE);
}

/* What a flow waits for comes at the same moment in which nobody waits for the flow any more. */
static void
test_drop_and_resolve (void)
{
  for (int i = 0; i < 50; i++)
    {
      DexPromise *promises[5];
      DexFuture  *pairs[5][2];
      DexFuture  *flows[5];
      int         turns = 0;
      g_autoptr (DexFuture) other = mil_spawn (await_turns, &turns, NULL);

      for (gsize j = 0; j < 5; j++)
        {
          promises[j] = dex_promise_new ();
          pairs[j][0] = DEX_FUTURE (promises[j]);
          pairs[j][1] = DEX_FUTURE (dex_promise_new ());
          flows[j] = mil_spawn (await_borrowed, pairs[j], NULL);
        }
      turn_for (i % 3);
      for (gsize j = 0; j < 5; j++)
        {
          if ((i + j) % 5 != 0)
            dex_clear (&flows[j]);
          if ((i + j) % 5 != 1)
            dex_promise_resolve_boolean (promises[j], TRUE);
        }
      settle (other);
      g_assert_cmpint (turns, ==, 20);
      for (gsize j = 0; j < 5; j++)
        {
          if (flows[j] != NULL)
            settle (flows[j]);
          while (pairs[j][1] != NULL)
            g_main_context_iteration (NULL, TRUE);
          dex_clear (&flows[j]);
          dex_unref (promises[j]);
        }
    }
}

static void
test_timeout (void)
{
  int        stage = NOT_BEGUN;
  DexFuture *forever = mil_thread (wait_for_cancel, &stage, NULL, G_TYPE_NONE);
  g_autoptr (DexFuture) slow = NULL;
  g_autoptr (DexFuture) quick = mil_with_timeout (mil_thread (make_true, NULL, NULL, G_TYPE_BOOLEAN), LONG_MS, "Too slow.");
  g_autoptr (DexFuture) failed = mil_with_timeout (mil_thread (make_error, NULL, NULL, G_TYPE_NONE), LONG_MS, "Too slow.");

  wait_for (&stage, BEGUN);
  slow = mil_with_timeout (forever, 30, "Too slow.");
  settle (slow);
  settle (quick);
  settle (failed);
  assert_rejected (slow, MIL_ERROR, MIL_ERROR_TIMEOUT);
  assert_rejected (failed, MIL_ERROR, MIL_ERROR_NO_SPACE);
  g_assert_true (dex_future_is_resolved (quick));
  wait_for (&stage, CANCELLED);
}

static void
test_disown (void)
{
  g_test_expect_message ("milione-base", G_LOG_LEVEL_MESSAGE, "sync: full");
  mil_disown (mil_future_reject (MIL_ERROR_NO_SPACE, "full"), "sync");
  mil_disown (mil_future_reject (MIL_ERROR_CANCELLED, "no more"), "sync");
  turn_for (5);
  g_test_assert_expected_messages ();
}

static void
test_errors (void)
{
  static const struct
  {
    int          code;
    MilErrorCode expected;
  } cases[] = {
    { G_IO_ERROR_CANCELLED, MIL_ERROR_CANCELLED },
    { G_IO_ERROR_TIMED_OUT, MIL_ERROR_TIMEOUT },
    { G_IO_ERROR_CONNECTION_REFUSED, MIL_ERROR_NETWORK },
    { G_IO_ERROR_NO_SPACE, MIL_ERROR_NO_SPACE },
    { G_IO_ERROR_EXISTS, MIL_ERROR_FAILED },
  };
  MilErrorCode code = MIL_ERROR_FAILED;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) io = g_error_new_literal (G_IO_ERROR, cases[i].code, "inner");
      g_autoptr (GError) error = mil_error_from (io);
      g_autoptr (GError) same = mil_error_from (error);

      g_assert_error (error, MIL_ERROR, (int) cases[i].expected);
      g_assert_error (same, MIL_ERROR, (int) cases[i].expected);
    }
  for (int i = 0; i <= MIL_ERROR_UNSUPPORTED; i++)
    {
      g_assert_true (mil_error_code_parse (mil_error_code_name (i), &code));
      g_assert_cmpint (code, ==, i);
    }
  g_assert_false (mil_error_code_parse ("no such", &code));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/base/future/spawn", test_spawn);
  g_test_add_func ("/base/future/thread", test_thread);
  g_test_add_func ("/base/future/drop-cancels", test_drop_cancels);
  g_test_add_func ("/base/future/drop-in-a-hurry", test_drop_in_a_hurry);
  g_test_add_func ("/base/future/drop-fiber-cancels", test_drop_fiber_cancels);
  g_test_add_func ("/base/future/drop-and-resolve", test_drop_and_resolve);
  g_test_add_func ("/base/future/timeout", test_timeout);
  g_test_add_func ("/base/future/disown", test_disown);
  g_test_add_func ("/base/errors", test_errors);
  return g_test_run ();
}
