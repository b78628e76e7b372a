/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

#include "scan/mil-detection.h"

G_BEGIN_DECLS

/**
 * MilDetector:
 *
 * Looks at frames in a thread of its own. Frames that come while it is busy are dropped.
 */
typedef struct _MilDetector MilDetector;

/**
 * MilDetectorFunc:
 * @detection: (transfer full): what was seen
 * @data: what mil_detector_new() was given
 *
 * Called on the detector's thread.
 */
typedef void (*MilDetectorFunc) (MilDetection *detection, gpointer data);

MilDetector *mil_detector_new (MilDetectorFunc func, gpointer data);
void         mil_detector_free (MilDetector *self);
void         mil_detector_set_documents (MilDetector *self, gboolean documents);
gboolean     mil_detector_offer (MilDetector *self, GstSample *sample);
GBytes      *mil_sample_to_luma (GstSample *sample, int *width, int *height);
MilPicture  *mil_sample_to_picture (GstSample *sample);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilDetector, mil_detector_free)

G_END_DECLS
