/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_REMINDERS_DIALOG (mil_reminders_dialog_get_type ())

/**
 * MilRemindersDialog:
 *
 * When to be reminded, what of, and the same days as a file for a calendar.
 */
G_DECLARE_FINAL_TYPE (MilRemindersDialog, mil_reminders_dialog, MIL, REMINDERS_DIALOG, AdwDialog)

AdwDialog *mil_reminders_dialog_new (MilSession *session);

G_END_DECLS
