/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-luma.h"
#include "scan/mil-mrz-glyph.h"

G_BEGIN_DECLS

#define MIL_MRZ_VIEW_LEVELS 7
/* Cells of the longest layout. */
#define MIL_MRZ_MOST_CELLS 44

/**
 * MilMrzView:
 * @levels: the picture, and it again and again at half the size
 * @n_levels: how many
 * @glyphs: the classifier
 * @n_left: how many cells may still be read
 *
 * A picture that letters are cut out of. Reading cells takes most of the time, so they are counted: where
 * everything looks a little like letters, it is given up after so many.
 */
typedef struct
{
  MilLuma      *levels[MIL_MRZ_VIEW_LEVELS];
  guint         n_levels;
  MilMrzGlyphs *glyphs;
  guint         n_left;
} MilMrzView;

/**
 * MilMrzLine:
 * @n: number of cells
 * @x: middle of the line, pixels from the left
 * @y: middle of the line, pixels from the top
 * @right_x: from one cell's middle to the next, in the middle of the line
 * @right_y: the same, downwards
 * @height: height of a capital, in pixels
 * @lean: how far letters lean to the left, in cells
 * @stretch: how much nearer each cell is than the one before, over the distance of the middle one (a document
 *   seen at an angle)
 * @bow: how far the ends are below the middle, in heights, over the square of the cells
 *
 * Where the cells of a line of fixed pitch lie.
 */
typedef struct
{
  guint n;
  float x;
  float y;
  float right_x;
  float right_y;
  float height;
  float lean;
  float stretch;
  float bow;
} MilMrzLine;

MilMrzView *mil_mrz_view_new (MilLuma *luma, guint most_cells);
void        mil_mrz_view_free (MilMrzView *self);
float       mil_mrz_view_sample (MilMrzView *self, guint level, float x, float y);
guint       mil_mrz_view_level (MilMrzView *self, float height);
void  mil_mrz_view_read_cell (MilMrzView *self, const MilMrzLine *line, float cell, float *log_probabilities);
float mil_mrz_line_pitch (const MilMrzLine *line);
MilMrzLine mil_mrz_line_turned (const MilMrzLine *line);
MilMrzLine mil_mrz_line_moved (const MilMrzLine *line, float cells, float heights);
float      mil_mrz_view_score (MilMrzView *self, const MilMrzLine *line, guint step);
void       mil_mrz_view_refine (MilMrzView *self, MilMrzLine *line, guint rounds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilMrzView, mil_mrz_view_free)

G_END_DECLS
