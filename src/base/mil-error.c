/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-error.h"

#include <glib/gi18n.h>
#include <libdex.h>
#include <libsoup/soup.h>

G_DEFINE_QUARK (mil - error - quark, mil_error)

/* The position is the #MilErrorCode; these names are what problem details carry in `code`. */
static const char *const code_names[] = {
  "failed",          "cancelled",          "network",        "timeout",
  "server",          "protocol",           "invalid",        "not-found",
  "unauthenticated", "forbidden",          "conflict",       "too-large",
  "expired",         "insufficient-funds", "overflow",       "no-space",
  "storage",         "keyring-missing",    "keyring-locked", "camera-missing",
  "camera-denied",   "camera-lost",        "not-a-receipt",  "unreadable",
  "unsupported",
};
G_STATIC_ASSERT (G_N_ELEMENTS (code_names) == MIL_ERROR_UNSUPPORTED + 1);

/**
 * mil_error_code_name:
 * @code: a code
 *
 * The name of a code as it stands on the wire and in logs, for example `insufficient-funds`.
 *
 * Returns: (transfer none): ASCII
 */
const char *
mil_error_code_name (MilErrorCode code)
{
  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (code_names), code_names[MIL_ERROR_FAILED]);

  return code_names[code];
}

/**
 * mil_error_code_parse:
 * @name: (nullable): what mil_error_code_name() wrote
 * @code: (out): where to put the code
 *
 * Returns: whether the name is known; @code stays as it was when not
 */
gboolean
mil_error_code_parse (const char *name, MilErrorCode *code)
{
  g_return_val_if_fail (code != NULL, FALSE);

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (code_names); i++)
    if (g_str_equal (name, code_names[i]))
      {
        *code = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * mil_error_new:
 * @code: what went wrong, for the program
 * @format: a translated sentence for the person, as printf() takes it
 * @...: what @format asks for
 *
 * Returns: (transfer full): an error of the domain %MIL_ERROR
 */
GError *
mil_error_new (MilErrorCode code, const char *format, ...)
{
  va_list args;
  GError *error;

  g_return_val_if_fail (format != NULL, NULL);

  va_start (args, format);
  error = g_error_new_valist (MIL_ERROR, code, format, args);
  va_end (args);
  return error;
}

/**
 * mil_error_set:
 * @error: (nullable): where to put the error
 * @code: what went wrong, for the program
 * @format: a translated sentence for the person, as printf() takes it
 * @...: what @format asks for
 *
 * Like g_set_error() with the domain %MIL_ERROR.
 */
void
mil_error_set (GError **error, MilErrorCode code, const char *format, ...)
{
  va_list args;

  g_return_if_fail (format != NULL);
  g_return_if_fail (error == NULL || *error == NULL);

  if (error == NULL)
    return;
  va_start (args, format);
  *error = g_error_new_valist (MIL_ERROR, code, format, args);
  va_end (args);
}

static GError *
from_io (const GError *error)
{
  switch (error->code)
    {
    case G_IO_ERROR_CANCELLED:
      return mil_error_new (MIL_ERROR_CANCELLED, "%s", _ ("This was cancelled."));
    case G_IO_ERROR_TIMED_OUT:
      return mil_error_new (MIL_ERROR_TIMEOUT, "%s", _ ("The other side did not answer in time. Try again in a moment."));
    case G_IO_ERROR_NO_SPACE:
      return mil_error_new (MIL_ERROR_NO_SPACE, "%s", _ ("The disk is full. Free some space and try again."));
    case G_IO_ERROR_HOST_NOT_FOUND:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
    case G_IO_ERROR_CONNECTION_REFUSED:
    case G_IO_ERROR_CONNECTION_CLOSED:
    case G_IO_ERROR_NOT_CONNECTED:
    case G_IO_ERROR_PARTIAL_INPUT:
    case G_IO_ERROR_PROXY_FAILED:
    case G_IO_ERROR_PROXY_AUTH_FAILED:
      return mil_error_new (MIL_ERROR_NETWORK, "%s", _ ("The other side could not be reached. Check the network and try again."));
    case G_IO_ERROR_NOT_FOUND:
      return mil_error_new (MIL_ERROR_NOT_FOUND, _ ("It was not found: %s"), error->message);
    case G_IO_ERROR_PERMISSION_DENIED:
      return mil_error_new (MIL_ERROR_FORBIDDEN, _ ("This is not permitted: %s"), error->message);
    case G_IO_ERROR_INVALID_DATA:
      return mil_error_new (MIL_ERROR_UNREADABLE, _ ("The data is damaged: %s"), error->message);
    case G_IO_ERROR_NOT_SUPPORTED:
      return mil_error_new (MIL_ERROR_UNSUPPORTED, _ ("This is not supported: %s"), error->message);
    default:
      return mil_error_new (MIL_ERROR_FAILED, "%s", error->message);
    }
}

static GError *
from_dex (const GError *error)
{
  switch (error->code)
    {
    case DEX_ERROR_TIMED_OUT:
      return mil_error_new (MIL_ERROR_TIMEOUT, "%s", _ ("The other side did not answer in time. Try again in a moment."));
    case DEX_ERROR_FIBER_CANCELLED:
      return mil_error_new (MIL_ERROR_CANCELLED, "%s", _ ("This was cancelled."));
    default:
      return mil_error_new (MIL_ERROR_FAILED, "%s", error->message);
    }
}

/**
 * mil_error_from:
 * @error: any error
 *
 * Turns an error of GIO, libsoup, libdex or a resolver into one of ours, with a sentence for the
 * person. One of ours is copied as it is.
 *
 * Returns: (transfer full): an error of the domain %MIL_ERROR
 */
GError *
mil_error_from (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == MIL_ERROR)
    return g_error_copy (error);
  if (error->domain == G_IO_ERROR)
    return from_io (error);
  if (error->domain == DEX_ERROR)
    return from_dex (error);
  if (error->domain == G_RESOLVER_ERROR)
    return mil_error_new (MIL_ERROR_NETWORK, "%s", _ ("The address of the other side could not be found. Check the network and try again."));
  if (error->domain == G_TLS_ERROR)
    return mil_error_new (MIL_ERROR_NETWORK,
                          /* Translators: %s is what the TLS library says, in the person's language if it has it. */
                          _ ("A secure connection could not be made: %s"),
                          error->message);
  if (error->domain == SOUP_SESSION_ERROR)
    return mil_error_new (MIL_ERROR_PROTOCOL, "%s", _ ("The other side's answer could not be understood."));
  if (error->domain == G_FILE_ERROR && error->code == G_FILE_ERROR_NOSPC)
    return mil_error_new (MIL_ERROR_NO_SPACE, "%s", _ ("The disk is full. Free some space and try again."));
  return mil_error_new (MIL_ERROR_FAILED, "%s", error->message);
}
