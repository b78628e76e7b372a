/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MIL_TYPE_REQUEST_DIALOG (mil_request_dialog_get_type ())

/**
 * MilRequestDialog:
 *
 * Asks what a letter to a shop may tell, and what becomes of it. Responses: "cancel", "save", "mail".
 */
G_DECLARE_FINAL_TYPE (MilRequestDialog, mil_request_dialog, MIL, REQUEST_DIALOG, AdwAlertDialog)

MilRequestDialog *mil_request_dialog_new               (const char       *shop);
gboolean          mil_request_dialog_get_tell_document (MilRequestDialog *self);
gboolean          mil_request_dialog_get_pictures      (MilRequestDialog *self);

G_END_DECLS
