/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "service/customs/mil-customs.h"
#include "service/mil-keys.h"
#include "service/mil-serve.h"

#define USAGE 2

int
main (int argc, char *argv[])
{
  g_auto (MilOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  const char *command;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, MIL_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  if (!mil_options_parse (&options, argv, &error))
    {
      g_printerr ("milione-service: %s\n", error->message);
      return USAGE;
    }
  command = options.rest != NULL ? options.rest[0] : "serve";
  if (g_str_equal (command, "serve"))
    return mil_serve (&options);
  if (g_str_equal (command, "customs"))
    return mil_customs_run (&options);
  if (g_str_equal (command, "keys"))
    return mil_keys_run (&options);
  if (g_str_equal (command, "audit"))
    return mil_audit_run (&options);
  g_printerr (_ ("milione-service: there is no command “%s”. See milione-service --help.\n"), command);
  return USAGE;
}
