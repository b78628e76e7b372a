/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MIL_TYPE_CHIP (mil_chip_get_type ())

/**
 * MilTone:
 * @MIL_TONE_PLAIN: says something, asks for nothing
 * @MIL_TONE_GOOD: money that comes back
 * @MIL_TONE_SOON: a deadline, or something to look at
 * @MIL_TONE_BAD: a lost chance
 *
 * What a chip's colour means. Colour never stands alone: an icon and a word go with it.
 */
typedef enum
{
  MIL_TONE_PLAIN,
  MIL_TONE_GOOD,
  MIL_TONE_SOON,
  MIL_TONE_BAD,
} MilTone;

/**
 * MilChip:
 *
 * A word or two in a pill, with an icon and a tone.
 */
G_DECLARE_FINAL_TYPE (MilChip, mil_chip, MIL, CHIP, GtkWidget)

GtkWidget *mil_chip_new (void);
void       mil_chip_set (MilChip    *self,
                         MilTone     tone,
                         const char *icon,
                         const char *text);

G_END_DECLS
