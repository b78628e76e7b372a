/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MIL_TYPE_REGION_ROW (mil_region_row_get_type ())

/**
 * MilRegionRow:
 *
 * A row to choose the part of a country from where refund schemes tell parts of it apart; hidden elsewhere.
 *
 * Signals: `changed`, when the person has chosen.
 */
G_DECLARE_FINAL_TYPE (MilRegionRow, mil_region_row, MIL, REGION_ROW, AdwComboRow)

GtkWidget  *mil_region_row_new (void);
void        mil_region_row_set_country (MilRegionRow *self, const char *country);
const char *mil_region_row_get_region (MilRegionRow *self);
void        mil_region_row_set_region (MilRegionRow *self, const char *region);

G_END_DECLS
