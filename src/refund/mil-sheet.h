/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>
#include <gio/gio.h>

#include "refund/mil-form-symbol.h"

G_BEGIN_DECLS

/**
 * MilPaper:
 * @MIL_PAPER_A4: 210 × 297 mm pages
 * @MIL_PAPER_ROLL: a roll of 80 mm, as receipt printers have it; as long as it needs to be
 *
 * What is printed on.
 */
typedef enum
{
  MIL_PAPER_A4,
  MIL_PAPER_ROLL,
} MilPaper;

/**
 * MilTextStyle:
 * @MIL_TEXT_TITLE: what the whole sheet is
 * @MIL_TEXT_HEADING: what a part of it is; keeps with what follows
 * @MIL_TEXT_BODY: running text
 * @MIL_TEXT_STRONG: running text that matters more
 * @MIL_TEXT_SMALL: remarks
 * @MIL_TEXT_LABEL: the name of a field
 * @MIL_TEXT_VALUE: what stands in a field
 * @MIL_TEXT_CELL: a cell of a table
 *
 * How text looks.
 */
typedef enum
{
  MIL_TEXT_TITLE,
  MIL_TEXT_HEADING,
  MIL_TEXT_BODY,
  MIL_TEXT_STRONG,
  MIL_TEXT_SMALL,
  MIL_TEXT_LABEL,
  MIL_TEXT_VALUE,
  MIL_TEXT_CELL,
} MilTextStyle;

/**
 * MilSheetColumn:
 * @title: what stands above it
 * @share: how much of the width it takes, against the sum of all shares
 * @to_end: %TRUE for numbers, which stand against the end of the column
 *
 * A column of a table.
 */
typedef struct
{
  const char *title;
  int         share;
  gboolean    to_end;
} MilSheetColumn;

/**
 * MilSheet:
 *
 * Things put on paper one below the other, with page breaks where they are needed. It is filled, finished and then
 * drawn as often as one likes; only one thread at a time may use it.
 */
typedef struct _MilSheet MilSheet;

MilSheet *mil_sheet_new          (MilPaper               paper,
                                  const char            *language);
void      mil_sheet_free         (MilSheet              *self);

void      mil_sheet_add_text     (MilSheet              *self,
                                  MilTextStyle           style,
                                  const char            *text);
void      mil_sheet_add_space    (MilSheet              *self,
                                  double                 points);
void      mil_sheet_add_line     (MilSheet              *self);
void      mil_sheet_add_symbols  (MilSheet              *self,
                                  MilFormSymbol        **symbols,
                                  const char *const     *labels,
                                  guint                  n);
void      mil_sheet_add_fields   (MilSheet              *self,
                                  const char *const     *labels_and_values);
void      mil_sheet_begin_table  (MilSheet              *self,
                                  const MilSheetColumn  *columns,
                                  guint                  n);
void      mil_sheet_add_row      (MilSheet              *self,
                                  MilTextStyle           style,
                                  const char *const     *cells);
void      mil_sheet_end_table    (MilSheet              *self);
void      mil_sheet_add_boxes    (MilSheet              *self,
                                  const char *const     *labels);
gboolean  mil_sheet_add_picture  (MilSheet              *self,
                                  GBytes                *jpeg,
                                  const char            *caption);
void      mil_sheet_break_page   (MilSheet              *self);
void      mil_sheet_finish       (MilSheet              *self,
                                  const char            *footer,
                                  const char            *page_words);

guint     mil_sheet_get_n_pages  (MilSheet              *self);
void      mil_sheet_get_size     (MilSheet              *self,
                                  guint                  page,
                                  double                *width,
                                  double                *height);
void      mil_sheet_draw         (MilSheet              *self,
                                  guint                  page,
                                  cairo_t               *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilSheet, mil_sheet_free)

G_END_DECLS
