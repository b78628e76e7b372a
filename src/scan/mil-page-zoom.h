/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-page.h"
#include "scan/mil-row.h"

G_BEGIN_DECLS

/**
 * MilStrip:
 * @x: left end
 * @y: its middle there
 * @slope: by how much the middle falls in a pixel to the right
 * @width: from the left to the right end
 * @height: across
 * @letter: height of its letters
 * @stretch: by how much to widen it: letters of double height are narrow
 *
 * A strip of paper along a line of text, in pixels of the page.
 */
typedef struct
{
  double x;
  double y;
  double slope;
  double width;
  double height;
  double letter;
  double stretch;
} MilStrip;

/**
 * MilLook:
 * @MIL_LOOK_EVEN: brightness, paper made white
 * @MIL_LOOK_PLAIN: brightness as it is
 * @MIL_LOOK_CLOSED: strokes made higher, for print with gaps between its lines
 * @MIL_LOOK_CLOSED_WIDE: strokes made wider, for print that a worn head leaves stripes in
 * @MIL_LOOK_SHARP: brightness, paper made white, enlarged so that small letters keep their edges
 * @MIL_LOOK_BRIGHTEST: the brightest channel, in which marker pens and stamps fade
 *
 * Ways to look at the same pixels.
 */
typedef enum
{
  MIL_LOOK_EVEN,
  MIL_LOOK_PLAIN,
  MIL_LOOK_CLOSED,
  MIL_LOOK_CLOSED_WIDE,
  MIL_LOOK_SHARP,
  MIL_LOOK_BRIGHTEST,
} MilLook;

gboolean mil_strip_of_words (const MilRow *row, guint from, guint to, MilStrip *strip);
struct Pix *mil_page_zoom (MilPage *self, MilPicture *picture, const MilStrip *strip, double scale, MilLook look);
void mil_strip_to_page (const MilStrip *self, double scale, MilBox *box);

G_END_DECLS
