/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MIL_TYPE_COUNTRY_ROW (mil_country_row_get_type ())

/**
 * MilCountryRow:
 *
 * A row to choose a country from, by its translated name.
 *
 * Signals: `changed`, when the person has chosen.
 */
G_DECLARE_FINAL_TYPE (MilCountryRow, mil_country_row, MIL, COUNTRY_ROW, AdwComboRow)

GtkWidget  *mil_country_row_new         (void);
const char *mil_country_row_get_country (MilCountryRow *self);
void        mil_country_row_set_country (MilCountryRow *self,
                                         const char    *country);

G_END_DECLS
