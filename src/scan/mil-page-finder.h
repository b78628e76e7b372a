/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-detection.h"

G_BEGIN_DECLS

guint mil_page_finder_all (const guint8 *luma, int width, int height, int stride, MilQuad *quads, guint most);
gboolean mil_page_finder_run (const guint8 *luma, int width, int height, int stride, MilQuad *quad, MilDetectionHint *hint);
double mil_luma_sharpness (const guint8 *luma, int width, int height, int stride, MilBox box);
int    mil_luma_brightness (const guint8 *luma, int width, int height, int stride);

G_END_DECLS
