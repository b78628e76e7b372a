/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MilUndoFunc:
 * @object: what mil_toast_undo() was given
 *
 * Takes back what was done.
 */
typedef void (*MilUndoFunc) (gpointer object);

AdwToast *mil_toast_new (const char *text);
void mil_toast (GtkWidget *widget, const char *text);
void mil_toast_undo (GtkWidget *widget, const char *text, MilUndoFunc undo, GObject *object);
void mil_toast_undo_or (GtkWidget *widget, const char *text, MilUndoFunc undo, MilUndoFunc gone, GObject *object);

G_END_DECLS
