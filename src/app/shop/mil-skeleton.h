/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MIL_TYPE_SKELETON (mil_skeleton_get_type ())

/**
 * MilSkeleton:
 *
 * Grey cards in the shape of those that are being loaded, as many a row as #MilSkeleton:columns says.
 */
G_DECLARE_FINAL_TYPE (MilSkeleton, mil_skeleton, MIL, SKELETON, GtkWidget)

GtkWidget *mil_skeleton_new (void);

G_END_DECLS
