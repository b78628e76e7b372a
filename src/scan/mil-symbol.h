/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-picture.h"

G_BEGIN_DECLS

#define MIL_TYPE_SYMBOL (mil_symbol_get_type ())

/**
 * MilSymbol:
 * @format: "QRCode", "EAN-13", "PDF417" …
 * @text: what it says, UTF-8
 * @bytes: (nullable): what it says before any charset was applied
 * @quad: where it lies, in pixels of the picture
 *
 * A barcode or two-dimensional code that was read.
 */
typedef struct
{
  char   *format;
  char   *text;
  GBytes *bytes;
  MilQuad quad;
} MilSymbol;

/**
 * MilSymbolPass:
 * @MIL_SYMBOL_PASS_FAST: QR codes only, upright or nearly so; a few milliseconds a frame
 * @MIL_SYMBOL_PASS_FULL: every format, turned, inverted, small; for stills
 */
typedef enum
{
  MIL_SYMBOL_PASS_FAST,
  MIL_SYMBOL_PASS_FULL,
} MilSymbolPass;

GType      mil_symbol_get_type (void);
MilSymbol *mil_symbol_copy (const MilSymbol *self);
void       mil_symbol_free (MilSymbol *self);

GPtrArray *mil_symbols_read (const guint8 *luma, int width, int height, int stride, MilSymbolPass pass);
GPtrArray *mil_symbols_read_picture (MilPicture *picture, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilSymbol, mil_symbol_free)

G_END_DECLS
