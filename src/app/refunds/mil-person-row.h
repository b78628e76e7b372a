/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

#include "traveller/mil-person.h"

G_BEGIN_DECLS

#define MIL_TYPE_PERSON_ROW (mil_person_row_get_type ())

/**
 * MilPersonRow:
 *
 * Somebody who travels, to be filled in.
 *
 * Signals: `changed`; `removed`, when the person is to be taken off the trip.
 */
G_DECLARE_FINAL_TYPE (MilPersonRow, mil_person_row, MIL, PERSON_ROW, AdwExpanderRow)

GtkWidget     *mil_person_row_new      (void);
void           mil_person_row_set_info (MilPersonRow        *self,
                                        const MilPersonInfo *info);
MilPersonInfo  mil_person_row_get_info (MilPersonRow        *self);

G_END_DECLS
