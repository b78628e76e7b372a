/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_PERSON_DIALOG (mil_person_dialog_get_type ())

/**
 * MilPersonDialog:
 *
 * All that is known of somebody who travels, as the travel document and the forms have it; read from the
 * passport, or typed in. The number of the document and the address go into the keyring alone.
 *
 * Signals: `saved` (#MilPerson).
 */
G_DECLARE_FINAL_TYPE (MilPersonDialog, mil_person_dialog, MIL, PERSON_DIALOG, AdwDialog)

MilPersonDialog *mil_person_dialog_present (MilSession *session, MilPerson *person, const char *country, GtkWidget *opener);

G_END_DECLS
