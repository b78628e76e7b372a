/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

struct Pix;

/* By powers of the place along the line (1 to 3) and of the place of the line (0 to 2). */
#define MIL_BEND_TERMS 9

/**
 * MilBend:
 * @terms: by how much a line of text lies lower than it does in the middle of the page, in pixels
 * @mid_x: middle of the page
 * @mid_y: the same
 * @half_x: half its width
 * @half_y: half its height
 * @left: where text begins, in halves of the width from the middle
 * @right: where it ends
 * @top: where it begins, in halves of the height from the middle
 * @bottom: where it ends
 *
 * How the lines of text on curled paper run: as polynomials whose terms change from the top to the bottom.
 * Beyond the text it is as at its edge.
 */
typedef struct
{
  double terms[MIL_BEND_TERMS];
  double mid_x;
  double mid_y;
  double half_x;
  double half_y;
  double left;
  double right;
  double top;
  double bottom;
} MilBend;

gboolean mil_bend_fit (MilBend *self, struct Pix *ink, int letter);
double   mil_bend_at (const MilBend *self, double x, double y);
double   mil_bend_most (const MilBend *self);

G_END_DECLS
