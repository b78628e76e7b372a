/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MilPoint:
 * @x: pixels from the left edge
 * @y: pixels from the top edge
 */
typedef struct
{
  int x;
  int y;
} MilPoint;

/**
 * MilBox:
 * @x: left edge in pixels
 * @y: top edge in pixels
 * @width: 0 for "no box"
 * @height: in pixels
 */
typedef struct
{
  int x;
  int y;
  int width;
  int height;
} MilBox;

/**
 * MilQuad:
 * @corners: top left, top right, bottom right, bottom left, as seen when the content is upright
 *
 * Four corners of something that lies in a picture, maybe turned or seen at an angle.
 */
typedef struct
{
  MilPoint corners[4];
} MilQuad;

MilBox   mil_box_union (MilBox a, MilBox b);
MilBox   mil_quad_bounds (const MilQuad *quad);
MilQuad  mil_quad_of_box (MilBox box);
gboolean mil_quad_is_set (const MilQuad *quad);
double   mil_quad_area (const MilQuad *quad);
gboolean mil_quad_contains (const MilQuad *quad, double x, double y);
MilQuad  mil_quad_grow (const MilQuad *quad, double part);
gboolean mil_quad_overlap (const MilQuad *a, const MilQuad *b);
double   mil_quad_distance (const MilQuad *a, const MilQuad *b);

G_END_DECLS
