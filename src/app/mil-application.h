/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MIL_TYPE_APPLICATION (mil_application_get_type ())

/**
 * MilApplication:
 *
 * The program: its options, its actions, its one window.
 */
G_DECLARE_FINAL_TYPE (MilApplication, mil_application, MIL, APPLICATION, AdwApplication)

MilApplication *mil_application_new (void);

G_END_DECLS
