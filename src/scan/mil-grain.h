/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-picture.h"

G_BEGIN_DECLS

double      mil_grain_measure (const guint8 *luma, int width, int height);
MilPicture *mil_grain_calm (MilPicture *picture, gboolean *stays);

G_END_DECLS
