/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-geometry.h"

G_BEGIN_DECLS

GArray  *mil_hull_of_points (GArray *points);
gboolean mil_hull_enclose (GArray *hull, MilQuad *quad);

G_END_DECLS
