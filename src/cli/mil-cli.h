/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "refund/mil-scheme-book.h"

G_BEGIN_DECLS

/**
 * MilCliStatus:
 * @MIL_CLI_OK: the command did what it was asked
 * @MIL_CLI_BAD_INPUT: what it was given to read is wrong, or cannot be read
 * @MIL_CLI_USAGE: it was called in a way that it does not understand
 *
 * Exit status of every command.
 */
typedef enum
{
  MIL_CLI_OK = 0,
  MIL_CLI_BAD_INPUT = 1,
  MIL_CLI_USAGE = 2,
} MilCliStatus;

/**
 * MilCliCommand:
 * @name: what is typed
 * @summary: one translatable line for --help
 * @run: does it; argv[0] is the name of the command
 *
 * One command of milione-cli.
 */
typedef struct
{
  const char *name;
  const char *summary;
  int (*run) (int argc, char **argv);
} MilCliCommand;

int mil_cli_code (int argc, char **argv);
int mil_cli_eligible (int argc, char **argv);
int mil_cli_form (int argc, char **argv);
int mil_cli_operators (int argc, char **argv);
int mil_cli_request (int argc, char **argv);
int mil_cli_schemes (int argc, char **argv);

int     mil_cli_fail (gboolean as_json, const GError *error);
MilDate mil_cli_today (MilSchemeBook *book);
int     mil_cli_misuse (const char *command, const char *message);
int     mil_cli_print (GBytes *bytes);
GBytes *mil_cli_read_all (int fd, gsize max_size, GError **error);

G_END_DECLS
