/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>

#include "scan/mil-picture.h"

/* A receipt of a small Venetian shop with a code on it, on a dark table. */
cairo_surface_t *fixture_draw_surface (gboolean upside_down);
MilPicture      *fixture_draw_receipt (gboolean upside_down);
MilPicture      *fixture_take_picture (cairo_surface_t *surface);
