/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MIL_TYPE_SHORTCUTS_DIALOG (mil_shortcuts_dialog_get_type ())

/**
 * MilShortcutsDialog:
 *
 * Says which keys do what.
 */
G_DECLARE_FINAL_TYPE (MilShortcutsDialog, mil_shortcuts_dialog, MIL, SHORTCUTS_DIALOG, AdwDialog)

AdwDialog *mil_shortcuts_dialog_new (void);

G_END_DECLS
