/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "base/mil-date.h"

G_BEGIN_DECLS

#define MIL_TYPE_DAY_ROW (mil_day_row_get_type ())

/**
 * MilDayRow:
 *
 * A row to type a day into: year, month, day. For days that a calendar is too far from, such as a birthday.
 */
G_DECLARE_FINAL_TYPE (MilDayRow, mil_day_row, MIL, DAY_ROW, AdwEntryRow)

GtkWidget *mil_day_row_new (void);
MilDate    mil_day_row_get_date (MilDayRow *self);
void       mil_day_row_set_date (MilDayRow *self, MilDate date);
gboolean   mil_day_row_is_wrong (MilDayRow *self);

G_END_DECLS
