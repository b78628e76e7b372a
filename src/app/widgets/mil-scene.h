/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MIL_TYPE_SCENE (mil_scene_get_type ())

/**
 * MilScene:
 *
 * What stands where there is nothing yet, or where something failed: the boat, a sentence, and the
 * one thing to do about it.
 *
 * Signals: `pressed`, when the button is.
 */
G_DECLARE_FINAL_TYPE (MilScene, mil_scene, MIL, SCENE, AdwBin)

GtkWidget *mil_scene_new (void);
void       mil_scene_set (MilScene *self, const char *title, const char *description, const char *button);

G_END_DECLS
