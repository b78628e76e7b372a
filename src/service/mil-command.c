/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/mil-command.h"

#include "base/mil-future.h"

typedef struct
{
  MilCommandFunc func;
  gpointer       data;
  GMainLoop     *loop;
  int            status;
} Command;

static DexFuture *
run (gpointer data)
{
  Command *self = data;
  g_autoptr (GError) error = NULL;

  self->status = self->func (self->data, &error);
  if (error != NULL)
    g_printerr ("milione-service: %s\n", error->message);
  g_main_loop_quit (self->loop);
  return dex_future_new_for_boolean (TRUE);
}

/**
 * mil_command_run:
 * @func: what to do
 * @data: handed to @func
 *
 * Runs @func in a fiber, in a main loop of its own, and prints the error that it leaves.
 *
 * Returns: the exit status that @func gave
 */
int
mil_command_run (MilCommandFunc func, gpointer data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Command self = { func, data, loop, 0 };

  g_return_val_if_fail (func != NULL, 1);

  dex_init ();
  mil_disown (mil_spawn (run, &self, NULL), "a command");
  g_main_loop_run (loop);
  return self.status;
}
