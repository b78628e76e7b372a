/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-mrz-finder.h"
#include "scan/mil-mrz-line.h"

G_BEGIN_DECLS

gboolean mil_mrz_fit_line (MilMrzView *view, const MilMrzSpan *span, MilMrzLine *line, float *score);
guint mil_mrz_fit_pitches (const float *ink, guint n, float least, float most, float *pitches, float *phases, guint max);

G_END_DECLS
