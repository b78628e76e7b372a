/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CrashPlan:
 * @seed: decides which of the writes that were not synced reach the disk all the same, and which
 *   only in part
 * @crash_at: number of the write or sync at which the power fails; 0 for never
 * @lying: whether the disk says that it synced when it did not
 *
 * What happens to the disk.
 */
typedef struct
{
  guint64  seed;
  guint64  crash_at;
  gboolean lying;
} CrashPlan;

void    crash_vfs_register (const CrashPlan *plan);
guint64 crash_vfs_count (void);

G_END_DECLS
