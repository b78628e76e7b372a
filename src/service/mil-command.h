/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MilCommandFunc:
 * @data: what mil_command_run() was given
 * @error: set where something is to be said
 *
 * What a command does. Runs in a fiber.
 *
 * Returns: the exit status
 */
typedef int (*MilCommandFunc) (gpointer data, GError **error);

int mil_command_run (MilCommandFunc func, gpointer data);

G_END_DECLS
