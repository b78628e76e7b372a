/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-detection.h"

G_BEGIN_DECLS

/**
 * MilScanGuide:
 * @automatic: whether the picture is taken by itself
 * @settled: where the page was that was taken last, or was told not to be; unset for none
 * @seen_at: when a page was seen last, monotonic microseconds
 * @ring: how full the ring is, 0 to 1
 *
 * What the scanner says while it looks, and when it takes the picture.
 */
typedef struct
{
  gboolean automatic;
  MilQuad  settled;
  gint64   seen_at;
  double   ring;
} MilScanGuide;

/**
 * MilScanAdvice:
 * @text: (nullable): what to say, %NULL to leave what was said
 * @shoot: whether to take the picture now
 *
 * What follows from a frame.
 */
typedef struct
{
  const char *text;
  gboolean    shoot;
} MilScanAdvice;

const char   *mil_scan_hint_text    (MilDetectionHint    hint);
void          mil_scan_guide_begin  (MilScanGuide       *self,
                                     gint64              now);
MilScanAdvice mil_scan_guide_see    (MilScanGuide       *self,
                                     const MilDetection *detection,
                                     gint64              now,
                                     gboolean            busy);
void          mil_scan_guide_settle (MilScanGuide       *self,
                                     const MilDetection *detection);
gboolean      mil_scan_guide_cancel (MilScanGuide       *self,
                                     const MilDetection *detection);

G_END_DECLS
