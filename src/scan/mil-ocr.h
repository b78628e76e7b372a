/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "scan/mil-geometry.h"

G_BEGIN_DECLS

struct Pix;

/**
 * MilWord:
 * @text: a word, UTF-8
 * @confidence: 0 to 100
 * @box: where it stands
 */
typedef struct
{
  char  *text;
  int    confidence;
  MilBox box;
} MilWord;

/**
 * MilOcrLayout:
 * @MIL_OCR_BLOCK: one block of lines that are as wide as the page
 * @MIL_OCR_COLUMN: one column of lines of different sizes
 * @MIL_OCR_SPARSE: words anywhere
 * @MIL_OCR_LINE: a single line
 * @MIL_OCR_NUMBERS: a single line of digits and of what stands between them in dates and amounts
 *
 * What the picture given to the engine looks like.
 */
typedef enum
{
  MIL_OCR_BLOCK,
  MIL_OCR_COLUMN,
  MIL_OCR_SPARSE,
  MIL_OCR_LINE,
  MIL_OCR_NUMBERS,
} MilOcrLayout;

/**
 * MilOcr:
 *
 * A loaded Tesseract engine for one choice of languages. Used by one thread at a time.
 */
typedef struct _MilOcr MilOcr;

typedef void (*MilOcrProgressFunc) (int percent, gpointer data);

MilOcr     *mil_ocr_new (const char *languages, GError **error);
void        mil_ocr_free (MilOcr *self);
const char *mil_ocr_get_languages (MilOcr *self);
gboolean    mil_ocr_has_language (const char *language);
GPtrArray  *mil_ocr_read (MilOcr            *self,
                          struct Pix        *pix,
                          MilOcrLayout       layout,
                          MilOcrProgressFunc progress,
                          gpointer           data,
                          GCancellable      *cancellable,
                          GError           **error);
MilWord    *mil_word_copy (const MilWord *self);
void        mil_word_free (MilWord *self);
void        mil_ocr_use_one_thread (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilOcr, mil_ocr_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilWord, mil_word_free)

G_END_DECLS
