/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "base/mil-date.h"

G_BEGIN_DECLS

#define MIL_TYPE_DATE_ROW (mil_date_row_get_type ())

/**
 * MilDateRow:
 *
 * A row that shows a day and lets the person choose another one from a calendar.
 *
 * Signals: `changed`, when the person has chosen.
 */
G_DECLARE_FINAL_TYPE (MilDateRow, mil_date_row, MIL, DATE_ROW, AdwActionRow)

GtkWidget *mil_date_row_new      (void);
MilDate    mil_date_row_get_date (MilDateRow *self);
void       mil_date_row_set_date (MilDateRow *self,
                                  MilDate     date);

G_END_DECLS
