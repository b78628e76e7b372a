/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/widgets/mil-contours.h"

G_BEGIN_DECLS

#define MIL_TYPE_BANNER (mil_banner_get_type ())

/**
 * MilBanner:
 *
 * A programme or campaign above the grid: a chart, the boat, two lines, and what a press leads to.
 */
G_DECLARE_FINAL_TYPE (MilBanner, mil_banner, MIL, BANNER, AdwBin)

GtkWidget *mil_banner_new (MilContourStyle style, const char *picture, const char *title, const char *text, const char *detailed_action);

G_END_DECLS
