/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_PERSON_ROW (mil_person_row_get_type ())

/**
 * MilPersonButton:
 * @MIL_PERSON_BUTTON_NONE: none
 * @MIL_PERSON_BUTTON_REMOVE: takes the person off the trip
 * @MIL_PERSON_BUTTON_ADD: puts the person on the trip
 *
 * What the button at the end of a row does.
 */
typedef enum
{
  MIL_PERSON_BUTTON_NONE,
  MIL_PERSON_BUTTON_REMOVE,
  MIL_PERSON_BUTTON_ADD,
} MilPersonButton;

/**
 * MilPersonRow:
 *
 * Somebody who travels: the name, what is known, and what the form of the trip's country needs. Pressing
 * it shows the person.
 *
 * Signals: `pressed`, when the button at its end is.
 */
G_DECLARE_FINAL_TYPE (MilPersonRow, mil_person_row, MIL, PERSON_ROW, AdwActionRow)

GtkWidget *mil_person_row_new (MilSession *session, MilPerson *person, MilPersonButton button);
void       mil_person_row_set_country (MilPersonRow *self, const char *country);
MilPerson *mil_person_row_get_person (MilPersonRow *self);
void       mil_person_row_focus_button (MilPersonRow *self);

G_END_DECLS
