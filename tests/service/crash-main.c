/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes of the service a program whose disk loses power: linked beside its own main(). */

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>

#include "crash-vfs.h"

/* Says how much there was to count, when the service ends well. */
static void
tell_count (void)
{
  fprintf (stderr, "crash-count %" G_GUINT64_FORMAT "\n", crash_vfs_count ());
}

static void __attribute__ ((constructor))
arm (void)
{
  const char *at = g_getenv ("MIL_CRASH_AT");
  const char *seed = g_getenv ("MIL_CRASH_SEED");

  if (at == NULL || seed == NULL)
    return;
  crash_vfs_register (
      &(CrashPlan) { .seed = g_ascii_strtoull (seed, NULL, 10), .crash_at = g_ascii_strtoull (at, NULL, 10) });
  atexit (tell_count);
}
