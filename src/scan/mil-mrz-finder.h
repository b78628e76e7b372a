/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "scan/mil-luma.h"

G_BEGIN_DECLS

/**
 * MilMrzSpan:
 * @x0: where the run of letters starts, pixels from the left
 * @y0: its middle there, pixels from the top
 * @x1: where it ends
 * @y1: its middle there
 * @height: about the height of its letters, in pixels
 * @score: how much it looks like a long even row of letters
 *
 * A long row of letters of one height.
 */
typedef struct
{
  float x0;
  float y0;
  float x1;
  float y1;
  float height;
  float score;
} MilMrzSpan;

GArray *mil_mrz_find_spans (const MilLuma *luma, gboolean quick, float degrees, guint most, GCancellable *cancellable);

G_END_DECLS
