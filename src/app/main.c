/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <libdex.h>
#include <locale.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "app/mil-application.h"

/* Pictures are decoded in many threads. Left alone, the C library gives each of them a heap of its own that keeps the
 * largest picture it has seen; with few heaps, and large blocks outside them, what is freed goes back at once. */
static void
keep_memory_small (void)
{
#ifdef __GLIBC__
  mallopt (M_ARENA_MAX, 2);
  mallopt (M_MMAP_THRESHOLD, 128 * 1024);
  mallopt (M_TRIM_THRESHOLD, 512 * 1024);
#endif
}

int
main (int argc, char **argv)
{
  g_autoptr (MilApplication) app = NULL;

  keep_memory_small ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, MIL_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  dex_init ();

  app = mil_application_new ();
  return g_application_run (G_APPLICATION (app), argc, argv);
}
