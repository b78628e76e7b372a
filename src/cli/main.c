/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/mil-cli.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "cli/mil-cli-scan.h"

static const MilCliCommand commands[] = {
  { "code", N_ ("say in JSON what payment codes ask for"), mil_cli_code },
  { "eligible", N_ ("say of receipts whether their tax is given back, why, how much and by when"), mil_cli_eligible },
  { "form", N_ ("print a tax-free form as PDF, with its codes and its data in it"), mil_cli_form },
  { "operators", N_ ("list refund operators, and compare what arrives by each"), mil_cli_operators },
  { "request", N_ ("write what a shop has to do for a tax-free form, in its language, as PDF"), mil_cli_request },
  { "scan", N_ ("read receipts, passports and codes in pictures"), mil_cli_scan },
  { "schemes", N_ ("list the tax-free rules of all countries and times"), mil_cli_schemes },
};

static void
print_help (void)
{
  g_print (_ ("Usage: milione-cli COMMAND [OPTION…]\n\nCommands:\n"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-10s %s\n", commands[i].name, _ (commands[i].summary));
  g_print (_ ("\n“milione-cli COMMAND --help” says more. Exit status: 0 done, 1 bad input, 2 wrong use.\n"));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, MIL_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  if (argc < 2)
    return mil_cli_misuse (NULL, _ ("There is no command."));
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h") || g_str_equal (argv[1], "help"))
    {
      print_help ();
      return MIL_CLI_OK;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      g_print ("milione-cli %s\n", PACKAGE_VERSION);
      return MIL_CLI_OK;
    }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (argv[1], commands[i].name))
        return commands[i].run (argc - 1, argv + 1);
    }
  return mil_cli_misuse (NULL, _ ("There is no such command."));
}
