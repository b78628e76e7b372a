/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MIL_COVER_MAX 64

gboolean mil_cover_heaviest (const gint64 *weights, guint n_weights, gint64 least, guint most_items, guint budget, int *group_of);

G_END_DECLS
