/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>

#include "base/mil-future.h"
#include "scan/mil-scanner.h"

/* A receipt of a small Venetian shop with a code on it, on a dark table. */
cairo_surface_t *fixture_draw_surface (gboolean upside_down);
MilPicture      *fixture_draw_receipt (gboolean upside_down);
MilPicture      *fixture_take_picture (cairo_surface_t *surface);

/* One scan: what is asked, and what came of it. */
typedef struct
{
  GMainLoop     *loop;
  MilScanner    *scanner;
  MilPicture    *picture;
  MilScanOptions options;
  MilScanResult *result;
  GError        *error;
} FixtureScan;

void fixture_scan_run      (FixtureScan *scan);
void fixture_scan_run_with (FixtureScan *scan, DexFiberFunc flow);
void fixture_scan_clear    (FixtureScan *scan);
