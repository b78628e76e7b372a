/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-mrz.h"
#include "scan/mil-symbol.h"

G_BEGIN_DECLS

#define MIL_TYPE_DETECTION (mil_detection_get_type ())

/**
 * MilDetectionHint:
 * @MIL_HINT_NONE: a page is seen well
 * @MIL_HINT_NO_PAGE: no page is seen, and nothing tells why
 * @MIL_HINT_DARK: too dark
 * @MIL_HINT_BLURRED: out of focus or moving
 * @MIL_HINT_CLOSER: the page is too small in the frame
 * @MIL_HINT_BACK: the page is cut off by the frame
 * @MIL_HINT_LOW_CONTRAST: paper and table look alike
 *
 * What the person could do to get a better picture.
 */
typedef enum
{
  MIL_HINT_NONE,
  MIL_HINT_NO_PAGE,
  MIL_HINT_DARK,
  MIL_HINT_BLURRED,
  MIL_HINT_CLOSER,
  MIL_HINT_BACK,
  MIL_HINT_LOW_CONTRAST,
} MilDetectionHint;

/**
 * MilDetection:
 * @width: width of the frame that the coordinates refer to
 * @height: its height
 * @has_page: whether a page is seen
 * @page: its corners
 * @symbols: (element-type MilSymbol): codes in the frame
 * @mrz: (nullable): the machine readable zone of a document, where one is looked for and can be read
 * @sharpness: 0 (a blur) upwards; to be compared with earlier frames only
 * @brightness: mean luma, 0 to 255
 * @steady_ms: for how long the page has not moved
 * @ready: steady and sharp enough that a capture now would be good
 * @hint: what would help
 *
 * What was seen in a frame.
 */
typedef struct
{
  int              width;
  int              height;
  gboolean         has_page;
  MilQuad          page;
  GPtrArray       *symbols;
  MilMrz          *mrz;
  double           sharpness;
  int              brightness;
  int              steady_ms;
  gboolean         ready;
  MilDetectionHint hint;
} MilDetection;

GType         mil_detection_get_type (void);
MilDetection *mil_detection_copy (const MilDetection *self);
void          mil_detection_free (MilDetection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilDetection, mil_detection_free)

G_END_DECLS
