/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-mrz-glyph.h"
#include "scan/mil-page.h"
#include "scan/mil-picture.h"
#include "scan/mil-row.h"

G_BEGIN_DECLS

void     mil_digit_vote (const MilMrzGlyphs *glyphs, MilPage *page, MilPicture *picture, MilRow *row, const MilRow *reading, gsize start, gsize end);
gboolean mil_digit_vote_find_shape (const char *text, gsize *start, gsize *end);

G_END_DECLS
