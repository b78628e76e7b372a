/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MIL_TYPE_CONTOURS (mil_contours_get_type ())

/**
 * MilContourStyle:
 * @MIL_CONTOURS_LAGOON: the dark green water of the lagoon
 * @MIL_CONTOURS_SAFFRON: the spice
 * @MIL_CONTOURS_DUSK: between the two
 *
 * The grounds that banners and wallet cards lie on.
 */
typedef enum
{
  MIL_CONTOURS_LAGOON,
  MIL_CONTOURS_SAFFRON,
  MIL_CONTOURS_DUSK,
} MilContourStyle;

#define MIL_TYPE_CONTOUR_STYLE (mil_contour_style_get_type ())
GType mil_contour_style_get_type (void);

/**
 * MilContours:
 *
 * A gradient with the height lines of an old sea chart over it.
 */
G_DECLARE_FINAL_TYPE (MilContours, mil_contours, MIL, CONTOURS, GtkWidget)

GtkWidget *mil_contours_new (MilContourStyle style, guint seed);

G_END_DECLS
