/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define MIL_TYPE_FORM_SYMBOL (mil_form_symbol_get_type ())

/**
 * MilSymbolKind:
 * @MIL_SYMBOL_GS1_128: a bar code that says what its number is (GS1 General Specifications)
 * @MIL_SYMBOL_CODE_128: a plain bar code (ISO/IEC 15417)
 * @MIL_SYMBOL_QR: a QR code (ISO/IEC 18004)
 *
 * What a code looks like.
 */
typedef enum
{
  MIL_SYMBOL_GS1_128,
  MIL_SYMBOL_CODE_128,
  MIL_SYMBOL_QR,
} MilSymbolKind;

/**
 * MilFormSymbol:
 * @kind: what it looks like
 * @columns: modules from left to right, without the quiet zone
 * @rows: modules from top to bottom; 1 for a bar code
 * @quiet: how many light modules stand on every side of it (left and right of a bar code)
 * @modules: (array): @rows times @columns bytes; 1 is dark
 * @text: what is printed below it for people
 *
 * A code, ready to be drawn.
 */
typedef struct
{
  MilSymbolKind kind;
  int           columns;
  int           rows;
  int           quiet;
  guint8       *modules;
  char         *text;
} MilFormSymbol;

GType          mil_form_symbol_get_type (void);
gboolean       mil_symbol_kind_parse    (const char           *name,
                                         MilSymbolKind        *kind);
MilFormSymbol *mil_form_symbol_new      (MilSymbolKind         kind,
                                         const char           *value,
                                         GError              **error);
MilFormSymbol *mil_form_symbol_copy     (const MilFormSymbol  *self);
void           mil_form_symbol_free     (MilFormSymbol        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilFormSymbol, mil_form_symbol_free)

G_END_DECLS
