/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-ocr.h"

G_BEGIN_DECLS

/**
 * MilRow:
 * @words: (element-type MilWord): from left to right
 * @text: the words joined by a space each
 * @starts: (element-type guint): where in @text each word starts, in bytes
 * @box: around all of them
 * @confidence: mean of the words, by length
 * @others: (nullable) (element-type MilRow): other readings of the same strip of paper
 * @votes: as how many readings it counts, 0 for one
 *
 * What stands at one height of the paper.
 */
typedef struct
{
  GPtrArray *words;
  char      *text;
  GArray    *starts;
  MilBox     box;
  int        confidence;
  GPtrArray *others;
  guint      votes;
} MilRow;

GPtrArray *mil_rows_build (GPtrArray *words);
MilRow    *mil_row_of_words (GPtrArray *words);
GPtrArray *mil_rows_from_text (const char *text);
char      *mil_rows_to_text (GPtrArray *rows);
MilBox     mil_row_box_of (const MilRow *self, gsize start, gsize end);
int        mil_row_confidence_of (const MilRow *self, gsize start, gsize end);
void       mil_row_free (MilRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilRow, mil_row_free)

G_END_DECLS
