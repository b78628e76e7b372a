/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/mil-cli.h"

#include "base/mil-clock.h"
#include "base/mil-error.h"
#include "base/mil-json.h"

#include <errno.h>
#include <stdio.h>
#include <glib/gi18n.h>
#include <unistd.h>

/**
 * mil_cli_print: (skip)
 * @bytes: what to write to standard output; a line feed is added
 *
 * Returns: %MIL_CLI_OK, or %MIL_CLI_BAD_INPUT when nobody reads
 */
int
mil_cli_print (GBytes *bytes)
{
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (fwrite (data, 1, size, stdout) != size || putchar ('\n') == EOF || fflush (stdout) != 0)
    return MIL_CLI_BAD_INPUT;
  return MIL_CLI_OK;
}

/**
 * mil_cli_today: (skip)
 * @book: the rules
 *
 * Returns: the day it is by the system's clock; a clock that stands before the day on which the rules were
 * checked is wrong, and that day is taken instead
 */
MilDate
mil_cli_today (MilSchemeBook *book)
{
  g_autoptr (MilClock) clock = mil_clock_new_system ();
  MilDate now = mil_date_from_unix (mil_clock_now (clock), NULL);
  MilDate checked = mil_scheme_book_checked_on (book);

  return mil_date_compare (now, checked) < 0 ? checked : now;
}

static JsonNode *
error_to_json (const GError *error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "error");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "code");
  json_builder_add_string_value (builder, error->domain == MIL_ERROR ? mil_error_code_name (error->code) : "failed");
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, error->message);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/**
 * mil_cli_fail: (skip)
 * @as_json: also write `{"error": {"code", "message"}}` to standard output
 * @error: what is wrong
 *
 * Returns: %MIL_CLI_BAD_INPUT
 */
int
mil_cli_fail (gboolean as_json, const GError *error)
{
  g_printerr ("milione-cli: %s\n", error->message);
  if (as_json)
    {
      g_autoptr (JsonNode) node = error_to_json (error);
      g_autoptr (GBytes) bytes = mil_json_to_bytes (node);

      mil_cli_print (bytes);
    }
  return MIL_CLI_BAD_INPUT;
}

/**
 * mil_cli_misuse: (skip)
 * @command: (nullable): the command
 * @message: a sentence
 *
 * Returns: %MIL_CLI_USAGE
 */
int
mil_cli_misuse (const char *command, const char *message)
{
  g_printerr ("milione-cli: %s\n", message);
  if (command != NULL)
    /* Translators: %s is the name of a command. */
    g_printerr (_ ("Try “milione-cli %s --help”."), command);
  else
    g_printerr ("%s", _ ("Try “milione-cli --help”."));
  g_printerr ("\n");
  return MIL_CLI_USAGE;
}

/**
 * mil_cli_read_all: (skip)
 * @fd: a file descriptor
 * @max_size: most bytes accepted
 * @error: return location for an error
 *
 * Returns: (transfer full): everything that can be read from it
 */
GBytes *
mil_cli_read_all (int fd, gsize max_size, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 buffer[65536];

  for (;;)
    {
      ssize_t n = read (fd, buffer, sizeof buffer);

      if (n == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&all));
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The input cannot be read: %s."), g_strerror (errno));
          return NULL;
        }
      if (all->len + (gsize) n > max_size)
        {
          mil_error_set (error,
                         MIL_ERROR_TOO_LARGE,
                         _ ("The input is bigger than %zu bytes. Ask about fewer receipts at once."),
                         max_size);
          return NULL;
        }
      g_byte_array_append (all, buffer, n);
    }
}
