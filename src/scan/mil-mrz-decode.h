/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-mrz-line.h"
#include "scan/mil-mrz.h"

G_BEGIN_DECLS

#define MIL_MRZ_MOST_LINES 3

/**
 * MilMrzTable:
 * @n_lines: number of lines
 * @width: number of cells in each
 * @logs: logarithm of each letter's probability in each cell
 *
 * What the cells of a machine readable zone may say.
 */
typedef struct
{
  guint n_lines;
  guint width;
  float logs[MIL_MRZ_MOST_LINES][MIL_MRZ_MOST_CELLS][MIL_MRZ_N_GLYPHS];
} MilMrzTable;

void    mil_mrz_table_add (MilMrzTable *self, const MilMrzTable *other);
double  mil_mrz_table_sureness (const MilMrzTable *self);
MilMrz *mil_mrz_decode (const MilMrzTable *table, MilDate today, double *cost);

G_END_DECLS
