/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The window that the classifier looks at, and its size in heights of a capital and in cells; as in
 * build-aux/train-mrz.py. */
#define MIL_MRZ_GLYPH_ROWS 22
#define MIL_MRZ_GLYPH_COLUMNS 16
#define MIL_MRZ_GLYPH_HEIGHT 1.5f
#define MIL_MRZ_GLYPH_WIDTH 1.3f

/* A to Z, 0 to 9, the filler; the last class is "none of these". */
#define MIL_MRZ_N_GLYPHS 37
#define MIL_MRZ_N_CLASSES 38
#define MIL_MRZ_NONE 37
#define MIL_MRZ_FILLER 36

/* Of the digits of receipts: 0 to 9, and all else. */
#define MIL_MRZ_N_DIGIT_CLASSES 11
#define MIL_MRZ_NO_DIGIT 10

typedef struct _MilMrzGlyphs MilMrzGlyphs;

MilMrzGlyphs *mil_mrz_glyphs_new (void);
MilMrzGlyphs *mil_mrz_glyphs_new_digits (void);
void          mil_mrz_glyphs_free (MilMrzGlyphs *self);
void          mil_mrz_glyphs_read (const MilMrzGlyphs *self, const float *window, float *log_probabilities);
char          mil_mrz_glyph_letter (guint glyph);
guint         mil_mrz_glyph_of (char letter);
guint         mil_mrz_glyph_likeliest (const float *logs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilMrzGlyphs, mil_mrz_glyphs_free)

G_END_DECLS
