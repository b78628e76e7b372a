/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MIL_TYPE_CHIP_BAR (mil_chip_bar_get_type ())

/**
 * MilChipBar:
 *
 * A row of chips of which any number can be pressed; it scrolls sideways where there is no room.
 * Signal `changed` when the person presses one.
 */
G_DECLARE_FINAL_TYPE (MilChipBar, mil_chip_bar, MIL, CHIP_BAR, AdwBin)

GtkWidget *mil_chip_bar_new (void);
void       mil_chip_bar_set_chips (MilChipBar *self, const char *const *values, const char *const *labels);
GStrv      mil_chip_bar_get_active (MilChipBar *self);
void       mil_chip_bar_set_active (MilChipBar *self, const char *const *values);

G_END_DECLS
