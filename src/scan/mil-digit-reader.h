/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "scan/mil-mrz-glyph.h"

G_BEGIN_DECLS

struct Pix;

/**
 * MilDigitStrip:
 * @pix: what it is in, 8 bits a pixel
 * @left: where the first character starts
 * @width: of all characters
 * @middle: the line's middle
 * @height: of its letters
 *
 * Where characters stand in a row, in pixels of @pix.
 */
typedef struct
{
  struct Pix *pix;
  double      left;
  double      width;
  double      middle;
  double      height;
} MilDigitStrip;

double mil_digits_read (const MilMrzGlyphs *glyphs, const MilDigitStrip *strip, const char *pattern, char *digits);

G_END_DECLS
